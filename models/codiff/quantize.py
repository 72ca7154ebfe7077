"""Storing a graph's weights in fewer bytes. The arithmetic stays float32: a runtime unpacks them when it opens the graph.

Profiles: `fp32`; `fp16` (matrices and kernels in half precision); `q8` (int8 with one symmetric scale per output channel or
table row, but half precision for the first and the last convolution and for the time embedding, which are small and sensitive).
"""

from collections.abc import Iterable

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from codiff.graph import check, parameter_names

PROFILES = ("fp32", "fp16", "q8")
LEVELS = 127
SENSITIVE = ("time.",)  # prefixes of parameters that q8 leaves in half precision
CLIP_RATIOS = np.linspace(1.0, 0.7, 13)  # candidate scales, as a share of the one that clips nothing
HALF_MAX = 60_000.0
SMALLEST = 256  # elements; below that a parameter stays as it is


def quantize(model: ModelProto, profile: str) -> ModelProto:
    """A copy of a float32 graph in a profile. Outputs of the unpacking nodes carry the parameters' names."""
    if profile not in PROFILES:
        raise ValueError(f"there is no profile {profile!r}: pick one of {', '.join(PROFILES)}")
    out = ModelProto()
    out.CopyFrom(model)
    if profile == "fp32":
        return out
    graph = out.graph
    names = set(parameter_names(model))
    int8 = _quantizable(out, names) if profile == "q8" else set()
    unpack: list[NodeProto] = []
    stored: list[TensorProto] = []
    for initializer in graph.initializer:
        values = numpy_helper.to_array(initializer)
        name = initializer.name
        if name not in names or values.ndim < 2 or values.size < SMALLEST:
            stored.append(initializer)
        elif name in int8:
            codes, scale = to_int8(values)
            parts = [f"{name}.q8", f"{name}.scale"]
            stored += [numpy_helper.from_array(a, part) for a, part in zip((codes, scale), parts, strict=True)]
            unpack.append(helper.make_node("DequantizeLinear", parts, [name], f"unpack {name}", axis=0))
        elif np.abs(values).max() < HALF_MAX:
            stored.append(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
            unpack.append(helper.make_node("Cast", [f"{name}.half"], [name], f"unpack {name}", to=TensorProto.FLOAT))
        else:
            stored.append(initializer)
    nodes = [*unpack, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(stored)
    graph.node.extend(nodes)
    check(out)
    return out


def to_int8(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 codes and a float32 scale per slice of axis 0, each scale the candidate of least squared error."""
    flat = values.reshape(len(values), -1).astype(np.float64)
    top = np.maximum(np.abs(flat).max(1), 1e-12)
    best_scale, best_error = top / LEVELS, np.full(len(flat), np.inf)
    for ratio in CLIP_RATIOS:
        scale = (top * ratio / LEVELS).astype(np.float32).astype(np.float64)
        error = ((_codes(flat, scale) * scale[:, None] - flat) ** 2).sum(1)
        better = error < best_error
        best_scale, best_error = np.where(better, scale, best_scale), np.where(better, error, best_error)
    codes = _codes(flat, best_scale).astype(np.int8).reshape(values.shape)
    return codes, best_scale.astype(np.float32)


def _codes(flat: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(flat / scale[:, None]), -LEVELS, LEVELS)


def _quantizable(model: ModelProto, names: set[str]) -> set[str]:
    """Weights of convolutions, linear layers and embedding tables: in all of them axis 0 is the output channel (or the row)."""
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    ends = {node.input[1] for node in (*convolutions[:1], *convolutions[-1:])}
    weights = {name for node in model.graph.node for name in _weights_of(node)} & names
    return {name for name in weights - ends if not name.startswith(SENSITIVE)}


def _weights_of(node: NodeProto) -> Iterable[str]:
    if node.op_type == "Conv":
        return [node.input[1]]
    if node.op_type == "Gemm" and any(a.name == "transB" and a.i == 1 for a in node.attribute):
        return [node.input[1]]
    # The exporter writes a linear layer on tokens as MatMul with Transpose(weight).
    return [node.input[0]] if node.op_type in ("Transpose", "Gather") else []
