"""Home: what is asked, what is most disputed now, and what has changed lately. And the method by which it is recorded.

Home shows QUESTIONS_SHOWN questions: where there are more, those with most contested claims, and of the past, of which
that is not kept, the first. A cursor leads through all of them in the order of the desk.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..documents import AnyDocument, Claim, Question, Redirect, Topic, decode, vocabulary
from ..documents.contested_claims import add_opposed_claims
from ..documents.entries import format_moment
from ..documents.vocabulary import DOCUMENT_KINDS, Term
from ..models import Publication
from ..presenters.answers import NAMES_SHOWN, side_of_answer
from ..presenters.changelog import CHANGES
from ..presenters.claim_data import join_names, names_of
from ..presenters.document_data import claims_in, redirect_resolver, reference
from ..queries import kept_summaries, querysets
from ..queries.counts import ClaimCounts, StanceHolders, claim_counts, page_counts
from ..queries.kept_summaries import QuestionCounts
from ..queries.moment import moment
from ..queries.query_forms import NoSuchPage, QueryForm, cursor_parameter
from .page_context import keep_moment
from .responses import page
from .topic import topic_links

QUESTIONS_SHOWN = 20
TOPICS_SHOWN = 50
RECENT_ENTRIES = 30
CLAIMS_SHOWN = 3
DISPUTED_SHOWN = 5
# Before the first question in the order of the desk.
FIRST = ("0000000000", "000000000000")


class HomeForm(QueryForm):
    """After which question the list goes on."""

    after = cursor_parameter(r"([0-9]{10})\.([0-9a-z]{12})")


@page("record/home.html", accepts=HomeForm.names(), marks_new=True)
def home(request: HttpRequest) -> dict:
    after = HomeForm(request.GET).clean_values()["after"]
    chosen, further = choose_questions(after)
    if after and not chosen:
        raise NoSuchPage(_("The list ends before this place."))
    counted, documents, found = describe_questions(chosen)
    shown = [documents[public_id] for public_id in chosen if public_id in documents]
    questions = [question for question in shown if isinstance(question, Question)]
    topics = [document for document in documents.values() if isinstance(document, Topic)]
    ids = {question.id for question in questions}
    disputed = disputed_claims(questions, counted, documents, found) if not after else []
    if after or moment() is not None or not further:
        questions.sort(key=lambda question: (question.position, question.title))
    return {
        "page": "home",
        "title": "",
        "description": _("Who says what about a contested question, and how we know that they said it."),
        "topics": [
            {**link, "shown": [question for question in topic.questions if question in ids]}
            for topic, link in topic_links(topics)
        ]
        if len(topics) > 1
        else [],
        "disputed": disputed,
        "about": site_description(),
        "questions": [
            {
                **reference(question),
                "description": question.description,
                "counts": {"claims": counted[question.id].claims, **counted[question.id].counts},
                "contested": counted[question.id].contested,
            }
            for question in questions
        ],
        "at_least": found.is_cut,
        "further": bool(after),
        "next": keep_moment(f"{reverse('home')}?{urlencode({'after': '.'.join(further)})}") if further else "",
        "lately": publishing_acts(querysets.recent_publications(RECENT_ENTRIES)),
    }


def site_description() -> dict[str, str]:
    """What the publisher's file says that the site is about, its first paragraph: `text` and its `language`, or ""."""
    languages = (get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)
    text, language = settings.PUBLISHER.text("description", *languages)
    return {"text": text.partition("\n\n")[0], "language": language}


def disputed_claims(
    questions: Iterable[Question],
    counted: Mapping[str, QuestionCounts],
    documents: Mapping[str, AnyDocument],
    found: ClaimCounts,
) -> list[dict]:
    """Of the questions with most contested claims the one that most is said for and against: who holds it, who not.

    Each has the `question`, the `claim`, and `holds` and `contests`: how many `speakers`, and the `names` of some.
    Where nobody speaks against the claim itself, those who contest it are those who hold the `contrary` claim.
    """
    disputed = []
    for question in most_disputed(questions, counted):
        sides: list[dict] = [
            {
                "question": reference(question),
                "claim": reference(claim),
                "stances": found.stances(claim.id),
                "contrary": None,
                **{side: voices_on_side(found.voices.get(claim.id, {}), side) for side in ("holds", "contests")},
            }
            for claim in claims_shown(counted[question.id], documents)
        ]
        sides.sort(key=lambda part: not (part["holds"]["speakers"] and part["contests"]["speakers"]))
        for part in sides[:1]:
            if not part["contests"]["speakers"]:
                part |= held_against(part["claim"]["id"], part["holds"], documents, found)
            disputed.append(part)
    return disputed


def most_disputed(questions: Iterable[Question], counted: Mapping[str, QuestionCounts]) -> list[Question]:
    """The DISPUTED_SHOWN questions with most contested claims."""
    ordered = sorted(questions, key=lambda asked: (-counted[asked.id].contested, asked.position, asked.id))
    return ordered[:DISPUTED_SHOWN]


def held_against(claim: str, holds: dict, documents: Mapping[str, AnyDocument], found: ClaimCounts) -> dict:
    """`contests` and `contrary`: of the claims that contradict this one that which most others hold, and who they are.

    Nothing where no such claim was read.
    """
    resolve = redirect_resolver(documents)
    stated = [other for other in claims_in(documents) if other.id == claim]
    held = [
        {"contests": voices_on_side(found.voices.get(other.id, {}), "holds"), "contrary": reference(other)}
        for other in add_opposed_claims(stated, claims_in(documents), resolve).values()
        if other.id != claim
    ]
    # One speaker who changed its position contests nothing.
    held = [part for part in held if part["contests"]["speakers"] and part["contests"]["names"] != holds["names"]]
    return max(held, key=lambda part: part["contests"]["speakers"], default={})


def voices_on_side(voices: Mapping[str, StanceHolders], side: str) -> dict:
    """Of the speakers on one side of a claim how many there are, their names, as `join_names` puts them, and those that
    are `named` in these."""
    held = [of for stance, of in voices.items() if side_of_answer(stance) == side]
    speakers = sum(of.speakers for of in held)
    names = [name for of in held for name in names_of(of)][:NAMES_SHOWN]
    words = join_names(StanceHolders(speakers, tuple(names)), in_sentence=False) if speakers else ""
    return {"speakers": speakers, "names": words, "named": names}


def choose_questions(after: tuple[str, ...] | None) -> tuple[list[str], tuple[str, str] | None]:
    """The ids of the questions that are shown, and after which place the list goes on; None where these are all."""
    if after is None and moment() is None and (chosen := kept_summaries.liveliest_questions(QUESTIONS_SHOWN + 1)):
        return chosen[:QUESTIONS_SHOWN], FIRST if len(chosen) > QUESTIONS_SHOWN else None
    places = kept_summaries.questions_in_order((after[0], after[1]) if after else None, QUESTIONS_SHOWN + 1)
    chosen = [public_id for _, public_id in places[:QUESTIONS_SHOWN]]
    return chosen, places[QUESTIONS_SHOWN - 1] if len(places) > QUESTIONS_SHOWN else None


def describe_questions(
    questions: list[str],
) -> tuple[dict[str, QuestionCounts], Mapping[str, AnyDocument], ClaimCounts]:
    """What is told of these questions, their documents with those of the claims that stand first, and what those count
    that are told of the most disputed ones."""
    if (kept := kept_summaries.question_counts(questions, CLAIMS_SHOWN)) is None:
        return count_questions(questions)
    claims = [claim for question in kept.values() for claim in question.first_claims]
    documents = querysets.load_documents(
        querysets.publications_by_ids([*questions, *claims]),
        querysets.related_claims(claims),
        querysets.first_topics(TOPICS_SHOWN),
    )
    asked = [document for document in map(documents.get, questions) if isinstance(document, Question)]
    stated = [claim for question in most_disputed(asked, kept) for claim in claims_shown(kept[question.id], documents)]
    beside = add_opposed_claims(stated, claims_in(documents), redirect_resolver(documents))
    return kept, documents, claim_counts(beside)


def count_questions(
    questions: list[str],
) -> tuple[dict[str, QuestionCounts], Mapping[str, AnyDocument], ClaimCounts]:
    """`describe_questions` where nothing is kept: from the rows that held."""
    under, is_cut = kept_summaries.claims_by_question(questions)
    claims = {claim for members in under.values() for claim in members}
    named = querysets.load_named_documents(
        {*questions, *claims},
        {},
        querysets.related_claims(sorted(claims)),
        querysets.first_topics(TOPICS_SHOWN),
    )
    resolve = redirect_resolver(named)
    beside = add_opposed_claims([claim for claim in claims_in(named) if claim.id in claims], claims_in(named), resolve)
    found = page_counts(beside, "question", questions)
    found.is_cut = found.is_cut or is_cut
    contested = found.contested_among(beside.values(), resolve)

    def order(claim: Claim) -> tuple[int, int, str]:
        return -sum(found.stances(claim.id).values()), claim.position, claim.id

    counted = {}
    for question, members in under.items():
        first = sorted(
            (claim for public_id, claim in beside.items() if public_id in contested & set(members)), key=order
        )
        counted[question] = QuestionCounts(
            len(members), len(first), found.counts_of(question), [claim.id for claim in first[:CLAIMS_SHOWN]]
        )
    return counted, named, found


def claims_shown(counted: QuestionCounts, documents: Mapping[str, AnyDocument]) -> list[Claim]:
    """The documents of the claims that stand first on a question."""
    found = [documents[claim] for claim in counted.first_claims if claim in documents]
    return [claim for claim in found if isinstance(claim, Claim)]


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
    shown = reference(document) if row.superseded_by is None else {**reference(document), "address": ""}
    change = "added" if row.version == 1 else "changed"
    return {
        **part,
        **describe_change(change, row.kind),
        **{name: shown[name] for name in ("name", "address", "language")},
    }


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
