"""Class masks: reading, mirroring, one-hot, shrinking."""

import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image, UnidentifiedImageError
from torch import Tensor

from codiff.errors import UsageError
from codiff.nets import CLASSES
from codiff.pack import CONTRACTS

_CLASSES = json.loads((CONTRACTS / "face-classes.json").read_text(encoding="utf-8"))["classes"]
KEYS = [entry["key"] for entry in _CLASSES]
BACKGROUND = KEYS.index("background")
COLOURS = np.array([tuple(bytes.fromhex(entry["display_colour"][1:])) for entry in _CLASSES], np.uint8)  # (19, 3), for people
MIRROR = [entry["mirror"] for entry in _CLASSES]


def extremes(masks: np.ndarray, height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest class index in each of height × width equal blocks of masks (…, S, S), (…, H, W); both sides
    divide S. They differ where a block has pixels of more than one class."""
    *leading, side, _ = masks.shape
    blocks = masks.reshape(*leading, height, side // height, width, side // width)
    return blocks.min((-3, -1)), blocks.max((-3, -1))


def read_mask(path: Path, classes: int = CLASSES) -> np.ndarray:
    """(H, W) uint8 class indices from an 8-bit PNG, grey or with a palette."""
    try:
        with Image.open(path) as picture:
            mode, values = picture.mode, np.asarray(picture)
    except (UnidentifiedImageError, OSError) as cause:
        raise UsageError(f"{path} is not a picture that can be read: save it as PNG again") from cause
    if mode not in ("L", "P"):
        raise UsageError(f"{path} has colours (mode {mode}): save class indices as an 8-bit grey or indexed PNG")
    if values.max() >= classes:
        row, column = np.argwhere(values >= classes)[0]
        raise UsageError(
            f"{path} has the value {values[row, column]} at row {row}, column {column}: classes go from 0 to {classes - 1}"
        )
    return values.astype(np.uint8)


def mirror(mask: Tensor) -> Tensor:
    """A mask (…, H, W) of class indices flipped left to right; left and right classes swap."""
    table = torch.tensor(MIRROR, dtype=mask.dtype, device=mask.device)
    return table[mask.long()].flip(-1)


def one_hot(mask: Tensor) -> Tensor:
    """(N, S, S) class indices → (N, 19, S, S) float32."""
    planes = torch.zeros(*mask.shape, CLASSES, device=mask.device)
    return planes.scatter_(3, mask.long().unsqueeze(3), 1.0).permute(0, 3, 1, 2)


def shrink(mask: np.ndarray, size: int) -> np.ndarray:
    """(…, H, H) → (…, size, size) by nearest neighbour: source pixel floor((i + 0.5) · H / size)."""
    index = ((np.arange(size) + 0.5) * mask.shape[-1] / size).astype(np.int64)
    return mask[..., index[:, None], index]
