"""The figures of an evaluation for groups of people: by apparent gender, age and skin tone of the photos behind the cases."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from codiff import colour, metrics
from codiff.evaluate.judging import REAL, Judged, Reference, Run, pictures_of, text_score
from codiff.masks import shrink

FEWEST = 5  # cases: a smaller group gets no figures
GENDERS = {"women": False, "men": True}
AGES = ("young", "middle", "old")
TONE = "skin tone"


def statistics(run: Run, judged: Mapping[str, Judged], known: Reference) -> list[dict[str, Any]]:
    """For every group: how many cases, and the figures of each judged row, None in groups of fewer than `FEWEST`.

    Cases of which a fact is not known belong to no group of it. Groups of skin tone are by the real photo; there every row also
    has the mean angle of its pictures.
    """
    facts = [known.facts[case.photo] for case in run.cases]
    angles = {row: _angles(run, row) for row in {REAL, *judged}}
    tones = [None if angle is None else colour.tone(angle) for angle in angles[REAL]]
    members = {
        **{("gender", name): [i for i, f in enumerate(facts) if f.man == man] for name, man in GENDERS.items()},
        **{("age", name): [i for i, f in enumerate(facts) if f.age_coarse == name] for name in AGES},
        **{(TONE, name): [i for i, t in enumerate(tones) if t == name] for name in colour.TONES},
    }
    out = []
    for (kind, name), chosen in members.items():
        figures = {}
        for row, found in judged.items():
            figures[row] = _figures(run, found, known, chosen) if len(chosen) >= FEWEST else None
            if figures[row] is not None and kind == TONE:
                figures[row]["angle"] = round(float(np.mean([angles[row][i] for i in chosen])), 1)
        out.append({"by": kind, "group": name, "cases": len(chosen), "rows": figures})
    return out


def _figures(run: Run, judged: Judged, known: Reference, chosen: Sequence[int]) -> dict[str, Any]:
    scores = metrics.scores(judged.tables[list(chosen)].sum(0))
    return {
        "pixel_accuracy": round(scores["pixel_accuracy"], 4),
        "mean_iou": round(scores["mean_iou"], 4),
        "text_accuracy": text_score(run, judged, known, chosen).accuracy,
    }


def _angles(run: Run, row: str) -> list[float | None]:
    """Typology angles of a row's pictures, where the case's mask has skin."""
    pairs = zip(pictures_of(run, row), run.cases, strict=True)
    return [colour.typology_angle(picture, shrink(case.mask, len(picture))) for picture, case in pairs]
