"""Articles on which statements rest: what may not change beneath these."""

from django.db import transaction
from django.utils.text import capfirst

from articles.changes import revise_article
from articles.models import Article
from articles.trace import Refused

from ..models import Appearance


def revise_printed(
    article: Article, values: dict, *, by, seen: int | None, why: str = "", verb: str = "revise"
) -> Article:
    """`articles.changes.revise_article`, refused where a chain would then name the very outlet that prints it."""
    with transaction.atomic():
        revised = revise_article(article, values, by=by, seen=seen, why=why, verb=verb)
        if "outlet" in values and (named := naming_outlet(revised.outlet, [revised]).get(revised.pk)):
            raise Refused(f"{capfirst(named)}.", field="outlet")
    return revised


def naming_outlet(outlet, articles) -> dict[int, str]:
    """Of `articles`, by primary key, those in whose chains `outlet` is a step, with a sentence; one query."""
    printings = Appearance.objects.filter(steps__outlet=outlet, passage__capture__article__in=articles)
    named = printings.order_by("-pk").values_list("passage__capture__article", "statement__summary")
    return {
        article: f"the chain of “{summary}” names “{outlet}”, which would print it itself: correct the chain first"
        for article, summary in named
    }
