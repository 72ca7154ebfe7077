"""English descriptions of a face from its facts: many paraphrases, subsets and orders, as different people would type them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from codiff.facts import Facts, facts
from codiff.words import (
    BALD,
    BEARD,
    CHILD,
    COARSE,
    COLOUR_WORDS,
    CURL_WORDS,
    DECADES,
    FOR_WOMEN,
    LENGTH_WORDS,
    SIMPLE,
    TEEN,
    Phrase,
    Words,
)

__all__ = ["Facts", "canonical", "caption", "facts"]

Rng = np.random.Generator

COUNT_WEIGHTS = (0.06, 0.22, 0.27, 0.22, 0.13, 0.06, 0.04)  # of 0, 1, 2 … facts beside gender
STYLE_WEIGHTS = {"phrase": 0.5, "sentences": 0.22, "clause": 0.08, "keywords": 0.2}
NO_GENDER = 0.1  # share of captions that leave the gender out
LOWER_CASE = 0.3


@dataclass
class Sentence:
    """The words chosen for one caption, by the shape they take; `loose` keeps the order in which they were chosen."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    having: list[str] = field(default_factory=list)
    wearing: list[str] = field(default_factory=list)
    doing: list[str] = field(default_factory=list)
    loose: list[tuple[str, str]] = field(default_factory=list)

    def add(self, shape: str, words: str) -> None:
        getattr(self, shape).append(words)
        self.loose.append((shape, words))


def pick(rng: Rng, words: Words | list[str]) -> str:
    return words[int(rng.integers(len(words)))]


def caption(known: Facts, rng: Rng) -> str:
    """One random description. Never says what the facts do not; a face of which nothing is known is "a person"."""
    named = rng.random() >= NO_GENDER
    phrases = _choose(_phrases(known, rng), rng)
    style = str(rng.choice(list(STYLE_WEIGHTS), p=list(STYLE_WEIGHTS.values())))
    if not phrases and style in ("sentences", "clause"):
        style = "phrase"
    noun = _noun(known, named, rng)
    she, their = _pronouns(noun)
    limit = {"phrase": 2, "keywords": 9}.get(style, 0)
    sentence = _shape(phrases, limit, rng)
    text = {"phrase": _phrase, "sentences": _sentences, "clause": _clause, "keywords": _keywords}[style](
        sentence, noun, she, rng
    )
    return _finish(text.replace("{their}", their), style, rng)


def canonical(known: Facts) -> str:
    """The one description that stands for a face's main facts; the same facts always give the same words."""
    rng = np.random.default_rng(0)
    sentence = Sentence()
    wanted = ("smile", "beard", "glasses", "hat", "bangs", "makeup", "earrings")
    for name in wanted:
        value = getattr(known, name)
        phrase = SIMPLE[name].get(value)
        if phrase is None or value is False or (value == "none" and name != "beard"):
            continue
        shape = "doing" if phrase.doing else "wearing" if phrase.wearing else "having"
        sentence.add(shape, getattr(phrase, shape)[0])
    hair = [words[0] for words in _hair_parts(known)]
    if known.hair_length == "bald":
        sentence.before.insert(0, "bald")
    elif hair or known.hair_length == "up":
        sentence.having.insert(0, " ".join([*hair, "hair", *(["tied back"] if known.hair_length == "up" else [])]))
    age = _age(known, rng)
    if age is not None:
        shape = "after" if age.after else "before"
        sentence.add(shape, getattr(age, shape)[0])
    noun = _noun(known, True, rng, plain=True)
    return _finish(_phrase(sentence, noun, "", rng).replace("{their}", _pronouns(noun)[1]), "plain", rng)


def _phrases(known: Facts, rng: Rng) -> list[Phrase]:
    out = [table[getattr(known, name)] for name, table in SIMPLE.items() if getattr(known, name) in table]
    if known.man and known.makeup is False:
        out.remove(SIMPLE["makeup"][False])  # no one says so of a man
    if known.man is False and known.beard is not None:
        out.remove(BEARD[known.beard])
    out += [phrase for phrase in (_hair(known, rng), _age(known, rng)) if phrase is not None]
    return out


def _choose(phrases: list[Phrase], rng: Rng) -> list[Phrase]:
    """A random few, the telling ones more often, in random order."""
    count = min(len(phrases), int(rng.choice(len(COUNT_WEIGHTS), p=COUNT_WEIGHTS)))
    if count == 0:
        return []
    weights = np.array([phrase.weight for phrase in phrases])
    chosen = rng.choice(len(phrases), count, replace=False, p=weights / weights.sum())
    return [phrases[int(i)] for i in chosen]


def _shape(phrases: list[Phrase], adjectives: int, rng: Rng) -> Sentence:
    sentence = Sentence()
    for phrase in phrases:
        shapes = phrase.shapes()
        usable = [s for s in shapes if s != "before" or len(sentence.before) < adjectives] or shapes
        shape = pick(rng, usable)
        sentence.add(shape, pick(rng, getattr(phrase, shape)))
    return sentence


def _age(known: Facts, rng: Rng) -> Phrase | None:
    if known.age_group == "child":
        return CHILD
    if known.age_group == "teen":
        return TEEN
    coarse = COARSE.get(known.age_coarse or "")
    if known.age_group is None or (coarse is not None and rng.random() < 0.3):
        return coarse
    decade, start = DECADES[known.age_group]
    years = start + int(rng.integers(10))
    return Phrase(
        2.5,
        before=(f"{years}-year-old",),
        after=(
            f"in {{their}} {decade}",
            f"in {{their}} {decade}",
            f"aged about {years}",
            f"around {years} years old",
            f"about {start + 5}",
        ),
    )


def _hair(known: Facts, rng: Rng) -> Phrase | None:
    if known.hair_length == "bald":
        return BALD
    words = _hair_words(known, rng)
    if not words:
        return None
    before: list[str] = []
    if known.hair_colour is not None:
        before.append(pick(rng, COLOUR_WORDS[known.hair_colour]) + "-haired")
        if known.man is False and known.hair_colour in FOR_WOMEN:
            before.append(FOR_WOMEN[known.hair_colour])
    if known.hair_length in ("short", "long"):
        before.append(f"{known.hair_length}-haired")
    return Phrase(4, before=tuple(before), having=(words, words))


def _hair_words(known: Facts, rng: Rng) -> str:
    """ "long wavy blond hair", from a random part of what is known; empty when nothing is."""
    parts = _hair_parts(known)
    kept = [words for words in parts if rng.random() < 0.7] or parts[-1:]
    up = (
        pick(rng, ("tied back", "worn up", "pulled back", "in a bun"))
        if known.hair_length == "up" and rng.random() < 0.6
        else ""
    )
    if not kept and not up:
        return ""
    return " ".join([*(pick(rng, words) for words in kept), "hair", up]).strip()


def _hair_parts(known: Facts) -> list[Words]:
    tables = ((known.hair_length, LENGTH_WORDS), (known.curl, CURL_WORDS), (known.hair_colour, COLOUR_WORDS))
    return [table[value] for value, table in tables if value in table]


def _noun(known: Facts, named: bool, rng: Rng, plain: bool = False) -> str:
    if known.man is None or not named:
        return "child" if known.age_group == "child" else "person"
    if known.age_group == "child" or (known.age_group == "teen" and (plain or rng.random() < 0.6)):
        return "boy" if known.man else "girl"
    if plain or rng.random() < 0.85:
        return "man" if known.man else "woman"
    return pick(rng, ("male", "guy", "gentleman") if known.man else ("female", "lady", "woman"))


def _pronouns(noun: str) -> tuple[str, str]:
    """Subject and possessive; a person of unnamed gender stays "this person", which keeps the verb singular."""
    if noun in ("man", "boy", "male", "guy", "gentleman"):
        return "he", "his"
    return ("she", "her") if noun in ("woman", "girl", "female", "lady") else ("this person", "their")


def _join(words: Iterable[str], rng: Rng | None = None) -> str:
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    comma = "," if len(words) > 2 and (rng is None or rng.random() < 0.5) else ""
    return ", ".join(words[:-1]) + f"{comma} and {words[-1]}"


def _article(words: str) -> str:
    return "an" if words[0] in "aeiou" or words.startswith(("8", "11-", "18-")) else "a"


def _phrase(sentence: Sentence, noun: str, she: str, rng: Rng) -> str:
    """ "a smiling woman in her thirties with long blond hair, wearing glasses" """
    head = " ".join([*sentence.before, noun])
    tails = [tail for tail in (_with(sentence), _wearing(sentence), _join(sentence.doing)) if tail]
    order = list(rng.permutation(len(tails))) if she else range(len(tails))
    text = " ".join([head, *sentence.after])
    for i, k in enumerate(order):
        text += (" " if i == 0 else ", ") + tails[k]
    lead = pick(rng, ("", "", "", "", "a photo of ", "a portrait of ", "portrait of ")) if she else ""
    return f"{lead}{_article(text) if not (she and rng.random() < 0.15) else pick(rng, ('this', 'the'))} {text}"


def _with(sentence: Sentence) -> str:
    return "with " + _join(sentence.having) if sentence.having else ""


def _wearing(sentence: Sentence) -> str:
    return "wearing " + _join(sentence.wearing) if sentence.wearing else ""


def _predicate(shape: str, words: str, noun: str) -> str:
    """A fact as what is said of "she"."""
    if shape == "before":
        return f"is {_article(words)} {words} {noun}" if words.endswith("-year-old") else f"is {words}"
    return {"after": "is ", "having": "has ", "wearing": "wears ", "doing": "is "}[shape] + words


def _sentences(sentence: Sentence, noun: str, she: str, rng: Rng) -> str:
    """The style of CelebA-Dialog, on which the original system was trained: "This man has a beard. He is in his thirties." """
    predicates = [_predicate(shape, words, noun) for shape, words in sentence.loose]
    out: list[str] = []
    while predicates:
        take = 2 if len(predicates) > 1 and rng.random() < 0.35 else 1
        subject = (
            pick(rng, (f"this {noun}", f"the {noun}", f"the {noun} in the photo")) if not out or rng.random() < 0.2 else she
        )
        out.append(f"{subject} {_join(predicates[:take])}")
        predicates = predicates[take:]
    return ". ".join(s[0].upper() + s[1:] for s in out) + "."


def _clause(sentence: Sentence, noun: str, she: str, rng: Rng) -> str:
    """ "she has long blond hair and is smiling" """
    return f"{she} {_join((_predicate(shape, words, noun) for shape, words in sentence.loose), rng)}"


def _keywords(sentence: Sentence, noun: str, she: str, rng: Rng) -> str:
    """ "woman, brown hair, glasses" """
    words = [w.removeprefix("a ").removeprefix("an ") for _, w in sentence.loose]
    place = 0 if rng.random() < 0.8 else int(rng.integers(len(words) + 1))
    if noun != "person" or not words:
        words.insert(place, noun)
    return ", ".join(words)


def _finish(text: str, style: str, rng: Rng) -> str:
    if style == "plain":
        return text[0].upper() + text[1:] + "."
    if rng.random() < LOWER_CASE or (style == "keywords" and rng.random() < 0.7):
        text = text.lower()
        return text.removesuffix(".") if rng.random() < 0.7 else text
    text = text[0].upper() + text[1:]
    return text if text.endswith(".") or style == "keywords" or rng.random() < 0.25 else text + "."
