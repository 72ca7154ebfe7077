"""Golden numbers of editing; models/contracts/README.md tells their form."""

from pathlib import Path
from typing import Any

import numpy as np

from codiff import samples, tiny
from codiff.edit import inversion
from codiff.edit.picture import to_planes
from codiff.masks import COLOURS
from codiff.numbers import encoded, encoded_bytes
from codiff.pipeline import Job, Pipeline

SEED, STEPS = 11, 6
STRENGTHS = (0.0, 0.4, 0.7, 1.0)
SOURCE_WORDS, TARGET_WORDS = samples.DESCRIPTIONS[0], "A man with short hair and a beard."
RUNS = (("both", 0.0), ("both", 0.5), ("text", 0.0), ("text", 0.5), ("mask", 0.0), ("fixed", 0.0))


def drawn_face(size: int) -> tuple[np.ndarray, np.ndarray]:
    """A drawn face in flat colours with a light from the left, (S, S, 3) uint8, and its mask (S, S) uint8."""
    mask = samples.mask(size)
    light = np.linspace(1.1, 0.7, size)[None, :, None]
    return np.clip(COLOURS[mask] * light, 0, 255).astype(np.uint8), mask


def target_mask(size: int) -> np.ndarray:
    """The drawn face with its mouth closed and glasses on."""
    mask = samples.mask(size).copy()
    mask[mask == samples.MOUTH] = samples.U_LIP
    rows, columns = slice(round(0.41 * size), round(0.5 * size)), slice(round(0.3 * size), round(0.7 * size))
    mask[rows, columns] = 3
    return mask


def some_region(size: int) -> np.ndarray:
    """(S, S) float32: a rectangle of 1 whose surroundings stay just below one half."""
    region = np.zeros((size, size), np.float32)
    region[size // 8 : size * 6 // 8, size // 8 : size * 7 // 8] = 0.49
    region[size // 4 + 3 : size * 5 // 8, size // 4 : size * 3 // 4 - 5] = 1
    return region


def edit_numbers(folder: Path) -> dict[str, Any]:
    """Inversions and edits of a drawn face with the tiny pack in `folder`."""
    pipeline = Pipeline(folder, batch=1, threads=1)
    photo, mask = drawn_face(tiny.IMAGE)
    image = to_planes(photo)[None]
    helpers, codec = pipeline.manifest["helpers"], pipeline.manifest["codec"]
    latent = pipeline.run(codec["encoder"], image=image)[0]
    source, target = Job(mask, SOURCE_WORDS, SEED), Job(target_mask(tiny.IMAGE), TARGET_WORDS, SEED)
    region = some_region(tiny.IMAGE)
    runs = []
    for mode, balance in RUNS:
        leaning = inversion.balanced(pipeline, balance)
        inverted = inversion.invert(leaning, latent, source, STEPS, mode)
        edits = [
            {"strength": s, "latent": encoded(inversion.edit(leaning, inverted, target, region, s, mode))} for s in STRENGTHS
        ]
        runs.append({"mode": mode, "balance": balance, "edits": edits})
    parsed = pipeline.run(helpers["parser"]["network"], image=image)[0].argmax(0).astype(np.uint8)
    return {
        "pack": "tiny-pack",
        "seed": SEED,
        "steps": STEPS,
        "size": tiny.IMAGE,
        "rgb": encoded_bytes(photo),
        "source": {"mask": encoded_bytes(mask), "description": SOURCE_WORDS},
        "target": {"mask": encoded_bytes(target.mask), "description": TARGET_WORDS},
        "region": encoded(region),
        "parsed": encoded_bytes(parsed),
        "attributes": encoded(pipeline.run(helpers["attributes"]["network"], image=image)[0]),
        "latent": encoded(latent),
        "reconstruction": encoded(pipeline.run(codec["decoder"], latent=latent[None])[0]),
        "runs": runs,
    }
