"""The desk counts origins as the record does: the same statements rest on one, before and after publication."""

from itertools import combinations_with_replacement

import pytest

from articles.changes import add_outlet, quote_passage, revise_article
from articles.ingest import take_in
from claims.changes import AppearanceInput, StanceInput, StepInput, add_actor, record_statement
from claims.models import Statement
from claims.publishing import publish
from claims.publishing.origins import statements_with_one_origin
from record.models import Printing
from tests.desk import TEXT, matter

pytestmark = pytest.mark.django_db
WORDS = ("about 4,000 people must move", "The ministry did not answer questions")


def reports(made, editor):
    """Pairs of a text and a chain: own reports, reprints of each kind, credits of an actor, an outlet, a label."""
    houses = [add_outlet(name=name, by=editor) for name in ("Courier", "Mirror", "Standard", "Gazette")]
    texts = []
    for house, derivation in zip(houses, ("verbatim", "edited", "translation", ""), strict=True):
        taken = take_in(text=TEXT, outlet=house, headline=house.name, by=editor)
        if derivation:
            values = {"derived_from": made.article, "derivation": derivation}
            revise_article(taken.article, values, by=editor, seen=None)
        texts.append(taken.capture)
    of_edited = take_in(text=TEXT, outlet=houses[3], headline="Again", by=editor)
    values = {"derived_from": texts[1].article, "derivation": "verbatim"}
    revise_article(of_edited.article, values, by=editor, seen=None)
    court = add_actor(name="Regional Court", kind="government body", by=editor)
    chains = {
        "actor": [StepInput(actor=court, cue="said")],
        "agency": [StepInput(outlet=made.agency, cue="reported")],
        "outlet": [StepInput(outlet=made.outlet, cue="reported")],
        "label": [StepInput(label="witnesses", cue="said")],
    }
    plain = [(capture, []) for capture in (made.capture, *texts, of_edited.capture)]
    return [*plain, *((texts[3], chain) for chain in chains.values()), (texts[1], chains["label"])]


def test_the_desk_and_the_record_find_the_same_statements_on_one_origin(editor, reviewer, django_assert_num_queries):
    made = matter(editor)
    for pair in combinations_with_replacement(reports(made, editor), 2):
        appearances = [
            AppearanceInput(quote_passage(capture, words, by=editor), "", "said", chain)
            for (capture, chain), words in zip(pair, WORDS, strict=True)
        ]
        record_statement(
            summary="About 4,000 people have to move",
            mode="indirect",
            speaker=made.farmer,
            stances=[StanceInput(made.claim, "affirms")],
            appearances=appearances,
            by=editor,
        )
    with django_assert_num_queries(4):
        desk = {statement.public_id for statement in statements_with_one_origin(Statement.objects.all())}
    publish(list(Statement.objects.all()), by=reviewer, reason="All of them.")
    origins = {}
    for statement, origin in Printing.objects.values_list("statement", "origin"):
        origins.setdefault(statement, set()).add(origin)
    assert len(origins) == Statement.objects.count() == 67
    assert desk == {statement for statement, found in origins.items() if len(found) == 1}
    assert 10 < len(desk) < 57
