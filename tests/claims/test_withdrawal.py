"""Withdrawing what is public, publishing it again, and erasing it."""

import pytest
from msgspec.structs import replace

from articles.changes import quote_passage, revise_article
from articles.ingest import take_in
from articles.models import Capture
from articles.tracked_changes import Refusal
from claims.changes import AppearanceInput, add_actor, add_appearance, merge_actors, record_framing, relate_claims
from claims.models import Release
from claims.publishing import PublicationRefused, erase, plan, publish, submit, unsupported_quotations, withdraw
from claims.publishing.plan import current_documents
from record.documents import decode
from record.log import append
from record.models import Current, Publication
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor, reviewer):
    desk = matter(editor)
    publish([desk.statement], by=reviewer, reason="First.")
    return desk


def newest(obj):
    return Publication.objects.get(public_id=obj.public_id, superseded_by=None)


def release(obj):
    return Release.objects.get(public_id=obj.public_id)


def test_a_withdrawn_statement_is_no_longer_current_and_its_reason_is_public(desk, reviewer):
    withdraw([desk.statement], by=reviewer, reason="The ministry corrected it.")
    assert newest(desk.statement).document is None
    assert newest(desk.statement).reason == "The ministry corrected it."
    assert not Current.objects.filter(public_id=desk.statement.public_id).exists()
    assert current_documents([desk.statement.public_id]) == {}
    assert (release(desk.statement).state, release(desk.statement).published_revision) == ("withdrawn", None)


@pytest.mark.parametrize("noun", ["question", "claim", "ministry", "outlet", "agency", "article"])
def test_what_public_documents_rest_on_is_not_withdrawn(desk, reviewer, noun):
    with pytest.raises(Refusal, match=r"public documents? rests? on this: “"):
        withdraw([getattr(desk, noun)], by=reviewer, reason="No.")
    assert Publication.objects.filter(document=None).count() == 0


def test_the_refusal_counts_what_rests_on_it(desk, reviewer):
    with pytest.raises(Refusal, match=r"1 public document rests on this: “About 4,000 people have to move”\."):
        withdraw([desk.claim], by=reviewer, reason="No.")


def test_what_rests_on_one_another_is_withdrawn_in_one_act(desk, reviewer):
    publications = withdraw([desk.claim, desk.question, desk.statement], by=reviewer, reason="All of it.")
    assert [one.kind for one in publications] == ["statement", "claim", "question"]


def test_what_rests_on_something_under_its_old_identity_keeps_it_public(desk, editor, reviewer):
    department = add_actor(name="Water Department", kind="government body", by=editor)
    merge_actors(desk.ministry, into=department, by=editor, why="", seen=1)
    publish([desk.ministry], by=reviewer, reason="One body.")
    with pytest.raises(Refusal, match="rests on this"):
        withdraw([department], by=reviewer, reason="No.")


def test_a_mere_mention_is_struck_out(desk, editor, reviewer):
    relate_claims(desk.claim, "contradicts", desk.other_claim, by=editor, seen=1)
    record_framing(desk.article, claim=desk.other_claim, part="body", treatment="contests", by=editor)
    publish([desk.claim, desk.other_claim, desk.article], by=reviewer, reason="Related.")
    assert decode(newest(desk.article).document).framings
    withdraw([desk.other_claim], by=reviewer, reason="Not a claim.")
    assert decode(newest(desk.claim).document).relations == ()
    assert decode(newest(desk.article).document).framings == ()
    assert release(desk.claim).record_seq == newest(desk.claim).seq


def test_a_reprint_stays_public_without_its_withdrawn_original(desk, editor, reviewer):
    taken = take_in(text="A copy of it.", outlet=desk.agency, headline="Copy", by=editor)
    values = {"derived_from": desk.article, "derivation": "verbatim"}
    reprint = revise_article(taken.article, values, by=editor, seen=None)
    publish([reprint], by=reviewer, reason="A copy.")
    withdraw([desk.statement, desk.article], by=reviewer, reason="Withdrawn by the paper.")
    document = decode(newest(reprint).document)
    assert (document.derived_from, document.derivation) == (None, "")
    reprint = revise_article(reprint, {"byline": "By nobody"}, by=editor, seen=None)
    assert [one.kind for one in publish([reprint], by=reviewer, reason="Byline.")] == ["article"]


def test_what_needs_something_withdrawn_is_not_published_without_it(desk, editor, reviewer):
    withdraw([desk.statement, desk.claim], by=reviewer, reason="Wrong.")
    with pytest.raises(PublicationRefused, match="was withdrawn: select it too"):
        publish([desk.statement], by=reviewer, reason="Again.")
    assert publish([desk.statement, desk.claim], by=reviewer, reason="Right after all.")


def test_published_again_it_goes_on_with_its_next_version_at_its_old_address(desk, editor, reviewer):
    withdraw([desk.statement], by=reviewer, reason="Checked.")
    submit([desk.statement], by=editor)
    publish([desk.statement], by=reviewer, reason="Checked and right.")
    assert newest(desk.statement).version == 3
    assert Current.objects.get(public_id=desk.statement.public_id).slug == desk.statement.public_id
    assert release(desk.statement).state == "published"


def test_what_is_not_public_is_not_withdrawn(desk, reviewer):
    with pytest.raises(Refusal, match="nothing to withdraw"):
        withdraw([desk.farmer], by=reviewer, reason="No.")


def test_withdrawing_takes_a_reviewer_and_a_reason(desk, editor, reviewer):
    with pytest.raises(Refusal, match="only reviewers"):
        withdraw([desk.statement], by=editor, reason="Mine.")
    with pytest.raises(Refusal) as refused:
        withdraw([desk.statement], by=reviewer, reason="")
    assert refused.value.field == "reason"


def test_an_erased_actor_leaves_no_word_in_the_log(desk, editor, reviewer):
    publish([desk.farmer], by=reviewer, reason="A name.")
    publication = erase(desk.farmer, by=reviewer, reason="At their wish.")
    assert publication == newest(desk.farmer)
    assert "Asel" not in "".join(filter(None, Publication.objects.values_list("document", flat=True)))
    assert (release(desk.farmer).state, newest(desk.farmer).reason) == ("withdrawn", "At their wish.")


def test_what_public_documents_rest_on_is_not_erased(desk, reviewer):
    with pytest.raises(Refusal):
        erase(desk.ministry, by=reviewer, reason="No.")
    assert release(desk.ministry).state == "published"


# Quotations held against the desk's captures


def test_published_quotations_are_supported_by_the_captures(desk):
    assert list(unsupported_quotations()) == []


def test_a_quotation_whose_capture_was_touched_is_reported(desk):
    Capture.objects.update(text=desk.capture.text.replace("4,000", "5,000"))
    (sentence,) = unsupported_quotations()
    assert desk.statement.public_id in sentence
    assert "no longer has the SHA-256" in sentence


def test_a_quotation_without_a_capture_is_reported(desk):
    Capture.objects.update(sha256="0" * 64)
    (sentence,) = unsupported_quotations()
    assert "the desk has no capture of it" in sentence


def test_of_a_long_quotation_that_is_reported_the_first_words_are_told(desk, editor, reviewer):
    passage = quote_passage(
        desk.capture,
        "The ministry of water said on Monday that about 4,000 people must move before the valley",
        by=editor,
    )
    add_appearance(desk.statement, AppearanceInput(passage), by=editor, seen=1)
    publish([desk.statement], by=reviewer, reason="More of it.")
    Capture.objects.update(sha256="0" * 64)
    quoted = [sentence.partition("“")[2].partition("”")[0] for sentence in unsupported_quotations()]
    assert sorted(quoted) == [f"{passage.exact[:79]}…", "about 4,000 people must move"]


def test_a_quotation_that_other_words_stand_for_is_reported(desk, reviewer, editor):
    document = decode(newest(desk.statement).document)
    appearance = document.appearances[0]
    moved = replace(appearance, passage=replace(appearance.passage, start=0, end=28))
    append([replace(document, appearances=(moved,))], reason="Tampered with.")
    (sentence,) = unsupported_quotations()
    assert "other words stand at 0 to 28" in sentence
    assert plan([desk.statement]).planned_documents
