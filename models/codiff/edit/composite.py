"""An edited face put back into its photo: in the photo's resolution, only where the region is, keeping its fine detail."""

import numpy as np

from codiff.edit.crop import CropSquare, bilinear
from codiff.edit.picture import blur, dilate

Array = np.ndarray

FEATHER = 1 / 64  # of the picture's side: both the reach and the deviation of the soft border
FADE = 1 / 32  # of the picture's side: over which an edit fades at the border of the crop
KEPT, LOST = 0.04, 0.16  # change (0 … 1) up to which the photo's fine detail stays, and from which none does


def feather(region: Array) -> Array:
    """(S, S) in 0 … 1, float64: how much of the edit shows, from a region (S, S), 0 … 1; 0 in the outermost pixels."""
    size = len(region)
    soft = blur(dilate(region >= 0.5, size * FEATHER), size * FEATHER)
    inset = np.minimum(np.arange(size), np.arange(size)[::-1])
    return soft * np.minimum(1, np.minimum(inset[:, None], inset) / (size * FADE))


def detail(edited: Array, reconstruction: Array) -> Array:
    """(S, S) in 0 … 1: how much of the photo's fine detail stays, from two pictures (S, S, 3) in 0 … 1."""
    size = len(edited)
    change = blur(np.abs(edited - reconstruction).max(-1), size * FEATHER)
    t = np.clip((change - KEPT) / (LOST - KEPT), 0, 1)
    return 1 - t * t * (3 - 2 * t)


def composite(photo: Array, crop: CropSquare, edited: Array, reconstruction: Array, region: Array) -> Array:
    """The photo (H, W, 3) uint8 with the edit; `edited`, `reconstruction` (S, S, 3) in 0 … 1 and `region` (S, S) lie in `crop`.

    Where none of the edit shows, the photo's bytes are untouched.
    """
    out = photo.copy()
    planes = np.concatenate(
        [feather(region)[..., None], detail(edited, reconstruction)[..., None], edited - reconstruction, reconstruction], -1
    )
    corners = crop.to_photo(np.array([(0, 0), (1, 0), (0, 1), (1, 1)], float))
    low = np.maximum(np.floor(corners.min(0)).astype(int), 0)
    high = np.minimum(np.ceil(corners.max(0)).astype(int), [photo.shape[1], photo.shape[0]])
    x = np.arange(low[0], high[0]) + 0.5
    for row in range(low[1], high[1]):  # row by row: all at once would fill the memory on a large photo
        unit = crop.to_unit(np.stack([x, np.full_like(x, row + 0.5)], -1))
        inside = ((unit >= 0) & (unit <= 1)).all(-1)
        sampled = bilinear(planes, unit[inside] * len(region))
        alpha, kept, change, rebuilt = sampled[:, :1], sampled[:, 1:2], sampled[:, 2:5], sampled[:, 5:]
        there = photo[row, low[0] : high[0]][inside]
        value = there / 255 + alpha * (change + (1 - kept) * (rebuilt - there / 255))
        bytes_ = np.floor(np.clip(value, 0, 1) * 255 + 0.5).astype(np.uint8)
        out[row, low[0] : high[0]][inside] = np.where(alpha > 0, bytes_, there)
    return out
