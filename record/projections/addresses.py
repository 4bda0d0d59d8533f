"""Where addresses lead: the rows of `Address`."""

from collections.abc import Iterable, Mapping

from ..documents import AnyDocument, Redirect
from ..models import Address, Reference
from .lookup import Lookup, chunks

Leads = dict[tuple[str, str], tuple[str, str, bool]]  # (kind, slug) -> (owner, public_id, current)


def leading_to(ids: Iterable[str]) -> set[str]:
    """The objects that redirect to any of `ids`, directly or through others; without `ids` themselves."""
    found, frontier = set(), set(ids)
    given = set(frontier)
    while frontier:
        further = set()
        for some in chunks(sorted(frontier)):
            further.update(Reference.objects.filter(kind="redirect", target__in=some).values_list("source", flat=True))
        frontier = further - found - given
        found |= frontier
    return found


def update_addresses(owners: Mapping[str, tuple[str, AnyDocument | None]], lookup: Lookup) -> None:
    """Brings the addresses of `owners`, {id: (kind, what stands)}, and of all that redirect to them up to date.

    `lookup` has fetched the owners and where they lead.
    """
    others = leading_to(owners) - set(owners)
    lookup.fetch(others)
    before: Leads = {}
    for some in chunks(sorted({*owners, *others})):
        for row in Address.objects.filter(owner__in=some):
            before[row.kind, row.slug] = (row.owner, row.public_id, row.current)
    after: Leads = {}
    for (kind, slug), (owner, _, current) in before.items():
        if owner in owners:
            document = owners[owner][1]
            current = document is not None and not isinstance(document, Redirect) and slug == document.slug
        after[kind, slug] = (owner, lookup.resolve(owner), current)
    for owner, (kind, document) in owners.items():
        after.setdefault((kind, owner), (owner, lookup.resolve(owner), False))
        if document is not None:
            stands = not isinstance(document, Redirect)
            after[kind, document.slug] = (owner, lookup.resolve(owner), stands)
    write({address: leads for address, leads in after.items() if before.get(address) != leads})


def write(leads: Leads) -> None:
    """Adds the addresses, or changes where they lead."""
    Address.objects.bulk_create(
        [
            Address(kind=kind, slug=slug, owner=owner, public_id=public_id, current=current)
            for (kind, slug), (owner, public_id, current) in sorted(leads.items())
        ],
        update_conflicts=True,
        unique_fields=["kind", "slug"],
        update_fields=["owner", "public_id", "current"],
        batch_size=2000,
    )
