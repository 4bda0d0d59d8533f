"""Outlets, articles and captures of a record, as rows of the desk.

A record does not hold the texts of articles, only their SHA-256 and the words that were quoted from them. So an adopted
capture keeps the origin's SHA-256, and its text has the published words in their places and a gap between them; it is
marked, because its SHA-256 is that of the whole text.
"""

from collections.abc import Iterator
from itertools import groupby

from articles.models import Article, Capture, Original, Outlet, Passage
from record import documents
from record.documents.entries import read_moment
from record.imports import ImportRefused

from ...models import Framing
from .desk_filler import DeskFiller, RecordEntry, plain_values

MAX_TEXT_LENGTH = 2_000_000  # code points of a text, as for taking in
UNKNOWN_TEXT = "…"


def fill_outlets(filling: DeskFiller, batch: list[RecordEntry[documents.Outlet]]) -> None:
    rows = [(entry, Outlet(public_id=entry.document.id, **plain_values(entry.document, Outlet))) for entry in batch]
    filling.write("outlet", rows)


def fill_articles(filling: DeskFiller, batch: list[RecordEntry[documents.Article]]) -> None:
    """Articles with their captures; the texts of these come with the passages, and derivations once all are there."""
    changed = [
        entry.document.id
        for entry in batch
        if any(framing.claim in filling.merge_targets for framing in entry.document.framings)
    ]
    filling.write("article", [(entry, _article_row(filling, entry)) for entry in batch], changed)
    filling.write_dependent_rows(batch, _capture_rows)


def _article_row(filling: DeskFiller, entry: RecordEntry[documents.Article]) -> Article:
    values = plain_values(entry.document, Article) | {"derivation": ""}
    outlet = filling.key("outlet", entry.document.outlet, entry.place)
    return Article(public_id=entry.document.id, outlet_id=outlet, **values)


def _capture_rows(filling: DeskFiller, entry: RecordEntry[documents.Article]) -> Iterator[Capture]:
    article = filling.key("article", entry.document.id, entry.place)
    for capture in entry.document.captures:
        yield capture_row(article, capture, entry)


def capture_row(article: int, capture: documents.Capture, entry: RecordEntry[documents.PageDocument]) -> Capture:
    try:
        retrieved_at = read_moment(capture.retrieved_at)
    except ValueError:
        raise ImportRefused(f"{entry.place}: {capture.retrieved_at} is not a valid time.") from None
    values = plain_values(capture, Capture) | {"retrieved_at": retrieved_at}
    original = _original_row(capture.original) if capture.original else None
    return Capture(article_id=article, **values, original=original, text=UNKNOWN_TEXT, adopted=True)


def _original_row(named: documents.Original) -> Original:
    """What a record names as the bytes of a text: they are elsewhere, or removed."""
    place = Original.Place.REMOVED if named.removed else Original.Place.ELSEWHERE
    values = {"place": place, "media_type": named.media_type, "method": Original.Method.RECORD}
    return Original.objects.get_or_create(sha256=named.sha256, defaults=values)[0]


def fill_derivations(filling: DeskFiller, batch: list[RecordEntry[documents.Article]]) -> None:
    """Once all articles are there: which derives from which."""
    rows = [
        Article(
            pk=filling.key("article", entry.document.id, entry.place),
            derivation=entry.document.derivation,
            derived_from_id=filling.key("article", entry.document.derived_from, entry.place),
        )
        for entry in batch
        if entry.document.derived_from
    ]
    Article.objects.bulk_update(rows, ["derived_from", "derivation"], batch_size=500)


def fill_framings(filling: DeskFiller, batch: list[RecordEntry[documents.Article]]) -> None:
    """Once claims and articles are there."""
    filling.write_dependent_rows(batch, _framing_rows)


def _framing_rows(filling: DeskFiller, entry: RecordEntry[documents.Article]) -> Iterator[Framing]:
    article = filling.key("article", entry.document.id, entry.place)
    framed: set[tuple[int, str]] = set()
    for framing in entry.document.framings:
        claim = filling.key("claim", framing.claim, entry.place)
        if (claim, framing.part) not in framed:
            framed.add((claim, framing.part))
            writer = filling.key("outlet", framing.written_by, entry.place) if framing.written_by else None
            yield Framing(article_id=article, claim_id=claim, written_by_id=writer, **plain_values(framing, Framing))


def fill_texts(captures: list[Capture]) -> None:
    """Gives captures, with their passages at hand, the text that is known of them."""
    for capture in captures:
        capture.text = known_text(list(capture.passages.all()), f"The capture {capture.sha256}")
    Capture.objects.bulk_update(captures, ["text"], batch_size=100)


def known_text(passages: list[Passage], place: str) -> str:
    """The words of the passages in their places, and what stands around them; gaps between. Refuses contradictions."""
    if not passages:
        return UNKNOWN_TEXT
    length = max(passage.end + len(passage.suffix) for passage in passages)
    if length > MAX_TEXT_LENGTH:
        raise ImportRefused(f"{place} would have {length:,} characters; the limit is {MAX_TEXT_LENGTH:,}.")
    known: list[str | None] = [None] * length
    for passage in passages:
        _place_words(known, passage.start - len(passage.prefix), passage.prefix)
        _place_words(known, passage.end, passage.suffix)
    for passage in passages:
        _place_words(known, passage.start, passage.exact)
    runs = [(lacking, list(run)) for lacking, run in groupby(known, lambda character: character is None)]
    text = "".join(_gap_text(len(run)) if lacking else "".join(filter(None, run)) for lacking, run in runs)
    for passage in passages:
        if text[passage.start : passage.end] != passage.exact:
            raise ImportRefused(f"{place} has different words where “{passage}” should be.")
    return text


def _place_words(known: list[str | None], start: int, words: str) -> None:
    for place, character in enumerate(words, start):
        if 0 <= place < len(known):
            known[place] = character


def _gap_text(length: int) -> str:
    """So many characters in the place of what is not known; a long gap is a line of its own."""
    return UNKNOWN_TEXT * length if length < 7 else "\n[…]" + " " * (length - 5) + "\n"
