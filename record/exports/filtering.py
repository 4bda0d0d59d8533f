"""The filters of the pages, for the whole record: what an export of a part of it holds.

The names are those of the pages, and `question` and `claim` beside them. The period alone is called otherwise,
`said_since` and `said_until`: `since` is a place in the log here.
"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..documents.vocabulary import ACTOR_KINDS
from ..log import head_of
from ..models import Address, Position, Printing, Publication
from ..presenters.question_filters import PositionFilter
from ..queries.query_forms import BadQuery, Choices, Parameter, QueryForm, read_first_day, read_last_day
from .snapshot import Snapshot, select_entries

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
        QueryForm.__init__(self, data, Position.objects.using(using))
        self.ids = ids_by_kind({kind: data.getlist(kind) for kind in SLUG_FILTERS}, using)
        tags = Printing.objects.using(using).filter(language__in=data.getlist("language"))
        for kind in SLUG_FILTERS:
            self.choice_field(kind).choices = [(slug, slug) for slug in self.ids[kind]]
            self.refuse_others(kind, _("“%(value)s” is the address of nothing of that kind."))
        self.choice_field("kind").choices = [(kind, kind) for kind in ACTOR_KINDS]
        self.choice_field("language").choices = [
            (tag, tag) for tag in tags.order_by().values_list("language", flat=True).distinct()
        ]
        self.refuse_others("language", _("Nothing here was printed in “%(value)s”."))


FILTERS = tuple(dict.fromkeys([*SLUG_FILTERS, *ExportFilter.base_filters]))


def ids_by_kind(slugs: dict[str, list[str]], using: str) -> dict[str, dict[str, str]]:
    """Of each kind, the ids of the objects to which these addresses lead; those that lead nowhere are left out."""
    wanted = {slug for some in slugs.values() for slug in some}
    found: dict[str, dict[str, str]] = {kind: {} for kind in slugs}
    if wanted:
        rows = Address.objects.using(using).filter(slug__in=wanted, kind__in=slugs)
        for kind, slug, public_id in rows.values_list("kind", "slug", "public_id"):
            if slug in slugs[kind]:
                found[kind][slug] = public_id
    return found


def filtered_snapshot(query: QueryDict, *, using: str, as_of: int | None = None) -> Snapshot:
    """What stands now, narrowed to what the filters in `query` ask for. Raises `BadQuery` with a sentence for each.

    The query holds filters and nothing else. The head is that of the very state that was selected from; `as_of` may
    name it and no other.
    """
    try:
        positions = ExportFilter(query, using=using).filter_positions()
    except BadQuery as error:
        raise BadQuery(error.errors) from None
    asked = {name: sorted(set(values)) for name, values in sorted(query.lists())}
    seq, selection = select_entries(positions, asked, using=using)
    if as_of not in (None, seq):
        said = _("Filters apply to the current record, at entry %(seq)s. Use that entry, or export the whole record.")
        raise BadQuery({"as_of": said % {"seq": seq}})
    head = head_of(Publication.objects.using(using).filter(seq=seq))
    return Snapshot(head, as_of, using=using, selection=selection)
