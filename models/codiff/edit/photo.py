"""Reading a photo from disk, upright, with plain words for whatever is wrong with it."""

import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from codiff.edit.crop import CropSquare
from codiff.errors import UsageError

Array = np.ndarray

MOST_PIXELS = 64_000_000
SMALLEST_SIDE = 64  # pixels
SEARCHED_SIDE = 1280  # pixels: a larger photo is shrunk to this before faces are looked for, as on the page


def read_photo(path: Path) -> Array:
    """(H, W, 3) uint8, turned as its EXIF orientation says; raises UsageError for what is no still picture of a fair size."""
    if not path.is_file():
        raise UsageError(f"{path} is missing: give the file of a photo with --photo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # larger ones are refused below
            picture = Image.open(path)
        with picture:
            _check(path, picture)
            return np.array(_eight_bits(ImageOps.exif_transpose(picture)).convert("RGB"))
    except Image.DecompressionBombError as cause:
        raise _too_large(path) from cause
    except UnidentifiedImageError as cause:
        raise UsageError(f"{path} is not a picture that can be read: save it as JPEG, PNG or WebP") from cause
    except (OSError, SyntaxError, ValueError) as cause:
        if isinstance(cause, UsageError):
            raise
        raise UsageError(f"{path} is damaged ({cause}): get the photo again") from cause


def _check(path: Path, picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise _too_large(path)
    if min(width, height) < SMALLEST_SIDE:
        raise UsageError(f"{path} is {width}×{height} pixels: give a photo of at least {SMALLEST_SIDE} pixels on each side")
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":  # an MPO holds other views of one still photo
        raise UsageError(f"{path} is animated: save one of its pictures as JPEG or PNG")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey of 16 bits as 8: Pillow's own conversion cuts off instead."""
    return Image.fromarray((np.asarray(picture) / 257).astype(np.uint8)) if picture.mode.startswith("I") else picture


def _too_large(path: Path) -> UsageError:
    return UsageError(f"{path} has more than {MOST_PIXELS // 1_000_000} megapixels: make it smaller first")


def searchable(photo: Array) -> tuple[Array, float]:
    """The photo no larger than `SEARCHED_SIDE`, and by how much it was shrunk (1 or less)."""
    scale = min(1.0, SEARCHED_SIDE / max(photo.shape[:2]))
    if scale == 1:
        return photo, 1.0
    size = [round(side * scale) for side in (photo.shape[1], photo.shape[0])]
    return np.asarray(Image.fromarray(photo).resize(size, Image.Resampling.BILINEAR)), scale


def unshrunk(crop: CropSquare, scale: float) -> CropSquare:
    """A crop of a photo that was shrunk by `scale` as one of the photo itself."""
    return CropSquare(crop.x / scale, crop.y / scale, crop.size / scale, crop.angle)
