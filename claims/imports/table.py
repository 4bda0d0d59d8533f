"""Statements handed in as a table: rows put together, tried with the very verbs that record them, and recorded.

One row is one printing with one stance, as in the CSV export of the record. Rows that follow one another and agree in
article, words, speaker and summary are one printing with several stances. A dry run does everything in a transaction
and takes it back. What a row is refused for does not stop the others from being tried; recording is all or nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from msgspec.structs import replace

from articles.models import Article, TrackedModel
from articles.tracked_changes import Refusal
from articles.uploaded_tables import Columns, TableRow
from record.documents.fields import STATEMENT_FIELDS

from ..changes import AppearanceInput, PrintingInput, StanceInput, add_appearance, quote_printing, record_statement
from ..changes.typed_chains import read_chain
from ..models import Actor, Appearance, Claim, Stance, Statement
from ..suggestions.claim_matches import claims_like

Noun = TypeVar("Noun", bound=TrackedModel)

FIELD_COLUMNS = tuple(field.name for field in STATEMENT_FIELDS)
PRINTING_COLUMNS = ("article", "exact", "prefix", "suffix", "printed_name", "cue", "chain")
STANCE_COLUMNS = ("claim", "stance", "hedge", "figure_printed")
COLUMNS = Columns(
    {*PRINTING_COLUMNS, "statement", *FIELD_COLUMNS, *STANCE_COLUMNS}, required=("exact",), row="statement"
)

NEW, APPEARANCE, KNOWN, REFUSED = "new", "appearance", "known", "refused"
ADDED_STATES = (NEW, APPEARANCE)

_SHARED_COLUMNS = ("article", "exact", "prefix", "suffix", "statement", "speaker", "speaker_label", "summary")


@dataclass(frozen=True)
class StatementRows:
    """One printing of one statement: the places of its rows, what the first says, and the stances of all.

    `fault` says what is wrong with a row that cannot be read; then there is nothing else.
    """

    row_places: tuple[str, ...]
    said: dict[str, str]
    stances: tuple[dict[str, str], ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one printing: `state`, a sentence, and the statement where there is one."""

    rows: StatementRows
    state: str
    sentence: str
    statement: Statement | None = None
    field: str = ""


def statement_rows(rows: Sequence[TableRow]) -> list[StatementRows]:
    """`rows` as statements, in their order. No database."""
    found: list[StatementRows] = []
    for place, row in rows:
        if isinstance(row, str):
            found.append(StatementRows((place,), {}, fault=row))
            continue
        said = {name: row.get(name, "").strip() for name in (*PRINTING_COLUMNS, "statement", *FIELD_COLUMNS)}
        stance = {name: row.get(name, "").strip() for name in STANCE_COLUMNS}
        stances = (stance,) if any(stance.values()) else ()
        last = found[-1] if found else None
        if last and not last.fault and stances and all(last.said[name] == said[name] for name in _SHARED_COLUMNS):
            found[-1] = StatementRows((*last.row_places, place), last.said, last.stances + stances)
        else:
            found.append(StatementRows((place,), said, stances))
    return found


def import_statements(
    statements: Sequence[StatementRows],
    *,
    by: User,
    article: Article | None = None,
    named: bool,
    dry_run: bool,
    done: Callable[[], object] = lambda: None,
) -> list[Outcome]:
    """Records the statements, or finds out what recording them would do; calls `done` after each.

    `article` is that of the rows which name none. `named` says whether rows may call a withheld actor by its name;
    otherwise its public label or identity does, and nothing that is answered tells the name. Without `dry_run` nothing
    is kept if anything is refused.
    """
    outcomes: list[Outcome] = []
    with transaction.atomic():
        for rows in statements:
            outcomes.append(_try_rows(rows, article, by, named))
            done()
        transaction.set_rollback(dry_run or any(outcome.state == REFUSED for outcome in outcomes))
    return outcomes


def _try_rows(rows: StatementRows, article: Article | None, by: User, named: bool) -> Outcome:
    if rows.fault:
        return Outcome(rows, REFUSED, rows.fault)
    try:
        with transaction.atomic():
            return Outcome(rows, *_record_rows(rows, article, by, named))
    except Refusal as refused:
        return Outcome(rows, REFUSED, refused.sentence, field=refused.field)


def _record_rows(rows: StatementRows, article: Article | None, by: User, named: bool) -> tuple[str, str, Statement]:
    """What was done, the sentence that tells it, and the statement."""
    said = rows.said
    article = _find_article(said["article"]) if said["article"] else article
    if article is None:
        raise Refusal("The row does not say which article the words are from.", field="article")
    capture = article.captures.best_for_quoting().first()
    if capture is None:
        raise Refusal(f"No text of “{article}” has been saved: import it first.", field="article")
    printing = quote_printing(capture, PrintingInput.from_source(said, occurrence=None, chain=()), by=by)
    printing = replace(printing, chain=read_chain(said["chain"].replace(";", "\n"), named=named))
    speaker = _find_actor(said["speaker"], named) if said["speaker"] else None
    stances = [_read_stance(row) for row in rows.stances]
    named_statement = _find_statement(said["statement"]) if said["statement"] else None
    statement = named_statement or _find_recorded(printing, speaker, said, stances)
    if statement is None:
        values = {name: said[name] for name in FIELD_COLUMNS if said[name]} | {
            "speaker": speaker,
            "summary": said["summary"],
        }
        statement = record_statement(
            **{"mode": Statement.Mode.INDIRECT} | values, stances=stances, appearances=[printing], by=by
        )
        return NEW, f"A new statement: “{statement.mention}”.", statement
    if Appearance.objects.filter(statement=statement, passage=printing.passage).exists():
        return KNOWN, f"Recorded already: “{statement.mention}”.", statement
    statement = add_appearance(statement, printing, by=by, seen=None, why="imported from a table")
    return APPEARANCE, f"One more appearance of “{statement.mention}”.", statement


def _find_recorded(
    printing: AppearanceInput, speaker: Actor | None, said: dict[str, str], stances: Sequence[StanceInput[Claim]]
) -> Statement | None:
    """The statement of the same speaker that is printed in this passage, or in these words elsewhere.

    It has the same summary; or, in this very passage, the same stances under another summary.
    """
    same = Statement.objects.filter(speaker=speaker)
    same = same.filter(speaker_label=said["speaker_label"]) if speaker is None else same
    passage = printing.passage
    words = Q(appearances__passage=passage) | Q(appearances__passage__exact=passage.exact)
    if found := same.filter(words, summary=said["summary"]).first():
        return found
    wanted = {(stance.claim.pk, stance.kind) for stance in stances}
    for statement in same.filter(appearances__passage=passage).order_by("pk").prefetch_related("stances"):
        if wanted == {(stance.claim_id, stance.kind) for stance in statement.stances.all()}:
            return statement
    return None


def _read_stance(row: dict[str, str]) -> StanceInput[Claim]:
    if row["stance"] not in Stance.Kind.values:
        stances = ", ".join(Stance.Kind.values)
        raise Refusal(f"“{row['stance'][:40]}” is not a stance. Use one of: {stances}.", field="stance")
    if not row["claim"]:
        raise Refusal("A stance needs a claim.", field="claim")
    return StanceInput(_find_claim(row["claim"]), row["stance"], row["hedge"], row["figure_printed"])


# Who and what is meant by a name in a cell.


def _only_match(objects: QuerySet[Noun], name: str, what: str, field: str) -> Noun:
    """The only one of `objects`; the refusals repeat `name`, if it may be repeated."""
    found = list(objects[:3])
    repeated = f" “{name[:80]}”" if name else ""
    if not found:
        raise Refusal(f"There is no {what}{repeated}.", field=field)
    if len(found) > 1:
        identities = ", ".join(f"#{obj.public_id}" for obj in found)
        raise Refusal(f"There are several{repeated}: write the ID of one of them ({identities}).", field=field)
    return found[0]


def _read_identity(name: str) -> str:
    return name.rpartition("#")[2].strip().lower()


def _find_article(name: str) -> Article:
    articles = Article.objects.order_by("pk")
    # One without a headline is shown by its outlet and its date, or its identity.
    outlet, _, date = name.rpartition(" ")
    shown = Q(headline="", outlet__name=outlet) & (Q(published=date) | Q(published="", public_id=date))
    return _only_match(
        articles.filter(Q(public_id=_read_identity(name)) | Q(url=name) | Q(headline=name) | Q(slug=name) | shown),
        name,
        "article with this identity, address, headline, or outlet and date",
        "article",
    )


def _find_claim(name: str) -> Claim:
    claims = Claim.objects.current().order_by("pk")
    found = claims.filter(Q(public_id=_read_identity(name)) | Q(text=name) | Q(slug=name))
    if not found.exists() and (near := claims_like(name)):
        likely = near[0].claim
        raise Refusal(
            f"There is no claim “{name[:80]}”. Perhaps “{likely.text[:120]}” is meant: then write #{likely.public_id}.",
            field="claim",
        )
    return _only_match(found, name, "claim", "claim")


def _find_actor(name: str, named: bool) -> Actor:
    actors = Actor.objects.current().order_by("pk")
    by_identity = actors.filter(public_id=_read_identity(name)).first()
    # To who may not read names nothing typed is repeated: a label in its place would confirm a guess.
    repeated, what = (name, "actor") if named else ("", "actor of this name")
    return by_identity or _only_match(actors.find(name, named=named), repeated, what, "speaker")


def _find_statement(name: str) -> Statement:
    return _only_match(
        Statement.objects.filter(public_id=_read_identity(name)), name, "statement with the identity", "statement"
    )
