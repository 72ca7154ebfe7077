"""`python -m codiff evaluate`: makes the pictures of every run, judges them, writes evaluation.md and evaluation.json."""

import argparse
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from codiff import arguments, build, export, metrics
from codiff.data import Faces
from codiff.errors import UsageError
from codiff.evaluate import influence, judges, questions, report, rows
from codiff.evaluate.cases import Case, cases, known_facts, val_ids
from codiff.evaluate.judges import BATCH, Judges, Verdict, resized
from codiff.masks import KEYS, shrink
from codiff.pipeline import Pipeline

REAL, CODEC = "real", "codec"


@dataclass(frozen=True)
class Run:
    """One evaluation: what is judged, on what, by whom."""

    pipeline: Pipeline
    cases: Sequence[Case]
    photos: Mapping[str, np.ndarray]  # every val photo by id, at the pack's picture size
    judges: Judges
    folder: Path


def photos_of(faces: Faces, ids: Sequence[str], size: int) -> dict[str, np.ndarray]:
    """Photos (size, size, 3) uint8 by id."""
    wanted, out = set(ids), {}
    for shard in faces.shards:
        names, pictures = faces.photos(shard, only=wanted)
        if names:
            out |= dict(zip(names, resized(pictures, size), strict=True))
    return out


def verdict(judge: Judges, pictures: Sequence[np.ndarray]) -> Verdict:
    """Judge any number of pictures (S, S, 3) uint8."""
    parts = [judge.judge(np.stack(pictures[i : i + BATCH])) for i in range(0, len(pictures), BATCH)]
    return Verdict(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("classes", "labels", "features")))


def pictures_of(run: Run, key: str) -> list[np.ndarray]:
    """The pictures of a row, one for each case."""
    if key == REAL:
        return [run.photos[case.photo] for case in run.cases]
    names = [case.photo if key == CODEC else case.name for case in run.cases]
    return [rows.read_picture(rows.picture_path(run.folder, key, name)) for name in names]


def judge_row(
    run: Run, key: str, title: str, own: Mapping[questions.Question, questions.Own], others: np.ndarray
) -> dict[str, Any]:
    """A row of the table; `others` are the features of the reference photos."""
    pictures = pictures_of(run, key)
    said = verdict(run.judges, pictures)
    table = torch.zeros(metrics.CLASSES, metrics.CLASSES, dtype=torch.double)
    for classes, case in zip(said.classes, run.cases, strict=True):
        table += metrics.confusion(torch.from_numpy(classes), torch.from_numpy(shrink(case.mask, classes.shape[-1])))
    seen = questions.answers(said.labels, run.judges.usual)
    text = questions.text_score(seen, [case.caption.asked for case in run.cases], own)
    print(f"{key}: judged", flush=True)
    return {
        "row": key,
        "title": title,
        "mask": _by_class(metrics.scores(table)),
        "text": {
            "accuracy": text.accuracy,
            "asked": text.asked,
            "questions": [
                {"fact": name, "value": value, "seen": hits, "asked": times}
                for (name, value), (hits, times) in text.by_question.items()
            ],
        },
        "frechet": metrics.frechet(said.features, others),
    }


def _by_class(scores: Mapping[str, float]) -> dict[str, Any]:
    """Mask scores with the IoU of each class that is present under its key."""
    iou = {KEYS[i]: scores[f"iou_{i}"] for i in range(metrics.CLASSES) if f"iou_{i}" in scores}
    return {"pixel_accuracy": round(scores["pixel_accuracy"], 4), "mean_iou": round(scores["mean_iou"], 4), "iou": iou}


def evaluate(run: Run, faces: Faces, steps: int, eta: float, seed: int) -> dict[str, Any]:
    """Everything there is to tell about a pack; see report.py for its form."""
    runs = rows.rows(run.pipeline.manifest)
    rows.make_pictures(run.pipeline, runs, run.cases, run.folder, steps, eta, seed)
    used = {case.photo for case in run.cases}
    titles = {row.key: row.title for row in runs}
    if "encoder" in run.pipeline.manifest["codec"]:
        rows.reconstruct(run.pipeline, {name: run.photos[name] for name in sorted(used)}, run.folder, CODEC)
        titles[CODEC] = "Real photos through the codec"
    titles[REAL] = "Real photos"
    names = sorted(run.photos)
    said = verdict(run.judges, [run.photos[name] for name in names])
    facts = known_facts(faces, names)
    own = questions.own_accuracy(questions.answers(said.labels, run.judges.usual), [facts[name] for name in names])
    others = said.features[[name not in used for name in names]]
    return {
        "pack": run.pipeline.manifest["id"],
        "settings": {"steps": steps, "eta": eta, "seed": seed},
        "cases": len(run.cases),
        "photos": len(used),
        "reference_photos": len(others),
        "rows": [judge_row(run, key, title, own, others) for key, title in titles.items()],
        "attribute_net": [
            {"fact": name, "value": value, **vars(figures), "counts": figures.counts} for (name, value), figures in own.items()
        ],
        "influence": {
            row.key: influence.statistics(run.pipeline, row, run.cases, run.folder, steps) for row in runs if row.mode == "both"
        },
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--pack", type=Path, help="folder of a pack, such as public/packs/nano")
    what.add_argument("--checkpoints", type=Path, help="folder of parser.pt, codec.pt, mask.pt …, judged as a float32 pack")
    parser.add_argument("--config", type=Path, help="models/configs/NAME.json, for --checkpoints")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the prepared data set")
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures, evaluation.md and evaluation.json")
    parser.add_argument("--n", type=int, default=500, help="pictures of every run")
    parser.add_argument("--steps", type=int, help="denoising steps; the pack's own number when left out")
    parser.add_argument("--seed", type=int, default=0, help="another one makes other faces")
    parser.add_argument("--judges", type=Path, help="folder of parser.pt and attributes.pt; the pack's own when left out")
    parser.add_argument("--squeezenet", type=Path, help="SqueezeNet v1.0 as .npz; squeezenet_v1.0.npz in --data when left out")
    parser.add_argument("--batch", type=int, default=8, help="pictures at once")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="CPU threads")


def run(args: argparse.Namespace) -> None:
    if args.n < 2 or args.batch < 1:
        raise UsageError("--n must be at least 2 and --batch at least 1")
    if (args.checkpoints is None) != (args.config is None):
        raise UsageError("--config goes with --checkpoints: give both, or --pack alone")
    torch.set_num_threads(args.threads)
    if args.pack is not None:
        _evaluate(args, args.pack)
        return
    with tempfile.TemporaryDirectory() as folder:
        config = export.read_config(args.config)
        manifest, models, others = export.assemble(config, args.checkpoints, args.data / "taef2.npz", None)
        build.write(Path(folder), manifest, models, "fp32", others)
        _evaluate(args, Path(folder))


def _evaluate(args: argparse.Namespace, pack_folder: Path) -> None:
    pipeline = Pipeline(pack_folder, args.batch, args.threads)
    steps, eta = arguments.steps(args.steps, pipeline.manifest), pipeline.manifest["defaults"]["eta"]
    if {c["condition"]["kind"] for c in pipeline.manifest["collaborators"]} - {"class_mask", "tokens"}:
        raise UsageError("only packs whose models read masks and descriptions can be evaluated")
    faces = open_faces(args.data)
    judge = judges.find(args.judges, pipeline, args.squeezenet or args.data / "squeezenet_v1.0.npz")
    ids = val_ids(faces)
    asked = cases(faces, known_facts(faces, ids), args.n)
    if len(ids) - len({case.photo for case in asked}) < 2:
        raise UsageError("the Fréchet distance needs val photos that no case uses: give a smaller --n or more val photos")
    rows.check_plan(args.out, pipeline, asked, {"steps": steps, "eta": eta, "seed": args.seed})
    photos = photos_of(faces, ids, pipeline.manifest["image_size"])
    found = evaluate(Run(pipeline, asked, photos, judge, args.out), faces, steps, eta, args.seed)
    (args.out / "evaluation.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = report.markdown(found)
    (args.out / "evaluation.md").write_text(text, encoding="utf-8")
    print(text)


def open_faces(folder: Path) -> Faces:
    try:
        return Faces(folder)
    except FileNotFoundError as cause:
        raise UsageError(str(cause)) from cause
