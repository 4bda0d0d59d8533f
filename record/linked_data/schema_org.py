"""Documents as schema.org describes them (https://schema.org, version 29): for the heads of pages and for exports.

`node` gives one document without references to what others say of it; `page` gives what stands in the head of a page.
There is no ClaimReview: this record gives no verdicts. What schema.org has no word for is left out here, and is in
`/export.jsonld` in words of our own (`vocabulary.py`).
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec
from django.conf import settings
from markupsafe import Markup

from ..documents import (
    Actor,
    AnyDocument,
    Article,
    Claim,
    Outlet,
    PartialDate,
    Question,
    Redirect,
    Statement,
    Subject,
    Topic,
    label_of,
)
from ..documents.vocabulary import STANCES
from ..documents.wording import has_quoted_words, own_words
from ..presenters.claim_data import claim_title
from ..presenters.document_data import resolve_document
from .site import Site, iri, published_by

CONTEXT = "https://schema.org"

ACTOR_TYPES = {
    "person": "Person",
    "state": "GovernmentOrganization",
    "government body": "GovernmentOrganization",
    "intergovernmental body": "Organization",
    "organisation": "Organization",
    "group": "Organization",
    "outlet": "NewsMediaOrganization",
    "unnamed": "Thing",  # a person, several, a film, an estimate: nobody says
}
SUBJECT_TYPES = {"place": "Place", "other": "Thing"}
# With these the speaker stands for the claim, as its author does.
ASSENTING_STANCES = tuple(stance for stance, term in STANCES.items() if term.side == "assent")
# With these a statement says or passes on what the claim says: its printings are appearances of the claim.
OCCURRENCE_STANCES = (*ASSENTING_STANCES, "relays")

REGISTERS = {"wikidata": "http://www.wikidata.org/entity/"}

_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_TAG = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)

DocumentsById = Mapping[str, AnyDocument]


def node(document: AnyDocument, *, site: Site) -> dict:
    """One document as one node; what it names is given by identity alone."""
    return drop_empty_fields({"@id": site.identity(document.id), **described_node(document, site)})


def page_node(
    document: AnyDocument,
    *,
    site: Site,
    named: DocumentsById,
    statements: Iterable[Statement] = (),
    claims: Iterable[Claim] = (),
    held: str = "",
) -> dict:
    """What stands in the head of the document's page, with its `@context`.

    `statements` are those that the page shows, `claims` those of a question; `named` holds the speakers, articles and
    outlets that they name. What `named` lacks is given by identity alone. `held` says who holds a claim
    (record/presenters/claim_data.py): its name is never its words alone.
    """
    found = {"@context": CONTEXT, **node(document, site=site), "url": site.page(document)}
    statements = list(statements)
    match document:
        case Question():
            found["about"] = [brief_node(claim, site) for claim in claims]
        case Topic():
            found["hasPart"] = [reference_node(question, named, site) for question in document.questions]
        case Claim():
            found["about"] = [subject_node(subject, site, named) for subject in document.subjects]
            found["name"] = claim_title(document.text, held)
            found |= occurrences(document, statements, named, site)
            found["subjectOf"] = [reference_node(document.question, named, site)]
        case Statement():
            found |= printed_statement(document, named, site)
        case Article():
            found["publisher"] = reference_node(document.outlet, named, site)
            found["hasPart"] = [brief_statement(statement, named, site) for statement in statements]
        case Actor() | Outlet():
            found["mainEntityOfPage"] = found.pop("url")
            if isinstance(document, Outlet) and document.homepage:
                found["url"] = iri(document.homepage)
            found["subjectOf"] = [brief_statement(statement, named, site) for statement in statements]
    if settings.PUBLISHER.is_known:
        found["sdPublisher"] = publisher_node(site)
    return drop_empty_fields(found)


def script_text(data: dict) -> Markup:
    """The data as the text of a `<script type="application/ld+json">`: no sign in it can end the element."""
    text = msgspec.json.encode(data).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - no sign of markup is left


def described_node(document: AnyDocument, site: Site) -> dict:
    """What a node says of a document beside its identity, fields that say nothing included.

    A name that is withheld is not here: the document has only its label. `encoding` names the texts against which
    quotations were checked; the texts themselves are not public. Of a statement there are the speaker's own words where
    they are known, and always what they amount to (`abstract`). What was merged is the same as what it was merged into.
    """
    match document:
        case Question():
            return {
                "@type": "Question",
                "name": document.title,
                "text": document.title,
                "description": document.description,
            }
        case Topic():
            return {
                "@type": "Collection",
                "name": document.title,
                "description": document.introduction,
                "hasPart": [{"@id": site.identity(question)} for question in document.questions],
            }
        case Claim():
            return {
                "@type": "Claim",
                "name": claim_title(document.text),
                "text": document.text,
                "inLanguage": document.language,
                "claimInterpreter": publisher(site),
                "subjectOf": {"@id": site.identity(document.question)},
                "about": [subject_node(subject, site) for subject in document.subjects],
            }
        case Actor():
            return {
                "@type": ACTOR_TYPES[document.kind],
                "name": document.name,
                "alternateName": [
                    language_text(name.text, name.language) for name in document.names if name.text != document.name
                ],
                "description": document.description,
                "identifier": [
                    {"@type": "PropertyValue", "propertyID": known.register, "value": known.value}
                    for known in document.identifiers
                ],
                "sameAs": [
                    REGISTERS[known.register] + known.value
                    for known in document.identifiers
                    if known.register in REGISTERS
                ],
            }
        case Outlet():
            return {
                "@type": "NewsMediaOrganization",
                "name": document.name,
                "url": iri(document.homepage),
                "ownershipFundingInfo": document.owner,
                "address": {"@type": "PostalAddress", "addressCountry": document.country} if document.country else None,
            }
        case Article():
            return {
                "@type": "NewsArticle",
                "headline": document.headline,
                "url": iri(document.url),
                "creditText": document.byline,
                "dateline": document.dateline,
                "inLanguage": document.language,
                "datePublished": iso_date(document.published),
                "publisher": {"@id": site.identity(document.outlet)},
                "sourceOrganization": {"@type": "Organization", "name": document.credited_agency}
                if document.credited_agency
                else None,
                "isBasedOn": {"@id": site.identity(document.derived_from)} if document.derived_from else None,
                "translationOfWork": {"@id": site.identity(document.derived_from)}
                if document.derived_from and document.derivation == "translation"
                else None,
                "archivedAt": [iri(capture.archive_url) for capture in document.captures if capture.archive_url],
                "encoding": [
                    {"@type": "TextObject", "sha256": capture.sha256, "dateCreated": capture.retrieved_at}
                    for capture in document.captures
                ],
            }
        case Statement():
            return {
                "@type": statement_type(document),
                "text": quotation_of(document),
                "inLanguage": document.language if has_quoted_words(document) else "",
                "abstract": document.summary,
                "workTranslation": {"@type": "CreativeWork", "text": document.translation}
                if document.translation
                else None,
                "author": {"@id": site.identity(document.speaker)} if document.speaker else None,
                "creditText": document.speaker_label,
                "dateCreated": iso_date(document.said_on),
                "locationCreated": {"@type": "Place", "name": document.venue} if document.venue else None,
                "about": [{"@id": site.identity(stance.claim)} for stance in document.stances],
                "isBasedOn": articles_of(document, site),
            }
        case Redirect():
            return {"sameAs": site.identity(document.into)}
    raise TypeError(type(document))


def statement_type(statement: Statement) -> str:
    """A `Quotation` where the speaker's own words are printed as such, else a `CreativeWork` without a text."""
    return "Quotation" if quotation_of(statement) else "CreativeWork"


def quotation_of(statement: Statement) -> str:
    """The speaker's own words: as recorded where a capture has them in quotation marks, else as first printed so."""
    if has_quoted_words(statement):
        return statement.words
    return next((" … ".join(own) for printed in statement.appearances if (own := own_words(statement, printed))), "")


def publisher(site: Site) -> dict:
    """Who reads claims out of articles: the site itself."""
    return {"@type": "Organization", "@id": site.address_for("#site"), "name": site.name, "url": site.address_for("")}


def publisher_node(site: Site) -> dict:
    """Who publishes the site, as their file says; the site itself where nobody has said."""
    known = published_by()
    if known is None:
        return publisher(site)
    return drop_empty_fields(
        {
            "@type": "Organization",
            "@id": site.address_for("about#publisher"),
            "name": known.name,
            "url": known.address,
            "email": known.email,
            "publishingPrinciples": known.publishing_principles,
            "correctionsPolicy": known.corrections_policy,
            "ownershipFundingInfo": site.address_for("about#funding") if "funding" in settings.PUBLISHER.texts else "",
        }
    )


def site_node(site: Site) -> dict:
    """The site itself, with who publishes it and by which rules."""
    return {
        "@type": "WebSite",
        "@id": site.address_for("#website"),
        "name": site.name,
        "url": site.address_for(""),
        "publisher": publisher_node(site),
        "publishingPrinciples": site.address_for("about#method"),
    }


# What a page says beyond its document.


def occurrences(claim: Claim, statements: Iterable[Statement], named: DocumentsById, site: Site) -> dict:
    """Who stands for the claim, where it is printed, and where first: as far as these statements tell."""
    authors, articles = {}, {}
    for statement in statements:
        stance = next(
            (taken.stance for taken in statement.stances if is_same_document(taken.claim, claim.id, named)), ""
        )
        if stance in ASSENTING_STANCES and statement.speaker:
            authors[statement.speaker] = reference_node(statement.speaker, named, site)
        if stance in OCCURRENCE_STANCES:
            for appearance in statement.appearances:
                articles[appearance.article] = resolve_document(appearance.article, named)
    dated = [
        (article.published.earliest, article.id, article)
        for article in articles.values()
        if isinstance(article, Article) and article.published
    ]
    first = min(dated, key=lambda item: item[:2])[2] if dated else None
    return {
        "author": list(authors.values()),
        "datePublished": iso_date(first.published) if first else None,
        "firstAppearance": reference_node(first.id, named, site) if first else None,
        "appearance": [reference_node(public_id, named, site) for public_id in articles],
    }


def printed_statement(statement: Statement, named: DocumentsById, site: Site) -> dict:
    """The statement with its speaker, claims and articles by name."""
    return {
        "author": reference_node(statement.speaker, named, site) if statement.speaker else None,
        "about": [reference_node(stance.claim, named, site) for stance in statement.stances],
        "isBasedOn": [
            reference_node(public_id, named, site)
            for public_id in dict.fromkeys(appearance.article for appearance in statement.appearances)
        ],
    }


def brief_statement(statement: Statement, named: DocumentsById, site: Site) -> dict:
    """A statement as a part of another page: who, what, and its identity."""
    return drop_empty_fields(
        {
            "@type": statement_type(statement),
            "@id": site.identity(statement.id),
            "abstract": statement.summary,
            "author": reference_node(statement.speaker, named, site) if statement.speaker else None,
            "creditText": statement.speaker_label,
            "dateCreated": iso_date(statement.said_on),
        }
    )


def reference_node(public_id: str, named: DocumentsById, site: Site) -> dict:
    """What an id leads to, in short; by identity alone where `named` lacks it."""
    document = resolve_document(public_id, named)
    return brief_node(document, site) if document else {"@id": site.identity(public_id)}


def subject_node(subject: Subject, site: Site, named: DocumentsById = MappingProxyType({})) -> dict:
    """What a claim is about: an actor, by identity alone where `named` lacks it; a place or another thing by names."""
    if subject.actor:
        return reference_node(subject.actor, named, site)
    names = [language_text(name.text, name.language) for name in subject.names]
    return drop_empty_fields(
        {"@type": SUBJECT_TYPES[subject.kind], "name": subject.names[0].text, "alternateName": names[1:]}
    )


def brief_node(document: AnyDocument, site: Site) -> dict:
    """Identity, type and name; an article with its date, address and archived copies."""
    whole = node(document, site=site)
    basics = {name: whole[name] for name in ("@id", "@type") if name in whole}
    match document:
        case Claim():
            return basics | {"name": whole["name"], "text": document.text}
        case Article():
            further = ("headline", "url", "datePublished", "inLanguage", "archivedAt")
            return basics | {name: whole[name] for name in further if name in whole}
        case Statement():
            return basics | {"abstract": document.summary}
    return basics | {"name": label_of(document)}


# Small parts.


def articles_of(statement: Statement, site: Site) -> list[dict]:
    """The articles that print the statement, each once, in the order of its appearances."""
    ids = dict.fromkeys(appearance.article for appearance in statement.appearances)
    return [{"@id": site.identity(public_id)} for public_id in ids]


def is_same_document(public_id: str, target: str, named: DocumentsById) -> bool:
    """Whether an id is that of `target`, or was merged into it."""
    document = resolve_document(public_id, named)
    return public_id == target or (document is not None and document.id == target)


def iso_date(moment: PartialDate | None) -> str | None:
    """The date where it is a plain year, month or day; schema.org has no word for "about" nor for an interval."""
    return moment.edtf if moment and _ISO.fullmatch(moment.edtf) else None


def language_text(text: str, language: str) -> str | dict[str, str]:
    """Text of JSON-LD, with its language where that is known and written as BCP 47 has it."""
    return {"@value": text, "@language": language} if _TAG.fullmatch(language) else text


def drop_empty_fields(fields: dict) -> dict:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
