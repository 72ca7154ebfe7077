"""A drawn class mask and a few descriptions: known inputs for golden numbers and for measuring what quantization loses."""

import numpy as np
from PIL import Image, ImageDraw

BACKGROUND, SKIN, NOSE, L_EYE, R_EYE, L_BROW, R_BROW, L_EAR, R_EAR = 0, 1, 2, 4, 5, 6, 7, 8, 9
MOUTH, U_LIP, L_LIP, HAIR, NECK, CLOTH = 10, 11, 12, 13, 17, 18

# class, shape, box (left, top, right, bottom) as shares of the side; painted in this order
SHAPES = (
    (CLOTH, "ellipse", (0.02, 0.84, 0.98, 1.4)),
    (HAIR, "ellipse", (0.17, 0.03, 0.83, 0.78)),
    (NECK, "rectangle", (0.38, 0.70, 0.62, 0.90)),
    (L_EAR, "ellipse", (0.21, 0.40, 0.30, 0.58)),
    (R_EAR, "ellipse", (0.70, 0.40, 0.79, 0.58)),
    (SKIN, "ellipse", (0.25, 0.14, 0.75, 0.84)),
    (L_BROW, "ellipse", (0.31, 0.375, 0.45, 0.405)),
    (R_BROW, "ellipse", (0.55, 0.375, 0.69, 0.405)),
    (L_EYE, "ellipse", (0.33, 0.43, 0.44, 0.475)),
    (R_EYE, "ellipse", (0.56, 0.43, 0.67, 0.475)),
    (NOSE, "ellipse", (0.44, 0.44, 0.56, 0.62)),
    (U_LIP, "ellipse", (0.39, 0.675, 0.61, 0.72)),
    (L_LIP, "ellipse", (0.40, 0.70, 0.60, 0.76)),
    (MOUTH, "ellipse", (0.43, 0.698, 0.57, 0.725)),
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
    for index, shape, box in SHAPES:
        getattr(draw, shape)([round(share * (size - 1)) for share in box], fill=index)
    return np.asarray(picture)
