"""Home: what is asked, what is contested in it, and what has changed lately."""

from itertools import groupby

from django.utils.translation import gettext as _

from .. import querysets
from ..changelog import CHANGES
from ..comparison import is_contested
from ..documents import Redirect, decode, label_of
from ..entries import moment
from ..parts import reference
from ..twins import page
from ..vocabulary import DOCUMENT_KINDS, STANCES

LATELY = 60
CLAIMS_SHOWN = 3


@page("record/home.html", home=True)
def home(request):
    questions = querysets.documents(querysets.of_kind("question"))
    claims = querysets.documents(querysets.of_kind("claim"))
    counts = querysets.counts_by_question()
    tallies = querysets.stances_by_claim()
    return {
        "page": "home",
        "title": "",
        "description": _("Who says what about a contested matter, and how we know that they said it."),
        "questions": [
            question_part(question, claims.values(), counts, tallies)
            for question in sorted(questions.values(), key=lambda question: (question.position, question.title))
            if not isinstance(question, Redirect)
        ],
        "lately": publishing_acts(querysets.lately(LATELY)),
    }


def question_part(question, claims, counts, tallies) -> dict:
    """One question with its counts and its contested claims, those that are most spoken to first."""
    own = [claim for claim in claims if not isinstance(claim, Redirect) and claim.question == question.id]
    none = {"actors": 0, "statements": 0, "articles": 0, "origins": 0}
    parts = [
        {
            **reference(claim),
            "stances": {stance: tallies[claim.id][stance] for stance in STANCES if stance in tallies.get(claim.id, {})},
            "contested": is_contested(tallies.get(claim.id, {})),
            "position": claim.position,
        }
        for claim in own
    ]
    contested = [part for part in parts if part["contested"]]
    contested.sort(key=lambda part: (-sum(part["stances"].values()), part["position"]))
    return {
        **reference(question),
        "description": question.description,
        "counts": {"claims": len(own), **counts.get(question.id, none)},
        "contested": len(contested),
        "claims": contested[:CLAIMS_SHOWN],
    }


def publishing_acts(rows) -> list[dict]:
    """Rows of the log, newest first, grouped into the acts that published them: when, why, and what.

    What was erased or taken back is left out: nothing of it may be told.
    """
    acts = []
    rows = (row for row in rows if not row.erased)
    for (at, reason), members in groupby(rows, key=lambda row: (row.published_at, row.reason)):
        acts.append({"at": moment(at), "reason": reason, "changes": [change_part(row) for row in members]})
    return acts


def change_part(row) -> dict:
    """One row of the log: what happened to what, also in `words`. Only what stands has an address."""
    part = {"seq": row.seq, "kind": row.kind, "version": row.version, "name": "", "address": "", "language": ""}
    if row.document is None:
        return {**part, **happened("withdrawn", row.kind)}
    document = decode(row.document)
    if isinstance(document, Redirect):
        return {**part, **happened("merged", row.kind)}
    shown = reference(document) if row.superseded_by is None else {"name": label_of(document), "address": ""}
    change = "added" if row.version == 1 else "changed"
    return {**part, **happened(change, row.kind), "name": shown["name"], "address": shown["address"]}


def happened(change: str, kind: str) -> dict:
    """A change of a document of one kind, as a code and in words; a redirect says of no kind what it was."""
    if kind not in DOCUMENT_KINDS:
        return {"change": change, "words": CHANGES[change]}
    words = _("%(change)s %(kind)s") % {"change": CHANGES[change], "kind": DOCUMENT_KINDS[kind][0]}
    return {"change": change, "words": words}
