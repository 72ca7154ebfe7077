"""Cache of TAEF2 latents, so that no training encodes a photo twice.

`latents-SS.npy` float16 (N, 32, 32, 32), in the order of the shard's tar; `latents-SS-mirror.npy` for the mirrored photos, NaN
for those that are not there.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from codiff import arguments, taef2
from codiff.data import Faces


def latent_path(cache: Path, shard: int, mirror: bool) -> Path:
    return cache / f"latents-{shard:02d}{'-mirror' if mirror else ''}.npy"


def encode_shards(
    faces: Faces, weights: Path, cache: Path, shards: list[int], mirror: str | None = None, device: str = "cpu", batch: int = 8
) -> None:
    """Encode what the cache lacks of the shards' photos, or with `mirror` of these mirrored: "all", or those with true masks,
    "masked"."""
    cache.mkdir(parents=True, exist_ok=True)
    encoder, _ = taef2.load(weights)
    encoder = encoder.to(device, memory_format=torch.channels_last)
    for shard in shards:
        path, names = latent_path(cache, shard, mirror is not None), faces.ids(shard)
        out = np.load(path, mmap_mode="c") if path.exists() else np.full((len(names), 32, 32, 32), np.nan, np.float16)
        wanted = np.array([mirror != "masked" or faces.has_mask(name) for name in names])
        missing = np.flatnonzero(wanted & ~cached(out))
        if not len(missing):
            continue
        start = time.time()
        _, photos = faces.photos(shard, only={names[i] for i in missing})
        if mirror is not None:
            photos = photos[:, :, ::-1]
        with torch.inference_mode():
            for i in range(0, len(photos), batch):
                x = torch.from_numpy(np.ascontiguousarray(photos[i : i + batch])).to(device).permute(0, 3, 1, 2).float() / 255
                out[missing[i : i + batch]] = encoder(x.contiguous(memory_format=torch.channels_last)).cpu().numpy()
        partial = path.with_suffix(".partial.npy")
        np.save(partial, out)
        partial.rename(path)
        print(f"{path.name}: {len(photos)} photos in {time.time() - start:.0f} s", flush=True)


def cached(latents: np.ndarray) -> np.ndarray:
    """Which photos' latents (N, 32, 32, 32) are there, (N,) bool."""
    return ~np.isnan(latents[:, 0, 0, 0])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_device(parser)
    arguments.add_shards(parser)
    parser.add_argument("--mirror", choices=["masked", "all"], help="the mirrored photos: those with true masks, or all")


def run(args: argparse.Namespace) -> None:
    arguments.use_threads(args)
    faces = Faces(args.data)
    shards = faces.shards if args.shards is None else args.shards
    encode_shards(faces, args.data / "taef2.npz", args.work / "cache", shards, args.mirror, args.device)
