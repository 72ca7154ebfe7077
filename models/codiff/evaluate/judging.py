"""Pictures before the judges: what they find in the pictures of a row, and the figures of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from codiff import metrics
from codiff.captions import Facts
from codiff.data import Faces, resized
from codiff.evaluate import questions, rows
from codiff.evaluate.cases import Case, known_facts
from codiff.evaluate.judges import BATCH, Judges, Verdict
from codiff.masks import BACKGROUND, KEYS, shrink
from codiff.pipeline import Pipeline

REAL, CODEC = "real", "codec"
SOME_BACKGROUND = 0.05  # of the mask: less says little


@dataclass(frozen=True)
class Run:
    """One evaluation: what is judged, on what, by whom."""

    pipeline: Pipeline
    cases: Sequence[Case]
    photos: Mapping[str, np.ndarray]  # every val photo by id, at the pack's picture size
    judges: Judges
    folder: Path
    settings: Mapping[str, Any]  # what all rows share: seed, mostly steps and η


@dataclass(frozen=True)
class Reference:
    """Real val photos: what is known of each and what the attribute net sees in it, how well it answers on them, and features
    (M, 512) of those that no case uses.
    """

    facts: Mapping[str, Facts]
    shown: Mapping[str, frozenset[questions.Question]]
    own: Mapping[questions.Question, questions.Own]
    features: np.ndarray


@dataclass(frozen=True)
class Judged:
    """What the judges found in the pictures of a row, by case."""

    tables: Tensor  # (N, 19, 19): asked classes × seen ones, pixels
    seen: Mapping[questions.Question, np.ndarray]  # (N,) bool
    features: np.ndarray  # (N, 512)
    backgrounds: np.ndarray  # (N,) mean brightness where the mask asks for background, 0 … 255; NaN where it hardly does


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


def reference(run: Run, faces: Faces) -> Reference:
    names = sorted(run.photos)
    said = verdict(run.judges, [run.photos[name] for name in names])
    facts = known_facts(faces, names)
    seen = questions.answers(said.labels, run.judges.usual)
    shown = {name: frozenset(question for question in seen if seen[question][i]) for i, name in enumerate(names)}
    own = questions.own_accuracy(seen, [facts[name] for name in names])
    used = {case.photo for case in run.cases}
    return Reference(facts, shown, own, said.features[[name not in used for name in names]])


def pictures_of(run: Run, key: str) -> list[np.ndarray]:
    """The pictures of a row, one for each case."""
    if key == REAL:
        return [run.photos[case.photo] for case in run.cases]
    names = [case.photo if key == CODEC else case.name for case in run.cases]
    return [rows.read_picture(rows.picture_path(run.folder, key, name)) for name in names]


def judge(run: Run, key: str) -> Judged:
    """Judge the pictures of a row."""
    pictures = pictures_of(run, key)
    said = verdict(run.judges, pictures)
    asked = [shrink(case.mask, len(picture)) for case, picture in zip(run.cases, pictures, strict=True)]
    pairs = zip(said.classes, asked, strict=True)
    tables = [metrics.confusion(torch.from_numpy(classes), torch.from_numpy(mask)) for classes, mask in pairs]
    print(f"{key}: judged", flush=True)
    lights = [background(picture, mask) for picture, mask in zip(pictures, asked, strict=True)]
    return Judged(torch.stack(tables), questions.answers(said.labels, run.judges.usual), said.features, np.array(lights))


def background(picture: np.ndarray, mask: np.ndarray) -> float:
    """Mean brightness (0 … 255) of a picture (S, S, 3) uint8 where its mask (S, S) says so; NaN if that is hardly anywhere."""
    there = mask == BACKGROUND
    return float(picture[there].mean()) if there.mean() > SOME_BACKGROUND else float("nan")


def row_figures(run: Run, judged: Judged, known: Reference) -> dict[str, Any]:
    """The figures of a row, as they stand in the JSON file."""
    every = range(len(run.cases))
    text = text_score(run, judged, known, every)
    by_photo = {name: text_score(run, judged, known, every, shown) for name, shown in (("shown", True), ("not_shown", False))}
    return {
        "mask": _by_class(metrics.scores(judged.tables.sum(0))),
        "text": {
            "accuracy": text.accuracy,
            "asked": text.asked,
            **{name: {"accuracy": score.accuracy, "asked": score.asked} for name, score in by_photo.items()},
            "questions": [
                {"fact": name, "value": value, "seen": hits, "asked": times}
                for (name, value), (hits, times) in text.by_question.items()
            ],
        },
        "frechet": metrics.frechet(judged.features, known.features),
        "background": _spread(judged.backgrounds),
    }


def _spread(values: np.ndarray) -> dict[str, float] | None:
    """Mean and standard deviation of the values that are there, None if none are."""
    there = values[~np.isnan(values)]
    return {"mean": round(float(there.mean()), 1), "deviation": round(float(there.std()), 1)} if len(there) else None


def text_score(
    run: Run, judged: Judged, known: Reference, chosen: Sequence[int], shown: bool | None = None
) -> questions.TextScore:
    """Of some of the cases, by index; of all facts, or only of those that the net sees (or not) in the case's photo."""
    seen = {question: said[list(chosen)] for question, said in judged.seen.items()}
    asked = [
        {name: value for name, value in case.caption.asked.items() if shown in (None, (name, value) in known.shown[case.photo])}
        for case in (run.cases[i] for i in chosen)
    ]
    return questions.text_score(seen, asked, known.own)


def _by_class(scores: Mapping[str, float]) -> dict[str, Any]:
    """Mask scores with the IoU of each class that is present under its key."""
    iou = {KEYS[i]: scores[f"iou_{i}"] for i in range(metrics.CLASSES) if f"iou_{i}" in scores}
    return {"pixel_accuracy": round(scores["pixel_accuracy"], 4), "mean_iou": round(scores["mean_iou"], 4), "iou": iou}
