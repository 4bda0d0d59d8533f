"""A reprint takes over the statements of its original: what it prints, under which names, through which chain."""

import pytest
from msgspec.structs import replace

from articles.changes import quote_passage, revise_article
from articles.ingest import take_in
from articles.models import Article, Trace
from articles.tracked_changes import Refusal, StaleRevision
from claims.changes import (
    AppearanceInput,
    StanceInput,
    TakenPrinting,
    add_appearance,
    record_statement,
    reprint_chain,
    reprints,
    revise,
    take_over,
)
from claims.models import Appearance
from tests.desk import TEXT, matter

REPRINT = (
    "Villages to be flooded\n\n"
    + TEXT.split("\n\n", 1)[1].replace("Nobody was asked,” said Asel Bek", "Nobody has been asked,” said Assel Bek")
).replace(" Nobody was asked twice.", "")


@pytest.fixture
def pair(editor):
    """The matter of the desk with two more statements, and a reprint of its article that another outlet edited."""
    made = matter(editor)
    for exact, name, mode, summary in (
        ("Nobody was asked,", "Asel Bek", "direct", "Nobody asked the villagers"),
        ("River dam will flood three villages", "", "indirect", "Three villages are lost"),
    ):
        passage = quote_passage(made.capture, exact, by=editor)
        record_statement(
            summary=summary,
            mode=mode,
            speaker=made.farmer,
            stances=[StanceInput(made.other_claim, "denies")],
            appearances=[AppearanceInput(passage, name, "said")],
            by=editor,
        )
    made.reprint = take_in(
        text=REPRINT, outlet=made.agency, headline="Villages to be flooded", published="2021-06", by=editor
    ).article
    return made


def by_summary(fates):
    return {fate.appearance.statement.summary: fate for fate in fates}


def taken(fate):
    span = fate.span
    said = {"exact": span.exact, "prefix": span.prefix, "suffix": span.suffix, "cue": fate.cue}
    seen = fate.appearance.statement.revision
    return TakenPrinting(appearance=fate.appearance, seen=seen, printed_name=fate.printed_name, **said)


def test_each_statement_is_printed_reworded_or_dropped(pair):
    fates = by_summary(reprints.compare_printings(pair.reprint, pair.article))
    assert {summary: fate.state for summary, fate in fates.items()} == {
        "About 4,000 people have to move": "circular",
        "Nobody asked the villagers": "reworded",
        "Three villages are lost": "dropped",
    }
    reworded = fates["Nobody asked the villagers"]
    assert reworded.span.exact == "Nobody has been asked,"
    assert (reworded.printed_name, reworded.cue) == ("Assel Bek", "said")
    assert [step.outlet for step in reworded.chain] == [pair.outlet]


def test_taking_over_adds_a_printing_with_one_hop_more_and_says_what_derives_from_what(pair, editor):
    fate = by_summary(reprints.compare_printings(pair.reprint, pair.article))["Nobody asked the villagers"]
    [statement] = take_over(pair.reprint, pair.article, [taken(fate)], by=editor, derivation="edited")
    printing = Appearance.objects.get(statement=statement, passage__capture__article=pair.reprint)
    assert (printing.printed_name, printing.passage.exact) == ("Assel Bek", "Nobody has been asked,")
    assert [(step.outlet, step.relation) for step in printing.steps.all()] == [(pair.outlet, "relays")]
    article = Article.objects.get(pk=pair.reprint.pk)
    assert (article.derived_from, article.derivation) == (pair.article, "edited")
    assert Trace.objects.filter(public_id=statement.public_id).first().why.startswith("copied from")
    again = by_summary(reprints.compare_printings(article, pair.article))
    assert again["Nobody asked the villagers"].state == "recorded"


def test_a_reprint_in_the_same_outlet_adds_no_hop_and_a_credit_becomes_the_cue(pair, editor):
    statement = pair.farmer.statements.first().appearances.get()
    revise_article(pair.reprint, {"credited_agency": "Valley Herald"}, by=editor, seen=None)
    reprint = Article.objects.get(pk=pair.reprint.pk)
    assert [step.cue for step in reprint_chain(reprint, pair.article, statement)] == ["Valley Herald"]
    reprint.outlet = pair.outlet
    assert reprint_chain(reprint, pair.article, statement) == ()


def test_what_is_refused_takes_the_whole_act_with_it(pair, editor):
    fates = by_summary(reprints.compare_printings(pair.reprint, pair.article))
    good, before = taken(fates["Nobody asked the villagers"]), Appearance.objects.count()
    cases = [
        ([], "at least one"),
        ([good, taken(fates["About 4,000 people have to move"])], "printed the article itself"),
        ([good, replace(good, exact="words that are not there", prefix="", suffix="")], "are not in the text"),
    ]
    for printings, sentence in cases:
        with pytest.raises(Refusal, match=sentence):
            take_over(pair.reprint, pair.article, printings, by=editor)
    with pytest.raises(Refusal, match="reprint of itself"):
        take_over(pair.article, pair.article, [good], by=editor)
    with pytest.raises(Refusal, match="is not printed in"):
        take_over(pair.article, pair.reprint, [good], by=editor)
    assert Appearance.objects.count() == before
    assert Article.objects.get(pk=pair.reprint.pk).derived_from is None


def test_a_statement_that_a_colleague_changed_meanwhile_is_not_taken_unseen(pair, editor, reviewer):
    fate = by_summary(reprints.compare_printings(pair.reprint, pair.article))["Nobody asked the villagers"]
    revise(fate.appearance.statement, {"summary": "Nobody was asked at all"}, by=reviewer, seen=None)
    with pytest.raises(StaleRevision):
        take_over(pair.reprint, pair.article, [taken(fate)], by=editor)


def test_a_statement_printed_twice_in_the_original_is_taken_twice(pair, editor):
    statement = pair.farmer.statements.get(summary="Nobody asked the villagers")
    passage = quote_passage(pair.capture, "The ministry did not answer questions", by=editor)
    add_appearance(statement, AppearanceInput(passage), by=editor, seen=None)
    fates = [
        fate
        for fate in reprints.compare_printings(pair.reprint, pair.article)
        if fate.appearance.statement == statement
    ]
    take_over(pair.reprint, pair.article, [taken(fate) for fate in fates], by=editor)
    assert Appearance.objects.filter(statement=statement, passage__capture__article=pair.reprint).count() == 2


def test_the_number_of_queries_does_not_grow(pair, editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        reprints.compare_printings(pair.reprint, pair.article)


# The page


def address(pair):
    return f"/admin/articles/article/{pair.reprint.pk}/reprint-of/{pair.article.pk}/"


def test_the_page_of_the_reprint_leads_to_taking_over_and_one_press_takes(pair, editor_client):
    page = editor_client.get(f"/admin/articles/article/{pair.reprint.pk}/change/").content.decode()
    assert address(pair) in page
    shown = editor_client.get(address(pair))
    text = shown.content.decode()
    assert "name differs from “Asel Bek”" in text
    assert "Not printed in the reprint: 1" in text
    posted = {"derivation": "edited"}
    for row in shown.context["rows"]:
        posted |= {bound.html_name: bound.value() for bound in row} | {row["take"].html_name: "on"}
    answer = editor_client.post(address(pair), posted, follow=True)
    assert ": 1 statement." in answer.content.decode()
    nothing = editor_client.get(address(pair)).content.decode()
    assert "There is nothing to copy" in nothing


@pytest.mark.parametrize(
    "wrong", [{}, {"derivation": "x"}, {"exact": "\x00"}, {"exact": "other words"}, {"seen": "9" * 40}, {"seen": "7"}]
)
def test_a_broken_form_is_shown_again_and_changes_nothing(pair, editor_client, wrong):
    shown = editor_client.get(address(pair))
    posted = {"derivation": "edited"}
    for row in shown.context["rows"]:
        posted |= {bound.html_name: bound.value() for bound in row}
        posted |= {row[name].html_name: value for name, value in wrong.items() if name != "derivation"}
        posted |= {row["take"].html_name: "on"} if wrong else {}
    posted |= {name: value for name, value in wrong.items() if name == "derivation"}
    posted = {name: value for name, value in posted.items() if value is not False}
    before = Appearance.objects.count()
    assert editor_client.post(address(pair), posted).status_code == 409
    assert Appearance.objects.count() == before


def test_only_who_may_change_statements_may_take_over(pair, client, django_user_model):
    assert client.get(address(pair)).status_code == 302
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.get(address(pair)).status_code == 403


def test_a_name_does_not_run_on_into_the_next_paragraph(pair):
    appearance = Appearance.objects.get(printed_name="Asel Bek", statement__summary="Nobody asked the villagers")
    assert reprints.printed_speaker_name("The village of Asel\n\nBek said so", appearance) == ""
    assert reprints.printed_speaker_name("The village of Assel Bek said so", appearance) == "Assel Bek"
