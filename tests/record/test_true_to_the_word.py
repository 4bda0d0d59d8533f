"""Quotation marks under a name hold that person's own words as printed, and nothing else: everywhere, in every form.

Two records are read from end to end: a made-up one, in which `wording_cases.py` says by hand whose words are whose, and
the demonstration, whose files say which quotations stand between marks in the article.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import wording_cases
from tests.whose_words import OWN_MODES, Reading, Truth, fold, marked_in, pieces_beside, read_all
from tests.wording_cases import ACTORS, CASES, OUTLETS, sentence_of

pytestmark = pytest.mark.django_db

DEMONSTRATION = Path(__file__).resolve().parents[2] / "claims" / "demonstration"


# What is known by hand


def truth_of_cases() -> Truth:
    truth = Truth(names={name for name, _kind in (*ACTORS.values(), *OUTLETS.values())} | {"one man"})
    for case in CASES:
        speaker = ACTORS[case.speaker][0] if case.speaker else "one man"
        for printed in case.printed:
            _sentence, exact = sentence_of(printed)
            truth.printings.append((exact, printed.own))
            owner = ACTORS[printed.owner][0] if printed.owner else speaker
            for own in printed.own:
                truth.own.setdefault(fold(own), set()).add(owner)
            truth.others |= pieces_beside(exact, printed.own)
        truth.others |= {case.hedge, case.translation, wording_cases.summary_of(case)}
        truth.others |= {"" if case.words_are_own else case.words}
        truth.as_printed |= {case.facts.get("as_printed", "")}
    truth.others |= {"Twelve nets were cut"}
    truth.printings += [("Twelve nets were cut", ())]
    truth.as_printed = {fold(text) for text in truth.as_printed if text}
    truth.others = {fold(text) for text in truth.others if fold(text)}
    return truth


def editors_texts(table) -> Iterator[str]:
    """The notes and public reasons of a dossier's table: they are about printed words, and quote them."""
    for key, value in table.items():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from (inner["text"],) if key == "notes" else editors_texts(inner)
            elif key in ("why", "restored"):
                yield inner


def truth_of_demonstration() -> Truth:
    """From the dossier's own files: a quotation is the speaker's, or the relayer's, where `marked` stands beside it."""
    files = {path.stem: tomllib.loads(path.read_text()) for path in sorted(DEMONSTRATION.glob("**/*.toml"))}
    texts = [text for file in files.values() for text in editors_texts(file)]
    quoted = {text[start:end] for text in texts for start, end in marked_in(text)}
    headlines = {
        article.get("headline", "") for article in files["outlets_and_articles"]["articles"]
    }  # titles in marks
    truth = Truth(as_printed=set(map(fold, quoted | headlines)))
    called = {actor["slug"]: {actor["name"]} for actor in files["actors"]["actors"]}
    for actor in files["actors"]["actors"]:
        called[actor["slug"]] |= {name["name"] for name in actor.get("names", ())}
    statements, printings = {}, []
    for file in files.values():
        statements |= {statement["key"]: statement for statement in file.get("statements", ())}
        printings += [
            (each["key"], printed, file) for each in file.get("statements", ()) for printed in each["printed"]
        ]
        printings += [(printed["of"], printed, file) for printed in file.get("printings", ())]
    for key, printed, file in printings:
        statement, words = statements[key], printed["quote"]
        owners = called.get(statement.get("speaker"), {statement.get("speaker_label")})
        owners = owners | {printed["printed_name"]} if "printed_name" in printed else owners
        own = (words,) if printed.get("marked") else tuple(words[start:end] for start, end in marked_in(words))
        if statement["mode"] not in OWN_MODES:
            through = file.get("through", ()) if printed.get("through", True) else ()
            owners = set().union(
                *(called[step["actor"]] for step in (*through, *printed.get("chain", ())) if "actor" in step)
            )
            truth.as_printed |= set() if owners else set(map(fold, own))
            own = own if owners else ()
        truth.printings.append((words, own))
        for text in own:
            truth.own.setdefault(fold(text), set()).update(owners)
        truth.others |= pieces_beside(words, own)
        truth.others |= {stance.get("hedge", "") for stance in statement.get("stances", ())}
    truth.others |= {statement["summary"] for statement in statements.values()}
    claims = [claim for question in files["questions"]["questions"] for claim in question["claims"]]
    truth.others |= {claim["text"] for claim in claims}
    truth.others = {fold(text) for text in truth.others if fold(text)}
    truth.said_elsewhere = {own for own in truth.own if any(f" {own} " in f" {other} " for other in truth.others)}
    truth.said_elsewhere |= {own for own in truth.own if len(own.split()) < 3}  # words of addresses, and of anybody
    return truth


# The tests


@pytest.fixture
def made_up(editor, reviewer):
    wording_cases.build(editor, reviewer)
    return truth_of_cases()


def tell(name: str, reading: Reading, capsys) -> None:
    with capsys.disabled():
        print(
            f"\n{name}: {reading.texts} texts read, own words in marks {reading.marked.total()} times, "
            f"bare {len(reading.bare)}; in marks but nobody's own {len(reading.false)}"
        )


def test_the_made_up_record_shows_own_words_in_marks_and_nothing_else(made_up, capsys):
    reading = read_all(made_up)
    tell("made-up record", reading, capsys)
    assert reading.false == []
    assert reading.bare == []
    assert set(reading.marked) == set(made_up.own), "some own words are shown nowhere"


@pytest.mark.any_database  # the made-up record is read on every database
def test_the_demonstration_shows_own_words_in_marks_and_nothing_else(demonstration, capsys):
    truth = truth_of_demonstration()
    reading = read_all(truth)
    tell("demonstration", reading, capsys)
    assert reading.false == []
    assert reading.bare == []
    assert set(reading.marked) == set(truth.own), "some own words are shown nowhere"
