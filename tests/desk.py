"""What the tests of the desk stand on: a small matter with an article, actors, claims and a statement."""

from dataclasses import dataclass

from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in
from articles.models import Article, Capture, Outlet
from claims.changes import (
    AppearanceInput,
    NameInput,
    StanceInput,
    StepInput,
    add_actor,
    add_claim,
    add_question,
    record_statement,
)
from claims.models import Actor, Claim, Question, Statement
from tests.kept_rows import kept_once_made

TEXT = (
    "River dam will flood three villages, ministry admits\n\n"
    "The ministry of water said on Monday that about 4,000 people must move before the valley is flooded.\n\n"
    "“Nobody was asked,” said Asel Bek, a farmer. The ministry did not answer questions. Nobody was asked twice."
)


@dataclass
class Matter:
    outlet: Outlet
    agency: Outlet
    article: Article
    capture: Capture
    ministry: Actor
    farmer: Actor
    question: Question
    claim: Claim
    other_claim: Claim
    statement: Statement


@kept_once_made
def matter(by) -> Matter:
    """One question with two claims, one article, two actors, and the ministry's statement in it."""
    outlet = add_outlet(name="Valley Herald", country="KG", by=by)
    agency = add_outlet(name="Mountain Press Agency", kind="agency", by=by)
    taken = take_in(
        text=TEXT, outlet=outlet, headline="River dam will flood three villages", published="2021-05", by=by
    )
    ministry = add_actor(
        name="Ministry of Water",
        kind="government body",
        names=[NameInput("Министерство воды", "ru-Cyrl")],
        by=by,
    )
    farmer = add_actor(name="Asel Bek", kind="person", by=by)
    question = add_question(title="How many people must move?", by=by)
    claim = add_claim(
        question=question,
        text="About 4,000 people must move.",
        kind="figure",
        amount=4000,
        unit="people",
        modifier="about",
        counted="people who must move",
        by=by,
    )
    other = add_claim(question=question, text="The villagers were asked.", kind="fact", by=by)
    passage = quote_passage(taken.capture, "about 4,000 people must move", by=by)
    statement = record_statement(
        summary="About 4,000 people have to move",
        mode="indirect",
        speaker=ministry,
        said_on="2021-05-03",
        stances=[StanceInput(claim, "affirms", "about")],
        appearances=[
            AppearanceInput(passage, "the ministry of water", "said", [StepInput(outlet=agency, cue="reported")])
        ],
        by=by,
    )
    return Matter(outlet, agency, taken.article, taken.capture, ministry, farmer, question, claim, other, statement)


def posted(response) -> dict:
    """Every value that the form on an admin page would post, as a browser would send it."""
    context = response.context
    data = {}
    forms = [
        context["adminform"].form,
        *(form for one in context["inline_admin_formsets"] for form in one.formset.forms),
    ]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                value = "on" if value else None
            widget_data = bound.field.widget.format_value(value) if value is not None else None
            if isinstance(widget_data, list):
                widget_data = widget_data[0] if widget_data else ""
            if bound.name != "DELETE" and widget_data is not None:
                data[bound.html_name] = getattr(value, "pk", widget_data)
    for one in context["inline_admin_formsets"]:
        for bound in one.formset.management_form:
            data[bound.html_name] = bound.value()
    act = context["act"]
    data["seen"] = act["seen"].value() or ""
    return data


def confirmed(page, **values) -> dict:
    """What the form of confirmation on a page of several would post, as it was shown."""
    rows = page.context["changing"]
    data = {
        "take": [row.obj.public_id for row, ticked, _, _ in rows if ticked],
        "shown": [f"{row.obj.public_id} {row.token}" for row, *_ in rows],
    }
    for name, value in [*page.context["chosen"], *page.context["carried"]]:
        data.setdefault(name, []).append(value)
    return data | values
