"""The words of `/export.jsonld`: schema.org, CiTO, PROV-O, and what none of them has a word for.

`/context.jsonld` serves `context()` with the meaning of every word of our own. Those are named by `urn:claimtrack:1:`,
which no site owns, so that the exports of two sites can be read together; the number is that of the documents' format.
"""

import re
from collections.abc import Iterable
from functools import cache

from ..documents.vocabulary import (
    BASES,
    CAPTURE_METHODS,
    DERIVATIONS,
    MODES,
    MODIFIERS,
    NOTES,
    STANCES,
    STATE_CONTROLLED,
    STEPS,
    TREATMENTS,
)

OWN_NAMESPACE = "urn:claimtrack:1:"
SCHEMA = "http://schema.org/"  # as schema.org's own context writes it, not https
CITO = "http://purl.org/spar/cito/"
PROV = "http://www.w3.org/ns/prov#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def join_with_or(codes: Iterable[str]) -> str:
    """ "affirms, supports or denies." """
    *before, last = codes
    return f"{', '.join(before)} or {last}."


CLASSES = {
    "Stance": "How a statement stands to one claim.",
    "Printing": "The words of an article in which a statement stands.",
    "Hop": "The account of one who passed a statement on, on its way from the speaker to the page.",
    "Figure": "A number that is claimed.",
    "Framing": "How the outlet itself treats a claim, apart from what its sources say.",
    "ActorName": "One name of an actor.",
    "Note": "What the editors say of the thing itself: what they inferred and from what, what is implausible.",
}

# Properties with plain values, and what each means.
VALUES = {
    "stance": join_with_or(STANCES),
    "figurePrinted": "The words in which a passage gives the figure of the claim.",
    "hedge": "The words of the article by which what was said is weakened or bounded.",
    "role": "What the speaker was at the time.",
    "mode": join_with_or(MODES),
    "basis": "How the speaker knows: " + join_with_or(BASES),
    "date": "A date of ISO 8601-2 (EDTF): a year, a month or a day, ~ after it for about, / between two.",
    "earliest": "The first day that `date` can mean.",
    "latest": "The last day that `date` can mean.",
    "printedName": "The speaker's name as the article prints it.",
    "cue": "The words of the article that attribute.",
    "wording": "quotation, mixed or report: whether the printed words are the speaker's own alone, in part, or not.",
    "ownWords": "The speaker's own words: those that stand in quotation marks in the text.",
    "recordedWords": "Words that the editors recorded, and that no printing has in quotation marks.",
    "relation": "How a hop took part: " + join_with_or(STEPS),
    "prefix": "What stands in the text directly before the words.",
    "suffix": "What stands in the text directly after the words.",
    "sentenceBefore": "What else their sentence has before the words, as far as the publisher quotes it.",
    "sentenceAfter": "What else their sentence has after the words, as far as the publisher quotes it.",
    "start": "Where the words begin in the text, in code points from 0.",
    "end": "Where the words end in the text, in code points.",
    "kind": "The kind of claim, actor, outlet or name, in the words of the record's method page.",
    "withheld": "Whether the name of the actor is protected; then only a label is given.",
    "scheme": "The transliteration scheme of a name.",
    "stateControlled": join_with_or(STATE_CONTROLLED),
    "derivation": "How an article was made of another: " + join_with_or(DERIVATIONS),
    "method": "How a text was taken in: " + join_with_or(CAPTURE_METHODS),
    "complete": "Whether the text that was taken in is the whole article.",
    "reader": "The program that made the text of the original, and its version.",
    "editCount": "In how many places an editor changed that text by hand.",
    "removed": "True where the publisher has deleted the original.",
    "page": "The page of the original on which the words stand, or begin, counted from 1.",
    "lastPage": "The page on which they end, where that is another.",
    "beginsAt": "When that which was said begins, in seconds from the beginning of the recording.",
    "endsAt": "When it ends, in seconds from the beginning of the recording.",
    "turn": "Who is speaking there, as the transcript has it.",
    "treatment": join_with_or(TREATMENTS),
    "aboutField": "What a note is about: " + join_with_or(NOTES),
    "part": "headline or body.",
    "words": "The words on which a framing rests.",
    "amount": "The number itself.",
    "lower": "The number is at least this.",
    "upper": "The number is at most this.",
    "unit": "What one of it is.",
    "modifier": join_with_or(MODIFIERS[1:]),
    "derived": "True where nobody printed the numbers: editors read them out of words.",
    "counted": "What is counted.",
    "asOf": "The date for which a figure is given, as `date`.",
    "order": "The place among its siblings on a page.",
}

# Properties that lead to something else: one, several in no order, or several in order.
LINKS = {
    "claim": "The claim that a framing is about.",
    "capture": "The text in which the words stand.",
    "figure": "The number that the claim gives.",
    "reportedIn": "The one article that reports an unnamed source.",
    "stances": "How the statement stands to claims.",
    "printings": "The words in which the statement is printed.",
    "notes": "What the editors say of the thing itself.",
    "writtenBy": "The outlet that wrote the words of a framing, where it is not the one that printed them.",
    "framings": "How the outlet treats claims in this article.",
    "names": "The names of an actor, with language, kind and scheme.",
    "contradicts": "One of the two claims must be true, and not both.",
    "contraryTo": "The two claims cannot both be true; both may be false.",
    "narrows": "Says the same of less.",
    "broadens": "Says the same of more.",
    "repeats": "Says the same in other words.",
    "supersedes": "Is put in the place of the other by those who made it.",
    "chain": "Those who passed the statement on, nearest to the page first.",
}
ORDERED_TERMS = {"chain"}

RELATIONS = {
    "contradicts": "contradicts",
    "contrary to": "contraryTo",
    "narrows": "narrows",
    "broadens": "broadens",
    "repeats": "repeats",
    "supersedes": "supersedes",
}

ADDRESSES = ("url", "sameAs", "archivedAt", "license")


@cache
def json_ld_context() -> dict:
    """What `@context` means: JSON-LD 1.1. A word that is not listed is schema.org's."""
    return {
        "@version": 1.1,
        "@vocab": SCHEMA,
        "cito": CITO,
        "prov": PROV,
        "xsd": XSD,
        **{name: {"@id": SCHEMA + name, "@type": "@id"} for name in ADDRESSES},
        **{name: OWN_NAMESPACE + name for name in (*CLASSES, *VALUES)},
        **{
            name: {"@id": OWN_NAMESPACE + name} | ({"@container": "@list"} if name in ORDERED_TERMS else {})
            for name in LINKS
        },
        **{name: {"@id": OWN_NAMESPACE + name, "@type": XSD + "date"} for name in ("earliest", "latest")},
        "dateModified": {"@id": SCHEMA + "dateModified", "@type": XSD + "dateTime"},
    }


# Literals of XML Schema 1.1 (part 2, section 3.3) by how they are written.
_DATE_TYPES = {
    "gYear": re.compile(r"[0-9]{4}", re.ASCII),
    "gYearMonth": re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII),
    "dateTime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII),
}


def typed_date(text: str | None) -> str | dict[str, str] | None:
    """A year, a month, a day or a moment as a typed value of JSON-LD; other text as it is."""
    matches = (name for name, pattern in _DATE_TYPES.items() if text and pattern.fullmatch(text))
    name = next(matches, "")
    return {"@value": text or "", "@type": f"xsd:{name}"} if name else text


@cache
def described_context() -> dict:
    """The context as it is served, with every word of our own explained in RDFS."""
    words = [(name, "Class", meaning) for name, meaning in CLASSES.items()]
    words += [(name, "Property", meaning) for name, meaning in {**VALUES, **LINKS}.items()]
    explained = [
        {
            "@id": OWN_NAMESPACE + name,
            "@type": (RDFS if kind == "Class" else RDF) + kind,
            RDFS + "label": {"@value": name},
            RDFS + "comment": {"@value": meaning, "@language": "en"},
        }
        for name, kind, meaning in words
    ]
    return {"@context": json_ld_context(), "@graph": explained}
