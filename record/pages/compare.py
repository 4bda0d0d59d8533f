"""Two actors, or two articles, on everything to which both speak; and with whom one can be compared."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ..documents import Article
from ..presenters.claim_data import named_in_framings
from ..presenters.comparison import newest_first
from ..presenters.differences import DIFFERENCES, disagreements, in_runs, pieces, uncompared
from ..presenters.document_data import (
    actor_reference,
    article_reference,
    follow,
    ids_in,
    reference,
    statement_part,
    support,
)
from ..presenters.pairs import MEETINGS, framed_by_both, on_one_question, pair
from ..queries import printings, querysets
from ..queries.query_forms import BadQuery
from .responses import page

KINDS = ("actor", "article")
CHOICES = 24
MOST_STATEMENTS = 400


@page("record/compare.html", accepts=KINDS)
def compare(request):
    kind, slugs = read(request.GET)
    if not slugs:
        return beginning()
    first = found_at(kind, slugs[0])
    if len(slugs) == 1:
        return choice(kind, first)
    second = found_at(kind, slugs[1], beside=first)
    if first.id == second.id:
        sentence = _("Both lead to %(name)s: choose another one to compare with.") % {"name": reference(first)["name"]}
        raise BadQuery({kind: sentence}, question=way_back(kind, first), filters=None)
    return side_by_side(kind, first, second)


def read(query) -> tuple[str, list[str]]:
    """What is to be compared: "actor" or "article", and up to two addresses. Raises `BadQuery`."""
    given = [kind for kind in KINDS if kind in query]
    if len(given) == 2:
        raise BadQuery({"article": _("Actors are compared with actors, articles with articles: give one kind only.")})
    kind = given[0] if given else "actor"
    slugs = [slug.strip() for slug in query.getlist(kind)]
    if len(slugs) > 2:
        raise BadQuery({kind: _("This page compares two: give no more.")})
    if "" in slugs:
        raise BadQuery({kind: _("This is empty: give the last part of the address of a page.")})
    return kind, slugs


def found_at(kind: str, slug: str, beside=None):
    """The document at an address, old addresses included. `BadQuery`, with the way back to `beside`, where none is."""
    try:
        return querysets.at(kind, slug)
    except querysets.Moved as moved:
        return moved.document
    except querysets.NotFound:
        names = {
            "actor": _("No actor has the address “%(slug)s”."),
            "article": _("No article has the address “%(slug)s”."),
        }
        content = {"question": way_back(kind, beside), "filters": None} if beside else {}
        raise BadQuery({kind: names[kind] % {"slug": slug[:120]}}, **content) from None


def address(kind: str, *documents) -> str:
    return f"{reverse('compare')}?{urlencode([(kind, document.slug) for document in documents])}"


def way_back(kind: str, first) -> dict:
    """A link for the page that says that something is wrong."""
    name = reference(first)["name"]
    return {"address": address(kind, first), "name": _("what %(name)s can be compared with") % {"name": name}}


def content_of(kind: str, left, right, **content) -> dict:
    """What every state of the page has."""
    plain = {
        "page": "compare",
        "kind": kind,
        "address": reverse("compare"),
        "left": left,
        "right": right,
        "choices": [],
        "beginnings": {},
        "families": [],
        "shared": 0,
        "meetings": [],
        "beside": [],
        "statements": {},
        "support": [],
        "printed_in_both": [],
        "only": [],
        "framed": [],
        "derived": None,
        "swapped": "",
        "others": "",
        "cut": False,
    }
    return {**plain, **content}


def beginning() -> dict:
    """Where nothing is given: those who speak to most, to begin with."""
    found = {kind: printings.most_spoken(kind, CHOICES) for kind in KINDS}
    articles = [document for document, count in found["article"]]
    derived = printings.newest_derived(CHOICES)
    wanted = {article.outlet for article in (*articles, *derived)} | {article.derived_from for article in derived}
    named = querysets.named_by(wanted, {article.id: article for article in (*articles, *derived)})
    return content_of(
        "",
        None,
        None,
        families=[
            {
                **part_of("article", article, named),
                "derivation": article.derivation,
                "of": article_reference(article.derived_from, named),
                "compare": address("article", source, article),
            }
            for article in derived
            if (source := follow(article.derived_from, named))
        ],
        title=_("Compare"),
        description=_("Two actors, or two articles, on everything to which both speak."),
        beginnings={
            kind: [
                {**part_of(kind, document, named), "compare": address(kind, document), "count": count}
                for document, count in rows
            ]
            for kind, rows in found.items()
        },
    )


def choice(kind: str, first) -> dict:
    """Where one is given: those that share claims with it, most shared first."""
    found = printings.comparable_with(kind, first.id, CHOICES)
    documents = {document.id: document for document in (first, *(document for document, count in found))}
    outlets = {document.outlet for document in documents.values() if isinstance(document, Article)}
    named = querysets.named_by(outlets, documents) if outlets else documents
    left = part_of(kind, first, named)
    return content_of(
        kind,
        left,
        None,
        title=_("Compare %(name)s with …") % {"name": left["name"]},
        description=_("With whom or what %(name)s can be compared.") % {"name": left["name"]},
        choices=[
            {**part_of(kind, document, named), "compare": address(kind, first, document), "count": count}
            for document, count in found
        ],
    )


def part_of(kind: str, document, named) -> dict:
    return (actor_reference if kind == "actor" else article_reference)(document.id, {**named, document.id: document})


def side_by_side(kind: str, first, second) -> dict:
    """Where two are given."""
    ids = first.id, second.id
    select = printings.shared_by_actors if kind == "actor" else printings.printed_in_either
    statements = newest_first(querysets.decoded(select(*ids, MOST_STATEMENTS)))
    printed = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printed)
    if kind == "article":
        wanted |= {
            first.outlet,
            second.outlet,
            *named_in_framings((first, second)),
        }
    named = querysets.named_by(wanted, {first.id: first, second.id: second})
    parts = {statement.id: statement_part(statement, printed.get(statement.id, ()), named) for statement in statements}
    sides = [[part for part in parts.values() if belongs(kind, part, side)] for side in ids]
    pairs = [one for one in pair(*sides, named, newest_only=kind == "actor") if not is_same_words(one)]
    names = [part_of(kind, document, named) for document in (first, second)]
    beside = on_one_question(*sides, named)
    shown = {entry["statement"] for one in pairs for side in ("left", "right") for entry in one[side]}
    shown |= {
        entry["statement"]
        for one in beside
        for side in ("left", "right")
        for given in one[side]
        for entry in given["entries"]
    }
    both = [part for part in sides[0] if part in sides[1]] if kind == "article" else []
    return content_of(
        kind,
        *names,
        title=_("%(one)s and %(other)s") % {"one": called(names[0]), "other": called(names[1])},
        description=_("Where %(one)s and %(other)s contradict each other, and where they agree.")
        % {"one": called(names[0]), "other": called(names[1])},
        shared=len(pairs),
        beside=beside,
        meetings=[
            {
                "code": code,
                "words": term.word,
                "meaning": term.meaning,
                "pairs": [one for one in pairs if one["meeting"] == code],
            }
            for code, term in MEETINGS.items()
        ],
        statements={public_id: part for public_id, part in parts.items() if public_id in shown},
        support=[support(row for part in side for row in printed.get(part["id"], ())) for side in sides],
        printed_in_both=[in_both(part, ids) for part in both],
        only=[len(side) - len(both) for side in sides] if kind == "article" else [],
        framed=framed_by_both(first, second, named) if kind == "article" else [],
        derived=derivation(first, second, named) if kind == "article" else None,
        swapped=address(kind, second, first),
        others=address(kind, first),
        cut=max(len(statements), sum(len(one["left"]) + len(one["right"]) for one in pairs)) >= MOST_STATEMENTS,
    )


def is_same_words(one: dict) -> bool:
    """Whether both sides rest on the very same statements: two articles that print the same. They stand apart."""
    return {entry["statement"] for entry in one["left"]} == {entry["statement"] for entry in one["right"]}


def called(part: dict) -> str:
    """The name of a side in a title: an article's outlet stands before its headline."""
    return f"{part['outlet']['name']}: {part['name']}" if "outlet" in part else part["name"]


def belongs(kind: str, part: dict, side: str) -> bool:
    if kind == "actor":
        return part["speaker"]["id"] == side
    return any(printing["article"]["id"] == side for printing in part["printings"])


def in_both(part: dict, ids: tuple[str, str]) -> dict:
    """One statement that both articles print: the first printing in each, and in what the two differ."""
    two = [next(one for one in part["printings"] if one["article"]["id"] == article) for article in ids]
    words, found = pieces(two), disagreements(two)
    return {
        "id": part["id"],
        "address": part["address"],
        "summary": part["summary"],
        "speaker": part["speaker"],
        "stances": part["stances"],
        "differs": [DIFFERENCES[code] for code in found],
        "compared": not uncompared(two),
        "printings": [
            {
                **printing,
                "pieces": cut,
                "wording": {**printing["wording"], "runs": in_runs(printing["wording"]["runs"], cut)},
            }
            for printing, cut in zip(two, words, strict=True)
        ],
    }


def derivation(first: Article, second: Article, named) -> dict | None:
    """Whether one of the two articles derives from the other: `of`, `how`, and `from`. None where neither does."""
    for one, other in ((first, second), (second, first)):
        source = follow(one.derived_from, {**named, other.id: other}) if one.derived_from else None
        if source is not None and source.id == other.id:
            return {
                "of": article_reference(one.id, named),
                "how": one.derivation,
                "from": article_reference(other.id, named),
            }
    return None
