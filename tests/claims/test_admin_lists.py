"""The desk's lists: found by any spelling, filtered, and counted: as many queries for ten rows as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.changes import add_article, add_outlet, quote_passage, revise_article
from articles.ingest import take_in
from claims.changes import (
    AppearanceInput,
    StanceInput,
    StepInput,
    TopicQuestionInput,
    add_actor,
    add_appearance,
    add_claim,
    add_question,
    add_topic,
    discard,
    merge_actors,
    merge_claims,
    record_framing,
    record_statement,
    revise,
)
from claims.models import Actor, Claim, Statement
from claims.publishing import submit
from tests.claims.test_admin import NOUNS, page_of
from tests.desk import matter


def one_more(made, number, by):
    """One more of every noun."""
    outlet = add_outlet(name=f"Outlet {number}", by=by)
    words = f"Words number {number} stand in this text."
    taken = take_in(text=f"{words} And more of it, so that it is an article.", outlet=outlet, by=by)
    add_article(outlet=outlet, headline=f"Another {number}", by=by)
    question = add_question(title=f"Question {number}?", by=by)
    add_topic(title=f"Topic {number}", questions=[TopicQuestionInput(question)], by=by)
    claim = add_claim(question=question, text=f"Claim {number}", kind="fact", by=by)
    actor = add_actor(name=f"Actor {number}", kind="person", by=by)
    gone = add_actor(name=f"Twin {number}", kind="person", by=by)
    discard(add_actor(name=f"Mistake {number}", kind="person", by=by), by=by)
    passage = quote_passage(taken.capture, words, by=by)
    chain = [StepInput(actor=made.ministry)]
    record_statement(
        summary=f"Summary {number}",
        mode="indirect",
        speaker=actor,
        stances=[StanceInput(claim, "affirms")],
        appearances=[AppearanceInput(passage, chain=chain)],
        by=by,
    )
    record_framing(taken.article, claim=claim, part="body", treatment="relays", by=by)
    merge_actors(gone, into=actor, why="the same", seen=1, by=by)


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200
    return page, [query["sql"] for query in captured.captured_queries]


@pytest.mark.any_database
def test_a_list_of_ten_takes_as_many_queries_as_one_of_one(reviewer, reviewer_client):
    made = matter(reviewer)
    one_more(made, 0, reviewer)
    few = {model: len(queries_of(reviewer_client, page_of("changelist", model))[1]) for model in NOUNS}
    for number in range(1, 10):
        one_more(made, number, reviewer)
    for model in NOUNS:
        page, many = queries_of(reviewer_client, page_of("changelist", model))
        assert page.context["cl"].result_count >= 10 or model._meta.model_name == "release"
        # A list of several pages asks for the keys of the page first.
        assert len(many) == few[model] + page.context["cl"].multi_page, many


def test_a_page_far_in_counts_for_its_own_rows_alone(editor, editor_client, monkeypatch):
    monkeypatch.setattr("articles.desk_admin.DeskAdmin.list_per_page", 2)
    names = [add_actor(name=f"Actor {number}", kind="person", by=editor).name for number in range(5)]
    pages = [queries_of(editor_client, f"/admin/claims/actor/?p={number}") for number in (1, 2, 3)]
    assert [names_in(page) for page, _ in pages] == [names[:2], names[2:4], names[4:]]
    for _, queries in pages:
        [rows] = [sql for sql in queries if "statement_total" in sql]
        assert "OFFSET" not in rows and "LIMIT 2" not in rows


def test_a_long_list_is_sorted_by_what_stands_in_the_row_alone(editor, editor_client, monkeypatch):
    matter(editor)
    columns = list(editor_client.get("/admin/claims/claim/").context["cl"].list_display)
    by = {name: f"/admin/claims/claim/?o={columns.index(name)}" for name in ("text", "status", "stance_count")}
    assert names_in(editor_client.get(by["stance_count"])) == [
        "The villagers were asked.",
        "About 4,000 people must move.",
    ]
    assert by["status"].partition("?")[2] in editor_client.get("/admin/claims/claim/").content.decode()
    monkeypatch.setattr("articles.desk_admin.MOST_COUNTED_ROWS", 1)
    for column in ("status", "stance_count"):
        page, queries = queries_of(editor_client, by[column])
        assert not [sql for sql in queries if "release" in sql.rpartition("ORDER BY")[2]]
        assert names_in(page) == ["About 4,000 people must move.", "The villagers were asked."]
    assert by["status"].partition("?")[2] not in editor_client.get("/admin/claims/claim/").content.decode()
    assert names_in(editor_client.get(by["text"])) == ["About 4,000 people must move.", "The villagers were asked."]


def names_in(page):
    return [str(one) for one in page.context["cl"].result_list]


@pytest.mark.parametrize("term", ["Asel", "bek asel", "АСЕЛЬ", "Асел Бек", "asel-bek"])
def test_an_actor_is_found_by_any_spelling_of_any_name(editor, editor_client, term):
    made = matter(editor)
    revise(made.farmer, {}, by=editor, seen=1, names=[*_names("Асель Бек")])
    assert names_in(editor_client.get("/admin/claims/actor/", {"q": term})) == ["Asel Bek"]
    picked = editor_client.get(
        "/admin/autocomplete/",
        {"app_label": "claims", "model_name": "statement", "field_name": "speaker", "term": term},
    )
    assert [one["text"] for one in picked.json()["results"]] == ["Asel Bek"]


def _names(*names):
    from claims.changes import NameInput

    return [NameInput(name) for name in names]


def test_a_statement_is_found_by_a_spelling_of_its_speaker(editor, editor_client):
    made = matter(editor)
    page = editor_client.get("/admin/claims/statement/", {"q": "министерство people"})
    assert list(page.context["cl"].result_list) == [made.statement]
    assert not editor_client.get("/admin/claims/statement/", {"q": "министерство dams"}).context["cl"].result_list


def test_what_was_merged_away_is_offered_nowhere_and_changes_no_more(editor, editor_client):
    made = matter(editor)
    kept = add_claim(question=made.question, text="The villagers had been asked.", kind="fact", by=editor)
    merge_claims(made.other_claim, into=kept, why="same", seen=1, by=editor)
    picked = editor_client.get(
        "/admin/autocomplete/",
        {"app_label": "claims", "model_name": "stance", "field_name": "claim", "term": "villagers"},
    )
    offered = picked.json()["results"]
    assert offered[0]["text"] == "The villagers had been asked."
    assert str(made.other_claim.pk) not in [offer["id"] for offer in offered]
    page = editor_client.get(f"/admin/claims/claim/{made.other_claim.pk}/change/")
    assert "was merged into" in page.content.decode()
    assert not page.context["has_change_permission"]
    assert editor_client.post(f"/admin/claims/claim/{made.other_claim.pk}/change/", {"seen": "2"}).status_code == 403


def test_an_object_opens_by_its_public_identity(editor, editor_client):
    made = matter(editor)
    page = editor_client.get(f"/admin/claims/claim/{made.claim.public_id}/change/")
    assert page.context["original"] == made.claim


def test_the_status_filter_finds_drafts(editor, editor_client):
    matter(editor)
    assert len(editor_client.get("/admin/claims/claim/?status=draft").context["cl"].result_list) == 2
    assert len(editor_client.get("/admin/claims/claim/?status=published").context["cl"].result_list) == 0


def test_the_stance_filter_finds_statements_once_each(editor, editor_client):
    made = matter(editor)
    claim = add_claim(question=made.question, text="The wells stay.", kind="fact", by=editor)
    said = made.statement
    stances = [*(StanceInput(one.claim, one.kind) for one in said.stances.all()), StanceInput(claim, "denies")]
    revise(said, {}, by=editor, seen=said.revision, stances=stances)
    kinds = {one.kind for one in said.stances.all()}
    for kind in kinds:
        assert names_in(editor_client.get(f"/admin/claims/statement/?stance={kind}")) == [str(said)]
    assert names_in(editor_client.get("/admin/claims/statement/?stance=silent")) == []


def test_the_front_page_counts_and_leads_to_lists(editor, editor_client):
    matter(editor)
    page = editor_client.get("/admin/")
    for one in page.context["doing"]:
        shown = editor_client.get(one.address)
        assert shown.status_code == 200
        assert shown.context["cl"].result_count == one.count
    assert [(one.count, one.label) for one in page.context["doing"]][:5] == [
        (0, "to review"),
        (0, "sent back"),
        (1, "articles with proposals"),
        (1, "draft statement"),
        (2, "draft claims"),
    ]


def test_the_front_page_of_a_large_desk_counts_so_far(editor, editor_client, monkeypatch):
    made = matter(editor)
    twin = add_claim(question=made.question, text="The villagers were all asked.", kind="fact", by=editor)
    merge_claims(twin, into=made.other_claim, by=editor, why="the same", seen=1)
    submit([made.question], by=editor)
    for number in range(2):
        add_article(outlet=made.outlet, headline=f"Another {number}", published="2021-05", by=editor)
    Statement.objects.update(created_at=timezone.now() - timedelta(days=15))
    monkeypatch.setattr("claims.admin.front_page.MOST_COUNTED", 0)
    page = editor_client.get("/admin/")
    numbers = {line.label: line.number for line in page.context["doing"]}
    assert numbers["draft articles"] == "3" and numbers["draft claims"] == "2" and numbers["draft questions"] == "0"
    assert numbers["articles with proposals"] == numbers["drafts older than two weeks"] == "0+"
    assert numbers["passages missing from the newest text"] == "0"
    assert numbers["statements with a single origin"] == ""
    assert ">statements with a single origin" in page.content.decode()


def test_views_do_not_depend_on_django_s_own_log(editor, editor_client):
    from django.contrib.admin.models import LogEntry

    made = matter(editor)
    assert Statement.objects.count() and Claim.objects.count() and Actor.objects.count()
    assert editor_client.get(f"/admin/claims/claim/{made.claim.pk}/history/").status_code == 200
    assert not LogEntry.objects.exists()


def test_the_front_page_counts_what_was_forgotten_and_what_rests_on_one_origin(editor, editor_client):
    made = matter(editor)
    statement = made.statement
    other = add_outlet(name="Lowland Courier", by=editor)
    reprint = take_in(text=made.capture.text, outlet=other, headline="The same again", by=editor)
    revise_article(reprint.article, {"derived_from": made.article, "derivation": "verbatim"}, by=editor, seen=None)
    passage = quote_passage(reprint.capture, "about 4,000 people must move", by=editor)
    add_appearance(statement, AppearanceInput(passage), by=editor, seen=None)
    Statement.objects.update(created_at=timezone.now() - timedelta(days=15))
    counts = {one.label: one.count for one in editor_client.get("/admin/").context["doing"]}
    assert counts["drafts older than two weeks"] == 1
    assert counts["statements with a single origin"] == 1
    revise_article(reprint.article, {"derived_from": None, "derivation": ""}, by=editor, seen=None)
    Statement.objects.update(created_at=timezone.now())
    counts = {one.label: one.count for one in editor_client.get("/admin/").context["doing"]}
    assert counts["drafts older than two weeks"] == counts["statements with a single origin"] == 0
