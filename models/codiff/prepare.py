"""`python -m codiff prepare`: a data set as `codiff.data` reads it, from CelebAMask-HQ's folders or one's own photos."""

import argparse
import csv
import io
import tarfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from codiff.errors import UsageError
from codiff.labels import ATTRIBUTES
from codiff.sources import CelebAMaskHQ, OwnPhotos, Source

SHARD = 2500  # photos, at most
VAL_SHARE = 0.05
QUALITY = 92  # of WebP: below what the networks see
SEED = 0


def divide(ids: list[str]) -> tuple[dict[str, int], set[str]]:
    """Shard of every photo, and the photos of the val split: drawn at random, the same for the same ids.

    Every shard is a fair sample of the whole.
    """
    rng = np.random.default_rng(SEED)
    shards = -(-len(ids) // SHARD)
    order = rng.permutation(len(ids))
    shard = {ids[int(i)]: place % shards for place, i in enumerate(order)}
    val = rng.permutation(len(ids))[: max(1, round(VAL_SHARE * len(ids)))]
    return shard, {ids[int(i)] for i in val}


def prepare(source: Source, out: Path) -> None:
    """Write images-SS.tar, masks.tar and, last, attributes.csv: a folder that has that one is whole."""
    if (out / "attributes.csv").exists():
        raise UsageError(f"{out} holds a prepared data set already: give another --out, or delete that folder")
    if len(source.ids) < 2:
        raise UsageError(f"only {len(source.ids)} photos there: two are needed at least, one to train on and one to judge by")
    shard_of, val = divide(source.ids)
    out.mkdir(parents=True, exist_ok=True)
    masked: set[str] = set()
    start, done = time.time(), 0
    with tarfile.open(out / "masks.tar", "w") as masks:
        for shard in range(max(shard_of.values()) + 1):
            names = [i for i in source.ids if shard_of[i] == shard]
            with tarfile.open(out / f"images-{shard:02d}.tar", "w") as images:
                for name in names:
                    _add(images, f"{name}.webp", source.photo(name), "WEBP", quality=QUALITY)
                    mask = source.mask(name)
                    if mask is not None:
                        masked.add(name)
                        _add(masks, f"{name}.png", mask, "PNG")
            done += len(names)
            left = (time.time() - start) / done * (len(source.ids) - done) / 60
            print(f"images-{shard:02d}.tar: {len(names)} photos; about {left:.0f} minutes left", flush=True)
    with (out / "attributes.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "split", "shard", "has_mask", *ATTRIBUTES])
        for name in source.ids:
            values = source.attributes(name)
            split = "val" if name in val else "train"
            table.writerow([name, split, shard_of[name], int(name in masked), *(values[a] for a in ATTRIBUTES)])
    print(f"{len(source.ids)} photos, {len(val)} of them val, {len(masked)} with masks; put taef2.npz into {out} for training")


def _add(tar: tarfile.TarFile, name: str, picture: np.ndarray, kind: str, **options: int) -> None:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, kind, **options)
    entry = tarfile.TarInfo(name)
    entry.size = buffer.tell()
    buffer.seek(0)
    tar.addfile(entry, buffer)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--celebamask-hq", type=Path, help="the unpacked CelebAMask-HQ folder, as its authors publish it")
    source.add_argument("--photos", type=Path, help="folder of aligned photos, with masks/NAME.png and attributes.csv if any")
    parser.add_argument("--out", type=Path, required=True, help="folder of the prepared data set, for --data")


def run(args: argparse.Namespace) -> None:
    prepare(CelebAMaskHQ(args.celebamask_hq) if args.celebamask_hq is not None else OwnPhotos(args.photos), args.out)
