"""Captions of the training photos through the frozen sentence encoder, embedded once."""

import numpy as np
import torch
from torch import Tensor

from codiff import captions, text
from codiff.data import Faces
from codiff.parse import cached_masks
from codiff.train.loop import Options


class CaptionBank:
    """Embeddings of several captions for every photo, packed without padding: float16 (T, E) with offsets."""

    def __init__(self, tokens: Tensor, offsets: Tensor, per_photo: int, length: int, device: torch.device) -> None:
        self.tokens, self.offsets = tokens.to(device), offsets.to(device)
        self.per_photo, self.length = per_photo, length

    def draw(self, photo: Tensor) -> tuple[Tensor, Tensor]:
        """One of the captions of each photo (N,): embeddings (N, L, E) float32 and attention mask (N, L)."""
        row = photo * self.per_photo + torch.randint(self.per_photo, photo.shape, device=photo.device)
        begin, end = self.offsets[row], self.offsets[row + 1]
        place = begin.unsqueeze(1) + torch.arange(self.length, device=photo.device)
        mask = (place < end.unsqueeze(1)).float()
        place = place.clamp(max=len(self.tokens) - 1)
        return self.tokens[place].float() * mask.unsqueeze(-1), mask


def bank(options: Options, ids: list[str], per_photo: int = 4) -> CaptionBank:
    """The captions of `ids`; embedded on first use and kept in the cache."""
    device = torch.device(options.device)
    if options.smoke:
        generator = torch.Generator().manual_seed(0)
        lengths = torch.randint(3, 20, (len(ids) * per_photo,), generator=generator)
        offsets = torch.cat([torch.zeros(1, dtype=torch.long), lengths.cumsum(0)])
        return CaptionBank(
            torch.randn(int(offsets[-1]), 384, generator=generator).half(), offsets, per_photo, text.LENGTH, device
        )
    path = options.cache / f"captions-{len(ids)}-{ids[0]}-{ids[-1]}.pt"
    if path.exists():
        tokens, offsets = torch.load(path, weights_only=True)
        return CaptionBank(tokens, offsets, per_photo, text.LENGTH, device)
    faces = Faces(options.data)
    appearance, age, masks = faces.table("appearance"), faces.table("age"), cached_masks(faces, options.cache)
    rng = np.random.default_rng(0)
    written = []
    for identifier in ids:
        known = (appearance.get(identifier), age.get(identifier), masks.get(identifier))
        facts = captions.facts(faces.rows[identifier], *known)
        written += [captions.caption(facts, rng) for _ in range(per_photo)]
    encoder = text.TextEncoder.load().to(device)
    parts, lengths = [], []
    for i in range(0, len(written), 2048):
        block = written[i : i + 2048]
        _, mask = text.tokenize(block)
        embedded = torch.as_tensor(text.embed(encoder, block))
        parts.append(embedded[torch.as_tensor(mask) > 0])
        lengths.append(torch.as_tensor(mask).sum(1).long())
    tokens = torch.cat(parts).half()
    offsets = torch.cat([torch.zeros(1, dtype=torch.long), torch.cat(lengths).cumsum(0)])
    torch.save((tokens, offsets), path)
    return CaptionBank(tokens, offsets, per_photo, text.LENGTH, device)
