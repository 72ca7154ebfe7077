"""Class masks as tensors: mirroring, one-hot, shrinking."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from codiff.nets import CLASSES

MIRROR_PAIRS = ((4, 5), (6, 7), (8, 9))  # left and right eye, brow, ear (CelebAMask-HQ order)


def mirror(mask: Tensor) -> Tensor:
    """A mask (…, H, W) of class indices flipped left to right; left and right classes swap."""
    table = torch.arange(CLASSES, dtype=mask.dtype, device=mask.device)
    for a, b in MIRROR_PAIRS:
        table[a], table[b] = b, a
    return table[mask.long()].flip(-1)


def one_hot(mask: Tensor) -> Tensor:
    """(N, S, S) class indices → (N, 19, S, S) float32."""
    return F.one_hot(mask.long(), CLASSES).permute(0, 3, 1, 2).float()


def shrink(mask: np.ndarray, size: int) -> np.ndarray:
    """(…, H, H) → (…, size, size) by nearest neighbour: source pixel floor((i + 0.5) · H / size)."""
    index = ((np.arange(size) + 0.5) * mask.shape[-1] / size).astype(np.int64)
    return mask[..., index[:, None], index]
