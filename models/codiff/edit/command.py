"""`python -m codiff edit`: one photo edited with a pack on the CPU, as the page does it."""

import argparse
import json
import math
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from codiff import arguments
from codiff.edit import region
from codiff.edit.align import find_faces
from codiff.edit.composite import composite
from codiff.edit.crop import CropSquare
from codiff.edit.face import Settings, Side, check_pack, edit_face, read_face
from codiff.edit.photo import read_photo, searchable, unshrunk
from codiff.errors import UsageError
from codiff.masks import COLOURS
from codiff.nets import CLASSES
from codiff.pipeline import Pipeline
from codiff.sample import pack_mask

SOFTWARE = "codiff edit"
BY_HAND = "give its square with --crop X,Y,SIZE,ANGLE"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, help="folder of a pack, such as public/packs/nano")
    parser.add_argument("--photo", type=Path, required=True, help="JPEG, PNG or WebP")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures and description.txt")
    parser.add_argument("--mask", type=Path, help="the face as it shall be: mask.png of an earlier run, repainted")
    parser.add_argument("--words", help="the face as it shall be: description.txt of an earlier run, rewritten")
    parser.add_argument("--strength", type=float, default=0.7, help="0 (the photo) to 1 (as far from it as can be)")
    parser.add_argument("--face", type=int, default=1, help="which face, counted from the largest")
    parser.add_argument("--crop", type=square, metavar="X,Y,SIZE,ANGLE", help="the face's square: centre, side (px), degrees")
    parser.add_argument("--seed", type=int, default=0, help="another one edits otherwise")
    parser.add_argument("--mode", default="both", help="both, fixed, or one model of the pack: mask, text")
    parser.add_argument("--balance", type=float, default=0.0, help="-1 (the mask rules) to 1 (the words rule)")
    arguments.add_steps(parser)


def square(text: str) -> CropSquare:
    """`X,Y,SIZE,ANGLE`, in pixels of the upright photo and degrees clockwise."""
    try:
        x, y, size, angle = map(float, text.split(","))
    except ValueError as cause:
        raise argparse.ArgumentTypeError(f"{text!r} is not X,Y,SIZE,ANGLE, such as 320,240,180,0") from cause
    if size <= 0 or not all(map(math.isfinite, (x, y, size, angle))):
        raise argparse.ArgumentTypeError(f"the side of a square must be above 0, not {size:g}")
    return CropSquare(x, y, size, math.radians(angle))


def run(args: argparse.Namespace) -> None:
    pipeline = Pipeline(args.pack, 1, args.threads)
    check_pack(pipeline)
    settings = _settings(args, pipeline)
    photo = read_photo(args.photo)
    crop = args.crop or _face(pipeline, args.photo, photo, args.face)
    size = pipeline.manifest["image_size"]
    aligned = crop.cut(photo, size)
    source = read_face(pipeline, aligned)
    target = _target(args, pipeline, source)
    where = region.automatic((source.mask, target.mask), (source.words, target.words)).astype(np.float64)
    edited = edit_face(pipeline, aligned, source, target, where, [args.strength], settings)
    whole = composite(photo, crop, edited.edits[0], edited.reconstruction, where)
    recipe = {"strength": args.strength, **vars(settings), "description": target.words, "pack": pipeline.manifest["id"]}
    args.out.mkdir(parents=True, exist_ok=True)
    Image.fromarray(aligned).save(args.out / "aligned.png")
    _indexed(source.mask).save(args.out / "mask.png")
    (args.out / "description.txt").write_text(source.words + "\n", encoding="utf-8")
    _save(edited.reconstruction, args.out / "reconstruction.png")
    _save(edited.edits[0], args.out / "edit.png", recipe)
    Image.fromarray(whole).save(args.out / "composite.png", pnginfo=_note(recipe))
    degrees = math.degrees(crop.angle)
    print(f"face at {crop.x:.1f},{crop.y:.1f},{crop.size:.1f},{degrees:.1f}: {source.words}")
    print(f"{where.mean():.0%} of it may change; written to {args.out}")


def _settings(args: argparse.Namespace, pipeline: Pipeline) -> Settings:
    steps = arguments.steps(args.steps, pipeline.manifest, editing=True)
    if not 0 <= args.strength <= 1:
        raise UsageError(f"--strength must be from 0 to 1, not {args.strength:g}")
    if not -1 <= args.balance <= 1:
        raise UsageError(f"--balance must be from -1 to 1, not {args.balance:g}")
    if not 0 <= args.seed < 2**32:
        raise UsageError(f"--seed must be from 0 to {2**32 - 1}, not {args.seed}")
    pipeline.active(args.mode)  # refuses a mode that the pack lacks before anything is read
    return Settings(steps, args.seed, args.mode, args.balance)


def _face(pipeline: Pipeline, path: Path, photo: np.ndarray, number: int) -> CropSquare:
    if "aligner" not in pipeline.manifest["helpers"]:
        raise UsageError(f"{pipeline.folder} has no networks that find a face: {BY_HAND}")
    small, scale = searchable(photo)
    faces = find_faces(pipeline, small)
    if not faces:
        raise UsageError(f"no face was found in {path}: take a photo that shows it from the front and larger, or {BY_HAND}")
    if not 1 <= number <= len(faces):
        count = "one face" if len(faces) == 1 else f"{len(faces)} faces"
        raise UsageError(f"--face {number} is not there: {path} shows {count}, the largest is 1")
    face = faces[number - 1]
    if face.is_profile:
        print("the head is turned far to a side: the edit may look odd")
    return unshrunk(face.crop, scale)


def _target(args: argparse.Namespace, pipeline: Pipeline, source: Side) -> Side:
    mask, words = source.mask, source.words
    if args.mask is not None:
        mask = pack_mask(args.mask, len(mask), CLASSES)
    if args.words is not None:
        words = args.words.strip()
        if not words:
            raise UsageError("--words is empty: say how the face shall look, or leave it out")
    return Side(mask, words)


def _indexed(mask: np.ndarray) -> Image.Image:
    picture = Image.fromarray(mask, "P")
    picture.putpalette(COLOURS.tobytes())
    return picture


def _note(recipe: dict) -> PngInfo:
    """Says in the file that the picture is no photo, and how it was made."""
    info = PngInfo()
    info.add_text("Software", SOFTWARE)
    info.add_text("AI-edited", "true")
    info.add_text("Recipe", json.dumps({"AI-edited": True, **recipe}))
    return info


def _save(picture: np.ndarray, path: Path, recipe: dict | None = None) -> None:
    Image.fromarray((picture * 255 + 0.5).astype(np.uint8)).save(path, pnginfo=None if recipe is None else _note(recipe))
