"""`python -m codiff inversions`: the way photos are edited against plain image-to-image and DDIM inversion, in figures."""

import argparse
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import onnx

from codiff import arguments, graph, pack, rng, schedule
from codiff.colour import HAIR
from codiff.compare import psnr
from codiff.data import resized
from codiff.edit import align, inversion, region
from codiff.edit.asked import Edit, editable, edits_of
from codiff.edit.composite import composite
from codiff.edit.crop import CropSquare, fitting, sample
from codiff.edit.face import Settings, Side, check_pack, read_face
from codiff.edit.inversion import Inversion
from codiff.edit.photo import read_photo, searchable, unshrunk
from codiff.edit.picture import to_planes
from codiff.errors import UsageError
from codiff.evaluate.report import NONE, table
from codiff.labels import ATTRIBUTES
from codiff.pipeline import Job, Pipeline, session
from codiff.sample import to_pixels

Array = np.ndarray

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
# How far the net's Blond_Hair less Black_Hair must move. On val photos it is −6.5 ± 2.6 for black hair, 0.4 ± 3.4 for brown and
# 7.7 ± 3.3 for blond: this is half the way to the next colour, and more than the codec alone moves any of 208 photos (2.7).
ENOUGH = 3.5
BLOND, BLACK = ATTRIBUTES.index("Blond_Hair"), ATTRIBUTES.index("Black_Hair")
LUMA = np.array([0.299, 0.587, 0.114])
# What the face descriptor sees of an aligned face: centre and side as shares of it. From brows to chin with little hair, which
# an edit is meant to change.
FACE_CENTRE, FACE_SIDE = (0.5, 0.55), 0.65
DESCRIPTOR_INPUT, DESCRIPTOR_SIZE = 224, 1024
REACHES = ("region", "everywhere")
FORMS = {  # columns of the table: the figures of a Score in order, and how they are written
    "identity": ".3f",
    "attribute features": ".3f",
    "PSNR outside, dB": ".1f",
    "success": ".0%",
    "logit shift": "+.1f",
    "hair luma shift": "+.1%",
}

Descriptor = Callable[[Array], Array]  # an aligned face (S, S, 3) uint8 → numbers (n,) that tell whose it is


@dataclass(frozen=True)
class Key:
    """A line of the table."""

    method: str
    edit: str
    reach: str  # of REACHES: only where the edit asks for it, as on the page, or the whole picture
    strength: float


@dataclass(frozen=True)
class Score:
    """What became of one face; NaN where a figure does not apply. Compared with the photo: all but `outside`."""

    identity: float  # cosine of the face descriptor
    features: float  # cosine of what the attribute net's last layer reads
    outside: float  # dB: the decoded edit against the codec's reconstruction outside the region
    success: float  # 0 or 1, or the share of the asked pixels that the parser finds
    shift: float  # of Blond_Hair less Black_Hair in logits, the asked way
    brightness: float  # change of the hair's mean luma, 0 … 1, the asked way


@dataclass(frozen=True)
class Judges:
    """The attribute net gives its numbers (77,) and what its last layer reads of an aligned face (S, S, 3) uint8."""

    descriptor: Descriptor
    attributes: Callable[[Array], tuple[Array, Array]]
    parser: Callable[[Array], Array]


def noised(pipeline: Pipeline, latent: Array, source: Job, steps: int, mode: str) -> Inversion:
    """Plain image-to-image (Meng et al., SDEdit, ICLR 2022): the photo under one and the same noise; nothing is predicted."""
    noise = rng.normals(source.seed, inversion.STREAM, latent.size).reshape(latent.shape).astype(np.float64)
    plan = pipeline.plan(steps)
    latents = [math.sqrt(step.alpha) * latent + math.sqrt(1 - step.alpha) * noise for step in plan]
    return _without_remainders([*latents, latent])


def climbed(pipeline: Pipeline, latent: Array, source: Job, steps: int, mode: str) -> Inversion:
    """DDIM inversion (Song et al., ICLR 2021): the steps with η = 0 upwards, under the photo's own mask and words.

    As usual the ε of a step is taken at its lower end, under the timestep of its upper one.
    """
    voices = pipeline.prepare([source], mode)
    latents = [latent]
    for step in reversed(pipeline.plan(steps)):
        x = latents[0]
        predicted, _ = pipeline.predict(x[None], step.timestep, voices)
        _, clamped = schedule.ddim_mean(x[None], predicted, step, eta=0.0, **pipeline.prediction)
        epsilon = schedule.to_epsilon(x, clamped[0], step.alpha)
        x0 = (x - math.sqrt(1 - step.alpha_next) * epsilon) / math.sqrt(step.alpha_next)
        up = math.sqrt(step.alpha) * x0 + math.sqrt(1 - step.alpha) * epsilon
        latents.insert(0, up.astype(np.float32))
    return _without_remainders(latents)


def _without_remainders(latents: Sequence[Array]) -> Inversion:
    run = np.stack(latents).astype(np.float32)
    return Inversion(run, np.zeros_like(run[1:]), eta=0.0)


METHODS = {
    "Edit-friendly DDPM": inversion.invert,
    "Image-to-image": noised,
    "DDIM inversion": climbed,
}


def compare(
    pipeline: Pipeline, aligned: Array, source: Side, judges: Judges, settings: Settings, strengths: Sequence[float]
) -> dict[Key, Score]:
    """Every edit of an aligned face (S, S, 3) uint8 by every method, judged. Needs a batch of 1."""
    codec = pipeline.manifest["codec"]
    leaning = inversion.for_editing(pipeline, settings.balance, settings.mode)
    latent = pipeline.run(codec["encoder"], image=to_planes(aligned)[None])[0]
    rebuilt = pipeline.run(codec["decoder"], latent=latent[None])[0]
    out = {}
    for method, invert in METHODS.items():
        before = Job(source.mask, source.words, settings.seed)
        inverted = invert(leaning, latent, before, settings.steps, settings.mode)
        for (name, edit), reach, strength in itertools.product(edits_of(source).items(), REACHES, strengths):
            asked = region.automatic((source.mask, edit.target.mask), (source.words, edit.target.words))
            where = np.ones(asked.shape) if reach == "everywhere" else asked.astype(np.float64)
            after = Job(edit.target.mask, edit.target.words, settings.seed)
            edited = inversion.edit(leaning, inverted, after, where, strength, settings.mode)
            picture = pipeline.run(codec["decoder"], latent=edited[None])[0]
            pictures = [to_pixels(planes) / 255 for planes in (picture, rebuilt)]
            whole = composite(aligned, fitting(*asked.shape), pictures[0], pictures[1], where)
            outside = psnr(pictures[0][~asked], pictures[1][~asked]) if not asked.all() else math.nan
            out[Key(method, name, reach, strength)] = judged(judges, aligned, whole, source, edit, outside)
    return out


def judged(judges: Judges, photo: Array, edited: Array, source: Side, edit: Edit, outside: float) -> Score:
    """The score of an edit, from both pictures (S, S, 3) uint8."""
    numbers, features = zip(*map(judges.attributes, (photo, edited)), strict=True)
    success, shift, brightness = math.nan, math.nan, math.nan
    if edit.lighter:
        blond = [float(n[BLOND] - n[BLACK]) for n in numbers]
        luma = [float((picture[source.mask == HAIR] / 255 @ LUMA).mean()) for picture in (photo, edited)]
        shift, brightness = (edit.lighter * (after - before) for before, after in (blond, luma))
        success = float(shift >= ENOUGH)
    else:
        asked = edit.target.mask != source.mask
        success = float((judges.parser(edited) == edit.target.mask)[asked].mean())
    identity = cosine(judges.descriptor(photo), judges.descriptor(edited))
    return Score(identity, cosine(*features), outside, success, shift, brightness)


def cosine(a: Array, b: Array) -> float:
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def attribute_reader(pipeline: Pipeline) -> Callable[[Array], tuple[Array, Array]]:
    """The pack's attribute net, with what its last layer reads as a second output."""
    if "attributes" not in pipeline.manifest["helpers"]:
        raise UsageError(f"{pipeline.folder} has no attribute net to judge edits with: give another pack")
    about = pipeline.manifest["helpers"]["attributes"]
    model = graph.batched(pack.read_network(pipeline.folder, pipeline.manifest, about["network"]), 1)
    head = next(node for node in model.graph.node if "head.weight" in node.input)
    model.graph.output.append(onnx.ValueInfoProto(name=head.input[0]))
    opened = session(model.SerializeToString(), pipeline.threads)

    def read(picture: Array) -> tuple[Array, Array]:
        numbers, features = opened.run(None, {"image": to_planes(resized(picture[None], about["size"])[0])[None]})
        return numbers[0], features.ravel()

    return read


def face_descriptor(path: Path, threads: int) -> Descriptor:
    """A network of a face (1, 224, 224, 3) RGB 0 … 255 with an output of 1,024 numbers, such as faceres of Human (MIT)."""
    if not path.is_file():
        raise UsageError(f"{path} is missing: give faceres as ONNX with --descriptor")
    try:
        opened = session(path.read_bytes(), threads)
    except Exception as cause:  # onnxruntime raises classes of its own making
        raise UsageError(f"{path} is not an ONNX network: convert faceres again") from cause
    given = opened.get_inputs()[0]
    outputs = [o.name for o in opened.get_outputs() if o.shape[-1] == DESCRIPTOR_SIZE]
    if given.shape[1:] != [DESCRIPTOR_INPUT, DESCRIPTOR_INPUT, 3] or not outputs:
        raise UsageError(f"{path} has another form than faceres: it must read 224×224 RGB and give {DESCRIPTOR_SIZE:,} numbers")

    def describe(picture: Array) -> Array:
        size = len(picture)
        face = CropSquare(FACE_CENTRE[0] * size, FACE_CENTRE[1] * size, FACE_SIDE * size, 0)
        view = sample(picture, face, DESCRIPTOR_INPUT).astype(np.float32)
        return opened.run(outputs[:1], {given.name: view[None]})[0].ravel()

    return describe


def aligned_faces(pipeline: Pipeline, folder: Path) -> Iterator[tuple[str, Array, Side]]:
    """Name, aligned face (S, S, 3) uint8 and its reading, of the photos of one face that can be asked for both edits."""
    if "aligner" not in pipeline.manifest["helpers"]:
        raise UsageError(f"{pipeline.folder} has no networks that find a face: export it with --helpers")
    size = pipeline.manifest["image_size"]
    for path in sorted(p for p in folder.glob("*") if p.suffix.lower() in PICTURES):
        photo = read_photo(path)
        small, scale = searchable(photo)
        faces = align.find_faces(pipeline, small)
        if len(faces) == 1 and not faces[0].is_profile:
            aligned = unshrunk(faces[0].crop, scale).cut(photo, size)
            source = read_face(pipeline, aligned)
            if editable(source):
                yield path.name, aligned, source


def markdown(scores: Sequence[Mapping[Key, Score]], strangers: float, steps: int) -> str:
    """Means over the photos, with what the columns mean; `strangers` is the mean identity of pairs of photos."""
    lines = []
    for key in scores[0]:
        columns = np.array([astuple(of_photo[key]) for of_photo in scores]).T
        figures = [_mean(column, form) for column, form in zip(columns, FORMS.values(), strict=True)]
        lines.append([key.method, key.edit, key.reach, f"{key.strength:g}", *figures])
    note = (
        f"{len(scores)} photos, {steps} steps, means. Identity: cosine of a face descriptor that had no part in training, "
        f"between photo and edited photo (between two of the photos {_mean(np.array([strangers]), '.2f')}). Attribute "
        "features: the same of what the attribute net's last layer reads. PSNR outside: of the decoded edit against the "
        "codec's reconstruction where the edit asks for nothing. Success: for hair, the attribute net's Blond_Hair less "
        f"Black_Hair moves at least {ENOUGH:g} the asked way; for glasses, the share of their pixels that the parser finds. "
        "“everywhere”: the same without keeping the edit to its region."
    )
    return table(["method", "edit", "where", "strength", *FORMS], lines) + "\n\n" + note + "\n"


def _mean(values: Array, form: str) -> str:
    there = values[~np.isnan(values)]
    return format(there.mean(), form) if len(there) else NONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, help="folder of a pack that finds faces and reads attributes")
    parser.add_argument("--photos", type=Path, required=True, help="folder of photos")
    parser.add_argument("--descriptor", type=Path, required=True, help="faceres as ONNX: tells persons apart")
    parser.add_argument("--out", type=Path, required=True, help="markdown file for the table")
    parser.add_argument("--n", type=int, default=8, help="photos: the first that show one face with hair and without glasses")
    parser.add_argument("--strength", type=float, nargs="+", default=[0.7], help="one or more, 0 to 1")
    arguments.add_steps(parser)


def run(args: argparse.Namespace) -> None:
    pipeline = Pipeline(args.pack, 1, args.threads)
    check_pack(pipeline)
    steps = arguments.steps(args.steps, pipeline.manifest, editing=True)
    if args.n < 1 or not all(0 <= s <= 1 for s in args.strength):
        raise UsageError("--n must be at least 1, and --strength from 0 to 1")
    descriptor = face_descriptor(args.descriptor, args.threads)
    judges = Judges(descriptor, attribute_reader(pipeline), lambda picture: read_face(pipeline, picture).mask)
    scores, known = [], []
    for name, aligned, source in itertools.islice(aligned_faces(pipeline, args.photos), args.n):
        scores.append(compare(pipeline, aligned, source, judges, Settings(steps, len(scores), "both", 0.0), args.strength))
        known.append(descriptor(aligned))
        print(f"{len(scores)} of {args.n}: {name}: {source.words}", flush=True)
    if not scores:
        raise UsageError(f"{args.photos} has no photo of one face with hair and without glasses: give another folder")
    pairs = [cosine(a, b) for a, b in itertools.combinations(known, 2)]
    text = markdown(scores, float(np.mean(pairs)) if pairs else math.nan, steps)
    args.out.write_text(text, encoding="utf-8")
    print(text)
