"""Every network of a pack: PyTorch against onnxruntime, in every profile and batch size."""

import numpy as np
import onnx
import pytest
import torch
from onnx import helper

from codiff import build, graph, rng, tiny
from codiff.compare import signal_to_noise
from codiff.layers import GroupNorm
from codiff.pipeline import session
from codiff.quantize import BLOCK, PROFILES, quantize, to_int4, to_int8

LEAST_DB = {"fp32": 100.0, "fp16": 55.0, "q8": 24.0, "q4": 12.0}
MOST_OFF = {"fp32": 0.0, "fp16": 0.02, "q8": 0.02, "q4": 0.3}  # of a weight, as a share of the largest: q4 clips by up to 30 %
KEYS = sorted(tiny.modules())


@pytest.fixture(scope="module")
def networks() -> dict[str, torch.nn.Module]:
    return tiny.modules()


@pytest.fixture(scope="module")
def graphs(networks) -> dict[str, onnx.ModelProto]:
    return build.graphs(tiny.manifest(), networks)


def feeds(model: onnx.ModelProto, batch: int) -> dict[str, np.ndarray]:
    """Random inputs that fit a graph."""
    out = {}
    for i, value in enumerate(model.graph.input):
        shape = (batch, *(d.dim_value for d in value.type.tensor_type.shape.dim[1:]))
        noise = rng.normals(11, i, int(np.prod(shape))).reshape(shape)
        if value.name == "input_ids":
            out[value.name] = (np.abs(noise * 20) % 60).astype(np.int32)
        elif value.name == "attention_mask":
            out[value.name] = (np.arange(shape[1]) < 9 + np.arange(batch)[:, None]).astype(np.float32)
        elif value.name == "timestep":
            out[value.name] = np.linspace(90, 10, batch).astype(np.float32)
        else:
            out[value.name] = noise
    return out


def run(model: onnx.ModelProto, inputs: dict[str, np.ndarray]) -> np.ndarray:
    return session(model.SerializeToString(), 1).run(None, inputs)[0]


@pytest.mark.parametrize("key", KEYS)
def test_onnx_agrees_with_pytorch(key, networks, graphs):
    for batch in (1, 3):
        inputs = feeds(graphs[key], batch)
        with torch.inference_mode():
            expected = networks[key](*(torch.from_numpy(v) for v in inputs.values())).numpy()
        for profile in PROFILES:
            got = run(graph.batched(quantize(graphs[key], profile), batch), inputs)
            assert got.shape == expected.shape
            assert signal_to_noise(expected, got) > LEAST_DB[profile], (profile, batch)


@pytest.mark.parametrize("key", KEYS)
def test_names_and_shapes_follow_the_contract(key, graphs):
    model = graphs[key]
    expected = {
        "text_encoder": (["input_ids", "attention_mask"], "embeddings"),
        "codec_decoder": (["latent"], "image"),
        "codec_preview": (["latent"], "image"),
        "codec_encoder": (["image"], "latent"),
        "parser": (["image"], "logits"),
        "attributes": (["image"], "logits"),
        "mask_condition": (["one_hot"], "condition"),
        "text_condition": (["embeddings", "attention_mask"], "condition"),
    }.get(key, (["x", "timestep", "condition"], "prediction" if key.endswith("denoiser") else "logits"))
    assert ([v.name for v in model.graph.input], model.graph.output[0].name) == expected
    for value in (*model.graph.input, *model.graph.output):
        assert all(d.dim_value > 0 for d in value.type.tensor_type.shape.dim)
        assert value.type.tensor_type.shape.dim[0].dim_value == 1


@pytest.mark.parametrize("profile", PROFILES)
def test_weights_come_back_under_their_names(profile, networks, graphs):
    for key, network in networks.items():
        arrays = graph.parameter_arrays(quantize(graphs[key], profile))
        state = network.state_dict()
        assert list(arrays) == list(state)
        for name, value in state.items():
            np.testing.assert_allclose(arrays[name], value.numpy(), atol=MOST_OFF[profile] * float(value.abs().max()))
        network.load_state_dict({name: torch.from_numpy(a) for name, a in arrays.items()})


def test_equal_parameters_keep_their_own_names():
    """The exporter joins equal ones, such as convolutions that start from zero."""
    twins = torch.nn.Sequential(torch.nn.Conv2d(8, 8, 1), torch.nn.Conv2d(8, 8, 1))
    twins[1].load_state_dict(twins[0].state_dict())
    model = graph.export(twins, {"x": torch.zeros(1, 8, 4, 4)}, "y")
    assert list(graph.parameter_arrays(model)) == ["0.weight", "0.bias", "1.weight", "1.bias"]


def test_group_norm_is_taken_apart_and_pytorch_s_own_replaced():
    norms = torch.nn.Sequential(GroupNorm(16), torch.nn.GroupNorm(4, 16))
    torch.nn.init.normal_(norms[1].weight)
    model = graph.export(norms, {"x": torch.zeros(1, 16, 4, 4)}, "y")
    ops = {node.op_type for node in model.graph.node}
    assert "InstanceNormalization" in ops
    assert not ops & {"GroupNormalization", "Shape"}
    x = rng.normals(1, 0, 2 * 16 * 16).reshape(2, 16, 4, 4)
    with torch.inference_mode():
        expected = norms(torch.from_numpy(x)).numpy()
    np.testing.assert_allclose(run(graph.batched(model, 2), {"x": x}), expected, atol=1e-5)


def test_forbidden_operators_are_found():
    with pytest.raises(ValueError, match="ConvTranspose"):
        graph.export(torch.nn.ConvTranspose2d(4, 4, 2), {"x": torch.zeros(1, 4, 4, 4)}, "y")


def test_a_foreign_graph_does_not_name_its_parameters():
    value = helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    out = helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
    foreign = helper.make_model(helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", [value], [out]))
    with pytest.raises(ValueError, match="not exported by codiff"):
        graph.parameter_arrays(foreign)


def test_q8_keeps_ends_and_time_in_half_precision(graphs):
    stored = {i.name for i in quantize(graphs["mask_denoiser"], "q8").graph.initializer}
    assert {"conv_in.weight.half", "conv_out.weight.half", "time.mlp.0.weight.half"} <= stored
    assert {"middle.0.res.conv1.weight.q8", "middle.0.attn.q.weight.q8", "middle.0.res.emb.weight.q8"} <= stored
    assert "conv_in.bias" in stored
    sizes = [len(quantize(graphs["mask_denoiser"], profile).SerializeToString()) for profile in PROFILES]
    assert sizes[0] > 1.7 * sizes[1] > 1.7 * 1.4 * sizes[2]
    assert sizes[2] > 1.1 * sizes[3]  # few of the tiny network's layers have 32 inputs


def test_q4_keeps_what_q8_keeps_and_layers_that_blocks_do_not_fit(graphs):
    eight, four = (quantize(graphs["mask_denoiser"], profile) for profile in ("q8", "q4"))
    names = [{i.name for i in model.graph.initializer} for model in (eight, four)]
    assert {n for n in names[0] if n.endswith(".half")} == {n for n in names[1] if n.endswith(".half")}
    assert any(name.endswith(".q8") for name in names[1])  # layers of 8 inputs
    small = {i.name.removesuffix(".q4"): i for i in four.graph.initializer if i.name.endswith(".q4")}
    assert "middle.0.attn.q.weight" in small
    assert {f"{name}.q8" for name in small} == names[0] - names[1]
    for tensor in small.values():
        assert len(tensor.raw_data) * 2 == np.prod(tensor.dims)
    assert (eight.opset_import[0].version, four.opset_import[0].version) == (graph.OPSET, 21)


@pytest.mark.parametrize(
    ("layer", "shape"), [(torch.nn.Conv2d(64, 48, 3, padding=1), (1, 64, 4, 4)), (torch.nn.Linear(96, 48), (1, 96))]
)
def test_a_q4_layer_computes_with_the_weights_that_are_read_back(layer, shape):
    """Between two others, as first and last convolutions stay in half precision."""
    ends = [torch.nn.Conv2d(shape[1], shape[1], 1), torch.nn.Conv2d(48, 4, 1)] if len(shape) == 4 else []
    net = torch.nn.Sequential(*ends[:1], layer, *ends[1:])
    model = quantize(graph.export(net, {"x": torch.zeros(shape)}, "y"), "q4")
    assert sum(i.data_type == onnx.TensorProto.INT4 for i in model.graph.initializer) == 1
    net.load_state_dict({name: torch.from_numpy(a) for name, a in graph.parameter_arrays(model).items()})
    x = rng.normals(2, 0, 2 * int(np.prod(shape))).reshape(2, *shape[1:])
    with torch.inference_mode():
        expected = net(torch.from_numpy(x)).numpy()
    np.testing.assert_allclose(run(graph.batched(model, 2), {"x": x}), expected, atol=1e-5)


def test_an_unknown_profile_is_refused(graphs):
    with pytest.raises(ValueError, match="fp32, fp16, q8"):
        quantize(graphs["parser"], "q2")


def test_int8_scales_are_per_row_and_near_the_best():
    values = rng.normals(3, 0, 4 * 1000).reshape(4, 1000) * np.array([[1e-3], [1.0], [50.0], [0.0]], np.float32)
    codes, scale = to_int8(values)
    assert codes.dtype == np.int8
    assert np.abs(codes.astype(int)).max() <= 127
    error = codes * scale[:, None] - values
    for row in range(3):
        assert signal_to_noise(values[row], values[row] + error[row]) > 39
    assert not error[3].any()


def test_int4_scales_are_per_block_and_near_the_best():
    """32 normal numbers in 15 levels: 20.8 dB with the best scales."""
    loud = np.repeat([1e-3, 50.0, 0.0], BLOCK)[None, :, None, None].astype(np.float32)
    values = rng.normals(3, 0, 40 * 3 * BLOCK * 9).reshape(40, 3 * BLOCK, 3, 3) * loud
    codes, scale = to_int4(values)
    assert (codes.shape, codes.dtype, scale.shape) == (values.shape, np.int8, (40, 3, 3, 3))
    assert np.abs(codes.astype(int)).max() == 7
    back = codes * np.repeat(scale, BLOCK, 1)
    for block in (slice(0, BLOCK), slice(BLOCK, 2 * BLOCK)):
        assert signal_to_noise(values[:, block], back[:, block]) > 20
    assert not back[:, 2 * BLOCK :].any()
    step = np.repeat(scale, BLOCK, 1)
    top = np.abs(values.reshape(40, 3, BLOCK, 3, 3)).max(2).repeat(BLOCK, 1)
    assert (np.abs(back - values) <= np.maximum(step / 2, 0.3 * top) * (1 + 1e-5)).all()
