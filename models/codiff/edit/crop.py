"""Squares of a photo: their geometry, and sampling them."""

import math
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class CropSquare:
    """Centre and side in pixels of the photo (pixel centres at + 0.5), and the angle in radians, clockwise on the screen."""

    x: float
    y: float
    size: float
    angle: float

    def to_photo(self, unit: Array) -> Array:
        """Unit coordinates (…, 2) of the square, 0 … 1, as places (x, y) in the photo."""
        across, down = unit[..., 0] - 0.5, unit[..., 1] - 0.5
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return np.stack(
            [self.x + self.size * (across * cos - down * sin), self.y + self.size * (across * sin + down * cos)], -1
        )

    def to_unit(self, places: Array) -> Array:
        """Places (…, 2) in the photo as unit coordinates of the square."""
        x, y = (places[..., 0] - self.x) / self.size, (places[..., 1] - self.y) / self.size
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return np.stack([0.5 + x * cos + y * sin, 0.5 - x * sin + y * cos], -1)

    def cut(self, photo: Array, size: int) -> Array:
        """The square of a photo (H, W, 3) uint8 as a picture (size, size, 3) uint8: an aligned face."""
        return np.floor(sample(photo, self, size) + 0.5).astype(np.uint8)


def fitting(width: int, height: int, turns: int = 0) -> CropSquare:
    """The smallest square around a whole photo, turned by `turns` quarters."""
    return CropSquare(width / 2, height / 2, max(width, height), turns * math.pi / 2)


def bilinear(picture: Array, places: Array) -> Array:
    """Values (…, channels) float64 of a picture (H, W, channels) at places (…, 2); edge pixels are repeated outside."""
    height, width = picture.shape[:2]
    x = np.clip(places[..., 0] - 0.5, 0, width - 1)
    y = np.clip(places[..., 1] - 0.5, 0, height - 1)
    left, top = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    right, below = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    fx, fy = (x - left)[..., None], (y - top)[..., None]
    upper = picture[top, left] * (1 - fx) + picture[top, right] * fx
    lower = picture[below, left] * (1 - fx) + picture[below, right] * fx
    return upper * (1 - fy) + lower * fy


def sample(photo: Array, crop: CropSquare, size: int, black: bool = False) -> Array:
    """A square of a photo (H, W, 3) as (size, size, 3) float64, in the photo's units.

    Each pixel is the mean of n × n bilinear samples, n the square's side over `size`, rounded up: an average over its area
    when the square is shrunk. Outside the photo edge pixels are repeated, or all is 0 if `black`.
    """
    fine = max(1, math.ceil(crop.size / size - 1e-9))
    steps = (np.arange(size * fine) + 0.5) / (size * fine)
    out = np.empty((size, size, photo.shape[2]))
    for row in range(size):  # row by row: a large photo's samples would fill the memory
        v = np.broadcast_to(steps[row * fine : (row + 1) * fine, None], (fine, size * fine))
        places = crop.to_photo(np.stack([np.broadcast_to(steps, v.shape), v], -1))
        values = bilinear(photo, places)
        if black:
            inside = (places >= 0).all(-1) & (places[..., 0] <= photo.shape[1]) & (places[..., 1] <= photo.shape[0])
            values = values * inside[..., None]
        out[row] = values.reshape(fine, size, fine, -1).mean((0, 2))
    return out
