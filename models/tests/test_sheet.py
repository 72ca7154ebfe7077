"""The sheet of fixed cases: the checked-in file fits the samples, and a run makes a picture that shows every case."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from codiff import cli, sheet
from codiff.errors import UsageError
from codiff.masks import COLOURS, KEYS

ROOT = Path(__file__).parents[2]
TINY = ROOT / "models" / "contracts" / "fixtures" / "tiny-pack"


def test_the_checked_in_cases_are_48_and_their_masks_are_there():
    seed, rows = sheet.read_cases(ROOT / "models" / "cases" / "conflicts.json", ROOT / "public" / "samples", 256)
    assert sum(len(captions) for _, _, captions in rows) == 48
    assert len({caption for _, _, captions in rows for caption in captions}) > 40
    assert all(mask.shape == (256, 256) for _, mask, _ in rows)
    assert seed == 7


def test_drawings_are_faces_of_the_same_size_with_their_captions():
    cases = ROOT / "models" / "cases"
    _, rows = sheet.read_cases(cases / "drawings.json", cases / "drawings", 256)
    assert len(rows) == len(list((cases / "drawings").glob("*.png"))) == 7
    for _, mask, captions in rows:
        assert len(captions) == 6
        right, left = (np.argwhere(mask == KEYS.index(key))[:, 1].mean() for key in ("r_eye", "l_eye"))
        assert right < left  # sides are the person's own


def test_a_sheet_shows_masks_and_pictures_in_their_places(tmp_path: Path):
    (tmp_path / "cases.json").write_text(json.dumps({"seed": 1, "rows": [ROW, {**ROW, "mask": "bald.png"}]}))
    arguments = ["--pack", TINY, "--cases", tmp_path / "cases.json", "--masks", ROOT / "public" / "samples"]
    cli.main(["sheet", *map(str, arguments), "--out", str(tmp_path / "sheet.png"), "--steps", "2", "--batch", "3"])
    pixels = np.asarray(Image.open(tmp_path / "sheet.png"))
    top, left = sheet.GAP + sheet.LINE + 2, sheet.GAP
    assert tuple(pixels[top, left]) == tuple(COLOURS[0])
    first = pixels[top : top + sheet.CELL, left + sheet.CELL + sheet.GAP :][:, : sheet.CELL]
    second = pixels[top : top + sheet.CELL, left + 2 * (sheet.CELL + sheet.GAP) :][:, : sheet.CELL]
    assert first.std() > 5
    assert (first != second).mean() > 0.1


ROW = {"title": "A row", "mask": "hat.png", "captions": ["A man.", "A smiling woman."]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "not a cases file"),
        (json.dumps({"seed": 1, "rows": []}), "same number of captions"),
        (json.dumps({"seed": 1, "rows": [ROW, {**ROW, "captions": ["one"]}]}), "same number of captions"),
        (json.dumps({"rows": [ROW]}), "seed"),
    ],
)
def test_a_wrong_cases_file_is_named(tmp_path: Path, data: str, message: str):
    (tmp_path / "cases.json").write_text(data)
    with pytest.raises(UsageError, match=message):
        sheet.read_cases(tmp_path / "cases.json", ROOT / "public" / "samples", 64)
