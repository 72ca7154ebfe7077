"""Class masks as tensors: mirroring, one-hot, shrinking, and the cache of a mask for every photo.

The cache holds `masks-SS.npy`, uint8 (N, 128, 128), in the order of the shard's tar: the true mask where the data set has one, else our parser's.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from codiff.data import Faces
from codiff.nets import CLASSES, Parser

MIRROR_PAIRS = ((4, 5), (6, 7), (8, 9))  # left and right eye, brow, ear (CelebAMask-HQ order)
CACHED_SIZE = 128


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


def mask_path(cache: Path, shard: int) -> Path:
    return cache / f"masks-{shard:02d}.npy"


@torch.inference_mode()
def parse_shards(faces: Faces, parser: Parser, cache: Path, shards: list[int], device: str = "cpu", batch: int = 16) -> None:
    """Write `masks-SS.npy` for each of the shards, over what was there: a better parser makes better masks."""
    parser = parser.to(device, memory_format=torch.channels_last).eval()
    for shard in shards:
        names, photos = faces.photos(shard)
        out = np.empty((len(names), CACHED_SIZE, CACHED_SIZE), np.uint8)
        unknown = [i for i, name in enumerate(names) if name not in faces.masks]
        for i, name in enumerate(names):
            if name in faces.masks:
                out[i] = shrink(faces.masks[name], CACHED_SIZE)
        for i in range(0, len(unknown), batch):
            pick = unknown[i : i + batch]
            photo = torch.from_numpy(photos[pick]).to(device).permute(0, 3, 1, 2).float() / 255
            logits = F.avg_pool2d(parser(photo.contiguous(memory_format=torch.channels_last)), 2)
            out[pick] = logits.argmax(1).byte().cpu().numpy()
        np.save(mask_path(cache, shard), out)
        print(f"{mask_path(cache, shard).name}: {len(names) - len(unknown)} true, {len(unknown)} parsed", flush=True)
