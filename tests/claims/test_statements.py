"""Statements: recording, adding appearances, revising, their rules, and two editors on one statement."""

import threading

import pytest
from django.db import connection

from articles.changes import quote_passage, revise_article
from articles.ingest import take_in
from articles.models import Trace
from articles.tracked_changes import Refusal, StaleRevision
from claims.changes import (
    AppearanceInput,
    StanceInput,
    StepInput,
    add_actor,
    add_appearance,
    add_claim,
    merge_actors,
    merge_claims,
    record_framing,
    record_statement,
    remove_framing,
    revise,
)
from claims.models import Framing, Statement
from tests.cast import member_of
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return matter(editor)


def refused_field(act, *arguments, **values):
    with pytest.raises(Refusal) as refused:
        act(*arguments, **values)
    return refused.value.field


def test_a_statement_is_recorded_with_all_its_parts_in_one_trace(desk):
    trace = Trace.objects.get(public_id=desk.statement.public_id)
    assert (trace.verb, trace.by.username, trace.revision) == ("record", "erin", 1)
    assert trace.changes["stances"] == [[], ["affirms “About 4,000 people must move.” · hedge “about”"]]
    assert trace.changes["appearances"] == [
        [],
        [
            "“about 4,000 people must move” · River dam will flood three villages · as the ministry of water · said · "
            "1. relays Mountain Press Agency · reported"
        ],
    ]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-09~", "2019-09-01", "2019-09-30"),
        ("2018/2019-03", "2018-01-01", "2019-03-31"),
        (" 2019-09-03 ", "2019-09-03", "2019-09-03"),
    ],
)
def test_the_days_between_which_a_date_lies_are_filled_in(desk, editor, text, earliest, latest):
    statement = revise(desk.statement, {"said_on": text}, by=editor, seen=1)
    statement.refresh_from_db()
    assert statement.said_on == text.strip()
    assert (statement.said_earliest.isoformat(), statement.said_latest.isoformat()) == (earliest, latest)
    statement = revise(desk.statement, {"said_on": ""}, by=editor, seen=2)
    assert (statement.said_earliest, statement.said_latest) == (None, None)


@pytest.mark.parametrize("date", ["2019-13-40", "2019-02-30", "last week", "2019-09-03T12:00", "٢٠١٩", "2020/2019"])
def test_a_date_that_is_none_is_refused(desk, editor, date):
    assert refused_field(revise, desk.statement, {"said_on": date}, by=editor, seen=1) == "said_on"


def test_a_statement_has_a_speaker_or_a_label(desk, editor):
    assert refused_field(record_statement, summary="S", mode="direct", by=editor) == "speaker_label"
    assert refused_field(revise, desk.statement, {"speaker": None}, by=editor, seen=1) == "speaker_label"
    record_statement(summary="S", mode="direct", speaker_label="reports", by=editor)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("summary", ""),
        ("summary", "x" * 301),
        ("mode", "sung"),
        ("basis", "felt"),
        ("language", "klingon"),
        ("words", "\x00"),
        ("words", "x" * 20_001),
        ("role", "a\x02b"),
        ("venue", "\u202e"),
        ("speaker_label", "\ud800"),
        ("translation", 7),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_field(desk, editor, field, value):
    assert refused_field(revise, desk.statement, {field: value}, by=editor, seen=1) == field
    assert Statement.objects.get().revision == 1


def test_words_keep_their_lines_and_are_settled(desk, editor):
    statement = revise(desk.statement, {"words": "one\r\ntwo\u0301", "language": "ky"}, by=editor, seen=1)
    assert statement.words == "one\ntwó"


# Stances and appearances


def test_a_statement_takes_one_stance_towards_a_claim(desk, editor):
    twice = [StanceInput(desk.claim, "affirms"), StanceInput(desk.claim, "denies")]
    with pytest.raises(Refusal, match="one stance towards a claim") as refused:
        revise(desk.statement, {}, stances=twice, by=editor, seen=1)
    assert refused.value.field == "stances"
    assert desk.statement.stances.get().kind == "affirms"


def test_a_stance_that_changes_keeps_its_row(desk, editor):
    row = desk.statement.stances.get().pk
    stances = [StanceInput(desk.other_claim, "silent"), StanceInput(desk.claim, "denies")]
    statement = revise(desk.statement, {}, stances=stances, by=editor, seen=1)
    assert statement.stances.get(claim=desk.claim).pk == row
    assert statement.stances.count() == 2


def test_a_stance_of_no_kind_is_refused(desk, editor):
    with pytest.raises(Refusal, match="not a valid choice"):
        revise(desk.statement, {}, stances=[StanceInput(desk.claim, "likes")], by=editor, seen=1)


def test_an_appearance_is_added_beside_the_others(desk, editor):
    passage = quote_passage(desk.capture, "before the valley is flooded", by=editor)
    statement = add_appearance(desk.statement, AppearanceInput(passage, cue="said"), by=editor, seen=1, why="more")
    assert (statement.revision, statement.appearances.count()) == (2, 2)
    assert Trace.objects.first().verb == "add appearance"
    with pytest.raises(Refusal, match="already quotes the passage"):
        add_appearance(statement, AppearanceInput(passage), by=editor, seen=2)


def test_the_positions_of_a_chain_are_counted_from_the_page(desk, editor):
    chain = [StepInput(outlet=desk.agency), StepInput("cites", label="a decree"), StepInput("says", actor=desk.farmer)]
    passage = desk.statement.appearances.get().passage
    statement = revise(desk.statement, {}, appearances=[AppearanceInput(passage, chain=chain)], by=editor, seen=1)
    steps = statement.appearances.get().steps.order_by("position")
    assert [(step.position, step.relation) for step in steps] == [(1, "relays"), (2, "cites"), (3, "says")]
    statement = revise(statement, {}, appearances=[AppearanceInput(passage, chain=chain[1:])], by=editor, seen=2)
    assert [step.position for step in statement.appearances.get().steps.order_by("position")] == [1, 2]


@pytest.mark.parametrize("naming", ["nobody", "two", "label and outlet"])
def test_a_step_names_exactly_one(desk, editor, naming):
    step = {
        "nobody": StepInput(label="  "),
        "two": StepInput(actor=desk.farmer, outlet=desk.agency),
        "label and outlet": StepInput(outlet=desk.agency, label="the agency"),
    }[naming]
    passage = desk.statement.appearances.get().passage
    with pytest.raises(Refusal, match="Step 1 of the chain must name"):
        revise(desk.statement, {}, appearances=[AppearanceInput(passage, chain=[step])], by=editor, seen=1)


def test_the_outlet_that_prints_and_the_speaker_are_no_steps(desk, editor):
    passage = desk.statement.appearances.get().passage
    for step, sentence in (
        (StepInput(outlet=desk.outlet), "printed the article itself"),
        (StepInput(actor=desk.ministry), "The chain ends with the speaker"),
    ):
        with pytest.raises(Refusal, match=sentence):
            revise(desk.statement, {}, appearances=[AppearanceInput(passage, chain=[step])], by=editor, seen=1)


def test_an_endless_chain_is_refused(desk, editor):
    passage = desk.statement.appearances.get().passage
    chain = [StepInput(label=f"a neighbour {n}") for n in range(21)]
    with pytest.raises(Refusal, match="limit is 20"):
        revise(desk.statement, {}, appearances=[AppearanceInput(passage, chain=chain)], by=editor, seen=1)


def test_what_was_merged_away_is_not_used(desk, editor):
    gone = add_actor(name="Water Ministry", kind="government body", by=editor)
    merge_actors(gone, into=desk.ministry, by=editor, why="", seen=1)
    assert refused_field(revise, desk.statement, {"speaker": gone}, by=editor, seen=1) == "speaker"
    passage = desk.statement.appearances.get().passage
    appearances = [AppearanceInput(passage, chain=[StepInput(actor=gone)])]
    assert refused_field(revise, desk.statement, {}, appearances=appearances, by=editor, seen=1) == "appearances"
    claim = add_claim(question=desk.question, text="Gone", kind="fact", by=editor)
    merge_claims(claim, into=desk.other_claim, by=editor, why="", seen=1)
    stances = [StanceInput(claim, "affirms")]
    assert refused_field(revise, desk.statement, {}, stances=stances, by=editor, seen=1) == "stances"


# Unnamed sources


def test_an_unnamed_source_speaks_in_its_own_article_and_in_what_derives_from_it(desk, editor):
    villager = add_actor(name="a villager", kind="unnamed", reported_in=desk.article, by=editor)
    taken = take_in(text="Nobody was asked, a villager said.", outlet=desk.agency, headline="Dam", by=editor)
    here = quote_passage(desk.capture, "Nobody was asked,", by=editor)
    there = quote_passage(taken.capture, "Nobody was asked", by=editor)
    statement = record_statement(
        summary="Nobody asked", mode="direct", speaker=villager, appearances=[AppearanceInput(here)], by=editor
    )
    with pytest.raises(Refusal, match="not derived from it") as refused:
        add_appearance(statement, AppearanceInput(there), by=editor, seen=1)
    assert refused.value.field == "speaker"
    revise_article(taken.article, {"derived_from": desk.article, "derivation": "edited"}, by=editor, seen=None)
    assert add_appearance(statement, AppearanceInput(there), by=editor, seen=1).appearances.count() == 2


def test_an_unnamed_source_relays_in_its_own_article_only(desk, editor):
    taken = take_in(text="Another text.", outlet=desk.agency, headline="Other", by=editor)
    stranger = add_actor(name="an official", kind="unnamed", reported_in=taken.article, by=editor)
    passage = desk.statement.appearances.get().passage
    appearances = [AppearanceInput(passage, chain=[StepInput(actor=stranger)])]
    assert refused_field(revise, desk.statement, {}, appearances=appearances, by=editor, seen=1) == "appearances"


def test_an_unnamed_source_that_speaks_is_not_moved_to_another_article(desk, editor):
    villager = add_actor(name="a villager", kind="unnamed", reported_in=desk.article, by=editor)
    here = quote_passage(desk.capture, "Nobody was asked,", by=editor)
    record_statement(summary="S", mode="direct", speaker=villager, appearances=[AppearanceInput(here)], by=editor)
    other = take_in(text="Another text.", outlet=desk.agency, headline="Other", by=editor).article
    with pytest.raises(Refusal, match="comes from the article"):
        revise(villager, {"reported_in": other}, by=editor, seen=1)


# Framings


def test_a_framing_raises_the_revision_of_its_article(desk, editor):
    before = desk.article.revision
    framing = record_framing(
        desk.article, claim=desk.claim, part="headline", treatment="endorses", words="will flood", by=editor
    )
    desk.article.refresh_from_db()
    assert (framing.treatment, desk.article.revision) == ("endorses", before + 1)
    record_framing(desk.article, claim=desk.claim, part="headline", treatment="contests", by=editor)
    assert Framing.objects.get().treatment == "contests"
    remove_framing(desk.article, claim=desk.claim, part="headline", by=editor)
    assert not Framing.objects.exists()


@pytest.mark.parametrize(("part", "words"), [("headline", "Nobody was asked"), ("body", "will not be flooded")])
def test_words_of_a_framing_stand_in_the_article(desk, editor, part, words):
    values = {"claim": desk.claim, "part": part, "treatment": "contests", "words": words, "by": editor}
    assert refused_field(record_framing, desk.article, **values) == "words"
    assert not Framing.objects.exists()


# Two editors


def test_a_stale_save_is_refused_with_theirs_and_yours_parts_included(desk, editor):
    revise(desk.statement, {"summary": "Theirs"}, stances=[], by=editor, seen=1)
    with pytest.raises(StaleRevision) as refused:
        revise(
            desk.statement,
            {"summary": "Yours", "venue": "here"},
            stances=[StanceInput(desk.other_claim, "denies")],
            by=editor,
            seen=1,
        )
    assert refused.value.theirs == {"summary": "Theirs", "venue": "", "stances": []}
    assert refused.value.yours == {
        "summary": "Yours",
        "venue": "here",
        "stances": ["denies “The villagers were asked.”"],
    }
    assert Statement.objects.get().summary == "Theirs"


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused_and_none_is_lost():
    editors = [member_of("editor", name) for name in ("erin", "edda")]
    desk = matter(editors[0])
    barrier, outcomes = threading.Barrier(2), {}

    def save(editor):
        try:
            barrier.wait(timeout=10)
            stances = [StanceInput(desk.claim, "denies", editor.username)]
            revise(desk.statement, {"summary": editor.username}, stances=stances, by=editor, seen=1)
            outcomes[editor.username] = "saved"
        except StaleRevision as stale:
            outcomes[editor.username] = stale
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    saved = next(name for name, outcome in outcomes.items() if outcome == "saved")
    stale = next(outcome for outcome in outcomes.values() if isinstance(outcome, StaleRevision))
    statement = Statement.objects.get()
    assert (statement.summary, statement.revision) == (saved, 2)
    assert statement.stances.get().hedge == saved
    assert stale.theirs["summary"] == saved and saved not in str(stale.yours)
    assert Trace.objects.filter(public_id=statement.public_id).count() == 2


@pytest.mark.parametrize(
    "values",
    [
        {"printed_name": "x" * 201},
        {"cue": "\x00"},
        {"cue": "x" * 121},
        {"chain": [StepInput(label="\u202eturned")]},
        {"chain": [StepInput("sings", label="a choir")]},
    ],
)
def test_a_refusal_about_a_row_names_the_list_that_the_editor_sees(desk, editor, values):
    appearance = AppearanceInput(desk.statement.appearances.get().passage, **values)
    assert refused_field(revise, desk.statement, {}, appearances=[appearance], by=editor, seen=1) == "appearances"
    assert desk.statement.appearances.get().steps.count() == 1
