"""From checkpoints to a pack and back, with a small config of the real shape."""

import json
import re
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from test_edit_align import published

from codiff import build, export, pack, tiny
from codiff.cli import main
from codiff.edit import networks
from codiff.errors import UsageError
from codiff.nets import BottleneckDecoder, BottleneckEncoder, Preview
from codiff.pipeline import Pipeline
from codiff.readers import AttributeNet, Parser
from codiff.train.diffusion import condition_encoder, denoiser, influence

SMALL = {"width": 16, "mults": [1, 2], "blocks": 1, "attention": [False, True]}
CONFIGS = Path(__file__).parents[1] / "configs"


@pytest.fixture(scope="module")
def config() -> dict:
    nano = json.loads((CONFIGS / "nano.json").read_text())
    return {**nano, "latent_channels": 8, "mask_width": 8, "text_width": 32, "denoiser": SMALL, "influence": SMALL}


@pytest.fixture(scope="module")
def checkpoints(config, tmp_path_factory) -> Path:
    """As the training stages write them, of random weights."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("checkpoints")
    stages = {
        "parser": {"parser": Parser()},
        "codec": {"encoder": BottleneckEncoder(8), "decoder": BottleneckDecoder(8)},
        "preview": {"preview": Preview(8)},
        **{name: {"denoiser": denoiser(config, name), "encoder": condition_encoder(config, name)} for name in ("mask", "text")},
        "influence": {name: influence(config, name) for name in ("mask", "text")},
    }
    for stage, nets in stages.items():
        saved = {"ema": {k: v.state_dict() for k, v in nets.items()}, "step": 10, "samples": 640, "seconds": 90.0}
        torch.save(saved, folder / f"{stage}.pt")
    return folder


def test_checkpoints_become_a_pack_and_come_back(config, checkpoints, taef2_weights, tmp_path):
    states, provenance = export.read_states(checkpoints, taef2_weights, None)
    assert provenance["stages"]["mask"] == {"steps": 10, "samples": 640, "minutes": 1.5}
    manifest = {**export.face_manifest(config), "provenance": provenance}
    del manifest["text_encoder"]  # its weights are an optional download
    manifest["collaborators"] = manifest["collaborators"][:1]
    modules = export.face_modules(config, states)
    build.write(tmp_path / "pack", manifest, build.graphs(manifest, modules), "fp32", {})
    for key in ("codec_decoder", "mask_denoiser"):
        arrays = pack.weights(tmp_path / "pack", key)
        assert arrays.keys() == states[key].keys()
        assert all(torch.equal(torch.from_numpy(arrays[name]), states[key][name]) for name in arrays)
    size = pack.read(tmp_path / "pack")["files"]["mask_denoiser"]["bytes"]
    assert size == (tmp_path / "pack" / "mask_denoiser.onnx").stat().st_size


@pytest.mark.parametrize("profile", ["q8", "q4"])
def test_pictures_are_drawn_in_half_precision_whatever_the_rest_is_stored_in(profile):
    manifest = tiny.manifest()
    models = build.graphs(manifest, tiny.modules())
    stored, half = build.files(models, profile, {}), build.files(models, "fp16", {})
    assert [key for key in models if stored[key] == half[key]] == ["codec_decoder"]
    assert build.files(models, "fp32", {})["codec_decoder"] != half["codec_decoder"]


def test_a_decoder_trained_on_replaces_the_codecs(checkpoints, taef2_weights, tmp_path):
    for path in checkpoints.iterdir():
        (tmp_path / path.name).symlink_to(path)
    before, _ = export.read_states(tmp_path, taef2_weights, None)
    later = BottleneckDecoder(8).state_dict()
    torch.save({"ema": {"decoder": later}, "step": 3, "samples": 48, "seconds": 60.0}, tmp_path / "decoder.pt")
    after, provenance = export.read_states(tmp_path, taef2_weights, None)
    assert provenance["stages"]["decoder"]["samples"] == 48
    for name, value in later.items():
        assert torch.equal(after["codec_decoder"][f"bottleneck.{name}"], value)
    assert all(torch.equal(after["codec_encoder"][k], v) for k, v in before["codec_encoder"].items())


def test_what_has_no_checkpoint_comes_from_a_pack(checkpoints, taef2_weights, tiny_pack, tmp_path):
    for name in ("codec", "mask"):
        (tmp_path / f"{name}.pt").symlink_to(checkpoints / f"{name}.pt")
    states, provenance = export.read_states(tmp_path, taef2_weights, tiny_pack)
    assert states["text_denoiser"].keys() == pack.weights(tiny_pack, "text_denoiser").keys()
    assert (provenance["stages"]["mask"]["steps"], provenance["stages"]["text"]) == (10, "unknown")


def test_an_attribute_net_is_taken_where_there_is_one(config, checkpoints, taef2_weights, blind_pack, tmp_path):
    states, provenance = export.read_states(checkpoints, taef2_weights, blind_pack)
    assert "attributes" not in states
    assert "attributes" not in provenance["stages"]
    for path in checkpoints.glob("*.pt"):
        (tmp_path / path.name).symlink_to(path)
    net = AttributeNet()
    saved = {"ema": {"attributes": net.state_dict()}, "step": 1, "samples": 1, "seconds": 1}
    torch.save(saved, tmp_path / "attributes.pt")
    states, provenance = export.read_states(tmp_path, taef2_weights, None)
    assert torch.equal(export.face_modules(config, states)["attributes"].head.weight, net.head.weight)
    assert provenance["stages"]["attributes"]["steps"] == 1


def test_the_networks_that_find_a_face_come_from_published_files_or_a_pack(exact_pack, tmp_path):
    assert export.aligner(None, None) is None
    assert export.aligner(None, exact_pack) is None
    helpers = tmp_path / "helpers"
    helpers.mkdir()
    for name, kind in (("blazeface", "detector"), ("facemesh", "mesh")):
        onnx.save(published(kind), helpers / f"{name}.onnx")
    with pytest.raises(UsageError, match="notice must travel"):
        export.aligner(helpers, None)
    (helpers / "LICENSE").write_bytes(b"MIT")
    files, notice = export.aligner(helpers, None)
    assert notice == b"MIT"
    manifest = pack.read(exact_pack)
    own = {key: (entry["path"], (exact_pack / entry["path"]).read_bytes()) for key, entry in manifest.pop("files").items()}
    manifest["helpers"]["aligner"] = {"detector": "detector", "mesh": "mesh"}
    pack.write(tmp_path / "pack", manifest, {**own, **files})
    (tmp_path / "pack" / networks.LICENCE).write_bytes(notice)
    assert export.aligner(None, tmp_path / "pack") == (files, notice)
    assert {"detector", "mesh", "parser", "attributes"} == set(pack.helper_files(pack.read(tmp_path / "pack")))
    boxes = Pipeline(tmp_path / "pack", 1, 1).run("detector", image=np.zeros((1, 3, 256, 256), np.float32))
    assert boxes.shape == (1, 896, 17)


def test_missing_weights_are_told(checkpoints, tmp_path):
    with pytest.raises(UsageError, match=r"parser\.pt is missing: train that stage first"):
        export.read_states(tmp_path, tmp_path / "none.npz", None)
    with pytest.raises(UsageError, match="with --taef2"):
        export.read_states(checkpoints, tmp_path / "none.npz", None)


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.json")), ids=lambda p: p.stem)
def test_every_config_makes_a_valid_manifest(path):
    manifest = export.face_manifest(json.loads(path.read_text()))
    keys = ["text_encoder", "tokenizer", *(k for nets in export.PACK_KEYS.values() for k, _ in nets.values())]
    entry = {"bytes": 1, "sha256": "0" * 64}
    pack.validate({**manifest, "files": {key: {"path": f"{key}.onnx", **entry} for key in keys}}, path)
    assert manifest["id"] == path.stem


def test_the_command_line(capsys, tmp_path):
    with pytest.raises(SystemExit) as stop:
        main(["export", "--config", str(tmp_path / "none.json"), "--checkpoints", str(tmp_path), "--out", str(tmp_path)])
    assert stop.value.code == 2
    assert "none.json is missing" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out
    assert all(name in listed for name in ("cache", "parse", "train", "export", "sample", "fixtures"))
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    assert "influence" in capsys.readouterr().out


def test_captions_have_every_phrase_that_the_page_offers():
    page = (CONFIGS.parents[1] / "src" / "features" / "prompt" / "phrases.ts").read_text(encoding="utf-8")
    groups = re.findall(r"phrases: \[(.*?)\]", page, re.DOTALL)
    offered = [phrase for group in groups for phrase in re.findall(r"'([^']+)'", group)]
    assert {"red hair", "blue eyes", "a tie"} <= set(offered)
    taught = "\n".join(export.many_captions()).lower()
    assert [phrase for phrase in offered if phrase not in taught] == []
