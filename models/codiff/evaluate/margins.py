"""How far the dynamic diffusers are from each other run, and how much of that may be chance.

The photos are drawn again with replacement (Efron and Tibshirani, “An Introduction to the Bootstrap”, 1993), each with all
of its cases, and both runs are judged on the same draw.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from codiff import metrics
from codiff.evaluate.judging import Judged, Reference, Run, text_score
from codiff.evaluate.rows import DYNAMIC

DRAWS = 100
SIGMAS = 1.96  # of 95 %
FIGURES = ("mean_iou", "text_accuracy", "shown_accuracy", "frechet")


def statistics(run: Run, judged: Mapping[str, Judged], known: Reference, keys: Sequence[str]) -> list[dict[str, Any]]:
    """For each of the rows `keys` and figure of `FIGURES`: the dynamic diffusers' less its own, and the margin of 95 %.

    A figure is None if no fact counts; there are no rows in a pack of one model, which has no dynamic diffusers.
    """
    if DYNAMIC not in keys:
        return []
    others = [key for key in keys if key != DYNAMIC]
    whole = np.arange(len(run.cases))
    draws = [whole, *_draws([case.photo for case in run.cases])]
    found = {key: np.array([_figures(run, judged[key], known, chosen) for chosen in draws]) for key in (DYNAMIC, *others)}
    out = []
    for key in others:
        less = found[DYNAMIC] - found[key]
        margins = zip(FIGURES, less[0], SIGMAS * less[1:].std(0), strict=True)
        out.append({"row": key, **{name: _told(difference, margin) for name, difference, margin in margins}})
    return out


def _draws(photos: list[str]) -> Iterator[np.ndarray]:
    """Indices of cases, a draw of as many photos as there are at a time."""
    rng = np.random.default_rng(0)
    own = [np.flatnonzero([photo == other for other in photos]) for photo in sorted(set(photos))]
    for _ in range(DRAWS):
        yield np.concatenate([own[i] for i in rng.integers(len(own), size=len(own))])


def _figures(run: Run, judged: Judged, known: Reference, chosen: np.ndarray) -> list[float]:
    shares = [text_score(run, judged, known, chosen.tolist(), shown).accuracy for shown in (None, True)]
    return [
        metrics.scores(judged.tables[chosen].sum(0))["mean_iou"],
        *(float("nan") if share is None else share for share in shares),
        metrics.frechet(judged.features[chosen], known.features),
    ]


def _told(difference: float, margin: float) -> dict[str, float] | None:
    return None if np.isnan(difference) else {"difference": round(float(difference), 4), "margin": round(float(margin), 4)}
