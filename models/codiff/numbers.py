"""Arrays in the JSON of the golden numbers."""

import base64
from typing import Any

import numpy as np


def encoded(array: np.ndarray) -> dict[str, Any]:
    """A float32 array as JSON: shape, and little-endian bytes in base64."""
    data = np.ascontiguousarray(array, "<f4")
    return {"shape": list(data.shape), "float32": base64.b64encode(data.tobytes()).decode()}


def encoded_bytes(array: np.ndarray) -> str:
    """Bytes (uint8, any shape) in base64."""
    return base64.b64encode(np.ascontiguousarray(array, np.uint8).tobytes()).decode()
