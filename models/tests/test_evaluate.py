"""The command as a whole, on the tiny pack and a few drawn faces."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from codiff import export, pack
from codiff.cli import main
from codiff.evaluate import command, questions, report, rows
from codiff.readers import AttributeNet, Parser

RUNS = ["mask", "text", "fixed", "dynamic", "original"]


@pytest.fixture(scope="module")
def evaluate(judged_pack, data, squeezenet):
    """Runs the command on the judged pack; gives what it wrote."""
    fixed = ["--data", str(data), "--squeezenet", str(squeezenet), "--threads", "1", "--batch", "4"]

    def call(out: Path, *more: object, source: tuple[object, ...] = ("--pack", judged_pack[0])) -> dict:
        main(["evaluate", *map(str, source), *fixed, "--out", str(out), "--steps", "3", *map(str, more)])
        return json.loads((out / "evaluation.json").read_text())

    return call


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("evaluation")


@pytest.fixture(scope="module")
def found(evaluate, folder) -> dict:
    """Seven cases from five photos; nothing is too badly read to count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questions, "WELL", 0.0)
        patch.setattr(questions, "FEW", 1)
        return evaluate(folder, "--n", 7)


def test_every_run_is_judged(found):
    assert [row["row"] for row in found["rows"]] == [*RUNS, "codec", "real"]
    assert (found["cases"], found["photos"], found["reference_photos"]) == (7, 5, 5)
    for row in found["rows"]:
        assert 0 <= row["mask"]["mean_iou"] <= row["mask"]["pixel_accuracy"] + 0.5
        assert set(row["mask"]["iou"]) <= {"background", "skin", "hair", "eye_g", *row["mask"]["iou"]}
        assert row["frechet"] > 0
        assert 0 <= row["text"]["accuracy"] <= 1
        assert row["text"]["asked"] == found["rows"][0]["text"]["asked"] > 0
    real = found["rows"][-1]
    assert all(real["frechet"] < row["frechet"] for row in found["rows"][:-1])  # its photos are drawn like the reference


def test_the_influence_of_both_dynamic_runs_is_told(found):
    assert list(found["influence"]) == ["dynamic", "original"]
    for numbers in found["influence"].values():
        assert numbers["timesteps"] == [99, 66, 32]
        both = np.array([numbers["applied"]["mask"], numbers["applied"]["text"]])
        np.testing.assert_allclose(both.sum(0), 1, atol=2e-3)
        assert len(numbers["mask_on_contours"]) == len(numbers["mask_inside_skin"]) == 3
    original = found["influence"]["original"]["applied"]["mask"]
    assert original[0] > original[2]  # its cosine decay


def test_the_report_has_every_row_and_table(found, folder):
    text = (folder / "evaluation.md").read_text()
    for row in found["rows"]:
        assert f"| {row['title']} | {row['mask']['pixel_accuracy']:.3f} |" in text
    for words in (
        "7 cases from 5 val photos",
        "Fixed 0.5 blend",
        "cannot be compared",
        "fire8",
        "on class contours",
        "| man |",
    ):
        assert words in text
    assert text == report.markdown(found)


def test_nothing_is_made_twice(found, evaluate, folder, monkeypatch):
    paths = sorted(folder.glob("*/*.png"))
    assert len(paths) == 5 * 7 + 5
    before = {path: path.stat().st_mtime_ns for path in paths}
    missing = folder / "dynamic" / "00006-1.png"
    old = np.asarray(Image.open(missing)).astype(int)
    missing.unlink()
    monkeypatch.setattr(questions, "WELL", 0.0)
    monkeypatch.setattr(questions, "FEW", 1)
    again = evaluate(folder, "--n", 7)
    assert np.abs(np.asarray(Image.open(missing)).astype(int) - old).max() <= 1
    assert [path for path in paths if path.stat().st_mtime_ns != before[path]] == [missing]
    assert again["rows"][0] == found["rows"][0]


def fails(capsys, evaluate, *arguments, **options) -> str:
    with pytest.raises(SystemExit) as stop:
        evaluate(*arguments, **options)
    assert stop.value.code == 2
    return capsys.readouterr().err


def test_a_folder_of_another_run_is_refused(found, evaluate, folder, capsys, tiny_pack, judged_pack, tmp_path):
    assert "made with other steps, seed" in fails(capsys, evaluate, folder, "--steps", 2, "--seed", 1)
    plan = json.loads((folder / rows.PLAN).read_text())
    plan["captions"]["00006-0"] = "a dog"
    other = tmp_path / "other"
    other.mkdir()
    (other / rows.PLAN).write_text(json.dumps(plan))
    assert "made with other captions" in fails(capsys, evaluate, other, "--n", 7)
    judges = save_judges(tmp_path)
    source = ("--pack", tiny_pack)
    assert "made with other pack" in fails(capsys, evaluate, folder, "--n", 7, "--judges", judges, source=source)


def save_judges(folder: Path) -> Path:
    torch.manual_seed(1)
    for name, net in (("parser", Parser()), ("attributes", AttributeNet())):
        torch.save({"ema": {name: net.state_dict()}}, folder / f"{name}.pt")
    return folder


def test_checkpoints_are_judged_as_a_float32_pack(exact_pack, evaluate, tmp_path, monkeypatch):
    """Judges come from a folder too: they read pictures of 64 px at 256."""

    def assemble(config: dict, checkpoints: Path, taef2: Path, fallback: None) -> tuple:
        assert (config, checkpoints, taef2.name, fallback) == ({"id": "x"}, tmp_path, "taef2.npz", None)
        about = pack.read(exact_pack)
        models = {k: pack.read_network(exact_pack, about, k) for k in about["files"] if k != "tokenizer"}
        others = {"tokenizer": ("tokenizer.json", pack.read_file(exact_pack, about, "tokenizer"))}
        return {k: v for k, v in about.items() if k != "files"}, models, others

    monkeypatch.setattr(export, "assemble", assemble)
    config = tmp_path / "x.json"
    config.write_text('{"id": "x"}')
    source = ("--checkpoints", tmp_path, "--config", config)
    got = evaluate(tmp_path / "out", "--n", 2, "--steps", 1, "--judges", save_judges(tmp_path), source=source)
    assert got["cases"] == 2
    assert [row["row"] for row in got["rows"]] == [*RUNS, "codec", "real"]
    assert got["rows"][0]["text"] == {"accuracy": None, "asked": 0, "questions": []}  # too few photos to know what is read well
    assert "reads none of the asked facts" in (tmp_path / "out" / "evaluation.md").read_text()


def test_bad_arguments(evaluate, capsys, data, blind_pack, judged_pack, tmp_path):
    assert "--n must be at least 2" in fails(capsys, evaluate, tmp_path, "--n", 1)
    assert "--steps must be from 1 to 100" in fails(capsys, evaluate, tmp_path, "--steps", 101)
    assert "no attributes network" in fails(capsys, evaluate, tmp_path, source=("--pack", blind_pack))
    assert "parser.pt is missing" in fails(capsys, evaluate, tmp_path, "--judges", tmp_path)
    assert "--config goes with --checkpoints" in fails(capsys, evaluate, tmp_path, source=("--checkpoints", tmp_path))
    assert "attributes.csv is missing" in fails(capsys, evaluate, tmp_path, "--data", tmp_path)
    assert "one of the arguments" in fails(capsys, evaluate, tmp_path, source=())
    help_of = argparse.ArgumentParser()
    command.add_arguments(help_of)
    assert "--squeezenet" in help_of.format_help()
