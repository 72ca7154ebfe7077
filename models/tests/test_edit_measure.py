"""Figures of the aligner, with stand-ins for its networks."""

import io
import json
import tarfile

import numpy as np
import pytest
from PIL import Image
from test_edit_align import PHOTO, FakeAligner

from codiff.cli import main
from codiff.edit import align, measure
from codiff.errors import UsageError


def landmarks_at(parts: np.ndarray) -> np.ndarray:
    """49 landmarks whose eyes and mouth are those of `parts` (3, 2)."""
    out = np.zeros((49, 2))
    for name, place in zip(align.PARTS, parts, strict=True):
        out[measure.LANDMARKS[name]] = place
    return out


def test_errors_are_shares_of_the_distance_between_the_eyes():
    found = align.find_faces(FakeAligner(), PHOTO)[0].parts
    apart = np.linalg.norm(found[1] - found[0])
    truth = found + np.array([[0, 0], [0, 0], [0, 0.5 * apart]])
    exact, off, missed = (
        measure.landmark_errors(pipeline, [(PHOTO, landmarks_at(parts))])[0]
        for pipeline, parts in ((FakeAligner(), found), (FakeAligner(), truth), (FakeAligner(quarters=9), found))
    )
    assert exact == pytest.approx([0, 0, 0], abs=1e-9)
    assert off == pytest.approx([0, 0, 0.5])
    assert np.isnan(missed).all()


def test_points_of_aligned_photos_are_in_unit_coordinates():
    square = np.zeros((100, 100, 3), np.uint8)
    points = measure.aligned_points(FakeAligner(), [square])
    assert points.shape == (1, 3, 2)
    assert points[0] == pytest.approx(align.find_faces(FakeAligner(), square)[0].parts / 100)
    assert len(measure.aligned_points(FakeAligner(quarters=9), [square])) == 0


def test_photos_are_drawn_evenly_with_their_landmarks(tmp_path):
    with pytest.raises(UsageError, match=r"landmarks\.json is missing"):
        next(measure.landmarked(tmp_path, 2))
    with tarfile.open(tmp_path / "images.tar", "w") as tar:
        for i in range(6):
            buffer = io.BytesIO()
            Image.new("RGB", (8, 8), (i, i, i)).save(buffer, "WEBP", lossless=True)
            entry = tarfile.TarInfo(f"{i}.webp")
            entry.size = len(buffer.getvalue())
            tar.addfile(entry, io.BytesIO(buffer.getvalue()))
    table = {str(i): {"landmarks": [[i, i]] * 49} for i in range(6)}
    (tmp_path / "landmarks.json").write_text(json.dumps(table))
    drawn = list(measure.landmarked(tmp_path, 3))
    assert [int(photo[0, 0, 0]) for photo, _ in drawn] == [0, 2, 4] == [int(marks[0, 0]) for _, marks in drawn]


def test_a_pack_must_find_faces(tiny_pack, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["align", "--pack", str(tiny_pack), "--photos", str(tmp_path), "--data", str(tmp_path)])
    assert "export it with --helpers" in capsys.readouterr().err
