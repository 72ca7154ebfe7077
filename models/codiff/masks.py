"""Class masks as tensors: mirroring, one-hot, shrinking."""

import json

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from codiff.nets import CLASSES
from codiff.pack import CONTRACTS

MIRROR = [entry["mirror"] for entry in json.loads((CONTRACTS / "face-classes.json").read_text(encoding="utf-8"))["classes"]]


def mirror(mask: Tensor) -> Tensor:
    """A mask (…, H, W) of class indices flipped left to right; left and right classes swap."""
    table = torch.tensor(MIRROR, dtype=mask.dtype, device=mask.device)
    return table[mask.long()].flip(-1)


def one_hot(mask: Tensor) -> Tensor:
    """(N, S, S) class indices → (N, 19, S, S) float32."""
    return F.one_hot(mask.long(), CLASSES).permute(0, 3, 1, 2).float()


def shrink(mask: np.ndarray, size: int) -> np.ndarray:
    """(…, H, H) → (…, size, size) by nearest neighbour: source pixel floor((i + 0.5) · H / size)."""
    index = ((np.arange(size) + 0.5) * mask.shape[-1] / size).astype(np.int64)
    return mask[..., index[:, None], index]
