"""What the networks are built of."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class GroupNorm(nn.Module):
    """Group normalisation; exports as Reshape → InstanceNormalization → Reshape → Mul, Add."""

    def __init__(self, channels: int, groups: int = 8) -> None:
        super().__init__()
        self.groups = groups
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        if not torch.onnx.is_in_onnx_export():
            return F.group_norm(x, self.groups, self.weight, self.bias)
        c, h, w = x.shape[1:]
        y = F.instance_norm(x.reshape(-1, self.groups, c // self.groups * h * w)).reshape(-1, c, h, w)
        return y * self.weight.reshape(1, -1, 1, 1) + self.bias.reshape(1, -1, 1, 1)


def conv(inner: int, outer: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inner, outer, 3, stride=stride, padding=1)


def zero(module: nn.Module) -> nn.Module:
    for p in module.parameters():
        nn.init.zeros_(p)
    return module


class PlainBlock(nn.Module):
    """Two convolutions with a skip connection, no normalisation."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.net = nn.Sequential(conv(channels, channels), nn.SiLU(), zero(conv(channels, channels)))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.net(F.silu(x))


class NormBlock(nn.Module):
    """Two normalised convolutions with a skip connection."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.net = nn.Sequential(
            conv(inner, outer), GroupNorm(outer), nn.SiLU(), conv(outer, outer), GroupNorm(outer), nn.SiLU()
        )
        self.skip = nn.Conv2d(inner, outer, 1) if inner != outer else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.skip(x) + self.net(x)
