"""What any text gets: spans inside the text, whatever it holds, and work in proportion to its length."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.attributions import suggest
from tests.attributions import told

PIECES = st.lists(
    st.sampled_from(
        [
            "said",
            "he",
            "she",
            "“",
            "”",
            '"',
            "''",
            ".",
            ",",
            ";",
            ":",
            "?",
            "!",
            "—",
            "(",
            ")",
            "\n",
            "that",
            "who",
            "which",
            "according",
            "to",
            "by",
            "the",
            "The",
            "Anna",
            "Kowal",
            "ministry",
            "'s",
            "told",
            "denied",
            "claims",
            "was",
            "not",
            "and",
            "but",
            "of",
            "in",
            "12",
            "’",
            "\u202e",
            "\x00",
            "😀",
            "é",
            "’s",
            "Mr.",
            "U.S.",
            "n't",
            "—",
            "demand",
            "demanding",
            "_",
            "%",
            "$",
            "/",
            "@x",
            "#y",
        ]
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from(["", " "]))
def test_any_mixture_of_words_and_marks_is_read(pieces, joint):
    text = joint.join(pieces)
    for proposal in suggest(text):
        for spans in (proposal.content, proposal.source, proposal.cue):
            assert all(0 <= a < b <= len(text) for a, b in spans)
        assert proposal.content
        assert 0 <= proposal.confidence <= 1
        assert 0 <= proposal.speaker_confidence <= 1


def test_spans_count_code_points_not_utf16_units():
    text = "😀😀 “The gate is shut,” Anna Kowal said."
    assert told(text) == [("Anna Kowal", "said", "“The gate is shut,”")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "“", "said", ":"])
def test_next_to_nothing_proposes_nothing(text):
    assert suggest(text) == []


def test_the_same_text_gives_the_same_proposals():
    text = "The ministry said it rained. “It pours,” it added. The warden denied that."
    assert suggest(text) == suggest(text)


HOSTILE = [
    "said X, ",
    "and said ",
    "he said ",
    "told X ",
    ", said",
    "who said ",
    "said that ",
    "according to X, ",
    "“X” said he. ",
    "\n“x” said X",
    "the claim that ",
    "said (",
    "“",
    "X said: “a” ",
    "reportedly ",
    "went, ",
    "‘",
    "'a ",
    "‘x’ said X. ",
    "\nA: x",
    "X quoted Y as saying ",
    ", citing X, ",
]


def names(count):
    """Each of many people named twice: nobody named before may be looked for in all of the text."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = (f"{letters[n % 26]}{letters[n // 26 % 26]}{letters[n // 676 % 26]}a".title() for n in range(count))
    return " ".join(f"{name} Bo{name.lower()} said it. {name} Bo{name.lower()} said so." for name in made)


def calls(text):
    """How many functions are called to read `text`, those of the interpreter included."""
    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        suggest(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        *((piece * (8_000 // len(piece)), piece * (16_000 // len(piece))) for piece in HOSTILE),
        (names(400), names(800)),
    ],
    ids=[*map(repr, HOSTILE), "many names"],
)
def test_twice_the_text_is_at_most_little_more_than_twice_the_work(text, twice):
    suggest("The word lists are read once, she said.")
    work = calls(text)
    assert calls(twice) < 2.4 * work
    assert work < 60 * len(text)


def test_whoever_does_many_things_and_says_something_is_who_says_it():
    (proposal,) = suggest("Anna Kowal " + "went and " * 90 + "said that it rained.")
    assert proposal.speaker == "Anna Kowal"
