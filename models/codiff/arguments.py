"""Arguments that the commands over a data set share."""

import argparse
from pathlib import Path

import torch


def add_data(parser: argparse.ArgumentParser) -> None:
    """`--data`, `--work`, `--device` and `--threads`."""
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the prepared data set, with taef2.npz")
    parser.add_argument("--work", type=Path, default=Path("models/work"), help="ignored folder for caches and checkpoints")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--threads", type=int, help="CPU threads")


def add_shards(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shards", type=int, nargs="*", help="shard numbers; all when left out")


def use_threads(args: argparse.Namespace) -> None:
    if args.threads:
        torch.set_num_threads(args.threads)
