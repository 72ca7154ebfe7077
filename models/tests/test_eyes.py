import numpy as np
import pytest

from codiff import captions, colour, eyes
from codiff.masks import KEYS, shrink

SKIN = (215, 165, 140)


def face(iris: tuple[int, int, int], white: tuple[int, int, int] = (225, 222, 220)) -> tuple[np.ndarray, np.ndarray]:
    """Two eyes of 30 × 14 pixels with a round iris, pupil and highlight, as picture (128, 128, 3) and mask."""
    picture, mask = np.full((128, 128, 3), SKIN, np.uint8), np.full((128, 128), KEYS.index("skin"), np.uint8)
    rows, columns = np.mgrid[:128, :128]
    for key, at in (("l_eye", 36), ("r_eye", 90)):
        away = np.hypot(rows - 50, columns - at)
        eye = ((rows - 50) / 7) ** 2 + ((columns - at) / 15) ** 2 < 1
        mask[eye] = KEYS.index(key)
        picture[eye] = white
        picture[eye & (away < 6)] = iris
        picture[eye & (away < 3)] = (8, 8, 8)
        picture[48:50, at + 1 : at + 3] = 255
    return picture, mask


@pytest.mark.parametrize(
    ("iris", "word"),
    [
        ((90, 125, 160), "blue"),
        ((120, 130, 138), "blue"),
        ((66, 38, 22), "brown"),
        ((95, 110, 90), "green"),
        ((160, 110, 60), None),  # amber has no word
        ((205, 202, 200), None),  # no iris to be seen
    ],
)
def test_eyes_are_told_by_the_iris_against_the_skin(iris, word):
    assert colour.eye_colour(colour.measure(*face(iris))) == word


def test_a_photo_may_be_larger_than_its_mask():
    picture, mask = face((90, 125, 160))
    small = shrink(mask, 64)
    assert colour.eye_colour(colour.measure(picture, small)) == "blue"
    photo = picture.repeat(2, 0).repeat(2, 1)
    np.testing.assert_allclose(colour.measure(photo, mask), colour.measure(picture, mask), atol=3)


def test_closed_or_small_eyes_are_unknown():
    picture, mask = face((90, 125, 160))
    skin = np.array([70.0, 15.0, 18.0])
    assert np.isnan(eyes.measure(picture, np.where(mask == KEYS.index("l_eye"), 1, mask), skin)).all()
    assert eyes.word(eyes.measure(picture[::4, ::4], mask[::4, ::4], skin)) is None
    flat = np.full_like(picture, 128)
    assert eyes.word(eyes.measure(flat, mask, skin)) is None


@pytest.mark.parametrize("word", ["blue", "green", "brown"])
def test_captions_say_the_colour_of_eyes(word):
    rng = np.random.default_rng(0)
    written = [captions.write(captions.Facts(man=False, smile="broad", eye_colour=word), rng) for _ in range(60)]
    said = [caption.text for caption in written if "eye_colour" in caption.asked]
    assert len(said) > 15
    assert all("eye" in text for text in said)
    assert any(word in text for text in said)
