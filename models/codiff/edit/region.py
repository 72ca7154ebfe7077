"""Where an edit may change the picture: where the masks differ, and the parts of the face that the changed words concern."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from codiff.edit.picture import dilate
from codiff.masks import KEYS
from codiff.pack import CONTRACTS

Array = np.ndarray

_TABLE = json.loads((CONTRACTS / "edit-words.json").read_text(encoding="utf-8"))
ENTRIES: list[dict[str, Any]] = _TABLE["entries"]
WHOLE: list[str] = _TABLE["whole"]
NO_HEAD = ("background", "cloth")
REACH = 1 / 32  # of the picture's side: how far an edit goes beyond where the masks differ


def automatic(masks: tuple[Array, Array], descriptions: tuple[str, str]) -> Array:
    """(S, S) bool from the masks (S, S) before and after, and the descriptions before and after."""
    reach = len(masks[0]) * REACH
    return dilate(masks[0] != masks[1], reach) | by_words(masks, changed_words(*descriptions))


def by_words(masks: tuple[Array, Array], changed: Sequence[str]) -> Array:
    """(S, S) bool: the parts that the words concern; the whole head where they say no better."""
    size = len(masks[0])
    out = np.zeros_like(masks[0], bool)
    for entry in ENTRIES:
        if begins(changed, entry["words"]) and not begins(changed, entry.get("unless", [])):
            out |= dilate(_part(masks[0], entry) | _part(masks[1], entry), entry["dilate"] * size)
    if changed and (not out.any() or begins(changed, WHOLE)):
        out |= whole_head(masks)
    return out


def whole_head(masks: tuple[Array, Array]) -> Array:
    """(S, S) bool: all but background and clothes, in either mask."""
    outside = [KEYS.index(key) for key in NO_HEAD]
    head = [~np.isin(mask, outside) for mask in masks]
    return dilate(head[0] | head[1], len(masks[0]) * REACH)


def changed_words(before: str, after: str) -> list[str]:
    """Words that only one description has, or has more often."""
    old, new = (Counter(re.findall(r"[^\W_]+", text.lower())) for text in (before, after))
    return sorted(((old - new) + (new - old)).elements())


def begins(words: Sequence[str], prefixes: Sequence[str]) -> bool:
    """Whether any of the words begins with any of the prefixes."""
    return any(word.startswith(tuple(prefixes)) for word in words)


def _part(mask: Array, entry: dict[str, Any]) -> Array:
    part = np.isin(mask, [KEYS.index(key) for key in entry["classes"]])
    if "below" in entry:
        rows = np.nonzero((mask == KEYS.index(entry["below"])).any(1))[0]
        lower = np.arange(len(mask))[:, None] > (rows[-1] if len(rows) else -1)
        part |= (mask == KEYS.index("skin")) & lower
    return part
