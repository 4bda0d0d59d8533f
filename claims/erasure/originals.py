"""Originals that hold a name: their bytes are deleted. What is left is the SHA-256, and that there was an original."""

from collections.abc import Container, Iterable, Iterator

from msgspec.structs import replace

from articles.models import Attachment, Capture, Original
from articles.original_texts import texts_in
from articles.originals import OriginalIsLost, read_original, remove_original
from articles.reading.limited_process import kept_process
from articles.uploaded_tables import FileIsBroken
from record import documents as public
from record.documents import decode
from record.log import append

from ..privacy import CERTAIN, LIKELY, Matcher, Person
from ..privacy.raw_bytes import Searcher
from ..publishing.plan import current_documents
from ..publishing.publication_steps import current_seqs, note_places
from .known_names import KnownPerson
from .rewrite import UndecidedForm


def remove_originals(known: KnownPerson, covered: Container[int]) -> tuple[list[str], list[UndecidedForm]]:
    """Removes every original in which the name stands: the SHA-256 of each, and what a person has to look at.

    In originals of the person's own articles every likely form counts, elsewhere the certain ones. `covered` are the
    keys of those of which it is known already, by their names or by a text that was read from them.
    """
    names, phrases = (tuple(sorted(forms)) for forms in (known.names, known.phrases))
    searcher = Searcher(Matcher([Person(known.label, names, known.parts, known.is_person, phrases)]))
    theirs = set(Capture.objects.filter(article__in=known.articles).values_list("original_id", flat=True))
    theirs |= set(Attachment.objects.filter(article__in=known.articles).values_list("original_id", flat=True))
    removed: list[str] = []
    undecided: list[UndecidedForm] = []
    for original, forms, unread in _all_with_forms(searcher):
        grades = {grade for _, grade in forms}
        if original.pk in covered or CERTAIN in grades or (original.pk in theirs and LIKELY in grades):
            remove_original(original)
            removed.append(original.sha256)
            continue
        undecided += [_undecided(original, form) for form in sorted({form for form, _ in forms})]
        if unread and original.pk in theirs:
            undecided.append(_undecided(original, unread))
    return removed, undecided


def publish_removal(sha256s: Iterable[str]) -> None:
    """Says in the public documents of articles that these originals were removed."""
    removed = set(sha256s)
    captures = Capture.objects.filter(original__sha256__in=removed)
    articles = captures.order_by().values_list("article__public_id", flat=True)
    found = (decode(text) for text in current_documents(set(articles)).values())
    documents = [_without_originals(document, removed) for document in found if isinstance(document, public.Article)]
    if documents:
        append(documents, reason="The original of a text was removed.")
        note_places(current_seqs([document.id for document in documents]))


def _without_originals(article: public.Article, removed: Container[str]) -> public.Article:
    captures = (
        replace(capture, original=replace(capture.original, removed=True))
        if capture.original and capture.original.sha256 in removed
        else capture
        for capture in article.captures
    )
    return replace(article, captures=tuple(captures))


def originals_with_forms(searcher: Searcher) -> Iterator[tuple[Original, list[tuple[str, str]]]]:
    """The originals in which a form of a name stands, with the forms and their grades."""
    yield from ((original, forms) for original, forms, _ in _all_with_forms(searcher) if forms)


def _all_with_forms(searcher: Searcher) -> Iterator[tuple[Original, list[tuple[str, str]], str]]:
    """Every original that is here, with what `_forms_in` finds."""
    with kept_process():
        for original in Original.objects.filter(place=Original.Place.HERE).order_by("pk").iterator(100):
            yield original, *_forms_in(original, searcher)


def _forms_in(original: Original, searcher: Searcher) -> tuple[list[tuple[str, str]], str]:
    """Every form of a name in an original, with its grade, and why it may hold more: it cannot be read."""
    found: dict[tuple[str, str], None] = {}
    try:
        for text in texts_in(original, read_original(original)):
            found |= dict.fromkeys((match.form, match.grade) for match in searcher.find(text))
    except OriginalIsLost as lost:
        return [*found], str(lost)
    except FileIsBroken as broken:
        return [*found], f"It cannot be read: {broken}"
    return [*found], ""


def _undecided(original: Original, form: str) -> UndecidedForm:
    return UndecidedForm("original", original.sha256, "bytes", form)
