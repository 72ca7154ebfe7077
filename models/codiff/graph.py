"""ONNX graphs: exporting a network, folding shape arithmetic, running in batches, reading weights back."""

import copy
import io
import json
import warnings
from collections.abc import Mapping

import numpy as np
import onnx
import torch
from onnx import ModelProto, NodeProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from torch import Tensor, nn

from codiff.layers import GroupNorm

OPSET = 17
PARAMETERS = "codiff.parameters"  # metadata key: JSON list of the network's parameter names
# One is not in every WebGPU runtime, the other leaves a checkerboard.
FORBIDDEN = ("GroupNormalization", "ConvTranspose")


def export(module: nn.Module, inputs: Mapping[str, Tensor], output: str) -> ModelProto:
    """A float32 graph of static shapes; initializers keep the names of the module's parameters.

    `inputs` are examples of batch 1 by name, in the order of `forward`.
    """
    module = _exportable(module)
    buffer = io.BytesIO()
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            buffer,
            dynamo=False,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=[output],
            do_constant_folding=False,
        )
    model = onnx.load_from_string(buffer.getvalue())
    parameters = list(module.state_dict())
    fold(model, set(parameters))
    helper.set_model_props(model, {PARAMETERS: json.dumps(parameters)})
    check(model)
    return model


def _exportable(module: nn.Module) -> nn.Module:
    """A copy in evaluation mode, on the CPU, in plain memory layout; ours replace PyTorch's group norms (same parameters)."""
    module = copy.deepcopy(module).cpu().eval().to(memory_format=torch.contiguous_format)
    for parent in list(module.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.GroupNorm):
                ours = GroupNorm(child.num_channels, child.num_groups)
                ours.load_state_dict(child.state_dict())
                setattr(parent, name, ours)
    return module


def fold(model: ModelProto, parameters: set[str]) -> None:
    """Evaluate every node that reads constants alone, so that only arithmetic on data is left; parameters stay as they are.

    An `Identity` of a parameter, by which the exporter joins equal ones, becomes a parameter of its own again.
    """
    graph = model.graph
    constants = {i.name: numpy_helper.to_array(i) for i in graph.initializer if i.name not in parameters}
    weights = {i.name: i for i in graph.initializer if i.name in parameters}
    kept: list[NodeProto] = []
    for node in graph.node:
        if node.op_type == "Identity" and node.input[0] in weights:
            copied = copy.deepcopy(weights[node.input[0]])
            copied.name = node.output[0]
            weights[copied.name] = copied
        elif all(name in constants for name in node.input if name):
            constants |= dict(zip(node.output, _evaluate(node, constants), strict=True))
        else:
            kept.append(node)
    _merge(kept, constants)
    used = {name for node in kept for name in node.input}
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(kept)
    graph.initializer.extend(i for name, i in weights.items() if name in used)
    graph.initializer.extend(numpy_helper.from_array(np.asarray(a), name) for name, a in constants.items() if name in used)
    _rename(model, parameters)


def _merge(nodes: list[NodeProto], constants: Mapping[str, np.ndarray]) -> None:
    """Let nodes share constants that are equal."""
    first: dict[tuple[str, tuple[int, ...], bytes], str] = {}
    same = {name: first.setdefault((str(a.dtype), np.shape(a), np.asarray(a).tobytes()), name) for name, a in constants.items()}
    for node in nodes:
        node.input[:] = [same.get(name, name) for name in node.input]


def _evaluate(node: NodeProto, constants: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    names = [name for name in dict.fromkeys(node.input) if name]
    values = [helper.make_tensor_value_info(n, helper.np_dtype_to_tensor_dtype(constants[n].dtype), None) for n in names]
    outputs = [helper.make_value_info(n, onnx.TypeProto()) for n in node.output]
    graph = helper.make_graph([node], "fold", values, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    return ReferenceEvaluator(model).run(None, {name: constants[name] for name in names})


def _rename(model: ModelProto, parameters: set[str]) -> None:
    """Short names for everything but inputs, outputs and parameters: the exporter's paths are a third of a small file."""
    graph = model.graph
    fixed = parameters | {v.name for v in graph.input} | {v.name for v in graph.output} | {""}
    names: dict[str, str] = {}

    def short(name: str) -> str:
        return name if name in fixed else names.setdefault(name, f"_{len(names)}")

    for initializer in graph.initializer:
        initializer.name = short(initializer.name)
    for i, node in enumerate(graph.node):
        node.name = f"{node.op_type}{i}"
        node.doc_string = ""
        node.input[:] = [short(name) for name in node.input]
        node.output[:] = [short(name) for name in node.output]


def check(model: ModelProto) -> None:
    """Raise ValueError when the graph has an operator that packs must not have, or a shape that depends on data."""
    onnx.checker.check_model(model, full_check=True)
    ops = {node.op_type for node in model.graph.node}
    wrong = [op for op in (*FORBIDDEN, "Shape") if op in ops]
    if wrong:
        raise ValueError(f"the graph has {', '.join(wrong)}, which packs must not have")


def batched(model: ModelProto, batch: int) -> ModelProto:
    """The same network for `batch` samples at once: every input and output gets that first dimension."""
    out = ModelProto()
    out.CopyFrom(model)
    for value in (*out.graph.input, *out.graph.output):
        value.type.tensor_type.shape.dim[0].dim_value = batch
    del out.graph.value_info[:]
    return out


def parameter_names(model: ModelProto) -> list[str]:
    for prop in model.metadata_props:
        if prop.key == PARAMETERS:
            return json.loads(prop.value)
    raise ValueError("the graph does not name its parameters: it was not exported by codiff")


def parameter_arrays(model: ModelProto) -> dict[str, np.ndarray]:
    """Parameters by name, float32, whatever form they are stored in: plain, float16, or int8 or int4 with scales."""
    stored = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    makers = {node.output[0]: node for node in model.graph.node if node.op_type in ("Cast", "DequantizeLinear")}
    out = {}
    for name in parameter_names(model):
        if name in stored:
            out[name] = stored[name].astype(np.float32)
            continue
        node = makers[name]
        values = stored[node.input[0]].astype(np.float32)
        if node.op_type == "DequantizeLinear":
            values = values * _spread(stored[node.input[1]], node, values.ndim)
        out[name] = values
    return out


def _spread(scale: np.ndarray, node: NodeProto, dims: int) -> np.ndarray:
    """Scales of a DequantizeLinear, shaped to fit its values: of blocks along an axis, or of slices of axis 0."""
    options = {a.name: a.i for a in node.attribute}
    if "block_size" in options:
        return np.repeat(scale, options["block_size"], options["axis"])
    return scale.reshape(-1, *[1] * (dims - 1))
