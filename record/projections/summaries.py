"""Kept summaries follow every change of the record: counts by what changed, not by what there is.

While the rows of some objects are written anew (`SummaryUpdate.follow`), what these contributed before is compared with
what they contribute then (contributions.py). When all rows are written, `finish` brings the rows of the pages up to
date: counts, which claims are contested, and at which entry each page changed (changed_pages.py).

`RecordState` is missing where summaries are not kept yet: after an upgrade, until `manage.py record_rebuild`. Pages
count for themselves then (record/queries/counts.py), and nothing is followed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import Count, Exists, F, Max, Model, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from ..models import Current, Publication, RecordState, Summary, Voice
from .changed_pages import MAX_NOTED, documents_showing, pages_named_by
from .contested_flags import contested_among, related_claims
from .contributions import PAIR_COUNTS, Contribution, Pair, derived_contribution, pairs_of_others, read_contribution
from .locks import short_append_lock
from .lookup import Row, chunks, delete_rows, insert_rows
from .page_counts import (
    COUNTED_KINDS,
    HOME,
    NUMBERS,
    SUMMARY_COLUMNS,
    PageCounts,
    count_home,
    count_pages,
    kept_pages,
    place_page,
)
from .voices import VOICE_COLUMNS, counted_voices, newest_voices, rewrite_voices


class SummaryUpdate:
    """What one change of the log does to the summaries."""

    def __init__(self, *, first_seq: int | None = None, begins: bool = False) -> None:
        """`first_seq` is the first entry of an append; None where rows are made anew without one.

        With the append that `begins` a record its summaries are kept from then on.
        """
        if begins:
            RecordState.objects.update_or_create(id=1, defaults={"wide_seq": 0, "emptied": 0})
        self.is_kept = RecordState.objects.exists()
        self._first_seq = first_seq
        self._sums: Counter[tuple[str, str, str]] = Counter()
        self._details: Counter[tuple[str, str, int]] = Counter()
        self._kinds: dict[str, str] = {}
        self._places: dict[str, tuple[str, str, str]] = {}
        self._gone: set[str] = set()
        self._claims: set[str] = set()  # whose contested flag may have changed
        self._counted_anew: set[str] = set()
        self._changed: set[str] = set()
        self._shown_elsewhere: set[str] = set()  # documents whose names stand on pages of others

    @contextmanager
    def follow(self, ids: Sequence[str], rows: Mapping[type[Model], Iterable[Row]]) -> Iterator[None]:
        """Inside, the rows of these objects are replaced by `rows`, those of `held_rows.history_rows`."""
        if not self.is_kept:
            yield
            return
        before, after = read_contribution(ids), derived_contribution(rows)
        self._changed |= pages_named_by(key for key, place in before.places.items() if place[0] != "statement")
        claims = {key for found in (before, after) for key, place in found.places.items() if place[0] == "claim"}
        self._claims |= related_claims(claims) | claims if claims else set()
        sizes = dict(
            Summary.objects.filter(page__in={pair.page for pair in before.pairs ^ after.pairs}).values_list(
                "page", "statements"
            )
        )
        brought = after.pairs - before.pairs
        known = pairs_of_others(brought, sizes)
        spoken = before.voices | after.voices
        yield
        self._replace_voices(spoken)
        lost = before.pairs - after.pairs
        self._count_pairs(brought - known, 1)
        self._count_pairs(lost - pairs_of_others(lost, sizes), -1)
        self._compare(before, after)

    def _replace_voices(self, pairs: Iterable[tuple[str, str]]) -> None:
        """`pairs` are those of a claim and a speaker whose positions have changed."""
        for some in chunks(sorted(pairs), 400):
            wanted = set(some)
            claims, speakers = {claim for claim, _ in some}, {speaker for _, speaker in some}
            kept = Voice.objects.filter(claim__in=claims, speaker__in=speakers).values_list("id", *VOICE_COLUMNS)
            gone = [row for row in kept if (row[1], row[3]) in wanted]
            rows = newest_voices(some)
            delete_rows(Voice, "id", [row[0] for row in gone])
            insert_rows(Voice, VOICE_COLUMNS, rows)
            for number, voices in ((-1, [row[1:] for row in gone]), (1, rows)):
                for claim, stance in counted_voices(voices):
                    self._details[claim, stance, 1] += number
                    self._kinds[claim] = "claim"

    def _count_pairs(self, pairs: Iterable[Pair], number: int) -> None:
        for pair in pairs:
            self._sums[pair.page, pair.kind, PAIR_COUNTS[pair.what]] += number

    def _compare(self, before: Contribution, after: Contribution) -> None:
        self._sums.update(after.sums)
        self._sums.subtract(before.sums)
        for number, found in ((-1, before), (1, after)):
            for (claim, stance), count in found.stances.items():
                self._details[claim, stance, 0] += number * count
                self._kinds[claim] = "claim"
                self._claims.add(claim)
        self._places |= after.places
        self._gone -= set(after.places)
        self._gone |= set(before.places) - set(after.places)
        self._changed |= before.pages | after.pages
        for places in (before.places, after.places):
            self._shown_elsewhere.update(key for key, (kind, _, _) in places.items() if kind != "statement")

    def move_claim(self, claim: str, questions: Iterable[str]) -> None:
        """After all positions on a claim were put under another question: the pages of `questions` are counted anew."""
        if self.is_kept:
            (now,) = Current.objects.filter(public_id=claim).values_list("parent", flat=True)
            Voice.objects.filter(claim=claim).update(question=now)
            self._kinds |= dict.fromkeys(questions, "question")
            self._counted_anew.update(questions)

    def finish(self, seq: int, *, emptied: int = 0) -> None:
        """Writes it all; `seq` is the newest entry, `emptied` how many more rows of the log say nothing any more."""
        if not self.is_kept:
            return
        is_wide = not self._note_shown_pages()
        if is_wide:
            self._changed.clear()
        contested = self._contested_claims()
        # The page of a claim says who holds those that it is related to.
        self._changed |= set() if is_wide else set(contested)
        pages = self._changed_counts(contested)
        self._write(pages, seq)
        state: dict[str, int | Combinable] = {"wide_seq": seq} if is_wide else {}
        if emptied:
            state["emptied"] = F("emptied") + emptied
        if self._first_seq is None:
            state["rewrites"] = F("rewrites") + 1
        if state:
            RecordState.objects.update(**state)

    def _note_shown_pages(self) -> bool:
        """Whether all pages that show what has changed could be noted."""
        shown = documents_showing(self._shown_elsewhere) if self._shown_elsewhere else set()
        if shown is None or len(self._changed) > MAX_NOTED * 4:
            return False
        self._changed |= shown | pages_named_by(shown | (self._shown_elsewhere - self._gone))
        return len(self._changed) <= MAX_NOTED * 8

    def _contested_claims(self) -> dict[str, bool]:
        claims = self._claims - {""}
        return contested_among(claims, with_related=True) if claims else {}

    def _changed_counts(self, contested: Mapping[str, bool]) -> dict[str, PageCounts]:
        """The rows that these pages have now, by the kept ones and by what has changed."""
        kinds = self._kinds | {page: kind for page, kind, _ in self._sums} | dict.fromkeys(contested, "claim")
        kinds |= {page: kind for page, (kind, _, _) in self._places.items() if kind in COUNTED_KINDS}
        pages = kept_pages({*kinds, *self._gone})
        for page, kind in kinds.items():
            if page not in pages:
                pages[page] = PageCounts(page, kind)
                if page not in self._places and page != HOME:
                    self._counted_anew.add(page)
        for (page, _kind, name), number in self._sums.items():
            if page == HOME:
                counted = pages[page].details.setdefault(name, [0])
                counted[0] += number
            else:
                pages[page].numbers[name] += number
        for (claim, stance, place), number in self._details.items():
            pages[claim].details.setdefault(stance, [0, 0])[place] += number
        for page, (_kind, parent, sort) in self._places.items():
            if page in pages:
                place_page(pages[page], parent, sort)
        self._count_anew(pages)
        recounted = {page for page in self._counted_anew if page in pages and pages[page].kind == "question"}
        for claim, is_contested in contested.items():
            found = pages[claim]
            if found.numbers["contested"] != is_contested:
                found.numbers["contested"] = int(is_contested)
                self._changed |= {claim, found.parent}
                recounted.add(found.parent)
        for claim in {*self._places, *self._gone} & set(pages):
            if pages[claim].kind == "claim":
                recounted.add(pages[claim].parent)
        # A claim that came or went has changed how many there are.
        recounted |= {page for page, kind, name in self._sums if kind == "question" and name == "claims"}
        self._drop_empty(pages)
        self._count_contested(pages, recounted - self._gone - {""})
        return pages

    def _count_anew(self, pages: dict[str, PageCounts]) -> None:
        """From scratch, where all positions moved at once or where what was kept cannot have been right."""
        wrong = {page.page for page in pages.values() if page.page != HOME and min(page.numbers.values()) < 0}
        by_kind: dict[str, set[str]] = defaultdict(set)
        for page in (wrong | self._counted_anew) & set(pages):
            by_kind[pages[page].kind].add(page)
        for kind, ids in by_kind.items():
            if kind in COUNTED_KINDS:
                for page, counted in count_pages(kind, ids).items():
                    counted.changed_seq, counted.numbers["contested"] = (
                        pages[page].changed_seq,
                        pages[page].numbers["contested"],
                    )
                    pages[page] = counted

    def _drop_empty(self, pages: dict[str, PageCounts]) -> None:
        """Takes out the pages that stand no more and count nothing: their rows go."""
        counted = [name for name in NUMBERS if name != "contested"]  # which is set afterwards
        empty = [
            page for page, found in pages.items() if page != HOME and not any(found.numbers[name] for name in counted)
        ]
        empty += [page for page, found in pages.items() if found.kind == "statement"]
        standing = {
            page
            for some in chunks(empty)
            for page in Current.objects.filter(public_id__in=some).values_list("public_id", flat=True)
        }
        for page in set(empty) - standing:
            del pages[page]
        self._gone |= set(empty) - standing

    def _count_contested(self, pages: dict[str, PageCounts], questions: set[str]) -> None:
        """How many claims of each question are contested, by the kept rows and those that are to be written."""
        if not questions:
            return
        kept = Summary.objects.filter(parent__in=questions, contested=1).values_list("page", "parent")
        counted = Counter(parent for page, parent in kept if page not in pages and page not in self._gone)
        counted.update(page.parent for page in pages.values() if page.numbers["contested"] and page.parent)
        pages |= kept_pages(questions - set(pages))
        for question in questions & set(pages):
            pages[question].numbers["contested"] = counted[question]

    def _write(self, pages: dict[str, PageCounts], seq: int) -> None:
        changed = self._changed - {""}
        pages |= kept_pages(changed - set(pages) - self._gone)
        for some in chunks(sorted(changed - set(pages))):
            # Of what was published now the own entry says enough.
            older = Current.objects.filter(
                public_id__in=some, kind="statement", publication__lt=self._first_seq or seq + 1
            )
            pages |= {page: PageCounts(page, "statement") for page in older.values_list("public_id", flat=True)}
        for page in pages.values():
            if page.page in changed or not page.changed_seq or page.page == HOME:
                page.changed_seq = seq
        delete_rows(Summary, "page", sorted({*pages, *self._gone}))
        insert_rows(Summary, SUMMARY_COLUMNS, [page.as_row() for page in pages.values()])


REBUILT_AT_ONCE = 500  # pages


def rebuild_summaries() -> None:
    """Makes every summary anew from the rows that stand, some pages a step.

    A page keeps the entry at which it changed, if it had one: what changed it then is not known any more. What is
    published between two steps is followed as always.
    """
    with short_append_lock():
        seq = _last_seq()
        RecordState.objects.get_or_create(id=1, defaults={"wide_seq": seq, "emptied": 0})
    for kind in ("claim", *(kind for kind in COUNTED_KINDS if kind != "claim")):
        for ids in _standing_pages(kind):
            with short_append_lock():
                rebuild_pages(kind, ids, _last_seq())
    for ids in _standing_pages("claim"):
        with short_append_lock():
            flag_claims(ids)
    for ids in _standing_pages("question"):
        with short_append_lock():
            _count_contested_claims(ids)
    _remove_stray_pages()
    seq, home = _last_seq(), count_home()  # of a million documents without the lock
    with short_append_lock():
        if _last_seq() != seq:
            seq, home = _last_seq(), count_home()
        home.changed_seq = seq
        _replace_pages([home])
        emptied = Publication.objects.filter(document=None).count()
        RecordState.objects.update(emptied=emptied, rewrites=F("rewrites") + 1)


def _last_seq() -> int:
    return Publication.objects.aggregate(last=Max("seq"))["last"] or 0


def _count_contested_claims(questions: Sequence[str]) -> None:
    contested = Summary.objects.filter(parent__in=questions, contested=1).order_by().values_list("parent")
    counted = dict(contested.annotate(count=Count("page")))
    for question in questions:
        Summary.objects.filter(page=question).update(contested=counted.get(question, 0))


def stray_pages() -> list[QuerySet[Any]]:
    """What is kept of pages and of claims that do not stand."""
    pages = Summary.objects.exclude(page=HOME).filter(~Exists(Current.objects.filter(public_id=OuterRef("page"))))
    claims = Current.objects.filter(public_id=OuterRef("claim"), kind="claim")
    return [pages, Voice.objects.filter(~Exists(claims))]


def _remove_stray_pages() -> None:
    """They are looked for without the lock, and removed with it."""
    for rows in stray_pages():
        while keys := list(rows.values_list("pk", flat=True)[:REBUILT_AT_ONCE]):
            with short_append_lock():
                rows.filter(pk__in=keys).delete()


def _standing_pages(kind: str) -> Iterator[list[str]]:
    last = ""
    rows = Current.objects.filter(kind=kind).order_by("public_id").values_list("public_id", flat=True)
    while ids := list(rows.filter(public_id__gt=last)[:REBUILT_AT_ONCE]):
        yield ids
        last = ids[-1]


def rebuild_pages(kind: str, ids: Sequence[str], seq: int) -> None:
    """Makes the rows of these pages of one kind anew, and the voices on claims; flags are set afterwards."""
    if kind == "claim":
        rewrite_voices(ids)
    kept = dict(Summary.objects.filter(page__in=ids).values_list("page", "changed_seq"))
    pages = count_pages(kind, ids)
    for page in pages.values():
        page.changed_seq = kept.get(page.page, seq)
    _replace_pages(list(pages.values()))


def flag_claims(claims: Sequence[str]) -> None:
    """Notes which of these claims are contested."""
    flags = contested_among(claims)
    Summary.objects.filter(page__in=[claim for claim, is_contested in flags.items() if is_contested]).update(
        contested=1
    )


def _replace_pages(pages: list[PageCounts]) -> None:
    delete_rows(Summary, "page", [page.page for page in pages])
    insert_rows(Summary, SUMMARY_COLUMNS, [page.as_row() for page in pages])
