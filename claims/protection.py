"""Names that are withheld: none of them may become public, in whatever spelling and in whatever field."""

from collections.abc import Iterable, Iterator

import msgspec

from record.documents import AnyDocument

from .models import Actor, ActorName, Appearance
from .names import Folded, spellings, words_of

_SHORTEST_WORD = 3  # letters of a single word of a name that is looked for by itself, once it was printed of them
_TELLING_WORD = 4  # letters of one that nobody has printed of them, and that reviewers are warned of


class Withheld:
    """All names of all actors whose name is withheld, in a form in which texts can be searched for them."""

    def __init__(self, names: Iterable[tuple[str, str]], *, parts: Iterable[tuple[str, str]] = ()):
        """`names` are pairs of a fold and the public label of whoever has that name; `parts` likewise of what is a
        part of somebody's name, and may be somebody else's too."""
        self._labels = dict(names)
        self._parts = dict(parts)

    @classmethod
    def load(cls) -> "Withheld":
        """As the desk knows them now: two queries.

        Looked for are all recorded names, and of what is printed of a person (names as printed, and the words of their
        passages) what occurs in a recorded name: "Ms Smith" gives away "Smith", "a former detainee" nothing.
        """
        labels, known, people = {}, {}, {}
        names = ActorName.objects.filter(actor__protection=Actor.Protection.WITHHELD).order_by("actor_id", "id")
        told = names.values_list("actor_id", "name", "actor__name", "actor__public_label", "actor__kind")
        for actor, name, own, label, kind in told:
            people.setdefault(actor, label) if kind == Actor.Kind.PERSON else None
            for folded in spellings(name) | spellings(own):
                labels.setdefault(folded, label)
            known.setdefault(actor, set()).update(words_of(name), words_of(own))
        printed = Appearance.objects.filter(
            statement__speaker__protection=Actor.Protection.WITHHELD, statement__speaker__kind=Actor.Kind.PERSON
        )
        rows = printed.values_list("statement__speaker_id", "printed_name", "passage__exact")
        for actor, *texts in rows.distinct().order_by() if people else ():
            for word in {word for text in texts for word in words_of(text)} & known.get(actor, set()):
                if len(word) >= _SHORTEST_WORD:
                    labels.setdefault(word, people[actor])
        parts = {word: label for actor, label in people.items() for word in known[actor] if len(word) >= _TELLING_WORD}
        return cls(labels.items(), parts=parts.items())

    def folds(self) -> Iterable[tuple[str, str]]:
        """Pairs of a fold that is looked for and the public label of whose name it is."""
        return self._labels.items()

    def told_by(self, text: str) -> str:
        """The public label of somebody whose withheld name this text tells, or an empty string."""
        if not self._labels or not text:
            return ""
        folded = Folded(text)
        return next((label for name, label in self._labels.items() if folded.holds(name)), "")

    def hinted_in(self, document: AnyDocument) -> Iterator[tuple[str, str]]:
        """Each field of the document in which a part of a withheld name stands alone, with that public label."""
        for field, text in _strings(msgspec.to_builtins(document), "") if self._parts else ():
            words = set(words_of(text))
            label = next((label for part, label in self._parts.items() if part in words), "")
            if label and not self.told_by(text):
                yield field, label

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
