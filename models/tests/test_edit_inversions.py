"""Ways to edit photos compared, with the tiny pack, a stand-in for the face descriptor, and predictions that are known."""

import math
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from PIL import Image

from codiff import pack, schedule
from codiff.cli import main
from codiff.edit import asked, inversion, inversions, region
from codiff.edit.align import Face
from codiff.edit.asked import Edit
from codiff.edit.composite import composite
from codiff.edit.crop import CropSquare, fitting
from codiff.edit.face import Settings, Side, edit_face
from codiff.edit.fixtures import drawn_face, some_region
from codiff.edit.inversions import Judges, Key, Score
from codiff.edit.picture import to_planes
from codiff.errors import UsageError
from codiff.masks import KEYS
from codiff.pipeline import Job, Pipeline

SIZE, STEPS = 64, 5
PHOTO, MASK = drawn_face(SIZE)
WORDS = "A smiling woman in her thirties with long brown hair and makeup."
SOURCE = Side(MASK, WORDS)
JOB = Job(MASK, WORDS, 3)
SETTINGS = Settings(STEPS, 3, "both", 0.0)
EVERYWHERE = np.ones((SIZE, SIZE))
GLASSES, HAIR = KEYS.index("eye_g"), KEYS.index("hair")


class ConstantNoise:
    """A pack that predicts the same ε everywhere, whatever it is told: DDIM steps up and down are then each other's inverse."""

    prediction = {"prediction": "epsilon", "clip": 1e6}  # noqa: RUF012

    def __init__(self, epsilon: np.ndarray) -> None:
        self.epsilon = epsilon

    def plan(self, steps):
        return schedule.plan(steps, schedule.alphas_cumprod(1.0).tolist())

    def prepare(self, jobs, mode):
        return None

    def predict(self, x, timestep, voices):
        return self.epsilon[None], None


def stub_judges() -> Judges:
    """Judges that look at the pixels themselves."""
    return Judges(
        lambda picture: picture.ravel() / 255.0,
        lambda picture: (np.full(77, picture.mean()), picture.ravel() / 255.0),
        lambda picture: np.full(picture.shape[:2], GLASSES, np.uint8),
    )


def test_image_to_image_lays_one_noise_over_the_photo(pipeline, latent):
    inverted = inversions.noised(pipeline, latent, JOB, STEPS, "both")
    assert inverted.latents.dtype == np.float32
    np.testing.assert_array_equal(inverted.latent, latent)
    plan = pipeline.plan(STEPS)
    noise = [
        (x - math.sqrt(step.alpha) * latent) / math.sqrt(1 - step.alpha)
        for step, x in zip(plan, inverted.latents, strict=False)
    ]
    assert noise[0].std() == pytest.approx(1, abs=0.15)
    for other in noise[1:]:
        np.testing.assert_allclose(other, noise[0], atol=1e-4)
    another = inversions.noised(pipeline, latent, Job(MASK, WORDS, 4), STEPS, "both")
    assert np.abs(another.latents[0] - inverted.latents[0]).max() > 0.5


def test_ddim_inversion_follows_the_prediction_up_and_back_down():
    rng = np.random.default_rng(0)
    x0, epsilon = rng.standard_normal((2, 4, 8, 8)).astype(np.float32)
    pipeline = ConstantNoise(epsilon)
    inverted = inversions.climbed(pipeline, x0, JOB, STEPS, "both")
    for step, x in zip(pipeline.plan(STEPS), inverted.latents, strict=False):
        np.testing.assert_allclose(x, math.sqrt(step.alpha) * x0 + math.sqrt(1 - step.alpha) * epsilon, atol=1e-4)
    np.testing.assert_array_equal(inverted.latent, x0)
    for strength in (0.4, 0.9):
        again = inversion.edit(pipeline, inverted, JOB, EVERYWHERE, strength, "both")
        np.testing.assert_allclose(again, x0, atol=1e-4)


@pytest.mark.parametrize("invert", [inversions.noised, inversions.climbed])
def test_denoising_keeps_to_the_region(pipeline, latent, invert):
    inverted = invert(pipeline, latent, JOB, STEPS, "both")
    where = some_region(SIZE)
    inside = inversion.latent_region(where, latent.shape[1:])
    target = Job(MASK, asked.recoloured(WORDS), 3)
    np.testing.assert_array_equal(inversion.edit(pipeline, inverted, target, where, 0.0, "both"), latent)
    edited = inversion.edit(pipeline, inverted, target, where, 1.0, "both")
    np.testing.assert_array_equal(edited[:, ~inside], latent[:, ~inside])
    assert np.abs(edited[:, inside] - latent[:, inside]).mean() > 0.01


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (WORDS, "A smiling woman in her thirties with long blond hair and makeup."),
        ("A man in his forties with blond hair and a beard.", "A man in his forties with black hair and a beard."),
        ("A boy in his teens with short hair.", "A boy in his teens with short blond hair."),
        ("A woman in her fifties with black hair tied back.", "A woman in her fifties with blond hair tied back."),
        ("A bald man in his fifties.", "A bald man in his fifties."),
    ],
)
def test_words_ask_for_another_hair_colour(words, expected):
    assert asked.recoloured(words) == expected


def test_glasses_sit_around_both_eyes_and_under_them():
    mask = asked.with_glasses(MASK)
    added = mask == GLASSES
    assert added.any()
    np.testing.assert_array_equal(mask[~added], MASK[~added])
    for key in asked.OVER_GLASSES:
        np.testing.assert_array_equal(mask == KEYS.index(key), KEYS.index(key) == MASK)
    for key in asked.EYES:
        row, column = np.argwhere(KEYS.index(key) == MASK).mean(0).round().astype(int)
        for dy, dx in ((4, 0), (-4, 0), (0, 5), (0, -5)):
            assert mask[row + dy, column + dx] in (GLASSES, *(KEYS.index(k) for k in asked.OVER_GLASSES))
    assert not added[: SIZE // 4].any()
    assert not added[SIZE * 5 // 8 :].any()


def test_glasses_turn_with_the_face():
    turned = asked.with_glasses(np.rot90(MASK).copy())
    np.testing.assert_array_equal(turned, np.rot90(asked.with_glasses(MASK)))


def test_faces_that_cannot_be_asked_for_both_edits_are_passed_over():
    def without(key: str) -> np.ndarray:
        return np.where(KEYS.index(key) == MASK, KEYS.index("skin"), MASK).astype(np.uint8)

    assert asked.editable(SOURCE)
    assert not asked.editable(Side(without("hair"), WORDS))
    assert not asked.editable(Side(without("l_eye"), WORDS))
    assert not asked.editable(Side(asked.with_glasses(MASK), WORDS))
    assert not asked.editable(Side(MASK, "A woman with long hair, wearing glasses."))
    assert not asked.editable(Side(MASK, "A bald man in his fifties."))


def test_all_methods_are_judged_on_what_the_page_would_show(pipeline):
    seen = []
    judges = stub_judges()
    watched = Judges(lambda picture: seen.append(picture) or judges.descriptor(picture), judges.attributes, judges.parser)
    scores = inversions.compare(pipeline, PHOTO, SOURCE, watched, SETTINGS, [0.0, 0.8])
    edits = asked.edits_of(SOURCE)
    expected = {Key(m, e, r, s) for m in inversions.METHODS for e in edits for r in inversions.REACHES for s in (0.0, 0.8)}
    assert set(scores) == expected
    for key, score in scores.items():
        if key.strength == 0:
            assert score.identity == pytest.approx(1)
            assert score.features == pytest.approx(1)
            assert score.outside > 100
        else:
            assert score.identity < 1 - 1e-7
            assert math.isnan(score.shift) == (key.edit == "glasses (mask)")
    # The first edit is ours; the descriptor sees the photo, then the edit put back into it.
    target = edits["hair colour (words)"].target
    where = region.automatic((MASK, target.mask), (WORDS, target.words)).astype(np.float64)
    ours = edit_face(pipeline, PHOTO, SOURCE, target, where, [0.8], SETTINGS)
    np.testing.assert_array_equal(seen[2], PHOTO)
    np.testing.assert_array_equal(seen[3], composite(PHOTO, fitting(SIZE, SIZE), ours.edits[0], ours.reconstruction, where))


def test_without_a_region_more_changes_outside_it(pipeline):
    scores = inversions.compare(pipeline, PHOTO, SOURCE, stub_judges(), SETTINGS, [0.8])
    for method in inversions.METHODS:
        inside, everywhere = (scores[Key(method, "glasses (mask)", reach, 0.8)].outside for reach in inversions.REACHES)
        assert inside > everywhere


@pytest.mark.parametrize(("lighter", "change", "success"), [(1, 40, 1.0), (1, 3, 0.0), (-1, -40, 1.0), (-1, 40, 0.0)])
def test_hair_must_turn_the_asked_way_by_enough(lighter, change, success):
    def attributes(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        numbers = np.zeros(77)
        numbers[inversions.BLOND] = picture[MASK == HAIR].mean() / 10
        return numbers, np.ones(3)

    photo = np.full((SIZE, SIZE, 3), 100, np.uint8)
    edited = np.where((MASK == HAIR)[..., None], 100 + change, photo).astype(np.uint8)
    judges = Judges(lambda picture: np.ones(2), attributes, lambda picture: MASK)
    score = inversions.judged(judges, photo, edited, SOURCE, Edit(SOURCE, lighter), 30.0)
    assert score.success == success
    assert score.shift == pytest.approx(lighter * change / 10)
    assert score.brightness == pytest.approx(lighter * change / 255)


def test_glasses_count_by_the_share_that_the_parser_finds():
    target = Side(asked.with_glasses(MASK), WORDS)
    half = target.mask.copy()
    half[:, : SIZE // 2] = MASK[:, : SIZE // 2]
    for found, share in ((target.mask, 1.0), (half, 0.5), (MASK, 0.0)):
        judges = Judges(lambda picture: np.ones(2), lambda picture: (np.ones(77), np.ones(3)), lambda picture, m=found: m)
        score = inversions.judged(judges, PHOTO, PHOTO, SOURCE, Edit(target, 0), 30.0)
        assert score.success == pytest.approx(share, abs=0.05)
        assert math.isnan(score.shift)


def test_attribute_features_are_what_the_last_layer_reads(pipeline, blind_pack):
    numbers, features = inversions.attribute_reader(pipeline)(PHOTO)
    np.testing.assert_allclose(numbers, pipeline.run("attributes", image=to_planes(PHOTO)[None])[0], atol=1e-5)
    weights = pack.weights(pipeline.folder, "attributes")
    logits = weights["head.weight"] @ features + weights["head.bias"] + weights["prior"]
    np.testing.assert_allclose(numbers[:-1], logits[:-1], atol=1e-4)
    with pytest.raises(UsageError, match="no attribute net"):
        inversions.attribute_reader(Pipeline(blind_pack, 1, 1))


def descriptor_file(path: Path, size: int = 224) -> Path:
    """A network of faceres' form whose 1,024 numbers are those of the middle pixel, over and over."""
    given = helper.make_tensor_value_info("input", TensorProto.FLOAT, ["n", size, size, 3])
    out = helper.make_tensor_value_info("descriptor", TensorProto.FLOAT, ["n", 1024])
    other = helper.make_tensor_value_info("age", TensorProto.FLOAT, ["n", 1, 1, 3])
    ends = [helper.make_tensor(name, TensorProto.INT64, [2], values) for name, values in (("a", [112] * 2), ("b", [113] * 2))]
    constants = [
        *ends,
        helper.make_tensor("axes", TensorProto.INT64, [2], [1, 2]),
        helper.make_tensor("row", TensorProto.INT64, [2], [-1, 3]),
        helper.make_tensor("mix", TensorProto.FLOAT, [3, 1024], np.tile(np.eye(3), 342)[:, :1024].ravel()),
    ]
    nodes = [
        helper.make_node("Slice", ["input", "a", "b", "axes"], ["age"]),
        helper.make_node("Reshape", ["age", "row"], ["pixel"]),
        helper.make_node("MatMul", ["pixel", "mix"], ["descriptor"]),
    ]
    graph = helper.make_graph(nodes, "stub", [given], [other, out], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), path)
    return path


def test_the_descriptor_sees_the_middle_of_the_face_as_bytes(tmp_path):
    describe = inversions.face_descriptor(descriptor_file(tmp_path / "stub.onnx"), 1)
    picture = np.zeros((SIZE, SIZE, 3), np.uint8)
    picture[round(inversions.FACE_CENTRE[1] * SIZE) - 2 :][:4, SIZE // 2 - 2 : SIZE // 2 + 2] = (200, 100, 50)
    numbers = describe(picture)
    assert numbers.shape == (1024,)
    np.testing.assert_allclose(numbers[:6], [200, 100, 50, 200, 100, 50], atol=1e-3)


def test_descriptors_of_another_form_are_refused(tmp_path):
    with pytest.raises(UsageError, match="is missing"):
        inversions.face_descriptor(tmp_path / "none.onnx", 1)
    (tmp_path / "broken.onnx").write_bytes(b"no network")
    with pytest.raises(UsageError, match="not an ONNX network"):
        inversions.face_descriptor(tmp_path / "broken.onnx", 1)
    with pytest.raises(UsageError, match="another form"):
        inversions.face_descriptor(descriptor_file(tmp_path / "small.onnx", 160), 1)


def test_photos_of_one_face_from_the_front_are_taken_in_order(pipeline, tmp_path, monkeypatch):
    crop = CropSquare(50, 50, 80, 0)
    front, side = (Face(crop, np.zeros((3, 2)), 0.9, is_profile) for is_profile in (False, True))
    faces = {10: [front], 20: [], 30: [front, front], 40: [side], 50: [front]}
    for grey, name in ((50, "e.png"), (10, "a.JPG"), (20, "b.png"), (30, "c.png"), (40, "d.png")):
        Image.new("RGB", (100, 100), (grey,) * 3).save(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no photo")
    pipeline = Pipeline(pipeline.folder, 1, 1)
    with pytest.raises(UsageError, match="export it with --helpers"):
        next(inversions.aligned_faces(pipeline, tmp_path))
    pipeline.manifest["helpers"]["aligner"] = {"detector": "", "mesh": ""}
    monkeypatch.setattr(inversions.align, "find_faces", lambda _, photo: faces[round(photo.mean() / 10) * 10])
    monkeypatch.setattr(inversions, "read_face", lambda *_: SOURCE)
    found = list(inversions.aligned_faces(pipeline, tmp_path))
    assert [name for name, *_ in found] == ["a.JPG", "e.png"]
    assert found[0][1].shape == (SIZE, SIZE, 3)


def test_the_table_holds_means_and_leaves_out_what_does_not_apply():
    key = Key("Ours", "glasses", "region", 0.7)
    nan = math.nan
    scores = [{key: Score(0.9, 0.8, 30.0, 1.0, nan, nan)}, {key: Score(0.7, 0.6, nan, 0.5, nan, nan)}]
    lines = inversions.markdown(scores, 0.4, 20).splitlines()
    assert lines[2] == "| Ours | glasses | region | 0.7 | 0.800 | 0.700 | 30.0 | 75% | – | – |"
    assert "2 photos, 20 steps" in lines[-1]
    assert "photos 0.40)" in lines[-1]


def test_the_command_writes_the_table(tiny_pack, tmp_path, monkeypatch, capsys):
    faces = [("a.jpg", PHOTO, SOURCE), ("b.jpg", PHOTO[:, ::-1].copy(), SOURCE), ("c.jpg", PHOTO, SOURCE)]
    monkeypatch.setattr(inversions, "aligned_faces", lambda *_: iter(faces))
    out = tmp_path / "table.md"
    stub = descriptor_file(tmp_path / "stub.onnx")
    given = ["inversions", "--pack", str(tiny_pack), "--photos", str(tmp_path), "--descriptor", str(stub), "--out", str(out)]
    main([*given, "--n", "2", "--steps", "2", "--strength", "0.5", "1", "--threads", "1"])
    text = out.read_text(encoding="utf-8")
    assert text in capsys.readouterr().out
    assert len([line for line in text.splitlines() if line.startswith("|")]) == 2 + 3 * 2 * 2 * 2
    assert "2 photos, 2 steps" in text
    monkeypatch.setattr(inversions, "aligned_faces", lambda *_: iter([]))
    for extra, message in (
        ([], "no photo of one face"),
        (["--strength", "2"], "--strength from 0 to 1"),
        (["--n", "0"], "--n"),
    ):
        with pytest.raises(SystemExit):
            main([*given, *extra])
        assert message in capsys.readouterr().err
