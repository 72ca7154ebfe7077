"""What is known of a face in a photo, gathered from three noisy label tables. `None` is unknown and is never put into words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from codiff import colour

Row = Mapping[str, str]

GROUPS = ("child", "teen", "20s", "30s", "40s", "50s", "60plus")
LIPS = (10, 11, 12)  # class indices of a mask
# Share of the picture that is hair below the lips. On 984 photos labelled by eye, "long" is right in 83 % of the cases,
# "short" in 79 % and "medium" in 56 % (the rest are neighbours, and hair worn up).
LONG_HAIR, MEDIUM_HAIR, SHORT_HAIR = 0.09, (0.008, 0.07), 0.003
SOME_HAIR = 0.06  # share of the picture that is hair; below it lies a bald or a covered head
COMMON, MOST_OFTEN = 0.1, 4.0  # share of photos that makes a fact common enough to learn; how much oftener a rare one is drawn
LIGHT_HAIR = ("brown", "blond", "red")  # with these, dark skin is mostly a face in shadow
SURE = 0.5  # probability above which a group of age.csv is taken as a fact
YOUNG_BELOW, OLD_FROM = 33.0, 58.0  # expected age in years, for the coarse words
HAIR_COLOURS = {"b": "brown", "k": "black", "l": "blond", "r": "red", "g": "grey"}
HAIR_LENGTHS = {"n": "bald", "s": "short", "m": "medium", "l": "long", "u": "up"}
BEARDS = ("none", "stubble", "moustache", "full", "long")
SMILES = ("none", "slight", "broad")
GLASSES = ("none", "glasses", "sunglasses")


@dataclass(frozen=True)
class Facts:
    """Apparent facts of one face."""

    man: bool | None = None
    age_group: str | None = None  # one of GROUPS
    age_coarse: str | None = None  # young, middle, old
    beard: str | None = None  # none, stubble, moustache, goatee, full, long
    sideburns: bool | None = None
    smile: str | None = None  # none, slight, smile (of unknown degree), broad
    glasses: str | None = None  # none, glasses, sunglasses
    hat: bool | None = None
    bangs: bool | None = None
    hair_length: str | None = None  # bald, short, medium, long, up
    hair_colour: str | None = None  # black, brown, blond, red, grey
    curl: str | None = None  # straight, wavy
    receding: bool | None = None
    makeup: bool | None = None
    lipstick: bool | None = None
    earrings: bool | None = None
    necklace: bool | None = None
    brows: str | None = None  # bushy, arched
    pale: bool | None = None
    skin: str | None = None  # dark, tan
    rosy: bool | None = None
    chubby: bool | None = None
    double_chin: bool | None = None
    cheekbones: bool | None = None  # high
    oval: bool | None = None
    nose: str | None = None  # big, pointy
    narrow_eyes: bool | None = None
    eye_colour: str | None = None
    full_lips: bool | None = None
    open_mouth: bool | None = None
    eye_bags: bool | None = None
    tie: bool | None = None


def facts(
    attributes: Row,
    appearance: Row | None = None,
    age: Row | None = None,
    mask: np.ndarray | None = None,
    measured: np.ndarray | None = None,
) -> Facts:
    """Facts from a row of attributes.csv, and of appearance.csv and age.csv where the photo is there, from its class mask and
    from `colour.measure`.

    CelebA's absences are unreliable, so a 0 there mostly means unknown; labels made by eye win. A row without values
    (photos of one's own that nobody has labelled) tells nothing.
    """
    known = _from_attributes(attributes) if attributes["Male"] else Facts()
    if age is not None:
        known = replace(known, **_from_age(age))
    if mask is not None and known.hair_length is None:
        known = replace(known, hair_length=hair_length(mask))
    if appearance is not None:
        known = replace(known, **_from_appearance(appearance, known))
    if measured is not None:
        known = replace(known, **_from_colours(measured, known, by_eye=appearance is not None))
    if known.hair_length == "bald":
        known = replace(known, hair_colour=None, curl=None, bangs=None, receding=None)
    return known


def rarity(known: Sequence[Facts]) -> np.ndarray:
    """How often to draw each photo (N,), 1 … `MOST_OFTEN`: the rarer its rarest fact, the oftener.

    Drawn evenly, one photo in forty shows a bald head and one in four hundred a child: too few to learn the words.
    """
    found = [[(name, value) for name, value in asdict(facts).items() if value not in (None, False, "none")] for facts in known]
    count = Counter(fact for facts in found for fact in facts)
    rarest = np.array([min((count[fact] for fact in facts), default=len(known)) for facts in found])
    return np.clip(COMMON * len(known) / rarest, 1.0, MOST_OFTEN)


def hair_length(mask: np.ndarray) -> str | None:
    """Length of the hair in a class mask (S, S): short, medium, long; None where it cannot tell (a hat, no mouth)."""
    hair = mask == colour.HAIR
    lips = np.nonzero(np.isin(mask, LIPS))[0]
    if len(lips) == 0 or hair.mean() < SOME_HAIR:
        return None
    below = hair[int(lips.mean()) :].sum() / mask.size
    if MEDIUM_HAIR[0] < below < MEDIUM_HAIR[1]:
        return "medium"
    return "long" if below > LONG_HAIR else "short" if below < SHORT_HAIR else None


def _from_attributes(row: Row) -> Facts:
    def has(name: str) -> bool:
        return row[name] == "1"

    def yes(name: str) -> bool | None:
        return True if has(name) else None

    def only(names: Mapping[str, str]) -> str | None:
        """The name whose attribute is there; two at once are a mislabelled photo."""
        found = [name for key, name in names.items() if has(key)]
        return found[0] if len(found) == 1 else None

    man = has("Male")
    smile = ("broad" if has("Mouth_Slightly_Open") else "smile") if has("Smiling") else "none"
    return Facts(
        man=man,
        age_coarse="young" if has("Young") else None,
        beard=_beard(has) if man else None,
        sideburns=yes("Sideburns") if man else None,
        smile=smile,
        glasses="glasses" if has("Eyeglasses") else "none",
        hat=has("Wearing_Hat"),
        bangs=has("Bangs"),
        hair_length="bald" if has("Bald") else None,
        hair_colour=only({"Black_Hair": "black", "Brown_Hair": "brown", "Blond_Hair": "blond", "Gray_Hair": "grey"}),
        curl=only({"Straight_Hair": "straight", "Wavy_Hair": "wavy"}),
        receding=yes("Receding_Hairline"),
        makeup=True if has("Heavy_Makeup") else (False if not has("Wearing_Lipstick") else None),
        lipstick=yes("Wearing_Lipstick"),
        earrings=yes("Wearing_Earrings"),
        necklace=yes("Wearing_Necklace"),
        brows=only({"Bushy_Eyebrows": "bushy", "Arched_Eyebrows": "arched"}),
        pale=yes("Pale_Skin"),
        rosy=yes("Rosy_Cheeks"),
        chubby=yes("Chubby"),
        double_chin=yes("Double_Chin"),
        cheekbones=yes("High_Cheekbones"),
        oval=yes("Oval_Face"),
        nose=only({"Big_Nose": "big", "Pointy_Nose": "pointy"}),
        narrow_eyes=yes("Narrow_Eyes"),
        full_lips=yes("Big_Lips"),
        open_mouth=yes("Mouth_Slightly_Open"),
        eye_bags=yes("Bags_Under_Eyes"),
        tie=yes("Wearing_Necktie"),
    )


def _from_colours(measured: np.ndarray, known: Facts, by_eye: bool) -> dict[str, object]:
    """CelebA has no label for red hair, which it calls brown or blond, or nothing; labels made `by_eye` have one."""
    may_be_red = not by_eye and known.hair_colour in (None, "brown", "blond")
    hair = "red" if may_be_red and colour.has_red_hair(measured) else known.hair_colour
    skin = known.skin if known.pale or hair in LIGHT_HAIR else colour.skin_word(measured)
    return {"hair_colour": hair, "skin": skin, "eye_colour": colour.eye_colour(measured)}


def _beard(has) -> str | None:
    """CelebA has no beard kinds: No_Beard and its neighbours together tell them apart."""
    hints = [has("Goatee"), has("Mustache"), has("Sideburns")]
    if has("No_Beard"):
        return None if any(hints) else ("stubble" if has("5_o_Clock_Shadow") else "none")
    if has("Goatee") and has("Sideburns"):
        return "full"
    if has("Goatee"):
        return "goatee"
    if has("Mustache") and not has("Sideburns"):
        return "moustache"
    return "stubble" if has("5_o_Clock_Shadow") else "full"


def _from_age(row: Row) -> dict[str, str | None]:
    expected = float(row["age"])
    group = max(GROUPS, key=lambda name: float(row[name]))
    return {
        "age_group": group if float(row[group]) >= SURE else None,
        "age_coarse": "young" if expected < YOUNG_BELOW else "old" if expected >= OLD_FROM else "middle",
    }


def _from_appearance(row: Row, known: Facts) -> dict[str, object]:
    man = row["gender"] == "m"
    beard = BEARDS[int(row["beard"])]
    if beard == "moustache" and known.beard == "goatee":  # the table has one number for both
        beard = "goatee"
    group = {"c": "child", "t": "teen", "60": "60plus"}.get(row["age"], row["age"] + "s")
    coarse = {"child": None, "40s": "middle", "50s": "middle", "60plus": "old"}.get(group, "young")
    makeup = row["makeup"] == "1"
    return {
        "man": man,
        "age_group": group,
        "age_coarse": coarse,
        "beard": beard if man else None,
        "smile": SMILES[int(row["smile"])],
        "glasses": GLASSES[int(row["glasses"])],
        "hat": row["hat"] == "1",
        "bangs": row["bangs"] == "1",
        "hair_length": HAIR_LENGTHS[row["hairlen"]],
        "hair_colour": HAIR_COLOURS.get(row["haircol"], known.hair_colour if row["haircol"] == "u" else None),
        "makeup": makeup,
        "lipstick": known.lipstick if makeup else None,
    }
