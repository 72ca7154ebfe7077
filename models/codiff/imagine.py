"""Face latents that a pack makes from the masks and captions of training photos: what `train decoder` must draw well, too.

The cache holds `made-SS.npy`, float16 (M, C, 16, 16): of each shard, the pack's faces for one training photo in eight.
"""

import argparse
from pathlib import Path

import numpy as np

from codiff import arguments, captions
from codiff.colour import cached_colours
from codiff.data import Faces
from codiff.errors import UsageError
from codiff.parse import cached_masks
from codiff.pipeline import Job, Pipeline
from codiff.sample import seed_of

EVERY = 8  # photos for one made face


def made_path(cache: Path, shard: int) -> Path:
    return cache / f"made-{shard:02d}.npy"


def jobs(faces: Faces, cache: Path, shard: int) -> list[Job]:
    """What to make for a shard: mask and one caption of every eighth training photo. Raises UsageError before `parse`."""
    appearance, age = faces.table("appearance"), faces.table("age")
    masks, colours = cached_masks(faces, cache, [shard]), cached_colours(faces, cache, [shard])
    names = [name for name in faces.ids(shard) if faces.split(name) == "train"][::EVERY]
    if any(name not in masks for name in names):
        raise UsageError(f"shard {shard} has no masks in {cache}: run `python -m codiff parse` first")
    rng = np.random.default_rng(shard)
    known = [captions.facts(faces.rows[n], appearance.get(n), age.get(n), masks[n], colours.get(n)) for n in names]
    return [
        Job(np.asarray(masks[name]), captions.caption(facts, rng), seed_of(name, 0))
        for name, facts in zip(names, known, strict=True)
    ]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_shards(parser)
    parser.add_argument("--pack", type=Path, required=True, help="folder of the pack that makes the faces")


def run(args: argparse.Namespace) -> None:
    faces, cache = Faces(args.data), args.work / "cache"
    pipeline = Pipeline(args.pack, threads=args.threads or 1)
    defaults = pipeline.manifest["defaults"]
    for shard in faces.shards if args.shards is None else args.shards:
        wanted = jobs(faces, cache, shard)
        if not wanted:
            continue
        parts = [wanted[i : i + pipeline.batch] for i in range(0, len(wanted), pipeline.batch)]
        latents = [pipeline.denoise(part, defaults["steps"], defaults["eta"]) for part in parts]
        np.save(made_path(cache, shard), np.concatenate(latents).astype(np.float16))
        print(f"{made_path(cache, shard).name}: {len(wanted)} faces", flush=True)
