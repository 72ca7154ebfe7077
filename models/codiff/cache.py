"""Cache of TAEF2 latents, so that no training encodes a photo twice.

`latents-SS.npy` float16 (N, 32, 32, 32), in the order of the shard's tar; `latents-SS-mirror.npy` for the mirrored photos and
`latents-SS-moved.npy` for the moved ones (`moved`), NaN for those that are not there.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from codiff import arguments, taef2
from codiff.data import Faces
from codiff.moved import moved_photos, moves

FORMS = ("mirror", "moved")  # of a photo, beside the photo as it is


def latent_path(cache: Path, shard: int, form: str | None = None) -> Path:
    return cache / f"latents-{shard:02d}{f'-{form}' if form else ''}.npy"


def encode_shards(
    faces: Faces,
    weights: Path,
    cache: Path,
    shards: list[int],
    form: str | None = None,
    which: str = "all",
    device: str = "cpu",
    batch: int = 8,
) -> None:
    """Encode what the cache lacks of the shards' photos, in one of `FORMS` or as they are: "all", or those with true masks,
    "masked"."""
    cache.mkdir(parents=True, exist_ok=True)
    encoder, _ = taef2.load(weights)
    encoder = encoder.to(device, memory_format=torch.channels_last)
    for shard in shards:
        path, names = latent_path(cache, shard, form), faces.ids(shard)
        out = np.load(path, mmap_mode="c") if path.exists() else np.full((len(names), 32, 32, 32), np.nan, np.float16)
        wanted = np.array([which == "all" or faces.has_mask(name) for name in names])
        missing = np.flatnonzero(wanted & ~cached(out))
        if not len(missing):
            continue
        start = time.time()
        wanted_names, photos = faces.photos(shard, only={names[i] for i in missing})
        with torch.inference_mode():
            for i in range(0, len(photos), batch):
                part = slice(i, i + batch)
                x = torch.from_numpy(_seen(photos[part], wanted_names[part], form)).to(device).permute(0, 3, 1, 2).float() / 255
                out[missing[part]] = encoder(x.contiguous(memory_format=torch.channels_last)).cpu().numpy()
        partial = path.with_suffix(".partial.npy")
        np.save(partial, out)
        partial.rename(path)
        print(f"{path.name}: {len(photos)} photos in {time.time() - start:.0f} s", flush=True)


def _seen(photos: np.ndarray, names: list[str], form: str | None) -> np.ndarray:
    """Photos (N, S, S, 3) uint8 in one of `FORMS`, or as they are."""
    if form == "mirror":
        return np.ascontiguousarray(photos[:, :, ::-1])
    return moved_photos(photos, *moves(names)) if form == "moved" else photos


def cached(latents: np.ndarray) -> np.ndarray:
    """Which photos' latents (N, 32, 32, 32) are there, (N,) bool."""
    return ~np.isnan(latents[:, 0, 0, 0])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_device(parser)
    arguments.add_shards(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--mirror", choices=["masked", "all"], help="the mirrored photos: those with true masks, or all")
    form.add_argument("--moved", choices=["masked", "all"], help="the photos moved: nearer or further away, turned, shifted")


def run(args: argparse.Namespace) -> None:
    arguments.use_threads(args)
    faces = Faces(args.data)
    shards = faces.shards if args.shards is None else args.shards
    form, which = next(((form, getattr(args, form)) for form in FORMS if getattr(args, form)), (None, "all"))
    encode_shards(faces, args.data / "taef2.npz", args.work / "cache", shards, form, which, args.device)
