"""`codiff edit`, end to end on the tiny pack, whose weights are random: flow, files and errors, not faces."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from codiff.cli import main
from codiff.edit import command
from codiff.edit.align import Face
from codiff.edit.crop import CropSquare, sample
from codiff.edit.fixtures import drawn_face, target_mask
from codiff.edit.photo import read_photo, searchable, unshrunk
from codiff.errors import UsageError
from codiff.masks import read_mask

WIDTH, HEIGHT = 150, 110
CROP = "70,50,80,10"


def photo_pixels() -> np.ndarray:
    face, _ = drawn_face(80)
    out = np.full((HEIGHT, WIDTH, 3), (90, 120, 60), np.uint8)
    out[10:90, 30:110] = face
    return out


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(photo_pixels()).save(path)
    return path


@pytest.fixture
def edit(tiny_pack, photo, tmp_path):
    """Runs the command on the photo; gives the folder that it wrote."""
    runs = 0

    def call(*arguments, photo: Path = photo, pack: Path = tiny_pack, crop: str | None = CROP) -> Path:
        nonlocal runs
        runs += 1
        out = tmp_path / f"out{runs}"
        square = [] if crop is None else [f"--crop={crop}"]
        given = ["--pack", pack, "--photo", photo, "--out", out, "--steps", 3, "--threads", 1, *square, *arguments]
        main(["edit", *map(str, given)])
        return out

    return call


def pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))


def test_all_is_written(edit, capsys):
    out = edit("--words", "A man with a long beard.", "--strength", 1)
    names = ["aligned.png", "composite.png", "description.txt", "edit.png", "mask.png", "reconstruction.png"]
    assert sorted(p.name for p in out.iterdir()) == names
    for name in ("aligned", "edit", "reconstruction"):
        assert pixels(out / f"{name}.png").shape == (64, 64, 3)
    assert pixels(out / "composite.png").shape == (HEIGHT, WIDTH, 3)
    assert read_mask(out / "mask.png").shape == (64, 64)
    words = (out / "description.txt").read_text().strip()
    assert words.startswith("A ") and words in capsys.readouterr().out
    expected = np.floor(sample(photo_pixels(), command.square(CROP), 64) + 0.5)
    np.testing.assert_array_equal(pixels(out / "aligned.png"), expected)
    assert (pixels(out / "edit.png") != pixels(out / "reconstruction.png")).any()


def test_results_say_that_they_are_edited(edit):
    out = edit("--words", "A man.", "--strength", 0.5, "--seed", 3, "--balance", 0.25)
    for name in ("edit.png", "composite.png"):
        text = Image.open(out / name).text
        assert text["AI-edited"] == "true"
        recipe = json.loads(text["Recipe"])
        assert recipe["strength"] == 0.5 and recipe["seed"] == 3 and recipe["balance"] == 0.25
        assert recipe["description"] == "A man." and recipe["pack"] == "tiny"


def test_outside_the_crop_the_photo_is_untouched(edit):
    out = edit("--words", "Somebody else altogether", "--strength", 1)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    unit = command.square(CROP).to_unit(np.stack([x, y], -1))
    outside = ((unit < 0) | (unit > 1)).any(-1)
    composite = pixels(out / "composite.png")
    np.testing.assert_array_equal(composite[outside], photo_pixels()[outside])
    assert (composite != photo_pixels()).any()


def test_nothing_asked_gives_the_photo_back(edit):
    out = edit("--strength", 1)
    np.testing.assert_array_equal(pixels(out / "composite.png"), photo_pixels())
    np.testing.assert_array_equal(pixels(out / "edit.png"), pixels(out / "reconstruction.png"))


def test_what_was_written_can_be_given_back(edit):
    first = edit()
    words = (first / "description.txt").read_text()
    same = edit("--mask", first / "mask.png", "--words", words)
    np.testing.assert_array_equal(pixels(same / "composite.png"), photo_pixels())


def test_a_repainted_mask_changes_the_face(edit, tmp_path):
    path = tmp_path / "mask.png"
    Image.fromarray(target_mask(64)).save(path)
    pictures = [
        pixels(edit("--mask", path, "--strength", 1, "--mode", mode) / "edit.png") for mode in ("both", "mask", "fixed")
    ]
    assert all((a != b).any() for a, b in pairwise(pictures))


def test_the_same_call_gives_the_same_picture(edit):
    first, again, other = (pixels(edit("--words", "A man.", "--seed", s) / "edit.png") for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_exif_orientation_is_respected(edit, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side: to be turned by a quarter clockwise
    path = tmp_path / "turned.png"
    Image.fromarray(np.rot90(photo_pixels())).save(path, exif=exif)
    np.testing.assert_array_equal(read_photo(path), photo_pixels())
    np.testing.assert_array_equal(pixels(edit(photo=path) / "composite.png"), photo_pixels())


def fails(capsys, edit, *arguments, **options) -> str:
    with pytest.raises(SystemExit) as stop:
        edit(*arguments, **options)
    assert stop.value.code == 2
    return capsys.readouterr().err


def test_bad_arguments(edit, capsys, tmp_path):
    for arguments, message in (
        (("--strength", 1.5), "--strength must be from 0 to 1"),
        (("--balance", -2), "--balance must be from -1 to 1"),
        (("--steps", 0), "--steps must be from 1 to 100"),
        (("--seed", -1), "--seed must be from 0"),
        (("--mode", "sketch"), "no mode 'sketch'"),
        (("--words", "  "), "--words is empty"),
        (("--mask", tmp_path / "none.png"), "none.png"),
    ):
        assert message in fails(capsys, edit, *arguments)
    small = tmp_path / "small.png"
    Image.fromarray(target_mask(32)).save(small)
    assert "small.png is 32×32: masks of this pack are 64×64" in fails(capsys, edit, "--mask", small)
    for crop in ("1,2,3", "a,b,c,d", "1,2,0,0", "1,2,nan,0"):
        assert "--crop" in fails(capsys, edit, crop=crop)


def test_bad_photos(edit, capsys, tmp_path):
    path = tmp_path / "bad.png"
    assert "bad.png is missing" in fails(capsys, edit, photo=path)
    path.write_bytes(b"\0\0\0\x18ftypheic")
    assert "not a picture that can be read" in fails(capsys, edit, photo=path)
    Image.fromarray(photo_pixels()).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    assert "is damaged" in fails(capsys, edit, photo=path)
    Image.fromarray(photo_pixels()[:63]).save(path)
    assert "at least 64 pixels" in fails(capsys, edit, photo=path)
    Image.new("1", (9000, 8000)).save(path)
    assert "more than 64 megapixels" in fails(capsys, edit, photo=path)
    frames = [Image.fromarray(photo_pixels()), Image.fromarray(255 - photo_pixels())]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    assert "is animated" in fails(capsys, edit, photo=tmp_path / "moving.gif")


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "I;16"])
def test_photos_of_every_kind_become_rgb(mode, tmp_path):
    path = tmp_path / ("photo.tif" if mode == "CMYK" else "photo.png")
    picture = Image.fromarray(photo_pixels())
    grey = np.asarray(picture.convert("L"))
    saved = Image.fromarray(grey.astype(np.uint16) * 257) if mode == "I;16" else picture.convert(mode, palette=1)
    assert saved.mode == mode
    saved.save(path)
    got = read_photo(path)
    assert got.shape == (HEIGHT, WIDTH, 3) and got.dtype == np.uint8
    assert np.abs(got.mean(-1) - grey).mean() < 12


def test_a_pack_without_what_editing_needs(edit, capsys, tiny_pack, tmp_path):
    assert "no networks that find a face: give its square with --crop" in fails(capsys, edit, crop=None)
    manifest = json.loads((tiny_pack / "manifest.json").read_text())
    del manifest["codec"]["encoder"], manifest["helpers"]["parser"]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert "no codec encoder and no face parser" in fails(capsys, edit, pack=tmp_path)


@pytest.fixture
def finder(monkeypatch):
    """A pack that finds the given squares."""

    def found(*crops: CropSquare, is_profile: bool = False) -> None:
        monkeypatch.setattr(command, "find_faces", lambda *_: [Face(crop, np.zeros((3, 2)), 0.9, is_profile) for crop in crops])

    return found


def test_which_face(finder, photo):
    class Pack:
        folder, manifest = Path("pack"), {"helpers": {"aligner": {}}}

    def pick(number: int) -> CropSquare:
        return command._face(Pack(), photo, photo_pixels(), number)

    large, small = CropSquare(70, 50, 80, 0.1), CropSquare(20, 20, 30, 0)
    finder(large, small)
    assert [pick(1), pick(2)] == [large, small]
    with pytest.raises(UsageError, match=r"--face 3 is not there: .* shows 2 faces"):
        pick(3)
    with pytest.raises(UsageError, match="--face 0"):
        pick(0)
    finder()
    with pytest.raises(UsageError, match=r"no face was found .* or give its square with --crop"):
        pick(1)


def test_a_profile_is_told(finder, capsys, photo):
    class Pack:
        folder, manifest = Path("pack"), {"helpers": {"aligner": {}}}

    finder(CropSquare(70, 50, 80, 0.1), is_profile=True)
    command._face(Pack(), photo, photo_pixels(), 1)
    assert "turned far" in capsys.readouterr().out


def test_a_large_photo_is_searched_smaller():
    large = np.zeros((400, 2560, 3), np.uint8)
    small, scale = searchable(large)
    assert small.shape == (200, 1280, 3)
    assert unshrunk(CropSquare(100, 50, 20, 0.2), scale) == CropSquare(200, 100, 40, 0.2)
    assert searchable(small)[1] == 1
