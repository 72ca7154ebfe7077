"""Studies beside the comparison of runs: which samplers and steps, which profile, how much guidance, what of
masks that are drawn badly, or elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from codiff import pack
from codiff.compare import psnr
from codiff.evaluate.cases import Case
from codiff.evaluate.judging import Run, pictures_of
from codiff.evaluate.rows import Row
from codiff.evaluate.sampling import DPM
from codiff.moved import moved_masks, moved_photos, moves
from codiff.pack import Manifest
from codiff.quantize import PROFILES

STUDIES = ("runs", "samplers", "profiles", "guidance", "drawings", "moved")
STEPS = (8, 12, 20, 50)
SAMPLERS = (("ddim", 0.0, "DDIM, η 0"), ("ddim", 1.0, "DDIM, η 1"), (DPM, 0.0, "DPM-Solver++ 2M"), ("unipc", 0.0, "UniPC"))
FACTORS = (0.5, 1.0, 1.5, 2.0)
BLENDS = {"both": "Both", "fixed": "Fixed blend"}  # modes of all collaborators together
EXACT = "fp32"
BOUND = 0.5  # points: the default profile is the smallest that worsens metrics less
POINTS = 100  # in 1
MOVES = {"iou_points": -1, "text_points": -1, "frechet_points": 1}  # and which way is worse


def sampler_rows() -> list[Row]:
    """All samplers at all numbers of steps, both models speaking."""
    return [
        Row(f"{name}-{eta:g}-{steps}", f"{title}, {steps} steps", "both", steps, eta, sampler=name)
        for name, eta, title in SAMPLERS
        for steps in STEPS
    ]


def profile_rows(manifest: Manifest, steps: int, folder: Path) -> list[Row]:
    """The packs FOLDER/PROFILE, the exact one first."""
    eta = manifest["defaults"]["eta"]
    return [Row(profile, profile, "both", steps, eta, pack=folder / profile) for profile in PROFILES]


def guidance_rows(manifest: Manifest, steps: int) -> list[Row]:
    """Dynamic diffusers, the fixed blend and each model alone, guidances g as 1 + f (g − 1) for every f of `FACTORS`."""
    everyone, eta = manifest["collaborators"], manifest["defaults"]["eta"]
    out = []
    for mode, title in _modes(everyone).items():
        for factor in FACTORS:
            speakers = everyone if mode in BLENDS else [pack.alone(c) for c in everyone if c["id"] == mode]
            rules = {c["id"]: {"guidance": 1 + factor * (c["guidance"] - 1)} for c in speakers}
            told = ", ".join(f"{name} {rule['guidance']:g}" for name, rule in rules.items())
            out.append(Row(f"{mode}-{factor:g}", f"{title}, × {factor:g} ({told})", mode, steps, eta, rules))
    return out


def _modes(everyone: Sequence[Manifest]) -> dict[str, str]:
    """Titles by mode: all collaborators together, where there are several, and each alone."""
    return {**(BLENDS if len(everyone) > 1 else {}), **{c["id"]: f"{c['label']} only" for c in everyone}}


def drawing_rows(manifest: Manifest, steps: int) -> list[Row]:
    """Everyone who reads masks, alone and together, by the true masks and by sketches of them."""
    how: dict[str, Any] = {"steps": steps, "eta": manifest["defaults"]["eta"]}
    return [
        Row(
            f"{mode}-{'sketched' if sketched else 'true'}",
            f"{title}, {'sketches' if sketched else 'true masks'}",
            mode,
            **how,
            sketched=sketched,
        )
        for mode, title in _reading_masks(manifest).items()
        for sketched in (False, True)
    ]


def moved_rows(manifest: Manifest, steps: int) -> list[Row]:
    """Everyone who reads masks, alone and together."""
    return [Row(mode, title, mode, steps, manifest["defaults"]["eta"]) for mode, title in _reading_masks(manifest).items()]


def moved(cases: Sequence[Case], photos: Mapping[str, np.ndarray]) -> tuple[list[Case], dict[str, np.ndarray]]:
    """Cases and photos (S, S, 3) uint8 by id, each photo and its masks moved as in training."""
    where = {name: moves([name]) for name in photos}
    return (
        [replace(case, mask=moved_masks(torch.tensor(case.mask[None]), *where[case.photo])[0].numpy()) for case in cases],
        {name: moved_photos(photo[None], *where[name])[0] for name, photo in photos.items()},
    )


def _reading_masks(manifest: Manifest) -> dict[str, str]:
    """Titles by mode of all collaborators together and of each that reads masks."""
    everyone = manifest["collaborators"]
    read = {*BLENDS, *(c["id"] for c in everyone if c["condition"]["kind"] == "class_mask")}
    return {mode: title for mode, title in _modes(everyone).items() if mode in read}


def megabytes(folder: Path) -> float:
    """Bytes of the networks that a generation with all collaborators uses, in millions."""
    manifest = pack.read(folder)
    keys = {manifest["codec"][part] for part in ("decoder", "preview")}
    keys |= {c[part] for c in manifest["collaborators"] for part in ("encoder", "denoiser", "influence") if part in c}
    if "text_encoder" in manifest:
        keys.add(manifest["text_encoder"]["network"])
    return sum(manifest["files"][key]["bytes"] for key in keys) / 1e6


def add_losses(run: Run, rows: Sequence[Row], figures: Sequence[dict[str, Any]]) -> None:
    """Add to the figures of `profile_rows` what each costs and loses against the exact one, whose own losses are zero.

    `psnr` is the mean over cases of same-seed pictures, dB (None for the exact one); `iou_points` and `text_points` are changes
    in hundredths, `text_points` None where no fact counts; `frechet_points` is the change of the Fréchet distance in percent.
    """
    exact = [picture / 255 for picture in pictures_of(run, EXACT)]
    base = next(row for row in figures if row["row"] == EXACT)
    for row, found in zip(rows, figures, strict=True):
        found["megabytes"] = round(megabytes(row.pack), 2)
        pairs = zip(exact, pictures_of(run, row.key), strict=True)
        ratios = None if row.key == EXACT else [psnr(a, b / 255) for a, b in pairs]
        found["psnr"] = None if ratios is None else round(float(np.mean(ratios)), 2)
        found["iou_points"] = round(POINTS * (found["mask"]["mean_iou"] - base["mask"]["mean_iou"]), 2)
        read, known = found["text"]["accuracy"], base["text"]["accuracy"]
        found["text_points"] = None if read is None else round(POINTS * (read - known), 2)
        found["frechet_points"] = round(POINTS * (found["frechet"] / base["frechet"] - 1), 2)


def smallest(figures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The row of fewest bytes whose metrics worsen by less than `BOUND` points; the exact one's never do."""
    good = [row for row in figures if all(worse * (row[key] or 0) < BOUND for key, worse in MOVES.items())]
    return min(good, key=lambda row: row["megabytes"])
