"""Skin tone of pictures by the individual typology angle: Chardon et al., "Skin colour typology and suntanning pathways", 1991.

The angle is of measured skin. In a photo lighting, white balance and makeup move it: it sorts photos roughly, and says nothing
about a person.

The cache holds `skin-SS.npy`, `measure` of every photo, float32 (N, 3), in the order of the shard's tar.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from codiff.data import Faces, cached

SKIN, EYES, MOUTH = 1, (4, 5), 10  # classes of a mask
# Lower bounds in degrees, exclusive. Chardon's "light" holds the very light here, and "dark" his brown.
TONES = {"light": 41.0, "intermediate": 28.0, "tan": 10.0, "dark": -np.inf}
LEAST_SKIN, LEAST_WHITES = 0.008, 0.0005  # shares of the picture that are enough to measure
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
    """Typology angle and b* of the skin, and by how much L* of eyes or teeth is above the skin's, (3,) float32; NaN if unknown.

    `picture` (S, S, 3) uint8, `mask` (S, S) class indices. Eyes and teeth are judged by their lightest tenth.
    """
    if (mask == SKIN).mean() < LEAST_SKIN:
        return np.full(3, np.nan, np.float32)
    lightness, _, yellow = np.median(lab(picture[mask == SKIN]), 0)
    parts = [picture[part] for part in (np.isin(mask, EYES), mask == MOUTH) if part.mean() > LEAST_WHITES]
    whites = max((np.percentile(lab(part)[:, 0], 90) - lightness for part in parts), default=np.nan)
    return np.array([_angle(lightness, yellow), yellow, whites], np.float32)


def word(measured: np.ndarray) -> str | None:
    """ "dark" or "tan" where `measure` is plain about it, else None.

    A light face in shadow has a low angle too, but then its eyes and teeth are dark with it. Looked at: of 100 photos called
    dark about 70 are plainly so, most others in odd light; "tan" is anything between olive, tanned and warmly lit.
    """
    angle, yellow, whites = measured
    if angle < DARK_BELOW and whites > DARK_WHITES:
        return "dark"
    return "tan" if TAN[0] < angle < TAN[1] and yellow > TAN_YELLOW else None


def skin_path(cache: Path, shard: int) -> Path:
    return cache / f"skin-{shard:02d}.npy"


def cached_skin(faces: Faces, cache: Path, shards: Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """`measure` of the photos that `parse` has been through, of all shards or some, by id."""
    return cached(faces, lambda shard: skin_path(cache, shard), shards)
