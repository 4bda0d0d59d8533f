"""How others follow and point at what stands here (docs/following.md): citations, cards and feeds.

A citation names the page at this entry of the log, and for an article the article itself.

A card is real text in a blockquote, which may stand in a frame anywhere; oEmbed (https://oembed.com/) describes it. It
needs no script and no style: who copies it has the words, the speaker and the link.

A feed (Atom, RFC 4287) tells additions, corrections and withdrawals with their public reasons and what differs. An
entry's `id` is the name of one version of one document, the same in every feed and every language.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from math import ceil
from types import MappingProxyType
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.clickjacking import xframe_options_exempt
from msgspec.structs import replace

from ..documents import (
    Article,
    Claim,
    PageDocument,
    Question,
    Statement,
    canonical_json,
    references_of,
    resolve_document,
)
from ..documents.addresses import URL_FOLDERS, address_of, split_language
from ..documents.answer_memo import speak
from ..documents.contested_claims import add_opposed_claims
from ..documents.entries import Head, read_moment
from ..documents.vocabulary import DOCUMENT_KINDS, STANCES
from ..documents.wording import add_quotation_marks, has_quoted_words, printing_order
from ..linked_data.site import Site, this_site
from ..models import Publication
from ..presenters.card_answers import card_answers
from ..presenters.changelog import changes_data
from ..presenters.citations import Citation, as_bibtex, as_csl, cite_article, cite_page, locator_of
from ..presenters.citations import title_of as title_of_cited
from ..presenters.claim_data import claim_title, holders_by_claim, holders_data, title_of
from ..presenters.document_data import (
    DocumentsById,
    article_reference,
    claims_in,
    notes_data,
    redirect_resolver,
    reference,
    speaker_of,
    wording_data,
)
from ..presenters.formatting import capitalize_sentence, count_words, date_words, support_words, wording_words
from ..queries import querysets
from ..queries.changes_of_pages import recent_publications_about
from ..queries.counts import claim_counts, support_of
from ..queries.moment import PARAMETER
from ..queries.query_forms import Parameter, QueryForm, read_choice, read_number, read_words
from ..queries.querysets import DocumentMoved, DocumentNotFound
from ..queries.question_documents import leading_claims
from .page_context import EMBEDDABLE_KINDS, citation_formats, keep_moment
from .responses import ANY_KIND, json_response, page_response, public_view

CITATION_FILES = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda cited: "".join(map(as_bibtex, cited)).encode()),
    "csl.json": (
        "application/vnd.citationstyles.csl+json",
        lambda cited: canonical_json([as_csl(citation) for citation in cited]),
    ),
}


@public_view(past=True, of=ANY_KIND)
def cite(request: HttpRequest, now: Head, *, twin: bool, kind: str, slug: str) -> HttpResponse:
    """How to cite a page, at the entry that changed it last."""
    content = citations_content(request, now, kind, slug)
    return page_response(request, "record/cite.html", content, now, twin=twin)


def citations_content(request: HttpRequest, now: Head, kind: str, slug: str) -> dict:
    document, named, held = document_to_cite(kind, slug)
    here = address_of(document)
    plain = f"{get_script_prefix()}{URL_FOLDERS[kind]}/{document.slug}/cite"  # files have no language
    files = [{"name": name, "address": keep_moment(f"{plain}.{name}")} for name in CITATION_FILES]
    return {
        "page": "cite",
        "title": _("Cite: %(name)s") % {"name": title_of_cited(document, named, held)},
        "description": _("How to cite this page, at the version that you have read, as text, BibTeX and CSL-JSON."),
        "id": document.id,
        "kind": kind,
        "kind_words": DOCUMENT_KINDS[kind][0],
        "about": {**reference(document), "held": held},
        "address": f"{here}/cite",
        "citations": [
            {"of": "article" if cited.entry is None else "page", **citation_formats(cited)}
            for cited in citation_list(request, document, now, named, held)
        ],
        "files": files,
    }


@public_view(past=True, of=ANY_KIND)
def cite_file(request: HttpRequest, now: Head, *, twin: bool, kind: str, slug: str, form: str) -> HttpResponse:
    """The citations as a file, for programs that keep references."""
    document, named, held = document_to_cite(kind, slug)
    content_type, written = CITATION_FILES[form]
    response = HttpResponse(written(citation_list(request, document, now, named, held)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{document.id}.{form}"'
    return response


def document_to_cite(kind: str, slug: str) -> tuple[PageDocument, DocumentsById, str]:
    """The document, what it names, and who holds it if it is a claim: three queries."""
    document = querysets.document_at(kind, slug)
    named = querysets.load_named_documents(ids_on_card(document), {document.id: document})
    return document, named, holders_by_claim([document]).get(document.id, "")


def citation_list(
    request: HttpRequest, document: PageDocument, now: Head, named: DocumentsById, held: str
) -> list[Citation]:
    """The page as it stood after an entry; for an article the article itself before it."""
    if now.published_at is None:
        raise DocumentNotFound  # in an empty record there is nothing to cite
    lasting = request.build_absolute_uri(f"{address_of(document)}?{PARAMETER}={now.seq}")
    of_page = cite_page(
        document,
        site=settings.SITE_NAME,
        address=lasting,
        entry=now.seq,
        published=read_moment(now.published_at).date(),
        named=named,
        held=held,
    )
    if isinstance(document, Article):
        return [cite_article(document, address=lasting, named=named), of_page]
    if isinstance(document, Statement):
        return [of_page, *cite_places(document, named, request)]
    return [of_page]


def cite_places(statement: Statement, named: DocumentsById, request: HttpRequest) -> list[Citation]:
    """The first articles whose originals have pages or times, each with the place of the words."""
    rows = [row for row in statement.appearances if locator_of(row.passage.place)[0]][:MAX_PLACES_CITED]
    found = [(resolve_document(row.article, named, Article), row.passage.place) for row in rows]
    return [
        cite_article(article, address=request.build_absolute_uri(address_of(article)), named=named, place=place)
        for article, place in found
        if article is not None
    ]


MAX_PLACES_CITED = 5


def read_url(value: str | None) -> str:
    if not value:
        raise ValidationError(_("Give the address of a page of this site: that of a question, a claim or a statement."))
    return value


def read_pixels(value: str | None) -> int | None:
    return read_number(value or None, 1, 99_999, _("“%(value)s” is not a number of pixels."))


class DescriptionForm(QueryForm):
    """What oEmbed's consumers send: "dnt" asks not to be tracked, which nobody is here."""

    url = Parameter(read_url)
    format = Parameter(
        partial(read_choice, values=("json", "xml"), words=lazy("Descriptions are available as %(choices)s."))
    )
    maxwidth = Parameter(read_pixels)
    maxheight = Parameter(read_pixels)
    dnt = Parameter(read_words)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_view(of=ANY_KIND, kept=True)
def embed(request: HttpRequest, now: Head, *, twin: bool, kind: str, slug: str) -> HttpResponse:
    """The card as a page: the only one that other sites may show in a frame."""
    document = querysets.document_at(kind, slug)
    made = build_card(document)
    content = {"card": made, "name": made["title"], "page": request.build_absolute_uri(address_of(document))}
    return HttpResponse(render_to_string("record/embed.html", content, using="jinja2"))


@public_view(DescriptionForm.names())
def oembed(request: HttpRequest, now: Head, *, twin: bool) -> HttpResponse:
    """The description of a card, as oEmbed has it."""
    wanted = DescriptionForm(request.GET).clean_values()
    kind, slug, code = page_at_url(request, wanted["url"])
    with speak(code):
        try:
            document = querysets.document_at(kind, slug)
        except DocumentMoved as moved:
            document = moved.document
        described = oembed_fields(request, document, wanted)
    if wanted["format"] == "xml":
        body = encode_xml(render_to_string("record/oembed.xml", {"described": described}, using="jinja2"))
        response = HttpResponse(body, content_type="text/xml; charset=utf-8")
    else:
        response = json_response(described)
    return response


def page_at_url(request: HttpRequest, url: str) -> tuple[str, str, str]:
    """The kind, the slug and the language of the page at an address. Raises `NotFound` with a kind sentence."""
    path = local_path(url, hosts={request.get_host().lower(), urlsplit(settings.SITE_ADDRESS).netloc.lower()})
    words = _("There is no card for this address: cards are made of the questions, claims and statements of this site.")
    if path is None or not path.startswith(get_script_prefix()):
        raise DocumentNotFound(words)
    code, plain = split_language(f"/{path.removeprefix(get_script_prefix())}")
    with speak(settings.LANGUAGE_CODE):  # whose addresses have no prefix
        try:
            match = resolve(f"{get_script_prefix().rstrip('/')}{plain}")
        except Resolver404:
            raise DocumentNotFound(words) from None
    if match.url_name not in EMBEDDABLE_KINDS:
        raise DocumentNotFound(words)
    return match.url_name, match.kwargs["slug"], code


def build_card(document: PageDocument) -> dict:
    """The card of a document: four queries at most, and one for each merge on the way."""
    match document:
        case Question():
            return question_card(document)
        case Claim():
            related = querysets.related_claims(querysets.single_claim_id(document.id))
            named = querysets.load_named_documents({document.question}, {document.id: document}, related)
            beside = add_opposed_claims([document], claims_in(named), redirect_resolver(named))
            found = claim_counts(beside, of=("claim", document.id))
            return card_data(
                document,
                named,
                support=found.counts_of(document.id),
                stances=found.stances(document.id),
                held=holders_data(found.voices.get(document.id, {}))["words"],
                contested=document.id in found.contested_among(beside.values(), redirect_resolver(named)),
            )
    named = querysets.load_named_documents(ids_on_card(document), {document.id: document})
    return card_data(document, named, support=support_of(statement=document.id))


def question_card(asked: Question) -> dict:
    """The card of a question, three queries on kept summaries: its first answers, and who holds and contests each."""
    named = querysets.load_documents(*leading_claims(asked.id))
    claims = claims_in(named)
    found = claim_counts((claim.id for claim in claims), of=("question", asked.id))
    contested = found.contested_among(claims, redirect_resolver(named))
    claims.sort(key=lambda claim: (claim.id not in contested, -found.position_count(claim.id), claim.position))
    counts = found.counts_of(asked.id)
    made = card_data(asked, named, support=counts)
    made["answers"] = card_answers(claims, found.voices, contested, redirect_resolver(named))
    number = found.claims.get(asked.id, len(claims))
    made["lines"] = [", ".join(filter(None, [count_words(number, "claim") if number else "", *made["lines"]]))]
    return made


MOST_NAMED = 100  # documents that a card or a citation may name


def ids_on_card(document: PageDocument) -> set[str]:
    """The ids that a card or a citation of a document may show; of a statement those of the printing that leads."""
    if isinstance(document, Statement) and len(document.appearances) > 1:
        leading = document.appearances[printing_order(document)[0]]
        document = replace(document, appearances=(leading,), stances=document.stances[:12])
    return {target for _kind, target in islice(references_of(document), MOST_NAMED)}


def oembed_fields(request: HttpRequest, document: PageDocument, wanted: dict) -> dict:
    """The fields of oEmbed 1.0 for content of the type "rich"."""
    made = build_card(document)
    page = request.build_absolute_uri(address_of(document))
    width, height = size_of(made, most_wide=wanted["maxwidth"], most_high=wanted["maxheight"])
    html = render_to_string("record/_card.html", {"card": made, "page": page}, using="jinja2")
    return {
        "version": "1.0",
        "type": "rich",
        "title": made["title"],
        **({"author_name": made["by"]} if made["by"] else {}),
        "provider_name": settings.SITE_NAME,
        "provider_url": request.build_absolute_uri(get_script_prefix()),
        "cache_age": CARD_CACHE_SECONDS,
        "width": width,
        "height": height,
        "html": html.strip(),
    }


CARD_WIDTH = 550  # pixels
CARD_CACHE_SECONDS = 3600  # seconds that a card may be kept
NO_STANCES: Mapping[str, int] = MappingProxyType({})


def card_data(
    document: PageDocument,
    named: DocumentsById,
    *,
    support: dict[str, int],
    stances: Mapping[str, int] = NO_STANCES,
    held: str = "",
    contested: bool = False,
) -> dict:
    """What a card of a question, a claim or a statement says.

    `title` is what it is called; `text` in its `language`, with quotation marks where somebody's own words stand in it,
    `quoted` where it holds nothing else; of statements, `before` it who worded it; `label`, what it is where it is
    nobody's words; of a question its `answers`; `by`, who speaks; `notes`, the editors'; `lines` below it. `stances`
    counts those towards a claim, `held` says who holds it (record/presenters/claim_data.py), `support` is that of
    record/presenters/document_data.py.
    """
    behind = support_words(support["articles"], support["origins"]) if support["articles"] else ""
    match document:
        case Question():
            return {
                "title": document.title,
                "text": document.title,
                "label": "",
                "language": "",
                "quoted": False,
                "by": "",
                "notes": notes_data(document),
                "lines": [behind],
            }
        case Claim():
            taken = ", ".join(f"{STANCES[code].word}: {count}" for code, count in stances.items())
            return {
                "title": claim_title(document.text, held),
                "label": _("Contested claim:") if contested else _("Claim:"),
                "text": document.text,
                "language": document.language,
                "quoted": False,
                "by": capitalize_sentence(held),
                "notes": notes_data(document),
                "lines": [taken or _("No stances recorded yet"), behind],
            }
        case Statement():
            return {
                "title": f"{speaker_of(document, named)['name']}: {document.summary}",
                "label": "",
                **words_of(document, named),
                "by": speaker_of(document, named)["name"],
                "notes": notes_data(document),
                "lines": [
                    ", ".join(
                        filter(None, [document.role, date_words(document.said_on.edtf) if document.said_on else ""])
                    ),
                    printing_line(document, named),
                    behind,
                ],
            }
    raise TypeError(f"no card is made of a {type(document).__name__}")


def words_of(statement: Statement, named: DocumentsById) -> dict:
    """The words of a statement: the speaker's own, else as an article reports them, else what they amount to."""
    if has_quoted_words(statement):
        words = add_quotation_marks(statement.words, statement.language)
        return {"text": words, "language": statement.language, "quoted": True, "before": ""}
    if statement.appearances:
        shown = statement.appearances[printing_order(statement)[0]]
        wording = wording_data(statement, shown, named)
        return {
            "text": "".join(run["text"] for run in wording["runs"]),
            "language": article_reference(shown.article, named)["language"],
            "quoted": wording["kind"] == "quotation",
            "before": wording_words(wording),
        }
    return {"text": statement.summary, "language": "", "quoted": False, "before": ""}


def printing_line(statement: Statement, named: DocumentsById) -> str:
    """Where the words that the card shows were printed; "" where that is not on record."""
    if not statement.appearances:
        return ""
    article = article_reference(statement.appearances[printing_order(statement)[0]].article, named)
    where = _("printed in %(outlet)s") % {"outlet": article["outlet"]["name"]}
    return f"{where}, {date_words(article['published']['edtf'])}" if article["published"] else where


def size_of(made: dict, *, most_wide: int | None, most_high: int | None) -> tuple[int, int]:
    """Width and height that the card asks for, in pixels, within what the other page allows."""
    width = max(min(CARD_WIDTH, most_wide or CARD_WIDTH), 1)
    signs = (
        len(made["label"])
        + len(made.get("before", ""))
        + len(made["text"])
        + sum(map(len, made["lines"]))
        + len(made["by"])
    )
    signs += sum(len(note["text"]) + 20 for note in made["notes"])
    answers = made.get("answers", ())
    signs += sum(len(answer["text"]) + len(answer["holds"]) + len(answer["contests"]) + 60 for answer in answers)
    height = (
        90
        + 24 * len(answers)
        + 28 * ceil(signs / max(width / 9, 1))
        + 24 * len([line for line in made["lines"] if line])
    )
    return width, min(height, most_high or height)


def local_path(url: str, *, hosts: set[str]) -> str | None:
    """The path of an address on this site; None for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in hosts:
        return None
    return parts.path or "/"


MAX_FEED_ENTRIES, MAX_CORRECTIONS = 50, 30  # what differs makes entries of corrections five times as long


@public_view(past=True, kept=True)
def record_feed(request: HttpRequest, now: Head, *, twin: bool) -> HttpResponse:
    """What was published lately, whatever it is."""
    about = _("Everything that is published, changed or withdrawn, with the public reasons.")
    return feed_response(
        request, querysets.recent_publications(MAX_FEED_ENTRIES), settings.SITE_NAME, about, page=reverse("home")
    )


@public_view(past=True, kept=True)
def corrections_feed(request: HttpRequest, now: Head, *, twin: bool) -> HttpResponse:
    """What was changed or withdrawn."""
    title = _("%(site)s: corrections") % {"site": settings.SITE_NAME}
    about = _("What was changed or withdrawn after publication, with the public reason, newest first.")
    return feed_response(request, querysets.corrections(MAX_CORRECTIONS), title, about, page=reverse("corrections"))


@public_view(past=True, of=ANY_KIND, kept=True)
def document_feed(request: HttpRequest, now: Head, *, twin: bool, kind: str, slug: str) -> HttpResponse:
    """What changed on the page of one document: itself, and what stands on its page."""
    document = querysets.document_at(kind, slug)
    name = title_of(document, holders_by_claim([document]).get(document.id, ""))
    title = _("%(name)s – %(site)s") % {"name": name, "site": settings.SITE_NAME}
    words = _("What is published and changed here, with the public reasons: %(name)s") % {"name": name}
    return feed_response(
        request,
        recent_publications_about(kind, document.id, MAX_FEED_ENTRIES),
        title,
        words,
        page=address_of(document),
    )


def feed_response(
    request: HttpRequest, rows: Iterable[Publication], title: str, subtitle: str, *, page: str
) -> HttpResponse:
    """The rows as a feed; `page` is the path of what it tells of."""
    root, site = request.build_absolute_uri("/").rstrip("/"), this_site()
    changes = changes_data(rows, querysets.replaced_versions(rows))
    content = {
        "title": title,
        "subtitle": subtitle,
        "id": f"{site.address}{request.path}",
        "own": f"{root}{keep_moment(request.path)}",
        "page": f"{root}{keep_moment(page)}",
        "updated": changes[0]["published_at"] if changes else EPOCH,
        "entries": [feed_entry(change, root, site) for change in changes],
    }
    body = encode_xml(render_to_string("record/feed.xml", content, using="jinja2"))
    return HttpResponse(body, content_type=ATOM)


# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), in text that JSON can.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

ATOM = "application/atom+xml; charset=utf-8"
EPOCH = "1970-01-01T00:00:00Z"


def feed_entry(change: dict, root: str, site: Site) -> dict:
    """One change as an entry: leads to the page, or for what was withdrawn to the page that says why."""
    called = change["name"] or (change["into"] or {}).get("name", "")
    title = f"{change['happened']}: {called}" if called else str(change["happened"])
    return {
        **change,
        "atom_id": f"{site.identity(change['id'])}#version-{change['version']}",
        "title": " — ".join(filter(None, [title, change["held"]])),
        "page": f"{root}{change['address'] or (change['into'] or {}).get('address') or '/'}",
        "version_page": f"{root}{change['version_address']}" if change["version_address"] else "",
    }


def encode_xml(text: str) -> bytes:
    """The text in UTF-8, without the signs that no XML document may hold."""
    return _NOT_IN_XML.sub("\ufffd", text).encode()
