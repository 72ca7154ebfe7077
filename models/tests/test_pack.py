import json
import shutil

import numpy as np
import pytest

from codiff import pack, tiny
from codiff.pack import PackError


@pytest.fixture
def copy(tiny_pack, tmp_path):
    return shutil.copytree(tiny_pack, tmp_path / "pack")


def change(folder, edit) -> None:
    path = folder / pack.MANIFEST
    manifest = json.loads(path.read_text())
    edit(manifest)
    path.write_text(json.dumps(manifest))


def test_a_written_pack_is_read_back(tiny_pack):
    manifest = pack.read(tiny_pack)
    assert manifest["id"] == "tiny"
    assert set(manifest["files"]) == {*tiny.modules(), "tokenizer"}
    for key in manifest["files"]:
        assert len(pack.read_file(tiny_pack, manifest, key)) == manifest["files"][key]["bytes"]
    assert sum(f["bytes"] for f in manifest["files"].values()) < 640_000


def test_weights_are_dequantized(tiny_pack):
    arrays = pack.weights(tiny_pack, "mask_denoiser")
    expected = tiny.modules()["mask_denoiser"].state_dict()
    assert list(arrays) == list(expected)
    exact = expected["middle.0.res.conv1.weight"].numpy()
    assert 0 < np.abs(arrays["middle.0.res.conv1.weight"] - exact).max() < 0.02 * np.abs(exact).max()


def test_writing_again_removes_what_an_older_pack_left(copy):
    (copy / "old.onnx").write_bytes(b"old")
    tiny.write(copy)
    assert not (copy / "old.onnx").exists()
    pack.read(copy)


def test_a_missing_pack(tmp_path):
    with pytest.raises(PackError, match=r"manifest\.json is missing"):
        pack.read(tmp_path)


def test_a_manifest_that_is_not_json(copy):
    (copy / pack.MANIFEST).write_text("{")
    with pytest.raises(PackError, match="not JSON"):
        pack.read(copy)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda m: m.update(format=2), r"\$\.format"),
        (lambda m: m.pop("codec"), "codec"),
        (lambda m: m["latent"].update(shape=[4, 8]), r"\$\.latent\.shape"),
        (lambda m: m["latent"].update(clip=0), r"\$\.latent\.clip"),
        (lambda m: m["schedule"].update(alphas_cumprod=[0.5, 1.0]), "alphas_cumprod"),
        (lambda m: m["schedule"].update(prediction="x0"), "prediction"),
        (lambda m: m["collaborators"][0].update(id="both"), "collaborators"),
        (lambda m: m["collaborators"][1].update(id="mask"), "same id"),
        (lambda m: m["collaborators"][0].update(guidence=2), "guidence"),
        (lambda m: m["collaborators"][0]["condition"].update(kind="sketch"), "condition"),
        (lambda m: m["collaborators"].clear(), "collaborators"),
        (lambda m: m["files"].pop("parser"), "files.parser is missing"),
        (lambda m: m["files"]["parser"].update(path="../parser.onnx"), "path"),
        (lambda m: m["files"]["parser"].update(path="/parser.onnx"), "path"),
        (lambda m: m["files"]["parser"].update(sha256="ABC"), "sha256"),
        (lambda m: m.pop("text_encoder"), "no text_encoder"),
        (lambda m: m["collaborators"][1]["guidance_by_class"][1].update({"class": 19}), "classes that it has"),
        (lambda m: m["collaborators"][1]["guidance_by_class"][1].update(factor=-1), "guidance_by_class"),
        (lambda m: m["collaborators"][0].update(guidance_on_contours=-1), "guidance_on_contours"),
        (
            lambda m: m["collaborators"][1]["alone"].update(guidance_by_class=[{"class": 19, "factor": 0}]),
            "classes that it has",
        ),
        (lambda m: m["collaborators"][1]["alone"].update(edit_guidance=2), "edit_guidance"),
        (lambda m: m["collaborators"][0]["condition"].update(size=20), "divide its size"),
        (lambda m: m["collaborators"].pop(0), "a mask that is read"),
        (lambda m: m["schedule"].update(end=-1), r"\$\.schedule\.end"),
        (lambda m: m["schedule"].update(end=99), "more than the schedule"),
        (lambda m: m["schedule"].update(shift=0.5), r"\$\.schedule\.shift"),
        (lambda m: m["schedule"].update(shift=25), "more than the schedule"),
        (lambda m: m["defaults"].update(steps=101), "more than the schedule"),
        (lambda m: m["defaults"].update(eta=1.5), "eta"),
    ],
)
def test_a_wrong_manifest_names_the_field(copy, edit, message):
    change(copy, edit)
    with pytest.raises(PackError, match=message):
        pack.read(copy)


def test_broken_files(copy):
    manifest = pack.read(copy)
    path = copy / manifest["files"]["parser"]["path"]
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(PackError, match="is damaged"):
        pack.read_file(copy, manifest, "parser")
    path.unlink()
    with pytest.raises(PackError, match="is missing"):
        pack.read_file(copy, manifest, "parser")
    with pytest.raises(PackError, match="no file 'sketch'"):
        pack.weights(copy, "sketch")


def test_a_file_that_is_no_network(tiny_pack):
    with pytest.raises(PackError, match="not an ONNX network"):
        pack.read_network(tiny_pack, pack.read(tiny_pack), "tokenizer")
