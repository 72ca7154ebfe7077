import numpy as np
import pytest
from test_captions import appearance, row

from codiff import captions, colour
from codiff.masks import KEYS

Colour = tuple[int, int, int]
PALE, WHITES = (230, 190, 170), (240, 240, 240)


def face(tone: Colour, whites: Colour, hair: Colour | None = None) -> tuple[np.ndarray, np.ndarray]:
    """A square of skin with two eyes and, maybe, hair in light and shadow, as picture and mask."""
    mask = np.zeros((64, 64), np.uint8)
    mask[8:56, 8:56] = KEYS.index("skin")
    mask[20:26, 14:24] = KEYS.index("l_eye")
    mask[20:26, 40:50] = KEYS.index("r_eye")
    picture = np.full((64, 64, 3), 128, np.uint8)
    picture[mask == KEYS.index("skin")] = tone
    picture[np.isin(mask, (KEYS.index("l_eye"), KEYS.index("r_eye")))] = whites
    if hair is not None:
        mask[:8] = KEYS.index("hair")
        picture[:5], picture[5:8] = hair, (12, 10, 9)
    return picture, mask


@pytest.mark.parametrize(
    ("tone", "whites", "word"),
    [
        ((92, 62, 48), (220, 215, 210), "dark"),
        ((92, 62, 48), (96, 80, 70), None),  # a light face in shadow: its eyes are dark too
        ((168, 118, 78), (220, 215, 210), "tan"),
        ((230, 190, 170), (240, 240, 240), None),
    ],
)
def test_skin_is_dark_against_the_eyes_not_against_the_light(tone, whites, word):
    assert colour.skin_word(colour.measure(*face(tone, whites))) == word


@pytest.mark.parametrize(
    ("hair", "red"),
    [((150, 62, 28), True), ((170, 90, 50), True), ((92, 62, 40), False), ((215, 180, 120), False), ((40, 30, 28), False)],
)
def test_hair_is_red_where_its_lit_part_is_redder_than_the_skin(hair, red):
    assert colour.has_red_hair(colour.measure(*face(PALE, WHITES, hair))) == red
    lamp = np.array([1.0, 0.55, 0.4])  # red light makes no red hair: the skin is as red
    picture, mask = face(PALE, WHITES, (92, 62, 40))
    assert not colour.has_red_hair(colour.measure((picture * lamp).astype(np.uint8), mask))


def test_red_hair_is_taken_from_the_picture_where_no_label_can_name_it():
    measured = colour.measure(*face(PALE, WHITES, (150, 62, 28)))

    def found(labels, look=None):
        return captions.facts(labels, look, measured=measured).hair_colour

    assert [found(row("Brown_Hair")), found(row("Blond_Hair")), found(row())] == ["red"] * 3
    assert found(row("Black_Hair")) == "black"
    assert found(row("Bald")) is None
    assert found(row(), appearance(haircol="b")) == "brown"


def test_what_cannot_be_measured_is_unknown():
    picture, mask = face((92, 62, 48), (220, 215, 210))
    assert np.isnan(colour.measure(picture, np.zeros_like(mask))).all()
    no_eyes = colour.measure(picture, np.where(mask > 1, 0, mask))
    assert np.isnan(no_eyes[2]) and colour.skin_word(no_eyes) is None
    unknown = np.full(11, np.nan, np.float32)
    assert (colour.skin_word(unknown), colour.has_red_hair(unknown), colour.eye_colour(unknown)) == (None, False, None)


def test_labels_of_hair_and_paleness_overrule_the_measurement():
    measured = colour.measure(*face((92, 62, 48), (220, 215, 210)))

    def found(labels, look=None):
        return captions.facts(labels, look, measured=measured).skin

    assert found(row("Black_Hair")) == "dark"
    assert found(row("Brown_Hair")) is None
    assert found(row("Pale_Skin")) is None
    assert found(row(), appearance(haircol="l")) is None


def test_captions_say_dark_skin():
    rng = np.random.default_rng(0)
    texts = [captions.write(captions.Facts(man=True, skin="dark"), rng) for _ in range(100)]
    said = [text.text for text in texts if text.asked.get("skin") == "dark"]
    assert len(said) > 20
    assert all("skin" in text or "complexion" in text for text in said)
