"""A question: figures on their lanes, the comparison of actors and claims, the time line, and what it all rests on.
A claim: who takes which stance towards it, in whose words, and on how many origins it rests.
A statement: what was said, and every printing of it side by side, with what differs between them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ..documents import Actor, Article, Claim, Outlet, Statement, Topic
from ..documents.contested_claims import add_opposed_claims, stances_by_claim
from ..documents.vocabulary import BASES, INVERSE_RELATIONS, MODES, RELATIONS, STANCES
from ..presenters.answers import ENTRIES_SHOWN, answers, is_table_offered
from ..presenters.claim_data import claim_title, framing_data, holders_data
from ..presenters.comparison import CONTENDING_RELATIONS, ORDERS, compare, sort_newest_first
from ..presenters.differences import (
    DIFFERENCES,
    compared_pieces,
    differences,
    disagreements,
    split_runs,
    uncompared_printings,
)
from ..presenters.document_data import (
    MOST_PRINTINGS,
    MOST_RELATIONS,
    PRINTINGS_AT_ONCE,
    DocumentsById,
    actor_reference,
    article_reference,
    articles_in,
    claim_reference,
    claims_in,
    cut_words,
    date_data,
    figure_data,
    ids_in,
    ids_in_claim,
    notes_data,
    redirect_resolver,
    reference,
    reference_to,
    resolve_document,
    statement_data,
    subjects_data,
)
from ..presenters.formatting import count_words
from ..presenters.lanes import MOST_OF_FIGURE, lane_panels
from ..presenters.long_words import fold_words
from ..presenters.origin_tree import MOST_ORIGINS, origin_tree
from ..presenters.printed_context import words_around
from ..presenters.question_filters import PositionFilter
from ..presenters.text_fragments import address_of_words
from ..presenters.timeline import MOST_EVENTS, MOST_LINES, actor_timelines, period_of, timeline_events
from ..queries import querysets
from ..queries.counts import StanceHolders, claim_counts
from ..queries.moment import moment
from ..queries.query_forms import BadQuery, NoSuchPage, PageForm, PageNumbers, Slice, drop_empty_parameters
from ..queries.question_documents import (
    LEADING_CLAIMS,
    MOST_CLAIMS,
    leading_statements,
    load_question_documents,
    shown_statements,
)
from .page_context import linked_data
from .responses import page
from .topic import topic_links

MANY_STATEMENTS, MANY_PRINTINGS = 40, 80  # on one question; with more of either the page shows less of each
# What is shown then: claims that are compared, entries of one side, lanes of one figure, lines of actors, events and
# origins.
CLAIMS_OF_MANY, ENTRIES_ON_SIDES, LANES_OF_FIGURE, LINES_OF_MANY, EVENTS_OF_MANY, ORIGINS_OF_MANY = 16, 2, 2, 6, 10, 8
WORDS_OF_MANY = 500  # characters of a statement's words
PRINTINGS_LISTED, CHARACTERS_LISTED = 40, 20_000  # on the page of a claim or an actor that shows all of each
MOST_SPOKEN_OF = 5  # actors of whom claims speak
# Of words that are shortened together: bytes, because letters of some scripts take three.
BYTES_OF_MANY, FEWEST_CHARACTERS = 30_000, 80
FURTHER_CLAIMS = 20  # that are named below those compared; the list of claims has all


@page("record/question.html", of="question", accepts=None)
def question(request: HttpRequest, *, slug: str) -> dict:
    asked = querysets.document_at("question", slug)
    query = drop_empty_parameters(request.GET, PositionFilter.names())
    known, languages = load_question_documents(asked.id, [*query.getlist("actor"), *query.getlist("outlet")])
    filterset = PositionFilter(
        query,
        querysets.positions().filter(question=asked.id),
        actors=[document for document in known.values() if isinstance(document, Actor)],
        outlets=[document for document in known.values() if isinstance(document, Outlet)],
        languages=languages,
    )
    try:
        narrowed = filterset.filter_positions()
    except BadQuery as error:
        error.content["question"] = reference(asked)
        raise
    is_narrowed = any(name != "order" for name in filterset.data)
    statements = querysets.load_documents(
        shown_statements(asked.id, narrowed if is_narrowed else None), shape=Statement
    )
    printings = querysets.printings_of(statements)
    claims = [document for document in known.values() if isinstance(document, Claim)]
    spoken_of = most_spoken_of(claims)
    named = querysets.load_named_documents(
        ids_in(statements.values(), printings) | set(spoken_of),
        known | {asked.id: asked},
        querysets.sources_of(articles_in(statements.values())),
        querysets.related_claims([claim.id for claim in claims]),
        querysets.topics_of(asked.id),
    )
    topics = [document for document in named.values() if isinstance(document, Topic)]
    claims.sort(key=lambda claim: (claim.position, claim.text))
    beside = add_opposed_claims(claims, claims_in(named), redirect_resolver(named))
    found = claim_counts(beside, of=("question", asked.id))
    is_cut = not is_narrowed and found.counts_of(asked.id)["statements"] > len(statements)
    count_of_claims = found.claims.get(asked.id, len(claims))
    further: list[Claim] = []
    count_of_printings = sum(min(len(rows), MOST_PRINTINGS) for rows in printings.values())
    has_many = len(statements) > MANY_STATEMENTS or count_of_printings > MANY_PRINTINGS
    most = LEADING_CLAIMS if is_cut else CLAIMS_OF_MANY if has_many else MOST_CLAIMS
    contested = found.contested_among(beside.values(), redirect_resolver(named))
    count_of_contested = found.contested_claims.get(asked.id, sum(claim.id in contested for claim in claims))
    if len(claims) > most:
        claims.sort(key=lambda claim: (claim.id not in (found.contested or ()), -found.position_count(claim.id)))
        claims, further = claims[:most], claims[most:]
    comparison = compare(
        claims,
        statements.values(),
        printings,
        named,
        order=filterset.row_order,
        stances=filterset.stances,
        contested=contested,
    )
    for part in comparison["claims"]:
        part["held"] = holders_data(found.voices.get(part["id"], {}))
    events = timeline_events(comparison, most=EVENTS_OF_MANY if has_many else MOST_EVENTS)
    origins = origin_tree(comparison["statements"].values(), named, most=ORIGINS_OF_MANY if has_many else MOST_ORIGINS)
    if has_many:
        shorten_statements(comparison["statements"].values())
    return {
        "page": "question",
        "linked": linked_data(asked, named, claims=claims),
        "title": asked.title,
        "description": asked.description or _("Who says what: %(question)s") % {"question": asked.title},
        "about": asked.description,
        "topics": [link for _, link in topic_links(topics)],
        "spoken_of": list(
            {(actor := actor_reference(public_id, named))["id"]: actor for public_id in spoken_of}.values()
        ),
        "notes": notes_data(asked),
        "address": reference(asked)["address"],
        "id": asked.id,
        "contested": count_of_contested,
        "counts": {"claims": count_of_claims, **found.counts_of(asked.id)},
        "at_least": found.is_cut,
        "filters": filterset.as_fields(),
        "applied": applied_filters(filterset.as_fields(), request.GET),
        "orders": order_choices(filterset.row_order, request.GET),
        "narrowed": is_narrowed,
        "cut": is_cut or has_many,
        "further": [claim_reference(claim.id, named) for claim in further[:FURTHER_CLAIMS]],
        "more_claims": max(0, count_of_claims - len(claims) - FURTHER_CLAIMS),
        "answers": answers(
            comparison,
            claims,
            speakers_by_claim(found.voices),
            redirect_resolver(named),
            entries_shown=ENTRIES_ON_SIDES if has_many else ENTRIES_SHOWN,
        ),
        "has_table": not is_cut and is_table_offered(comparison),  # of a part it would leave actors out
        "lanes": lane_panels(
            comparison["claims"],
            comparison["rows"],
            comparison["statements"],
            most_of_figure=LANES_OF_FIGURE if has_many else MOST_OF_FIGURE,
        ),
        **comparison,
        "timeline": events,
        "period": "" if is_cut else period_of(comparison),
        "time_lines": actor_timelines(comparison, most=LINES_OF_MANY if has_many else MOST_LINES),
        "origins": origins,
    }


def most_spoken_of(claims: Iterable[Claim]) -> list[str]:
    """The actors that most of these claims are about, at most MOST_SPOKEN_OF: their pages say what is said of them."""
    subjects = Counter(
        subject.actor for claim in claims for subject in claim.subjects[:MOST_RELATIONS] if subject.actor
    )
    return [actor for actor, _ in subjects.most_common(MOST_SPOKEN_OF)]


def shorten_statements(statements: Iterable[dict], most: int = WORDS_OF_MANY) -> None:
    """Leaves each of these statements its first printing and the beginning of its words; its own page has all.

    `more_printings` counts those left out.
    """
    for part in statements:
        part["more_printings"] += len(part["printings"][1:])
        part["printings"] = part["printings"][:1]
        for name in ("words", "translation"):
            part[name] = cut_words(part[name], most)
        for printing in part["printings"]:
            printing["exact"] = cut_words(printing["exact"], most)


def shorten_where_many(statements: Collection[dict]) -> None:
    """Shortens the statements of a page whose printings are many, or whose words are long, together.

    Words end with a whole sentence, with a sign where there is more.
    """
    printings = [printing for part in statements for printing in part["printings"]]
    words = [part[name] for part in statements for name in ("words", "translation")]
    words += [printing["exact"] for printing in printings]
    length = sum(map(len, words))
    if len(printings) <= PRINTINGS_LISTED and length <= CHARACTERS_LISTED:
        return
    bytes_of_character = len("".join(words).encode()) / max(1, length)
    most = int(BYTES_OF_MANY / bytes_of_character / len(statements))
    most = max(FEWEST_CHARACTERS, min(WORDS_OF_MANY, most))
    shorten_statements(statements, most)
    for part in statements:
        for printing in part["printings"]:
            folded = fold_words(printing["wording"], with_rest=False, wanted=most)
            sign = [{"text": " […]", "own": False}] if folded["cut"] else []
            printing["wording"]["runs"] = [*folded["shown"], *sign]


def speakers_by_claim(voices: Mapping[str, Mapping[str, StanceHolders]]) -> dict[str, dict[str, int]]:
    """How many speakers take each stance towards each claim."""
    return {claim: {stance: held.speakers for stance, held in of.items()} for claim, of in voices.items()}


def applied_filters(fields: list[dict], query: QueryDict) -> list[dict]:
    """What narrows the page, one by one: `label`, `value` in words, and `without`, the query that leaves it out."""
    found = []
    for field in fields:
        if field["name"] == "order":
            continue
        if field["type"] == "several":
            chosen = [(each["value"], each["label"]) for each in field["choices"] if each["chosen"]]
        else:
            chosen = [(field["value"], field["value"])] if field.get("value") else []
        for value, words in chosen:
            left = drop_empty_parameters(query, PositionFilter.names())
            left.setlist(field["name"], [other for other in left.getlist(field["name"]) if other != value])
            found.append({"label": field["label"], "value": words, "without": left.urlencode()})
    return found


def order_choices(chosen: str, query: QueryDict) -> list[dict]:
    """Every order of rows and columns: `code`, `label`, whether it is `chosen`, and the `query` that asks for it."""
    found = []
    for code, label in ORDERS.items():
        asked = drop_empty_parameters(query, PositionFilter.names())
        asked["order"] = code
        found.append({"code": code, "label": label, "chosen": code == chosen, "query": asked.urlencode()})
    return found


@page("record/claim.html", of="claim", accepts=PageForm.names())
def claim(request: HttpRequest, *, slug: str) -> dict:
    stated = querysets.document_at("claim", slug)
    taken = querysets.positions().filter(claim=stated.id)
    spoken = Slice(request.GET, lambda start, end: querysets.newest_positions(taken, end, start))
    first = [leading_statements(stated.id)] if spoken.number == 1 and moment() is None else []
    found = querysets.load_documents(querysets.statements_of(spoken.rows), *first, shape=Statement)
    # What leads and is none of the newest is older than these: it stands behind them.
    listed = spoken.cut(sort_newest_first(found.values()))
    statements = list(found.values()) if spoken.number == 1 else listed
    printings = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printings) | ids_in_claim(stated)
    named = querysets.load_named_documents(
        wanted,
        {stated.id: stated},
        querysets.related_claims(querysets.single_claim_id(stated.id)),
        querysets.framing_articles(stated.id),
        querysets.sources_of(articles_in(statements)),
    )
    resolve = redirect_resolver(named)
    beside = add_opposed_claims([stated], claims_in(named), resolve)
    relations = relations_of(stated, named)
    counted = claim_counts(
        {*beside, *(relation["claim"]["id"] for relation in relations if relation["claim"]["address"])},
        of=("claim", stated.id),
    )
    held = holders_data(counted.voices.get(stated.id, {}))
    stances = counted.stances(stated.id)
    contested = counted.contested_among(beside.values(), resolve)
    comparison = compare([stated], statements, printings, named, contested=contested)
    shown = comparison["statements"]
    positions = positions_on(stated.id, listed, resolve)
    origins = origin_tree([shown[position["statement"]] for position in positions], named)
    shorten_where_many(shown.values())
    (sides,) = [
        answer["sides"]
        for answer in answers(
            comparison,
            [stated],
            speakers_by_claim(counted.voices),
            resolve,
            entries_shown=ENTRIES_OF_MANY if spoken.more else len(statements),
        )
    ]
    return {
        "page": "claim",
        "linked": linked_data(stated, named, listed, held=held["words"]),
        "title": claim_title(stated.text, held["words"]),
        "description": claim_description(stated, held["words"], stances),
        "text": stated.text,
        "held": held,
        "id": stated.id,
        "address": reference(stated)["address"],
        "language": stated.language,
        "kind": stated.kind,
        "figure": figure_data(stated.figure, stated.language),
        "in_print": printed_figures(positions, shown) if stated.figure else [],
        "question": reference_to(stated.question, named),
        "notes": notes_data(stated),
        "subjects": subjects_data(stated, named),
        "relations": [
            {
                **relation,
                "apart": relation["relation"] in CONTENDING_RELATIONS,
                "held": holders_data(counted.voices.get(relation["claim"]["id"], {})),
            }
            for relation in relations
        ],
        "stances": stances,
        "contested": stated.id in contested,
        "support": {name: counted.counts_of(stated.id)[name] for name in ("articles", "origins")},
        "at_least": counted.is_cut,
        "sides": sides if spoken.number == 1 else {},
        "positions": positions,
        "statements_on_sides": sum(len(side["entries"]) for side in sides.values()),
        "statements": shown,
        "origins": origins,
        "framings": framings_of(stated, named),
        "paging": spoken.part(),
    }


ENTRIES_OF_MANY = 6  # entries of each side of a claim that has more statements than one page lists


def claim_description(stated: Claim, held: str, stances: dict[str, int]) -> str:
    """The claim in a sentence: that somebody says it and who, and how often it is spoken to; never as a fact."""
    return _("A claim, %(held)s: %(claim)s %(spoken)s on record, with quotations and source chains.") % {
        "claim": stated.text,
        "held": held,
        "spoken": count_words(sum(stances.values()), "statement"),
    }


def positions_on(claim: str, statements: Iterable[Statement], resolve: Callable[[str], str]) -> list[dict]:
    """The stances of these statements towards a claim: `statement` (its id), `stance`, `hedge` and `printed`."""
    taken = [(statement.id, stances_by_claim(statement, resolve).get(claim)) for statement in statements]
    return [
        {"statement": statement, "stance": stance.stance, "hedge": stance.hedge, "printed": stance.printed}
        for statement, stance in taken
        if stance
    ]


def printed_figures(positions: Iterable[dict], statements: Mapping[str, dict]) -> list[dict]:
    """The words in which these statements give the figure, each once: `text` and its `language`."""
    found: dict[str, dict] = {}
    for position in positions:
        if position["printed"]:
            printings = statements[position["statement"]]["printings"]
            language = printings[0]["language"] if printings else ""
            found.setdefault(position["printed"], {"text": position["printed"], "language": language})
    return list(found.values())


MAX_RELATIONS = 24


def relations_of(stated: Claim, named: DocumentsById) -> list[dict]:
    """How this claim stands to others, and how others stand to it: `words` and the other `claim`.

    Those with which it cannot stand first; at most MAX_RELATIONS.
    """
    relations: list[dict] = [
        {"relation": other.kind, "words": RELATIONS[other.kind].word, "claim": claim_reference(other.claim, named)}
        for other in stated.relations[:MOST_RELATIONS]
    ]
    relations += [
        {"relation": other.kind, "words": INVERSE_RELATIONS[other.kind], "claim": reference(further)}
        for further in claims_in(named)
        if further.id != stated.id
        for other in further.relations
        if redirect_resolver(named)(other.claim) == stated.id
    ]
    by_words: dict[tuple, dict] = {}
    for relation in relations:
        by_words.setdefault((relation["words"], relation["claim"]["id"]), relation)
    order = list(RELATIONS)
    return sorted(
        by_words.values(),
        key=lambda found: (found["relation"] not in CONTENDING_RELATIONS, order.index(found["relation"])),
    )[:MAX_RELATIONS]


def framings_of(stated: Claim, named: DocumentsById) -> list[dict]:
    """How the articles that are named here treat the claim themselves: each with its `article` and its voice."""
    resolve = redirect_resolver(named)
    return [
        {"article": article_reference(article.id, named), **framing_data(framing, article, named)}
        for article in named.values()
        if isinstance(article, Article)
        for framing in article.framings
        if resolve(framing.claim) == stated.id
    ]


@page("record/statement.html", of="statement", accepts=PageForm.names())
def statement(request: HttpRequest, *, slug: str) -> dict:
    said = querysets.document_at("statement", slug)
    paging = page_of_printings(request.GET, said)
    number = paging["number"]
    printings = querysets.printings_of([said.id])
    named = querysets.load_named_documents(
        ids_in([said], printings, own_page=number),
        {said.id: said},
        querysets.sources_of(articles_in([said], own_page=number)),
    )
    part = statement_data(said, printings.get(said.id, ()), named, own_page=number)
    found = zip(differences(part["printings"]), compared_pieces(part["printings"]), strict=True)
    for printing, (differs, words) in zip(part["printings"], found, strict=True):
        printing |= {"differs": differs, "pieces": words}
        passage = said.appearances[printing["number"] - 1].passage
        article = resolve_document(printing["article"]["id"], named)
        printing |= words_around(passage)
        printing["in_original"] = address_of_words(article.url, passage) if isinstance(article, Article) else ""
        printing["wording"]["runs"] = split_runs(printing["wording"]["runs"], words)
    for taken in part["stances"]:
        taken["question"] = reference_to(taken["claim"]["question"], named)
    disagreeing = disagreements(part["printings"])
    unusual = {difference for printing in part["printings"] for difference in printing["differs"]}
    return {
        "page": "statement",
        "linked": linked_data(said, named),
        "title": f"{part['speaker']['name']}: {said.summary}",
        "description": f"{part['speaker']['name']}: {said.summary}",
        **part,
        "mode_words": MODES[said.mode].word,
        "basis_words": BASES[said.basis].word,
        "origins": origin_tree([part], named),
        "beside": statements_beside(part),
        "differences": disagreeing,
        "paging": paging,
        "printing_count": len(said.appearances),
        "tied": [difference for difference in disagreeing if difference not in unusual],
        "compared": not uncompared_printings(part["printings"]),
        "differences_in_words": [DIFFERENCES[found] for found in disagreeing],
    }


def page_of_printings(query: QueryDict, said: Statement) -> PageNumbers:
    """Which of the pages of a statement's printings is asked for; nearly all statements have one."""
    number: int = PageForm(query).clean_values()["page"]
    last = max(1, -(-len(said.appearances) // PRINTINGS_AT_ONCE))
    if number > last:
        raise NoSuchPage(_("There is no page %(number)s: the list ends before it.") % {"number": number})
    return {
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < last else None,
    }


MAX_BESIDE = 12


def statements_beside(part: dict) -> list[dict]:
    """What else the speaker said to the same claims, newest first: references with `said_on` and `stances`.

    Each of the `stances` has the `claim` and the `stance` towards it. Of an unnamed speaker there is nothing.
    """
    speaker = part["speaker"]["id"]
    claims = {taken["claim"]["id"]: taken["claim"] for taken in part["stances"]}
    if not speaker or not claims:
        return []
    # With the stances named, an index leads to the speaker.
    taken = querysets.positions().filter(claim__in=sorted(claims), stance__in=sorted(STANCES), speaker=speaker)
    newest = querysets.newest_positions(taken.exclude(statement=part["id"]), MAX_BESIDE)
    found = querysets.load_documents(querysets.statements_of(newest), shape=Statement)
    return [
        {
            **reference(statement),
            "said_on": date_data(statement.said_on),
            "stances": [
                {"claim": claims[stance.claim], "stance": stance.stance}
                for stance in statement.stances
                if stance.claim in claims
            ],
        }
        for statement in sort_newest_first(found.values())
    ]
