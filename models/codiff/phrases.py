"""What a caption says of a face: its facts as phrases, each with the facts that its words ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from codiff.facts import Facts
from codiff.words import (
    BALD,
    BY_HAIR,
    CHILD,
    COARSE,
    COLOUR_WORDS,
    CURL_WORDS,
    DECADES,
    FOR_WOMEN,
    HAIR_WORDS,
    LENGTH_WORDS,
    SIMPLE,
    TEEN,
    TENS,
    UNITS,
    UP,
    Phrase,
    Words,
)

Rng = np.random.Generator
Asked = Mapping[str, object]  # names of facts (fields of `Facts`) and their values

COUNT_WEIGHTS = (0.06, 0.22, 0.27, 0.22, 0.13, 0.06, 0.04)  # of 0, 1, 2 … facts beside gender


@dataclass(frozen=True)
class Saying:
    """A phrase and what it asks for: `asks`, or `by_words` for those of its words that say something else."""

    phrase: Phrase
    asks: Asked
    by_words: Mapping[str, Asked] = field(default_factory=dict)

    def asked(self, words: str) -> Asked:
        return self.by_words.get(words, self.asks)


def pick(rng: Rng, words: Words | list[str]) -> str:
    return words[int(rng.integers(len(words)))]


def sayings(known: Facts, rng: Rng) -> list[Saying]:
    """All that can be said of a face, but for its gender, which the noun says."""
    out = [
        Saying(table[value], {name: value})
        for name, table in SIMPLE.items()
        if (value := getattr(known, name)) in table and not _unsaid(known, name)
    ]
    return out + [saying for saying in (_hair(known, rng), age(known, rng)) if saying is not None]


def _unsaid(known: Facts, name: str) -> bool:
    """No one says of a man that he wears no makeup, or of a woman that she has no beard."""
    return (name == "makeup" and known.man is True and known.makeup is False) or (name == "beard" and known.man is False)


def choose(possible: list[Saying], rng: Rng) -> list[Saying]:
    """A random few, the telling ones more often, in random order."""
    count = min(len(possible), int(rng.choice(len(COUNT_WEIGHTS), p=COUNT_WEIGHTS)))
    if count == 0:
        return []
    weights = np.array([saying.phrase.weight for saying in possible])
    chosen = rng.choice(len(possible), count, replace=False, p=weights / weights.sum())
    return [possible[int(i)] for i in chosen]


def age(known: Facts, rng: Rng) -> Saying | None:
    if known.age_group == "child":
        return Saying(CHILD, {"age_group": "child"})
    if known.age_group == "teen":
        return Saying(TEEN, {"age_group": "teen"})
    coarse = COARSE.get(known.age_coarse or "")
    if known.age_group is None or (coarse is not None and rng.random() < 0.3):
        return None if coarse is None else Saying(coarse, {"age_coarse": known.age_coarse})
    decades, unit = DECADES[known.age_group], int(rng.integers(10))
    decade, start = decades[int(rng.integers(len(decades)))]
    years, spelled, third = start + unit, TENS[start] + UNITS[unit], ("early", "mid", "late")[min(unit // 3, 2)]
    phrase = Phrase(
        2.5,
        before=(f"{years}-year-old", f"{years} year old", f"{spelled}-year-old", f"{spelled} year old"),
        after=(
            f"in {{their}} {decade}",
            f"in {{their}} {decade}",
            f"in {{their}} {third} {decade}",
            f"aged about {years}",
            f"aged {years}",
            f"around {years} years old",
            f"{years} years old",
            f"about {start + 5}",
        ),
    )
    return Saying(phrase, {"age_group": known.age_group})


def _hair(known: Facts, rng: Rng) -> Saying | None:
    if known.hair_length == "bald":
        return Saying(BALD, {"hair_length": "bald"})
    words, asks = _hair_words(known, rng)
    if not words:
        return None
    adjectives: dict[str, Asked] = {}
    if known.hair_colour is not None:
        colour = {"hair_colour": known.hair_colour}
        adjectives[pick(rng, COLOUR_WORDS[known.hair_colour]) + "-haired"] = colour
        if known.hair_colour in BY_HAIR:
            adjectives[pick(rng, BY_HAIR[known.hair_colour])] = colour
        if known.man is False and known.hair_colour in FOR_WOMEN:
            adjectives[FOR_WOMEN[known.hair_colour]] = colour
    if known.hair_length in ("short", "long"):
        adjectives[f"{known.hair_length}-haired"] = {"hair_length": known.hair_length}
    return Saying(Phrase(4, before=tuple(adjectives), having=(words, words)), asks, adjectives)


def _hair_words(known: Facts, rng: Rng) -> tuple[str, Asked]:
    """ "long wavy blond hair", from a random part of what is known, and the facts in it; empty when nothing is known."""
    parts = hair_parts(known)
    kept = [part for part in parts if rng.random() < 0.7] or parts[-1:]
    asks: dict[str, object] = {name: getattr(known, name) for name, _ in kept}
    up = ""
    if known.hair_length == "up" and rng.random() < 0.6:
        up = pick(rng, UP)
        asks["hair_length"] = "up"
    if not kept and not up:
        return "", {}
    noun = pick(rng, HAIR_WORDS) if kept else "hair"
    return " ".join([*(pick(rng, words) for _, words in kept), noun, up]).strip(), asks


def hair_parts(known: Facts) -> list[tuple[str, Words]]:
    """Names of the known facts about the hair and words for them, in the order in which adjectives stand."""
    tables = {"hair_length": LENGTH_WORDS, "curl": CURL_WORDS, "hair_colour": COLOUR_WORDS}
    return [(name, table[value]) for name, table in tables.items() if (value := getattr(known, name)) in table]
