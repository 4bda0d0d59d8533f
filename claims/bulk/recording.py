"""What each row of a table comes to: tried with the very verbs that record it, so that the dry run cannot err.

A dry run does everything in a transaction and takes it back. What a row is refused for does not stop the others from
being tried; recording is all or nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from articles.changes import quote_passage
from articles.models import Article
from articles.trace import Refused
from record.fields import STATEMENT_FIELDS

from ..chains import read_chain
from ..changes import AppearanceInput, StanceInput, add_appearance, record_statement
from ..models import Actor, Appearance, Claim, Stance, Statement
from .rows import StatementRows

NEW, APPEARANCE, KNOWN, REFUSED = "new", "appearance", "known", "refused"
ADDED = (NEW, APPEARANCE)

_VALUES = [field.name for field in STATEMENT_FIELDS if field.name != "speaker"]


@dataclass(frozen=True)
class Outcome:
    """What became of one printing: `state`, a sentence, and the statement where there is one."""

    rows: StatementRows
    state: str
    sentence: str
    statement: Statement | None = None
    field: str = ""


class _TakeBack(Exception):
    """Leaves a transaction without keeping it."""


def import_statements(
    statements: Sequence[StatementRows],
    *,
    by,
    article: Article | None = None,
    named: bool,
    dry_run: bool,
    done: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Records the statements, or finds out what recording them would do; calls `done` after each.

    `article` is that of the rows which name none. `named` says whether rows may call a withheld actor by its name;
    otherwise its public label or identity does, and nothing that is answered tells the name. Without `dry_run` nothing
    is kept if anything is refused.
    """
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            for rows in statements:
                outcomes.append(_tried(rows, article, by, named))
                done()
            if dry_run or any(outcome.state == REFUSED for outcome in outcomes):
                raise _TakeBack
    except _TakeBack:
        pass
    return outcomes


def _tried(rows: StatementRows, article: Article | None, by, named: bool) -> Outcome:
    if rows.fault:
        return Outcome(rows, REFUSED, rows.fault)
    try:
        with transaction.atomic():
            return _recorded(rows, article, by, named)
    except Refused as refused:
        return Outcome(rows, REFUSED, refused.sentence, field=refused.field)


def _recorded(rows: StatementRows, article: Article | None, by, named: bool) -> Outcome:
    said = rows.said
    article = _article(said["article"]) if said["article"] else article
    if article is None:
        raise Refused("The row does not say in which article the words stand.", field="article")
    capture = article.captures.to_quote_from().first()
    if capture is None:
        raise Refused(f"No text of “{article}” is known: take it in first.", field="article")
    passage = quote_passage(capture, said["exact"], by=by, prefix=said["prefix"], suffix=said["suffix"])
    chain = read_chain(said["chain"].replace(";", "\n"), named=named)
    printing = AppearanceInput(passage, said["printed_name"], said["cue"], chain)
    speaker = _actor(said["speaker"], named) if said["speaker"] else None
    statement = _statement(said["statement"]) if said["statement"] else _recorded_before(passage, speaker, said)
    if statement is not None:
        if Appearance.objects.filter(statement=statement, passage=passage).exists():
            return Outcome(rows, KNOWN, f"Recorded already: “{statement}”.", statement)
        statement = add_appearance(statement, printing, by=by, seen=None, why="imported from a table")
        return Outcome(rows, APPEARANCE, f"One more appearance of “{statement}”.", statement)
    statement = record_statement(
        speaker=speaker,
        stances=[_stance(stance) for stance in rows.stances],
        appearances=[printing],
        by=by,
        **{name: said[name] for name in _VALUES if said[name] or name in ("summary", "mode")}
        | ({} if said["mode"] else {"mode": Statement.Mode.INDIRECT}),
    )
    return Outcome(rows, NEW, f"A new statement: “{statement}”.", statement)


def _recorded_before(passage, speaker: Actor | None, said: dict) -> Statement | None:
    """The statement of the same speaker and summary that is printed in this passage, or in these words elsewhere."""
    same = Statement.objects.filter(speaker=speaker, summary=said["summary"])
    same = same.filter(speaker_label=said["speaker_label"]) if speaker is None else same
    return same.filter(Q(appearances__passage=passage) | Q(appearances__passage__exact=passage.exact)).first()


def _stance(row: dict[str, str]) -> StanceInput:
    kinds = [kind.value for kind in Stance.Kind]
    if row["stance"] not in kinds:
        raise Refused(f"“{row['stance'][:40]}” is not a stance; there are: {', '.join(kinds)}.", field="stance")
    if not row["claim"]:
        raise Refused("A stance needs the claim that it is taken to.", field="claim")
    return StanceInput(_claim(row["claim"]), row["stance"], row["hedge"], row["figure_printed"])


def _one(found: Iterable, told: str, what: str, field: str):
    """The only one of `found`; the refusals repeat `told`, if it may be repeated."""
    found = list(found[:3])
    repeated = f" “{told[:80]}”" if told else ""
    if not found:
        raise Refused(f"There is no {what}{repeated}.", field=field)
    if len(found) > 1:
        identities = ", ".join(f"#{one.public_id}" for one in found)
        raise Refused(f"There are several{repeated}: write the identity of one of them ({identities}).", field=field)
    return found[0]


def _identity(told: str) -> str:
    return told.rpartition("#")[2].strip().lower()


def _article(told: str) -> Article:
    articles = Article.objects.order_by("pk")
    return _one(
        articles.filter(Q(public_id=_identity(told)) | Q(url=told) | Q(headline=told) | Q(slug=told)),
        told,
        "article with this identity, address or headline",
        "article",
    )


def _claim(told: str) -> Claim:
    claims = Claim.objects.current().order_by("pk")
    return _one(claims.filter(Q(public_id=_identity(told)) | Q(text=told) | Q(slug=told)), told, "claim", "claim")


def _actor(told: str, named: bool) -> Actor:
    actors = Actor.objects.current().order_by("pk")
    by_identity = actors.filter(public_id=_identity(told)).first()
    # To who may not read names nothing typed is repeated: a label in its place would confirm a guess.
    repeated, what = (told, "actor") if named else ("", "actor of this name")
    return by_identity or _one(actors.find(told, named=named), repeated, what, "speaker")


def _statement(told: str) -> Statement:
    return _one(Statement.objects.filter(public_id=_identity(told)), told, "statement with the identity", "statement")
