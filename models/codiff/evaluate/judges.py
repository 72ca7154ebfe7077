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
class Reader:
    """A network that reads pictures of `size` px."""

    network: Network
    size: int

    def __call__(self, pictures: np.ndarray) -> np.ndarray:
        """Its logits for pictures (N, S, S, 3) uint8."""
        planes = np.ascontiguousarray(resized(pictures, self.size).transpose(0, 3, 1, 2))
        return self.network(planes.astype(np.float32) / 255)


@dataclass(frozen=True)
class Judges:
    """`usual` is the attribute net's `prior`."""

    parser: Reader
    attributes: Reader
    usual: np.ndarray
    space: SqueezeNet

    def judge(self, pictures: np.ndarray) -> Verdict:
        """Judge at most `BATCH` pictures (N, S, S, 3) uint8."""
        classes = shrink(self.parser(pictures).argmax(1).astype(np.uint8), pictures.shape[1])
        return Verdict(classes, self.attributes(pictures), self.space.features(pictures))


def find(folder: Path | None, pipeline: Pipeline, squeezenet: Path) -> Judges:
    """The judges: parser.pt and attributes.pt of `folder` where one is given, else the pack's own."""
    space = SqueezeNet(squeezenet)
    if folder is None:
        return Judges(_of_pack(pipeline, "parser"), *attribute_net(pipeline), space)
    parser, attributes = Parser(), AttributeNet()
    for name, net in (("parser", parser), ("attributes", attributes)):
        path = folder / f"{name}.pt"
        if not path.is_file():
            raise UsageError(f"{path} is missing: run `python -m codiff train {name}` first")
        net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["ema"][name])
    return Judges(Reader(_torch(parser), 256), Reader(_torch(attributes), 256), attributes.prior.numpy(), space)


def attribute_net(pipeline: Pipeline) -> tuple[Reader, np.ndarray]:
    """The pack's own attribute net, and its `prior`. Raises UsageError where it has none."""
    reader = _of_pack(pipeline, "attributes")
    return reader, pack.weights(pipeline.folder, pipeline.manifest["helpers"]["attributes"]["network"])["prior"]


def _of_pack(pipeline: Pipeline, name: str) -> Reader:
    about = pipeline.manifest.get("helpers", {}).get(name)
    if about is None:
        raise UsageError(f"the pack has no {name} network: export it with one, or give `evaluate` trained ones with --judges")
    return Reader(lambda pictures: pipeline.run_all(about["network"], pictures, to="image"), about["size"])


def _torch(net: nn.Module) -> Network:
    net = net.eval().to(memory_format=torch.channels_last)

    def run(pictures: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            return net(torch.from_numpy(pictures).contiguous(memory_format=torch.channels_last)).numpy()

    return run
