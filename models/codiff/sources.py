"""Where the photos of `codiff prepare` come from: CelebAMask-HQ as its authors publish it, or a folder of one's own."""

import csv
from abc import ABC, abstractmethod
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from codiff.data import IMAGE_SIZE
from codiff.errors import UsageError
from codiff.labels import ATTRIBUTES
from codiff.masks import KEYS, read_mask, shrink

Attributes = dict[str, str]  # "1", "0" or "" (nobody has looked) by name


class Source(ABC):
    """Photos by id, at `IMAGE_SIZE`. Everything raises UsageError with the file's name where it cannot be used."""

    ids: list[str]

    @abstractmethod
    def photo(self, identifier: str) -> np.ndarray:
        """(256, 256, 3) uint8."""

    @abstractmethod
    def mask(self, identifier: str) -> np.ndarray | None:
        """(256, 256) uint8 class indices; None where the photo has no mask."""

    @abstractmethod
    def attributes(self, identifier: str) -> Attributes:
        """CelebA's 40 attributes."""


class CelebAMaskHQ(Source):
    """The authors' folders: CelebA-HQ-img/K.jpg, CelebAMask-HQ-mask-anno/{K // 2000}/KKKKK_CLASS.png, the attribute file.

    A mask has a file for each class that the face has. Where they overlap the later class in the table wins, as in the authors'
    g_mask.py (switchablenorms/CelebAMask-HQ), and every second pixel is kept, as it is 512 px wide.
    """

    PHOTOS, MASKS, ATTRIBUTES = "CelebA-HQ-img", "CelebAMask-HQ-mask-anno", "CelebAMask-HQ-attribute-anno.txt"
    PER_FOLDER = 2000

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in (self.PHOTOS, self.MASKS, self.ATTRIBUTES):
            if not (root / name).exists():
                raise UsageError(f"{root / name} is missing: give the unpacked CelebAMask-HQ folder, which holds it")
        self._attributes = self._read_attributes(root / self.ATTRIBUTES)
        numbers = sorted(int(path.stem) for path in (root / self.PHOTOS).glob("*.jpg") if path.stem.isdecimal())
        self.ids = [f"{number:05d}" for number in numbers]
        unlabelled = [i for i in self.ids if i not in self._attributes]
        if unlabelled:
            raise UsageError(f"{root / self.ATTRIBUTES} has no line for {int(unlabelled[0])}.jpg: get that file again")

    def photo(self, identifier: str) -> np.ndarray:
        return read_photo(self.root / self.PHOTOS / f"{int(identifier)}.jpg")

    def mask(self, identifier: str) -> np.ndarray | None:
        folder = self.root / self.MASKS / str(int(identifier) // self.PER_FOLDER)
        whole: np.ndarray | None = None
        for index, key in enumerate(KEYS[1:], 1):
            path = folder / f"{identifier}_{key}.png"
            if path.exists():
                part = _open(path).convert("L")
                whole = np.zeros((part.height, part.width), np.uint8) if whole is None else whole
                if whole.shape != (part.height, part.width):
                    raise UsageError(f"{path} is {part.width}×{part.height}, unlike the face's other masks: get it again")
                whole[np.asarray(part) != 0] = index
        return None if whole is None else fitted(whole, folder / f"{identifier}_*.png")

    def attributes(self, identifier: str) -> Attributes:
        return self._attributes[identifier]

    @staticmethod
    def _read_attributes(path: Path) -> dict[str, Attributes]:
        """The file's lines: a count, the names, then `K.jpg` and −1 or 1 for each."""
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        names = lines[0].split() if lines else []
        if sorted(names) != sorted(ATTRIBUTES):
            raise UsageError(f"{path}: its second line must name CelebA's 40 attributes; get that file again")
        out = {}
        for number, line in enumerate(lines[1:], 3):
            name, *values = line.split() or [""]
            if len(values) != len(names) or not Path(name).stem.isdecimal():
                raise UsageError(f"{path} line {number} is not a photo's name and 40 values: get that file again")
            out[f"{int(Path(name).stem):05d}"] = {k: "1" if v == "1" else "0" for k, v in zip(names, values, strict=True)}
        return out


class OwnPhotos(Source):
    """A folder of NAME.jpg, .jpeg, .png or .webp: square, at least 256 px, aligned as CelebA-HQ's are.

    Optional beside them: masks/NAME.png (8-bit class indices, square, at least 256 px) and attributes.csv (id and CelebA's 40
    attributes as 0 or 1). A photo may lack either: `codiff parse` makes masks; what nobody has looked at is never described.
    """

    KINDS = (".jpg", ".jpeg", ".png", ".webp")

    def __init__(self, root: Path) -> None:
        self.root = root
        if not root.is_dir():
            raise UsageError(f"{root} is not a folder: give the one that holds the photos")
        self._paths: dict[str, Path] = {}
        for path in sorted(root.iterdir()):
            if path.suffix.lower() in self.KINDS:
                if path.stem in self._paths:
                    raise UsageError(f"{path} and {self._paths[path.stem].name} have the same name: rename one")
                self._paths[path.stem] = path
        self.ids = list(self._paths)
        stray = [p for p in sorted((root / "masks").glob("*.png")) if p.stem not in self._paths]
        if stray:
            raise UsageError(f"{stray[0]} has no photo of the same name in {root}: add it, or remove the mask")
        self._attributes = self._read_attributes(root / "attributes.csv")
        unknown = [i for i in self._attributes if i not in self._paths]
        if unknown:
            raise UsageError(f"{root / 'attributes.csv'} names {unknown[0]}, of which {root} has no photo: correct the id")

    def photo(self, identifier: str) -> np.ndarray:
        return read_photo(self._paths[identifier])

    def mask(self, identifier: str) -> np.ndarray | None:
        path = self.root / "masks" / f"{identifier}.png"
        return fitted(read_mask(path), path) if path.exists() else None

    def attributes(self, identifier: str) -> Attributes:
        return self._attributes.get(identifier, dict.fromkeys(ATTRIBUTES, ""))

    @staticmethod
    def _read_attributes(path: Path) -> dict[str, Attributes]:
        if not path.exists():
            return {}
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        out = {}
        for number, row in enumerate(rows, 2):
            if not row.get("id") or any(row.get(name) not in ("0", "1") for name in ATTRIBUTES):
                raise UsageError(f"{path} line {number} needs an id and 0 or 1 for each of CelebA's 40 attributes: complete it")
            out[row["id"]] = {name: row[name] for name in ATTRIBUTES}
        return out


def _open(path: Path) -> Image.Image:
    try:
        with Image.open(path) as picture:
            picture.load()
            return picture
    except (UnidentifiedImageError, OSError) as cause:
        raise UsageError(f"{path} is not a picture that can be read: get it again, or remove it") from cause


def read_photo(path: Path) -> np.ndarray:
    """A square photo at `IMAGE_SIZE`, (256, 256, 3) uint8."""
    picture = _open(path).convert("RGB")
    if picture.width != picture.height or picture.width < IMAGE_SIZE:
        size = f"{picture.width}×{picture.height}"
        raise UsageError(f"{path} is {size}: photos must be square, aligned and at least {IMAGE_SIZE} px wide; crop it so")
    return np.asarray(picture.resize((IMAGE_SIZE, IMAGE_SIZE), Image.Resampling.LANCZOS))


def fitted(mask: np.ndarray, path: Path) -> np.ndarray:
    """A square mask at `IMAGE_SIZE`, (256, 256) uint8; `path` is for the message."""
    if mask.shape[0] != mask.shape[1] or mask.shape[0] < IMAGE_SIZE:
        raise UsageError(f"{path} is {mask.shape[1]}×{mask.shape[0]}: masks must be square and at least {IMAGE_SIZE} px wide")
    return shrink(mask, IMAGE_SIZE)
