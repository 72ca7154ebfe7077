"""Dynamic diffusers, trained together on the frozen specialists' blended prediction (Huang et al. CVPR 2023, section 3.4)."""

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor, nn

from codiff.train import faces as training_faces
from codiff.train.diffusion import Noise, condition_encoder, denoiser, influence, weighted
from codiff.train.faces import TrainingFaces
from codiff.train.loop import Options, fit
from codiff.train.text import CaptionBank, bank
from codiff.train.weights import load_stage

COLLABORATORS = ("mask", "text")


def train(options: Options) -> None:
    """Train one influence function per collaborator; report, on val photos, the blended loss beside others.

    Those are the loss of each model alone and of a fixed blend.
    """
    device = torch.device(options.device)
    data, captions = _told(options, "train")
    noise = Noise(options.config, device)
    frozen = {name: _specialist(options, name, device) for name in COLLABORATORS}
    nets: dict[str, nn.Module] = {name: influence(options.config, name) for name in COLLABORATORS}
    if options.pack is not None:
        load_stage(options, "influence", nets)
    for net in nets.values():
        net.to(device, memory_format=torch.channels_last)

    def predict(
        data: TrainingFaces, captions: CaptionBank, batch: int
    ) -> tuple[Tensor, Tensor, Tensor, dict[str, Tensor], Callable[[Tensor], Tensor]]:
        """What each collaborator predicts (M, N, C, S, S), for which x_t, t and conditions, and the loss of a blend of that."""
        pick, t = data.draw(batch), noise.timesteps(batch)
        x, v, weight = noise.add(data.latents[pick].float(), t)
        x, t = x.contiguous(memory_format=torch.channels_last), t.float()
        with torch.no_grad():
            conditions = {
                "mask": frozen["mask"][1](data.one_hot(pick)),
                "text": frozen["text"][1](*captions.draw(data.photo[pick])),
            }
            predictions = torch.stack([frozen[name][0](x, t, conditions[name]).float() for name in COLLABORATORS])
        return predictions, x, t, conditions, partial(weighted, target=v, weight=weight, where=data.where[pick])

    def weights(x: Tensor, t: Tensor, conditions: dict[str, Tensor]) -> Tensor:
        logits = torch.stack([nets[name](x, t, conditions[name]).float() for name in COLLABORATORS])
        return logits.softmax(0)

    def loss(batch: int) -> Tensor:
        predictions, x, t, conditions, loss_of = predict(data, captions, batch)
        return loss_of((weights(x, t, conditions) * predictions).sum(0))

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        nets.update(averages)
        torch.manual_seed(1)
        rows: dict[str, list[float]] = {}
        unseen = _told(options, "val")
        for _ in range(2 if options.smoke else 40):
            predictions, x, t, conditions, loss_of = predict(*unseen, 32)
            w = weights(x, t, conditions)
            late, early = t < 333, t >= 666
            figures = {
                "dynamic": loss_of((w * predictions).sum(0)),
                "fixed": loss_of(predictions.mean(0)),
                "mask": loss_of(predictions[0]),
                "text": loss_of(predictions[1]),
                "mask_influence_t_high": w[0][early].mean(),
                "mask_influence_t_low": w[0][late].mean(),
            }
            for key, value in figures.items():
                rows.setdefault(key, []).append(float(value))
        return {key: sum(values) / len(values) for key, values in rows.items()}

    fit(options, nets, loss, report)


def _told(options: Options, split: str) -> tuple[TrainingFaces, CaptionBank]:
    """Photos of a split with their masks, and their captions."""
    data = training_faces.load(options, with_masks=True, split=split)
    return data, bank(options, data.ids, split)


def _specialist(options: Options, name: str, device: torch.device) -> tuple[nn.Module, nn.Module]:
    """Frozen denoiser and condition encoder."""
    nets = {"denoiser": denoiser(options.config, name), "encoder": condition_encoder(options.config, name)}
    if options.smoke:
        nn.init.normal_(nets["denoiser"].conv_out.weight, std=0.02)
    else:
        load_stage(options, name, nets)
    for net in nets.values():
        net.to(device, memory_format=torch.channels_last).eval().requires_grad_(False)
        if options.device == "cuda":
            net.compile()
    return nets["denoiser"], nets["encoder"]
