"""Every stage runs, writes a checkpoint that the next ones and a resumed run can read, on made-up data."""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from codiff import parts, samples, schedule
from codiff.cache import encode_shards, latent_path
from codiff.data import Faces
from codiff.errors import UsageError
from codiff.masks import KEYS, mirror, one_hot, shrink
from codiff.metrics import confusion, scores
from codiff.parse import mask_path
from codiff.train import command, faces, loop
from codiff.train import text as captions
from codiff.train.augment import hand_drawn, outlined, sketched, smoothed
from codiff.train.codec import Pairs, principal
from codiff.train.decoder import Critic, adversarial
from codiff.train.diffusion import Noise, _start, channel_weights, denoiser, place_weights, weighted
from codiff.train.loop import Options
from codiff.train.parser import balanced_loss
from codiff.train.widen import fitted

CONFIG = Path(__file__).parent.parent / "configs" / "nano.json"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny config of the nano family in an empty folder."""
    folder = tmp_path_factory.mktemp("work")
    config = json.loads(CONFIG.read_text())
    config |= {"id": "tiny", "mask_width": 8, "text_width": 32}
    config["denoiser"] |= {"width": 32, "mults": [1, 1], "attention": [False, True], "blocks": 1}
    config["influence"] |= {"width": 32, "mults": [1, 1], "attention": [False, True]}
    (folder / "tiny.json").write_text(json.dumps(config))
    return folder


def train(work: Path, stage: str, *more: str) -> dict:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    arguments = [stage, "--config", str(work / "tiny.json"), "--work", str(work), "--smoke", *more]
    command.run(parser.parse_args(arguments))
    return torch.load(work / "smoke" / "tiny" / f"{stage}.pt", weights_only=True)


@pytest.mark.parametrize("stage", ["parser", "attributes", "preview", "trunk", "mask", "text", "influence"])
def test_a_stage_changes_its_weights_and_counts_its_samples(work: Path, stage: str) -> None:
    first = train(work, stage)
    assert first["step"] == 3
    assert first["samples"] == 12
    for name, state in first["model"].items():
        averages = first["ema"][name]
        assert any(not torch.equal(state[key], averages[key]) for key in state)
        assert all(torch.isfinite(value).all() for value in state.values())


def test_resume_goes_on_where_the_checkpoint_ended(work: Path) -> None:
    first = train(work, "trunk")
    again = train(work, "trunk", "--resume")
    assert again["step"] == first["step"]
    assert all(torch.equal(again["model"]["denoiser"][k], v) for k, v in first["model"]["denoiser"].items())


def test_the_rate_warms_up_stays_and_falls_to_nothing() -> None:
    settings = {"warmup": 50, "decay_from": 0.5}
    rates = [loop._rate(step, share, settings) for step, share in ((0, 0), (49, 0.1), (500, 0.5), (750, 0.75), (1000, 1))]
    assert rates == pytest.approx([0.02, 1, 1, 0.5, 0])


@pytest.mark.parametrize(("capable", "seconds", "expected"), [(True, 1, True), (True, 3, False), (False, 1, False)])
def test_a_cpu_uses_bf16_only_where_it_is_faster(monkeypatch: pytest.MonkeyPatch, capable, seconds, expected) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": capable})
    monkeypatch.setattr(loop, "_seconds_of_product", {torch.bfloat16: seconds, torch.float32: 2}.get)
    loop._halves_are_faster.cache_clear()
    with loop.in_half("cpu"):
        assert torch.is_autocast_enabled("cpu") == expected
    loop._halves_are_faster.cache_clear()


def test_the_decoder_goes_on_alone_from_its_codec(work: Path, taef2_weights: Path) -> None:
    first = train(work, "codec", "--data", str(taef2_weights.parent))
    alone = train(work, "decoder", "--data", str(taef2_weights.parent))
    assert list(alone["model"]) == ["decoder", "critic"]
    assert any(not torch.equal(alone["ema"]["decoder"][k], v) for k, v in first["ema"]["decoder"].items())


def test_decoder_and_critic_each_learn_from_their_own_loss() -> None:
    torch.manual_seed(0)
    critic, latent = Critic(4, width=32), torch.randn(2, 4, 16, 16)
    true, made = torch.randn(2, 32, 32, 32), torch.randn(2, 32, 32, 32, requires_grad=True)
    fooling, judging = adversarial(critic, made, true, latent, penalty=0.1)
    fooling.backward(retain_graph=True)
    assert made.grad.abs().sum() > 0
    assert all(parameter.grad is None for parameter in critic.parameters())
    made.grad = None
    judging.backward()
    assert made.grad is None
    assert all(parameter.grad is not None for parameter in critic.parameters())


class Mean(torch.nn.Module):
    """A critic for which all places of a latent are alike."""

    def forward(self, z: torch.Tensor, latent: torch.Tensor) -> torch.Tensor:
        fine = torch.nn.functional.avg_pool2d(z.mean(1), 2)
        return torch.cat([fine.flatten(1), torch.nn.functional.avg_pool2d(fine, 2).flatten(1)], 1)


def test_the_critic_counts_most_where_aligned_faces_have_their_features() -> None:
    made = torch.zeros(1, 32, 32, 32, requires_grad=True)
    fooling, _ = adversarial(Mean(), made, torch.zeros(1, 32, 32, 32), torch.zeros(1, 4, 16, 16), penalty=0.0)
    fooling.backward()
    counted = made.grad.abs().mean((0, 1))
    eye, corner = counted[15, 12], counted[0, 0]  # an eye is at 0.38, 0.48 of the picture
    assert eye > 2.5 * corner > 0


def test_a_critic_learns_to_tell_made_latents_from_true_ones() -> None:
    torch.manual_seed(0)
    critic, latent = Critic(4, width=32), torch.randn(4, 4, 16, 16)
    true = torch.randn(4, 32, 32, 32)
    made = torch.nn.functional.avg_pool2d(true, 3, 1, 1)  # blurred
    optimizer = torch.optim.Adam(critic.parameters(), 2e-3)
    losses = []
    for _ in range(30):
        fooling, judging = adversarial(critic, made, true, latent, penalty=0.01)
        optimizer.zero_grad()
        judging.backward()
        optimizer.step()
        losses.append((fooling.item(), judging.item()))
    (fooled, unsure), (caught, sure) = losses[0], losses[-1]
    assert caught > fooled + 0.3
    assert sure < unsure - 0.2


def test_a_checkpoint_travels_in_parts(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = train(work, "mask")
    monkeypatch.setattr(parts, "LIMIT", 100_000)
    made = parts.split(work / "smoke" / "tiny" / "mask.pt", tmp_path / "parts")
    largest = max(value.nbytes // 2 for net in before["ema"].values() for value in net.values())
    assert len(made) > 2
    assert all(path.stat().st_size < max(100_000, largest) + 40_000 for path in made)
    parts.join(made, work / "smoke" / "tiny" / "mask.pt")
    after = train(work, "mask", "--resume")
    assert after["samples"] == before["samples"]
    for net, weights in before["ema"].items():
        for name, value in weights.items():
            torch.testing.assert_close(after["model"][net][name], value, atol=1e-3, rtol=1e-3)


def test_parts_of_two_checkpoints_are_not_mixed(work: Path, tmp_path: Path) -> None:
    paths = []
    for stage in ("trunk", "mask"):
        train(work, stage)
        paths += parts.split(work / "smoke" / "tiny" / f"{stage}.pt", tmp_path)
    with pytest.raises(UsageError, match="another checkpoint"):
        parts.join(paths, tmp_path / "mixed.pt")


def test_the_base_config_trains(work: Path) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    for stage in ("trunk", "mask", "text", "influence"):
        config = str(CONFIG.with_name("base.json"))
        command.run(parser.parse_args([stage, "--config", config, "--work", str(work), "--smoke"]))
        assert torch.load(work / "smoke" / "base" / f"{stage}.pt", weights_only=True)["samples"] == 12


@pytest.fixture
def cached(work: Path, data: Path, taef2_weights: Path, tmp_path: Path) -> Options:
    """A mask stage whose codec is trained, and latents (all zero) and masks cached."""
    train(work, "codec", "--data", str(taef2_weights.parent))
    config = json.loads((work / "tiny.json").read_text())
    options = Options("mask", config, data, tmp_path, 1, "cpu", resume=False, smoke=False, pack=None)
    options.checkpoint("codec").parent.mkdir(parents=True)
    shutil.copy(work / "smoke" / "tiny" / "codec.pt", options.checkpoint("codec"))
    options.cache.mkdir()
    for shard in (0, 1):
        np.save(latent_path(options.cache, shard), np.zeros((8, 32, 32, 32), np.float16))
        np.save(mask_path(options.cache, shard), np.zeros((8, 128, 128), np.uint8))
    return options


def test_the_splits_do_not_mix(cached: Options) -> None:
    ids = {split: faces.load(cached, with_masks=False, split=split).ids for split in ("train", "val")}
    assert ids == {"train": [f"{i:05d}" for i in range(6)], "val": [f"{i:05d}" for i in range(6, 16)]}


def test_mirrored_photos_may_be_those_with_true_masks_alone(cached: Options, data: Path, taef2_weights: Path) -> None:
    photos = Faces(data)
    encode_shards(photos, taef2_weights, cached.cache, [1], "mirror", "masked")
    masked = np.load(latent_path(cached.cache, 1, "mirror"))
    known = np.array([name in photos.masks for name in photos.ids(1)])
    assert (np.isfinite(masked).all((1, 2, 3)) == known).all()
    assert (known.any(), known.all()) == (True, False)
    found = faces.load(cached, with_masks=True, split="val")
    rows = found.photo[found.mirrored]
    assert {found.ids[i] for i in rows} == set(photos.masks) & set(photos.ids(1))
    assert found.latents.isfinite().all()
    share = found.odds[[photos.rows[found.ids[i]]["has_mask"] == "1" for i in found.photo]].sum() / found.odds.sum()
    assert torch.isclose(share, torch.tensor(faces.TRUE_SHARE))

    masked[known] = 1
    np.save(latent_path(cached.cache, 1, "mirror"), masked)
    encode_shards(photos, taef2_weights, cached.cache, [1], "mirror")
    whole = np.load(latent_path(cached.cache, 1, "mirror"))
    assert np.isfinite(whole).all()
    assert (whole[known] == 1).all()  # what was there is not encoded again


def test_moved_photos_are_drawn_by_their_share_and_lead_back_to_themselves(
    cached: Options, data: Path, taef2_weights: Path
) -> None:
    for form in ("mirror", "moved"):
        encode_shards(Faces(data), taef2_weights, cached.cache, [0, 1], form)
    found = faces.load(cached, with_masks=False, split="val")
    moved = (found.where != faces.STILL).any((1, 2))
    assert int(moved.sum()) == len(found.ids)
    assert torch.isclose(found.odds[moved].sum() / found.odds.sum(), torch.tensor(faces.MOVED_SHARE))
    rows = torch.arange(len(found.photo))
    back = found.unmoved(rows)
    assert torch.equal(found.photo[back], found.photo[rows])
    assert torch.equal(found.where[back], faces.STILL.repeat(len(rows), 1, 1))
    assert torch.equal(back[~moved], rows[~moved])
    assert found.mirrored[~moved].any()
    assert not found.mirrored[back[moved]].any()


def test_true_masks_are_drawn_more_often_than_parsed_ones(cached: Options) -> None:
    parsed = torch.tensor([i > 10 for i in range(6, 16)])
    mixed = faces.load(cached, with_masks=True, split="val").odds
    assert torch.isclose(mixed[~parsed].sum() / mixed.sum(), torch.tensor(faces.TRUE_SHARE))
    plain = faces.load(cached, with_masks=False, split="val").odds  # words alone do not care
    ratios = mixed / plain
    assert torch.allclose(ratios[parsed], ratios[parsed][0])  # and among their own kind rare looks keep their odds
    assert torch.allclose(ratios[~parsed], ratios[~parsed][0])


def test_odds_stay_where_all_masks_are_of_one_kind() -> None:
    odds = torch.tensor([1.0, 2.0])
    for alike in (torch.tensor([True, True]), torch.tensor([False, False])):
        assert torch.equal(faces.with_share(odds, alike, 0.5), odds)


def test_a_specialist_without_a_trunk_says_what_to_run(work: Path) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    arguments = ["mask", "--config", str(work / "tiny.json"), "--work", str(work), "--data", str(work / "nowhere")]
    with pytest.raises(FileNotFoundError, match="--data"):
        command.run(parser.parse_args(arguments))


def test_a_specialist_that_goes_on_needs_no_trunk(work: Path, tmp_path: Path) -> None:
    config = json.loads((work / "tiny.json").read_text())
    options = Options("mask", config, tmp_path, tmp_path, 1.0, "cpu", resume=True, smoke=False, pack=None)
    options.checkpoint("mask").parent.mkdir(parents=True)
    options.checkpoint("mask").touch()
    _start(options, {}, "mask")


def test_mirror_swaps_sides_and_undoes_itself() -> None:
    mask = torch.zeros(1, 4, 4, dtype=torch.uint8)
    mask[0, 1, 0] = 4
    flipped = mirror(mask)
    assert flipped[0, 1, 3] == 5
    assert torch.equal(mirror(flipped), mask)


def test_one_hot_and_shrink() -> None:
    mask = np.arange(16, dtype=np.uint8).reshape(4, 4)
    assert shrink(mask, 2).tolist() == [[5, 7], [13, 15]]
    hot = one_hot(torch.from_numpy(mask).unsqueeze(0))
    assert hot.shape == (1, 19, 4, 4)
    assert torch.equal(hot.argmax(1)[0], torch.from_numpy(mask).long())


def test_principal_components_are_white_and_lose_no_more_than_chance() -> None:
    generator = torch.Generator().manual_seed(0)
    z = torch.randn(40, 32, 4, 4, generator=generator)
    z[:, 8:] *= 0.05
    photos = (z[:, :3].repeat_interleave(8, 2).repeat_interleave(8, 3) * 30 + 128).clamp(0, 255).byte()
    to_code, from_code, mean = principal(Pairs(z.half(), photos, z.half(), photos), 16)
    u = torch.nn.functional.pixel_unshuffle(z, 2).permute(0, 2, 3, 1).reshape(-1, 128)
    code = (u - mean) @ to_code.T
    assert torch.allclose(code.T @ code / len(code), torch.eye(16), atol=0.05)
    seen = (code @ from_code.T + mean)[:, :12]  # the twelve numbers of the three channels that make the picture
    assert (seen - u[:, :12]).square().mean() < 0.05 * u[:, :12].square().mean()


def test_v_of_the_forward_process() -> None:
    torch.manual_seed(0)
    noise = Noise({"schedule_shift": 1.0, "pack": {"end": 0, "shift": 1.0}}, torch.device("cpu"))
    latent = torch.randn(64, 2, 2, 2)
    t = noise.timesteps(64)
    x, v, weight = noise.add(latent, t)
    signal, sigma = noise.signal[t].reshape(-1, 1, 1, 1), noise.noise[t].reshape(-1, 1, 1, 1)
    assert torch.allclose(signal * x - sigma * v, latent, atol=1e-5)
    assert float(weight.min()) > 0
    assert float(weight.max()) <= 1
    assert float(noise.weight[500:].min()) == 1  # the words decide where there is most noise
    assert float(noise.weight[100]) < 0.2


def test_timesteps_are_drawn_as_runs_visit_them() -> None:
    torch.manual_seed(0)
    noise = Noise({"schedule_shift": 1.0, "pack": {"end": 166, "shift": 1.5}}, torch.device("cpu"))
    drawn = noise.timesteps(100_000).float()
    assert drawn.min() == 166
    assert drawn.max() == 999
    visited = torch.tensor(schedule.trailing_timesteps(500, 1000, 166, 1.5), dtype=torch.float32)
    shares = torch.linspace(0.1, 0.9, 9)
    assert torch.allclose(drawn.quantile(shares), visited.quantile(shares), atol=6)


def test_scores_of_a_parse() -> None:
    true = torch.tensor([[0, 0], [1, 1]])
    figures = scores(confusion(torch.tensor([[0, 1], [1, 1]]), true))
    assert figures["pixel_accuracy"] == 0.75
    assert figures["mean_iou"] == pytest.approx((0.5 + 2 / 3) / 2)


def test_a_parser_learns_how_likely_each_class_is_whatever_the_weights() -> None:
    mask = torch.tensor([0] * 9 + [1] * 3 + [2] * 4).reshape(1, 4, 4)
    shares = torch.tensor([9, 3, 4]) / 16
    logits = shares.log().reshape(1, 3, 1, 1).expand(1, 3, 4, 4).clone().requires_grad_()
    balanced_loss(logits, mask, torch.tensor([0.4, 1.3, 1.0])).backward()
    assert torch.allclose(logits.grad.sum((0, 2, 3)), torch.zeros(3), atol=1e-6)  # in the mean over places, none moves
    assert logits.grad.abs().max() > 0.01


def test_an_error_in_the_first_channel_counts_more():
    weights = channel_weights(32)
    assert float(weights.mean()) == pytest.approx(1)
    assert 30 < float(weights[0] / weights[-1]) < 34
    target, first, last = torch.zeros(2, 32, 4, 4), torch.zeros(2, 32, 4, 4), torch.zeros(2, 32, 4, 4)
    first[:, 0], last[:, -1] = 1, 1
    still = torch.ones(2), faces.STILL.repeat(2, 1, 1)
    assert weighted(first, target, *still) == pytest.approx(32 * float(weighted(last, target, *still)))
    assert float(weighted(torch.ones(2, 32, 4, 4), target, *still)) == pytest.approx(1)


def test_a_caption_is_embedded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    embedded: list[list[str]] = []

    def embed(_options: object, written: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """As many tokens as letters, each the letter's number."""
        embedded.append(written)
        tokens = torch.tensor([[float(ord(letter))] for letter in "".join(written)])
        return tokens, captions._offsets(torch.tensor([len(text) for text in written]))

    monkeypatch.setattr(captions, "_embed", embed)
    options = argparse.Namespace(cache=tmp_path, pack=None)
    for written in (["a man"], ["a man"], ["a boy", "a man", "a boy"], ["a man"]):
        tokens, offsets = captions._cached(options, "train-00", written)
        assert "".join(chr(int(token)) for token in tokens[:, 0]) == "".join(written)
        assert offsets.tolist() == [5 * i for i in range(len(written) + 1)]
    assert embedded == [["a man"], ["a boy"]]
    captions._cached(argparse.Namespace(cache=tmp_path, pack=Path("other")), "train-00", ["a man"])
    assert embedded[2:] == [["a man"]]


def test_places_of_eyes_and_mouth_count_most() -> None:
    weights = place_weights(16)
    assert float(weights.mean()) == pytest.approx(1)
    assert torch.allclose(weights, weights.flip(1))  # faces are aligned upright: left is as good as right
    top = {divmod(i, 16) for i in weights.flatten().topk(8).indices.tolist()}
    assert {(7, 6), (7, 9), (11, 7), (11, 8)} <= top
    eye, corner = torch.zeros(1, 4, 16, 16), torch.zeros(1, 4, 16, 16)
    eye[..., 7, 6], corner[..., 0, 0] = 1, 1
    target, one, still = torch.zeros_like(eye), torch.ones(1), faces.STILL[None]
    assert float(weighted(eye, target, one, still)) > 3 * float(weighted(corner, target, one, still))
    higher = torch.tensor([[[1.0, 0, 0], [0, 1.0, 0.5]]])  # a photo moved up by a quarter: so are its eyes
    assert float(weighted(eye.roll(-4, 2), target, one, higher)) > 3 * float(weighted(corner, target, one, higher))


def test_a_wider_denoiser_begins_as_the_narrower_one() -> None:
    torch.manual_seed(0)
    config = {"latent_channels": 4, "mask_width": 8, "text_width": 24}
    narrow = {"width": 32, "mults": [1, 2], "blocks": 1, "attention": [False, True]}
    wide = {**narrow, "width": 64, "attention": [True, True]}
    x, t = torch.randn(2, 4, 8, 8), torch.tensor([30.0, 800.0])
    for condition, given in (("mask", torch.randn(2, 8, 8, 8)), ("text", torch.randn(2, 5, 24))):
        small, large = (denoiser({**config, "denoiser": shape}, condition) for shape in (narrow, wide))
        for parameter in small.parameters():
            torch.nn.init.normal_(parameter, std=0.2)
        large.load_state_dict(fitted(small.state_dict(), large))
        expected = small(x, t, given)
        assert torch.allclose(large(x, t, given), expected, atol=1e-4 * expected.std().item())
        first, second = large.conv_out.weight[:, 0], large.conv_out.weight[:, 1]
        assert not torch.allclose(first, second)  # else the two would learn the same for ever


def test_weights_of_another_network_are_refused() -> None:
    config = {"latent_channels": 4, "mask_width": 8, "text_width": 24}
    narrow = {"width": 32, "mults": [1, 2], "blocks": 1, "attention": [False, True]}
    small = denoiser({**config, "denoiser": narrow}, "mask")
    for other in ({**narrow, "width": 96}, {**narrow, "mults": [1, 2, 2], "attention": [False, True, True]}):
        with pytest.raises(ValueError, match=r"narrower|half as wide"):
            fitted(small.state_dict(), denoiser({**config, "denoiser": other}, "mask"))


def test_sketches_have_ellipses_where_features_were_or_nothing():
    torch.manual_seed(0)
    face = torch.from_numpy(samples.mask(128).copy()).expand(200, -1, -1)
    drawn = sketched(face)
    assert drawn.dtype == face.dtype and drawn.shape == face.shape
    assert (sketched(face[:1] * 0) == 0).all()  # where nobody is there is nothing to draw
    features = {"l_eye": 0.05, "r_eye": 0.05, "l_brow": 0.2, "nose": 0.2, "u_lip": 0.1}
    for key, left_out in features.items():
        index = KEYS.index(key)
        there = (drawn == index).any((1, 2))
        assert (~there).float().mean() == pytest.approx(left_out, abs=0.08), key
        before, after = (
            torch.stack([m.nonzero().float().mean(0) for m in masks])
            for masks in ((face == index)[:1], (drawn == index)[there])
        )
        assert (after - before).abs().median() < 4, key
        sizes = (drawn == index)[there].sum((1, 2)) / (face[0] == index).sum()
        assert sizes.min() < 0.9 and 1 < sizes.median() < 1.8 and sizes.max() < 6, key
    left, right = (KEYS.index(key) for key in ("l_brow", "r_brow"))
    assert ((drawn == left).any((1, 2)) == (drawn == right).any((1, 2))).float().mean() > 0.95  # a pair is left out together
    ears = (drawn == KEYS.index("l_ear")).any((1, 2)).float().mean()
    assert 0.2 < ears < 0.9


def test_outlines_of_hair_neck_and_clothes_are_ellipses_or_boxes_behind_the_face():
    torch.manual_seed(0)
    behind = [KEYS.index(key) for key in ("background", "hair", "neck", "cloth")]
    face = torch.from_numpy(samples.mask(128).copy()).expand(200, -1, -1)
    drawn = outlined(face)
    assert drawn.dtype == face.dtype and drawn.shape == face.shape
    assert (outlined(face[:1] * 0) == 0).all()
    on_top = ~torch.isin(face, torch.tensor(behind, dtype=torch.uint8))
    assert (drawn[on_top] == face[on_top]).all()
    assert torch.isin(drawn[~on_top], torch.tensor(behind, dtype=torch.uint8)).all()
    there = {key: (drawn == KEYS.index(key)).any((1, 2)).float().mean() for key in ("hair", "neck", "cloth")}
    assert there["hair"] == 1
    assert 0.7 < there["neck"] < 0.95 and 0.75 < there["cloth"] < 0.95  # left out, or hidden by another
    # a spiky head of hair becomes one plain shape: every row of it ends where an ellipse or a box does
    spikes = torch.zeros(50, 128, 128, dtype=torch.uint8)
    spikes[:, 20:80, 20:100:2] = KEYS.index("hair")
    hair = outlined(spikes) == KEYS.index("hair")
    widths = hair.sum(2)
    first, last = hair.int().argmax(2), 127 - hair.flip(2).int().argmax(2)
    assert ((last - first + 1 == widths) | (widths == 0)).all()  # no gaps
    boxes = torch.tensor([len(set(w[w > 0].tolist())) == 1 for w in widths])
    assert 0.2 < boxes.float().mean() < 0.6
    assert ((hair.any(2).sum(1) - 60).abs() < 30).all()  # about as high as before


def test_what_reaches_the_lower_edge_is_drawn_on_below_it():
    """So that shoulders are not an egg that stands in the picture."""
    torch.manual_seed(0)
    mask = torch.zeros(100, 64, 64, dtype=torch.uint8)
    mask[:, 40:, 10:54] = KEYS.index("cloth")
    cloth = outlined(mask) == KEYS.index("cloth")
    widths = cloth.sum(2)[cloth.any((1, 2))]
    assert (widths[:, -1] >= widths.max(1).values - 1).all()


def test_a_hand_draws_smoother_regions_and_the_same_features():
    torch.manual_seed(0)
    skin, hair, nose, eye = 1, 13, 2, 4
    mask = torch.full((8, 64, 64), skin, dtype=torch.uint8)
    mask[:, :, 32:] = hair
    mask[:, ::2, 30:34] = skin  # a ragged border
    mask[:, 10, 50] = skin  # a speck
    mask[:, 40:43, 8:14] = eye
    mask[:, 30, 10] = nose
    drawn = hand_drawn(mask)
    assert (drawn[4:] == mask[4:]).all()  # the other half of a batch
    assert (drawn[:3] != mask[:3]).any((1, 2)).all()  # sketches
    for smooth in (drawn[3], *smoothed(mask)):
        assert smooth[10, 50] == hair
        assert ((smooth[1:] == hair) != (smooth[:-1] == hair)).sum() == 0  # a straight border
        assert (smooth[:, :28] != hair).all() and (smooth[:, 36:] == hair).all()
        for feature in (nose, eye):
            assert ((smooth == feature) == (mask[0] == feature)).all()
