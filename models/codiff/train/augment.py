"""What networks see of a training photo, moved at random, and of its mask, drawn with a smoother hand."""

import torch
import torch.nn.functional as F
from torch import Tensor

from codiff.masks import KEYS

# Large regions. A labelled photo's have ragged borders and specks; a person draws them with one stroke.
REGIONS = [KEYS.index(key) for key in ("background", "skin", "l_ear", "r_ear", "hair", "hat", "neck", "cloth")]
WIDEST = 4  # pixels of a mask of 128


def hand_drawn(mask: Tensor) -> Tensor:
    """Class indices (N, S, S): in the first quarter of a batch, borders between large regions are as smooth as a hand draws.

    Every pixel of a region becomes what most regions around it are, within up to 2 · `WIDEST` pixels. Eyes, lips and other
    small features stay as they are.
    """
    ragged, rest = mask.tensor_split([len(mask) // 4])
    regions = torch.tensor(REGIONS, dtype=mask.dtype, device=mask.device)
    planes = (ragged.unsqueeze(1) == regions.reshape(-1, 1, 1)).float()
    radius = int(torch.randint(1, WIDEST + 1, ()))
    for _ in range(2):
        planes = F.avg_pool2d(planes, 2 * radius + 1, stride=1, padding=radius, count_include_pad=False)
    smooth = torch.where(torch.isin(ragged, regions), regions[planes.argmax(1)], ragged)
    return torch.cat([smooth, rest])


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
