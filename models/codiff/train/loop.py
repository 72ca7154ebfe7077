"""The loop all stages share: time budget, resume, EMA, bf16 where the device multiplies in it, checkpoints."""

import argparse
import copy
import functools
import json
import time
import timeit
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from codiff.train.winograd import use_winograd

CHECKPOINT_SECONDS = 120
LOG_SECONDS = 30
SMOKE_STEPS = 3
SMOKE_BATCH = 4
PRODUCT = 1024  # side of the matrices that tell how fast a CPU multiplies


@dataclass(frozen=True)
class Options:
    """What every `train` command takes."""

    stage: str
    config: dict[str, Any]
    data: Path
    work: Path
    minutes: float
    device: str
    resume: bool
    smoke: bool
    pack: Path | None

    @classmethod
    def parse(cls, args: argparse.Namespace) -> "Options":
        config = json.loads(args.config.read_text())
        return cls(args.stage, config, args.data, args.work, args.minutes, args.device, args.resume, args.smoke, args.pack)

    @property
    def cache(self) -> Path:
        return self.work / "cache"

    def checkpoint(self, stage: str) -> Path:
        folder = self.work / "smoke" if self.smoke else self.work / "checkpoints"
        return folder / self.config["id"] / f"{stage}.pt"

    @property
    def taef2(self) -> Path:
        return self.data / "taef2.npz"

    def settings(self) -> dict[str, Any]:
        return self.config["stages"][self.stage]


@dataclass
class Run:
    """A stage in training: networks, their averages, the optimizer, and how far it is."""

    options: Options
    nets: dict[str, nn.Module]
    averages: dict[str, nn.Module]
    optimizer: torch.optim.Optimizer
    step: int = 0
    samples: int = 0
    seconds: float = 0.0

    def save(self) -> None:
        """Write `{stage}.pt`, whole or not at all."""
        path = self.options.checkpoint(self.options.stage)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        torch.save(
            {
                "stage": self.options.stage,
                "config": self.options.config,
                "model": {k: v.state_dict() for k, v in self.nets.items()},
                "ema": {k: v.state_dict() for k, v in self.averages.items()},
                "optimizer": self.optimizer.state_dict(),
                "step": self.step,
                "samples": self.samples,
                "seconds": self.seconds,
            },
            partial,
        )
        partial.rename(path)

    def restore(self) -> None:
        """Go on from `{stage}.pt` where it exists; one put together from `parts` has no optimizer, which then starts anew."""
        path = self.options.checkpoint(self.options.stage)
        if not path.exists():
            return
        saved = torch.load(path, map_location=self.options.device, weights_only=True)
        for name, net in self.nets.items():
            net.load_state_dict(saved["model"][name])
            self.averages[name].load_state_dict(saved["ema"][name])
        if "optimizer" in saved:
            self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.samples, self.seconds = saved["step"], saved["samples"], saved["seconds"]


def fit(
    options: Options,
    nets: dict[str, nn.Module],
    loss: Callable[[int], Tensor],
    report: Callable[[dict[str, nn.Module]], dict[str, float]],
    finish: Callable[[dict[str, nn.Module], dict[str, nn.Module]], None] | None = None,
) -> None:
    """Train `nets` on `loss(batch size)` until the minutes are over; write their weights and averages (EMA) to `{stage}.pt`.

    `finish` may change networks and averages before the last checkpoint; `report` gives figures of the averages at the end.
    """
    settings = options.settings()
    parameters = [p for net in nets.values() for p in net.parameters() if p.requires_grad]
    decay = settings.get("weight_decay", 0.0)
    optimizer = torch.optim.AdamW(parameters, lr=settings["lr"], betas=(0.9, 0.99), weight_decay=decay, fused=True)
    averages = {name: copy.deepcopy(net).requires_grad_(False) for name, net in nets.items()}
    run = Run(options, nets, averages, optimizer)
    if options.resume:
        run.restore()
    if not _multiplies_halves(options.device):
        for net in nets.values():
            use_winograd(net)
    torch.manual_seed(run.step)
    before = run.samples
    started = time.time()
    _optimize(run, parameters, loss)
    rate = (run.samples - before) / (time.time() - started)
    if finish is not None:
        with torch.no_grad():
            finish(nets, averages)
    run.save()
    for net in averages.values():
        net.eval()
    with torch.inference_mode():
        figures = report(averages)
    print(options.stage, "report", json.dumps(figures), flush=True)
    done = f"{run.step} steps, {run.samples} samples, {run.seconds / 60:.1f} minutes in all, {rate:.1f}/s"
    print(f"{options.stage} done: {done}", flush=True)


def _optimize(run: Run, parameters: list[nn.Parameter], loss: Callable[[int], Tensor]) -> None:
    """Steps until the budget is over, with a log line and a checkpoint now and then."""
    options, settings = run.options, run.options.settings()
    cuda = options.device == "cuda"
    batch = min(settings["batch"], SMOKE_BATCH) if options.smoke else settings["batch"]
    if cuda and not options.smoke:
        for net in run.nets.values():
            net.compile()
    autocast = in_half(options.device)
    start = logged = saved = time.time()
    first, before, budget = run.step, run.seconds, options.minutes * 60
    recent: list[Tensor] = []
    while (elapsed := time.time() - start) < budget and not (options.smoke and run.step >= SMOKE_STEPS):
        for group in run.optimizer.param_groups:
            group["lr"] = settings["lr"] * _rate(run.step - first, elapsed / budget, settings)
        with autocast:
            value = loss(batch)
        run.optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        run.optimizer.step()
        run.step += 1
        run.samples += batch
        run.seconds = before + elapsed
        _average(run.averages, run.nets, min(settings["ema"], 1 - 1 / (1 + run.step / 10)))
        recent.append(value.detach())
        now = time.time()
        if now - logged > LOG_SECONDS:
            mean, rate = float(torch.stack(recent).mean()), len(recent) * batch / (now - logged)
            print(f"{options.stage} step {run.step} samples {run.samples} loss {mean:.4f} {rate:.1f}/s", flush=True)
            logged, recent = now, []
        if now - saved > CHECKPOINT_SECONDS:
            run.save()
            saved = now


def in_half(device: str) -> torch.autocast:
    """Autocast to bf16 where the device multiplies faster in it."""
    return torch.autocast(device, torch.bfloat16, enabled=_multiplies_halves(device))


def _multiplies_halves(device: str) -> bool:
    return device == "cuda" or _halves_are_faster()


@functools.cache
def _halves_are_faster() -> bool:
    """Whether this CPU does so. Of those that have AVX-512 BF16 some train 1.5 times as fast in it, others half as fast."""
    if not torch.cpu.get_capabilities().get("avx512_bf16"):
        return False
    return _seconds_of_product(torch.bfloat16) < _seconds_of_product(torch.float32)


def _seconds_of_product(kind: torch.dtype) -> float:
    """Of two square matrices, the best of a few times."""
    a = torch.ones(PRODUCT, PRODUCT, dtype=kind)
    return min(timeit.repeat(lambda: a @ a, number=1, repeat=6))


def _rate(step: int, share: float, settings: dict[str, Any]) -> float:
    """Learning-rate factor at a step of this run: a short warm-up, then flat, then linearly to nothing over the last part of
    the budget (to zero and not to a tenth: Bergsma et al., "Straight to zero", 2025).
    """
    warm = min(1.0, (step + 1) / settings.get("warmup", 50))
    decay_from = settings.get("decay_from", 0.7)
    return warm * (1.0 if share < decay_from else (1 - share) / (1 - decay_from))


@torch.no_grad()
def _average(averages: dict[str, nn.Module], nets: dict[str, nn.Module], decay: float) -> None:
    for name, net in nets.items():
        average = list(averages[name].parameters())
        torch._foreach_lerp_(average, list(net.parameters()), 1 - decay)
        for target, source in zip(averages[name].buffers(), net.buffers(), strict=True):
            target.copy_(source)
