"""Statements: who said what, with which stance, in which passages, through which chain."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User

from articles.changes import quote_passage
from articles.models import Article, Capture, Outlet
from articles.text import fold
from articles.tracked_changes import Refusal
from language.dates.partial import read_date
from record.documents.fields import STATEMENT_FIELDS

from ..models import Actor, Appearance, Claim, Statement
from . import cleaning
from .cleaning import Values
from .components import Appearances, Stances, refuse_merged
from .inputs import AppearanceInput, PrintingInput, StanceInput
from .transactions import open_addition, open_component_change
from .wording import refuse_dependent_wording, refuse_wrong_mode, saved_mode

MAX_DERIVATION_STEPS = 50  # articles between a reprint and its original that are followed

STATEMENT_READERS = cleaning.readers_of(
    Statement, (field.name for field in STATEMENT_FIELDS), said_on=cleaning.partial_date, language=cleaning.language
)


def record_statement(
    *, by: User, stances: Sequence[StanceInput[Claim]] = (), appearances: Sequence[AppearanceInput] = (), **values: Any
) -> Statement:
    """A new statement with its stances and appearances. `values` are those of its fields (`record.documents.fields`).

    It needs a summary and a mode, and a speaker, or a label where nobody can be named. `said_on` is EDTF text, such as
    2019-09 or 2018~. A draft may still lack stances and appearances.
    """
    statement = Statement(**read_statement(values))
    refuse_dependent_wording(statement.summary, "summary")
    refuse_missing_speaker(statement)
    with open_addition(statement, [Stances(stances), Appearances(appearances)], by=by, verb="record"):
        refuse_invalid_statement(statement)
        refuse_wrong_mode(statement)
    return statement


def quote_printing(capture: Capture, printing: PrintingInput, *, by: User) -> AppearanceInput:
    """The printing with its words found in `capture`, where they are a passage from now on."""
    passage = quote_passage(
        capture, printing.exact, by=by, prefix=printing.prefix, suffix=printing.suffix, occurrence=printing.occurrence
    )
    return AppearanceInput.from_source(printing, passage=passage)


def add_appearance(
    statement: Statement, appearance: AppearanceInput, *, by: User, seen: int | None, why: str = ""
) -> Statement:
    """One more printing of a statement, beside those that it has."""
    parts = [Appearances([appearance], beside=True)]
    before = saved_mode(statement) if statement.appearances.exists() else ("", "")
    with open_component_change(statement, {}, parts, by=by, verb="add appearance", seen=seen, why=why) as change:
        refuse_invalid_statement(change.obj)
        refuse_wrong_mode(change.obj, before)
    return change.obj


def read_statement(values: Values) -> Values:
    """`values` clean, with the days between which `said_on` lies."""
    unknown = values.keys() - STATEMENT_READERS.keys()
    if unknown:
        raise TypeError(f"Statement has no field {sorted(unknown)} that a verb sets")
    clean = {name: STATEMENT_READERS[name](value, name) for name, value in values.items()}
    if "said_on" in clean:
        said = read_date(clean["said_on"]) if clean["said_on"] else None
        clean |= {"said_earliest": said and said.earliest, "said_latest": said and said.latest}
    return clean


def refuse_missing_speaker(statement: Statement) -> None:
    if statement.speaker_id is None and not statement.speaker_label:
        raise Refusal("A statement without a named speaker needs a label, such as “reports”.", field="speaker_label")


def refuse_invalid_statement(statement: Statement) -> None:
    """The rules that reach beyond the statement's own row, on the rows as they are written."""
    appearances = statement.appearances.select_related("passage__capture__article").prefetch_related("steps").all()
    steps = [(appearance, step) for appearance in appearances for step in appearance.steps.all()]
    refuse_merged(Actor, [statement.speaker_id], field="speaker")
    refuse_merged(Actor, [step.actor_id for _, step in steps], field="appearances")
    refuse_merged(Claim, [stance.claim_id for stance in statement.stances.all()], field="stances")
    _refuse_absent_figures(statement, appearances)
    unnamed = _unnamed_sources([statement.speaker_id, *(step.actor_id for _, step in steps)])
    for appearance in appearances:
        article = appearance.passage.capture.article
        _refuse_foreign_source(unnamed.get(statement.speaker_id), article, field="speaker")
    for appearance, step in steps:
        article = appearance.passage.capture.article
        _refuse_foreign_source(unnamed.get(step.actor_id), article, field="appearances")
        if step.outlet_id == article.outlet_id:
            outlet = Outlet.objects.get(pk=step.outlet_id)
            raise Refusal(
                f"“{outlet}” printed the article itself and cannot be a step of the chain.", field="appearances"
            )
        if step.actor_id and step.actor_id == statement.speaker_id:
            raise Refusal("The chain ends with the speaker, who cannot be a step of it.", field="appearances")


def _refuse_absent_figures(statement: Statement, appearances: Iterable[Appearance]) -> None:
    """Refuses words of a figure that no passage of the statement holds."""
    for stance in statement.stances.exclude(printed=""):
        words = fold(stance.printed).text.strip().casefold()
        if not any(words in fold(appearance.passage.exact).text.casefold() for appearance in appearances):
            raise Refusal(
                f"The figure as printed, “{stance.printed}”, is in no passage of this statement. Copy it from a "
                "passage.",
                field="stances",
            )


def _unnamed_sources(keys: Iterable[int | None]) -> dict[int | None, Actor]:
    actors = Actor.objects.filter(pk__in=[key for key in keys if key], kind=Actor.Kind.UNNAMED)
    return {actor.pk: actor for actor in actors.select_related("reported_in")}


def _refuse_foreign_source(unnamed: Actor | None, article: Article, *, field: str) -> None:
    if unnamed and not is_derived_from(article, unnamed.reported_in_id):
        raise Refusal(
            f"The unnamed source “{unnamed}” comes from the article “{unnamed.reported_in}”: "
            f"it cannot be quoted in “{article}”, which is not derived from it.",
            field=field,
        )


def is_derived_from(article: Article | None, original: int | None) -> bool:
    """Whether `article` is the article with the primary key `original`, or derives from it in however many steps."""
    for _ in range(MAX_DERIVATION_STEPS):
        if article is None:
            return False
        if article.pk == original:
            return True
        article = article.derived_from
    return False
