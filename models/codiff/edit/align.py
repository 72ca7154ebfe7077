"""Finding the faces of a photo, and the square of each that is aligned as the training photos are."""

import json
import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from codiff.edit.crop import CropSquare, fitting, sample
from codiff.pack import CONTRACTS
from codiff.pipeline import Pipeline

Array = np.ndarray

_TABLE = json.loads((CONTRACTS / "face-alignment.json").read_text(encoding="utf-8"))
DETECTOR: dict[str, Any] = _TABLE["detector"]
MESH: dict[str, Any] = _TABLE["mesh"]
PARTS = ("image_left_eye", "image_right_eye", "mouth")
POINTS = np.array([_TABLE["crop"]["points"][name] for name in PARTS])  # (3, 2) where they lie in an aligned face, 0 … 1


@dataclass(frozen=True)
class Box:
    """A face as the detector sees it, in its own pixels: centre, sides, and six key points (6, 2), the first two the eyes."""

    score: float  # 0 … 1
    x: float
    y: float
    width: float
    height: float
    points: Array


@dataclass(frozen=True)
class Face:
    """A face that was found: its aligned square, the middles of its eyes and its mouth (3, 2) in the photo, how sure the
    detector is (0 … 1), and whether the head is turned far."""

    crop: CropSquare
    parts: Array
    score: float
    is_profile: bool


def anchors() -> Array:
    """Centres (896, 2) of the detector's anchors, in its pixels."""
    out = []
    for grid in DETECTOR["grids"]:
        centres = (np.arange(grid["side"]) + 0.5) / grid["side"] * DETECTOR["size"]
        y, x = np.meshgrid(centres, centres, indexing="ij")
        out.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), grid["anchors"], 0))
    return np.concatenate(out)


def sigmoid(logits: Array) -> Array:
    """0 … 1, float64; beyond ± 60 all logits are alike."""
    return 1 / (1 + np.exp(-np.clip(np.asarray(logits, np.float64), -60, 60)))


def decode(rows: Array) -> list[Box]:
    """The detector's output (896, 17) as faces that don't overlap, the surest first."""
    scores = sigmoid(rows[:, 0])
    kept = np.nonzero(scores >= DETECTOR["score"])[0]
    centres = anchors()
    found: list[Box] = []
    for i in sorted(kept, key=lambda i: -scores[i]):
        x, y, width, height, *points = rows[i, 1:].astype(np.float64)
        places = np.array(points).reshape(6, 2) + centres[i]
        box = Box(float(scores[i]), x + centres[i, 0], y + centres[i, 1], width, height, places)
        if width > 0 and height > 0 and all(overlap(box, other) <= DETECTOR["overlap"] for other in found):
            found.append(box)
    return found


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    wide = min(a.x + a.width / 2, b.x + b.width / 2) - max(a.x - a.width / 2, b.x - b.width / 2)
    tall = min(a.y + a.height / 2, b.y + b.height / 2) - max(a.y - a.height / 2, b.y - b.height / 2)
    both = max(wide, 0.0) * max(tall, 0.0)
    return both / (a.width * a.height + b.width * b.height - both)


def box_square(box: Box, view: CropSquare) -> CropSquare:
    """Where the mesh looks first: around the box, the eyes level. `view` is what the detector has seen."""
    scale = view.size / DETECTOR["size"]
    centre = view.to_photo(np.array([box.x, box.y]) / DETECTOR["size"])
    eyes = view.to_photo(box.points[:2] / DETECTOR["size"])
    return CropSquare(*centre.tolist(), MESH["margin"] * max(box.width, box.height) * scale, _angle(eyes[0], eyes[1]))


def mesh_square(points: Array) -> CropSquare:
    """Where the mesh looks again: around the points (468, 2) that it has found in the photo, the eyes level."""
    left, right, _ = parts(points)
    turned = CropSquare(0, 0, 1, _angle(left, right))
    unit = turned.to_unit(points)
    low, high = unit.min(0), unit.max(0)
    centre = turned.to_photo((low + high) / 2)
    return CropSquare(*centre.tolist(), MESH["margin"] * float((high - low).max()), turned.angle)


def parts(points: Array) -> Array:
    """(3, k): the middles of both eyes and of the mouth, from mesh points (468, k)."""
    return np.stack([points[MESH[name]].mean(0) for name in PARTS])


def similarity(places: Array, targets: Array) -> CropSquare:
    """The square in whose unit coordinates `places` (n, 2) of the photo lie nearest to `targets` (n, 2), by least squares."""
    p, q = places[:, 0] + 1j * places[:, 1], targets[:, 0] + 1j * targets[:, 1]
    from_mean = p - p.mean()
    factor = (from_mean.conj() * (q - q.mean())).sum() / (np.abs(from_mean) ** 2).sum()
    centre = p.mean() + (0.5 + 0.5j - q.mean()) / factor
    return CropSquare(float(centre.real), float(centre.imag), float(1 / abs(factor)), float(-np.angle(factor)))


def turned_by(mesh: Array) -> float:
    """How far the head is turned to a side, degrees: the slope in depth of the line between the eyes of a mesh (468, 3)."""
    left, right, _ = parts(mesh)
    across = right - left
    return abs(math.degrees(math.atan2(across[2], math.hypot(across[0], across[1]))))


def _angle(left: Array, right: Array) -> float:
    return math.atan2(right[1] - left[1], right[0] - left[0])


def read_mesh(pipeline: Pipeline, photo: Array, square: CropSquare) -> tuple[Array, Array, float]:
    """The mesh of one face: (468, 3) in the crop's pixels, (468, 2) in the photo's, and the logit of there being a face."""
    key = pipeline.manifest["helpers"]["aligner"]["mesh"]
    size = MESH["size"]
    numbers = pipeline.run(key, image=_planes(sample(photo, square, size)))[0].astype(np.float64)
    mesh = numbers[:-1].reshape(-1, 3)
    return mesh, square.to_photo(mesh[:, :2] / size), float(numbers[-1])


def find_faces(pipeline: Pipeline, photo: Array) -> list[Face]:
    """The faces of a photo (H, W, 3) uint8, the largest first; of one turned by quarters, if the mesh confirms none upright.

    The pack must have an aligner.
    """
    key = pipeline.manifest["helpers"]["aligner"]["detector"]
    for quarters in range(4):
        view = fitting(photo.shape[1], photo.shape[0], quarters)
        boxes = decode(pipeline.run(key, image=_planes(sample(photo, view, DETECTOR["size"], black=True)))[0])
        faces = [face for face in (face_of(pipeline, photo, box, view) for box in boxes) if face is not None]
        if faces:
            return sorted(faces, key=lambda face: -face.crop.size)
    return []


def face_of(pipeline: Pipeline, photo: Array, box: Box, view: CropSquare) -> Face | None:
    """The aligned square of one box; None where the mesh sees no face in it.

    The detector finds a face that stands on its head too, but takes its chin for its brow: so the mesh looks both ways.
    """
    square = box_square(box, view)
    ways = [read_mesh(pipeline, photo, replace(square, angle=square.angle + turn)) for turn in (0, math.pi)]
    _, places, _ = max(ways, key=lambda reading: reading[2])
    mesh, places, flag = read_mesh(pipeline, photo, mesh_square(places))
    if sigmoid(flag) < MESH["flag"]:
        return None
    found = parts(places)
    return Face(similarity(found, POINTS), found, box.score, turned_by(mesh) > MESH["profile_degrees"])


def _planes(square: Array) -> Array:
    return (square.transpose(2, 0, 1)[None] / 255).astype(np.float32)
