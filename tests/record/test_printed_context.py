"""The words around a passage: within its sentence, as far as the document has them and the site's setting allows."""

import pytest

from record.documents import Stretch
from record.presenters.printed_context import words_around
from tests.record_cast import appearance, replace


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


@pytest.mark.parametrize(("most", "shown"), [(0, ("", "")), (8, ("… rained", " and the …"))])
def test_the_setting_bounds_the_words_and_cuts_none(settings, most, shown):
    settings.CONTEXT_LENGTH = most
    assert around("five were held", "long it rained ", " and the night was cold.") == shown
