"""From noise to a latent: DDIM for any η, and UniPC, which needs fewer steps where nothing random is added.

models/contracts/README.md writes both down; `src/diffusion/shared` does the same in TypeScript.
"""

import math
from typing import Protocol

import numpy as np

from codiff import schedule
from codiff.schedule import Step

SAMPLERS = ("ddim", "unipc")


class Sampler(Protocol):
    """Steps in order; keeps what the method remembers of earlier ones."""

    def step(self, x: np.ndarray, predicted: np.ndarray, noise: np.ndarray | None, step: Step) -> tuple[np.ndarray, np.ndarray]:
        """x after the step and the clamped x_0, both float32. `noise` is read only where σ > 0."""


def sampler(name: str, *, prediction: str, eta: float, clip: float) -> Sampler:
    """UniPC where it is asked for and η is 0; it has no noise to add, so any other η is DDIM's."""
    if name == "unipc" and eta == 0:
        return UniPC(prediction, clip)
    return Ddim(prediction, eta, clip)


class Ddim:
    """Song et al., "Denoising diffusion implicit models", ICLR 2021."""

    def __init__(self, prediction: str, eta: float, clip: float) -> None:
        self.options = {"prediction": prediction, "eta": eta, "clip": clip}

    def step(self, x: np.ndarray, predicted: np.ndarray, noise: np.ndarray | None, step: Step) -> tuple[np.ndarray, np.ndarray]:
        return schedule.ddim_step(x, predicted, noise, step, **self.options)


class UniPC:
    """Zhao et al., "UniPC: a unified predictor-corrector framework", NeurIPS 2023: order 2, B(h) = e^h − 1, x_0 prediction.

    A step first corrects the x that the last one has left, by the x_0 that the networks see in it, then goes on from there.
    """

    def __init__(self, prediction: str, clip: float) -> None:
        self.prediction, self.clip = prediction, clip
        self._past: list[tuple[float, np.ndarray]] = []  # (λ, x_0) of at most the last two steps
        self._from: tuple[np.ndarray, float] | None = None  # corrected x of the last step, and its noise level σ

    def step(self, x: np.ndarray, predicted: np.ndarray, noise: np.ndarray | None, step: Step) -> tuple[np.ndarray, np.ndarray]:
        wide = x.astype(np.float64)
        x0 = np.clip(schedule.to_x0(self.prediction, x, predicted, step.alpha), -self.clip, self.clip)
        here = _log_snr(step.alpha)
        if self._from is not None:
            wide = self._corrected(x0, here, step.alpha)
        after = x0
        if step.alpha_next < 1:
            h = _log_snr(step.alpha_next) - here
            slope = np.zeros_like(x0)
            if self._past:
                then, earlier = self._past[-1]
                slope = 0.5 * (earlier - x0) * h / (then - here)
            after = _ahead(wide, math.sqrt(1 - step.alpha), step.alpha_next, h, x0 + slope)
        self._past = [*self._past[-1:], (here, x0)]
        self._from = (wide, math.sqrt(1 - step.alpha))
        return after.astype(np.float32), x0.astype(np.float32)

    def _corrected(self, x0: np.ndarray, here: float, alpha: float) -> np.ndarray:
        """The last step made again, now that x_0 at its end is known."""
        before, sigma = self._from
        then, last = self._past[-1]
        h = here - then
        if len(self._past) == 1:
            return _ahead(before, sigma, alpha, h, last + 0.5 * (x0 - last))
        phi = math.expm1(-h)
        first = (phi / -h - 1) / phi
        second = 2 * ((phi / -h - 1) / -h - 0.5) / phi
        r = (self._past[-2][0] - then) / h
        older = (second - first) / (r - 1)  # solves older + newer = first, r · older + newer = second
        change = older * (self._past[-2][1] - last) / r + (first - older) * (x0 - last)
        return _ahead(before, sigma, alpha, h, last + change)


def _log_snr(alpha: float) -> float:
    """λ = ln(√ᾱ / √(1−ᾱ))."""
    return 0.5 * math.log(alpha / (1 - alpha))


def _ahead(x: np.ndarray, sigma: float, alpha: float, h: float, x0: np.ndarray) -> np.ndarray:
    """The exact solution from noise level `sigma` to ᾱ = `alpha`, over h in λ, if x_0 were the same all along."""
    return math.sqrt(1 - alpha) / sigma * x - math.sqrt(alpha) * math.expm1(-h) * x0
