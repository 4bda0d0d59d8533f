"""Puts the public label, a mark or blocks where a withheld name stands in a text: for showing, refusing and erasing."""

import re
import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from articles.models import Trace
from language.names.folded_words import Words
from record.documents import AnyDocument

from ..models import Actor, ActorName, Appearance
from .matcher import CERTAIN, HINT, LIKELY, Matcher, NameMatch
from .patterns import Person, printed_words
from .raw_bytes import unescape_text
from .vocabulary import is_common, is_title

MAX_CUT_LENGTH, MAX_CUT_WORDS = 120, 4  # signs and words before dots that may be the beginning of a name
MARK = "withheld from you: "
BLOCK = "█"
_DOTS = re.compile(r"(?<=\w)\.\.\.")
_COURTESY_TITLE = re.compile(
    r"(?<![\w’'-])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|г-н[ауе]?|г-ном|г-ж[аиеу]|г-жой|господин[ауе]?|госпож[аиеу]|السيدة?)"
    r"\.?[ \u00a0]$"
)
_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"(?<!\w)(?:an?|the) $", re.IGNORECASE)


class Redactor:
    """The names of some people, and what stands for each."""

    def __init__(self, people: Iterable[Person], *, grades: Container[str] = (CERTAIN, LIKELY)) -> None:
        """`grades` are those of the forms that are redacted."""
        self.people = tuple(people)
        self.matcher = _matcher_of(self.people)
        self.grades = grades

    @classmethod
    def load(cls) -> "Redactor":
        """The names of everybody whose name is withheld."""

        return cls(withheld_people())

    def limited_to(self, actors: Iterable[Actor]) -> "Redactor":
        """The same names, of these actors alone."""
        labels = {actor.public_label for actor in actors}
        return Redactor(person for person in self.people if person.label in labels)

    def __bool__(self) -> bool:
        return bool(self.matcher)

    # What a text tells

    def find(self, text: str) -> list[NameMatch]:
        """Every form of a name in `text`, of whatever grade, but for words of a label."""
        return [found for found in self.matcher.find(text) if found.whole or not self._is_within_label(text, found)]

    def label_in(self, text: str) -> str:
        """The label of somebody whose name this text certainly tells, or an empty string."""
        found = self.matcher.first_certain_match(text)
        return found.label if found else ""

    def label_in_json(self, text: str) -> str:
        """The same of a document in JSON."""
        return self.label_in(unescape_text(text))

    def is_likely_in(self, text: str) -> bool:
        """Whether this text tells a name, or a form that is very likely meant as one."""
        return any(found.grade != HINT for found in self.matcher.find(text))

    def is_part_of_name(self, word: str) -> bool:
        """Whether a name, in some form, holds this word, or this part of a word."""
        return self.matcher.is_part_of_name(word)

    # The text without it

    def redact(self, text: str, *, mark: bool = False) -> str:
        """`text` with the label, or the mark, of whoever it names; the very text where it names nobody."""
        return self.redact_pieces([text], mark=mark)[0]

    def redact_pieces(self, pieces: Sequence[str], *, mark: bool = False) -> list[str]:
        """One text in pieces: of a name that runs on from piece to piece the label stands in the first alone."""
        plain = [piece if piece.isascii() else unicodedata.normalize("NFKC", piece) for piece in pieces]
        joined = "".join(plain)
        hits = [_extend_to_title(joined, *hit) for hit in self._name_stretches(joined)]
        return _replace_stretches(pieces, plain, joined, hits, mark) if hits else list(pieces)

    def redact_name(self, text: str) -> str:
        """The label of whoever `text` names, for it names somebody, and nothing else of it."""
        return self._name_stretches(unicodedata.normalize("NFKC", text))[0][2]

    def blacken(self, text: str) -> str:
        """`text` with a block for every sign of a name, so that all else keeps its place in it."""
        signs = list(text)
        for first, last, _ in self._name_stretches(text):
            signs[first:last] = [sign if sign.isspace() else BLOCK for sign in signs[first:last]]
        return "".join(signs)

    def _name_stretches(self, text: str) -> list[tuple[int, int, str]]:
        """Where names stand in a text, in order, each with the label; where one runs into another, both as one."""
        hits = [(found.start, found.end, found.label) for found in self.find(text) if found.grade in self.grades]
        united: list[tuple[int, int, str]] = []
        for first, last, label in sorted([*hits, *self._find_cut_names(text)]):
            if united and first < united[-1][1]:
                begun, end, before = united[-1]
                united[-1] = (begun, max(end, last), before)
            else:
                united.append((first, last, label))
        return united

    def _is_within_label(self, text: str, found: NameMatch) -> bool:
        """Whether a word of a name stands within a label: a label is never replaced inside itself."""
        for label in self.matcher.labels_with(found.form):
            around = text[max(found.start - len(label), 0) : found.end + len(label)].casefold()
            at = around.find(label)
            before = found.start - max(found.start - len(label), 0)
            while at >= 0:
                if at <= before and before + len(found.form) <= at + len(label):
                    return True
                at = around.find(label, at + 1)
        return False

    def _find_cut_names(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The beginnings of names that a list has cut off: "Joh…" tells of John. At least three letters."""
        for dots in _DOTS.finditer(text) if "..." in text else ():
            begin = max(dots.start() - MAX_CUT_LENGTH, 0)
            words = Words(text[begin : dots.start()])
            if not words or words.ends[-1] != dots.start() - begin:
                continue
            for number in range(max(len(words) - MAX_CUT_WORDS, 0), len(words)):
                alone = number == len(words) - 1 and (is_common(words.words[-1]) or is_title(words.folds[-1]))
                label = "" if alone else self.matcher.label_by_beginning("".join(words.folds[number:]))
                if label:
                    yield begin + words.starts[number], dots.start(), label
                    break


@lru_cache(maxsize=8)
def _matcher_of(people: tuple[Person, ...]) -> Matcher:
    """The names of these people, made ready once: a process asks for the same ones with every page."""
    return Matcher(people)


def has_mark(values: Iterable[str]) -> bool:
    """Whether something that would be saved holds the mark of a withheld name."""
    return any(MARK in value for value in values)


def _replace_stretches(
    pieces: Sequence[str], plain: Sequence[str], joined: str, hits: Sequence[tuple[int, int, str]], mark: bool
) -> list[str]:
    redacted, start = [], 0
    for piece, text in zip(pieces, plain, strict=True):
        end, at, parts = start + len(text), start, []
        for first, last, label in hits:
            if last <= start or first >= end:
                continue
            parts.append(joined[at : max(first, start)])
            if first >= start:
                parts.append(f"[{MARK}{label}]" if mark else label)
            at = min(last, end)
        redacted.append("".join([*parts, joined[at:end]]) if parts else piece)
        start = end
    return redacted


def _extend_to_title(text: str, first: int, last: int, label: str) -> tuple[int, int, str]:
    """The stretch with a courtesy title before the name, and with an article that the label brings itself."""
    if title := _COURTESY_TITLE.search(text, max(first - 16, 0), first):
        first = title.start()
    if _ARTICLE.match(label) and (article := _ARTICLE_BEFORE.search(text, max(first - 5, 0), first)):
        first = article.start()
    return first, last, label


# Made here and not written by anybody: identities, hashes, dates, and choices of the shapes.
GENERATED_FIELDS = {
    "id",
    "type",
    "claim",
    "question",
    "questions",
    "outlet",
    "article",
    "speaker",
    "actor",
    "reported_in",
    "derived_from",
}
GENERATED_FIELDS |= {"into", "capture", "sha256", "retrieved_at", "earliest", "latest", "edtf"}


def revealed_labels(document: AnyDocument, redactor: Redactor) -> Iterator[tuple[str, str]]:
    """Each field that tells a name, with the public label of whose name it is."""
    for field, text in _document_texts(document, redactor):
        if label := redactor.label_in(text):
            yield field, label


def possible_names(document: AnyDocument, redactor: Redactor) -> Iterator[tuple[str, NameMatch]]:
    """Each field that tells none, with every form in it that may be meant as a name, or a part of one."""
    for field, text in _document_texts(document, redactor):
        found = redactor.matcher.find(text)
        if not any(form.grade == CERTAIN for form in found):
            yield from ((field, form) for form in found)


def _document_texts(document: AnyDocument, redactor: Redactor) -> Iterator[tuple[str, str]]:
    return _field_texts(msgspec.to_builtins(document), "") if redactor else iter(())


def _field_texts(value: object, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in GENERATED_FIELDS:
                yield from _field_texts(inner, f"{field} {name.replace('_', ' ')}".strip())
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _field_texts(inner, field)


def withheld_people() -> list[Person]:
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
        names.setdefault(key, []).extend(called for called in (own, name) if called != erased_name(public_id))
    for public_id, earlier in earlier_names(identities).items():
        key = identities[public_id]
        names[key] += sorted(earlier - {actors[key][0], erased_name(public_id)})  # an erasure leaves the label
    texts: dict[int, list[tuple[str, bool]]] = {}
    printed = Appearance.objects.filter(
        statement__speaker__protection=Actor.Protection.WITHHELD, statement__speaker__kind=Actor.Kind.PERSON
    )
    printings = printed.values_list("statement__speaker_id", "printed_name", "passage__exact")
    for key, name, exact in printings.distinct().order_by() if any(person for _, person in actors.values()) else ():
        texts.setdefault(key, []).extend(((name, True), (exact, False)))
    return [
        Person(label, tuple(dict.fromkeys(names[key])), printed_words(names[key], texts.get(key, ())), is_person)
        for key, (label, is_person) in actors.items()
    ]


def erased_name(public_id: str) -> str:
    """By what the desk calls an actor whose name was erased."""
    return f"erased {public_id}"


def earlier_names(public_ids: Collection[str]) -> dict[str, set[str]]:
    """By what names actors were called, as their traces tell it, by public identity."""
    names: dict[str, set[str]] = {}
    acts = Trace.objects.filter(public_id__in=list(public_ids)).order_by().values_list("public_id", "changes")
    for public_id, changes in acts if public_ids else ():
        names.setdefault(public_id, set()).update(_names_in_changes(changes))
    return names


def _names_in_changes(changes: object) -> Iterator[str]:
    """Every name that an act on an actor tells, before and after."""
    if not isinstance(changes, dict):
        return
    for field in ("name", "names"):
        # A line of the list says more than the name: “Qasym Toqaev · kk-Latn · alias”.
        yield from (text.partition(" · ")[0] for text in _name_strings(changes.get(field)))


def _name_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _name_strings(inner)
    elif isinstance(value, dict):
        yield from _name_strings(value.get("name"))
