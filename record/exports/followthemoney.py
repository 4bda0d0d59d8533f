"""`/entities.ftm.json`: documents as entities of FollowTheMoney (https://followthemoney.tech/explorer/), which
investigators load into Aleph: an entity a line. The record itself comes first, with its terms of use.

An actor is a Person, a PublicBody, an Organization or, unnamed, a LegalEntity, an article an Article, and each printing
an UnknownLink from the speaker to the article: who was quoted or reported where, when, and to what effect. The model
has no word for a claim or a stance; they stay with `/export.jsonld`. All values of an entity are lists of text. Ids are
those of the record.

A speaker or an article that was merged is named as what it was merged into, because the model has no redirects.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec
from django.conf import settings
from msgspec.structs import replace

from ..documents import Actor, AnyDocument, Article, Outlet, PartialDate, Statement, label_of
from ..documents.wording import own_words
from ..linked_data.schema_org import REGISTERS, drop_empty_fields
from ..linked_data.site import Site, Terms, terms, this_site
from .annotations import named_ids
from .snapshot import Snapshot
from .stream import DocumentCache, current_documents

CONTENT_TYPE = "application/json+ftm"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks of whole lines; what everything names comes first."""
    site, named = this_site(), DocumentCache(snapshot)
    if snapshot.head.seq:
        yield _lines([record_entity(snapshot.head.seq, site, terms())])
    for outlets in current_documents(snapshot, Outlet):
        yield _lines(outlet_entity(outlet, site) for outlet in outlets)
    for articles in current_documents(snapshot, Article):
        named.fetch(article.outlet for article in articles)
        yield _lines(article_entity(article, named.get(article.outlet), site) for article in articles)
    for actors in current_documents(snapshot, Actor):
        yield _lines(actor_entity(actor, site) for actor in actors)
    for statements in current_documents(snapshot, Statement):
        named.fetch(public_id for statement in statements for public_id in named_ids(statement))
        lines = _lines(
            link for statement in statements for link in statement_entity(resolve_merges(statement, named), site)
        )
        if lines:
            yield lines


def resolve_merges(statement: Statement, named: DocumentCache) -> Statement:
    """The statement with the speaker and the articles to which merges lead."""
    speaker = named.get(statement.speaker)
    appearances = []
    for appearance in statement.appearances:
        article = named.get(appearance.article)
        appearances.append(replace(appearance, article=article.id) if article else appearance)
    return replace(statement, speaker=speaker.id if speaker else statement.speaker, appearances=tuple(appearances))


def _lines(entities: Iterable[dict]) -> bytes:
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in entities)


SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "government body": "PublicBody",
    "intergovernmental body": "PublicBody",
    "organisation": "Organization",
    "group": "Organization",
    "outlet": "Organization",
    "unnamed": "LegalEntity",  # where nobody says whether a person or an organization
}
# ISO 639-3, which the model's type "language" asks for; an article in another language has none.
ISO_639_3_CODES = {
    "ar": "ara",
    "az": "aze",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fa": "fas",
    "fr": "fra",
    "kk": "kaz",
    "ky": "kir",
    "mn": "mon",
    "ru": "rus",
    "tg": "tgk",
    "tr": "tur",
    "tt": "tat",
    "ug": "uig",
    "uk": "ukr",
    "uz": "uzb",
    "zh": "zho",
}

_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)


def entity(public_id: str, schema: str, **properties: str | list[str]) -> dict:
    """One line of the file: each property a list of texts, those that say nothing left out."""
    lists = {name: values if isinstance(values, list) else [values] for name, values in properties.items()}
    return {
        "id": public_id,
        "schema": schema,
        "properties": drop_empty_fields({name: [value for value in values if value] for name, values in lists.items()}),
    }


def record_entity(entry: int, site: Site, terms: Terms) -> dict:
    """The record itself at an entry, as a document: the one place of the model for terms of use."""
    return entity(
        f"record-{entry}",
        "Document",
        name=site.name,
        title=site.name,
        notes=str(terms),
        sourceUrl=site.address_for(f"export.json?as_of={entry}"),
        publisher=settings.PUBLISHER.text("publisher", settings.LANGUAGE_CODE)[0] or site.name,
        publisherUrl=site.address,
    )


def actor_entity(actor: Actor, site: Site) -> dict:
    return entity(
        actor.id,
        SCHEMATA[actor.kind],
        name=actor.name,
        alias=[name.text for name in actor.names if name.kind in ("primary", "alias") and name.text != actor.name],
        previousName=[name.text for name in actor.names if name.kind == "former"],
        weakAlias=[name.text for name in actor.names if name.kind == "as printed"],
        description=actor.description,
        wikidataId=[known.value for known in actor.identifiers if known.register in REGISTERS],
        sourceUrl=site.page(actor),
    )


def outlet_entity(outlet: Outlet, site: Site) -> dict:
    return entity(
        outlet.id,
        "Organization",
        name=outlet.name,
        country=outlet.country.lower() if re.fullmatch("[A-Za-z]{2}", outlet.country) else "",
        website=outlet.homepage,
        classification=outlet.kind,
        sourceUrl=site.page(outlet),
    )


def article_entity(article: Article, outlet: AnyDocument | None, site: Site) -> dict:
    """`name` is what the model requires of every thing: here the headline, or the address where there is none."""
    return entity(
        article.id,
        "Article",
        name=label_of(article),
        title=article.headline,
        author=article.byline,
        publishedAt=date_of(article.published),
        language=ISO_639_3_CODES.get(article.language.partition("-")[0].lower(), ""),
        publisher=outlet.name if isinstance(outlet, Outlet) else "",
        publisherUrl=outlet.homepage if isinstance(outlet, Outlet) else "",
        sourceUrl=article.url or site.page(article),
    )


def statement_entity(statement: Statement, site: Site) -> Iterator[dict]:
    """A link for each article that prints it; none where the speaker has only a label, for nothing could be linked."""
    if statement.speaker:
        for article in dict.fromkeys(appearance.article for appearance in statement.appearances):
            yield entity(
                f"{statement.id}-{article}",
                "UnknownLink",
                subject=statement.speaker,
                object=article,
                role="quoted" if has_own_words(statement, article) else "reported",
                date=date_of(statement.said_on),
                summary=statement.summary,
                proof=article,
                recordId=statement.id,
                sourceUrl=site.page(statement),
            )


def has_own_words(statement: Statement, article: str) -> bool:
    """Whether that article has some of the speaker's own words in quotation marks."""
    return any(own_words(statement, printed) for printed in statement.appearances if printed.article == article)


def date_of(moment: PartialDate | None) -> str:
    """A year, a month or a day; the model has no word for "about" nor for an interval, so those are left out."""
    return moment.edtf if moment and _ISO.fullmatch(moment.edtf) else ""
