import re

import numpy as np
import pytest

from codiff import captions
from codiff.captions import Facts
from codiff.facts import MOST_OFTEN, rarity
from codiff.words import COLOUR_WORDS, LEADS, NOUNS, PRAISE, REMARKS, SIMPLE

NAMES = """
5_o_Clock_Shadow Arched_Eyebrows Attractive Bags_Under_Eyes Bald Bangs Big_Lips Big_Nose Black_Hair Blond_Hair Blurry
Brown_Hair Bushy_Eyebrows Chubby Double_Chin Eyeglasses Goatee Gray_Hair Heavy_Makeup High_Cheekbones Male
Mouth_Slightly_Open Mustache Narrow_Eyes No_Beard Oval_Face Pale_Skin Pointy_Nose Receding_Hairline Rosy_Cheeks
Sideburns Smiling Straight_Hair Wavy_Hair Wearing_Earrings Wearing_Hat Wearing_Lipstick Wearing_Necklace Wearing_Necktie
Young
"""
ATTRIBUTES = dict.fromkeys(NAMES.split(), "0")
AGE = dict.fromkeys(("child", "teen", "20s", "30s", "40s", "50s", "60plus"), "0.0")


def row(*true: str) -> dict[str, str]:
    assert set(true) <= set(ATTRIBUTES)
    return {**ATTRIBUTES, **dict.fromkeys(true, "1")}


def appearance(**changes: str) -> dict[str, str]:
    plain = {"gender": "f", "age": "30", "beard": "0", "smile": "0", "glasses": "0", "hat": "0", "bangs": "0"}
    return {**plain, "hairlen": "l", "haircol": "l", "makeup": "0", **changes}


def many(facts: Facts, count: int = 400) -> list[str]:
    rng = np.random.default_rng(1)
    return [captions.caption(facts, rng) for _ in range(count)]


def test_facts_of_the_attribute_table():
    facts = captions.facts(row("Male", "Black_Hair", "Eyeglasses", "Smiling", "Mouth_Slightly_Open", "Goatee", "Sideburns"))
    assert facts.man is True
    assert facts.hair_colour == "black"
    assert facts.glasses == "glasses"
    assert facts.smile == "broad"
    assert facts.beard == "full"


def test_contradicting_labels_are_left_unknown():
    facts = captions.facts(row("Black_Hair", "Blond_Hair", "Straight_Hair", "Wavy_Hair", "No_Beard"))
    assert facts.hair_colour is None
    assert facts.curl is None
    assert facts.beard is None  # no one says of a woman that she has no beard


def test_labels_made_by_eye_win():
    facts = captions.facts(row("Male", "Smiling", "Black_Hair"), appearance(glasses="2", hairlen="u"))
    assert (facts.man, facts.smile, facts.hair_colour) == (False, "none", "blond")
    assert (facts.glasses, facts.hair_length) == ("sunglasses", "up")


def test_an_uncertain_age_gives_no_decade():
    sure = captions.facts(row(), None, {**AGE, "age": "34", "30s": "0.8"})
    unsure = captions.facts(row(), None, {**AGE, "age": "39", "30s": "0.45", "40s": "0.4"})
    assert (sure.age_group, unsure.age_group, unsure.age_coarse) == ("30s", None, "middle")


def test_bald_heads_have_no_hair_colour():
    facts = captions.facts(row("Male", "Bald", "Black_Hair", "Wavy_Hair"))
    assert (facts.hair_length, facts.hair_colour, facts.curl) == ("bald", None, None)


def head(hair_down_to: int) -> np.ndarray:
    """A mask (64, 64) of a face with hair at both sides as far down as told, lips at row 40."""
    mask = np.zeros((64, 64), np.uint8)
    mask[10:50, 20:44] = 1
    mask[40, 28:36] = 11
    mask[4:hair_down_to, 12:20] = mask[4:hair_down_to, 44:52] = 13
    return mask


def test_photos_of_rare_facts_are_drawn_oftener():
    common, seldom = Facts(man=True, hat=False, glasses="none"), Facts(man=True, hat=True)
    odds = rarity([common] * 95 + [seldom] * 5)
    assert list(odds[:95]) == [1.0] * 95
    assert list(odds[95:]) == [2.0] * 5
    assert rarity([common] * 999 + [seldom])[-1] == MOST_OFTEN
    assert list(rarity([Facts(), Facts()])) == [1.0, 1.0]


def test_the_mask_tells_the_length_of_the_hair():
    lengths = [captions.facts(row(), None, None, head(end)).hair_length for end in (38, 50, 64)]
    assert lengths == ["short", "medium", "long"]
    assert captions.facts(row(), None, None, np.ones((64, 64), np.uint8)).hair_length is None
    assert captions.facts(row("Male", "Bald"), None, None, head(64)).hair_length == "bald"
    assert captions.facts(row(), appearance(hairlen="s"), None, head(64)).hair_length == "short"


def test_canonical_descriptions():
    facts = captions.facts(row("Wavy_Hair"), appearance(smile="2", glasses="1"))
    assert captions.canonical(facts) == ("A woman in her thirties with long wavy blond hair, wearing glasses, smiling.")
    assert captions.canonical(Facts(man=True, beard="none", hair_length="bald", age_group="60plus")) == (
        "A bald man in his sixties with no beard."
    )
    assert captions.canonical(Facts()) == "A person."


FULL = Facts(
    man=True,
    age_group="40s",
    age_coarse="middle",
    beard="full",
    smile="broad",
    glasses="glasses",
    hat=True,
    hair_length="short",
    hair_colour="red",
    curl="wavy",
    chubby=True,
)


def test_captions_vary():
    texts = many(FULL)
    assert len(set(texts)) > 300
    assert any(t.endswith(".") for t in texts)
    assert any(t.islower() for t in texts)
    assert any(", " in t and not t.endswith(".") and " with " not in t for t in texts)
    assert any(t.count(". ") >= 1 for t in texts)


@pytest.mark.parametrize(
    ("word", "fact"),
    [
        (r"woman|girl|she|her|lady|female|mother|grandmother|lass", "gender"),
        (r"sunglasses|no glasses|without glasses", "glasses"),
        (r"stubble|goatee|moustache|clean-shaven|no beard|without a beard", "beard"),
        (r"long hair|(black|brown|blond|grey|dark)(-haired| hair| locks)|brunette|blonde", "hair"),
        (r"twenties|thirties|fifties|old woman|young|grandpa|student", "age"),
        (r"serious|not smiling|neutral|sad|without a smile", "smile"),
        (r"earrings|lipstick|makeup|necklace", "unknown"),
    ],
)
def test_captions_never_contradict_the_facts(word, fact):
    wrong = [t for t in many(FULL) if re.search(rf"\b({word})\b", t, re.IGNORECASE)]
    assert wrong == [], fact


def test_unknown_facts_are_never_put_into_words():
    fitting = [word for noun in NOUNS if noun.man in (False, None) and not noun.tells for word in noun.words]
    left = {"a", "an", "this", "the", "woman", "person", *fitting}
    for text in many(Facts(man=False), 300):
        rest = text.lower().removesuffix(".")
        for words in sorted((*LEADS, *PRAISE, *REMARKS), key=len, reverse=True):  # what is said of anybody
            rest = re.sub(rf"(^| ){words}($|,| )", " ", rest)
        assert set(re.sub(",", " ", rest).split()) <= left, text


def test_a_person_of_unnamed_gender_keeps_it_unnamed():
    for text in many(FULL):
        if re.search(r"\bperson\b", text, re.IGNORECASE):
            assert not re.search(r"\b(he|his|him|man|male|guy|gentleman|boy|dude|lad|father)\b", text, re.IGNORECASE), text


def test_every_word_of_a_fact_is_used():
    texts = " ".join(many(FULL, 3000)).lower()
    for table, value in (("beard", "full"), ("glasses", "glasses"), ("chubby", True)):
        phrase = SIMPLE[table][value]
        for shape in phrase.shapes():
            for words in getattr(phrase, shape):
                assert words in texts, words
    for words in COLOUR_WORDS["red"]:
        assert words in texts


def test_no_words_for_beauty_or_ethnicity():
    everything = repr((SIMPLE, NOUNS)).lower()  # `PRAISE` is said of anybody, and asks for nothing
    for word in ("beautiful", "pretty", "handsome", "attractive", "ugly", "asian", "african", "caucasian", "white woman"):
        assert word not in everything


def test_the_same_seed_writes_the_same_captions():
    assert many(FULL, 20) == many(FULL, 20)


def written(facts: Facts, count: int = 600) -> list[captions.Caption]:
    rng = np.random.default_rng(2)
    return [captions.write(facts, rng) for _ in range(count)]


@pytest.mark.parametrize(
    ("word", "names"),
    [
        (f"man|he|his|him|{'|'.join(word for noun in NOUNS if noun.man for word in noun.words)}", {"man"}),
        (r"beard|bearded|facial hair|full-bearded|whiskers", {"beard"}),
        (r"smil\w+|happy|laughing|grinning|cheerful|beaming|joyful|jolly|grin|showing teeth", {"smile"}),
        (r"glasses|eyeglasses|spectacles|bespectacled|specs", {"glasses"}),
        (r"hat|cap|headwear|beanie|fedora", {"hat"}),
        (r"red|ginger|auburn|copper|redhead|redheaded", {"hair_colour"}),
        (r"short|close-cropped|cropped", {"hair_length"}),
        (r"wavy|curly", {"curl"}),
        (r"chubby|plump|round,|round cheeks|round-faced|fat|overweight|heavyset", {"chubby"}),
        (r"forties|4\d|middle|forty", {"age_group", "age_coarse"}),
    ],
)
def test_a_caption_knows_what_its_words_ask_for(word, names):
    pattern = re.compile(rf"\b({word})(-\w+)*(\b|(?<=,))", re.IGNORECASE)
    asked = [bool(names & set(caption.asked)) for caption in written(FULL)]
    assert asked == [bool(pattern.search(caption.text)) for caption in written(FULL)]
    assert 10 < sum(asked) < 600


def test_a_caption_asks_for_nothing_but_the_facts():
    for caption in written(FULL):
        assert all(getattr(FULL, name) == value for name, value in caption.asked.items())


def test_a_noun_can_ask_for_an_age():
    asked = {c.text: c.asked for c in written(Facts(man=False, age_group="child"))}
    assert asked["A girl"] == {"man": False, "age_group": "child"}
    unnamed = [c for text, c in asked.items() if re.search(r"\bchild\b", text, re.IGNORECASE)]
    assert unnamed
    assert all(c == {"age_group": "child"} for c in unnamed)
    old = [c for c in written(Facts(man=True, age_coarse="old")) if re.search("grand(father|pa|ad)", c.text, re.IGNORECASE)]
    assert old
    assert all(c.asked == {"man": True, "age_coarse": "old"} for c in old)
    assert not [c for c in written(Facts(man=True, age_coarse="middle")) if re.search("grand|lad|student", c.text)]


def test_a_noun_can_ask_for_the_colour_of_the_hair():
    red = [c for c in written(Facts(man=None, hair_colour="red")) if "redhead" in c.text.lower().split()]
    assert red
    assert all(c.asked == {"hair_colour": "red"} for c in red)
    assert not [c for c in written(Facts(man=True, hair_colour="blond")) if re.search(r"\ba blonde\.?$", c.text)]


def test_hair_worn_up_and_bald_heads_are_asked_for():
    up = [c for c in written(Facts(man=False, hair_length="up", hair_colour="blond")) if "hair_length" in c.asked]
    assert up
    assert all(re.search(r"tied back|worn up|pulled back|in a (bun|ponytail)", c.text, re.IGNORECASE) for c in up)
    bald = [
        c
        for c in written(Facts(man=True, hair_length="bald"))
        if re.search(r"bald|no hair|shave|hairless", c.text, re.IGNORECASE)
    ]
    assert bald
    assert all(c.asked["hair_length"] == "bald" for c in bald)
