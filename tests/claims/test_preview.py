"""The public page as readers would see it: shown at the desk before anything is published, and kept by nobody."""

import pytest

from articles.models import Trace
from claims.changes import merge_actors, revise
from claims.models import Release
from claims.publishing import PublicationRefused, publish
from claims.publishing.publication_steps import rehearse_publication
from record.models import Current, Position, Publication
from tests.desk import matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SEE = "/admin/claims/release/preview/"


def stands():
    return [model.objects.count() for model in (Publication, Current, Position, Release, Trace)]


@pytest.fixture
def made(editor):
    return matter(editor)


@pytest.mark.parametrize("noun", ["statement", "claim", "question", "ministry", "article", "outlet"])
def test_every_kind_of_page_is_shown_and_nothing_is_published(made, reviewer_client, client, noun):
    before = stands()
    seen = getattr(made, noun)
    page = reviewer_client.get(SEE, {"of": made.statement.public_id, "page": seen.public_id})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Preview: this is how readers will see the page." in text
    assert {"statement": "about 4,000 people must move", "ministry": "Ministry of Water"}.get(noun, str(seen)) in text
    assert f'<body class="page page--{"actor" if noun == "ministry" else noun}"' in text
    assert "no-store" in page["Cache-Control"] and "private" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text
    assert "/as-of/" not in text and 'rel="canonical"' not in text, "an address to cite that leads nowhere"
    assert (page["X-Robots-Tag"], page.has_header("ETag")) == ("noindex", False)
    assert stands() == before
    assert client.get(f"/id/{seen.public_id}").status_code == 404


def test_a_change_is_shown_on_the_page_and_readers_see_none_of_it(made, editor, reviewer, reviewer_client, client):
    publish([made.statement], by=reviewer, reason="First.")
    revise(made.statement, {"summary": "Nobody has to move"}, by=editor, seen=1)
    address = f"/statements/{made.statement.public_id}"
    public = client.get(address).content
    seen = reviewer_client.get(SEE, {"of": made.statement.public_id, "page": made.statement.public_id})
    assert "Nobody has to move" in seen.content.decode()
    assert client.get(address).content == public
    assert b"A preview" not in public and b"Nobody has to move" not in public


def test_the_plan_leads_to_each_page(made, reviewer_client, editor_client):
    for client, act in ((reviewer_client, "publish"), (editor_client, "submit")):
        plan = client.get(f"/admin/claims/release/action/{act}/", {"of": made.statement.public_id}).content.decode()
        assert f"{SEE}?of={made.statement.public_id}&amp;page={made.claim.public_id}" in plan
        page = client.get(SEE, {"of": made.statement.public_id, "page": made.claim.public_id})
        assert "About 4,000 people must move." in page.content.decode()


def test_a_refused_plan_leads_back_to_it_with_the_reason(made, editor, reviewer_client):
    revise(made.statement, {}, by=editor, seen=1, stances=[])
    asked = {"of": made.statement.public_id, "page": made.statement.public_id}
    page = reviewer_client.get(SEE, asked, follow=True)
    assert page.redirect_chain[0][0] == f"/admin/claims/release/action/publish/?of={made.statement.public_id}"
    text = page.content.decode()
    assert "The page cannot be shown. “" in text and text.count("needs a stance towards at least one claim") == 2
    with pytest.raises(PublicationRefused), rehearse_publication([made.statement]):
        pass


def test_what_was_merged_away_has_no_page(made, editor, reviewer, reviewer_client):
    publish([made.ministry, made.farmer], by=reviewer, reason="First.")
    merge_actors(made.farmer, into=made.ministry, by=editor, why="", seen=1)
    asked = {"of": made.farmer.public_id, "page": made.farmer.public_id}
    assert "has no page of its own" in reviewer_client.get(SEE, asked, follow=True).content.decode()
    plan = reviewer_client.get("/admin/claims/release/action/publish/", {"of": made.farmer.public_id})
    assert f"page={made.farmer.public_id}" not in plan.content.decode()


@pytest.mark.parametrize("asked", [{}, {"of": "\ufffd"}, {"of": "aaaaaaaaaaaa", "page": "x"}])
def test_what_is_not_at_the_desk_leads_to_the_queue(made, reviewer_client, asked):
    page = reviewer_client.get(SEE, asked, follow=True)
    assert "None of the selected objects exist." in page.content.decode()


def test_what_is_not_in_the_plan_and_who_is_not_of_the_desk(made, reviewer_client, client):
    asked = {"of": made.claim.public_id, "page": made.farmer.public_id}
    assert "not part of what would be published" in reviewer_client.get(SEE, asked, follow=True).content.decode()
    assert client.get(SEE, asked).status_code == 302


def test_whatever_happens_while_somebody_looks_nothing_stays(made):
    before = stands()
    with pytest.raises(ZeroDivisionError), rehearse_publication([made.statement]):
        assert Current.objects.using("public").filter(public_id=made.statement.public_id).exists()
        raise ZeroDivisionError
    assert stands() == before
