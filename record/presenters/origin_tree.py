"""On what printings rest, as a tree: the origins, the articles that rest on each, and what those derive from.

Pure functions on the parts of statements (record/presenters/document_data.py). What an origin is stands in
record/documents/origins.py; here the same count is shown, so that a reader can see how five articles come to be three
origins.
"""

from collections.abc import Callable, Iterable

from ..documents import Article
from .document_data import DocumentsById, article_reference, resolve_document

MAX_DEPTH = 20  # articles under one another that are shown; a reprint of a reprint of a reprint is deep already

MOST_ORIGINS = 24  # of a page that are shown: those with most articles


def origin_tree(statements: Iterable[dict], named: DocumentsById, *, most: int = MOST_ORIGINS) -> list[dict]:
    """One part for each origin behind these statement parts, those of most articles first, at `most` so many.

    An origin has `kind`, `name` and `address` as in `origin_data`, `articles`, the number of articles that rest on it,
    and `branches`. A branch is an article with `derivation` (how it derives from the article above it, or ""),
    `through` (the hops of its chains that are neither the origin nor an article above it), its own `branches`, and
    `further`, how many articles lie below it that are not shown.
    """
    origins: dict[str, dict] = {}
    for statement in statements:
        for printing in statement["printings"]:
            if printing["origin"]:
                key = printing["origin"]["key"]
                found = origins.setdefault(key, {**printing["origin"], "printings": []})
                found["printings"].append(printing)
    most_used = sorted(
        origins.values(), key=lambda origin: -len({each["article"]["id"] for each in origin["printings"]})
    )
    trees = [origin_with_branches(origin, named) for origin in most_used[:most]]
    return sorted(trees, key=lambda origin: (-origin["articles"], origin["name"].casefold(), origin["key"]))


def origin_with_branches(origin: dict, named: DocumentsById) -> dict:
    """One origin with its branches."""
    printings = origin.pop("printings")
    articles = {}
    hops: dict[str, dict[tuple[str, str], dict]] = {}
    for printing in printings:
        article = printing["article"]
        articles[article["id"]] = article
        through = hops.setdefault(article["id"], {})
        for hop in printing["chain"][1:-1]:
            through.setdefault((hop["address"], hop["name"]), hop)
    rooted = origin["kind"] == "article" and origin["key"].split(":")[1]
    nodes = dict(articles)
    if rooted and resolve_document(rooted, named):
        nodes.setdefault(rooted, article_reference(rooted, named))
    order = sort_by_date(nodes)
    parents = {article: parent_of(article, nodes, order, hops.get(article, {}), named) for article in nodes}
    closed = circular_articles(parents)
    above = {article: None if article in closed else parent for article, parent in parents.items()}

    def branch(article: str) -> dict:
        parent = above[article]
        passed = {nodes[parent]["outlet"]["address"]} if parent else set()
        passed |= {origin["address"], nodes[article]["outlet"]["address"]}
        return {
            **nodes[article],
            "printed": article in articles,
            "derivation": derivation_of(article, parent, named),
            "through": [
                {"name": hop["name"], "address": hop["address"], "language": hop["language"]}
                for hop in hops.get(article, {}).values()
                if hop["address"] not in passed or (not hop["address"] and hop["name"] != origin["name"])
            ],
        }

    return {**origin, "articles": len(articles), "branches": branches(order, above, branch)}


def branches(order: list[str], above: dict[str, str | None], branch: Callable[[str], dict]) -> list[dict]:
    """The articles under those above them, no deeper than `DEEPEST`: what lies below is counted as `further`."""
    children: dict[str | None, list[str]] = {}
    for article in order:
        children.setdefault(above[article], []).append(article)
    levels = [children.get(None, [])]
    while levels[-1]:
        levels.append([child for article in levels[-1] for child in children.get(article, ())])
    made: dict[str, dict] = {}
    below: dict[str, int] = {}
    for depth, level in reversed(list(enumerate(levels, start=1))):
        for article in level:
            own = children.get(article, [])
            below[article] = sum(below[child] + 1 for child in own)
            if depth <= MAX_DEPTH:
                shown = [made[child] for child in own] if depth < MAX_DEPTH else []
                further = 0 if depth < MAX_DEPTH else below[article]
                made[article] = {**branch(article), "branches": shown, "further": further}
    return [made[article] for article in levels[0]]


def sort_by_date(nodes: dict) -> list[str]:
    """The articles by the first day on which they can have been published; those without a date last."""

    def published(article: str) -> tuple[bool, str, str, str]:
        day = nodes[article]["published"]
        return (day is None, day["earliest"] if day else "", nodes[article]["name"].casefold(), article)

    return sorted(nodes, key=published)


def parent_of(article: str, nodes: dict, order: list[str], hops: dict, named: DocumentsById) -> str | None:
    """The article here that this one takes its words from: what it derives from, else one of an outlet it credits."""
    passed = {article}
    document = resolve_document(article, named)
    while isinstance(document, Article) and document.derived_from:
        document = resolve_document(document.derived_from, named)
        if document is None or document.id in passed:
            break
        if document.id in nodes:
            return document.id
        passed.add(document.id)
    credited = {address for address, _ in hops if address}
    if not credited:
        return None
    return next((other for other in order if other != article and nodes[other]["outlet"]["address"] in credited), None)


def circular_articles(parents: dict[str, str | None]) -> set[str]:
    """The articles from which the way up comes back to them: papers that credit one another."""
    found: set[str] = set()
    passed: set[str] = set()
    for start in parents:
        way: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in passed and at not in way:
            way[at] = len(way)
            at = parents[at]
        if at in way:
            found.update(list(way)[way[at] :])
        passed.update(way)
    return found


def derivation_of(article: str, parent: str | None, named: DocumentsById) -> str:
    """How an article derives from the one above it; "" where it only credits it."""
    document = resolve_document(article, named)
    if parent is None or not isinstance(document, Article) or not document.derived_from:
        return ""
    return document.derivation
