"""Merging two actors or two claims, and taking them apart again."""

import threading

import pytest
from django.core import serializers
from django.db import connection

from articles.changes import quote_passage, revise_article
from articles.ingest import take_in
from articles.models import Article, Trace
from articles.tracked_changes import Refusal, StaleRevision
from claims.admin.merge_pages import describe_moves
from claims.changes import (
    AppearanceInput,
    IdentifierInput,
    NameInput,
    RelationInput,
    StanceInput,
    StepInput,
    add_actor,
    add_claim,
    continue_merges,
    merge_actors,
    merge_claims,
    record_framing,
    record_statement,
    relate_claims,
    revise,
    undo_merge,
)
from claims.models import (
    Actor,
    ActorName,
    Appearance,
    AttributionStep,
    Claim,
    ClaimRelation,
    Framing,
    Identifier,
    Merge,
    Stance,
    Statement,
)
from tests.cast import member_of
from tests.desk import matter

pytestmark = pytest.mark.django_db

FIGURE = {"kind": "figure", "amount": 4000, "unit": "people", "modifier": "about", "counted": "the moved"}


@pytest.fixture
def desk(editor):
    return matter(editor)


def everything():
    """All rows of the desk without revisions and moments: what an undone merge must give back."""
    rows = []
    nouns = [
        Actor,
        ActorName,
        Identifier,
        Statement,
        Appearance,
        AttributionStep,
        Stance,
        Claim,
        ClaimRelation,
        Framing,
    ]
    for model in [*nouns, Article]:
        for row in serializers.serialize("python", model.objects.order_by("pk")):
            for moving in ("revision", "changed_at"):
                row["fields"].pop(moving, None)
            rows.append(row)
    return rows


def refused(act, *arguments, **values):
    before = everything(), Trace.objects.count()
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **values)
    assert (everything(), Trace.objects.count()) == before
    return refusal.value.sentence


# Actors


@pytest.fixture
def department(desk, editor):
    """The same ministry once more: it speaks, it relays, it has names and an identifier."""
    department = add_actor(
        name="Water Department",
        kind="government body",
        names=[NameInput("Министерство воды", "ru-Cyrl"), NameInput("Суу башкармалыгы", "ky-Cyrl", "primary")],
        identifiers=[IdentifierInput("wikidata", "Q7")],
        by=editor,
    )
    passages = [quote_passage(desk.capture, words, by=editor) for words in ("on Monday", "a farmer")]
    stances = [StanceInput(desk.claim, "denies")]
    record_statement(
        summary="Not so many", mode="indirect", speaker=department, stances=stances,
        appearances=[AppearanceInput(passages[0])], by=editor,
    )  # fmt: skip
    record_statement(
        summary="The farmer told of it", mode="indirect", speaker=desk.farmer, stances=stances,
        appearances=[AppearanceInput(passages[1], chain=[StepInput(actor=department)])], by=editor,
    )  # fmt: skip
    return department


def test_a_merge_moves_statements_steps_names_and_identifiers(desk, department, editor):
    merge = merge_actors(department, into=desk.ministry, by=editor, why="One body under two names", seen=1)
    department.refresh_from_db()
    assert department.merged_into == desk.ministry
    assert set(desk.ministry.statements.values_list("summary", flat=True)) == {
        "About 4,000 people have to move",
        "Not so many",
    }
    assert desk.ministry.attribution_steps.count() == 1
    assert set(desk.ministry.names.values_list("name", "kind")) == {
        ("Ministry of Water", "primary"),
        ("Министерство воды", "alias"),
        ("Water Department", "alias"),
        ("Суу башкармалыгы", "primary"),
    }
    assert desk.ministry.identifiers.get().value == "Q7"
    assert (merge.kept, merge.gone) == (desk.ministry.public_id, department.public_id)
    assert (merge.trace.verb, merge.trace.why) == ("merge", "One body under two names")
    assert list(Actor.objects.current().find("water department")) == [desk.ministry]


def test_a_merge_raises_the_revision_of_all_that_it_changes(desk, department, editor):
    merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    revisions = dict(Statement.objects.values_list("summary", "revision"))
    assert revisions == {"About 4,000 people have to move": 1, "Not so many": 2, "The farmer told of it": 2}
    moved = Statement.objects.get(summary="Not so many")
    trace = Trace.objects.filter(public_id=moved.public_id).first()
    assert (trace.verb, trace.changes) == ("merge", {"actor": ["Water Department", "Ministry of Water"]})
    assert not Trace.objects.filter(public_id=desk.statement.public_id, verb="merge").exists()
    desk.ministry.refresh_from_db()
    assert desk.ministry.revision == 2


def test_a_primary_name_stays_one_where_the_other_has_only_an_alias_in_its_language(desk, editor):
    revise(desk.ministry, {}, names=[NameInput("Минводы", "ru-Cyrl")], by=editor, seen=None)
    other = add_actor(
        name="Water Board", kind="group", names=[NameInput("Водный совет", "ru-Cyrl", "primary")], by=editor
    )
    merge_actors(other, into=desk.ministry, by=editor, why="", seen=1)
    assert desk.ministry.names.get(name="Водный совет").kind == "primary"
    assert desk.ministry.names.get(name="Минводы").kind == "alias"


def test_an_undone_merge_gives_everything_back(desk, department, editor):
    before = everything()
    merge = merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    assert everything() != before
    undone = undo_merge(merge, by=editor, why="They are two")
    assert everything() == before
    assert undone.undone_by == editor
    assert refused(undo_merge, merge, by=editor).startswith("This merge was already undone")


def test_a_primary_name_that_became_an_alias_is_primary_again_when_the_merge_is_undone(desk, editor):
    revise(desk.ministry, {}, names=[NameInput("Минводы", "ru-Cyrl", "primary")], by=editor, seen=None)
    names = [NameInput("Водный совет", "ru-Cyrl", "primary")]
    board = add_actor(name="Water Board", kind="group", names=names, by=editor)
    merge = merge_actors(board, into=desk.ministry, by=editor, why="", seen=1)
    assert desk.ministry.names.get(name="Водный совет").kind == "alias"
    undo_merge(merge, by=editor)
    assert board.names.get(name="Водный совет").kind == "primary"


def test_merges_in_a_chain_are_undone_from_the_last_one_on(desk, department, editor):
    state = add_actor(name="The State", kind="state", by=editor)
    before = everything()
    first = merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    between = everything()
    second = merge_actors(desk.ministry, into=state, by=editor, why="", seen=2)
    assert state.statements.count() == 2
    assert "merged into “The State” later: undo that merge first" in refused(undo_merge, first, by=editor)
    undo_merge(second, by=editor)
    assert everything() == between
    undo_merge(first, by=editor)
    assert everything() == before


def test_two_merges_into_one_are_undone_in_any_order(desk, department, editor):
    third = add_actor(name="Third", kind="group", names=[NameInput("Drei", "de")], by=editor)
    before = everything()
    first = merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    second = merge_actors(third, into=desk.ministry, by=editor, why="", seen=1)
    undo_merge(first, by=editor)
    undo_merge(second, by=editor)
    assert everything() == before


def test_what_was_decided_after_a_merge_stays_when_it_is_undone(desk, department, editor):
    merge = merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    moved = Statement.objects.get(summary="Not so many")
    revise(moved, {"speaker": desk.farmer}, by=editor, seen=2)
    recorded = record_statement(summary="Later", mode="direct", speaker=desk.ministry, by=editor)
    names = [NameInput("Министерство воды", "ru-Cyrl")]
    desk.ministry.refresh_from_db()
    revise(desk.ministry, {}, names=names, by=editor, seen=desk.ministry.revision)
    undo_merge(merge, by=editor)
    moved.refresh_from_db()
    recorded.refresh_from_db()
    department.refresh_from_db()
    assert (moved.speaker, recorded.speaker, department.merged_into) == (desk.farmer, desk.ministry, None)
    assert list(department.names.filter(kind="primary").values_list("name", flat=True)) == ["Water Department"]


def test_an_actor_is_not_merged_into_itself_or_twice(desk, department, editor):
    assert "into itself" in refused(merge_actors, department, into=department, by=editor, why="", seen=1)
    merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    again = {"by": editor, "why": "", "seen": None}
    assert "already merged into" in refused(merge_actors, department, into=desk.farmer, **again)
    assert "already merged into" in refused(merge_actors, desk.farmer, into=department, **again)


def test_a_stale_merge_is_refused(desk, department, editor):
    revise(department, {"description": "Another body"}, by=editor, seen=1)
    with pytest.raises(StaleRevision):
        merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    assert not Merge.objects.exists()


def test_two_identifiers_in_one_register_are_not_one_actor(desk, department, editor):
    revise(desk.ministry, {}, identifiers=[IdentifierInput("wikidata", "Q8")], by=editor, seen=1)
    sentence = refused(merge_actors, department, into=desk.ministry, by=editor, why="", seen=1)
    assert "“Water Department” is wikidata Q7, “Ministry of Water” is wikidata Q8" in sentence


def test_a_withheld_name_and_an_open_one_are_not_merged(desk, editor):
    hidden = add_actor(name="Asel", kind="person", protection="withheld", public_label="a farmer", by=editor)
    for gone, into in ((hidden, desk.farmer), (desk.farmer, hidden)):
        assert "withheld name" in refused(merge_actors, gone, into=into, by=editor, why="", seen=1)


def test_who_speaks_and_who_passes_it_on_are_not_merged(desk, department, editor):
    assert "one is the speaker" in refused(merge_actors, department, into=desk.farmer, by=editor, why="", seen=1)


def test_unnamed_sources_are_merged_within_one_report_only(desk, editor):
    other = take_in(text="Another text.", outlet=desk.agency, headline="Other", by=editor).article
    here = add_actor(name="a villager", kind="unnamed", reported_in=desk.article, by=editor)
    there = add_actor(name="one villager", kind="unnamed", reported_in=other, by=editor)
    act = {"by": editor, "why": "", "seen": 1}
    assert "does not derive from" in refused(merge_actors, there, into=here, **act)
    assert "has a name" in refused(merge_actors, desk.farmer, into=here, **act)
    revise_article(other, {"derived_from": desk.article, "derivation": "edited"}, by=editor, seen=None)
    merge_actors(there, into=here, **act)
    there.refresh_from_db()
    assert there.merged_into == here


def test_a_merge_of_something_hot_is_carried_out_in_steps_and_undone_in_steps(desk, department, editor, monkeypatch):
    before = everything()
    merge = merge_actors(department, into=desk.ministry, by=editor, why="One body", seen=1)
    whole, moved = everything(), describe_moves(merge.moved)
    undo_merge(merge, by=editor)
    assert everything() == before
    record_statement(summary="And more", mode="direct", speaker=department, by=editor)
    before = everything()
    monkeypatch.setattr("claims.changes.moves.BATCH_SIZE", 1)
    merge = merge_actors(department, into=desk.ministry, by=editor, why="One body", seen=None)
    assert merge.unfinished and department.statements.count() == 1
    refusal = refused(merge_actors, desk.farmer, into=desk.ministry, by=editor, why="", seen=None)
    assert refusal == "The merge of “Water Department” is still being carried out: try again later."
    assert continue_merges(seconds=0) == 1
    merge.refresh_from_db()
    assert not merge.unfinished and not department.statements.exists()
    more = Statement.objects.get(summary="And more")
    assert (more.speaker, more.revision) == (desk.ministry, 2)
    assert (Trace.objects.first().verb, Trace.objects.first().why) == ("merge", "One body")
    undo_merge(merge, by=editor)
    assert continue_merges() == 1
    assert everything() == before
    more.delete()
    merge = merge_actors(department, into=desk.ministry, by=editor, why="One body", seen=None)
    continue_merges()
    assert everything() == whole and describe_moves(merge.moved) == moved


def test_a_merge_that_is_undone_before_it_is_carried_out_gives_everything_back(desk, department, editor, monkeypatch):
    for number in range(3):
        record_statement(summary=f"More {number}", mode="direct", speaker=department, by=editor)
    before = everything()
    monkeypatch.setattr("claims.changes.moves.BATCH_SIZE", 1)
    merge = merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    continue_merges(seconds=0)
    undo_merge(merge, by=editor)
    continue_merges()
    assert everything() == before and not Merge.objects.filter(unfinished=True).exists()


# Claims


@pytest.fixture
def twin(desk, editor):
    """The same figure once more, with a stance, relations in both directions and framings."""
    twin = add_claim(question=desk.question, text="4,000 have to go.", by=editor, **FIGURE)
    relate_claims(twin, "contradicts", desk.other_claim, by=editor, seen=1)
    relate_claims(desk.other_claim, "contradicts", twin, by=editor, seen=1)
    record_framing(desk.article, claim=twin, part="headline", treatment="relays", by=editor)
    passage = quote_passage(desk.capture, "on Monday", by=editor)
    record_statement(
        summary="Twin", mode="indirect", speaker=desk.farmer, stances=[StanceInput(twin, "disputes")],
        appearances=[AppearanceInput(passage)], by=editor,
    )  # fmt: skip
    twin.refresh_from_db()
    return twin


def test_a_merge_moves_stances_relations_and_framings(desk, twin, editor):
    merge_claims(twin, into=desk.claim, by=editor, why="Same figure", seen=2)
    assert set(desk.claim.stances.values_list("statement__summary", flat=True)) == {
        "About 4,000 people have to move",
        "Twin",
    }
    assert desk.claim.relations.get().other == desk.other_claim
    assert desk.claim.relations_to_it.get().claim == desk.other_claim
    assert desk.claim.framings.get().article == desk.article
    assert Statement.objects.get(summary="Twin").revision == 2
    assert Trace.objects.filter(public_id=desk.article.public_id).first().verb == "merge"
    assert list(Claim.objects.current().order_by("pk")) == [desk.claim, desk.other_claim]


def test_a_relation_of_another_kind_survives_the_merge(desk, twin, editor):
    """Only what says the same twice is dropped, in both directions."""
    relate_claims(desk.claim, "narrows", desk.other_claim, by=editor, seen=1)
    relate_claims(desk.other_claim, "narrows", desk.claim, by=editor, seen=2)
    merge_claims(twin, into=desk.claim, by=editor, why="", seen=2)
    kinds = {"contradicts", "narrows"}
    assert set(desk.claim.relations.values_list("kind", flat=True)) == kinds
    assert set(desk.claim.relations_to_it.values_list("kind", flat=True)) == kinds


def test_an_undone_merge_of_claims_gives_everything_back_even_what_was_said_twice(desk, twin, editor):
    revise(
        desk.statement, {}, stances=[StanceInput(desk.claim, "affirms", "about"), StanceInput(twin, "affirms")],
        by=editor, seen=1,
    )  # fmt: skip
    relate_claims(twin, "repeats", desk.claim, by=editor, seen=2)
    relate_claims(desk.claim, "contradicts", desk.other_claim, by=editor, seen=1)
    relate_claims(desk.other_claim, "contradicts", desk.claim, by=editor, seen=2)
    record_framing(desk.article, claim=desk.claim, part="headline", treatment="relays", by=editor)
    before = everything()
    merge = merge_claims(twin, into=desk.claim, by=editor, why="", seen=3)
    assert desk.statement.stances.get().claim == desk.claim
    assert desk.claim.relations.count() == 1
    undo_merge(merge, by=editor)
    assert everything() == before


def test_a_merge_of_hot_claims_drops_in_steps_what_is_said_twice(desk, twin, editor, monkeypatch):
    revise(
        desk.statement, {}, stances=[StanceInput(desk.claim, "affirms", "about"), StanceInput(twin, "affirms")],
        by=editor, seen=1,
    )  # fmt: skip
    before = everything()
    monkeypatch.setattr("claims.changes.moves.BATCH_SIZE", 1)
    merge = merge_claims(twin, into=desk.claim, by=editor, why="", seen=2)
    assert twin.stances.count() == 1
    continue_merges()
    assert not twin.stances.exists() and desk.statement.stances.get().claim == desk.claim
    undo_merge(merge, by=editor)
    continue_merges()
    assert everything() == before


def test_different_stances_to_the_two_are_decided_on_first(desk, twin, editor):
    stances = [StanceInput(desk.claim, "affirms"), StanceInput(twin, "denies")]
    revise(desk.statement, {}, stances=stances, by=editor, seen=1)
    sentence = refused(merge_claims, twin, into=desk.claim, by=editor, why="", seen=2)
    assert "denies one claim and affirms the other" in sentence


def test_different_framings_of_the_two_are_decided_on_first(desk, twin, editor):
    record_framing(desk.article, claim=desk.claim, part="headline", treatment="contests", by=editor)
    sentence = refused(merge_claims, twin, into=desk.claim, by=editor, why="", seen=2)
    assert "relays one claim and contests the other in its headline" in sentence


@pytest.mark.parametrize("change", [{"amount": 4001}, {"unit": "families"}, {"lower": 3000}, {"modifier": "up to"}])
def test_different_figures_are_different_claims(desk, twin, editor, change):
    twin = revise(twin, change, by=editor, seen=2)
    assert "different figures" in refused(merge_claims, twin, into=desk.claim, by=editor, why="", seen=3)


def test_a_figure_and_a_fact_are_different_claims(desk, editor):
    sentence = refused(merge_claims, desk.other_claim, into=desk.claim, by=editor, why="", seen=1)
    assert "Only one of the two claims is a figure" in sentence


def test_a_merge_on_which_none_rests_is_undone_though_a_later_one_dropped_something(desk, twin, editor):
    third = add_claim(question=desk.question, text="Third", by=editor, **FIGURE)
    for claim in (desk.claim, third):
        relate_claims(claim, "contradicts", desk.other_claim, by=editor, seen=1)
    # What the first moves and what the second drops have the same number, each in its own table.
    twin.stances.update(id=third.relations.get().pk)
    first = merge_claims(twin, into=desk.claim, by=editor, why="", seen=2)
    between = everything()
    merge_claims(third, into=desk.claim, by=editor, why="", seen=2)
    assert undo_merge(first, by=editor).undone_by == editor
    assert everything() != between


def test_a_merge_on_which_a_later_one_rests_is_undone_after_it(desk, twin, editor):
    third = add_claim(question=desk.question, text="Third", by=editor, **FIGURE)
    revise(third, {}, relations=[RelationInput("repeats", twin)], by=editor, seen=1)
    before = everything()
    first = merge_claims(twin, into=desk.claim, by=editor, why="", seen=2)
    # The relation now is between the two of the second merge, which drops it.
    second = merge_claims(third, into=desk.claim, by=editor, why="", seen=None)
    assert "The later merge of “Third”" in refused(undo_merge, first, by=editor)
    undo_merge(second, by=editor)
    undo_merge(first, by=editor)
    assert everything() == before


def test_a_merge_on_which_a_later_one_of_other_claims_rests_is_undone_after_it(desk, twin, editor):
    same = add_claim(question=desk.question, text="The farmers were asked.", kind="fact", by=editor)
    relate_claims(desk.claim, "contradicts", same, by=editor, seen=1)
    before = everything()
    first = merge_claims(twin, into=desk.claim, by=editor, why="", seen=2)
    # The relation that came from the twin now says what the other says already: the second merge drops it.
    second = merge_claims(desk.other_claim, into=same, by=editor, why="", seen=None)
    assert f"The later merge of “{desk.other_claim}”" in refused(undo_merge, first, by=editor)
    undo_merge(second, by=editor)
    undo_merge(first, by=editor)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_with_an_actor_that_is_merged_at_the_same_moment():
    erin, edda = (member_of("editor", name) for name in ("erin", "edda"))
    desk = matter(erin)
    gone = add_actor(name="Water Ministry", kind="government body", by=erin)
    barrier, refusals = threading.Barrier(2), []

    def together(act, *arguments, **values):
        try:
            barrier.wait(timeout=10)
            act(*arguments, **values)
        except Refusal as refused:
            refusals.append(refused.sentence)
        finally:
            connection.close()

    acts = [
        lambda: together(merge_actors, gone, into=desk.ministry, by=erin, why="", seen=1),
        lambda: together(record_statement, summary="Now", mode="direct", speaker=gone, by=edda),
    ]
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    gone.refresh_from_db()
    assert (gone.statements.count() == 0) or gone.merged_into is None
    assert len(refusals) <= 1
