"""The committed fixtures are what the code writes today: a change of either needs both, and the page's tests."""

import base64
import json

import numpy as np
import pytest

from codiff import fixtures, pack
from codiff.edit import fixtures as editing
from codiff.edit.fixtures_align import align_numbers
from codiff.pack import CONTRACTS

FOLDER = CONTRACTS / "fixtures"


def plain(numbers) -> object:
    return json.loads(json.dumps(numbers))


def close(a, b) -> bool:
    """Equal but for the last digits of numbers, which differ between machines."""
    if isinstance(a, dict) and "float32" in a:
        x, y = (np.frombuffer(base64.b64decode(v["float32"]), "<f4").reshape(v["shape"]) for v in (a, b))
        return bool(np.abs(x - y).max() < 1e-3)
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(close(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(close, a, b))
    return a == pytest.approx(b, rel=1e-6, abs=1e-7) if isinstance(a, float) else a == b


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("align", align_numbers),
        ("regions", editing.region_numbers),
        ("composite", editing.composite_numbers),
        ("descriptions", editing.description_numbers),
    ],
)
def test_numbers_of_editing(name, make):
    assert close(plain(make()), json.loads((FOLDER / f"{name}.json").read_text()))


@pytest.mark.parametrize("name", ["rng", "schedule", "ddim", "combine", "tokenizer"])
def test_numbers(name):
    committed = json.loads((FOLDER / f"{name}.json").read_text())
    assert close(plain(getattr(fixtures, f"{name}_numbers")()), committed)


def test_the_committed_pack_is_whole_and_gives_the_golden_runs():
    folder = FOLDER / "tiny-pack"
    manifest = pack.read(folder)
    for key in manifest["files"]:
        pack.read_file(folder, manifest, key)
    assert close(plain(fixtures.golden(folder)), json.loads((FOLDER / "golden.json").read_text()))
    assert close(plain(editing.edit_numbers(folder)), json.loads((FOLDER / "edit.json").read_text()))


def test_the_committed_weights_are_those_of_the_seed(tiny_pack):
    for key in ("mask_denoiser", "text_encoder"):
        committed, fresh = pack.weights(FOLDER / "tiny-pack", key), pack.weights(tiny_pack, key)
        assert committed.keys() == fresh.keys()
        for name, values in committed.items():
            np.testing.assert_allclose(values, fresh[name], atol=0.02 * np.abs(values).max())


def test_a_difference_would_be_seen():
    golden = json.loads((FOLDER / "golden.json").read_text())
    first, second = golden["runs"][0], golden["runs"][1]
    assert not close(first["latent"], second["latent"])
    assert not close({"a": 1.0}, {"a": 1.001})
