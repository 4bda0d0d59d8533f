"""A name that was public and is withheld from now on: what stands must not tell it, and the history forgets it."""

from collections.abc import Iterator

from record.documents import Redirect, decode, kind_of, label_of
from record.log import erase_versions
from record.models import Publication

from ..models import Actor, Statement
from ..privacy import HINT
from ..privacy.documents import hints_in, labels_in
from ..privacy.redactor import Redactor
from .gates import Complaint

LOOKED_UP_FROM = 8  # words of a quotation by which a search engine finds one article


def newly_withheld(becoming) -> list[Actor]:
    """The actors among what becomes public whose name some earlier version told."""
    actors = [
        planned.obj
        for planned in becoming
        if isinstance(planned.obj, Actor) and planned.obj.protection == Actor.Protection.WITHHELD
    ]
    older = Publication.objects.filter(public_id__in=[actor.public_id for actor in actors], kind="actor")
    told = {row.public_id for row in older.exclude(document=None) if not decode(row.document).withheld}
    return [actor for actor in actors if actor.public_id in told]


def warnings(becoming, *, withheld: Redactor) -> Iterator[Complaint]:
    """What the reviewer should know before publishing, and may publish all the same."""
    for planned in becoming:
        for field, found in hints_in(planned.document, withheld):
            what = (
                "a word that is a part of a name that is withheld"
                if found.grade == HINT
                else "what is very likely a form of a name that is withheld"
            )
            yield Complaint(
                planned.obj,
                f"The {planned.kind} “{planned.obj}” has in its {field} {what} (that of “{found.label}”). "
                "Readers may put the two together.",
                field.partition(" ")[0],
                form=found.form,
            )
    for actor in newly_withheld(becoming):
        yield Complaint(
            actor,
            f"Readers have seen the name of “{actor}”. Publishing erases older versions that tell it from the public "
            "log; whoever has a copy keeps it.",
            "protection",
        )
    for planned in becoming:
        if isinstance(planned.obj, Statement) and not isinstance(planned.document, Redirect):
            yield from _about_words_that_lead_to_the_source(planned.obj)


def _about_words_that_lead_to_the_source(statement: Statement) -> Iterator[Complaint]:
    """Of a statement whose speaker is withheld, the words that a search engine finds the article by."""
    if not statement.speaker_id or statement.speaker.protection != Actor.Protection.WITHHELD:
        return
    told = [statement.words, *(appearance.passage.exact for appearance in statement.appearances.all())]
    for words in dict.fromkeys(told):
        if len(words.split()) >= LOOKED_UP_FROM:
            yield Complaint(
                statement,
                f"“{words}”: {len(words.split())} words of somebody whose name is withheld. Whoever looks them up "
                "finds where they were printed, and the name if it stands there: choose a shorter passage.",
                "protection",
            )


def standing_tellers(made, withheld: Redactor) -> Iterator[Complaint]:
    """Every public document outside the plan that still tells a name which the plan withholds."""
    actors = newly_withheld(made.becoming)
    if not actors:
        return
    names = withheld.of(actors)
    changing = [one.obj.public_id for one in [*made.becoming, *made.neighbours]]
    standing = Publication.objects.filter(superseded_by=None).exclude(document=None).exclude(public_id__in=changing)
    for row in standing.iterator():
        if names.label_in_json(row.document) and any(labels_in(document := decode(row.document), names)):
            yield Complaint(
                actors[0],
                f"The public {kind_of(document)} “{label_of(document)}” tells a name that is to be withheld: "
                "publish it without the name in the same act, or withdraw it first.",
            )


def forget_names(made) -> None:
    """Erases the replaced versions that tell a name which the plan has withheld, whosever versions they are."""
    actors = newly_withheld(made.becoming)
    if not actors:
        return
    names = Redactor.load().of(actors)
    replaced = Publication.objects.filter(superseded_by__isnull=False).exclude(document=None)
    erase_versions(
        row.seq for row in replaced.iterator() if names.label_in_json(row.document) or names.label_in(row.reason)
    )
