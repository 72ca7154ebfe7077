"""The parts of an evaluation: cases, questions, feature space, distance, influence."""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from test_solver import SPREAD, ideal_v

from codiff import colour, labels, metrics, schedule, solver
from codiff.captions import Facts
from codiff.data import Faces, resized
from codiff.errors import UsageError
from codiff.evaluate import influence, judging, margins, questions
from codiff.evaluate.cases import cases, known_facts, val_ids
from codiff.evaluate.sampling import DPM, DpmSolver, Sampled
from codiff.evaluate.squeezenet import SqueezeNet
from codiff.lab import lab
from codiff.labels import APPEARANCE, ATTRIBUTES
from codiff.words import SIMPLE


@pytest.fixture(scope="module")
def faces(data) -> Faces:
    return Faces(data)


def test_cases_are_val_photos_with_true_masks_and_come_again_with_other_words(faces):
    facts = known_facts(faces, val_ids(faces))
    found = cases(faces, facts, 12)
    assert [case.photo for case in found[:6]] == ["00006", "00007", "00008", "00009", "00010", "00006"]
    assert [case.name for case in found[4:6]] == ["00010-0", "00006-1"]
    assert len({case.name for case in found}) == 12
    assert len({case.caption.text for case in found if case.photo == "00006"}) > 1
    for case in found:
        np.testing.assert_array_equal(case.mask, faces.masks[case.photo])
        assert all(getattr(facts[case.photo], name) == value for name, value in case.caption.asked.items())
    assert [case.caption for case in cases(faces, facts, 3)] == [case.caption for case in found[:3]]


def test_without_masks_there_are_no_cases(faces, monkeypatch):
    monkeypatch.setitem(faces.__dict__, "masks", {})
    with pytest.raises(UsageError, match="no val photo with a true mask"):
        cases(faces, {}, 3)


def output(**seen: float) -> np.ndarray:
    """What an attribute net says: logits of attributes and of `label_value`, and years."""
    row = np.full(labels.WIDTH, -1.0)
    start = len(ATTRIBUTES)
    for name, values in APPEARANCE.items():
        for i, value in enumerate(values):
            row[start + i] = seen.pop(f"{name}_{value}", -1.0)
        start += len(values)
    row[-1] = seen.pop("years", 30.0)
    for name, value in seen.items():
        row[ATTRIBUTES.index(name)] = value
    return row


USUAL = np.zeros(labels.WIDTH)


def test_answers_come_from_attributes_labels_and_age():
    rows = np.stack([output(Male=2, Eyeglasses=1, hairlen_l=3, years=44.0), output(haircol_r=1, hairlen_s=2, years=6.0)])
    seen = questions.answers(rows, USUAL)
    expected = {
        ("man", True): [True, False],
        ("man", False): [False, True],
        ("glasses", "none"): [False, True],
        ("hair_length", "long"): [True, False],
        ("hair_length", "short"): [False, True],
        ("hair_colour", "red"): [False, True],
        ("age_group", "30s"): [True, False],  # within five years
        ("age_group", "50s"): [False, False],
        ("age_group", "child"): [False, True],
    }
    assert {question: seen[question].tolist() for question in expected} == expected


def test_an_answer_is_what_is_likelier_than_usual():
    usual = USUAL.copy()
    usual[ATTRIBUTES.index("Wearing_Hat")] = -3.0
    usual[ATTRIBUTES.index("Male")] = 2.5
    seen = questions.answers(np.stack([output(Wearing_Hat=-1, Male=2)]), usual)
    assert (seen["hat", True].tolist(), seen["man", True].tolist()) == ([True], [False])


UNREAD = ("skin", "eye_colour")  # no labels to train the attribute net on: they are measured in the picture


def test_every_fact_that_captions_can_name_has_a_question():
    asked = {(name, value) for name, table in SIMPLE.items() if name not in UNREAD for value in table}
    asked |= {("man", v) for v in (True, False)} | {("hair_length", v) for v in ("bald", "short", "medium", "long", "up")}
    asked |= {("hair_colour", v) for v in ("black", "brown", "blond", "red", "grey")} | {
        ("curl", v) for v in ("straight", "wavy")
    }
    asked |= {("age_group", v) for v in ("child", "teen", "20s", "30s", "40s", "50s", "60plus")}
    asked |= {("age_coarse", v) for v in ("young", "middle", "old")}
    assert set(questions.answers(np.zeros((1, labels.WIDTH)), USUAL)) == asked


def test_own_accuracy_is_balanced_and_takes_one_sided_facts_as_absent():
    facts = [Facts(man=True, earrings=None)] * 10 + [Facts(man=False, earrings=True)] * 30 + [Facts()] * 10
    says = np.array([True] * 5 + [False] * 45)
    found = questions.own_accuracy({("man", True): says, ("earrings", True): ~says, ("curl", "wavy"): says}, facts)
    assert found["man", True] == questions.Own(0.75, 10)  # half of the men, all of the women; the unknown don't matter
    assert found["man", True].counts
    assert found["earrings", True].balanced_accuracy == pytest.approx((1 + 5 / 20) / 2)
    assert not found["earrings", True].counts
    assert found["curl", "wavy"] == questions.Own(None, 0)


def test_text_score_counts_what_the_net_reads_well():
    good, bad = questions.Own(0.9, 50), questions.Own(0.6, 50)
    own = {("man", True): good, ("hat", True): good, ("pale", True): bad}
    seen = {
        ("man", True): np.array([True, False]),
        ("hat", True): np.array([True, True]),
        ("pale", True): np.array([True, True]),
    }
    score = questions.text_score(seen, [{"man": True, "pale": True, "skin": "dark"}, {"man": True, "hat": True}], own)
    assert score.accuracy == pytest.approx(2 / 3)
    assert score.by_question == {("man", True): (1, 2), ("hat", True): (1, 1)}
    assert score.asked == 3
    assert questions.text_score(seen, [{"pale": True}] * 2, own).accuracy is None


def test_words_are_scored_apart_by_what_the_photo_shows():
    own = {("man", True): questions.Own(0.9, 50), ("hat", True): questions.Own(0.9, 50)}
    known = judging.Reference({}, {"a": frozenset([("man", True)]), "b": frozenset(own)}, own, np.zeros((2, 4)))
    asked = [("a", {"man": True, "hat": True}), ("b", {"hat": True}), ("a", {"hat": True})]
    run = SimpleNamespace(cases=[SimpleNamespace(photo=p, caption=SimpleNamespace(asked=facts)) for p, facts in asked])
    seen = {("man", True): np.array([True] * 3), ("hat", True): np.array([True, False, False])}
    judged = judging.Judged(torch.zeros(3, 19, 19), seen, np.zeros((3, 4)), np.zeros(3))
    shown, hidden = (judging.text_score(run, judged, known, range(3), which) for which in (True, False))
    assert shown.by_question == {("man", True): (1, 1), ("hat", True): (0, 1)}
    assert hidden.by_question == {("hat", True): (1, 2)}
    assert judging.text_score(run, judged, known, [1, 2], False).by_question == {("hat", True): (0, 1)}
    whole = judging.text_score(run, judged, known, range(3))
    assert (whole.asked, whole.accuracy) == (4, 0.5)


def test_margins_are_of_photos_drawn_again_with_all_their_cases():
    """One fact a case, seen in the dynamic run alone with a chance of 0.8: the margin is 1.96 standard errors, and grows when
    four cases share a photo."""
    rng = np.random.default_rng(3)
    seen, features = rng.random(100) < 0.8, rng.standard_normal((100, 4))
    tables = torch.eye(metrics.CLASSES).double().expand(100, -1, -1)
    known = judging.Reference({}, defaultdict(frozenset), {("man", True): questions.Own(0.9, 50)}, features)

    def margin(photos: list[str], seen: np.ndarray) -> dict[str, float]:
        run = SimpleNamespace(cases=[SimpleNamespace(photo=p, caption=SimpleNamespace(asked={"man": True})) for p in photos])
        judged = {
            key: judging.Judged(tables, {("man", True): said}, features, np.zeros(100))
            for key, said in (("dynamic", seen), ("mask", np.zeros(100, bool)))
        }
        (gain,) = margins.statistics(run, judged, known, ["mask", "dynamic"])
        assert (gain["row"], gain["mean_iou"], gain["frechet"]) == ("mask", *[{"difference": 0.0, "margin": 0.0}] * 2)
        assert gain["shown_accuracy"] is None  # no photo shows anything
        return gain["text_accuracy"]

    alone = margin([f"{i}" for i in range(100)], seen)
    assert alone["difference"] == pytest.approx(seen.mean())
    assert alone["margin"] == pytest.approx(1.96 * seen.std() / 10, rel=0.25)
    together = margin([f"{i // 4}" for i in range(100)], np.repeat(seen[:25], 4))
    assert together["margin"] == pytest.approx(1.96 * seen[:25].std() / 5, rel=0.25)
    assert margins.statistics(SimpleNamespace(cases=[]), {}, known, ["mask"]) == []


def test_brightness_of_a_background_is_that_where_the_mask_says_so():
    mask = np.ones((8, 8), np.uint8)
    picture = np.zeros((8, 8, 3), np.uint8)
    assert np.isnan(judging.background(picture, mask))
    mask[:, :4] = 0
    picture[:, :2] = 200
    picture[:, 4:] = 90
    assert judging.background(picture, mask) == 100


def test_frechet_distance_of_known_gaussians():
    rng = np.random.default_rng(0)
    a = rng.standard_normal((400, 3))
    assert metrics.frechet(a, a) == pytest.approx(0, abs=1e-9)
    assert metrics.frechet(a, a + np.array([3, 0, 4])) == pytest.approx(25)
    spread = np.cov((2 * a).T).trace() + np.cov(a.T).trace() - 2 * 2 * np.cov(a.T).trace()
    assert metrics.frechet(2 * a, a) == pytest.approx(spread + np.square(a.mean(0)).sum())
    few = rng.standard_normal((4, 30))  # fewer samples than features
    assert metrics.frechet(few, few + 1) == pytest.approx(30)
    with pytest.raises(ValueError, match="two samples"):
        metrics.frechet(a[:1], a)


def test_squeezenet_is_the_published_shape(squeezenet, tmp_path):
    """Against the same layers as PyTorch modules, for one picture."""
    net = SqueezeNet(squeezenet)
    picture = np.random.default_rng(0).integers(0, 256, (1, 64, 64, 3), dtype=np.uint8)
    x = torch.from_numpy(picture.astype(np.float32)).permute(0, 3, 1, 2)
    x = torch.stack([x[0, 2] - 104, x[0, 1] - 117, x[0, 0] - 123])[None]

    def layer(values: torch.Tensor, name: str, stride: int = 1, padding: int = 0) -> torch.Tensor:
        weight = net.weights[f"{name}.w"]
        module = torch.nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], stride, padding)
        module.load_state_dict({"weight": weight, "bias": net.weights[f"{name}.b"]})
        return torch.relu(module(values))

    pool = torch.nn.MaxPool2d(3, 2, ceil_mode=True)
    x = pool(layer(x, "conv1", 2))
    for number in range(2, 9):
        small = layer(x, f"fire{number}/conv1x1_1")
        x = torch.cat([layer(small, f"fire{number}/conv1x1_2"), layer(small, f"fire{number}/conv3x3_2", padding=1)], 1)
        x = pool(x) if number == 4 else x
    np.testing.assert_allclose(net.features(picture), x.mean((2, 3)).detach().numpy(), rtol=1e-4, atol=1e-4)
    with pytest.raises(UsageError, match="--squeezenet"):
        SqueezeNet(tmp_path / "none.npz")


def test_pictures_are_resized_by_whole_factors():
    picture = np.arange(16, dtype=np.uint8).reshape(1, 4, 4, 1)
    assert resized(picture, 2)[0, :, :, 0].tolist() == [[3, 5], [11, 13]]
    assert resized(picture, 8)[0, :2, :2, 0].tolist() == [[0, 0], [0, 0]]
    with pytest.raises(UsageError, match="whole multiples"):
        resized(picture, 3)


def test_contours_and_inside_skin():
    mask = np.zeros((8, 8), np.uint8)
    mask[:, 3:] = 1
    mask[7, 7] = 2
    border, skin = influence.contours(mask, 4)
    assert border.tolist() == [[False, True, False, False]] * 3 + [[False, True, False, True]]
    assert skin.tolist() == [[False, False, True, True]] * 3 + [[False, False, True, False]]


def test_the_networks_own_influence_is_found_again():
    rng = np.random.default_rng(0)
    own = rng.dirichlet([1, 1], (3, 2, 2)).transpose(0, 3, 1, 2)
    factors = np.array([[2.0, 1.0], [0.5, 4.0], [0.0, 1.0]])
    applied = own * factors[:, :, None, None]
    applied /= applied.sum(1, keepdims=True)
    found = influence.alone(applied, factors)
    np.testing.assert_allclose(found[:2], own[:2])
    assert np.isnan(found[2]).all()
    assert influence.thirds([1, 1, 2, 2, 3, 3]) == [1, 2, 3]
    assert influence.thirds([1, 2]) == [1, 2, None]


def errors(method: Callable[[], solver.Sampler]) -> list[float]:
    """Of 20, 40 and 80 steps of equal length in λ, from -3 to 3, where the probability flow keeps a Gaussian's quantiles."""

    def place(quantile: np.ndarray, alpha: float) -> np.ndarray:
        return np.sqrt(alpha) + quantile * np.sqrt(alpha * SPREAD**2 + 1 - alpha)

    quantile, out = np.linspace(-2, 2, 9), []
    for steps in (20, 40, 80):
        alphas = 1 / (1 + np.exp(-2 * np.linspace(-3, 3, steps + 1)))
        x, sampler = place(quantile, alphas[0]).astype(np.float32), method()
        for before, after in pairwise(alphas):
            x, _ = sampler.step(x, ideal_v(x.astype(np.float64), before), None, schedule.Step(0, before, after))
        out.append(float(np.abs(x - place(quantile, alphas[-1])).max()))
    return out


def test_dpm_solver_is_of_second_order():
    """Twice the steps, a quarter of the error; DDIM's is halved."""
    dpm, ddim = errors(lambda: DpmSolver("v", 10.0)), errors(lambda: solver.Ddim("v", 0.0, 10.0))
    assert dpm[0] > 3.5 * dpm[1] > 3.5 * 3.5 * dpm[2]
    assert ddim[0] < 2.2 * ddim[1] < 2.2 * 2.2 * ddim[2]
    assert dpm[0] < ddim[0] / 2


def test_one_step_of_dpm_solver_takes_the_predicted_latent():
    x, step = np.array([0.5, -1.0], np.float32), schedule.plan(1, [0.3])[0]
    np.testing.assert_array_equal(DpmSolver("v", 0.8).step(x, x, None, step), solver.Ddim("v", 0.0, 0.8).step(x, x, None, step))


def test_a_pack_runs_with_another_sampler(pipeline):
    assert isinstance(Sampled(pipeline, "ddim").sampler(0.0), solver.Ddim)
    other = Sampled(pipeline, DPM).under({"mask": {"guidance": 3.0}})
    assert isinstance(other.sampler(0.0), DpmSolver)
    assert other.manifest["collaborators"][0]["guidance"] == 3.0
    assert isinstance(pipeline.sampler(0.0), solver.UniPC)


def test_lab_of_known_colours():
    """White, black and the primaries as published tables have them (D65)."""
    colours = np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
    expected = [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20], [87.73, -86.18, 83.18], [32.30, 79.19, -107.86]]
    np.testing.assert_allclose(lab(colours), expected, atol=0.02)


def test_typology_angle_is_of_the_median_skin():
    mask = np.zeros((4, 4), np.uint8)
    picture = np.zeros((4, 4, 3), np.uint8)
    assert colour.typology_angle(picture, mask) is None
    mask[:3] = colour.SKIN
    picture[:3] = [224, 172, 140]
    picture[0, 0] = 255  # a highlight
    picture[3] = [0, 0, 255]  # not skin
    lightness, _, yellow = lab(picture[1, :1])[0]
    angle = colour.typology_angle(picture, mask)
    assert angle == pytest.approx(np.degrees(np.arctan((lightness - 50) / yellow)))
    assert colour.tone(angle) == "light"
    picture[:3] = [70, 45, 35]
    assert colour.typology_angle(picture, mask) < 0
    assert [colour.tone(a) for a in (41.1, 41, 28, 10, -60)] == ["light", "intermediate", "tan", "dark", "dark"]
