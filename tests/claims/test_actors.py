"""Actors: their names, identifiers and protection."""

import pytest

from articles.changes import add_outlet
from articles.ingest import take_in
from articles.models import Trace
from articles.tracked_changes import Refusal, StaleRevision
from claims.changes import IdentifierInput, NameInput, add_actor, revise
from claims.models import Actor, ActorName

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor):
    outlet = add_outlet(name="Valley Herald", by=editor)
    return take_in(text="A villager said so.", outlet=outlet, headline="Dam", by=editor).article


@pytest.fixture
def president(editor):
    return add_actor(name="Asan Uulu", kind="person", names=[NameInput("Асан уулу", "ky-Cyrl")], by=editor)


def names(actor):
    return list(actor.names.order_by("id").values_list("name", "language", "kind"))


def test_the_name_of_an_actor_is_its_primary_name(president):
    assert names(president) == [("Asan Uulu", "", "primary"), ("Асан уулу", "ky-Cyrl", "alias")]
    assert president.slug == "asan-uulu"


def test_the_own_name_among_the_names_says_its_language(editor):
    actor = add_actor(name="Asan Uulu", kind="person", names=[NameInput("Asan Uulu", "ky-latn")], by=editor)
    assert names(actor) == [("Asan Uulu", "ky-Latn", "primary")]


def test_a_renamed_actor_is_still_found_by_its_former_name(president, editor):
    president = revise(president, {"name": "Hasan Uulu"}, by=editor, seen=1)
    assert set(names(president)) == {
        ("Asan Uulu", "", "alias"),
        ("Hasan Uulu", "", "primary"),
        ("Асан уулу", "ky-Cyrl", "alias"),
    }
    assert Actor.objects.find("asan uulu").get() == president


def test_a_language_has_one_primary_name(president, editor):
    rows = [NameInput("Asan Uulu", "", "primary"), NameInput("Hasan Uulu", "", "primary")]
    assert names(revise(president, {"name": "Hasan Uulu"}, names=rows, by=editor, seen=1)) == [
        ("Asan Uulu", "", "alias"),
        ("Hasan Uulu", "", "primary"),
    ]


def test_two_primary_names_of_another_language_are_refused(president, editor):
    rows = [NameInput("Асан", "ky-Cyrl", "primary"), NameInput("Хасан", "ky-Cyrl", "primary")]
    with pytest.raises(Refusal, match="one primary name per language"):
        revise(president, {}, names=rows, by=editor, seen=1)
    assert president.names.count() == 2


def test_names_are_traced_in_words_and_raise_the_revision(president, editor):
    president = revise(president, {}, names=[NameInput("Асан уулу", "ky-Cyrl", "former")], by=editor, seen=1, why="old")
    assert president.revision == 2
    assert Trace.objects.first().changes == {
        "names": [
            ["Asan Uulu · primary", "Асан уулу · ky-Cyrl · alias"],
            ["Asan Uulu · primary", "Асан уулу · ky-Cyrl · former"],
        ]
    }


def test_a_stale_save_of_names_is_refused_with_both_lists(president, editor):
    revise(president, {}, names=[NameInput("Theirs")], by=editor, seen=1)
    with pytest.raises(StaleRevision) as refused:
        revise(president, {"description": "Mine"}, names=[NameInput("Yours")], by=editor, seen=1)
    assert refused.value.theirs == {"description": "", "names": ["Asan Uulu · primary", "Theirs · alias"]}
    assert refused.value.yours == {"description": "Mine", "names": ["Asan Uulu · primary", "Yours · alias"]}


def test_a_name_that_stays_keeps_its_row(president, editor):
    row = president.names.get(language="ky-Cyrl").pk
    rows = [NameInput("Асан уулу", "ky-Cyrl"), NameInput("Asan", scheme="BGN/PCGN")]
    president = revise(president, {}, names=rows, by=editor, seen=1)
    assert president.names.get(language="ky-Cyrl").pk == row


@pytest.mark.parametrize("name", ["", " ", "A\x07b", "\u202eevil", "\ud800", "x" * 201, "\u2066open"])
def test_a_name_that_cannot_be_one_is_refused(editor, name):
    with pytest.raises(Refusal) as refused:
        add_actor(name=name, kind="person", by=editor)
    assert refused.value.field == "name"
    with pytest.raises(Refusal):
        add_actor(name="Asan", kind="person", names=[NameInput(name)], by=editor)
    assert not Actor.objects.exists() and not Trace.objects.exists()


def test_the_same_name_twice_is_refused(editor):
    with pytest.raises(Refusal, match="given twice"):
        add_actor(name="Asan", kind="person", names=[NameInput("A"), NameInput(" A ")], by=editor)


def test_a_long_name_in_signs_has_a_fold_that_fits(editor):
    add_actor(name="国" * 200, kind="state", by=editor)
    assert len(ActorName.objects.get().folded) == 300


def test_two_actors_of_one_name_have_two_addresses(president, editor):
    assert add_actor(name="Asan Uulu", kind="person", by=editor).slug == "asan-uulu-2"


# Identifiers


def test_an_identifier_names_one_actor(president, editor):
    revise(president, {}, identifiers=[IdentifierInput("Wikidata", " Q7 ")], by=editor, seen=1)
    with pytest.raises(Refusal, match="“Asan Uulu” already has wikidata Q7: merge the two"):
        add_actor(name="Hasan", kind="person", identifiers=[IdentifierInput("wikidata", "Q7")], by=editor)
    assert Actor.objects.count() == 1


@pytest.mark.parametrize("value", ["7", "Q0", "q7", "P7", "Q7\n8"])
def test_a_wikidata_identifier_is_an_item(editor, value):
    with pytest.raises(Refusal, match="Q17"):
        add_actor(name="Hasan", kind="person", identifiers=[IdentifierInput("wikidata", value)], by=editor)


def test_an_actor_has_one_identifier_in_a_register(editor):
    twice = [IdentifierInput("wikidata", "Q7"), IdentifierInput("Wikidata", "Q8")]
    with pytest.raises(Refusal, match="one identifier in “wikidata”"):
        add_actor(name="Hasan", kind="person", identifiers=twice, by=editor)


def test_an_identifier_is_corrected_in_its_row(president, editor):
    president = revise(president, {}, identifiers=[IdentifierInput("wikidata", "Q7")], by=editor, seen=1)
    row = president.identifiers.get().pk
    president = revise(president, {}, identifiers=[IdentifierInput("wikidata", "Q8")], by=editor, seen=2)
    assert (president.identifiers.get().pk, president.identifiers.get().value) == (row, "Q8")


# Unnamed and withheld


def test_an_unnamed_source_belongs_to_the_article_that_reports_it(article, editor):
    with pytest.raises(Refusal) as refused:
        add_actor(name="a villager", kind="unnamed", by=editor)
    assert refused.value.field == "reported_in"
    assert add_actor(name="a villager", kind="unnamed", reported_in=article, by=editor).reported_in == article
    with pytest.raises(Refusal, match="Only an unnamed source"):
        add_actor(name="Asan", kind="person", reported_in=article, by=editor)


def test_a_withheld_actor_has_its_identity_for_an_address(editor):
    actor = add_actor(name="Asan", kind="person", protection="withheld", public_label="a guard", slug="asan", by=editor)
    assert actor.slug == actor.public_id
    named = revise(actor, {"protection": "named"}, by=editor, seen=1)
    assert named.slug == "asan"
    assert revise(named, {"protection": "withheld"}, by=editor, seen=2).slug == actor.public_id


def test_a_withheld_name_needs_a_label_that_does_not_tell_it(editor):
    with pytest.raises(Refusal) as refused:
        add_actor(name="Asan Uulu", kind="person", protection="withheld", by=editor)
    assert refused.value.field == "public_label"
    with pytest.raises(Refusal, match="reveals the withheld name"):
        add_actor(name="Asan Uulu", kind="person", protection="withheld", public_label="a son of Asan-uulu", by=editor)


@pytest.mark.parametrize(("field", "value"), [("kind", "animal"), ("protection", "secret")])
def test_a_choice_that_is_none_is_refused(editor, field, value):
    with pytest.raises(Refusal) as refused:
        add_actor(**({"name": "Asan", "kind": "person", "by": editor} | {field: value}))
    assert refused.value.field == field
