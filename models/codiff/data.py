"""The training data: shards of aligned photos, true masks, attribute tables, and the cache of codec latents.

`--data DIR` holds `images-SS.tar` (`ID.webp`, 256×256 RGB), `masks.tar` (`ID.png`, 8-bit class indices),
`attributes.csv` and optionally `appearance.csv` and `age.csv`.
"""

import csv
import io
import tarfile
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

from codiff.errors import UsageError

IMAGE_SIZE = 256


@dataclass
class Faces:
    """The data set in one folder; reads shards on demand."""

    root: Path
    rows: dict[str, dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.root = Path(self.root)
        table = self.root / "attributes.csv"
        if not table.exists():
            raise FileNotFoundError(f"{table} is missing: give the folder of the prepared data set with --data DIR")
        with table.open() as f:
            self.rows = {row["id"]: row for row in csv.DictReader(f)}

    @cached_property
    def shards(self) -> list[int]:
        return sorted(int(p.stem.split("-")[1]) for p in self.root.glob("images-*.tar"))

    def table(self, name: str) -> dict[str, dict[str, str]]:
        """Rows of NAME.csv by id; empty where the data set has no such table."""
        path = self.root / f"{name}.csv"
        if not path.exists():
            return {}
        with path.open() as f:
            return {row["id"]: row for row in csv.DictReader(f)}

    def split(self, identifier: str) -> str:
        return self.rows[identifier]["split"]

    def ids(self, shard: int) -> list[str]:
        """Ids of one shard in the order of the tar file."""
        with tarfile.open(self.root / f"images-{shard:02d}.tar") as tar:
            return [Path(m.name).stem for m in tar if m.name.endswith(".webp")]

    def has_mask(self, identifier: str) -> bool:
        """Whether `masks` has it: the table says so, without reading them."""
        return self.rows[identifier]["has_mask"] == "1"

    def photos(self, shard: int, only: Container[str] | None = None) -> tuple[list[str], np.ndarray]:
        """Ids and photos (N, 256, 256, 3) uint8 of one shard (or of those in `only`), in the order of the tar file."""
        with tarfile.open(self.root / f"images-{shard:02d}.tar") as tar:
            members = [m for m in tar if m.name.endswith(".webp") and (only is None or Path(m.name).stem in only)]
            ids = [Path(m.name).stem for m in members]
            out = np.empty((len(members), IMAGE_SIZE, IMAGE_SIZE, 3), np.uint8)
            for i, member in enumerate(members):
                out[i] = np.asarray(Image.open(io.BytesIO(_read(tar, member))).convert("RGB"))
        return ids, out

    @cached_property
    def masks(self) -> dict[str, np.ndarray]:
        """True masks (256, 256) uint8 by id."""
        out = {}
        with tarfile.open(self.root / "masks.tar") as tar:
            for member in tar:
                if member.name.endswith(".png"):
                    out[Path(member.name).stem] = np.asarray(Image.open(io.BytesIO(_read(tar, member))))
        return out


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    if stream is None:
        raise OSError(f"{member.name} in {tar.name} is not a file")
    return stream.read()


def resized(pictures: np.ndarray, size: int) -> np.ndarray:
    """Square pictures (N, S, S, C) uint8 at `size` px, a whole multiple or fraction of S: by means, or by repeating pixels."""
    count, side, _, channels = pictures.shape
    if max(side, size) % min(side, size):
        raise UsageError(f"pictures of {side} px cannot be read at {size} px: only whole multiples and fractions can")
    if size >= side:
        return pictures.repeat(size // side, 1).repeat(size // side, 2)
    times = side // size
    means = pictures.reshape(count, size, times, size, times, channels).mean((2, 4))
    return np.floor(means + 0.5).astype(np.uint8)


def cached(faces: Faces, path_of: Callable[[int], Path], shards: Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """Rows of the cache's arrays by photo, of all shards or some: `path_of` names a shard's .npy, (N, …) in the order of its
    tar; shards without one are left out. The arrays stay on disk until they are read.
    """
    paths = {shard: path_of(shard) for shard in (faces.shards if shards is None else shards)}
    return {
        name: row
        for shard, path in paths.items()
        if path.exists()
        for name, row in zip(faces.ids(shard), np.load(path, mmap_mode="r"), strict=True)
    }
