"""Names that are withheld: none of them may become public, in whatever form and in whatever field."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from record.documents import AnyDocument

from .models import Actor, ActorName, Appearance
from .privacy import CERTAIN, HINT, Found, Matcher, Person, printed_words

_ESCAPES = re.compile(r"\\(?:u[0-9a-f]{4}|.)")


class Withheld:
    """All names of all actors whose name is withheld, in a form in which texts can be searched for them."""

    def __init__(self, people: Iterable[Person]):
        self.people = tuple(people)
        self.matcher = matcher_of(self.people)

    @classmethod
    def load(cls) -> "Withheld":
        """As the desk knows them now: two queries.

        Looked for are all recorded names, and of what is printed of a person (names as printed, and the words of their
        passages) what occurs in a recorded name: "Ms Smith" gives away "Smith", "a former detainee" nothing.
        """
        return cls(people_withheld())

    def told_by(self, text: str) -> str:
        """The public label of somebody whose withheld name this text tells, or an empty string."""
        found = self.matcher.tells(text)
        return found.label if found else ""

    def told_by_json(self, text: str) -> str:
        """The same of a document in canonical JSON."""
        return self.told_by(_ESCAPES.sub(" ", text))

    def may_be_told_by(self, text: str) -> bool:
        """Whether this text tells a withheld name, or a form that is very likely meant as one."""
        return any(found.grade != HINT for found in self.matcher.find(text))

    def hinted_in(self, document: AnyDocument) -> Iterator[tuple[str, Found]]:
        """Each field of the document with a form that may be meant as a withheld name, or a part of one."""
        for field, text in _strings(msgspec.to_builtins(document), "") if self.matcher else ():
            found = self.matcher.find(text)
            if not any(one.grade == CERTAIN for one in found):
                yield from ((field, one) for one in found)

    def of(self, actors: Iterable[Actor]) -> "Withheld":
        """The same names, of these actors alone."""
        labels = {actor.public_label for actor in actors}
        return Withheld(person for person in self.people if person.label in labels)

    def told_in(self, document: AnyDocument) -> Iterator[tuple[str, str]]:
        """Each field of the document that tells a withheld name, with the public label of whose name it is."""
        if not self.matcher:
            return
        for field, text in _strings(msgspec.to_builtins(document), ""):
            if label := self.told_by(text):
                yield field, label


@lru_cache(maxsize=8)
def matcher_of(people: tuple[Person, ...]) -> Matcher:
    """The names of these people, made ready once: a process asks for the same ones with every page."""
    return Matcher(people)


def people_withheld(earlier: dict[str, set[str]] | None = None) -> list[Person]:
    """Everybody whose name is withheld; `earlier` are names by which they were called before, by public identity."""
    names: dict[int, list[str]] = {}
    actors: dict[int, tuple[str, bool]] = {}
    rows = ActorName.objects.filter(actor__protection=Actor.Protection.WITHHELD).order_by("actor_id", "id")
    told = rows.values_list("actor_id", "name", "actor__name", "actor__public_label", "actor__kind", "actor__public_id")
    for actor, name, own, label, kind, public_id in told:
        actors[actor] = (label, kind == Actor.Kind.PERSON)
        names.setdefault(actor, [own, *sorted((earlier or {}).get(public_id, ()))]).append(name)
    people = [actor for actor, (_, is_person) in actors.items() if is_person]
    texts: dict[int, list[tuple[str, bool]]] = {}
    printed = Appearance.objects.filter(
        statement__speaker__protection=Actor.Protection.WITHHELD, statement__speaker__kind=Actor.Kind.PERSON
    )
    rows = printed.values_list("statement__speaker_id", "printed_name", "passage__exact")
    for actor, name, exact in rows.distinct().order_by() if people else ():
        texts.setdefault(actor, []).extend(((name, True), (exact, False)))
    return [
        Person(label, tuple(dict.fromkeys(names[actor])), printed_words(names[actor], texts.get(actor, ())), is_person)
        for actor, (label, is_person) in actors.items()
    ]


# Made here and not written by anybody: identities, hashes, dates, and choices of the shapes.
_MADE = {"id", "type", "claim", "question", "outlet", "article", "speaker", "actor", "reported_in", "derived_from"}
_MADE |= {"into", "capture", "sha256", "retrieved_at", "earliest", "latest", "edtf"}


def _strings(value, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _MADE:
                yield from _strings(inner, f"{field} {name.replace('_', ' ')}".strip())
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner, field)
