"""The face parser: photo → 19 classes, on the true masks; then masks for every photo (`python -m codiff parse`)."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff.data import Faces
from codiff.masks import mirror, shrink
from codiff.metrics import confusion, scores
from codiff.nets import CLASSES
from codiff.readers import Parser
from codiff.train.augment import random_grid
from codiff.train.loop import Options, fit
from codiff.train.weights import load_stage

RARE = 0.25  # a class counts by its rarity to this power


def photos_with_masks(faces: Faces) -> dict[str, tuple[list[str], Tensor, Tensor]]:
    """By split: ids, photos (N, 3, 256, 256) uint8, masks (N, 256, 256) uint8, for the photos that have a true mask."""
    found: dict[str, tuple[list[str], list[np.ndarray]]] = {"train": ([], []), "val": ([], [])}
    for shard in faces.shards:
        for name, picture in zip(*faces.photos(shard, only=faces.masks), strict=True):
            ids, kept = found[faces.split(name)]
            ids.append(name)
            kept.append(picture.transpose(2, 0, 1))
    return {
        split: (ids, torch.from_numpy(np.stack(kept)), torch.from_numpy(np.stack([faces.masks[i] for i in ids])))
        for split, (ids, kept) in found.items()
    }


def augment(photo: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Flip, scale, shift and colour jitter of a batch: photo (N, 3, S, S) in [0, 1], mask (N, S, S)."""
    n, device = len(photo), photo.device
    flip = torch.rand(n, device=device) < 0.5
    mirrored = mirror(mask)
    photo = torch.where(flip.reshape(-1, 1, 1, 1), photo.flip(3), photo)
    mask = torch.where(flip.reshape(-1, 1, 1), mirrored, mask)
    grid = random_grid(photo, (0.75, 1.15), 0.25, 0.12)
    photo = F.grid_sample(photo, grid, padding_mode="reflection", align_corners=False)
    mask = F.grid_sample(mask.unsqueeze(1).float(), grid, mode="nearest", padding_mode="reflection", align_corners=False)
    gain = torch.empty(n, 3, 1, 1, device=device).uniform_(0.85, 1.15) * torch.empty(n, 1, 1, 1, device=device).uniform_(
        0.7, 1.3
    )
    return (photo * gain).clamp(0, 1), mask.squeeze(1).long()


def balanced_loss(logits: Tensor, mask: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy that weighs class c by `weights[c]`, (19,), and is least where the logits are the log-probabilities.

    Weighted alone it would be least at log p + log w, and rare classes would spread over their neighbours. `logits`
    (N, 19, S, S), `mask` (N, S, S) class indices.
    """
    return F.cross_entropy(logits + weights.log().reshape(-1, 1, 1), mask, weight=weights)


def _made_up() -> dict[str, tuple[list[str], Tensor, Tensor]]:
    generator = torch.Generator().manual_seed(0)
    photos = torch.randint(0, 256, (4, 3, 256, 256), generator=generator, dtype=torch.uint8)
    masks = torch.randint(0, CLASSES, (4, 256, 256), generator=generator, dtype=torch.uint8)
    return {split: ([f"{i:05d}" for i in range(4)], photos, masks) for split in ("train", "val")}


def train(options: Options) -> None:
    """Train the parser; report pixel accuracy and IoU on the val split's true masks."""
    device = torch.device(options.device)
    splits = _made_up() if options.smoke else photos_with_masks(Faces(options.data))
    _, photos, masks = splits["train"]
    photos = F.avg_pool2d(photos.float(), 2).round().byte().to(device)
    masks = torch.from_numpy(shrink(masks.numpy(), 128)).to(device)
    counts = torch.bincount(masks[::10].reshape(-1).long(), minlength=CLASSES).float()
    weights = (counts.sum() / counts.clamp(min=1)).pow(RARE)
    weights = (weights / weights.mean()).to(device)
    net = Parser()
    if options.pack is not None:
        load_stage(options, "parser", {"parser": net})
    net.to(device, memory_format=torch.channels_last)

    def loss(batch: int) -> Tensor:
        pick = torch.randint(len(photos), (batch,), device=device)
        photo, mask = augment(photos[pick].float() / 255, masks[pick])
        logits = net.half(photo.contiguous(memory_format=torch.channels_last))
        return balanced_loss(logits, mask, weights)

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        _, val_photos, val_masks = splits["val"]
        table = torch.zeros(CLASSES, CLASSES, dtype=torch.double)
        for i in range(0, len(val_photos), 16):
            logits = averages["parser"](val_photos[i : i + 16].to(device).float() / 255)
            table += confusion(logits.argmax(1).cpu(), val_masks[i : i + 16])
        return scores(table)

    fit(options, {"parser": net}, loss, report)
