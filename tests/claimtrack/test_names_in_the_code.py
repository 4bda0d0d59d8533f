"""Public names say what is done or returned: no bare participle, gerund or preposition, no private word."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("articles", "claims", "language", "record", "claimtrack")

PREPOSITIONS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "among",
        "around",
        "at",
        "before",
        "behind",
        "below",
        "beside",
        "between",
        "beyond",
        "by",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "past",
        "since",
        "through",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "upon",
        "with",
        "within",
        "without",
    ]
)
# Words that once stood for too many things, and participles that no ending shows.
RIDDLES = frozenset(
    [
        "told",
        "standing",
        "one",
        "given",
        "seeing",
        "road",
        "several",
        "matters",
        "kinds",
        "frame",
        "places",
        "heads",
        "twins",
        "parts",
        "kept",
        "served",
        "partners",
        "said",
        "seen",
        "known",
        "held",
        "gone",
        "left",
        "found",
        "made",
        "shown",
        "taken",
        "meant",
        "stood",
        "spoken",
        "sent",
        "lost",
        "written",
        "lately",
    ]
)
# Nouns of the field, and adjectives, that end like a participle or a gerund.
NOUNS = frozenset(["printing", "framing", "wording", "rewording", "heading", "spelling", "listing", "oembed", "embed"])


def is_no_name(name: str) -> bool:
    """Whether a public name is a bare participle, gerund or preposition, or one of the words above."""
    if re.search("[a-z][A-Z]", name):  # a class of several words is known by its last
        return False
    word = name.lower()
    return word in PREPOSITIONS | RIDDLES or (
        "_" not in word and word not in NOUNS and word.endswith(("ed", "ing")) and len(word) > 4
    )


def public_names(path: Path):
    """Each public function, method and class of a file; what a function holds is its own affair."""
    todo = list(ast.parse(path.read_text(encoding="utf-8"), str(path)).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name
            if isinstance(node, ast.ClassDef):
                todo += node.body


@pytest.mark.parametrize("room", ROOMS)
def test_public_names_say_what_is_done_or_returned(room):
    riddles = {
        str(path.relative_to(ROOT)): " ".join(sorted(set(found)))
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and (found := [name for name in public_names(path) if is_no_name(name)])
    }
    assert riddles == {}


@pytest.mark.parametrize("name", ["told", "merging", "Standing", "around", "one"])
def test_a_name_that_says_nothing_is_found(name):
    assert is_no_name(name)


@pytest.mark.parametrize("name", ["record_statement", "origins_of", "is_contested", "printing", "need", "Framing"])
def test_a_name_that_says_what_it_is_is_let_through(name):
    assert not is_no_name(name)


def test_files_that_the_code_names_are_there():
    known = {path.name for path in ROOT.rglob("*.py") if ".venv" not in path.parts}
    dead = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(r"[\w/]*?(\w+\.py)\b", path.read_text(encoding="utf-8"))
        if name not in known | {"conf.py"}  # gunicorn.conf.py
    }
    assert dead == set()
