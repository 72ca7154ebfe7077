"""Shared by all tests: one thread, the tiny pack written once, a data set of a few drawn faces."""

import io
import json
import shutil
import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from codiff import pack, samples, taef2, tiny
from codiff.edit.fixtures import drawn_face
from codiff.edit.picture import to_planes
from codiff.graph import export
from codiff.labels import ATTRIBUTES
from codiff.masks import COLOURS
from codiff.pipeline import Pipeline
from codiff.readers import AttributeNet

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny pack in profile q8, for reading only."""
    folder = tmp_path_factory.mktemp("packs") / "tiny"
    tiny.write(folder)
    return folder


@pytest.fixture(scope="session")
def pipeline(tiny_pack: Path) -> Pipeline:
    """The tiny pack, ready to run on one sample at a time."""
    return Pipeline(tiny_pack, batch=1, threads=1)


@pytest.fixture(scope="session")
def latent(pipeline: Pipeline) -> np.ndarray:
    """The drawn face in the tiny pack's latent, (C, H, W)."""
    photo, _ = drawn_face(tiny.IMAGE)
    return pipeline.run("codec_encoder", image=to_planes(photo)[None])[0]


@pytest.fixture(scope="session")
def exact_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in float32."""
    folder = tmp_path_factory.mktemp("packs") / "exact"
    tiny.write(folder, "fp32")
    return folder


@pytest.fixture(scope="session")
def judged_pack(exact_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AttributeNet]:
    """The same with an attribute net of random weights, and that net."""
    torch.manual_seed(3)
    net = AttributeNet((8, 8, 16, 16), 8).eval()
    net.prior.normal_()
    about = pack.read(exact_pack)
    files = {key: (entry["path"], (exact_pack / entry["path"]).read_bytes()) for key, entry in about.pop("files").items()}
    graph = export(net, {"image": torch.zeros(1, 3, 256, 256)}, "logits")
    files["attributes"] = ("attributes.onnx", graph.SerializeToString())
    about["helpers"]["attributes"] = {"network": "attributes", "size": 256}
    folder = tmp_path_factory.mktemp("packs") / "judged"
    pack.write(folder, about, files)
    return folder, net


@pytest.fixture(scope="session")
def blind_pack(tiny_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny pack without its attribute net."""
    folder = shutil.copytree(tiny_pack, tmp_path_factory.mktemp("packs") / "blind")
    manifest = json.loads((folder / pack.MANIFEST).read_text())
    del manifest["helpers"]["attributes"]
    del manifest["files"]["attributes"]
    (folder / pack.MANIFEST).write_text(json.dumps(manifest))
    return folder


def drawn_mask(index: int, size: int = 256) -> np.ndarray:
    """One of many drawn faces, (size, size) uint8; those of odd index wear glasses."""
    mask = np.roll(samples.mask(size), size // 32 * (index % 5 - 2), axis=1)
    if index % 2:
        mask[int(0.43 * size) : int(0.475 * size), int(0.3 * size) : int(0.7 * size)] = 3
    return mask


def drawn_photo(mask: np.ndarray) -> np.ndarray:
    """A mask in flat colours, (S, S, 3) uint8."""
    return COLOURS[mask]


def picture_bytes(picture: np.ndarray, kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, kind, lossless=True)
    return buffer.getvalue()


def add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data set of 16 drawn faces in two shards: the last ten are of the val split, five of them with true masks."""
    root = tmp_path_factory.mktemp("data")
    rows = ["id,split,shard,has_mask," + ",".join(ATTRIBUTES)]
    ages = ["id,age,child,teen,20s,30s,40s,50s,60plus"]
    with tarfile.open(root / "masks.tar", "w") as masks:
        for shard in (0, 1):
            with tarfile.open(root / f"images-{shard:02d}.tar", "w") as images:
                for i in range(8 * shard, 8 * shard + 8):
                    mask = drawn_mask(i)
                    add(images, f"{i:05d}.webp", picture_bytes(drawn_photo(mask), "WEBP"))
                    if i < 11:
                        add(masks, f"{i:05d}.png", picture_bytes(mask, "PNG"))
                    known = {"Eyeglasses": i % 2, "Male": i % 3 == 0, "Smiling": 1, "No_Beard": 1, "Young": 1}
                    values = ",".join(str(int(known.get(name, 0))) for name in ATTRIBUTES)
                    rows.append(f"{i:05d},{'val' if i > 5 else 'train'},{shard},{int(i < 11)},{values}")
                    ages.append(f"{i:05d},{20 + i},0,0,0.9,0.1,0,0,0")
    (root / "attributes.csv").write_text("\n".join(rows) + "\n")
    (root / "age.csv").write_text("\n".join(ages) + "\n")
    looks = ["id,gender,age,beard,smile,glasses,hat,bangs,hairlen,haircol,makeup,bad", "00001,f,t,0,2,1,0,0,u,o,1,0"]
    (root / "appearance.csv").write_text("\n".join(looks) + "\n")
    return root


@pytest.fixture(scope="session")
def squeezenet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file like SqueezeNet's, of random weights, as far as fire8."""
    rng = np.random.default_rng(0)
    arrays: dict[str, np.ndarray] = {}

    def convolution(name: str, inner: int, outer: int, size: int) -> None:
        arrays[f"{name}.w"] = (rng.standard_normal((outer, inner, size, size)) / np.sqrt(inner * size * size)).astype(
            np.float32
        )
        arrays[f"{name}.b"] = rng.standard_normal(outer).astype(np.float32)

    convolution("conv1", 3, 96, 7)
    inner = 96
    for number, small, wide in ((2, 16, 64), (3, 16, 64), (4, 32, 128), (5, 32, 128), (6, 48, 192), (7, 48, 192), (8, 64, 256)):
        convolution(f"fire{number}/conv1x1_1", inner, small, 1)
        convolution(f"fire{number}/conv1x1_2", small, wide, 1)
        convolution(f"fire{number}/conv3x3_2", small, wide, 3)
        inner = 2 * wide
    path = tmp_path_factory.mktemp("squeezenet") / "squeezenet.npz"
    np.savez(path, **arrays)
    return path


@pytest.fixture(scope="session")
def taef2_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """TAEF2 with random weights, as taef2.npz in a folder of its own."""
    path = tmp_path_factory.mktemp("taef2") / "taef2.npz"
    parts = {"encoder": taef2.encoder(), "decoder": taef2.decoder()}
    np.savez(path, **{f"{part}.{k}": v.numpy() for part, net in parts.items() for k, v in net.state_dict().items()})
    return path
