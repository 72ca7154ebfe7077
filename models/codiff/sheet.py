"""`python -m codiff sheet`: fixed cases where mask and words pull apart, one row a mask, as one picture to look at.

The cases file is JSON: `seed`, and `rows` of `title`, `mask` (a PNG of class indices in `--masks`) and `captions`, equally many
in every row. All pictures have the same seed, so that what differs between two of them is the mask or the words.
"""

import argparse
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from codiff import arguments, casefile
from codiff.errors import UsageError
from codiff.masks import COLOURS, read_mask, shrink
from codiff.nets import CLASSES
from codiff.pipeline import Job, Pipeline
from codiff.sample import make

CELL, GAP, LINE, CAPTION_LINES = 128, 6, 13, 3  # px: a picture, space between, a line of text; lines under a picture
FONT_SIZE, QUALITY = 11, 88
LETTERS = CELL // 6  # letters that fit under a picture


def read_cases(path: Path, masks: Path, size: int) -> tuple[int, list[tuple[str, np.ndarray, list[str]]]]:
    """The seed, and each row's title, mask (size, size) uint8 and captions."""
    seed, rows = casefile.read(path, "models/cases/conflicts.json", "codiff.sheet", _written)
    if not rows or len({len(captions) for _, _, captions in rows}) != 1 or not rows[0][2]:
        raise UsageError(f"{path}: every row needs the same number of captions, at least one")
    return seed, [(title, shrink(read_mask(masks / mask, CLASSES), size), captions) for title, mask, captions in rows]


def _written(data: Mapping[str, Any]) -> tuple[int, list[tuple[str, str, list[str]]]]:
    return int(data["seed"]), [(row["title"], row["mask"], list(row["captions"])) for row in data["rows"]]


def draw(rows: Sequence[tuple[str, np.ndarray, list[str]]], pictures: Sequence[np.ndarray]) -> Image.Image:
    """The sheet; `pictures` (S, S, 3) uint8 row by row."""
    font = ImageFont.load_default(FONT_SIZE)
    columns, high = len(rows[0][2]), LINE + CELL + CAPTION_LINES * LINE + 2 * GAP
    sheet = Image.new("RGB", (GAP + (columns + 1) * (CELL + GAP), GAP + len(rows) * high), "white")
    pen = ImageDraw.Draw(sheet)
    for number, (title, mask, captions) in enumerate(rows):
        top = GAP + number * high
        pen.text((GAP, top), title, "black", font)
        cells = [COLOURS[shrink(mask, CELL)], *pictures[number * columns : (number + 1) * columns]]
        for column, picture in enumerate(cells):
            at = (GAP + column * (CELL + GAP), top + LINE + 2)
            sheet.paste(Image.fromarray(picture).resize((CELL, CELL), Image.Resampling.LANCZOS if column else 0), at)
            if column:
                words = textwrap.wrap(captions[column - 1], LETTERS)[:CAPTION_LINES]
                pen.multiline_text((at[0], at[1] + CELL + 1), "\n".join(words), "#444", font, spacing=LINE - FONT_SIZE)
    return sheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, help="folder of a pack, such as public/packs/nano")
    parser.add_argument("--cases", type=Path, required=True, help="cases file, such as models/cases/conflicts.json")
    parser.add_argument("--masks", type=Path, required=True, help="folder of the masks that it names, such as public/samples")
    parser.add_argument("--out", type=Path, required=True, help="the sheet, a JPEG or PNG")
    parser.add_argument("--mode", default="both", help="both, fixed, or one model's id")
    arguments.add_run(parser)


def run(args: argparse.Namespace) -> None:
    pipeline = Pipeline(args.pack, args.batch, args.threads)
    steps, eta = arguments.steps(args.steps, pipeline.manifest), pipeline.manifest["defaults"]["eta"]
    seed, rows = read_cases(args.cases, args.masks, pipeline.manifest["image_size"])
    jobs = [Job(mask, caption, seed) for _, mask, captions in rows for caption in captions]
    pictures = make(pipeline, jobs, steps, eta, args.mode)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    draw(rows, pictures).save(args.out, quality=QUALITY)
    print(args.out)
