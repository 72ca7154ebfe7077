"""The networks that make pictures.

Every reshape leaves the batch to -1, so that an exported graph can be relabelled to any batch size.
Shapes: N batch, C latent channels, D width of the text condition, L tokens; latents are (N, C, 16, 16) for 256 px pictures.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff.layers import GroupNorm, PlainBlock, conv, zero

CLASSES = 19


class TimeEmbedding(nn.Module):
    """Sinusoids of the timestep (N,), 0 … 999, through two linear layers → (N, dim)."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        half = 64
        self.register_buffer("frequencies", torch.exp(-math.log(10_000) * torch.arange(half) / half), persistent=False)
        self.mlp = nn.Sequential(nn.Linear(2 * half, dim), nn.SiLU(), nn.Linear(dim, dim))

    def forward(self, t: Tensor) -> Tensor:
        angles = t.reshape(-1, 1) * self.frequencies.reshape(1, -1)
        return self.mlp(torch.cat([angles.cos(), angles.sin()], 1))


class ResBlock(nn.Module):
    """Two convolutions; the time embedding scales and shifts between them."""

    def __init__(self, inner: int, outer: int, emb: int) -> None:
        super().__init__()
        self.norm1 = GroupNorm(inner)
        self.conv1 = conv(inner, outer)
        self.emb = nn.Linear(emb, 2 * outer)
        self.norm2 = GroupNorm(outer)
        self.conv2 = zero(conv(outer, outer))
        self.skip = nn.Conv2d(inner, outer, 1) if inner != outer else nn.Identity()

    def forward(self, x: Tensor, emb: Tensor) -> Tensor:
        h = self.conv1(F.silu(self.norm1(x)))
        channels = h.shape[1]
        e = self.emb(emb).reshape(-1, 2 * channels, 1, 1)
        h = self.norm2(h) * (1 + e[:, :channels]) + e[:, channels:]
        return self.skip(x) + self.conv2(F.silu(h))


class Attention(nn.Module):
    """Multi-head attention of the places of a feature map over themselves, or over `context` (N, L, D) tokens."""

    def __init__(self, channels: int, context: int | None = None, head: int = 32) -> None:
        super().__init__()
        self.head = head
        self.norm = GroupNorm(channels)
        self.q = nn.Linear(channels, channels)
        self.k = nn.Linear(context or channels, channels)
        self.v = nn.Linear(context or channels, channels)
        self.out = zero(nn.Linear(channels, channels))

    def forward(self, x: Tensor, context: Tensor | None = None) -> Tensor:
        c, h, w = x.shape[1:]
        tokens = self.norm(x).reshape(-1, c, h * w).transpose(1, 2)
        source = tokens if context is None else context
        q, k, v = (self._heads(net(y)) for net, y in ((self.q, tokens), (self.k, source), (self.v, source)))
        weights = torch.softmax(q @ k.transpose(-1, -2) * self.head**-0.5, -1)
        y = (weights @ v).transpose(1, 2).reshape(-1, h * w, c)
        return x + self.out(y).transpose(1, 2).reshape(-1, c, h, w)

    def _heads(self, y: Tensor) -> Tensor:
        return y.reshape(-1, y.shape[1], y.shape[2] // self.head, self.head).transpose(1, 2)


class Level(nn.Module):
    """A residual block, then self-attention and cross-attention where this resolution has them."""

    def __init__(self, inner: int, outer: int, emb: int, attention: bool, context: int | None) -> None:
        super().__init__()
        self.res = ResBlock(inner, outer, emb)
        self.attn = Attention(outer) if attention else None
        self.cross = Attention(outer, context) if attention and context else None

    def forward(self, x: Tensor, emb: Tensor, context: Tensor | None) -> Tensor:
        x = self.res(x, emb)
        if self.attn is not None:
            x = self.attn(x)
        if self.cross is not None:
            x = self.cross(x, context)
        return x


class UNet(nn.Module):
    """Denoiser (`out_channels` = C) or influence function (`out_channels` = 1).

    `condition` is None (unconditional trunk), "mask" (features (N, M, H, W) added to the first convolution, the same as
    concatenating them to x_t) or "text" (tokens (N, 1 + L, D): the first is the pooled sentence and joins the time embedding,
    all are attended to).
    """

    def __init__(
        self,
        channels: int,
        out_channels: int,
        width: int,
        mults: tuple[int, ...],
        blocks: int,
        attention: tuple[bool, ...],
        condition: str | None = None,
        condition_width: int = 0,
    ) -> None:
        super().__init__()
        self.condition = condition
        emb = width * 4
        context = condition_width if condition == "text" else None
        self.time = TimeEmbedding(emb)
        self.conv_in = conv(channels, width)
        self.mask_in = zero(conv(condition_width, width)) if condition == "mask" else None
        self.pooled_in = zero(nn.Linear(condition_width, emb)) if condition == "text" else None
        widths = [width * m for m in mults]
        self.down, self.downsample, self.up, self.upsample = (nn.ModuleList() for _ in range(4))
        inner, skips = width, []
        for i, outer in enumerate(widths):
            for _ in range(blocks):
                self.down.append(Level(inner, outer, emb, attention[i], context))
                inner = outer
                skips.append(outer)
            if i + 1 < len(widths):
                self.downsample.append(conv(inner, inner, stride=2))
        self.middle = nn.ModuleList([Level(inner, inner, emb, attention[-1], context), Level(inner, inner, emb, False, None)])
        for i in reversed(range(len(widths))):
            for _ in range(blocks):
                self.up.append(Level(inner + skips.pop(), widths[i], emb, attention[i], context))
                inner = widths[i]
            if i > 0:
                self.upsample.append(conv(inner, inner))
        self.norm_out = GroupNorm(inner)
        self.conv_out = zero(conv(inner, out_channels))
        self.blocks = blocks

    def forward(self, x: Tensor, timestep: Tensor, condition: Tensor | None = None) -> Tensor:
        """x (N, C, H, W), timestep (N,) → (N, out_channels, H, W)."""
        emb = self.time(timestep)
        h = self.conv_in(x)
        context = None
        if self.mask_in is not None:
            h = h + self.mask_in(condition)
        if self.pooled_in is not None:
            emb = emb + self.pooled_in(condition[:, 0])
            context = condition
        emb = F.silu(emb)
        skips = []
        for i, level in enumerate(self.down):
            h = level(h, emb, context)
            skips.append(h)
            if (i + 1) % self.blocks == 0 and i + 1 < len(self.down):
                h = self.downsample[i // self.blocks](h)
        for level in self.middle:
            h = level(h, emb, context)
        for i, level in enumerate(self.up):
            h = level(torch.cat([h, skips.pop()], 1), emb, context)
            if (i + 1) % self.blocks == 0 and i + 1 < len(self.up):
                h = self.upsample[i // self.blocks](F.interpolate(h, scale_factor=2.0, mode="nearest"))
        return self.conv_out(F.silu(self.norm_out(h)))


class MaskEncoder(nn.Module):
    """One-hot class mask (N, 19, S, S), S = 8 H → features (N, M, H, W). All zeros: no condition."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.net = nn.Sequential(
            conv(CLASSES, 32, 2),
            nn.SiLU(),
            conv(32, 64, 2),
            nn.SiLU(),
            conv(64, width, 2),
            nn.SiLU(),
            conv(width, width),
        )

    def forward(self, one_hot: Tensor) -> Tensor:
        return self.net(one_hot)


class TextCondition(nn.Module):
    """Sentence-encoder embeddings (N, L, E) and attention mask (N, L) → (N, 1 + L, D): the pooled sentence, then the tokens.

    Padding becomes a learned vector, so attention needs no mask; a mask of zeros is the null condition.
    """

    def __init__(self, embedding: int, width: int) -> None:
        super().__init__()
        self.token = nn.Linear(embedding, width)
        self.pooled = nn.Linear(embedding, width)
        self.padding = nn.Parameter(torch.zeros(width))

    def forward(self, embeddings: Tensor, attention_mask: Tensor) -> Tensor:
        mask = attention_mask.unsqueeze(-1)
        count = attention_mask.sum(1, keepdim=True).clamp(min=1.0)
        pooled = self.pooled((embeddings * mask).sum(1) / count)
        tokens = self.token(embeddings) * mask + self.padding * (1 - mask)
        return torch.cat([pooled.unsqueeze(1), tokens], 1)


class Scale(nn.Module):
    """Per-channel mean and standard deviation of the face latent: `forward` restores them, `remove` takes them out."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(1, channels, 1, 1))
        self.register_buffer("std", torch.ones(1, channels, 1, 1))

    def forward(self, latent: Tensor) -> Tensor:
        return latent * self.std + self.mean

    def remove(self, latent: Tensor) -> Tensor:
        return (latent - self.mean) / self.std


class BottleneckEncoder(nn.Module):
    """TAEF2 latent (N, 32, 32, 32) → face latent (N, C, 16, 16).

    A linear map (principal components at start) plus a residual network.
    """

    def __init__(self, channels: int, width: int = 128) -> None:
        super().__init__()
        self.linear = nn.Conv2d(32, channels, 2, stride=2)
        self.residual = nn.Sequential(
            nn.Conv2d(32, width, 2, stride=2), PlainBlock(width), PlainBlock(width), nn.SiLU(), zero(conv(width, channels))
        )
        self.scale = Scale(channels)

    def forward(self, z: Tensor) -> Tensor:
        return self.scale.remove(self.linear(z) + self.residual(z))


class BottleneckDecoder(nn.Module):
    """Face latent (N, C, 16, 16) → TAEF2 latent (N, 32, 32, 32)."""

    def __init__(self, channels: int, width: int = 192, fine: int = 64) -> None:
        super().__init__()
        self.linear = nn.Conv2d(channels, 128, 1)
        self.coarse = nn.Sequential(
            conv(channels, width),
            PlainBlock(width),
            Attention(width),  # so that one eye is drawn with a look at the other
            PlainBlock(width),
            nn.SiLU(),
            conv(width, 4 * fine),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.fine = nn.Sequential(*(PlainBlock(fine) for _ in range(3)), nn.SiLU(), zero(conv(fine, 32)))
        self.scale = Scale(channels)

    def forward(self, latent: Tensor) -> Tensor:
        latent = self.scale(latent)
        return self.shuffle(self.linear(latent)) + self.fine(self.shuffle(self.coarse(latent)))


class Preview(nn.Module):
    """Face latent (N, C, 16, 16) → small picture (N, 3, 128, 128) in [0, 1], cheap enough for every step."""

    def __init__(self, channels: int, width: int = 96) -> None:
        super().__init__()
        fine = width // 2
        self.scale = Scale(channels)
        self.net = nn.Sequential(
            conv(channels, width),
            PlainBlock(width),
            PlainBlock(width),
            conv(width, 4 * fine),
            nn.PixelShuffle(2),
            PlainBlock(fine),
            nn.SiLU(),
            conv(fine, 48),
            nn.PixelShuffle(4),
        )

    def forward(self, latent: Tensor) -> Tensor:
        return self.raw(latent).clamp(0, 1)

    def raw(self, latent: Tensor) -> Tensor:
        """The same before clamping, for training."""
        return self.net(self.scale(latent))
