import numpy as np
import pytest

from codiff import rng, schedule
from codiff.schedule import Step


def test_alphas_fall_from_signal_to_noise():
    alphas = schedule.alphas_cumprod(1.0)
    assert len(alphas) == 1000
    assert np.all(np.diff(alphas) < 0)
    assert alphas[0] > 0.9999
    assert alphas[-1] < 1e-4
    assert alphas[499] == pytest.approx(0.5, abs=1e-3)  # cosine: half signal halfway


def test_a_shift_divides_the_signal_to_noise_ratio_by_its_square():
    plain, shifted = schedule.alphas_cumprod(1.0)[300], schedule.alphas_cumprod(2.0)[300]
    assert (plain / (1 - plain)) / (shifted / (1 - shifted)) == pytest.approx(4)


def test_timesteps_trail():
    assert schedule.trailing_timesteps(4, 1000) == [999, 749, 499, 249]
    assert schedule.trailing_timesteps(7, 100) == [99, 85, 70, 56, 42, 28, 13]
    assert schedule.trailing_timesteps(10, 10) == list(range(9, -1, -1))
    assert schedule.trailing_timesteps(7, 10, 3) == [9, 8, 7, 6, 5, 4, 3]
    assert schedule.trailing_timesteps(2, 1000, 200) == [999, 599]
    assert schedule.trailing_timesteps(2, 1000, 0, 3.0) == [999, 749]
    with pytest.raises(ValueError, match="from 1 to 7"):
        schedule.trailing_timesteps(8, 10, 0, 1.375)
    with pytest.raises(ValueError, match="from 1 to 7"):
        schedule.trailing_timesteps(8, 10, 3)
    for steps in (0, 11):
        with pytest.raises(ValueError, match="from 1 to 10"):
            schedule.trailing_timesteps(steps, 10)


def test_the_plan_ends_at_full_signal():
    alphas = schedule.alphas_cumprod(1.0, 10).tolist()
    plan = schedule.plan(5, alphas)
    assert [s.timestep for s in plan] == [9, 7, 5, 3, 1]
    assert [s.alpha_next for s in plan] == [alphas[7], alphas[5], alphas[3], alphas[1], 1.0]


def test_a_plan_with_an_end_goes_from_above_it_to_full_signal():
    alphas = schedule.alphas_cumprod(1.0, 10).tolist()
    plan = schedule.plan(2, alphas, 4)
    assert [s.timestep for s in plan] == [9, 6]
    assert [s.alpha_next for s in plan] == [alphas[6], 1.0]


@pytest.mark.parametrize("prediction", schedule.PREDICTIONS)
def test_a_perfect_prediction_leads_back_to_the_clean_latent(prediction):
    clean, noise = rng.normals(1, 0, 64), rng.normals(1, 1, 64)
    alphas = schedule.alphas_cumprod(1.0).tolist()
    x = np.sqrt(alphas[-1]) * clean + np.sqrt(1 - alphas[-1]) * noise
    x = x.astype(np.float32)
    for step in schedule.plan(8, alphas):
        signal, level = np.sqrt(step.alpha), np.sqrt(1 - step.alpha)
        epsilon = (x - signal * clean) / level
        perfect = signal * epsilon - level * clean if prediction == "v" else epsilon
        x, x0 = schedule.ddim_step(x, perfect, None, step, prediction=prediction, eta=0.0, clip=10.0)
    np.testing.assert_allclose(x0, clean, atol=2e-3)
    np.testing.assert_allclose(x, clean, atol=2e-3)


def test_eta_one_keeps_the_variance_of_the_forward_process():
    count = 50_000
    clean, noise, fresh = (rng.normals(2, i, count) for i in range(3))
    step = Step(500, 0.3, 0.6)
    x = np.sqrt(0.3) * clean + np.sqrt(0.7) * noise
    after, _ = schedule.ddim_step(x, noise, fresh, step, prediction="epsilon", eta=1.0, clip=100.0)
    rest = after - np.sqrt(0.6) * clean
    assert rest.var() == pytest.approx(0.4, rel=0.02)
    assert schedule.ddim_sigma(step, 1.0) > 0


def test_clamping_keeps_epsilon_consistent():
    step = Step(500, 0.5, 0.8)
    x, v = np.array([3.0], np.float32), np.array([-3.0], np.float32)
    after, x0 = schedule.ddim_step(x, v, None, step, prediction="v", eta=0.0, clip=1.0)
    assert x0.tolist() == [1.0]
    epsilon = (3.0 - np.sqrt(0.5)) / np.sqrt(0.5)
    assert after[0] == pytest.approx(np.sqrt(0.8) + np.sqrt(0.2) * epsilon, rel=1e-5)


def test_a_noisy_step_without_noise_is_refused():
    with pytest.raises(ValueError, match="needs noise"):
        schedule.ddim_step(np.ones(2), np.ones(2), None, Step(5, 0.5, 0.8), prediction="v", eta=1.0, clip=4.0)
