"""`codiff wording`: sentences that the captions' grammar never wrote, and what a pack makes of them."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from codiff import captions, words
from codiff.cli import main
from codiff.errors import UsageError
from codiff.evaluate import wording

CASES = Path(__file__).parents[1] / "cases" / "wording.json"


def write(folder: Path, **changes: object) -> Path:
    sentences = [{"text": "a dude in specs", "asks": {"man": True, "glasses": "glasses"}}]
    sentences.append({"text": "a monk", "asks": {"hair_length": "bald"}, "new": ["monk"]})
    path = folder / "cases.json"
    path.write_text(json.dumps({"seeds": 2, "sentences": sentences, **changes}))
    return path


def test_the_words_called_new_are_in_no_caption() -> None:
    _, sentences = wording.read_cases(CASES)
    grammar = " ".join(re.findall(r"[a-z0-9' -]+", repr(vars(words)).lower()))
    for sentence in sentences:
        for word in sentence.new:
            assert word in sentence.text
            assert not re.search(rf"\b{word}", grammar), word


def test_the_sentences_are_not_the_grammars() -> None:
    _, sentences = wording.read_cases(CASES)
    rng, known = np.random.default_rng(0), captions.Facts(man=True, age_coarse="old", glasses="glasses", hair_colour="grey")
    written = {captions.caption(known, rng).lower().rstrip(".") for _ in range(2000)}
    assert not written & {sentence.text.lower().rstrip(".") for sentence in sentences}


def test_figures_count_facts_by_kind_of_words(tmp_path: Path) -> None:
    seeds, sentences = wording.read_cases(write(tmp_path))
    yes, no = [True, True], [False, False]
    seen = {("man", True): [*yes, *no], ("glasses", "glasses"): [True, False, *no], ("hair_length", "bald"): [*no, False, True]}
    found = wording.figures(sentences, {fact: np.array(faces) for fact, faces in seen.items()}, seeds)
    assert (found["known"], found["new"]) == (0.75, 0.5)
    assert found["sentences"][0]["facts"][1] == {"fact": "glasses", "value": "glasses", "seen": 1}
    text = wording.markdown({"pack": "tiny", **found})
    assert "| a dude in specs | man True: 2; glasses glasses: 1 |" in text
    assert "0.750" in text


@pytest.mark.parametrize("changes", [{"seeds": 0}, {"sentences": []}, {"sentences": [{"words": "a man"}]}])
def test_another_file_is_refused(tmp_path: Path, changes: dict) -> None:
    with pytest.raises(UsageError, match=r"cases\.json"):
        wording.read_cases(write(tmp_path, **changes))


def test_a_fact_that_no_one_can_see_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, sentences=[{"text": "a man with blue eyes", "asks": {"eyes": "blue"}}])
    with pytest.raises(UsageError, match="unlike eyes blue"):
        wording.read_cases(path)
    with pytest.raises(UsageError, match="missing"):
        wording.read_cases(tmp_path / "none.json")


def test_the_command_asks_the_pack_and_writes_both_reports(judged_pack, tmp_path: Path) -> None:
    out = tmp_path / "report"
    call = ["wording", "--pack", str(judged_pack[0]), "--cases", str(write(tmp_path)), "--out", str(out), "--steps", "2"]
    main([*call, "--threads", "1", "--batch", "3"])
    found = json.loads((out / "wording.json").read_text())
    assert (found["pack"], found["steps"], found["seeds"]) == ("tiny", 2, 2)
    assert all(0 <= fact["seen"] <= 2 for row in found["sentences"] for fact in row["facts"])
    assert "a monk" in (out / "wording.md").read_text()
