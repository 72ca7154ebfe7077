"""Golden numbers of editing; models/contracts/README.md tells their form."""

from pathlib import Path
from typing import Any

import numpy as np

from codiff import rng, samples, tiny
from codiff.edit import align, inversion
from codiff.edit.crop import CropSquare, fitting, sample
from codiff.edit.picture import to_planes
from codiff.masks import COLOURS
from codiff.numbers import encoded, encoded_bytes
from codiff.pipeline import Job, Pipeline

SEED, STEPS = 11, 6
STRENGTHS = (0.0, 0.4, 0.7, 1.0)
SOURCE_WORDS, TARGET_WORDS = samples.DESCRIPTIONS[0], "A man with short hair and a beard."
RUNS = (("both", 0.0), ("both", 0.5), ("text", 0.0), ("text", 0.5), ("mask", 0.0), ("fixed", 0.0))


def drawn_face(size: int) -> tuple[np.ndarray, np.ndarray]:
    """A drawn face in flat colours with a light from the left, (S, S, 3) uint8, and its mask (S, S) uint8."""
    mask = samples.mask(size)
    light = np.linspace(1.1, 0.7, size)[None, :, None]
    return np.clip(COLOURS[mask] * light, 0, 255).astype(np.uint8), mask


def target_mask(size: int) -> np.ndarray:
    """The drawn face with its mouth closed and glasses on."""
    mask = samples.mask(size).copy()
    mask[mask == samples.MOUTH] = samples.U_LIP
    rows, columns = slice(round(0.41 * size), round(0.5 * size)), slice(round(0.3 * size), round(0.7 * size))
    mask[rows, columns] = 3
    return mask


def some_region(size: int) -> np.ndarray:
    """(S, S) float32: a rectangle of 1 whose surroundings stay just below one half."""
    region = np.zeros((size, size), np.float32)
    region[size // 8 : size * 6 // 8, size // 8 : size * 7 // 8] = 0.49
    region[size // 4 + 3 : size * 5 // 8, size // 4 : size * 3 // 4 - 5] = 1
    return region


def edit_numbers(folder: Path) -> dict[str, Any]:
    """Inversions and edits of a drawn face with the tiny pack in `folder`."""
    pipeline = Pipeline(folder, batch=1, threads=1)
    photo, mask = drawn_face(tiny.IMAGE)
    image = to_planes(photo)[None]
    helpers, codec = pipeline.manifest["helpers"], pipeline.manifest["codec"]
    latent = pipeline.run(codec["encoder"], image=image)[0]
    source, target = Job(mask, SOURCE_WORDS, SEED), Job(target_mask(tiny.IMAGE), TARGET_WORDS, SEED)
    region = some_region(tiny.IMAGE)
    runs = []
    for mode, balance in RUNS:
        leaning = inversion.balanced(pipeline, balance)
        inverted = inversion.invert(leaning, latent, source, STEPS, mode)
        edits = [
            {"strength": s, "latent": encoded(inversion.edit(leaning, inverted, target, region, s, mode))} for s in STRENGTHS
        ]
        runs.append({"mode": mode, "balance": balance, "edits": edits})
    parsed = pipeline.run(helpers["parser"]["network"], image=image)[0].argmax(0).astype(np.uint8)
    return {
        "pack": "tiny-pack",
        "seed": SEED,
        "steps": STEPS,
        "size": tiny.IMAGE,
        "rgb": encoded_bytes(photo),
        "source": {"mask": encoded_bytes(mask), "description": SOURCE_WORDS},
        "target": {"mask": encoded_bytes(target.mask), "description": TARGET_WORDS},
        "region": encoded(region),
        "parsed": encoded_bytes(parsed),
        "attributes": encoded(pipeline.run(helpers["attributes"]["network"], image=image)[0]),
        "latent": encoded(latent),
        "reconstruction": encoded(pipeline.run(codec["decoder"], latent=latent[None])[0]),
        "runs": runs,
    }


def align_numbers() -> dict[str, Any]:
    """Raw rows of the detector → boxes; boxes and meshes → squares; sampling. All inputs are made up."""
    rows = np.zeros((896, 17), np.float32)
    rows[:, 0] = -20
    # A face, the same one from the next anchor, a small one, one turned by a quarter, and one that is not sure enough.
    for index, score, box in (
        (270, 3.0, (4, 6, 80, 90)),
        (272, 2.5, (-11, 5, 84, 88)),
        (40, 1.0, (0, 2, 20, 24)),
        (700, 4.0, (-8, 3, 60, 52)),
        (800, -0.1, (0, 0, 40, 40)),
    ):
        x, y, width, height = box
        shape = np.array([(-0.2, -0.2), (0.22, -0.18), (0.0, 0.05), (0.01, 0.25), (-0.45, -0.1), (0.46, -0.08)])
        if index == 700:
            shape = shape @ np.array([(0, 1), (-1, 0)])
        points = np.array([x, y]) + shape * (width, height)
        rows[index] = [score, *box, *points.ravel()]
    view = fitting(640, 480, 1)
    boxes = align.decode(rows)
    mesh = _made_up_mesh()
    square = CropSquare(310.5, 200.25, 180.0, 0.3)
    places = square.to_photo(mesh[:, :2].astype(np.float64) / align.MESH["size"])
    photo = np.floor((rng.normals(1, 0, 9 * 7 * 3).reshape(7, 9, 3) + 3) * 42).clip(0, 255).astype(np.uint8)
    crops = (CropSquare(4.5, 3.5, 4.0, 0.0), CropSquare(3.0, 5.0, 14.5, -0.7), CropSquare(5.2, 3.1, 2.2, 2.0))
    return {
        "anchors": {
            "count": len(align.anchors()),
            "some": {str(i): align.anchors()[i].tolist() for i in (0, 1, 2, 511, 512, 895)},
        },
        "detector": {
            "rows": {str(i): rows[i].tolist() for i in np.nonzero(rows[:, 0] > -20)[0]},
            "other_score": -20,
            "photo": {"width": 640, "height": 480, "quarters": 1},
            "view": vars(view),
            "boxes": [
                {**vars(box), "points": box.points.tolist(), "square": vars(align.box_square(box, view))} for box in boxes
            ],
        },
        "mesh": {
            "square": vars(square),
            "points": encoded(mesh),
            "turned_by_degrees": align.turned_by(mesh.astype(np.float64)),
            "next_square": vars(align.mesh_square(places)),
            "parts": align.parts(places).tolist(),
            "crop": vars(align.similarity(align.parts(places), align.POINTS)),
        },
        "sampling": {
            "photo": {"width": 9, "height": 7, "rgb": encoded_bytes(photo)},
            "squares": [
                {"crop": vars(c), "size": 4, "black": black, "values": sample(photo, c, 4, black).ravel().round(6).tolist()}
                for c, black in ((crops[0], False), (crops[1], False), (crops[1], True), (crops[2], False))
            ],
        },
    }


def _made_up_mesh() -> np.ndarray:
    """(468, 3) float32 in a crop of 192 pixels: a cloud with eyes and a mouth where a slightly turned head has them."""
    mesh = rng.normals(2, 0, 468 * 3).reshape(468, 3) * np.float32(18) + np.float32(96)
    centres = {"image_left_eye": (66, 80, 10), "image_right_eye": (118, 86, -14), "mouth": (90, 128, -6)}
    for name, centre in centres.items():
        for k, index in enumerate(align.MESH[name]):
            mesh[index] = np.array(centre) + (2 * k - 1) * np.array([9, 1.5, 1])
    return mesh.astype(np.float32)
