import numpy as np
import pytest

from codiff import rng


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [  # known answers of the authors' Random123 library
        ([0, 0, 0, 0], (0, 0), [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
        ([0xFFFFFFFF] * 4, (0xFFFFFFFF, 0xFFFFFFFF), [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
        (
            [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
            (0xA4093822, 0x299F31D0),
            [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
        ),
    ],
)
def test_philox_gives_the_known_answers(counter, key, words):
    assert rng.philox(np.array([counter], np.uint32), key)[0].tolist() == words


def test_normals_are_standard():
    values = rng.normals(7, 0, 100_000)
    assert abs(values.mean()) < 0.01
    assert abs(values.std() - 1) < 0.01
    assert abs((values > 1).mean() - 0.1587) < 0.004


def test_a_longer_draw_starts_like_a_shorter_one():
    assert rng.normals(7, 2, 5).tolist() == rng.normals(7, 2, 100)[:5].tolist()


def test_seeds_and_streams_differ():
    first = rng.normals(1, 0, 1000)
    for other in (rng.normals(2, 0, 1000), rng.normals(1, 1, 1000)):
        assert abs(np.corrcoef(first, other)[0, 1]) < 0.1


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(ValueError, match="4294967295"):
        rng.normals(seed, 0, 4)
