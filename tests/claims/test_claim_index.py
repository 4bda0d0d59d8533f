"""The index by which claims are found: kept up to date by every verb, read within bounds, and one for all who ask."""

from importlib import import_module

import pytest
from django.apps import apps

from claims.changes import add_claim, add_question, merge_claims, revise, reword_claim
from claims.erasure import rewrite as erasure_of_rows
from claims.models import Claim, ClaimTerm, Statement
from claims.suggestions.claim_index import MAX_ROWS_READ, claims_sharing, index_terms, rarity_of, write_terms
from claims.suggestions.claim_matches import claims_for_passages, claims_for_typed_text, claims_like
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return matter(editor)


def terms_of_claim(claim):
    return set(ClaimTerm.objects.filter(claim=claim).values_list("term", flat=True))


def texts(found):
    return [each.claim.text for each in found]


def many(question, count, text="The road number {} was repaired."):
    claims = [Claim(question=question, text=text.format(number), slug=f"many-{number}") for number in range(count)]
    write_terms(Claim.objects.bulk_create(claims))


def test_a_claim_is_in_the_index_as_it_stands_now(desk, editor):
    claim = add_claim(question=desk.question, text="The bridge is sound.", kind="fact", by=editor)
    assert terms_of_claim(claim) == index_terms("The bridge is sound.")
    claim = reword_claim(claim, text="The tunnel is sound.", by=editor, seen=claim.revision)
    assert terms_of_claim(claim) == index_terms("The tunnel is sound.")
    revise(claim, {"text": "The tunnel is flooded."}, by=editor, seen=claim.revision)
    assert texts(claims_like("the tunnel was flooded")) == ["The tunnel is flooded."]
    assert texts(claims_like("the bridge is sound")) == []


def test_every_claim_that_a_verb_has_made_is_in_the_index(desk):
    assert {claim.pk for claim in Claim.objects.all()} == set(ClaimTerm.objects.values_list("claim", flat=True))


def test_what_was_merged_away_is_not_found(desk, editor):
    gone = add_claim(question=desk.question, text="Nobody asked the inhabitants.", kind="fact", by=editor)
    kept = add_claim(question=desk.question, text="The mayor is ill.", kind="fact", by=editor)
    merge_claims(gone, into=kept, by=editor, why="the same", seen=gone.revision)
    assert "Nobody asked the inhabitants." not in texts(claims_like("nobody asked the inhabitants"))


def test_the_oldest_of_many_claims_is_found(desk, editor):
    oldest = add_claim(question=desk.question, text="The governor owns a quarry.", kind="fact", by=editor)
    many(desk.question, 2_500, "The governor closed road {}.")
    assert texts(claims_like("a quarry belongs to the governor"))[0] == oldest.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("re-education camps", "reeducation camps"),
        ("counter-extremism centres", "counterextremism centers"),
        ("counter-extremism centres", "centres against extremism"),
        ("1,000,000 people", "1000000 people"),
        ("the banned books", "banning books"),
        ("the land was sold", "they sell the land"),
        ("维吾尔族被关押", "关押维吾尔族"),
    ],
)
def test_two_ways_of_writing_share_their_terms(one, other):
    assert len(index_terms(one) & index_terms(other)) >= 2


def test_a_word_that_may_stand_for_another_finds_it(desk, editor):
    claim = add_claim(question=desk.question, text="The firm erected the chimney.", kind="fact", by=editor)
    assert texts(claims_like("a company built the chimney")) == [claim.text]


def test_another_number_or_another_name_parts_two_claims(desk, editor):
    for text in ("Thieves took 40 cars in Orlo.", "Thieves took 70 cars in Orlo.", "Thieves took 40 cars in Belk."):
        add_claim(question=desk.question, text=text, kind="fact", by=editor)
    assert texts(claims_like("in Orlo 70 cars were taken by thieves"))[0] == "Thieves took 70 cars in Orlo."
    assert texts(claims_like("some 40 cars taken by thieves in Belk"))[0] == "Thieves took 40 cars in Belk."


def test_a_grade_says_how_near_a_claim_is(desk, editor):
    add_claim(question=desk.question, text="The chimney of the brewery fell on a cart.", kind="fact", by=editor)
    grades = [
        [each.grade for each in claims_like(words)]
        for words in (
            "the chimney of the brewery fell on a cart",
            "a cart was hit by the falling chimney after the storm",
            "rents doubled",
        )
    ]
    assert grades == [["same"], ["perhaps"], []]


def test_how_rare_a_term_is_is_counted_and_for_common_ones_estimated(editor):
    many(add_question(title="Is the road safe?", by=editor), 1_000)  # and no claim of long before
    rarity = rarity_of(["road", "7", "zebra"])
    assert 900 <= rarity.counts["road"] <= 1_100
    assert (rarity.counts["7"], rarity.counts["zebra"]) == (1, 0)
    assert rarity.weight("7") > rarity.weight("road")


def test_claims_that_share_only_common_terms_are_found_by_two_of_them(desk):
    many(desk.question, 60)
    common = {"road": MAX_ROWS_READ + 1, "repair": MAX_ROWS_READ + 2}
    found = claims_sharing([dict.fromkeys(common, 1.0)], common, most=10)
    assert found == sorted(ClaimTerm.objects.filter(term="road").values_list("claim", flat=True), reverse=True)[:10]


def test_the_migration_fills_the_index_with_the_claims_that_are_there(desk):
    before = set(ClaimTerm.objects.values_list("claim", "term"))
    ClaimTerm.objects.all().delete()
    import_module("claims.migrations.0004_claim_terms").fill_index(apps, None)
    assert set(ClaimTerm.objects.values_list("claim", "term")) == before


def test_an_erased_name_is_gone_from_the_index(desk, editor):
    claim = add_claim(question=desk.question, text="Asel Bek was asked.", kind="fact", by=editor)
    erasure_of_rows._rewrite_row(claim, {"text": "A farmer was asked."})
    assert terms_of_claim(claim) == index_terms("A farmer was asked.")


@pytest.mark.parametrize("count", [1, 400])
def test_the_questions_asked_do_not_grow_with_the_claims(desk, count, django_assert_max_num_queries):
    many(desk.question, count)
    with django_assert_max_num_queries(6):
        claims_for_typed_text("the road number 1 was rep", "the road")
    with django_assert_max_num_queries(6):
        claims_like("the road number 1 was repaired")


def test_the_picker_of_claims_offers_them_in_the_same_order(desk, editor, editor_client):
    add_claim(question=desk.question, text="The road was closed by the villagers.", kind="fact", by=editor)
    add_claim(question=desk.question, text="Villagers closed a road.", kind="fact", by=editor)
    asked = {"app_label": "claims", "model_name": "stance", "field_name": "claim", "term": "closed road"}
    offered = editor_client.get("/admin/autocomplete/", asked).json()["results"]
    ranked = texts(claims_for_typed_text("closed road", ""))
    assert [each["text"] for each in offered][: len(ranked)] == ranked
    assert ranked[0] == "Villagers closed a road."


def test_a_long_passage_and_many_passages_ask_no_more_than_a_bound(desk, django_assert_max_num_queries):
    many(desk.question, 30)
    long = " ".join(f"word{number} road repaired" for number in range(5_000))
    passages = [(f"The road number {number} was repaired by Bek {number}.", []) for number in range(1_200)]
    with django_assert_max_num_queries(12):
        claims_like(long)
        found = claims_for_passages(passages)
    assert texts(found[7]) and len(found) == 1_200


def test_words_that_fit_nothing_are_a_new_claim(desk):
    assert claims_like("the price of bread had doubled") == []
    assert claims_like("") == []
    assert claims_like("…") == []
    assert Statement.objects.exists()
