"""On how many origins the desk's statements rest: the rule of record/documents/origins.py, before publication."""

import json
from itertools import groupby

from django.db import connections
from django.db.models import Count
from django.db.models.expressions import RawSQL

from articles.models import Article
from record.documents.origins import ArticleLineage, Hop, origins_of

from ..models import Appearance, AttributionStep, Statement
from ..models.querysets import StatementQuerySet


def statements_with_one_origin(statements: StatementQuerySet) -> StatementQuerySet:
    """Those of these statements that are printed and rest on one origin as the record counts them: four queries."""
    # As one value, because there may be more of them than a query can take values.
    keys_of_several = keys_with_several_origins(statements)
    if connections[statements.db].vendor == "sqlite":
        keys = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys_of_several)])
    else:
        keys = RawSQL("SELECT unnest(%s::bigint[])", [keys_of_several])
    printed = Statement.objects.filter(appearances__isnull=False).values("pk")
    return statements.filter(pk__in=printed).exclude(pk__in=keys)


def keys_with_several_origins(statements: StatementQuerySet) -> list[int]:
    """The keys of those of these statements whose printings have more than one origin, in three queries."""
    reprinted = statements.order_by().annotate(printings=Count("appearances")).filter(printings__gt=1).values("pk")
    printings = Appearance.objects.filter(statement__in=reprinted)
    chains: dict[int, list[Hop]] = {}
    steps = AttributionStep.objects.filter(appearance__in=printings.values("pk")).order_by("appearance", "position")
    for appearance, actor, outlet, label in steps.values_list("appearance", "actor", "outlet", "label"):
        chains.setdefault(appearance, []).append(Hop(_id(actor), _id(outlet), label))
    articles = {
        _id(key): ArticleLineage(_id(outlet), _id(source) or None, derivation)
        for key, outlet, source, derivation in Article.objects.values_list("pk", "outlet", "derived_from", "derivation")
    }
    rows = printings.order_by("statement", "pk").values_list(
        "statement", "statement__speaker", "statement__speaker_label", "pk", "passage__capture__article"
    )
    found = []
    for (statement, speaker, label), printed in groupby(rows, key=lambda row: row[:3]):
        reports = [(_id(article), chains.get(appearance, [])) for *_, appearance, article in printed]
        if len(set(origins_of(_id(speaker), label, reports, articles))) > 1:
            found.append(statement)
    return found


def _id(key: int | None) -> str:
    return "" if key is None else str(key)
