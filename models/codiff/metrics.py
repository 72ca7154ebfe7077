"""Figures of quality: of class masks, of labels, of sets of pictures."""

import numpy as np
import torch
from torch import Tensor

from codiff.nets import CLASSES


def confusion(predicted: Tensor, true: Tensor) -> Tensor:
    """Counts (19, 19), true × predicted, of class indices of any shape."""
    index = true.long().reshape(-1) * CLASSES + predicted.long().reshape(-1)
    return torch.bincount(index, minlength=CLASSES * CLASSES).reshape(CLASSES, CLASSES).double()


def scores(confusion: Tensor) -> dict[str, float]:
    """Pixel accuracy, mean IoU over the classes present, and IoU per class index from a (19, 19) table true × predicted."""
    hit = confusion.diagonal()
    union = confusion.sum(0) + confusion.sum(1) - hit
    present = confusion.sum(1) > 0
    iou = hit / union.clamp(min=1)
    figures = {"pixel_accuracy": float(hit.sum() / confusion.sum()), "mean_iou": float(iou[present].mean())}
    return figures | {f"iou_{i}": round(float(iou[i]), 4) for i in range(CLASSES) if present[i]}


def balanced_accuracy(predicted: np.ndarray, true: np.ndarray) -> float:
    """Mean over the values in `true` of the share that `predicted` gets right, both (N,); 0.5 is a coin's for two values."""
    return float(np.mean([(predicted[true == value] == value).mean() for value in np.unique(true)]))


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Fréchet distance of the Gaussians of two feature sets (N, D) and (M, D), as in FID (Heusel et al., NeurIPS 2017).

    |μ_a − μ_b|² + tr(A + B − 2 (A^½ B A^½)^½), in squared units of the features. Few samples make it too large: compare sets of
    equal size only.
    """
    a, b = a.astype(np.float64), b.astype(np.float64)
    if min(len(a), len(b)) < 2:
        raise ValueError(f"a Fréchet distance needs at least two samples on each side, not {len(a)} and {len(b)}")
    cov_a, cov_b = np.atleast_2d(np.cov(a.T)), np.atleast_2d(np.cov(b.T))
    values, vectors = np.linalg.eigh(cov_a)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    cross = np.sqrt(np.linalg.eigvalsh(root @ cov_b @ root).clip(0)).sum()
    return float(np.square(a.mean(0) - b.mean(0)).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * cross)
