"""On what printings rest, as a tree: the origins, the articles that rest on each, and what those derive from.

Pure functions on the parts of statements (record/parts.py). What an origin is stands in record/origins.py; here the
same count is shown, so that a reader can see how five articles come to be three origins.
"""

from collections.abc import Iterable

from .documents import Article
from .parts import Named, article_reference, follow


def origin_tree(statements: Iterable[dict], named: Named) -> list[dict]:
    """One part for each origin behind these statement parts, those of most articles first.

    An origin has `kind`, `name` and `address` as in `origin_part`, `articles`, the number of articles that rest on it,
    and `branches`. A branch is an article with `derivation` (how it derives from the article above it, or ""),
    `through` (the hops of its chains that are neither the origin nor an article above it) and its own `branches`.
    """
    origins = {}
    for statement in statements:
        for printing in statement["printings"]:
            if printing["origin"]:
                key = printing["origin"]["key"]
                found = origins.setdefault(key, {**printing["origin"], "printings": []})
                found["printings"].append(printing)
    trees = [grown(origin, named) for origin in origins.values()]
    return sorted(trees, key=lambda origin: (-origin["articles"], origin["name"].casefold(), origin["key"]))


def grown(origin: dict, named: Named) -> dict:
    """One origin with its branches."""
    printings = origin.pop("printings")
    articles = {}
    hops = {}
    for printing in printings:
        article = printing["article"]
        articles[article["id"]] = article
        through = hops.setdefault(article["id"], {})
        for hop in printing["chain"][1:-1]:
            through.setdefault((hop["address"], hop["name"]), hop)
    rooted = origin["kind"] == "article" and origin["key"].split(":")[1]
    nodes = dict(articles)
    if rooted and follow(rooted, named):
        nodes.setdefault(rooted, article_reference(rooted, named))
    parents = {article: parent_of(article, nodes, hops.get(article, {}), named) for article in nodes}
    above = {article: parent for article, parent in parents.items() if not circular(article, parents)}

    def branch(article: str) -> dict:
        parent = above.get(article)
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
            "branches": [branch(each) for each in in_order(nodes) if above.get(each) == article],
        }

    tops = [article for article in in_order(nodes) if above.get(article) is None]
    return {**origin, "articles": len(articles), "branches": [branch(article) for article in tops]}


def in_order(nodes: dict) -> list[str]:
    """The articles by the first day on which they can have been published; those without a date last."""

    def published(article):
        day = nodes[article]["published"]
        return (day is None, day["earliest"] if day else "", nodes[article]["name"].casefold(), article)

    return sorted(nodes, key=published)


def parent_of(article: str, nodes: dict, hops: dict, named: Named) -> str | None:
    """The article here that this one takes its words from: what it derives from, else one of an outlet it credits."""
    seen = {article}
    document = follow(article, named)
    while isinstance(document, Article) and document.derived_from:
        document = follow(document.derived_from, named)
        if document is None or document.id in seen:
            break
        if document.id in nodes:
            return document.id
        seen.add(document.id)
    credited = {address for address, _ in hops if address}
    return next(
        (other for other in in_order(nodes) if other != article and nodes[other]["outlet"]["address"] in credited), None
    )


def circular(article: str, parents: dict) -> bool:
    """Whether the way up from an article comes back to it: two papers that credit one another."""
    seen = set()
    at = parents[article]
    while at is not None and at not in seen:
        if at == article:
            return True
        seen.add(at)
        at = parents[at]
    return False


def derivation_of(article: str, parent: str | None, named: Named) -> str:
    """How an article derives from the one above it; "" where it only credits it."""
    document = follow(article, named)
    if parent is None or not isinstance(document, Article) or not document.derived_from:
        return ""
    return document.derivation
