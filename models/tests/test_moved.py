"""Training photos moved with their masks."""

import numpy as np
import torch

from codiff.masks import COLOURS, KEYS
from codiff.moved import BELOW, FIELDS, NEAR, SHIFT_MOST, STILL, TURN_MOST, move, moved_masks, moved_photos, moves

NAMES = [f"{i:05d}" for i in range(200)]


def test_a_photo_is_always_moved_the_same_way() -> None:
    assert all(torch.equal(a, b) for a, b in zip(moves(NAMES[3:5]), (part[3:5] for part in moves(NAMES)), strict=True))


def test_moves_stay_within_what_a_face_bears() -> None:
    flipped, where = moves(NAMES)
    field = where[:, :, :2].det().sqrt()
    assert FIELDS[0] <= float(field.min()) < 0.8
    assert 1.8 < float(field.max()) <= FIELDS[2]
    near = field < FIELDS[1]
    assert abs(float(near.float().mean()) - NEAR) < 0.1
    angle = torch.atan2(where[:, 1, 0], where[:, 0, 0]).rad2deg()
    assert 20 < float(angle.abs().max()) <= TURN_MOST + 1e-3
    assert float(where[:, 0, 2].abs().max()) <= SHIFT_MOST
    assert float((field + where[:, 1, 2])[near].max()) <= 1 + BELOW + 1e-6
    assert 0.4 < float(flipped.float().mean()) < 0.6


def test_what_is_not_moved_stays() -> None:
    rng = np.random.default_rng(0)
    mask = torch.from_numpy(rng.integers(0, 19, (2, 128, 128), np.uint8))
    no, still = torch.zeros(2, dtype=torch.bool), STILL.repeat(2, 1, 1)
    assert torch.equal(moved_masks(mask, no, still), mask)
    grey = np.full((2, 16, 16, 3), 90, np.uint8)
    assert np.array_equal(moved_photos(grey, no, still), grey)


def test_a_photo_shown_smaller_is_mirrored_around_it_but_goes_on_below() -> None:
    rows, columns = torch.arange(16.0).reshape(16, 1), torch.arange(16.0)
    photo = (16 * rows + columns)[None, None]
    small = move(photo, torch.tensor([[[2.0, 0, 0], [0, 2.0, 0]]]), "nearest")[0, 0]
    up, across = small.div(16, rounding_mode="floor"), small % 16
    assert (up[-4:] == 15).all()
    assert 0 < float(up[:4].max()) < 8  # of the upper part no more than the band
    assert (across[:, :4].diff(dim=1) != 0).any()
    assert float(across[:, -4:].min()) > 8


def test_photo_and_mask_move_together() -> None:
    """A photo painted by its mask, moved, is painted by the moved mask, and sides are swapped in a mirrored one."""
    mask = torch.full((2, 128, 128), KEYS.index("skin"), dtype=torch.uint8)
    mask[:, 30:50, 20:50] = KEYS.index("l_eye")
    mask[:, 80:100, 40:90] = KEYS.index("mouth")
    where = moves(NAMES[:2])[1]
    for flip in (False, True):
        flipped = torch.tensor([flip, flip])
        moved = moved_masks(mask, flipped, where).numpy()
        seen = moved_photos(COLOURS[mask.numpy()], flipped, where).astype(int)
        colours = COLOURS[np.where(moved == KEYS.index("r_eye"), KEYS.index("l_eye"), moved)]  # a photo's eyes have no sides
        assert (np.abs(seen - colours).max(-1) > 8).mean() < 0.03  # the borders alone
        assert (moved == KEYS.index("r_eye" if flip else "l_eye")).mean() > 0.01
        assert not (moved == KEYS.index("l_eye" if flip else "r_eye")).any()
