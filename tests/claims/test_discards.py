"""What was made by mistake is thrown away while nothing rests on it, and can be put back for thirty days."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles.ingest import take_in
from articles.models import Capture, DiscardedObject, Original, Passage, Trace
from articles.originals import keep_original
from claims.changes import (
    NameInput,
    PrintingInput,
    Refusal,
    StanceInput,
    StatementInput,
    add_actor,
    add_claim,
    discard,
    restore,
)
from claims.changes.text_recording import NewActor, record_from_text
from claims.models import Actor, Claim, Question, Release, Statement
from claims.publishing import submit
from claims.suggestions.claim_matches import claims_for_typed_text
from tests.cast import member_of
from tests.desk import TEXT, matter

pytestmark = pytest.mark.django_db


def test_what_rests_on_something_is_named_and_nothing_is_changed(editor):
    made = matter(editor)
    for obj, resting in [
        (made.ministry, "statement “About 4,000 people have to move” rests on it"),
        (made.claim, "statement “About 4,000"),
        (made.question, "claim “About 4,000 people must move.”, claim “The villagers were asked.” rest on it"),
        (made.outlet, "article “River dam will flood three villages” rests on it"),
        (made.agency, "statement “About 4,000"),
        (made.article, "statement “About 4,000"),
        (made.capture, "statement “About 4,000"),
    ]:
        with pytest.raises(Refusal, match="cannot be discarded") as refused:
            discard(obj, by=editor)
        assert resting in refused.value.sentence
    submit([made.other_claim], by=editor)
    with pytest.raises(Refusal, match="being reviewed"):
        discard(made.other_claim, by=editor)
    assert not DiscardedObject.objects.exists() and made.article.captures.count() == 1


def test_messages_do_not_put_our_words_into_marks_beside_a_name(client, editor):
    made = matter(editor)
    client.force_login(editor)
    page = reverse("admin:desk_discard", args=["statement", made.statement.pk])
    assert "“About 4,000 people have to move” was discarded." in client.post(page, follow=True).content.decode()


def test_everything_goes_and_comes_back_as_it_was(client, editor):
    made = matter(editor)
    client.force_login(editor)
    before = {
        model: list(model._base_manager.order_by("pk").values())
        for model in (Statement, Claim, Actor, Question, Passage, Capture, Release)
    }
    kept = []
    for obj in (made.statement, made.claim, made.other_claim, made.question, made.farmer, made.ministry, made.article):
        page = client.get(f"/admin/discard/{obj._meta.model_name}/{obj.pk}/")
        assert b"Discarded" in page.content
        answer = client.post(f"/admin/discard/{obj._meta.model_name}/{obj.pk}/", follow=True)
        assert "was discarded. It can be restored until" in answer.content.decode()
        assert not type(obj)._base_manager.filter(pk=obj.pk).exists()
        kept.append(DiscardedObject.objects.latest("pk"))
    assert not Capture.objects.exists() and not Passage.objects.exists() and not Statement.objects.exists()
    for q in ("villages", "water", "bek", "move"):
        assert client.get("/admin/search/", {"q": q}).context["results"] == []
    assert claims_for_typed_text("4,000 people must move", "") == []
    with pytest.raises(Refusal, match="cannot be restored yet: it rests on a"):
        restore(kept[0], by=editor)
    page = client.get("/admin/articles/discardedobject/")
    assert page.context["cl"].result_count == 7
    for row in reversed(kept):
        client.post(f"/admin/articles/discardedobject/{row.pk}/restore/")
    assert not DiscardedObject.objects.exists()
    after = {model: list(model._base_manager.order_by("pk").values()) for model in before}
    assert after == before
    assert [section["name"] for section in client.get("/admin/search/?q=move").context["results"]] == [
        "capture",
        "statement",
        "claim",
        "question",
    ]
    assert claims_for_typed_text("4,000 people must move", "")[0].claim == made.claim
    assert set(Trace.objects.filter(public_id=made.claim.public_id).values_list("verb", flat=True)) >= {
        "discard",
        "restore",
    }


def test_a_statement_takes_with_it_what_was_made_for_it_alone(editor):
    made = matter(editor)
    said = StatementInput(
        {"speaker": NewActor("Bolot Adan", "person"), "summary": "Nobody asked them", "mode": "direct"},
        [StanceInput({"question": made.question, "text": "Nobody was asked at all.", "kind": "fact"}, "affirms")],
        [PrintingInput("“Nobody was asked,”")],
    )
    statement = record_from_text(made.capture, said, by=editor)
    newer = add_claim(question=made.question, text="Something else is true.", kind="fact", by=editor)
    kept = discard(statement, by=editor)
    assert not Actor.objects.filter(name="Bolot Adan").exists()
    assert set(Claim.objects.all()) == {made.claim, made.other_claim, newer}
    assert Passage.objects.count() == 1
    assert restore(kept, by=editor) == statement
    assert Actor.objects.filter(name="Bolot Adan").exists() and Passage.objects.count() == 2


def test_after_thirty_days_it_is_deleted_with_its_files(editor, reviewer, client):
    made = matter(editor)
    original = keep_original(b"plain words that stand in a file", name="a.txt", method="uploaded", by=editor)
    taken = take_in(text=f"{TEXT} Once more.", outlet=made.agency, headline="Echo", by=editor)
    Capture.objects.filter(pk=taken.capture.pk).update(original=original)
    taken.capture.refresh_from_db()
    kept = discard(taken.capture, by=editor)
    twin = add_actor(name="Asel Beck", kind="person", names=[NameInput("A. Beck", "en")], by=editor)
    fresh = discard(twin, by=editor)
    call_command("delete_discarded")
    assert DiscardedObject.objects.count() == 2 and Original.objects.filter(pk=original.pk).exists()
    DiscardedObject.objects.filter(pk=kept.pk).update(at=timezone.now() - timedelta(days=31))
    call_command("delete_discarded")
    assert list(DiscardedObject.objects.all()) == [fresh]
    assert not Original.objects.filter(pk=original.pk).exists()
    other = add_actor(name="Asel Beck", kind="person", by=editor)
    with pytest.raises(Refusal, match="something else has its address"):
        restore(fresh, by=editor)
    # Somebody else's draft is theirs to discard, or a reviewer's.
    client.force_login(member_of("editor", "colleague"))
    assert client.get(f"/admin/discard/actor/{other.pk}/").status_code == 403
    client.force_login(reviewer)
    assert client.get(f"/admin/discard/actor/{other.pk}/").status_code == 200
