"""Topics, questions, the claims that compete to answer them, and actors under all their names; and one verb for every
later change of these and of statements, one for articles that are quoted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import capfirst

from articles.changes import revise_article
from articles.models import Article, Outlet, TrackedModel
from articles.tracked_changes import Refusal

from ..models import Actor, Appearance, Claim, Question, Statement, Topic
from ..privacy import HINT, Matcher, Person
from ..suggestions.claim_index import write_terms
from . import cleaning
from .claim_components import Relations, Subjects, TopicQuestions
from .cleaning import Reader, Values
from .components import Appearances, Component, Identifiers, Names, Notes, Stances, refuse_merged_object
from .inputs import IdentifierInput, NameInput, NoteInput, RelationInput, SubjectInput, TopicQuestionInput
from .recording import read_statement, refuse_invalid_statement, refuse_missing_speaker
from .transactions import Noun, OwnedPart, open_addition, open_component_change
from .wording import refuse_dependent_rewording, refuse_dependent_wording, refuse_wrong_mode, saved_mode

QUESTION_READERS: dict[str, Reader] = {
    "title": cleaning.line,
    "description": cleaning.long_text,
    "position": cleaning.position,
}
TOPIC_READERS: dict[str, Reader] = {
    "title": cleaning.line,
    "introduction": cleaning.long_text,
    "position": cleaning.position,
}
CLAIM_READERS: dict[str, Reader] = {
    "question": cleaning.raw_value,
    "text": cleaning.line,
    "kind": cleaning.raw_value,
    "language": lambda value, field: cleaning.language(value, field, required=True),
    "position": cleaning.position,
    "amount": cleaning.number,
    "lower": cleaning.number,
    "upper": cleaning.number,
    "unit": cleaning.line,
    "modifier": cleaning.raw_value,
    "counted": cleaning.line,
    "as_of": cleaning.partial_date,
    "derived": cleaning.raw_value,
}


def read_question(question: Question, values: Values) -> Values:
    """`values` clean, with the address that they ask for."""
    return read_values(question, values, QUESTION_READERS, named_by="title")


def read_topic(topic: Topic, values: Values) -> Values:
    """`values` clean, with the address that they ask for."""
    return read_values(topic, values, TOPIC_READERS, named_by="title")


def read_claim(claim: Claim, values: Values) -> Values:
    """`values` clean, with the address that they ask for."""
    return read_values(claim, values, CLAIM_READERS, named_by="text")


def read_values(
    obj: Topic | Question | Claim | Actor, values: Values, readers: Mapping[str, Reader], *, named_by: str
) -> Values:
    """Each value through its reader. An empty slug becomes one made of what the object is named by."""
    unknown = values.keys() - readers.keys() - {"slug"}
    if unknown:
        raise TypeError(f"{type(obj).__name__} has no field {sorted(unknown)} that a verb sets")
    clean = {name: readers[name](value, name) for name, value in values.items() if name != "slug"}
    if values.get("slug"):
        clean["slug"] = cleaning.chosen_slug(type(obj), values["slug"], obj.public_id)
    elif "slug" in values:
        clean["slug"] = cleaning.free_slug(type(obj), clean.get(named_by, getattr(obj, named_by)), obj.public_id)
    return clean


def add_question(*, title: str, by: User, **values: Any) -> Question:
    """A new question. Without a slug it gets one made of its title."""
    question = Question()
    for name, value in read_question(question, {"title": title, "slug": "", **values}).items():
        setattr(question, name, value)
    with open_addition(question, by=by):
        return question


def add_topic(*, title: str, by: User, questions: Sequence[TopicQuestionInput] = (), **values: Any) -> Topic:
    """A new topic with its questions in order. Without a slug it gets one made of its title."""
    topic = Topic()
    for name, value in read_topic(topic, {"title": title, "slug": "", **values}).items():
        setattr(topic, name, value)
    with open_addition(topic, [TopicQuestions(questions)], by=by):
        return topic


def add_claim(
    *, question: Question, text: str, kind: str, by: User, subjects: Sequence[SubjectInput] = (), **values: Any
) -> Claim:
    """A new claim under a question; `values` are those of its other fields, by name, `subjects` what it is about.

    A figure says its unit and what it counts; `as_of` is EDTF text. `derived` says that the numbers were read out of
    words, such as "hundreds".
    """
    claim = Claim()
    values = {"question": question, "text": text, "kind": kind, "slug": ""} | values
    for name, value in read_claim(claim, values).items():
        setattr(claim, name, value)
    refuse_dependent_wording(claim.text, "text", language=claim.language)
    refuse_invalid_figure(claim)
    with open_addition(claim, [Subjects(subjects)], by=by):
        write_terms([claim])
        return claim


def reword_claim(claim: Claim, *, text: str, by: User, seen: int | None, why: str = "") -> Claim:
    """Says the same claim in other words. Its address stays: a claim in new words is not a new claim."""
    refuse_merged_object(claim)
    text = cleaning.line(text, "text")
    refuse_dependent_rewording(claim, {"text": text})
    with open_component_change(claim, {"text": text}, by=by, verb="reword", seen=seen, why=why) as change:
        write_terms([change.obj])
        return change.obj


def relate_claims(claim: Claim, kind: str, other: Claim, *, by: User, seen: int | None) -> Claim:
    """Adds "claim `kind` other" to the relations of `claim`; a relation that stands already changes nothing."""
    refuse_merged_object(claim)
    relations = [RelationInput.from_source(row) for row in claim.relations.select_related("other").order_by("id")]
    if RelationInput(kind, other) not in relations:
        relations.append(RelationInput(kind, other))
    with open_component_change(claim, {}, [Relations(relations)], by=by, verb="relate", seen=seen) as change:
        return change.obj


def missing_in_figure(claim: Claim) -> dict[str, str]:
    """What a figure lacks, a sentence by field."""
    has_number = any(number is not None for number in (claim.amount, claim.lower, claim.upper))
    needed = {
        "amount": (has_number, "A figure needs an amount, or a lower or upper bound."),
        "unit": (claim.unit, "A figure needs a unit, such as people or km²."),
        "counted": (claim.counted, "Say exactly what the figure counts."),
    }
    return {field: sentence for field, (given, sentence) in needed.items() if not given}


def refuse_invalid_figure(claim: Claim) -> None:
    """The figure rules with the field that each is about; the database keeps them too, but names no field."""
    if claim.kind == Claim.Kind.FIGURE:
        for field, sentence in missing_in_figure(claim).items():
            raise Refusal(sentence, field=field)
    else:
        for name in ("amount", "lower", "upper", "unit", "modifier", "counted", "as_of", "derived"):
            if getattr(claim, name) not in (None, "", False):
                raise Refusal(f"Only a figure can have this: {name.replace('_', ' ')}.", field=name)
    order = [("lower", claim.lower), ("amount", claim.amount), ("upper", claim.upper)]
    numbers = [(name, value) for name, value in order if value is not None]
    for (below, low), (above, high) in pairwise(numbers):
        if low > high:
            raise Refusal(
                f"The {below} ({low.normalize():f}) is greater than the {above} ({high.normalize():f}).", field=below
            )


ACTOR_READERS: dict[str, Reader] = {
    "name": cleaning.line,
    "kind": cleaning.raw_value,
    "description": cleaning.line,
    "protection": cleaning.raw_value,
    "public_label": cleaning.line,
    "reported_in": cleaning.raw_value,
}


def add_actor(
    *,
    name: str,
    kind: str,
    by: User,
    names: Sequence[NameInput] = (),
    identifiers: Sequence[IdentifierInput] = (),
    **values: Any,
) -> Actor:
    """A new actor; `name` becomes its primary name, and `values` are those of its other fields.

    An unnamed source says in which article it is reported (`reported_in`). An actor whose name is withheld has its
    public identity for an address, and is public under its label alone.
    """
    actor = Actor()
    for field, value in read_actor(actor, {"name": name, "kind": kind, "slug": "", **values}).items():
        setattr(actor, field, value)
    refuse_invalid_actor(actor)
    with open_addition(actor, [Names(names), Identifiers(identifiers)], by=by) as change:
        refuse_revealing_label(change.obj)
    return actor


def read_actor(actor: Actor, values: Values) -> Values:
    """`values` clean, with the address that they ask for: an address must not tell a name that is withheld."""
    clean = read_values(actor, values, ACTOR_READERS, named_by="name")
    if clean.get("protection", actor.protection) == Actor.Protection.WITHHELD:
        clean["slug"] = actor.public_id
    elif "slug" not in clean and actor.slug in ("", actor.public_id):
        clean["slug"] = cleaning.free_slug(Actor, clean.get("name", actor.name), actor.public_id)
    return clean


def refuse_invalid_actor(actor: Actor) -> None:
    """The rules of one actor with the field that each is about."""
    if actor.kind == Actor.Kind.UNNAMED and actor.reported_in_id is None:
        raise Refusal("Choose the article that reports this unnamed source.", field="reported_in")
    if actor.kind != Actor.Kind.UNNAMED and actor.reported_in_id is not None:
        raise Refusal("Only an unnamed source can be tied to an article.", field="reported_in")
    if actor.protection == Actor.Protection.WITHHELD and not actor.public_label:
        raise Refusal("Enter a public label to show instead of the withheld name.", field="public_label")


def refuse_revealing_label(actor: Actor) -> None:
    """Refuses a public label that gives away a withheld name."""
    if actor.protection != Actor.Protection.WITHHELD:
        return
    own = Matcher([Person("", tuple({actor.name, *(row.name for row in actor.names.all())}))])
    if any(found.grade != HINT for found in own.find(actor.public_label)):
        raise Refusal("The public label reveals the withheld name.", field="public_label")


COMPONENTS: dict[type[TrackedModel], dict[str, type[Component[Any, Any, Any]]]] = {
    Topic: {"questions": TopicQuestions, "notes": Notes},
    Question: {"notes": Notes},
    Claim: {"relations": Relations, "subjects": Subjects, "notes": Notes},
    Actor: {"names": Names, "identifiers": Identifiers, "notes": Notes},
    Statement: {"stances": Stances, "appearances": Appearances, "notes": Notes},
}

Revisable = TypeVar("Revisable", bound=Topic | Question | Claim | Actor | Statement)


def revise(
    obj: Revisable,
    values: dict[str, Any],
    *,
    by: User,
    seen: int | None,
    why: str = "",
    verb: str = "revise",
    **parts: Sequence[Any] | None,
) -> Revisable:
    """Changes fields of `obj` and replaces whole lists of its parts; returns it as it now stands.

    `values` maps fields to new values; fields left out stay, an empty slug is made anew. `parts` are lists of inputs:
    questions of a topic, relations and subjects of a claim, names and identifiers of an actor, stances and appearances
    of a statement, notes of each. Rows
    that occur in the new list keep their identity. `verb` is what the history calls the act. Raises `StaleRevision` if
    `seen` is not the revision that stands, and `Refusal`.
    """
    unknown = parts.keys() - COMPONENTS[type(obj)].keys()
    if unknown:
        raise TypeError(f"{type(obj).__name__} has no parts {sorted(unknown)}")
    clean = _READERS[type(obj)](obj, values)
    if isinstance(obj, Claim | Statement):
        refuse_dependent_rewording(obj, clean)
    wanted = _read_parts(obj, clean, parts)
    if isinstance(obj, Claim | Actor):
        refuse_merged_object(obj)
    before = saved_mode(obj) if isinstance(obj, Statement) else None
    with transaction.atomic():
        with open_component_change(obj, clean, wanted, by=by, verb=verb, seen=seen, why=why) as change:
            for rule in _RULES[type(obj)]:
                rule(change.obj)
            if isinstance(change.obj, Statement) and before is not None:
                refuse_wrong_mode(change.obj, before)
            if isinstance(change.obj, Claim) and "text" in clean:
                write_terms([change.obj])
        if isinstance(change.obj, Actor) and "reported_in" in clean:
            _refuse_unrelated_article(change.obj)
    return change.obj


def _read_parts(
    obj: Revisable, clean: Values, parts: Mapping[str, Sequence[Any] | None]
) -> Sequence[OwnedPart[Revisable]]:
    """The parts that a revision replaces; the names of an actor follow its own name."""
    components = COMPONENTS[type(obj)]
    wanted = [components[name](rows) for name, rows in parts.items() if rows is not None]
    if isinstance(obj, Actor) and parts.get("names") is None and "name" in clean:
        wanted.append(Names(None))
    return wanted


def annotate(obj: Noun, notes: Sequence[NoteInput], *, by: User, seen: int | None, why: str = "") -> Noun:
    """Puts `notes` in the place of those on `obj`, a topic, question, claim, actor, outlet, article or statement."""
    with open_component_change(obj, {}, [Notes(notes)], by=by, verb="annotate", seen=seen, why=why) as change:
        return change.obj


def _refuse_unrelated_article(actor: Actor) -> None:
    """Refuses to move an unnamed source to an article in which it does not speak. Asked once its row is written."""
    for statement in Statement.objects.spoken_or_relayed_by(actor) if actor.kind == Actor.Kind.UNNAMED else ():
        refuse_invalid_statement(statement)


_READERS: dict[type[TrackedModel], Callable[[Any, Values], Values]] = {
    Topic: read_topic,
    Question: read_question,
    Claim: read_claim,
    Actor: read_actor,
    Statement: lambda statement, values: read_statement(values),
}
_RULES: dict[type[TrackedModel], tuple[Callable[[Any], None], ...]] = {
    Topic: (),
    Question: (),
    Claim: (refuse_invalid_figure,),
    Actor: (refuse_invalid_actor, refuse_revealing_label),
    Statement: (refuse_missing_speaker, refuse_invalid_statement),
}


def revise_quoted_article(
    article: Article, values: Values, *, by: User, seen: int | None, why: str = "", verb: str = "revise"
) -> Article:
    """`articles.changes.revise_article`, refused where a chain would then name the very outlet that prints it."""
    with transaction.atomic():
        revised = revise_article(article, values, by=by, seen=seen, why=why, verb=verb)
        if "outlet" in values and (named := chain_conflicts(revised.outlet, [revised]).get(revised.pk)):
            raise Refusal(f"{capfirst(named)}.", field="outlet")
    return revised


def chain_conflicts(outlet: Outlet, articles: Iterable[Article]) -> dict[int, str]:
    """Of `articles`, by primary key, those in whose chains `outlet` is a step, with a sentence; one query."""
    printings = Appearance.objects.filter(steps__outlet=outlet, passage__capture__article__in=articles)
    named = printings.order_by("-pk").values_list("passage__capture__article", "statement__summary")
    return {
        article: f"the chain of “{summary}” names “{outlet}”, which would print it itself: correct the chain first"
        for article, summary in named
    }
