"""Arguments that several commands share."""

import argparse
import os
from pathlib import Path

import torch

from codiff.errors import UsageError
from codiff.pack import Manifest, most_steps


def add_data(parser: argparse.ArgumentParser) -> None:
    """`--data`, `--work` and `--threads`."""
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the prepared data set, with taef2.npz")
    parser.add_argument("--work", type=Path, default=Path("models/work"), help="ignored folder for caches and checkpoints")
    parser.add_argument("--threads", type=int, help="CPU threads")


def add_device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")


def add_run(parser: argparse.ArgumentParser) -> None:
    """How a pack makes many pictures: `--batch`, and what one picture takes."""
    add_steps(parser)
    parser.add_argument("--batch", type=int, default=8, help="pictures at once")


def add_steps(parser: argparse.ArgumentParser) -> None:
    """`--steps` and `--threads`."""
    parser.add_argument("--steps", type=int, help="denoising steps; the pack's own number when left out")
    add_threads(parser)


def add_threads(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="CPU threads")


def steps(wanted: int | None, manifest: Manifest, editing: bool = False) -> int:
    """How many steps to take: those of `--steps`, else the pack's own number. Raises UsageError if the schedule has fewer."""
    defaults, total = manifest["defaults"], most_steps(manifest)
    own = defaults.get("edit_steps", defaults["steps"]) if editing else defaults["steps"]
    chosen = own if wanted is None else wanted
    if not 1 <= chosen <= total:
        raise UsageError(f"--steps must be from 1 to {total}, not {chosen}")
    return chosen


def add_shards(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shards", type=int, nargs="*", help="shard numbers; all when left out")


def use_threads(args: argparse.Namespace) -> None:
    if args.threads:
        torch.set_num_threads(args.threads)
