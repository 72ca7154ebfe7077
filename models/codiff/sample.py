"""`python -m codiff sample`: faces by a pack from masks and captions on disk, for judging.

The same arguments give the same pictures; neither the order of the captions nor the batch size matters, because every
picture has a seed of its own, (`--seed` + CRC-32 of the id) mod 2³².
"""

import argparse
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from codiff import arguments
from codiff.errors import UsageError
from codiff.masks import read_mask
from codiff.pipeline import Job, Pipeline

FEW = 5  # names listed in an error


def seed_of(identifier: str, seed: int) -> int:
    """The uint32 seed of one picture."""
    return (seed + zlib.crc32(identifier.encode())) % 2**32


def read_captions(path: Path) -> dict[str, str]:
    """Captions by id from lines `{"id", "caption"}`, in order; blank lines are skipped."""
    if not path.is_file():
        raise UsageError(f'{path} is missing: give a file with lines like {{"id": "00001", "caption": "A smiling woman."}}')
    out: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            identifier, caption = row["id"], row["caption"]
        except (json.JSONDecodeError, KeyError, TypeError) as cause:
            raise UsageError(f'{path} line {number} is not {{"id": …, "caption": …}}: correct that line') from cause
        if not isinstance(identifier, str) or not identifier or Path(identifier).name != identifier:
            raise UsageError(f"{path} line {number}: the id must be a string that can name a file, not {identifier!r}")
        if not isinstance(caption, str) or not caption.strip():
            raise UsageError(f"{path} line {number}: the caption of {identifier} is empty; write one or use --mode mask")
        if identifier in out:
            raise UsageError(f"{path} line {number}: the id {identifier} is there twice; give each picture its own")
        out[identifier] = caption
    if not out:
        raise UsageError(f"{path} holds no captions: add at least one line")
    return out


def pack_mask(path: Path, size: int, classes: int) -> np.ndarray:
    """(size, size) uint8 class indices from a PNG of that size."""
    values = read_mask(path, classes)
    if values.shape != (size, size):
        raise UsageError(f"{path} is {values.shape[1]}×{values.shape[0]}: masks of this pack are {size}×{size}")
    return values


def read_jobs(pipeline: Pipeline, mode: str, masks: Path | None, captions: Path | None, seed: int) -> dict[str, Job]:
    """What to make, by id: every caption's id where the mode reads captions (or a file is given), else every mask's."""
    needs = pipeline.needs(mode)
    if "tokens" in needs and captions is None:
        raise UsageError(f"mode {mode} reads captions: give --captions FILE.jsonl")
    if "class_mask" in needs and masks is None:
        raise UsageError(f"mode {mode} reads masks: give --masks DIR")
    texts = None if captions is None else read_captions(captions)
    if masks is not None and not masks.is_dir():
        raise UsageError(f"{masks} is not a folder: give one that holds ID.png")
    if texts is not None:
        ids: Sequence[str] = list(texts)
    else:
        ids = sorted(path.stem for path in masks.glob("*.png")) if masks else []
        if not ids:
            raise UsageError(f"{masks} holds no PNG: give a folder that holds ID.png")
    found: dict[str, np.ndarray] = {}
    if masks is not None and "class_mask" in needs:
        missing = [i for i in ids if not (masks / f"{i}.png").is_file()]
        if missing:
            more = "" if len(missing) <= FEW else f" and {len(missing) - FEW} more"
            names = ", ".join(f"{i}.png" for i in missing[:FEW])
            raise UsageError(f"{masks} lacks {names}{more}: add them or drop their captions")
        classes = next(c["condition"]["classes"] for c in pipeline.active(mode) if c["condition"]["kind"] == "class_mask")
        found = {i: pack_mask(masks / f"{i}.png", pipeline.manifest["image_size"], classes) for i in ids}
    return {i: Job(found.get(i), None if texts is None else texts[i], seed_of(i, seed)) for i in ids}


def to_pixels(picture: np.ndarray) -> np.ndarray:
    """(3, S, S) in [0, 1] → (S, S, 3) uint8, halves up."""
    return np.floor(np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8).transpose(1, 2, 0)


def make(pipeline: Pipeline, jobs: Sequence[Job], steps: int, eta: float, mode: str) -> list[np.ndarray]:
    """Pictures (S, S, 3) uint8 of any number of jobs, saying how far it is."""
    pictures: list[np.ndarray] = []
    for start in range(0, len(jobs), pipeline.batch):
        made, _ = pipeline.generate(jobs[start : start + pipeline.batch], steps, eta, mode)
        pictures += [to_pixels(picture) for picture in made]
        print(f"{len(pictures)} of {len(jobs)}", flush=True)
    return pictures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, help="folder of a pack, such as public/packs/nano")
    parser.add_argument("--masks", type=Path, help="folder of ID.png: 8-bit class indices, of the pack's picture size")
    parser.add_argument("--captions", type=Path, help='lines {"id", "caption"}')
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures, ID.png")
    parser.add_argument("--seed", type=int, default=0, help="another one makes other faces")
    arguments.add_run(parser)
    parser.add_argument("--eta", type=float, help="0 (no fresh noise) to 1 (as much as DDPM); the pack's own when left out")
    parser.add_argument("--mode", default="both", help="both, fixed, or one model of the pack: mask, text")


def run(args: argparse.Namespace) -> None:
    if args.batch < 1:
        raise UsageError("--batch must be at least 1")
    pipeline = Pipeline(args.pack, args.batch, args.threads)
    steps = arguments.steps(args.steps, pipeline.manifest)
    eta = pipeline.manifest["defaults"]["eta"] if args.eta is None else args.eta
    if not 0 <= eta <= 1:
        raise UsageError(f"--eta must be from 0 to 1, not {eta}")
    jobs = read_jobs(pipeline, args.mode, args.masks, args.captions, args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    ids = list(jobs)
    for start in range(0, len(ids), args.batch):
        part = ids[start : start + args.batch]
        pictures, _ = pipeline.generate([jobs[i] for i in part], steps, eta, args.mode)
        for identifier, picture in zip(part, pictures, strict=True):
            Image.fromarray(to_pixels(picture)).save(args.out / f"{identifier}.png")
        print(f"{start + len(part)} of {len(ids)}", flush=True)
