"""The loop all stages share: time budget, resume, EMA, mixed precision on CUDA, checkpoints."""

import argparse
import copy
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

CHECKPOINT_SECONDS = 120
LOG_SECONDS = 30
SMOKE_STEPS = 3


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
        config = json.loads(Path(args.config).read_text())
        return cls(
            args.stage, config, Path(args.data), Path(args.work), args.minutes, args.device, args.resume, args.smoke, args.pack
        )

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


def fit(
    options: Options,
    nets: dict[str, nn.Module],
    loss: Callable[[int], Tensor],
    report: Callable[[dict[str, nn.Module]], dict[str, float]],
    finish: Callable[[dict[str, nn.Module], dict[str, nn.Module]], None] | None = None,
) -> dict[str, nn.Module]:
    """Train `nets` on `loss(batch size)` until the minutes are over; return their averaged (EMA) weights.

    Writes `{stage}.pt`: networks' weights and averages, optimizer, steps, samples, seconds. `report` gives figures of the averages at
    the end; `finish` may change networks and averages before the last checkpoint.
    """
    settings = options.settings()
    device = torch.device(options.device)
    cuda = device.type == "cuda"
    batch = min(settings["batch"], 4) if options.smoke else settings["batch"]
    averages = {name: _copy(net, device) for name, net in nets.items()}
    parameters = [p for net in nets.values() for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=settings["lr"], betas=(0.9, 0.99), weight_decay=settings.get("weight_decay", 0.0))
    state = {"step": 0, "samples": 0, "seconds": 0.0}
    path = options.checkpoint(options.stage)
    if options.resume and path.exists():
        state = _restore(path, nets, averages, optimizer, device)
    step_function = torch.compile(loss) if cuda and not options.smoke else loss
    start = logged = saved = time.time()
    before, recent = state["seconds"], []
    budget = options.minutes * 60
    while True:
        elapsed = time.time() - start
        if elapsed > budget or (options.smoke and state["step"] >= SMOKE_STEPS):
            break
        for group in optimizer.param_groups:
            group["lr"] = settings["lr"] * _rate(state["step"], elapsed / budget, settings)
        with torch.autocast(device.type, torch.bfloat16, enabled=cuda):
            value = step_function(batch)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        state["step"] += 1
        state["samples"] += batch
        state["seconds"] = before + elapsed
        _average(averages, nets, min(settings["ema"], 1 - 1 / (1 + state["step"] / 10)))
        recent.append(value.detach())
        now = time.time()
        if now - logged > LOG_SECONDS:
            mean = float(torch.stack(recent).mean())
            rate = len(recent) * batch / (now - logged)
            print(f"{options.stage} step {state['step']} samples {state['samples']} loss {mean:.4f} {rate:.1f}/s", flush=True)
            logged, recent = now, []
        if now - saved > CHECKPOINT_SECONDS:
            _save(path, options, nets, averages, optimizer, state)
            saved = now
    if finish is not None:
        with torch.no_grad():
            finish(nets, averages)
    _save(path, options, nets, averages, optimizer, state)
    for net in averages.values():
        net.eval()
    if report is not None:
        with torch.inference_mode():
            figures = report(averages)
        print(options.stage, "report", json.dumps(figures), flush=True)
    print(f"{options.stage} done: {state['step']} steps, {state['samples']} samples, {state['seconds'] / 60:.1f} minutes in all", flush=True)
    return averages


def _rate(step: int, share: float, settings: dict[str, Any]) -> float:
    """Learning-rate factor: a short warm-up, then flat, then linearly to a tenth over the last part of the budget."""
    warm = min(1.0, (step + 1) / settings.get("warmup", 50))
    decay_from = settings.get("decay_from", 0.7)
    return warm * (1.0 if share < decay_from else 1 - 0.9 * (share - decay_from) / (1 - decay_from))


def _copy(net: nn.Module, device: torch.device) -> nn.Module:
    return copy.deepcopy(net).to(device).requires_grad_(False)


@torch.no_grad()
def _average(averages: dict[str, nn.Module], nets: dict[str, nn.Module], decay: float) -> None:
    for name, net in nets.items():
        average = list(averages[name].parameters())
        torch._foreach_lerp_(average, list(net.parameters()), 1 - decay)
        for target, source in zip(averages[name].buffers(), net.buffers(), strict=True):
            target.copy_(source)


def _save(path: Path, options: Options, nets, averages, optimizer, state: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(
        {
            "stage": options.stage,
            "config": options.config,
            "model": {k: v.state_dict() for k, v in nets.items()},
            "ema": {k: v.state_dict() for k, v in averages.items()},
            "optimizer": optimizer.state_dict(),
            **state,
        },
        partial,
    )
    partial.rename(path)


def _restore(path: Path, nets, averages, optimizer, device: torch.device) -> dict[str, Any]:
    saved = torch.load(path, map_location=device, weights_only=True)
    for name, net in nets.items():
        net.load_state_dict(saved["model"][name])
        averages[name].load_state_dict(saved["ema"][name])
    optimizer.load_state_dict(saved["optimizer"])
    return {k: saved[k] for k in ("step", "samples", "seconds")}
