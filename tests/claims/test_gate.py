"""What the gate refuses although the verbs let nobody write it, and the rules of the road that are easily bent."""

import pytest

from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in
from articles.models import Trace
from articles.tracked_changes import Refusal, leave_trace
from claims.changes import (
    AppearanceInput,
    StanceInput,
    StepInput,
    add_actor,
    add_appearance,
    add_claim,
    merge_actors,
    merge_claims,
    record_statement,
    revise,
    reword_claim,
)
from claims.models import Actor, Approval, AttributionStep, Claim, Release, Stance, Statement
from claims.publishing import (
    PublicationRefused,
    approve,
    erase,
    plan,
    publish,
    send_back,
    submit,
    two_person_rule,
    withdraw,
)
from claims.publishing.two_person_rule import LABEL_FIELDS, has_unapproved
from record.models import Publication
from tests.cast import member_of
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return matter(editor)


def sentences(statement, by):
    return [one.sentence for one in plan([statement], by=by).refusals]


def gone(actor, into, by):
    merge_actors(actor, into=into, by=by, why="the same", seen=1)
    return Actor.objects.get(pk=actor.pk)


def point_speaker(desk, by):
    other = gone(add_actor(name="Water Office", kind="government body", by=by), desk.ministry, by)
    Statement.objects.update(speaker=other)
    return other


def point_step(desk, by):
    other = gone(add_actor(name="A. Bek", kind="person", by=by), desk.farmer, by)
    AttributionStep.objects.update(actor=other, outlet=None)
    return other


def point_claim(desk, by):
    other = add_claim(question=desk.question, text="The farmers were asked.", kind="fact", by=by)
    merge_claims(other, into=desk.other_claim, by=by, why="the same", seen=1)
    Stance.objects.update(claim=other)
    return other


@pytest.mark.parametrize("point", [point_speaker, point_step, point_claim])
def test_nothing_rests_on_what_was_merged_away(point, desk, editor, reviewer):
    """A speaker, a step of a chain, a claim: the merge moves them, so here the row is written past the verbs."""
    other = point(desk, editor)
    told = f"uses “{other}”, which was merged"
    assert [one for one in sentences(desk.statement, reviewer) if told in one]
    with pytest.raises(PublicationRefused, match="which was merged"):
        publish([desk.statement], by=reviewer, reason="No.")
    assert not Publication.objects.exists()


@pytest.mark.parametrize("where", ["speaker", "step"])
def test_an_unnamed_source_of_another_article_does_not_speak_here(where, desk, editor, reviewer):
    outlet = add_outlet(name="Lake Post", by=editor)
    elsewhere = take_in(text="A villager spoke.", outlet=outlet, headline="Elsewhere", by=editor).article
    source = add_actor(name="a villager", kind="unnamed", reported_in=elsewhere, by=editor)
    if where == "speaker":
        Statement.objects.update(speaker=source)
    else:
        AttributionStep.objects.update(actor=source, outlet=None)
    told = f"the unnamed source “a villager” comes from a different article than “{desk.article}”"
    assert [one for one in sentences(desk.statement, reviewer) if told in one]
    Actor.objects.filter(pk=source.pk).update(reported_in=desk.article)
    assert sentences(desk.statement, reviewer) == []


def excerpt_of(desk, editor):
    return take_in(
        text="The ministry spoke for an hour.",
        outlet=desk.agency,
        headline="Excerpt",
        method="excerpt",
        complete=False,
        by=editor,
    ).capture


def test_one_complete_text_is_enough_for_silence_and_each_excerpt_alone_is_not(desk, editor, reviewer):
    passage = quote_passage(excerpt_of(desk, editor), "The ministry spoke", by=editor)
    silent = record_statement(
        summary="No word on the villages",
        mode="document",
        speaker=desk.ministry,
        stances=[StanceInput(desk.other_claim, "silent")],
        appearances=[AppearanceInput(passage)],
        by=editor,
    )
    assert "silence needs either the complete text" in " ".join(sentences(silent, reviewer))
    whole = quote_passage(desk.capture, "did not answer questions", by=editor)
    silent = add_appearance(silent, AppearanceInput(whole, chain=[StepInput(outlet=desk.agency)]), by=editor, seen=1)
    assert sentences(silent, reviewer) == []


def test_one_passage_that_tells_the_silence_is_enough(desk, editor, reviewer):
    excerpt = excerpt_of(desk, editor)
    spoke, long = (quote_passage(excerpt, words, by=editor) for words in ("The ministry spoke", "for an hour"))
    silent = record_statement(
        summary="No word on the villages",
        mode="document",
        speaker=desk.ministry,
        stances=[StanceInput(desk.other_claim, "silent")],
        appearances=[AppearanceInput(spoke)],
        by=editor,
    )
    assert "silence needs either the complete text" in " ".join(sentences(silent, reviewer))
    silent = add_appearance(silent, AppearanceInput(long, cue="For an hour"), by=editor, seen=1)
    assert sentences(silent, reviewer) == []


def test_only_silence_rests_on_a_complete_text(desk, editor, reviewer):
    passage = quote_passage(excerpt_of(desk, editor), "The ministry spoke", by=editor)
    said = record_statement(
        summary="The villagers were asked",
        mode="document",
        speaker=desk.ministry,
        stances=[StanceInput(desk.other_claim, "affirms")],
        appearances=[AppearanceInput(passage)],
        by=editor,
    )
    assert sentences(said, reviewer) == []


def test_one_sound_text_does_not_stand_for_another(desk, editor, reviewer):
    """Each appearance is held against its own capture."""
    other = take_in(text="Some must move, it said.", outlet=desk.agency, headline="More", by=editor).capture
    passage = quote_passage(other, "Some must move", by=editor)
    statement = add_appearance(desk.statement, AppearanceInput(passage), by=editor, seen=1)
    type(other).objects.filter(pk=other.pk).update(text="Some must move, it says.")
    told = sentences(statement, reviewer)
    assert len(told) == 1 and "“More” has been altered" in told[0]


def test_an_address_that_was_anothers_is_refused_at_the_gate_too(desk, editor, reviewer):
    """The verbs give no such address: here the row is written past them. The kind counts, and the own one is free."""
    publish([desk.claim], by=reviewer, reason="First.")
    once = desk.claim.slug
    revise(desk.claim, {"slug": "moved-people"}, by=editor, seen=1)
    assert plan([desk.claim], by=reviewer).refusals == []
    publish([Claim.objects.get(pk=desk.claim.pk)], by=reviewer, reason="Moved.")
    Claim.objects.filter(pk=desk.other_claim.pk).update(slug=once)
    [refusal] = plan([Claim.objects.get(pk=desk.other_claim.pk)], by=reviewer).refusals
    assert (refusal.field, refusal.obj) == ("slug", desk.other_claim)
    assert f"needs another address: “{once}” is, or once was, another claim’s" in refusal.sentence


# Who has changed something


@pytest.mark.parametrize(
    "verb", ["submit", "send back", "publish", "approve", "confirm", "withdraw", "erase", "erase the name", "assign"]
)
def test_an_act_that_changes_no_word_is_no_change_of_who_did_it(verb, desk, reviewer):
    leave_trace(desk.statement, by=reviewer, verb=verb, changes={"release": ["", "x"]})
    assert plan([desk.statement], by=reviewer).refusals == []


@pytest.mark.parametrize("verb", ["revise", "put back", "set date", "merge", "take in", "a verb of tomorrow"])
def test_every_other_act_is(verb, desk, reviewer):
    leave_trace(desk.statement, by=reviewer, verb=verb, changes={"summary": ["a", "b"]})
    assert [one.obj for one in plan([desk.statement], by=reviewer).refusals] == [desk.statement]


@pytest.mark.parametrize(
    ("kind", "verb", "deed"),
    [
        ("article", "take in", "took in the text of"),
        ("article", "frame", "said how a claim is treated in"),
        ("article", "add", "added the article"),
        ("article", "revise", "changed the article"),
        ("passage", "quote", "marked the passage"),
        ("passage", "re-anchor", "moved to a newer text the passage"),
        ("passage", "reword", "gave other words to the passage"),
        ("passage", "take in", "changed the passage"),
        ("actor", "merge", "merged into another the actor"),
        ("actor", "quote", "changed the actor"),
        ("claim", "merge", "merged into another the claim"),
        ("claim", "add", "added the claim"),
    ],
)
def test_what_the_reviewer_did_is_said_in_its_own_words(kind, verb, deed, desk, reviewer):
    passage = desk.statement.appearances.get().passage
    objects = {"article": desk.article, "passage": passage, "actor": desk.ministry, "claim": desk.claim}
    field = {"article": "headline", "passage": "exact", "actor": "name", "claim": "text"}[kind]
    leave_trace(objects[kind], by=reviewer, verb=verb, changes={field: ["a", "b"]})
    told = sentences(desk.statement, reviewer)
    resting = ", on which" if kind == "passage" else " on "
    assert [one for one in told if one.startswith(f"You {deed} “{objects[kind]}”{resting}")], told


@pytest.mark.parametrize(("verb", "approved"), [("confirm", True), ("quote", False), ("revise", False)])
def test_only_a_confirmation_stands_for_a_second_look_at_a_passage(verb, approved, desk, reviewer):
    passage = desk.statement.appearances.get().passage
    leave_trace(passage, by=reviewer, verb="quote", changes={"exact": ["", "b"]})
    leave_trace(passage, by=member_of("editor", "edda"), verb=verb, changes={})
    assert (sentences(desk.statement, reviewer) == []) is approved


def test_what_came_along_with_a_merge_is_a_change_of_who_made_it(desk, editor, reviewer):
    office = add_actor(name="Water Office", kind="government body", by=reviewer)
    gone(office, desk.ministry, editor)
    [told] = sentences(desk.ministry, reviewer)
    assert told.startswith("You added the actor “Water Office”, on which “Ministry of Water” rests, on ")
    publish([desk.ministry], by=member_of("reviewer", "rosa"), reason="Looked at.")
    assert sentences(desk.statement, reviewer) == []


def test_whoever_made_a_change_publishes_it_once_another_has_approved_just_that(desk, reviewer):
    rosa = member_of("reviewer", "rosa")
    claim = reword_claim(desk.claim, text="Other words.", by=reviewer, seen=1)
    seen = plan([claim]).revisions
    assert approve([claim], by=reviewer) == [desk.question, claim]  # what the editor has written
    with pytest.raises(Refusal, match="Nothing here needs your approval"):
        approve([claim], by=reviewer)
    with pytest.raises(Refusal, match=r"has changed since you opened this page: “.*” is at revision 2"):
        approve([claim], by=rosa, seen=seen | {claim.public_id: 1})
    with pytest.raises(PublicationRefused, match="somebody else has to publish it"):
        publish([claim], by=reviewer, reason="Mine.")
    approve([claim], by=rosa, note=" Seen. ", seen=seen)
    acts = Trace.objects.filter(verb="approve", by=rosa).order_by("id")
    assert [(one.public_id, one.why, one.changes) for one in acts] == [
        (desk.question.public_id, "Seen.", {}),
        (claim.public_id, "Seen.", {}),
    ]
    assert len(publish([claim], by=reviewer, reason="Mine.")) == 2


def test_who_approves_a_withheld_actor_has_looked_at_the_label_and_not_at_the_name(desk, reviewer):
    edda = member_of("editor", "edda")
    hidden = revise(desk.farmer, {"protection": "withheld", "public_label": "a farmer"}, by=edda, seen=1)
    hidden = revise(hidden, {"description": "Of the valley"}, by=edda, seen=2)
    assert has_unapproved(hidden, by=edda, fields=LABEL_FIELDS)
    assert not has_unapproved(hidden, by=reviewer, fields=LABEL_FIELDS)
    approve([hidden], by=reviewer)
    assert [set(one.trace.changes) for one in Approval.objects.all()] == [{"protection", "public_label", "slug"}]
    assert not has_unapproved(hidden, by=edda, fields=LABEL_FIELDS)
    assert has_unapproved(hidden, by=edda, fields={"description"})


def test_two_who_approve_a_change_at_the_same_moment_have_both_approved_it(desk, reviewer, monkeypatch):
    rosa, looked_at = member_of("reviewer", "rosa"), two_person_rule._traces_without_approval

    def meanwhile(*ids, **values):
        traces = list(looked_at(*ids, **values))
        Approval.objects.bulk_create(Approval(trace=trace, by=rosa) for trace in traces)
        return traces

    monkeypatch.setattr(two_person_rule, "_traces_without_approval", meanwhile)
    assert approve([desk.claim], by=reviewer) == [desk.question, desk.claim]
    assert {one.by for one in Approval.objects.all()} == {rosa}


# The road


def test_what_was_never_public_is_not_erased(desk, editor, reviewer):
    for act in (lambda: None, lambda: submit([desk.claim], by=editor)):
        act()
        with pytest.raises(Refusal, match="was never public"):
            erase(desk.claim, by=reviewer, reason="Wrong.")


def test_a_refusal_tells_five_and_counts_the_rest(desk, editor, reviewer):
    claims = [add_claim(question=desk.question, text=f"Number {n} moved.", kind="fact", by=editor) for n in range(7)]
    publish(claims, by=reviewer, reason="First.")
    for number, more in ((5, ""), (6, " And 1 more."), (7, " And 2 more.")):
        with pytest.raises(PublicationRefused) as refused:
            submit(claims[:number], by=editor)
        assert len(refused.value.refusals) == number
        told = [f"Readers see “{claim}” as it is: there is no change to review." for claim in claims[:5]]
        assert refused.value.sentence == " ".join(told) + more


def test_a_label_holds_three_hundred_characters(desk, editor, reviewer):
    claim = reword_claim(desk.other_claim, text="x" * 500, by=editor, seen=1)
    [release] = submit([claim], by=editor)
    assert release.label == str(claim)[:300]
    publish([claim], by=reviewer, reason="First.")
    release.refresh_from_db()
    assert release.label == str(claim)[:300] and len(release.label) == min(300, len(str(claim)))


def drafted(desk, editor, reviewer):
    """A release that is in no state of review: as if somebody had begun and left it."""
    Release.objects.create(kind="claim", public_id=desk.claim.public_id, label="x")


def sent_back(desk, editor, reviewer):
    submit([desk.claim], by=editor)
    send_back([desk.claim], by=reviewer, note="Which?")


def published(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First.")


def withdrawn(desk, editor, reviewer):
    published(desk, editor, reviewer)
    withdraw([desk.claim], by=reviewer, reason="Wrong.")


def erased(desk, editor, reviewer):
    published(desk, editor, reviewer)
    erase(desk.claim, by=reviewer, reason="Wrong.")


@pytest.mark.parametrize("state", [drafted, sent_back, published, withdrawn, erased])
def test_only_what_is_in_review_is_sent_back_from_whatever_else(state, desk, editor, reviewer):
    state(desk, editor, reviewer)
    before = Release.objects.values().get(public_id=desk.claim.public_id)
    acts = Trace.objects.count()
    with pytest.raises(Refusal, match="is not in review"):
        send_back([desk.claim], by=reviewer, note="No.")
    assert Release.objects.values().get(public_id=desk.claim.public_id) == before
    assert Trace.objects.count() == acts


def test_one_that_is_not_in_review_keeps_the_others_from_being_sent_back(desk, editor, reviewer):
    submit([desk.claim], by=editor)
    with pytest.raises(Refusal, match="is not in review"):
        send_back([desk.claim, desk.other_claim], by=reviewer, note="No.")
    assert Release.objects.get(public_id=desk.claim.public_id).state == "in review"


def test_a_new_revision_with_the_same_document_is_marked_and_adds_nothing_to_the_log(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First.")
    claim = reword_claim(desk.claim, text="Other words.", by=editor, seen=1)
    claim = reword_claim(claim, text="About 4,000 people must move.", by=editor, seen=2)
    # Readers see no change, but the desk counts one: it may be submitted, and a reviewer settles it.
    submit([claim], by=editor)
    entries, acts = Publication.objects.count(), Trace.objects.filter(verb="publish").count()
    assert publish([claim], by=reviewer, reason="The same.") == []
    release = Release.objects.get(public_id=claim.public_id)
    assert (release.state, release.published_revision, release.note) == ("published", 3, "")
    assert (Publication.objects.count(), Trace.objects.filter(verb="publish").count()) == (entries, acts)
    with pytest.raises(PublicationRefused, match="no change to review"):
        submit([claim], by=editor)
