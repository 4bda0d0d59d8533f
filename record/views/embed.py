"""Cards for other people's pages: the card, which may stand in a frame anywhere, and its description (oEmbed)."""

from functools import partial
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.clickjacking import xframe_options_exempt

from .. import querysets
from ..addresses import address_of
from ..asking import Parameter, QueryForm, read_number, read_one_of, read_words
from ..contested import contested_claims, with_opposed
from ..counts import standings, support_of
from ..documents import Claim, Question, names
from ..embedding import CACHED, card, path_on, size_of
from ..feeds import in_xml
from ..heads import EMBEDDABLE
from ..held import held_part
from ..languages import parted
from ..parts import claims_in, resolver
from ..querysets import Moved, NotFound
from ..twins import answered, as_json


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
        partial(read_one_of, values=("json", "xml"), words=lazy("Descriptions are given as %(choices)s."))
    )
    maxwidth = Parameter(read_pixels)
    maxheight = Parameter(read_pixels)
    dnt = Parameter(read_words)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@answered()
def embed(request, now, *, twin, kind, slug):
    """The card as a page: the only one that other sites may show in a frame."""
    document = querysets.at(kind, slug)
    made = made_of(document)
    content = {"card": made, "name": made["title"], "page": absolute(request, address_of(document))}
    return HttpResponse(render_to_string("record/embed.html", content, using="jinja2"))


@answered(DescriptionForm.names())
def oembed(request, now, *, twin):
    """The description of a card, as oEmbed has it."""
    wanted = DescriptionForm(request.GET).asked()
    kind, slug, code = found_at(request, wanted["url"])
    with translation.override(code):
        try:
            document = querysets.at(kind, slug)
        except Moved as moved:
            document = moved.document
        described = description(request, document, wanted)
    if wanted["format"] == "xml":
        body = in_xml(render_to_string("record/oembed.xml", {"described": described}, using="jinja2"))
        response = HttpResponse(body, content_type="text/xml; charset=utf-8")
    else:
        response = as_json(described)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def found_at(request, url: str) -> tuple[str, str, str]:
    """The kind, the slug and the language of the page at an address. Raises `NotFound` with a kind sentence."""
    path = path_on(url, hosts={request.get_host().lower(), urlsplit(settings.SITE_ADDRESS).netloc.lower()})
    words = _("There is no card for this address: cards are made of the questions, claims and statements of this site.")
    if path is None or not path.startswith(get_script_prefix()):
        raise NotFound(words)
    code, plain = parted(f"/{path.removeprefix(get_script_prefix())}")
    with translation.override(settings.LANGUAGE_CODE):  # whose addresses have no prefix
        try:
            match = resolve(f"{get_script_prefix().rstrip('/')}{plain}")
        except Resolver404:
            raise NotFound(words) from None
    if match.url_name not in EMBEDDABLE:
        raise NotFound(words)
    return match.url_name, match.kwargs["slug"], code


def made_of(document) -> dict:
    """The card of a document: four queries at most, and one for each merge on the way."""
    match document:
        case Question():
            named = querysets.named_by({target for _kind, target in names(document)}, {document.id: document})
            return card(document, named, support=standings(of=("question", document.id)).counts)
        case Claim():
            related = querysets.related_to(querysets.claim_alone(document.id))
            named = querysets.named_by({document.question}, {document.id: document}, related)
            beside = with_opposed([document], claims_in(named), resolver(named))
            found = standings(beside, of=("claim", document.id))
            return card(
                document,
                named,
                support=found.counts,
                stances=found.stances(document.id),
                held=held_part(found.voices.get(document.id, {}))["words"],
                contested=document.id in contested_claims(beside.values(), found.tallies, resolver(named)),
            )
    named = querysets.named_by({target for _kind, target in names(document)}, {document.id: document})
    return card(document, named, support=support_of(statement=document.id))


def description(request, document, wanted: dict) -> dict:
    """The fields of oEmbed 1.0 for content of the type "rich"."""
    made = made_of(document)
    page = absolute(request, address_of(document))
    width, height = size_of(made, most_wide=wanted["maxwidth"], most_high=wanted["maxheight"])
    html = render_to_string("record/_card.html", {"card": made, "page": page}, using="jinja2")
    return {
        "version": "1.0",
        "type": "rich",
        "title": made["title"],
        **({"author_name": made["by"]} if made["by"] else {}),
        "provider_name": settings.SITE_NAME,
        "provider_url": request.build_absolute_uri(get_script_prefix()),
        "cache_age": CACHED,
        "width": width,
        "height": height,
        "html": html.strip(),
    }


def absolute(request, path: str) -> str:
    return request.build_absolute_uri(path)
