import numpy as np
import pytest

from codiff.edit.describe import describe
from codiff.edit.fixtures import haired_mask, made_up_reading

LONG, NONE = haired_mask(64, "long"), haired_mask(64, "none")


def said(mask: np.ndarray = NONE, **look) -> str:
    return describe(made_up_reading({"gender": "f", "years": 30.0, "hairlen": "m", **look}), mask)


@pytest.mark.parametrize(
    ("years", "who"),
    [
        (3, "little boy"),
        (12, "boy in his teens"),
        (20, "man in his twenties"),
        (49.9, "man in his forties"),
        (60, "man in his sixties"),
        (93, "man in his sixties"),
        (-4, "little boy"),
    ],
)
def test_age_and_apparent_gender(years, who):
    assert said(gender="m", years=years).startswith(f"A {who} with ")


def test_only_men_have_beards_and_only_women_makeup():
    look = {"beard": "3", "makeup": "1", "Wearing_Earrings": 1.0}
    assert said(**look) == "A woman in her thirties with medium-length hair and makeup, wearing earrings."
    assert said(gender="m", **look) == "A man in his thirties with medium-length hair and a beard."
    assert "beard" not in said(gender="m", years=15, **look)


def test_the_mask_says_how_long_the_hair_is():
    assert "long hair" in said(LONG, hairlen="s")
    assert "hair tied back" in said(LONG, hairlen="u")
    assert said(NONE, hairlen="n").startswith("A bald woman in her thirties.")
    assert "bald" not in said(LONG, hairlen="n")


def test_a_colour_is_said_when_it_is_sure():
    numbers = made_up_reading({"gender": "f", "years": 30.0, "hairlen": "m", "haircol": "g"})
    assert "medium-length grey hair" in describe(numbers, NONE)
    unsure = made_up_reading({"gender": "f", "years": 30.0, "hairlen": "m"})
    assert "medium-length hair" in describe(unsure, NONE)


def test_one_thing_worn_needs_no_list():
    bald = said(NONE, gender="m", hairlen="n", glasses="1")
    assert bald == "A bald man in his thirties wearing glasses."


def test_without_an_attribute_net_the_mask_speaks():
    assert describe(None, LONG) == "A person with long hair."
    assert describe(None, NONE) == "A person."
    assert describe(None, np.zeros((64, 64), np.uint8)) == "A person."
    assert describe(None, haired_mask(64, "none", worn=True)) == "A person wearing glasses and a hat."
