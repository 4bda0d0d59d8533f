"""Two editors on one object: the second save is refused with both versions on the screen, and nothing is lost."""

import pytest
from django.urls import reverse

from articles.models import Trace
from claims.changes import StanceInput, revise
from claims.models import Statement
from tests.desk import matter, posted

pytestmark = pytest.mark.any_database


def address_of(obj):
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def test_second_save_is_refused_with_both_texts_field_by_field(editor, reviewer, editor_client):
    claim = matter(editor).claim
    tab = posted(editor_client.get(address_of(claim)))
    revise(claim, {"text": "Four thousand villagers must leave."}, by=reviewer, seen=1)

    refused = editor_client.post(address_of(claim), tab | {"text": "At most 4,000 people must move.", "why": "plainer"})

    assert refused.status_code == 409
    [text] = refused.context["differences"]
    assert (text.label, text.yours) == ("Text", ["At most 4,000 people must move."])
    assert text.theirs == ["Four thousand villagers must leave."]
    assert (text.before, text.is_only_theirs) == (["About 4,000 people must move."], False)
    page = refused.content.decode()
    assert "Four thousand villagers must leave." in page
    # What was typed is still in the form, and so is the revision that was seen.
    assert refused.context["adminform"].form["text"].value() == "At most 4,000 people must move."
    assert refused.context["act"]["why"].value() == "plainer"
    assert posted(refused)["seen"] in (1, "1")
    claim.refresh_from_db()
    assert (claim.text, claim.revision) == ("Four thousand villagers must leave.", 2)


def test_saving_again_without_choosing_is_refused_again(editor, reviewer, editor_client):
    claim = matter(editor).claim
    tab = posted(editor_client.get(address_of(claim))) | {"text": "At most 4,000 people must move."}
    revise(claim, {"text": "Four thousand villagers must leave."}, by=reviewer, seen=1)
    first = editor_client.post(address_of(claim), tab)
    assert editor_client.post(address_of(claim), posted(first)).status_code == 409


def test_an_express_choice_saves_mine_over_theirs(editor, reviewer, editor_client):
    claim = matter(editor).claim
    tab = posted(editor_client.get(address_of(claim))) | {"text": "At most 4,000 people must move."}
    revise(claim, {"text": "Four thousand villagers must leave."}, by=reviewer, seen=1)
    refused = editor_client.post(address_of(claim), tab)

    chosen = posted(refused) | {"over": str(refused.context["their_revision"])}

    assert editor_client.post(address_of(claim), chosen).status_code == 302
    claim.refresh_from_db()
    assert (claim.text, claim.revision) == ("At most 4,000 people must move.", 3)
    assert Trace.objects.first().changes["text"] == [
        "Four thousand villagers must leave.",
        "At most 4,000 people must move.",
    ]


def test_a_choice_is_stale_again_when_they_save_once_more(editor, reviewer, editor_client):
    claim = matter(editor).claim
    tab = posted(editor_client.get(address_of(claim))) | {"text": "At most 4,000 people must move."}
    revise(claim, {"text": "Four thousand villagers must leave."}, by=reviewer, seen=1)
    refused = editor_client.post(address_of(claim), tab)
    revise(claim, {"text": "4,000 leave."}, by=reviewer, seen=2)
    again = editor_client.post(address_of(claim), posted(refused) | {"over": str(refused.context["their_revision"])})
    assert again.status_code == 409
    assert again.context["differences"][0].theirs == ["4,000 leave."]


def test_rows_of_a_list_that_a_colleague_replaced_are_shown_and_not_lost(editor, reviewer, editor_client):
    made = matter(editor)
    tab = posted(editor_client.get(address_of(made.statement)))
    revise(made.statement, {}, by=reviewer, seen=1, appearances=[], stances=[StanceInput(made.other_claim, "denies")])

    refused = editor_client.post(address_of(made.statement), tab | {"stances-0-kind": "qualifies"})

    assert refused.status_code == 409
    told = {one.label: (one.yours, one.theirs) for one in refused.context["differences"]}
    assert told["Stances"] == (
        ["About 4,000 people must move. · qualifies · about"],
        ["The villagers were asked. · denies"],
    )
    yours, theirs = told["Where printed"]
    assert "about 4,000 people must move" in yours[0] and "Mountain Press Agency" in yours[0]
    assert theirs == []
    over = posted(refused) | {"over": str(refused.context["their_revision"])}
    assert editor_client.post(address_of(made.statement), over).status_code == 302
    statement = Statement.objects.get()
    assert [(one.claim, one.kind) for one in statement.stances.all()] == [(made.claim, "qualifies")]
    assert statement.appearances.get().steps.get().outlet == made.agency


def test_a_form_without_the_revision_it_has_seen_is_refused(editor, editor_client):
    claim = matter(editor).claim
    tab = posted(editor_client.get(address_of(claim))) | {"text": "Other words."}
    for seen in ("", "0", "-1", "x", "9" * 40, "\x00"):
        refused = editor_client.post(address_of(claim), tab | {"seen": seen})
        assert refused.status_code == 200
        assert refused.context["errors"]
    claim.refresh_from_db()
    assert claim.revision == 1


def test_an_error_of_the_verb_stands_at_its_field_with_everything_typed(editor, editor_client):
    claim = matter(editor).claim
    tab = posted(editor_client.get(address_of(claim)))
    refused = editor_client.post(address_of(claim), tab | {"unit": "", "counted": "villagers", "lower": "9000"})
    assert refused.status_code == 200
    assert refused.context["adminform"].form.errors == {"unit": ["A figure needs a unit, such as people or km²."]}
    assert refused.context["adminform"].form["counted"].value() == "villagers"
    claim.refresh_from_db()
    assert (claim.unit, claim.revision) == ("people", 1)


def test_an_appearance_page_shares_the_revision_of_its_statement(editor, reviewer, editor_client):
    made = matter(editor)
    appearance = made.statement.appearances.get()
    tab = posted(editor_client.get(address_of(appearance)))
    saved = editor_client.post(address_of(appearance), tab | {"steps-0-cue": "according to"})
    assert saved.status_code == 302
    assert appearance.steps.get().cue == "according to"
    made.statement.refresh_from_db()
    assert made.statement.revision == 2
    stale = editor_client.post(address_of(appearance), tab | {"steps-0-cue": "wrote"})
    assert stale.status_code == 409
    assert appearance.steps.get().cue == "according to"


def test_a_name_added_in_one_tab_is_not_lost_by_a_save_in_another(editor, editor_client):
    actor = matter(editor).ministry
    one, other = (posted(editor_client.get(address_of(actor))) for _ in range(2))
    at = one["names-TOTAL_FORMS"] - 1
    assert editor_client.post(address_of(actor), one | {f"names-{at}-name": "Water Ministry"}).status_code == 302
    assert editor_client.post(address_of(actor), other | {f"names-{at}-name": "Minvod"}).status_code == 409
    assert sorted(actor.names.values_list("name", flat=True)) == [
        "Ministry of Water",
        "Water Ministry",
        "Министерство воды",
    ]


def test_what_each_has_changed_alone_is_kept_of_both(editor, reviewer, editor_client):
    made = matter(editor)
    tab = posted(editor_client.get(address_of(made.statement)))
    revise(
        made.statement,
        {"venue": "Astana", "role": "minister"},
        by=reviewer,
        seen=1,
        stances=[StanceInput(made.other_claim, "denies")],
    )
    refused = editor_client.post(address_of(made.statement), tab | {"summary": "Villagers must go", "role": "of water"})
    shown = {one.name: one for one in refused.context["differences"]}
    assert {name for name, one in shown.items() if one.is_only_theirs} == {"venue", "stances"}
    assert (shown["role"].before, shown["summary"].before) == ([], ["About 4,000 people have to move"])

    ticked = [name for name, one in shown.items() if one.is_only_theirs]
    chosen = posted(refused) | {"over": str(refused.context["their_revision"]), "theirs": ticked}
    assert editor_client.post(address_of(made.statement), chosen).status_code == 302
    statement = Statement.objects.get()
    assert (statement.summary, statement.role, statement.venue) == ("Villagers must go", "of water", "Astana")
    assert [(one.claim, one.kind) for one in statement.stances.all()] == [(made.other_claim, "denies")]
    assert statement.appearances.get().steps.get().outlet == made.agency


def test_theirs_is_taken_only_as_it_was_shown(editor, reviewer, editor_client):
    claim = matter(editor).claim
    tab = posted(editor_client.get(address_of(claim))) | {"text": "At most 4,000 people must move."}
    revise(claim, {"text": "Four thousand villagers must leave."}, by=reviewer, seen=1)
    for over in ({}, {"over": "1"}, {"over": "99"}, {"over": "x"}):
        again = editor_client.post(address_of(claim), tab | {"theirs": ["text", "nothing", "\x00"]} | over)
        assert again.context["adminform"].form["text"].value() == "At most 4,000 people must move."
    claim.refresh_from_db()
    assert claim.text == "Four thousand villagers must leave."
