"""Wider denoisers that begin as what narrower ones have learned.

Chen et al., "Net2Net: accelerating learning via knowledge transfer", ICLR 2016: every channel is there twice, and what read it
shares its weights out between the two, so the wider network computes the same. Shares are random, or the two would stay equal.
"""

import torch
from torch import Tensor, nn

from codiff.nets import UNet

SHARES = (0.1, 0.9)  # range of what the first of two equal channels keeps of a weight


def fitted(state: dict[str, Tensor], net: nn.Module) -> dict[str, Tensor]:
    """Weights for `net` out of those of the same network or of one of half its width.

    Self- and cross-attention that only the wider one has keeps its start, which adds nothing. Raises ValueError when the
    networks do not fit in another way.
    """
    own = net.state_dict()
    if all(name in state and state[name].shape == value.shape for name, value in own.items()):
        return state
    new = [name for name in own if name not in state]
    misplaced = [name for name in new if ".attn." not in name and ".cross." not in name]
    if not isinstance(net, UNet) or misplaced or not state.keys() <= own.keys():
        raise ValueError(f"these weights are of another network, not of a narrower one: {[*misplaced, *new][:3]}")
    head = next(level.attn.head for level in net.down if level.attn is not None)
    generator = torch.Generator().manual_seed(0)
    out = {name: own[name] for name in new}
    return out | {name: _doubled(name, value, own[name], head, generator) for name, value in state.items()}


def _doubled(name: str, value: Tensor, like: Tensor, head: int, generator: torch.Generator) -> Tensor:
    """`value` with outputs and inputs doubled where `like` has twice as many."""
    part = name.split(".")
    in_attention = "attn" in part or "cross" in part
    if like.shape[0] == 2 * value.shape[0]:
        whole_heads = in_attention and part[-2] in ("q", "k", "v")
        value = value[_twice(len(value), head if whole_heads else 1)]
    if like.ndim > 1 and like.shape[1] == 2 * value.shape[1]:
        inputs = value.shape[1]
        block = head if in_attention and part[-2] == "out" else 1
        share = torch.empty(len(value), inputs).uniform_(*SHARES, generator=generator)
        pair = torch.stack([share, 1 - share], -1).reshape(len(value), -1, block, 2)  # (outputs, blocks, channels, copy)
        factors = pair.transpose(2, 3).reshape(len(value), 2 * inputs)
        value = value[:, _twice(inputs, block)] * factors.reshape(*factors.shape, *[1] * (value.ndim - 2))
    if value.shape != like.shape:
        raise ValueError(f"{name} is {tuple(value.shape)}, not half as wide as {tuple(like.shape)}")
    return value


def _twice(count: int, block: int) -> Tensor:
    """0 … count − 1 in blocks, each block twice: normalised groups and attention heads stay what they were."""
    return torch.arange(count).reshape(-1, 1, block).expand(-1, 2, -1).reshape(-1)
