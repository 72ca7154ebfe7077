"""What the paper says of influence functions (Huang et al. CVPR 2023), measured: over time, on contours against inside skin."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from codiff.colour import SKIN
from codiff.evaluate.cases import Case
from codiff.evaluate.rows import Row, weights_path
from codiff.masks import extremes
from codiff.pipeline import Pipeline, schedule_factor


def contours(mask: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Which of side × side latent places lie on a class border of a mask (S, S), and which wholly in skin; side divides S.

    A place lies on a border when its pixels are of more than one class: then all of them are within one place of the border.
    """
    low, high = extremes(mask, side, side)
    return low != high, (low == SKIN) & (high == SKIN)


def alone(weights: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """The networks' own softmax, from weights (T, K, H, W) and the factors (T, K) of schedule and scale that went into them.

    Where a factor is zero, or too small for the stored half precision, nothing of the network is left in the weights: NaN.
    """
    usable = (factors > 1e-3).all(1)
    raw = weights / np.where(factors > 0, factors, 1)[:, :, None, None]
    raw = raw / raw.sum(1, keepdims=True)
    raw[~usable] = np.nan
    return raw


def statistics(pipeline: Pipeline, row: Row, cases: Sequence[Case], folder: Path) -> dict[str, Any]:
    """Means over pictures and places, for every step: each collaborator's influence, as applied and by the networks alone.

    Also the mask model's on contours and inside skin; None where the pack has no mask model or no picture has such places.
    """
    everyone = pipeline.under(row.rules).active(row.mode)
    timesteps = [step.timestep for step in pipeline.plan(row.steps)]
    total = len(pipeline.alphas)
    factors = np.array(
        [[c["influence_scale"] * schedule_factor(c["influence_schedule"], t, total) for c in everyone] for t in timesteps]
    )
    names = [c["id"] for c in everyone]
    reader = next((i for i, c in enumerate(everyone) if c["condition"]["kind"] == "class_mask"), None)
    applied, own = [], []
    on_contours, in_skin = _Mean(row.steps), _Mean(row.steps)
    for case in cases:
        weights = np.load(weights_path(folder, row.key, case.name)).astype(np.float64)
        applied.append(weights.mean((2, 3)))
        own.append(alone(weights, factors).mean((2, 3)))
        if reader is not None:
            border, skin = contours(case.mask, weights.shape[-1])
            on_contours.add(weights[:, reader][:, border])
            in_skin.add(weights[:, reader][:, skin])
    return {
        "timesteps": timesteps,
        "applied": _by_name(names, np.mean(applied, 0)),
        "networks_alone": _by_name(names, np.mean(own, 0)),
        "mask_on_contours": on_contours.values(),
        "mask_inside_skin": in_skin.values(),
    }


class _Mean:
    """Means over places of several pictures, for every step."""

    def __init__(self, steps: int) -> None:
        self.total, self.count = np.zeros(steps), 0

    def add(self, values: np.ndarray) -> None:
        """Values (steps, places)."""
        self.total += values.sum(1)
        self.count += values.shape[1]

    def values(self) -> list[float] | None:
        return [round(float(v), 4) for v in self.total / self.count] if self.count else None


def _by_name(names: Sequence[str], values: np.ndarray) -> dict[str, list[float | None]]:
    columns = zip(names, values.T, strict=True)
    return {name: [None if np.isnan(v) else round(float(v), 4) for v in column] for name, column in columns}


def thirds(values: Sequence[float]) -> list[float | None]:
    """Means of the first, the middle and the last third of the steps; None for a third without steps."""
    return [float(part.mean()) if len(part) else None for part in np.array_split(np.asarray(values), 3)]
