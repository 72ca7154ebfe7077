"""Noise schedule, timesteps and the DDIM step (Song et al., ICLR 2021), as models/contracts/README.md writes them down.

Arithmetic is float64; latents are stored as float32. `src/diffusion/shared` does the same in TypeScript.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

LOG_SNR_LIMIT = 15.0  # both ends of log SNR: keeps ᾱ strictly between 0 and 1 in float32
PREDICTIONS = ("v", "epsilon")


def alphas_cumprod(shift: float, steps: int = 1000) -> np.ndarray:
    """ᾱ of the cosine schedule (Nichol and Dhariwal 2021) with noise shifted (Hoogeboom et al. 2023), float64 (steps,).

    The cosine schedule has log SNR −2 ln tan(π u / 2) at u in (0, 1); shifting adds 2 ln(1 / `shift`), so a `shift` above 1
    means more noise at every timestep and 1 is the plain cosine. ᾱ falls from almost all signal to almost all noise.
    """
    if shift <= 0 or steps < 1:
        raise ValueError(f"shift must be above 0 and steps at least 1, not {shift} and {steps}")
    u = (np.arange(steps) + 1) / (steps + 1)
    log_snr = -2 * np.log(np.tan(np.pi * u / 2)) - 2 * math.log(shift)
    return 1 / (1 + np.exp(-np.clip(log_snr, -LOG_SNR_LIMIT, LOG_SNR_LIMIT)))


def most_steps(total: int, end: int = 0, shift: float = 1.0) -> int:
    """How many different timesteps a run can visit."""
    return math.floor((total - end) / shift)


def spaced(left: Any, steps: int, total: int, end: int, shift: float) -> Any:
    """E + (T − E) k m / (N + (k − 1) m) for m = `left` of N = `steps`, a number or an array or tensor of them, not rounded."""
    whole = steps + (shift - 1) * left
    return (end * whole + (total - end) * shift * left) / whole


def trailing_timesteps(steps: int, total: int, end: int = 0, shift: float = 1.0) -> list[int]:
    """t_i = round(E + (T − E) k m / (N + (k − 1) m)) − 1, m = N − i, halves up, for N = `steps` of T = `total`.

    T − 1 comes first, none is below E = `end`. k = `shift`, at least 1: the larger, the closer steps lie where there is much
    noise (timestep shift, Esser et al., "Scaling rectified flow transformers", ICML 2024, equation 23).
    """
    most = most_steps(total, end, shift)
    if not 1 <= steps <= most:
        raise ValueError(f"steps must be a whole number from 1 to {most}, not {steps}")
    return [math.floor(spaced(m, steps, total, end, shift) + 0.5) - 1 for m in range(steps, 0, -1)]


@dataclass(frozen=True)
class Step:
    """One step of a run: the timestep, its ᾱ, and ᾱ after the step (1 after the last)."""

    timestep: int
    alpha: float
    alpha_next: float


def plan(steps: int, alphas: list[float], end: int = 0, shift: float = 1.0) -> list[Step]:
    """Steps down to timestep `end`; the last one goes to x_0 at once, however much noise is left there."""
    timesteps = trailing_timesteps(steps, len(alphas), end, shift)
    after = [*timesteps[1:], None]
    return [Step(t, alphas[t], 1.0 if n is None else alphas[n]) for t, n in zip(timesteps, after, strict=True)]


def to_x0(prediction: str, x: np.ndarray, predicted: np.ndarray, alpha: float) -> np.ndarray:
    """x_0 from v or ε, float64."""
    signal, noise = math.sqrt(alpha), math.sqrt(1 - alpha)
    x, predicted = x.astype(np.float64), predicted.astype(np.float64)
    return signal * x - noise * predicted if prediction == "v" else (x - noise * predicted) / signal


def to_epsilon(x: np.ndarray, x0: np.ndarray, alpha: float) -> np.ndarray:
    """The ε that takes `x0` to `x`, float64."""
    return (x.astype(np.float64) - math.sqrt(alpha) * x0) / math.sqrt(1 - alpha)


def ddim_sigma(step: Step, eta: float) -> float:
    """Standard deviation of the fresh noise of a step."""
    ratio = max(0.0, 1 - step.alpha / step.alpha_next)
    return eta * math.sqrt((1 - step.alpha_next) / (1 - step.alpha)) * math.sqrt(ratio)


def ddim_mean(
    x: np.ndarray, predicted: np.ndarray, step: Step, *, prediction: str, eta: float, clip: float
) -> tuple[np.ndarray, np.ndarray]:
    """The DDIM step without its fresh noise, and the clamped x_0, both float64."""
    x0 = np.clip(to_x0(prediction, x, predicted, step.alpha), -clip, clip)
    sigma = ddim_sigma(step, eta)
    direction = math.sqrt(max(0.0, 1 - step.alpha_next - sigma * sigma))
    return math.sqrt(step.alpha_next) * x0 + direction * to_epsilon(x, x0, step.alpha), x0


def ddim_step(
    x: np.ndarray, predicted: np.ndarray, noise: np.ndarray | None, step: Step, *, prediction: str, eta: float, clip: float
) -> tuple[np.ndarray, np.ndarray]:
    """x after the step and the clamped x_0, both float32. `noise` is read only where σ > 0."""
    after, x0 = ddim_mean(x, predicted, step, prediction=prediction, eta=eta, clip=clip)
    sigma = ddim_sigma(step, eta)
    if sigma > 0:
        if noise is None:
            raise ValueError("a step with eta above 0 needs noise")
        after = after + sigma * noise.astype(np.float64)
    return after.astype(np.float32), x0.astype(np.float32)
