"""The preview decoder: face latent → 128 px picture, taught by the photos under the trained bottleneck."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff.nets import BottleneckEncoder, Preview
from codiff.train.codec import load_pairs, psnr
from codiff.train.loop import Options, fit
from codiff.train.weights import load_stage

NOISE = 0.1  # standard deviation on the latent: a predicted x_0 is never exact


def train(options: Options) -> None:
    """Train the preview; report PSNR on val photos at its size."""
    channels, device = options.config["latent_channels"], torch.device(options.device)
    pairs = load_pairs(options)
    encoder, net = BottleneckEncoder(channels), Preview(channels)
    if not options.smoke:
        load_stage(options, "codec", {"encoder": encoder})
        if options.pack is not None:
            load_stage(options, "preview", {"preview": net})
    encoder.to(device, memory_format=torch.channels_last).eval().requires_grad_(False)
    net.to(device, memory_format=torch.channels_last)
    photos = torch.cat([F.avg_pool2d(part.float(), 2).round().byte() for part in pairs.train_x.split(256)]).to(device)
    with torch.inference_mode():
        latents = torch.cat([encoder(part.to(device).float()).half() for part in pairs.train_z.split(256)]).clone()

    def loss(batch: int) -> Tensor:
        pick = torch.randint(len(latents), (batch,), device=device)
        latent = latents[pick].float()
        noisy = (latent + NOISE * torch.randn_like(latent)).contiguous(memory_format=torch.channels_last)
        return F.l1_loss(net.raw(noisy), photos[pick].float() / 255)

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        latent = encoder(pairs.val_z[:64].to(device).float())
        small = F.avg_pool2d(pairs.val_x[:64].to(device).float() / 255, 2)
        return {"psnr": psnr(averages["preview"](latent), small)}

    fit(options, {"preview": net}, loss, report)
