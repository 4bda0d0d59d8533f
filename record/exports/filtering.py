"""The filters of the pages, for the whole record: what an export of a part of it holds.

The names are those of the pages, and `question` and `claim` beside them. The period alone is called otherwise,
`said_since` and `said_until`: `since` is a place in the log here.
"""

from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..documents.vocabulary import ACTOR_KINDS
from ..log import head_of
from ..models import Address, Position, Printing, Publication
from ..presenters.question_filters import PositionFilter
from ..queries.moment import current_rows, moment, record_as_of
from ..queries.query_forms import (
    BadQuery,
    Choices,
    NothingThere,
    Parameter,
    QueryForm,
    pick_parameters,
    read_first_day,
    read_last_day,
)
from .snapshot import EMPTY_SELECTION, Snapshot, entries_since, select_entries

SLUG_FILTERS = ("question", "claim", "actor", "outlet")


class ExportFilter(PositionFilter):
    """Narrows the positions of the whole record. Old addresses and ids are understood as they are on pages.

    `using` is the connection that is asked: one query for what the values name, one for languages.
    """

    question = Choices(label="Question", method="by_id")
    claim = Choices(label="Claim", method="by_id")
    since = until = order = None  # type: ignore[assignment]  # how a filter is left out that was inherited
    said_since = Parameter(read_first_day, label="Said since", field_name="latest", lookup_expr="gte")
    said_until = Parameter(read_last_day, label="Said until", field_name="earliest", lookup_expr="lte")

    period = ("said_since", "said_until")

    def __init__(self, data: QueryDict, *, using: str):
        QueryForm.__init__(self, data, current_rows(Position).using(using))
        self.ids = ids_by_kind({kind: data.getlist(kind) for kind in SLUG_FILTERS}, using)
        tags = current_rows(Printing).using(using).filter(language__in=data.getlist("language"))
        for kind in SLUG_FILTERS:
            self.choice_field(kind).choices = [(slug, slug) for slug in self.ids[kind]]
            self.refuse_others(kind, _("“%(value)s” is the address of nothing of that kind."))
        self.choice_field("kind").choices = [(kind, kind) for kind in ACTOR_KINDS]
        self.choice_field("language").choices = [
            (tag, tag) for tag in tags.order_by().values_list("language", flat=True).distinct()
        ]
        self.refuse_others("language", _("Nothing here was printed in “%(value)s”."))

    def contradictions(self, values: dict[str, Any]) -> dict[str, str]:
        if errors := super().contradictions(values):
            raise NothingThere(errors)
        return {}

    def refusal(self, errors: dict[str, str]) -> BadQuery:
        return NothingThere(errors) if errors.keys() <= {*SLUG_FILTERS, "language"} else BadQuery(errors)


FILTERS = tuple(dict.fromkeys([*SLUG_FILTERS, *ExportFilter.base_filters]))


def ids_by_kind(slugs: dict[str, list[str]], using: str) -> dict[str, dict[str, str]]:
    """Of each kind, the ids of the objects to which these addresses lead; those that lead nowhere are left out."""
    wanted = {slug for some in slugs.values() for slug in some}
    found: dict[str, dict[str, str]] = {kind: {} for kind in slugs}
    if wanted:
        rows = Address.objects.using(using).filter(slug__in=wanted, kind__in=slugs)
        addresses = list(rows.values_list("kind", "slug", "owner", "public_id"))
        leads_to = {owner: public_id for _, _, owner, public_id in addresses}
        if moment() is not None:
            # Where an owner led then: its own id is an address of it from the first.
            then = current_rows(Address).using(using).filter(slug__in=list(leads_to), owner=F("slug"))
            leads_to = dict(then.values_list("owner", "public_id"))
        for kind, slug, owner, _ in addresses:
            if slug in slugs[kind] and owner in leads_to:
                found[kind][slug] = leads_to[owner]
    return found


def filtered_snapshot(query: QueryDict, *, using: str, as_of: int | None = None, since: int | None = None) -> Snapshot:
    """What stands now, or stood at `as_of`, narrowed to what the filters in `query` ask for.

    With `since` that of it which the selection of that entry did not hold, what has become of the statements that it
    held, and every later withdrawal. The query holds filters and nothing else; raises `BadQuery` with a sentence for
    each that is wrong. The head is that of the very state that was selected from. Of the past nothing is in it that was
    withdrawn or erased since.
    """
    asked = {name: sorted(set(values)) for name, values in sorted(query.lists())}
    chosen_then = positions_then(query, since, using=using) if since else None
    with record_as_of(as_of):
        try:
            positions = ExportFilter(query, using=using).filter_positions()
        except BadQuery as error:
            raise type(error)(error.errors) from None  # without what a page keeps
        undated = count_undated(query, using=using)
        seq, selection = select_entries(positions, asked, using=using, before=chosen_then)
        selection = replace(selection, undated_count=undated)
    if since is not None:
        earlier = EMPTY_SELECTION
        if since and chosen_then is not None:
            with record_as_of(since):
                _, earlier = select_entries(chosen_then, asked, using=using)
        selection = entries_since(selection, earlier, since, seq, using=using)
    head = head_of(Publication.objects.using(using).filter(seq=seq))
    return Snapshot(head, as_of, since, using=using, selection=selection)


def count_undated(query: QueryDict, *, using: str) -> int | None:
    """How many statements a period leaves out because nobody knows when they were made; None without a period.

    They are those that the other filters choose.
    """
    if not any(query.get(name) for name in ExportFilter.period):
        return None
    others = pick_parameters(query, [name for name in FILTERS if name not in ExportFilter.period])
    undated = ExportFilter(others, using=using).filter_positions().filter(latest=None)
    return undated.order_by().values("statement").distinct().count()


def last_entry_before(day: date, *, using: str) -> int:
    """The last entry of the log that was published before a day began (UTC), 0 where none was."""
    entries = Publication.objects.using(using)
    moments = entries.order_by().values_list("published_at", flat=True)
    begins = datetime.combine(day, time(), UTC)
    return bisect_left(range(1, head_of(entries).seq + 1), begins, key=lambda seq: moments.get(seq=seq))


def entry_to_begin_after(since: int | None, day: date | None, *, as_of: int | None, using: str) -> int | None:
    """Where an export begins that is to hold what came after an entry, and was published on a day or later.

    None where neither is asked for; at most `as_of`.
    """
    if day is None:
        return since
    begin = max(since or 0, last_entry_before(day, using=using))
    return begin if as_of is None else min(begin, as_of)


def positions_then(query: QueryDict, seq: int, *, using: str) -> QuerySet[Position] | None:
    """The positions that the filters chose after an entry; None where what they name was not there yet."""
    with record_as_of(seq):
        chosen = ExportFilter(query, using=using)
        known = query.copy()
        for name in (*SLUG_FILTERS, "language"):
            choices = {value for value, _ in chosen.choices_of(name)}
            values = [value for value in query.getlist(name) if value in choices]
            if query.getlist(name) and not values:
                return None
            known.setlist(name, values)
        return ExportFilter(known, using=using).filter_positions()
