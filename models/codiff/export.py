"""`python -m codiff export`: a pack from the checkpoints of all stages, with a report of what its profile costs."""

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnx import ModelProto
from torch import Tensor, nn

from codiff import build, captions, compare, pack, taef2, text
from codiff.build import LABELS, alphas, collaborator
from codiff.codec import FaceDecoder, FaceEncoder
from codiff.edit import networks as face_networks
from codiff.errors import UsageError
from codiff.facts import GROUPS, Facts
from codiff.masks import KEYS
from codiff.nets import CLASSES, BottleneckDecoder, BottleneckEncoder, Preview
from codiff.quantize import PROFILES, quantize
from codiff.readers import AttributeNet, Parser
from codiff.train.diffusion import condition_encoder, denoiser, influence
from codiff.train.weights import PACK_KEYS

IMAGE_SIZE = 256
LATENT_SIDE = 16
PREVIEW_SIZE = 128
NOTICE = pack.CONTRACTS.parent / "NOTICE.md"  # travels with the weights
VOCABULARY_CAPTIONS = 20_000  # captions of random facts whose tokens the pruned vocabulary keeps
OPTIONAL = ("attributes",)  # stages that a pack can do without
State = Mapping[str, Tensor]


def face_manifest(config: Mapping[str, Any]) -> pack.Manifest:
    """The manifest of a face pack, but for files and figures."""
    about = config["pack"]
    rules = about["collaborators"]
    mask = {"kind": "class_mask", "size": config["mask_size"], "classes": CLASSES}
    return {
        "format": 1,
        "id": config["id"],
        "title": config["title"],
        "description": about["description"],
        "licence": about["licence"],
        "image_size": IMAGE_SIZE,
        "latent": {"shape": [config["latent_channels"], LATENT_SIDE, LATENT_SIDE], "clip": about["clip"]},
        "schedule": {
            "alphas_cumprod": alphas(config["schedule_shift"]),
            "prediction": "v",
            **{key: about[key] for key in ("end", "shift")},
        },
        "text_encoder": {"network": "text_encoder", "length": text.LENGTH, "width": 384, "tokenizer": "tokenizer"},
        "collaborators": [
            collaborator("mask", mask, _by_index(rules["mask"])),
            collaborator("text", {"kind": "tokens"}, _by_index(rules["text"])),
        ],
        "codec": {**{part: f"codec_{part}" for part in ("encoder", "decoder", "preview")}, "preview_size": PREVIEW_SIZE},
        "helpers": {"parser": {"network": "parser", "size": IMAGE_SIZE}},
        "defaults": {key: about[key] for key in ("steps", "edit_steps", "eta", "sampler")},
    }


def _by_index(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A collaborator's rules with the classes of `guidance_by_class`, keys in a config, as a manifest has them."""
    out = dict(rule)
    if "guidance_by_class" in rule:
        out["guidance_by_class"] = [{"class": KEYS.index(k), "factor": f} for k, f in rule["guidance_by_class"].items()]
    if "alone" in rule:
        out["alone"] = _by_index(rule["alone"])
    return out


def face_modules(config: Mapping[str, Any], states: Mapping[str, State]) -> dict[str, nn.Module]:
    """The networks of a face pack by file key; `states` has the weights by file key, TAEF2's among the codec's."""
    channels = config["latent_channels"]
    modules: dict[str, nn.Module] = {
        "parser": Parser(),
        "codec_encoder": FaceEncoder(taef2.encoder(), BottleneckEncoder(channels)),
        "codec_decoder": FaceDecoder(taef2.decoder(), BottleneckDecoder(channels)),
        "codec_preview": Preview(channels),
    }
    if "attributes" in states:
        modules["attributes"] = AttributeNet()
    for name in LABELS:
        modules[f"{name}_condition"] = condition_encoder(dict(config), name)
        modules[f"{name}_denoiser"] = denoiser(dict(config), name)
        modules[f"{name}_influence"] = influence(dict(config), name)
    for key, module in modules.items():
        module.load_state_dict(states[key])
        module.eval().requires_grad_(False)
    return modules


def read_states(checkpoints: Path, taef2_weights: Path, fallback: Path | None) -> tuple[dict[str, State], dict[str, Any]]:
    """Averaged weights by file key and how each stage was trained; without a checkpoint, from the pack `fallback`."""
    states: dict[str, dict[str, Tensor]] = {}
    provenance: dict[str, Any] = {}
    for stage, networks in PACK_KEYS.items():
        path = checkpoints / f"{stage}.pt"
        if path.exists():
            saved = torch.load(path, map_location="cpu", weights_only=True)
            for net, (key, prefix) in networks.items():
                states.setdefault(key, {}).update({prefix + name: value for name, value in saved["ema"][net].items()})
            provenance[stage] = {
                "steps": saved["step"],
                "samples": saved["samples"],
                "minutes": round(saved["seconds"] / 60, 1),
            }
        elif stage == "decoder":
            continue  # the codec's own
        elif fallback is not None:
            if stage in OPTIONAL and not {key for key, _ in networks.values()} <= pack.read(fallback)["files"].keys():
                continue
            for key, _ in networks.values():
                arrays = pack.weights(fallback, key)
                states[key] = {name: torch.from_numpy(a) for name, a in arrays.items()}
            provenance[stage] = pack.read(fallback).get("provenance", {}).get("stages", {}).get(stage, "unknown")
        elif stage not in OPTIONAL:
            raise UsageError(f"{path} is missing: train that stage first, or give --pack DIR to take its weights from there")
    if taef2_weights.exists():
        for part, net in zip(("encoder", "decoder"), taef2.load(taef2_weights), strict=True):
            states[f"codec_{part}"].update({f"taef2.{name}": value for name, value in net.state_dict().items()})
    elif not any(name.startswith("taef2.") for name in states["codec_decoder"]):
        raise UsageError(f"{taef2_weights} is missing: give TAEF2's weights with --taef2, or a pack that has them with --pack")
    return states, {"stages": provenance, "commit": _commit()}


def assemble(
    config: Mapping[str, Any], checkpoints: Path, taef2_weights: Path, fallback: Path | None
) -> tuple[pack.Manifest, dict[str, ModelProto], build.Others]:
    """The manifest of a pack, its float32 graphs and its other files, from all stages' checkpoints (see `read_states`)."""
    states, provenance = read_states(checkpoints, taef2_weights, fallback)
    encoder, tokenizer = sentence_encoder(config["pack"]["vocabulary"])
    modules = {**face_modules(config, states), "text_encoder": encoder}
    manifest = {**face_manifest(config), "provenance": provenance}
    if "attributes" in states:
        manifest["helpers"]["attributes"] = {"network": "attributes", "size": IMAGE_SIZE}
    return manifest, build.graphs(manifest, modules), {"tokenizer": ("tokenizer.json", tokenizer)}


def aligner(helpers: Path | None, fallback: Path | None) -> tuple[build.Others, bytes] | None:
    """The networks that find a face, path and bytes by file key, and their notice: from the published files in `helpers`,
    else from the pack `fallback`; None where neither has them. Half precision holds the published weights exactly.
    """
    if helpers is not None:
        graphs = face_networks.load(helpers)
        files = {key: (f"{key}.onnx", quantize(model, "fp16").SerializeToString()) for key, model in graphs.items()}
        return files, face_networks.licence(helpers / "LICENSE")
    if fallback is None:
        return None
    manifest = pack.read(fallback)
    keys = manifest.get("helpers", {}).get("aligner")
    if keys is None:
        return None
    files = {name: (f"{name}.onnx", pack.read_file(fallback, manifest, key)) for name, key in keys.items()}
    return files, face_networks.licence(fallback / face_networks.LICENCE)


def read_config(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise UsageError(f"{path} is missing: give one of models/configs")
    return json.loads(path.read_text(encoding="utf-8"))


def sentence_encoder(vocabulary: int) -> tuple[nn.Module, bytes]:
    """The published encoder and its tokenizer.json with a pruned vocabulary."""
    encoder = text.TextEncoder.load()
    full = (text.model_folder() / "tokenizer.json").read_text(encoding="utf-8")
    pruned, kept = text.prune_tokenizer(full, many_captions(), vocabulary)
    encoder.words = nn.Embedding.from_pretrained(encoder.words.weight[torch.from_numpy(kept)])
    return encoder, pruned.encode()


def many_captions() -> list[str]:
    """Captions of random facts: every word that the grammar knows is among them."""
    rng = np.random.default_rng(0)
    choices: dict[str, tuple[object, ...]] = {
        "age_group": (*GROUPS, None),
        "age_coarse": ("young", "middle", "old"),
        "beard": ("none", "stubble", "moustache", "goatee", "full", "long"),
        "smile": ("none", "slight", "smile", "broad"),
        "glasses": ("none", "glasses", "sunglasses"),
        "hair_length": ("bald", "short", "medium", "long", "up"),
        "hair_colour": ("black", "brown", "blond", "red", "grey"),
        "curl": ("straight", "wavy"),
        "brows": ("bushy", "arched"),
        "nose": ("big", "pointy"),
        "skin": ("dark", "tan", None),
        "eye_colour": ("blue", "green", "brown", None),
    }
    out = []
    for _ in range(VOCABULARY_CAPTIONS):
        values = {name: choices.get(name, (True, False))[int(rng.integers(len(choices.get(name, (0, 0)))))] for name in _FIELDS}
        out.append(captions.caption(Facts(**values), rng))
    return out


_FIELDS = tuple(Facts.__dataclass_fields__)


def _commit() -> str:
    try:
        found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, required=True, help="models/configs/NAME.json")
    parser.add_argument("--checkpoints", type=Path, required=True, help="folder of parser.pt, codec.pt, mask.pt …")
    parser.add_argument("--out", type=Path, required=True, help="folder of the pack, such as public/packs/nano")
    parser.add_argument("--profile", choices=PROFILES, default="q8")
    parser.add_argument("--taef2", type=Path, default=Path("data/taef2.npz"), help="the weights of TAEF2")
    parser.add_argument("--pack", type=Path, help="take what has no checkpoint from this pack")
    parser.add_argument("--helpers", type=Path, help="folder of blazeface.onnx, facemesh.onnx and LICENSE, which find a face")


def run(args: argparse.Namespace) -> None:
    manifest, models, others = assemble(read_config(args.config), args.checkpoints, args.taef2, args.pack)
    found = aligner(args.helpers, args.pack)
    if found is not None:
        manifest["helpers"]["aligner"] = {key: key for key in found[0]}
        others = {**others, **found[0]}
    files = build.files(models, args.profile, others)
    with tempfile.TemporaryDirectory() as folder:
        exact, candidate = Path(folder) / "exact", Path(folder) / "candidate"
        build.write(exact, manifest, models, "fp32", others)
        written = pack.write(candidate, manifest, files)
        report = compare.compare(exact, candidate)
    pack.write(args.out, {**manifest, "quantization": {"profile": args.profile, **report}}, files)
    shutil.copy(NOTICE, args.out / NOTICE.name)
    if found is not None:
        (args.out / face_networks.LICENCE).write_bytes(found[1])
    sizes = {key: entry["bytes"] for key, entry in written["files"].items()}
    print(compare.table(report, sizes))
