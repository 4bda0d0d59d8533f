"""Questions, and the claims that compete to answer them."""

from itertools import pairwise

from articles.trace import Refused

from ..models import Claim, Question
from . import reading
from .frame import adding, changing_with
from .inputs import RelationInput
from .parts import Relations, refuse_gone
from .wording import refuse_dependent, refuse_dependent_rewording

QUESTION = {"title": reading.line, "description": reading.words, "position": reading.position}
CLAIM = {
    "question": reading.as_given,
    "text": reading.line,
    "kind": reading.as_given,
    "language": lambda value, field: reading.language(value, field, required=True),
    "position": reading.position,
    "amount": reading.number,
    "lower": reading.number,
    "upper": reading.number,
    "unit": reading.line,
    "modifier": reading.as_given,
    "counted": reading.line,
    "as_of": reading.dated,
    "derived": reading.as_given,
}


def read_question(question: Question, values: dict) -> dict:
    """`values` clean, with the address that they ask for."""
    return read(question, values, QUESTION, named_by="title")


def read_claim(claim: Claim, values: dict) -> dict:
    """`values` clean, with the address that they ask for."""
    return read(claim, values, CLAIM, named_by="text")


def read(obj, values: dict, readers: dict, *, named_by: str) -> dict:
    """Each value through its reader. An empty slug becomes one made of what the object is named by."""
    unknown = values.keys() - readers.keys() - {"slug"}
    if unknown:
        raise TypeError(f"{type(obj).__name__} has no field {sorted(unknown)} that a verb sets")
    clean = {name: readers[name](value, name) for name, value in values.items() if name != "slug"}
    if values.get("slug"):
        clean["slug"] = reading.own_slug(type(obj), values["slug"], obj.public_id)
    elif "slug" in values:
        clean["slug"] = reading.free_slug(type(obj), clean.get(named_by, getattr(obj, named_by)), obj.public_id)
    return clean


def add_question(*, title: str, by, **values) -> Question:
    """A new question. Without a slug it gets one made of its title."""
    question = Question()
    for name, value in read_question(question, {"title": title, "slug": "", **values}).items():
        setattr(question, name, value)
    with adding(question, by=by):
        return question


def add_claim(*, question: Question, text: str, kind: str, by, **values) -> Claim:
    """A new claim under a question; `values` are those of its other fields, by name.

    A figure says its unit and what it counts; `as_of` is EDTF text. `derived` says that the numbers were read out of
    words, such as "hundreds".
    """
    claim = Claim()
    values = {"question": question, "text": text, "kind": kind, "slug": ""} | values
    for name, value in read_claim(claim, values).items():
        setattr(claim, name, value)
    refuse_dependent(claim.text, "text", language=claim.language)
    refuse_crooked_figure(claim)
    with adding(claim, by=by):
        return claim


def reword_claim(claim: Claim, *, text: str, by, seen: int | None, why: str = "") -> Claim:
    """Says the same claim in other words. Its address stays: a claim in new words is not a new claim."""
    refuse_gone(claim)
    text = reading.line(text, "text")
    refuse_dependent_rewording(claim, {"text": text})
    with changing_with(claim, {"text": text}, by=by, verb="reword", seen=seen, why=why) as change:
        return change.obj


def relate_claims(claim: Claim, kind: str, other: Claim, *, by, seen: int | None) -> Claim:
    """Adds "claim `kind` other" to the relations of `claim`; a relation that stands already changes nothing."""
    refuse_gone(claim)
    standing = [RelationInput.of(one) for one in claim.relations.select_related("other").order_by("id")]
    if RelationInput(kind, other) not in standing:
        standing.append(RelationInput(kind, other))
    with changing_with(claim, {}, [Relations(standing)], by=by, verb="relate", seen=seen) as change:
        return change.obj


def refuse_crooked_figure(claim: Claim) -> None:
    """The figure rules with the field that each is about; the database keeps them too, but names no field."""
    if claim.kind == Claim.Kind.FIGURE:
        if claim.amount is None and claim.lower is None and claim.upper is None:
            raise Refused("A figure needs an amount or a bound.", field="amount")
        if not claim.unit:
            raise Refused("A figure needs a unit, such as people or km².", field="unit")
        if not claim.counted:
            raise Refused("A figure needs to say what exactly is counted.", field="counted")
    else:
        for name in ("amount", "lower", "upper", "unit", "modifier", "counted", "as_of", "derived"):
            if getattr(claim, name) not in (None, "", False):
                raise Refused(f"Only a claim of the kind figure has this: {name.replace('_', ' ')}.", field=name)
    order = [("lower", claim.lower), ("amount", claim.amount), ("upper", claim.upper)]
    given = [(name, value) for name, value in order if value is not None]
    for (below, low), (above, high) in pairwise(given):
        if low > high:
            raise Refused(
                f"The {below} ({low.normalize():f}) is above the {above} ({high.normalize():f}).", field=below
            )
