"""English descriptions of a face from its facts: many paraphrases, subsets and orders, as different people would type them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from codiff.facts import Facts, facts
from codiff.phrases import Asked, Rng, Saying, age, choose, hair_parts, pick, sayings
from codiff.words import DECADES, LEADS, NOUNS, PRAISE, REMARKS, SIMPLE, Noun

__all__ = ["Caption", "Facts", "canonical", "caption", "facts", "write"]

STYLE_WEIGHTS = {"phrase": 0.5, "sentences": 0.22, "clause": 0.08, "keywords": 0.2}
NO_GENDER = 0.1  # share of captions that leave the gender out
LOWER_CASE = 0.3
PLAIN_NOUN = 0.7  # share of "man", "woman" and "person" among all that a face can be called
LED, PRAISED, REMARKED = 0.35, 0.06, 0.12  # shares of captions with a word of `LEADS`, `PRAISE`, `REMARKS` where it fits
TAKEN = (0.55, 0.3, 0.15)  # shares of sentences that say 1, 2, 3 facts

MAN, WOMAN, PERSON = Noun(("man",), True), Noun(("woman",), False), Noun(("person",))


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
    called = _noun(known, named, rng)
    noun = pick(rng, called.words)
    she, their = _pronouns(called)
    limit = {"phrase": 2, "keywords": 9}.get(style, 0)
    sentence, asked = _shape(chosen, limit, rng)
    if rng.random() < PRAISED:
        sentence.add("before", pick(rng, PRAISE))
    text = {"phrase": _phrase, "sentences": _sentences, "clause": _clause, "keywords": _keywords}[style](
        sentence, noun, she, rng
    )
    if style in ("phrase", "keywords") and rng.random() < REMARKED:
        text = ", ".join([text.removesuffix("."), *rng.choice(REMARKS, int(rng.integers(1, 4)), replace=False)])
    tells = {} if called.man is None else {"man": called.man}
    return Caption(_finish(text.replace("{their}", their), style, rng), {**tells, **called.tells, **asked})


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
    if known.age_group in DECADES:
        sentence.add("after", f"in {{their}} {DECADES[known.age_group][0][0]}")
    elif (old := age(known, rng)) is not None:
        shape = "after" if old.phrase.after else "before"
        sentence.add(shape, getattr(old.phrase, shape)[0])
    called = _noun(known, True, rng, plain=True)
    text = _phrase(sentence, called.words[0], "", rng)
    return _finish(text.replace("{their}", _pronouns(called)[1]), "plain", rng)


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


def _noun(known: Facts, named: bool, rng: Rng, plain: bool = False) -> Noun:
    """What to call a face, in one or more words that fit it; its gender stays open unless `named`."""
    man = known.man if named else None
    young = {"age_group": known.age_group}
    if known.age_group == "child" or (known.age_group == "teen" and man is not None and (plain or rng.random() < 0.6)):
        return Noun(("child", "kid") if man is None else ("boy",) if man else ("girl",), man, young)
    if plain or rng.random() < PLAIN_NOUN:
        return PERSON if man is None else MAN if man else WOMAN
    fitting = [noun for noun in NOUNS if noun.man == man and all(getattr(known, k) == v for k, v in noun.tells.items())]
    return fitting[int(rng.integers(len(fitting)))]


def _pronouns(noun: Noun) -> tuple[str, str]:
    """Subject and possessive; a person of unnamed gender stays "this person", which keeps the verb singular."""
    return {True: ("he", "his"), False: ("she", "her"), None: ("this person", "their")}[noun.man]


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
    lead = f"{pick(rng, LEADS)} " if she and rng.random() < LED else ""
    return f"{lead}{_article(text) if not (she and rng.random() < 0.15) else pick(rng, ('this', 'the'))} {text}"


def _with(sentence: Sentence) -> str:
    return "with " + _join(sentence.having) if sentence.having else ""


def _wearing(sentence: Sentence) -> str:
    return "wearing " + _join(sentence.wearing) if sentence.wearing else ""


def _predicate(shape: str, words: str, noun: str) -> str:
    """A fact as what is said of "she"."""
    if shape == "before":
        return f"is {_article(words)} {words} {noun}" if words.endswith(("year-old", "year old")) else f"is {words}"
    return {"after": "is ", "having": "has ", "wearing": "wears ", "doing": "is "}[shape] + words


def _sentences(sentence: Sentence, noun: str, she: str, rng: Rng) -> str:
    """The style of CelebA-Dialog, on which the original system was trained: "This man has a beard. He is in his thirties." """
    predicates = [_predicate(shape, words, noun) for shape, words in sentence.loose]
    out: list[str] = []
    while predicates:
        take = 1 + int(rng.choice(len(TAKEN), p=TAKEN))
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
    """ "woman, brown hair, glasses"; or with articles, as the page puts phrases together: "a woman, brown hair, a hat" """
    short = rng.random() < 0.6
    words = [w.removeprefix("a ").removeprefix("an ") if short else w for _, w in sentence.loose]
    place = 0 if rng.random() < 0.8 else int(rng.integers(len(words) + 1))
    if noun != "person" or not words:
        words.insert(place, noun if short else f"{_article(noun)} {noun}")
    return ", ".join(words) + ("." if rng.random() < 0.3 else "")


def _finish(text: str, style: str, rng: Rng) -> str:
    if style == "plain":
        return text[0].upper() + text[1:] + "."
    if rng.random() < LOWER_CASE or (style == "keywords" and rng.random() < 0.7):
        text = text.lower()
        return text.removesuffix(".") if rng.random() < 0.7 else text
    text = text[0].upper() + text[1:]
    return text if text.endswith(".") or style == "keywords" or rng.random() < 0.25 else text + "."
