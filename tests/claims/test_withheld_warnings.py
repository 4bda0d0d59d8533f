"""What reviewers are told of withheld names in what is about to become public, whatever text they stand in."""

import pytest

from articles.models import Article, Outlet
from articles.tracked_changes import Refusal
from claims.changes import NameInput, StepInput, add_actor, record_framing, record_statement
from claims.changes.inputs import AppearanceInput, StanceInput
from claims.models import (
    Actor,
    ActorName,
    Appearance,
    AttributionStep,
    Claim,
    Framing,
    Question,
    Stance,
    Statement,
)
from claims.publishing import plan, publish, submit
from claims.publishing.documents import document_of
from tests.desk import matter
from tests.withheld import reader_of

pytestmark = pytest.mark.any_database

NAME, ALIAS, PART, LABEL = "Botagoz Ulpanova", "Ботагоз Улпанова", "ulpanova", "a teacher"
# Every text that readers can see, by the object that is published with it.
TEXTS = [
    *((Question, field) for field in ("title", "description")),
    *((Claim, field) for field in ("text", "counted", "unit")),
    *((Outlet, field) for field in ("name", "owner", "homepage")),
    *((Article, field) for field in ("headline", "byline", "dateline", "credited_agency", "url")),
    *((Actor, field) for field in ("name", "description")),
    (ActorName, "name"),
    *((Statement, field) for field in ("summary", "role", "venue", "words", "translation")),
    (Stance, "hedge"),
    *((Appearance, field) for field in ("printed_name", "cue")),
    *((AttributionStep, field) for field in ("label", "cue")),
]
OWNER = {ActorName: Actor, Stance: Statement, Appearance: Statement, AttributionStep: Statement}


@pytest.fixture
def made(editor):
    made = matter(editor)
    made.source = add_actor(
        name=NAME,
        kind="person",
        protection="withheld",
        public_label=LABEL,
        names=[NameInput(ALIAS, "kk-Cyrl")],
        by=editor,
    )
    [appearance] = made.statement.appearances.all()
    step = StepInput(label="a colleague", cue="told")
    made.statement = record_statement(
        summary="Villagers must move",
        mode="indirect",
        speaker=made.ministry,
        stances=[StanceInput(made.claim, "affirms")],
        appearances=[AppearanceInput(appearance.passage, "the ministry", "said", [step])],
        by=editor,
    )
    return made


def planned_with(made, model, field, text):
    """The plan of the object whose text `field` holds `text`."""
    of_ours = {Actor: {"pk": made.ministry.pk}, ActorName: {"actor": made.ministry}, Claim: {"pk": made.claim.pk}}
    row = model.objects.filter(**of_ours.get(model, {})).order_by("-pk").first()
    model.objects.filter(pk=row.pk).update(**{field: text})
    owner = {Actor: made.ministry, Statement: made.statement}.get(OWNER.get(model, model))
    owner = owner or model.objects.get(pk=row.pk)
    return plan([type(owner).objects.get(pk=owner.pk)])


@pytest.mark.parametrize(("model", "field"), TEXTS, ids=lambda one: getattr(one, "__name__", one))
def test_every_text_that_tells_a_withheld_name_is_refused_and_one_that_hints_at_it_is_told(made, model, field):
    for told in (NAME, ALIAS, "ULPANOVA, Botagoz"):
        web = field in ("homepage", "url")
        text = f"https://example.org/{told.replace(' ', '-')}" if web else f"with {told} there"
        refusals = [one.sentence for one in planned_with(made, model, field, text).refusals]
        assert any("reveals a withheld name" in one and LABEL in one for one in refusals), (told, refusals)
        assert not any(told in one.partition(" reveals ")[2] for one in refusals)
    planned = planned_with(made, model, field, f"https://example.org/{PART}" if web else f"with {PART} there")
    assert not any("withheld" in one.sentence for one in planned.refusals)
    hints = [one.sentence for one in planned.warnings if "part of a withheld name" in one.sentence]
    assert len(hints) == 1 and LABEL in hints[0]
    assert PART not in hints[0].lower().partition("” contains ")[2]


def test_the_words_of_a_framing_are_looked_through_too(made, editor):
    Article.objects.filter(pk=made.article.pk).update(headline=f"River dam, says {NAME}")
    made.article.refresh_from_db()
    record_framing(made.article, claim=made.claim, part="headline", treatment="relays", words=f"says {NAME}", by=editor)
    refusals = " ".join(one.sentence for one in plan([made.article, made.claim]).refusals)
    assert "in its framings words" in refusals
    assert Framing.objects.get().words == f"says {NAME}"


def test_a_public_reason_that_tells_a_withheld_name_is_refused(made, editor, reviewer):
    submit([made.statement], by=editor)
    with pytest.raises(Refusal, match="withheld"):
        publish([made.statement], by=reviewer, reason=f"{NAME} asked for it.")


def test_the_plan_itself_tells_no_name_to_a_reviewer_who_may_not_read_it(made, editor):
    Statement.objects.filter(pk=made.statement.pk).update(summary=f"{NAME} must move", venue=f"at {PART}’s")
    submit([made.statement], by=editor)
    for named in (True, False):
        client = reader_of("reviewer", named=named)
        page = client.get(f"/admin/claims/release/action/publish/?of={made.statement.public_id}").content.decode()
        assert "reveals a withheld name" in page
        assert (NAME in page) == named


@pytest.mark.parametrize(
    ("form", "refused"),
    [("Ботагоз Улпановой", True), ("B. Ulpanova", False), ("Ms Ulpanova", False), ("Улпановою", False)],
)
def test_a_form_of_the_name_is_refused_or_told_with_its_place(made, form, refused):
    planned = planned_with(made, Statement, "summary", f"They must obey {form} today")
    about = [one for one in planned.refusals if "reveals a withheld name" in one.sentence]
    warned = [one for one in planned.warnings if "withheld name" in one.sentence]
    assert bool(about) == refused
    if not refused:
        assert [(one.obj, one.field, one.form) for one in warned] == [
            (made.statement, "summary", form.removeprefix("Ms "))
        ]
        assert form not in warned[0].sentence.partition("” contains ")[2]


def test_who_may_read_names_sees_which_form_the_plan_warns_of(made, editor):
    Statement.objects.filter(pk=made.statement.pk).update(summary="They must obey Улпановою today")
    submit([made.statement], by=editor)
    for named in (True, False):
        client = reader_of("reviewer", named=named)
        page = client.get(f"/admin/claims/release/action/publish/?of={made.statement.public_id}").content.decode()
        assert "a word that is part of a withheld name" in page
        assert ("It says “Улпановою”." in page) == named


def test_words_around_a_quotation_that_hold_a_form_of_the_name_are_left_out(made):
    [appearance] = made.statement.appearances.all()
    passage = appearance.passage
    type(passage).objects.filter(pk=passage.pk).update(prefix="B. Ulpanova said ", suffix=" and left")
    statement = Statement.objects.get(pk=made.statement.pk)
    [shown] = [one.passage for one in document_of(statement).appearances]
    assert (shown.prefix, shown.suffix) == ("", "")
