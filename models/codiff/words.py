"""The vocabulary of the captions: each fact in the shapes that a sentence can take it in, and how telling it is."""

from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One fact in the shapes a sentence can take it in; `{their}` becomes her, his or their. Any shape may be missing."""

    weight: float = 1.0
    before: Words = ()  # adjective: "a ___ woman"
    after: Words = ()  # "a woman ___", "is ___": in her thirties
    having: Words = ()  # "with ___", "has ___"
    wearing: Words = ()  # "wearing ___"
    doing: Words = ()  # "is ___": smiling broadly

    def shapes(self) -> list[str]:
        return [shape for shape in ("before", "after", "having", "wearing", "doing") if getattr(self, shape)]


DECADES = {
    "20s": ("twenties", 20),
    "30s": ("thirties", 30),
    "40s": ("forties", 40),
    "50s": ("fifties", 50),
    "60plus": ("sixties", 60),
}
COARSE = {
    "young": Phrase(1.6, before=("young", "young", "youthful")),
    "middle": Phrase(1.6, before=("middle-aged",), after=("in middle age",)),
    "old": Phrase(3, before=("old", "older", "elderly", "aged"), after=("of old age", "in old age")),
}
CHILD = Phrase(3, before=("little", "young", "small"), after=("under ten", "about eight years old"))
TEEN = Phrase(
    3, before=("teenage", "adolescent", "very young"), after=("in {their} teens", "about sixteen years old", "about seventeen")
)
BEARD = {
    "none": Phrase(0.7, before=("clean-shaven", "beardless"), having=("no beard", "a shaven face", "no facial hair")),
    "stubble": Phrase(
        2,
        before=("unshaven", "stubbly"),
        having=("stubble", "some stubble", "a very short beard", "light stubble", "a five o'clock shadow"),
    ),
    "moustache": Phrase(3, before=("moustached",), having=("a moustache", "a mustache", "a moustache but no beard")),
    "goatee": Phrase(3, having=("a goatee", "a goatee beard", "a small chin beard", "a short goatee")),
    "full": Phrase(
        3, before=("bearded",), having=("a beard", "a full beard", "a thick beard", "a beard of medium length", "facial hair")
    ),
    "long": Phrase(
        4, before=("long-bearded",), having=("a long beard", "a very long beard", "a big bushy beard", "a full long beard")
    ),
}
SMILE = {
    "none": Phrase(
        0.6,
        before=("serious", "unsmiling", "serious-looking"),
        having=("a serious expression", "a neutral expression", "no smile", "a calm face", "a straight face"),
        doing=("not smiling", "looking serious", "not smiling at all"),
    ),
    "slight": Phrase(
        1.8,
        before=("gently smiling",),
        having=("a slight smile", "a faint smile", "a small smile"),
        doing=("smiling slightly", "smiling a little"),
    ),
    "smile": Phrase(
        1.8,
        before=("smiling",),
        having=("a smile", "a closed-mouth smile", "a gentle smile"),
        doing=("smiling", "smiling with {their} mouth closed"),
    ),
    "broad": Phrase(
        2,
        before=("smiling", "happy", "laughing", "grinning", "cheerful"),
        having=("a big smile", "a broad smile", "a wide smile", "a toothy smile", "a happy face", "a smile"),
        doing=("smiling", "smiling broadly", "smiling with teeth showing", "laughing", "grinning"),
    ),
}
GLASSES = {
    "none": Phrase(0.2, having=("no glasses", "no eyeglasses"), wearing=("no glasses",)),
    "glasses": Phrase(
        5,
        before=("bespectacled",),
        having=("glasses", "eyeglasses"),
        wearing=("glasses", "eyeglasses", "spectacles", "a pair of glasses"),
    ),
    "sunglasses": Phrase(6, having=("sunglasses", "dark glasses"), wearing=("sunglasses", "dark glasses", "shades")),
}
# fact → value → phrase
SIMPLE: dict[str, dict[object, Phrase]] = {
    "beard": BEARD,
    "smile": SMILE,
    "glasses": GLASSES,
    "sideburns": {True: Phrase(1, having=("sideburns", "long sideburns"))},
    "hat": {
        True: Phrase(5, having=("a hat", "a hat on"), wearing=("a hat", "a cap", "a hat", "headwear")),
        False: Phrase(0.1, having=("no hat",), wearing=("no hat",)),
    },
    "bangs": {
        True: Phrase(2, having=("bangs", "a fringe", "bangs over {their} forehead", "hair falling over the forehead")),
        False: Phrase(0.1, having=("no bangs", "a bare forehead", "no fringe")),
    },
    "receding": {True: Phrase(2, before=("balding",), having=("a receding hairline", "thinning hair", "a high forehead"))},
    "makeup": {
        True: Phrase(
            1.3, having=("makeup", "heavy makeup", "make-up"), wearing=("makeup", "make-up", "a lot of makeup", "heavy makeup")
        ),
        False: Phrase(0.1, having=("no makeup", "a bare face"), wearing=("no makeup",)),
    },
    "lipstick": {True: Phrase(1, having=("lipstick", "painted lips"), wearing=("lipstick",))},
    "earrings": {True: Phrase(1.5, having=("earrings",), wearing=("earrings", "a pair of earrings"))},
    "necklace": {True: Phrase(1.2, having=("a necklace",), wearing=("a necklace",))},
    "brows": {
        "bushy": Phrase(1, having=("bushy eyebrows", "thick eyebrows", "heavy brows", "strong eyebrows")),
        "arched": Phrase(0.8, having=("arched eyebrows", "arched brows", "thin arched eyebrows")),
    },
    "pale": {True: Phrase(1.5, before=("pale", "pale-skinned"), having=("pale skin", "a pale complexion", "a pale face"))},
    "skin": {
        "dark": Phrase(4, before=("dark-skinned",), having=("dark skin", "dark skin", "brown skin", "a dark complexion")),
        "tan": Phrase(1.5, before=("tanned", "olive-skinned"), having=("tanned skin", "olive skin", "a tan")),
    },
    "rosy": {True: Phrase(0.8, before=("rosy-cheeked",), having=("rosy cheeks", "pink cheeks", "blush on {their} cheeks"))},
    "chubby": {
        True: Phrase(
            2, before=("chubby", "plump", "round-faced"), having=("chubby cheeks", "a chubby face", "a round, full face")
        )
    },
    "double_chin": {True: Phrase(1.5, having=("a double chin",))},
}
COLOUR_WORDS = {
    "black": ("black", "black", "dark", "jet-black"),
    "brown": ("brown",),
    "blond": ("blond", "blonde", "blond", "fair"),
    "red": ("red", "ginger", "auburn"),
    "grey": ("grey", "gray", "white", "grey"),
}
LENGTH_WORDS = {
    "short": ("short", "short", "close-cropped"),
    "medium": ("medium-length", "shoulder-length", "chin-length"),
    "long": ("long", "long", "very long"),
}
CURL_WORDS = {"straight": ("straight",), "wavy": ("wavy", "wavy", "curly")}
BALD = Phrase(
    5,
    before=("bald", "bald-headed"),
    having=("no hair", "a bald head", "a shaved head"),
    doing=("bald", "completely bald"),
)
FOR_WOMEN = {"brown": "brunette", "blond": "blonde"}
