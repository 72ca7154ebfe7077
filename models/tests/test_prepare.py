"""Both layouts in miniature become data sets that `Faces` reads."""

import csv
import io
import tarfile

import numpy as np
import pytest
from conftest import drawn_mask, drawn_photo
from PIL import Image

from codiff import labels, prepare
from codiff.cli import main
from codiff.colour import cached_colours, measure
from codiff.data import Faces
from codiff.evaluate.cases import known_facts
from codiff.facts import Facts
from codiff.labels import ATTRIBUTES
from codiff.masks import KEYS, shrink
from codiff.parse import cached_masks, parse_shards
from codiff.readers import Parser

NUMBERS = (0, 7, 1999, 2000, 29999)


def save(path, array, **options) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(path, **options)


def smooth(size: int) -> np.ndarray:
    """A photo that survives resizing and compression, (size, size, 3) uint8."""
    ramp = np.linspace(30, 220, size)
    return np.stack([np.broadcast_to(a, (size, size)) for a in (ramp, ramp[:, None], ramp[::-1])], 2).astype(np.uint8)


@pytest.fixture
def authors(tmp_path):
    """The authors' folders: five photos, four with masks; 29999's classes overlap."""
    root = tmp_path / "CelebAMask-HQ"
    for number in NUMBERS:
        save(root / "CelebA-HQ-img" / f"{number}.jpg", smooth(512), quality=95)
    for number in NUMBERS[:4]:
        mask = drawn_mask(number, 512)
        for index in np.unique(mask)[1:]:
            part = np.repeat((mask == index)[..., None] * np.uint8(255), 3, 2)
            save(root / "CelebAMask-HQ-mask-anno" / str(number // 2000) / f"{number:05d}_{KEYS[index]}.png", part)
    names = list(reversed(ATTRIBUTES))
    lines = [f"{n}.jpg  " + "  ".join("1" if (n + i) % 3 == 0 else "-1" for i in range(40)) for n in (*NUMBERS, 12345)]
    (root / "CelebAMask-HQ-attribute-anno.txt").write_text("\n".join([str(len(lines)), " ".join(names), *lines]) + "\n")
    return root


def test_the_authors_folders(authors, tmp_path, capsys):
    out = tmp_path / "data"
    main(["prepare", "--celebamask-hq", str(authors), "--out", str(out)])
    assert "5 photos, 1 of them val, 4 with masks" in capsys.readouterr().out
    faces = Faces(out)
    assert list(faces.rows) == ["00000", "00007", "01999", "02000", "29999"]
    assert faces.shards == [0]
    ids, photos = faces.photos(0)
    assert ids == list(faces.rows)
    assert np.abs(photos[0].astype(int) - smooth(256)).mean() < 3
    assert sorted(faces.masks) == ["00000", "00007", "01999", "02000"]
    for name, mask in faces.masks.items():
        np.testing.assert_array_equal(mask, shrink(drawn_mask(int(name), 512), 256))
    assert [row["has_mask"] for row in faces.rows.values()] == ["1", "1", "1", "1", "0"]
    assert faces.rows["00007"][ATTRIBUTES[-1]] == "0"
    assert faces.rows["02000"][ATTRIBUTES[-2]] == "1"  # (2000 + 1) % 3 == 0, and the file's order is another
    assert known_facts(faces, ids)["00000"].hair_length is not None


def test_parse_keeps_true_masks_and_measures_the_colours_of_every_photo(authors, tmp_path):
    out, cache = tmp_path / "data", tmp_path / "cache"
    main(["prepare", "--celebamask-hq", str(authors), "--out", str(out)])
    faces = Faces(out)
    cache.mkdir()
    parse_shards(faces, Parser(), cache, [0])
    masks, colours = cached_masks(faces, cache), cached_colours(faces, cache)
    assert list(colours) == list(masks) == list(faces.rows)
    np.testing.assert_array_equal(masks["00007"], shrink(faces.masks["00007"], 128))
    measured = measure(faces.photos(0)[1][1], faces.masks["00007"])
    np.testing.assert_allclose(colours["00007"][:2], measured[:2], atol=8)


def test_where_classes_overlap_the_later_one_wins(authors):
    """As in g_mask.py: hair over skin, glasses over an eye's skin but under the eye itself."""
    folder = authors / "CelebAMask-HQ-mask-anno" / "14"
    for key, left in (("hair", 256), ("skin", 0), ("eye_g", 128), ("l_eye", 300)):
        part = np.zeros((512, 512), np.uint8)
        part[:, left : left + 256] = 255
        save(folder / f"29999_{key}.png", part)
    mask = prepare.CelebAMaskHQ(authors).mask("29999")
    assert mask.shape == (256, 256)
    assert [KEYS[mask[100, x]] for x in (10, 100, 140, 200)] == ["skin", "eye_g", "hair", "hair"]


def test_the_same_split_every_time_and_fair_shards(monkeypatch):
    monkeypatch.setattr(prepare, "SHARD", 100)
    ids = [f"{i:05d}" for i in range(1000)]
    shard, val = prepare.divide(ids)
    assert prepare.divide(ids) == (shard, val)
    assert len(val) == 50
    counts = np.bincount(list(shard.values()))
    assert counts.tolist() == [100] * 10
    assert all(400 < np.mean([int(i) for i in ids if shard[i] == s]) < 600 for s in range(10))
    assert len({shard[i] for i in val}) > 5


@pytest.fixture
def own(tmp_path):
    """Three photos of one's own, one with a mask, two with attributes."""
    root = tmp_path / "own"
    for name, size in (("anna.jpg", 300), ("ben.PNG", 256), ("c 3.webp", 512)):
        save(root / name, smooth(size))
    save(root / "masks" / "anna.png", drawn_mask(3, 512))
    with (root / "attributes.csv").open("w") as file:
        table = csv.writer(file)
        table.writerow(["id", *ATTRIBUTES])
        table.writerow(["anna", *(int(name in ("Smiling", "Young")) for name in ATTRIBUTES)])
        table.writerow(["ben", *(int(name == "Male") for name in ATTRIBUTES)])
    return root


def test_photos_of_ones_own(own, tmp_path):
    out = tmp_path / "data"
    main(["prepare", "--photos", str(own), "--out", str(out)])
    faces = Faces(out)
    assert faces.ids(0) == ["anna", "ben", "c 3"]
    assert {row["split"] for row in faces.rows.values()} == {"train", "val"}
    np.testing.assert_array_equal(faces.masks["anna"], shrink(drawn_mask(3, 512), 256))
    known = known_facts(faces, ["anna", "ben", "c 3"])
    assert (known["anna"].man, known["anna"].smile, known["anna"].hair_length) == (False, "smile", "short")
    assert known["ben"].man is True
    assert known["c 3"] == Facts()  # nobody has looked
    assert (labels.read(faces, ["c 3"]).attributes == labels.UNKNOWN).all()


def fails(capsys, *arguments) -> str:
    with pytest.raises(SystemExit) as stop:
        main(["prepare", *map(str, arguments)])
    assert stop.value.code == 2
    return capsys.readouterr().err


def test_bad_photos_of_ones_own(own, tmp_path, capsys):
    def call() -> str:
        return fails(capsys, "--photos", own, "--out", tmp_path / "data")

    save(own / "ben.PNG", smooth(300)[:280])
    assert "ben.PNG is 300×280: photos must be square" in call()
    save(own / "ben.PNG", smooth(128))
    assert "at least 256 px" in call()
    (own / "ben.PNG").write_bytes(b"no picture")
    assert "ben.PNG is not a picture" in call()
    save(own / "ben.PNG", smooth(256))
    save(own / "masks" / "anna.png", drawn_photo(drawn_mask(0)))
    assert "anna.png has colours" in call()
    save(own / "masks" / "anna.png", drawn_mask(0, 512)[:300])
    assert "anna.png is 512×300: masks must be square" in call()
    save(own / "masks" / "anna.png", drawn_mask(0) + 19)
    assert "classes go from 0 to 18" in call()
    (own / "masks" / "anna.png").unlink()
    save(own / "masks" / "zoe.png", drawn_mask(0))
    assert "zoe.png has no photo of the same name" in call()
    (own / "masks" / "zoe.png").unlink()
    table = (own / "attributes.csv").read_text()
    (own / "attributes.csv").write_text(table.replace("ben", "zoe"))
    assert "attributes.csv names zoe" in call()
    (own / "attributes.csv").write_text("id,Male\nanna,1\n")
    assert "attributes.csv line 2 needs an id and 0 or 1" in call()
    save(own / "anna.png", smooth(256))
    assert "have the same name" in call()
    assert not (tmp_path / "data" / "attributes.csv").exists()


def test_bad_authors_folders(authors, tmp_path, capsys):
    def call() -> str:
        return fails(capsys, "--celebamask-hq", authors, "--out", tmp_path / "data")

    table = authors / "CelebAMask-HQ-attribute-anno.txt"
    lines = table.read_text().splitlines()
    table.write_text("\n".join([*lines[:3], "7.jpg 1 1"]))
    assert "line 4 is not a photo's name and 40 values" in call()
    table.write_text("\n".join(lines[:3]))
    assert "no line for 7.jpg" in call()
    table.write_text("2\nMale Young\n")
    assert "must name CelebA's 40 attributes" in call()
    table.unlink()
    assert "attribute-anno.txt is missing" in call()
    assert "not allowed with" in fails(capsys, "--celebamask-hq", authors, "--photos", authors, "--out", tmp_path)


def test_a_prepared_folder_is_not_overwritten(own, tmp_path, capsys):
    out = tmp_path / "data"
    main(["prepare", "--photos", str(own), "--out", str(out)])
    assert "holds a prepared data set already" in fails(capsys, "--photos", own, "--out", out)
    assert "only 0 photos" in fails(capsys, "--photos", out.parent, "--out", tmp_path / "more")


def test_shards_are_the_same_bytes_again(own, tmp_path):
    for name in ("a", "b"):
        main(["prepare", "--photos", str(own), "--out", str(tmp_path / name)])
    for file in ("images-00.tar", "masks.tar", "attributes.csv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    with tarfile.open(tmp_path / "a" / "masks.tar") as tar:
        stored = tar.extractfile("anna.png")
        assert stored is not None
        assert Image.open(io.BytesIO(stored.read())).mode == "L"
