"""The vocabulary of the captions: each fact in the shapes that a sentence can take it in, and how telling it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One fact in the shapes a sentence can take it in; `{their}` becomes her, his or their. Any shape may be missing.

    The first words of a shape stand in canonical descriptions; what stands twice is said twice as often.
    """

    weight: float = 1.0
    before: Words = ()  # adjective: "a ___ woman"
    after: Words = ()  # "a woman ___", "is ___": in her thirties
    having: Words = ()  # "with ___", "has ___"
    wearing: Words = ()  # "wearing ___"
    doing: Words = ()  # "is ___": smiling broadly

    def shapes(self) -> list[str]:
        return [shape for shape in ("before", "after", "having", "wearing", "doing") if getattr(self, shape)]


@dataclass(frozen=True)
class Noun:
    """What a face can be called: `man` and `tells` (facts of `Facts`) are what the words tell, and so whom they fit."""

    words: Words
    man: bool | None = None
    tells: Mapping[str, object] = field(default_factory=dict)


OLD, YOUNG = {"age_coarse": "old"}, {"age_coarse": "young"}
# Beside "man", "woman" and "person".
NOUNS = (
    Noun(
        ("male", "guy", "gentleman", "dude", "fellow", "bloke", "chap", "fella", "businessman", "actor", "father", "dad"), True
    ),
    Noun(("grandfather", "grandpa", "grandad"), True, OLD),
    Noun(("lad", "boy"), True, YOUNG),
    Noun(("female", "lady", "woman", "gal", "actress", "businesswoman", "mother", "mom", "mum"), False),
    Noun(("grandmother", "grandma", "granny"), False, OLD),
    Noun(("girl", "girl", "lass"), False, YOUNG),
    Noun(("blonde",), False, {"hair_colour": "blond"}),
    Noun(("brunette",), False, {"hair_colour": "brown"}),
    Noun(("redhead",), None, {"hair_colour": "red"}),
    Noun(("face", "individual", "human", "model")),
    Noun(("senior", "senior citizen", "pensioner"), None, OLD),
    Noun(("student", "youngster"), None, YOUNG),
    Noun(("teenager", "adolescent", "teen"), None, {"age_group": "teen"}),
)
# What is said beside any fact, of anybody: how people write to such models, and words that nobody's face was labelled by.
LEADS = (
    "a photo of",
    "a portrait of",
    "portrait of",
    "photo of",
    "a picture of",
    "a close-up of",
    "a close-up portrait of",
    "a headshot of",
    "headshot of",
    "a studio photo of",
    "a realistic photo of",
    "an image of",
    "the face of",
    "a photograph of",
)
PRAISE = ("beautiful", "pretty", "attractive", "handsome", "good-looking", "nice", "friendly", "elegant")
REMARKS = (
    "high quality",
    "highly detailed",
    "photorealistic",
    "realistic",
    "8k",
    "4k",
    "hd",
    "sharp focus",
    "studio lighting",
    "soft light",
    "natural light",
    "plain background",
    "looking at the camera",
    "looking into the camera",
    "professional photo",
    "dslr",
    "cinematic",
)

DECADES = {
    "20s": (("twenties", 20),),
    "30s": (("thirties", 30),),
    "40s": (("forties", 40),),
    "50s": (("fifties", 50),),
    "60plus": (("sixties", 60), ("sixties", 60), ("seventies", 70), ("eighties", 80)),
}
UNITS = ("", "-one", "-two", "-three", "-four", "-five", "-six", "-seven", "-eight", "-nine")
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty"}
COARSE = {
    "young": Phrase(1.6, before=("young", "young", "youthful", "young-looking")),
    "middle": Phrase(1.6, before=("middle-aged", "middle aged"), after=("in middle age", "of middle age")),
    "old": Phrase(
        3,
        before=("old", "older", "elderly", "aged", "very old", "wrinkled"),
        after=("of old age", "in old age"),
        having=("wrinkles", "a wrinkled face", "deep wrinkles"),
    ),
}
CHILD = Phrase(
    3, before=("little", "young", "small"), after=("under ten", "about eight years old", "aged seven", "of primary school age")
)
TEEN = Phrase(
    3,
    before=("teenage", "adolescent", "very young", "teen"),
    after=("in {their} teens", "about sixteen years old", "about seventeen"),
)
BEARD = {
    "none": Phrase(
        0.7,
        before=("clean-shaven", "beardless", "clean shaven", "smooth-shaven"),
        having=("no beard", "a shaven face", "no facial hair", "a smooth chin"),
        after=("without a beard", "without facial hair"),
    ),
    "stubble": Phrase(
        2,
        before=("unshaven", "stubbly", "scruffy"),
        having=(
            "stubble",
            "some stubble",
            "a very short beard",
            "light stubble",
            "a five o'clock shadow",
            "a three-day beard",
            "a stubbly chin",
        ),
    ),
    "moustache": Phrase(
        3,
        before=("moustached", "mustached"),
        having=("a moustache", "a mustache", "a moustache but no beard", "a thick mustache", "a mustache and no beard"),
    ),
    "goatee": Phrase(
        3, having=("a goatee", "a goatee beard", "a small chin beard", "a short goatee", "a chin beard", "a pointed beard")
    ),
    "full": Phrase(
        3,
        before=("bearded", "bearded", "full-bearded"),
        having=(
            "a beard",
            "a full beard",
            "a thick beard",
            "a beard of medium length",
            "facial hair",
            "a bushy beard",
            "a heavy beard",
            "whiskers",
            "a beard and a mustache",
        ),
    ),
    "long": Phrase(
        4, before=("long-bearded",), having=("a long beard", "a very long beard", "a big bushy beard", "a full long beard")
    ),
}
SMILE = {
    "none": Phrase(
        0.7,
        before=("serious", "unsmiling", "serious-looking", "stern", "sad", "grumpy", "angry", "sad-looking", "calm"),
        having=(
            "a serious expression",
            "a neutral expression",
            "no smile",
            "a calm face",
            "a straight face",
            "a serious look",
            "a stern look",
            "a frown",
            "a sad face",
            "a neutral look",
        ),
        doing=("not smiling", "looking serious", "not smiling at all", "frowning", "looking sad", "looking grumpy"),
        after=("without a smile",),
    ),
    "slight": Phrase(
        1.8,
        before=("gently smiling", "smirking"),
        having=("a slight smile", "a faint smile", "a small smile", "a hint of a smile", "a smirk", "half a smile"),
        doing=("smiling slightly", "smiling a little", "smirking"),
    ),
    "smile": Phrase(
        1.8,
        before=("smiling",),
        having=("a smile", "a closed-mouth smile", "a gentle smile", "a warm smile"),
        doing=("smiling", "smiling with {their} mouth closed"),
    ),
    "broad": Phrase(
        2,
        before=("smiling", "happy", "laughing", "grinning", "cheerful", "beaming", "joyful", "jolly"),
        having=(
            "a big smile",
            "a broad smile",
            "a wide smile",
            "a toothy smile",
            "a happy face",
            "a smile",
            "a wide grin",
            "a bright smile",
            "a warm smile",
            "an open smile",
        ),
        doing=("smiling", "smiling broadly", "smiling with teeth showing", "laughing", "grinning", "beaming", "showing teeth"),
    ),
}
GLASSES = {
    "none": Phrase(
        0.3, having=("no glasses", "no eyeglasses"), wearing=("no glasses",), after=("without glasses", "without eyeglasses")
    ),
    "glasses": Phrase(
        5,
        before=("bespectacled",),
        having=("glasses", "eyeglasses", "spectacles", "specs"),
        wearing=(
            "glasses",
            "eyeglasses",
            "spectacles",
            "a pair of glasses",
            "specs",
            "round glasses",
            "reading glasses",
            "horn-rimmed glasses",
            "thick-rimmed glasses",
            "black-framed glasses",
        ),
        after=("in glasses",),
    ),
    "sunglasses": Phrase(
        6,
        having=("sunglasses", "dark glasses"),
        wearing=("sunglasses", "dark glasses", "shades", "a pair of sunglasses", "black sunglasses"),
        after=("in sunglasses",),
    ),
}
# fact → value → phrase
SIMPLE: dict[str, dict[object, Phrase]] = {
    "beard": BEARD,
    "smile": SMILE,
    "glasses": GLASSES,
    "sideburns": {True: Phrase(1, having=("sideburns", "long sideburns"))},
    "hat": {
        True: Phrase(
            5,
            having=("a hat", "a hat on", "a hat on {their} head"),
            wearing=(
                "a hat",
                "a cap",
                "a hat",
                "headwear",
                "a baseball cap",
                "a beanie",
                "a woolly hat",
                "a knit cap",
                "a fedora",
                "a straw hat",
                "a sun hat",
            ),
            after=("in a hat", "in a cap"),
        ),
        False: Phrase(0.15, having=("no hat",), wearing=("no hat",), after=("without a hat",)),
    },
    "bangs": {
        True: Phrase(
            2, having=("bangs", "a fringe", "bangs over {their} forehead", "hair falling over the forehead", "hair with bangs")
        ),
        False: Phrase(0.15, having=("no bangs", "a bare forehead", "no fringe"), after=("without bangs",)),
    },
    "receding": {
        True: Phrase(
            2, before=("balding",), having=("a receding hairline", "thinning hair", "a high forehead", "a high hairline")
        )
    },
    "makeup": {
        True: Phrase(
            1.3,
            before=("made-up",),
            having=("makeup", "heavy makeup", "make-up", "eye makeup"),
            wearing=(
                "makeup",
                "make-up",
                "a lot of makeup",
                "heavy makeup",
                "eye makeup",
                "eyeliner",
                "mascara",
                "lots of makeup",
            ),
        ),
        False: Phrase(
            0.15, having=("no makeup", "a bare face"), wearing=("no makeup", "no make-up"), after=("without makeup",)
        ),
    },
    "lipstick": {
        True: Phrase(
            1,
            having=("lipstick", "painted lips", "red lips", "glossy lips"),
            wearing=("lipstick", "red lipstick", "bright lipstick"),
        )
    },
    "earrings": {
        True: Phrase(
            1.5,
            having=("earrings",),
            wearing=("earrings", "a pair of earrings", "hoop earrings", "dangling earrings", "jewelry in {their} ears"),
        )
    },
    "necklace": {True: Phrase(1.2, having=("a necklace",), wearing=("a necklace", "a chain around {their} neck", "a pendant"))},
    "tie": {
        True: Phrase(1.5, having=("a tie",), wearing=("a tie", "a necktie", "a suit and tie"), after=("in a suit and tie",))
    },
    "brows": {
        "bushy": Phrase(1, having=("bushy eyebrows", "thick eyebrows", "heavy brows", "strong eyebrows", "bushy brows")),
        "arched": Phrase(0.8, having=("arched eyebrows", "arched brows", "thin arched eyebrows")),
    },
    "pale": {
        True: Phrase(
            1.5,
            before=("pale", "pale-skinned", "fair-skinned"),
            having=("pale skin", "a pale complexion", "a pale face", "fair skin", "porcelain skin"),
        )
    },
    "skin": {
        "dark": Phrase(
            4,
            before=("dark-skinned", "brown-skinned"),
            having=("dark skin", "dark skin", "brown skin", "a dark complexion", "dark brown skin", "black skin"),
        ),
        "tan": Phrase(
            1.5,
            before=("tanned", "olive-skinned", "suntanned"),
            having=("tanned skin", "olive skin", "a tan", "a suntan", "bronzed skin"),
        ),
    },
    "rosy": {
        True: Phrase(
            0.8,
            before=("rosy-cheeked", "blushing"),
            having=("rosy cheeks", "pink cheeks", "blush on {their} cheeks", "flushed cheeks", "red cheeks"),
        )
    },
    "chubby": {
        True: Phrase(
            2,
            before=("chubby", "plump", "round-faced", "fat", "overweight", "heavyset"),
            having=("chubby cheeks", "a chubby face", "a round, full face", "a fat face", "round cheeks"),
        )
    },
    "double_chin": {True: Phrase(1.5, having=("a double chin",))},
    "cheekbones": {True: Phrase(0.6, having=("high cheekbones", "prominent cheekbones"))},
    "oval": {True: Phrase(0.5, before=("oval-faced",), having=("an oval face",))},
    "nose": {
        "big": Phrase(0.8, before=("big-nosed",), having=("a big nose", "a large nose", "a broad nose", "big nose")),
        "pointy": Phrase(0.6, having=("a pointy nose", "a pointed nose", "pointy nose")),
    },
    "narrow_eyes": {True: Phrase(0.8, having=("narrow eyes", "small eyes"))},
    "eye_colour": {
        "blue": Phrase(
            2, before=("blue-eyed",), having=("blue eyes", "blue eyes", "blue eyes", "light blue eyes", "grey eyes")
        ),
        "green": Phrase(2.5, before=("green-eyed",), having=("green eyes", "green eyes", "grey-green eyes")),
        "brown": Phrase(
            1.2, before=("brown-eyed", "dark-eyed"), having=("brown eyes", "brown eyes", "dark eyes", "dark brown eyes")
        ),
    },
    "full_lips": {True: Phrase(0.8, having=("full lips", "big lips", "plump lips"))},
    "open_mouth": {True: Phrase(0.6, having=("an open mouth", "{their} mouth open", "parted lips", "visible teeth"))},
    "eye_bags": {True: Phrase(0.7, having=("bags under {their} eyes", "eye bags", "tired eyes"))},
}
COLOUR_WORDS = {
    "black": ("black", "black", "black", "dark", "jet-black", "raven", "jet black"),
    "brown": ("brown", "brown", "brown", "brown", "chestnut", "dark brown", "light brown", "brunette"),
    "blond": ("blond", "blonde", "blond", "blonde", "fair", "golden", "light blond", "platinum blonde", "sandy"),
    "red": ("red", "red", "ginger", "auburn", "copper"),
    "grey": ("grey", "gray", "white", "grey", "silver", "greying"),
}
LENGTH_WORDS = {
    "short": ("short", "short", "short", "close-cropped", "very short", "cropped"),
    "medium": ("medium-length", "shoulder-length", "chin-length", "shoulder length", "medium length"),
    "long": ("long", "long", "long", "very long", "flowing"),
}
CURL_WORDS = {"straight": ("straight", "straight", "sleek"), "wavy": ("wavy", "wavy", "curly")}
HAIR_WORDS = ("hair",) * 10 + ("locks",)  # what an adjective of the hair stands before
UP = ("tied back", "worn up", "pulled back", "in a bun", "in a ponytail")
BALD = Phrase(
    5,
    before=("bald", "bald-headed", "bald", "hairless"),
    having=("no hair", "a bald head", "a shaved head", "no hair on {their} head", "a shaven head"),
    doing=("bald", "completely bald", "totally bald"),
)
# A person by the colour of the hair, before a noun.
BY_HAIR = {"red": ("redheaded", "ginger"), "black": ("dark-haired",), "grey": ("white-haired", "silver-haired")}
FOR_WOMEN = {"brown": "brunette", "blond": "blonde"}
