"""English endings, and words that lose none, by which two wordings of a claim are compared.

PREFIXES are written with and without a hyphen; those of DETACHABLE leave a word that tells as much alone.
"""

from pathlib import Path

VERBS = Path(__file__).parent / "attributions" / "irregular_verbs.txt"
PREFIXES = ("re", "counter", "anti", "non", "pre", "post", "co", "over", "under", "sub", "inter", "multi", "ex",
            "semi", "mid", "pro", "de", "un", "mis", "micro", "cyber", "para", "neo", "quasi")  # fmt: skip
DETACHABLE = ("counter", "anti", "inter", "multi", "non", "cyber", "pseudo", "ultra", "semi")

ENDINGS = ("ization", "isation", "ations", "ation", "ments", "ment", "ness", "ings", "ing", "ions", "ion", "ities",
            "ity", "ists", "ist", "ism", "ers", "er", "ors", "ed", "es", "ly", "al", "s", "e", "y")  # fmt: skip
IRREGULAR = {
    "centre": "center", "centres": "center", "centers": "center", "held": "hold", "kept": "keep", "built":
    "build", "shot": "shoot", "sent": "send", "took": "take", "taken": "take", "gave": "give", "given": "give",
    "led": "lead", "lives": "live", "life": "live", "men": "man", "women": "woman", "children": "child", "said":
    "say", "told": "tell", "millions": "million", "hundreds": "hundred", "thousands": "thousand", "made": "make",
    "beijing": "china", "chinese": "china", "chinas": "china", "kazakhs": "kazakh", "kazakhstans": "kazakhstan",
    "kilometers": "kilometre", "kilometres": "kilometre", "fell": "fall", "grew": "grow", "killed": "kill",
    "dead": "die", "died": "die", "deaths": "die", "death": "die", "reeducation": "educat", "one": "1", "sixteen":
    "16", "uyghurs": "uyghur", "uighurs": "uyghur", "uighur": "uyghur", "forced": "force", "forcibly": "force",
    "threatened": "threat", "back": "return", "returned": "return",
}  # fmt: skip


def bases_of_verbs() -> dict[str, str]:
    """The base of each irregular form of a verb: “sold” is “sell”."""
    lines = (line.split("#")[0].split() for line in VERBS.read_text(encoding="utf-8").splitlines())
    return {form: base for base, *forms in filter(None, lines) for each in forms for form in each.split("/")}
