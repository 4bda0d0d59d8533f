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
from ..presenters.answers import answer_words
from ..presenters.card_answers import ANSWERS_SHOWN
from ..presenters.citations import Citation, as_bibtex, as_csl, as_text
from ..presenters.document_data import DocumentsById
from ..presenters.formatting import capitalize_sentence
from ..presenters.page_tables import table_of, table_suffixes, tables_of
from ..queries.moment import PARAMETER, moment
from ..queries.new_since import PARAMETER as SINCE
from ..queries.new_since import is_marked_page, since_entry

EMBEDDABLE_KINDS = ("question", "claim", "statement")
MAX_LINKED_STATEMENTS = 20


def site_context(request: HttpRequest, content: dict, now: Head, *, past: bool = True) -> dict:
    """What the base template shows around a page's `content`. Addresses with a host are whole, others begin with /.

    `report` opens a letter about the page to the publisher. `lasting` shows the page for ever as it stood at this entry
    of the log, `feed` tells the page's changes, `oembed` describes its embeddable card, without a `format`, `marking`
    marks what is new after this entry: each is "" where there is none. `newest` leads from a page of the past to the
    same page now, and is "" on that one. `shared` is what others show where the page is shared, `tables` are its tables
    as CSV by name.
    A request that has a `preview` is for a page that is not public: its sentence says so at the top of the page.
    """
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    prefix, path = get_script_prefix().rstrip("/"), split_language(request.path_info)[1]
    plain = prefix + path
    root = request.build_absolute_uri("/").rstrip("/")
    preview = getattr(request, "preview", "")
    canonical_address = request.build_absolute_uri(request.path)
    twin = twin_path(path)
    table_root, rest = prefix + twin.removesuffix(".json"), f"?{request.GET.urlencode()}".rstrip("?")
    of_document, embeddable = content["page"] in DOCUMENT_TYPES, content["page"] in EMBEDDABLE_KINDS
    marks_new = of_document or content["page"] == "home"
    feeds = {"home": reverse("feed"), "corrections": reverse("corrections_feed")}
    lasting = f"{request.path}?{address_query(request.GET, now.seq)}" if past and now.seq else ""
    newest = ""
    # Opened later, it marks what is new by then.
    marking = f"{request.path}?{address_query(request.GET, now.seq, SINCE)}" if marks_new and now.seq else ""
    if moment() is not None:
        embeddable, marking = False, ""
        newest = f"{request.path}?{request.GET.urlencode()}".rstrip("?")
    return {
        "head": {"seq": now.seq, "link": now.link, "published_at": now.published_at},
        "root": root,
        "plain": plain,
        "canonical": canonical_address,
        "languages": [{**link, "query": query} for link in language_links(request.path_info)],
        "twin": prefix + twin + query,
        "tables": {
            name: {
                "label": table_of(content, name).label,
                "address": keep_moment(f"{table_root}{suffix}{rest}"),
            }
            for name, suffix in table_suffixes(() if preview else tables_of(content)).items()
        },
        "feed": f"{content['address']}/feed" if of_document else feeds.get(content["page"], ""),
        "lasting": lasting,
        "newest": newest,
        "shared": shared_description(content),
        "marking": marking,
        "cite": page_citation(content, f"{root}{lasting}" if lasting else canonical_address + query, now),
        "oembed": f"{get_script_prefix()}oembed?{urlencode({'url': canonical_address})}" if embeddable else "",
        "report": report_address(f"{root}{lasting}" if lasting else canonical_address + query, content["title"]),
        "preview": preview,
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


def shared_description(content: dict) -> str:
    """What others show below the title where the page is shared: of a question its answers, else its description."""
    if content["page"] != "question" or content["narrowed"]:
        return content["description"]
    answers = [answer for answer in content["answers"] if answer["sides"]][:ANSWERS_SHOWN]
    words = [f"{answer['claim']['name']} {capitalize_sentence(answer_words(answer))}" for answer in answers]
    return " ".join(words) or content["description"]


def address_query(query: QueryDict, seq: int, parameter: str = PARAMETER) -> str:
    """The query of a page, at an entry of the log, or with what is new since."""
    asked = query.copy()
    asked[parameter] = str(seq)
    return asked.urlencode()


def keep_moment(address: str) -> str:
    """The address of another part of the same page: at the same entry of the past, or with the same marks."""
    path, _, query = address.partition("?")
    if (seq := moment()) is not None:
        return f"{path}?{address_query(QueryDict(query), seq)}"
    if (seq := since_entry()) is not None and is_marked_page(path):
        return f"{path}?{address_query(QueryDict(query), seq, SINCE)}"
    return address


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
