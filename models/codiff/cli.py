"""The commands of `python -m codiff`."""

import argparse
import importlib
import sys

from codiff.errors import UsageError

# command → module with `add_arguments(parser)` and `run(args)`, and what it does; imported only when asked for
COMMANDS = {
    "prepare": ("codiff.prepare", "a data set from CelebAMask-HQ's folders or from photos of one's own"),
    "cache": ("codiff.cache", "encode the photos of the data set once"),
    "parse": ("codiff.parse", "a mask for every photo, by the trained parser"),
    "imagine": ("codiff.imagine", "faces by a pack from the training photos' masks and captions, for `train decoder`"),
    "train": ("codiff.train.command", "one training stage"),
    "average": ("codiff.average", "the mean of several checkpoints of a stage"),
    "parts": ("codiff.parts", "checkpoints as small files that can be carried, and back"),
    "export": ("codiff.export", "write a pack from checkpoints"),
    "sample": ("codiff.sample", "make faces with a pack, for judging"),
    "align": ("codiff.edit.measure", "measure how well a pack finds faces"),
    "edit": ("codiff.edit.command", "edit a photo of a face with a pack"),
    "inversions": ("codiff.edit.inversions", "compare ways to edit photos: ours, image-to-image, DDIM inversion"),
    "evaluate": ("codiff.evaluate.command", "judge a pack or checkpoints: mask, words, likeness to photos, influence"),
    "wording": ("codiff.evaluate.wording", "ask a pack in sentences that its training never wrote"),
    "figure": ("codiff.figure", "a generation in one picture: what each step predicts, and the influence maps"),
    "sheet": ("codiff.sheet", "faces of fixed cases where mask and words pull apart, in one picture"),
    "fixtures": ("codiff.fixtures", "write the golden numbers and the tiny pack of models/contracts/fixtures"),
}


def main(arguments: list[str] | None = None) -> None:
    """Run one command; a mistake of the caller ends with one line and status 2."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser("codiff", description="Data, training, export and sampling of the face packs.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((a for a in arguments if not a.startswith("-")), None)
    for name, (module, help_text) in COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
        if name == wanted:
            importlib.import_module(module).add_arguments(command)
    args = parser.parse_args(arguments)
    try:
        importlib.import_module(COMMANDS[args.command][0]).run(args)
    except UsageError as error:
        print(f"codiff {args.command}: {error}", file=sys.stderr)
        raise SystemExit(2) from error
