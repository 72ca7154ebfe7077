"""Skin tone of pictures by the individual typology angle: Chardon et al., "Skin colour typology and suntanning pathways", 1991.

The angle is of measured skin. In a photo lighting, white balance and makeup move it: it sorts photos roughly, and says nothing
about a person.
"""

import numpy as np

SKIN = 1  # class of a mask
# Lower bounds in degrees, exclusive. Chardon's "light" holds the very light here, and "dark" his brown.
TONES = {"light": 41.0, "intermediate": 28.0, "tan": 10.0, "dark": -np.inf}
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
    return float(np.degrees(np.arctan2(lightness - 50, yellow)))


def tone(angle: float) -> str:
    """A group of `TONES`."""
    return next(name for name, bound in TONES.items() if angle > bound)
