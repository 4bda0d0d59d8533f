"""How to cite what stands at an address: the page at this entry of the log, and the article itself where it is one."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from .. import querysets
from ..addresses import FOLDERS, address_of
from ..citations import as_bibtex, as_csl, cite_article, cite_page, title_of
from ..documents import Article, canonical, names
from ..entries import read_moment
from ..heads import forms_of
from ..held import held_by_claim
from ..parts import reference
from ..twins import answered, page
from ..vocabulary import DOCUMENT_KINDS

FILES = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda cited: "".join(map(as_bibtex, cited)).encode()),
    "csl.json": ("application/vnd.citationstyles.csl+json", lambda cited: canonical([as_csl(one) for one in cited])),
}


@page("record/cite.html")
def cite(request, *, kind, slug):
    document, now, named, held = found(kind, slug)
    here = address_of(document)
    plain = f"{get_script_prefix()}{FOLDERS[kind]}/{document.slug}/cite"  # files have no language
    return {
        "page": "cite",
        "title": _("Cite: %(name)s") % {"name": title_of(document, named, held)},
        "description": _("How to cite this page, at the version that you have read, as text, BibTeX and CSL-JSON."),
        "id": document.id,
        "kind": kind,
        "kind_words": DOCUMENT_KINDS[kind][0],
        "about": {**reference(document), "held": held},
        "address": f"{here}/cite",
        "citations": [
            {"of": "article" if cited.entry is None else "page", **forms_of(cited)}
            for cited in citations(request, document, now, named, held)
        ],
        "files": [{"name": name, "address": f"{plain}.{name}"} for name in FILES],
    }


@answered()
def cite_file(request, now, *, twin, kind, slug, form):
    """The citations as a file, for programs that keep references."""
    document, now, named, held = found(kind, slug)
    content_type, written = FILES[form]
    response = HttpResponse(written(citations(request, document, now, named, held)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{document.id}.{form}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def found(kind: str, slug: str):
    """The document, the head of the log, what the document names, and who holds it if it is a claim: four queries."""
    document = querysets.at(kind, slug)
    named = querysets.named_by({target for _kind, target in names(document)}, {document.id: document})
    return document, querysets.head(), named, held_by_claim([document]).get(document.id, "")


def citations(request, document, now, named, held) -> list:
    """The page as it stood at the head of the log; for an article the article itself before it."""
    lasting = request.build_absolute_uri(f"{address_of(document)}/as-of/{now.seq}")
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
    return [of_page]
