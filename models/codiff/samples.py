"""A drawn class mask and a few descriptions: known inputs for golden numbers and for measuring what quantization loses."""

import numpy as np
from PIL import Image, ImageDraw

from codiff.masks import BACKGROUND, KEYS

# class, shape, box (left, top, right, bottom) as shares of the side; painted in this order. Sides are the person's own.
SHAPES = (
    ("cloth", "ellipse", (0.02, 0.84, 0.98, 1.4)),
    ("hair", "ellipse", (0.17, 0.03, 0.83, 0.78)),
    ("neck", "rectangle", (0.38, 0.70, 0.62, 0.90)),
    ("r_ear", "ellipse", (0.21, 0.40, 0.30, 0.58)),
    ("l_ear", "ellipse", (0.70, 0.40, 0.79, 0.58)),
    ("skin", "ellipse", (0.25, 0.14, 0.75, 0.84)),
    ("r_brow", "ellipse", (0.31, 0.375, 0.45, 0.405)),
    ("l_brow", "ellipse", (0.55, 0.375, 0.69, 0.405)),
    ("r_eye", "ellipse", (0.33, 0.43, 0.44, 0.475)),
    ("l_eye", "ellipse", (0.56, 0.43, 0.67, 0.475)),
    ("nose", "ellipse", (0.44, 0.44, 0.56, 0.62)),
    ("u_lip", "ellipse", (0.39, 0.675, 0.61, 0.72)),
    ("l_lip", "ellipse", (0.40, 0.70, 0.60, 0.76)),
    ("mouth", "ellipse", (0.43, 0.698, 0.57, 0.725)),
)
DESCRIPTIONS = (
    "A smiling woman in her thirties with long blond hair.",
    "This man has a beard of medium length. He is in his forties.",
    "young woman, black hair, bangs, glasses",
    "An elderly man with short grey hair and a serious expression.",
)


def mask(size: int) -> np.ndarray:
    """A face seen from the front, (size, size) uint8 class indices."""
    picture = Image.new("L", (size, size), BACKGROUND)
    draw = ImageDraw.Draw(picture)
    for key, shape, box in SHAPES:
        getattr(draw, shape)([round(share * (size - 1)) for share in box], fill=KEYS.index(key))
    return np.asarray(picture)
