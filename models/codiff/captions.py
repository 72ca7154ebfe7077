"""English descriptions of a face from its facts: many paraphrases, subsets and orders, as different people would type them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from codiff.facts import Facts, facts
from codiff.phrases import Asked, Rng, Saying, age, choose, hair_parts, pick, sayings
from codiff.words import SIMPLE

__all__ = ["Caption", "Facts", "canonical", "caption", "facts", "write"]

STYLE_WEIGHTS = {"phrase": 0.5, "sentences": 0.22, "clause": 0.08, "keywords": 0.2}
NO_GENDER = 0.1  # share of captions that leave the gender out
LOWER_CASE = 0.3

MEN, WOMEN = ("man", "boy", "male", "guy", "gentleman"), ("woman", "girl", "female", "lady")


@dataclass(frozen=True)
class Caption:
    """A description and the facts that its words ask for, by their names in `Facts`."""

    text: str
    asked: Asked


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


def caption(known: Facts, rng: Rng) -> str:
    """One random description. Never says what the facts do not; a face of which nothing is known is "a person"."""
    return write(known, rng).text


def write(known: Facts, rng: Rng) -> Caption:
    """One random description with what it asks for: a picture that agrees with `asked` is what the words describe."""
    named = rng.random() >= NO_GENDER
    chosen = choose(sayings(known, rng), rng)
    style = str(rng.choice(list(STYLE_WEIGHTS), p=list(STYLE_WEIGHTS.values())))
    if not chosen and style in ("sentences", "clause"):
        style = "phrase"
    noun = _noun(known, named, rng)
    she, their = _pronouns(noun)
    limit = {"phrase": 2, "keywords": 9}.get(style, 0)
    sentence, asked = _shape(chosen, limit, rng)
    text = {"phrase": _phrase, "sentences": _sentences, "clause": _clause, "keywords": _keywords}[style](
        sentence, noun, she, rng
    )
    return Caption(_finish(text.replace("{their}", their), style, rng), {**_asked_by(noun, known), **asked})


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
    hair = [words[0] for _, words in hair_parts(known)]
    if known.hair_length == "bald":
        sentence.before.insert(0, "bald")
    elif hair or known.hair_length == "up":
        sentence.having.insert(0, " ".join([*hair, "hair", *(["tied back"] if known.hair_length == "up" else [])]))
    old = age(known, rng)
    if old is not None:
        shape = "after" if old.phrase.after else "before"
        sentence.add(shape, getattr(old.phrase, shape)[0])
    noun = _noun(known, True, rng, plain=True)
    return _finish(_phrase(sentence, noun, "", rng).replace("{their}", _pronouns(noun)[1]), "plain", rng)


def _shape(chosen: list[Saying], adjectives: int, rng: Rng) -> tuple[Sentence, Asked]:
    """Words for each saying, at most `adjectives` of them before the noun where there is a choice, and what they ask for."""
    sentence = Sentence()
    asked: dict[str, object] = {}
    for saying in chosen:
        shapes = saying.phrase.shapes()
        usable = [s for s in shapes if s != "before" or len(sentence.before) < adjectives] or shapes
        shape = pick(rng, usable)
        words = pick(rng, getattr(saying.phrase, shape))
        sentence.add(shape, words)
        asked.update(saying.asked(words))
    return sentence, asked


def _noun(known: Facts, named: bool, rng: Rng, plain: bool = False) -> str:
    if known.man is None or not named:
        return "child" if known.age_group == "child" else "person"
    if known.age_group == "child" or (known.age_group == "teen" and (plain or rng.random() < 0.6)):
        return "boy" if known.man else "girl"
    if plain or rng.random() < 0.85:
        return "man" if known.man else "woman"
    return pick(rng, ("male", "guy", "gentleman") if known.man else ("female", "lady", "woman"))


def _asked_by(noun: str, known: Facts) -> Asked:
    """A noun tells the gender, and "boy", "girl" and "child" that it is a young face."""
    asked: dict[str, object] = {"man": noun in MEN} if noun in (*MEN, *WOMEN) else {}
    if noun in ("boy", "girl", "child"):
        asked["age_group"] = known.age_group
    return asked


def _pronouns(noun: str) -> tuple[str, str]:
    """Subject and possessive; a person of unnamed gender stays "this person", which keeps the verb singular."""
    if noun in MEN:
        return "he", "his"
    return ("she", "her") if noun in WOMEN else ("this person", "their")


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
