"""Where the record is published, which makes whole addresses of ids and slugs, and under which terms of use."""

import re
from dataclasses import dataclass
from urllib.parse import quote

import msgspec
from django.conf import settings

from ..documents import AnyDocument, kind_of
from ..documents.addresses import URL_FOLDERS

_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f]|%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Site:
    """`address` is scheme, host and script prefix without a slash at the end, `name` what the site is called."""

    address: str
    name: str

    def identity(self, public_id: str) -> str:
        """The name of what a document describes, for ever: it is the same after a merge, in every language."""
        return f"{self.address}/id/{public_id}"

    def page(self, document: AnyDocument) -> str:
        """The address of the document's page, in the default language. A redirect has none: its identity leads on."""
        kind = kind_of(document)
        if kind not in URL_FOLDERS:
            return self.identity(document.id)
        return f"{self.address}/{URL_FOLDERS[kind]}/{quote(document.slug)}"

    def version(self, document: AnyDocument, number: int) -> str:
        """The address of one version of the document's page: it shows the same words for ever."""
        return f"{self.page(document)}/versions/{number}"

    def address_for(self, path: str) -> str:
        """The address of a path, such as `context.jsonld`."""
        return f"{self.address}/{path}"


def iri(url: str) -> str:
    """A web address as an IRI: what no IRI holds is written in per cent; other scripts stay as they are."""
    return _NOT_IN_IRIS.sub(lambda sign: quote(sign[0], safe=""), url)


def this_site() -> Site:
    """The site as its settings name it: the same in a request, a command and a test."""
    return Site(settings.SITE_ADDRESS, settings.SITE_NAME)


class Terms(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What readers may do with the record: in `words`, and the `address` of the licence, empty where none is given."""

    words: str
    address: str

    def __str__(self) -> str:
        """Both in one line, for formats that have one place for them."""
        return f"{self.words} {self.address}".strip()


class PublishedBy(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Who publishes the record, how they are reached, and where they say how they work and correct errors."""

    name: str
    address: str
    email: str
    publishing_principles: str
    corrections_policy: str


def published_by() -> PublishedBy | None:
    """The publisher of this record; None where nobody has said who that is."""
    known, site = settings.PUBLISHER, this_site()
    if not known.is_known:
        return None
    return PublishedBy(
        name=known.text("publisher", settings.LANGUAGE_CODE)[0],
        address=known.publisher_address or site.address_for("about"),
        email=known.email,
        publishing_principles=site.address_for("about#method"),
        corrections_policy=site.address_for("about#errors"),
    )


def terms() -> Terms:
    """The terms of this record."""
    return Terms(words=settings.TERMS, address=settings.TERMS_URL)
