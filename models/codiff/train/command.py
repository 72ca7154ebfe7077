"""`python -m codiff train STAGE`."""

import argparse
import importlib
from pathlib import Path

import torch

from codiff.train.loop import Options

# stage → module with `train(options)`
STAGES = {
    "parser": "parser",
    "codec": "codec",
    "preview": "preview",
    "trunk": "diffusion",
    "mask": "diffusion",
    "text": "diffusion",
    "influence": "influence",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--config", required=True, help="models/configs/NAME.json")
    parser.add_argument("--data", default="data", help="folder of the prepared data set")
    parser.add_argument("--work", default="models/work", help="ignored folder for caches and checkpoints")
    parser.add_argument("--minutes", type=float, default=60, help="time budget of this run")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--threads", type=int, help="CPU threads")
    parser.add_argument("--resume", action="store_true", help="go on from this stage's checkpoint")
    parser.add_argument("--smoke", action="store_true", help="a few tiny steps on made-up data, under a minute")
    parser.add_argument("--pack", type=Path, help="take the starting weights from this pack instead of checkpoints")


def run(args: argparse.Namespace) -> None:
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    importlib.import_module(f"codiff.train.{STAGES[args.stage]}").train(Options.parse(args))
