"""The networks that judge pictures: a face parser, an attribute net, and the feature space of the Fréchet distance."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from codiff import pack
from codiff.data import resized
from codiff.errors import UsageError
from codiff.evaluate import questions
from codiff.evaluate.squeezenet import SqueezeNet
from codiff.masks import shrink
from codiff.pipeline import Pipeline
from codiff.readers import AttributeNet, Parser

BATCH = 16
Network = Callable[[np.ndarray], np.ndarray]  # pictures (N, 3, S, S) float32 in [0, 1] → logits


@dataclass(frozen=True)
class Verdict:
    """What the judges say of N pictures."""

    classes: np.ndarray  # (N, S, S) uint8
    labels: np.ndarray  # (N, WIDTH): the attribute net's output
    features: np.ndarray  # (N, 512)


@dataclass(frozen=True)
class Judges:
    """`usual` is the attribute net's `prior`; `sizes` of the pictures that the two networks read, px."""

    parser: Network
    attributes: Network
    usual: np.ndarray
    sizes: tuple[int, int]
    space: SqueezeNet

    def judge(self, pictures: np.ndarray) -> Verdict:
        """Judge at most `BATCH` pictures (N, S, S, 3) uint8."""
        logits = self.parser(_planes(resized(pictures, self.sizes[0])))
        classes = shrink(logits.argmax(1).astype(np.uint8), pictures.shape[1])
        labels = self.attributes(_planes(resized(pictures, self.sizes[1])))
        return Verdict(classes, labels, self.space.features(pictures))


def find(folder: Path | None, pipeline: Pipeline, squeezenet: Path) -> Judges:
    """The judges: parser.pt and attributes.pt of `folder` where one is given, else the pack's own."""
    space = SqueezeNet(squeezenet)
    if folder is not None:
        parser, attributes = Parser(), AttributeNet()
        for name, net in (("parser", parser), ("attributes", attributes)):
            path = folder / f"{name}.pt"
            if not path.is_file():
                raise UsageError(f"{path} is missing: run `python -m codiff train {name}` first")
            net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["ema"][name])
        return Judges(_torch(parser), _torch(attributes), attributes.prior.numpy(), (256, 256), space)
    parser_of, labels = _helper(pipeline, "parser"), attribute_net(pipeline)
    return Judges(_onnx(pipeline, parser_of["network"]), labels.network, labels.usual, (parser_of["size"], labels.size), space)


@dataclass(frozen=True)
class AttributeJudge:
    """A pack's attribute net, what it usually says (its `prior`), and the size of the pictures that it reads, px."""

    network: Network
    usual: np.ndarray
    size: int

    def seen(self, pictures: np.ndarray) -> dict[questions.Question, np.ndarray]:
        """The facts that it sees in pictures (N, S, S, 3) uint8, (N,) bool by question."""
        return questions.answers(self.network(_planes(resized(pictures, self.size))), self.usual)


def attribute_net(pipeline: Pipeline) -> AttributeJudge:
    """The pack's own. Raises UsageError where it has none."""
    about = _helper(pipeline, "attributes")
    usual = pack.weights(pipeline.folder, about["network"])["prior"]
    return AttributeJudge(_onnx(pipeline, about["network"]), usual, about["size"])


def _helper(pipeline: Pipeline, name: str) -> pack.Manifest:
    helpers = pipeline.manifest.get("helpers", {})
    if name not in helpers:
        raise UsageError(f"the pack has no {name} network: give a folder of parser.pt and attributes.pt with --judges")
    return helpers[name]


def _torch(net: nn.Module) -> Network:
    net = net.eval().to(memory_format=torch.channels_last)

    def run(pictures: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            return net(torch.from_numpy(pictures).contiguous(memory_format=torch.channels_last)).numpy()

    return run


def _onnx(pipeline: Pipeline, key: str) -> Network:
    return lambda pictures: pipeline.run_all(key, pictures, to="image")


def _planes(pictures: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)).astype(np.float32) / 255
