"""Links to the words in an article, by the syntax of the WICG draft: one term, a range, and what is percent-encoded."""

from urllib.parse import quote

import pytest

from record.presenters.text_fragments import LONGEST_EDGE, LONGEST_EXACT, address_of_words
from tests.record_cast import appearance, replace

pytestmark = pytest.mark.any_database

URL = "https://paper.example/a?b=1"


def place_of(exact, prefix="", suffix="", url=URL):
    printed = replace(appearance("artic0000001", exact).passage, exact=exact, prefix=prefix, suffix=suffix)
    return address_of_words(url, printed).removeprefix(URL)


@pytest.mark.parametrize(
    ("exact", "directive"),
    [
        ("five people were held there", "five%20people%20were%20held%20there"),
        ("we will, of course, rebuild it", "we%20will%2C%20of%20course%2C%20rebuild%20it"),
        ("well-known salt & water plants - all", "well%2Dknown%20salt%20%26%20water%20plants%20%2D%20all"),
        ("“five people” were held there", "five%20people%E2%80%9D%20were%20held%20there"),
        ("five people were 100% sure", "five%20people%20were%20100%25%20sure"),
        (
            "the first line of it was this\nand the last one was that",
            "the%20first%20line%20of%20it,the%20last%20one%20was%20that",
        ),
        ("五人死亡", "%E4%BA%94%E4%BA%BA%E6%AD%BB%E4%BA%A1"),
    ],
)
def test_words_are_named_so_that_a_browser_finds_them(exact, directive):
    assert place_of(exact) == f"#:~:text={directive}"


def test_few_words_are_told_apart_by_those_beside_them():
    assert place_of("five people", "the army held ", " in the night of rain") == (
        "#:~:text=the%20army%20held-,five%20people,-in%20the%20night"
    )
    assert place_of("five people", "[…]\n", "\n[…]") == "#:~:text=five%20people"
    assert place_of("five people", "he said “", ".") == "#:~:text=five%20people"
    assert place_of("more than five people were held", "he said ", " there") == (
        "#:~:text=more%20than%20five%20people%20were%20held"
    )


def test_long_words_are_a_range_and_no_word_is_cut():
    directive = place_of("one two three four five " * (LONGEST_EXACT // 10))
    assert directive == "#:~:text=one%20two%20three%20four%20five,one%20two%20three%20four%20five"


def test_long_words_of_a_script_without_spaces_are_a_range_of_short_ends():
    end = quote("五人死亡" * (LONGEST_EDGE // 4))
    assert place_of("五人死亡" * 500) == f"#:~:text={end},{end}"


def test_an_address_keeps_its_own_fragment_and_no_address_stays_none():
    assert place_of("five people fled", url=f"{URL}#top") == "#top:~:text=five%20people%20fled"
    assert place_of("five people fled", url=f"{URL}#:~:text=old") == "#:~:text=five%20people%20fled"
    assert place_of("five people fled", url="") == ""
    assert place_of("…") == ""
