"""The history of one object: every version that was published, when, why, and what it changed; and each version itself.
Corrections: the same of all objects, as far as something was changed or taken back.

A version's address stays. What was withdrawn is answered 410 with the public reason, and so is a version of which
nothing is given out any more.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from msgspec import Raw

from ..documents import decode
from ..documents.addresses import address_for, address_of
from ..documents.entries import Head
from ..documents.vocabulary import DOCUMENT_KINDS
from ..presenters.changelog import change_data, changes_data, document_of_row, load_named_documents
from ..presenters.claim_data import holders_by_claim, title_of
from ..presenters.document_data import reference
from ..presenters.versions import field_items
from ..queries import querysets
from ..queries.moment import PARAMETER
from ..queries.page_state import PageState, versions_state
from ..queries.query_forms import BeforeForm, NoSuchPage
from ..queries.querysets import DocumentNotFound, DocumentWithdrawn
from .responses import page, permanent_redirect, public_view

PAGE_SIZE = 30


def state_of_versions(request: HttpRequest, *, kind: str, slug: str, number: int | None = None) -> PageState:
    """In which state the history of a document stands, and each of its versions."""
    return versions_state(kind, slug)


@page("record/history.html", of=state_of_versions, accepts=BeforeForm.names())
def history(request: HttpRequest, *, kind: str, slug: str) -> dict:
    document = querysets.document_at(kind, slug)
    start = BeforeForm(request.GET).clean_values()["before"]
    if not (rows := querysets.versions_of(document.id, PAGE_SIZE + 1, before=start)):
        raise DocumentNotFound
    named = load_named_documents(*map(document_of_row, rows))
    held = holders_by_claim([document]).get(document.id, "")
    shown = rows[:PAGE_SIZE]
    return {
        "page": "history",
        "title": _("History: %(name)s") % {"name": title_of(document, held)},
        "description": _("Every published version, with the reason for each change: %(name)s")
        % {"name": title_of(document, held)},
        "id": document.id,
        "kind": kind,
        "kind_words": DOCUMENT_KINDS[kind][0],
        "about": {**reference(document), "held": held},
        "address": f"{reference(document)['address']}/history",
        "versions": [
            change_data(row, earlier, named, slug=document.slug)
            for row, earlier in zip(shown, [*rows[1:], None][: len(shown)], strict=True)
        ],
        "older": shown[-1].version if len(rows) > PAGE_SIZE else None,
    }


@page("record/version.html", of=state_of_versions)
def version(request: HttpRequest, *, kind: str, slug: str, number: int) -> dict:
    """One version as it was published, word for word."""
    current = querysets.document_at(kind, slug)
    rows = querysets.versions_of(current.id, 2, before=number + 1)
    if not rows or rows[0].version != number:
        raise DocumentNotFound
    row, before = rows[0], rows[1] if len(rows) > 1 else None
    if row.document is None:
        raise (
            DocumentWithdrawn(row.reason, row.published_at)
            if row.reason
            else querysets.withdrawal_after(row.public_id, number)
        )
    document = decode(row.document)
    named = load_named_documents(document, document_of_row(before))
    held = holders_by_claim([current]).get(current.id, "")
    return {
        "page": "version",
        "title": _("%(name)s (version %(number)s)") % {"name": title_of(current, held), "number": number},
        "description": _("Version %(number)s, as it was published: %(name)s")
        % {"number": number, "name": title_of(current, held)},
        "id": document.id,
        "kind": kind,
        "kind_words": DOCUMENT_KINDS[kind][0],
        "about": {**reference(current), "held": held},
        "address": f"{address_for(kind, current.slug)}/versions/{number}",
        "current": row.superseded_by is None,
        "entry": change_data(row, before, named),
        "digest": row.digest,
        "fields": field_items(document, named),
        "document": Raw(row.document.encode()),
    }


@public_view()
def redirect_to_moment(request: HttpRequest, now: Head, *, twin: bool, kind: str, slug: str, seq: int) -> HttpResponse:
    """Leads to the page as it stood after an entry of the log, from the address by which pages were cited before."""
    current = querysets.document_at(kind, slug)
    if seq > now.seq or querysets.version_as_of(current.id, seq) is None:
        raise DocumentNotFound(_("Nothing stood under this address after that entry of the log."))
    return permanent_redirect(f"{address_of(current)}?{PARAMETER}={seq}")


@page("record/corrections.html", accepts=BeforeForm.names())
def corrections(request: HttpRequest) -> dict:
    start = BeforeForm(request.GET).clean_values()["before"]
    rows = querysets.corrections(PAGE_SIZE + 1, before=start)
    if not rows and start is not None:
        raise NoSuchPage(_("There is no correction before that entry."))
    shown = rows[:PAGE_SIZE]
    return {
        "page": "corrections",
        "title": _("Corrections"),
        "description": _("What was changed or withdrawn after publication, with the public reason, newest first."),
        "changes": changes_data(shown, querysets.replaced_versions(shown)),
        "older": shown[-1].seq if len(rows) > PAGE_SIZE else None,
    }
