"""On how many origins the desk's statements rest: the record's own rule (record/documents/origins.py), before publication."""

from itertools import groupby

from django.db.models import Count

from articles.models import Article
from record.documents.origins import Hop, Printed, origins

from . import Appearance, AttributionStep


def on_several_origins(statements) -> list[int]:
    """The keys of those of these statements whose printings have more than one origin, in three queries."""
    several = statements.order_by().annotate(printings=Count("appearances")).filter(printings__gt=1).values("pk")
    printings = Appearance.objects.filter(statement__in=several)
    chains: dict[int, list[Hop]] = {}
    steps = AttributionStep.objects.filter(appearance__in=printings.values("pk")).order_by("appearance", "position")
    for appearance, actor, outlet, label in steps.values_list("appearance", "actor", "outlet", "label"):
        chains.setdefault(appearance, []).append(Hop(_id(actor), _id(outlet), label))
    articles = {
        _id(key): Printed(_id(outlet), _id(source) or None, derivation)
        for key, outlet, source, derivation in Article.objects.values_list("pk", "outlet", "derived_from", "derivation")
    }
    rows = printings.order_by("statement", "pk").values_list(
        "statement", "statement__speaker", "statement__speaker_label", "pk", "passage__capture__article"
    )
    found = []
    for (statement, speaker, label), printed in groupby(rows, key=lambda row: row[:3]):
        reports = [(_id(article), chains.get(appearance, [])) for *_, appearance, article in printed]
        if len(set(origins(_id(speaker), label, reports, articles))) > 1:
            found.append(statement)
    return found


def _id(key: int | None) -> str:
    return "" if key is None else str(key)
