"""What networks see of a training photo, moved at random, and of its mask, drawn with a smoother hand."""

import torch
import torch.nn.functional as F
from torch import Tensor

from codiff.colour import HAIR, SKIN
from codiff.masks import BACKGROUND, KEYS
from codiff.moved import affine

# Large regions. A labelled photo's have ragged borders and specks; a person draws them with one stroke.
REGIONS = [KEYS.index(key) for key in ("background", "skin", "l_ear", "r_ear", "hair", "hat", "neck", "cloth")]
WIDEST = 4  # pixels of a mask of 128
EARS = [KEYS.index(key) for key in ("l_ear", "r_ear")]
OUTSIDE = [KEYS.index(key) for key in ("background", "hair", "hat", "neck", "cloth")]  # what borders on a face
# What is drawn together, from back to front, and how often it is left out.
GROUPS = (
    ([KEYS.index("nose")], 0.2),
    ([KEYS.index(key) for key in ("l_brow", "r_brow")], 0.2),
    ([KEYS.index(key) for key in ("l_eye", "r_eye")], 0.05),
    ([KEYS.index(key) for key in ("u_lip", "l_lip", "mouth")], 0.1),
)
FEATURES = [index for group, _ in GROUPS for index in group]
NECK, CLOTH = KEYS.index("neck"), KEYS.index("cloth")


def hand_drawn(mask: Tensor) -> Tensor:
    """Class indices (N, S, S): the first half of a batch with borders between large regions as smooth as a hand draws, half of
    that also with features, and mostly with hair, neck and clothes, as someone draws them who has never learned to.
    """
    drawn, rest = mask.tensor_split([len(mask) // 2])
    sketch, smooth = smoothed(drawn).tensor_split([len(drawn) // 2])
    sketch = torch.where(_often(sketch, 0.6), outlined(sketch), sketch)
    return torch.cat([sketched(sketch), smooth, rest])


def smoothed(mask: Tensor) -> Tensor:
    """Every pixel of a region becomes what most regions around it are, within up to 2 · `WIDEST` pixels. Eyes, lips and other
    small features stay as they are.
    """
    return torch.where(_is(mask, REGIONS), _around(mask, REGIONS, int(torch.randint(1, WIDEST + 1, ()))), mask)


def sketched(mask: Tensor) -> Tensor:
    """Eyes, brows, nose and lips as ellipses of about their size and place, or left out; in half of the masks the face is an
    ellipse, too, and ears are left out. All of it lies a little beside the photo's face, and is a little larger or smaller.
    """
    face = _is(mask, [SKIN, *FEATURES])
    oval = _ellipse(face, *_inexact(mask, 0, 0.05)) & _often(mask, 0.5)
    round_face = (oval.any((1, 2), keepdim=True) & face & ~oval) | (_is(mask, EARS) & _often(mask, 0.5))
    out = torch.where(round_face, _around(mask, OUTSIDE, 2 * WIDEST), mask)
    inside = oval & _is(mask, [BACKGROUND, *EARS, KEYS.index("neck")])
    out = torch.where(inside | _is(out, FEATURES), torch.full_like(mask, SKIN), out)
    for group, left_out in GROUPS:
        there = ~_often(mask, left_out)
        for index in group:
            drawn = _ellipse(mask == index, *_inexact(mask, 1.5, 0.25))
            out = torch.where(drawn & there & _is(out, [SKIN, *FEATURES]), torch.full_like(mask, index), out)
    plane = out[:, None].float()
    grid = random_grid(plane, (0.92, 1.08), 0.03, 0.03)
    return F.grid_sample(plane, grid, "nearest", "border", align_corners=False)[:, 0].to(mask.dtype)


def outlined(mask: Tensor) -> Tensor:
    """Hair, neck and clothes as an ellipse or a box each, behind all that lies on them; neck and clothes may be left out. Hair
    falls over clothes in half of the masks.
    """
    neck, cloth = (_outline(mask == index) & ~_often(mask, left_out) for index, left_out in ((NECK, 0.1), (CLOTH, 0.15)))
    hair = _outline(mask == HAIR)
    out = torch.full_like(mask, BACKGROUND)
    for drawn, index in ((hair, HAIR), (neck, NECK), (cloth, CLOTH), (hair & _often(mask, 0.5), HAIR)):
        out = torch.where(drawn, torch.full_like(mask, index), out)
    return torch.where(_is(mask, [BACKGROUND, HAIR, NECK, CLOTH]), out, mask)


def _outline(region: Tensor) -> Tensor:
    """An ellipse or a box (N, S, S) around about a region (N, S, S) bool; what reaches the lower edge goes on below it."""
    side = region.shape[-1]
    goes_on = region[:, -1:].any(2, keepdim=True)
    whole = torch.cat([region, region.flip(1) & goes_on], 1)
    drawn = _ellipse(whole, *_inexact(region, 1.5, 0.1))[:, :side]
    rows, columns = drawn.any(2, keepdim=True), drawn.any(1, keepdim=True)
    return torch.where(_often(region, 0.4), rows & columns, drawn)


def _is(mask: Tensor, classes: list[int]) -> Tensor:
    chosen = torch.zeros(len(KEYS), dtype=torch.bool, device=mask.device)
    chosen[classes] = True
    return chosen[mask.long()]


def _around(mask: Tensor, classes: list[int], radius: int) -> Tensor:
    """Which of some classes there is most of around every pixel (N, S, S)."""
    indices = torch.tensor(classes, dtype=mask.dtype, device=mask.device)
    planes = (mask.unsqueeze(1) == indices.reshape(-1, 1, 1)).float()
    at = torch.arange(mask.shape[-1], device=mask.device)
    near = ((at - at[:, None]).abs() <= radius).float()
    near = near @ near  # twice, so that close pixels count more
    return indices[(near @ planes @ near).max(1).indices]  # several times as fast as argmax


def _often(mask: Tensor, share: float) -> Tensor:
    """True for a share of a batch, (N, 1, 1)."""
    return torch.rand(len(mask), 1, 1, device=mask.device) < share


def _inexact(mask: Tensor, shift: float, stretch: float) -> tuple[Tensor, Tensor]:
    """Errors of a hand, (N, 2) each, by row and column: pixels beside the place, and factors of the size, rather too large."""
    beside, size = torch.randn(2, len(mask), 2, device=mask.device)
    return shift * beside, (stretch * (size + 0.5)).exp()


def _ellipse(region: Tensor, shift: Tensor, factor: Tensor) -> Tensor:
    """The ellipse (N, H, W) as high and wide as a region (N, H, W) bool, moved and scaled; none where there is no region."""
    inside = torch.zeros(region.shape, device=region.device)
    for axis in (0, 1):
        side = region.shape[1 + axis]
        at = torch.arange(side, device=region.device)
        lines = region.any(2 - axis)  # (N, S): rows, then columns
        first, last = lines.int().argmax(1), side - 1 - lines.flip(1).int().argmax(1)
        middle, half = (first + last) / 2 + shift[:, axis], (last - first + 1) / 2 * factor[:, axis]
        away = ((at - middle[:, None]) / half[:, None]).square()
        inside = inside + (away[:, :, None] if axis == 0 else away[:, None, :])
    return (inside <= 1) & region.any((1, 2)).reshape(-1, 1, 1)


def random_grid(photo: Tensor, scale: tuple[float, float], turn: float, shift: float, side: Tensor | None = None) -> Tensor:
    """Places for `F.grid_sample` (N, S, S, 2) that scale, turn and shift every picture of a batch (N, C, S, S) its own way.

    `scale` is the range of the field of view over the picture; `turn` the largest angle, radians; `shift` the largest way, of
    half a picture; `side` (N,) is −1 for pictures to be flipped and 1 for the others.
    """

    def within(low: float, high: float) -> Tensor:
        return torch.empty(len(photo), device=photo.device).uniform_(low, high)

    size, angle = within(*scale), within(-turn, turn)
    across = size if side is None else side * size
    where = affine(across, size, angle, within(-shift, shift), within(-shift, shift))
    return F.affine_grid(where, list(photo.shape), align_corners=False)
