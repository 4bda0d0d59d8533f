"""Every quotation that readers see, held once more against the captures at the desk."""

from collections.abc import Iterator

import msgspec

from articles.models import Capture
from articles.text import fingerprint
from record.documents import AnyDocument, Statement, decode
from record.documents import Appearance as PublicAppearance
from record.documents import Passage as PublicPassage
from record.log.verification import Remark
from record.models import Current

from ..models import Actor
from ..models import Statement as DeskStatement
from .speakers import has_name_in_paragraph, other_speaker

BATCH_SIZE = 200  # statements whose captures are in memory together


def unsupported_quotations(**_: object) -> Iterator[str]:
    """A sentence for every quotation in the record that no capture at the desk supports.

    Supported means: a capture of that article has the SHA-256 that the quotation names, its text has that SHA-256 (but
    for captures that are known from a published record alone), from `start` to `end` it holds the quotation's words,
    character by character, and the text does not surely give them to another person than the statement's. Where the
    desk never had a statement, as in a mirror, there is nothing to hold its words against: a remark says how many
    quotations were not compared. Statements are read a few hundred at a time, so that memory does not grow with the
    record.
    """
    after, foreign = "", 0
    while True:
        rows = Current.objects.filter(kind="statement", public_id__gt=after).order_by("public_id")
        batch = list(rows.values_list("public_id", "publication__document")[:BATCH_SIZE])
        if not batch:
            break
        after = batch[-1][0]
        here = set(
            DeskStatement.objects.filter(public_id__in=[each for each, _ in batch]).values_list("public_id", flat=True)
        )
        statements = [document for _, text in batch if isinstance(document := _read_document(text), Statement)]
        yield from _describe_unsupported([each for each in statements if each.id in here])
        foreign += sum(len(each.appearances) for each in statements if each.id not in here)
    if foreign:
        yield Remark(
            f"{_count_quotations(foreign)} not compared: this copy has no saved texts of what it did not record itself."
        )


def _read_document(text: str | None) -> AnyDocument | None:
    """The document; None where it cannot be read, which the log's own check says."""
    try:
        return None if text is None else decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        return None


def _count_quotations(count: int) -> str:
    return f"{count} quotation was" if count == 1 else f"{count} quotations were"


def _describe_unsupported(statements: list[Statement]) -> Iterator[str]:
    wanted = {appearance.passage.capture for statement in statements for appearance in statement.appearances}
    texts, sound, languages = {}, {}, {}
    names = _names_of(statements)
    for capture in Capture.objects.filter(sha256__in=wanted).select_related("article").iterator(chunk_size=50):
        key = capture.sha256, capture.article.public_id
        texts[key] = capture.text
        if capture.complete and not capture.adopted:
            languages[key] = capture.article.language
        sound[key] = capture.adopted or fingerprint(capture.text) == capture.sha256
    for statement in statements:
        for appearance in statement.appearances:
            passage, key = appearance.passage, (appearance.passage.capture, appearance.article)
            quoted = f"Statement {statement.id} quotes “{_shorten(passage.exact)}” from article {appearance.article}"
            if key not in texts:
                yield f"{quoted}, and the desk has no capture of it with the SHA-256 {passage.capture}."
            elif not sound[key]:
                yield f"{quoted}, and the text of that capture no longer has the SHA-256 {passage.capture}."
            elif texts[key][passage.start : passage.end] != passage.exact:
                yield f"{quoted}, and other words stand at {passage.start} to {passage.end} of that capture."
            elif key in languages and statement.speaker in names:
                known = [appearance.printed_name, *_relaying_names(appearance, names), *names[statement.speaker]]
                other = _other_speaker(texts[key], languages[key], passage, appearance.printed_name, known)
                if other:
                    yield f"{quoted}, and gives the words there to {names[statement.speaker][0]}; the text, to {other}."


def _names_of(statements: list[Statement]) -> dict[str, list[str]]:
    """The names of the persons who speak or relay in these statements, by public identity; of none who is withheld."""
    steps = (step for statement in statements for appearance in statement.appearances for step in appearance.chain)
    ids = {statement.speaker for statement in statements} | {step.actor for step in steps}
    persons = Actor.objects.filter(public_id__in=ids - {None, ""}, kind=Actor.Kind.PERSON)
    named = persons.filter(protection=Actor.Protection.NAMED).prefetch_related("names")
    return {actor.public_id: [actor.name, *(name.name for name in actor.names.all())] for actor in named}


def _relaying_names(appearance: PublicAppearance, names: dict[str, list[str]]) -> list[str]:
    labels = [step.label for step in appearance.chain if step.label]
    return [*labels, *(name for step in appearance.chain for name in names.get(step.actor or "", ()))]


def _other_speaker(text: str, language: str, passage: PublicPassage, printed_name: str, known: list[str]) -> str:
    """As `speakers.other_speaker`, where the printed name is not in the paragraph: reading every text takes hours."""
    if not printed_name or has_name_in_paragraph(text, passage.start, passage.end, printed_name):
        return ""
    return other_speaker(text, language, passage.start, passage.end, [name for name in known if name])


def _shorten(words: str, length: int = 80) -> str:
    return words if len(words) <= length else words[: length - 1] + "…"
