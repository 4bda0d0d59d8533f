"""The tables and lists of pages as rows, for who takes one along as CSV: pure functions of a page's plain data.

Each kind of page declares its tables once; the first, without a name, is what the page is mostly about. A row is a
dictionary by column; `address` in it becomes the `permanent_link` of what the row is about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..documents.addresses import URL_FOLDERS
from ..documents.vocabulary import LazyText

Row = dict[str, object]


@dataclass(frozen=True)
class PageTable:
    """A table of a page: its `name` in the address, what the link to it says, its columns and its rows."""

    name: str
    label: str | LazyText
    columns: tuple[str, ...]
    rows: Callable[[Mapping], Iterator[Row]]


SAID = ("said_on", "speaker", "role", "summary", "words", "articles", "origins")
STATEMENT_COLUMNS = ("claim", "stance", "hedge", "figure_printed", *SAID)


def statement_row(said: Mapping) -> Row:
    """What a table says of any statement. `words` are the first printing's: the speaker's own or a report of them."""
    printing = said["printings"][0] if said.get("printings") else None
    return {
        "said_on": date_cell(said["said_on"]),
        "speaker": said["speaker"]["name"],
        "role": said["role"],
        "summary": said["summary"],
        "words": "".join(run["text"] for run in printing["wording"]["runs"]) if printing else said["words"],
        "articles": said["support"]["articles"],
        "origins": said["support"]["origins"],
        "address": said["address"],
    }


def date_cell(date: Mapping | None) -> str:
    return date["edtf"] if date else ""


def stance_rows(said: Mapping) -> Iterator[Row]:
    """A row for each stance of a statement, one without a stance where it takes none."""
    for taken in said["stances"] or [None]:
        stance = (
            {
                "claim": taken["claim"]["name"],
                "stance": taken["stance"],
                "hedge": taken["hedge"],
                "figure_printed": taken["printed"],
            }
            if taken
            else {}
        )
        yield stance | statement_row(said)


def question_rows(page: Mapping) -> Iterator[Row]:
    for row in page["rows"]:
        for claim, cell in zip(page["claims"], row["cells"], strict=True):
            for entry in cell:
                yield {
                    "claim": claim["name"],
                    "stance": entry["stance"],
                    "hedge": entry["hedge"],
                    "figure_printed": entry["printed"],
                } | statement_row(page["statements"][entry["statement"]])


def answer_rows(page: Mapping) -> Iterator[Row]:
    for answer in page["answers"]:
        start = {"answer": answer["number"], "claim": answer["claim"]["name"], "contested": answer["contested"]}
        for side, of in answer["sides"].items():
            for entry in of["entries"]:
                yield {
                    **start,
                    "side": side,
                    "speakers_on_side": of["speakers"],
                    "stance": entry["stance"],
                    "wording": entry["wording"]["name"] if entry["wording"] else "",
                } | statement_row(page["statements"][entry["statement"]])


def figure_rows(page: Mapping) -> Iterator[Row]:
    for panel in page["lanes"]:
        for figure in (figure for group in panel["groups"] for figure in group["figures"]):
            claim = figure["claim"]
            for lane in figure["lanes"] + figure["others"]:
                yield {
                    "claim": claim["name"],
                    **{name: claim["figure"][name] for name in FIGURE_COLUMNS},
                    "as_of": date_cell(claim["figure"]["as_of"]),
                    "stance": lane["stance"],
                    "hedge": lane["hedge"],
                    "figure_printed": lane["printed"],
                } | statement_row(page["statements"][lane["statement"]])


FIGURE_COLUMNS = ("amount", "lower", "upper", "unit", "modifier", "counted", "derived")


def time_rows(page: Mapping) -> Iterator[Row]:
    """A row for each stance in order of time; `before` is the stance that the speaker took until then."""
    for event in page["timeline"]:
        said = statement_row(page["statements"][event["statement"]])
        for taken in event["stances"] or [None]:
            yield said | {
                "first_printed": date_cell(event["printed"]),
                "claim": taken["claim"]["name"] if taken else "",
                "stance": taken["stance"] if taken else "",
                "before": taken["before"]["stance"] if taken and taken["before"] else "",
            }


def topic_time_rows(page: Mapping) -> Iterator[Row]:
    for event in page["timeline"]["events"] if page["timeline"] else ():
        yield {
            "said_on": date_cell(event["date"]),
            "speaker": event["speaker"],
            "stances": " | ".join(event["stances"]),
            "summary": event["name"],
            "questions": " | ".join(question["name"] for question in event["questions"]),
            "address": event["address"],
        }


def claim_rows(page: Mapping) -> Iterator[Row]:
    for position in page["positions"]:
        yield {
            "stance": position["stance"],
            "hedge": position["hedge"],
            "figure_printed": position["printed"],
            "claim": page["text"],
        } | statement_row(page["statements"][position["statement"]])


def actor_rows(page: Mapping) -> Iterator[Row]:
    for said in page["statements"].values():
        yield from stance_rows(said)


def claims_about_rows(page: Mapping) -> Iterator[Row]:
    for part in page["claims_about"]:
        yield {
            "claim": part["claim"]["name"],
            "held": part["held"]["words"],
            "statements": sum(part["stances"].values()),
            "address": part["claim"]["address"],
        }


def passage_rows(page: Mapping) -> Iterator[Row]:
    for passage in page["passages"]:
        printing = passage["printing"]
        chain = " | ".join(f"{hop['relation']}: {hop['name']}" for hop in printing["chain"])
        for row in stance_rows(passage["statement"]):
            yield row | {"exact": printing["exact"], "printed_name": printing["printed_name"], "chain": chain}


def outlet_article_rows(page: Mapping) -> Iterator[Row]:
    for article in page["articles"]:
        yield {
            "headline": article["name"],
            "published": date_cell(article["published"]),
            "language": article["language"],
            "credited_agency": article["credited_agency"],
            "derivation": article["derivation"],
            "derived_from": article["derived_from"]["name"] if article["derived_from"] else "",
            "address": article["address"],
        }


def outlet_statement_rows(page: Mapping) -> Iterator[Row]:
    for speaker in page["speakers"]:
        for said in speaker["statements"]:
            yield {
                "speaker": speaker["name"],
                "said_on": date_cell(said["said_on"]),
                "summary": said["summary"],
                "articles": said["support"]["articles"],
                "origins": said["support"]["origins"],
                "address": said["address"],
            }


def printing_rows(page: Mapping) -> Iterator[Row]:
    for printing in page["printings"]:
        article = printing["article"]
        yield {
            "outlet": article["outlet"]["name"],
            "article": article["name"],
            "published": date_cell(article["published"]),
            "language": printing["language"],
            "printed_name": printing["printed_name"],
            "cue": printing["cue"],
            "exact": printing["exact"],
            "wording": printing["wording"]["kind"],
            "chain": " | ".join(f"{hop['relation']}: {hop['name']}" for hop in printing["chain"]),
            "address": article["address"],
        }


def counted_question_rows(page: Mapping) -> Iterator[Row]:
    for question in page["questions"]:
        yield {
            "question": question["name"],
            "description": question["description"],
            **question["counts"],
            "address": question["address"],
        }


def dispute_rows(page: Mapping) -> Iterator[Row]:
    for dispute in page["disputed"]:
        yield {
            "question": dispute["question"]["name"],
            "claim": dispute["claim"]["name"],
            **{side: dispute[side]["names"] for side in ("holds", "contests")},
            **{f"{side}_speakers": dispute[side]["speakers"] for side in ("holds", "contests")},
            "contrary_claim": dispute["contrary"]["name"] if dispute["contrary"] else "",
            "address": dispute["claim"]["address"],
        }


def origin_rows(page: Mapping) -> Iterator[Row]:
    """A row for each article under each origin; `level` says how many articles it rests on, one on another."""

    def branch_rows(origin: Mapping, branches: Iterable[Mapping], level: int) -> Iterator[Row]:
        for branch in branches:
            yield {
                "origin_kind": origin["kind"],
                "origin": origin["name"],
                "origin_articles": origin["articles"],
                "level": level,
                "outlet": branch["outlet"]["name"],
                "article": branch["name"],
                "published": date_cell(branch["published"]),
                "derivation": branch["derivation"],
                "through": " | ".join(hop["name"] for hop in branch["through"]),
                "address": branch["address"],
            }
            yield from branch_rows(origin, branch["branches"], level + 1)

    for origin in page["origins"]:
        yield from branch_rows(origin, origin["branches"], 0)


def relation_rows(page: Mapping) -> Iterator[Row]:
    for relation in page["relations"]:
        yield {
            "relation": relation["words"],
            "claim": relation["claim"]["name"],
            "held": relation["held"]["words"],
            "address": relation["claim"]["address"],
        }


def framing_row(framing: Mapping, article: Mapping, outlet: str, claim: str) -> Row:
    return {
        "outlet": outlet,
        "article": article["name"],
        "part": framing["part"],
        "treatment": framing["treatment"],
        "voice": framing["voice"],
        "claim": claim,
        "words": framing["words"],
        "address": article["address"],
    }


def claim_framing_rows(page: Mapping) -> Iterator[Row]:
    for framing in page["framings"]:
        article = framing["article"]
        yield framing_row(framing, article, article["outlet"]["name"], page["text"])


def article_framing_rows(page: Mapping) -> Iterator[Row]:
    article = {"name": page["title"], "address": page["address"]}
    for framing in page["framings"]:
        yield framing_row(framing, article, page["outlet"]["name"], framing["claim"]["name"])


def outlet_framing_rows(page: Mapping) -> Iterator[Row]:
    for frame in (*page["frames"], *page["frames_of_others"]):
        for framing in frame["framings"]:
            yield framing_row(framing, framing["article"], page["title"], frame["claim"]["name"])


def list_rows(page: Mapping) -> Iterator[Row]:
    """The entries of a list, of whatever kind: what stands beside the name of each, and what is counted of it."""
    for entry in page["entries"]:
        row: Row = {name: entry[name] for name in ("kind", "description", "contested", "questions") if name in entry}
        if entry.get("under"):
            row["under"] = entry["under"]["name"]
        if entry.get("derived_from"):
            row |= {"derivation": entry["derivation"], "derived_from": entry["derived_from"]["name"]}
        if "held" in entry:
            row["held"] = entry["held"]["words"]
        yield {
            **row,
            "name": entry["name"],
            "about": entry.get("about") or entry.get("description", ""),
            "published": date_cell(entry.get("date")),
            **(entry.get("counts") or {}),
            "address": entry["address"],
        }


def hit_rows(page: Mapping) -> Iterator[Row]:
    for hit in page["hits"]:
        yield {
            "kind": hit["kind"],
            "name": hit["name"],
            "under": hit["under"]["name"] if hit["under"] else "",
            "date": date_cell(hit["on"]),
            "stances": " | ".join(hit["stances"]),
            "held": hit["held"],
            "found": "".join(run["text"] for run in hit["snippet"]),
            "address": hit["address"],
        }


def compared_rows(page: Mapping) -> Iterator[Row]:
    """What two sides say on a claim, what one alone says, and what both print: `compared` says which it is."""

    def taken(entries: list[dict], kind: str, claim: Mapping, side: str) -> Iterator[Row]:
        for entry in entries:
            start = {"compared": kind, "side": page[side]["name"], "claim": claim["name"]}
            yield {**start, "stance": entry["stance"], "hedge": entry["hedge"]} | statement_row(
                page["statements"][entry["statement"]]
            )

    for meeting in page["meetings"]:
        for pair in meeting["pairs"]:
            for side in ("left", "right"):
                yield from taken(pair[side], meeting["code"], pair["claim"], side)
    for question in page["beside"]:
        for side in ("left", "right"):
            for answer in question[side]:
                yield from taken(answer["entries"], "other answer", answer["claim"], side)
    for side, only in zip(("left", "right"), page["alone"], strict=False):
        for entry in only["entries"]:
            for stance in stance_rows({**page["statements"][entry["statement"]], "stances": entry["stances"]}):
                yield {"compared": "alone", "side": page[side]["name"]} | stance
    for shared in page["printed_in_both"]:
        for side, printing in zip(("left", "right"), shared["printings"], strict=True):
            yield {
                "compared": "reworded" if shared["differs"] else "identical",
                "side": page[side]["name"],
                "speaker": shared["speaker"]["name"],
                "summary": shared["summary"],
                "words": printing["exact"],
                "address": shared["address"],
            }


def change_rows(page: Mapping) -> Iterator[Row]:
    for change in page["changes"] if "changes" in page else page["versions"]:
        yield {
            "entry": change["seq"],
            "published_at": change["published_at"],
            "kind": change["kind"],
            "change": change["change"],
            "name": change["name"] or (change["into"] or {}).get("name", ""),
            "reason": change["reason"],
            "changed": " | ".join(change["changed"]),
            "was": " | ".join(_texts_of(change, "added")),
            "is": " | ".join(_texts_of(change, "removed")),
            "address": change["address"],
        }


def _texts_of(change: Mapping, left_out: str) -> Iterator[str]:
    """Each difference as it was before (without what was added), or as it is (without what was removed)."""
    for field in change["differences"]:
        for runs in field["differences"]:
            if text := "".join(run["text"] for run in runs if run["change"] != left_out):
                yield text


_CHANGES = PageTable(
    "",
    _("Changes as CSV"),
    ("entry", "published_at", "kind", "change", "name", "reason", "changed", "was", "is"),
    change_rows,
)
_STATEMENTS = _("Statements as CSV")
_QUESTIONS = PageTable(
    "",
    _("Questions as CSV"),
    ("question", "description", "claims", "actors", "statements", "articles", "origins"),
    counted_question_rows,
)

_ORIGINS = PageTable(
    "sources",
    _("Sources as CSV"),
    (
        "origin_kind",
        "origin",
        "origin_articles",
        "level",
        "outlet",
        "article",
        "published",
        "derivation",
        "through",
    ),
    origin_rows,
)
_COUNTS = ("statements", "articles", "origins")


def _framings_table(rows: Callable[[Mapping], Iterator[Row]]) -> PageTable:
    columns = ("outlet", "article", "part", "treatment", "voice", "claim", "words")
    return PageTable("framings", _("How claims are presented as CSV"), columns, rows)


def _list_table(label: LazyText, *columns: str) -> tuple[PageTable, ...]:
    return (PageTable("", label, ("name", *columns), list_rows),)


PAGE_TABLES: dict[str, tuple[PageTable, ...]] = {
    "home": (
        _QUESTIONS,
        PageTable(
            "disputed",
            _("Most disputed as CSV"),
            ("question", "claim", "holds", "holds_speakers", "contests", "contests_speakers", "contrary_claim"),
            dispute_rows,
        ),
    ),
    "topics": _list_table(_("Topics as CSV"), "about", "questions"),
    "questions": _list_table(_("Questions as CSV"), "about", "contested", "claims", "actors", *_COUNTS),
    "claims": _list_table(_("Claims as CSV"), "kind", "under", "held", "contested", "actors", *_COUNTS),
    "actors": _list_table(_("Actors as CSV"), "kind", "about", "statements", "claims"),
    "outlets": _list_table(_("Outlets as CSV"), "kind", "about", "articles", "statements"),
    "articles": _list_table(
        _("Articles as CSV"), "under", "published", "kind", "derivation", "derived_from", "statements"
    ),
    "search": (
        PageTable(
            "",
            _("Results as CSV"),
            ("kind", "name", "under", "date", "stances", "held", "found"),
            hit_rows,
        ),
    ),
    "topic": (
        _QUESTIONS,
        PageTable(
            "timeline",
            _("Time line as CSV"),
            ("said_on", "speaker", "stances", "summary", "questions"),
            topic_time_rows,
        ),
    ),
    "question": (
        PageTable("", _STATEMENTS, STATEMENT_COLUMNS, question_rows),
        PageTable(
            "answers",
            _("Answers as CSV"),
            ("answer", "claim", "contested", "side", "speakers_on_side", "stance", "wording", *SAID),
            answer_rows,
        ),
        PageTable(
            "figures",
            _("Figures as CSV"),
            ("claim", *FIGURE_COLUMNS, "as_of", "stance", "hedge", "figure_printed", *SAID),
            figure_rows,
        ),
        PageTable(
            "timeline",
            _("Time line as CSV"),
            ("said_on", "first_printed", "speaker", "role", "claim", "stance", "before", "summary", "words"),
            time_rows,
        ),
        _ORIGINS,
    ),
    "claim": (
        PageTable("", _STATEMENTS, STATEMENT_COLUMNS, claim_rows),
        PageTable("related", _("Related claims as CSV"), ("relation", "claim", "held"), relation_rows),
        _ORIGINS,
        _framings_table(claim_framing_rows),
    ),
    "actor": (
        PageTable("", _STATEMENTS, STATEMENT_COLUMNS, actor_rows),
        PageTable(
            "claims-about", _("What is said about it as CSV"), ("claim", "held", "statements"), claims_about_rows
        ),
    ),
    "outlet": (
        PageTable(
            "",
            _("Articles as CSV"),
            ("headline", "published", "language", "credited_agency", "derivation", "derived_from"),
            outlet_article_rows,
        ),
        PageTable(
            "statements",
            _STATEMENTS,
            ("speaker", "said_on", "summary", "articles", "origins"),
            outlet_statement_rows,
        ),
        _framings_table(outlet_framing_rows),
    ),
    "article": (
        PageTable("", _("Passages as CSV"), (*STATEMENT_COLUMNS, "exact", "printed_name", "chain"), passage_rows),
        _framings_table(article_framing_rows),
    ),
    "statement": (
        PageTable(
            "",
            _("Printings as CSV"),
            ("outlet", "article", "published", "language", "printed_name", "cue", "exact", "wording", "chain"),
            printing_rows,
        ),
        _ORIGINS,
    ),
    "compare": (
        PageTable("", _("Comparison as CSV"), ("compared", "side", "claim", "stance", "hedge", *SAID), compared_rows),
    ),
    "history": (_CHANGES,),
    "corrections": (_CHANGES,),
}


def page_name(page: Mapping) -> str:
    """Under which name the tables of a page are declared: what kind of page it is, of lists "actors", "claims"."""
    return URL_FOLDERS[page["kind"]] if page["page"] == "list" else page["page"]


def tables_of(page: Mapping) -> tuple[PageTable, ...]:
    return PAGE_TABLES.get(page_name(page), ())


def table_of(page: Mapping, name: str) -> PageTable:
    return next(table for table in tables_of(page) if table.name == name)


def table_suffixes(tables: Iterable[PageTable]) -> dict[str, str]:
    """What the addresses of tables end in, by name: ".csv" and ".figures.csv"."""
    return {table.name: f".{table.name}.csv" if table.name else ".csv" for table in tables}
