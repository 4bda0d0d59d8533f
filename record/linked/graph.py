"""Documents as nodes of `/export.jsonld`: schema.org's description, and everything that schema.org has no word for.

Nothing of a document is lost. A stance is a citation in CiTO's sense where it is one, with our own word beside it. A
chain is PROV-O: the words on the page derive from the account of the hop nearest to it, that from the next one's, and
the last from the statement itself, which is attributed to its speaker.
"""

from functools import singledispatch

from ..documents import (
    Actor,
    AnyDocument,
    Appearance,
    Article,
    Claim,
    Outlet,
    PartialDate,
    Question,
    Redirect,
    Statement,
    Step,
)
from ..entries import Entry
from ..vocabulary import STANCES
from ..wording import kind_of_wording, own_words, words_are_quoted
from . import schema_org
from .schema_org import given, in_language
from .site import Site
from .vocabulary import RELATIONS


def node(entry: Entry, *, site: Site) -> dict:
    """The document of an entry of the log as one node, with the version of the page that shows it."""
    document = entry.document
    found = schema_org.node(document, site=site)
    if isinstance(document, Redirect):
        return found
    further = more(document, site) | {"notes": [note_node(note) for note in document.notes]}
    types = [found["@type"], *further.pop("@type", ())]
    page = {
        "@id": site.page(document),
        "@type": ["WebPage", "prov:Entity"],
        "version": entry.version,
        "dateModified": entry.published_at,
    }
    return given({**found, "@type": types if len(types) > 1 else types[0], **further, "mainEntityOfPage": page})


def note_node(note) -> dict:
    return {"@type": "Note", "aboutField": note.about, "text": note.text}


@singledispatch
def more(document: AnyDocument, site: Site) -> dict:
    """What the document says beyond schema.org; `@type` holds further types."""
    raise TypeError(type(document))


@more.register
def _(question: Question, site: Site) -> dict:
    return {"order": question.position}


@more.register
def _(claim: Claim, site: Site) -> dict:
    related = {}
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
        "asOf": edtf(claim.figure.as_of),
    }
    return {"kind": claim.kind, "order": claim.position, "figure": given(figure or {}), **related}


@more.register
def _(actor: Actor, site: Site) -> dict:
    return {
        "kind": actor.kind,
        "withheld": actor.withheld,
        "reportedIn": {"@id": site.identity(actor.reported_in)} if actor.reported_in else None,
        "names": [
            given(
                {
                    "@type": "ActorName",
                    "name": in_language(name.text, name.language),
                    "kind": name.kind,
                    "scheme": name.scheme,
                }
            )
            for name in actor.names
        ],
    }


@more.register
def _(outlet: Outlet, site: Site) -> dict:
    return {"kind": outlet.kind, "stateControlled": outlet.state_controlled}


@more.register
def _(article: Article, site: Site) -> dict:
    origin = {"@id": site.identity(article.derived_from)} if article.derived_from else None
    return {
        "@type": ["prov:Entity"],
        "date": edtf(article.published),
        "derivation": article.derivation,
        "prov:wasDerivedFrom": origin,
        "prov:wasAttributedTo": {"@id": site.identity(article.outlet)},
        "encoding": [
            {
                **text,
                "@id": capture_identity(article.id, capture.sha256, site),
                "method": capture.method,
                "complete": capture.complete,
            }
            for text, capture in zip(schema_org.article_node(article, site)["encoding"], article.captures, strict=True)
        ],
        "framings": [
            given(
                {
                    "@type": "Framing",
                    "claim": {"@id": site.identity(framing.claim)},
                    "part": framing.part,
                    "treatment": framing.treatment,
                    "words": framing.words,
                    "writtenBy": {"@id": site.identity(framing.written_by)} if framing.written_by else None,
                }
            )
            for framing in article.framings
        ],
    }


@more.register
def _(statement: Statement, site: Site) -> dict:
    identity = site.identity(statement.id)
    cited = {}
    for stance in statement.stances:
        if in_cito := STANCES[stance.stance].cito:
            cited.setdefault(f"cito:{in_cito}", []).append({"@id": site.identity(stance.claim)})
    return {
        "@type": ["prov:Entity"],
        "prov:wasAttributedTo": {"@id": site.identity(statement.speaker)} if statement.speaker else None,
        "role": statement.role,
        "date": edtf(statement.said_on),
        "mode": statement.mode,
        "basis": statement.basis,
        "recordedWords": recorded_words(statement),
        **cited,
        "stances": [stance_node(identity, stance, site) for stance in statement.stances],
        "printings": [
            printing_node(statement, number, appearance, site)
            for number, appearance in enumerate(statement.appearances, 1)
        ],
    }


def recorded_words(statement: Statement):
    """Words that editors recorded and that no printing has in quotation marks, in their language."""
    if not statement.words or words_are_quoted(statement):
        return None
    return in_language(statement.words, statement.language)


def stance_node(identity: str, stance, site: Site) -> dict:
    """One stance; a citation with its character where CiTO knows it."""
    in_cito = STANCES[stance.stance].cito
    claim = {"@id": site.identity(stance.claim)}
    citation = {
        "cito:hasCitingEntity": {"@id": identity},
        "cito:hasCitedEntity": claim,
        "cito:hasCitationCharacterization": {"@id": f"cito:{in_cito}"},
    }
    return given(
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
    return given(
        {
            "@id": printing,
            "@type": ["Printing", "prov:Entity"],
            "isPartOf": {"@id": site.identity(appearance.article)},
            "text": passage.exact,
            "wording": kind_of_wording(statement, appearance),
            "ownWords": own_words(statement, appearance),
            "prefix": passage.prefix,
            "suffix": passage.suffix,
            "start": passage.start,
            "end": passage.end,
            "capture": {"@id": capture_identity(appearance.article, passage.capture, site)},
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
    return given(
        {
            "@id": identity,
            "@type": ["Hop", "prov:Entity"],
            "relation": step.relation,
            "cue": step.cue,
            "prov:wasAttributedTo": agent,
            "prov:wasDerivedFrom": {"@id": origin},
        }
    )


def capture_identity(article: str, sha256: str, site: Site) -> str:
    """The name of one text of an article."""
    return f"{site.identity(article)}#text-{sha256}"


def edtf(moment: PartialDate | None) -> str:
    return moment.edtf if moment else ""
