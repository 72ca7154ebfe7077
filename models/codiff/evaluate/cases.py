"""What an evaluation asks for: true masks of val photos, and descriptions of the same photos."""

import itertools
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch

from codiff import captions
from codiff.captions import Caption, Facts
from codiff.data import Faces
from codiff.errors import UsageError
from codiff.masks import shrink
from codiff.sample import seed_of
from codiff.train.augment import sketched, smoothed

SKETCH_SIZE = 128  # pixels; what is drawn at random was made for masks of this size


@dataclass(frozen=True)
class Case:
    """A picture to make: `name` is ID-ROUND, `mask` (256, 256) uint8 the photo's true one."""

    name: str
    photo: str
    mask: np.ndarray
    caption: Caption


def val_ids(faces: Faces) -> list[str]:
    """The val photos of the shards that are there, in order."""
    return sorted(name for shard in faces.shards for name in faces.ids(shard) if faces.split(name) == "val")


def known_facts(faces: Faces, ids: list[str]) -> dict[str, Facts]:
    """What the labels, and true masks where there are any, tell about photos."""
    appearance, age = faces.table("appearance"), faces.table("age")
    return {i: captions.facts(faces.rows[i], appearance.get(i), age.get(i), faces.masks.get(i)) for i in ids}


def cases(faces: Faces, facts: Mapping[str, Facts], count: int) -> list[Case]:
    """The first `count` cases, the same for every pack and seed: each photo once, then each again with another description."""
    with_masks = [i for i in val_ids(faces) if i in faces.masks]
    if not with_masks:
        raise UsageError(f"{faces.root} has no val photo with a true mask: give a data set that has (see `codiff prepare`)")
    rounds = ((k, i) for k in itertools.count() for i in with_masks)
    return [_case(faces, facts, i, k) for k, i in itertools.islice(rounds, count)]


def _case(faces: Faces, facts: Mapping[str, Facts], photo: str, number: int) -> Case:
    rng = np.random.default_rng([number, zlib.crc32(photo.encode())])
    return Case(f"{photo}-{number}", photo, faces.masks[photo], captions.write(facts[photo], rng))


def sketch(case: Case) -> np.ndarray:
    """The case's mask, (256, 256) uint8, as someone draws it who has never learned to; always the same one."""
    small = torch.from_numpy(shrink(case.mask, SKETCH_SIZE))[None]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed_of(case.name, 0))
        drawn = sketched(smoothed(small))[0].numpy()
    return shrink(drawn, len(case.mask))
