"""Undoing a withdrawal: readers see again just what they saw last, or the desk says what has changed."""

import pytest

from articles.models import Trace
from articles.tracked_changes import Refusal
from claims.changes import record_framing, relate_claims, revise
from claims.models import Release
from claims.publishing import PublicationRefused, erase, publish, undo_withdrawal, withdraw
from record.documents import decode
from record.models import Current, Publication
from tests.desk import matter

pytestmark = pytest.mark.django_db
UNDO = "/admin/claims/release/action/undo-withdrawal/"


@pytest.fixture
def desk(editor, reviewer):
    desk = matter(editor)
    publish([desk.statement], by=reviewer, reason="First.")
    return desk


def newest(obj):
    return Publication.objects.get(public_id=obj.public_id, superseded_by=None)


def test_readers_see_again_what_they_saw_last_and_why(desk, reviewer):
    seen = newest(desk.statement).document
    withdraw([desk.statement], by=reviewer, reason="The ministry corrected it.")
    undo_withdrawal([desk.statement], by=reviewer, reason="The correction was of another figure.")
    again = newest(desk.statement)
    assert (again.document, again.version, again.reason) == (seen, 3, "The correction was of another figure.")
    assert Current.objects.filter(public_id=desk.statement.public_id).exists()
    assert Release.objects.get(public_id=desk.statement.public_id).state == "published"
    trace = Trace.objects.filter(public_id=desk.statement.public_id).latest("id")
    assert (trace.changes["release"], trace.why) == (["withdrawn", "published"], again.reason)


def test_what_mentioned_it_mentions_it_again(desk, editor, reviewer):
    relate_claims(desk.claim, "contradicts", desk.other_claim, by=editor, seen=1)
    record_framing(desk.article, claim=desk.other_claim, part="body", treatment="contests", by=editor)
    publish([desk.claim, desk.other_claim, desk.article], by=reviewer, reason="Related.")
    related, framed = newest(desk.claim).document, newest(desk.article).document
    withdraw([desk.other_claim], by=reviewer, reason="Not a claim.")
    assert decode(newest(desk.claim).document).relations == ()
    undo_withdrawal([desk.other_claim], by=reviewer, reason="A claim after all.")
    assert (newest(desk.claim).document, newest(desk.article).document) == (related, framed)


def test_what_was_withdrawn_together_comes_back_together_or_not_at_all(desk, reviewer):
    withdraw([desk.statement, desk.claim], by=reviewer, reason="Wrong.")
    with pytest.raises(Refusal, match=r"More than you chose would become public: “About 4,000 people must move"):
        undo_withdrawal([desk.statement], by=reviewer, reason="Right.")
    assert len(undo_withdrawal([desk.statement, desk.claim], by=reviewer, reason="Right.")) == 2


def test_what_was_changed_since_is_refused_and_stays_withdrawn(desk, editor, reviewer):
    withdraw([desk.statement], by=reviewer, reason="Wrong.")
    revise(desk.statement, {"summary": "Some 4,000 people have to move"}, by=editor, seen=1)
    with pytest.raises(Refusal, match=r"has changed since readers last saw it\. Review the changes"):
        undo_withdrawal([desk.statement], by=reviewer, reason="Right.")
    assert newest(desk.statement).document is None


def test_what_is_public_or_never_was_or_was_erased_has_no_withdrawal_to_undo(desk, reviewer):
    with pytest.raises(Refusal, match="is public, so there is no withdrawal to undo"):
        undo_withdrawal([desk.statement], by=reviewer, reason="No.")
    with pytest.raises(Refusal, match="is not withdrawn, so"):
        undo_withdrawal([desk.farmer], by=reviewer, reason="No.")
    erase(desk.statement, by=reviewer, reason="Not ours to tell.")
    with pytest.raises(Refusal, match="were erased"):
        undo_withdrawal([desk.statement], by=reviewer, reason="No.")


def test_it_takes_a_reviewer_and_a_reason(desk, editor, reviewer):
    withdraw([desk.statement], by=reviewer, reason="Wrong.")
    with pytest.raises(Refusal, match="only reviewers"):
        undo_withdrawal([desk.statement], by=editor, reason="Right.")
    with pytest.raises(Refusal) as refused:
        undo_withdrawal([desk.statement], by=reviewer, reason=" ")
    assert refused.value.field == "reason"


def test_the_rules_of_publishing_hold(desk, editor, reviewer):
    withdraw([desk.statement], by=reviewer, reason="Wrong.")
    desk.capture.__class__.objects.update(text=desk.capture.text.replace("4,000", "5,000"))
    with pytest.raises(PublicationRefused):
        undo_withdrawal([desk.statement], by=reviewer, reason="Right.")


# At the desk


def test_the_page_of_what_was_withdrawn_and_the_queue_offer_it(desk, reviewer, reviewer_client, editor_client):
    withdraw([desk.statement], by=reviewer, reason="Wrong.")
    release = Release.objects.get(public_id=desk.statement.public_id)
    offered = f"{UNDO}?of={desk.statement.public_id}"
    for address in (
        f"/admin/claims/statement/{desk.statement.pk}/change/",
        f"/admin/claims/release/{release.pk}/change/",
    ):
        assert offered in reviewer_client.get(address).content.decode()
        assert offered not in editor_client.get(address).content.decode()
    chosen = {"action": "undo_withdrawal", "_selected_action": [release.pk], "index": "0"}
    page = reviewer_client.post("/admin/claims/release/?show=withdrawn", chosen, follow=True)
    assert "Nothing has changed since: readers will see what they saw last" in page.content.decode()
    assert editor_client.get(UNDO, {"of": desk.statement.public_id}).status_code == 403
    data = {"of": desk.statement.public_id, "word": "Right after all."}
    done = reviewer_client.post(UNDO, data, follow=True).content.decode()
    assert "was published again" in done
    assert newest(desk.statement).reason == "Right after all."


def test_the_desk_shows_what_changed_since_and_leads_to_the_plan(desk, editor, reviewer, reviewer_client):
    withdraw([desk.statement], by=reviewer, reason="Wrong.")
    revise(desk.statement, {"summary": "Some 4,000 people have to move"}, by=editor, seen=1)
    page = reviewer_client.get(UNDO, {"of": desk.statement.public_id})
    [preview] = page.context["since"]
    assert [field.label for field in preview.fields] == ["summary"]
    text = page.content.decode()
    assert "has changed since readers last saw it" in text
    assert f"/admin/claims/release/action/publish/?of={desk.statement.public_id}" in text
    data = {"of": desk.statement.public_id, "word": "Right."}
    assert "has changed since" in reviewer_client.post(UNDO, data).content.decode()
    assert newest(desk.statement).document is None
