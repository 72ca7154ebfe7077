"""Denoisers: the unconditional trunk, the mask and text specialists fine-tuned from it, and of these their experts.

Experts are a specialist twice, trained on for the noisier and for the less noisy timesteps: the weights of two networks at the
cost of one (Balaji et al., "eDiff-I", 2022, section 4.1).
"""

from dataclasses import replace

import torch
from torch import Tensor, nn

from codiff import schedule
from codiff.edit.align import POINTS
from codiff.nets import MaskEncoder, TextCondition, UNet
from codiff.train import faces as training_faces
from codiff.train.faces import TrainingFaces
from codiff.train.loop import Options, fit
from codiff.train.text import CaptionBank, bank
from codiff.train.weights import load_stage, starting_weights

DROPOUT = 0.1  # share of samples trained without their condition
FEATURE_WEIGHT = 3.0  # added to the weight 1 of a place at the middle of an eye, the nose or the mouth
FEATURE_SIZE = 0.08  # deviation of that surplus, of the picture's side
SNR_CAP = 5.0  # where there is more signal than this, the loss counts less: what is left to predict there is fine texture


class Noise:
    """The forward process for v-prediction: x_t = √ᾱ x_0 + √(1−ᾱ) ε, v = √ᾱ ε − √(1−ᾱ) x_0.

    Of `config`, `schedule_shift` says how much noise a timestep has, and `pack` how runs will be spaced: a timestep is drawn as
    often as they visit it, those below their `end` never. `low` and `high` leave those from `low` on and below `high`.
    """

    def __init__(self, config: dict, device: torch.device, low: int = 0, high: int | None = None) -> None:
        alphas = torch.as_tensor(schedule.alphas_cumprod(config["schedule_shift"]), dtype=torch.float32, device=device)
        self.end, self.shift = config["pack"]["end"], config["pack"]["shift"]
        limits = low, len(alphas) if high is None else high
        self.drawn = [schedule.unspaced(t, len(alphas), self.end, self.shift) for t in limits]
        self.signal, self.noise = alphas.sqrt(), (1 - alphas).sqrt()
        snr = alphas / (1 - alphas)
        # Not min-SNR (Hang et al. 2023): for v it is min(SNR, γ) / (SNR + 1), which all but silences the noisiest timesteps.
        # There the words decide: the right caption instead of another gains 30 times as much at t = 950 as at t = 300.
        self.weight = (SNR_CAP / snr).clamp(max=1)

    def sample(self, latent: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Noised latents x_t, timesteps (N,), the v to predict, and loss weights (N,)."""
        total, (low, high) = len(self.signal), self.drawn
        left = low + (high - low) * torch.rand(len(latent), device=latent.device, dtype=torch.float64)
        t = schedule.spaced(left, 1, total, self.end, self.shift).long().clamp(max=total - 1)
        signal, noise = self.signal[t].reshape(-1, 1, 1, 1), self.noise[t].reshape(-1, 1, 1, 1)
        epsilon = torch.randn_like(latent)
        return signal * latent + noise * epsilon, t.float(), signal * epsilon - noise * latent, self.weight[t]


def channel_weights(channels: int, device: torch.device | None = None) -> Tensor:
    """What an error in each latent channel counts, (C,), mean 1: falls as 1 / (1 + c).

    The codec's channels all have unit variance but come in the order of their principal components. Measured on the decoder
    of 32, a unit of noise in the first moves pixels 40 times as far (root mean square) as in the last: this follows that curve.
    """
    falling = 1 / (1 + torch.arange(channels, device=device))
    return falling / falling.mean()


def place_weights(side: int, device: torch.device | None = None) -> Tensor:
    """What an error at each place counts, (side, side), mean 1: more around where aligned faces have eyes, nose and mouth.

    Hair and background are most of the picture and of the error, eyes and mouth what people look at. The weights are the same
    for every photo, so the best prediction stays the same; only what a network of limited size gets right first changes.
    """
    points = [*POINTS.tolist(), POINTS.mean(0).tolist()]  # x, y; the last is the nose
    features = torch.tensor(points, dtype=torch.float32, device=device)
    middle = (torch.arange(side, device=device) + 0.5) / side
    x, y = (features[:, i].reshape(-1, 1, 1) for i in (0, 1))
    squared = (middle.reshape(1, -1, 1) - y).square() + (middle.reshape(1, 1, -1) - x).square()
    weights = 1 + FEATURE_WEIGHT * torch.exp(-squared / (2 * FEATURE_SIZE**2)).amax(0)
    return weights / weights.mean()


def weighted(prediction: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Mean over the batch of weight (N,) × squared error, its channels and places weighed by what they do to the picture."""
    error = (prediction.float() - target).square()
    error = (error * place_weights(error.shape[-1], error.device)).mean((2, 3))
    return ((error * channel_weights(error.shape[1], error.device)).mean(1) * weight).mean()


def denoiser(config: dict, condition: str | None) -> UNet:
    """A denoiser as the config describes it, for the latent of the codec."""
    width = {None: 0, "mask": config["mask_width"], "text": config["text_width"]}[condition]
    channels = config["latent_channels"]
    return UNet(channels, channels, **config["denoiser"], condition=condition, condition_width=width)


class Experts(nn.Module):
    """Two denoisers as one: `late` predicts at timesteps below `below`, `early` at the others."""

    def __init__(self, early: UNet, late: UNet, below: int) -> None:
        super().__init__()
        self.early, self.late, self.below = early, late, below

    def forward(self, x: Tensor, timestep: Tensor, condition: Tensor) -> Tensor:
        """x (N, C, H, W), timestep (N,), the encoded condition (N, …) → (N, C, H, W) float32."""
        out = torch.empty_like(x, dtype=torch.float32)
        is_late = timestep < self.below
        for net, rows in ((self.early, ~is_late), (self.late, is_late)):
            if rows.any():
                out[rows] = net(x[rows], timestep[rows], condition[rows]).float()
        return out


def influence(config: dict, condition: str) -> UNet:
    """A dynamic diffuser: one logit per place."""
    width = {"mask": config["mask_width"], "text": config["text_width"]}[condition]
    return UNet(config["latent_channels"], 1, **config["influence"], condition=condition, condition_width=width)


def condition_encoder(config: dict, condition: str) -> nn.Module:
    return MaskEncoder(config["mask_width"]) if condition == "mask" else TextCondition(384, config["text_width"])


def drop(batch: int, device: torch.device) -> Tensor:
    """1 for samples that keep their condition, 0 for those that lose it, (N,)."""
    return (torch.rand(batch, device=device) >= DROPOUT).float()


def train(options: Options) -> None:
    """Train the trunk, a specialist, or one of its experts, whichever stage the options name."""
    condition, _, part = options.stage.partition("_")
    below = options.config["late_below"][condition] if part else None
    kind = None if condition == "trunk" else condition
    device = torch.device(options.device)
    data, captions = _told(options, kind, "train")
    noise = Noise(options.config, device, *((0, below) if part == "late" else (below or 0,)))
    nets: dict[str, nn.Module] = {"denoiser": denoiser(options.config, kind)}
    if kind is not None:
        nets["encoder"] = condition_encoder(options.config, kind)
        _start(options, nets, condition)
    for module in nets.values():
        module.to(device, memory_format=torch.channels_last)
    learning = {name: net for name, net in nets.items() if name == "denoiser" or not part}
    if part:
        nets["encoder"].eval().requires_grad_(False)  # both experts read what it writes

    def loss_on(data: TrainingFaces, captions: CaptionBank | None, batch: int) -> Tensor:
        pick, latent = data.draw(batch)
        x, t, v, weight = noise.sample(latent)
        encoded = None
        if kind == "mask":
            encoded = nets["encoder"](data.one_hot(pick).mul_(drop(batch, device).reshape(-1, 1, 1, 1)))
        elif captions is not None:
            embeddings, mask = captions.draw(data.photo[pick])
            encoded = nets["encoder"](embeddings, mask * drop(batch, device).reshape(-1, 1))
        x = x.contiguous(memory_format=torch.channels_last)
        return weighted(nets["denoiser"](x, t, encoded), v, weight)

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        torch.manual_seed(1)
        nets.update(averages)
        seen = replace(data, smooth=False), captions  # how far below the loss of val photos: what is known by heart
        told = {"val_loss": _told(options, kind, "val"), "train_loss": seen}
        count = 2 if options.smoke else 40
        return {name: float(torch.stack([loss_on(*photos, 32) for _ in range(count)]).mean()) for name, photos in told.items()}

    fit(options, learning, lambda batch: loss_on(data, captions, batch), report)


def _told(options: Options, condition: str | None, split: str) -> tuple[TrainingFaces, CaptionBank | None]:
    """Photos of a split with what the condition is made of: masks in them, or captions."""
    data = training_faces.load(options, condition == "mask", split)
    if condition != "text":
        return data, None
    return data, bank(options, data.ids, split)


def _start(options: Options, nets: dict[str, nn.Module], condition: str) -> None:
    """Start a specialist from its pack's weights when one is given, else from the trunk; an expert from its pack's, else from
    its specialist, whose encoder it has."""
    if options.smoke:
        return
    is_expert = options.stage != condition
    if is_expert:
        load_stage(options, condition, {"encoder": nets["encoder"]})
    if options.resume and options.checkpoint(options.stage).exists():
        return  # `fit` restores it
    if is_expert:
        load_stage(options, condition if options.pack is None else options.stage, {"denoiser": nets["denoiser"]})
    elif options.pack is not None:
        load_stage(options, condition, nets)
    else:
        _start_from_trunk(options, nets["denoiser"])


def _start_from_trunk(options: Options, net: nn.Module) -> None:
    missing, unexpected = net.load_state_dict(starting_weights(options, "trunk")["denoiser"], strict=False)
    if unexpected or any(not k.startswith(("mask_in", "pooled_in")) and ".cross." not in k for k in missing):
        raise ValueError(f"the trunk's weights do not fit this config: missing {missing[:3]}, unexpected {unexpected[:3]}")
