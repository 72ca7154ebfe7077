"""Dynamic diffusers, trained together on the frozen specialists' blended prediction (Huang et al. CVPR 2023, section 3.4)."""

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
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, dict[str, Tensor]]:
        pick, latent = data.draw(batch)
        x, t, v, weight = noise.sample(latent)
        x = x.contiguous(memory_format=torch.channels_last)
        with torch.no_grad():
            conditions = {
                "mask": frozen["mask"][1](data.one_hot(pick)),
                "text": frozen["text"][1](*captions.draw(data.photo[pick])),
            }
            predictions = torch.stack([frozen[name][0](x, t, conditions[name]).float() for name in COLLABORATORS])
        return predictions, x, t, v, weight, conditions

    def weights(x: Tensor, t: Tensor, conditions: dict[str, Tensor]) -> Tensor:
        logits = torch.stack([nets[name](x, t, conditions[name]).float() for name in COLLABORATORS])
        return logits.softmax(0)

    def loss(batch: int) -> Tensor:
        predictions, x, t, v, weight, conditions = predict(data, captions, batch)
        return weighted((weights(x, t, conditions) * predictions).sum(0), v, weight)

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        nets.update(averages)
        torch.manual_seed(1)
        rows: dict[str, list[float]] = {}
        unseen = _told(options, "val")
        for _ in range(2 if options.smoke else 40):
            predictions, x, t, v, weight, conditions = predict(*unseen, 32)
            w = weights(x, t, conditions)
            late, early = t < 333, t >= 666
            figures = {
                "dynamic": weighted((w * predictions).sum(0), v, weight),
                "fixed": weighted(predictions.mean(0), v, weight),
                "mask": weighted(predictions[0], v, weight),
                "text": weighted(predictions[1], v, weight),
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
