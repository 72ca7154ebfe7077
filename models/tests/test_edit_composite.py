import numpy as np
import pytest

from codiff.edit.composite import composite, detail, feather
from codiff.edit.crop import CropSquare, sample
from codiff.edit.picture import blur

SIZE = 64
RNG = np.random.default_rng(1)
PHOTO = RNG.integers(0, 256, (120, 160, 3)).astype(np.uint8)
CROP = CropSquare(80, 60, 64, 0)
FACE = sample(PHOTO, CROP, SIZE) / 255
SOFT = np.stack([blur(FACE[..., c], 2) for c in range(3)], -1)  # a codec that loses fine detail


def region_of(rows: slice, columns: slice) -> np.ndarray:
    out = np.zeros((SIZE, SIZE))
    out[rows, columns] = 1
    return out


MIDDLE = region_of(slice(20, 40), slice(24, 44))


def test_outside_the_region_the_bytes_are_the_photos():
    edited = 1 - SOFT
    out = composite(PHOTO, CROP, edited, SOFT, MIDDLE)
    changed = (out != PHOTO).any(-1)
    assert changed[28 + 20 : 28 + 40, 48 + 24 : 48 + 44].mean() > 0.95
    rows, columns = np.nonzero(changed)
    assert rows.min() >= 28 + 20 - 4 and rows.max() <= 28 + 39 + 4
    assert columns.min() >= 48 + 24 - 4 and columns.max() <= 48 + 43 + 4


def test_an_empty_region_and_an_unchanged_face_leave_the_photo():
    np.testing.assert_array_equal(composite(PHOTO, CROP, 1 - SOFT, SOFT, np.zeros((SIZE, SIZE))), PHOTO)
    np.testing.assert_array_equal(composite(PHOTO, CROP, SOFT, SOFT, np.ones((SIZE, SIZE))), PHOTO)


def test_small_changes_keep_the_photos_detail_and_large_ones_show_the_edit_alone():
    small = composite(PHOTO, CROP, SOFT + 0.02, SOFT, MIDDLE)[60, 80] / 255
    assert small == pytest.approx(np.clip(PHOTO[60, 80] / 255 + 0.02, 0, 1), abs=0.004)
    edited = np.full_like(SOFT, 0.9)
    edited[..., 2] = 0.0
    dark = SOFT * 0.3
    large = composite(PHOTO, CROP, edited, dark, MIDDLE)[58, 82] / 255
    assert large == pytest.approx([0.9, 0.9, 0], abs=0.004)


def test_detail_falls_smoothly_with_the_change():
    flat = np.zeros((SIZE, SIZE, 3))
    kept = [detail(flat + change, flat)[30, 30] for change in (0, 0.04, 0.07, 0.1, 0.13, 0.16, 1)]
    assert kept[0] == kept[1] == 1
    assert kept[3] == pytest.approx(0.5)
    assert kept[-2:] == pytest.approx([0, 0], abs=1e-12)
    assert kept == sorted(kept, reverse=True)


def test_the_feather_is_soft_and_ends():
    alpha = feather(MIDDLE)
    assert alpha[30, 34] == pytest.approx(1)
    edge = alpha[30, 16:26]
    assert (np.diff(edge) >= 0).all()
    assert ((edge > 0.01) & (edge < 0.99)).sum() >= 2
    assert alpha[30, :20].max() == 0


def test_the_edit_fades_at_the_border_of_the_crop():
    alpha = feather(np.ones((SIZE, SIZE)))
    assert alpha[0].max() == alpha[-1].max() == alpha[:, 0].max() == alpha[:, -1].max() == 0
    assert 0.4 < alpha[1, 30] < 0.6
    assert alpha[2, 30] == alpha[30, 30] == pytest.approx(1)


@pytest.mark.parametrize("crop", [CropSquare(80, 60, 90, 0.6), CropSquare(5, 110, 100, -2), CropSquare(500, 500, 20, 0)])
def test_turned_squares_and_those_beyond_the_photo(crop):
    edited = np.zeros((SIZE, SIZE, 3))
    out = composite(PHOTO, crop, edited, np.ones_like(edited), np.ones((SIZE, SIZE)))
    y, x = np.mgrid[0:120, 0:160] + 0.5
    unit = crop.to_unit(np.stack([x, y], -1))
    outside = ((unit < 0) | (unit > 1)).any(-1)
    np.testing.assert_array_equal(out[outside], PHOTO[outside])
    middle = ((unit > 0.1) & (unit < 0.9)).all(-1)
    assert (out[middle] == 0).all()
    assert np.may_share_memory(out, PHOTO) is False


def test_the_photo_keeps_its_own_resolution():
    large = RNG.integers(0, 256, (300, 300, 3)).astype(np.uint8)
    crop = CropSquare(150, 150, 256, 0)
    face = sample(large, crop, SIZE) / 255
    out = composite(large, crop, face + 0.03, face, np.ones((SIZE, SIZE)))
    inside = out[60:240, 60:240] / 255 - large[60:240, 60:240] / 255
    kept = (large[60:240, 60:240] < 240).all(-1)
    assert inside[kept] == pytest.approx(0.03, abs=0.005)  # every pixel's own detail is still there
