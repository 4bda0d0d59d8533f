"""`/entities.ftm.json`: actors, outlets, articles and who was quoted where, as FollowTheMoney: an entity a line.

The record itself comes first, with its terms of use.

A speaker or an article that was merged is named as what it was merged into, because the model has no redirects.
"""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from ..documents import Statement
from ..linked import followthemoney as ftm
from ..linked.annotations import named_in
from ..linked.site import this_site
from ..terms import terms
from .snapshot import Snapshot
from .standing import Named, standing

CONTENT_TYPE = "application/json+ftm"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks of whole lines; what everything names comes first."""
    site, named = this_site(), Named(snapshot)
    if snapshot.head.seq:
        yield _lines([ftm.of_record(snapshot.head.seq, site, terms())])
    for entries in standing(snapshot, "outlet"):
        yield _lines(ftm.of_outlet(entry.document, site) for entry in entries)
    for entries in standing(snapshot, "article"):
        named.fetch(entry.document.outlet for entry in entries)
        yield _lines(ftm.of_article(entry.document, named.get(entry.document.outlet), site) for entry in entries)
    for entries in standing(snapshot, "actor"):
        yield _lines(ftm.of_actor(entry.document, site) for entry in entries)
    for entries in standing(snapshot, "statement"):
        named.fetch(public_id for entry in entries for public_id in named_in(entry.document))
        lines = _lines(link for entry in entries for link in ftm.of_statement(resolved(entry.document, named), site))
        if lines:
            yield lines


def resolved(statement: Statement, named: Named) -> Statement:
    """The statement with the speaker and the articles to which merges lead."""
    speaker = named.get(statement.speaker)
    appearances = []
    for appearance in statement.appearances:
        article = named.get(appearance.article)
        appearances.append(replace(appearance, article=article.id) if article else appearance)
    return replace(statement, speaker=speaker.id if speaker else statement.speaker, appearances=tuple(appearances))


def _lines(entities) -> bytes:
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in entities)
