"""Packs: a folder of ONNX networks and a manifest (models/contracts/README.md). Reading checks all that could be broken."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import onnx

from codiff import graph, schedule
from codiff.errors import UsageError

Manifest = dict[str, Any]

MANIFEST = "manifest.json"
CONTRACTS = Path(__file__).resolve().parents[1] / "contracts"


class PackError(UsageError):
    """A pack that cannot be used; the message names the cause and what to do."""


def read(folder: Path) -> Manifest:
    """The manifest, checked against the schema and against itself. Files are checked when they are read."""
    path = Path(folder) / MANIFEST
    if not path.is_file():
        raise PackError(f"{path} is missing: give the folder of a pack, such as public/packs/nano")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as cause:
        raise PackError(f"{path} is not JSON ({cause}): get the pack again") from cause
    validate(manifest, path)
    return manifest


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((CONTRACTS / "pack-manifest.schema.json").read_text()))


def validate(manifest: Manifest, where: Path) -> None:
    """Raise PackError naming the first field of a manifest that is wrong; `where` is for the message."""
    problem = jsonschema.exceptions.best_match(_validator().iter_errors(manifest))
    if problem is not None:
        raise PackError(f"{where} is not valid at {problem.json_path}: {problem.message}")
    for key in _named_files(manifest):
        if key not in manifest["files"]:
            raise PackError(f"{where} is not valid: files.{key} is missing, though another field names it")
    ids = [c["id"] for c in manifest["collaborators"]]
    if len(set(ids)) < len(ids):
        raise PackError(f"{where} is not valid: two collaborators have the same id")
    reads_tokens = any(c["condition"]["kind"] == "tokens" for c in manifest["collaborators"])
    if reads_tokens and "text_encoder" not in manifest:
        raise PackError(f"{where} is not valid: a collaborator reads tokens, but there is no text_encoder")
    _check_guidance(manifest, where)
    for key in ("steps", "edit_steps"):
        if manifest["defaults"].get(key, 1) > most_steps(manifest):
            raise PackError(f"{where} is not valid: defaults.{key} is more than the schedule has")


def alone(collaborator: Manifest) -> Manifest:
    """The collaborator as it is guided when no other speaks."""
    return {**collaborator, **collaborator.get("alone", {})}


def ruled(collaborator: Manifest, rules: Mapping[str, Any]) -> Manifest:
    """The collaborator under other rules, which count when it speaks alone, too."""
    own = {key: value for key, value in collaborator.get("alone", {}).items() if key not in rules}
    return {**collaborator, **rules, "alone": own}


def _check_guidance(manifest: Manifest, where: Path) -> None:
    """Raises PackError where a push is told to follow a mask that nobody reads, or that does not fit."""
    everyone = manifest["collaborators"]
    guided = [*everyone, *map(alone, everyone)]
    named = [rule["class"] for c in guided for rule in c.get("guidance_by_class", ())]
    readers = [c["condition"] for c in everyone if c["condition"]["kind"] == "class_mask"]
    sides = manifest["latent"]["shape"][1:]
    fits = all(max(named, default=0) < r["classes"] and not any(r["size"] % side for side in sides) for r in readers)
    if (named or any(c.get("guidance_on_contours") for c in guided)) and not (readers and fits):
        raise PackError(
            f"{where} is not valid: guidance_by_class and guidance_on_contours need a mask that is read, classes that it has, "
            "and latent sides that divide its size"
        )


def most_steps(manifest: Manifest) -> int:
    """How many timesteps a run can visit."""
    return schedule.most_steps(len(manifest["schedule"]["alphas_cumprod"]), **spacing(manifest))


def spacing(manifest: Manifest) -> dict[str, Any]:
    """What a manifest says of where steps lie, as `codiff.schedule` takes it: `end` and `shift`, those that it names."""
    return {key: value for key, value in manifest["schedule"].items() if key in ("end", "shift")}


def _named_files(manifest: Manifest) -> Iterator[str]:
    text, codec = manifest.get("text_encoder"), manifest["codec"]
    if text is not None:
        yield from (text["network"], text["tokenizer"])
    for collaborator in manifest["collaborators"]:
        yield from (collaborator[k] for k in ("encoder", "denoiser", "influence") if k in collaborator)
    yield from (codec[k] for k in ("encoder", "decoder", "preview") if k in codec)
    yield from helper_files(manifest)


def helper_files(manifest: Manifest) -> list[str]:
    """Keys of the files that a generation does without: parser, attribute net, and what finds a face."""
    helpers = manifest.get("helpers", {})
    return [*(reader["network"] for reader in readers(manifest)), *helpers.get("aligner", {}).values()]


def readers(manifest: Manifest) -> list[dict[str, Any]]:
    """The helpers that read a picture of their `size`: parser and attribute net, those that the pack has."""
    return [helper for helper in manifest.get("helpers", {}).values() if "network" in helper]


def read_file(folder: Path, manifest: Manifest, key: str) -> bytes:
    """The bytes of one file of the pack, of the promised size and hash."""
    entry = manifest["files"].get(key)
    if entry is None:
        raise PackError(f"{folder} has no file {key!r}: it holds {', '.join(sorted(manifest['files']))}")
    path = Path(folder) / entry["path"]
    if not path.is_file():
        raise PackError(f"{path} is missing: get the pack again")
    data = path.read_bytes()
    if len(data) != entry["bytes"] or hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise PackError(f"{path} is damaged: its size or checksum is not what the manifest says; get the pack again")
    return data


def read_network(folder: Path, manifest: Manifest, key: str) -> onnx.ModelProto:
    data = read_file(folder, manifest, key)
    try:
        return onnx.load_from_string(data)
    except Exception as cause:  # protobuf raises a class of its own making
        raise PackError(f"{folder}: file {key!r} is not an ONNX network") from cause


def weights(folder: Path, key: str) -> dict[str, np.ndarray]:
    """Parameters of one network by their PyTorch names, float32, dequantized: enough to go on training from."""
    return graph.parameter_arrays(read_network(folder, read(folder), key))


def write(folder: Path, manifest: Manifest, files: Mapping[str, tuple[str, bytes]]) -> Manifest:
    """Write a pack: `files` are path and bytes by key, `manifest` lacks only its `files`. An older pack's files are removed.

    The manifest is written last, so that a folder that has one is whole.
    """
    folder = Path(folder)
    entries = {
        key: {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for key, (path, data) in files.items()
    }
    whole = {**manifest, "files": entries}
    validate(whole, folder / MANIFEST)
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / MANIFEST).exists():
        (folder / MANIFEST).unlink()
    keep = {path for path, _ in files.values()}
    for old in (*folder.glob("*.onnx"), *folder.glob("*.json")):
        if old.name not in keep:
            old.unlink()
    for path, data in files.values():
        (folder / path).write_bytes(data)
    (folder / MANIFEST).write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return whole
