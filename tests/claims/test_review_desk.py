"""Going through the review queue: what each would change, the words in their text, and one key for each act."""

from django.urls import reverse

from claims import publishing
from claims.changes import revise
from claims.models import Release
from record.models import Publication
from tests.claims.test_workspace_browser import wait_for
from tests.desk import matter

QUEUE = "/admin/claims/release/"


def review(obj):
    return reverse("admin:claims_release_review", args=[Release.objects.get(public_id=obj.public_id).pk])


def test_the_queue_says_in_two_lines_what_would_change(
    editor, reviewer, reviewer_client, django_assert_max_num_queries
):
    made = matter(editor)
    publishing.submit([made.claim, made.statement], by=editor)
    shown = {one.public_id: one.lines for one in reviewer_client.get(QUEUE).context["cl"].result_list}
    assert shown[made.statement.public_id] == ["new statement", "affirms: About 4,000 people must move."]
    publishing.publish([made.statement], by=reviewer, reason="First published.")
    made.statement.refresh_from_db()
    changed = revise(made.statement, {"summary": "Some 4,000 people leave"}, by=editor, seen=made.statement.revision)
    publishing.submit([changed], by=editor)
    shown = {one.public_id: one.lines for one in reviewer_client.get(QUEUE).context["cl"].result_list}
    assert shown[changed.public_id] == ["summary: About 4,000 people have to move → Some 4,000 people leave"]


def test_the_words_stand_in_their_text_beside_the_statement(editor, editor_client, reviewer_client):
    made = matter(editor)
    publishing.submit([made.statement], by=editor)
    page = reviewer_client.get(review(made.statement)).content.decode()
    assert "<mark>about 4,000 people must move</mark>" in page
    assert "The ministry of water said on Monday that" in page
    assert editor_client.get(review(made.statement)).status_code == 403
    publishing.send_back([made.statement], by=made_reviewer(reviewer_client), note="count again")
    assert reviewer_client.get(review(made.statement)).url == QUEUE


def made_reviewer(client):
    return client.get(QUEUE).wsgi_request.user


def test_one_key_publishes_one_sends_back_and_one_goes_on(page, sign_in, editor, reviewer):
    made = matter(editor)
    for each in (made.other_claim, made.farmer, made.statement):
        publishing.submit([each], by=editor)
    sign_in(page, reviewer)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(review(made.other_claim))
    page.locator("[data-act=publish] button").wait_for()
    assert page.locator("[data-act=publish] button").bounding_box()["y"] < 780
    page.keyboard.press("p")
    page.wait_for_url(f"**{review(made.farmer)}")
    page.keyboard.press("n")
    page.wait_for_url(f"**{review(made.statement)}")
    page.keyboard.press("s")
    wait_for(page, "() => document.activeElement.id === 'id_note'")
    page.keyboard.type("Who counted?")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{review(made.farmer)}")
    assert Publication.objects.filter(public_id=made.other_claim.public_id).exists()
    states = dict(Release.objects.values_list("public_id", "state"))
    assert (states[made.statement.public_id], states[made.farmer.public_id]) == ("sent back", "in review")
