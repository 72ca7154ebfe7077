"""From PyTorch modules and a manifest without files to a pack."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from onnx import ModelProto
from torch import Tensor, nn

from codiff import graph, pack, schedule
from codiff.quantize import quantize

LABELS = {"mask": "Mask", "text": "Description"}
# Of a collaborator, in a manifest only where a config has them.
OPTIONAL_RULES = ("edit_guidance", "guidance_from", "guidance_by_class", "guidance_on_contours", "alone")
# File keys of what q8 and q4 leave in half precision: every pixel comes through it, and its 8 bits alone would cost more
# likeness to photos than those of all other networks together (model card, "Profiles").
IN_HALF = ("codec_decoder",)
Others = Mapping[str, tuple[str, bytes]]


def graphs(manifest: pack.Manifest, modules: Mapping[str, nn.Module]) -> dict[str, ModelProto]:
    """The float32 graph of every module, by its file key in the manifest, whose shapes the manifest's other fields fix."""
    return {
        key: graph.export(modules[key], inputs, output)
        for key, (inputs, output) in _signatures(manifest, modules).items()
        if key in modules
    }


def _signatures(manifest: pack.Manifest, modules: Mapping[str, nn.Module]) -> dict[str, tuple[dict[str, Tensor], str]]:
    """Example inputs by name and the output's name for every network that a manifest can name, by file key."""
    x = torch.zeros(1, *manifest["latent"]["shape"])
    size, codec, encoder = manifest["image_size"], manifest["codec"], manifest.get("text_encoder")
    picture = torch.zeros(1, 3, size, size)
    out: dict[str, tuple[dict[str, Tensor], str]] = {
        codec["decoder"]: ({"latent": x}, "image"),
        codec["preview"]: ({"latent": x}, "image"),
    }
    if "encoder" in codec:
        out[codec["encoder"]] = ({"image": picture}, "latent")
    for reader in pack.readers(manifest):
        out[reader["network"]] = ({"image": torch.zeros(1, 3, reader["size"], reader["size"])}, "logits")
    feeds = {}
    if encoder is not None:
        ids = torch.zeros(1, encoder["length"], dtype=torch.int32)
        attention = torch.ones(1, encoder["length"])
        out[encoder["network"]] = ({"input_ids": ids, "attention_mask": attention}, "embeddings")
        feeds["tokens"] = {"embeddings": torch.zeros(1, encoder["length"], encoder["width"]), "attention_mask": attention}
    for collaborator in manifest["collaborators"]:
        condition = collaborator["condition"]
        if condition["kind"] == "class_mask":
            feeds["class_mask"] = {"one_hot": torch.zeros(1, condition["classes"], condition["size"], condition["size"])}
        inputs = feeds[condition["kind"]]
        out[collaborator["encoder"]] = (inputs, "condition")
        with torch.inference_mode():
            encoded = modules[collaborator["encoder"]].eval()(*inputs.values())
        step = {"x": x, "timestep": torch.zeros(1), "condition": encoded}
        out[collaborator["denoiser"]] = (step, "prediction")
        if "influence" in collaborator:
            out[collaborator["influence"]] = (step, "logits")
    return out


def write(
    folder: Path, manifest: pack.Manifest, models: Mapping[str, ModelProto], profile: str, others: Others
) -> pack.Manifest:
    """Write a pack of the graphs in a profile and of `others` (path and bytes by key)."""
    return pack.write(folder, manifest, files(models, profile, others))


def files(models: Mapping[str, ModelProto], profile: str, others: Others) -> dict[str, tuple[str, bytes]]:
    """Path and bytes by key of the graphs in a profile and of `others`."""
    out = {}
    for key, model in models.items():
        own = "fp16" if key in IN_HALF and profile in ("q8", "q4") else profile
        out[key] = (f"{key}.onnx", quantize(model, own).SerializeToString())
    return out | dict(others)


def collaborator(identifier: str, condition: dict[str, Any], rule: Mapping[str, Any]) -> dict[str, Any]:
    """A collaborator's entry in a manifest; `rule` has how it is guided and what it may say."""
    entry = {
        "id": identifier,
        "label": LABELS[identifier],
        "condition": condition,
        "encoder": f"{identifier}_condition",
        "denoiser": f"{identifier}_denoiser",
        "influence": f"{identifier}_influence",
        "guidance": rule.get("guidance", 1.0),
        "influence_schedule": rule.get("influence_schedule", "none"),
        "influence_scale": rule.get("influence_scale", 1.0),
    }
    return entry | {key: rule[key] for key in OPTIONAL_RULES if key in rule}


def alphas(shift: float, steps: int = 1000) -> list[float]:
    """ᾱ for a manifest: nine digits, far beyond what float32 networks notice."""
    return [float(f"{a:.9g}") for a in schedule.alphas_cumprod(shift, steps)]
