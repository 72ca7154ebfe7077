"""The published face detector and face mesh in the form that packs have: one picture in planes of 0 … 1, one output.

The files are TFJS models of `@vladmandic/human` (MIT) as ONNX, channels last. Their weights stay as they are.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from codiff import graph
from codiff.errors import UsageError

LICENCE = "face-helpers-LICENSE.txt"  # in the pack
DETECTOR_SIZE, ANCHORS = 256, 896
MESH_SIZE, MESH_NUMBERS = 192, 1404


def load(folder: Path) -> dict[str, ModelProto]:
    """`detector` and `mesh` from a folder with `blazeface.onnx` and `facemesh.onnx`."""
    return {"detector": detector(_read(folder / "blazeface.onnx")), "mesh": mesh(_read(folder / "facemesh.onnx"))}


def licence(path: Path) -> bytes:
    """The notice that the weights' licence asks to keep."""
    if not path.is_file():
        raise UsageError(f"{path} is missing: the notice must travel with the face helpers; put it there")
    return path.read_bytes()


def detector(source: ModelProto) -> ModelProto:
    """`image` (1, 3, 256, 256) RGB 0 … 1 → `faces` (1, 896, 17): score logit, box and key points in pixels from the anchor."""
    nodes, first = _without_layout(source)
    by_shape = {tuple(_shape(o)[1:]): o.name for o in source.graph.output}
    fine, coarse = 16 * 16 * 2, 8 * 8 * 6
    before = [
        helper.make_node("Mul", ["image", "two"], ["doubled"]),
        helper.make_node("Sub", ["doubled", "one"], [first]),  # the published network reads −1 … 1
    ]
    after = [
        helper.make_node("Concat", [by_shape[fine, 1], by_shape[coarse, 1]], ["scores"], axis=1),
        helper.make_node("Concat", [by_shape[fine, 16], by_shape[coarse, 16]], ["boxes"], axis=1),
        helper.make_node("Concat", ["scores", "boxes"], ["faces"], axis=2),
    ]
    constants = {"two": np.float32(2), "one": np.float32(1)}
    return _rebuilt(source, [*before, *nodes, *after], constants, DETECTOR_SIZE, ("faces", [1, ANCHORS, 17]))


def mesh(source: ModelProto) -> ModelProto:
    """`image` (1, 3, 192, 192) RGB 0 … 1 → `mesh` (1, 1405): 468 points (x, y, z) in pixels, and the face flag's logit."""
    nodes, first = _without_layout(source)
    producer = {node.output[0]: node for node in nodes}
    flag = producer[producer["output_faceflag"].input[0]]  # Reshape of a Sigmoid
    if flag.op_type != "Sigmoid":
        raise UsageError("facemesh.onnx has another form than expected: its face flag is no sigmoid; get the file again")
    before = [helper.make_node("Identity", ["image"], [first])]
    after = [
        helper.make_node("Reshape", [flag.input[0], "one_number"], ["flag"]),
        helper.make_node("Reshape", ["output_mesh", "all_points"], ["points"]),
        helper.make_node("Concat", ["points", "flag"], ["mesh"], axis=1),
    ]
    constants = {"one_number": np.array([1, 1], np.int64), "all_points": np.array([1, MESH_NUMBERS], np.int64)}
    return _rebuilt(source, [*before, *nodes, *after], constants, MESH_SIZE, ("mesh", [1, MESH_NUMBERS + 1]))


def _read(path: Path) -> ModelProto:
    if not path.is_file():
        raise UsageError(f"{path} is missing: give the folder of blazeface.onnx and facemesh.onnx with --helpers")
    try:
        return onnx.load(path)
    except Exception as cause:  # protobuf raises a class of its own making
        raise UsageError(f"{path} is not an ONNX network: get the file again") from cause


def _shape(value: onnx.ValueInfoProto) -> list[int]:
    return [d.dim_value for d in value.type.tensor_type.shape.dim]


def _without_layout(source: ModelProto) -> tuple[list[NodeProto], str]:
    """The nodes but for the first, which turns the picture channels first, and the name of what it gave."""
    first, *rest = source.graph.node
    if first.op_type != "Transpose":
        raise UsageError("the face helpers have another form than expected: they don't read channels last; get the files again")
    return rest, first.output[0]


def _rebuilt(
    source: ModelProto, nodes: list[NodeProto], constants: dict[str, np.ndarray], size: int, output: tuple[str, list[int]]
) -> ModelProto:
    """A graph of the nodes that the output needs; large initializers count as parameters, which a profile may shrink."""
    needed, kept = {output[0]}, []
    for node in reversed(nodes):
        if needed & set(node.output):
            kept.insert(0, node)
            needed |= set(node.input)
    initializers = [i for i in source.graph.initializer if i.name in needed]
    initializers += [numpy_helper.from_array(np.asarray(a), name) for name, a in constants.items()]
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, size, size])
    result = helper.make_tensor_value_info(output[0], TensorProto.FLOAT, output[1])
    built = helper.make_graph(kept, output[0], [image], [result], initializers)
    model = helper.make_model(built, opset_imports=[helper.make_opsetid("", graph.OPSET)], ir_version=source.ir_version)
    weights = {i.name for i in initializers if i.data_type == TensorProto.FLOAT and len(i.dims) > 1}
    graph.fold(model, weights)
    helper.set_model_props(model, {graph.PARAMETERS: json.dumps(sorted(weights))})
    graph.check(model)
    return model
