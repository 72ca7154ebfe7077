"""An evaluation for people: evaluation.md."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codiff.colour import TONES
from codiff.evaluate.groups import FEWEST, TONE
from codiff.evaluate.influence import thirds
from codiff.evaluate.margins import DRAWS
from codiff.evaluate.questions import WELL
from codiff.evaluate.squeezenet import SPACE

Found = Mapping[str, Any]
NONE = "–"
RUN_COLUMNS = ("pixel accuracy", "mean IoU", "text accuracy", "Fréchet distance", "background")


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A markdown table; all columns but the first are figures."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *lines))


def write(folder: Path, name: str, found: Found, text: str) -> None:
    """NAME.json and NAME.md, and the text on the screen."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


def share(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}"


def markdown(found: Found) -> str:
    """The whole report."""
    title = f"Evaluation of `{found['pack']}`"
    runs = table(["run", *RUN_COLUMNS], [[row["title"], *run_figures(row)] for row in found["rows"]])
    parts = [introduction(found, title), f"## Runs\n\n{runs}", _by_photo(found), _margins(found), _facts(found), _groups(found)]
    return "\n\n".join([*parts, *(_influence(key, found) for key in found["influence"])]) + "\n"


def introduction(found: Found, title: str) -> str:
    """What was made, and what the figures are; of every study."""
    settings = found["settings"]
    steps = f"{settings['steps']} steps, η {settings['eta']:g}, " if "steps" in settings else ""
    return (
        f"# {title}\n\n"
        f"{found['cases']} cases from {found['photos']} val photos with true masks, {steps}seed {settings['seed']}; "
        "a case has the same seed in every run. Where there are more cases "
        "than photos, a photo comes again with another description.\n\n"
        "* **Mask accuracy**: the face parser on the pictures against the mask that was asked for. Its ceiling is what it "
        "reads from the real photos.\n"
        f"* **Text accuracy**: share of the facts asked for that the attribute net sees. Only facts count that it reads well "
        f"from real val photos (balanced accuracy at least {WELL}). Their labels are noisy: the ceiling is the real photos' "
        "figure.\n"
        f"* **Fréchet distance**: {SPACE}; against the {found['reference_photos']} val photos that no case uses. Its scale is "
        "its own: figures cannot be compared with papers' (Inception features), nor between different numbers of cases.\n"
        "* **Background**: brightness (0 to 255) of each picture's background, as the mask has it; mean and standard deviation "
        "over the pictures. It should be that of the photos."
    )


def run_figures(row: Found) -> list[str]:
    """The cells of `RUN_COLUMNS`."""
    mask = row["mask"]
    shares = [share(mask["pixel_accuracy"]), share(mask["mean_iou"]), share(row["text"]["accuracy"])]
    light = row["background"]
    return [*shares, f"{row['frechet']:,.0f}", f"{light['mean']:.0f} ± {light['deviation']:.0f}" if light else NONE]


def _by_photo(found: Found) -> str:
    """Text accuracy of the facts that words and photo agree on, and of the others."""
    kinds = {"shown": "shown by the photo", "not_shown": "not shown"}
    head = ["run", *(f"{name} ({found['rows'][0]['text'][kind]['asked']})" for kind, name in kinds.items())]
    lines = [[row["title"], *(share(row["text"][kind]["accuracy"]) for kind in kinds)] for row in found["rows"]]
    return (
        "## Words and photos\n\nText accuracy once more, apart by whether the attribute net sees a fact in the photo that the "
        "mask is from. Where it does, words and mask agree. Where it does not, the label is wrong, or the net, or the fact too "
        "faint to see; such a face can have the fact only against its mask, or overdone.\n\n" + table(head, lines)
    )


def _margins(found: Found) -> str:
    """What the dynamic diffusers gain over every other run."""
    if not found["margins"]:
        return "A pack of one model has no dynamic diffusers to compare."
    titles = {row["row"]: row["title"] for row in found["rows"]}
    lines = [
        [
            titles[gain["row"]],
            _gain(gain["mean_iou"], ".3f"),
            _gain(gain["text_accuracy"], ".3f"),
            _gain(gain["shown_accuracy"], ".3f"),
            _gain(gain["frechet"], ",.0f"),
        ]
        for gain in found["margins"]
    ]
    return (
        "## What the dynamic diffusers gain\n\nTheir figure less the other run's; a distance should fall. The margin of 95 % "
        f"is of photos drawn again ({DRAWS} times, the same for both): a difference within it may be chance.\n\n"
        + table(["over", *RUN_COLUMNS[1:3], "of facts shown by the photo", RUN_COLUMNS[3]], lines)
    )


def _gain(gain: Found | None, form: str) -> str:
    return NONE if gain is None else f"{gain['difference']:+{form}} ± {gain['margin']:{form}}"


def _groups(found: Found) -> str:
    """A table for each kind of group; a row's figures stand together."""
    rows = list(found["groups"][0]["rows"])
    parts = [
        "## Groups\n\nApparent gender and age are those of the labels. Skin tone is that of the real photo, by the individual "
        f"typology angle of the median skin (ITA; {_bounds()}); **lighting moves it**, so it sorts photos, not people. Groups "
        f"of fewer than {FEWEST} cases have no figures."
    ]
    figures = {"pixel_accuracy": "pixel accuracy", "mean_iou": "mean IoU", "text_accuracy": "text accuracy"}
    for kind in dict.fromkeys(group["by"] for group in found["groups"]):
        columns = {**figures, "angle": "ITA, °"} if kind == TONE else figures
        head = [kind, "cases", *(f"{row}: {name}" for row in rows for name in columns.values())]
        lines = []
        for group in (g for g in found["groups"] if g["by"] == kind):
            known = [group["rows"][row] or {} for row in rows]
            cells = [_cell(name, told.get(name)) for told in known for name in columns]
            lines.append([group["group"], str(group["cases"]), *cells])
        parts.append(table(head, lines))
    return "\n\n".join(parts)


def _cell(name: str, value: float | None) -> str:
    return f"{value:.1f}" if name == "angle" and value is not None else share(value)


def _bounds() -> str:
    low = [f"{name} above {bound:g}°" for name, bound in TONES.items() if bound > float("-inf")]
    return ", ".join([*low, f"else {list(TONES)[-1]}"])


def _facts(found: Found) -> str:
    """Text accuracy by fact, over its values that count; beside it the net's own, weighed by how often each was asked."""
    own = {(q["fact"], q["value"]): q["balanced_accuracy"] for q in found["attribute_net"]}
    rows = [{(q["fact"], q["value"]): (q["seen"], q["asked"]) for q in row["text"]["questions"]} for row in found["rows"]]
    lines = []
    for fact in dict.fromkeys(name for name, _ in own):
        questions = [q for q in rows[0] if q[0] == fact]
        asked = sum(rows[0][q][1] for q in questions)
        if asked:
            net = sum(own[q] * rows[0][q][1] for q in questions) / asked
            seen = [share(sum(row[q][0] for q in questions) / asked) for row in rows]
            lines.append([fact.replace("_", " "), str(asked), share(net), *seen])
    left_out = [_words(q["fact"], q["value"]) for q in found["attribute_net"] if not q["counts"]]
    head = ["fact", "asked", "net on real photos", *(row["row"] for row in found["rows"])]
    note = f"Not read well enough, or too rare, to count: {', '.join(left_out)}." if left_out else "Every fact counts."
    return (
        "## Facts\n\n" + (table(head, lines) if lines else "The net reads none of the asked facts well enough.") + "\n\n" + note
    )


def _words(fact: str, value: object) -> str:
    said = ("no", "yes")[value] if isinstance(value, bool) else value
    return f"{fact} {said}".replace("_", " ")


def _influence(key: str, found: Found) -> str:
    numbers = found["influence"][key]
    title = next(row["title"] for row in found["rows"] if row["row"] == key)
    steps = _few(len(numbers["timesteps"]))
    head = ["influence at timestep", *(str(numbers["timesteps"][i]) for i in steps)]
    kinds = (("applied", ""), ("networks_alone", ", network alone"))
    lines = [
        [name + suffix, *(share(values[i]) for i in steps)] for kind, suffix in kinds for name, values in numbers[kind].items()
    ]
    text = f"## Influence: {title}\n\n" + table(head, lines)
    on, inside = numbers["mask_on_contours"], numbers["mask_inside_skin"]
    if on is None or inside is None:
        return text
    rows = [("on class contours", thirds(on)), ("inside skin", thirds(inside))]
    spatial = [[name, *(share(v) for v in values)] for name, values in rows]
    spatial.append(["ratio", *(f"{a / b:.2f}" if b else NONE for a, b in zip(rows[0][1], rows[1][1], strict=True))])
    return text + "\n\n" + table(["the mask model's influence", "first third of steps", "middle", "last"], spatial)


def _few(count: int) -> list[int]:
    """At most ten steps, evenly spread, with the first and the last."""
    shown = min(count, 10)
    return [round(i * (count - 1) / max(1, shown - 1)) for i in range(shown)]
