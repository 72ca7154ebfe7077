"""TAEF2, the pretrained tiny autoencoder under our codec (Ollin Boer Bohan, MIT; factor 8, 32 channels).

Images are RGB in [0, 1], (N, 3, H, W); latents are (N, 32, H/8, W/8).
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn


class Block(nn.Module):
    """Three convolutions with a skip connection; a mid block first adds a normalised 1×1 branch."""

    def __init__(self, mid: bool = False) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(64, 64, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(64, 64, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(64, 64, 3, padding=1),
        )
        self.pool = (
            nn.Sequential(
                nn.Conv2d(64, 256, 1, bias=False),
                nn.GroupNorm(4, 256),
                nn.ReLU(),
                nn.Conv2d(256, 64, 1, bias=False),
            )
            if mid
            else None
        )

    def forward(self, x: Tensor) -> Tensor:
        if self.pool is not None:
            x = x + self.pool(x)
        return torch.relu(self.conv(x) + x)


class Clamp(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.tanh(x / 3) * 3


def encoder() -> nn.Sequential:
    layers: list[nn.Module] = [nn.Conv2d(3, 64, 3, padding=1), Block()]
    for stage in range(3):
        layers.append(nn.Conv2d(64, 64, 3, padding=1, stride=2, bias=False))
        layers += [Block(mid=stage == 2) for _ in range(3)]
    return nn.Sequential(*layers, nn.Conv2d(64, 32, 3, padding=1))


def decoder() -> nn.Sequential:
    layers: list[nn.Module] = [Clamp(), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU()]
    layers += [Block(mid=True) for _ in range(3)]
    for stage in range(3):
        layers += [nn.Upsample(scale_factor=2), nn.Conv2d(64, 64, 3, padding=1, bias=False)]
        layers += [Block() for _ in range(1 if stage == 2 else 3)]
    return nn.Sequential(*layers, nn.Conv2d(64, 3, 3, padding=1))


def load(path: Path) -> tuple[nn.Sequential, nn.Sequential]:
    """Encoder and decoder with the published weights, frozen, in evaluation mode."""
    arrays = np.load(path)
    nets = encoder(), decoder()
    for net, name in zip(nets, ("encoder.", "decoder."), strict=True):
        state = {k[len(name) :]: torch.from_numpy(arrays[k]).float() for k in arrays.files if k.startswith(name)}
        net.load_state_dict(state)
        net.eval().requires_grad_(False)
    return nets
