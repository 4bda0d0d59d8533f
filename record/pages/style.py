"""Every part of the public pages in one place, for those who change them: served in development only.

What is shown is made by the same functions as on the pages, from a few documents written for this page. Nobody real
said any of it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from .. import documents as d
from ..documents.origins import ArticleLineage, Hop, origins_of
from ..presenters.answers import answers
from ..presenters.citations import Citation
from ..presenters.comparison import ORDERS, compare, count_contested
from ..presenters.differences import compared_pieces, differences, split_runs
from ..presenters.document_data import DocumentsById
from ..presenters.lanes import lane_panels
from ..presenters.origin_tree import origin_tree
from ..presenters.pairs import MEETINGS
from ..presenters.timeline import actor_timelines, timeline_events
from ..presenters.versions import changed_fields
from .page_context import citation_formats

TOKENS = ("paper", "raised", "wash", "ink", "soft", "line", "accent", "assent", "dissent", "neither", "marked")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The page; 404 unless the site runs in development."""
    if not settings.DEBUG:
        raise Http404
    return HttpResponse(render_to_string("record/style.html", page_content(), using="jinja2"))


def page_content() -> dict:
    """What the page shows: the content of a question's page, one statement, and the names of the colours."""
    named = {document.id: document for document in SAMPLE_DOCUMENTS}
    statements = [document for document in SAMPLE_DOCUMENTS if isinstance(document, d.Statement)]
    claims = [document for document in SAMPLE_DOCUMENTS if isinstance(document, d.Claim)]
    comparison = compare(claims, statements, printings_of(statements, named), named)
    said = comparison["statements"]["state0000001"]
    for printing, differs, words in zip(
        said["printings"], differences(said["printings"]), compared_pieces(said["printings"]), strict=True
    ):
        printing |= {"differs": differs, "pieces": words}
        printing["wording"]["runs"] = split_runs(printing["wording"]["runs"], words)
    return {
        "page": "style",
        "title": "Style",
        "description": "Every part of the public pages.",
        "site": None,
        "address": "/style/",
        "tokens": TOKENS,
        "said": said,
        "narrowed": False,
        "contested": count_contested(comparison["claims"]),
        "orders": [
            {"code": code, "label": label, "chosen": not place, "query": f"order={code}"}
            for place, (code, label) in enumerate(ORDERS.items())
        ],
        "answers": answers(comparison, claims, {}, str),
        "further": [],
        "more_claims": 0,
        "cut": False,
        "lanes": lane_panels(comparison["claims"], comparison["rows"], comparison["statements"]),
        **comparison,
        "counts": {"statements": len(comparison["statements"])},
        "timeline": timeline_events(comparison),
        "time_lines": actor_timelines(comparison),
        "origins": origin_tree(comparison["statements"].values(), named),
        "meetings": MEETINGS,
        "taken": next(cell for row in comparison["rows"] for cell in row["cells"] if cell),
        "changes": changed_fields(REWORDED_STATEMENT, named["state0000001"], named),
        "forms": citation_formats(SAMPLE_CITATION),
        "card": {
            "text": "“some 12,000 of us were moved at night”",
            "before": "",
            "label": "",
            "notes": [],
            "language": "en",
            "quoted": True,
            "by": "A herder",
            "lines": ["2 February 2020", "Steppe Courier"],
        },
        "hit": {
            "kind": "statement",
            "under": None,
            "on": None,
            "address": said["address"],
            "language": "",
            "label": [{"text": "Twelve thousand ", "marked": False}, {"text": "people", "marked": True}],
            "snippet": [
                {"text": "… “moved at ", "marked": False},
                {"text": "night", "marked": True},
                {"text": "”", "marked": False},
            ],
            "snippet_wording": "quotation",
            "snippet_quotes": None,
            "stances": ["affirms", "denies"],
            "held": "",
        },
    }


class SamplePrinting(NamedTuple):
    """What is read of a row of the projections."""

    number: int
    article: str
    language: str
    origin: str


def printings_of(statements: Iterable[d.Statement], named: DocumentsById) -> dict[str, list[SamplePrinting]]:
    """Rows as the projections make them, without a database."""
    articles = {document.id: document for document in named.values() if isinstance(document, d.Article)}
    lineages = {
        article.id: ArticleLineage(article.outlet, article.derived_from, article.derivation)
        for article in articles.values()
    }
    rows = {}
    for said in statements:
        printed = [
            (each.article, [Hop(step.actor or "", step.outlet or "", step.label) for step in each.chain])
            for each in said.appearances
        ]
        keys = origins_of(said.speaker or "", said.speaker_label, printed, lineages)
        rows[said.id] = [
            SamplePrinting(number, article, articles[article].language, key)
            for number, ((article, _), key) in enumerate(zip(printed, keys, strict=True))
        ]
    return rows


# The documents.


def sample_date(day: str, last: str = "") -> d.PartialDate:
    """A day, or a period from `day` to `last`."""
    edtf = f"{day}/{last}" if last else day
    return d.PartialDate(edtf=edtf, earliest=date.fromisoformat(day), latest=date.fromisoformat(last or day))


def sample_number(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def sample_claim(
    number: int,
    text: str,
    *,
    contrary_to: int = 0,
    amount: int | None = None,
    lower: int | None = None,
    upper: int | None = None,
    modifier: str = "",
    counted: str = "villagers moved from the valley",
) -> d.Claim:
    """A claim, with a figure where numbers are given."""
    figure = None
    if (amount, lower, upper) != (None, None, None):
        figure = d.Figure(
            amount=sample_number(amount),
            lower=sample_number(lower),
            upper=sample_number(upper),
            unit="people",
            modifier=modifier,
            counted=counted,
            as_of=sample_date("2020-02-01"),
        )
    against = (d.Relation(kind="contrary to", claim=f"claim{contrary_to:07d}"),) if contrary_to else ()
    return d.Claim(
        id=f"claim{number:07d}",
        slug=f"claim-{number}",
        question="quest0000001",
        text=text,
        kind="figure" if figure else "fact",
        language="en",
        position=number,
        figure=figure,
        relations=against,
    )


def sample_actor(number: int, name: str, kind: str) -> d.Actor:
    return d.Actor(
        id=f"actor{number:07d}",
        slug=f"actor-{number}",
        name=name,
        kind=kind,
        description="",
        withheld=kind == "unnamed",
        names=(),
        identifiers=(),
        reported_in=None,
    )


def sample_outlet(number: int, name: str, kind: str = "newspaper") -> d.Outlet:
    return d.Outlet(
        id=f"outle{number:07d}",
        slug=f"outlet-{number}",
        name=name,
        kind=kind,
        country="",
        homepage="",
        owner="",
        state_controlled="unknown",
    )


def sample_article(
    number: int, of: int, headline: str, day: str, *, language: str = "en", derived: int = 0, derivation: str = ""
) -> d.Article:
    return d.Article(
        id=f"artic{number:07d}",
        slug=f"article-{number}",
        outlet=f"outle{of:07d}",
        url="",
        headline=headline,
        byline="",
        dateline="",
        language=language,
        published=sample_date(day),
        credited_agency="",
        derived_from=f"artic{derived:07d}" if derived else None,
        derivation=derivation,
        captures=(),
        framings=(),
    )


def sample_appearance(in_article: int, exact: str, name: str, cue: str, *chain: d.Step) -> d.Appearance:
    """One printing; `exact` stands in quotation marks where the article prints it so."""
    plain = exact.strip("“”")
    whole = (d.Stretch(start=0, end=len(plain)),) if plain != exact else ()
    passage = d.Passage(exact=plain, prefix="", suffix="", start=0, end=len(plain), capture="0" * 64, marked=whole)
    return d.Appearance(
        article=f"artic{in_article:07d}", passage=passage, printed_name=name, cue=cue, chain=tuple(chain)
    )


def sample_step(*, actor: int = 0, outlet: int = 0, cue: str = "", relation: str = "relays") -> d.Step:
    return d.Step(
        actor=f"actor{actor:07d}" if actor else None,
        outlet=f"outle{outlet:07d}" if outlet else None,
        label="",
        cue=cue,
        relation=relation,
    )


def sample_statement(
    number: int,
    speaker: int | None,
    summary: str,
    day: d.PartialDate | None,
    stances: Sequence[tuple[int, str]],
    *printings: d.Appearance,
    mode: str = "indirect",
    hedge: str = "",
    role: str = "",
) -> d.Statement:
    """A statement; `stances` are given as pairs of a claim's number and a stance, `hedge` is that of the first."""
    return d.Statement(
        id=f"state{number:07d}",
        slug=f"statement-{number}",
        speaker=f"actor{speaker:07d}" if speaker else None,
        speaker_label="" if speaker else "people at the market",
        summary=summary,
        said_on=day,
        mode=mode,
        stances=tuple(
            d.Stance(claim=f"claim{of:07d}", stance=taken, hedge="" if place else hedge)
            for place, (of, taken) in enumerate(stances)
        ),
        appearances=tuple(printings),
        role=role,
        venue="",
        basis="not stated",
        words="",
        language="",
        translation="",
    )


WIRE_STEP, MINISTRY_STEP = (
    sample_step(outlet=1, cue="VALLEY WIRE"),
    sample_step(actor=1, cue="according to", relation="says"),
)

SAMPLE_DOCUMENTS = (
    sample_claim(1, "About twelve thousand people were moved.", amount=12000, modifier="about"),
    sample_claim(2, "At most nine hundred people were moved.", lower=850, upper=900, contrary_to=1),
    sample_claim(
        3, "At least 40,000 live on its water.", amount=40000, modifier="at least", counted="people below the valley"
    ),
    sample_claim(4, "The villagers asked to be moved."),
    sample_claim(5, "The villagers were moved against their will.", contrary_to=4),
    sample_claim(6, "A dam will be built in the valley."),
    sample_actor(1, "Ministry of Water", "government body"),
    sample_actor(2, "Sergei Toqaev", "person"),
    sample_actor(3, "Herders’ Union", "organisation"),
    sample_actor(4, "A herder", "unnamed"),
    sample_actor(5, "Valley Council", "government body"),
    sample_outlet(1, "Valley Wire", "agency"),
    sample_outlet(2, "Steppe Courier"),
    sample_outlet(3, "River Mirror"),
    sample_article(1, 2, "Villages emptied at night", "2020-02-03"),
    sample_article(2, 3, "Villages “emptied at night”", "2020-02-04", derived=1, derivation="edited"),
    sample_article(3, 3, "Су министрлігі: тоғыз жүзден аз", "2020-02-05", language="kk-Cyrl"),
    sample_article(4, 2, "يېزىلار كېچىدە كۆچۈرۈلدى", "2020-03-02", language="ug-Arab"),
    sample_statement(
        1,
        4,
        "Twelve thousand people were taken away at night, against their will.",
        sample_date("2020-02-02"),
        [(1, "affirms"), (5, "affirms"), (4, "denies"), (3, "affirms")],
        sample_appearance(1, "“some 12,000 of us were moved at night”", "a herder", "told"),
        sample_appearance(
            2, "“some 1,200 of us were taken at night”", "the herder", "claimed", sample_step(outlet=2, cue="told")
        ),
        mode="direct",
        hedge="some",
    ),
    sample_statement(
        2,
        2,
        "Fewer than nine hundred people were moved, and they asked for it.",
        sample_date("2020-02-05"),
        [(2, "affirms"), (1, "denies"), (4, "affirms"), (6, "supports")],
        sample_appearance(3, "тоғыз жүзден аз", "Сергей Тоқаев", "деді", WIRE_STEP, MINISTRY_STEP),
        role="minister of water",
    ),
    sample_statement(
        3,
        2,
        "Some were moved without having asked.",
        sample_date("2020-03-01"),
        [(4, "disputes"), (5, "qualifies")],
        sample_appearance(4, "بەزىلىرى سورىمىغان", "توقايېۋ", "دېدى", sample_step(actor=1)),
    ),
    sample_statement(
        4,
        3,
        "The dam should not be built.",
        None,
        [(6, "opposes")],
        sample_appearance(2, "no dam", "the union", "wants"),
    ),
    sample_statement(
        5,
        5,
        "The council’s report on the moving leaves the dam out.",
        sample_date("2020-02-01", "2020-02-28"),
        [(6, "silent")],
        sample_appearance(1, "says nothing of a dam", "its report", "says nothing"),
        mode="document",
    ),
    sample_statement(
        6,
        1,
        "Would not say.",
        sample_date("2020-02-04"),
        [(5, "declines")],
        sample_appearance(2, "no comment", "The ministry", "had"),
    ),
    sample_statement(
        7,
        None,
        "Talk has it that a dam is coming.",
        None,
        [(6, "relays")],
        sample_appearance(1, "there is talk", "people", ""),
    ),
)
REWORDED_STATEMENT = replace(
    next(document for document in SAMPLE_DOCUMENTS if document.id == "state0000001"),
    summary="Some twelve thousand people were taken away at night.",
    role="herder",
)
SAMPLE_CITATION = Citation(
    key="style-1",
    type="webpage",
    title="Who was moved from the valley?",
    container="claimtrack",
    address="https://claims.example.org/questions/who-was-moved",
    issued="2020-03-01",
    accessed=None,
    language="en",
    entry=1,
)
