import numpy as np
import pytest
from test_captions import appearance, row

from codiff import captions, skin
from codiff.masks import KEYS


def face(tone: tuple[int, int, int], whites: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A square of skin with two eyes, as picture and mask."""
    mask = np.zeros((64, 64), np.uint8)
    mask[8:56, 8:56] = KEYS.index("skin")
    mask[20:26, 14:24] = KEYS.index("l_eye")
    mask[20:26, 40:50] = KEYS.index("r_eye")
    picture = np.full((64, 64, 3), 128, np.uint8)
    picture[mask == KEYS.index("skin")] = tone
    picture[np.isin(mask, (KEYS.index("l_eye"), KEYS.index("r_eye")))] = whites
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
    assert skin.word(skin.measure(*face(tone, whites))) == word


def test_what_cannot_be_measured_is_unknown():
    picture, mask = face((92, 62, 48), (220, 215, 210))
    assert np.isnan(skin.measure(picture, np.zeros_like(mask))).all()
    no_eyes = skin.measure(picture, np.where(mask > 1, 0, mask))
    assert np.isnan(no_eyes[2]) and skin.word(no_eyes) is None
    assert skin.word(np.full(3, np.nan, np.float32)) is None


def test_labels_of_hair_and_paleness_overrule_the_measurement():
    measured = skin.measure(*face((92, 62, 48), (220, 215, 210)))

    def found(labels, look=None):
        return captions.facts(labels, look, measured_skin=measured).skin

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
