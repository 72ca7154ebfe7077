"""`python -m codiff parts`: a checkpoint's averaged weights as half-precision files small enough to be carried, and back.

A machine that is lent for half an hour lets go of small files alone; what travels is what a pack or the next stage needs,
not the optimizer's state.
"""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from codiff.errors import UsageError

LIMIT = 15 << 20  # bytes of weights in a part: with its frame a file stays below 16 MiB
ABOUT = ("stage", "config", "step", "samples", "seconds")


def without_optimizer(about: Mapping[str, Any], weights: Mapping[str, Mapping[str, Tensor]]) -> dict[str, Any]:
    """A checkpoint of averaged weights by network and name, to export or go on from; what it is `about` comes from another."""
    return {**{key: about[key] for key in ABOUT}, "model": weights, "ema": weights}


def split(checkpoint: Path, out: Path) -> list[Path]:
    """Write `STAGE-00.pt` … into `out`. A tensor is never cut: it must be smaller than `LIMIT`."""
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, part in enumerate(_filled(saved["ema"])):
        path = out / f"{checkpoint.stem}-{number:02d}.pt"
        torch.save({**{key: saved[key] for key in ABOUT}, "ema": part}, path)
        paths.append(path)
    return paths


def _filled(networks: dict[str, dict[str, Tensor]]) -> Iterator[dict[str, dict[str, Tensor]]]:
    part: dict[str, dict[str, Tensor]] = {}
    size = 0
    for net, weights in networks.items():
        for name, value in weights.items():
            half = value.half() if value.is_floating_point() else value
            if size + half.nbytes > LIMIT and part:
                yield part
                part, size = {}, 0
            part.setdefault(net, {})[name] = half.clone()
            size += half.nbytes
    yield part


def join(parts: list[Path], checkpoint: Path) -> None:
    """Put the parts of one stage together again, as float32: a checkpoint without optimizer, to export or go on from."""
    whole: dict[str, dict[str, Tensor]] = {}
    about: dict[str, Any] = {}
    for path in parts:
        saved = torch.load(path, map_location="cpu", weights_only=True)
        here = {key: saved[key] for key in ABOUT}
        if about and here != about:
            raise UsageError(f"{path} is of another checkpoint than {parts[0]}: join the parts of one only")
        about = here
        for net, weights in saved["ema"].items():
            floats = {name: value.float() if value.is_floating_point() else value for name, value in weights.items()}
            whole.setdefault(net, {}).update(floats)
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(without_optimizer(about, whole), checkpoint)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--split", type=Path, nargs="+", metavar="STAGE.pt", help="checkpoints to take apart")
    what.add_argument("--join", type=Path, metavar="DIR", help="folder of parts, of any number of stages")
    parser.add_argument("--out", type=Path, required=True, help="folder of the parts, or of the checkpoints when joining")


def run(args: argparse.Namespace) -> None:
    if args.split:
        for checkpoint in args.split:
            if not checkpoint.is_file():
                raise UsageError(f"{checkpoint} is missing: train that stage first")
            for path in split(checkpoint, args.out):
                print(path, path.stat().st_size)
        return
    stages = sorted({path.stem.rsplit("-", 1)[0] for path in args.join.glob("*-[0-9][0-9].pt")})
    if not stages:
        raise UsageError(f"{args.join} holds no parts: give the folder of STAGE-00.pt …")
    for stage in stages:
        join(sorted(args.join.glob(f"{stage}-[0-9][0-9].pt")), args.out / f"{stage}.pt")
        print(args.out / f"{stage}.pt")
