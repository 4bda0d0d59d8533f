"""Submitting, sending back and publishing: what becomes public, what is added, and what is refused."""

import pytest
from django.test import override_settings

from articles.changes import confirm_passages, quote_passage, revise_article
from articles.ingest import take_in
from articles.models import Capture, Passage, Trace
from articles.tracked_changes import Refusal
from claims.changes import (
    AppearanceInput,
    StanceInput,
    StepInput,
    add_actor,
    add_appearance,
    add_claim,
    merge_actors,
    merge_claims,
    record_framing,
    record_statement,
    relate_claims,
    revise,
    reword_claim,
    undo_merge,
)
from claims.models import AttributionStep, Claim, Release
from claims.publishing import PublicationRefused, plan, publish, send_back, submit
from record.documents import Redirect, decode
from record.models import Publication
from tests.cast import member_of
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return matter(editor)


def public(obj):
    """The document that readers see of `obj`."""
    return decode(Publication.objects.get(public_id=obj.public_id, superseded_by=None).document)


def kinds(planned):
    return [one.kind for one in planned]


def sentences(made):
    return [one.sentence for one in made.refusals]


def release(obj):
    return Release.objects.get(public_id=obj.public_id)


# The plan


def test_the_plan_of_a_statement_adds_what_it_needs_in_the_order_of_need(desk, reviewer):
    made = plan([desk.statement], by=reviewer)
    assert kinds(made.planned_documents) == ["question", "claim", "outlet", "outlet", "article", "actor", "statement"]
    assert [one.is_added for one in made.planned_documents] == [True] * 6 + [False]
    assert made.refusals == []
    assert Publication.objects.count() == 0


def test_what_was_chosen_is_not_added_though_something_else_needs_it(desk, reviewer):
    made = plan([desk.statement, desk.claim, desk.article], by=reviewer)
    assert {one.obj for one in made.planned_documents if not one.is_added} == {desk.statement, desk.claim, desk.article}


def test_the_plan_adds_the_original_of_a_reprint(desk, editor, reviewer):
    reprint = take_in(
        text="About 4,000 people must move, a paper reported.", outlet=desk.agency, headline="Dam", by=editor
    )
    article = revise_article(
        reprint.article, {"derived_from": desk.article, "derivation": "edited"}, by=editor, seen=None
    )
    made = plan([article], by=reviewer)
    assert {one.obj for one in made.planned_documents} == {article, desk.article, desk.outlet, desk.agency}
    publish([article], by=reviewer, reason="Two printings.")
    assert public(article).derived_from == desk.article.public_id


def test_the_plan_adds_the_article_that_an_unnamed_source_belongs_to(desk, editor, reviewer):
    source = add_actor(name="a villager", kind="unnamed", reported_in=desk.article, by=editor)
    assert kinds(plan([source], by=reviewer).planned_documents) == ["outlet", "article", "actor"]


def test_what_is_public_already_is_left_as_readers_see_it(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First claim.")
    reword_claim(desk.claim, text="Some 4,000 people must move.", by=editor, seen=1)
    made = plan([desk.statement], by=reviewer)
    assert "claim" not in kinds(made.planned_documents)
    publish([desk.statement], by=reviewer, reason="Its statement.")
    assert public(desk.claim).text == "About 4,000 people must move."


def test_what_readers_see_just_so_is_left_out(desk, reviewer):
    publish([desk.statement], by=reviewer, reason="First.")
    made = plan([desk.statement, desk.claim], by=reviewer)
    assert made.planned_documents == []
    assert set(made.unchanged) == {desk.statement, desk.claim}
    assert publish([desk.statement], by=reviewer, reason="Again.") == []
    assert Publication.objects.count() == 7


def test_the_plan_takes_the_same_number_of_queries_for_any_number_of_statements(
    desk, editor, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statement(number):
        return record_statement(
            summary=f"Statement {number}",
            mode="indirect",
            speaker=desk.ministry,
            by=editor,
            stances=[StanceInput(desk.claim, "affirms")],
            appearances=[
                AppearanceInput(
                    quote_passage(desk.capture, ["The ministry of water", "on Monday", "a farmer"][number], by=editor),
                    chain=[StepInput(outlet=desk.agency)],
                )
            ],
        )

    statements = [statement(number) for number in range(3)]
    with CaptureQueriesContext(connection) as one:
        plan(statements[:1])
    with django_assert_num_queries(len(one)):
        plan(statements)


def test_nothing_chosen_is_refused():
    with pytest.raises(Refusal, match="Nothing was selected"):
        plan([])


def test_a_passage_is_not_published_by_itself(desk):
    with pytest.raises(Refusal, match="cannot be published on its own"):
        plan(Passage.objects.all())


# Publishing


def test_publishing_marks_the_road_of_each_object_and_leaves_a_trace(desk, reviewer):
    publications = publish([desk.statement], by=reviewer, reason="The ministry's figure.")
    assert [one.seq for one in publications] == [1, 2, 3, 4, 5, 6, 7]
    assert {one.reason for one in publications} == {"The ministry's figure."}
    marked = release(desk.statement)
    assert (marked.state, marked.published_revision, marked.record_seq) == ("published", 1, 7)
    assert release(desk.question).state == "published"
    trace = Trace.objects.filter(public_id=desk.statement.public_id, verb="publish").get()
    assert (trace.by, trace.why) == (reviewer, "The ministry's figure.")


def test_an_edit_of_a_published_object_is_unseen_until_it_is_published_too(desk, editor, reviewer):
    publish([desk.statement], by=reviewer, reason="First.")
    revise(desk.statement, {"summary": "Four thousand have to move"}, by=editor, seen=1)
    assert public(desk.statement).summary == "About 4,000 people have to move"
    publish([desk.statement], by=reviewer, reason="Plainer.")
    assert public(desk.statement).summary == "Four thousand have to move"
    assert release(desk.statement).published_revision == 2


def test_a_statement_whose_passage_moved_to_a_fuller_capture_can_be_published_again(desk, editor, reviewer):
    publish([desk.statement], by=reviewer, reason="First.")
    fuller = take_in(
        text=desk.capture.text + "\n\nThe flooding is planned for the spring.",
        outlet=desk.outlet,
        article=desk.article,
        by=editor,
    )
    assert [one.exact for one in fuller.reanchored_passages] == ["about 4,000 people must move"]
    submit([desk.statement], by=editor)
    confirm_passages([(one, one.revision) for one in fuller.reanchored_passages], by=editor)
    publish([desk.statement], by=reviewer, reason="Checked against the fuller text.")
    assert public(desk.statement).appearances[0].passage.capture == fuller.capture.sha256
    assert fuller.capture.sha256 in {one.sha256 for one in public(desk.article).captures}


def test_two_changes_that_cancel_out_need_no_new_version(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First.")
    reword_claim(desk.claim, text="Other words.", by=editor, seen=1)
    reword_claim(desk.claim, text="About 4,000 people must move.", by=editor, seen=2)
    seq = release(desk.claim).record_seq
    assert publish([desk.claim], by=reviewer, reason="Nothing new.") == []
    assert release(desk.claim).record_seq == seq
    assert release(desk.claim).published_revision == 3


def test_a_public_reason_is_demanded(desk, reviewer):
    with pytest.raises(Refusal) as refused:
        publish([desk.statement], by=reviewer, reason="  ")
    assert refused.value.field == "reason"
    assert Publication.objects.count() == 0


def test_an_editor_may_not_publish(desk, editor):
    with pytest.raises(Refusal, match="only reviewers"):
        publish([desk.statement], by=editor, reason="Mine.")
    assert Publication.objects.count() == 0 and not Release.objects.exists()


def test_an_editor_is_told_once_that_only_reviewers_publish(desk, editor):
    made = plan([desk.statement], by=editor)
    assert [(one.obj, one.field) for one in made.refusals] == [(made.planned_documents[0].obj, "")]


def test_whoever_made_the_last_change_does_not_publish_it(desk, reviewer):
    revise(desk.statement, {"summary": "Reviewed"}, by=reviewer, seen=1)
    with pytest.raises(PublicationRefused, match="somebody else has to publish it"):
        publish([desk.statement], by=reviewer, reason="Mine.")
    publish([desk.statement], by=member_of("reviewer", "rosa"), reason="Hers.")
    assert public(desk.statement).summary == "Reviewed"


def test_the_second_person_is_asked_for_what_is_added_as_well(desk, reviewer):
    reword_claim(desk.claim, text="Some 4,000 people must move.", by=reviewer, seen=1)
    with pytest.raises(PublicationRefused, match="the claim “Some 4,000"):
        publish([desk.statement], by=reviewer, reason="Mine in part.")


def test_submitting_is_not_a_change(desk, reviewer):
    submit([desk.statement], by=reviewer)
    assert publish([desk.statement], by=reviewer, reason="Submitted by me, written by another.")


@override_settings(SECOND_PERSON=False)
def test_a_one_person_desk_publishes_its_own(desk, reviewer):
    revise(desk.statement, {"summary": "Reviewed"}, by=reviewer, seen=1)
    assert publish([desk.statement], by=reviewer, reason="Alone.")


def test_what_changed_after_the_reviewer_looked_is_not_published(desk, editor, reviewer):
    seen = plan([desk.statement], by=reviewer).revisions
    reword_claim(desk.claim, text="Slipped in.", by=editor, seen=1)
    with pytest.raises(Refusal, match="has changed since you opened"):
        publish([desk.statement], by=reviewer, reason="As seen.", seen=seen)
    assert Publication.objects.count() == 0
    assert publish([desk.statement], by=reviewer, reason="Seen.", seen=plan([desk.statement], by=reviewer).revisions)


# The road


def test_a_draft_is_submitted_sent_back_with_a_word_and_submitted_again(desk, editor, reviewer):
    submit([desk.statement], by=editor, note="Please check the figure")
    assert (release(desk.statement).state, release(desk.statement).note) == ("in review", "Please check the figure")
    send_back([desk.statement], by=reviewer, note="Which Monday?")
    assert (release(desk.statement).state, release(desk.statement).note) == ("sent back", "Which Monday?")
    with pytest.raises(PublicationRefused, match="sent back with the word “Which Monday\\?”"):
        publish([desk.statement], by=reviewer, reason="Anyway.")
    submit([desk.statement], by=editor)
    publish([desk.statement], by=reviewer, reason="Now.")
    verbs = Trace.objects.filter(public_id=desk.statement.public_id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["record", "submit", "send back", "submit", "publish"]


def test_only_what_is_in_review_is_sent_back(desk, reviewer):
    with pytest.raises(Refusal, match="not in review"):
        send_back([desk.statement], by=reviewer, note="No.")


def test_sending_back_takes_a_word_and_a_reviewer(desk, editor, reviewer):
    submit([desk.statement], by=editor)
    with pytest.raises(Refusal, match="Say why"):
        send_back([desk.statement], by=reviewer, note="")
    with pytest.raises(Refusal, match="only reviewers"):
        send_back([desk.statement], by=editor, note="No.")
    assert release(desk.statement).state == "in review"


def test_readers_go_on_seeing_a_published_object_whose_change_is_sent_back(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First.")
    reword_claim(desk.claim, text="Other words.", by=editor, seen=1)
    submit([desk.claim], by=editor)
    send_back([desk.claim], by=reviewer, note="No.")
    assert public(desk.claim).text == "About 4,000 people must move."
    assert list(Claim.objects.public()) == [desk.claim]


def test_what_readers_see_just_so_is_not_submitted(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First.")
    with pytest.raises(PublicationRefused, match="no change to review"):
        submit([desk.claim], by=editor)


# The gate


def test_a_statement_without_a_passage_is_not_published(desk, editor, reviewer):
    bare = record_statement(
        summary="Nothing behind it",
        mode="indirect",
        speaker=desk.ministry,
        by=editor,
        stances=[StanceInput(desk.claim, "denies")],
    )
    with pytest.raises(PublicationRefused) as refused:
        publish([bare], by=reviewer, reason="No.")
    assert refused.value.refusals[0].field == "appearances"
    assert "at least one passage" in refused.value.sentence


def test_a_statement_without_a_stance_is_not_published(desk, editor, reviewer):
    revise(desk.statement, {}, stances=[], by=editor, seen=1)
    with pytest.raises(PublicationRefused, match="a stance towards at least one claim"):
        publish([desk.statement], by=reviewer, reason="No.")


def test_words_that_do_not_stand_in_the_capture_are_not_published(desk, reviewer):
    Passage.objects.update(exact="about 5,000 people must move")
    with pytest.raises(PublicationRefused, match="are not"):
        publish([desk.statement], by=reviewer, reason="No.")


def test_a_capture_whose_text_was_touched_supports_nothing(desk, reviewer):
    Capture.objects.update(text=desk.capture.text + " More.")
    with pytest.raises(PublicationRefused, match="SHA-256 differs"):
        publish([desk.statement], by=reviewer, reason="No.")


def test_a_chain_with_a_gap_is_not_published(desk, reviewer):
    AttributionStep.objects.update(position=2)
    with pytest.raises(PublicationRefused, match="has a gap"):
        publish([desk.statement], by=reviewer, reason="No.")


def silent_statement(desk, editor, capture, exact, cue):
    passage = quote_passage(capture, exact, by=editor)
    return record_statement(
        summary="No word on the villages",
        mode="document",
        speaker=desk.ministry,
        by=editor,
        stances=[StanceInput(desk.other_claim, "silent")],
        appearances=[AppearanceInput(passage, cue=cue)],
    )


def excerpt(desk, editor):
    return take_in(
        text="The ministry did not mention the farmers.",
        outlet=desk.agency,
        by=editor,
        headline="Excerpt",
        method="excerpt",
        complete=False,
    ).capture


def test_silence_by_omission_rests_on_a_complete_capture(desk, editor, reviewer):
    told = silent_statement(desk, editor, excerpt(desk, editor), "The ministry", "")
    with pytest.raises(PublicationRefused, match="silence needs either the complete text"):
        publish([told], by=reviewer, reason="No.")
    omitted = silent_statement(desk, editor, desk.capture, "did not answer questions", "")
    assert publish([omitted], by=reviewer, reason="The whole text is there.")


def test_silence_as_told_rests_on_the_words_that_tell_it(desk, editor, reviewer):
    elsewhere = silent_statement(desk, editor, excerpt(desk, editor), "The ministry", "made no mention")
    assert "silence" in sentences(plan([elsewhere], by=reviewer))[0]
    told = silent_statement(desk, editor, excerpt(desk, editor), "did not mention the farmers", "did not mention")
    assert publish([told], by=reviewer, reason="The agency says so.")


def test_the_words_of_a_framing_must_still_stand_in_the_article(desk, editor, reviewer):
    record_framing(
        desk.article, claim=desk.claim, part="headline", treatment="relays", words="three villages", by=editor
    )
    publish([desk.claim, desk.article], by=reviewer, reason="With its framing.")
    assert public(desk.article).framings[0].words == "three villages"
    desk.article.refresh_from_db()
    revise_article(desk.article, {"headline": "Another headline"}, by=editor, seen=desk.article.revision)
    with pytest.raises(PublicationRefused, match="are not in the headline"):
        publish([desk.article], by=reviewer, reason="New headline.")


def test_every_breach_is_told_at_once(desk, editor, reviewer):
    bare = record_statement(summary="Nothing behind it", mode="indirect", speaker=desk.ministry, by=editor)
    with pytest.raises(PublicationRefused) as refused:
        publish([bare], by=reviewer, reason="No.")
    assert len(refused.value.refusals) == 2


def test_an_address_that_was_once_published_does_not_become_anothers(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First.")
    once = desk.claim.slug
    revise(desk.claim, {"slug": "moved-people"}, by=editor, seen=1)
    with pytest.raises(Refusal) as refused:
        add_claim(question=desk.question, text="New", kind="fact", slug=once, by=editor)
    assert refused.value.field == "slug"
    assert add_claim(question=desk.question, text="About 4,000 people must move", kind="fact", by=editor).slug != once


# Neighbours


def test_a_relation_is_public_only_while_the_other_claim_is(desk, editor, reviewer):
    relate_claims(desk.claim, "contradicts", desk.other_claim, by=editor, seen=1)
    publish([desk.claim], by=reviewer, reason="One.")
    assert public(desk.claim).relations == ()
    publications = publish([desk.other_claim], by=reviewer, reason="The other.")
    assert [one.kind for one in publications] == ["claim", "claim"]
    assert public(desk.claim).relations[0].claim == desk.other_claim.public_id
    assert release(desk.claim).record_seq == max(
        one.seq for one in publications if one.public_id == desk.claim.public_id
    )


def test_a_neighbour_with_an_unpublished_change_waits(desk, editor, reviewer):
    relate_claims(desk.claim, "contradicts", desk.other_claim, by=editor, seen=1)
    publish([desk.claim], by=reviewer, reason="One.")
    reword_claim(desk.claim, text="Not reviewed.", by=editor, seen=2)
    assert len(publish([desk.other_claim], by=reviewer, reason="The other.")) == 1
    assert public(desk.claim).relations == ()


def test_a_framing_becomes_public_with_its_claim(desk, editor, reviewer):
    record_framing(desk.article, claim=desk.claim, part="body", treatment="relays", by=editor)
    publish([desk.article], by=reviewer, reason="The article.")
    assert public(desk.article).framings == ()
    publish([desk.claim], by=reviewer, reason="The claim.")
    assert public(desk.article).framings[0].treatment == "relays"


def test_a_new_capture_is_listed_even_if_the_article_has_an_unpublished_change(desk, editor, reviewer):
    publish([desk.statement], by=reviewer, reason="First.")
    desk.article.refresh_from_db()
    revise_article(desk.article, {"byline": "Not reviewed"}, by=editor, seen=desk.article.revision)
    fuller = take_in(text=desk.capture.text + "\n\nMore.", outlet=desk.outlet, article=desk.article, by=editor)
    confirm_passages([(one, one.revision) for one in Passage.objects.awaiting_confirmation()], by=editor)
    publish([desk.statement], by=reviewer, reason="Fuller.")
    assert fuller.capture.sha256 in {one.sha256 for one in public(desk.article).captures}
    assert public(desk.article).byline == ""


# Merged


def test_a_merged_actor_leaves_a_redirect(desk, editor, reviewer):
    publish([desk.statement], by=reviewer, reason="First.")
    department = add_actor(name="Water Department", kind="government body", by=editor)
    merge = merge_actors(desk.ministry, into=department, by=editor, why="One body.", seen=1)
    publish([desk.ministry], by=reviewer, reason="One body.")
    assert isinstance(public(desk.ministry), Redirect)
    assert public(desk.ministry).into == department.public_id
    assert public(department).name == "Water Department"
    undo_merge(merge, by=editor)
    publish([desk.ministry], by=reviewer, reason="Two bodies after all.")
    assert public(desk.ministry).name == "Ministry of Water"


def test_a_redirect_leads_to_where_a_chain_of_merges_ends(desk, editor, reviewer):
    publish([desk.claim], by=reviewer, reason="First.")
    figure = {"kind": "figure", "amount": 4000, "unit": "people", "modifier": "about", "counted": "people"}
    second = add_claim(question=desk.question, text="Second", by=editor, **figure)
    third = add_claim(question=desk.question, text="Third", by=editor, **figure)
    merge_claims(desk.claim, into=second, by=editor, why="", seen=1)
    merge_claims(second, into=third, by=editor, why="", seen=None)
    publish([desk.claim], by=reviewer, reason="One claim.")
    assert public(desk.claim).into == third.public_id
    assert not Publication.objects.filter(public_id=second.public_id).exists()


def test_what_was_merged_before_anybody_saw_it_is_not_published(desk, editor, reviewer):
    department = add_actor(name="Water Department", kind="government body", by=editor)
    merge_actors(department, into=desk.ministry, by=editor, why="", seen=1)
    with pytest.raises(PublicationRefused, match="is not public: publish that one"):
        publish([department], by=reviewer, reason="No.")
    with pytest.raises(PublicationRefused, match="submit that one"):
        submit([department], by=editor)


def test_an_appearance_in_a_second_article_brings_that_article_along(desk, editor, reviewer):
    publish([desk.statement], by=reviewer, reason="First.")
    other = take_in(text="Some 4,000 must move, the ministry said.", outlet=desk.agency, headline="Dam", by=editor)
    passage = quote_passage(other.capture, "4,000 must move", by=editor)
    add_appearance(desk.statement, AppearanceInput(passage), by=editor, seen=1)
    publish([desk.statement], by=reviewer, reason="A second printing.")
    assert len(public(desk.statement).appearances) == 2
    assert public(other.article).headline == "Dam"


def test_what_is_public_is_found_by_one_query(desk, editor, reviewer, django_assert_num_queries):
    publish([desk.claim], by=reviewer, reason="One.")
    submit([desk.statement], by=editor)
    with django_assert_num_queries(1):
        assert list(Claim.objects.current().public()) == [desk.claim]
