"""Rows of the log as what happened, when, why, and what it changed: for histories, the page of corrections and feeds.

Rows are as `record.public_entries` gives them out: what was taken back is empty here.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

from django.utils.translation import gettext_lazy as _

from ..documents import AnyDocument, Claim, Redirect, decode, label_of, references_of
from ..documents.addresses import URL_FOLDERS, address_for
from ..documents.entries import format_moment
from ..models import Publication
from ..queries import querysets
from .claim_data import claim_title, holders_by_claim
from .document_data import DocumentsById, reference_to
from .versions import changed_fields

CHANGES = {
    "added": _("added"),
    "changed": _("changed"),
    "merged": _("merged"),
    "withdrawn": _("withdrawn"),
    "erased": _("erased"),
    "published again": _("published again"),
}
CHANGE_TITLES = {
    ("question", "added"): _("Question added"),
    ("question", "changed"): _("Question changed"),
    ("question", "withdrawn"): _("Question withdrawn"),
    ("question", "published again"): _("Question published again"),
    ("topic", "added"): _("Topic added"),
    ("topic", "changed"): _("Topic changed"),
    ("topic", "withdrawn"): _("Topic withdrawn"),
    ("topic", "published again"): _("Topic published again"),
    ("claim", "added"): _("Claim added"),
    ("claim", "changed"): _("Claim changed"),
    ("claim", "withdrawn"): _("Claim withdrawn"),
    ("claim", "published again"): _("Claim published again"),
    ("actor", "added"): _("Actor added"),
    ("actor", "changed"): _("Actor changed"),
    ("actor", "withdrawn"): _("Actor withdrawn"),
    ("actor", "published again"): _("Actor published again"),
    ("outlet", "added"): _("Outlet added"),
    ("outlet", "changed"): _("Outlet changed"),
    ("outlet", "withdrawn"): _("Outlet withdrawn"),
    ("outlet", "published again"): _("Outlet published again"),
    ("article", "added"): _("Article added"),
    ("article", "changed"): _("Article changed"),
    ("article", "withdrawn"): _("Article withdrawn"),
    ("article", "published again"): _("Article published again"),
    ("statement", "added"): _("Statement added"),
    ("statement", "changed"): _("Statement changed"),
    ("statement", "withdrawn"): _("Statement withdrawn"),
    ("statement", "published again"): _("Statement published again"),
    ("redirect", "merged"): _("Merged into another entry"),
}


def document_of_row(row: Publication | None) -> AnyDocument | None:
    """The document of a row, None where there is none any more."""
    return None if row is None or row.document is None else decode(row.document)


def change_of(row: Publication, before: Publication | None) -> str:
    """What a row did, as one of `CHANGES`; `before` is the row that it replaced, None where there is none."""
    if row.document is None:
        return "erased" if row.erased else "withdrawn"
    if row.kind == "redirect":
        return "merged"
    if row.version == 1:
        return "added"
    return "changed" if before is not None and before.document is not None else "published again"


def change_data(row: Publication, before: Publication | None, named: DocumentsById, *, slug: str = "") -> dict:
    """One row: its place in the log, the public reason, what happened, and what differs from the version before.

    `address` leads to what stands now (or says why nothing does), `version_address` to this version; both are empty
    where nothing of the row is given out. `was` names what was merged `into` another, as far as it is given out.
    `slug` is the one under which the object stands, where that is known.
    """
    document = document_of_row(row)
    change = change_of(row, before)
    part: dict = {
        "seq": row.seq,
        "version": row.version,
        "kind": row.kind,
        "id": row.public_id,
        "published_at": format_moment(row.published_at),
        "reason": row.reason,
        "link": row.link,
        "change": change,
        "change_words": CHANGES[change],
        "happened": CHANGE_TITLES.get((row.kind, change), CHANGES[change]),
        "name": "",
        "was": "",
        "into": None,
        "address": address_for(row.kind, row.public_id) if row.kind in URL_FOLDERS else "",
        "version_address": "",
        "changed": [],
        "differences": [],
    }
    if document is None:
        return part
    if isinstance(document, Redirect):
        return {**part, "was": name_before_merge(before), "into": reference_to(document.into, named)}
    here = address_for(row.kind, slug or document.slug)
    part |= {"name": label_of(document), "address": here, "version_address": f"{here}/versions/{row.version}"}
    if change == "changed":
        earlier = document_of_row(before)
        if earlier is not None and not isinstance(earlier, Redirect):
            part["differences"] = changed_fields(document, earlier, named)
            part["changed"] = [difference["field"] for difference in part["differences"]]
    return part


def name_before_merge(before: Publication | None) -> str:
    """What was merged was called so, "" where that is not given out any more."""
    merged = document_of_row(before)
    if merged is None or isinstance(merged, Redirect):
        return ""
    return claim_title(merged.text) if isinstance(merged, Claim) else label_of(merged)


def changes_data(rows: Iterable[Publication], before: Mapping[int, Publication]) -> list[dict]:
    """The parts of several rows, in their order. `before` maps a row's `seq` to the row that it replaced. Two queries.

    `held` says in words who holds a claim, "" of all else.

    What was erased or taken back is left out: nothing of it may be told.
    """
    rows = [row for row in rows if not row.erased]
    earlier = [before.get(row.seq) for row in rows]
    named = load_named_documents(*map(document_of_row, rows), *map(document_of_row, earlier))
    merged = [named.get(document.into) for document in map(document_of_row, rows) if isinstance(document, Redirect)]
    held = holders_by_claim([*map(document_of_row, rows), *merged])
    parts = [change_data(row, old, named) for row, old in zip(rows, earlier, strict=True)]
    return [part | {"held": held.get(part["into"]["id"] if part["into"] else part["id"], "")} for part in parts]


MOST_NAMED = 1000


def load_named_documents(*documents: AnyDocument | None) -> DocumentsById:
    """What documents name, as it stands now, of each the first MOST_NAMED: one query, and one more for each merge."""
    named = (islice(references_of(document), MOST_NAMED) for document in documents if document is not None)
    wanted = {target for of_document in named for _, target in of_document}
    return querysets.load_named_documents(wanted, {}) if wanted else {}
