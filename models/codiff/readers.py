"""The networks that read pictures: the face parser and the attribute net."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff.layers import NormBlock, conv
from codiff.nets import CLASSES


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
