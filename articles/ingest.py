"""Taking in an article: known or new, captured once, its passages moved to the fuller text, its likely reprints."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from . import tracked_changes
from .changes import add_article, add_outlet, reanchor_passages, revise_article, settle_values
from .desk_index import index_objects
from .edits import edits_between, move_places
from .models import Article, Capture, Original, Outlet, Passage, Shingle
from .reading import ArticleReading, Place
from .reading.outlet_names import is_same_outlet
from .recognition import MAX_CAPTURES_PER_SHINGLE, LikelyReprint, find_known_article, likely_reprints, shingle_rows
from .reprints import excerpt_shingles, sample_shingles
from .text import MAX_TEXT_LENGTH, TextIsBroken, fingerprint, settle
from .tracked_changes import Refusal
from .web_addresses import AddressIsBroken, web_address

LOCK_NAMESPACE = 1_635_021_929  # the name of our locks, "arti" as a number


@dataclass(frozen=True)
class ReadFrom:
    """What a text was read from: the original, which page or part of it, and what the reader made of that."""

    original: Original
    reading: ArticleReading
    chosen: str = ""


CAPTURE_METHODS = {
    Original.Method.PASTED: Capture.Method.PASTED,
    Original.Method.UPLOADED: Capture.Method.UPLOADED,
    Original.Method.COMMAND: Capture.Method.UPLOADED,
    Original.Method.BOOKMARKLET: Capture.Method.BOOKMARKLET,
}


@dataclass
class IntakeResult:
    """What taking in an article has led to.

    `new_article` and `new_capture` say what was not there before; `reanchored` are the passages that were moved to this
    capture, `not_found` those that stayed with an older one; `reprints` are proposals, nothing is linked by them.
    """

    article: Article
    capture: Capture
    new_article: bool
    new_capture: bool
    reanchored_passages: list[Passage] = field(default_factory=list)
    unplaced_passages: list[Passage] = field(default_factory=list)
    reprints: list[LikelyReprint] = field(default_factory=list)
    new_outlet: bool = False


def take_in(
    *,
    text: str,
    outlet: Outlet | str | None,
    by: User | None,
    headline: str = "",
    byline: str = "",
    dateline: str = "",
    language: str = "",
    published: str = "",
    url: str = "",
    credited_agency: str = "",
    method: str = Capture.Method.PASTED,
    complete: bool = True,
    archive_url: str = "",
    removed: Sequence = (),
    retrieved_at: datetime | None = None,
    article: Article | None = None,
    reading: ArticleReading | None = None,
    read_from: ReadFrom | None = None,
) -> IntakeResult:
    """Takes in the text of an article in one transaction, as often as one likes: the same text is one capture.

    `text` is what is kept and quoted from, settled here; what was taken out of it as clutter comes as `removed`, a list
    of [line number, kind, text]. With `read_from` the capture keeps which original it comes from, by which reader, and
    what of its text was changed by hand; `method` is then the original's. An `outlet` given by its name is the known
    one of that name, else a new one.

    The article is `article` if given, else the one that `recognise` finds, else a new one of `outlet`, or of the known
    outlet that the text names. Where an article is known, the values given here fill what it lacks and change nothing
    that it has; what rules propose (`reading`) goes into a new one alone. Nothing is linked by this: likely reprints
    are proposed. Raises `Refusal`.
    """
    text = _settle_text(text)
    said = {
        "headline": headline,
        "byline": byline,
        "dateline": dateline,
        "published": published,
        "url": url,
        "credited_agency": credited_agency,
    }
    proposed = reading.sure() if reading else {}
    values = settle_values(Article, {name: value or proposed.get(name, "") for name, value in said.items()})
    archive_url = _settle_address(archive_url)
    with transaction.atomic():
        _lock_same_text(text)
        name = outlet if isinstance(outlet, str) else ""
        publisher = outlet_by_name(name) if name else outlet if isinstance(outlet, Outlet) else None
        new_outlet = bool(name) and publisher is None
        if new_outlet:
            publisher = add_outlet(name=name, by=by)
        named = outlet_named_in_text(reading) if reading and not publisher else None
        known = article or find_known_article(
            text=text,
            outlet=publisher,
            named=named,
            headline=values["headline"],
            url=values["url"],
            published=(values["published_earliest"], values["published_latest"]),
            printed_outlets=[proposal.value for proposal in reading.all_of("outlet")] if reading else (),
        )
        if known and publisher and known.outlet_id != publisher.pk:
            raise Refusal(f"“{known}” is an article of {known.outlet}, not of {publisher}.", field="outlet")
        if known:
            article = _fill_missing_fields(known, {name: values[name] for name in said if said[name]}, by=by)
        else:
            printed_by = publisher or named
            if printed_by is None:
                raise Refusal(_missing_outlet_message(reading), field="outlet")
            language = language or proposed.get("language") or "en"
            article = add_article(outlet=printed_by, language=language, by=by, **values)
        same_text = article.captures.filter(sha256=fingerprint(text)).first()
        origin = provenance_values(text, read_from) if read_from else {"method": method}
        capture = same_text or _add_capture(
            article,
            by=by,
            text=text,
            removed=_settle_lines(removed),
            retrieved_at=retrieved_at or timezone.now(),
            complete=complete,
            archive_url=archive_url,
            **origin,
        )
        taken = IntakeResult(article, capture, not known, same_text is None, new_outlet=new_outlet)
        if same_text is None:
            index_capture(capture)
            if complete:
                taken.reanchored_passages, taken.unplaced_passages = reanchor_passages(article, capture, by=by)
        elif capture.adopted:
            _complete_capture(capture, text, by=by)
        if same_text is not None and read_from and capture.original_id in (None, read_from.original.pk):
            _revise_provenance(capture, origin, by=by)
        taken.reprints = likely_reprints(article)
    return taken


def take_in_reading(
    reading: ArticleReading,
    *,
    by: User | None,
    said: Mapping[str, str],
    original: Original | None = None,
    chosen: str = "",
) -> IntakeResult:
    """Takes in what was read from a file or page; what is `said` of it counts before what it says of itself.

    `said` may hold the fields of `take_in` that are texts, and "outlet", a name; `chosen` says which page or part of
    the original was read. Raises `Refusal`.
    """
    values: dict[str, Any] = {"outlet": None, **said}
    return take_in(
        text=reading.text,
        removed=reading.removed,
        reading=reading,
        method=Capture.Method.UPLOADED,
        read_from=ReadFrom(original, reading, chosen) if original else None,
        by=by,
        **values,
    )


def provenance_values(text: str, read_from: ReadFrom) -> dict[str, Any]:
    """The fields of a capture with this settled text that say what it comes from, and what was changed by hand."""
    read, places = settled_reading(read_from.reading)
    edits = edits_between(read, text)
    return {
        "original": read_from.original,
        "method": CAPTURE_METHODS[Original.Method(read_from.original.method)],
        "reader": read_from.reading.reader,
        "chosen": read_from.chosen,
        "read_text": read if edits else "",
        "edits": [list(edit) for edit in edits],
        "edit_count": len(edits),
        "places": move_places(places, edits),
    }


def settled_reading(reading: ArticleReading) -> tuple[str, list[Place]]:
    """The text of a reading as it is kept, without space around it, and its places in that."""
    text = settle(reading.text)
    start = len(text) - len(text.lstrip())
    text = text.strip()
    places = [
        replace(place, start=max(place.start - start, 0), end=min(place.end - start, len(text)))
        for place in reading.places
    ]
    return text, [place for place in places if place.start < place.end]


def outlet_by_name(name: str) -> Outlet | None:
    """The known outlet that `name` means, by its letters or its initials; None if there is none or more than one."""
    known = [outlet for outlet in Outlet.objects.all() if is_same_outlet(name, outlet.name)]
    exact = [outlet for outlet in known if outlet.name.casefold() == name.strip().casefold()]
    return (exact or known)[0] if len(exact or known) == 1 else None


def outlet_named_in_text(reading: ArticleReading) -> Outlet | None:
    """The known outlet that a text surely names."""
    found = (outlet_by_name(proposal.value) for proposal in reading.all_of("outlet") if proposal.sure)
    return next(filter(None, found), None)


def _missing_outlet_message(reading: ArticleReading | None) -> str:
    if reading is None:
        return "The text does not say which outlet printed it: name the outlet."
    named = sorted(reading.all_of("outlet"), key=lambda proposal: not proposal.sure)
    if named:
        name = named[0].value
        return f"The text seems to be from {name}, which is not a known outlet. To add it, use --outlet “{name}”."
    return "The text does not say which outlet printed it: name it (--outlet, or a column outlet)."


def index_capture(capture: Capture) -> None:
    """Puts `capture` into the index of the desk, and those of its shingles into theirs that few captures have."""
    shingles = sample_shingles(capture.text) if capture.complete else excerpt_shingles(capture.text)
    counts = Counter(value for value, _ in shingle_rows(shingles))
    index_objects([capture])
    Shingle.objects.bulk_create(
        [
            Shingle(value=value, capture=capture)
            for value in sorted(shingles)
            if counts[value] < MAX_CAPTURES_PER_SHINGLE
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _lock_same_text(text: str) -> None:
    """Lets only one transaction at a time take in this text: two at once would both find it new.

    SQLite has one writer anyway. The two-number locks of PostgreSQL are apart from the one that the record takes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_NAMESPACE, int(fingerprint(text)[:7], 16)])


def _settle_text(text: str) -> str:
    try:
        text = settle(text).strip()
    except TextIsBroken as error:
        raise Refusal(str(error), field="text") from error
    if not text:
        raise Refusal("There is no text to import.", field="text")
    if len(text) > MAX_TEXT_LENGTH:
        raise Refusal(
            f"The text has {len(text):,} characters; the limit for an article is {MAX_TEXT_LENGTH:,}.", field="text"
        )
    return text


def _settle_address(url: str) -> str:
    try:
        return web_address(url)
    except AddressIsBroken as error:
        raise Refusal(str(error), field="archive_url") from error


def _settle_lines(removed: Sequence) -> list:
    try:
        return [[int(number), str(kind), settle(line)] for number, kind, line in removed]
    except TextIsBroken as error:
        raise Refusal(str(error), field="removed") from error


def _fill_missing_fields(article: Article, values: dict[str, Any], *, by: User | None) -> Article:
    """`article` with those of `values` that it lacks."""
    lacking = {name: value for name, value in values.items() if value and not getattr(article, name)}
    why = "known when it was taken in again"
    return revise_article(article, lacking, by=by, seen=None, why=why) if lacking else article


def _complete_capture(capture: Capture, text: str, *, by: User | None) -> None:
    """Gives a capture that was known from a published record alone the text whose SHA-256 it has."""
    capture.text, capture.adopted = text, False
    capture.save(update_fields=["text", "adopted"])
    Shingle.objects.filter(capture=capture).delete()
    index_capture(capture)
    tracked_changes.leave_trace(capture.article, by=by, verb="take in", changes={"capture": [None, capture.sha256]})


def _revise_provenance(capture: Capture, values: dict[str, Any], *, by: User | None) -> None:
    """Says of a text that was here before what it comes from; how it came the first time stays."""
    values = {name: value for name, value in values.items() if name != "method"}
    if capture.original_id == values["original"].pk and capture.reader == values["reader"]:
        return
    for name, value in values.items():
        setattr(capture, name, value)
    tracked_changes.check_object(capture)
    capture.save(update_fields=[*values])
    changes = {"original": [None, values["original"].sha256]}
    tracked_changes.leave_trace(capture.article, by=by, verb="take in", changes=changes)


def _add_capture(article: Article, *, by: User | None, text: str, **values: Any) -> Capture:
    capture = Capture(article=article, text=text, sha256=fingerprint(text), **values)
    tracked_changes.check_object(capture)
    capture.save(force_insert=True)
    tracked_changes.leave_trace(article, by=by, verb="take in", changes={"capture": [None, capture.sha256]})
    return capture
