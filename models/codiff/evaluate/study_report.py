"""The studies for people: STUDY.md."""

from codiff.evaluate.report import NONE, RUN_COLUMNS, Found, introduction, run_figures, table
from codiff.evaluate.studies import BOUND, EXACT, MOVES, smallest

TITLES = {
    "samplers": "Samplers and steps",
    "profiles": "Profiles",
    "guidance": "Guidance",
    "drawings": "Drawings",
    "moved": "Moved faces",
}
NOTES = {
    "samplers": "All models speak.",
    "profiles": (
        "All models speak. **MB**: networks that a generation uses, millions of bytes. **PSNR**: same-seed pictures against "
        f"those of {EXACT}, mean over the cases. **Change**: against {EXACT}, in points of 0.01, of the Fréchet distance in "
        "percent."
    ),
    "guidance": "× f: every guidance g of the pack is taken as 1 + f (g − 1); in brackets what that gives.",
    "drawings": (
        "A **sketch** of a true mask has eyes, brows, nose and lips as ellipses of about their size and place, or leaves some "
        "out; half of the faces are ellipses, too. The pictures of sketches are still compared with the true masks: what "
        "counts is that they are faces, and so the Fréchet distance."
    ),
    "moved": (
        "Masks and photos moved together, each photo its own way: mirrored or not, from 0.75 to 2 times as much in view (then "
        "with its borders mirrored around it, and drawn out below it), turned by up to 30°, shifted by up to a sixth of the "
        "picture. The Fréchet distance is one to moved photos, too: it compares within this table alone."
    ),
}


def markdown(found: Found) -> str:
    """The whole report."""
    name = found["study"]
    parts = [introduction(found, f"{TITLES[name]} of `{found['pack']}`"), NOTES[name]]
    if name != "profiles":
        lines = [[row["title"], *run_figures(row)] for row in found["rows"]]
        if "real" in found:
            lines.append(["Real photos", *run_figures(found["real"])])
        return "\n\n".join([*parts, table(["run", *RUN_COLUMNS], lines)]) + "\n"
    head = ["profile", "MB", *RUN_COLUMNS, "PSNR, dB", "change of IoU", "of text accuracy", "of Fréchet distance"]
    lines = []
    for row in found["rows"]:
        quality = NONE if row["psnr"] is None else f"{row['psnr']:.1f}"
        changes = [_points(row[key]) for key in MOVES]
        lines.append([row["title"], f"{row['megabytes']:.1f}", *run_figures(row), quality, *changes])
    best = smallest(found["rows"])
    result = (
        f"The smallest profile none of whose figures worsens by {BOUND:g} points is **{best['row']}**, "
        f"with {best['megabytes']:.1f} MB."
    )
    return "\n\n".join([*parts, table(head, lines), result]) + "\n"


def _points(change: float | None) -> str:
    return NONE if change is None else f"{change:+.2f}"
