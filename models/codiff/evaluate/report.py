"""An evaluation for people: evaluation.md."""

from collections.abc import Mapping, Sequence
from typing import Any

from codiff.evaluate.influence import thirds
from codiff.evaluate.questions import WELL
from codiff.evaluate.squeezenet import SPACE

Found = Mapping[str, Any]
NONE = "–"


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A markdown table; all columns but the first are figures."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *lines))


def share(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}"


def markdown(found: Found) -> str:
    """The whole report."""
    parts = [_introduction(found), _runs(found), _facts(found), *(_influence(key, found) for key in found["influence"])]
    return "\n\n".join(parts) + "\n"


def _introduction(found: Found) -> str:
    settings = found["settings"]
    return (
        f"# Evaluation of `{found['pack']}`\n\n"
        f"{found['cases']} cases from {found['photos']} val photos with true masks, {settings['steps']} steps, "
        f"η {settings['eta']:g}, seed {settings['seed']}; a case has the same seed in every run. Where there are more cases "
        "than photos, a photo comes again with another description.\n\n"
        "* **Mask accuracy**: the face parser on the pictures against the mask that was asked for. Its ceiling is what it "
        "reads from the real photos.\n"
        f"* **Text accuracy**: share of the facts asked for that the attribute net sees. Only facts count that it reads well "
        f"from real val photos (balanced accuracy at least {WELL}). Their labels are noisy: the ceiling is the real photos' "
        "figure.\n"
        f"* **Fréchet distance**: {SPACE}; against the {found['reference_photos']} val photos that no case uses. Its scale is "
        "its own: figures cannot be compared with papers' (Inception features), nor between different numbers of cases."
    )


def _runs(found: Found) -> str:
    head = ["run", "pixel accuracy", "mean IoU", "text accuracy", "Fréchet distance"]
    lines = []
    for row in found["rows"]:
        mask = row["mask"]
        figures = [share(mask["pixel_accuracy"]), share(mask["mean_iou"]), share(row["text"]["accuracy"])]
        lines.append([row["title"], *figures, f"{row['frechet']:,.0f}"])
    return "## Runs\n\n" + table(head, lines)


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
