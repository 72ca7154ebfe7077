"""Generation with a pack on the CPU (onnxruntime), in batches: what the page does, for judging and for golden numbers.

The mathematics is that of models/contracts/README.md: Huang et al., "Collaborative Diffusion", CVPR 2023, section 3.3,
with UniPC or DDIM.
"""

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from codiff import graph, pack, rng, schedule, solver
from codiff.errors import UsageError
from codiff.masks import extremes, shrink
from codiff.text import tokenize

Array = np.ndarray
LOG_ERRORS_ONLY = 3


@dataclass(frozen=True)
class Job:
    """One picture: a class mask (S, S) uint8 or None, a description or None, and a seed (uint32)."""

    mask: Array | None
    description: str | None
    seed: int


@dataclass(frozen=True)
class StepFrame:
    """What a step of a batch has made: clamped x_0 (N, C, H, W), and weights (collaborators, N, H, W) or None."""

    index: int
    timestep: int
    x0: Array
    weights: Array | None


@dataclass(frozen=True)
class Voices:
    """Who speaks in a run, each with its encoded condition and, where guidance needs it, the null condition.

    `reaches`: how much of each one's push counts at each latent place, (N, 1, H, W), or 1 for all of it everywhere.
    """

    mode: str
    active: list[pack.Manifest]
    conditions: list[tuple[Array, Array | None]]
    reaches: list[Array | float]


@dataclass(frozen=True)
class Push:
    """The prediction (N, C, H, W) of a guided collaborator under its condition, its guidance, and its reach: how much of the
    push counts at each place, (N, 1, H, W), or 1 for all of it everywhere."""

    conditional: Array
    guidance: float
    reach: Array | float = 1.0


def schedule_factor(kind: str, timestep: int, total: int) -> float:
    """How much a collaborator may say: 1 at pure noise, falling to 0 for `linear` and `cosine`."""
    progress = timestep / (total - 1)
    return {"none": 1.0, "linear": progress, "cosine": (1 - math.cos(math.pi * progress)) / 2}[kind]


def influence_weights(logits: Array, factors: Sequence[float]) -> Array:
    """Softmax over the first axis times the factors, renormalised, float32. All factors zero leave the plain softmax."""
    usable = np.asarray(factors if any(f > 0 for f in factors) else [1.0] * len(factors), np.float64)
    wide = logits.astype(np.float64)
    weights = np.exp(wide - wide.max(0)) * usable.reshape(-1, *[1] * (wide.ndim - 1))
    return (weights / weights.sum(0)).astype(np.float32)


def blend(predictions: Array, weights: Array) -> Array:
    """Σ_i w_i p_i: predictions (K, N, C, H, W), weights (K, N, H, W)."""
    wide = weights.astype(np.float64)[:, :, None] * predictions.astype(np.float64)
    return wide.sum(0).astype(np.float32)


def guide(predicted: Array, pushes: Sequence[Push], unconditional: Array) -> Array:
    """p + Σ_i r_i (g_i − 1) (p_i − n), r_i the reach: of one alone, classifier-free guidance (Ho and Salimans, 2022).

    Of several, each condition pushes as strongly as it does alone, wherever the others have the greater influence:
    together they make Π_i p(c_i | x)^(g_i − 1) times what the influences blend (Liu et al., "Compositional visual generation
    with composable diffusion models", ECCV 2022, conjunction).
    """
    total = np.zeros_like(predicted, np.float64)
    for push in pushes:
        total += push.reach * (push.guidance - 1) * (push.conditional.astype(np.float64) - unconditional)
    return (predicted + total).astype(np.float32)


def is_guided(collaborator: pack.Manifest, timestep: int) -> bool:
    """Whether the collaborator's condition pushes at this timestep."""
    return collaborator["guidance"] != 1 and timestep >= collaborator.get("guidance_from", 0)


def reach(collaborator: Mapping[str, Any], masks: Array, height: int, width: int) -> Array | float:
    """How much of a collaborator's push counts at each latent place under masks (N, S, S), (N, 1, H, W).

    The mean over the place of the factors that `guidance_by_class` gives its pixels; on contours, where its pixels are of more
    than one class, 1 + `guidance_on_contours` times as much.
    """
    rules, surplus = collaborator.get("guidance_by_class", ()), collaborator.get("guidance_on_contours", 0)
    if not rules and not surplus:
        return 1.0
    factors = np.ones(masks.shape)
    for rule in rules:
        factors[masks == rule["class"]] = rule["factor"]
    count, side, _ = masks.shape
    means = factors.reshape(count, 1, height, side // height, width, side // width).mean((3, 5))
    low, high = extremes(masks, height, width)
    return means * (1 + surplus * (low != high)[:, None])


def one_hot(mask: Array, classes: int) -> Array:
    """(S, S) class indices → (classes, S, S) float32."""
    return (mask[None] == np.arange(classes)[:, None, None]).astype(np.float32)


class Pipeline:
    """A pack, ready to run. Every network runs on exactly `batch` samples at once; a smaller last batch is filled up."""

    def __init__(self, folder: Path, batch: int = 8, threads: int = 2) -> None:
        self.folder, self.batch, self.threads = Path(folder), batch, threads
        self.manifest = pack.read(self.folder)
        self.alphas: list[float] = self.manifest["schedule"]["alphas_cumprod"]
        self._sessions: dict[str, ort.InferenceSession] = {}
        self._tokenizer: Tokenizer | None = None

    @property
    def modes(self) -> list[str]:
        return ["both", "fixed", *(c["id"] for c in self.manifest["collaborators"])]

    def plan(self, steps: int) -> list[schedule.Step]:
        """The steps of a run, as the pack's schedule spaces them."""
        return schedule.plan(steps, self.alphas, **pack.spacing(self.manifest))

    def active(self, mode: str) -> list[pack.Manifest]:
        """The collaborators that a mode lets speak, one alone under its rules for that."""
        everyone: list[pack.Manifest] = self.manifest["collaborators"]
        if mode not in self.modes:
            raise UsageError(f"this pack has no mode {mode!r}: pick one of {', '.join(self.modes)}")
        if mode == "both" and len(everyone) > 1 and any("influence" not in c for c in everyone):
            raise UsageError("the models of this pack have not learned to work together: pick another mode")
        return everyone if mode in ("both", "fixed") else [pack.alone(c) for c in everyone if c["id"] == mode]

    def under(self, rules: Mapping[str, Mapping[str, Any]]) -> "Pipeline":
        """The same pack, and the same open networks, with other guidance or influence rules for some collaborators, by id,
        alone or together."""
        other = copy.copy(self)
        changed = [pack.ruled(c, rules.get(c["id"], {})) for c in self.manifest["collaborators"]]
        other.manifest = {**self.manifest, "collaborators": changed}
        return other

    def needs(self, mode: str) -> set[str]:
        """Kinds of condition that the mode reads: class_mask, tokens."""
        return {c["condition"]["kind"] for c in self.active(mode)}

    def generate(
        self,
        jobs: Sequence[Job],
        steps: int,
        eta: float,
        mode: str = "both",
        on_step: Callable[[StepFrame], None] | None = None,
    ) -> tuple[Array, Array]:
        """Pictures (N, 3, S, S) float32 in [0, 1] and final latents (N, C, H, W), N at most `batch`."""
        latents = self.denoise(jobs, steps, eta, mode, on_step)
        return self.run_all(self.manifest["codec"]["decoder"], latents, to="latent"), latents

    def denoise(
        self,
        jobs: Sequence[Job],
        steps: int,
        eta: float,
        mode: str = "both",
        on_step: Callable[[StepFrame], None] | None = None,
    ) -> Array:
        """The final latents (N, C, H, W) alone."""
        count = len(jobs)
        if not 0 < count <= self.batch:
            raise ValueError(f"a batch holds 1 to {self.batch} jobs, not {count}")
        filled = [*jobs, *[jobs[-1]] * (self.batch - count)]
        voices = self.prepare(filled, mode)
        shape = (-1, *self.manifest["latent"]["shape"])
        x = np.stack([rng.normals(job.seed, 0, math.prod(shape[1:])) for job in filled]).reshape(shape)
        sampler = self.sampler(eta)
        for index, step in enumerate(self.plan(steps)):
            predicted, weights = self.predict(x, step.timestep, voices)
            noise = None
            if schedule.ddim_sigma(step, eta) > 0:
                noise = np.stack([rng.normals(job.seed, index + 1, x[0].size) for job in filled]).reshape(shape)
            x, x0 = sampler.step(x, predicted, noise, step)
            if on_step is not None:
                kept = None if weights is None else weights[:, :count]
                on_step(StepFrame(index, step.timestep, x0[:count], kept))
        return x[:count]

    def sampler(self, eta: float) -> solver.Sampler:
        """A fresh sampler for one run: the pack's own, or DDIM."""
        return solver.sampler(self.manifest["defaults"].get("sampler", "ddim"), eta=eta, **self.prediction)

    def run(self, key: str, **inputs: Array) -> Array:
        """One network on a full batch; its only output."""
        return self._session(key).run(None, inputs)[0]

    def run_all(self, key: str, samples: Array, *, to: str) -> Array:
        """One network on any number of samples (N, …), at least one, given as its input `to`; its only output (N, …)."""
        parts = []
        for start in range(0, len(samples), self.batch):
            part = samples[start : start + self.batch]
            filled = np.concatenate([part, np.repeat(part[-1:], self.batch - len(part), 0)])
            parts.append(self.run(key, **{to: filled})[: len(part)])
        return np.concatenate(parts)

    @property
    def prediction(self) -> dict[str, Any]:
        """What a DDIM step must know of the pack: its prediction type, and where x_0 is clamped."""
        return {"prediction": self.manifest["schedule"]["prediction"], "clip": self.manifest["latent"]["clip"]}

    def prepare(self, jobs: Sequence[Job], mode: str) -> Voices:
        """Encode the conditions of a full batch of jobs for a mode."""
        active = self.active(mode)
        return Voices(mode, active, [self._conditions(c, jobs) for c in active], self._reaches(active, jobs))

    def predict(self, x: Array, timestep: int, voices: Voices) -> tuple[Array, Array | None]:
        """The blended, guided prediction (N, C, H, W) at x, and the weights (K, N, H, W) where several speak."""
        active, conditions = voices.active, voices.conditions
        t = np.full(len(x), timestep, np.float32)
        pairs = zip(active, conditions, strict=True)
        predictions = [self.run(c["denoiser"], x=x, timestep=t, condition=given) for c, (given, _) in pairs]
        weights = self._weigh(x, timestep, voices) if len(active) > 1 else None
        predicted = predictions[0] if weights is None else blend(np.stack(predictions), weights)
        guided = [i for i, c in enumerate(active) if is_guided(c, timestep)]
        if not guided:
            return predicted, weights
        # Told nothing, all collaborators predict the same: only the most guided one is asked.
        most = max(guided, key=lambda i: active[i]["guidance"])
        unconditional = self.run(active[most]["denoiser"], x=x, timestep=t, condition=conditions[most][1])
        pushes = [Push(predictions[i], active[i]["guidance"], voices.reaches[i]) for i in guided]
        return guide(predicted, pushes, unconditional), weights

    def _weigh(self, x: Array, timestep: int, voices: Voices) -> Array:
        """The weights (K, N, H, W) of several collaborators."""
        active = voices.active
        if voices.mode == "fixed":
            return np.full((len(active), len(x), *x.shape[2:]), 1 / len(active), np.float32)
        t = np.full(len(x), timestep, np.float32)
        pairs = zip(active, voices.conditions, strict=True)
        logits = [self.run(c["influence"], x=x, timestep=t, condition=given)[:, 0] for c, (given, _) in pairs]
        factors = [c["influence_scale"] * schedule_factor(c["influence_schedule"], timestep, len(self.alphas)) for c in active]
        return influence_weights(np.stack(logits), factors)

    def _reaches(self, active: list[pack.Manifest], jobs: Sequence[Job]) -> list[Array | float]:
        """How much of each collaborator's push counts at each latent place; 1 everywhere where nobody is told a mask."""
        reader = next((c["condition"] for c in active if c["condition"]["kind"] == "class_mask"), None)
        if reader is None:
            return [1.0] * len(active)
        masks = np.stack([shrink(job.mask, reader["size"]) for job in jobs])
        _, height, width = self.manifest["latent"]["shape"]
        return [reach(c, masks, height, width) for c in active]

    def _conditions(self, collaborator: pack.Manifest, jobs: Sequence[Job]) -> tuple[Array, Array | None]:
        """The encoded condition, and the null condition where guidance needs it."""
        condition, key = collaborator["condition"], collaborator["encoder"]
        feeds = self._mask_feeds(condition, jobs) if condition["kind"] == "class_mask" else self._text_feeds(jobs)
        given = self.run(key, **feeds)
        empty = None if collaborator["guidance"] == 1 else self.run(key, **{k: np.zeros_like(v) for k, v in feeds.items()})
        return given, empty

    def _mask_feeds(self, condition: pack.Manifest, jobs: Sequence[Job]) -> dict[str, Array]:
        size, classes = condition["size"], condition["classes"]
        planes = []
        for mask in (job.mask for job in jobs):
            if mask is None or mask.ndim != 2 or mask.shape[0] != mask.shape[1] or mask.max() >= classes:
                raise ValueError(f"this mode needs a square mask of class indices 0 to {classes - 1} for every picture")
            planes.append(one_hot(shrink(mask, size), classes))
        return {"one_hot": np.stack(planes)}

    def _text_feeds(self, jobs: Sequence[Job]) -> dict[str, Array]:
        texts = [(job.description or "").strip() for job in jobs]
        if not all(texts):
            raise ValueError("this mode needs a description of every picture")
        encoder = self.manifest["text_encoder"]
        if self._tokenizer is None:
            self._tokenizer = Tokenizer.from_str(pack.read_file(self.folder, self.manifest, encoder["tokenizer"]).decode())
        ids, mask = tokenize(texts, encoder["length"], self._tokenizer)
        embeddings = self.run(encoder["network"], input_ids=ids, attention_mask=mask)
        return {"embeddings": embeddings, "attention_mask": mask}

    def _session(self, key: str) -> ort.InferenceSession:
        if key not in self._sessions:
            model = graph.batched(pack.read_network(self.folder, self.manifest, key), self.batch)
            self._sessions[key] = session(model.SerializeToString(), self.threads)
        return self._sessions[key]


def session(model: bytes, threads: int) -> ort.InferenceSession:
    """A CPU session that unpacks quantized weights once, when it opens."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = LOG_ERRORS_ONLY
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
