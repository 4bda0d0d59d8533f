"""On which pages a document is shown: what has changed where one is published, changed or taken away.

A document is shown on its own page; on those of what it names, and on the pages to which these belong: a statement on
those of its claims and their questions, of its speaker, of articles and their outlets, of everybody in its chains. What
names a document shows its name, on all the pages on which that is shown in turn.
"""

from collections.abc import Iterable

from ..models import Address, Current, Reference
from .lookup import chunks

MAX_NOTED = 1000  # documents that name one; with more, all pages count as changed


def pages_named_by(ids: Iterable[str]) -> set[str]:
    """The pages of what these documents name, those to which these belong, and of articles the sister articles."""
    found: set[str] = set()
    for some in chunks(sorted(set(ids))):
        named = list(Reference.objects.filter(source__in=some).values_list("target", "kind"))
        found |= _resolved({target for target, _ in named})
        found |= _derived_from({target for target, kind in named if kind == "article"})
    return found | _parents(found) | _subjects(found)


def _derived_from(articles: set[str]) -> set[str]:
    """The articles that derive from those of these that are articles."""
    if not articles:
        return set()
    standing = Current.objects.filter(public_id__in=sorted(articles), kind="article").values("public_id")
    return set(Reference.objects.filter(target__in=standing, kind="article").values_list("source", flat=True))


def _resolved(ids: set[str]) -> set[str]:
    """Where these ids lead."""
    return {
        public_id
        for some in chunks(sorted(ids))
        for public_id in Address.objects.filter(owner__in=some).values_list("public_id", flat=True)
    }


def _parents(ids: set[str]) -> set[str]:
    return {
        parent
        for some in chunks(sorted(ids))
        for parent in Current.objects.filter(public_id__in=some, kind__in=("claim", "article")).values_list(
            "parent", flat=True
        )
        if parent
    }


def _subjects(ids: set[str]) -> set[str]:
    """The actors whom the claims among these ids are about: their pages say who holds those claims."""
    named = {
        target
        for some in chunks(sorted(ids))
        for target in Reference.objects.filter(source__in=some, kind="claim").values_list("target", flat=True)
    }
    return {
        public_id
        for some in chunks(sorted(_resolved(named)))
        for public_id in Current.objects.filter(public_id__in=some, kind="actor").values_list("public_id", flat=True)
    }


def documents_showing(ids: Iterable[str]) -> set[str] | None:
    """The documents that show the name of any of these; None where there are more than MAX_NOTED.

    An outlet is named wherever one of its articles is, a question with its claims.
    """
    ids = set(ids)
    if len(ids) > MAX_NOTED:
        return None
    owners = set(Address.objects.filter(public_id__in=sorted(ids)).values_list("owner", flat=True))
    first = _naming(ids | owners)
    if first is None:
        return None
    kinds = dict(Current.objects.filter(public_id__in=sorted(ids)).values_list("public_id", "kind"))
    if not {"outlet", "question"} & set(kinds.values()):
        return set(first)
    carriers = {source for source, kind in first.items() if kind in ("article", "claim")}
    second = _naming(carriers)
    return None if second is None or len(first) + len(second) > MAX_NOTED else {*first, *second}


def _naming(ids: set[str]) -> dict[str, str] | None:
    """What names any of these, with its kind; None where that are more than MAX_NOTED."""
    found: dict[str, str] = {}
    for some in chunks(sorted(ids)):
        rows = Reference.objects.filter(target__in=some).order_by().values_list("source", "kind")
        named = list(rows[: MAX_NOTED + 1])
        if len(named) > MAX_NOTED:
            return None
        found.update(named)
    return found
