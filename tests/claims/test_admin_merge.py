"""Merging at the desk: which of two is kept, what moves, and taking it back. Framings, which can be taken away."""

import pytest
from django.contrib.auth.models import Permission

from articles.models import Trace
from claims.changes import add_actor, add_claim, merge_actors, merge_claims, record_framing, revise
from claims.models import Framing, Merge
from tests.desk import matter

pytestmark = pytest.mark.any_database

TWO = "/admin/claims/merge/new/actor/"


def asked(made, other):
    return {"of": [made.farmer.public_id, other.public_id]}


def chosen(made, other, **values):
    return {
        **asked(made, other),
        "kept": made.farmer.public_id,
        "why": "the same farmer",
        f"seen-{made.farmer.public_id}": "1",
        f"seen-{other.public_id}": "1",
        **values,
    }


def test_two_selected_actors_become_one_and_two_again(editor, editor_client):
    made = matter(editor)
    other = add_actor(name="A. Bek", kind="person", by=editor)
    action = {"action": "merge_two", "_selected_action": [made.farmer.pk, other.pk], "index": "0"}
    page = editor_client.post("/admin/claims/actor/", action, follow=True)
    assert [one for one, _ in page.context["two"]] == [made.farmer, other]
    assert ("names", 1) in page.context["two"][0][1]

    done = editor_client.post(TWO, chosen(made, other), follow=True)

    assert "was merged into" in done.content.decode()
    other.refresh_from_db()
    assert other.merged_into == made.farmer
    assert Trace.objects.filter(verb="merge", why="the same farmer", by=editor).exists()
    merge = Merge.objects.get()
    assert "“A. Bek”, merged" in done.content.decode()
    assert f"actor {other.public_id} into" not in done.content.decode()
    assert "1 name" in done.content.decode() and "actorname" not in done.content.decode()
    undone = editor_client.post(f"/admin/claims/merge/{merge.pk}/undo/", {"why": "two brothers"}, follow=True)
    assert "the two are separate again" in undone.content.decode()
    other.refresh_from_db()
    assert other.merged_into is None
    twice = editor_client.post(f"/admin/claims/merge/{merge.pk}/undo/", follow=True)
    assert "was already undone" in twice.content.decode()


def test_a_merge_on_what_changed_meanwhile_is_refused_and_keeps_what_was_typed(editor, editor_client):
    made = matter(editor)
    other = add_actor(name="A. Bek", kind="person", by=editor)
    revise(other, {"description": "Another person"}, by=editor, seen=1)
    refused = editor_client.post(TWO, chosen(made, other))
    assert refused.status_code == 200
    assert "was changed by a colleague" in refused.content.decode()
    assert refused.context["form"]["why"].value() == "the same farmer"
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("model", "field", "merge"), [("statement", "speaker", merge_actors), ("stance", "claim", merge_claims)]
)
def test_a_picker_offers_nothing_that_was_merged_away(model, field, merge, editor, editor_client):
    made = matter(editor)
    if field == "speaker":
        gone, kept = add_actor(name="A. Bek", kind="person", by=editor), made.farmer
    else:
        gone, kept = made.other_claim, add_claim(question=made.question, text="Yes, they were.", kind="fact", by=editor)
    merge(gone, into=kept, by=editor, why="the same", seen=gone.revision)
    asked_for = {"app_label": "claims", "model_name": model, "field_name": field}
    for term in ("", gone.public_id):
        offered = editor_client.get("/admin/autocomplete/", {**asked_for, "term": term}).json()["results"]
        assert str(gone.pk) not in {one["id"] for one in offered}
    everything = editor_client.get("/admin/autocomplete/", {**asked_for, "term": ""}).json()["results"]
    assert str(kept.pk) in {one["id"] for one in everything}


def test_what_cannot_be_merged_is_refused_in_words(editor, editor_client):
    made = matter(editor)
    editor.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    hidden = add_actor(name="B. Secret", kind="person", protection="withheld", public_label="A villager", by=editor)
    refused = editor_client.post(TWO, chosen(made, hidden))
    assert "withheld" in " ".join(refused.context["form"].non_field_errors())
    assert not Merge.objects.exists()


def test_a_merge_needs_exactly_two_a_reason_and_whom_to_keep(editor, editor_client):
    made = matter(editor)
    other = add_actor(name="A. Bek", kind="person", by=editor)
    for of in ([], [made.farmer.public_id], ["\x00", "abc"], ["9" * 40] * 2):
        page = editor_client.post(TWO, {"of": of}, follow=True)
        assert "Select exactly two" in page.content.decode()
    for wrong in ({"kept": "nobody"}, {"why": ""}, {"why": "\x00"}, {f"seen-{other.public_id}": "x"}):
        assert editor_client.post(TWO, chosen(made, other, **wrong)).context["form"].errors
    assert editor_client.get("/admin/claims/merge/new/outlet/").status_code == 403
    assert editor_client.post("/admin/claims/merge/99/undo/").status_code == 404
    assert editor_client.get("/admin/claims/merge/99/undo/").status_code == 405
    assert not Merge.objects.exists()


def framed(made, by):
    return record_framing(
        made.article, claim=made.claim, part="headline", treatment="relays", words="three villages", by=by
    )


def test_a_framing_is_changed_and_taken_away_and_the_article_s_history_tells_it(editor, editor_client):
    made = matter(editor)
    framing = framed(made, editor)
    address = f"/admin/claims/framing/{framing.pk}/change/"
    data = {"treatment": "endorses", "words": "three villages", "seen": "2"}
    assert editor_client.post(address, data).status_code == 302
    framing.refresh_from_db()
    assert framing.treatment == "endorses"
    stale = editor_client.post(address, data | {"treatment": "contests"})
    assert stale.status_code == 409
    assert ("Treatment", ["contests"], ["endorses"]) in [
        (differing.label, [one.lower() for one in differing.yours], [one.lower() for one in differing.theirs])
        for differing in stale.context["differences"]
    ]
    refused = editor_client.post(f"/admin/claims/framing/{framing.pk}/remove/", {"seen": "2"}, follow=True)
    assert "was changed by a colleague" in refused.content.decode()
    editor_client.post(f"/admin/claims/framing/{framing.pk}/remove/", {"seen": "3", "why": "a quotation"})
    assert not Framing.objects.exists()
    assert Trace.objects.first().why == "a quotation"


def test_a_framing_of_the_same_part_is_not_replaced_unseen(editor, editor_client):
    made = matter(editor)
    framed(made, editor)
    data = {
        "article": made.article.pk,
        "claim": made.claim.pk,
        "part": "headline",
        "treatment": "contests",
        "words": "",
    }
    refused = editor_client.post("/admin/claims/framing/add/", data)
    assert refused.context["adminform"].form.errors["claim"]
    assert Framing.objects.get().treatment == "relays"
