"""`python -m codiff evaluate`: makes the pictures of every row of a study, judges them, writes a report and its figures."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from codiff import arguments, build, export
from codiff.data import Faces
from codiff.errors import UsageError
from codiff.evaluate import groups, influence, judges, judging, margins, report, rows, studies, study_report
from codiff.evaluate.cases import cases, known_facts, val_ids
from codiff.evaluate.judging import CODEC, REAL, Run
from codiff.evaluate.rows import DYNAMIC, Row
from codiff.pipeline import Pipeline
from codiff.quantize import PROFILES

GROUPED = (DYNAMIC, REAL)  # rows whose figures are also told by group


def evaluate(run: Run, faces: Faces, runs: Sequence[Row]) -> dict[str, Any]:
    """Everything there is to tell about a pack; see report.py for its form."""
    titles = {row.key: row.title for row in runs}
    if "encoder" in run.pipeline.manifest["codec"]:
        used = sorted({case.photo for case in run.cases})
        rows.reconstruct(run.pipeline, {name: run.photos[name] for name in used}, run.folder, CODEC)
        titles[CODEC] = "Real photos through the codec"
    titles[REAL] = "Real photos"
    known = judging.reference(run, faces)
    judged = {key: judging.judge(run, key) for key in titles}
    return {
        **_about(run, known),
        "rows": [{"row": key, "title": titles[key], **judging.row_figures(run, judged[key], known)} for key in titles],
        "margins": margins.statistics(run, judged, known, [row.key for row in runs]),
        "groups": groups.statistics(run, {key: judged[key] for key in GROUPED if key in judged}, known),
        "attribute_net": [
            {"fact": name, "value": value, **vars(figures), "counts": figures.counts}
            for (name, value), figures in known.own.items()
        ],
        "influence": {
            row.key: influence.statistics(run.pipeline, row, run.cases, run.folder) for row in runs if row.keeps_weights
        },
    }


def study(run: Run, faces: Faces, name: str, runs: Sequence[Row]) -> dict[str, Any]:
    """The figures of another study's rows; see study_report.py for its form."""
    known = judging.reference(run, faces)
    figures = [
        {
            "row": row.key,
            "title": row.title,
            **{field: getattr(row, field) for field in ("mode", "steps", "eta", "sampler", "rules", "sketched")},
            **judging.row_figures(run, judging.judge(run, row.key), known),
        }
        for row in runs
    ]
    if name == "profiles":
        studies.add_losses(run, runs, figures)
    found = {"study": name, **_about(run, known), "rows": figures}
    if name == "moved":  # the photos are, too
        found["real"] = judging.row_figures(run, judging.judge(run, judging.REAL), known)
    return found


def _about(run: Run, known: judging.Reference) -> dict[str, Any]:
    return {
        "pack": run.pipeline.manifest["id"],
        "settings": run.settings,
        "cases": len(run.cases),
        "photos": len({case.photo for case in run.cases}),
        "reference_photos": len(known.features),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--pack", type=Path, help="folder of a pack, such as public/packs/nano")
    what.add_argument("--checkpoints", type=Path, help="folder of parser.pt, codec.pt, mask.pt …, judged as a float32 pack")
    parser.add_argument("--config", type=Path, help="models/configs/NAME.json, for --checkpoints")
    parser.add_argument(
        "--study", choices=studies.STUDIES, default="runs", help="what is compared; profiles needs --checkpoints"
    )
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the prepared data set")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures and the report, one for each study")
    parser.add_argument("--n", type=int, default=500, help="pictures of every run")
    arguments.add_run(parser)
    parser.add_argument("--seed", type=int, default=0, help="another one makes other faces")
    parser.add_argument("--judges", type=Path, help="folder of parser.pt and attributes.pt; the pack's own when left out")
    parser.add_argument("--squeezenet", type=Path, help="SqueezeNet v1.0 as .npz; squeezenet_v1.0.npz in --data when left out")


def run(args: argparse.Namespace) -> None:
    if args.n < 2 or args.batch < 1:
        raise UsageError("--n must be at least 2 and --batch at least 1")
    if (args.checkpoints is None) != (args.config is None):
        raise UsageError("--config goes with --checkpoints: give both, or --pack alone")
    if args.study == "profiles" and args.checkpoints is None:
        raise UsageError("--study profiles starts from exact weights: give --checkpoints and --config in place of --pack")
    if args.study == "samplers" and args.steps is not None:
        raise UsageError("--study samplers has its own numbers of steps: leave --steps out")
    torch.set_num_threads(args.threads)
    if args.pack is not None:
        _evaluate(args, args.pack)
        return
    with tempfile.TemporaryDirectory() as folder:
        config = export.read_config(args.config)
        manifest, models, others = export.assemble(config, args.checkpoints, args.data / "taef2.npz", None)
        for profile in PROFILES if args.study == "profiles" else (studies.EXACT,):
            build.write(Path(folder) / profile, manifest, models, profile, others)
        _evaluate(args, Path(folder) / studies.EXACT)


def _evaluate(args: argparse.Namespace, pack_folder: Path) -> None:
    pipeline = Pipeline(pack_folder, args.batch, args.threads)
    manifest = pipeline.manifest
    if {c["condition"]["kind"] for c in manifest["collaborators"]} - {"class_mask", "tokens"}:
        raise UsageError("only packs whose models read masks and descriptions can be evaluated")
    steps = arguments.steps(args.steps, manifest)
    runs = _rows(args.study, pipeline, steps)
    settings = {"study": args.study, "steps": steps, "eta": manifest["defaults"]["eta"], "seed": args.seed}
    if args.study == "samplers":  # its rows have their own
        del settings["steps"], settings["eta"]
    faces = open_faces(args.data)
    judge = judges.find(args.judges, pipeline, args.squeezenet or args.data / "squeezenet_v1.0.npz")
    ids = val_ids(faces)
    asked = cases(faces, known_facts(faces, ids), args.n)
    if len(ids) - len({case.photo for case in asked}) < 2:
        raise UsageError("the Fréchet distance needs val photos that no case uses: give a smaller --n or more val photos")
    rows.check_plan(args.out, pipeline, asked, settings)
    photos = judging.photos_of(faces, ids, manifest["image_size"])
    if args.study == "moved":
        asked, photos = studies.moved(asked, photos)
    whole = Run(pipeline, asked, photos, judge, args.out, settings)
    rows.make_pictures(pipeline, runs, asked, args.out, args.seed)
    if args.study == "runs":
        found = evaluate(whole, faces, runs)
        report.write(args.out, "evaluation", found, report.markdown(found))
    else:
        found = study(whole, faces, args.study, runs)
        report.write(args.out, args.study, found, study_report.markdown(found))


def _rows(name: str, pipeline: Pipeline, steps: int) -> list[Row]:
    if name == "samplers":
        return studies.sampler_rows()
    if name == "profiles":
        return studies.profile_rows(pipeline.manifest, steps, pipeline.folder.parent)
    if name == "guidance":
        return studies.guidance_rows(pipeline.manifest, steps)
    if name == "drawings":
        return studies.drawing_rows(pipeline.manifest, steps)
    if name == "moved":
        return studies.moved_rows(pipeline.manifest, steps)
    return rows.rows(pipeline.manifest, steps)


def open_faces(folder: Path) -> Faces:
    try:
        return Faces(folder)
    except FileNotFoundError as cause:
        raise UsageError(str(cause)) from cause
