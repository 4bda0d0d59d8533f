"""Quoting passages of a capture, and finding them again in a fuller text."""

import pytest

from articles.anchoring import anchor_quotes, known_quotes
from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in
from articles.models import Passage, Trace
from articles.text import MAX_PLACES, Span, span
from articles.tracked_changes import Refusal

TEXT = (
    "Mayor promises a bridge\n\n"
    "The mayor said the town would “have its bridge by spring”, and that nobody would pay a toll.\n\n"
    "Fishermen said nobody would use it."
)


@pytest.fixture
def outlet(editor):
    return add_outlet(name="The Selby Courier", by=editor)


@pytest.fixture
def capture(editor, outlet):
    return take_in(text=TEXT, outlet=outlet, by=editor, headline="Mayor promises a bridge").capture


def test_a_passage_keeps_the_words_of_the_capture(capture, editor):
    passage = quote_passage(capture, 'have its bridge by spring"', by=editor)
    assert passage.exact == "have its bridge by spring”"
    assert TEXT[passage.start : passage.end] == passage.exact
    assert Trace.objects.get(kind="passage").verb == "quote"


def test_the_same_words_quoted_twice_are_one_passage(capture, editor):
    first = quote_passage(capture, "nobody would pay a toll", by=editor)
    again = quote_passage(capture, "nobody  would pay a toll", by=editor)
    assert again == first
    assert Trace.objects.filter(kind="passage").count() == 1


def test_words_that_are_not_in_the_capture_are_refused(capture, editor):
    with pytest.raises(Refusal, match="are not in the text") as refusal:
        quote_passage(capture, "have its bridge by autumn", by=editor)
    assert refusal.value.field == "exact"
    assert not Passage.objects.exists()


def test_words_that_are_there_twice_are_refused_until_context_tells(capture, editor):
    with pytest.raises(Refusal, match="2 times"):
        quote_passage(capture, "nobody would", by=editor)
    assert not Passage.objects.exists()
    assert quote_passage(capture, "nobody would", suffix=" use it", by=editor).start == TEXT.rindex("nobody would")


@pytest.mark.parametrize("words", ["\x00", "bridge\x00", "\ud800", "toll" * 100_000])
def test_hostile_words_are_refused(capture, editor, words):
    with pytest.raises(Refusal):
        quote_passage(capture, words, by=editor)


def excerpt(editor, outlet, *lines, headline="Mayor promises a bridge"):
    return take_in(
        text="\n…\n".join(lines), outlet=outlet, by=editor, headline=headline, method="excerpt", complete=False
    ).capture


def test_passages_of_an_excerpt_move_to_the_full_text_and_keep_their_identity(outlet, editor):
    short = excerpt(editor, outlet, "Mayor promises a bridge", '"have its bridge by spring"', "nobody would use it")
    quoted = quote_passage(short, "have its bridge by spring", by=editor)
    used = quote_passage(short, "nobody would use it", by=editor)
    taken = take_in(text=TEXT, outlet=outlet, by=editor, article=short.article)
    assert taken.new_capture
    assert not taken.new_article
    assert {p.public_id for p in taken.reanchored_passages} == {quoted.public_id, used.public_id}
    assert taken.unplaced_passages == []
    quoted.refresh_from_db()
    assert quoted.capture == taken.capture
    assert TEXT[quoted.start : quoted.end] == quoted.exact
    assert quoted.prefix == "The mayor said the town would “"
    assert quoted.revision == 2
    assert Trace.objects.filter(kind="passage", verb="re-anchor").count() == 2


def test_words_that_the_full_text_does_not_have_stay_with_the_excerpt(outlet, editor):
    short = excerpt(editor, outlet, "have its bridge by autumn", "nobody would use it")
    wrong = quote_passage(short, "have its bridge by autumn", by=editor)
    quote_passage(short, "nobody would use it", by=editor)
    taken = take_in(text=TEXT, outlet=outlet, by=editor, article=short.article)
    assert taken.unplaced_passages == [wrong]
    wrong.refresh_from_db()
    assert wrong.capture == short


def test_the_same_words_marked_in_two_excerpts_cannot_both_move(outlet, editor):
    first = excerpt(editor, outlet, "nobody would use it")
    second = take_in(
        text="nobody would use it\n…\nhave its bridge", outlet=outlet, by=editor, article=first.article,
        method="excerpt", complete=False,
    ).capture  # fmt: skip
    passages = [quote_passage(capture, "nobody would use it", by=editor) for capture in (first, second)]
    taken = take_in(text=TEXT, outlet=outlet, by=editor, article=first.article)
    assert taken.reanchored_passages == [passages[1]]
    assert taken.unplaced_passages == [passages[0]]


def test_passages_do_not_move_to_an_excerpt(capture, outlet, editor):
    passage = quote_passage(capture, "nobody would use it", by=editor)
    take_in(
        text="nobody would use it",
        outlet=outlet,
        by=editor,
        article=capture.article,
        method="excerpt",
        complete=False,
    )
    passage.refresh_from_db()
    assert passage.capture == capture


# anchoring.py, without a database


def quotes(text, *words):
    """Spans of `text` for `words`, each looked for after the one before."""
    spans, position = [], 0
    for exact in words:
        start = text.index(exact, position)
        spans.append(span(text, start, start + len(exact)))
        position = start + 1
    return spans


def starts(found):
    return [place and place.start for place in found]


def test_ambiguous_words_are_placed_by_their_neighbours():
    full = "Ada said no. Ben agreed. Cyd said no. Dan left. Eve said no."
    short = "Ben agreed\n…\nsaid no\n…\nDan left"
    assert starts(anchor_quotes(full, quotes(short, "Ben agreed", "said no", "Dan left"))) == [
        full.index("Ben"),
        full.index("said no", 20),
        full.index("Dan"),
    ]


def test_the_same_words_as_often_as_they_stand_are_placed_in_turn():
    full = "Ada said no. Ben agreed. Cyd said no. Dan left. Eve said no."
    short = "said no\n…\nsaid no\n…\nsaid no"
    places = [match for match in range(len(full)) if full.startswith("said no", match)]
    assert starts(anchor_quotes(full, quotes(short, "said no", "said no", "said no"))) == places


def test_the_same_words_around_a_neighbour_are_placed_on_its_sides():
    full = "Ada said no. Ben agreed. Cyd said no."
    short = "said no\n…\nBen agreed\n…\nsaid no"
    assert starts(anchor_quotes(full, quotes(short, "said no", "Ben agreed", "said no"))) == [
        4,
        13,
        full.rindex("said no"),
    ]


def test_what_order_does_not_tell_is_not_guessed():
    full = "Ada said no. Cyd said no. Dan left."
    short = "said no\n…\nDan left"
    assert starts(anchor_quotes(full, quotes(short, "said no", "Dan left"))) == [None, full.index("Dan")]


def test_the_line_of_an_excerpt_tells_which_place_is_meant():
    full = "Ada said no. Cyd said no. Dan left."
    short = "Dan left\n…\nCyd said no\n…\n"
    quoted = span(short, short.index("said no"), short.index("said no") + 7)
    assert starts(anchor_quotes(full, [quoted])) == [full.rindex("said no")]


def test_a_passage_may_begin_where_its_neighbour_does():
    text = "no one came to the hall. Dan left it at night. They said no."
    words = ["no", "no one came to the hall", "Dan left it at night"]
    for order in ([0, 1, 2], [1, 0, 2]):
        found = starts(anchor_quotes(text, [Span(0, 0, words[number], "", "") for number in order]))
        assert found == [0, 0, text.index("Dan")]


def test_words_that_stand_a_thousand_times_are_told_apart_and_no_more_often():
    for times in (MAX_PLACES, MAX_PLACES + 1):
        text = "so it is. " * (times - 1) + "Ana Ruiz said that so it is today."
        start = text.rindex("so it is")
        quote = known_quotes("Ana Ruiz said that so it is today.", [Span(19, 27, "so it is", "", "")], whole=True)
        assert starts(anchor_quotes(text, quote)) == [start if times == MAX_PLACES else None]


def test_no_two_quotes_get_one_place():
    for words in ("left", "left the hall at night without a word"):
        twice = [Span(0, len(words), words, "", ""), Span(60, 60 + len(words), words, "", "")]
        assert starts(anchor_quotes(f"Dan {words}.", twice)) == [None, None]
