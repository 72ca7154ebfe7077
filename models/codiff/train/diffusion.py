"""Denoisers: the unconditional trunk, then the mask and text specialists fine-tuned from it."""

from dataclasses import replace

import torch
from torch import Tensor, nn

from codiff import schedule
from codiff.edit.align import POINTS
from codiff.moved import move
from codiff.nets import MaskEncoder, TextCondition, UNet
from codiff.train import faces as training_faces
from codiff.train.faces import TrainingFaces
from codiff.train.loop import Options, fit
from codiff.train.text import CaptionBank, bank
from codiff.train.weights import load_stage, starting_weights

DROPOUT = 0.1  # share of samples trained without their condition
FEATURE_WEIGHT = 3.0  # added to the weight 1 of a place at the middle of an eye, the nose or the mouth
FEATURE_SIZE = 0.08  # deviation of that surplus, of the picture's side
LAYOUT = 800  # timestep: with more noise, where a face lies is decided
SNR_CAP = 5.0  # where there is more signal than this, the loss counts less: what is left to predict there is fine texture


class Noise:
    """The forward process for v-prediction: x_t = √ᾱ x_0 + √(1−ᾱ) ε, v = √ᾱ ε − √(1−ᾱ) x_0.

    Of `config`, `schedule_shift` says how much noise a timestep has, and `pack` how runs will be spaced: a timestep is drawn as
    often as they visit it, those below their `end` never.
    """

    def __init__(self, config: dict, device: torch.device) -> None:
        alphas = torch.as_tensor(schedule.alphas_cumprod(config["schedule_shift"]), dtype=torch.float32, device=device)
        self.end, self.shift = config["pack"]["end"], config["pack"]["shift"]
        self.signal, self.noise = alphas.sqrt(), (1 - alphas).sqrt()
        snr = alphas / (1 - alphas)
        # Not min-SNR (Hang et al. 2023): for v it is min(SNR, γ) / (SNR + 1), which all but silences the noisiest timesteps.
        # There the words decide: the right caption instead of another gains 30 times as much at t = 950 as at t = 300.
        self.weight = (SNR_CAP / snr).clamp(max=1)

    def timesteps(self, count: int) -> Tensor:
        """Random timesteps (count,) int64."""
        total, left = len(self.signal), torch.rand(count, device=self.signal.device, dtype=torch.float64)
        return schedule.spaced(left, 1, total, self.end, self.shift).long().clamp(max=total - 1)

    def add(self, latent: Tensor, t: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Latents x_t as noisy as the timesteps t (N,) say, the v to predict, and loss weights (N,)."""
        signal, noise = self.signal[t].reshape(-1, 1, 1, 1), self.noise[t].reshape(-1, 1, 1, 1)
        epsilon = torch.randn_like(latent)
        return signal * latent + noise * epsilon, signal * epsilon - noise * latent, self.weight[t]


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


def weighted(prediction: Tensor, target: Tensor, weight: Tensor, where: Tensor) -> Tensor:
    """Mean over the batch of weight (N,) × squared error, its channels and places weighed by what they do to the picture; the
    places as the photos are moved (N, 2, 3)."""
    error = (prediction.float() - target).square()
    places = move(place_weights(error.shape[-1], error.device).expand(len(error), 1, -1, -1), where, "bilinear")
    error = (error * places / places.mean((2, 3), keepdim=True)).mean((2, 3))
    return ((error * channel_weights(error.shape[1], error.device)).mean(1) * weight).mean()


def denoiser(config: dict, condition: str | None) -> UNet:
    """A denoiser as the config describes it, for the latent of the codec."""
    width = {None: 0, "mask": config["mask_width"], "text": config["text_width"]}[condition]
    channels = config["latent_channels"]
    return UNet(channels, channels, **config["denoiser"], condition=condition, condition_width=width)


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
    """Train the trunk or a specialist, whichever stage the options name."""
    condition = None if options.stage == "trunk" else options.stage
    device = torch.device(options.device)
    data, captions = _told(options, condition, "train")
    noise = Noise(options.config, device)
    nets: dict[str, nn.Module] = {"denoiser": denoiser(options.config, condition)}
    if condition is not None:
        nets["encoder"] = condition_encoder(options.config, condition)
        _start(options, nets, condition)
    for module in nets.values():
        module.to(device, memory_format=torch.channels_last)

    def loss_on(data: TrainingFaces, captions: CaptionBank | None, batch: int) -> Tensor:
        pick, t = data.draw(batch), noise.timesteps(batch)
        if condition != "mask":  # without a mask, a face is where the photos have it; once a mask has moved it, it stays there
            pick = torch.where(t >= LAYOUT, data.unmoved(pick), pick)
        x, v, weight = noise.add(data.latents[pick].float(), t)
        encoded = None
        if condition == "mask":
            encoded = nets["encoder"](data.one_hot(pick).mul_(drop(batch, device).reshape(-1, 1, 1, 1)))
        elif captions is not None:
            embeddings, mask = captions.draw(data.photo[pick])
            encoded = nets["encoder"](embeddings, mask * drop(batch, device).reshape(-1, 1))
        x = x.contiguous(memory_format=torch.channels_last)
        return weighted(nets["denoiser"](x, t.float(), encoded), v, weight, data.where[pick])

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        torch.manual_seed(1)
        nets.update(averages)
        seen = replace(data, smooth=False), captions  # how far below the loss of val photos: what is known by heart
        told = {"val_loss": _told(options, condition, "val"), "train_loss": seen}
        count = 2 if options.smoke else 40
        return {name: float(torch.stack([loss_on(*photos, 32) for _ in range(count)]).mean()) for name, photos in told.items()}

    fit(options, nets, lambda batch: loss_on(data, captions, batch), report)


def _told(options: Options, condition: str | None, split: str) -> tuple[TrainingFaces, CaptionBank | None]:
    """Photos of a split with what the condition is made of: masks in them, or captions."""
    data = training_faces.load(options, condition == "mask", split)
    if condition != "text":
        return data, None
    return data, bank(options, data.ids, split)


def _start(options: Options, nets: dict[str, nn.Module], condition: str) -> None:
    """Start a specialist from its pack's weights when one is given, else from the trunk."""
    if options.smoke or (options.resume and options.checkpoint(condition).exists()):
        return  # `fit` restores it
    if options.pack is not None:
        load_stage(options, condition, nets)
        return
    missing, unexpected = nets["denoiser"].load_state_dict(starting_weights(options, "trunk")["denoiser"], strict=False)
    if unexpected or any(not k.startswith(("mask_in", "pooled_in")) and ".cross." not in k for k in missing):
        raise ValueError(f"the trunk's weights do not fit this config: missing {missing[:3]}, unexpected {unexpected[:3]}")
