"""The codec: TAEF2 (frozen) and our face bottleneck.

The bottleneck starts as the principal components of the 2×2 blocks of the TAEF2 latent in a pixel metric, then learns against a
fitted linear decoder (cheap) and, on a share of the steps, the real one on crops. The stage `decoder` goes on from there.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff import taef2
from codiff.cache import latent_path
from codiff.data import Faces
from codiff.nets import BottleneckDecoder, BottleneckEncoder
from codiff.train.loop import Options, fit
from codiff.train.weights import load_stage

LATENT_SIDE, CROP = 32, 16  # of TAEF2's latent: whole, and what a step decodes


@dataclass
class Pairs:
    """TAEF2 latents (N, 32, 32, 32) float16 and their photos (N, 3, 256, 256) uint8."""

    train_z: Tensor
    train_x: Tensor
    val_z: Tensor
    val_x: Tensor


def cached_pairs(faces: Faces, cache: Path, limit: int) -> Pairs:
    """The photos of the first cached shards, at least `limit` where there are so many."""
    latents, photos, ids = [], [], []
    for shard in faces.shards:
        path = latent_path(cache, shard)
        if not path.exists() or len(ids) >= limit:
            continue
        names, pictures = faces.photos(shard)
        latents.append(np.load(path))
        photos.append(pictures.transpose(0, 3, 1, 2))
        ids += names
    if not ids:
        raise FileNotFoundError(f"no cached latents in {cache}: run `python -m codiff cache` first")
    z, x = torch.from_numpy(np.concatenate(latents)), torch.from_numpy(np.concatenate(photos))
    val = torch.tensor([faces.split(i) == "val" for i in ids])
    return Pairs(z[~val], x[~val], z[val], x[val])


def load_pairs(options: Options) -> Pairs:
    """What the codec's stages train on: cached photos, or made-up ones in a smoke test."""
    if options.smoke:
        return _made_up()
    return cached_pairs(Faces(options.data), options.cache, options.settings()["photos"])


def _made_up() -> Pairs:
    generator = torch.Generator().manual_seed(0)
    z = torch.randn(8, 32, 32, 32, generator=generator).half()
    x = torch.randint(0, 256, (8, 3, 256, 256), generator=generator, dtype=torch.uint8)
    return Pairs(z, x, z[:2], x[:2])


def principal(pairs: Pairs, channels: int, sample: int = 1200) -> tuple[Tensor, Tensor, Tensor]:
    """Encoder (C, 128), decoder (128, C) and mean (128) that lose least of the *picture* that a linear map can make of a block.

    With D the least-squares map from a latent block u (128) to its 16×16×3 pixels and S the covariance of u, the optimal rank-C
    code keeps the leading right singular directions of D S^(1/2).
    """
    pick = torch.randperm(len(pairs.train_z), generator=torch.Generator().manual_seed(0))[:sample]
    u = F.pixel_unshuffle(pairs.train_z[pick].float(), 2).permute(0, 2, 3, 1).reshape(-1, 128)
    x = F.pixel_unshuffle(pairs.train_x[pick].float() / 255, 16).permute(0, 2, 3, 1).reshape(-1, 768)
    mean = u.mean(0)
    u, x = u - mean, x - x.mean(0)
    covariance = (u.T @ u / len(u)).double()
    d = torch.linalg.solve(covariance, (u.T @ x / len(u)).double()).T
    values, vectors = torch.linalg.eigh(covariance)
    root = vectors @ torch.diag(values.clamp(min=1e-9).sqrt()) @ vectors.T
    inverse = vectors @ torch.diag(values.clamp(min=1e-9).rsqrt()) @ vectors.T
    # A little of the plain latent metric keeps the directions that only the non-linear decoder uses.
    metric = d.T @ d + 0.02 * torch.eye(128) * (d.T @ d).diagonal().mean()
    _, v = torch.linalg.eigh(root @ metric @ root)
    v = v[:, -channels:].flip(1)
    return (v.T @ inverse).float(), (root @ v).float(), mean


def start(encoder: BottleneckEncoder, decoder: BottleneckDecoder, code: tuple[Tensor, Tensor, Tensor]) -> None:
    """Set the linear paths to the principal components."""
    to_code, from_code, mean = code
    with torch.no_grad():
        encoder.linear.weight.copy_(to_code.reshape(-1, 32, 2, 2))
        encoder.linear.bias.copy_(-to_code @ mean)
        decoder.linear.weight.copy_(from_code.reshape(128, -1, 1, 1))
        decoder.linear.bias.copy_(mean)


def linear_decoder(pairs: Pairs, sample: int = 300) -> nn.Conv2d:
    """Least-squares 3×3 map from TAEF2 latents to pixels (N, 192, 32, 32): the metric of the cheap steps."""
    z = pairs.train_z[:sample].float()
    patches = F.unfold(z, 3, padding=1).transpose(1, 2).reshape(-1, 288)
    patches = torch.cat([patches, torch.ones(len(patches), 1)], 1)
    target = F.pixel_unshuffle(pairs.train_x[:sample].float() / 255, 8).permute(0, 2, 3, 1).reshape(-1, 192)
    gram = (patches.T @ patches).double() + 1e-3 * len(patches) * torch.eye(289) * 1e-3
    weights = torch.linalg.solve(gram, (patches.T @ target).double()).float()
    net = nn.Conv2d(32, 192, 3, padding=1).requires_grad_(False)
    net.weight.copy_(weights[:288].T.reshape(192, 32, 3, 3))
    net.bias.copy_(weights[288])
    return net


def psnr(a: Tensor, b: Tensor) -> float:
    """Mean over pictures of the peak signal-to-noise ratio, dB, for values in [0, 1]."""
    return float((-10 * torch.log10((a - b).square().mean((1, 2, 3)))).mean())


def texture(pictures: Tensor) -> float:
    """Deviation of what a 5×5 mean leaves of pictures (N, 3, S, S) in [0, 1]: low where they are blurred."""
    return float((pictures - F.avg_pool2d(pictures, 5, 1, 2, count_include_pad=False)).std())


def report_codec(pairs: Pairs, encoder: nn.Module, decoder: nn.Module, decode: nn.Module) -> dict[str, float]:
    """PSNR and texture on the first 32 val photos; `encoder` and `decoder` are the bottleneck's, `decode` is TAEF2's."""
    device = next(decoder.parameters()).device
    z, photos = pairs.val_z[:32].float().to(device), pairs.val_x[:32].float().to(device) / 255
    latent = encoder(z)
    picture = decode(decoder(latent)).clamp(0, 1)
    noisy = decode(decoder(latent + 0.1 * torch.randn_like(latent))).clamp(0, 1)
    return {
        "psnr": psnr(picture, photos),
        "psnr_taef2": psnr(decode(z).clamp(0, 1), photos),
        "psnr_noise_0.1": psnr(noisy, photos),
        "texture": texture(picture) / texture(photos),
    }


def train(options: Options) -> None:
    """Train the bottleneck; report PSNR on val photos."""
    settings, channels = options.settings(), options.config["latent_channels"]
    pairs = load_pairs(options)
    _, decode = taef2.load(options.taef2)
    device = torch.device(options.device)
    decode = decode.to(device, memory_format=torch.channels_last)
    encoder, decoder = BottleneckEncoder(channels), BottleneckDecoder(channels)
    nets: dict[str, nn.Module] = {"encoder": encoder, "decoder": decoder}
    if options.pack is not None:
        load_stage(options, "codec", nets)
    else:
        start(encoder, decoder, principal(pairs, channels))
    for net in nets.values():
        net.to(device, memory_format=torch.channels_last)
    cheap = linear_decoder(pairs).to(device)
    z, x = pairs.train_z.to(device), pairs.train_x.to(device)
    steps = 0

    def loss(batch: int) -> Tensor:
        nonlocal steps
        steps += 1
        real = steps % settings["real_every"] == 0
        pick = torch.randint(len(z), (settings["real_batch"] if real else batch,), device=device)
        target = z[pick].float()
        latent = encoder(target)
        noisy = latent + torch.randn_like(latent) * settings["noise"]
        out = decoder(noisy)
        value = F.l1_loss(out, target)
        value = value + 0.01 * (latent.mean((0, 2, 3)).square().mean() + (latent.std((0, 2, 3)) - 1).square().mean())
        if real:
            i, j = (int(k) for k in torch.randint(0, LATENT_SIDE - CROP + 1, (2,)))
            picture = decode(out[:, :, i : i + CROP, j : j + CROP].contiguous(memory_format=torch.channels_last))
            photo = x[pick][:, :, 8 * i : 8 * (i + CROP), 8 * j : 8 * (j + CROP)].float() / 255
            value = value + F.l1_loss(picture, photo) * 6
        else:
            value = value + F.l1_loss(cheap(out), cheap(target)) * 6
        return value

    def whiten(nets: dict[str, nn.Module], averages: dict[str, nn.Module]) -> None:
        latent = torch.cat([averages["encoder"](part.float()) for part in z[:2000].split(250)])
        mean, std = latent.mean((0, 2, 3)).reshape(1, -1, 1, 1), latent.std((0, 2, 3)).reshape(1, -1, 1, 1)
        for net in [*nets.values(), *averages.values()]:
            net.scale.mean.add_(net.scale.std * mean)
            net.scale.std.mul_(std)

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        return report_codec(pairs, averages["encoder"], averages["decoder"], decode)

    fit(options, nets, loss, report, whiten)
