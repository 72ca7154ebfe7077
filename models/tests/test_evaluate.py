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
from codiff.evaluate import cases, command, margins, questions, report, rows, studies
from codiff.masks import COLOURS, KEYS, MIRROR
from codiff.quantize import PROFILES
from codiff.readers import AttributeNet, Parser

RUNS = ["mask", "text", "fixed", "dynamic", "original"]
NOTHING = {"accuracy": None, "asked": 0}


@pytest.fixture(scope="module", autouse=True)
def few_draws():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(margins, "DRAWS", 3)
        yield


@pytest.fixture(scope="module")
def evaluate(judged_pack, data, squeezenet):
    """Runs the command on the judged pack; gives what it wrote."""
    fixed = ["--data", str(data), "--squeezenet", str(squeezenet), "--threads", "1", "--batch", "4"]

    own = ("--pack", judged_pack[0])

    def call(out: Path, *more: object, source: tuple[object, ...] = own, study: str = "runs", steps: int | None = 3) -> dict:
        how = ["--study", study, *([] if steps is None else ["--steps", str(steps)])]
        main(["evaluate", *map(str, source), *fixed, "--out", str(out), *how, *map(str, more)])
        return json.loads((out / ("evaluation.json" if study == "runs" else f"{study}.json")).read_text())

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
    assert real["background"] == {"mean": pytest.approx(COLOURS[0].mean(), abs=2), "deviation": 0}


def test_gains_of_the_dynamic_run_are_differences_of_the_rows(found, folder):
    rows = {row["row"]: row for row in found["rows"]}
    dynamic = rows["dynamic"]
    assert [gain["row"] for gain in found["margins"]] == ["mask", "text", "fixed", "original"]
    for gain in found["margins"]:
        other = rows[gain["row"]]
        assert gain["mean_iou"]["difference"] == pytest.approx(
            dynamic["mask"]["mean_iou"] - other["mask"]["mean_iou"], abs=2e-4
        )
        assert gain["text_accuracy"]["difference"] == pytest.approx(
            dynamic["text"]["accuracy"] - other["text"]["accuracy"], abs=2e-4
        )
        assert gain["frechet"]["difference"] == pytest.approx(dynamic["frechet"] - other["frechet"], rel=1e-3, abs=1e-3)
        assert all(gain[name]["margin"] >= 0 for name in margins.FIGURES)
    text = (folder / "evaluation.md").read_text()
    assert "| over | mean IoU | text accuracy | of facts shown by the photo | Fréchet distance |" in text
    assert f"{found['margins'][0]['mean_iou']['difference']:+.3f} ± " in text


def test_words_are_told_apart_by_what_the_photo_shows(found, folder):
    rows = {row["row"]: row["text"] for row in found["rows"]}
    for told in rows.values():
        parts = [told["shown"], told["not_shown"]]
        assert sum(part["asked"] for part in parts) == told["asked"]
        seen = sum(part["accuracy"] * part["asked"] for part in parts if part["asked"])
        assert seen / told["asked"] == pytest.approx(told["accuracy"])
    assert rows["real"]["shown"]["accuracy"] == 1
    assert rows["real"]["not_shown"]["accuracy"] in (0, None)
    head = f"| run | shown by the photo ({rows['mask']['shown']['asked']}) |"
    assert head in (folder / "evaluation.md").read_text()


def test_the_influence_of_both_dynamic_runs_is_told(found):
    assert list(found["influence"]) == ["dynamic", "original"]
    for numbers in found["influence"].values():
        assert numbers["timesteps"] == [99, 66, 32]
        both = np.array([numbers["applied"]["mask"], numbers["applied"]["text"]])
        np.testing.assert_allclose(both.sum(0), 1, atol=2e-3)
        assert len(numbers["mask_on_contours"]) == len(numbers["mask_inside_skin"]) == 3
    original = found["influence"]["original"]["applied"]["mask"]
    assert original[0] > original[2]  # its cosine decay


def test_figures_are_told_by_group(found, folder):
    """Seven cases: three men, all young, all of one flat skin colour."""
    groups = {(g["by"], g["group"]): g for g in found["groups"]}
    sizes = {key: group["cases"] for key, group in groups.items()}
    assert (sizes["gender", "men"], sizes["gender", "women"], sizes["age", "young"], sizes["age", "old"]) == (3, 4, 7, 0)
    assert sorted(n for (kind, _), n in sizes.items() if kind == "skin tone") == [0, 0, 0, 7]
    assert groups["gender", "men"]["rows"] == {"dynamic": None, "real": None}  # too few
    toned = next(g for (kind, _), g in groups.items() if kind == "skin tone" and g["cases"] == 7)
    for row in ("dynamic", "real"):
        whole = next(r for r in found["rows"] if r["row"] == row)
        expected = {**{k: whole["mask"][k] for k in ("pixel_accuracy", "mean_iou")}, "text_accuracy": whole["text"]["accuracy"]}
        assert groups["age", "young"]["rows"][row] == expected
        assert toned["rows"][row] == {**expected, "angle": toned["rows"][row]["angle"]}
    assert toned["rows"]["dynamic"]["angle"] != toned["rows"]["real"]["angle"]
    text = (folder / "evaluation.md").read_text()
    assert "| gender | cases | dynamic: pixel accuracy |" in text
    assert "| men | 3 | – | – | – | – | – | – |" in text
    assert f"| {toned['rows']['real']['angle']:.1f} |" in text


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
    assert "made with other steps, seed" in fails(capsys, evaluate, folder, "--seed", 1, steps=2)
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


@pytest.fixture
def checkpoints(exact_pack, tmp_path, monkeypatch) -> tuple[object, ...]:
    """Arguments that name a folder of checkpoints, of which the tiny pack is made."""

    def assemble(config: dict, checkpoints: Path, taef2: Path, fallback: None) -> tuple:
        assert (config, checkpoints, taef2.name, fallback) == ({"id": "x"}, tmp_path, "taef2.npz", None)
        about = pack.read(exact_pack)
        models = {k: pack.read_network(exact_pack, about, k) for k in about["files"] if k != "tokenizer"}
        others = {"tokenizer": ("tokenizer.json", pack.read_file(exact_pack, about, "tokenizer"))}
        return {k: v for k, v in about.items() if k != "files"}, models, others

    monkeypatch.setattr(export, "assemble", assemble)
    config = tmp_path / "x.json"
    config.write_text('{"id": "x"}')
    return ("--checkpoints", tmp_path, "--config", config)


def test_checkpoints_are_judged_as_a_float32_pack(checkpoints, evaluate, tmp_path):
    """Judges come from a folder too: they read pictures of 64 px at 256."""
    got = evaluate(tmp_path / "out", "--n", 2, "--judges", save_judges(tmp_path), source=checkpoints, steps=1)
    assert got["cases"] == 2
    assert [row["row"] for row in got["rows"]] == [*RUNS, "codec", "real"]
    assert got["rows"][0]["text"] == {**NOTHING, "shown": NOTHING, "not_shown": NOTHING, "questions": []}  # too few to tell
    assert "reads none of the asked facts" in (tmp_path / "out" / "evaluation.md").read_text()


@pytest.fixture
def everything_counts(monkeypatch):
    monkeypatch.setattr(questions, "WELL", 0.0)
    monkeypatch.setattr(questions, "FEW", 1)


def picture(folder: Path, row: str, name: str = "00006-0") -> np.ndarray:
    return rows.read_picture(rows.picture_path(folder, row, name)).astype(int)


@pytest.mark.usefixtures("everything_counts")
def test_samplers_and_steps(evaluate, tmp_path, monkeypatch, folder, found):
    monkeypatch.setattr(studies, "STEPS", (2, 3))
    got = evaluate(tmp_path, "--n", 2, study="samplers", steps=None)
    names = ["ddim-0", "ddim-1", "dpm-0", "unipc-0"]
    assert [row["row"] for row in got["rows"]] == [f"{name}-{steps}" for name in names for steps in (2, 3)]
    assert "steps" not in got["settings"]
    text = (tmp_path / "samplers.md").read_text()
    for row in got["rows"]:
        assert f"| {row['title']} | {row['mask']['pixel_accuracy']:.3f} | {row['mask']['mean_iou']:.3f} |" in text
        assert row["text"]["accuracy"] is not None
    assert "DPM-Solver++ 2M, 3 steps" in text
    made = [picture(tmp_path, f"{name}-3") for name in names]
    assert all((a != b).any() for i, a in enumerate(made) for b in made[:i])
    assert np.abs(made[3] - picture(folder, "dynamic")).max() <= 1  # the pack's own sampler, and the same seed
    assert not list(tmp_path.glob("*/*.npy"))


@pytest.mark.usefixtures("everything_counts")
def test_guidance(evaluate, tmp_path, monkeypatch, capsys, folder, found):
    monkeypatch.setattr(studies, "FACTORS", (1.0, 2.0))
    got = evaluate(tmp_path, "--n", 2, study="guidance")
    assert [row["row"] for row in got["rows"]] == [f"{mode}-{f}" for mode in ("both", "fixed", "mask", "text") for f in (1, 2)]
    assert got["rows"][1]["rules"] == {"mask": {"guidance": 1.5}, "text": {"guidance": 2.0}}
    assert got["rows"][1]["title"] == "Both, × 2 (mask 1.5, text 2)"
    for own, ours in (("dynamic", "both-1"), ("text", "text-1")):
        assert np.abs(picture(tmp_path, ours) - picture(folder, own)).max() <= 1
    assert (picture(tmp_path, "text-1") != picture(tmp_path, "text-2")).any()
    assert "| Description only, × 2 (text 3) |" in (tmp_path / "guidance.md").read_text()
    assert "made with other study" in fails(capsys, evaluate, tmp_path, "--n", 2)


@pytest.mark.usefixtures("everything_counts")
def test_drawings(evaluate, tmp_path, folder, found):
    got = evaluate(tmp_path, "--n", 2, study="drawings")
    assert [row["row"] for row in got["rows"]] == [
        f"{m}-{how}" for m in ("both", "fixed", "mask") for how in ("true", "sketched")
    ]
    assert [row["sketched"] for row in got["rows"]] == [False, True] * 3
    assert np.abs(picture(tmp_path, "both-true") - picture(folder, "dynamic")).max() <= 1
    assert (picture(tmp_path, "both-sketched") != picture(tmp_path, "both-true")).any()
    text = (tmp_path / "drawings.md").read_text()
    assert "| Both, sketches | " in text and "ellipses" in text


@pytest.mark.usefixtures("everything_counts")
def test_moved_faces(evaluate, tmp_path, folder, found):
    got = evaluate(tmp_path, "--n", 2, study="moved")
    assert [row["row"] for row in got["rows"]] == ["both", "fixed", "mask"]
    assert (picture(tmp_path, "both") != picture(folder, "dynamic")).any()
    assert got["real"]["mask"] != next(row for row in found["rows"] if row["row"] == "real")["mask"]
    text = (tmp_path / "moved.md").read_text()
    assert "| Both | " in text and "| Real photos | " in text and "turned by up to 30°" in text


def test_cases_and_photos_move_together(data):
    faces = command.open_faces(data)
    ids = cases.val_ids(faces)
    asked = cases.cases(faces, cases.known_facts(faces, ids), 2)
    painted = {case.photo: COLOURS[case.mask] for case in asked}
    there, photos = studies.moved(asked, painted)
    for case, before in zip(there, asked, strict=True):
        assert (case.mask.shape, case.mask.dtype, case.caption) == (before.mask.shape, np.uint8, before.caption)
        assert (case.mask != before.mask).any()
        lone = np.isin(case.mask, [i for i in range(19) if MIRROR[i] == i])  # classes without sides
        away = np.abs(photos[case.photo].astype(int) - COLOURS[case.mask]).max(-1) > 8
        assert away[lone].mean() < 0.05


def test_a_sketch_is_always_the_same_and_leaves_the_case_alone(data):
    faces = command.open_faces(data)
    first, second = cases.cases(faces, cases.known_facts(faces, cases.val_ids(faces)), 2)
    before = first.mask.copy()
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    drawn = cases.sketch(first)
    assert torch.rand(1) == expected  # others' random numbers stay
    assert (drawn.shape, drawn.dtype) == (first.mask.shape, np.uint8)
    np.testing.assert_array_equal(drawn, cases.sketch(first))
    np.testing.assert_array_equal(first.mask, before)
    assert (drawn != first.mask).any()
    assert set(np.unique(drawn)) <= {*np.unique(first.mask), KEYS.index("skin")}
    assert (cases.sketch(second) != drawn).any()


@pytest.mark.usefixtures("everything_counts")
def test_profiles_are_held_against_the_exact_one(checkpoints, evaluate, tmp_path):
    out = tmp_path / "out"
    got = evaluate(out, "--n", 2, study="profiles", source=checkpoints)
    exact, *others = got["rows"]
    assert [row["row"] for row in got["rows"]] == list(PROFILES)
    assert (exact["psnr"], exact["iou_points"], exact["text_points"], exact["frechet_points"]) == (None, 0, 0, 0)
    for row in others:
        assert row["iou_points"] == pytest.approx(100 * (row["mask"]["mean_iou"] - exact["mask"]["mean_iou"]), abs=0.01)
        assert row["frechet_points"] == pytest.approx(100 * (row["frechet"] / exact["frechet"] - 1), abs=0.01)
    sizes, quality = [row["megabytes"] for row in got["rows"]], [row["psnr"] for row in others]
    assert sizes == sorted(sizes, reverse=True)
    assert quality == sorted(quality, reverse=True)
    errors = [np.square((picture(out, "q8", n) - picture(out, "fp32", n)) / 255).mean() for n in ("00006-0", "00007-0")]
    assert others[1]["psnr"] == pytest.approx(np.mean(-10 * np.log10(errors)), abs=0.01)
    best = studies.smallest(got["rows"])["row"]
    text = (out / "profiles.md").read_text()
    assert f"worsens by 0.5 points is **{best}**" in text
    assert f"| fp32 | {sizes[0]:.1f} |" in text


def test_the_smallest_good_profile_worsens_no_metric():
    def row(name: str, size: float, iou: float, text: float | None, frechet: float = 0) -> dict:
        return {"row": name, "megabytes": size, "iou_points": iou, "text_points": text, "frechet_points": frechet}

    exact, half = row("fp32", 4, 0, 0), row("fp16", 2, -0.49, 0.1)
    assert studies.smallest([exact, half, row("q8", 1, 0.1, -0.5)])["row"] == "fp16"
    assert studies.smallest([exact, half, row("q8", 1, -0.6, 0)])["row"] == "fp16"
    assert studies.smallest([exact, half, row("q8", 1, 0, 0, 2.6)])["row"] == "fp16"
    assert studies.smallest([exact, half, row("q8", 1, 0.1, None)])["row"] == "q8"
    assert studies.smallest([exact, half, row("q8", 1, 0.6, 0.6, -2.6)])["row"] == "q8"  # better is no loss
    assert studies.smallest([exact, row("fp16", 2, -1, 0)])["row"] == "fp32"


def test_bad_arguments(evaluate, capsys, data, blind_pack, judged_pack, tmp_path):
    assert "--n must be at least 2" in fails(capsys, evaluate, tmp_path, "--n", 1)
    assert "--steps must be from 1 to 100" in fails(capsys, evaluate, tmp_path, steps=101)
    assert "no attributes network" in fails(capsys, evaluate, tmp_path, source=("--pack", blind_pack))
    assert "parser.pt is missing" in fails(capsys, evaluate, tmp_path, "--judges", tmp_path)
    assert "--config goes with --checkpoints" in fails(capsys, evaluate, tmp_path, source=("--checkpoints", tmp_path))
    assert "attributes.csv is missing" in fails(capsys, evaluate, tmp_path, "--data", tmp_path)
    assert "one of the arguments" in fails(capsys, evaluate, tmp_path, source=())
    assert "starts from exact weights" in fails(capsys, evaluate, tmp_path, study="profiles")
    assert "leave --steps out" in fails(capsys, evaluate, tmp_path, study="samplers")
    help_of = argparse.ArgumentParser()
    command.add_arguments(help_of)
    assert "--squeezenet" in help_of.format_help()
