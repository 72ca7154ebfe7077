"""`python -m codiff figure`: the paper's figure of one generation (Huang et al. CVPR 2023).

Above, the picture that each of some DDIM steps predicts; below, how much every model says at every latent place in that step.
"""

import argparse
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from codiff import arguments
from codiff.errors import UsageError
from codiff.masks import COLOURS, shrink
from codiff.nets import CLASSES
from codiff.pipeline import Job, Pipeline, StepFrame
from codiff.sample import pack_mask, to_pixels

SHOWN = 8  # steps in the figure
CELL, GAP, LABEL, LINE, BAR = 128, 6, 120, 18, 60  # px: a picture, space between, labels, a line of text, the colour bar
FONT_SIZE = 13
# Viridis (van der Walt and Smith 2015) at 0, ¼, ½, ¾ and 1: of even steps in lightness, also in grey and for the colour-blind.
HEAT = np.array([(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)], np.float64)


def heat(values: np.ndarray) -> np.ndarray:
    """Values in [0, 1] (H, W) → colours (H, W, 3) uint8."""
    place = np.clip(values, 0, 1) * (len(HEAT) - 1)
    low = np.minimum(place.astype(int), len(HEAT) - 2)
    share = (place - low)[..., None]
    return np.rint(HEAT[low] * (1 - share) + HEAT[low + 1] * share).astype(np.uint8)


def chosen(count: int) -> list[int]:
    """At most `SHOWN` of `count` steps, evenly spread, with the first and the last."""
    shown = min(count, SHOWN)
    return sorted({round(i * (count - 1) / max(1, shown - 1)) for i in range(shown)})


def draw(
    mask: np.ndarray, caption: str, names: Sequence[str], frames: Sequence[StepFrame], pictures: Sequence[np.ndarray]
) -> Image.Image:
    """The figure of frames of one picture; `names` of the collaborators, `pictures` (S, S, 3) uint8 of the frames."""
    font = ImageFont.load_default(FONT_SIZE)
    columns = len(frames)
    lines = textwrap.wrap(caption, 16 * (columns + 1))
    top = GAP + LINE * len(lines) + 2 * LINE + GAP
    width = LABEL + (columns + 1) * (CELL + GAP) + BAR
    height = top + (len(names) + 1) * (CELL + GAP) + GAP
    figure = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(figure)
    pen.multiline_text((GAP, GAP), "\n".join(lines), "black", font, spacing=LINE - FONT_SIZE)

    def place(picture: np.ndarray, column: int, row: int, smooth: bool) -> None:
        resample = Image.Resampling.LANCZOS if smooth else Image.Resampling.NEAREST
        at = (LABEL + column * (CELL + GAP), top + row * (CELL + GAP))
        figure.paste(Image.fromarray(picture).resize((CELL, CELL), resample), at)

    pen.text((LABEL, top - LINE), "mask", "black", font)
    place(COLOURS[shrink(mask, CELL)], 0, 0, smooth=False)
    for row, title in enumerate(("predicted picture", *(f"influence:\n{name}" for name in names))):
        pen.multiline_text((GAP, top + row * (CELL + GAP) + CELL // 2 - LINE), title, "black", font)
    for column, (frame, picture) in enumerate(zip(frames, pictures, strict=True), 1):
        heading = f"step {frame.index + 1}\nt = {frame.timestep}"
        pen.multiline_text((LABEL + column * (CELL + GAP), top - 2 * LINE - 2), heading, "black", font)
        place(picture, column, 0, smooth=True)
        for row in range(len(names)):
            place(heat(frame.weights[row, 0]), column, row + 1, smooth=False)
    _colour_bar(figure, pen, font, (LABEL + (columns + 1) * (CELL + GAP), top + CELL + GAP), len(names) * (CELL + GAP) - GAP)
    return figure


def _colour_bar(
    figure: Image.Image, pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, at: tuple[int, int], high: int
) -> None:
    """The scale of influence from 1 above to 0 below."""
    figure.paste(Image.fromarray(heat(np.linspace(1, 0, high)[:, None].repeat(LINE, 1))), at)
    for value in (1.0, 0.5, 0.0):
        y = at[1] + round((1 - value) * (high - 1))
        pen.text((at[0] + LINE + GAP, y), f"{value:g}", "black", font, anchor="lm")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, help="folder of a pack, such as public/packs/nano")
    parser.add_argument("--mask", type=Path, required=True, help="PNG of 8-bit class indices, of the pack's picture size")
    parser.add_argument("--caption", required=True, help="the description")
    parser.add_argument("--out", type=Path, required=True, help="the figure, a PNG")
    parser.add_argument("--seed", type=int, default=0, help="another one makes another face")
    arguments.add_steps(parser)


def run(args: argparse.Namespace) -> None:
    pipeline = Pipeline(args.pack, 1, args.threads)
    steps, eta = arguments.steps(args.steps, pipeline.manifest), pipeline.manifest["defaults"]["eta"]
    if not args.caption.strip():
        raise UsageError("--caption is empty: describe the face")
    if not 0 <= args.seed < 2**32:
        raise UsageError(f"--seed must be from 0 to {2**32 - 1}, not {args.seed}")
    everyone = pipeline.active("both")
    if len(everyone) < 2:
        raise UsageError("this pack has one model only: there is no influence to show")
    size = pipeline.manifest["image_size"]
    mask = pack_mask(args.mask, size, CLASSES)
    frames: list[StepFrame] = []
    pipeline.generate([Job(mask, args.caption, args.seed)], steps, eta, on_step=frames.append)
    kept = [frames[i] for i in chosen(steps)]
    decoder = pipeline.manifest["codec"]["decoder"]
    pictures = [to_pixels(pipeline.run(decoder, latent=frame.x0)[0]) for frame in kept]
    figure = draw(mask, args.caption.strip(), [c["label"] for c in everyone], kept, pictures)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    figure.save(args.out, "PNG")
    print(f"{args.out}: {len(kept)} of {steps} steps")
