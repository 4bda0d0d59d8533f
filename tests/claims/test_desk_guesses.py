"""Guesses at a withheld name: a desk that answers a right one otherwise than a wrong one tells it."""

import re
from urllib.parse import quote_plus

import pytest

from articles.text import Span
from articles.tracked_changes import Refusal
from claims.admin.workspace.prefill import _proposed_steps as proposed_steps
from claims.changes import AppearanceInput, NameInput, StepInput, add_actor, add_claim, revise
from claims.changes.typed_chains import read_chain, write_chain
from claims.imports.table import import_statements, statement_rows
from claims.models import Statement
from claims.suggestions.suggestion_types import ChainStep, PassageSuggestion
from tests.desk import posted
from tests.withheld import ALIAS, FORMER, LABEL, NAME, PRINTED, WORDS, reader_of, told_by, withheld_source

pytestmark = pytest.mark.any_database

WRONG = "Aigerim Nobodyova"
GUESSES = [NAME, ALIAS, FORMER, PRINTED]


@pytest.fixture
def source(editor):
    return withheld_source(editor)


@pytest.fixture
def twin(source, editor):
    """Another withheld source under the same label."""
    return add_actor(name="Zhanar Secondname", kind="person", protection="withheld", public_label=LABEL, by=editor)


def without(words, response) -> str:
    """The answer without what it repeats of the words that were sent, and without what is new in every answer."""
    text = response.content.decode()
    for word in (words, quote_plus(words), quote_plus(quote_plus(words))):
        text = text.replace(word, "…")
    return re.sub(r'"csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", text)


def test_a_chain_with_withheld_actors_goes_through_a_form_unchanged(source, twin):
    steps = [
        StepInput("relays", actor=source.source, cue="told by"),
        StepInput("cites", actor=twin),
        StepInput("says", actor=source.ministry),
    ]
    written = write_chain(steps, named=False)
    assert written.split("\n") == [
        f"relays: {LABEL} #{source.source.public_id} | told by",
        f"cites: {LABEL} #{twin.public_id}",
        "says: Ministry of Water",
    ]
    assert read_chain(written, named=False) == steps
    assert read_chain(write_chain(steps, named=True), named=True) == steps
    assert NAME in write_chain(steps, named=True)


def test_a_label_in_a_chain_means_the_one_who_has_it_and_asks_where_two_have(source, editor):
    assert read_chain(f"relays: {LABEL}", named=False) == [StepInput("relays", actor=source.source)]
    twin = add_actor(name="Zhanar Secondname", kind="person", protection="withheld", public_label=LABEL, by=editor)
    with pytest.raises(Refusal) as refused:
        read_chain(f"relays: {LABEL}", named=False)
    for one in (source.source, twin):
        assert f"{LABEL} #{one.public_id}" in refused.value.sentence
    assert NAME not in refused.value.sentence


@pytest.mark.parametrize("guess", GUESSES)
def test_a_chain_and_a_table_confirm_no_guess(source, editor, guess):
    said = {}
    for words in (guess, WRONG):
        with pytest.raises(Refusal) as refused:
            read_chain(f"relays: {words} | said", named=False)
        row = {"article": source.article.public_id, "exact": "Nobody was asked,", "summary": "None", "speaker": words}
        for column in ("speaker", "chain"):
            rows = statement_rows([("line 2", row | {column: words})])
            [outcome] = import_statements(rows, by=editor, named=False, dry_run=True)
            said.setdefault((words == guess), []).append((outcome.state, outcome.sentence))
        said[words == guess].append(refused.value.sentence)
    assert said[True] == said[False]


def test_who_may_read_names_calls_a_withheld_actor_by_any_of_them(source):
    for name in (NAME, ALIAS):
        assert read_chain(f"relays: {name}", named=True) == [StepInput("relays", actor=source.source)]


def test_a_table_reaches_a_withheld_source_by_its_label_or_identity(source, editor):
    for told in (LABEL, f"{NAME} #{source.source.public_id}"):
        row = {
            "article": source.article.public_id,
            "exact": "Nobody was asked,",
            "summary": f"Nobody was asked, by {told[:7]}",
            "speaker": told,
            "claim": source.other_claim.public_id,
            "stance": "denies",
        }
        rows = statement_rows([("line 2", row)])
        [outcome] = import_statements(rows, by=editor, named=False, dry_run=False)
        assert outcome.statement.speaker == source.source


@pytest.mark.parametrize("guess", GUESSES)
@pytest.mark.parametrize(
    "address",
    [
        "/admin/claims/actor/?q={}",
        "/admin/claims/statement/?q={}",
        "/admin/claims/appearance/?q={}",
        "/admin/claims/merge/?q={}",
        "/admin/claims/release/?q={}",
        "/admin/articles/trace/?q={}",
        "/admin/articles/passage/?q={}",
        "/admin/claims/claim/add/?text={}",
        "/admin/claims/statement/{told}/change/?appearances-0-printed_name={}&why={}",
        "/admin/articles/article/{article}/workspace/find/?what=speaker&q={}",
    ],
)
def test_an_address_answers_right_and_wrong_guesses_alike(source, guess, address):
    client, answers = reader_of("editor", named=False), []
    places = {"{told}": source.told.pk, "{article}": source.taken.article.pk}
    for place, key in places.items():
        address = address.replace(place, str(key))
    for words in (guess, WRONG):
        response = client.get(address.replace("{}", quote_plus(words)))
        assert response.status_code == 200
        answers.append(without(words, response))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("noun", "part"),
    [
        ("claims/appearance", "Kanareyka"),
        ("claims/appearance", PRINTED),
        *((noun, part) for noun in ("claims/release", "claims/merge", "articles/trace") for part in ("Kanar", "zuhra")),
    ],
)
def test_a_search_finds_no_row_by_a_part_of_a_name_alone(source, noun, part):
    found = {
        named: reader_of("reviewer", named=named).get(f"/admin/{noun}/", {"q": part}).context["cl"].result_count
        for named in (True, False)
    }
    assert found[True] > 0
    assert found[False] == 0


def test_a_row_is_still_found_by_the_words_that_can_be_read_beside_a_name(source):
    client = reader_of("editor", named=False)
    for words in ("knew it", "ministry knew it for ten"):
        assert client.get("/admin/claims/statement/", {"q": words}).context["cl"].result_count >= 1
    assert client.get("/admin/articles/passage/", {"q": "told nobody"}).context["cl"].result_count == 1


@pytest.mark.parametrize(
    "address",
    [
        "claims/actor/?name__startswith=Zuh",
        "claims/actor/?slug__contains=zuh",
        "claims/appearance/?printed_name__startswith=Ms",
        "claims/statement/?speaker__name__startswith=Zuh",
        "claims/release/?label__contains=Zuhra",
        "articles/trace/?why__contains=Zuhra",
        "articles/trace/?changes__contains=Zuhra",
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_no_list_is_filtered_by_how_a_text_begins(source, address, named):
    response = reader_of("editor", named=named).get(f"/admin/{address}")
    assert response.status_code == 400 or (response.status_code, response["Location"][-4:]) == (302, "?e=1")


def test_a_sorted_list_tells_nothing_of_where_a_name_stands(source, editor):
    add_actor(name="Bek Early", kind="person", by=editor)
    for address in ("actor/", "actor/?o=1"):
        for named in (True, False):
            rows = reader_of("editor", named=named).get(f"/admin/claims/{address}").context["cl"].result_list
            names = [one.desk_name(named=named) for one in rows]
            assert names == sorted(names)
    revise(source.statement, {"said_on": ""}, by=editor, seen=None)
    for named in (True, False):
        rows = reader_of("editor", named=named).get("/admin/claims/statement/?o=2").context["cl"].result_list
        names = [one.speaker.desk_name(named=named) for one in rows]
        assert names == sorted(names)


def test_a_form_that_is_refused_repeats_no_guess_in_a_sentence(source):
    client = reader_of("editor", named=False)
    answers = []
    for words in (NAME, WRONG):
        address = f"/admin/claims/statement/{source.statement.pk}/change/"
        chain = f"relays: {words} | reported"
        data = posted(client.get(address)) | {"appearances-0-chain": chain, "said_on": words, "mode": words}
        response = client.post(address, data)
        assert response.status_code == 200
        assert "no actor or outlet of this name" in response.content.decode()
        answers.append(without(words, response))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("guess", [NAME, ALIAS])
def test_the_workspace_and_the_table_page_repeat_no_guess_in_a_sentence(source, guess):
    client = reader_of("editor", named=False)
    workspace = f"/admin/articles/article/{source.article.pk}/workspace/"
    line = "about 4,000 people must move,{},{},S,V\n"
    answers = {}
    for words in (guess, WRONG):
        data = {"exact": "about 4,000 people must move", "speaker": words, "chain": f"cites: {words}", "mode": words}
        data |= {"stances-TOTAL_FORMS": "0", "stances-INITIAL_FORMS": "0", "summary": words}
        table = "exact,speaker,printed_name,summary,article\n" + line.format(words, words)
        mine = f"exact,speaker_label,printed_name,summary,article,claim,stance\nabout 4,000 people,x,{words},S,"
        mine += f"{source.article.public_id},{source.claim.public_id},affirms\n"
        for name, response in {
            "workspace": client.post(workspace, data, headers={"X-Workspace": "1"}),
            "table": client.post("/admin/claims/statement/import/", {"pasted": table}),
            "good table": client.post("/admin/claims/statement/import/", {"pasted": mine}),
        }.items():
            answers.setdefault(name, []).append((response.status_code, without(words, response)))
    for name, (right, wrong) in answers.items():
        assert right == wrong, name


def test_somebody_without_the_permission_changes_a_statement_whose_chain_names_a_withheld_actor(source, twin, editor):
    [appearance] = source.statement.appearances.all()
    chain = [StepInput("relays", actor=source.source), StepInput("cites", actor=twin, cue="from")]
    printing = AppearanceInput(appearance.passage, "the ministry", "said", chain)
    revise(source.statement, {}, by=editor, seen=None, appearances=[printing])
    client = reader_of("editor", named=False)
    address = f"/admin/claims/statement/{source.statement.pk}/change/"
    saved = client.post(address, posted(client.get(address)) | {"venue": "in parliament"})
    assert saved.status_code == 302
    workspace = f"/admin/articles/article/{source.article.pk}/workspace/form/?statement={source.statement.public_id}"
    assert f"{LABEL} #{twin.public_id} | from" in client.get(workspace).content.decode()
    stands = Statement.objects.get(pk=source.statement.pk)
    assert stands.venue == "in parliament"
    steps = [(one.actor_id, one.cue) for one in stands.appearances.get().steps.order_by("position")]
    assert steps == [(source.source.pk, ""), (twin.pk, "from")]


def test_a_proposed_chain_does_not_say_whom_the_text_names(source):
    chain = [ChainStep("cites", actor=source.source), ChainStep("relays", actor=source.ministry)]
    known = PassageSuggestion(Span(0, 1, "x", "", ""), chain=chain)
    assert [one.actor for one in proposed_steps(known, named=False)] == [source.ministry]
    assert [one.actor for one in proposed_steps(known, named=True)] == [source.source, source.ministry]


def test_the_form_for_words_of_a_withheld_source_does_not_say_whose_they_are(source):
    client = reader_of("editor", named=False)
    form = f"/admin/articles/article/{source.taken.article.pk}/workspace/form/"
    response = client.post(form, {"exact": WORDS}, headers={"X-Workspace": "1"})
    assert response.status_code == 200
    assert source.source.public_id not in response.content.decode()
    assert told_by(response) <= {"kanareyka"}  # the words that were sent, in their field


def test_an_alias_that_was_taken_out_of_the_list_is_withheld_all_the_same(source, editor):
    old = "Qanarika Zuhrova"
    kept = [NameInput(NAME, ""), NameInput(ALIAS, "ru-Cyrl")]
    revise(source.source, {}, by=editor, seen=None, names=[*kept, NameInput(old, "en")])
    revise(source.source, {}, by=editor, seen=None, names=kept)
    add_claim(question=source.question, text=f"{old} was there.", kind="fact", by=editor)
    for address in (f"/admin/claims/actor/{source.source.pk}/history/", "/admin/claims/claim/"):
        page = reader_of("reviewer", named=False).get(address).content.decode()
        assert "Qanarika" not in page
        assert LABEL in page
