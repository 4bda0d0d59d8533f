"""The words around a passage: within its sentence, as far as the document has them and the site's setting allows."""

import pytest

from language.sentence_edges import rest_of_sentence
from record.documents import Stretch
from record.presenters.printed_context import words_around
from tests.record_cast import appearance, replace

pytestmark = pytest.mark.any_database


def around(exact, prefix, suffix, start=100, marked=None):
    passage = replace(appearance("artic0000001", exact).passage, exact=exact, prefix=prefix, suffix=suffix)
    marked = tuple(Stretch(start=first, end=last) for first, last in marked or ())
    found = words_around(replace(passage, start=start, end=start + len(exact), marked=marked))
    return found["before"], found["after"]


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "shown"),
    [
        ("five were held", "It rained. Police said that ", " there. Then", ("Police said that", " there.")),
        ("five were held", "so Police told us ", " there before the", ("… so Police told us", " there before the …")),
        ("Five were held.", "It rained. ", " Then it was over.", ("", "")),
        ("five were held", "[…]\n", "\n[…]", ("", "")),
        ("five were held", "another line\nPolice said ", " there\nnext", ("Police said", " there")),
        ("all was well", "It rained. Mr. Hill said ", "", ("Mr. Hill said", "")),
        ("五人死亡", "下雨了。他说，", "。后来", ("他说，", "")),
    ],
)
def test_the_rest_of_the_sentence_is_shown_and_says_where_it_goes_on(exact, prefix, suffix, shown):
    assert around(exact, prefix, suffix) == shown


def test_marks_that_are_shown_with_the_words_are_not_shown_twice():
    assert around("we flee", "so he said: “", ",” and left.", marked=[(0, 7)]) == ("… so he said:", ", and left.")


@pytest.mark.parametrize(
    ("text", "most", "found"),
    [
        (
            "It rained. Police said that FIVE were held there, late. It ended.",
            90,
            ("Police said that ", " were held there, late."),
        ),
        ("It rained. Police said that FIVE were held there, late. It ended.", 12, ("… said that ", " were held …")),
        ("Police said that FIVE were held.", 0, ("", "")),
        ("One line\nHe said that FIVE\nwere held", 90, ("He said that ", "")),
        ("He told […] us FIVE were […] held.", 90, ("… us ", " were …")),
        ("He said: “FIVE.” It rained.", 90, ("He said: “", ".”")),
        ("他说。五FIVE人死亡。下雨了。", 90, ("五", "人死亡。")),
    ],
)
def test_what_is_published_is_the_rest_of_the_sentence_as_far_as_the_site_quotes_it(text, most, found):
    start = text.index("FIVE")
    assert rest_of_sentence(text, start, start + 4, most) == found


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Police, who had come by night from the town, said that ", " were held.", None),
        ("… from the town, said that ", " were held …", None),
        ("He said: “", ",” he added, “and more.”", ("He said:", ", he added, …")),
    ],
)
def test_a_document_that_has_the_sentence_shows_it_before_the_nearest_words(before, after, shown):
    passage = replace(appearance("artic0000001", "five people").passage, before=before, after=after)
    passage = replace(passage, exact="five people", marked=(Stretch(start=0, end=11),) if shown else ())
    found = words_around(passage)
    assert (found["before"], found["after"]) == (shown or (before.strip(), after))


@pytest.mark.parametrize(("most", "shown"), [(0, ("", "")), (8, ("… rained", " and the …"))])
def test_the_setting_bounds_the_words_and_cuts_none(settings, most, shown):
    settings.CONTEXT_LENGTH = most
    assert around("five were held", "long it rained ", " and the night was cold.") == shown
