"""Home: what is asked, what is contested in it, and what has changed lately. And the method by which it is recorded."""

from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from ..documents import Claim, Question, Redirect, decode, label_of, vocabulary
from ..documents.contested import contested_claims
from ..documents.entries import moment
from ..documents.vocabulary import DOCUMENT_KINDS
from ..presenters.changelog import CHANGES
from ..presenters.claim_data import held_part
from ..presenters.document_data import reference
from ..queries import querysets
from ..queries.counts import NONE, counts_by_question, questions_of_claims, standings
from ..queries.counts import tallies as counts_of_stances
from .responses import page

LATELY = 60
CLAIMS_SHOWN = 3


@page("record/home.html", home=True)
def home(request):
    known = querysets.documents(querysets.of_kind("question"), querysets.of_kind("claim"))
    questions = [document for document in known.values() if isinstance(document, Question)]
    claims = [document for document in known.values() if isinstance(document, Claim)]
    under, counts, tallies = questions_of_claims(), counts_by_question(), counts_of_stances()
    contested = contested_claims(claims, tallies)
    own = {question.id: [claim for claim in claims if under.get(claim.id) == question.id] for question in questions}
    shown = {question: most_spoken(members, contested, tallies) for question, members in own.items()}
    found = standings(claim.id for members in shown.values() for claim in members)
    return {
        "page": "home",
        "title": "",
        "description": _("Who says what about a contested matter, and how we know that they said it."),
        "questions": [
            {
                **reference(question),
                "description": question.description,
                "counts": {"claims": len(own[question.id]), **counts.get(question.id, NONE)},
                "contested": sum(claim.id in contested for claim in own[question.id]),
                "claims": [
                    {
                        **reference(claim),
                        "stances": found.stances(claim.id),
                        "contested": True,
                        "held": held_part(found.voices.get(claim.id, {})),
                        "position": claim.position,
                    }
                    for claim in shown[question.id]
                ],
            }
            for question in sorted(questions, key=lambda question: (question.position, question.title))
        ],
        "lately": publishing_acts(querysets.lately(LATELY)),
    }


def most_spoken(claims, contested, tallies) -> list[Claim]:
    """The contested ones among these claims, those that are most spoken to first; the first few."""

    def spoken(claim):
        return sum(taken.count for taken in tallies.get(claim.id, {}).values())

    found = [claim for claim in claims if claim.id in contested]
    return sorted(found, key=lambda claim: (-spoken(claim), claim.position, claim.text))[:CLAIMS_SHOWN]


def publishing_acts(rows) -> list[dict]:
    """Rows of the log, newest first, grouped into the acts that published them: when, why, and what.

    What was erased or taken back is left out: nothing of it may be told.
    """
    rows = (row for row in rows if not row.erased)
    return [
        {"at": moment(at), "reason": reason, "changes": [change_part(row) for row in members]}
        for (at, reason), members in groupby(rows, key=lambda row: (row.published_at, row.reason))
    ]


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


@page("record/method.html")
def method(request):
    return {
        "page": "method",
        "title": _("Method"),
        "description": _("What the words of this record mean, how origins are counted, and what is never published."),
        "address": reverse("method"),
        "stances": terms(vocabulary.STANCES),
        "actor_kinds": terms(vocabulary.ACTOR_KINDS),
        "claim_kinds": terms(vocabulary.CLAIM_KINDS),
        "relations": terms(vocabulary.RELATIONS),
        "modes": terms(vocabulary.MODES),
        "bases": terms(vocabulary.BASES),
        "steps": terms(vocabulary.STEPS),
        "derivations": terms(vocabulary.DERIVATIONS),
        "treatments": terms(vocabulary.TREATMENTS),
    }


def terms(words) -> list[dict]:
    return [{"code": code, "word": term.word, "meaning": term.meaning} for code, term in words.items()]
