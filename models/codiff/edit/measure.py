"""`python -m codiff align`: how well faces are found, and where eyes and mouth lie in aligned photos."""

import argparse
import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from codiff import arguments
from codiff.data import Faces
from codiff.edit import align
from codiff.errors import UsageError
from codiff.pipeline import Pipeline

Array = np.ndarray

# Of the 49 landmarks of a photo: eye at the image's left, eye at its right, corners of the mouth.
LANDMARKS = {"image_left_eye": slice(19, 25), "image_right_eye": slice(25, 31), "mouth": [31, 37]}


def landmark_errors(pipeline: Pipeline, photos: Iterable[tuple[Array, Array]]) -> Array:
    """Distances (N, 3) of the eyes and mouth found from those of the landmarks, as shares of the distance between the eyes.

    Photos are (H, W, 3) uint8, landmarks (49, 2); NaN where no face was found.
    """
    out = []
    for photo, landmarks in photos:
        truth = np.stack([landmarks[LANDMARKS[name]].mean(0) for name in align.PARTS])
        faces = align.find_faces(pipeline, photo)
        found = faces[0].parts if faces else np.full((3, 2), np.nan)
        out.append(np.linalg.norm(found - truth, axis=1) / np.linalg.norm(truth[1] - truth[0]))
    return np.array(out)


def aligned_points(pipeline: Pipeline, photos: Iterable[Array]) -> Array:
    """Eyes and mouth (N, 3, 2) in unit coordinates of photos that are aligned already; those without a face are left out."""
    found = ((photo, align.find_faces(pipeline, photo)) for photo in photos)
    return np.array([faces[0].parts / photo.shape[0] for photo, faces in found if faces])


def landmarked(folder: Path, count: int) -> Iterator[tuple[Array, Array]]:
    """Photos of `images.tar` and their landmarks in `landmarks.json` ({id: {"landmarks": [[x, y] × 49]}}), evenly drawn."""
    table = folder / "landmarks.json"
    if not table.is_file():
        raise UsageError(f"{table} is missing: give a folder of images.tar and landmarks.json with --photos")
    landmarks = json.loads(table.read_text(encoding="utf-8"))
    with tarfile.open(folder / "images.tar") as tar:
        members = [member for member in tar if Path(member.name).stem in landmarks]
        for member in members[:: max(1, len(members) // count)][:count]:
            stream = tar.extractfile(member)
            if stream is not None:
                photo = Image.open(io.BytesIO(stream.read())).convert("RGB")
                yield np.asarray(photo), np.array(landmarks[Path(member.name).stem]["landmarks"])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, help="folder of a pack that finds faces")
    parser.add_argument("--photos", type=Path, required=True, help="folder of images.tar and landmarks.json: photos as taken")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data set, whose photos are aligned")
    parser.add_argument("--n", type=int, default=400, help="photos of each")
    arguments.add_threads(parser)


def run(args: argparse.Namespace) -> None:
    pipeline = Pipeline(args.pack, 1, args.threads)
    if "aligner" not in pipeline.manifest.get("helpers", {}):
        raise UsageError(f"{args.pack} has no networks that find a face: export it with --helpers")
    errors = landmark_errors(pipeline, landmarked(args.photos, args.n))
    missed = np.isnan(errors[:, 0])
    print(f"{len(errors)} photos, {missed.sum()} without a face found; error in eye distances:")
    for name, values in zip(align.PARTS, errors[~missed].T, strict=True):
        print(
            f"  {name:<16} mean {values.mean():.3f}, median {np.median(values):.3f}, 95 % below {np.percentile(values, 95):.3f}"
        )
    faces = Faces(args.data)
    points = aligned_points(pipeline, faces.photos(faces.shards[-1], set(faces.ids(faces.shards[-1])[: args.n]))[1])
    print(f"{len(points)} aligned photos with a face; unit coordinates:")
    for name, mean, deviation in zip(align.PARTS, points.mean(0), points.std(0), strict=True):
        print(f"  {name:<16} {mean[0]:.4f} ± {deviation[0]:.4f}, {mean[1]:.4f} ± {deviation[1]:.4f}")
