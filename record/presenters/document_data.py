"""Documents as the plain data that pages and their twins show: references, figures, statements with their chains.

Pure functions: dictionaries of texts, numbers and lists. `named` maps ids to the documents that stand now; what it
lacks is shown as no longer in the record, never as an error. `printings` are rows of `record.models.Printing` of
one statement, in the order of their numbers.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from msgspec.structs import replace

from language.search_words import joined_form

from ..documents import (
    Actor,
    AnyDocument,
    Appearance,
    Article,
    Claim,
    DocumentLookup,
    Figure,
    Outlet,
    PageDocument,
    PartialDate,
    Place,
    Statement,
    Step,
    label_of,
    references_of,
    resolve_document,
)
from ..documents.addresses import address_of
from ..documents.answer_memo import memo_of_answer, memoize_in_answer
from ..documents.fields import details_of
from ..documents.wording import WORDING_KINDS, Run, has_quoted_words, strip_quotation_marks, wording_of
from ..queries.moment import moment
from .formatting import clock, figure_phrase

MISSING_NAME = gettext_noop("no longer in the record")
TAKEN_BACK_NAME = gettext_noop("withdrawn or erased since")
SHORTEST_INITIALS = 3  # letters of initials
MOST_PRINTINGS = 12  # of one statement among others
MOST_STANCES = 40  # of one statement
MOST_RELATIONS = 100  # of one claim, and what it is about
PRINTINGS_AT_ONCE = 24  # of one statement on its own page
LONGEST_WORDS = 1400  # characters of a text among others; the page of the statement has all of them
_WORDS = re.compile(r"[^\W\d_]+")

DocumentsById = Mapping[str, AnyDocument]


class PrintingRow(Protocol):
    """What is read of a row of `record.models.Printing`."""

    @property
    def number(self) -> int: ...

    @property
    def article(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def origin(self) -> str: ...


def redirect_resolver(named: DocumentsById) -> Callable[[str], str]:
    """The function from an id to the one that it leads to; an id of which `named` knows nothing stays as it is."""

    def resolve(public_id: str) -> str:
        document = resolve_document(public_id, named)
        return document.id if document else public_id

    return resolve


@memoize_in_answer
def missing_name() -> str:
    """What stands in the place of a name that is not given out; in the past it was taken back since."""
    return _(MISSING_NAME if moment() is None else TAKEN_BACK_NAME)


def missing_reference(public_id: str | None) -> dict:
    return {"id": public_id or "", "name": missing_name(), "address": "", "language": ""}


def reference(document: PageDocument) -> dict:
    """`id`, `name`, `address` and `language` (of the name, "" where it is not known)."""
    memo = memo_of_answer()
    if (key := ("reference", id(document))) not in memo:
        part = {
            "id": document.id,
            "name": name_of(document),
            "address": address_of(document),
            "language": language_of_name(document),
        }
        memo[key] = document, part  # with the document, or another could get its id
    return dict(memo[key][1])


def language_of_name(document: PageDocument) -> str:
    """In which language the name of a document is; "" where that is not known."""
    if isinstance(document, Claim | Article):
        return document.language if label_of(document) != document.id else ""
    if isinstance(document, Actor):
        known = next((name.language for name in document.names if name.text == document.name), "")
        is_label = document.withheld or document.kind == "unnamed"
        return known or (settings.LANGUAGE_CODE if is_label else "")
    return "" if isinstance(document, Outlet) else settings.LANGUAGE_CODE  # else the editors' own words


def name_of(document: PageDocument) -> str:
    """What links call a document: its label, or words that say that an article has none."""
    label = label_of(document)
    return _("an article without a headline") if label == document.id else label


def reference_to(public_id: str | None, named: DocumentsById) -> dict:
    """The reference to whatever `public_id` leads to."""
    document = resolve_document(public_id, named)
    return reference(document) if document else missing_reference(public_id)


def actor_reference(public_id: str, named: DocumentLookup) -> dict:
    """A reference with the actor's `kind`, and whether its name is `withheld`."""
    if not isinstance(document := resolve_document(public_id, named), Actor):
        return {**missing_reference(public_id), "kind": "", "withheld": False}
    return {**reference(document), "kind": document.kind, "withheld": document.withheld}


def article_reference(public_id: str | None, named: DocumentsById) -> dict:
    """A reference with the article's `outlet` and `published`."""
    if not isinstance(document := resolve_document(public_id, named), Article):
        return {**missing_reference(public_id), "outlet": missing_reference(""), "published": None}
    return {
        **reference(document),
        "outlet": reference_to(document.outlet, named),
        "published": date_data(document.published),
    }


def claim_reference(public_id: str, named: DocumentsById) -> dict:
    """A reference with the claim's `kind`, its `figure` and the id of its `question`."""
    if not isinstance(document := resolve_document(public_id, named), Claim):
        return {**missing_reference(public_id), "kind": "", "figure": None, "question": "", "notes": []}
    return {
        **reference(document),
        "kind": document.kind,
        "figure": figure_data(document.figure, document.language),
        "question": document.question,
        "notes": notes_data(document),
    }


def subjects_data(claim: Claim, named: DocumentsById) -> list[dict]:
    """What a claim is about, each with its `kind`: the `actor`, else None, and the `names` of what is none."""
    return [
        {
            "kind": subject.kind,
            "actor": actor_reference(subject.actor, named) if subject.actor else None,
            "names": [{"text": name.text, "language": name.language} for name in subject.names],
        }
        for subject in claim.subjects[:MOST_RELATIONS]
    ]


def ids_in_claim(claim: Claim) -> set[str]:
    """Every id that is shown with a claim: its question, what it is about, and the claims to which it relates."""
    subjects, relations = claim.subjects[:MOST_RELATIONS], claim.relations[:MOST_RELATIONS]
    actors = {subject.actor for subject in subjects if subject.actor}
    return actors | {relation.claim for relation in relations} | {claim.question}


def date_data(moment: PartialDate | None) -> dict | None:
    if moment is None:
        return None
    return {
        "edtf": moment.edtf,
        "earliest": moment.earliest.isoformat(),
        "latest": moment.latest.isoformat(),
    }


def figure_data(figure: Figure | None, language: str = "") -> dict | None:
    """A figure's fields, its `words`, "at least 1 million people", and the `language` in which these are.

    That is the page's where the unit is known in it, else the claim's: its unit is in it. Where pages are not written
    in that language the words are digits and signs.
    """
    return None if figure is None else figure_fields(figure, language)


def figure_fields(figure: Figure, language: str) -> dict:
    """What `figure_data` says of a figure."""
    part = {
        "amount": figure.amount,
        "lower": figure.lower,
        "upper": figure.upper,
        "unit": figure.unit,
        "modifier": figure.modifier,
        "counted": figure.counted,
        "as_of": date_data(figure.as_of),
        "derived": figure.derived,
    }
    words, spoken = figure_phrase(part, language)
    return {**part, "words": words, "language": spoken}


def support_counts(rows: Iterable[PrintingRow]) -> dict:
    """How many articles and how many origins stand behind printings: `articles`, `origins`."""
    rows = list(rows)
    return {"articles": len({row.article for row in rows}), "origins": len({row.origin for row in rows})}


def speaker_of(statement: Statement, named: DocumentLookup) -> dict:
    """A reference to the actor who speaks; where nobody can be named, the label alone, without an address."""
    if statement.speaker:
        return actor_reference(statement.speaker, named)
    return {
        "id": "",
        "name": statement.speaker_label,
        "address": "",
        "language": settings.LANGUAGE_CODE,  # the editors' own words
        "kind": "",
        "withheld": False,
    }


def is_one_body(actor: AnyDocument | None, outlet: AnyDocument | None) -> bool:
    """Whether an actor of the kind "outlet" is this outlet: by a name of both, or by the outlet's initials ("AFP")."""
    if not isinstance(actor, Actor) or not isinstance(outlet, Outlet) or actor.kind != "outlet":
        return False
    names = {actor.name, *(name.text for name in actor.names)}
    initials = "".join(word[0] for word in _WORDS.findall(outlet.name)).casefold()
    return any(
        joined_form(name) == joined_form(outlet.name)
        or (len(initials) >= SHORTEST_INITIALS and "".join(_WORDS.findall(name)).casefold() == initials)
        for name in names
    )


def source_of(step: Step, named: DocumentsById) -> dict:
    """A reference to the actor or outlet of a hop; its label alone, without id and address, where it names neither."""
    known = step.actor or step.outlet
    return reference_to(known, named) if known else {"id": "", "name": step.label, "address": "", "language": ""}


def is_speaker(step: Step, speaker: AnyDocument | None, named: DocumentsById) -> bool:
    """Whether a hop is the speaker itself: an agency is not reported by itself."""
    through = resolve_document(step.actor or step.outlet, named)
    if speaker is None or through is None:
        return False
    return through.id == speaker.id or is_one_body(speaker, through)


def chain_of(
    statement: Statement, appearance: Appearance, named: DocumentsById, *, printed_name: str, article: dict
) -> list[dict]:
    """The hops from the speaker to the page in `article`, in reading order; one that is the speaker itself is none.

    Each has `relation` ("speaks", one of the relations of a step, or "printed"), `kind` ("actor", "outlet", "label" or
    "article"), `name`, `address`, `language` and `cue`, the words of the article that make the hop.
    """
    speaker = speaker_of(statement, named)
    hops = [
        {
            "relation": "speaks",
            "kind": "actor" if statement.speaker else "label",
            "name": printed_name,
            "address": speaker["address"],
            "language": "",
            "cue": appearance.cue,
        }
    ]
    said_by = resolve_document(statement.speaker, named)
    for step in reversed(appearance.chain):
        if is_speaker(step, said_by, named):
            hops[0]["cue"] = hops[0]["cue"] or step.cue
            continue
        through = source_of(step, named)
        hops.append(
            {
                "relation": step.relation,
                "kind": "actor" if step.actor else "outlet" if step.outlet else "label",
                "name": through["name"],
                "address": through["address"],
                "language": through["language"],
                "cue": step.cue,
            }
        )
    hops.append(
        {
            "relation": "printed",
            "kind": "article",
            "name": article["outlet"]["name"],
            "address": article["address"],
            "language": "",
            "cue": "",
        }
    )
    return hops


def origin_data(origin: str, named: DocumentsById) -> dict:
    """The independent report on which a printing rests (documents/origins.py): its `key`, `kind`, `name` and `address`.

    The kind is "actor" (that actor's account), "outlet" (its reporting), "article" (what that article reports
    itself) or "label" (a source that nobody can name, in that article).
    """
    kind, public_id, *label = origin.split(":", 2)
    if kind == "label":
        return {"key": origin, "kind": kind, "name": label[0], "address": reference_to(public_id, named)["address"]}
    found = article_reference(public_id, named) if kind == "article" else reference_to(public_id, named)
    name = f"{found['outlet']['name']}: {found['name']}" if kind == "article" and found["address"] else found["name"]
    return {"key": origin, "kind": kind, "name": name, "address": found["address"]}


def cut_words(text: str, most: int = LONGEST_WORDS) -> str:
    """A text up to the last whole word before `most` characters, with "…" behind it where there is more."""
    if len(text) <= most:
        return text
    start = text[:most]
    return f"{(start.rpartition(' ')[0] or start).rstrip()} …"


def cut_runs(runs: Iterable[Run], most: int = LONGEST_WORDS) -> list[dict]:
    """The runs of a wording as `text` and `own`, `most` characters together. Own words that are cut stay in marks."""
    shown: list[dict] = []
    for run in runs:
        text = cut_words(run.text, max(most, 1))
        if run.own and len(text) < len(run.text):
            words = strip_quotation_marks(run.text)
            text += run.text[run.text.rfind(words) + len(words) :]
        shown.append({"text": text, "own": run.own})
        most -= len(run.text)
        if most <= 0:
            break
    return shown


def wording_data(statement: Statement, appearance: Appearance, named: DocumentsById, *, is_whole: bool = True) -> dict:
    """Whose words a printing shows (record/documents/wording.py): `kind`, `quoted`, `writer` and `runs`.

    `quoted` is who has own words in quotation marks (`id`, `name`), `writer` who worded the rest; None where
    nobody is quoted, and where the speaker's own words are all there is. `runs` are lists of `text` and whether it is
    `own`: the own words of `quoted`, with their marks. Joined they are what is shown: all of it if `is_whole`.
    """
    found = wording_of(statement, appearance, named)
    writer = reference_to(found.writer, named) if found.writer else None
    by_speaker = found.quoted == (statement.speaker or "")
    quoted = speaker_of(statement, named) if by_speaker else reference_to(found.quoted, named)
    return {
        "kind": found.kind,
        "quoted": None if found.quoted is None else {"id": quoted["id"], "name": quoted["name"]},
        "writer": {"id": writer["id"], "name": writer["name"]} if writer else None,
        "runs": [{"text": run.text, "own": run.own} for run in found.runs] if is_whole else cut_runs(found.runs),
    }


def printing_data(
    statement: Statement, number: int, row: PrintingRow | None, named: DocumentsById, *, is_whole: bool = False
) -> dict:
    """One printing: where, under which name, in whose exact words, through which chain, resting on which origin.

    `exact` are the words as they stand in the article, without the marks around them; `wording` says whose they are.
    Long words are cut, unless it `is_whole`.
    """
    appearance = statement.appearances[number]
    article = article_reference(appearance.article, named)
    name = appearance.printed_name or speaker_of(statement, named)["name"]
    return {
        "number": number + 1,
        "article": article,
        "language": row.language if row else article["language"],
        "printed_name": name,
        "cue": appearance.cue,
        "exact": appearance.passage.exact if is_whole else cut_words(appearance.passage.exact),
        "prefix": appearance.passage.prefix,
        "suffix": appearance.passage.suffix,
        "place": place_data(appearance.passage.place),
        "wording": wording_data(statement, appearance, named, is_whole=is_whole),
        "origin": origin_data(row.origin, named) if row else None,
        "chain": chain_of(statement, appearance, named, printed_name=name, article=article),
    }


def place_data(place: Place | None) -> dict | None:
    """Where words stand in the original: page, or seconds from the beginning, as `clock` too; and who speaks there."""
    if place is None:
        return None
    return {
        "page": place.page,
        "last_page": place.last_page,
        "begins_at": place.begins_at,
        "ends_at": place.ends_at,
        "clock": "" if place.begins_at is None else clock(place.begins_at),
        "speaker": place.speaker,
    }


def shown_printings(
    statement: Statement, rows: Iterable[PrintingRow], *, own_page: int = 0, articles: Collection[str] = ()
) -> list[int]:
    """Which printings of a statement are shown: the first MOST_PRINTINGS, and as many of those in these articles.

    On the statement's own page, from 1, PRINTINGS_AT_ONCE of them.
    """
    size = len(statement.appearances)
    if own_page:
        return list(range((own_page - 1) * PRINTINGS_AT_ONCE, min(own_page * PRINTINGS_AT_ONCE, size)))
    if size <= MOST_PRINTINGS:
        return list(range(size))
    there = [row.number for row in rows if row.article in articles]
    return sorted({*range(MOST_PRINTINGS), *there[:MOST_PRINTINGS]})


def statement_data(
    statement: Statement,
    printings: Iterable[PrintingRow],
    named: DocumentsById,
    *,
    own_page: int = 0,
    articles: Collection[str] = (),
    with_printings: bool = True,
) -> dict:
    """One statement with its stances and printings; `rests_on` names the others on whose account it is known.

    Of very many printings some are given (see `shown_printings`), and `more_printings` says how many are not; long
    words are cut, but on the statement's own page. `support` counts all. The printings with the speaker's own words
    come first. `words_quoted` says whether `words`, which editors recorded,
    stand in one of them as the speaker's own.
    """
    rows = {row.number: row for row in printings}
    numbers = shown_printings(statement, rows.values(), own_page=own_page, articles=articles)
    origins = {rows[number].origin: origin_data(rows[number].origin, named) for number in numbers if number in rows}
    cut = (lambda text: text) if own_page else cut_words
    speaker = resolve_document(statement.speaker, named)
    part = {
        "id": statement.id,
        "address": address_of(statement),
        "summary": statement.summary,
        "notes": notes_data(statement),
        "speaker": speaker_of(statement, named),
        "role": statement.role,
        "said_on": date_data(statement.said_on),
        **details_of(statement),
        "words": cut(statement.words),
        "words_quoted": has_quoted_words(statement),
        "language": statement.language,
        "translation": cut(statement.translation),
        "stances": [
            {
                "claim": claim_reference(stance.claim, named),
                "stance": stance.stance,
                "hedge": stance.hedge,
                "printed": stance.printed,
            }
            for stance in statement.stances[:MOST_STANCES]
        ],
        "more_stances": max(0, len(statement.stances) - MOST_STANCES),
        "support": support_counts(rows.values()),
        "rests_on": [
            origin
            for origin in origins.values()
            if origin["kind"] in ("actor", "outlet")
            and not is_one_body(speaker, resolve_document(origin["key"].split(":")[1], named))
        ],
        "more_printings": len(statement.appearances) - len(numbers),
    }
    if with_printings:
        part["printings"] = sorted(
            (printing_data(statement, number, rows.get(number), named, is_whole=bool(own_page)) for number in numbers),
            key=lambda printing: WORDING_KINDS.index(printing["wording"]["kind"]),
        )
    return part


def notes_data(document: PageDocument) -> list[dict]:
    """What the editors say of a document itself: `about` (a key of `vocabulary.NOTES`) and `text`."""
    return [{"about": note.about, "text": note.text} for note in document.notes]


def claims_in(named: DocumentsById) -> list[Claim]:
    """The claims among documents."""
    return [document for document in named.values() if isinstance(document, Claim)]


def articles_in(statements: Iterable[Statement], *, own_page: int = 0) -> set[str]:
    """The ids of the articles of the printings that are shown of these statements."""
    return {
        statement.appearances[number].article
        for statement in statements
        for number in shown_printings(statement, (), own_page=own_page)
    }


def ids_in(
    statements: Iterable[Statement],
    printings: Mapping[str, Iterable[PrintingRow]],
    *,
    own_page: int = 0,
    articles: Collection[str] = (),
) -> set[str]:
    """Every id that is shown with these statements: speakers, claims, articles, the actors and outlets of chains,
    origins. `own_page` and `articles` as for `statement_data`.
    """
    ids: set[str] = set()
    for statement in statements:
        rows = list(printings.get(statement.id, ()))
        numbers = set(shown_printings(statement, rows, own_page=own_page, articles=articles))
        shown = statement
        if len(numbers) < len(statement.appearances) or len(statement.stances) > MOST_STANCES:
            appearances = tuple(statement.appearances[number] for number in sorted(numbers))
            shown = replace(statement, appearances=appearances, stances=statement.stances[:MOST_STANCES])
        ids.update(target for _, target in references_of(shown))
        ids.update(row.origin.split(":")[1] for row in rows if row.number in numbers)
    return ids
