"""Edit-friendly DDPM inversion (Huberman-Spiegelglas et al., CVPR 2024) under the collaborative prediction, without gradients.

The noisy latents x_i of a photo are drawn independently of each other. What the step from x_i to x_{i+1} needs beside the
prediction under the photo's own mask and words is kept, and given to an edit under other conditions.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from codiff import rng, schedule
from codiff.pipeline import Job, Pipeline

Array = np.ndarray

STREAM = 65536  # of the random numbers: far above the steps of a generation, which has streams 0 … N
ETA = 1.0  # as noisy as DDPM, which this inversion is made for
BALANCE_BASE = 16.0  # how much a balance of 1 raises the text's influence, and lowers the mask's


@dataclass(frozen=True)
class Inversion:
    """A photo as a run of N steps of DDIM with `eta`: its latents x_0 … x_N (N + 1, C, H, W), the last its own, and remainders
    (N, C, H, W)."""

    latents: Array
    remainders: Array
    eta: float

    @property
    def latent(self) -> Array:
        """The photo's own latent (C, H, W)."""
        return self.latents[-1]


def for_editing(pipeline: Pipeline, balance: float, mode: str) -> Pipeline:
    """The same pack under its guidance for edits; in mode `both` with more say for the words (`balance` up to 1) or the mask
    (down to −1)."""
    lean_of_words = balance if mode == "both" else 0.0
    leans = {"tokens": lean_of_words, "class_mask": -lean_of_words}
    rules = {}
    for c in pipeline.manifest["collaborators"]:
        lean = leans[c["condition"]["kind"]]
        guidance = c.get("edit_guidance", c["guidance"])
        rules[c["id"]] = {
            "influence_scale": c["influence_scale"] * BALANCE_BASE**lean,
            "guidance": 1 + (1 + lean) * (guidance - 1),
        }
    return pipeline.under(rules)


def invert(pipeline: Pipeline, latent: Array, source: Job, steps: int, mode: str) -> Inversion:
    """Invert a photo's latent (C, H, W) under its own mask and words; `source.seed` draws the noise. Needs a batch of 1."""
    plan = pipeline.plan(steps)
    latents = np.empty((steps + 1, *latent.shape), np.float32)
    for i, step in enumerate(plan):
        noise = rng.normals(source.seed, STREAM + i, latent.size).reshape(latent.shape).astype(np.float64)
        latents[i] = math.sqrt(step.alpha) * latent + math.sqrt(1 - step.alpha) * noise
    latents[-1] = latent
    voices = pipeline.prepare([source], mode)
    remainders = np.empty_like(latents[1:])
    for i, step in enumerate(plan):
        predicted, _ = pipeline.predict(latents[i][None], step.timestep, voices)
        mean, _ = schedule.ddim_mean(latents[i][None], predicted, step, eta=ETA, **pipeline.prediction)
        remainders[i] = latents[i + 1] - mean[0]
    return Inversion(latents, remainders, ETA)


def first_step(strength: float, steps: int) -> int:
    """Where an edit leaves the photo's own run: 0 at strength 1, `steps` (nowhere) at 0.

    Quadratic, because little of what words change is decided in the later half of the steps.
    """
    return steps - math.floor((1 - (1 - strength) ** 2) * steps + 0.5)


def edit(pipeline: Pipeline, inversion: Inversion, target: Job, region: Array, strength: float, mode: str) -> Array:
    """The edited latent (C, H, W): `target` where the region (S, S), 0 … 1, says so, the photo's own run elsewhere.

    `target.seed` is not read: the randomness is the photo's.
    """
    steps = len(inversion.remainders)
    plan = pipeline.plan(steps)
    first = first_step(strength, steps)
    inside = latent_region(region, inversion.latent.shape[1:])
    y = inversion.latents[first]
    voices = pipeline.prepare([target], mode)
    for i in range(first, steps):
        predicted, _ = pipeline.predict(y[None], plan[i].timestep, voices)
        mean, _ = schedule.ddim_mean(y[None], predicted, plan[i], eta=inversion.eta, **pipeline.prediction)
        y = np.where(inside, mean[0] + inversion.remainders[i], inversion.latents[i + 1]).astype(np.float32)
    return y


def latent_region(region: Array, shape: Sequence[int]) -> Array:
    """(H, W) bool: latent places any of whose pixels belong to the region (S, S), 0 … 1; S a multiple of H and W."""
    height, width = shape
    tall, wide = region.shape[0] // height, region.shape[1] // width
    return (region >= 0.5).reshape(height, tall, width, wide).any((1, 3))
