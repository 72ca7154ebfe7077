"""The codec of a pack: TAEF2 and the face bottleneck as one network each way."""

from torch import Tensor, nn

from codiff.nets import BottleneckDecoder, BottleneckEncoder


class FaceEncoder(nn.Module):
    """Photo (N, 3, 256, 256) in [0, 1] → face latent (N, C, 16, 16), unit variance per channel."""

    def __init__(self, taef2: nn.Sequential, bottleneck: BottleneckEncoder) -> None:
        super().__init__()
        self.taef2 = taef2
        self.bottleneck = bottleneck

    def forward(self, image: Tensor) -> Tensor:
        return self.bottleneck(self.taef2(image))


class FaceDecoder(nn.Module):
    """Face latent (N, C, 16, 16) → picture (N, 3, 256, 256) in [0, 1]."""

    def __init__(self, taef2: nn.Sequential, bottleneck: BottleneckDecoder) -> None:
        super().__init__()
        self.taef2 = taef2
        self.bottleneck = bottleneck

    def forward(self, latent: Tensor) -> Tensor:
        return self.taef2(self.bottleneck(latent)).clamp(0, 1)
