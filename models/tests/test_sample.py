import json

import numpy as np
import pytest
from PIL import Image

from codiff import samples
from codiff.cli import main
from codiff.sample import seed_of

CAPTIONS = {"a1": "A smiling woman with long hair.", "b2": "his beard", "c3": "a man in his thirties"}


@pytest.fixture
def masks(tmp_path):
    folder = tmp_path / "masks"
    folder.mkdir()
    for i, name in enumerate(CAPTIONS):
        mask = np.roll(samples.mask(64), 3 * i, axis=1)
        Image.fromarray(mask).save(folder / f"{name}.png")
    return folder


@pytest.fixture
def captions(tmp_path):
    path = tmp_path / "captions.jsonl"
    path.write_text("".join(json.dumps({"id": i, "caption": c}) + "\n" for i, c in CAPTIONS.items()) + "\n")
    return path


@pytest.fixture
def sample(tiny_pack, tmp_path):
    """Runs the command; gives the pictures by id."""
    runs = 0

    def call(*arguments) -> dict[str, np.ndarray]:
        nonlocal runs
        runs += 1
        out = tmp_path / f"out{runs}"
        main(["sample", "--pack", str(tiny_pack), "--out", str(out), "--steps", "2", "--threads", "1", *map(str, arguments)])
        return {path.stem: np.asarray(Image.open(path)) for path in sorted(out.glob("*.png"))}

    return call


def test_pictures_are_written_and_repeat(sample, masks, captions):
    first = sample("--masks", masks, "--captions", captions)
    assert list(first) == list(CAPTIONS)
    assert all(p.shape == (64, 64, 3) and p.dtype == np.uint8 and p.std() > 5 for p in first.values())
    assert np.abs(first["a1"].astype(int) - first["b2"]).mean() > 1
    again = sample("--masks", masks, "--captions", captions)
    for name in CAPTIONS:
        np.testing.assert_array_equal(first[name], again[name])


def test_neither_order_nor_batch_matters(sample, masks, captions, tmp_path):
    first = sample("--masks", masks, "--captions", captions, "--batch", 2)
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join(reversed([line for line in captions.read_text().splitlines() if line])))
    second = sample("--masks", masks, "--captions", other, "--batch", 3)
    for name in CAPTIONS:
        assert np.abs(first[name].astype(int) - second[name]).max() <= 1


def test_seeds(sample, masks, captions):
    first, other = (sample("--masks", masks, "--captions", captions, "--seed", s) for s in (0, 1))
    assert np.abs(first["a1"].astype(int) - other["a1"]).mean() > 1
    assert seed_of("a1", 0) != seed_of("b2", 0)
    assert seed_of("a1", 2**32 - 1) == seed_of("a1", 0) - 1


def test_a_mode_needs_only_what_it_reads(sample, masks, captions):
    assert list(sample("--masks", masks, "--mode", "mask")) == list(CAPTIONS)
    assert list(sample("--captions", captions, "--mode", "text")) == list(CAPTIONS)
    assert list(sample("--masks", masks, "--captions", captions, "--mode", "fixed", "--eta", 1)) == list(CAPTIONS)


def fails(capsys, sample, *arguments) -> str:
    with pytest.raises(SystemExit) as stop:
        sample(*arguments)
    assert stop.value.code == 2
    return capsys.readouterr().err


def test_bad_masks(capsys, sample, masks, captions):
    both = ("--masks", masks, "--captions", captions)
    Image.fromarray(np.zeros((32, 64), np.uint8)).save(masks / "a1.png")
    assert "a1.png is 64×32: masks of this pack are 64×64" in fails(capsys, sample, *both)
    wrong = samples.mask(64).copy()
    wrong[5, 9] = 19
    Image.fromarray(wrong).save(masks / "a1.png")
    assert "the value 19 at row 5, column 9: classes go from 0 to 18" in fails(capsys, sample, *both)
    Image.fromarray(np.zeros((64, 64, 3), np.uint8)).save(masks / "a1.png")
    assert "has colours" in fails(capsys, sample, *both)
    (masks / "a1.png").write_bytes(b"no picture")
    assert "not a picture" in fails(capsys, sample, *both)
    (masks / "a1.png").unlink()
    assert "lacks a1.png" in fails(capsys, sample, *both)
    for path in masks.glob("*.png"):
        path.unlink()
    assert "holds no PNG" in fails(capsys, sample, "--masks", masks, "--mode", "mask")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no captions"),
        ('{"id": "a1", "caption": " "}', "line 1: the caption of a1 is empty"),
        ('{"id": "a1", "caption": "x"}\n{"id": "a1", "caption": "y"}', "line 2: the id a1 is there twice"),
        ('{"id": "a1"}', "line 1 is not"),
        ("woman", "line 1 is not"),
        ('{"id": "../a1", "caption": "x"}', "can name a file"),
        ('{"id": 7, "caption": "x"}', "can name a file"),
    ],
)
def test_bad_captions(capsys, sample, masks, captions, content, message):
    captions.write_text(content)
    assert message in fails(capsys, sample, "--masks", masks, "--captions", captions)


def test_wrong_arguments(capsys, sample, masks, captions):
    both = ("--masks", masks, "--captions", captions)
    assert "give --captions" in fails(capsys, sample, "--masks", masks)
    assert "give --masks" in fails(capsys, sample, "--captions", captions)
    assert "is missing" in fails(capsys, sample, "--masks", masks, "--captions", "nowhere.jsonl")
    assert "not a folder" in fails(capsys, sample, "--masks", "nowhere", "--captions", captions)
    assert "no mode 'sketch'" in fails(capsys, sample, *both, "--mode", "sketch")
    assert "--steps must be from 1 to 100" in fails(capsys, sample, *both, "--steps", 101)
    assert "--eta must be" in fails(capsys, sample, *both, "--eta", 2)
    assert "--batch" in fails(capsys, sample, *both, "--batch", 0)
    assert "manifest.json is missing" in fails(capsys, sample, *both, "--pack", masks)
