"""Storing a graph's weights in fewer bytes. The arithmetic stays float32: a runtime unpacks them when it opens the graph.

Profiles: `fp32`; `fp16` (matrices and kernels in half precision); `q8` (int8 with one symmetric scale per output channel or
table row, but half precision for the first and the last convolution and for the time embedding, which are small and sensitive);
`q4` (what q8 stores as int8 becomes int4, with a scale for every 32 input channels, where those divide evenly). A pack leaves
one network out of q8 and q4 (`build.IN_HALF`).
"""

from collections.abc import Iterable

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from codiff.graph import check, parameter_names

PROFILES = ("fp32", "fp16", "q8", "q4")
LEVELS_8, LEVELS_4 = 127, 7
BLOCK = 32  # input channels that share a scale in q4
BLOCKS_OPSET, INT4_IR = 21, 10  # the first opset whose DequantizeLinear knows blocks, the first file format that knows int4
SENSITIVE = ("time.",)  # prefixes of parameters that q8 and q4 leave in half precision
CLIP_RATIOS = np.linspace(1.0, 0.7, 13)  # candidate scales, as a share of the one that clips nothing
HALF_MAX = 60_000.0
SMALLEST = 256  # elements; below that a parameter stays as it is
Stored = tuple[list[TensorProto], NodeProto]  # initializers, and the node that makes the parameter of them


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
    integers = set() if profile == "fp16" else _quantizable(out, names)
    unpack: list[NodeProto] = []
    stored: list[TensorProto] = []
    for initializer in graph.initializer:
        smaller = None
        if initializer.name in names:
            smaller = _smaller(initializer, profile if initializer.name in integers else "fp16")
        if smaller is None:
            stored.append(initializer)
        else:
            stored += smaller[0]
            unpack.append(smaller[1])
    if any(part.data_type == TensorProto.INT4 for part in stored):
        out.opset_import[0].version, out.ir_version = BLOCKS_OPSET, INT4_IR
    nodes = [*unpack, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(stored)
    graph.node.extend(nodes)
    check(out)
    return out


def to_int8(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 codes and a float32 scale per slice of axis 0, each scale the candidate of least squared error."""
    codes, scale = _nearest(values.reshape(len(values), -1), LEVELS_8)
    return codes.reshape(values.shape), scale


def to_int4(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes from -7 to 7 (int8) and a float32 scale for every `BLOCK` along axis 1 (which they divide), chosen likewise."""
    rows = np.moveaxis(values, 1, -1)
    codes, scale = _nearest(rows.reshape(-1, BLOCK), LEVELS_4)
    blocks = scale.reshape(*rows.shape[:-1], -1)
    return np.moveaxis(codes.reshape(rows.shape), -1, 1), np.ascontiguousarray(np.moveaxis(blocks, -1, 1))


def _nearest(flat: np.ndarray, levels: int) -> tuple[np.ndarray, np.ndarray]:
    """Codes of `flat` (N, M) from -levels to levels, int8, and a scale for each row (N,)."""
    flat = flat.astype(np.float64)
    top = np.maximum(np.abs(flat).max(1), 1e-12)
    best_scale, best_error = top / levels, np.full(len(flat), np.inf)
    for ratio in CLIP_RATIOS:
        scale = (top * ratio / levels).astype(np.float32).astype(np.float64)
        error = ((_codes(flat, scale, levels) * scale[:, None] - flat) ** 2).sum(1)
        better = error < best_error
        best_scale, best_error = np.where(better, scale, best_scale), np.where(better, error, best_error)
    return _codes(flat, best_scale, levels).astype(np.int8), best_scale.astype(np.float32)


def _codes(flat: np.ndarray, scale: np.ndarray, levels: int) -> np.ndarray:
    return np.clip(np.rint(flat / scale[:, None]), -levels, levels)


def _smaller(initializer: TensorProto, profile: str) -> Stored | None:
    """A parameter in the form of a profile; None where it stays as it is."""
    name, values = initializer.name, numpy_helper.to_array(initializer)
    if values.ndim < 2 or values.size < SMALLEST:
        return None
    if profile == "fp16":
        return _as_half(name, values) if np.abs(values).max() < HALF_MAX else None
    return _as_int4(name, values) if profile == "q4" and values.shape[1] % BLOCK == 0 else _as_int8(name, values)


def _as_half(name: str, values: np.ndarray) -> Stored:
    part = numpy_helper.from_array(values.astype(np.float16), f"{name}.half")
    return [part], helper.make_node("Cast", [part.name], [name], f"unpack {name}", to=TensorProto.FLOAT)


def _as_int8(name: str, values: np.ndarray) -> Stored:
    codes, scale = to_int8(values)
    parts = [numpy_helper.from_array(codes, f"{name}.q8"), numpy_helper.from_array(scale, f"{name}.scale")]
    return parts, helper.make_node("DequantizeLinear", [p.name for p in parts], [name], f"unpack {name}", axis=0)


def _as_int4(name: str, values: np.ndarray) -> Stored:
    codes, scale = to_int4(values)
    nibbles = codes.reshape(-1, 2).astype(np.uint8) & 15  # the first of two goes into the low bits
    data = (nibbles[:, 0] | nibbles[:, 1] << 4).astype(np.uint8).tobytes()
    parts = [
        helper.make_tensor(f"{name}.q4", TensorProto.INT4, values.shape, data, raw=True),
        numpy_helper.from_array(scale, f"{name}.scale"),
    ]
    options = {"axis": 1, "block_size": BLOCK}
    return parts, helper.make_node("DequantizeLinear", [p.name for p in parts], [name], f"unpack {name}", **options)


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
