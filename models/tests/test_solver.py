"""The samplers against a case that has an exact answer: a Gaussian, whose best prediction is known at every timestep."""

import math

import numpy as np
import pytest

from codiff import schedule, solver

ALPHAS = schedule.alphas_cumprod(1.0).tolist()
SPREAD = 0.5  # standard deviation of the data; its mean is 1


def ideal_v(x: np.ndarray, alpha: float) -> np.ndarray:
    """v of the posterior mean of x_0 for data N(1, SPREAD²)."""
    variance = alpha * SPREAD**2 + 1 - alpha
    x0 = 1 + math.sqrt(alpha) * SPREAD**2 * (x - math.sqrt(alpha)) / variance
    return (math.sqrt(alpha) * x - x0) / math.sqrt(1 - alpha)


def run(name: str, steps: int, x: np.ndarray) -> np.ndarray:
    method = solver.sampler(name, prediction="v", eta=0.0, clip=10.0)
    for step in schedule.plan(steps, ALPHAS):
        x, _ = method.step(x, ideal_v(x.astype(np.float64), step.alpha), None, step)
    return x


def exact(x: np.ndarray) -> np.ndarray:
    """Where the probability flow takes x_T: the same quantile of the data."""
    alpha = ALPHAS[-1]
    quantile = (x - math.sqrt(alpha)) / math.sqrt(alpha * SPREAD**2 + 1 - alpha)
    return 1 + SPREAD * quantile


@pytest.mark.parametrize("steps", [8, 12, 20])
def test_unipc_is_closer_than_ddim(steps: int):
    x = np.linspace(-2, 2, 9, dtype=np.float32)
    errors = {name: np.abs(run(name, steps, x) - exact(x)).max() for name in solver.SAMPLERS}
    assert errors["unipc"] < errors["ddim"] / 2


@pytest.mark.parametrize("name", solver.SAMPLERS)
def test_more_steps_come_closer(name: str):
    x = np.linspace(-2, 2, 9, dtype=np.float32)
    errors = [np.abs(run(name, steps, x) - exact(x)).max() for steps in (5, 20, 100)]
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 0.02


def test_one_step_takes_the_predicted_latent():
    x = np.array([0.5, -1.0], np.float32)
    np.testing.assert_array_equal(run("unipc", 1, x), run("ddim", 1, x))


def test_noise_is_ddims_alone():
    options = {"prediction": "v", "clip": 4.0}
    assert isinstance(solver.sampler("unipc", eta=0.5, **options), solver.Ddim)
    assert isinstance(solver.sampler("ddim", eta=0.0, **options), solver.Ddim)
    assert isinstance(solver.sampler("unipc", eta=0.0, **options), solver.UniPC)
