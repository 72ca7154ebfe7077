"""Golden numbers of editing; models/contracts/README.md tells their form."""

from pathlib import Path
from typing import Any

import numpy as np

from codiff import labels, rng, samples, tiny
from codiff.edit import composite, inversion, region
from codiff.edit.crop import CropSquare
from codiff.edit.describe import describe
from codiff.edit.picture import to_planes
from codiff.masks import BACKGROUND, COLOURS, KEYS
from codiff.numbers import encoded, encoded_bytes
from codiff.pipeline import Job, Pipeline

SEED, STEPS = 11, 6
GLASSES, MOUTH, U_LIP, L_LIP, HAIR, HAT = (KEYS.index(key) for key in ("eye_g", "mouth", "u_lip", "l_lip", "hair", "hat"))
STRENGTHS = (0.0, 0.4, 0.7, 1.0)
SOURCE_WORDS, TARGET_WORDS = samples.DESCRIPTIONS[0], "A man with short hair and a beard."
RUNS = (("both", 0.0), ("both", 0.5), ("text", 0.0), ("text", 0.5), ("mask", 0.0), ("fixed", 0.0))


def drawn_face(size: int) -> tuple[np.ndarray, np.ndarray]:
    """A drawn face in flat colours with a light from the left, (S, S, 3) uint8, and its mask (S, S) uint8."""
    mask = samples.mask(size)
    light = np.linspace(1.1, 0.7, size)[None, :, None]
    return np.clip(COLOURS[mask] * light, 0, 255).astype(np.uint8), mask


def target_mask(size: int) -> np.ndarray:
    """The drawn face with its mouth closed and glasses on."""
    mask = samples.mask(size).copy()
    mask[mask == MOUTH] = U_LIP
    rows, columns = slice(round(0.41 * size), round(0.5 * size)), slice(round(0.3 * size), round(0.7 * size))
    mask[rows, columns] = GLASSES
    return mask


def some_region(size: int) -> np.ndarray:
    """(S, S) float32: a rectangle of 1 whose surroundings stay just below one half."""
    region = np.zeros((size, size), np.float32)
    region[size // 8 : size * 6 // 8, size // 8 : size * 7 // 8] = 0.49
    region[size // 4 + 3 : size * 5 // 8, size // 4 : size * 3 // 4 - 5] = 1
    return region


def edit_numbers(folder: Path) -> dict[str, Any]:
    """Inversions and edits of a drawn face with the tiny pack in `folder`."""
    pipeline = Pipeline(folder, batch=1, threads=1)
    photo, mask = drawn_face(tiny.IMAGE)
    image = to_planes(photo)[None]
    helpers, codec = pipeline.manifest["helpers"], pipeline.manifest["codec"]
    latent = pipeline.run(codec["encoder"], image=image)[0]
    source, target = Job(mask, SOURCE_WORDS, SEED), Job(target_mask(tiny.IMAGE), TARGET_WORDS, SEED)
    region = some_region(tiny.IMAGE)
    runs = []
    for mode, balance in RUNS:
        leaning = inversion.for_editing(pipeline, balance, mode)
        inverted = inversion.invert(leaning, latent, source, STEPS, mode)
        edits = [
            {"strength": s, "latent": encoded(inversion.edit(leaning, inverted, target, region, s, mode))} for s in STRENGTHS
        ]
        runs.append({"mode": mode, "balance": balance, "edits": edits})
    parsed = pipeline.run(helpers["parser"]["network"], image=image)[0].argmax(0).astype(np.uint8)
    return {
        "pack": "tiny-pack",
        "seed": SEED,
        "steps": STEPS,
        "size": tiny.IMAGE,
        "rgb": encoded_bytes(photo),
        "source": {"mask": encoded_bytes(mask), "description": SOURCE_WORDS},
        "target": {"mask": encoded_bytes(target.mask), "description": TARGET_WORDS},
        "region": encoded(region),
        "parsed": encoded_bytes(parsed),
        "attributes": encoded(pipeline.run(helpers["attributes"]["network"], image=image)[0]),
        "latent": encoded(latent),
        "reconstruction": encoded(pipeline.run(codec["decoder"], latent=latent[None])[0]),
        "runs": runs,
    }


def region_numbers() -> dict[str, Any]:
    """Two drawn masks and pairs of descriptions → where an edit may change the picture."""
    size = tiny.IMAGE
    source, target = samples.mask(size), target_mask(size)
    plain = "A woman in her thirties with long blond hair."
    pairs = (
        (plain, plain),
        (plain, "A woman in her thirties with long black hair."),
        (plain, "A woman in her thirties with long blond hair, wearing dark glasses."),
        (plain, "a smiling woman in her Thirties, with long blond hair"),
        (plain, "A woman in her sixties with long blond hair."),
        (plain, "A 45-year-old woman with long blond hair and earrings."),
        (plain, "A man with a beard."),
        ("A man.", "A man with facial hair."),
        (plain, "A woman in her thirties with long blond hair, somewhere."),
        (plain, "A woman in her thirties with long, long blond hair."),
        ("A man in a hat.", "A man wearing a red necktie."),
        (plain, "A woman in her thirties with short black hair and glasses."),
        ("A man with long hair.", "A man with long hair and a long beard."),
        ("A man with glasses.", "A man with dark glasses, bushy eyebrows and make-up."),
    )
    cases = []
    for before, after in pairs:
        for other in (False, True):
            masks = (source, target if other else source)
            found = region.automatic(masks, (before, after))
            cases.append(
                {
                    "other_mask": other,
                    "before": before,
                    "after": after,
                    "region": encoded_bytes(found),
                }
            )
    return {
        "size": size,
        "source": encoded_bytes(source),
        "target": encoded_bytes(target),
        "whole_head": encoded_bytes(region.whole_head((source, target))),
        "cases": cases,
    }


def composite_numbers() -> dict[str, Any]:
    """A small photo, two crops of it, an edit → the photo with the edit."""
    size, width, height = tiny.IMAGE, 50, 40
    face, _ = drawn_face(size)
    noise = rng.normals(4, 0, size * size * 3).reshape(size, size, 3)
    reconstruction = np.clip(face * 0.9 + 8 * noise, 0, 255).astype(np.uint8)
    edited = reconstruction.copy()
    edited[size // 4 : size // 2, size // 4 : size * 3 // 4] = (30, 60, 200)
    edited[size // 2 : size * 3 // 4] = np.clip(edited[size // 2 : size * 3 // 4] + 25.0, 0, 255)
    where = some_region(size)
    where[size * 5 // 8 :, size // 2 :] = 1
    photo = np.clip(rng.normals(5, 0, height * width * 3).reshape(height, width, 3) * 40 + 128, 0, 255).astype(np.uint8)
    pictures = edited / 255, reconstruction / 255
    return {
        "size": size,
        "edited": encoded_bytes(edited),
        "reconstruction": encoded_bytes(reconstruction),
        "region": encoded(where),
        "alpha": encoded(composite.feather(where)),
        "kept": encoded(composite.detail(*pictures)),
        "photo": {"width": width, "height": height, "rgb": encoded_bytes(photo)},
        "cases": [
            {"crop": vars(crop), "result": encoded_bytes(composite.composite(photo, crop, *pictures, where))}
            for crop in (CropSquare(24.5, 20, 30, 0), CropSquare(30, 12, 44, 0.6), CropSquare(10, 30, 96, -2.5))
        ],
    }


def description_numbers() -> dict[str, Any]:
    """What the attribute net may say and the hair of a mask → a sentence."""
    looks: tuple[dict[str, Any], ...] = (
        {"gender": "f", "years": 34.0, "smile": "2", "haircol": "l", "makeup": "1", "hair": "long", "Wearing_Earrings": 1.0},
        {"gender": "m", "years": 47.2, "beard": "3", "haircol": "k", "glasses": "1", "hair": "short"},
        {"gender": "m", "years": 71.0, "hairlen": "n", "smile": "1", "beard": "2", "Goatee": 1.0, "hair": "none"},
        {"gender": "m", "years": 29.9, "beard": "2", "Mustache": 0.5, "hat": "1", "bangs": "1", "hair": "none", "hairlen": "s"},
        {"gender": "f", "years": 9.0, "hair": "vague", "haircol": "b"},
        {"gender": "f", "years": 8.0, "bangs": "1", "hair": "medium", "haircol": "b", "beard": "4"},
        {"gender": "f", "years": 16.5, "hairlen": "u", "hair": "short", "haircol": "r", "glasses": "2", "hat": "1"},
        {"gender": "f", "years": 20.0, "hairlen": "m", "hair": "none", "makeup": "1", "bangs": "1", "Wearing_Earrings": 0.2},
        {"gender": "m", "years": 60.0, "beard": "1", "makeup": "1", "hair": "long", "haircol": "g", "Wearing_Earrings": 1.0},
        {"hair": "long"},
        {"hair": "short", "worn": True},
        {"hair": "none"},
    )
    cases = []
    for look in looks:
        numbers = made_up_reading(look) if "gender" in look else None
        mask = haired_mask(tiny.IMAGE, look["hair"], worn=look.get("worn", False))
        cases.append(
            {
                "numbers": None if numbers is None else encoded(numbers),
                "mask": encoded_bytes(mask),
                "description": describe(numbers, mask),
            }
        )
    return {"size": tiny.IMAGE, "cases": cases}


def made_up_reading(look: dict[str, Any]) -> np.ndarray:
    """(77,) float32 as the attribute net gives them: what `look` names is likely, the first value of the rest."""
    attributes = np.array([look.get(name, -2.0) for name in labels.ATTRIBUTES])
    parts = []
    for name, values in labels.APPEARANCE.items():
        logits = np.zeros(len(values))
        if name in look:
            logits[values.index(look[name])] = 3
        elif name != "haircol":  # an even choice of colours: none is sure
            logits[0] = 1
        parts.append(logits)
    return np.concatenate([attributes, *parts, [look["years"]]]).astype(np.float32)


def haired_mask(size: int, hair: str, *, worn: bool = False) -> np.ndarray:
    """The drawn face with hair of a length (none, short, medium, vague, long), and with glasses and a hat if `worn`."""
    mask = samples.mask(size).copy()
    mask[mask == HAIR] = BACKGROUND
    lips = int(np.nonzero(np.isin(mask, (MOUTH, U_LIP, L_LIP)))[0].mean())
    rows = np.arange(size)[:, None]
    until = {"none": 0, "short": lips - size // 16, "medium": lips + size // 16, "vague": lips + size // 8, "long": size}[hair]
    mask[(mask == BACKGROUND) & (rows < until)] = HAIR
    if worn:
        mask[: size // 8] = HAT
        mask[round(0.45 * size) : round(0.5 * size), size // 3 : size * 2 // 3] = GLASSES
    return mask
