"""Shared by all tests: one thread, and the tiny pack written once."""

from pathlib import Path

import pytest
import torch

from codiff import tiny

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny pack in profile q8, for reading only."""
    folder = tmp_path_factory.mktemp("packs") / "tiny"
    tiny.write(folder)
    return folder


@pytest.fixture(scope="session")
def exact_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in float32."""
    folder = tmp_path_factory.mktemp("packs") / "exact"
    tiny.write(folder, "fp32")
    return folder
