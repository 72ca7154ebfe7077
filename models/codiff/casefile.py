"""Cases that a person has written down for a command, as JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from codiff.errors import UsageError

T = TypeVar("T")


def read(path: Path, like: str, told_by: str, taken: Callable[[Any], T]) -> T:
    """What `taken` finds in the file. `like` is a file of this kind, `told_by` the module that says what one holds.

    Raises UsageError where there is no file, no JSON in it, or not what `taken` looks for.
    """
    if not path.is_file():
        raise UsageError(f"{path} is missing: give a cases file such as {like}")
    try:
        return taken(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as cause:  # broken JSON is a ValueError
        raise UsageError(f"{path} is not a cases file ({cause}): see `{told_by}`") from cause
