"""The labels of photos as arrays, and the layout of the attribute net's output, which learns them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from codiff.data import Faces
from codiff.facts import HAIR_LENGTHS, facts
from codiff.pack import CONTRACTS

_TABLE = json.loads((CONTRACTS / "face-attributes.json").read_text(encoding="utf-8"))
ATTRIBUTES: tuple[str, ...] = tuple(_TABLE["attributes"])
APPEARANCE: dict[str, tuple[str, ...]] = {name: tuple(values) for name, values in _TABLE["appearance"].items()}
WIDTH = len(ATTRIBUTES) + sum(map(len, APPEARANCE.values())) + 1  # numbers that the attribute net puts out
UNKNOWN = -1
_LENGTH_CODES = {name: code for code, name in HAIR_LENGTHS.items()}


@dataclass(frozen=True)
class Labels:
    """What is known of N photos; `UNKNOWN`, and NaN for an age, where it is not."""

    attributes: np.ndarray  # (N, 40) int64: 0 or 1
    appearance: dict[str, np.ndarray]  # label → (N,) int64: index of its value in `APPEARANCE`
    age: np.ndarray  # (N,) float32: expected age in years
    by_eye: np.ndarray  # (N,) bool: the photo is in appearance.csv


@dataclass(frozen=True)
class Reading:
    """The attribute net's output for N photos, taken apart."""

    attributes: np.ndarray  # (N, 40) logits
    appearance: dict[str, np.ndarray]  # label → (N, values) logits
    age: np.ndarray  # (N,) years


def split(output: np.ndarray) -> Reading:
    """Take the attribute net's output (N, `WIDTH`) apart."""
    ends = np.cumsum([len(ATTRIBUTES), *map(len, APPEARANCE.values())])
    attributes, *parts, age = np.split(output, ends, axis=1)
    return Reading(attributes, dict(zip(APPEARANCE, parts, strict=True)), age[:, 0])


def read(faces: Faces, ids: Sequence[str]) -> Labels:
    """The labels of photos.

    Few photos have a hair length by eye: where a true mask shows it (`facts.hair_length`), that counts.
    """
    appearance, age = faces.table("appearance"), faces.table("age")
    attributes = np.full((len(ids), len(ATTRIBUTES)), UNKNOWN, np.int64)
    looks = {name: np.full(len(ids), UNKNOWN, np.int64) for name in APPEARANCE}
    years = np.full(len(ids), np.nan, np.float32)
    for i, identifier in enumerate(ids):
        row, look = faces.rows[identifier], appearance.get(identifier)
        attributes[i] = [int(row[name]) if row[name] else UNKNOWN for name in ATTRIBUTES]
        codes = dict(look or {})
        length = facts(row, look, None, faces.masks.get(identifier)).hair_length
        codes["hairlen"] = _LENGTH_CODES.get(length or "", "")
        for name, values in APPEARANCE.items():
            if codes.get(name, "") in values:
                looks[name][i] = values.index(codes[name])
        if identifier in age:
            years[i] = float(age[identifier]["age"])
    return Labels(attributes, looks, years, np.array([i in appearance for i in ids], bool))
