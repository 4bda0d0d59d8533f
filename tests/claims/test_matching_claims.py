"""Which claim a wording bears on: the table over the demonstration's claims, figures, the question at hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.likeness import Wording, nearest
from tests.claim_cases import claims, measured, wordings


@pytest.mark.parametrize("half", [0, 1], ids=["looked at", "held out"])
def test_the_right_claim_comes_first_and_what_fits_none_is_a_new_claim(half):
    shares = measured(wordings()[half::2])
    assert shares["top-1"] >= 0.85
    assert shares["top-3"] >= 0.9
    assert shares["new claim, precision"] >= 0.85


def test_the_table_has_a_hundred_wordings_of_which_thirty_fit_no_claim():
    slugs = {one.key for one in claims()}
    found = [slug for _, slug in wordings()]
    assert len(found) == 100
    assert found.count("") == 30
    assert set(found) - {""} <= slugs


HELD = Wording("held", ("One million people are held in camps.",), frozenset({Decimal(1_000_000)}))
SAFE = Wording("safe", ("The gate is kept shut for safety.",))


def test_a_candidate_names_the_words_that_it_shares():
    (found,) = nearest("a million people held in camps", [HELD, SAFE])
    assert found.key == "held"
    assert "camp" in found.why
    assert 0.42 <= found.score <= 1


def test_another_wording_of_a_claim_is_as_good_as_its_own_text():
    shut = Wording("safe", (*SAFE.texts, "Nobody may enter the town."))
    assert [near.key for near in nearest("nobody may enter the town", [HELD, shut])] == ["safe"]


def test_the_same_figure_brings_together_and_another_parts():
    (same,) = nearest("one million people are held in camps", [HELD])
    (other,) = nearest("three million people are held in camps", [HELD])
    assert other.score < same.score


@given(st.text(max_size=60))
def test_any_text_can_be_compared(words):
    for near in nearest(words, [HELD, SAFE], least=0.0):
        assert 0 <= near.score <= 1
