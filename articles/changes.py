"""The verbs that change outlets, articles and passages. Every write of this room is here or in ingest.py.

Each verb takes its author as `by=`, is one transaction, refuses in a sentence (`Refusal`) and leaves a trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.text import slugify

from language.dates.partial import read_date

from . import tracked_changes
from .anchoring import anchor_quotes, known_quotes
from .models import Article, Capture, Outlet, Passage, Trace
from .quotation_marks import quoted_spans_within
from .text import QuoteIsAmbiguous, QuoteNotFound, Span, TextIsBroken, locate, settle_line, span
from .tracked_changes import Refusal
from .web_addresses import AddressIsBroken, web_address

LINE_FIELDS = {
    Outlet: ("name", "country", "owner"),
    Article: ("headline", "byline", "dateline", "language", "credited_agency", "published"),
}
ADDRESS_FIELDS = {Outlet: ("homepage",), Article: ("url",)}
MAX_CONFIRMED = 200  # passages confirmed in one act
_MOVING_VERBS = ("re-anchor", "reword")


def add_outlet(*, name: str, by: User | None, **values: Any) -> Outlet:
    """A new outlet; its slug is made from its name unless one is given."""
    values = settle_values(Outlet, {**values, "name": name})
    values["slug"] = values.get("slug") or free_slug(Outlet, values["name"])
    return tracked_changes.add_object(Outlet(**values), by=by, verb="add")


def revise_outlet(outlet: Outlet, values: dict[str, Any], *, by: User | None, seen: int, why: str = "") -> Outlet:
    """Sets `values` on the outlet that the caller has seen at revision `seen`."""
    return tracked_changes.revise_object(
        outlet, settle_values(Outlet, values), by=by, verb="revise", seen=seen, why=why
    )


def add_article(*, outlet: Outlet, by: User | None, **values: Any) -> Article:
    """A new article of `outlet`, still without a text. `published` is an EDTF date; a headline is not needed."""
    values = settle_values(Article, values)
    words = values.get("headline") or f"{outlet} {values.get('published', '')}"
    values["slug"] = values.get("slug") or free_slug(Article, words)
    return tracked_changes.add_object(Article(outlet=outlet, **values), by=by, verb="add")


def revise_article(
    article: Article, values: dict[str, Any], *, by: User | None, seen: int | None, why: str = "", verb: str = "revise"
) -> Article:
    """Sets `values` on the article that the caller has seen at revision `seen`; what it derives from included.

    Refuses an article that would derive from itself by way of others. `verb` is what the history calls the act.
    """
    with tracked_changes.open_change(
        article, settle_values(Article, values), by=by, verb=verb, seen=seen, why=why
    ) as change:
        _refuse_circular_derivation(change.obj)
    return change.obj


def quote_passage(
    capture: Capture, exact: str, *, by: User | None, prefix: str = "", suffix: str = "", occurrence: int | None = None
) -> Passage:
    """The passage of `capture` in which the words `exact` stand; the same span twice is the same passage.

    Refuses words that do not stand whole in the capture, and words that stand there several times unless `occurrence`
    (1 is the first) or `prefix` and `suffix` tell which are meant.
    """
    place = _locate_words(exact, capture, prefix, suffix, occurrence)
    same_span = Passage.objects.filter(capture=capture, start=place.start, end=place.end)
    passage = Passage(**passage_values(capture, place))
    try:
        with transaction.atomic():
            return same_span.first() or tracked_changes.add_object(passage, by=by, verb="quote")
    except (IntegrityError, Refusal):
        # Two editors marked the same words at the same moment: both get the one passage.
        known = same_span.first()
        if known is None:
            raise
        return known


def reword_passage(
    passage: Passage,
    capture: Capture,
    exact: str,
    *,
    by: User | None,
    seen: int,
    prefix: str = "",
    suffix: str = "",
    occurrence: int | None = None,
    why: str = "",
) -> Passage:
    """Moves the passage to the words `exact` of a later `capture` of its article, which reworded it.

    The passage keeps its identity, and its trace keeps both wordings; a person confirms it before it is published
    again. Refuses words that do not stand in the capture, stand there several times, or are another passage already.
    """
    _refuse_other_article(passage, capture)
    place = _locate_words(exact, capture, prefix, suffix, occurrence)
    return _move_passage(passage, capture, place, by=by, verb="reword", seen=seen, why=why)


def declare_passage_gone(passage: Passage, capture: Capture, *, by: User | None, seen: int, why: str = "") -> Passage:
    """Says that the words of the passage are gone from a later `capture` of its article. They stay in the older one."""
    _refuse_other_article(passage, capture)
    if passage.capture_id == capture.pk:
        raise Refusal("The words are in this text, so they are not gone.")
    return tracked_changes.revise_object(passage, {"gone_from": capture}, by=by, verb="give up", seen=seen, why=why)


def reanchor_passages(article: Article, capture: Capture, *, by: User | None) -> tuple[list[Passage], list[Passage]]:
    """Moves the passages of the article's other captures to `capture`, keeping their identity.

    Returns those that were moved, each until a person has confirmed it, and those that were not, because their words do
    not stand there, what stands around them does not agree, or they are marked there already. These stay where they
    are.
    """
    moved, left = [], []
    with transaction.atomic():
        marked = set(capture.passages.values_list("start", "end"))
        others = article.captures.exclude(pk=capture.pk).order_by("-id").prefetch_related("passages")
        for other in others:
            passages = sorted(other.passages.all(), key=lambda passage: passage.start)
            # Of a text that is known from a published record alone, no more is known than what passages keep.
            quotes = passages if other.adopted else known_quotes(other.text, passages, whole=other.complete)
            for passage, place in zip(passages, anchor_quotes(capture.text, quotes), strict=True):
                if place is None or (place.start, place.end) in marked:
                    left.append(passage)
                    continue
                marked.add((place.start, place.end))
                moved.append(_move_passage(passage, capture, place, by=by, verb="re-anchor", seen=None))
    return moved, left


def _move_passage(
    passage: Passage, capture: Capture, place: Span, *, by: User | None, verb: str, seen: int | None, why: str = ""
) -> Passage:
    origin = passage.moved_from or passage.capture  # the text in which a person last saw it
    values = {"gone_from": None, "moved_from": None if origin.pk == capture.pk else origin}
    return tracked_changes.revise_object(
        passage, values | passage_values(capture, place), by=by, verb=verb, seen=seen, why=why
    )


def passage_values(capture: Capture, place: Span) -> dict:
    """The fields of a passage that stands at `place` in `capture`."""
    return {"capture": capture, "marked": quoted_spans_within(capture.text, place.start, place.end), **vars(place)}


def _locate_words(exact: str, capture: Capture, prefix: str, suffix: str, occurrence: int | None) -> Span:
    try:
        return locate(capture.text, exact, prefix, suffix, occurrence)
    except (QuoteNotFound, QuoteIsAmbiguous) as error:
        raise Refusal(str(error), field="exact") from error


def _refuse_other_article(passage: Passage, capture: Capture) -> None:
    if passage.capture.article_id != capture.article_id:
        raise Refusal("That text belongs to another article.")


def settle_values(model: type[Outlet] | type[Article], values: dict[str, Any]) -> dict[str, Any]:
    """`values` for `model` with lines and addresses settled and the days of `published` filled in; raises `Refusal`."""
    values = dict(values)
    field = ""
    try:
        for field in LINE_FIELDS[model]:
            if field in values:
                values[field] = settle_line(values[field], field.replace("_", " "))
        for field in ADDRESS_FIELDS[model]:
            if field in values:
                values[field] = web_address(values[field])
        if "published" in values:
            field = "published"
            date = read_date(values["published"]) if values["published"] else None
            values["published"] = date.edtf if date else ""
            values["published_earliest"] = date.earliest if date else None
            values["published_latest"] = date.latest if date else None
    except (TextIsBroken, AddressIsBroken, ValueError) as error:
        raise Refusal(str(error), field=field) from error
    return values


def free_slug(model: type[Model], words: str) -> str:
    """An address for `words` in plain letters that no other `model` has yet, numbered if need be."""
    longest = next(column.max_length for column in model._meta.concrete_fields if column.name == "slug")
    base = slugify(anyascii(words))[: longest and longest - 8].strip("-") or model.__name__.lower()
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _refuse_circular_derivation(article: Article) -> None:
    seen, original = {article.pk}, article.derived_from_id
    while original:
        if original in seen:
            raise Refusal(
                f"“{article}” cannot derive from “{article.derived_from}”, which itself derives from it.",
                field="derived_from",
            )
        seen.add(original)
        original = Article.objects.values_list("derived_from_id", flat=True).get(pk=original)


@dataclass(frozen=True)
class PassageOrigin:
    """Where a passage stood before it was moved, and the words there."""

    capture: Capture
    start: int
    end: int

    @property
    def exact(self) -> str:
        return self.capture.text[self.start : self.end]


def passage_origin(passage: Passage) -> PassageOrigin | None:
    """Where a moved passage stood when a person last vouched for it, by its traces; None for one that was not moved."""
    if passage.moved_from is None:
        return None
    values = {"capture": passage.capture_id, "start": passage.start, "end": passage.end}
    for act in Trace.objects.filter(public_id=passage.public_id).order_by("-id"):
        if act.verb not in _MOVING_VERBS or values["capture"] == passage.moved_from_id:
            break
        values |= {name: act.changes[name][0] for name in values if name in act.changes}
    if values["capture"] != passage.moved_from_id:
        return None
    return PassageOrigin(passage.moved_from, values["start"], values["end"])


def confirm_passages(passages: Sequence[tuple[Passage, int]], *, by: User | None, why: str = "") -> list[Passage]:
    """Says of each passage, seen at a revision, that what was moved stands where it was moved to. All or nothing."""
    if not passages:
        raise Refusal("Choose at least one passage to confirm.")
    if len(passages) > MAX_CONFIRMED:
        raise Refusal(f"You chose {len(passages)} passages; at most {MAX_CONFIRMED} can be confirmed at a time.")
    confirmed = []
    with transaction.atomic():
        for passage, seen in passages:
            with tracked_changes.open_change(
                passage, {"moved_from": None}, by=by, verb="confirm", seen=seen, why=why
            ) as change:
                if passage.moved_from_id is None:
                    raise Refusal(f"“{passage}” has nothing to confirm: it was not moved, or is already confirmed.")
            confirmed.append(change.obj)
    return confirmed


def move_passage_back(passage: Passage, *, by: User | None, seen: int, why: str = "") -> Passage:
    """Moves a passage back to the older text from which it was moved, where its words are still true."""
    origin = passage_origin(passage)
    if origin is None:
        raise Refusal(f"“{passage}” was not moved, or its earlier place is no longer known.")
    place: Span = span(origin.capture.text, origin.start, origin.end)
    values = {"moved_from": None, **passage_values(origin.capture, place)}
    return tracked_changes.revise_object(passage, values, by=by, verb="put back", seen=seen, why=why)
