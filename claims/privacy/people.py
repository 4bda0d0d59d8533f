"""Whose names are withheld, as the desk knows them now."""

from articles.models import Trace

from ..models import Actor, ActorName, Appearance
from .patterns import Person, printed_words


def people_withheld() -> list[Person]:
    """Everybody whose name is withheld: four queries.

    Looked for are all recorded names, those by which somebody was called before, and of what is printed of a person
    (names as printed, and the words of their passages) what occurs in such a name: "Ms Smith" gives away "Smith", "a
    former detainee" nothing.
    """
    rows = ActorName.objects.filter(actor__protection=Actor.Protection.WITHHELD).order_by("actor_id", "id")
    names: dict[int, list[str]] = {}
    actors: dict[int, tuple[str, bool]] = {}
    identities: dict[str, int] = {}
    for key, name, own, label, kind, public_id in rows.values_list(
        "actor_id", "name", "actor__name", "actor__public_label", "actor__kind", "actor__public_id"
    ):
        actors[key] = (label, kind == Actor.Kind.PERSON)
        identities[public_id] = key
        names.setdefault(key, []).extend(one for one in (own, name) if one != erased_name(public_id))
    for public_id, earlier in earlier_names(identities).items():
        key = identities[public_id]
        names[key] += sorted(earlier - {actors[key][0], erased_name(public_id)})  # an erasure leaves the label
    texts: dict[int, list[tuple[str, bool]]] = {}
    printed = Appearance.objects.filter(
        statement__speaker__protection=Actor.Protection.WITHHELD, statement__speaker__kind=Actor.Kind.PERSON
    )
    rows = printed.values_list("statement__speaker_id", "printed_name", "passage__exact")
    for key, name, exact in rows.distinct().order_by() if any(person for _, person in actors.values()) else ():
        texts.setdefault(key, []).extend(((name, True), (exact, False)))
    return [
        Person(label, tuple(dict.fromkeys(names[key])), printed_words(names[key], texts.get(key, ())), is_person)
        for key, (label, is_person) in actors.items()
    ]


def erased_name(public_id: str) -> str:
    """By what the desk calls an actor whose name was erased."""
    return f"erased {public_id}"


def earlier_names(public_ids) -> dict[str, set[str]]:
    """By what names actors were called, as their traces tell it, by public identity."""
    names: dict[str, set[str]] = {}
    acts = Trace.objects.filter(public_id__in=list(public_ids)).order_by().values_list("public_id", "changes")
    for public_id, changes in acts if public_ids else ():
        names.setdefault(public_id, set()).update(_names_in(changes))
    return names


def _names_in(changes):
    """Every name that an act on an actor tells, before and after."""
    for field in ("name", "names") if isinstance(changes, dict) else ():
        # A line of the list says more than the name: “Qasym Toqaev · kk-Latn · alias”.
        yield from (text.partition(" · ")[0] for text in _strings(changes.get(field)))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, dict):
        yield from _strings(value.get("name"))
