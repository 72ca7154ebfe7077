"""A mask for every photo: the true one where the data set has it, else our parser's.

The cache holds `masks-SS.npy`, uint8 (N, 128, 128), in the order of the shard's tar, and `colours-SS.npy` (see `colour`).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from codiff import arguments, colour, pack
from codiff.data import Faces, cached
from codiff.masks import shrink
from codiff.readers import Parser

CACHED_SIZE = 128


def mask_path(cache: Path, shard: int) -> Path:
    return cache / f"masks-{shard:02d}.npy"


def cached_masks(faces: Faces, cache: Path, shards: Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """The masks (128, 128) uint8 that `parse` has written, of all shards or some, by id; they stay on disk until read."""
    return cached(faces, lambda shard: mask_path(cache, shard), shards)


@torch.inference_mode()
def parse_shards(faces: Faces, parser: Parser, cache: Path, shards: list[int], device: str = "cpu", batch: int = 16) -> None:
    """Write `masks-SS.npy` and `colours-SS.npy` for each of the shards, over what was there: better parsers, better masks."""
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
            logits = parser.half(F.avg_pool2d(photo, 2).contiguous(memory_format=torch.channels_last))
            out[pick] = logits.argmax(1).byte().cpu().numpy()
        np.save(mask_path(cache, shard), out)
        np.save(colour.colours_path(cache, shard), [colour.measure(*pair) for pair in zip(photos, out, strict=True)])
        print(f"{mask_path(cache, shard).name}: {len(names) - len(unknown)} true, {len(unknown)} parsed", flush=True)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_device(parser)
    arguments.add_shards(parser)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path, help="parser.pt of `train parser`")
    source.add_argument("--pack", type=Path, help="folder of a pack, for its parser")


def run(args: argparse.Namespace) -> None:
    arguments.use_threads(args)
    faces = Faces(args.data)
    parser = Parser()
    if args.pack is not None:
        parser.load_state_dict({name: torch.from_numpy(array) for name, array in pack.weights(args.pack, "parser").items()})
    else:
        parser.load_state_dict(torch.load(args.checkpoint, map_location="cpu", weights_only=True)["ema"]["parser"])
    parse_shards(faces, parser, args.work / "cache", faces.shards if args.shards is None else args.shards, args.device)
