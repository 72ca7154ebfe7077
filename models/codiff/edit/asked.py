"""What `inversions` asks of a face: other hair by words, glasses by the mask."""

import re
from dataclasses import dataclass

import numpy as np

from codiff.colour import HAIR
from codiff.edit.describe import SOME_GLASSES
from codiff.edit.face import Side
from codiff.facts import HAIR_COLOURS, SOME_HAIR
from codiff.masks import KEYS

Array = np.ndarray

# Glasses as the true masks of 3,000 photos show them, in distances between the eyes: half axes of a lens, half height of the
# bridge. Eyes and brows lie over them there.
LENS, BRIDGE = (0.42, 0.3), 0.04
GLASSES, EYES, OVER_GLASSES = KEYS.index("eye_g"), ("l_eye", "r_eye"), ("l_eye", "r_eye", "l_brow", "r_brow")


@dataclass(frozen=True)
class Edit:
    """What is asked for; `lighter` is 1 or −1 for hair that shall be blond or black, 0 for another edit."""

    target: Side
    lighter: int


def recoloured(words: str) -> str:
    """A description with blond hair, or black where it was blond."""
    colours = "|".join(HAIR_COLOURS.values())
    other = "black" if re.search(r"\bblond hair\b", words) else "blond"
    return re.sub(rf"\b(?:(?:{colours}) )?hair\b", f"{other} hair", words)


def with_glasses(mask: Array) -> Array:
    """A mask (S, S) that shows both eyes, with glasses: two lenses and a bridge, along the line between the eyes."""
    left, right = sorted((np.argwhere(mask == KEYS.index(key)).mean(0)[::-1] for key in EYES), key=lambda place: place[0])
    apart = np.linalg.norm(right - left)
    along = (right - left) / apart
    rows, columns = np.indices(mask.shape)
    from_middle = np.stack([columns, rows], -1) - (left + right) / 2
    x, y = from_middle @ along / apart, from_middle @ np.array([-along[1], along[0]]) / apart
    glasses = (np.abs(x) < 0.5) & (np.abs(y) < BRIDGE)
    for centre in (-0.5, 0.5):
        glasses |= ((x - centre) / LENS[0]) ** 2 + (y / LENS[1]) ** 2 < 1
    return np.where(glasses & ~np.isin(mask, [KEYS.index(key) for key in OVER_GLASSES]), GLASSES, mask).astype(np.uint8)


def editable(source: Side) -> bool:
    """Whether a face can be asked for other hair and for glasses: its hair and both eyes show, and it wears none."""
    shown = all((source.mask == KEYS.index(key)).any() for key in EYES)
    hair = (source.mask == HAIR).mean() >= SOME_HAIR and recoloured(source.words) != source.words
    worn = (source.mask == GLASSES).mean() >= SOME_GLASSES or "glasses" in source.words
    return shown and hair and not worn


def edits_of(source: Side) -> dict[str, Edit]:
    """By words, another colour of the hair; by the mask, glasses."""
    words = recoloured(source.words)
    return {
        "hair colour (words)": Edit(Side(source.mask, words), 1 if "blond hair" in words else -1),
        "glasses (mask)": Edit(Side(with_glasses(source.mask), source.words), 0),
    }
