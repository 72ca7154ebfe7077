"""Golden numbers of finding and aligning a face; models/contracts/README.md tells their form."""

from typing import Any

import numpy as np

from codiff import rng
from codiff.edit import align
from codiff.edit.crop import CropSquare, fitting, sample
from codiff.numbers import encoded, encoded_bytes


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
