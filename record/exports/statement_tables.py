"""The tables of statements: each statement, the stances it takes, its printings, the hops of their chains, and the
independent reports that it rests on; and the wide table, in which all of these stand side by side.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ..documents import Actor, Appearance, Article, Claim, Place, Stance, Statement, Step
from ..documents.addresses import URL_FOLDERS
from ..documents.contested_claims import speaker_key, stances_by_claim
from ..documents.fields import DETAILS, STATEMENT_FIELDS, details_of
from ..documents.vocabulary import (
    ACTOR_KINDS,
    BASES,
    CLAIM_KINDS,
    DERIVATIONS,
    MODES,
    STANCES,
    STEPS,
)
from ..documents.wording import WORDING_KINDS, has_quoted_words, own_words, wording_of
from .columns import (
    FIGURE_COLUMNS,
    NOTES_COLUMN,
    Cell,
    Column,
    DocumentTable,
    OriginKey,
    RelatedRows,
    date_cells,
    date_columns,
    figure_cells,
    list_cell,
    notes_cell,
)

_CHOICES = {"mode": tuple(MODES), "basis": tuple(BASES)}
_FIELDS = {
    field.name: Column(field.name, field.column, choices=_CHOICES.get(field.name, ())) for field in STATEMENT_FIELDS
}
_STATEMENT_ID = Column("statement_id", _("the statement"), table="statements")
_SPEAKER_COLUMNS = (
    Column("speaker_id", _("the actor who states it; empty for a bare label"), table="actors"),
    _FIELDS["speaker"],
    Column("speaker_kind", _("what the speaker is"), choices=tuple(ACTOR_KINDS)),
    _FIELDS["role"],
)
_SAID_COLUMNS = date_columns("said_on", _FIELDS["said_on"].description, prefix="said")
_WORDS_COLUMNS = (
    *(_FIELDS[name] for name in DETAILS),
    _FIELDS["words"],
    Column("words_quoted", _("whether a printing has these words in quotation marks, as the speaker’s"), "boolean"),
    _FIELDS["language"],
    _FIELDS["translation"],
)


def _speaker_cells(statement: Statement, related: RelatedRows) -> list[Cell]:
    speaker = related.get(statement.speaker)
    known = speaker if isinstance(speaker, Actor) else None
    label = known.name if known else statement.speaker_label
    return [known.id if known else None, label, known.kind if known else None, statement.role]


def _words_cells(statement: Statement) -> list[Cell]:
    return [
        *details_of(statement).values(),
        statement.words,
        has_quoted_words(statement) if statement.words else None,
        statement.language,
        statement.translation,
    ]


def _statement_rows(statement: Statement, related: RelatedRows) -> Iterator[list[Cell]]:
    origins = [related.origins.get((statement.id, place)) for place in range(len(statement.appearances))]
    yield [
        statement.id,
        statement.summary,
        *_speaker_cells(statement, related),
        *date_cells(statement.said_on),
        *_words_cells(statement),
        len({related.id_of(printed.article) for printed in statement.appearances}),
        len(set(filter(None, origins))),
        notes_cell(statement),
    ]


STATEMENTS = DocumentTable(
    "statements",
    _("One row for each statement: somebody said something once."),
    (
        Column("statement_id", _("the statement")),
        _FIELDS["summary"],
        *_SPEAKER_COLUMNS,
        *_SAID_COLUMNS,
        *_WORDS_COLUMNS,
        Column("articles", _("how many articles print it"), "integer", _("articles")),
        Column("origins", _("on how many independent reports it rests"), "integer", _("origins")),
        NOTES_COLUMN,
    ),
    ("statement_id",),
    Statement,
    _statement_rows,
)


def _stance_rows(statement: Statement, related: RelatedRows) -> Iterator[list[Cell]]:
    key = speaker_key(statement, lambda public_id: related.id_of(public_id) or public_id)
    for stance in _taken_stances(statement, related):
        claim = related.get(stance.claim)
        question = claim.question if isinstance(claim, Claim) else None
        yield [
            statement.id,
            *related.reference(stance.claim),
            *related.reference(question),
            key,
            *_speaker_cells(statement, related)[:2],
            stance.stance,
            STANCES[stance.stance].side,
            stance.hedge,
            stance.printed,
            *date_cells(statement.said_on),
        ]


def _taken_stances(statement: Statement, related: RelatedRows) -> list[Stance]:
    """Of two claims that were merged the stance towards the one that stands; none towards what stands no more."""
    taken = stances_by_claim(statement, lambda claim: related.id_of(claim) or claim)
    return [stance for claim, stance in taken.items() if related.id_of(claim)]


SIDES = tuple(dict.fromkeys(term.side for term in STANCES.values()))
STANCES_TABLE = DocumentTable(
    "stances",
    _("One row for each claim that a statement takes a stance towards: who affirms, denies or says otherwise what."),
    (
        _STATEMENT_ID,
        Column("claim_id", _("the claim"), table="claims"),
        Column("claim", _("its text")),
        Column("question_id", _("the question of the claim"), table="questions"),
        Column("question", _("its title")),
        Column(
            "speaker_key",
            _("who speaks, as counts tell speakers apart: the actor, or an article and the label of a source in it"),
        ),
        *_SPEAKER_COLUMNS[:2],
        Column("stance", _("how the statement stands to the claim"), choices=tuple(STANCES)),
        Column("side", _("whether that is for the claim, against it, or neither"), choices=SIDES),
        Column("hedge", _("the hedge as the article words it")),
        Column("figure_printed", _("the words in which a passage gives the figure of the claim")),
        *_SAID_COLUMNS,
    ),
    ("statement_id", "claim_id"),
    Statement,
    _stance_rows,
)


def _printing_rows(statement: Statement, related: RelatedRows) -> Iterator[list[Cell]]:
    for place, printed in enumerate(statement.appearances):
        cells = _printing_cells(statement, printed, related)
        yield [statement.id, place + 1, *cells, related.origins.get((statement.id, place))]


def _printing_cells(statement: Statement, printed: Appearance, related: RelatedRows) -> list[Cell]:
    shown = wording_of(statement, printed, related)
    found = related.get(printed.article)
    article = found if isinstance(found, Article) else None
    return [
        article.id if article else None,
        *([article.headline, article.url, article.language] if article else [None] * 3),
        *date_cells(article.published if article else None),
        *(related.reference(article.outlet) if article else [None, None]),
        printed.passage.exact,
        shown.kind,
        list_cell(own_words(statement, printed)),
        shown.writer and related.label_of(shown.writer),
        printed.printed_name,
        printed.cue,
        list_cell(_step_text(step, related) for step in printed.chain),
        article.derivation if article else None,
        *_place_cells(printed.passage.place),
    ]


def _place_cells(place: Place | None) -> list[Cell]:
    if place is None:
        return [None] * 5
    return [place.page, place.last_page, place.begins_at, place.ends_at, place.speaker or None]


def _step_text(step: Step, related: RelatedRows) -> str:
    who = step.label or related.label_of(step.actor or step.outlet) or step.actor or step.outlet
    return f"{step.relation}: {who}" + (f" ({step.cue})" if step.cue else "")


_PRINTING_COLUMNS = (
    Column("article_id", _("the article that printed it"), table="articles"),
    Column("headline", _("its headline")),
    Column("article_url", _("its address on the web")),
    Column("article_language", _("its language (BCP 47)")),
    *date_columns("published", _("when it was published (EDTF)")),
    Column("outlet_id", _("its outlet"), table="outlets"),
    Column("outlet", _("the outlet’s name")),
    Column("exact", _("the words in the article")),
    Column("wording", _("whose words these are: the speaker’s own, mixed, or the article’s"), choices=WORDING_KINDS),
    Column("own_words", _("the speaker’s own among them: those in quotation marks in the article")),
    Column("worded_by", _("who worded the rest: the outlet, or the agency or relayer whose text it prints")),
    Column("printed_name", _("the speaker’s name as printed")),
    Column("cue", _("the words that attribute")),
    Column("chain", _("the hops from the page to the speaker, nearest to the page first")),
    Column("derivation", _("how the article was made from another"), choices=tuple(DERIVATIONS)),
    Column("original_page", _("the page of the original on which the words begin, from 1"), "integer"),
    Column("original_last_page", _("the page on which they end, where that is another"), "integer"),
    Column("begins_at", _("when it begins in the recording"), "number", _("seconds")),
    Column("ends_at", _("when it ends in the recording"), "number", _("seconds")),
    Column("turn", _("who is speaking there, as the transcript has it")),
)
_NUMBER = Column("number", _("the number of the printing among those of the statement, from 1"), "integer")
PRINTINGS = DocumentTable(
    "printings",
    _("One row for each printing of a statement: the words in one article."),
    (
        _STATEMENT_ID,
        _NUMBER,
        *_PRINTING_COLUMNS,
        Column("origin", _("the independent report on which this printing rests, as the table of origins names it")),
    ),
    ("statement_id", "number"),
    Statement,
    _printing_rows,
)


def _hop_rows(statement: Statement, related: RelatedRows) -> Iterator[list[Cell]]:
    for number, printed in enumerate(statement.appearances, 1):
        for place, step in enumerate(printed.chain, 1):
            name = step.label or related.label_of(step.actor or step.outlet)
            yield [
                statement.id,
                number,
                place,
                step.relation,
                related.id_of(step.actor),
                related.id_of(step.outlet),
                name,
                step.cue,
                related.id_of(printed.article),
            ]


HOPS = DocumentTable(
    "hops",
    _("One row for each hop between a printing and the speaker: who passed on what was said."),
    (
        _STATEMENT_ID,
        _NUMBER,
        Column("hop", _("the place in the chain, from 1: nearest to the page"), "integer"),
        Column("relation", _("how the hop is joined to what was said"), choices=tuple(STEPS)),
        Column("actor_id", _("the actor who passed it on"), table="actors"),
        Column("outlet_id", _("the outlet that passed it on"), table="outlets"),
        Column("name", _("the name of either, or the label of who has none")),
        Column("cue", _("the words that tell of the hop")),
        Column("article_id", _("the article that tells of it"), table="articles"),
    ),
    ("statement_id", "number", "hop"),
    Statement,
    _hop_rows,
)


def _origin_rows(statement: Statement, related: RelatedRows) -> Iterator[list[Cell]]:
    articles: dict[str, list[str | None]] = {}  # a printing each, by origin
    for place, printed in enumerate(statement.appearances):
        if origin := related.origins.get((statement.id, place)):
            articles.setdefault(origin, []).append(related.id_of(printed.article))
    for origin, printed_in in articles.items():
        key = OriginKey.read(origin)
        known = related.id_of(key.public_id)
        yield [
            statement.id,
            origin,
            key.kind,
            key.name(related),
            known if key.kind == "actor" else None,
            known if key.kind == "outlet" else None,
            known if key.kind in ("article", "label") else None,
            len(set(printed_in)),
            len(printed_in),
        ]


ORIGINS = DocumentTable(
    "origins",
    _("One row for each independent report that a statement rests on: printings with one origin are one report."),
    (
        _STATEMENT_ID,
        Column("origin", _("the origin: two statements with the same one go back to the same source")),
        Column("kind", _("what it is"), choices=("article", "actor", "outlet", "label")),
        Column("name", _("what it is called; of an article its headline and outlet")),
        Column("actor_id", _("the actor"), table="actors"),
        Column("outlet_id", _("the outlet"), table="outlets"),
        Column("article_id", _("the article, or the one to whose family a label belongs"), table="articles"),
        Column("articles", _("how many articles print the statement on this report"), "integer", _("articles")),
        Column("printings", _("how many printings"), "integer", _("printings")),
    ),
    ("statement_id", "origin"),
    Statement,
    _origin_rows,
)


def _wide_rows(statement: Statement, related: RelatedRows) -> Iterator[list[Cell]]:
    """One row a printing and stance; a statement without one of them has a row with empty cells instead."""
    start = [
        statement.id,
        f"/{URL_FOLDERS['statement']}/{statement.slug}",
        statement.summary,
        *_speaker_cells(statement, related),
        *date_cells(statement.said_on),
        *_words_cells(statement),
    ]
    stances = [_wide_stance_cells(stance, related) for stance in _taken_stances(statement, related)] or [[None] * 14]
    printings = [
        [number, *_printing_cells(statement, printed, related)]
        for number, printed in enumerate(statement.appearances, 1)
    ] or [[None] * (1 + len(_PRINTING_COLUMNS))]
    for printing in printings:
        for stance in stances:
            yield [*start, *stance, *printing, notes_cell(statement)]


def _wide_stance_cells(stance: Stance, related: RelatedRows) -> list[Cell]:
    claim = related.get(stance.claim)
    about = claim if isinstance(claim, Claim) else None
    return [
        stance.stance,
        stance.hedge,
        stance.printed,
        *related.reference(stance.claim),
        about.kind if about else None,
        *figure_cells(about)[:6],
        *related.reference(about.question if about else None),
    ]


WIDE = DocumentTable(
    "wide",
    _("One row for each printing of a statement and each stance that it takes. Rows are printings, not statements."),
    (
        _STATEMENT_ID,
        Column("page", _("its page, below the site’s address")),
        _FIELDS["summary"],
        *_SPEAKER_COLUMNS,
        *_SAID_COLUMNS,
        *_WORDS_COLUMNS,
        Column("stance", _("how the statement stands to the claim"), choices=tuple(STANCES)),
        Column("hedge", _("the hedge as the article words it")),
        Column("figure_printed", _("the words in which a passage gives the figure of the claim")),
        Column("claim_id", _("the claim"), table="claims"),
        Column("claim", _("its text")),
        Column("claim_kind", _("what kind of claim it is"), choices=tuple(CLAIM_KINDS)),
        *FIGURE_COLUMNS[:6],
        Column("question_id", _("the question of the claim"), table="questions"),
        Column("question", _("its title")),
        Column("appearance", _("the number of the printing among those of the statement, from 1"), "integer"),
        *_PRINTING_COLUMNS,
        NOTES_COLUMN,
    ),
    ("statement_id", "appearance", "claim_id"),
    Statement,
    _wide_rows,
)
