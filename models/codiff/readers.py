"""The networks that read pictures: the face parser and the attribute net."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff import labels
from codiff.layers import NormBlock, conv
from codiff.nets import CLASSES

GRID = 4  # parts of the face along each side that the attribute net's head tells apart
YEARS = 10.0  # years of age in one unit of the network's last number


class Parser(nn.Module):
    """Photo (N, 3, S, S) in [0, 1] → logits of the 19 classes (N, 19, S, S), thought out at half that size."""

    def __init__(self, widths: tuple[int, ...] = (32, 64, 128, 192)) -> None:
        super().__init__()
        self.stem = nn.Sequential(conv(3, widths[0], 2), nn.SiLU())
        self.down = nn.ModuleList(NormBlock(a, b) for a, b in zip((widths[0], *widths[:-1]), widths, strict=True))
        self.up = nn.ModuleList(NormBlock(a + b, a) for a, b in zip(widths[-2::-1], widths[:0:-1], strict=True))
        self.head = nn.Sequential(conv(widths[0], 4 * CLASSES), nn.PixelShuffle(2))

    def forward(self, image: Tensor) -> Tensor:
        return F.interpolate(self.half(F.avg_pool2d(image, 2)), scale_factor=2.0, mode="bilinear", align_corners=False)

    def half(self, image: Tensor) -> Tensor:
        """Photo (N, 3, S/2, S/2) → logits (N, 19, S/2, S/2)."""
        h = self.stem(image * 2 - 1)
        skips: list[Tensor] = []
        for i, block in enumerate(self.down):
            h = block(h if i == 0 else F.avg_pool2d(h, 2))
            skips.append(h)
        skips.pop()
        for block in self.up:
            h = block(torch.cat([F.interpolate(h, scale_factor=2.0, mode="nearest"), skips.pop()], 1))
        return self.head(h)


class AttributeNet(nn.Module):
    """Photo (N, 3, 256, 256) in [0, 1] → labels (N, `labels.WIDTH`) as `labels.split` takes them apart, from half that size.

    The head sees the face in 4×4 parts: faces are aligned, and a mean over the whole picture learned far more slowly.

    `prior` holds what the labels' frequencies alone say: log odds of attributes, log rates of values, the mean age in years.
    The output includes it; without it a logit says how much likelier a label is than usual, which is what balanced decisions
    go by (Menon et al., ICLR 2021).
    """

    def __init__(self, widths: tuple[int, int, int, int] = (32, 64, 128, 256), parts: int = 64) -> None:
        super().__init__()
        a, b, c, d = widths
        self.stem = nn.Sequential(conv(3, a, 2), nn.SiLU(), conv(a, b, 2), nn.SiLU())
        self.levels = nn.ModuleList([NormBlock(b, b), nn.Sequential(NormBlock(b, c), NormBlock(c, c)), NormBlock(c, d)])
        self.parts = nn.Conv2d(d, parts, 1)
        self.head = nn.Linear(parts * GRID * GRID, labels.WIDTH)
        self.register_buffer("prior", torch.zeros(labels.WIDTH))

    def forward(self, image: Tensor) -> Tensor:
        return self.half(F.avg_pool2d(image, 2))

    def half(self, image: Tensor) -> Tensor:
        """Photo (N, 3, 128, 128) → the same."""
        h = self.stem(image * 2 - 1)
        for i, level in enumerate(self.levels):
            h = level(h if i == 0 else F.avg_pool2d(h, 2))
        h = F.avg_pool2d(F.silu(self.parts(h)), 2)
        logits = self.head(h.reshape(-1, self.head.in_features))
        return torch.cat([logits[:, :-1], YEARS * logits[:, -1:]], 1) + self.prior
