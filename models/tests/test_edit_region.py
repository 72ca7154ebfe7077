import numpy as np
import pytest

from codiff import samples
from codiff.edit import region
from codiff.edit.picture import dilate
from codiff.masks import KEYS

SIZE = 64
MASK = samples.mask(SIZE)
SAME = (MASK, MASK)
TEXT = "A woman in her thirties with long blond hair."


def words(before: str, after: str) -> np.ndarray:
    return region.automatic(SAME, (before, after))


def share(found: np.ndarray, *keys: str) -> float:
    """How much of the classes is in the region."""
    return float(found[np.isin(MASK, [KEYS.index(key) for key in keys])].mean())


def test_nothing_changed_is_an_empty_region():
    assert not words(TEXT, TEXT).any()
    assert not words(TEXT, TEXT.lower().replace(".", "  !")).any()


def test_where_the_masks_differ_and_a_little_more():
    other = MASK.copy()
    other[20, 30] = KEYS.index("hat")
    found = region.automatic((MASK, other), (TEXT, TEXT))
    assert found[20, 30]
    assert found[18, 30] and found[20, 32]  # 64 / 32 pixels away
    assert found.sum() == 13  # a disc of radius 2


@pytest.mark.parametrize(
    ("before", "after", "inside", "outside"),
    [
        (TEXT, TEXT.replace("blond", "black"), "hair", "mouth"),
        (TEXT, TEXT.replace("long blond", "short black")[:-1] + " and dark glasses", "hair", "mouth"),
        (TEXT, TEXT[:-1] + ", wearing glasses.", "l_eye", "l_lip"),
        ("A man with glasses.", "A man with dark glasses.", "r_eye", "hair"),
        (TEXT, TEXT.replace("woman", "smiling woman"), "l_lip", "l_eye"),
        ("A man.", "A man with facial hair.", "u_lip", "hair"),
        ("A man with long hair.", "A man with long hair and a long beard.", "l_lip", "hair"),
        ("A person.", "A person with bushy brows.", "l_brow", "mouth"),
        ("A man.", "A man with earrings.", "l_ear", "mouth"),
    ],
)
def test_words_concern_parts(before, after, inside, outside):
    found = words(before, after)
    assert share(found, inside) == 1
    assert share(found, outside) < 0.3


def test_a_beard_is_below_the_nose():
    found = words("A man.", "A man with a beard.")
    skin = KEYS.index("skin") == MASK
    lowest = np.nonzero((KEYS.index("nose") == MASK).any(1))[0][-1]
    assert found[lowest + 1 :][skin[lowest + 1 :]].all()
    assert not found[: lowest - 2][skin[: lowest - 2]].any()


@pytest.mark.parametrize("after", [TEXT.replace("thirties", "sixties"), TEXT.replace("woman", "man"), TEXT + " 42", "xyzzy"])
def test_age_gender_and_unknown_words_concern_the_whole_head(after):
    found = words(TEXT, after)
    assert share(found, "skin", "hair", "nose", "neck", "l_eye") == 1
    assert share(found, "cloth", "background") < 0.2


def test_a_part_that_no_mask_shows_leaves_the_whole_head():
    assert not np.isin(MASK, KEYS.index("neck_l")).any()
    bare = np.where(np.isin(MASK, [KEYS.index("neck"), KEYS.index("neck_l")]), 0, MASK)
    found = region.automatic((bare, bare), ("A woman.", "A woman with a necklace."))
    np.testing.assert_array_equal(found, region.whole_head((bare, bare)))


def test_parts_of_both_masks_count():
    other = MASK.copy()
    other[55:60, 5:9] = KEYS.index("hair")
    found = region.by_words((MASK, other), ["blond"], ["brunette"])
    assert found[55:60, 5:9].all()
    assert share(found, "hair") == 1


def test_every_entry_names_classes_and_can_be_hit():
    for entry in region.ENTRIES:
        assert set(entry["classes"]) <= set(KEYS)
        assert 0 <= entry["dilate"] < 0.2
        for word in entry["words"]:
            assert region.hits([word, *entry.get("before", [])[:1]], entry) == [word]


def test_dilation_is_a_disc():
    dot = np.zeros((21, 21), bool)
    dot[10, 10] = True
    y, x = np.mgrid[-10:11, -10:11]
    for distance in (0.5, 1, 2.5, 4, 8):
        np.testing.assert_array_equal(dilate(dot, distance), np.hypot(x, y) <= distance)
