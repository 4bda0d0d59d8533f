"""Which words of a text stand between quotation marks."""

import pytest

from articles.quotation_marks import quoted_spans, quoted_spans_within

MARKED = [
    ('He said "We appreciate it" and "go".', ["We appreciate it", "go"]),
    ("“A ‘b’ c,” he said.", ["A ‘b’ c,"]),
    ("‘We were told nothing,’ said Hill. It's Xi'an's.", ["We were told nothing,"]),
    ("Hill’s and the Uyghurs’ homes; rock ’n’ roll", []),
    ("«Да», сказал он «нет».", ["Да", "нет"]),
    ("Il a dit « oui » hier.", [" oui "]),
    ("„Ja“, sagte sie.", ["Ja"]),
    ("她说「好」,《报》不同意。", ["好"]),
    ("他说“我们感谢”。", ["我们感谢"]),
    ("قال «نعم» ثم “لا”", ["نعم", "لا"]),
    ("“First.\n“Second.”", ["First.", "Second."]),
    ("“Never closed.\nAnother paragraph.", []),
    ('5" of rain, and an open " mark', []),
    ("The so-called “school” is a prison, “the worst”.", ["school", "the worst"]),
    (
        "“The so-called “school” is a prison. Nobody leaves,” said Kim.",
        ["The so-called “school” is a prison. Nobody leaves,"],
    ),
    ("", []),
    ("“”", []),
]


@pytest.mark.parametrize(("text", "words"), MARKED)
def test_words_between_marks(text, words):
    assert [text[start:end] for start, end in quoted_spans(text)] == words


@pytest.mark.parametrize(
    ("passage", "stretches"),
    [("told nothing", [(0, 12)]), ("said that", []), ("nothing” and that", [(0, 7)]), ("He said “we were", [(9, 16)])],
)
def test_the_marked_part_of_a_passage_is_counted_from_its_start(passage, stretches):
    text = "He said “we were told nothing” and that was that. She said that too."
    start = text.index(passage)
    assert quoted_spans_within(text, start, start + len(passage)) == stretches


def test_a_hostile_paragraph_takes_linear_time():
    assert quoted_spans("“" * 200_000) == []
    assert quoted_spans("“a " * 100_000) == []
