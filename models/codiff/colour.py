"""Colours of skin, hair and eyes in pictures.

Skin tone is told by the individual typology angle: Chardon et al., "Skin colour typology and suntanning pathways", 1991. The
angle is of measured skin. In a photo lighting, white balance and makeup move it: it sorts photos roughly, and says nothing
about a person.

The cache holds `colours-SS.npy`, `measure` of every photo, float32 (N, 11), in the order of the shard's tar.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from codiff import eyes
from codiff.data import Faces, cached, resized
from codiff.lab import lab
from codiff.masks import shrink

SKIN, MOUTH, HAIR = 1, 10, 13  # classes of a mask
# Lower bounds in degrees, exclusive. Chardon's "light" holds the very light here, and "dark" his brown.
TONES = {"light": 41.0, "intermediate": 28.0, "tan": 10.0, "dark": -np.inf}
LEAST_SKIN, LEAST_WHITES, LEAST_HAIR = 0.008, 0.0005, 0.05  # shares of the picture that are enough to measure
LIT = 40  # percentile of L* above which hair shows its colour
RED, REDDER = 14.0, 2.0  # a* of red hair, and by how much it is above the skin's
DARK_BELOW, DARK_WHITES = 0.0, 18.0  # degrees; L* between whites and skin
TAN, TAN_YELLOW = (0.0, 16.0), 22.0  # degrees; b*


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


def measure(photo: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Typology angle and b* of the skin, by how much L* of eyes or teeth is above the skin's, a* of the hair, by how much it is
    above the skin's, then `eyes.measure`: (11,) float32, NaN where unknown.

    `photo` (K S, K S, 3) uint8, `mask` (S, S) class indices. Eyes and teeth are judged by their lightest tenth, hair without
    its shadows, and the colour of eyes by all pixels of the photo.
    """
    if (mask == SKIN).mean() < LEAST_SKIN:
        return np.full(11, np.nan, np.float32)
    picture = resized(photo[None], len(mask))[0]
    skin = np.median(lab(picture[mask == SKIN]), 0)
    lightness, red, yellow = skin
    parts = [picture[part] for part in (np.isin(mask, eyes.EYES), mask == MOUTH) if part.mean() > LEAST_WHITES]
    whites = max((np.percentile(lab(part)[:, 0], 90) - lightness for part in parts), default=np.nan)
    hair = _redness(lab(picture[mask == HAIR])) if (mask == HAIR).mean() > LEAST_HAIR else np.nan
    iris = eyes.measure(photo, shrink(mask, len(photo)), skin)
    return np.array([_angle(lightness, yellow), yellow, whites, hair, hair - red, *iris], np.float32)


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


def eye_colour(measured: np.ndarray) -> str | None:
    """As `eyes.word` tells."""
    return eyes.word(measured[5:])


def colours_path(cache: Path, shard: int) -> Path:
    return cache / f"colours-{shard:02d}.npy"


def cached_colours(faces: Faces, cache: Path, shards: Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """`measure` of the photos that `parse` has been through, of all shards or some, by id."""
    return cached(faces, lambda shard: colours_path(cache, shard), shards)
