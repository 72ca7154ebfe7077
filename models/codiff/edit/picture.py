"""Pictures as planes, and the two filters that editing needs."""

import math

import numpy as np

Array = np.ndarray


def to_planes(pixels: Array) -> Array:
    """(S, S, 3) uint8 → (3, S, S) float32 in [0, 1]."""
    return (pixels.transpose(2, 0, 1) / 255).astype(np.float32)


def blur(values: Array, sigma: float) -> Array:
    """Gaussian of deviation `sigma` pixels over (S, S), cut off beyond ⌈2 sigma⌉ pixels, edge pixels repeated; float64."""
    radius = math.ceil(2 * sigma)
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    out = values.astype(np.float64)
    for axis in (0, 1):
        padded = np.pad(out, [(radius, radius) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        length = out.shape[axis]
        out = sum(w * np.take(padded, range(k, k + length), axis) for k, w in enumerate(kernel))
    return out


def dilate(region: Array, distance: float) -> Array:
    """(S, S) bool: pixels whose centre lies within `distance` pixels of the centre of one of the region's."""
    reach = math.floor(distance)
    out = np.zeros_like(region, bool)
    padded = np.pad(region.astype(bool), reach)
    height, width = region.shape
    for dy in range(-reach, reach + 1):
        run = math.floor(math.sqrt(distance * distance - dy * dy))
        row = padded[reach + dy : reach + dy + height]
        # A run of pixels holds one of the region's where the running count grows within it.
        count = np.pad(np.cumsum(row, 1, dtype=np.int64), ((0, 0), (1, 0)))
        out |= count[:, reach + run + 1 : reach + run + 1 + width] > count[:, reach - run : reach - run + width]
    return out
