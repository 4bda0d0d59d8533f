"""Lists of everything that stands, by kind: of questions, claims, actors, outlets, articles and topics.

A list shows PAGE_SIZE entries with what is counted of each, the letters that occur, and filters. A cursor goes on.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents import Actor, AnyDocument, Article, Claim, Outlet, Question, Topic, vocabulary
from ..documents.addresses import URL_FOLDERS
from ..documents.vocabulary import DOCUMENT_KINDS, LazyText
from ..presenters.claim_data import holders_data
from ..presenters.document_data import DocumentsById, article_reference, date_data, reference, reference_to
from ..presenters.formatting import country_name, language_name
from ..presenters.question_filters import as_choices, sort_by_label
from ..queries import list_pages, querysets
from ..queries.counts import counts_by_kind, page_counts
from ..queries.kept_summaries import question_counts
from ..queries.list_pages import LETTERS, NUMERALS, ListPage, Selection
from ..queries.moment import moment
from ..queries.query_forms import (
    NOT_A_CHOICE,
    PAGE_SIZE,
    BadQuery,
    NoSuchPage,
    Parameter,
    QueryForm,
    cursor_parameter,
    drop_empty_parameters,
    empty_period_error,
    read_choice,
    read_first_day,
    read_last_day,
    read_words,
)
from .page_context import keep_moment
from .responses import View, page
from .topic import counts_of_questions

MOST_PARENTS = 100  # topics, questions or outlets that a filter offers
ALL = ("", lazy("all"))

DESCRIPTIONS: dict[str, LazyText] = {
    "topic": lazy("The topics by which questions are grouped."),
    "question": lazy("Every question of this record, with what is counted of it."),
    "claim": lazy("Every claim of this record, with who holds it and who does not."),
    "actor": lazy("Everybody who speaks in this record or is spoken of in it: people, states, bodies, groups."),
    "outlet": lazy("Newspapers, agencies and others whose articles are recorded here."),
    "article": lazy("Every article that statements of this record were found in, newest first."),
}
FACET_LABELS: dict[str, LazyText] = {
    "claim": lazy("Kind of claim"),
    "actor": lazy("Kind of actor"),
    "outlet": lazy("Kind of outlet"),
    "article": lazy("Language of the article"),
}
PARENTS = {"question": "topic", "claim": "question", "article": "outlet"}
PARENT_LABELS: dict[str, LazyText] = {"topic": lazy("Topic"), "question": lazy("Question"), "outlet": lazy("Outlet")}


class ListForm(QueryForm):
    """What every list takes: a letter, and where it goes on."""

    letter = Parameter(partial(read_choice, values=("", *LETTERS), words=NOT_A_CHOICE), label=lazy("Letter"))
    after = cursor_parameter(r"([0-9a-z -]{0,40})\.([0-9a-z]{12})")

    def contradictions(self, values: dict[str, Any]) -> dict[str, str]:
        return empty_period_error(values.get("since"), values.get("until"), "until")


class QuestionForm(ListForm):
    topic = Parameter(read_words)
    contested = Parameter(partial(read_choice, values=("", "yes"), words=NOT_A_CHOICE))


class ClaimForm(ListForm):
    question = Parameter(read_words)
    kind = Parameter(partial(read_choice, values=("", *vocabulary.CLAIM_KINDS), words=NOT_A_CHOICE))
    contested = Parameter(partial(read_choice, values=("", "yes"), words=NOT_A_CHOICE))


class ActorForm(ListForm):
    kind = Parameter(partial(read_choice, values=("", *vocabulary.ACTOR_KINDS), words=NOT_A_CHOICE))


class OutletForm(ListForm):
    kind = Parameter(partial(read_choice, values=("", *vocabulary.OUTLET_KINDS), words=NOT_A_CHOICE))


class ArticleForm(ListForm):
    outlet = Parameter(read_words)
    language = Parameter(read_words)
    since = Parameter(read_first_day, label=lazy("Published since"))
    until = Parameter(read_last_day, label=lazy("Published until"))


FORMS: dict[str, type[ListForm]] = {
    "topic": ListForm,
    "question": QuestionForm,
    "claim": ClaimForm,
    "actor": ActorForm,
    "outlet": OutletForm,
    "article": ArticleForm,
}


def list_view(kind: str) -> View:
    """The view of the list of one kind."""

    @page("record/list.html", accepts=None)
    def list_of_kind(request: HttpRequest) -> dict:
        return list_data(kind, request.GET)

    return list_of_kind


def list_data(kind: str, query: QueryDict) -> dict:
    """The content of a list, and of its twin."""
    query = drop_empty_parameters(query, FORMS[kind].names())
    asked = FORMS[kind](query).clean_values()
    parent = find_parent(kind, asked)
    selection = selection_of(kind, asked, parent[0] if parent else "")
    letters, facets = list_pages.letters_and_facets(kind)
    totals, _is_cut = counts_by_kind()
    found = list_pages.list_page(selection, asked["after"], PAGE_SIZE)
    if asked["after"] and not (found.ids or found.next or selection.has_scanned_filters):
        raise NoSuchPage(_("The list ends before this place."))
    address = reverse(URL_FOLDERS[kind])
    chosen = {name: str(query[name]) for name in query if name != "after"}
    return {
        "page": "list",
        "kind": kind,
        "title": list_name(kind),
        "description": str(DESCRIPTIONS[kind]),
        "address": address,
        "total": totals.get(kind, 0),
        "letters": letter_links(letters, chosen, address),
        "filters": filter_fields(kind, query, facets, parent),
        "applied": applied_filters(kind, chosen, parent, address),
        "found": found.total,
        "found_cut": found.is_cut,
        "further": bool(asked["after"]),
        "entries": entries_of(kind, found),
        "next": address_with({**chosen, "after": ".".join(found.next)}, address) if found.next else "",
        "lists": list_links(totals, kind),
    }


def list_name(kind: str) -> str:
    """ "Actors": what the list of a kind is called."""
    name = str(DOCUMENT_KINDS[kind][1])
    return name[:1].upper() + name[1:]


def find_parent(kind: str, asked: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(id, last part of the address, name) of the topic, question or outlet that a list is narrowed to."""
    name = PARENTS.get(kind, "")
    if not name or not asked[name]:
        return None
    if (found := list_pages.find_parent(name, asked[name])) is None:
        words = _("Nothing stands under “%(value)s”: give the last part of the address of its page.")
        raise BadQuery({name: words % {"value": asked[name][:40]}})
    return found


def selection_of(kind: str, asked: Mapping[str, Any], parent: str) -> Selection:
    contested = bool(asked.get("contested"))
    if contested and moment() is not None:
        raise BadQuery({"contested": _("What was contested in the past is not kept: leave this filter out.")})
    by_name = kind in ("claim", "actor", "outlet") or bool(asked["letter"])
    among = None
    if kind == "question" and parent:
        documents = querysets.load_documents(querysets.publications_by_ids([parent]), shape=Topic)
        among = documents[parent].questions if parent in documents else ()
    return Selection(
        kind=kind,
        order="name" if by_name else "place",
        letter=asked["letter"],
        facet=asked.get("kind") or asked.get("language") or "",
        parent=parent if among is None else "",
        among=among,
        contested=contested,
        since=asked.get("since"),
        until=asked.get("until"),
    )


def address_with(query: Mapping[str, str], address: str) -> str:
    return keep_moment(f"{address}?{urlencode(query)}" if query else address)


def letter_links(letters: list[str], chosen: Mapping[str, str], address: str) -> list[dict]:
    """The letters that occur, each with the address of the list of what begins with it; none where there is one."""
    rest = {name: value for name, value in chosen.items() if name != "letter"}
    if len(letters) < 2 and "letter" not in chosen:
        return []
    return [
        {
            "letter": letter.upper() if letter != NUMERALS else "0–9",
            "address": address_with({**rest, "letter": letter}, address),
            "chosen": chosen.get("letter", "") == letter,
        }
        for letter in letters
    ]


def facet_label(kind: str, facet: str) -> str:
    terms: dict[str, Mapping[str, Any]] = {"actor": vocabulary.ACTOR_KINDS, "claim": vocabulary.CLAIM_KINDS}
    if kind in terms and facet in terms[kind]:
        return str(terms[kind][facet].word)
    if kind == "outlet":
        return str(vocabulary.OUTLET_KINDS.get(facet, facet))
    return language_name(facet)


def filter_fields(kind: str, query: QueryDict, facets: list[str], parent: tuple[str, str, str] | None) -> list[dict]:
    """The form as plain data, as `_filters.html` shows it; a choice that cannot narrow the list is left out."""
    fields: list[dict] = []
    if name := PARENTS.get(kind):
        now = moment() is None  # the choice of the past would cost a query more than that of now
        offered = [row[1:] for row in list_pages.parents_of_kind(name, MOST_PARENTS)] if now else []
        if parent and parent[1] not in dict(offered):
            offered.append(parent[1:])
        if len(offered) > 1 or parent:
            fields.append(choice_field(name, PARENT_LABELS[name], offered, parent[1] if parent else ""))
    name = "language" if kind == "article" else "kind"
    if kind in FACET_LABELS and (len(facets) > 1 or name in query):
        choices = sort_by_label((facet, facet_label(kind, facet)) for facet in facets)
        fields.append(choice_field(name, FACET_LABELS[kind], choices, query.get(name, "")))
    if kind in ("question", "claim") and moment() is None:
        contested = [("yes", _("with contested claims") if kind == "question" else _("contested ones"))]
        fields.append(choice_field("contested", lazy("Contested"), contested, query.get("contested", "")))
    if kind == "article":
        for name, label in (("since", lazy("Published since")), ("until", lazy("Published until"))):
            fields.append({"name": name, "label": str(label), "error": "", "type": "day", "value": query.get(name, "")})
    return fields


def choice_field(
    name: str, label: LazyText, choices: Iterable[tuple[str, str | LazyText]], chosen: str
) -> dict[str, Any]:
    return {
        "name": name,
        "label": str(label),
        "error": "",
        "type": "one",
        "choices": as_choices([ALL, *choices], [chosen]),
    }


def applied_filters(
    kind: str, chosen: Mapping[str, str], parent: tuple[str, str, str] | None, address: str
) -> list[dict]:
    """The filters that narrow the list, each with the address of the list without it."""
    labels: dict[str, LazyText] = {
        "letter": lazy("Letter"),
        "contested": lazy("Contested"),
        "since": lazy("Published since"),
        "until": lazy("Published until"),
        **PARENT_LABELS,
    }
    if kind in FACET_LABELS:
        labels["language" if kind == "article" else "kind"] = FACET_LABELS[kind]
    values: dict[str, Callable[[str], str]] = {
        "letter": lambda value: value.upper() if value != NUMERALS else "0–9",
        "contested": lambda value: _("yes"),
        "since": str,
        "until": str,
    }
    found = []
    for name, value in chosen.items():
        if parent and name == PARENTS.get(kind):
            words = parent[2]
        else:
            words = values[name](value) if name in values else facet_label(kind, value)
        rest = {other: text for other, text in chosen.items() if other != name}
        found.append({"label": str(labels[name]), "value": words, "without": address_with(rest, address)})
    return found


def list_links(totals: Mapping[str, int], kind: str = "") -> list[dict]:
    """The lists there are, each with how many stand in it; `chosen` is the one that is shown."""
    return [
        {
            "kind": each,
            "name": list_name(each),
            "address": reverse(URL_FOLDERS[each]),
            "number": totals.get(each, 0),
            "chosen": each == kind,
        }
        for each in FORMS
        if totals.get(each) or each == kind
    ]


# What is said of an entry.


def entries_of(kind: str, found: ListPage) -> list[dict]:
    """The entries of one page: references, with what is counted of each and what stands beside its name."""
    named = querysets.load_named_documents(found.ids, {})
    documents = [named[public_id] for public_id in found.ids if public_id in named]
    if kind == "claim":
        return claim_entries([document for document in documents if isinstance(document, Claim)], named)
    if kind == "question":
        return question_entries([document for document in documents if isinstance(document, Question)])
    if kind == "article":
        named = querysets.load_named_documents(sources_of(documents) - set(named), named)
    numbers = list_pages.kept_numbers(found.ids)
    return [
        {
            **reference(document),
            **description_of(document, named),
            "counts": counts_shown(kind, numbers.get(document.id)),
        }
        for document in documents
        if isinstance(document, Actor | Outlet | Article | Topic)
    ]


def sources_of(documents: Iterable[AnyDocument]) -> set[str]:
    """The articles that these derive from."""
    return {each.derived_from for each in documents if isinstance(each, Article) and each.derived_from}


def description_of(document: Actor | Outlet | Article | Topic, named: DocumentsById) -> dict:
    """What stands beside a name: `about` in words; of an article its `date`, outlet and source."""
    found: dict[str, Any] = {"about": "", "about_language": "", "date": None, "under": None, "kind": ""}
    match document:
        case Topic():
            found["about"] = document.introduction.partition("\n")[0]
            found["questions"] = len(document.questions)
        case Actor():
            found |= {"about": document.description, "kind": facet_label("actor", document.kind)}
        case Outlet():
            found |= {"about": country_name(document.country), "kind": facet_label("outlet", document.kind)}
        case Article():
            found |= {"date": date_data(document.published), "under": reference_to(document.outlet, named)}
            found["kind"] = language_name(document.language)
            found["derivation"] = document.derivation
            found["derived_from"] = article_reference(document.derived_from, named) if document.derived_from else None
    return found


SHOWN_COUNTS = {"actor": ("statements", "claims"), "outlet": ("articles", "statements"), "article": ("statements",)}


def counts_shown(kind: str, kept: Mapping[str, int] | None) -> dict[str, int] | None:
    """What is counted of an entry; None of the past, of which it is not kept."""
    if kept is None or kind not in SHOWN_COUNTS:
        return None
    return {name: kept[name] for name in SHOWN_COUNTS[kind]}


def question_entries(questions: list[Question]) -> list[dict]:
    ids = [question.id for question in questions]
    kept = question_counts(ids, 1)
    counted = counts_of_questions(ids) if kept is None else {}
    return [
        {
            **reference(question),
            "description": question.description,
            "counts": (
                counted[question.id]
                if kept is None
                else {"claims": kept[question.id].claims, **kept[question.id].counts}
            ),
            "contested": 0 if kept is None else kept[question.id].contested,
        }
        for question in questions
    ]


def claim_entries(claims: list[Claim], named: Mapping[str, AnyDocument]) -> list[dict]:
    ids = [claim.id for claim in claims]
    found = page_counts(ids, "claim", ids)
    return [
        {
            **reference(claim),
            "kind": facet_label("claim", claim.kind),
            "under": reference_to(claim.question, named),
            "held": holders_data(found.voices.get(claim.id, {})),
            "stances": found.stances(claim.id),
            "contested": claim.id in (found.contested or ()),
            "counts": found.counts_of(claim.id),
        }
        for claim in claims
    ]
