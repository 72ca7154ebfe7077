"""`python -m codiff wording`: whether the text model understands sentences that the grammar of its captions never wrote.

The cases file is JSON: `seeds`, how often to make each, and `sentences` of `text`, `asks` (facts of `Facts` that a face must
show) and, for some, `new`: words that tell such a fact and that no caption of the training uses.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from codiff import arguments, casefile
from codiff.errors import UsageError
from codiff.evaluate import judges, questions, report
from codiff.evaluate.report import share, table
from codiff.pipeline import Job, Pipeline
from codiff.sample import make


@dataclass(frozen=True)
class Sentence:
    """A description, what it asks for, and the words of it that the captions lack."""

    text: str
    asks: Mapping[str, object]
    new: Sequence[str] = ()


def read_cases(path: Path) -> tuple[int, list[Sentence]]:
    """Pictures per sentence, and the sentences. Raises UsageError for anything else."""
    seeds, sentences = casefile.read(path, "models/cases/wording.json", "codiff.evaluate.wording", _written)
    unread = {fact for sentence in sentences for fact in sentence.asks.items()} - questions.QUESTIONS
    if seeds < 1 or not sentences or unread:
        wrong = ", ".join(f"{fact} {value}" for fact, value in unread) or "nothing"
        raise UsageError(f"{path}: needs seeds, sentences, and facts that the attribute net can see, unlike {wrong}")
    return seeds, sentences


def _written(data: Mapping[str, Any]) -> tuple[int, list[Sentence]]:
    return int(data["seeds"]), [Sentence(**sentence) for sentence in data["sentences"]]


def figures(sentences: Sequence[Sentence], seen: Mapping[questions.Question, np.ndarray], seeds: int) -> dict[str, Any]:
    """What was seen of what was asked for; `seen` has (len(sentences) × seeds,) bool for every question."""
    rows = []
    for i, sentence in enumerate(sentences):
        faces = slice(i * seeds, (i + 1) * seeds)
        facts = [{"fact": k, "value": v, "seen": int(seen[k, v][faces].sum())} for k, v in sentence.asks.items()]
        rows.append({"text": sentence.text, "new": list(sentence.new), "facts": facts})
    kinds = {"known": [r for r in rows if not r["new"]], "new": [r for r in rows if r["new"]]}
    return {"seeds": seeds, **{kind: _share(part, seeds) for kind, part in kinds.items()}, "sentences": rows}


def _share(rows: Sequence[Mapping[str, Any]], seeds: int) -> float | None:
    facts = [fact["seen"] for row in rows for fact in row["facts"]]
    return sum(facts) / (seeds * len(facts)) if facts else None


def markdown(found: Mapping[str, Any]) -> str:
    seeds = found["seeds"]
    lines = [
        [row["text"], "; ".join(f"{f['fact']} {f['value']}: {f['seen']}".replace("_", " ") for f in row["facts"])]
        for row in found["sentences"]
    ]
    return (
        f"# Free wording of `{found['pack']}`\n\n"
        f"The text model alone, {seeds} faces for every sentence. Of the facts asked for, the attribute net sees "
        f"{share(found['known'])} where the captions of the training use the same words, and {share(found['new'])} where they "
        "don't.\n\n" + table(["sentence", f"faces of {seeds} that show it"], lines) + "\n"
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, help="folder of a pack, such as public/packs/nano")
    parser.add_argument("--cases", type=Path, required=True, help="cases file, such as models/cases/wording.json")
    parser.add_argument("--out", type=Path, required=True, help="folder for wording.md and wording.json")
    arguments.add_run(parser)


def run(args: argparse.Namespace) -> None:
    pipeline = Pipeline(args.pack, args.batch, args.threads)
    manifest = pipeline.manifest
    steps, eta = arguments.steps(args.steps, manifest), manifest["defaults"]["eta"]
    speakers = [c["id"] for c in manifest["collaborators"] if c["condition"]["kind"] == "tokens"]
    if not speakers:
        raise UsageError("this pack has no model that reads descriptions")
    seeds, sentences = read_cases(args.cases)
    reader, usual = judges.attribute_net(pipeline)
    jobs = [Job(None, sentence.text, seed) for sentence in sentences for seed in range(seeds)]
    seen = questions.answers(reader(np.stack(make(pipeline, jobs, steps, eta, speakers[0]))), usual)
    found = {"pack": manifest["id"], "steps": steps, **figures(sentences, seen, seeds)}
    report.write(args.out, "wording", found, markdown(found))
