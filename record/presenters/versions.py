"""Documents in words, field by field, and what differs between two versions of one. Pure functions.

`named` maps ids to the documents that stand now, as in record/presenters/document_data.py.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext

from language import difference

from ..documents import (
    AnyDocument,
    Appearance,
    Capture,
    Claim,
    Framing,
    Name,
    Place,
    Relation,
    Stance,
    Statement,
    Subject,
    vocabulary,
)
from ..documents.fields import STATEMENT_FIELDS
from ..documents.vocabulary import LazyText
from ..documents.wording import add_quotation_marks, has_quoted_words
from .document_data import (
    DocumentsById,
    article_reference,
    chain_of,
    figure_fields,
    reference_to,
    speaker_of,
    wording_data,
)
from .formatting import clock, country_name, date_words, language_name, plain_number, wording_words

# The fields of all kinds of documents, in the order in which they are told.
FIELD_LABELS = {
    "into": lazy("Merged into"),
    "title": lazy("Title"),
    "text": lazy("Text"),
    "name": lazy("Name"),
    "headline": lazy("Headline"),
    # The language is told last, of every kind.
    **{field.name: field.label for field in STATEMENT_FIELDS if field.name != "language"},
    "question": lazy("Question"),
    "outlet": lazy("Outlet"),
    "kind": lazy("Kind"),
    "description": lazy("Description"),
    "figure": lazy("Figure"),
    "relations": lazy("Relations to other claims"),
    "subjects": lazy("About"),
    "introduction": lazy("Introduction"),
    "questions": lazy("Questions"),
    "names": lazy("Names"),
    "withheld": lazy("Name withheld"),
    "identifiers": lazy("In other registers"),
    "reported_in": lazy("Reported in"),
    "stances": lazy("Stances"),
    "appearances": lazy("Printings"),
    "country": lazy("Country"),
    "owner": lazy("Owner"),
    "state_controlled": lazy("Controlled by a state"),
    "homepage": lazy("Home page"),
    "url": lazy("Address of the original"),
    "byline": lazy("Byline"),
    "dateline": lazy("Dateline"),
    "published": lazy("Published"),
    "credited_agency": lazy("Credited agency"),
    "derived_from": lazy("Derived from"),
    "derivation": lazy("Derivation"),
    "captures": lazy("Texts it was checked against"),
    "framings": lazy("How the outlet treats claims"),
    "notes": lazy("Editors’ notes"),
    "language": lazy("Language"),
    "position": lazy("Place in lists"),
    "slug": lazy("Last part of the address"),
}

MOST_ITEMS = 100  # of a list that are looked for one by one in another version of it, or compared word by word
MOST_WORDS = 400  # of a text in which single words are compared; longer ones are shown as replaced
MIN_LIKENESS = 0.4  # less of the words in common is told as one text in another's place
MOST_SIGNS = 2000  # shown of a text that was replaced

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def field_items(document: AnyDocument, named: DocumentsById) -> list[dict]:
    """The fields of a document that say something: `field`, its `label`, and `items`, each a text in words."""
    found = [
        {"field": field, "label": FIELD_LABELS[field], "items": items_of(document, field, named)}
        for field in FIELD_LABELS
        if hasattr(document, field)
    ]
    return [part for part in found if part["items"]]


def changed_fields(now: AnyDocument, before: AnyDocument, named: DocumentsById) -> list[dict]:
    """The fields that differ: `field`, its `label`, and `differences`.

    A difference is a list of runs, `{"text", "change"}`, the change being "same", "added" or "removed"; together they
    are one item of the field before and after. Items that are equal are left out.
    """
    return [
        {
            "field": field,
            "label": FIELD_LABELS[field],
            "differences": differences(items_of(before, field, named), items_of(now, field, named)),
        }
        for field in FIELD_LABELS
        if getattr(now, field, None) != getattr(before, field, None)
    ]


def items_of(document: AnyDocument, field: str, named: DocumentsById) -> list[str]:
    """One field of a document in words: no item where it says nothing, several where it is a list."""
    value = getattr(document, field, None)
    if value is None or value == "" or value == ():
        return []
    match field:
        case "question" | "outlet" | "speaker" | "reported_in" | "derived_from" | "into":
            return [reference_to(value, named)["name"]]
        case "said_on" | "published":
            return [date_words(value.edtf)]
        case "language":
            return [language_name(value)]
        case "country":
            return [country_name(value)]
        case "figure" if isinstance(document, Claim):
            return figure_items(figure_fields(value, document.language))
        case "words" if isinstance(document, Statement) and has_quoted_words(document):
            return [add_quotation_marks(value, document.language)]
        case "withheld":
            return [pgettext("withheld", "yes") if value else pgettext("withheld", "no")]
        case "position":
            return [plain_number(value)]
        case "kind" | "mode" | "basis" | "derivation" | "state_controlled":
            return [word_of(document, field, value)]
        case (
            "stances"
            | "relations"
            | "subjects"
            | "questions"
            | "framings"
            | "names"
            | "identifiers"
            | "captures"
            | "notes"
        ):
            return [LIST_FIELD_WORDS[field](item, named) for item in value[:MOST_LISTED]] + words_for_more(value)
        case "appearances" if isinstance(document, Statement):
            shown = [printing_words(document, appearance, named) for appearance in value[:MOST_LISTED]]
            return shown + words_for_more(value)
    return [str(value)]


MOST_LISTED = 200  # items of one field


def words_for_more(items: Sequence[object]) -> list[str]:
    """What stands in the place of the items of a field that are too many to be listed."""
    number = len(items) - MOST_LISTED
    return [_("and %(number)s more") % {"number": plain_number(number)}] if number > 0 else []


def word_of(document: AnyDocument, field: str, code: str) -> str:
    """The word for one code of a field; outlets have kinds without words of their own."""
    kinds = {"Claim": vocabulary.CLAIM_KINDS, "Actor": vocabulary.ACTOR_KINDS}
    tables: dict[str, Mapping[str, vocabulary.Term | LazyText]] = {
        "kind": kinds.get(type(document).__name__, {}),
        "mode": vocabulary.MODES,
        "basis": vocabulary.BASES,
        "derivation": vocabulary.DERIVATIONS,
        "state_controlled": vocabulary.STATE_CONTROLLED,
    }
    term = tables[field].get(code, code)
    return str(term.word if isinstance(term, vocabulary.Term) else term)


def figure_items(figure: dict) -> list[str]:
    """A figure, what it counts and for when: one item each, so that a change of one is told alone."""
    items = [figure["words"]]
    if figure["counted"]:
        items.append(_("counted: %(what)s") % {"what": figure["counted"]})
    if figure["as_of"]:
        items.append(_("as of %(date)s") % {"date": date_words(figure["as_of"]["edtf"])})
    if figure["derived"]:
        items.append(_("inferred from words: nobody printed these numbers"))
    return items


def stance_words(stance: Stance, named: DocumentsById) -> str:
    words = f"{vocabulary.STANCES[stance.stance].word}: {reference_to(stance.claim, named)['name']}"
    if stance.printed:
        words = _("%(stance)s, printed as %(figure)s") % {"stance": words, "figure": stance.printed}
    if stance.hedge:
        hedge = _("hedge as printed: %(words)s") % {"words": stance.hedge}
        return f"{words} ({hedge})"
    return words


def relation_words(relation: Relation, named: DocumentsById) -> str:
    return f"{vocabulary.RELATIONS[relation.kind].word}: {reference_to(relation.claim, named)['name']}"


def subject_words(subject: Subject, named: DocumentsById) -> str:
    if subject.actor:
        return reference_to(subject.actor, named)["name"]
    names = [f"{name.text} ({language_name(name.language)})" if name.language else name.text for name in subject.names]
    return f"{vocabulary.SUBJECT_KINDS[subject.kind].word}: {', '.join(names)}"


def framing_words(framing: Framing, named: DocumentsById) -> str:
    place = pgettext("framing", "headline") if framing.part == "headline" else pgettext("framing", "body")
    words = f"{place}, {vocabulary.TREATMENTS[framing.treatment].word}: {reference_to(framing.claim, named)['name']}"
    if framing.written_by:
        words = _("%(framing)s, in the words of %(outlet)s") % {
            "framing": words,
            "outlet": reference_to(framing.written_by, named)["name"],
        }
    return f"{words} ({framing.words})" if framing.words else words


def name_words(name: Name, named: DocumentsById) -> str:
    about = [language_name(name.language), str(vocabulary.NAME_KINDS[name.kind]), name.scheme]
    return f"{name.text} ({', '.join(filter(None, about))})"


def capture_words(capture: Capture, named: DocumentsById) -> str:
    about = [
        str(vocabulary.CAPTURE_METHODS[capture.method]),
        _("the whole text") if capture.complete else _("not the whole text"),
        _("archived at %(address)s") % {"address": capture.archive_url} if capture.archive_url else "",
        _("read by %(reader)s") % {"reader": capture.reader} if capture.reader else "",
        ngettext("changed by hand in %(number)s place", "changed by hand in %(number)s places", capture.edit_count)
        % {"number": capture.edit_count}
        if capture.edit_count
        else "",
        _("the original was removed") if capture.original and capture.original.removed else "",
        _("original %(hash)s…") % {"hash": capture.original.sha256[:16]} if capture.original else "",
    ]
    return f"{date_words(capture.retrieved_at[:10])}, {', '.join(filter(None, about))}, {capture.sha256[:16]}…"


# Of each field the items are of another type.
LIST_FIELD_WORDS: dict[str, Callable[[Any, DocumentsById], str]] = {
    "stances": stance_words,
    "relations": relation_words,
    "subjects": subject_words,
    "questions": lambda question, named: reference_to(question, named)["name"],
    "framings": framing_words,
    "names": name_words,
    "identifiers": lambda known, named: f"{known.register}: {known.value}",
    "captures": capture_words,
    "notes": lambda note, named: f"{vocabulary.NOTES[note.about]}: {note.text}",
}


def printing_words(statement: Statement, appearance: Appearance, named: DocumentsById) -> str:
    """One printing in a line: the words, and the chain from the name as printed to the outlet."""
    name = appearance.printed_name or speaker_of(statement, named)["name"]
    article = article_reference(appearance.article, named)
    hops = []
    for hop in chain_of(statement, appearance, named, printed_name=name, article=article):
        if hop["relation"] == "speaks":
            words = hop["name"]
        elif hop["relation"] == "printed":
            words = _("printed in %(outlet)s") % {"outlet": hop["name"]}
        else:
            words = f"{vocabulary.STEPS[hop['relation']].word} {hop['name']}"
        if hop["cue"]:
            cue = _("cue: %(words)s") % {"words": hop["cue"]}
            words = f"{words} ({cue})"
        hops.append(words)
    wording = wording_data(statement, appearance, named)
    shown = " ".join(filter(None, [wording_words(wording), "".join(run["text"] for run in wording["runs"])]))
    found = place_words(appearance.passage.place)
    return f"{shown} – {', '.join(hops)}: {article['name']}" + (f", {found}" if found else "")


def place_words(place: Place | None) -> str:
    """Where words stand in the original, in a few words."""
    if place is None:
        return ""
    page = _("page %(page)s") % {"page": place.page} if place.page else ""
    if place.last_page:
        page = _("pages %(first)s–%(last)s") % {"first": place.page, "last": place.last_page}
    time = _("at %(time)s") % {"time": clock(place.begins_at)} if place.begins_at is not None else ""
    turn = pgettext("turn in a transcript", "speaking")
    return ", ".join(filter(None, [page, time, f"{place.speaker} {turn}" if place.speaker else ""]))


# Differences.


def differences(before: Sequence[str], after: Sequence[str]) -> list[list[dict]]:
    """The items that are not on both sides. One that was put in another's place is compared with it word by word."""
    found: list[list[dict]] = []
    for tag, i1, i2, j1, j2 in difference.changes(before, after):
        if tag != "equal":
            for old, new in zip_longest(before[i1:i2], after[j1:j2], fillvalue=""):
                found.append(runs_between(old, new) if len(found) < MOST_ITEMS else replacement_runs(old, new))
    return found


def runs_between(before: str, after: str) -> list[dict]:
    """Two texts as runs of words that stayed, came and went; what has little in common is told one after the other."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return replacement_runs(before, after)
    if difference.likeness(words_in(old), words_in(new)) < MIN_LIKENESS:
        return replacement_runs(before, after)
    # A space that two changes happen to share is no reason to tell them as two.
    found = difference.runs(old, new, slight=lambda shared: not words_in(shared))
    joined = ((kind, "".join(tokens)) for kind, tokens in found)
    return [{"text": text if kind == "same" else truncate(text), "change": kind} for kind, text in joined]


def words_in(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if not token.isspace()]


def replacement_runs(before: str, after: str) -> list[dict]:
    runs = [{"text": truncate(before), "change": "removed"}, {"text": truncate(after), "change": "added"}]
    return [run for run in runs if run["text"]]


def truncate(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else f"{text[:MOST_SIGNS]}…"
