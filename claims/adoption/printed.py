"""Outlets, articles and captures of a record, as rows of the desk.

A record does not hold the texts of articles, only their SHA-256 and the words that were quoted from them. So an adopted
capture keeps the origin's SHA-256, and its text has the published words in their places and a gap between them; it is
marked, because its SHA-256 is that of the whole text.
"""

from articles.models import Article, Capture, Outlet, Passage
from record.entries import read_moment

from ..models import Framing
from .filling import AdoptionRefused, Filling, Standing, write_all
from .notes import notes

LONGEST = 2_000_000  # code points of a text, as for taking in
EMPTY = "…"


def outlets(filling: Filling, batch: list[Standing]) -> None:
    rows = []
    for one in batch:
        outlet = one.document
        row = Outlet(public_id=outlet.id, slug=outlet.slug, name=outlet.name, kind=outlet.kind)
        row.country, row.homepage, row.owner = outlet.country, outlet.homepage, outlet.owner
        row.state_controlled = outlet.state_controlled
        rows.append((one, row))
    filling.write("outlet", rows)
    notes(filling, "outlet", batch)


def articles(filling: Filling, batch: list[Standing]) -> None:
    """Articles with their captures, whose texts come with the passages."""
    rows = []
    for one in batch:
        article, published = one.document, one.document.published
        row = Article(
            public_id=article.id,
            slug=article.slug,
            outlet_id=filling.key("outlet", article.outlet, one.place),
            url=article.url,
            headline=article.headline,
            byline=article.byline,
            dateline=article.dateline,
            language=article.language,
            published=published.edtf if published else "",
            published_earliest=published.earliest if published else None,
            published_latest=published.latest if published else None,
            credited_agency=article.credited_agency,
        )
        rows.append((one, row))
    changed = [
        one.document.id for one in batch if any(framing.claim in filling.leads for framing in one.document.framings)
    ]
    filling.write("article", rows, changed)
    notes(filling, "article", batch)
    captures, places = [], []
    for one in batch:
        for capture in one.document.captures:
            captures.append(capture_row(filling.key("article", one.document.id, one.place), capture, one.place))
            places.append(one.place)
    write_all(captures, places)


def capture_row(article: int, capture, place: str) -> Capture:
    try:
        retrieved_at = read_moment(capture.retrieved_at)
    except ValueError:
        raise AdoptionRefused(f"{place}: there is no moment {capture.retrieved_at}.") from None
    return Capture(
        article_id=article,
        sha256=capture.sha256,
        retrieved_at=retrieved_at,
        method=capture.method,
        complete=capture.complete,
        archive_url=capture.archive_url,
        text=EMPTY,
        adopted=True,
    )


def derivations(filling: Filling, batch: list[Standing]) -> None:
    """Once all articles are there: which derives from which."""
    rows = []
    for one in batch:
        if one.document.derived_from:
            row = Article(pk=filling.key("article", one.document.id, one.place), derivation=one.document.derivation)
            row.derived_from_id = filling.key("article", one.document.derived_from, one.place)
            rows.append(row)
    Article.objects.bulk_update(rows, ["derived_from", "derivation"], batch_size=500)


def framings(filling: Filling, batch: list[Standing]) -> None:
    """Once claims and articles are there."""
    rows, places, seen = [], [], set()
    for one in batch:
        article = filling.key("article", one.document.id, one.place)
        for framing in one.document.framings:
            claim = filling.key("claim", framing.claim, one.place)
            if (article, claim, framing.part) not in seen:
                seen.add((article, claim, framing.part))
                values = {"part": framing.part, "treatment": framing.treatment, "words": framing.words}
                if framing.written_by:
                    values["written_by_id"] = filling.key("outlet", framing.written_by, one.place)
                rows.append(Framing(article_id=article, claim_id=claim, **values))
                places.append(one.place)
    write_all(rows, places)


def texts(captures: list[Capture]) -> None:
    """Gives captures, with their passages at hand, the text that is known of them."""
    for capture in captures:
        capture.text = known_text(list(capture.passages.all()), f"The capture {capture.sha256}")
    Capture.objects.bulk_update(captures, ["text"], batch_size=100)


def known_text(passages: list[Passage], place: str) -> str:
    """The words of the passages in their places, and what stands around them; gaps between. Refuses contradictions."""
    if not passages:
        return EMPTY
    length = max(passage.end + len(passage.suffix) for passage in passages)
    if length > LONGEST:
        raise AdoptionRefused(f"{place} would have {length:,} characters: {LONGEST:,} are the most.")
    known: list[str | None] = [None] * length
    for passage in passages:
        _put(known, passage.start - len(passage.prefix), passage.prefix)
        _put(known, passage.end, passage.suffix)
    for passage in passages:
        _put(known, passage.start, passage.exact)
    text, gap = [], 0
    for character in [*known, ""]:
        if character is None:
            gap += 1
            continue
        text.append(_gap(gap))
        text.append(character)
        gap = 0
    text = "".join(text)
    for passage in passages:
        if text[passage.start : passage.end] != passage.exact:
            raise AdoptionRefused(f"{place} holds other words where “{passage}” should stand.")
    return text


def _put(known: list[str | None], start: int, words: str) -> None:
    for place, character in enumerate(words, start):
        if 0 <= place < len(known):
            known[place] = character


def _gap(length: int) -> str:
    """So many characters in the place of what is not known; a long gap is a line of its own."""
    return EMPTY * length if length < 7 else "\n[…]" + " " * (length - 5) + "\n"
