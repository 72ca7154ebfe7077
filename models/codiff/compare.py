"""What a profile costs: the same runs on a float32 pack and on the candidate."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from codiff import pack, samples
from codiff.pipeline import Job, Pipeline

STEPS = 10
SEED = 1


class Recorder(Pipeline):
    """Keeps the inputs and the output of the last run of every network."""

    def __init__(self, folder: Path, batch: int) -> None:
        super().__init__(folder, batch)
        self.seen: dict[str, tuple[dict[str, np.ndarray], np.ndarray]] = {}

    def run(self, key: str, **inputs: np.ndarray) -> np.ndarray:
        output = super().run(key, **inputs)
        self.seen[key] = (inputs, output)
        return output


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB of values in [0, 1]."""
    return float(-10 * np.log10(np.maximum(np.square(a - b).mean(), 1e-12)))


def signal_to_noise(exact: np.ndarray, other: np.ndarray) -> float:
    """Variance of `exact` over the mean squared difference, dB."""
    return float(10 * np.log10(exact.var() / max(float(np.square(exact - other).mean()), 1e-20)))


def compare(exact: Path, candidate: Path) -> dict[str, Any]:
    """Same-seed PSNR of whole runs (dB), and for each network the signal-to-noise ratio of its output on equal inputs (dB)."""
    reference, other = Recorder(exact, len(samples.DESCRIPTIONS)), Pipeline(candidate, len(samples.DESCRIPTIONS))
    mask = samples.mask(reference.manifest["image_size"])
    jobs = [Job(mask, description, SEED + i) for i, description in enumerate(samples.DESCRIPTIONS)]
    expected, latent = reference.generate(jobs, STEPS, 0.0)
    got, _ = other.generate(jobs, STEPS, 0.0)
    codec = reference.manifest["codec"]
    reference.run(codec["preview"], latent=latent)
    if "encoder" in codec:
        reference.run(codec["encoder"], image=expected)
    for reader in pack.readers(reference.manifest):
        if reader["size"] == expected.shape[-1]:
            reference.run(reader["network"], image=expected)
    networks = {key: signal_to_noise(output, other.run(key, **inputs)) for key, (inputs, output) in reference.seen.items()}
    return {"same_seed_psnr": round(psnr(expected, got), 2), "signal_to_noise": {k: round(v, 1) for k, v in networks.items()}}


def table(report: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    """The report for people: a line for each file."""
    lines = [f"{'file':<18}{'bytes':>12}{'dB':>8}"]
    for key, size in sizes.items():
        noise = report["signal_to_noise"].get(key)
        lines.append(f"{key:<18}{size:>12,}{'' if noise is None else noise:>8}")
    lines.append(f"{'all':<18}{sum(sizes.values()):>12,}")
    return "\n".join([*lines, f"same-seed PSNR {report['same_seed_psnr']} dB"])
