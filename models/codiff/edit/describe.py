"""A face in one sentence: from the attribute net's numbers and the mask, in words that the text model has learned."""

from collections.abc import Sequence

import numpy as np

from codiff import labels
from codiff.colour import HAIR
from codiff.facts import HAIR_COLOURS, SOME_HAIR, hair_length
from codiff.masks import KEYS

Array = np.ndarray

CHILD_BELOW, TEEN_BELOW = 12.0, 20.0  # years
DECADES = ("twenties", "thirties", "forties", "fifties", "sixties")  # the last for all above, too
SMILES = {"0": "", "1": "gently smiling", "2": "smiling"}
BEARDS = {"0": "", "1": "stubble", "2": "a moustache", "3": "a beard", "4": "a long beard"}
GLASSES = {"0": "", "1": "glasses", "2": "sunglasses"}
LENGTHS = {"s": "short", "m": "medium-length", "l": "long"}
SURE = 0.4  # probability from which the colour of the hair is said
SOME_GLASSES, SOME_HAT = 0.003, 0.01  # share of the mask that shows glasses or a hat, where there is no attribute net
_MASK_LENGTHS = {"short": "s", "medium": "m", "long": "l"}


def describe(numbers: Array | None, mask: Array) -> str:
    """A sentence from the attribute net's output (77,), or None without one, and the class mask (S, S)."""
    return _from_mask(mask) if numbers is None else _from_numbers(numbers, mask)


def _from_mask(mask: Array) -> str:
    length = _MASK_LENGTHS.get(hair_length(mask) or "", "")
    hair = [f"{LENGTHS[length]} hair"] if length else []
    glasses = ["glasses"] if (mask == KEYS.index("eye_g")).mean() >= SOME_GLASSES else []
    hat = ["a hat"] if (mask == KEYS.index("hat")).mean() >= SOME_HAT else []
    return _sentence(["person"], hair, [*glasses, *hat])


def _from_numbers(numbers: Array, mask: Array) -> str:
    reading = labels.split(np.asarray(numbers, np.float64)[None])
    attribute = dict(zip(labels.ATTRIBUTES, reading.attributes[0], strict=True))
    look = {name: labels.APPEARANCE[name][int(values[0].argmax())] for name, values in reading.appearance.items()}
    man, years, hat = look["gender"] == "m", float(reading.age[0]), look["hat"] == "1"
    length = _length(look["hairlen"], mask)
    bald = length == "n"
    beard = "a goatee" if look["beard"] == "2" and attribute["Goatee"] > attribute["Mustache"] else BEARDS[look["beard"]]
    having = [
        "" if bald else _hair(length, reading.appearance["haircol"][0]),
        "" if bald or hat or look["bangs"] == "0" else "bangs",
        beard if man and years >= TEEN_BELOW else "",
        "makeup" if not man and look["makeup"] == "1" else "",
    ]
    wearing = [
        GLASSES[look["glasses"]],
        "a hat" if hat else "",
        "earrings" if not man and attribute["Wearing_Earrings"] > 0 else "",
    ]
    return _sentence(["bald" if bald else "", SMILES[look["smile"]], *_who(man, years)], having, wearing)


def _length(code: str, mask: Array) -> str:
    """Code of the hair's length: the mask's where it shows one, as it may be repainted; the net's else. "" is unknown."""
    if code == "u":
        return code
    seen = _MASK_LENGTHS.get(hair_length(mask) or "", code)
    return "" if seen == "n" and (mask == HAIR).mean() >= SOME_HAIR else seen


def _who(man: bool, years: float) -> list[str]:
    young, grown, their = ("boy", "man", "his") if man else ("girl", "woman", "her")
    if years < CHILD_BELOW:
        return ["little", young]
    if years < TEEN_BELOW:
        return [young, f"in {their} teens"]
    return [grown, f"in {their} {DECADES[min(int(years // 10) - 2, len(DECADES) - 1)]}"]


def _hair(length: str, colours: Array) -> str:
    """ "long blond hair", "black hair tied back": the colour only where it is sure; empty when nothing is known."""
    shares = np.exp(colours - colours.max())
    code = labels.APPEARANCE["haircol"][int(colours.argmax())]
    colour = HAIR_COLOURS[code] if (shares / shares.sum()).max() >= SURE else ""
    words = [LENGTHS.get(length, ""), colour, "hair", "tied back" if length == "u" else ""]
    return " ".join(word for word in words if word)


def _sentence(head: Sequence[str], having: Sequence[str], wearing: Sequence[str]) -> str:
    text = "A " + " ".join(word for word in head if word)
    with_, worn = ([word for word in words if word] for words in (having, wearing))
    if with_:
        text += f" with {_join(with_)}"
    if worn:
        text += f"{',' if with_ else ''} wearing {_join(worn)}"
    return text + "."


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
