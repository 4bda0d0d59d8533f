"""Notes for readers, figures as printed and who wrote a framing: on the pages of the desk."""

import pytest

from articles.changes import revise_article
from articles.ingest import take_in
from articles.models import Trace
from claims.changes import NoteInput, annotate
from claims.models import Claim, Framing, Statement
from tests.claims.test_workspace_page import address, typed
from tests.controls import Controls
from tests.desk import matter, posted

pytestmark = pytest.mark.any_database

NOUNS = ["question", "claim", "actor", "outlet", "article", "statement"]
SCRIPT = {"x-workspace": "1"}


@pytest.fixture
def made(db, editor):
    made = matter(editor)
    made.actor = made.farmer
    return made


def page_of(made, noun):
    room = "articles" if noun in ("outlet", "article") else "claims"
    return f"/admin/{room}/{noun}/{getattr(made, noun).pk}/change/"


def note(data, about, text, number=0):
    total = max(int(data["notes-TOTAL_FORMS"]), number + 1)
    return data | {
        "notes-TOTAL_FORMS": total,
        f"notes-{number}-about": about,
        f"notes-{number}-text": text,
    }


@pytest.mark.parametrize("noun", NOUNS)
def test_a_note_is_added_on_the_page_of_its_object_and_taken_away_again(made, editor_client, noun):
    obj, page = getattr(made, noun), page_of(made, noun)
    revision = type(obj).objects.get(pk=obj.pk).revision
    data = note(posted(editor_client.get(page)), "identity", "The name is not in the text.")
    assert editor_client.post(page, data).status_code == 302
    assert [(one.about, one.text) for one in obj.notes.all()] == [("identity", "The name is not in the text.")]
    obj.refresh_from_db()
    assert obj.revision == revision + 1
    trace = Trace.objects.filter(public_id=obj.public_id).first()
    assert trace.changes["notes"] == [[], ["identity: The name is not in the text."]]
    again = posted(editor_client.get(page))
    assert again["notes-0-text"] == "The name is not in the text."
    assert editor_client.post(page, again | {"notes-0-DELETE": "on"}).status_code == 302
    assert not obj.notes.exists()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_note_without_its_words_or_given_twice_is_refused_at_the_notes(made, editor_client, noun):
    page = page_of(made, noun)
    data = posted(editor_client.get(page))
    refused = editor_client.post(page, note(data, "date", ""))
    assert "notes-0-text" in Controls(refused.content.decode()).values
    [notes] = [one.formset for one in refused.context["inline_admin_formsets"] if one.formset.prefix == "notes"]
    assert "text" in notes.errors[0]
    twice = note(note(data, "date", "About 2019."), "date", "About 2019.", 1)
    refused = editor_client.post(page, twice)
    [notes] = [one.formset for one in refused.context["inline_admin_formsets"] if one.formset.prefix == "notes"]
    assert notes.non_form_errors() == ["A note is given twice."]
    assert Controls(refused.content.decode()).holds("notes-1-text", "About 2019.")


@pytest.mark.parametrize("noun", NOUNS)
def test_two_who_write_notes_at_once_see_both_versions(made, editor_client, reviewer, noun):
    obj, page = getattr(made, noun), page_of(made, noun)
    data = note(posted(editor_client.get(page)), "other", "Mine.")
    fresh = type(obj).objects.get(pk=obj.pk)
    annotate(fresh, [NoteInput("other", "Theirs.")], by=reviewer, seen=fresh.revision)
    stale = editor_client.post(page, data)
    assert stale.status_code == 409
    [both] = [one for one in stale.context["differences"] if one.name == "notes"]
    assert ("Mine." in str(both.yours), "Theirs." in str(both.theirs)) == (True, True)
    assert [one.text for one in obj.notes.all()] == ["Theirs."]


def test_notes_that_only_they_have_changed_are_kept_by_a_tick_that_is_there_already(made, editor_client, reviewer):
    page = page_of(made, "article")
    data = posted(editor_client.get(page)) | {"byline": "Dana Osh"}
    annotate(made.article, [NoteInput("other", "Theirs.")], by=reviewer, seen=made.article.revision)
    stale = editor_client.post(page, data)
    [notes] = [one for one in stale.context["differences"] if one.name == "notes"]
    assert notes.is_only_theirs


def test_a_form_that_was_made_without_notes_leaves_them(made, editor, editor_client):
    annotate(made.question, [NoteInput("other", "It stays.")], by=editor, seen=1)
    page = page_of(made, "question")
    data = {name: value for name, value in posted(editor_client.get(page)).items() if not name.startswith("notes-")}
    assert editor_client.post(page, data | {"position": "7"}).status_code == 302
    assert [one.text for one in made.question.notes.all()] == ["It stays."]


def test_a_new_object_has_its_notes_at_once(made, editor_client):
    add = "/admin/claims/question/add/"
    data = note(posted(editor_client.get(add)) | {"title": "Was anybody asked?"}, "wording", "As the ministry puts it.")
    assert editor_client.post(add, data).status_code == 302
    made.question = type(made.question).objects.get(title="Was anybody asked?")
    assert [one.text for one in made.question.notes.all()] == ["As the ministry puts it."]


def test_the_figure_as_printed_stands_in_the_form_and_must_stand_in_the_passage(made, editor_client):
    page = page_of(made, "statement")
    data = posted(editor_client.get(page))
    refused = editor_client.post(page, data | {"stances-0-printed": "hundreds"})
    [stances] = [one.formset for one in refused.context["inline_admin_formsets"] if one.formset.prefix == "stances"]
    assert "is in no passage" in stances.non_form_errors()[0]
    assert editor_client.post(page, data | {"stances-0-printed": "about 4,000"}).status_code == 302
    assert made.statement.stances.get().printed == "about 4,000"
    assert posted(editor_client.get(page))["stances-0-printed"] == "about 4,000"


TEXT = """The valley

Hundreds of families must move, Asel Bek said.

The dam will cost 4 million dollars, Asel Bek said.
"""


def test_the_workspace_reads_the_figure_as_it_is_printed(made, editor, editor_client):
    taken = take_in(text=TEXT, outlet=made.outlet, headline="The valley", by=editor)
    made.article, made.capture = taken.article, taken.capture
    for words, printed, derived in (
        ("Hundreds of families must move", "Hundreds", True),
        ("The dam will cost 4 million dollars", "4 million dollars", False),
    ):
        form = editor_client.post(address(made, "form/"), {"capture": made.capture.pk, "exact": words}, headers=SCRIPT)
        row = form.context["forms"].stances.forms[0]
        assert printed in row["printed"].value()
        assert bool(row["derived"].value()) == derived
    values = typed(made, exact="Hundreds of families must move", mode="indirect", summary="Hundreds must move")
    values |= {
        "stances-0-claim": "Hundreds of families must move.",
        "stances-0-kind": "affirms",
        "stances-0-question": made.question.public_id,
        "stances-0-claim_kind": "figure",
        "stances-0-lower": "200",
        "stances-0-unit": "families",
        "stances-0-counted": "families that must move",
        "stances-0-derived": "on",
        "stances-0-printed": "Hundreds of families",
    }
    assert editor_client.post(address(made), values, headers=SCRIPT).status_code == 200
    claim = Claim.objects.get(text="Hundreds of families must move.")
    assert claim.derived
    statement = Statement.objects.get(summary="Hundreds must move")
    assert statement.stances.get().printed == "Hundreds of families"
    page = editor_client.get(address(made, "form/"), {"statement": statement.public_id}, headers=SCRIPT)
    assert page.context["forms"].stances.forms[0]["printed"].value() == "Hundreds of families"


def test_a_claim_that_is_no_figure_takes_no_printed_figure_from_the_words(made, editor_client):
    values = typed(made, **{"stances-0-printed": "Nobody"})
    assert editor_client.post(address(made), values, headers=SCRIPT).status_code == 200
    assert Statement.objects.get(speaker=made.farmer).stances.get().printed == ""


def test_a_derived_figure_is_ticked_on_the_page_of_a_claim(made, editor_client):
    page = page_of(made, "claim")
    assert editor_client.post(page, posted(editor_client.get(page)) | {"derived": "on"}).status_code == 302
    made.claim.refresh_from_db()
    assert made.claim.derived


def test_the_agency_that_an_article_credits_is_proposed_as_the_writer_of_a_framing(made, editor, editor_client):
    add = f"/admin/claims/framing/add/?article={made.article.pk}"
    assert posted(editor_client.get(add)).get("written_by", "") == ""
    revise_article(made.article, {"credited_agency": "Mountain Press Agency"}, by=editor, seen=1)
    data = posted(editor_client.get(add)) | {"claim": made.claim.pk, "part": "headline", "treatment": "relays"}
    assert str(data["written_by"]) == str(made.agency.pk)
    assert editor_client.post(add, data).status_code == 302
    assert Framing.objects.get().written_by == made.agency
    change = f"/admin/claims/framing/{Framing.objects.get().pk}/change/"
    cleared = posted(editor_client.get(change)) | {"written_by": ""}
    assert editor_client.post(change, cleared).status_code == 302
    assert Framing.objects.get().written_by is None
