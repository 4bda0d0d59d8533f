"""What any text gets: spans inside the text, whatever it holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.attributions import suggest
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
