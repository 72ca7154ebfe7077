"""`python -m codiff train STAGE`."""

import argparse
import importlib
from pathlib import Path

import torch

from codiff import arguments
from codiff.train.loop import Options

# stage → module with `train(options)`
STAGES = {
    "parser": "parser",
    "attributes": "attributes",
    "codec": "codec",
    "decoder": "decoder",
    "preview": "preview",
    "trunk": "diffusion",
    "mask": "diffusion",
    "text": "diffusion",
    "influence": "influence",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--config", type=Path, required=True, help="models/configs/NAME.json")
    arguments.add_data(parser)
    arguments.add_device(parser)
    parser.add_argument("--minutes", type=float, default=60, help="time budget of this run")
    parser.add_argument("--resume", action="store_true", help="go on from this stage's checkpoint")
    parser.add_argument("--smoke", action="store_true", help="a few tiny steps on made-up data, under a minute")
    parser.add_argument("--pack", type=Path, help="start from this pack; a checkpoint of the stage in --work goes first")


def run(args: argparse.Namespace) -> None:
    arguments.use_threads(args)
    torch.manual_seed(0)
    importlib.import_module(f"codiff.train.{STAGES[args.stage]}").train(Options.parse(args))
