"""What stands around every page: its addresses, its other languages, its feed, how to cite and to embed it."""

from collections.abc import Iterable
from itertools import islice
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..documents import DOCUMENT_TYPES, AnyDocument, Claim, Statement, canonical_json
from ..documents.addresses import language_links, split_language, twin_path
from ..documents.entries import Head
from ..linked_data import schema_org
from ..linked_data.site import this_site
from ..presenters.citations import Citation, as_bibtex, as_csl, as_text
from ..presenters.document_data import DocumentsById
from ..queries.moment import PARAMETER, moment

EMBEDDABLE_KINDS = ("question", "claim", "statement")
MAX_LINKED_STATEMENTS = 20


def site_context(request: HttpRequest, content: dict, now: Head, *, past: bool = True) -> dict:
    """What the base template shows around a page's `content`. Addresses with a host are whole, others begin with /.

    `report` opens a letter about the page to the publisher. `lasting` shows the page for ever as it stood at this entry
    of the log, `feed` tells the page's changes, `oembed` describes its embeddable card, without a `format`: each is ""
    where there is none. `newest` leads from a page of the past to the same page now, and is "" on that one.
    A request that has a `preview` is for a page that is not public: its sentence says so at the top of the page.
    """
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    prefix, path = get_script_prefix().rstrip("/"), split_language(request.path_info)[1]
    plain = prefix + path
    root = request.build_absolute_uri("/").rstrip("/")
    canonical_address = request.build_absolute_uri(request.path)
    of_document, embeddable = content["page"] in DOCUMENT_TYPES, content["page"] in EMBEDDABLE_KINDS
    feeds = {"home": reverse("feed"), "corrections": reverse("corrections_feed")}
    lasting = f"{request.path}?{address_query(request.GET, now.seq)}" if past and now.seq else ""
    newest = ""
    if moment() is not None:
        embeddable = False
        newest = f"{request.path}?{request.GET.urlencode()}".rstrip("?")
    return {
        "head": {"seq": now.seq, "link": now.link, "published_at": now.published_at},
        "root": root,
        "plain": plain,
        "canonical": canonical_address,
        "languages": [{**link, "query": query} for link in language_links(request.path_info)],
        "twin": prefix + twin_path(path) + query,
        "feed": f"{content['address']}/feed" if of_document else feeds.get(content["page"], ""),
        "lasting": lasting,
        "newest": newest,
        "cite": page_citation(content, f"{root}{lasting}" if lasting else canonical_address + query, now),
        "oembed": f"{get_script_prefix()}oembed?{urlencode({'url': canonical_address})}" if embeddable else "",
        "report": report_address(f"{root}{lasting}" if lasting else canonical_address + query, content["title"]),
        "preview": getattr(request, "preview", ""),
        "embed": f"{content['address']}/embed" if embeddable else "",
    }


def report_address(address: str, title: str) -> str:
    """A letter to the publisher about a page, to be opened in the reader's own program; "" where no address is known.

    `address` is the permanent link of what is meant.
    """
    if not settings.PUBLISHER.email:
        return ""
    subject = _("Error on %(page)s") % {"page": title or settings.SITE_NAME}
    body = "\n\n\n".join([_("What is wrong:"), _("What is right, and where that can be read:"), address])
    return f"mailto:{settings.PUBLISHER.email}?{urlencode({'subject': subject[:200], 'body': body}, quote_via=quote)}"


def address_query(query: QueryDict, seq: int) -> str:
    """The query of a page, at an entry of the log."""
    asked = query.copy()
    asked[PARAMETER] = str(seq)
    return asked.urlencode()


def keep_moment(address: str) -> str:
    """The address of another part of the same page, at the entry that is read if it is one of the past."""
    if (seq := moment()) is None:
        return address
    path, _, query = address.partition("?")
    return f"{path}?{address_query(QueryDict(query), seq)}"


def linked_data(
    document: AnyDocument,
    named: DocumentsById,
    statements: Iterable[Statement] = (),
    claims: Iterable[Claim] = (),
    held: str = "",
) -> dict:
    """What the head of a document's page says in the words of schema.org, with the first statements of the page."""
    shown = list(islice(statements, MAX_LINKED_STATEMENTS))
    return schema_org.page_node(document, site=this_site(), named=named, statements=shown, claims=claims, held=held)


def page_citation(content: dict, address: str, now: Head) -> dict | None:
    """How to cite the page as it is now: `text`, `bibtex` and `csl`. None for an empty record."""
    if now.published_at is None:
        return None
    return citation_formats(
        Citation(
            key=f"{content['page']}-{content.get('id') or 'page'}-{now.seq}",
            type="webpage",
            title=content["title"] or settings.SITE_NAME,
            container=settings.SITE_NAME,
            address=address,
            issued=now.published_at[:10],
            accessed=None,
            language=content.get("language") or get_language(),
            entry=now.seq,
        )
    )


def citation_formats(citation: Citation) -> dict:
    """A citation as plain text, as BibTeX and as CSL-JSON, each ready to be copied."""
    return {
        "text": as_text(citation),
        "bibtex": as_bibtex(citation).rstrip(),
        "csl": canonical_json([as_csl(citation)]).decode(),
    }
