"""The table of wordings over the claims of the demonstration, half of it held out, and how often the first is right."""

import tomllib
from decimal import Decimal
from pathlib import Path

from language.likeness import Wording, nearest

TABLE = Path(__file__).parent / "cases" / "claim_wordings.txt"
QUESTIONS = Path(__file__).parent.parent / "claims" / "demonstration" / "questions.toml"


def claims():
    """The claims of the demonstration, as they are compared."""
    found = []
    for question in tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["questions"]:
        for claim in question["claims"]:
            figure = claim.get("figure", {})
            figures = frozenset(Decimal(figure[key]) for key in ("amount", "lower", "upper") if key in figure)
            found.append(Wording(claim["slug"], (claim["text"],), figures))
    return found


def wordings():
    """(wording, the slug of its claim or an empty string)."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [line.rsplit("|", 1) for line in lines if line and not line.startswith("#")]
    return [(words.strip(), slug.strip().strip("-") if slug.strip() == "-" else slug.strip()) for words, slug in pairs]


def measured(cases):
    """Shares: the right claim first, among the first three; of "new claim" answers those that are right; found new."""
    known = claims()
    fits = [(words, slug) for words, slug in cases if slug]
    answers = {words: [near.key for near in nearest(words, known)] for words, _ in cases}
    new = [slug for words, slug in cases if not answers[words]]
    none = [words for words, slug in cases if not slug]
    return {
        "top-1": sum(answers[words][:1] == [slug] for words, slug in fits) / len(fits),
        "top-3": sum(slug in answers[words][:3] for words, slug in fits) / len(fits),
        "new claim, precision": sum(not slug for slug in new) / max(1, len(new)),
        "new claim, recall": sum(not answers[words] for words in none) / len(none),
    }
