"""Crops, the detector's rows, meshes, and the published networks in a pack's form."""

import math

import numpy as np
import onnxruntime as ort
import pytest
from onnx import ModelProto, TensorProto, helper, numpy_helper

from codiff.edit import align, networks
from codiff.edit.crop import CropSquare, bilinear, fitting, sample
from codiff.errors import UsageError
from codiff.quantize import quantize

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("crop", [CropSquare(3, 4, 10, 0), CropSquare(-5, 80.5, 33, 0.7), CropSquare(0, 0, 1, -3)])
def test_unit_coordinates_and_places_are_inverse(crop):
    unit = RNG.uniform(-1, 2, (20, 2))
    np.testing.assert_allclose(crop.to_unit(crop.to_photo(unit)), unit, atol=1e-12)
    np.testing.assert_allclose(crop.to_photo(np.array([0.5, 0.5])), [crop.x, crop.y])


def test_an_angle_turns_clockwise_on_the_screen():
    right = CropSquare(0, 0, 2, math.pi / 2).to_photo(np.array([1, 0.5]))
    np.testing.assert_allclose(right, [0, 1], atol=1e-12)  # y grows downwards


def test_sampling_whole_pixels_copies_them():
    photo = RNG.integers(0, 256, (6, 8, 3)).astype(np.uint8)
    np.testing.assert_allclose(sample(photo, CropSquare(4, 3, 4, 0), 4), photo[1:5, 2:6], atol=1e-9)
    turned = sample(photo, CropSquare(4, 3, 4, math.pi / 2), 4)
    np.testing.assert_allclose(turned, np.rot90(photo[1:5, 2:6]), atol=1e-9)


def test_shrinking_averages_over_the_area():
    photo = RNG.integers(0, 256, (8, 8, 3)).astype(np.uint8)
    small = sample(photo, fitting(8, 8), 2)
    np.testing.assert_allclose(small, photo.reshape(2, 4, 2, 4, 3).mean((1, 3)), atol=1e-9)


def test_outside_the_photo_edges_are_repeated_or_all_is_black():
    photo = np.full((4, 8, 3), 100, np.uint8)
    photo[0], photo[-1] = 200, 50
    view = fitting(8, 4)
    assert sample(photo, view, 8)[:2].min() == 200
    assert sample(photo, view, 8)[6:].max() == 50
    black = sample(photo, view, 8, black=True)
    assert black[:2].max() == black[6:].max() == 0
    assert black[2:6].min() == 50


def test_bilinear_is_linear_between_pixel_centres():
    row = np.array([[[0.0], [10.0]]])
    got = bilinear(row, np.array([[0.5, 0.5], [1.0, 0.5], [1.25, 0.2], [9, -3]]))
    assert got.ravel().tolist() == [0, 5, 7.5, 10]


def rows(*faces: tuple[int, float, tuple[float, float, float, float]]) -> np.ndarray:
    out = np.zeros((896, 17), np.float32)
    out[:, 0] = -100
    for index, score, box in faces:
        out[index, :5] = score, *box
    return out


def test_anchors_lie_in_the_middle_of_their_cells():
    centres = align.anchors()
    assert centres.shape == (896, 2)
    assert centres[[0, 1, 2, 33, 511]].tolist() == [[8, 8], [8, 8], [24, 8], [8, 24], [248, 248]]
    assert centres[512].tolist() == [16, 16]
    assert centres[512 + 8 * 6].tolist() == [16, 48]


def test_boxes_are_offsets_from_anchors_and_do_not_overlap():
    found = align.decode(rows((0, 1.0, (4, 2, 30, 20)), (2, 2.0, (-10, 2, 30, 20)), (511, 0.5, (0, 0, 40, 40))))
    assert [(box.x, box.y) for box in found] == [(14, 10), (248, 248)]  # the surer of the two that overlap
    assert found[0].score == pytest.approx(1 / (1 + math.exp(-2)))
    assert found[0].points.tolist() == [[24, 8]] * 6


def test_unsure_and_empty_boxes_are_no_faces():
    assert align.decode(rows((0, -0.01, (0, 0, 30, 30)), (9, 3.0, (0, 0, 0, 30)), (20, 3.0, (0, 0, 30, -2)))) == []


def test_overlap_is_intersection_over_union():
    def box(x: float, width: float) -> align.Box:
        return align.Box(1, x, 0, width, 2, np.zeros((6, 2)))

    assert align.overlap(box(0, 4), box(0, 4)) == 1
    assert align.overlap(box(0, 4), box(2, 4)) == pytest.approx(1 / 3)
    assert align.overlap(box(0, 4), box(9, 4)) == 0


def test_three_points_that_fit_give_back_their_square():
    for crop in (CropSquare(100, 50, 80, 0.3), CropSquare(-3, 9, 2, 3.0)):
        got = align.similarity(crop.to_photo(align.POINTS), align.POINTS)
        assert vars(got) == pytest.approx(vars(crop))


def test_a_similarity_is_the_best_square_for_points_that_do_not_fit():
    places = np.array([[10, 12], [31, 9], [18, 33.0]])

    def error(crop: CropSquare) -> float:
        return float(np.square(crop.to_unit(places) - align.POINTS).sum())

    best = align.similarity(places, align.POINTS)
    for change in ({"x": 0.3}, {"y": -0.3}, {"size": 0.5}, {"size": -0.5}, {"angle": 0.02}, {"angle": -0.02}):
        other = CropSquare(**{name: value + change.get(name, 0) for name, value in vars(best).items()})
        assert error(other) > error(best)


def made_mesh(turn: float) -> np.ndarray:
    """Points (468, 3) in pixels of a crop, the eyes sloping in depth by `turn` degrees."""
    mesh = np.full((468, 3), 96.0)
    mesh[0, :2], mesh[1, :2] = (40, 50), (140, 170)
    depth = math.tan(math.radians(turn)) * 50
    for name, place in zip(align.PARTS, ((70, 80, 0), (120, 80, depth), (95, 130, 0)), strict=True):
        mesh[align.MESH[name]] = place
    return mesh


def test_the_second_square_lies_around_the_mesh():
    square = align.mesh_square(made_mesh(0)[:, :2])
    assert vars(square) == pytest.approx({"x": 90, "y": 110, "size": 1.5 * 120, "angle": 0})


@pytest.mark.parametrize("degrees", [0, 25, -60])
def test_the_slope_in_depth_tells_a_turned_head(degrees):
    assert align.turned_by(made_mesh(degrees)) == pytest.approx(abs(degrees))


class FakeAligner:
    """A pack whose detector sees a face only in the view turned by `quarters`, and whose mesh likes one way up."""

    def __init__(self, quarters: int = 0, flags: tuple[float, ...] = (9, 1, 9), turn: float = 0) -> None:
        self.manifest = {"helpers": {"aligner": {"detector": "detector", "mesh": "mesh"}}}
        self.views, self.quarters, self.flags, self.turn = 0, quarters, list(flags), turn

    def run(self, key: str, image: np.ndarray) -> np.ndarray:
        if key == "mesh":
            return np.concatenate([made_mesh(self.turn).ravel(), [self.flags.pop(0)]])[None].astype(np.float32)
        self.views += 1
        face = rows((272, 3.0, (0, 0, 60, 60)))
        face[272, 5:9] = -10, -10, 10, -10  # the eyes, level
        return (face if self.views == self.quarters + 1 else rows())[None]


PHOTO = np.zeros((100, 200, 3), np.uint8)


@pytest.mark.parametrize("quarters", range(4))
def test_turned_photos_are_looked_at_too(quarters):
    faces = align.find_faces(FakeAligner(quarters), PHOTO)
    assert len(faces) == 1
    assert math.cos(faces[0].crop.angle - quarters * math.pi / 2) == pytest.approx(1)


def test_a_face_on_its_head_is_turned():
    upright, turned = (align.find_faces(FakeAligner(flags=flags), PHOTO)[0] for flags in ((9, 1, 9), (1, 9, 9)))
    assert math.cos(turned.crop.angle - upright.crop.angle) == pytest.approx(-1)


def test_what_the_mesh_does_not_take_for_a_face_is_left_out():
    refused = FakeAligner(flags=(1, 0, -0.1))
    assert align.find_faces(refused, PHOTO) == []
    assert refused.views == 4  # it has looked on, at the turned photo
    assert align.find_faces(FakeAligner(quarters=9), PHOTO) == []


def test_profiles_are_told():
    assert not align.find_faces(FakeAligner(turn=30), PHOTO)[0].is_profile
    assert align.find_faces(FakeAligner(turn=55), PHOTO)[0].is_profile


def published(kind: str) -> ModelProto:
    """A small network in the form of the published ones: channels last, the same outputs."""
    size = 256 if kind == "detector" else 192
    nodes = [helper.make_node("Transpose", ["in"], ["t"], perm=[0, 3, 1, 2])]
    constants, outputs = {}, []

    def head(name: str, shape: list[int], step: int, before: str | None = None) -> None:
        """A convolution that leaves as many numbers as `shape` has."""
        side = size // step
        constants[f"{name}.w"] = (RNG.standard_normal((math.prod(shape) // side**2, 3, step, step)) / step).astype(np.float32)
        constants[f"{name}.s"] = np.array([1, *shape], np.int64)
        nodes.append(helper.make_node("Conv", ["t", f"{name}.w"], [f"{name}.c"], strides=[step, step]))
        last = f"{name}.c"
        if before is not None:
            nodes.append(helper.make_node(before, [last], [f"{name}.b"]))
            last = f"{name}.b"
        nodes.append(helper.make_node("Reshape", [last, f"{name}.s"], [name]))
        outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, *shape]))

    if kind == "detector":
        for name, shape, step in (("a", [512, 1], 16), ("b", [512, 16], 16), ("c", [384, 16], 32), ("d", [384, 1], 32)):
            head(name, shape, step)
    else:
        head("output_mesh", [1404], size)
        head("output_faceflag", [1], size, "Sigmoid")
        head("output_contours", [266], size)
    image = helper.make_tensor_value_info("in", TensorProto.FLOAT, [1, size, size, 3])
    tensors = [numpy_helper.from_array(a, n) for n, a in constants.items()]
    graph = helper.make_graph(nodes, "published", [image], outputs, tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.mark.parametrize("kind", ["detector", "mesh"])
def test_networks_keep_their_numbers_in_the_packs_form(kind):
    source = published(kind)
    ours = getattr(networks, kind)(source)
    size = source.graph.input[0].type.tensor_type.shape.dim[1].dim_value
    picture = RNG.random((1, 3, size, size), np.float32)
    last = picture.transpose(0, 2, 3, 1)
    given = ort.InferenceSession(source.SerializeToString()).run(None, {"in": last * 2 - 1 if kind == "detector" else last})
    (got,) = ort.InferenceSession(ours.SerializeToString()).run(None, {"image": picture})
    if kind == "detector":
        scores, boxes = np.concatenate([given[0], given[3]], 1), np.concatenate([given[1], given[2]], 1)
        np.testing.assert_allclose(got, np.concatenate([scores, boxes], 2), atol=1e-4)
    else:
        np.testing.assert_allclose(got[:, :-1], given[0], atol=1e-4)
        np.testing.assert_allclose(align.sigmoid(got[:, -1:]), given[1], atol=1e-4)
        assert "output_contours.w" not in {i.name for i in ours.graph.initializer}
    half = quantize(ours, "fp16")
    assert len(half.SerializeToString()) < 0.6 * len(ours.SerializeToString())


def test_missing_or_other_files_are_told(tmp_path):
    with pytest.raises(UsageError, match=r"blazeface\.onnx is missing"):
        networks.load(tmp_path)
    (tmp_path / "blazeface.onnx").write_bytes(b"nothing")
    with pytest.raises(UsageError, match="not an ONNX network"):
        networks.load(tmp_path)
    with pytest.raises(UsageError, match="notice must travel"):
        networks.licence(tmp_path / "LICENSE")
    other = published("mesh")
    del other.graph.node[0]
    with pytest.raises(UsageError, match="channels last"):
        networks.mesh(other)
