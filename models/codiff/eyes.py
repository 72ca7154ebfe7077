"""The colour of eyes in pictures, by the iris against the skin in the same light, and against the white of the eye."""

import numpy as np

from codiff.lab import lab

EYES = (4, 5)  # classes of a mask
LEAST = 60  # pixels of an eye that are enough to measure
DARK, WHITE = 60, 80  # percentiles of L* in an eye: below lie iris, pupil and lashes, above the white
REACH, NEAREST = 0.2, 2.5  # radius of an iris: share of the eye's width, and at least so many pixels
RING, RING_LEAST = (35, 90), 8  # percentiles of L* between pupil and highlight, and pixels between them
STANDING_OUT, LIGHT = 15.0, 24.0  # L* by which the white must be above the iris; L* of a light iris
UNKNOWN = np.full(6, np.nan, np.float32)


def measure(photo: np.ndarray, mask: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """L*, a* and b* of the iris, by how much its a* and b* are above the skin's, and L* of the white above its: (6,) float32,
    the mean of both eyes; NaN where an eye is too small or closed.

    `photo` (S, S, 3) uint8, `mask` (S, S) class indices, `skin` L*a*b* of the face.
    """
    found = [_iris(photo, mask == eye) for eye in EYES]
    if any(iris is None for iris in found):
        return UNKNOWN
    light, red, yellow, white = np.mean(found, 0)
    return np.array([light, red, yellow, red - skin[1], yellow - skin[2], white - light], np.float32)


def _iris(photo: np.ndarray, eye: np.ndarray) -> list[float] | None:
    """Median L*a*b* of a ring around the darkest place of an eye, without pupil and highlight, and L* of the eye's white."""
    places = np.argwhere(eye)
    if len(places) < LEAST:
        return None
    pixels = lab(photo[eye])
    light = pixels[:, 0]
    darkness = np.clip(np.percentile(light, DARK) - light, 0, None) + 1e-6
    away = np.linalg.norm(places - darkness @ places / darkness.sum(), axis=1)
    near = away < max(REACH * (np.ptp(places[:, 1]) + 1), NEAREST)
    if not near.any():
        return None
    low, high = np.percentile(light[near], RING)
    ring = near & (light >= low) & (light <= high)
    if ring.sum() < RING_LEAST:
        return None
    return [*np.median(pixels[ring], 0), float(np.median(light[light >= np.percentile(light, WHITE)]))]


def word(measured: np.ndarray) -> str | None:
    """ "blue", "green" or "brown" where `measure` is plain about it, else None.

    Looked at: of 80 eyes called blue about 64 are blue or grey, of 80 called brown about 72 are brown; of 80 called green about
    half are, most others grey.
    """
    light, red, yellow, redder, yellower, white = measured
    if not white > STANDING_OUT:
        return None
    if light < LIGHT:
        return "brown" if red > 3 and yellow > 3 and white > 25 else None
    if yellow < 6:
        return "blue" if redder < -8 and yellower < -13 else None
    return "green" if red < 3 and redder < -11 and yellower < -4 else None
