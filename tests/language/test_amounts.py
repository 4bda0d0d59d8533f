"""Amounts in words: the table of cases, spans, bounds that a claim can hold, any mixture of words."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claims.models import Claim
from language.amounts import amount_reader, read_amounts
from language.amounts.amount_grammar import grammar_of
from tests.amount_cases import cases, outcome, rates
from tests.pinned import changed


def only(text):
    (found,) = read_amounts(text)
    return found


def test_no_case_of_the_table_is_taken_wrongly_or_missed():
    outcomes = [(case, *outcome(*case)) for case in cases()]
    assert [one for one in outcomes if one[1] in ("wrong", "missed")] == []


def test_most_of_the_table_is_right_and_sure():
    counted = rates()
    assert counted.total() >= 150
    assert counted["right"] / counted.total() > 0.9


def test_an_amount_says_where_it_stands_what_it_counts_and_why():
    found = only("😀 He says at least 16 oil workers were shot.")
    assert (found.words, found.start, found.end) == ("at least 16 oil workers", 10, 33)
    assert (found.amount, found.lower, found.upper) == (16, 16, None)
    assert (found.modifier, found.unit, found.counted) == ("at least", "people", "oil workers")
    assert found.why == "“at least”: a lower bound"


def test_hundreds_are_two_hundred_at_the_least_as_in_the_claims_of_the_demonstration():
    found = only("Hundreds of marchers came.")
    assert (found.amount, found.lower, found.upper, found.modifier) == (None, 200, None, "")


def test_several_amounts_of_a_sentence_are_read_each_by_itself():
    found = read_amounts("Some 40 nurses and 12 guards stayed for three weeks; 5% of them fell ill.")
    assert [(one.amount, one.unit) for one in found] == [(40, "people"), (12, "people"), (3, "weeks"), (5, "%")]


PIECES = (
    "at least an estimated some 1 1,5 1.500 1,234,567 9999999999999999 0 million two and a half dozen between to – - % "
    "$ people of square kilometers hundreds thousands in six third 2019 aged , . 34 or more 555-1234 No. ½ 😀 \n"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=25))
def test_any_mixture_of_words_gives_figures_that_a_claim_can_hold(pieces):
    text = " ".join(pieces)
    end = 0
    for one in read_amounts(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        assert any(figure is not None for figure in (one.amount, one.lower, one.upper))
        low, amount, high = one.lower, one.amount, one.upper
        assert low is None or high is None or low <= high
        assert amount is None or (low or amount) <= amount <= (high or amount)
        assert all(figure is None or 0 <= figure < Decimal(10) ** 16 for figure in (low, amount, high))
        assert one.modifier in Claim.Modifier.values
        end = one.end


def test_reading_only_around_the_signs_of_numbers_finds_what_the_rules_find_in_the_whole_text():
    english = grammar_of("en")
    for marked, _ in cases():
        text = "İ zzz " * 40 + marked.replace("[", "").replace("]", "") + " zzz" * 40
        everywhere = {
            (read, match.span())
            for pattern, read in amount_reader.rules_of(english)
            for match in pattern.finditer(text)
        }
        assert {(read, match.span()) for read, match in amount_reader.matches(text, english)} == everywhere


def test_every_reading_is_the_one_that_is_pinned():
    """With span, bounds, unit, what is counted, whether it is sure and why."""
    assert changed("amounts_read.txt") == []
