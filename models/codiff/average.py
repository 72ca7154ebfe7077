"""`python -m codiff average`: the mean of several checkpoints of a stage, better than each of them where they share a start.

Runs end on different sides of a minimum, even when their rate has fallen to nothing, and their mean lies nearer to its middle
(Izmailov et al., "Averaging weights leads to wider optima and better generalization", UAI 2018; for runs that differ in what
they learned from, Wortsman et al., "Model soups", ICML 2022). What it gains is told by a loss or an evaluation, not by this.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from codiff.errors import UsageError
from codiff.parts import without_optimizer


def average(checkpoints: Sequence[Path]) -> dict[str, Any]:
    """A checkpoint without optimizer, to export or go on from: the mean of the averaged weights (EMA), and config, steps,
    samples and seconds of the one with most samples.

    Raises UsageError where one is missing or of another stage or size than the first.
    """
    for path in checkpoints:
        if not path.is_file():
            raise UsageError(f"{path} is missing: give checkpoints that `python -m codiff train` wrote")
    all_saved = [torch.load(path, map_location="cpu", weights_only=True) for path in checkpoints]
    first = all_saved[0]
    for path, saved in zip(checkpoints, all_saved, strict=True):
        if saved["stage"] != first["stage"] or _shapes(saved) != _shapes(first):
            raise UsageError(f"{path} has other networks than {checkpoints[0]}: give checkpoints of one stage and config")
    furthest = max(all_saved, key=lambda saved: saved["samples"])
    mean = {
        net: {
            name: torch.stack([saved["ema"][net][name].double() for saved in all_saved]).mean(0).to(value.dtype)
            for name, value in weights.items()
        }
        for net, weights in first["ema"].items()
    }
    return without_optimizer(furthest, mean)


def _shapes(saved: dict[str, Any]) -> dict[tuple[str, str], torch.Size]:
    return {(net, name): value.shape for net, weights in saved["ema"].items() for name, value in weights.items()}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoints", type=Path, nargs="+", metavar="STAGE.pt", help="checkpoints of one stage, two or more")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="STAGE.pt", help="the checkpoint to write; may be one of them"
    )


def run(args: argparse.Namespace) -> None:
    if len(args.checkpoints) < 2:
        raise UsageError("one checkpoint is its own mean: give two or more")
    whole = average(args.checkpoints)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(whole, args.out)
    print(args.out)
