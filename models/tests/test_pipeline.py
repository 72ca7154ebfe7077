import copy
import json
import shutil

import numpy as np
import pytest

from codiff import compare, pack, pipeline, samples, schedule, tiny
from codiff.masks import KEYS
from codiff.pipeline import Job, Pipeline, StepFrame

MASK = samples.mask(64)


@pytest.fixture(scope="module")
def single(tiny_pack) -> Pipeline:
    return Pipeline(tiny_pack, batch=1, threads=1)


def job(description: str | None = "a smiling woman", seed: int = 3, mask: np.ndarray | None = MASK) -> Job:
    return Job(mask, description, seed)


def test_weights_sum_to_one_and_follow_schedule_and_scale():
    logits = np.zeros((2, 1, 2, 2), np.float32)
    logits[0, 0, 0, 0] = np.log(3)
    plain = pipeline.influence_weights(logits, [1, 1])
    assert plain[0, 0].ravel().tolist() == pytest.approx([0.75, 0.5, 0.5, 0.5])
    scaled = pipeline.influence_weights(logits, [2, 1])
    assert scaled[0, 0].ravel().tolist() == pytest.approx([6 / 7, 2 / 3, 2 / 3, 2 / 3])
    np.testing.assert_allclose(scaled.sum(0), 1, atol=1e-6)
    silent = pipeline.influence_weights(logits, [0, 1])
    assert not silent[0].any()
    np.testing.assert_array_equal(pipeline.influence_weights(logits, [0, 0]), plain)


def test_huge_logits_stay_finite():
    weights = pipeline.influence_weights(np.array([[[[1e4]]], [[[-1e4]]]], np.float32), [1, 1])
    assert weights.ravel().tolist() == [1, 0]


@pytest.mark.parametrize(("kind", "values"), [("none", [1, 1, 1]), ("linear", [1, 0.75, 0]), ("cosine", [1, 0.853553, 0])])
def test_schedules(kind, values):
    assert [pipeline.schedule_factor(kind, t, 101) for t in (100, 75, 0)] == pytest.approx(values)


def test_one_model_alone_is_plain_ddim(single):
    """Written out once more, without the pipeline's loop."""
    single = single.under({"mask": {"guidance": 1.0}})
    single.manifest["defaults"] = {**single.manifest["defaults"], "sampler": "ddim"}
    got_picture, got = single.generate([job()], 4, 0.0, "mask")
    planes = np.stack([(c == MASK) for c in range(19)]).astype(np.float32)[None]
    condition = single.run("mask_condition", one_hot=planes)
    alphas = single.alphas
    x = pipeline.rng.normals(3, 0, 256).reshape(1, 4, 8, 8)
    for i, t in enumerate((99, 74, 49, 24)):
        a, after = alphas[t], alphas[(74, 49, 24)[i]] if i < 3 else 1.0
        v = single.run("mask_denoiser", x=x, timestep=np.array([t], np.float32), condition=condition)
        x0 = np.clip(np.sqrt(a) * x - np.sqrt(1 - a) * v, -2, 2)
        x = (np.sqrt(after) * x0 + np.sqrt(1 - after) * (x - np.sqrt(a) * x0) / np.sqrt(1 - a)).astype(np.float32)
    np.testing.assert_allclose(got, x, atol=2e-5)
    np.testing.assert_allclose(got_picture, single.run("codec_decoder", latent=x), atol=1e-4)


def test_guidance_pushes_away_from_the_null_condition(single):
    """As strongly as the tiny pack has it for words alone."""
    _, given = single.generate([job()], 1, 0.0, "text")
    ids, mask = pipeline.tokenize(["a smiling woman"], 24, single._tokenizer)
    embeddings = single.run("text_encoder", input_ids=ids, attention_mask=mask)
    x = pipeline.rng.normals(3, 0, 256).reshape(1, 4, 8, 8)
    t = np.array([99], np.float32)
    with_words = single.run("text_condition", embeddings=embeddings, attention_mask=mask)
    without = single.run("text_condition", embeddings=0 * embeddings, attention_mask=0 * mask)
    p, n = (single.run("text_denoiser", x=x, timestep=t, condition=c) for c in (with_words, without))
    step = schedule.plan(1, single.alphas)[0]
    expected, _ = schedule.ddim_step(x, n + 2.0 * (p - n), None, step, prediction="v", eta=0.0, clip=2.0)
    np.testing.assert_allclose(given, expected, atol=1e-5)
    assert np.abs(p - n).max() > 0.01


def test_the_schedule_of_the_pack_spaces_the_steps(single):
    spaced = single.under({})
    spaced.manifest["schedule"] = {**spaced.manifest["schedule"], "end": 20, "shift": 2.0}
    frames: list[StepFrame] = []
    spaced.generate([job()], 3, 0.0, "mask", frames.append)
    assert [f.timestep for f in frames] == [99, 83, 59]


def test_both_models_speak_and_their_weights_are_reported(single):
    frames: list[StepFrame] = []
    _, both = single.generate([job()], 3, 0.0, "both", frames.append)
    assert [(f.index, f.timestep) for f in frames] == [(0, 99), (1, 66), (2, 32)]
    for frame in frames:
        assert frame.weights is not None
        assert frame.weights.shape == (2, 1, 8, 8)
        np.testing.assert_allclose(frame.weights.sum(0), 1, atol=1e-6)
        assert frame.weights[0].std() > 0.01
    assert frames[0].weights[0].mean() > frames[2].weights[0].mean()  # the mask's say falls by its cosine schedule
    np.testing.assert_allclose(frames[2].x0, both, atol=1e-6)
    for mode in ("fixed", "mask", "text"):
        _, other = single.generate([job()], 3, 0.0, mode)
        assert np.abs(other - both).max() > 0.01


def test_blending_does_not_share_the_guidance_out(single):
    """Evenly blended and guided, each condition pushes whole, away from what the most guided model predicts under none."""
    loud = single.under({"mask": {"guidance": 2.0}, "text": {"guidance": 4.0}})
    x, t = pipeline.rng.normals(3, 0, 256).reshape(1, 4, 8, 8), np.array([99], np.float32)
    voices = loud.prepare([job()], "fixed")
    given, _ = loud.predict(x, 99, voices)
    n = loud.run("text_denoiser", x=x, timestep=t, condition=voices.conditions[1][1])
    assert len(MASK) == tiny.MASK_SIZE
    background = (MASK == 0).reshape(8, 8, 8, 8).mean((1, 3))
    assert 0 < background.mean() < 1
    hair = np.equal(MASK, KEYS.index("hair")).reshape(8, 8, 8, 8).mean((1, 3))
    pixels = MASK.reshape(8, 8, 8, 8)
    contours = pixels.max((1, 3)) != pixels.min((1, 3))
    assert 0 < contours.mean() < 1
    # As the tiny pack has them: nothing in the background, of words 1.5 times as much in hair, of the mask on contours.
    reaches = {"mask": (1 - background) * np.where(contours, 1.5, 1), "text": 1 - background + hair / 2}
    expected = np.zeros_like(x)
    for name, guidance, (condition, _) in zip(("mask", "text"), (2, 4), voices.conditions, strict=True):
        p = loud.run(f"{name}_denoiser", x=x, timestep=t, condition=condition)
        expected += p / 2 + reaches[name] * (guidance - 1) * (p - n)
    np.testing.assert_allclose(given, expected, atol=1e-5)


def test_rules_for_one_alone_do_not_count_together(single):
    other = copy.copy(single)
    other.manifest = copy.deepcopy(single.manifest)
    other.manifest["collaborators"][1]["alone"]["guidance"] = 3.0
    for mode, differ in (("text", True), ("both", False)):
        (_, before), (_, after) = (p.generate([job()], 2, 0.0, mode) for p in (single, other))
        assert (np.abs(before - after).max() > 0.01) == differ


def test_guidance_ends_at_its_lowest_timestep(single):
    x = pipeline.rng.normals(3, 0, 256).reshape(1, 4, 8, 8)
    rules = {"guidance": 4.0, "guidance_from": 50}
    late, plain = single.under({"text": rules}), single.under({"text": {"guidance": 1.0}})
    voices = [p.prepare([job()], "text") for p in (late, plain)]
    for timestep, differ in ((50, True), (49, False)):
        guided, unguided = (p.predict(x, timestep, v)[0] for p, v in zip((late, plain), voices, strict=True))
        assert (np.abs(guided - unguided).max() > 0.01) == differ


def test_other_rules_leave_the_pack_alone(single):
    _, before = single.generate([job()], 3, 0.0)
    unguided = {name: {"guidance": 1.0} for name in ("mask", "text")}
    _, silenced = single.under({**unguided, "mask": {"guidance": 1.0, "influence_scale": 0.0}}).generate([job()], 3, 0.0)
    _, text = single.under(unguided).generate([job()], 3, 0.0, "text")
    np.testing.assert_allclose(silenced, text, atol=1e-6)
    _, after = single.generate([job()], 3, 0.0)
    np.testing.assert_array_equal(before, after)
    assert np.abs(before - text).max() > 0.01


def test_inputs_matter_and_seeds_repeat(single):
    def latent(**changes):
        return single.generate([job(**changes)], 3, 0.0)[1]

    first = latent()
    np.testing.assert_array_equal(first, latent())
    for other in (latent(seed=4), latent(description="his beard"), latent(mask=np.zeros_like(MASK))):
        assert np.abs(first - other).max() > 0.01


@pytest.mark.parametrize("eta", [0.0, 1.0])
def test_pictures_do_not_depend_on_the_batch(tiny_pack, eta):
    jobs = [job(seed=i, description=d) for i, d in enumerate(("a man", "her long hair", "beard"))]
    alone = [Pipeline(tiny_pack, 1, 1).generate([j], 3, eta)[0][0] for j in jobs]
    together, _ = Pipeline(tiny_pack, 4, 1).generate(jobs, 3, eta)
    assert together.shape == (3, 3, 64, 64)
    np.testing.assert_allclose(together, alone, atol=2e-5)


def test_what_a_mode_lacks_is_told(single):
    with pytest.raises(ValueError, match="description of every picture"):
        single.generate([job(description="  ")], 2, 0.0, "text")
    with pytest.raises(ValueError, match="class indices 0 to 18"):
        single.generate([job(mask=MASK + 1)], 2, 0.0, "mask")
    with pytest.raises(ValueError, match="class indices 0 to 18"):
        single.generate([job(mask=None)], 2, 0.0, "both")
    with pytest.raises(ValueError, match="both, fixed, mask, text"):
        single.generate([job()], 2, 0.0, "sketch")
    with pytest.raises(ValueError, match="1 to 1 jobs, not 2"):
        single.generate([job(), job()], 2, 0.0)


def test_without_influence_networks_only_fixed_blending_works(tiny_pack, tmp_path):
    folder = shutil.copytree(tiny_pack, tmp_path / "pack")
    manifest = json.loads((folder / pack.MANIFEST).read_text())
    for collaborator in manifest["collaborators"]:
        del collaborator["influence"]
    (folder / pack.MANIFEST).write_text(json.dumps(manifest))
    lonely = Pipeline(folder, 1, 1)
    with pytest.raises(ValueError, match="not learned to work together"):
        lonely.generate([job()], 2, 0.0, "both")
    assert np.isfinite(lonely.generate([job()], 2, 0.0, "fixed")[1]).all()


def test_the_report_of_a_profile(exact_pack, tiny_pack):
    report = compare.compare(exact_pack, tiny_pack)
    assert report["same_seed_psnr"] > 35
    assert set(report["signal_to_noise"]) == set(pack.read(tiny_pack)["files"]) - {"tokenizer"}
    assert min(report["signal_to_noise"].values()) > 20
    assert "same-seed PSNR" in compare.table(report, {"parser": 1234})
