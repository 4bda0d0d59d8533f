"""What is kept of pages (record/projections/summaries.py): counts, and what stands first on them, by index.

Of the record as it stands now alone: what was there once is counted from the rows that held then (counts.py).
"""

from collections.abc import Iterable

from ..models import Summary
from .querysets import PUBLIC_ALIAS


def summaries_of(pages: Iterable[str]) -> dict[str, Summary]:
    """The kept rows of these pages, by id; none before `record_rebuild` after an upgrade."""
    return Summary.objects.using(PUBLIC_ALIAS).in_bulk(sorted(set(pages)))


def home_summary() -> Summary | None:
    """What is kept of the record as a whole; None where nothing is."""
    return Summary.objects.using(PUBLIC_ALIAS).filter(page="home").first()
