"""Whether the words of a statement stand beside the speaker that it names, and a person has seen that they do."""

from collections.abc import Iterator

from record.documents import Redirect

from ..models import Actor, Statement
from .gates import Complaint
from .speakers import first_places, name_lost, names_by_actor, other_speaker


def complaints(plan) -> Iterator[Complaint]:
    """A sentence for every passage of the plan's statements that was moved and not confirmed, or is somebody else's."""
    statements = [
        one.obj for one in plan.becoming if isinstance(one.obj, Statement) and not isinstance(one.document, Redirect)
    ]
    appearances = [(statement, one) for statement in statements for one in statement.appearances.all()]
    if not appearances:
        return
    places = first_places(one.passage for _, one in appearances)
    names = names_by_actor(key for statement, one in appearances for key in _actors(statement, one))
    for statement, appearance in appearances:
        passage, article = appearance.passage, appearance.passage.capture.article
        if passage.moved_from_id is not None:
            yield Complaint(
                statement,
                f"“{statement}”: the words “{passage}” were moved to a newer text of “{article}”, and nobody has "
                "confirmed yet that they are the words: look at both texts on the passage's page.",
                "appearances",
            )
        other = _named_beside(statement, appearance, names)
        if other:
            yield Complaint(
                statement,
                f"“{statement}”: “{article}” gives the words “{passage}” to {other}, not to {statement.speaker}.",
                "appearances",
            )
        elif name_lost(passage, appearance.printed_name, places):
            yield Complaint(
                statement,
                f"“{statement}”: the name “{appearance.printed_name}” stood beside the words “{passage}” before they "
                f"were moved, and stands there no more in “{article}”: who says them there?",
                "appearances",
            )


def _named_beside(statement: Statement, appearance, names: dict[int, list[str]]) -> str:
    """Another person than the statement's, to whom the article surely gives the words; "" where that is not sure."""
    speaker, passage = statement.speaker, appearance.passage
    if speaker is None or speaker.kind != Actor.Kind.PERSON or not passage.capture.complete or passage.capture.adopted:
        return ""
    known = [name for actor in _actors(statement, appearance) for name in names.get(actor, ())]
    known += [name for name in (appearance.printed_name, *(step.label for step in appearance.steps.all())) if name]
    return other_speaker(passage.capture.text, passage.capture.article.language, passage.start, passage.end, known)


def _actors(statement: Statement, appearance) -> list[int]:
    """Whoever may be named beside the words: the speaker, and those who relay it."""
    return [key for key in (statement.speaker_id, *(step.actor_id for step in appearance.steps.all())) if key]
