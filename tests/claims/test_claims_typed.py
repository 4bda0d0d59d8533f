"""Claims found while an editor types: likeness, a last word unfinished, any script, the words at hand."""

import pytest

from claims.changes import add_claim
from claims.models import Claim
from claims.suggestions.claim_matches import claims_for_typed_text
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    made = matter(editor)
    for text in (
        "The villagers were paid in full.",
        "The camps are training centres.",
        "Деревни затопят до зимы.",
        "The road to the valley is closed.",
    ):
        add_claim(question=made.question, text=text, kind="fact", by=editor)
    return made


def found(typed, words=""):
    return [one.claim.text for one in claims_for_typed_text(typed, words)]


def test_a_word_that_is_not_finished_counts_as_every_word_that_begins_so(desk):
    assert found("the villagers were as")[0] == "The villagers were asked."
    assert found("the villagers were pa")[0] == "The villagers were paid in full."
    assert found("trai") == ["The camps are training centres."]
    assert found("trainin") == ["The camps are training centres."]


def test_after_a_space_the_last_word_is_finished(desk):
    assert found("trai ") == []


def test_other_forms_and_spellings_of_a_word_are_found(desk):
    assert found("center")[0] == "The camps are training centres."
    assert found("centres")[0] == "The camps are training centres."


def test_letters_of_other_scripts_are_found_small_or_capital(desk):
    assert found("деревни") == ["Деревни затопят до зимы."]
    assert found("ЗАТОПЯТ") == ["Деревни затопят до зимы."]


def test_the_claim_that_holds_what_is_typed_comes_before_one_that_holds_its_words(desk, editor):
    add_claim(question=desk.question, text="Closed is the valley road.", kind="fact", by=editor)
    assert found("road to the valley")[0] == "The road to the valley is closed."
    assert found("valley road")[0] == "Closed is the valley road."


@pytest.mark.parametrize("typed", ["", "the ", "…"])
def test_where_nothing_telling_is_typed_the_words_at_hand_decide(desk, typed):
    assert found(typed, "the road is closed")[0] == "The road to the valley is closed."
    assert found(typed) == []


def test_of_claims_that_begin_alike_that_of_the_words_at_hand_comes_first(desk):
    assert found("the villagers", "nobody was paid")[0] == "The villagers were paid in full."
    assert found("the villagers", "nobody was asked")[0] == "The villagers were asked."


def test_merged_claims_are_not_offered(desk):
    Claim.objects.filter(text="The camps are training centres.").update(merged_into=desk.claim)
    assert found("trai") == []


def test_six_queries_whatever_is_found(desk, django_assert_num_queries):
    with django_assert_num_queries(6):
        offered = claims_for_typed_text("the villagers", "")
        assert {one.claim.question.title for one in offered} == {desk.question.title}
