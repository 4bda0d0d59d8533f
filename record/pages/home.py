"""Home: what is asked, what is contested in it, and what has changed lately. And the method by which it is recorded."""

from collections.abc import Container, Iterable, Mapping
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ..documents import Claim, Question, Redirect, Topic, decode, label_of, vocabulary
from ..documents.contested_claims import Tally, contested_claims
from ..documents.entries import format_moment
from ..documents.vocabulary import DOCUMENT_KINDS, Term
from ..models import Publication
from ..presenters.changelog import CHANGES
from ..presenters.claim_data import holders_data
from ..presenters.document_data import reference
from ..queries import querysets
from ..queries.counts import claim_counts, counts_by_question, questions_of_claims
from ..queries.counts import stance_tallies as counts_of_stances
from .responses import page
from .topic import topic_links

RECENT_ENTRIES = 60
CLAIMS_SHOWN = 3


@page("record/home.html", home=True)
def home(request: HttpRequest) -> dict:
    known = querysets.load_documents(
        querysets.publications_of_kind("question"),
        querysets.publications_of_kind("claim"),
        querysets.publications_of_kind("topic"),
    )
    questions = [document for document in known.values() if isinstance(document, Question)]
    claims = [document for document in known.values() if isinstance(document, Claim)]
    topics = topic_links([document for document in known.values() if isinstance(document, Topic)])
    under, counts, tallies = questions_of_claims(), counts_by_question(), counts_of_stances()
    contested = contested_claims(claims, tallies)
    own = {question.id: [claim for claim in claims if under.get(claim.id) == question.id] for question in questions}
    shown = {question: most_discussed_claims(members, contested, tallies) for question, members in own.items()}
    found = claim_counts(claim.id for members in shown.values() for claim in members)
    return {
        "page": "home",
        "title": "",
        "description": _("Who says what about a contested question, and how we know that they said it."),
        "topics": topics if len(topics) > 1 else [],
        "questions": [
            {
                **reference(question),
                "description": question.description,
                "counts": {"claims": len(own[question.id]), **counts[question.id]},
                "contested": sum(claim.id in contested for claim in own[question.id]),
                "claims": [
                    {
                        **reference(claim),
                        "stances": found.stances(claim.id),
                        "contested": True,
                        "held": holders_data(found.voices.get(claim.id, {})),
                        "position": claim.position,
                    }
                    for claim in shown[question.id]
                ],
            }
            for question in sorted(questions, key=lambda question: (question.position, question.title))
        ],
        "lately": publishing_acts(querysets.recent_publications(RECENT_ENTRIES)),
    }


def most_discussed_claims(
    claims: Iterable[Claim], contested: Container[str], tallies: Mapping[str, Tally]
) -> list[Claim]:
    """The contested ones among these claims, those that are most spoken to first; the first few."""

    def spoken(claim: Claim) -> int:
        return sum(taken.count for taken in tallies.get(claim.id, {}).values())

    found = [claim for claim in claims if claim.id in contested]
    return sorted(found, key=lambda claim: (-spoken(claim), claim.position, claim.text))[:CLAIMS_SHOWN]


def publishing_acts(rows: Iterable[Publication]) -> list[dict]:
    """Rows of the log, newest first, grouped into the acts that published them: when, why, and what.

    What was erased or taken back is left out: nothing of it may be told.
    """
    rows = (row for row in rows if not row.erased)
    return [
        {"at": format_moment(at), "reason": reason, "changes": [change_data(row) for row in members]}
        for (at, reason), members in groupby(rows, key=lambda row: (row.published_at, row.reason))
    ]


def change_data(row: Publication) -> dict:
    """One row of the log: what happened to what, also in `words`. Only what stands has an address."""
    part = {"seq": row.seq, "kind": row.kind, "version": row.version, "name": "", "address": "", "language": ""}
    if row.document is None:
        return {**part, **describe_change("withdrawn", row.kind)}
    document = decode(row.document)
    if isinstance(document, Redirect):
        return {**part, **describe_change("merged", row.kind)}
    shown = reference(document) if row.superseded_by is None else {"name": label_of(document), "address": ""}
    change = "added" if row.version == 1 else "changed"
    return {**part, **describe_change(change, row.kind), "name": shown["name"], "address": shown["address"]}


def describe_change(change: str, kind: str) -> dict:
    """A change of a document of one kind, as a code and in words; a redirect says of no kind what it was."""
    if kind not in DOCUMENT_KINDS:
        return {"change": change, "words": CHANGES[change]}
    words = _("%(change)s %(kind)s") % {"change": CHANGES[change], "kind": DOCUMENT_KINDS[kind][0]}
    return {"change": change, "words": words}


@page("record/method.html", past=False)
def method(request: HttpRequest) -> dict:
    return {
        "page": "method",
        "title": _("Method"),
        "description": _("What the words of this record mean, how origins are counted, and what is never published."),
        "address": reverse("method"),
        "stances": term_list(vocabulary.STANCES),
        "actor_kinds": term_list(vocabulary.ACTOR_KINDS),
        "claim_kinds": term_list(vocabulary.CLAIM_KINDS),
        "relations": term_list(vocabulary.RELATIONS),
        "modes": term_list(vocabulary.MODES),
        "bases": term_list(vocabulary.BASES),
        "steps": term_list(vocabulary.STEPS),
        "derivations": term_list(vocabulary.DERIVATIONS),
        "treatments": term_list(vocabulary.TREATMENTS),
    }


def term_list(words: Mapping[str, Term]) -> list[dict]:
    return [{"code": code, "word": term.word, "meaning": term.meaning} for code, term in words.items()]
