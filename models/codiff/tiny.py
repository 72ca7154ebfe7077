"""The tiny pack: every part of a real one with seeded random weights, for tests of both languages."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import nn

from codiff import build, labels, pack
from codiff.layers import conv
from codiff.nets import CLASSES, MaskEncoder, Preview, TextCondition, UNet
from codiff.readers import Parser
from codiff.text import TextConfig, TextEncoder

SEED = 20260101
CHANNELS, SIDE, IMAGE = 4, 8, 64
MASK_SIZE, MASK_WIDTH, TEXT_WIDTH = 64, 8, 16
STEPS = 100  # T
LENGTH = 24
DENOISER = {"width": 8, "mults": (1, 4), "blocks": 1, "attention": (False, True)}
INFLUENCE = {"width": 8, "mults": (1,), "blocks": 1, "attention": (False,)}
PARSER_WIDTHS = (8, 8, 8, 8)
WORDS = "a an this in of with and is has he she her his man woman smiling thirties long short blond hair beard medium length"
PIECES = "##s ##ing ##ed ##ly"
GAIN = 0.8  # of the random weights: below 1, so that the small differences between devices don't grow
LOUD = 2.5  # of the mask encoder, whose input is mostly zeros


def tokenizer_json() -> str:
    """A WordPiece tokenizer of the published one's kind: few words, single letters for the rest."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokens = [*special, *WORDS.split(), *PIECES.split(), *letters, *(f"##{c}" for c in letters), *".,'-!?"]
    vocabulary = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
    plain = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    added = [{"id": vocabulary[t], "content": t, "special": True, **plain} for t in special]
    single = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    single.append({"SpecialToken": {"id": "[SEP]", "type_id": 0}})
    data = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": single,
            "pair": [*single, {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {t: {"id": t, "ids": [vocabulary[t]], "tokens": [t]} for t in ("[CLS]", "[SEP]")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": vocabulary,
        },
    }
    return json.dumps(data, ensure_ascii=False)


class TinyEncoder(nn.Module):
    """Picture (N, 3, 64, 64) → latent (N, 4, 8, 8)."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(conv(3, 8, 2), nn.SiLU(), conv(8, 16, 2), nn.SiLU(), conv(16, CHANNELS, 2))

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.net(image)


class TinyAttributes(nn.Module):
    """Picture (N, 3, 64, 64) → labels (N, 77) as the attribute net gives them; years near 35."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(conv(3, 8, 2), nn.SiLU(), conv(8, 8, 2), nn.SiLU(), nn.AvgPool2d(8))
        self.head = nn.Linear(32, labels.WIDTH)
        self.register_buffer("prior", torch.tensor([0.0] * (labels.WIDTH - 1) + [35.0]))

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        logits = self.head(self.net(image).reshape(-1, self.head.in_features))
        return torch.cat([logits[:, :-1], 10 * logits[:, -1:]], 1) + self.prior


def modules() -> dict[str, nn.Module]:
    """The networks by file key; the same weights every time."""
    torch.manual_seed(SEED)
    vocabulary = len(json.loads(tokenizer_json())["model"]["vocab"])
    text = TextConfig(vocabulary, width=32, inner=64, layers=1, heads=2, length=LENGTH)
    out: dict[str, nn.Module] = {
        "text_encoder": TextEncoder(text),
        "mask_condition": MaskEncoder(MASK_WIDTH),
        "text_condition": TextCondition(text.width, TEXT_WIDTH),
        "codec_encoder": TinyEncoder(),
        "codec_decoder": Preview(CHANNELS, 16),
        "codec_preview": Preview(CHANNELS, 16),
        "parser": Parser(PARSER_WIDTHS),
    }
    for name, width in (("mask", MASK_WIDTH), ("text", TEXT_WIDTH)):
        condition = {"condition": name, "condition_width": width}
        out[f"{name}_denoiser"] = UNet(CHANNELS, CHANNELS, **DENOISER, **condition)
        out[f"{name}_influence"] = UNet(CHANNELS, 1, **INFLUENCE, **condition)
    _settle(out)
    out["attributes"] = TinyAttributes()  # after the others are settled, whose numbers the golden runs pin
    _settle({"attributes": out["attributes"]})
    return out


def _settle(networks: Mapping[str, nn.Module]) -> None:
    for name, module in networks.items():
        _randomize(module, LOUD if name == "mask_condition" else GAIN)
        module.eval().requires_grad_(False)


def _randomize(module: nn.Module, gain: float) -> None:
    """Random weights everywhere, also where training starts from zero, sized so that signals keep their variance."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if parameter.dim() >= 2:
                fan_in = parameter[0].numel()
                table = name in ("words.weight", "positions")
                parameter.normal_(0, 0.5 if table else gain / math.sqrt(fan_in))
            elif name.endswith("weight"):
                parameter.normal_(1, 0.1)
            else:
                parameter.normal_(0, 0.1)


def manifest() -> pack.Manifest:
    """Guidance, schedules and scales are set so that a run passes through every rule of the contract."""
    mask = {"kind": "class_mask", "size": MASK_SIZE, "classes": CLASSES}
    background, hair = {"class": 0, "factor": 0}, {"class": 13, "factor": 1.5}
    mask_rule = {
        "guidance": 1.25,
        "guidance_by_class": [background],
        "guidance_on_contours": 0.5,
        "influence_schedule": "cosine",
        "influence_scale": 2.0,
    }
    text_rule = {
        "guidance": 1.5,
        "edit_guidance": 1.25,
        "guidance_from": 40,
        "guidance_by_class": [background, hair],
        "alone": {"guidance": 2.0},
    }
    return {
        "format": 1,
        "id": "tiny",
        "title": "Tiny pack of random weights",
        "description": "For tests only: random weights, pictures are noise.",
        "licence": "Apache-2.0",
        "image_size": IMAGE,
        "latent": {"shape": [CHANNELS, SIDE, SIDE], "clip": 2.0},
        "schedule": {"alphas_cumprod": build.alphas(1.0, STEPS), "prediction": "v"},
        "text_encoder": {"network": "text_encoder", "length": LENGTH, "width": 32, "tokenizer": "tokenizer"},
        "collaborators": [
            build.collaborator("mask", mask, mask_rule),
            build.collaborator("text", {"kind": "tokens"}, text_rule),
        ],
        "codec": {"encoder": "codec_encoder", "decoder": "codec_decoder", "preview": "codec_preview", "preview_size": IMAGE},
        "helpers": {name: {"network": name, "size": IMAGE} for name in ("parser", "attributes")},
        "defaults": {"steps": 5, "edit_steps": 6, "eta": 0.0, "sampler": "unipc"},
    }


def write(folder: Path, profile: str = "q8") -> pack.Manifest:
    """Write the tiny pack."""
    about = manifest()
    others = {"tokenizer": ("tokenizer.json", tokenizer_json().encode())}
    return build.write(folder, about, build.graphs(about, modules()), profile, others)
