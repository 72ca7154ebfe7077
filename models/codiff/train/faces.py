"""What the diffusion stages train on: face latents, masks and captions of every cached photo, held on the training device."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from codiff.cache import FORMS, cached, latent_path
from codiff.colour import cached_colours
from codiff.data import Faces
from codiff.facts import facts, rarity
from codiff.masks import one_hot
from codiff.moved import STILL, is_moved, moved_masks, moves
from codiff.nets import BottleneckEncoder
from codiff.parse import mask_path
from codiff.train.augment import hand_drawn
from codiff.train.loop import Options
from codiff.train.weights import load_stage

# Of all draws. A person's mask is clean, as true ones are; a parser's frays where the photo is dark, and that gives light away:
# of parsed masks alone the model learns that a clean outline means a bright background.
# No more than that, for there are few, which the model learns by heart.
TRUE_SHARE = 1 / 3
MOVED_SHARE = 1 / 3  # of all draws: most masks to come are drawn, and nobody draws a face just where the photos have it


@dataclass
class TrainingFaces:
    """Row i: photo `ids[photo[i]]`, mirrored or not, moved as `where[i]` (2, 3) says (`moved`). `latents` (R, C, 16, 16)
    float16; `masks` (N, 128, 128) uint8 or None; `odds` (R,): how often a row is drawn, against the others. `smooth`: half of
    the masks come as if drawn by hand."""

    ids: list[str]
    photo: Tensor
    mirrored: Tensor
    where: Tensor
    latents: Tensor
    masks: Tensor | None
    odds: Tensor
    smooth: bool

    def draw(self, batch: int) -> Tensor:
        """Random rows (batch,)."""
        return torch.multinomial(self.odds, batch, replacement=True)

    def unmoved(self, pick: Tensor) -> Tensor:
        """The same rows, but of photos as they are in place of moved ones."""
        return torch.where(self._moved[pick], self._plain[self.photo[pick]], pick)

    @cached_property
    def _moved(self) -> Tensor:
        """Which rows are moved, (R,) bool."""
        return is_moved(self.where)

    @cached_property
    def _plain(self) -> Tensor:
        """The row of each photo that is neither mirrored nor moved, (N,)."""
        rows = (~self._moved & ~self.mirrored).nonzero()[:, 0]
        return torch.zeros(len(self.ids), dtype=torch.long, device=rows.device).scatter(0, self.photo[rows], rows)

    def one_hot(self, pick: Tensor) -> Tensor:
        """Masks of the rows, mirrored and moved with them, as (batch, 19, 128, 128) float32."""
        mask = moved_masks(self.masks[self.photo[pick]], self.mirrored[pick], self.where[pick])
        return one_hot(hand_drawn(mask) if self.smooth else mask)


def load(options: Options, with_masks: bool, split: str = "train") -> TrainingFaces:
    """Every photo of a split whose TAEF2 latent is cached, through the trained bottleneck."""
    if options.smoke:
        return _made_up(options)
    faces, device = Faces(options.data), torch.device(options.device)
    bottleneck = BottleneckEncoder(options.config["latent_channels"])
    load_stage(options, "codec", {"encoder": bottleneck})
    bottleneck = bottleneck.to(device, memory_format=torch.channels_last).eval()
    ids: list[str] = []
    photo, mirrored, where, latents, masks = [], [], [], [], []
    for shard in faces.shards:
        if not latent_path(options.cache, shard).exists():
            continue
        if with_masks and not mask_path(options.cache, shard).exists():
            continue
        names = faces.ids(shard)
        keep = np.array([i for i, name in enumerate(names) if faces.split(name) == split], int)
        for form in (None, *FORMS):
            path = latent_path(options.cache, shard, form)
            if path.exists():
                stored = np.load(path, mmap_mode="r")
                there = np.flatnonzero(cached(stored)[keep])
                latents.append(_encode(bottleneck, stored[keep[there]], device))
                photo.append(torch.from_numpy(there) + len(ids))
                how = _form(form, [names[i] for i in keep[there]])
                mirrored.append(how[0])
                where.append(how[1])
        if with_masks:
            masks.append(torch.from_numpy(np.load(mask_path(options.cache, shard))[keep]))
        ids += [names[i] for i in keep]
    if not ids:
        raise FileNotFoundError(
            f"no cached latents (and masks) in {options.cache}: run `codiff cache` and `codiff parse` first"
        )
    print(f"{split}: {len(ids)} photos, {sum(map(len, latents))} latents", flush=True)
    rows = torch.cat(photo)
    places = torch.cat(where)
    odds = with_share(_odds(faces, options.cache, ids)[rows], is_moved(places), MOVED_SHARE)
    if with_masks:
        odds = with_share(odds, torch.tensor([faces.has_mask(name) for name in ids])[rows], TRUE_SHARE)
    return TrainingFaces(
        ids,
        rows.to(device),
        torch.cat(mirrored).to(device),
        places.to(device),
        torch.cat(latents).to(device),
        torch.cat(masks).to(device) if with_masks else None,
        odds.to(device),
        smooth=split == "train",
    )


def _form(form: str | None, names: list[str]) -> tuple[Tensor, Tensor]:
    """Whether the photos are mirrored in this form (N,) bool, and how they are moved (N, 2, 3)."""
    if form == "moved":
        return moves(names)
    return torch.full((len(names),), form == "mirror"), STILL.repeat(len(names), 1, 1)


def _odds(faces: Faces, cache: Path, ids: list[str]) -> Tensor:
    appearance, age, colours = faces.table("appearance"), faces.table("age"), cached_colours(faces, cache)
    known = [facts(faces.rows[i], appearance.get(i), age.get(i), measured=colours.get(i)) for i in ids]
    return torch.from_numpy(rarity(known)).float()


def with_share(odds: Tensor, favoured: Tensor, share: float) -> Tensor:
    """Odds (R,) at which the `favoured` rows, (R,) bool, are drawn that often together; as they were where all or none are."""
    theirs = odds[favoured].sum() / odds.sum()
    return odds if theirs in (0, 1) else torch.where(favoured, odds * share / theirs, odds * (1 - share) / (1 - theirs))


@torch.inference_mode()
def _encode(bottleneck: BottleneckEncoder, latents: np.ndarray, device: torch.device) -> Tensor:
    parts = torch.from_numpy(latents).split(128)
    return torch.cat(
        [bottleneck(part.to(device).float().contiguous(memory_format=torch.channels_last)).half() for part in parts]
    )


def _made_up(options: Options) -> TrainingFaces:
    n, generator, device = 16, torch.Generator().manual_seed(0), torch.device(options.device)
    latents = torch.randn(n, options.config["latent_channels"], 16, 16, generator=generator).half()
    masks = torch.randint(0, 19, (n, 128, 128), generator=generator, dtype=torch.uint8)
    photo, mirrored = torch.arange(n, device=device), torch.zeros(n, dtype=torch.bool, device=device)
    where, odds = STILL.repeat(n, 1, 1).to(device), torch.ones(n, device=device)
    return TrainingFaces(
        [f"{i:05d}" for i in range(n)], photo, mirrored, where, latents.to(device), masks.to(device), odds, smooth=True
    )
