"""Made faces of the training photos' masks and captions, for the decoder's training."""

import re
from pathlib import Path

import numpy as np
import pytest
from conftest import drawn_mask

from codiff.cli import main
from codiff.colour import colours_path, skin_word
from codiff.data import Faces
from codiff.imagine import EVERY, jobs, made_path
from codiff.parse import mask_path


@pytest.fixture
def work(tmp_path: Path, data: Path) -> Path:
    """A work folder with the masks of the first shard, as `parse` writes them."""
    (tmp_path / "cache").mkdir()
    masks = np.stack([drawn_mask(i, 128) for i in range(8)])
    np.save(mask_path(tmp_path / "cache", 0), masks)
    return tmp_path


def test_a_job_for_every_eighth_training_photo(work: Path, data: Path) -> None:
    faces = Faces(data)
    wanted = jobs(faces, work / "cache", 0)
    training = [name for name in faces.ids(0) if faces.split(name) == "train"]
    assert len(wanted) == -(-len(training) // EVERY)
    np.testing.assert_array_equal(wanted[0].mask, drawn_mask(0, 128))
    assert wanted[0].description


def test_descriptions_name_skin_as_it_was_measured(work: Path, data: Path) -> None:
    measured = np.array([-40, 15, 60, *[np.nan] * 8], np.float32)  # angle, yellow, lightness of the eyes above the skin
    np.save(colours_path(work / "cache", 0), np.stack([measured] * 8))
    assert skin_word(measured) == "dark"
    wanted = jobs(Faces(data), work / "cache", 0)
    assert re.search(r"\bbrown skin\b|\bbrown-skinned\b", wanted[0].description)


def test_latents_are_kept_for_the_decoder(work: Path, data: Path, tiny_pack: Path) -> None:
    arguments = ["imagine", "--pack", str(tiny_pack), "--data", str(data), "--work", str(work), "--shards", "0"]
    main(arguments)
    made = np.load(made_path(work / "cache", 0))
    assert made.dtype == np.float16
    assert made.shape == (1, 4, 8, 8)
    assert 0.1 < made.std() < 4


def test_a_shard_without_training_photos_makes_nothing(work: Path, data: Path, tiny_pack: Path) -> None:
    main(["imagine", "--pack", str(tiny_pack), "--data", str(data), "--work", str(work), "--shards", "1"])
    assert not made_path(work / "cache", 1).exists()


def test_it_says_that_masks_come_first(data: Path, tiny_pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["imagine", "--pack", str(tiny_pack), "--data", str(data), "--work", str(tmp_path), "--shards", "0"])
    assert "run `python -m codiff parse` first" in capsys.readouterr().err
