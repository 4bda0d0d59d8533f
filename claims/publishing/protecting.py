"""A name that was public and is withheld from now on: what stands must not tell it, and the history forgets it."""

from collections.abc import Iterator

from record.documents import decode, kind_of, label_of
from record.log import erase_versions
from record.models import Publication

from ..models import Actor
from ..protection import Withheld
from .gates import Complaint


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


def warnings(becoming) -> Iterator[Complaint]:
    """What the reviewer should know before publishing, and may publish all the same."""
    for actor in newly_withheld(becoming):
        yield Complaint(
            actor,
            f"Readers have seen the name of “{actor}”. Publishing erases older versions that tell it from the public "
            "log; whoever has a copy keeps it.",
            "protection",
        )


def standing_tellers(made, withheld: Withheld) -> Iterator[Complaint]:
    """Every public document outside the plan that still tells a name which the plan withholds."""
    actors = newly_withheld(made.becoming)
    if not actors:
        return
    names = withheld.of(actors)
    changing = [one.obj.public_id for one in [*made.becoming, *made.neighbours]]
    standing = Publication.objects.filter(superseded_by=None).exclude(document=None).exclude(public_id__in=changing)
    for row in standing.iterator():
        if names.told_by(row.document) and any(names.told_in(document := decode(row.document))):
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
    names = Withheld.load().of(actors)
    replaced = Publication.objects.filter(superseded_by__isnull=False).exclude(document=None)
    erase_versions(row.seq for row in replaced.iterator() if names.told_by(row.document) or names.told_by(row.reason))
