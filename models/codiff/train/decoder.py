"""The codec's decoder alone, further: sharper pictures of the same latents, which all later stages have learned and which stay.

A face latent leaves open how hair and skin are textured, and what L1 makes of that is blurred. So a critic compares the
decoder's TAEF2 latents with those of photos: TAEF2's decoder is sharp where its latent is, and a latent of 32 × 32 costs far
less than a picture. A share of the steps compares pictures too.

Most latents that it will ever draw are not of photos but the diffusion models', which differ: they are smoother where a face is
hard to predict. So half of the latents are made ones (`codiff imagine`). They have no photo to be compared with, only the
critic, and must still be what the encoder reads from the result.

Faces are aligned, so the critic knows where it looks, and everything counts more around eyes, nose and mouth.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff import taef2
from codiff.layers import PlainBlock, conv
from codiff.nets import Attention, BottleneckDecoder, BottleneckEncoder
from codiff.train.codec import LATENT_SIDE, load_pairs, report_codec
from codiff.train.diffusion import channel_weights, place_weights
from codiff.train.loop import Options, fit
from codiff.train.weights import load_stage

NUDGE = 0.1  # deviation of the noise by which the gradient penalty probes the critic


class Critic(nn.Module):
    """TAEF2 latents (N, 32, 32, 32) and face latents (N, C, 16, 16) → logits of patches (N, 256 + 64), higher for photos'."""

    def __init__(self, channels: int, width: int = 160) -> None:
        super().__init__()
        self.stem = conv(128, width)
        self.given = nn.Conv2d(channels, width, 1)
        self.place = nn.Parameter(torch.zeros(1, width, 16, 16))
        self.fine = PlainBlock(width)
        self.down = conv(width, width, stride=2)
        self.attention = Attention(width)
        self.coarse = PlainBlock(width)
        self.heads = nn.ModuleList([nn.Conv2d(width, 1, 1), nn.Conv2d(width, 1, 1)])

    def forward(self, z: Tensor, latent: Tensor) -> Tensor:
        """`latent` is zero where the critic must judge without it."""
        fine = self.fine(self.stem(F.pixel_unshuffle(z, 2)) + self.given(latent) + self.place)
        coarse = self.coarse(self.attention(self.down(F.silu(fine))))
        return torch.cat([head(F.silu(h)).flatten(1) for head, h in zip(self.heads, (fine, coarse), strict=True)], 1)


def adversarial(critic: Critic, made: Tensor, true: Tensor, latent: Tensor, penalty: float) -> tuple[Tensor, Tensor]:
    """What the decoder and what the critic loses, from one batch: `made` and `true` TAEF2 latents of the same face latents
    (any photos' where those are zero).

    Relativistic, each made one against its true one (Jolicoeur-Martineau, 2018), with the critic's gradients held down on both
    (R1 and R2 of Huang et al., "The GAN is dead; long live the GAN!", NeurIPS 2024), here by finite differences.
    """
    shown = torch.cat([true, made.detach()])
    both = torch.cat([latent, latent])
    logits = critic(torch.cat([shown, shown + NUDGE * torch.randn_like(shown)]), torch.cat([both, both])).float()
    plain, nudged = logits.chunk(2)
    of_true, of_made = plain.chunk(2)
    steepness = ((plain - nudged) / NUDGE).square().mean()
    weights = torch.cat([place_weights(side, made.device).flatten() for side in (16, 8)])
    critic_loss = (F.softplus(of_made - of_true) * weights).mean() + penalty * steepness
    frozen = {name: parameter.detach() for name, parameter in critic.named_parameters()}
    judged = torch.func.functional_call(critic, frozen, (made, latent)).float()
    return (F.softplus(of_true.detach() - judged) * weights).mean(), critic_loss


def load_made(options: Options) -> Tensor:
    """The face latents (M, C, 16, 16) float16 of `codiff imagine`, or made-up ones in a smoke test."""
    if options.smoke:
        generator = torch.Generator().manual_seed(1)
        return torch.randn(8, options.config["latent_channels"], 16, 16, generator=generator).half()
    paths = sorted(options.cache.glob("made-*.npy"))
    if not paths:
        raise FileNotFoundError(f"no made faces in {options.cache}: run `python -m codiff imagine` first")
    return torch.from_numpy(np.concatenate([np.load(path) for path in paths]))


def train(options: Options) -> None:
    """Train the decoder; report PSNR on val photos, and how much texture it makes against theirs."""
    settings, channels = options.settings(), options.config["latent_channels"]
    pairs = load_pairs(options)
    _, decode = taef2.load(options.taef2)
    encoder, decoder, critic = BottleneckEncoder(channels), BottleneckDecoder(channels), Critic(channels)
    load_stage(options, "codec", {"encoder": encoder, "decoder": decoder})
    encoder.requires_grad_(False)
    device = torch.device(options.device)
    for net in (encoder, decoder, critic, decode):
        net.to(device, memory_format=torch.channels_last)
    z, x, imagined = pairs.train_z.to(device), pairs.train_x.to(device), load_made(options).to(device)
    weights, places = channel_weights(channels, device).reshape(-1, 1, 1), place_weights(LATENT_SIDE, device)
    steps = 0

    def loss(batch: int) -> Tensor:
        nonlocal steps
        steps += 1
        with_picture = steps % settings["picture_every"] == 0
        total = settings["picture_batch"] if with_picture else batch
        count = total if with_picture else total // 2  # of photos; the rest is made
        pick = torch.randint(len(z), (total,), device=device)
        true = z[pick].float()
        latent = encoder(true[:count])
        latent = latent + torch.randn_like(latent) * torch.rand(count, 1, 1, 1, device=device) * settings["noise"]
        free = imagined[torch.randint(len(imagined), (total - count,), device=device)].float()
        made = decoder(torch.cat([latent, free]))
        fooling, judging = adversarial(critic, made, true, torch.cat([latent, torch.zeros_like(free)]), settings["penalty"])
        error = (made[:count] - true[:count]).abs() * places
        value = error.mean() + settings["adversarial"] * fooling + judging
        if with_picture:
            picture = decode(made.contiguous(memory_format=torch.channels_last))
            return value + F.l1_loss(picture, x[pick].float() / 255) * 6
        drift = (encoder(made[count:]).float() - free).square() * weights
        return value + settings["fidelity"] * drift.mean()

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        return report_codec(pairs, encoder, averages["decoder"], decode)

    fit(options, {"decoder": decoder, "critic": critic}, loss, report)
