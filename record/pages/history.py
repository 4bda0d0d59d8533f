"""The history of one object: every version that was published, when, why, and what it changed; and each version itself.
Corrections: the same of all objects, as far as something was changed or taken back.

A version's address stays. What was withdrawn is answered 410 with the public reason, and so is a version of which
nothing is given out any more.
"""

from django.utils.translation import gettext as _
from msgspec import Raw

from ..documents.addresses import address
from ..documents.vocabulary import DOCUMENT_KINDS
from ..presenters.changelog import change_part, changes, named_in, opened
from ..presenters.claim_data import held_by_claim, title_of
from ..presenters.document_data import reference
from ..presenters.versions import told
from ..queries import querysets
from ..queries.query_forms import BeforeForm, NoSuchPage
from ..queries.querysets import NotFound, Withdrawn
from .responses import answered, page, redirected

AT_ONCE = 30


@page("record/history.html", accepts=BeforeForm.names())
def history(request, *, kind, slug):
    document = querysets.at(kind, slug)
    start = BeforeForm(request.GET).asked()["before"]
    if not (rows := querysets.versions_of(document.id, AT_ONCE + 1, before=start)):
        raise NotFound
    named = named_in(*map(opened, rows))
    held = held_by_claim([document]).get(document.id, "")
    shown = rows[:AT_ONCE]
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
            change_part(row, earlier, named, slug=document.slug)
            for row, earlier in zip(shown, [*rows[1:], None][: len(shown)], strict=True)
        ],
        "older": shown[-1].version if len(rows) > AT_ONCE else None,
    }


@page("record/version.html")
def version(request, *, kind, slug, number):
    """One version as it was published, word for word."""
    standing = querysets.at(kind, slug)
    rows = querysets.versions_of(standing.id, 2, before=number + 1)
    if not rows or rows[0].version != number:
        raise NotFound
    row, before = rows[0], rows[1] if len(rows) > 1 else None
    if (document := opened(row)) is None:
        raise (
            Withdrawn(row.reason, row.published_at) if row.reason else querysets.withdrawal_after(row.public_id, number)
        )
    named = named_in(document, opened(before))
    held = held_by_claim([standing]).get(standing.id, "")
    return {
        "page": "version",
        "title": _("%(name)s (version %(number)s)") % {"name": title_of(standing, held), "number": number},
        "description": _("Version %(number)s, as it was published: %(name)s")
        % {"number": number, "name": title_of(standing, held)},
        "id": document.id,
        "kind": kind,
        "kind_words": DOCUMENT_KINDS[kind][0],
        "about": {**reference(standing), "held": held},
        "address": f"{address(kind, standing.slug)}/versions/{number}",
        "current": row.superseded_by is None,
        "entry": change_part(row, before, named),
        "digest": row.digest,
        "fields": told(document, named),
        "document": Raw(row.document.encode()),
    }


@answered()
def as_of(request, now, *, twin, kind, slug, seq):
    """Leads to the version of an object that stood after an entry of the log: the address by which pages are cited."""
    standing = querysets.at(kind, slug)
    stood = querysets.version_as_of(standing.id, seq) if seq <= now.seq else None
    if stood is None:
        raise NotFound(_("Nothing stood under this address after that entry of the log."))
    return redirected(f"{address(kind, standing.slug)}/versions/{stood}")


@page("record/corrections.html", accepts=BeforeForm.names())
def corrections(request):
    start = BeforeForm(request.GET).asked()["before"]
    rows = querysets.corrections(AT_ONCE + 1, before=start)
    if not rows and start is not None:
        raise NoSuchPage(_("There is no correction before that entry."))
    shown = rows[:AT_ONCE]
    return {
        "page": "corrections",
        "title": _("Corrections"),
        "description": _(
            "What had been published and was changed or taken back, with the public reason, newest first."
        ),
        "changes": changes(shown, querysets.replaced_by(shown)),
        "older": shown[-1].seq if len(rows) > AT_ONCE else None,
    }
