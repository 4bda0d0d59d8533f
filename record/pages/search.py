"""Search over everything published, in any script: marked hits, filters, help where nothing is found.

`/suggest.json` answers what a reader may mean who is still typing; the page works without it.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from .. import search as engine
from ..documents import Article, Claim, Statement, kind_of, label_of
from ..documents.answer_memo import speak
from ..documents.vocabulary import DOCUMENT_KINDS, STANCES, LazyText
from ..presenters.claim_data import holders_by_claim
from ..presenters.document_data import DocumentsById, date_data, reference, reference_to, speaker_of
from ..queries.counts import counts_by_kind
from ..queries.query_forms import (
    BadQuery,
    Choices,
    Parameter,
    QueryForm,
    empty_period_error,
    read_choice,
    read_first_day,
    read_last_day,
    read_words,
)
from ..queries.querysets import PUBLIC_ALIAS
from ..search.query import read_query
from .lists import list_links
from .page_context import keep_moment
from .responses import page

PAGE_SIZE = 20
MAX_QUERY_LENGTH = 200
MAX_SUGGESTIONS = 8
SUGGESTION_KINDS = ("topic", "question", "actor", "outlet", "claim", "article")


class SearchForm(QueryForm):
    """Words and filters of the search."""

    q = Parameter(partial(read_words, most=MAX_QUERY_LENGTH))
    actor = Parameter(partial(read_words, most=MAX_QUERY_LENGTH))
    outlet = Parameter(partial(read_words, most=MAX_QUERY_LENGTH))
    since = Parameter(read_first_day)
    until = Parameter(read_last_day)
    after = Parameter(read_words)
    kind = Choices(choices=[(kind, kind) for kind in DOCUMENT_KINDS])
    stance = Choices(choices=[(code, code) for code in STANCES])

    def __init__(self, data: QueryDict):
        super().__init__(data)
        for name, known in (("kind", DOCUMENT_KINDS), ("stance", STANCES)):
            words = _("“%(value)s” is not one of the choices here: it can be %(choices)s.")
            self.refuse_others(name, words % {"value": "%(value)s", "choices": ", ".join(known)})

    def contradictions(self, values: dict) -> dict[str, str]:
        return empty_period_error(values["since"], values["until"], "until")


class SuggestForm(QueryForm):
    """The beginning of what is looked for. `language` is that of the page on which somebody types."""

    q = Parameter(read_words)
    kind = Choices(choices=[(kind, kind) for kind in SUGGESTION_KINDS])
    language = Parameter(
        partial(
            read_choice,
            values=[*dict.fromkeys([settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)])],
            words=lazy("This can be %(choices)s."),
        )
    )

    def __init__(self, data: QueryDict):
        super().__init__(data)
        self.refuse_others("kind", _("This can be %(choices)s.") % {"choices": ", ".join(SUGGESTION_KINDS)})


@page("record/search.html", kept=False, accepts=SearchForm.names())
def search(request: HttpRequest) -> dict:
    asked, after = read_search(request.GET)
    narrow = engine.SearchFilter(
        kinds=asked["kind"] or None,
        actor=asked["actor"],
        outlet=asked["outlet"],
        stances=asked["stance"],
        since=asked["days"]["since"][1],
        until=asked["days"]["until"][1],
    )
    try:
        found = engine.search(asked["q"], narrow, after, PAGE_SIZE, using=PUBLIC_ALIAS)
    except engine.BadCursor as error:
        raise BadQuery({"after": str(error)}) from None
    address = reverse("search")
    held = holders_by_claim(hit.document for hit in found.hits)
    query = [(name, value) for name, value in query_pairs(asked) if value]
    asks_only_for_kinds = bool(query) and all(name == "kind" for name, _value in query)
    lists = list_links(counts_by_kind()[0]) if not found.hits else []
    if asks_only_for_kinds and (chosen := [link for link in lists if link["kind"] in asked["kind"]]):
        lists = chosen
    return {
        "page": "search",
        "title": _("Search: %(words)s") % {"words": asked["q"]} if asked["q"] else _("Search"),
        "description": _("Search the record: people, claims and words, in any script."),
        "address": address,
        "searched": asked["q"],
        "asked": bool(query),
        "fields": {name: asked[name] for name in ("actor", "outlet")}
        | {name: text for name, (text, day) in asked["days"].items()},
        "kinds": [
            {"value": kind, "label": many, "chosen": kind in asked["kind"]}
            for kind, (_one, many) in DOCUMENT_KINDS.items()
        ],
        "stances": [
            {"value": code, "label": term.word, "chosen": code in asked["stance"]} for code, term in STANCES.items()
        ],
        "filtered": len({name for name, _ in query if name != "q"}),
        "meant": {
            "actor": [reference(actor) for actor in found.actors],
            "outlet": [reference(outlet) for outlet in found.outlets],
        },
        "further": bool(after),
        "hits": [hit_data(hit, found.others, held) for hit in found.hits],
        "next": keep_moment(f"{address}?{urlencode([*query, ('after', found.after)])}") if found.after else "",
        "help": search_help(asked, found, query, address) if not (found.hits or asks_only_for_kinds) else None,
        "asks_only_for_kinds": asks_only_for_kinds,
        "lists": lists,
    }


def read_search(query: QueryDict) -> tuple[dict, str]:
    """What is asked for by name of field (`days` are pairs of a text and a date), and the cursor. `BadQuery` else."""
    asked = SearchForm(query).clean_values()
    asked["days"] = {name: (query.get(name, "").strip(), asked[name]) for name in ("since", "until")}
    return asked, asked["after"]


def query_pairs(asked: dict, *without: str) -> list[tuple[str, str]]:
    """What is asked for as pairs of an address, but for the cursor and the fields `without`."""
    pairs = [("q", asked["q"]), *(("kind", kind) for kind in asked["kind"])]
    pairs += [("actor", asked["actor"]), ("outlet", asked["outlet"])]
    pairs += [("stance", stance) for stance in asked["stance"]]
    pairs += [(name, text) for name, (text, day) in asked["days"].items()]
    return [(name, value) for name, value in pairs if name not in without]


def hit_data(hit: engine.Hit, others: DocumentsById, held: Mapping[str, str]) -> dict:
    """One hit: the reference, its `kind`, what it stands under, and runs of text, `marked` where words were found.

    `under` is the speaker of a statement, the outlet of an article, the question of a claim, else None. `stances` are
    those that a statement takes, `on` is its date or that of an article. `held` says who holds a claim, "" of all else.
    `snippet_wording` says whose words the snippet shows (`search.show.Excerpt`), `snippet_quotes` whom a report quotes
    instead of the speaker.
    """
    document = hit.document
    under, on, stances = None, None, []
    if isinstance(document, Statement):
        under, on = speaker_of(document, others), document.said_on
        stances = list(dict.fromkeys(taken.stance for taken in document.stances))
    elif isinstance(document, Article):
        under, on = reference_to(document.outlet, others), document.published
    elif isinstance(document, Claim):
        under = reference_to(document.question, others)
    return {
        **reference(document),
        "kind": hit.kind,
        "under": under,
        "on": date_data(on),
        "stances": stances,
        "held": held.get(document.id, ""),
        "label": runs(hit.label),
        "snippet": runs(hit.snippet.segments),
        "snippet_wording": hit.snippet.wording,
        "snippet_quotes": reference_to(hit.snippet.relayer, others) if hit.snippet.relayer else None,
    }


def runs(segments: Iterable[engine.Segment]) -> list[dict]:
    return [{"text": segment.text, "marked": segment.marked} for segment in segments]


NAMES_NEAR = 5
FILTER_LABELS: dict[str, LazyText] = {
    "kind": lazy("Look in"),
    "actor": lazy("Said by"),
    "outlet": lazy("Printed in"),
    "stance": lazy("Stance"),
    "since": lazy("Since"),
    "until": lazy("Until"),
}


def search_help(asked: dict, found: engine.SearchResult, query: list, address: str) -> dict | None:
    """What to try where nothing is shown: each an address, and the words of its link. None where nothing was asked.

    `instead` is another spelling, `without` the same words without any filter, `filters` those that were set, each with
    the address of the search without it; `single` the words that something on record holds, `absent` those that nothing
    does; `near` the actors and outlets with a name that comes near; `unknown` names the filters that nobody on record
    is called by.
    """
    if not query:
        return None
    rest = [(name, value) for name, value in query_pairs(asked, "q") if value]
    words = engine.words_on_record(asked["q"], using=PUBLIC_ALIAS)

    def link(text: str, pairs: list) -> dict:
        pairs = [("q", text), *pairs] if text else pairs
        return {"words": text, "address": keep_moment(f"{address}?{urlencode(pairs)}" if pairs else address)}

    return {
        "instead": link(found.instead, rest) if found.instead else None,
        "without": link(asked["q"], []) if asked["q"] and rest else None,
        "filters": [
            {
                "label": str(FILTER_LABELS[name]),
                "value": filter_words(name, value),
                "address": link(asked["q"], [pair for pair in rest if pair != (name, value)])["address"],
            }
            for name, value in rest
        ],
        "single": [link(word, rest) for word, is_held in words if is_held] if len(words) > 1 else [],
        "absent": [word for word, is_held in words if not is_held],
        "near": [reference(document) for document in engine.names_near(asked["q"], NAMES_NEAR, using=PUBLIC_ALIAS)],
        "unknown": {
            "actor": "" if found.actors else asked["actor"],
            "outlet": "" if found.outlets else asked["outlet"],
        },
    }


def filter_words(name: str, value: str) -> str:
    """The value of a filter as a reader knows it."""
    if name == "kind":
        return str(DOCUMENT_KINDS[value][1])
    return str(STANCES[value].word) if name == "stance" else value


@page("record/search.html", kept=False, accepts=SuggestForm.names())
def suggest(request: HttpRequest) -> dict:
    """What may be meant by the beginning of a name, a question or a claim: only ever asked for as JSON.

    `language` is that of the page on which somebody types: addresses lead to pages in it.
    """
    asked = SuggestForm(request.GET).clean_values()
    with speak(asked["language"]):
        return suggestions(asked["q"][:MAX_QUERY_LENGTH], asked["kind"] or SUGGESTION_KINDS)


def suggestions(typed: str, kinds: Collection[str]) -> dict:
    """The answer to `suggest`, in the language that is spoken now."""
    found = engine.suggest(typed, kinds, MAX_SUGGESTIONS, using=PUBLIC_ALIAS)
    return {
        "page": "suggest",
        "title": _("Suggestions"),
        "description": _("What may be meant by what is typed so far."),
        "typed": typed,
        "announcement": ngettext("%(count)s suggestion", "%(count)s suggestions", len(found)) % {"count": len(found)},
        "suggestions": [
            {
                **reference(document),
                "kind": kind_of(document),
                "kind_words": str(DOCUMENT_KINDS[kind_of(document)][0]),
                "matched": name if name != label_of(document) else "",
                "runs": runs(engine.mark_words(name, read_query(typed))),
            }
            for document, name in found
        ],
    }
