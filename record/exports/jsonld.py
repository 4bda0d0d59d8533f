"""`/export.jsonld`: what stands as one graph of JSON-LD, in the words of schema.org, CiTO, PROV-O and our own.

One node for each document (record/linked/graph.py), claims last: who stands for a claim and where it is printed is
known when all statements have been given out. Until then it is kept on disk, in a temporary database that nobody else
sees, so that memory stays flat. In the bytes there is a node a line.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

import msgspec

from ..documents import Statement
from ..linked import graph
from ..linked.schema_org import OCCURS_WITH, STANDS_FOR, given, iso, publisher
from ..linked.site import Site, this_site
from ..terms import Terms, terms
from .identity import identity_of
from .snapshot import Snapshot
from .standing import Named, standing

CONTENT_TYPE = "application/ld+json"
PATH = "export.jsonld"
KINDS = ("question", "outlet", "article", "actor")  # before the statements that name them
REFERENCES_AT_ONCE = 2000

_encoder = msgspec.json.Encoder(decimal_format="number")


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    site = this_site()
    yield b'{"@context":' + _encoder.encode(site.at("context.jsonld"))
    yield b',\n"@graph":[\n' + _encoder.encode(dataset(snapshot, site, terms()))
    for kind in KINDS:
        for entries in standing(snapshot, kind):
            yield _lines(graph.node(entry, site=site) for entry in entries)
    named = Named(snapshot)
    with closing(Occurrences()) as occurrences:
        for entries in standing(snapshot, "statement"):
            statements = [entry.document for entry in entries]
            named.fetch_named_by(statements)
            occurrences.add(statements, named)
            yield _lines(graph.node(entry, site=site) for entry in entries)
        for entries in standing(snapshot, "claim"):
            for entry in entries:
                yield from _claim(graph.node(entry, site=site), occurrences.of(entry.document.id, site))
    for entries in standing(snapshot, "redirect"):
        yield _lines(graph.node(entry, site=site) for entry in entries)
    yield b"\n]}\n"


def dataset(snapshot: Snapshot, site: Site, terms: Terms) -> dict:
    """The record as a whole: what it is called, where it ends, and what may be done with it."""
    return given(
        {
            "@id": identity_of(snapshot, PATH, site),
            "@type": ["Dataset", "prov:Entity"],
            "name": site.name,
            "url": site.at("data"),
            "publisher": publisher(site),
            "version": snapshot.head.seq,
            "dateModified": snapshot.head.published_at,
            "license": terms.address,
            "usageInfo": {"@type": "CreativeWork", "text": terms.words},
        }
    )


class Occurrences:
    """Who stands for each claim and which articles print it, as far as the statements added so far say.

    Merges are followed: what was said of a merged claim is said of the one that stands.
    """

    def __init__(self):
        self._on = sqlite3.connect("")  # a file of its own, removed when it is closed; in memory while it is small
        self._on.executescript(
            "PRAGMA journal_mode = OFF;"
            "CREATE TABLE author (claim, actor, PRIMARY KEY (claim, actor)) WITHOUT ROWID;"
            "CREATE TABLE printed (claim, earliest, article, edtf, PRIMARY KEY (claim, earliest, article))"
            "WITHOUT ROWID;"
        )

    def add(self, statements: Iterable[Statement], named: Named) -> None:
        """Takes in statements; `named` has all that they name."""
        authors, printed = [], []
        for statement in statements:
            articles = [(appearance.article, named.get(appearance.article)) for appearance in statement.appearances]
            for stance in statement.stances:
                claim = named.get(stance.claim)
                claim = claim.id if claim else stance.claim
                if stance.stance in STANDS_FOR and statement.speaker:
                    actor = named.get(statement.speaker)
                    authors.append((claim, actor.id if actor else statement.speaker))
                if stance.stance in OCCURS_WITH:
                    printed += [(claim, *_dated(public_id, article)) for public_id, article in articles]
        self._on.executemany("INSERT OR IGNORE INTO author VALUES (?, ?)", authors)
        self._on.executemany("INSERT OR IGNORE INTO printed VALUES (?, ?, ?, ?)", printed)

    def of(self, claim: str, site: Site) -> dict[str, object]:
        """What the claim's node says of it: `author` and `appearance` as iterators of references."""
        first = self._on.execute(
            "SELECT article, edtf FROM printed WHERE claim = ? AND earliest < '9999-12-31' LIMIT 1", [claim]
        ).fetchone()
        found = {}
        if first:
            found = {"datePublished": first[1] or None, "firstAppearance": {"@id": site.identity(first[0])}}
        authors = self._on.execute("SELECT actor FROM author WHERE claim = ?", [claim])
        articles = self._on.execute("SELECT article FROM printed WHERE claim = ?", [claim])
        return given(found) | {
            "author": ({"@id": site.identity(actor)} for (actor,) in authors),
            "appearance": ({"@id": site.identity(article)} for (article,) in articles),
        }

    def close(self) -> None:
        self._on.close()


def _dated(public_id: str, article) -> tuple[str, str, str]:
    """First day, id and plain date of an article; one without a date comes last."""
    if article is None or article.published is None:
        return "9999-12-31", article.id if article else public_id, ""
    return article.published.earliest.isoformat(), article.id, iso(article.published) or ""


def _lines(nodes: Iterable[dict]) -> bytes:
    """Nodes as the further items of a list, each on a line of its own."""
    return b"".join(b",\n" + _encoder.encode(node) for node in nodes)


def _claim(node: dict, further: dict) -> Iterator[bytes]:
    """The node of a claim, its long lists in pieces: a hot claim is printed in very many articles."""
    lists = {name: value for name, value in further.items() if isinstance(value, Iterator)}
    plain = {name: value for name, value in further.items() if name not in lists}
    line = b",\n" + _encoder.encode({**node, **plain})[:-1]
    for name, references in lists.items():
        opening = b"," + _encoder.encode(name) + b":["
        some = []
        for reference in references:
            some.append(_encoder.encode(reference))
            if len(some) == REFERENCES_AT_ONCE:
                yield line + opening + b",".join(some)
                line, opening, some = b"", b",", []
        if some:
            line += opening + b",".join(some)
            opening = b","
        line += b"]" if opening == b"," else b""
    yield line + b"}"
