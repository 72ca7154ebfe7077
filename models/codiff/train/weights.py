"""Where a stage's frozen or starting weights come from: an earlier stage's checkpoint, or a pack."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from codiff.train.loop import Options
from codiff.train.widen import fitted

# stage → network → (file key in a pack, prefix of its parameters there)
PACK_KEYS = {
    "parser": {"parser": ("parser", "")},
    "attributes": {"attributes": ("attributes", "")},
    "codec": {
        "encoder": ("codec_encoder", "bottleneck."),
        "decoder": ("codec_decoder", "bottleneck."),
    },
    "decoder": {"decoder": ("codec_decoder", "bottleneck.")},  # of the codec, trained on
    "preview": {"preview": ("codec_preview", "")},
    "mask": {"denoiser": ("mask_denoiser", ""), "encoder": ("mask_condition", "")},
    "text": {"denoiser": ("text_denoiser", ""), "encoder": ("text_condition", "")},
    "influence": {"mask": ("mask_influence", ""), "text": ("text_influence", "")},
}


def starting_weights(options: Options, stage: str) -> dict[str, dict[str, Tensor]]:
    """Averaged weights of a stage's networks by name: from its checkpoint, else from `--pack`.

    Raises FileNotFoundError when neither is there.
    """
    path = options.checkpoint(stage)
    if path.exists():
        return torch.load(path, map_location="cpu", weights_only=True)["ema"]
    if options.pack is None or stage not in PACK_KEYS:
        raise FileNotFoundError(f"{path} is missing: run `python -m codiff train {stage}` first, or give --pack DIR")
    from codiff import pack

    out = {}
    for net, (key, prefix) in PACK_KEYS[stage].items():
        arrays = pack.weights(options.pack, key)
        out[net] = {k[len(prefix) :]: torch.from_numpy(v) for k, v in arrays.items() if k.startswith(prefix)}
    return out


def load_stage(options: Options, stage: str, nets: Mapping[str, nn.Module]) -> None:
    """Give the networks, by name, their `starting_weights`; a wider denoiser those of a narrower one, `fitted`."""
    weights = starting_weights(options, stage)
    for name, net in nets.items():
        net.load_state_dict(fitted(weights[name], net))
