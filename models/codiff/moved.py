"""Training photos nearer or further away, turned and moved aside, with their masks: people draw faces anywhere."""

import zlib
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from codiff.masks import mirror

FIELD = (0.75, 1.45)  # of view, over the photo's: what is above 1 shows the photo smaller, and its borders mirrored around it
TURN, TURN_MOST = 12.0, 30.0  # degrees: deviation, and no more than
SHIFT, SHIFT_MOST = 0.15, 0.35  # of half a picture
BELOW = 0.2  # of half a picture: how much of the photo may be mirrored at its lower border, where lips and chin are near


def moves(names: Sequence[str]) -> tuple[Tensor, Tensor]:
    """How photos are moved, always the same way: whether each is mirrored first (N,) bool, and where each place of the moved
    photo lies in it, (N, 2, 3) float32 as `F.affine_grid` takes them."""
    rows = []
    for name in names:
        rng = np.random.default_rng([1, zlib.crc32(name.encode())])
        flipped = rng.random() < 0.5
        field = np.exp(rng.uniform(*np.log(FIELD)))
        angle = np.radians(np.clip(rng.normal(0, TURN), -TURN_MOST, TURN_MOST))
        x, y = np.clip(rng.normal(0, SHIFT, 2), -SHIFT_MOST, SHIFT_MOST)
        y = min(y, 1 + BELOW - field)
        along, across = field * np.cos(angle), field * np.sin(angle)
        rows.append((flipped, along, -across, x, across, along, y))
    table = torch.tensor(rows, dtype=torch.float32).reshape(-1, 7)
    return table[:, 0] > 0, table[:, 1:].reshape(-1, 2, 3)


def move(pictures: Tensor, where: Tensor, mode: str) -> Tensor:
    """Pictures (N, C, S, S) moved as `where` (N, 2, 3) says, by "nearest", "bilinear" or "bicubic"."""
    grid = F.affine_grid(where, list(pictures.shape), align_corners=False)
    return F.grid_sample(pictures, grid, mode, "reflection", align_corners=False)


def moved_photos(photos: np.ndarray, flipped: Tensor, where: Tensor) -> np.ndarray:
    """Photos (N, S, S, 3) uint8 mirrored and moved; sampled at twice the size, so that smaller ones are no sharper."""
    x = torch.from_numpy(np.ascontiguousarray(photos)).permute(0, 3, 1, 2).float()
    x = torch.where(flipped.reshape(-1, 1, 1, 1), x.flip(-1), x)
    grid = F.affine_grid(where, [len(x), 3, 2 * x.shape[2], 2 * x.shape[3]], align_corners=False)
    large = F.grid_sample(x, grid, "bicubic", "reflection", align_corners=False)
    return F.avg_pool2d(large, 2).round().clamp(0, 255).byte().permute(0, 2, 3, 1).numpy()


def moved_masks(masks: Tensor, flipped: Tensor, where: Tensor) -> Tensor:
    """Masks (N, S, S) of class indices, as their photos are mirrored and moved."""
    masks = torch.where(flipped.reshape(-1, 1, 1), mirror(masks), masks)
    return move(masks[:, None].float(), where, "nearest")[:, 0].to(masks.dtype)
