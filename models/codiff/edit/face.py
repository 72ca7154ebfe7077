"""One aligned face: what is read from it, and how it is edited."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from codiff.edit import inversion
from codiff.edit.crop import fitting, sample
from codiff.edit.describe import describe
from codiff.edit.picture import to_planes
from codiff.errors import UsageError
from codiff.masks import shrink
from codiff.pipeline import Job, Pipeline
from codiff.sample import to_pixels

Array = np.ndarray


@dataclass(frozen=True)
class Side:
    """One side of an edit, before or after: the mask (S, S) uint8 and the words."""

    mask: Array
    words: str


@dataclass(frozen=True)
class Settings:
    """How to edit: steps, uint32 seed, mode, and the balance of words against mask, −1 … 1."""

    steps: int
    seed: int
    mode: str
    balance: float


@dataclass(frozen=True)
class Edited:
    """Pictures (S, S, 3) float64 in [0, 1]: what the codec makes of the photo, and the edit at each strength."""

    reconstruction: Array
    edits: list[Array]


def check_pack(pipeline: Pipeline) -> None:
    """Raise UsageError for a pack that cannot edit photos."""
    missing = [] if "encoder" in pipeline.manifest["codec"] else ["codec encoder"]
    if "parser" not in pipeline.manifest.get("helpers", {}):
        missing.append("face parser")
    if missing:
        raise UsageError(f"{pipeline.folder} cannot edit photos: it has no {' and no '.join(missing)}; give another pack")


def read_face(pipeline: Pipeline, aligned: Array) -> Side:
    """The mask and the description of an aligned face (S, S, 3) uint8."""
    helpers = pipeline.manifest["helpers"]
    logits = _read(pipeline, aligned, helpers["parser"])
    mask = shrink(logits.argmax(0).astype(np.uint8), len(aligned))
    numbers = _read(pipeline, aligned, helpers["attributes"]) if "attributes" in helpers else None
    return Side(mask, describe(numbers, mask))


def _read(pipeline: Pipeline, aligned: Array, reader: dict) -> Array:
    size = reader["size"]
    picture = aligned if size == len(aligned) else sample(aligned, fitting(*aligned.shape[1::-1]), size)
    return pipeline.run(reader["network"], image=to_planes(picture)[None])[0]


def edit_face(
    pipeline: Pipeline,
    aligned: Array,
    source: Side,
    target: Side,
    region: Array,
    strengths: Sequence[float],
    settings: Settings,
) -> Edited:
    """Edit an aligned face (S, S, 3) uint8 where the region (S, S), 0 … 1, says so, from `source` to `target`."""
    codec = pipeline.manifest["codec"]
    leaning = inversion.for_editing(pipeline, settings.balance, settings.mode)
    latent = pipeline.run(codec["encoder"], image=to_planes(aligned)[None])[0]
    before, after = (Job(side.mask, side.words, settings.seed) for side in (source, target))
    inverted = inversion.invert(leaning, latent, before, settings.steps, settings.mode)
    latents = [inversion.edit(leaning, inverted, after, region, s, settings.mode) for s in strengths]
    pictures = [pipeline.run(codec["decoder"], latent=x[None])[0] for x in (latent, *latents)]
    reconstruction, *edits = [to_pixels(picture) / 255 for picture in pictures]
    return Edited(reconstruction, edits)
