"""`python -m codiff fixtures`: the numbers that the page must reproduce; models/contracts/README.md tells their form."""

import argparse
import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from codiff import build, rng, samples, schedule, solver, text, tiny
from codiff.edit import fixtures as editing
from codiff.edit.fixtures_align import align_numbers
from codiff.numbers import encoded
from codiff.pack import CONTRACTS
from codiff.pipeline import Job, Pipeline, Push, StepFrame, blend, guide, influence_weights, schedule_factor

SEED, STEPS = 7, 5
TEXTS = (
    "A smiling woman in her thirties with long blond hair.",
    "He has a beard of medium length",
    "  Crème brûlée,   tabs\tand\nnew lines -- don't!  ",
    "Ünïcödé 漢字 😀 and 42 words?",
    "",
    "unbelievably " * 12,
    "[CLS] in brackets [SEP]",
)


def rng_numbers() -> dict[str, Any]:
    known = (
        ((0, 0, 0, 0), (0, 0)),
        ((1, 2, 0, 0), (7, 0)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF, 0xFFFFFFFF)),
        ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0)),
    )
    blocks = [{"counter": c, "key": k, "words": rng.philox(np.array([c], np.uint32), k)[0].tolist()} for c, k in known]
    runs = ((0, 0, 8), (7, 0, 10), (7, 1, 5), (4294967295, 3, 4))
    values = [{"seed": s, "stream": i, "values": rng.normals(s, i, n).tolist()} for s, i, n in runs]
    return {"philox": blocks, "normals": values}


def schedule_numbers() -> dict[str, Any]:
    even = [(1, 1000, 0), (4, 1000, 0), (7, 100, 0), (20, 1000, 0), (50, 1000, 0), (10, 10, 0), (10, 1000, 166), (7, 10, 3)]
    plans = [*((*plan, 1.0) for plan in even), (8, 1000, 166, 1.5), (20, 1000, 0, 2.0), (556, 1000, 166, 1.5)]
    alphas = build.alphas(1.0, 10)
    return {
        "timesteps": [
            {"steps": n, "total": t, "end": e, "shift": k, "values": schedule.trailing_timesteps(n, t, e, k)}
            for n, t, e, k in plans
        ],
        "alphas_cumprod": alphas,
        "plans": [
            {"end": e, "shift": k, "steps": [vars(step) for step in schedule.plan(n, alphas, e, k)]}
            for n, e, k in ((4, 0, 1.0), (3, 3, 2.0))
        ],
    }


def ddim_numbers() -> dict[str, Any]:
    x, predicted, noise = (rng.normals(3, stream, 6) for stream in range(3))
    cases = []
    for prediction in schedule.PREDICTIONS:
        for eta in (0.0, 0.5, 1.0):
            for step in (schedule.Step(99, 0.02, 0.2), schedule.Step(40, 0.5, 0.8), schedule.Step(9, 0.97, 1.0)):
                after, x0 = schedule.ddim_step(x, predicted, noise, step, prediction=prediction, eta=eta, clip=1.5)
                cases.append(
                    {
                        "prediction": prediction,
                        "eta": eta,
                        "alpha": step.alpha,
                        "alpha_next": step.alpha_next,
                        "sigma": schedule.ddim_sigma(step, eta),
                        "x0": x0.tolist(),
                        "next": after.tolist(),
                    }
                )
    return {"clip": 1.5, "x": x.tolist(), "predicted": predicted.tolist(), "noise": noise.tolist(), "cases": cases}


def unipc_numbers() -> dict[str, Any]:
    """Runs of UniPC on six numbers, under made-up predictions."""
    alphas = build.alphas(1.0, 10)
    cases = []
    for prediction in schedule.PREDICTIONS:
        for steps in (1, 2, 4):
            method, x = solver.UniPC(prediction, 1.5), rng.normals(9, 0, 6)
            made = []
            for i, step in enumerate(schedule.plan(steps, alphas)):
                x, x0 = method.step(x, rng.normals(9, i + 1, 6), None, step)
                made.append({"x0": x0.tolist(), "next": x.tolist()})
            cases.append({"prediction": prediction, "steps": made})
    return {"alphas_cumprod": alphas, "clip": 1.5, "seed": 9, "count": 6, "cases": cases}


def combine_numbers() -> dict[str, Any]:
    """Three collaborators, two channels, two places."""
    logits = rng.normals(5, 0, 6).reshape(3, 2) * np.float32(2)
    predictions = rng.normals(5, 1, 12).reshape(3, 2, 2)
    kinds, scales = ("cosine", "none", "linear"), (2.0, 1.0, 0.5)
    cases = []
    for timestep in (999, 500, 0):
        factors = [s * schedule_factor(k, timestep, 1000) for k, s in zip(kinds, scales, strict=True)]
        weights = influence_weights(logits, factors)
        blended = blend(predictions[:, None, :, None, :], weights[:, None, None, :])
        cases.append(
            {"timestep": timestep, "factors": factors, "weights": weights.tolist(), "blended": blended.ravel().tolist()}
        )
    unconditional = rng.normals(5, 2, 4).reshape(2, 2)
    guidances = (2.5, 1.5)
    pushes = [Push(*both) for both in zip(predictions, guidances, strict=False)]
    reaches = np.array([[0.25, 1.0], [0.0, 1.5]])
    within = [replace(push, reach=reach) for push, reach in zip(pushes, reaches, strict=True)]
    return {
        "logits": logits.tolist(),
        "predictions": predictions.reshape(3, -1).tolist(),
        "unconditional": unconditional.ravel().tolist(),
        "schedules": kinds,
        "scales": scales,
        "total": 1000,
        "cases": cases,
        "all_zero_factors": influence_weights(logits, [0.0, 0.0, 0.0]).tolist(),
        "guidances": guidances,
        "guided": guide(predictions[2], pushes, unconditional).ravel().tolist(),
        "reaches": reaches.tolist(),
        "guided_within_reach": guide(predictions[2], within, unconditional).ravel().tolist(),
    }


def tokenizer_numbers() -> dict[str, Any]:
    ids, mask = text.tokenize(TEXTS, tiny.LENGTH, Tokenizer.from_str(tiny.tokenizer_json()))
    cases = [{"text": t, "ids": row[m > 0].tolist()} for t, row, m in zip(TEXTS, ids, mask, strict=True)]
    return {"file": "tiny-pack/tokenizer.json", "length": tiny.LENGTH, "cases": cases}


def golden(folder: Path) -> dict[str, Any]:
    """Whole runs of the tiny pack in `folder`."""
    pipeline = Pipeline(folder, batch=1, threads=1)
    mask, description = samples.mask(tiny.IMAGE), samples.DESCRIPTIONS[0]
    runs = []
    for mode, eta in (("both", 0.0), ("both", 1.0), ("fixed", 0.0), ("mask", 0.0), ("text", 0.0)):
        frames: list[StepFrame] = []
        picture, latent = pipeline.generate([Job(mask, description, SEED)], STEPS, eta, mode, frames.append)
        run: dict[str, Any] = {"mode": mode, "eta": eta, "latent": encoded(latent[0])}
        if mode == "both":
            run["steps"] = [
                {
                    "timestep": frame.timestep,
                    "influence": None if frame.weights is None else encoded(frame.weights[:, 0]),
                    "x0": encoded(frame.x0[0]),
                }
                for frame in frames
            ]
            run["image"] = encoded(picture[0])
        runs.append(run)
    return {
        "pack": "tiny-pack",
        "seed": SEED,
        "steps": STEPS,
        "description": description,
        "mask": {"size": tiny.IMAGE, "bytes": base64.b64encode(mask.tobytes()).decode()},
        "runs": runs,
    }


def write(folder: Path) -> None:
    """Write every fixture; the same numbers every time."""
    tiny.write(folder / "tiny-pack")
    parts: Mapping[str, dict[str, Any]] = {
        "rng": rng_numbers(),
        "schedule": schedule_numbers(),
        "ddim": ddim_numbers(),
        "unipc": unipc_numbers(),
        "combine": combine_numbers(),
        "tokenizer": tokenizer_numbers(),
        "golden": golden(folder / "tiny-pack"),
        "align": align_numbers(),
        "regions": editing.region_numbers(),
        "composite": editing.composite_numbers(),
        "descriptions": editing.description_numbers(),
        "edit": editing.edit_numbers(folder / "tiny-pack"),
    }
    for name, numbers in parts.items():
        lines = json.dumps(numbers, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(lines + "\n", encoding="utf-8")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=CONTRACTS / "fixtures", help="folder of the fixtures")


def run(args: argparse.Namespace) -> None:
    write(args.out)
    print(f"{args.out}: written")
