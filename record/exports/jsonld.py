"""`/export.jsonld`: what stands as one graph of JSON-LD, in the words of schema.org, CiTO, PROV-O and our own.

One node for each document, claims last: who stands for a claim and where it is printed is
known when all statements have been given out. Until then it is kept on disk, in a temporary database that nobody else
sees, so that memory stays flat. In the bytes there is a node a line.

Nothing of a document is lost. A stance is a citation in CiTO's sense where it is one, with our own word beside it. A
chain is PROV-O: the words on the page derive from the account of the hop nearest to it, that from the next one's, and
the last from the statement itself, which is attributed to its speaker.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

import msgspec

from ..documents import (
    Actor,
    AnyDocument,
    Appearance,
    Article,
    Capture,
    Claim,
    Outlet,
    PartialDate,
    Place,
    Question,
    Redirect,
    Stance,
    Statement,
    Step,
    Topic,
)
from ..documents.vocabulary import STANCES
from ..documents.wording import has_quoted_words, kind_of_wording, own_words
from ..linked_data import schema_org
from ..linked_data.schema_org import (
    ASSENTING_STANCES,
    OCCURRENCE_STANCES,
    drop_empty_fields,
    iso_date,
    language_text,
    publisher_node,
)
from ..linked_data.site import Site, Terms, terms, this_site
from ..linked_data.terms import RELATIONS, typed_date
from ..projections.lookup import chunks
from .snapshot import Snapshot, identity_of
from .stream import DocumentCache, DocumentEntry, current_entries, current_entries_of


def node(entry: DocumentEntry[AnyDocument], *, site: Site) -> dict:
    """The document of an entry of the log as one node, with the version of the page that shows it."""
    document = entry.document
    found = schema_org.node(document, site=site)
    if isinstance(document, Redirect):
        return found
    found |= {name: typed_date(found[name]) for name in ("datePublished", "dateCreated") if name in found}
    notes = [{"@type": "Note", "aboutField": note.about, "text": note.text} for note in document.notes]
    further = additional_properties(document, site) | {"notes": notes}
    types = [found["@type"], *further.pop("@type", ())]
    page = {
        "@id": site.page(document),
        "@type": ["WebPage", "prov:Entity"],
        "version": entry.version,
        "dateModified": entry.published_at,
    }
    return drop_empty_fields(
        {**found, "@type": types if len(types) > 1 else types[0], **further, "mainEntityOfPage": page}
    )


def additional_properties(document: AnyDocument, site: Site) -> dict:
    """What the document says beyond schema.org; `@type` holds further types."""
    match document:
        case Question() | Topic():
            return {"order": document.position}
        case Claim():
            return claim_properties(document, site)
        case Actor():
            return {
                "@type": ["prov:Agent"],
                "kind": document.kind,
                "withheld": document.withheld,
                "reportedIn": {"@id": site.identity(document.reported_in)} if document.reported_in else None,
                "names": [
                    drop_empty_fields(
                        {
                            "@type": "ActorName",
                            "name": language_text(name.text, name.language),
                            "kind": name.kind,
                            "scheme": name.scheme,
                        }
                    )
                    for name in document.names
                ],
            }
        case Outlet():
            return {"kind": document.kind, "stateControlled": document.state_controlled}
        case Article():
            return {
                "@type": ["prov:Entity"],
                **date_properties(document.published),
                "derivation": document.derivation,
                "prov:wasDerivedFrom": {"@id": site.identity(document.derived_from)} if document.derived_from else None,
                "prov:wasAttributedTo": {"@id": site.identity(document.outlet)},
                "encoding": [
                    {
                        **text,
                        "dateCreated": typed_date(text["dateCreated"]),
                        "@id": capture_identity(document.id, capture.sha256, site),
                        "method": capture.method,
                        "complete": capture.complete,
                        **original_properties(capture),
                    }
                    for text, capture in zip(
                        schema_org.described_node(document, site)["encoding"], document.captures, strict=True
                    )
                ],
                "framings": [
                    drop_empty_fields(
                        {
                            "@type": "Framing",
                            "claim": {"@id": site.identity(framing.claim)},
                            "part": framing.part,
                            "treatment": framing.treatment,
                            "words": framing.words,
                            "writtenBy": {"@id": site.identity(framing.written_by)} if framing.written_by else None,
                        }
                    )
                    for framing in document.framings
                ],
            }
        case Statement():
            return statement_properties(document, site)
    raise TypeError(type(document))


def claim_properties(claim: Claim, site: Site) -> dict:
    related: dict[str, list[dict]] = {}
    for relation in claim.relations:
        related.setdefault(RELATIONS[relation.kind], []).append({"@id": site.identity(relation.claim)})
    figure = claim.figure and {
        "@type": "Figure",
        "amount": claim.figure.amount,
        "lower": claim.figure.lower,
        "upper": claim.figure.upper,
        "unit": claim.figure.unit,
        "modifier": claim.figure.modifier,
        "derived": claim.figure.derived or None,
        "counted": claim.figure.counted,
        "asOf": edtf_value(claim.figure.as_of),
    }
    return {"kind": claim.kind, "order": claim.position, "figure": drop_empty_fields(figure or {}), **related}


def statement_properties(statement: Statement, site: Site) -> dict:
    identity = site.identity(statement.id)
    cited: dict[str, list[dict]] = {}
    for stance in statement.stances:
        if in_cito := STANCES[stance.stance].cito:
            cited.setdefault(f"cito:{in_cito}", []).append({"@id": site.identity(stance.claim)})
    return {
        "@type": ["prov:Entity"],
        "prov:wasAttributedTo": {"@id": site.identity(statement.speaker)} if statement.speaker else None,
        "role": statement.role,
        **date_properties(statement.said_on),
        "mode": statement.mode,
        "basis": statement.basis,
        # What no printing has in quotation marks.
        "recordedWords": language_text(statement.words, statement.language)
        if statement.words and not has_quoted_words(statement)
        else None,
        **cited,
        "stances": [stance_node(identity, stance, site) for stance in statement.stances],
        "printings": [
            printing_node(statement, number, appearance, site)
            for number, appearance in enumerate(statement.appearances, 1)
        ],
    }


def stance_node(identity: str, stance: Stance, site: Site) -> dict:
    """One stance; a citation with its character where CiTO knows it."""
    in_cito = STANCES[stance.stance].cito
    claim = {"@id": site.identity(stance.claim)}
    citation = {
        "cito:hasCitingEntity": {"@id": identity},
        "cito:hasCitedEntity": claim,
        "cito:hasCitationCharacterization": {"@id": f"cito:{in_cito}"},
    }
    return drop_empty_fields(
        {
            "@id": f"{identity}#stance-{stance.claim}",
            "@type": ["Stance", "cito:Citation"] if in_cito else "Stance",
            "claim": claim,
            "stance": stance.stance,
            "hedge": stance.hedge,
            "figurePrinted": stance.printed,
            **(citation if in_cito else {}),
        }
    )


def printing_node(statement: Statement, number: int, appearance: Appearance, site: Site) -> dict:
    """One printing with its chain. What it derives from is the first hop, or the statement where there is none."""
    identity = site.identity(statement.id)
    printing = f"{identity}#printing-{number}"
    passage = appearance.passage
    hops = [f"{printing}-hop-{position}" for position in range(1, len(appearance.chain) + 1)]
    origins = [*hops, identity]
    return drop_empty_fields(
        {
            "@id": printing,
            "@type": ["Printing", "prov:Entity"],
            "isPartOf": {"@id": site.identity(appearance.article)},
            "text": passage.exact,
            "wording": kind_of_wording(statement, appearance),
            "ownWords": own_words(statement, appearance),
            "prefix": passage.prefix,
            "suffix": passage.suffix,
            "sentenceBefore": passage.before,
            "sentenceAfter": passage.after,
            "start": passage.start,
            "end": passage.end,
            "capture": {"@id": capture_identity(appearance.article, passage.capture, site)},
            **place_properties(passage.place),
            "printedName": appearance.printed_name,
            "cue": appearance.cue,
            "prov:wasDerivedFrom": {"@id": origins[0]},
            "chain": [
                hop_node(hop, step, origin, site)
                for hop, step, origin in zip(hops, appearance.chain, origins[1:], strict=True)
            ],
        }
    )


def hop_node(identity: str, step: Step, origin: str, site: Site) -> dict:
    """One hop: whose account it is, in which words, and from whose account it derives."""
    known = step.actor or step.outlet
    agent = {"@id": site.identity(known)} if known else {"@type": "prov:Agent", "name": step.label}
    return drop_empty_fields(
        {
            "@id": identity,
            "@type": ["Hop", "prov:Entity"],
            "relation": step.relation,
            "cue": step.cue,
            "prov:wasAttributedTo": agent,
            "prov:wasDerivedFrom": {"@id": origin},
        }
    )


def original_properties(capture: Capture) -> dict:
    """What a text was read from, by what, and in how many places it was changed by hand."""
    original = capture.original and {
        "@type": "MediaObject",
        "sha256": capture.original.sha256,
        "encodingFormat": capture.original.media_type,
        "removed": capture.original.removed or None,
    }
    known = {
        "isBasedOn": original and drop_empty_fields(original),
        "reader": capture.reader,
        "editCount": capture.edit_count or None,
    }
    return drop_empty_fields(known)


def place_properties(place: Place | None) -> dict:
    """Where words stand in the original."""
    if place is None:
        return {}
    return {
        "page": place.page,
        "lastPage": place.last_page,
        "beginsAt": place.begins_at,
        "endsAt": place.ends_at,
        "turn": place.speaker,
    }


def capture_identity(article: str, sha256: str, site: Site) -> str:
    """The name of one text of an article."""
    return f"{site.identity(article)}#text-{sha256}"


def date_properties(moment: PartialDate | None) -> dict:
    """A date in EDTF, and the days between which it lies, which programs can compare."""
    if moment is None:
        return {}
    return {"date": moment.edtf, "earliest": moment.earliest.isoformat(), "latest": moment.latest.isoformat()}


def edtf_value(moment: PartialDate | None) -> str:
    return moment.edtf if moment else ""


CONTENT_TYPE = "application/ld+json"
PATH = "export.jsonld"
NODE_KINDS = ("question", "topic", "outlet", "article", "actor")  # before the statements that name them
REFERENCES_AT_ONCE = 2000

_encoder = msgspec.json.Encoder(decimal_format="number")


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    site = this_site()
    yield b'{"@context":' + _encoder.encode(site.address_for("context.jsonld"))
    yield b',\n"@graph":[\n' + _encoder.encode(dataset(snapshot, site, terms()))
    for kind in NODE_KINDS:
        for entries in current_entries(snapshot, kind):
            yield _node_lines(node(entry, site=site) for entry in entries)
    named = DocumentCache(snapshot)
    with closing(Occurrences()) as occurrences:
        for entries_of_statements in current_entries_of(snapshot, Statement):
            statements = [entry.document for entry in entries_of_statements]
            named.fetch_named_by(statements)
            occurrences.add(statements, named)
            yield _node_lines(node(entry, site=site) for entry in entries_of_statements)
        for entries_of_claims in current_entries_of(snapshot, Claim):
            for claim in entries_of_claims:
                yield from _claim_chunks(node(claim, site=site), occurrences.properties_of(claim.document.id, site))
    for entries in current_entries(snapshot, "redirect"):
        yield _node_lines(node(entry, site=site) for entry in entries)
    yield b"\n]}\n"


def dataset(snapshot: Snapshot, site: Site, terms: Terms) -> dict:
    """The record as a whole: what it is called, where it ends, and what may be done with it."""
    return drop_empty_fields(
        {
            "@id": identity_of(snapshot, PATH, site),
            "@type": ["Dataset", "prov:Entity"],
            "name": site.name,
            "url": site.address_for("data"),
            "publisher": publisher_node(site),
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

    def __init__(self) -> None:
        self._on = sqlite3.connect("")  # a file of its own, removed when it is closed; in memory while it is small
        self._on.executescript(
            "PRAGMA journal_mode = OFF;"
            "CREATE TABLE author (claim, actor, PRIMARY KEY (claim, actor)) WITHOUT ROWID;"
            "CREATE TABLE printed (claim, earliest, article, edtf, PRIMARY KEY (claim, earliest, article))"
            "WITHOUT ROWID;"
        )

    def add(self, statements: Iterable[Statement], named: DocumentCache) -> None:
        """Takes in statements; `named` has all that they name."""
        authors, printed = [], []
        for statement in statements:
            articles = [(appearance.article, named.get(appearance.article)) for appearance in statement.appearances]
            for stance in statement.stances:
                found = named.get(stance.claim)
                claim = found.id if found else stance.claim
                if stance.stance in ASSENTING_STANCES and statement.speaker:
                    actor = named.get(statement.speaker)
                    authors.append((claim, actor.id if actor else statement.speaker))
                if stance.stance in OCCURRENCE_STANCES:
                    printed += [(claim, *_date_key(public_id, article)) for public_id, article in articles]
        self._on.executemany("INSERT OR IGNORE INTO author VALUES (?, ?)", authors)
        self._on.executemany("INSERT OR IGNORE INTO printed VALUES (?, ?, ?, ?)", printed)

    def properties_of(self, claim: str, site: Site) -> dict[str, object]:
        """What the claim's node says of it: `author` and `appearance` as iterators of references."""
        first = self._on.execute(
            "SELECT article, edtf FROM printed WHERE claim = ? AND earliest < '9999-12-31' LIMIT 1", [claim]
        ).fetchone()
        found = {}
        if first:
            found = {"datePublished": typed_date(first[1]) or None, "firstAppearance": {"@id": site.identity(first[0])}}
        authors = self._on.execute("SELECT actor FROM author WHERE claim = ?", [claim])
        articles = self._on.execute("SELECT article FROM printed WHERE claim = ?", [claim])
        return drop_empty_fields(found) | {
            "author": ({"@id": site.identity(actor)} for (actor,) in authors),
            "appearance": ({"@id": site.identity(article)} for (article,) in articles),
        }

    def close(self) -> None:
        self._on.close()


def _date_key(public_id: str, article: AnyDocument | None) -> tuple[str, str, str]:
    """First day, id and plain date of an article; one without a date comes last."""
    if not isinstance(article, Article) or article.published is None:
        return "9999-12-31", article.id if article else public_id, ""
    return article.published.earliest.isoformat(), article.id, iso_date(article.published) or ""


def _node_lines(nodes: Iterable[dict]) -> bytes:
    """Nodes as the further items of a list, each on a line of its own."""
    return b"".join(b",\n" + _encoder.encode(node) for node in nodes)


def _claim_chunks(node: dict, further: dict) -> Iterator[bytes]:
    """The node of a claim, its long lists in pieces: a hot claim is printed in very many articles."""
    lists = {name: value for name, value in further.items() if isinstance(value, Iterator)}
    plain = {name: value for name, value in further.items() if name not in lists}
    line = b",\n" + _encoder.encode({**node, **plain})[:-1]
    for name, references in lists.items():
        opening = b"," + _encoder.encode(name) + b":["
        for some in chunks(map(_encoder.encode, references), REFERENCES_AT_ONCE):
            yield line + opening + b",".join(some)
            line, opening = b"", b","
        line += b"]" if opening == b"," else b""
    yield line + b"}"
