"""3×3 convolutions in a quarter of the multiplications, for training on a CPU, which they take most of the time of.

Winograd's F(4×4, 3×3) as in Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, section 4: tiles of
6 × 6 overlap by two, and in the transformed domain a tile is a product of 36 matrices, forwards and backwards.
Shapes: N batch, I and O channels, T tiles of the whole batch; inside, channels come last.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

TILE, STEP = 6, 4  # side of a tile that is read, and of what it gives
PLACES = TILE * TILE


def _both_ways(rows: list[list[float]]) -> Tensor:
    """The transform of a flattened square whose rows and columns are transformed alike."""
    matrix = torch.tensor(rows, dtype=torch.float64)
    return torch.kron(matrix, matrix).float()


OF_INPUT = _both_ways(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
OF_KERNEL = _both_ways(
    [
        [1 / 4, 0, 0],
        [-1 / 6, -1 / 6, -1 / 6],
        [-1 / 6, 1 / 6, -1 / 6],
        [1 / 24, 1 / 12, 1 / 6],
        [1 / 24, -1 / 12, 1 / 6],
        [0, 0, 1],
    ]
)
TO_OUTPUT = _both_ways([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])


class _Convolution(torch.autograd.Function):
    """(N, I, H, W), (O, I, 3, 3), (O,) → (N, O, H, W); H and W are multiples of 4."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        n, inner, high, wide = x.shape
        outer, down, across = len(weight), high // STEP, wide // STEP
        padded = F.pad(x.permute(0, 2, 3, 1), (0, 0, 1, 1, 1, 1))
        tiles = padded.unfold(1, TILE, STEP).unfold(2, TILE, STEP).permute(4, 5, 0, 1, 2, 3)
        read = (OF_INPUT @ tiles.reshape(PLACES, -1)).view(PLACES, -1, inner)  # (36, T, I)
        kernel = (OF_KERNEL @ weight.permute(2, 3, 1, 0).reshape(9, -1)).view(PLACES, inner, outer)
        made = (TO_OUTPUT @ (read @ kernel).view(PLACES, -1)).view(STEP, STEP, n, down, across, outer)
        out = made.permute(2, 3, 0, 4, 1, 5).reshape(n, high, wide, outer).add_(bias)
        ctx.save_for_backward(read, kernel)
        ctx.size = n, down, across
        return out.permute(0, 3, 1, 2)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, Tensor, Tensor]:
        read, kernel = ctx.saved_tensors
        n, down, across = ctx.size
        _, inner, outer = kernel.shape
        grad = grads[0].permute(0, 2, 3, 1)
        tiles = grad.reshape(n, down, STEP, across, STEP, outer).permute(2, 4, 0, 1, 3, 5)
        of_made = (TO_OUTPUT.t() @ tiles.reshape(STEP * STEP, -1)).view(PLACES, -1, outer)
        of_kernel = (read.transpose(1, 2) @ of_made).view(PLACES, -1)
        of_weight = (OF_KERNEL.t() @ of_kernel).view(3, 3, inner, outer).permute(3, 2, 0, 1)
        of_x = None
        if ctx.needs_input_grad[0]:
            of_read = OF_INPUT.t() @ (of_made @ kernel.transpose(1, 2)).view(PLACES, -1)
            of_x = _overlapped(of_read.view(TILE, TILE, n, down, across, inner))
        return of_x, of_weight, grad.sum((0, 1, 2))


def _overlapped(tiles: Tensor) -> Tensor:
    """The sum of tiles (6, 6, N, T₁, T₂, I) at their places, without the padding: (N, I, 4 T₁, 4 T₂)."""
    n, down, across, inner = tiles.shape[2:]
    padded = tiles.new_zeros(n, down + 1, STEP, across + 1, STEP, inner)
    tiles = tiles.permute(2, 3, 0, 4, 1, 5)
    rest = TILE - STEP  # rows and columns that lie where the next tile begins
    padded[:, :-1, :, :-1] = tiles[:, :, :STEP, :, :STEP]
    padded[:, :-1, :, 1:, :rest] += tiles[:, :, :STEP, :, STEP:]
    padded[:, 1:, :rest, :-1] += tiles[:, :, STEP:, :, :STEP]
    padded[:, 1:, :rest, 1:, :rest] += tiles[:, :, STEP:, :, STEP:]
    whole = padded.view(n, (down + 1) * STEP, (across + 1) * STEP, inner)
    return whole[:, 1 : 1 + down * STEP, 1 : 1 + across * STEP].permute(0, 3, 1, 2)


class WinogradConv2d(nn.Conv2d):
    """A 3×3 convolution of stride 1 and padding 1; the same result to five digits. Feature maps of other sizes than multiples
    of 4 are convolved as ever."""

    def forward(self, x: Tensor) -> Tensor:
        if x.shape[2] % STEP or x.shape[3] % STEP:
            return super().forward(x)
        return _Convolution.apply(x, self.weight, self.bias)


def use_winograd(net: nn.Module) -> None:
    """Make every convolution of a network that can be one a `WinogradConv2d`, its weights as they are."""
    for module in net.modules():
        if type(module) is nn.Conv2d and _fits(module):
            module.__class__ = WinogradConv2d  # keeps the parameters, which an optimizer may hold already


def _fits(conv: nn.Conv2d) -> bool:
    plain = (conv.dilation, conv.groups, conv.padding_mode) == ((1, 1), 1, "zeros") and conv.bias is not None
    return plain and (conv.kernel_size, conv.stride, conv.padding) == ((3, 3), (1, 1), (1, 1))
