"""What the workspace reads: the text with its marks, which proposals wait, what was recorded before."""

from types import SimpleNamespace

import pytest

from claims.admin.workspace.marked_text import Mark, add_places, split_paragraphs
from claims.suggestions.duplicates import digest_of_words, likeness
from claims.suggestions.proposals import filter_pending, proposals_of, span_of

TEXT = "A dam is built.\n\n“Nobody asked us,” said Asel Bek.\nThe ministry said it had asked everybody."


def marked(paragraph):
    return [(piece.text, [mark.key for mark in piece.passages]) for piece in paragraph.pieces if piece.passages]


def test_the_text_stands_whole_and_in_order_in_its_paragraphs():
    marks = [Mark(2, 5, "draft", "a"), Mark(10, 40, "proposed", "b")]
    shown = split_paragraphs(TEXT, marks)
    assert "".join(piece.text for paragraph in shown for piece in paragraph.pieces) == TEXT
    assert len(shown) == 3


def test_a_mark_over_two_paragraphs_is_cut_between_them_and_noted_once():
    first, second, _ = split_paragraphs(TEXT, [Mark(10, 33, "draft", "a")])
    assert marked(first) == [(TEXT[10:17], ["a"])]
    assert marked(second) == [("“Nobody asked us", ["a"])]
    assert [mark.key for mark in first.marks + second.marks] == ["a"]


def test_what_is_recorded_is_not_hidden_by_a_proposal_over_it():
    (first, *_) = split_paragraphs(TEXT, [Mark(0, 15, "proposed", "q"), Mark(2, 5, "published", "p")])
    states = [piece.passages[0].state for piece in first.pieces if piece.passages]
    assert states == ["proposed", "published", "proposed"]


def test_an_empty_text_is_one_empty_paragraph():
    assert [piece.text for piece in split_paragraphs(" ", [])[0].pieces] == [" "]


@pytest.mark.parametrize(
    ("content", "span"),
    [
        ([(10, 20)], (10, 20)),
        ([(10, 40), (50, 70)], (10, 70)),
        ([(10, 20), (90, 120)], (90, 120)),
    ],
)
def test_a_proposal_quotes_from_its_first_word_to_its_last_unless_most_of_that_is_not_said(content, span):
    assert span_of(SimpleNamespace(content=content)) == span


def test_a_proposal_waits_until_somebody_decides_or_its_words_are_recorded():
    one, other = proposals_of(TEXT, "en")
    assert filter_pending([one, other], {}, []) == [one, other]
    assert filter_pending([one, other], {one.digest: "rejected"}, []) == [other]
    assert filter_pending([one, other], {one.digest: "reopened"}, []) == [one, other]
    assert filter_pending([one, other], {}, [(other.start + 3, other.end)]) == [one]


def test_nothing_is_proposed_in_a_language_without_word_lists():
    assert proposals_of(TEXT, "kk-Cyrl") == ()


def test_the_same_words_are_known_with_other_marks_and_spaces():
    assert digest_of_words("“Nobody asked  us,”") == digest_of_words('"nobody asked us,"')
    assert digest_of_words("Nobody asked us") != digest_of_words("Nobody asked you")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("about 4,000 people must move", "about 4,000 people must move", "the same words"),
        ("about 4,000 people must move", "about 4000 people must move", "nearly the same words"),
        (
            "some 4,000 people must move from the valley soon",
            "people must move from the valley",
            "one contains the words",
        ),
        ("about 4,000 people must move", "nobody was asked at all", None),
    ],
)
def test_words_are_the_same_nearly_the_same_or_contained(one, other, told):
    found = likeness(one, other)
    assert (found is None) if told is None else found[1].startswith(told)


def test_pages_times_and_turns_are_said_where_they_change():
    text = "Hill: The dam is safe.\n\nIt was tested twice.\n\nBek: Nobody was asked."
    rows = [[0, 44, None, 751.5, 760, "Hill"], [46, len(text), None, 760, 765, "Bek"]]
    assert [one.place for one in add_places(split_paragraphs(text, []), rows)] == ["00:12:31 Hill", "", "00:12:40 Bek"]
    rows = [[0, 30, 3, None, None, ""], [30, len(text), 4, None, None, ""]]
    assert [one.place for one in add_places(split_paragraphs(text, []), rows)] == ["page 3", "pages 3–4", "page 4"]
    assert [one.place for one in add_places(split_paragraphs(text, []), [])] == ["", "", ""]
