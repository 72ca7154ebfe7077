"""The runs that an evaluation compares, and the making of their pictures, which stay in the output folder and are made once."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from codiff import pack
from codiff.errors import UsageError
from codiff.evaluate.cases import Case, sketch
from codiff.evaluate.sampling import Sampled
from codiff.pack import Manifest
from codiff.pipeline import Job, Pipeline, StepFrame, is_guided
from codiff.sample import seed_of, to_pixels

PLAN = "plan.json"
DYNAMIC = "dynamic"  # the row of both models under their dynamic diffusers
# How the original's sampler weighs: mask by a cosine decay, twice as much as the text (its DDIMConfidenceSampler's defaults).
ORIGINAL = {
    "mask": {"influence_schedule": "cosine", "influence_scale": 2.0},
    "text": {"influence_schedule": "none", "influence_scale": 1.0},
}


@dataclass(frozen=True)
class Row:
    """A way to run a pack: its mode and steps, and what replaces the pack's own.

    `rules` are guidance or influence rules by collaborator; `sampler` is a name that `Sampled` knows; `pack` is the folder of
    the pack to run in place of the judged one.
    """

    key: str
    title: str
    mode: str
    steps: int
    eta: float
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sampler: str | None = None
    pack: Path | None = None
    keeps_weights: bool = False  # writes the influence weights down beside the pictures
    sketched: bool = False  # by masks as someone draws them who has never learned to


def rows(manifest: Manifest, steps: int) -> list[Row]:
    """Every collaborator alone; where there are several, also fixed blending, dynamic diffusers and the original's weighing."""
    everyone = manifest["collaborators"]
    how: dict[str, Any] = {"steps": steps, "eta": manifest["defaults"]["eta"]}
    out = [Row(c["id"], f"{c['label']} only", c["id"], **how) for c in everyone]
    if len(everyone) > 1:
        out.append(Row("fixed", f"Fixed {1 / len(everyone):.2g} blend (“Composable”)", "fixed", **how))
    if len(everyone) > 1 and all("influence" in c for c in everyone):
        how["keeps_weights"] = True
        out.append(Row(DYNAMIC, "Dynamic diffusers", "both", **how))
        if {c["id"] for c in everyone} == ORIGINAL.keys():
            out.append(Row("original", "Dynamic, the original's schedule and scale", "both", **how, rules=ORIGINAL))
    return out


def ready(pipeline: Pipeline, row: Row) -> Pipeline:
    """The judged pack, or the row's own, as the row runs it."""
    if row.pack is not None:
        pipeline = Pipeline(row.pack, pipeline.batch, pipeline.threads)
    if row.sampler is not None:
        pipeline = Sampled(pipeline, row.sampler)
    return pipeline.under(row.rules)


def check_plan(folder: Path, pipeline: Pipeline, cases: Sequence[Case], settings: Mapping[str, Any]) -> None:
    """Write down what the pictures in a folder are made of; raises UsageError when those there are made of something else."""
    about = {key: pipeline.manifest[key] for key in ("collaborators", "schedule", "latent", "codec")}
    helpers = set(pack.helper_files(pipeline.manifest))
    about["files"] = {k: entry["sha256"] for k, entry in pipeline.manifest["files"].items() if k not in helpers}
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
    plan = {"pack": digest, **settings, "captions": {case.name: case.caption.text for case in cases}}
    path = folder / PLAN
    if path.exists():
        old = json.loads(path.read_text(encoding="utf-8"))
        changed = [key for key in ("pack", *settings) if plan[key] != old.get(key)]
        if any(old["captions"].get(name, text) != text for name, text in plan["captions"].items()):
            changed.append("captions")
        if changed:
            what = ", ".join(changed)
            raise UsageError(f"{folder} holds pictures made with other {what}: give another --out, or delete that folder")
        plan["captions"] = {**old["captions"], **plan["captions"]}
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plan, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def picture_path(folder: Path, row: str, name: str) -> Path:
    return folder / row / f"{name}.png"


def weights_path(folder: Path, row: str, name: str) -> Path:
    """Influence weights of a picture, float16 (steps, collaborators, H, W), where the row keeps them."""
    return folder / row / f"{name}.npy"


def read_picture(path: Path) -> np.ndarray:
    """(S, S, 3) uint8."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def save_picture(path: Path, picture: np.ndarray) -> None:
    """Write (S, S, 3) uint8 as PNG, whole or not at all."""
    partial = path.with_suffix(".partial")
    Image.fromarray(picture).save(partial, "PNG")
    partial.rename(path)


class Progress:
    """Prints how far the making of pictures is, and an estimate from the rows' costs in network calls."""

    def __init__(self, costs: Mapping[str, float], missing: Mapping[str, int]) -> None:
        self.costs, self.left = costs, dict(missing)
        self.start, self.spent = time.time(), 0.0

    def made(self, row: str, count: int) -> None:
        self.spent += count * self.costs[row]
        self.left[row] -= count
        rest = sum(self.costs[key] * number for key, number in self.left.items())
        minutes = (time.time() - self.start) * rest / self.spent / 60
        print(f"{row}: {self.left[row]} left, about {minutes:.0f} minutes for all rows", flush=True)


def make_pictures(pipeline: Pipeline, runs: Sequence[Row], cases: Sequence[Case], folder: Path, seed: int) -> None:
    """Make what the folder lacks; a case has the same seed in every row."""
    missing = {row.key: [c for c in cases if not picture_path(folder, row.key, c.name).exists()] for row in runs}
    progress = Progress({row.key: _cost(pipeline, row) for row in runs}, {key: len(left) for key, left in missing.items()})
    for row in runs:
        (folder / row.key).mkdir(exist_ok=True)
        if not missing[row.key]:
            continue
        own = ready(pipeline, row)
        for start in range(0, len(missing[row.key]), pipeline.batch):
            part = missing[row.key][start : start + pipeline.batch]
            masks = [sketch(case) if row.sketched else case.mask for case in part]
            jobs = [Job(m, case.caption.text, seed_of(case.name, seed)) for m, case in zip(masks, part, strict=True)]
            frames: list[StepFrame] = []
            pictures, _ = own.generate(jobs, row.steps, row.eta, row.mode, frames.append)
            for i, (case, picture) in enumerate(zip(part, pictures, strict=True)):
                if row.keeps_weights:
                    weights = np.stack([frame.weights[:, i] for frame in frames if frame.weights is not None])
                    np.save(weights_path(folder, row.key, case.name), weights.astype(np.float16))
                save_picture(picture_path(folder, row.key, case.name), to_pixels(picture))
            progress.made(row.key, len(part))


def _cost(pipeline: Pipeline, row: Row) -> float:
    """Denoiser calls of a picture: one of each collaborator, and one under the null condition in a guided step."""
    active = pipeline.under(row.rules).active(row.mode)
    times = [step.timestep for step in pipeline.plan(row.steps)]
    return sum(len(active) + any(is_guided(c, t) for c in active) for t in times)


def reconstruct(pipeline: Pipeline, photos: Mapping[str, np.ndarray], folder: Path, key: str) -> None:
    """The codec's pictures of photos (S, S, 3) uint8 by id, where the folder lacks them."""
    (folder / key).mkdir(exist_ok=True)
    missing = [name for name in photos if not picture_path(folder, key, name).exists()]
    for start in range(0, len(missing), pipeline.batch):
        part = missing[start : start + pipeline.batch]
        image = np.stack([photos[name] for name in part]).transpose(0, 3, 1, 2).astype(np.float32) / 255
        latent = pipeline.run_all(pipeline.manifest["codec"]["encoder"], image, to="image")
        pictures = pipeline.run_all(pipeline.manifest["codec"]["decoder"], latent, to="latent")
        for name, picture in zip(part, pictures, strict=True):
            save_picture(picture_path(folder, key, name), to_pixels(picture))
