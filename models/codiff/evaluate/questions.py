"""Which facts of a description the attribute net can confirm, how it does, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codiff import labels
from codiff.captions import Facts
from codiff.labels import APPEARANCE, ATTRIBUTES

Question = tuple[str, object]  # name of a fact, and its value

# question → CelebA attribute, and whether it must be there
BY_ATTRIBUTE: dict[Question, tuple[str, bool]] = {
    ("man", True): ("Male", True),
    ("man", False): ("Male", False),
    ("beard", "none"): ("No_Beard", True),
    ("beard", "stubble"): ("5_o_Clock_Shadow", True),
    ("beard", "moustache"): ("Mustache", True),
    ("beard", "goatee"): ("Goatee", True),
    ("beard", "full"): ("No_Beard", False),
    ("beard", "long"): ("No_Beard", False),
    ("sideburns", True): ("Sideburns", True),
    ("smile", "none"): ("Smiling", False),
    ("smile", "slight"): ("Smiling", True),
    ("smile", "smile"): ("Smiling", True),
    ("smile", "broad"): ("Smiling", True),
    ("glasses", "none"): ("Eyeglasses", False),
    ("glasses", "glasses"): ("Eyeglasses", True),
    ("glasses", "sunglasses"): ("Eyeglasses", True),
    ("hat", True): ("Wearing_Hat", True),
    ("hat", False): ("Wearing_Hat", False),
    ("bangs", True): ("Bangs", True),
    ("bangs", False): ("Bangs", False),
    ("hair_length", "bald"): ("Bald", True),
    ("hair_colour", "black"): ("Black_Hair", True),
    ("hair_colour", "brown"): ("Brown_Hair", True),
    ("hair_colour", "blond"): ("Blond_Hair", True),
    ("hair_colour", "grey"): ("Gray_Hair", True),
    ("curl", "straight"): ("Straight_Hair", True),
    ("curl", "wavy"): ("Wavy_Hair", True),
    ("receding", True): ("Receding_Hairline", True),
    ("makeup", True): ("Heavy_Makeup", True),
    ("makeup", False): ("Heavy_Makeup", False),
    ("lipstick", True): ("Wearing_Lipstick", True),
    ("earrings", True): ("Wearing_Earrings", True),
    ("necklace", True): ("Wearing_Necklace", True),
    ("brows", "bushy"): ("Bushy_Eyebrows", True),
    ("brows", "arched"): ("Arched_Eyebrows", True),
    ("pale", True): ("Pale_Skin", True),
    ("rosy", True): ("Rosy_Cheeks", True),
    ("chubby", True): ("Chubby", True),
    ("double_chin", True): ("Double_Chin", True),
    ("cheekbones", True): ("High_Cheekbones", True),
    ("oval", True): ("Oval_Face", True),
    ("nose", "big"): ("Big_Nose", True),
    ("nose", "pointy"): ("Pointy_Nose", True),
    ("narrow_eyes", True): ("Narrow_Eyes", True),
    ("full_lips", True): ("Big_Lips", True),
    ("open_mouth", True): ("Mouth_Slightly_Open", True),
    ("eye_bags", True): ("Bags_Under_Eyes", True),
    ("tie", True): ("Wearing_Necktie", True),
}
# question → label of appearance, and its value
BY_APPEARANCE: dict[Question, tuple[str, str]] = {
    ("hair_length", "short"): ("hairlen", "s"),
    ("hair_length", "medium"): ("hairlen", "m"),
    ("hair_length", "long"): ("hairlen", "l"),
    ("hair_length", "up"): ("hairlen", "u"),
    ("hair_colour", "red"): ("haircol", "r"),
}
# question → years of age, from and to
BY_AGE: dict[Question, tuple[float, float]] = {
    ("age_group", "child"): (0, 10),
    ("age_group", "teen"): (10, 20),
    ("age_group", "20s"): (20, 30),
    ("age_group", "30s"): (30, 40),
    ("age_group", "40s"): (40, 50),
    ("age_group", "50s"): (50, 60),
    ("age_group", "60plus"): (60, 200),
    ("age_coarse", "young"): (0, 35),
    ("age_coarse", "middle"): (33, 60),
    ("age_coarse", "old"): (58, 200),
}
QUESTIONS: frozenset[Question] = frozenset([*BY_ATTRIBUTE, *BY_APPEARANCE, *BY_AGE])
YEARS = 5.0  # an age so far outside still counts: the labels are estimates
# Facts that are known only where they hold; where they are not known they are taken as absent.
ONE_SIDED = (
    "sideburns",
    "receding",
    "lipstick",
    "earrings",
    "necklace",
    "pale",
    "rosy",
    "chubby",
    "double_chin",
    "cheekbones",
    "oval",
    "nose",
    "narrow_eyes",
    "full_lips",
    "open_mouth",
    "eye_bags",
    "tie",
)
WELL = 0.75  # balanced accuracy from which a question counts
FEW = 5  # photos: with fewer on either side the accuracy says nothing


@dataclass(frozen=True)
class Own:
    """How well the net answers a question on real val photos of known answer; None where there are too few."""

    balanced_accuracy: float | None
    photos: int  # that the fact holds for

    @property
    def counts(self) -> bool:
        return self.balanced_accuracy is not None and self.balanced_accuracy >= WELL


def answers(output: np.ndarray, usual: np.ndarray) -> dict[Question, np.ndarray]:
    """Whether the net sees a fact, (N,) bool by question, from its output (N, WIDTH) and its `prior`.

    It sees what the picture makes likelier than usual, so that rare facts are found as readily as common ones.
    """
    beyond, age = labels.split(output - usual), labels.split(output).age
    out: dict[Question, np.ndarray] = {
        question: (beyond.attributes[:, ATTRIBUTES.index(name)] > 0) == wanted
        for question, (name, wanted) in BY_ATTRIBUTE.items()
    }
    for question, (name, value) in BY_APPEARANCE.items():
        out[question] = beyond.appearance[name].argmax(1) == APPEARANCE[name].index(value)
    for question, (low, high) in BY_AGE.items():
        out[question] = (age >= low - YEARS) & (age < high + YEARS)
    return out


def own_accuracy(seen: Mapping[Question, np.ndarray], facts: Sequence[Facts]) -> dict[Question, Own]:
    """How well `answers` on real photos agree with what is known of them."""
    out = {}
    for (name, value), said in seen.items():
        known = [getattr(face, name) for face in facts]
        holds = np.array([fact == value for fact in known], bool)
        absent = np.array([fact != value and (fact is not None or name in ONE_SIDED) for fact in known], bool)
        accuracy = None
        if min(holds.sum(), absent.sum()) >= FEW:
            accuracy = float(said[holds].mean() + (~said)[absent].mean()) / 2
        out[name, value] = Own(accuracy, int(holds.sum()))
    return out


@dataclass(frozen=True)
class TextScore:
    """How many of the asked facts that count were seen, by question: (seen, asked)."""

    by_question: dict[Question, tuple[int, int]]

    @property
    def accuracy(self) -> float | None:
        """Share of all asked facts that were seen; None when no fact counts."""
        return sum(seen for seen, _ in self.by_question.values()) / self.asked if self.asked else None

    @property
    def asked(self) -> int:
        return sum(times for _, times in self.by_question.values())


def text_score(
    seen: Mapping[Question, np.ndarray], asked: Sequence[Mapping[str, object]], own: Mapping[Question, Own]
) -> TextScore:
    """Compare `answers` of N pictures with what their descriptions asked for."""
    found: dict[Question, tuple[int, int]] = {}
    for i, wanted in enumerate(asked):
        for question in wanted.items():
            if question in own and own[question].counts:
                hits, times = found.get(question, (0, 0))
                found[question] = hits + int(seen[question][i]), times + 1
    return TextScore(found)
