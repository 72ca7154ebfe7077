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
WHOLE: dict[str, Any] = {"words": _TABLE["whole"]}
NO_HEAD = ("background", "cloth")
NEAR = 3  # words after an adjective among which the noun that it belongs to stands
REACH = 1 / 32  # of the picture's side: how far an edit goes beyond where the masks differ


def automatic(masks: tuple[Array, Array], descriptions: tuple[str, str]) -> Array:
    """(S, S) bool from the masks (S, S) before and after, and the descriptions before and after."""
    reach = len(masks[0]) * REACH
    return dilate(masks[0] != masks[1], reach) | by_words(masks, *map(words_of, descriptions))


def by_words(masks: tuple[Array, Array], before: Sequence[str], after: Sequence[str]) -> Array:
    """(S, S) bool: the parts that the changed words concern; the whole head where they say no better."""
    size = len(masks[0])
    out = np.zeros_like(masks[0], bool)
    for entry in ENTRIES:
        if Counter(hits(before, entry)) != Counter(hits(after, entry)):
            out |= dilate(_part(masks[0], entry) | _part(masks[1], entry), entry["dilate"] * size)
    anything = Counter(before) != Counter(after)
    if (anything and not out.any()) or Counter(hits(before, WHOLE)) != Counter(hits(after, WHOLE)):
        out |= whole_head(masks)
    return out


def whole_head(masks: tuple[Array, Array]) -> Array:
    """(S, S) bool: all but background and clothes, in either mask."""
    outside = [KEYS.index(key) for key in NO_HEAD]
    head = [~np.isin(mask, outside) for mask in masks]
    return dilate(head[0] | head[1], len(masks[0]) * REACH)


def words_of(description: str) -> list[str]:
    """Its runs of letters and digits, in lower case."""
    return re.findall(r"[^\W_]+", description.lower())


def hits(words: Sequence[str], entry: dict[str, Any]) -> list[str]:
    """The words that an entry means: by their beginning, and by those around them."""
    out = []
    for i, word in enumerate(words):
        following, preceding = words[i + 1 : i + 1 + NEAR], words[max(0, i - 1) : i]
        if (
            begins([word], entry["words"])
            and ("before" not in entry or begins(following, entry["before"]))
            and not begins(preceding, entry.get("not_after", []))
        ):
            out.append(word)
    return out


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
