"""What the networks that read photos see of a training photo: the same, moved at random."""

import torch
import torch.nn.functional as F
from torch import Tensor


def random_grid(photo: Tensor, scale: tuple[float, float], turn: float, shift: float, side: Tensor | None = None) -> Tensor:
    """Places for `F.grid_sample` (N, S, S, 2) that scale, turn and shift every picture of a batch (N, C, S, S) its own way.

    `scale` is the range of the field of view over the picture; `turn` the largest angle, radians; `shift` the largest way, of
    half a picture; `side` (N,) is −1 for pictures to be flipped and 1 for the others.
    """

    def within(low: float, high: float) -> Tensor:
        return torch.empty(len(photo), device=photo.device).uniform_(low, high)

    size, angle = within(*scale), within(-turn, turn)
    across = size if side is None else side * size
    rows = (
        torch.stack([across * angle.cos(), -size * angle.sin(), within(-shift, shift)], 1),
        torch.stack([across * angle.sin(), size * angle.cos(), within(-shift, shift)], 1),
    )
    return F.affine_grid(torch.stack(rows, 1), list(photo.shape), align_corners=False)
