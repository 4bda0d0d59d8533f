"""Passages and later texts: a table of edits after which nothing moves wrongly, and what moves that should."""

import csv
from pathlib import Path

import pytest

from articles.anchoring import anchor_quotes, known_quotes
from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in
from articles.models import Passage
from articles.text import QuoteCutsAWord, locate, span
from tests.pinned import changed

pytestmark = pytest.mark.any_database

TABLE = Path(__file__).parents[1] / "cases" / "edited_texts.tsv"
WITH_GAPS = "A line of its own.\n[…]\n{}\n[…]\nAnother line."


def cases():
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(cell: str) -> tuple[str, int, int]:
    """The text of a cell, and where the words in double brackets stand in it; -1 where there are none."""
    text = cell.replace("¶", "\n\n")
    start, end = text.find("⟦"), text.find("⟧") - 1
    return text.replace("⟦", "").replace("⟧", ""), start, end


def place_of(found):
    return found and (found.start, found.end)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['language']} {case['kind']}")
def test_a_passage_moves_to_its_own_place_or_not_at_all(case):
    text, start, end = read(case["before"])
    later, now, until = read(case["after"])
    right = (now, until) if now >= 0 else None
    assert place_of(anchor_quotes(later, known_quotes(text, [span(text, start, end)], whole=True))[0]) == right
    # Of what is kept with a passage, 32 characters on either side, less is known, and less moves.
    assert place_of(anchor_quotes(later, [span(text, start, end)])[0]) in (right, None)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['language']} {case['kind']}")
def test_a_line_of_an_excerpt_never_moves_to_other_words(case):
    """Of an excerpt less is known, so less moves; and what moves stands there whole, with its line around it."""
    text, start, end = read(case["before"])
    later, now, until = read(case["after"])
    line, at = WITH_GAPS.format(text), WITH_GAPS.index("{")
    [found] = anchor_quotes(later, known_quotes(line, [span(line, at + start, at + end)], whole=False))
    assert place_of(found) in ((now, until), None) if now >= 0 else found is None


def test_the_table_is_large_and_in_four_languages():
    table = cases()
    assert len(table) >= 120
    assert {language: sum(one["language"] == language for one in table) >= 20 for language in ("en", "ru", "zh", "ar")}


@pytest.mark.parametrize(
    ("text", "exact", "whole"),
    [
        ("There were 120 boats.", "12", "120"),
        ("They killed 15 people.", "5 people", "15 people"),
        ("It rose by 13.5 points.", "3.5", "13.5"),
        ("They acted illegally.", "legally", "illegally"),
        ("Это незаконно.", "законно", "незаконно"),
        ("十五人死亡", "五人", "十五人"),
        ("وقال الرجل", "قال", "وقال"),
        ("We don’t go.", "do", "don’t"),
        ("Some 11 000 men.", "11", "11 000"),
    ],
)
def test_a_part_of_a_word_or_number_is_no_quotation_of_it(text, exact, whole):
    with pytest.raises(QuoteCutsAWord, match="only as part of") as refusal:
        locate(text, exact)
    assert refusal.value.whole == whole


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("the minister’s house", "the minister"),
        ("l’homme est là", "homme"),
        ("서울은 크다", "서울"),
        ("他说这不合法", "合法"),
        ("共5人死亡", "5人"),
        ("In 2019 300 people came", "300 people"),
        ("a well-known man", "known man"),
        ("เขาพูดว่าไม่ไป", "พูดว่า"),
    ],
)
def test_whole_words_beside_other_signs_are_found(text, exact):
    assert locate(text, exact).exact == exact


# Through the verbs


@pytest.fixture
def said(editor):
    return {"outlet": add_outlet(name="The Selby Courier", by=editor), "by": editor, "url": "https://a.example/harbour"}


def test_the_words_of_one_speaker_never_become_those_of_another(said, editor):
    text, start, _ = read("“⟦We will not leave⟧,” said Ana Ruiz.¶“We will not leave,” said Bo Lee.")
    capture = take_in(text=text, headline="Harbour", **said).capture
    anas = quote_passage(capture, "We will not leave", suffix=",” said Ana", by=editor)
    bos = quote_passage(capture, "We will not leave", suffix=",” said Bo", by=editor)
    assert anas.start == start < bos.start
    taken = take_in(text="“We will not leave,” said Bo Lee. The hall was full of people that day.", **said)
    assert (taken.reanchored_passages, taken.unplaced_passages) == ([bos], [anas])
    anas.refresh_from_db()
    assert (anas.capture, anas.start) == (capture, start)
    assert list(Passage.objects.awaiting_decision()) == [anas]


def test_two_passages_never_exchange_places(said, editor):
    text = "“We will not leave,” said Ana Ruiz at the harbour.\n\n“We will not leave,” said Bo Lee in town."
    capture = take_in(text=text, headline="Harbour", **said).capture
    anas = quote_passage(capture, "We will not leave", suffix=",” said Ana", by=editor)
    bos = quote_passage(capture, "We will not leave", suffix=",” said Bo", by=editor)
    later = "\n\n".join(reversed(text.split("\n\n")))
    taken = take_in(text=later, **said)
    assert {passage.pk for passage in taken.reanchored_passages} == {anas.pk, bos.pk}
    for passage, name in ((anas, "Ana Ruiz"), (bos, "Bo Lee")):
        passage.refresh_from_db()
        assert later[passage.end :].startswith(f",” said {name}")


def test_every_place_is_the_one_that_is_pinned():
    """Of a passage known with its whole text, with what is kept of it, between gaps, and in a line of an excerpt."""
    assert changed("anchored.txt") == []


def test_every_edge_of_words_and_numbers_is_the_one_that_is_pinned():
    assert changed("edges.txt") == []
