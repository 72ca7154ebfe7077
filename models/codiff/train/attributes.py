"""The attribute net: photo → CelebA's 40 attributes, our labels of appearance, expected age. It judges the text model."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from codiff import labels, pack
from codiff.data import Faces
from codiff.labels import APPEARANCE, ATTRIBUTES, UNKNOWN, Labels
from codiff.metrics import balanced_accuracy
from codiff.readers import YEARS, AttributeNet
from codiff.train.augment import random_grid
from codiff.train.loop import Options, fit
from codiff.train.weights import load_stage

SIZE = 128  # px
BY_EYE = 1 / 8  # share of a batch drawn from the few photos with labels by eye
APPEARANCE_WEIGHT, AGE_WEIGHT = 0.3, 0.5  # against the mean over the attributes

Split = tuple[Tensor, Labels]  # photos (N, 3, 128, 128) uint8 and their labels


def load(faces: Faces) -> dict[str, Split]:
    """Photos and labels of the shards that are there, by split."""
    ids: dict[str, list[str]] = {"train": [], "val": []}
    photos: dict[str, list[np.ndarray]] = {"train": [], "val": []}
    for shard in faces.shards:
        names, pictures = faces.photos(shard)
        small = halved(pictures)
        for split in ids:
            keep = [i for i, name in enumerate(names) if faces.split(name) == split]
            ids[split] += [names[i] for i in keep]
            photos[split].append(small[keep])
    return {split: (torch.from_numpy(np.concatenate(photos[split])), labels.read(faces, ids[split])) for split in ids}


def halved(photos: np.ndarray) -> np.ndarray:
    """(N, 2 S, 2 S, 3) uint8 → (N, 3, S, S) uint8, means of 2×2 pixels, halves up."""
    total = np.full((len(photos), photos.shape[1] // 2, photos.shape[2] // 2, 3), 2, np.uint16)
    for row in (0, 1):
        for column in (0, 1):
            total += photos[:, row::2, column::2]
    return np.ascontiguousarray((total >> 2).astype(np.uint8).transpose(0, 3, 1, 2))


def augment(photo: Tensor) -> Tensor:
    """Flip, crop, turn, and jitter brightness, contrast and colour of a batch (N, 3, S, S) in [0, 1]; no label has a side."""
    n, device = len(photo), photo.device

    def within(low: float, high: float, *shape: int) -> Tensor:
        return torch.empty(n, *shape, device=device).uniform_(low, high)

    side = torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
    grid = random_grid(photo, (0.85, 1.05), 0.15, 0.08, side)
    photo = F.grid_sample(photo, grid, padding_mode="reflection", align_corners=False)
    mean = photo.mean((1, 2, 3), keepdim=True)
    photo = (photo - mean) * within(0.8, 1.2, 1, 1, 1) + mean * within(0.8, 1.2, 1, 1, 1)
    return (photo * within(0.95, 1.05, 3, 1, 1)).clamp(0, 1)


def prior(known: Labels) -> Tensor:
    """What the labels' frequencies say, (WIDTH,): see `AttributeNet`. Every value counts as seen once more than it was."""
    yes, no = (known.attributes == 1).sum(0) + 1, (known.attributes == 0).sum(0) + 1
    parts = [np.log(yes / no)]
    for name, values in APPEARANCE.items():
        seen = np.bincount(known.appearance[name][known.appearance[name] != UNKNOWN], minlength=len(values)) + 1
        parts.append(np.log(seen / seen.sum()))
    years = known.age[~np.isnan(known.age)]
    return torch.from_numpy(np.concatenate([*parts, [years.mean() if len(years) else 0.0]])).float()


class Targets:
    """Labels as tensors on a device, and the loss of an output against some of their rows."""

    def __init__(self, known: Labels, device: torch.device) -> None:
        self.attributes = torch.from_numpy(known.attributes).to(device)
        self.appearance = {name: torch.from_numpy(values).to(device) for name, values in known.appearance.items()}
        self.age = torch.from_numpy(known.age).to(device)
        self.by_eye = torch.from_numpy(np.flatnonzero(known.by_eye)).to(device)

    def draw(self, batch: int) -> Tensor:
        """Random rows (batch,), some of them with labels by eye."""
        pick = torch.randint(len(self.age), (batch,), device=self.age.device)
        extra = round(batch * BY_EYE) if len(self.by_eye) else 0
        pick[:extra] = self.by_eye[torch.randint(max(1, len(self.by_eye)), (extra,), device=pick.device)]
        return pick

    def loss(self, output: Tensor, pick: Tensor) -> Tensor:
        """Binary and categorical cross-entropies and the age's smooth L1, of what is known of the rows."""
        output = output.float()
        true = self.attributes[pick]
        known = true != UNKNOWN
        each = F.binary_cross_entropy_with_logits(output[:, : len(ATTRIBUTES)], true.clamp(min=0).float(), reduction="none")
        value = _mean_of((each * known).sum(), known)
        start = len(ATTRIBUTES)
        for name, values in APPEARANCE.items():
            true = self.appearance[name][pick]
            logits = output[:, start : start + len(values)]
            total = F.cross_entropy(logits, true.clamp(min=0), reduction="none") * (true != UNKNOWN)
            value = value + APPEARANCE_WEIGHT / len(APPEARANCE) * _mean_of(total.sum(), true != UNKNOWN)
            start += len(values)
        years = self.age[pick]
        known = ~years.isnan()
        error = F.smooth_l1_loss(output[:, -1] / YEARS, years.nan_to_num() / YEARS, reduction="none")
        return value + AGE_WEIGHT * _mean_of((error * known).sum(), known)


def _mean_of(total: Tensor, known: Tensor) -> Tensor:
    return total / known.sum().clamp(min=1)


def figures(output: np.ndarray, usual: np.ndarray, known: Labels) -> dict[str, float]:
    """Accuracy and balanced accuracy of every label, their means over the attributes, and the mean error of the age in years.

    `output` (N, WIDTH) and `usual`, the net's `prior`. Accuracy goes by the likelier value, balanced accuracy by the value that
    the picture makes most likelier than usual.
    """
    plain, beyond = labels.split(output), labels.split(output - usual)
    rows = {
        name: (known.attributes[:, i], plain.attributes[:, i] > 0, beyond.attributes[:, i] > 0)
        for i, name in enumerate(ATTRIBUTES)
    }
    for name, true in known.appearance.items():
        rows[f"{name} (appearance)"] = (true, plain.appearance[name].argmax(1), beyond.appearance[name].argmax(1))
    out: dict[str, float] = {}
    for name, (true, likely, telling) in rows.items():
        seen = true != UNKNOWN
        if len(np.unique(true[seen])) > 1:
            out[name] = round(float((likely == true)[seen].mean()), 4)
            out[f"{name}, balanced"] = round(balanced_accuracy(telling[seen], true[seen]), 4)
    for key in ("", ", balanced"):
        found = [out[name + key] for name in ATTRIBUTES if name + key in out]
        out[f"mean of attributes{key}"] = round(float(np.mean(found)), 4) if found else 0.0
    aged = ~np.isnan(known.age)
    if aged.any():
        out["age, mean error in years"] = round(float(np.abs(plain.age - known.age)[aged].mean()), 2)
    return out


def table(found: dict[str, float]) -> str:
    """The figures for people."""
    lines = [f"{'label':<26}{'accuracy':>10}{'balanced':>10}"]
    for name, value in found.items():
        if f"{name}, balanced" in found:
            lines.append(f"{name:<26}{value:>10.3f}{found[f'{name}, balanced']:>10.3f}")
    error = found.get("age, mean error in years")
    return "\n".join([*lines, *([] if error is None else [f"age: {error:.1f} years off on average"])])


def _made_up() -> dict[str, Split]:
    rng, n = np.random.default_rng(0), 8
    photos = torch.from_numpy(rng.integers(0, 256, (n, 3, SIZE, SIZE), dtype=np.uint8))
    known = Labels(
        rng.integers(0, 2, (n, len(ATTRIBUTES))),
        {name: rng.integers(UNKNOWN, len(values), n) for name, values in APPEARANCE.items()},
        rng.uniform(10, 60, n).astype(np.float32),
        np.arange(n) < 2,
    )
    return {"train": (photos, known), "val": (photos, known)}


def train(options: Options) -> None:
    """Train the attribute net; report its figures on val photos, as JSON and as a table."""
    device = torch.device(options.device)
    splits = _made_up() if options.smoke else load(Faces(options.data))
    photos, known = splits["train"]
    net = AttributeNet()
    net.prior.copy_(prior(known))
    _start(options, net)
    net.to(device, memory_format=torch.channels_last)
    photos, targets = photos.to(device), Targets(known, device)

    def loss(batch: int) -> Tensor:
        pick = targets.draw(batch)
        photo = augment(photos[pick].float() / 255).contiguous(memory_format=torch.channels_last)
        return targets.loss(net.half(photo), pick)

    def report(averages: dict[str, nn.Module]) -> dict[str, float]:
        average = averages["attributes"]
        parts = [average.half(part.to(device).float() / 255).cpu() for part in splits["val"][0].split(32)]
        found = figures(torch.cat(parts).numpy(), average.prior.cpu().numpy(), splits["val"][1])
        print(table(found), flush=True)
        return found

    fit(options, {"attributes": net}, loss, report)


def _start(options: Options, net: AttributeNet) -> None:
    """Start from a pack's weights where one is given and has an attribute net."""
    if options.smoke or options.pack is None:
        return
    if "attributes" in pack.read(options.pack).get("helpers", {}):
        load_stage(options, "attributes", {"attributes": net})
    else:
        print(f"{options.pack} has no attribute net: starting afresh", flush=True)
