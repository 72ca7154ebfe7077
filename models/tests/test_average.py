"""`codiff average`: the mean of checkpoints, and clear words about what has none."""

from pathlib import Path

import pytest
import torch

from codiff import cli


def checkpoint(path: Path, value: float, stage: str = "text", side: int = 2, samples: int = 10) -> Path:
    weights = {"denoiser": {"weight": torch.full((side, 2), value), "count": torch.tensor(7)}}
    about = {"stage": stage, "config": {"id": "tiny"}, "step": samples, "samples": samples, "seconds": 1.0}
    torch.save({**about, "model": {}, "ema": weights, "optimizer": {}}, path)
    return path


def test_weights_are_the_mean_and_the_count_is_the_furthest_ones(tmp_path: Path) -> None:
    three = [checkpoint(tmp_path / f"{i}.pt", value, samples=20 - i) for i, value in enumerate((1.0, 2.0, 6.0))]
    cli.main(["average", *map(str, three), "--out", str(tmp_path / "new" / "text.pt")])
    found = torch.load(tmp_path / "new" / "text.pt", weights_only=True)
    assert found["ema"]["denoiser"]["weight"].tolist() == [[3, 3], [3, 3]]
    assert found["ema"]["denoiser"]["weight"].dtype == torch.float32
    assert found["ema"]["denoiser"]["count"].tolist() == 7
    assert torch.equal(found["model"]["denoiser"]["weight"], found["ema"]["denoiser"]["weight"])
    assert (found["stage"], found["samples"], "optimizer" in found) == ("text", 20, False)


@pytest.mark.parametrize(
    ("changes", "said"), [({"stage": "mask"}, "other networks"), ({"side": 3}, "other networks"), (None, "is missing")]
)
def test_what_has_no_mean_is_said(changes, said, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = checkpoint(tmp_path / "a.pt", 1), tmp_path / "b.pt"
    if changes is not None:
        checkpoint(second, 1, **changes)
    with pytest.raises(SystemExit):
        cli.main(["average", str(first), str(second), "--out", str(tmp_path / "c.pt")])
    assert said in capsys.readouterr().err
    assert not (tmp_path / "c.pt").exists()


def test_one_checkpoint_is_not_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["average", str(checkpoint(tmp_path / "a.pt", 1)), "--out", str(tmp_path / "c.pt")])
    assert "two or more" in capsys.readouterr().err
