"""The attribute net: its labels, its loss, its figures, its place in a pack."""

import dataclasses

import numpy as np
import pytest
import torch

from codiff import labels, pack
from codiff.data import Faces
from codiff.labels import APPEARANCE, ATTRIBUTES, UNKNOWN
from codiff.pipeline import Pipeline
from codiff.readers import AttributeNet
from codiff.train import attributes
from codiff.train.loop import Options


@pytest.fixture(scope="module")
def known(data) -> labels.Labels:
    return labels.read(Faces(data), ["00001", "00003", "00012"])


def test_labels_of_the_tables(known):
    assert known.attributes.shape == (3, 40)
    assert known.attributes[:, ATTRIBUTES.index("Eyeglasses")].tolist() == [1, 1, 0]
    assert known.age.tolist() == [21, 23, 32]
    assert known.by_eye.tolist() == [True, False, False]
    assert known.appearance["age"].tolist() == [APPEARANCE["age"].index("t"), UNKNOWN, UNKNOWN]
    assert known.appearance["haircol"].tolist() == [UNKNOWN] * 3  # "o" is none of the colours


def test_a_true_mask_tells_a_missing_hair_length(known):
    up, short = (APPEARANCE["hairlen"].index(code) for code in "us")
    assert known.appearance["hairlen"].tolist() == [up, short, UNKNOWN]


def test_photos_without_labels_teach_nothing(data):
    faces = Faces(data)
    faces.rows["00012"] = dict.fromkeys(faces.rows["00012"], "")
    read = labels.read(faces, ["00012"])
    assert (read.attributes == UNKNOWN).all()
    assert (read.appearance["hairlen"] == UNKNOWN).all()


def test_the_output_is_taken_apart_in_order():
    reading = labels.split(np.arange(labels.WIDTH, dtype=np.float32)[None])
    assert reading.attributes[0].tolist() == list(range(40))
    assert reading.appearance["gender"][0].tolist() == [40, 41]
    assert reading.appearance["makeup"][0].tolist() == [labels.WIDTH - 3, labels.WIDTH - 2]
    assert reading.age.tolist() == [labels.WIDTH - 1]


def test_prior_is_what_the_frequencies_say(known):
    prior = labels.split(attributes.prior(known).numpy()[None])
    assert prior.attributes[0, ATTRIBUTES.index("Eyeglasses")] == pytest.approx(np.log(3 / 2))
    assert np.exp(prior.appearance["hairlen"]).sum() == pytest.approx(1)
    assert prior.age[0] == pytest.approx((21 + 23 + 32) / 3)


def test_unknown_labels_cost_nothing(known):
    nothing = dataclasses.replace(
        known,
        attributes=np.full_like(known.attributes, UNKNOWN),
        appearance={name: np.full_like(values, UNKNOWN) for name, values in known.appearance.items()},
        age=np.full_like(known.age, np.nan),
    )
    output, pick = torch.randn(3, labels.WIDTH, requires_grad=True), torch.arange(3)
    value = attributes.Targets(nothing, torch.device("cpu")).loss(output, pick)
    value.backward()
    assert value.item() == 0
    assert not output.grad.any()
    whole = attributes.Targets(known, torch.device("cpu"))
    right = torch.zeros(3, labels.WIDTH)
    right[:, :40] = 20 * torch.from_numpy(known.attributes).float() - 10
    right[:, -1] = torch.from_numpy(known.age)
    assert float(whole.loss(right, pick)) < float(whole.loss(torch.zeros(3, labels.WIDTH), pick))


def test_labels_by_eye_are_drawn_often(known):
    targets = attributes.Targets(known, torch.device("cpu"))
    assert (targets.draw(32)[:4] == 0).all()


def test_halving_takes_means():
    photo = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3), dtype=np.uint8)
    expected = photo.reshape(2, 4, 2, 4, 2, 3).mean((2, 4)).transpose(0, 3, 1, 2)
    assert np.abs(attributes.halved(photo) - expected).max() <= 0.5


def test_augmentation_flips_and_stays_in_range():
    torch.manual_seed(0)
    photo = torch.zeros(64, 3, 32, 32)
    photo[..., :16] = 0.8
    out = attributes.augment(photo)
    assert 0 <= float(out.min()) <= float(out.max()) <= 1
    brighter_left = (out[..., :12].mean((1, 2, 3)) > out[..., 20:].mean((1, 2, 3))).float().mean()
    assert 0.25 < float(brighter_left) < 0.75


def test_figures_know_right_from_wrong(known):
    right = np.zeros((3, labels.WIDTH), np.float32)
    right[:, :40] = 4 * known.attributes - 2
    right[:, -1] = known.age + np.array([2, -2, 5])
    usual = np.zeros(labels.WIDTH, np.float32)
    found = attributes.figures(right, usual, known)
    assert found["Eyeglasses"] == found["Eyeglasses, balanced"] == found["mean of attributes"] == 1
    assert found["age, mean error in years"] == 3
    assert "Smiling" not in found  # all of them smile
    usual[ATTRIBUTES.index("Eyeglasses")] = 5  # no more glasses than usual
    changed = attributes.figures(right, usual, known)
    assert (changed["Eyeglasses"], changed["Eyeglasses, balanced"]) == (1, 0.5)
    assert "Eyeglasses" in attributes.table(found)
    assert "3.0 years off" in attributes.table(found)


def test_it_learns_what_can_be_seen(data):
    """A small one tells glasses on flat drawings after some steps."""
    torch.manual_seed(0)
    photos, known = attributes.load(Faces(data))["val"]
    net, targets = AttributeNet((8, 16, 16, 16), 8), attributes.Targets(known, torch.device("cpu"))
    net.prior.copy_(attributes.prior(known))
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    rows = torch.arange(len(photos))
    for _ in range(120):
        optimizer.zero_grad()
        targets.loss(net.half(photos.float() / 255), rows).backward()
        optimizer.step()
    with torch.inference_mode():
        found = attributes.figures(net.half(photos.float() / 255).numpy(), net.prior.numpy(), known)
    assert found["Eyeglasses, balanced"] == 1
    assert found["age, mean error in years"] < 3


def test_a_pack_carries_it(judged_pack):
    folder, net = judged_pack
    photo = np.random.default_rng(0).random((2, 3, 256, 256), np.float32)
    got = Pipeline(folder, 2, 1).run("attributes", image=photo)
    with torch.inference_mode():
        np.testing.assert_allclose(got, net(torch.from_numpy(photo)).numpy(), atol=1e-3)
    assert pack.weights(folder, "attributes").keys() == net.state_dict().keys()


def test_training_starts_from_a_pack_that_has_it(judged_pack, tmp_path):
    folder, net = judged_pack
    options = Options("attributes", {"id": "x", "stages": {}}, tmp_path, tmp_path, 1, "cpu", False, False, folder)
    fresh = AttributeNet((8, 8, 16, 16), 8)
    attributes._start(options, fresh)
    assert torch.equal(fresh.prior, net.prior)
    assert torch.equal(fresh.head.weight, net.head.weight)
