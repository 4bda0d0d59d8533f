"""One verb for every later change of a question, a claim, an actor or a statement; one for articles that are quoted."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils.text import capfirst

from articles.changes import revise_article
from articles.models import Article, Tracked
from articles.trace import Refused

from ..models import Actor, Appearance, Claim, Question, Statement
from .actors import read_actor, refuse_crooked_actor, refuse_telling_label
from .frame import changing_with
from .inputs import NoteInput
from .matters import read_claim, read_question, refuse_crooked_figure
from .parts import Appearances, Identifiers, Names, Notes, Relations, Stances, refuse_gone
from .statements import read_statement, refuse_crooked_statement, refuse_speakerless
from .wording import mode_before, refuse_dependent_rewording, refuse_wrong_mode

PARTS = {
    Question: {"notes": Notes},
    Claim: {"relations": Relations, "notes": Notes},
    Actor: {"names": Names, "identifiers": Identifiers, "notes": Notes},
    Statement: {"stances": Stances, "appearances": Appearances, "notes": Notes},
}

Noun = TypeVar("Noun", Question, Claim, Actor, Statement)


def revise(
    obj: Noun, values: dict[str, Any], *, by, seen: int | None, why: str = "", verb: str = "revise", **parts: Sequence
) -> Noun:
    """Changes fields of `obj` and replaces whole lists of its parts; returns it as it now stands.

    `values` maps fields to new values; fields left out stay, an empty slug is made anew. `parts` are lists of inputs:
    relations of a claim, names and identifiers of an actor, stances and appearances of a statement, notes of each. Rows
    that occur in the new list keep their identity. `verb` is what the history calls the act. Raises `StaleRevision` if
    `seen` is not the revision that stands, and `Refused`.
    """
    unknown = parts.keys() - PARTS[type(obj)].keys()
    if unknown:
        raise TypeError(f"{type(obj).__name__} has no parts {sorted(unknown)}")
    clean = _READERS[type(obj)](obj, values)
    if isinstance(obj, Claim | Statement):
        refuse_dependent_rewording(obj, clean)
    wanted = [PARTS[type(obj)][name](rows) for name, rows in parts.items() if rows is not None]
    if isinstance(obj, Actor) and parts.get("names") is None and "name" in clean:
        wanted.append(Names(None))
    if isinstance(obj, Claim | Actor):
        refuse_gone(obj)
    before = mode_before(obj) if isinstance(obj, Statement) else None
    with transaction.atomic():
        with changing_with(obj, clean, wanted, by=by, verb=verb, seen=seen, why=why) as change:
            for rule in _RULES[type(obj)]:
                rule(change.obj)
            if before is not None:
                refuse_wrong_mode(change.obj, before)
        if "reported_in" in clean:
            _refuse_speaking_elsewhere(change.obj)
    return change.obj


def annotate(obj: Tracked, notes: Sequence[NoteInput], *, by, seen: int | None, why: str = "") -> Tracked:
    """Puts `notes` in the place of those on `obj`, a question, claim, actor, outlet, article or statement."""
    with changing_with(obj, {}, [Notes(notes)], by=by, verb="annotate", seen=seen, why=why) as change:
        return change.obj


def _refuse_speaking_elsewhere(actor: Actor) -> None:
    """Refuses to move an unnamed source to an article in which it does not speak. Asked once its row is written."""
    for statement in Statement.objects.speaking_or_relaying(actor) if actor.kind == Actor.Kind.UNNAMED else ():
        refuse_crooked_statement(statement)


_READERS = {
    Question: read_question,
    Claim: read_claim,
    Actor: read_actor,
    Statement: lambda statement, values: read_statement(values),
}
_RULES = {
    Question: (),
    Claim: (refuse_crooked_figure,),
    Actor: (refuse_crooked_actor, refuse_telling_label),
    Statement: (refuse_speakerless, refuse_crooked_statement),
}


def revise_printed(
    article: Article, values: dict, *, by, seen: int | None, why: str = "", verb: str = "revise"
) -> Article:
    """`articles.changes.revise_article`, refused where a chain would then name the very outlet that prints it."""
    with transaction.atomic():
        revised = revise_article(article, values, by=by, seen=seen, why=why, verb=verb)
        if "outlet" in values and (named := naming_outlet(revised.outlet, [revised]).get(revised.pk)):
            raise Refused(f"{capfirst(named)}.", field="outlet")
    return revised


def naming_outlet(outlet, articles) -> dict[int, str]:
    """Of `articles`, by primary key, those in whose chains `outlet` is a step, with a sentence; one query."""
    printings = Appearance.objects.filter(steps__outlet=outlet, passage__capture__article__in=articles)
    named = printings.order_by("-pk").values_list("passage__capture__article", "statement__summary")
    return {
        article: f"the chain of “{summary}” names “{outlet}”, which would print it itself: correct the chain first"
        for article, summary in named
    }
