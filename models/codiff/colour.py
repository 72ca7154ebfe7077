"""Colours of skin and hair in pictures.

Skin tone is told by the individual typology angle: Chardon et al., "Skin colour typology and suntanning pathways", 1991. The
angle is of measured skin. In a photo lighting, white balance and makeup move it: it sorts photos roughly, and says nothing
about a person.

The cache holds `colours-SS.npy`, `measure` of every photo, float32 (N, 5), in the order of the shard's tar.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from codiff.data import Faces, cached

SKIN, EYES, MOUTH, HAIR = 1, (4, 5), 10, 13  # classes of a mask
# Lower bounds in degrees, exclusive. Chardon's "light" holds the very light here, and "dark" his brown.
TONES = {"light": 41.0, "intermediate": 28.0, "tan": 10.0, "dark": -np.inf}
LEAST_SKIN, LEAST_WHITES, LEAST_HAIR = 0.008, 0.0005, 0.05  # shares of the picture that are enough to measure
LIT = 40  # percentile of L* above which hair shows its colour
RED, REDDER = 14.0, 2.0  # a* of red hair, and by how much it is above the skin's
DARK_BELOW, DARK_WHITES = 0.0, 18.0  # degrees; L* between whites and skin
TAN, TAN_YELLOW = (0.0, 16.0), 22.0  # degrees; b*
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE = TO_XYZ.sum(1)  # D65, as sRGB has it


def lab(pixels: np.ndarray) -> np.ndarray:
    """sRGB (N, 3) uint8 → CIE L*a*b* (N, 3) float64, L* from 0 to 100."""
    values = pixels / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    xyz = linear @ TO_XYZ.T / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], 1)


def typology_angle(picture: np.ndarray, mask: np.ndarray) -> float | None:
    """ITA° = atan2(L* − 50, b*) · 180 / π of the median L* and b* of skin; None without skin.

    `picture` (S, S, 3) uint8, `mask` (S, S) class indices.
    """
    pixels = picture[mask == SKIN]
    if not len(pixels):
        return None
    lightness, _, yellow = np.median(lab(pixels), 0)
    return _angle(lightness, yellow)


def _angle(lightness: float, yellow: float) -> float:
    return float(np.degrees(np.arctan2(lightness - 50, yellow)))


def tone(angle: float) -> str:
    """A group of `TONES`."""
    return next(name for name, bound in TONES.items() if angle > bound)


def measure(picture: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Typology angle and b* of the skin, by how much L* of eyes or teeth is above the skin's, a* of the hair, and by how much
    it is above the skin's: (5,) float32, NaN where unknown.

    `picture` (S, S, 3) uint8, `mask` (S, S) class indices. Eyes and teeth are judged by their lightest tenth, hair without its
    shadows.
    """
    if (mask == SKIN).mean() < LEAST_SKIN:
        return np.full(5, np.nan, np.float32)
    lightness, red, yellow = np.median(lab(picture[mask == SKIN]), 0)
    parts = [picture[part] for part in (np.isin(mask, EYES), mask == MOUTH) if part.mean() > LEAST_WHITES]
    whites = max((np.percentile(lab(part)[:, 0], 90) - lightness for part in parts), default=np.nan)
    hair = _redness(lab(picture[mask == HAIR])) if (mask == HAIR).mean() > LEAST_HAIR else np.nan
    return np.array([_angle(lightness, yellow), yellow, whites, hair, hair - red], np.float32)


def _redness(hair: np.ndarray) -> float:
    """Median a* of the lit part of hair, L*a*b* (N, 3)."""
    return float(np.median(hair[hair[:, 0] >= np.percentile(hair[:, 0], LIT), 1]))


def skin_word(measured: np.ndarray) -> str | None:
    """ "dark" or "tan" where `measure` is plain about it, else None.

    A light face in shadow has a low angle too, but then its eyes and teeth are dark with it. Looked at: of 100 photos called
    dark about 70 are plainly so, most others in odd light; "tan" is anything between olive, tanned and warmly lit.
    """
    angle, yellow, whites = measured[:3]
    if angle < DARK_BELOW and whites > DARK_WHITES:
        return "dark"
    return "tan" if TAN[0] < angle < TAN[1] and yellow > TAN_YELLOW else None


def has_red_hair(measured: np.ndarray) -> bool:
    """Whether `measure` is plain about it: redder than skin in the same light.

    Looked at: of 48 photos called so about 31 are red or auburn, most others a warm brown. Of 37 labelled red by eye it finds
    15, of 424 labelled brown 4.
    """
    return bool(measured[3] > RED and measured[4] > REDDER)


def colours_path(cache: Path, shard: int) -> Path:
    return cache / f"colours-{shard:02d}.npy"


def cached_colours(faces: Faces, cache: Path, shards: Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """`measure` of the photos that `parse` has been through, of all shards or some, by id."""
    return cached(faces, lambda shard: colours_path(cache, shard), shards)
