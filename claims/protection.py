"""Names that are withheld: none of them may become public, in whatever spelling and in whatever field."""

from collections.abc import Iterable, Iterator

import msgspec

from record.documents import AnyDocument

from .models import Actor, ActorName, Appearance
from .names import Folded, spellings, words_of

_SHORTEST_WORD = 3  # letters of a single word of a name that is looked for by itself


class Withheld:
    """All names of all actors whose name is withheld, in a form in which texts can be searched for them."""

    def __init__(self, names: Iterable[tuple[str, str]]):
        """`names` are pairs of a fold and the public label of whoever has that name."""
        self._labels = dict(names)

    @classmethod
    def load(cls) -> "Withheld":
        """As the desk knows them now: two queries.

        Looked for are all recorded names, and of names as printed those words that occur in a recorded name: "Ms
        Smith" gives away "Smith", while "a former detainee" gives away nothing.
        """
        labels, known = {}, {}
        names = ActorName.objects.filter(actor__protection=Actor.Protection.WITHHELD).order_by("actor_id", "id")
        for actor, name, own, label in names.values_list("actor_id", "name", "actor__name", "actor__public_label"):
            for folded in spellings(name) | spellings(own):
                labels.setdefault(folded, label)
            known.setdefault(actor, set()).update(words_of(name), words_of(own))
        printed = Appearance.objects.filter(
            statement__speaker__protection=Actor.Protection.WITHHELD, statement__speaker__kind=Actor.Kind.PERSON
        ).exclude(printed_name="")
        rows = printed.values_list("statement__speaker_id", "printed_name", "statement__speaker__public_label")
        for actor, name, label in rows.distinct().order_by() if labels else ():
            for word in words_of(name):
                if len(word) >= _SHORTEST_WORD and word in known.get(actor, ()):
                    labels.setdefault(word, label)
        return cls(labels.items())

    def folds(self) -> Iterable[tuple[str, str]]:
        """Pairs of a fold that is looked for and the public label of whose name it is."""
        return self._labels.items()

    def told_by(self, text: str) -> str:
        """The public label of somebody whose withheld name this text tells, or an empty string."""
        if not self._labels or not text:
            return ""
        folded = Folded(text)
        return next((label for name, label in self._labels.items() if folded.holds(name)), "")

    def of(self, actors: Iterable[Actor]) -> "Withheld":
        """The same names, of these actors alone."""
        labels = {actor.public_label for actor in actors}
        return Withheld((folded, label) for folded, label in self._labels.items() if label in labels)

    def told_in(self, document: AnyDocument) -> Iterator[tuple[str, str]]:
        """Each field of the document that tells a withheld name, with the public label of whose name it is."""
        if not self._labels:
            return
        for field, text in _strings(msgspec.to_builtins(document), ""):
            if label := self.told_by(text):
                yield field, label


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
