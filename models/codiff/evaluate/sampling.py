"""Runs with a given sampler in place of the pack's own, among them DPM-Solver++, which the study of samplers alone needs."""

import math

import numpy as np

from codiff import schedule, solver
from codiff.pipeline import Pipeline
from codiff.schedule import Step

DPM = "dpm"  # beside the names of solver.SAMPLERS


class Sampled(Pipeline):
    """A pack, and its open networks, with the sampler `name`: one of solver.SAMPLERS or `DPM`."""

    def __init__(self, pipeline: Pipeline, name: str) -> None:
        vars(self).update(vars(pipeline))
        self.name = name

    def sampler(self, eta: float) -> solver.Sampler:
        if self.name == DPM:
            return DpmSolver(**self.prediction)
        return solver.sampler(self.name, eta=eta, **self.prediction)


class DpmSolver:
    """Lu et al., "DPM-Solver++: fast solver for guided sampling of diffusion probabilistic models", 2022: algorithm 2 (2M).

    Adds no noise (η = 0). The first step is of first order; the last takes the x_0 that it sees.
    """

    def __init__(self, prediction: str, clip: float) -> None:
        self.prediction, self.clip = prediction, clip
        self._last: tuple[float, np.ndarray] | None = None  # λ and x_0 of the step before

    def step(self, x: np.ndarray, predicted: np.ndarray, noise: np.ndarray | None, step: Step) -> tuple[np.ndarray, np.ndarray]:
        x0 = np.clip(schedule.to_x0(self.prediction, x, predicted, step.alpha), -self.clip, self.clip)
        here, after = _log_snr(step.alpha), x0
        if step.alpha_next < 1:
            h = _log_snr(step.alpha_next) - here
            ahead = x0
            if self._last is not None:
                then, earlier = self._last
                ahead = x0 + h / (2 * (here - then)) * (x0 - earlier)
            ratio = math.sqrt((1 - step.alpha_next) / (1 - step.alpha))
            after = ratio * x.astype(np.float64) - math.sqrt(step.alpha_next) * math.expm1(-h) * ahead
        self._last = (here, x0)
        return after.astype(np.float32), x0.astype(np.float32)


def _log_snr(alpha: float) -> float:
    """λ = ln(√ᾱ / √(1−ᾱ))."""
    return 0.5 * math.log(alpha / (1 - alpha))
