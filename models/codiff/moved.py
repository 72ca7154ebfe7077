"""Training photos nearer or further away, turned and moved aside, with their masks: people draw faces anywhere."""

import zlib
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from codiff.masks import mirror

FIELDS, NEAR = (0.75, 1.23, 2.0), 0.75  # of view, over the photo's: the share NEAR lies below the second, the rest above it
TURN, TURN_MOST = 12.0, 30.0  # degrees: deviation, and no more than
SHIFT, SHIFT_MOST = 0.15, 0.35  # of half a picture
BELOW = 0.2  # of half a picture: what of a near photo may be missing below it
STILL = torch.eye(2, 3)  # a move that moves nothing
BAND = 0.45  # of half a picture: how much of a photo is mirrored, to and fro, at its left, right and upper borders


def moves(names: Sequence[str]) -> tuple[Tensor, Tensor]:
    """How photos are moved, always the same way: whether each is mirrored first (N,) bool, and where each place of the moved
    photo lies in it, (N, 2, 3) float32 as `F.affine_grid` takes them."""
    rows = []
    for name in names:
        rng = np.random.default_rng([1, zlib.crc32(name.encode())])
        flipped, share = rng.random() < 0.5, rng.random()
        field = np.exp(np.interp(share, (0, NEAR, 1), np.log(FIELDS)))
        angle = np.radians(np.clip(rng.normal(0, TURN), -TURN_MOST, TURN_MOST))
        x, y = np.clip(rng.normal(0, SHIFT, 2), -SHIFT_MOST, SHIFT_MOST)
        if share < NEAR:
            y = min(y, 1 + BELOW - field)
        rows.append((flipped, field, angle, x, y))
    flips, fields, angles, x, y = torch.tensor(rows, dtype=torch.float64).reshape(-1, 5).unbind(1)
    return flips > 0, affine(fields, fields, angles, x, y).float()


def affine(across: Tensor, down: Tensor, angle: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """What `F.affine_grid` takes, (N, 2, 3), to show `across` × `down` of a picture, flipped where `across` is negative, turned
    by `angle` (radians), from (x, y) beside its middle; all (N,), lengths over half a picture."""
    rows = ([across * angle.cos(), -down * angle.sin(), x], [across * angle.sin(), down * angle.cos(), y])
    return torch.stack([torch.stack(row, 1) for row in rows], 1)


def is_moved(where: Tensor) -> Tensor:
    """Which of some moves (N, 2, 3) move anything, (N,) bool."""
    return (where != STILL.to(where)).any(2).any(1)


def move(pictures: Tensor, where: Tensor, mode: str, scale: int = 1) -> Tensor:
    """Pictures (N, C, S, S) moved as `where` (N, 2, 3) says, by "nearest", "bilinear" or "bicubic", `scale` times as large."""
    count, channels, height, width = pictures.shape
    grid = _folded(F.affine_grid(where, [count, channels, scale * height, scale * width], align_corners=False))
    return F.grid_sample(pictures, grid, mode, "border", align_corners=False)


def _folded(grid: Tensor) -> Tensor:
    """Places (..., 2) beyond the left, right and upper borders, ±1, back inside, within a band along them; those below onto the
    lower border, for lips are not far above it, and a neck, hair and clothes go on as they are."""
    over = (grid.abs() - 1).clamp(min=0) % (2 * BAND)
    folded = torch.where(grid.abs() > 1, grid.sign() * (1 - torch.minimum(over, 2 * BAND - over)), grid)
    return torch.stack([folded[..., 0], torch.where(grid[..., 1] > 1, 1, folded[..., 1])], -1)


def moved_photos(photos: np.ndarray, flipped: Tensor, where: Tensor) -> np.ndarray:
    """Photos (N, S, S, 3) uint8 mirrored and moved; sampled at twice the size, so that smaller ones are no sharper."""
    x = torch.from_numpy(np.ascontiguousarray(photos)).permute(0, 3, 1, 2).float()
    x = torch.where(flipped.reshape(-1, 1, 1, 1), x.flip(-1), x)
    return F.avg_pool2d(move(x, where, "bicubic", 2), 2).round().clamp(0, 255).byte().permute(0, 2, 3, 1).numpy()


def moved_masks(masks: Tensor, flipped: Tensor, where: Tensor) -> Tensor:
    """Masks (N, S, S) of class indices, as their photos are mirrored and moved."""
    masks = torch.where(flipped.reshape(-1, 1, 1), mirror(masks), masks)
    return move(masks[:, None].float(), where, "nearest")[:, 0].to(masks.dtype)
