"""What the ledger of erasures names, erased again from a database that is older than they are.

In such a database the erasure finds other ground than it once did: the name may still be public, its actor may not be
withheld, not be merged, or not be there at all. Nothing is asked and nothing is refused: what readers would see of the
name is replaced, or withdrawn with all that rests on it.
"""

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from django.db import transaction
from django.db.models import F
from msgspec.structs import replace
from pyrage.x25519 import Identity

from articles.models import Original
from language.names.spellings import fold
from record import documents as public
from record.documents import AnyDocument, canonical_json, decode, encode, references_of
from record.log import AppendRefused, Withdrawal, append, empty_entries, erase_versions, ledger, take_append_lock
from record.log.validation import known_kinds, validate_document
from record.models import Publication, Reference

from ..models import Actor, ActorName, Release
from ..privacy import CERTAIN
from ..privacy.redactor import GENERATED_FIELDS, Redactor
from ..publishing.documents import remove_mentions
from ..publishing.plan import current_documents
from ..publishing.publication_steps import current_seqs, note_places
from ..publishing.withdrawal import add_redirects
from .erase import reveals_name, versions_with_forms
from .known_names import KnownPerson, actor_and_merged, known_people
from .leftovers import find_in_tables
from .originals import publish_removal, remove_originals
from .rewrite import delete_sessions_with_name, erase_actor_rows, rewrite_rows

REASON = "What had been erased was erased again after a backup was restored."


@dataclass
class Reapplication:
    """What was done: erasures repeated, and objects withdrawn because readers could be given no version of them."""

    erasures: int = 0
    withdrawn: set[str] = field(default_factory=set)


def apply_ledger(identity: Identity | None = None) -> Reapplication:
    """Repeats every erasure that the ledger names and this database lacks, each in a transaction of its own.

    `identity` opens the names. Raises `LedgerConflict` where they cannot be opened or the ledger is another
    database's, and where a name that was erased everywhere still stands in a table; it can be run again.
    """
    lines = ledger.missing_lines()
    opened = {text: ledger.open_names(ledger.decode_line(text), identity) for text in lines}
    done = Reapplication()
    for text in lines:
        with transaction.atomic():
            take_append_lock()
            line = ledger.decode_line(text)
            names = _apply_line(line, opened[text], done)
            left = [place.where for place in find_in_tables(names) if place.grade == CERTAIN] if names else []
            if left:
                raise ledger.LedgerConflict(f"A name of erasure {line.number} remains in {', '.join(left)}.")
            ledger.take_over_line(text)
        done.erasures += 1
    return done


def _apply_line(line: ledger.LedgerLine, opened: dict[str, list[str]], done: Reapplication) -> set[str]:
    """Repeats one erasure; returns the names that nothing may hold any more."""
    if line.kind == "versions":
        empty_entries(line.versions)
        return set()
    if line.kind == "object":
        public_ids = set(Publication.objects.filter(public_id__in=line.ids).values_list("public_id", flat=True))
        done.withdrawn |= _replace_public([], public_ids, line.reason)
        erase_versions(_superseded(public_ids))
        return set()
    actors = actor_and_merged(Actor.objects.filter(public_id__in=line.ids))
    label = line.label
    known = known_people(actors, label=label, is_person=line.person, kept=opened)
    known = dataclasses.replace(known, ids=known.ids | {*line.ids, *(public_id for _, public_id, _ in line.versions)})
    Actor.objects.filter(pk__in=[actor.pk for actor in actors]).update(
        protection=Actor.Protection.WITHHELD, public_label=label, revision=F("revision") + 1
    )
    if line.kind == "name":
        erase_actor_rows(known)
        _rename_namesakes(known)
        rewritten = rewrite_rows(known)
        before = Original.objects.filter(sha256__in=line.originals).values_list("pk", flat=True)
        remove_originals(known, rewritten.originals | set(before))
        delete_sessions_with_name(known)
        Release.objects.filter(public_id__in=[actor.public_id for actor in actors]).update(label=label)
    done.withdrawn |= _erase_from_log(line, known)
    if line.kind == "name":
        publish_removal(Original.objects.filter(place=Original.Place.REMOVED).values_list("sha256", flat=True))
    return set(known.names | known.phrases) if line.kind == "name" else set()


def _rename_namesakes(known: KnownPerson) -> None:
    """Others who bear the name in this older database: it was found not to be theirs before it was erased."""
    everywhere = known.general_redactor
    for name in ActorName.objects.exclude(actor__in=known.actors).iterator():
        if everywhere.redact(name.name) != name.name:
            called = f"{known.label} {name.pk}"
            ActorName.objects.filter(pk=name.pk).update(name=called, folded=fold(called))


def _erase_from_log(line: ledger.LedgerLine, known: KnownPerson) -> set[str]:
    """Replaces what stands and tells the name, and empties every version that does; returns what was withdrawn."""
    rows = {row.seq: row for row, forms in versions_with_forms(known) if reveals_name(row, forms, known)}
    for row in Publication.objects.filter(seq__in=[seq for seq, _, _ in line.versions], erased=False):
        if (row.seq, row.public_id, row.version) in line.versions:
            rows[row.seq] = row
    replaced: list[AnyDocument] = []
    withdrawn: set[str] = set()
    for row in rows.values():
        if row.superseded_by is not None:
            continue
        document = redact_document(decode(row.document), known, line) if row.document else None
        if document is None:
            withdrawn.add(row.public_id)
        else:
            replaced.append(document)
    done = _replace_public(replaced, withdrawn, REASON)
    erase_versions(rows)
    return done


def redact_document(document: AnyDocument, known: KnownPerson, line: ledger.LedgerLine) -> AnyDocument | None:
    """The document without the name; None where there is no such document that readers could be given."""
    redactor = known.own_texts_redactor if document.id in known.ids else known.general_redactor
    try:
        redacted = decode(canonical_json(_redact_fields(json.loads(encode(document)), redactor, document.id)).decode())
    except msgspec.ValidationError:  # a label that is too long for its place
        return None
    if isinstance(redacted, public.Actor) and document.id in line.ids:
        redacted = replace(
            redacted, name=known.label, slug=document.id, description="", withheld=True, names=(), identifiers=()
        )
    elif isinstance(redacted, public.Statement) and redacted.speaker in line.ids:
        shown = (replace(row, printed_name=row.printed_name and known.label) for row in redacted.appearances)
        redacted = replace(redacted, appearances=tuple(shown))
    # Where the desk keeps its texts, a quotation with blocks would be none of theirs.
    if line.kind == "withheld" and _quotations(redacted) != _quotations(document):
        return None
    try:
        text = validate_document(redacted)[1]
    except AppendRefused:
        return None
    return None if any(form.grade in redactor.grades for form in redactor.find(text)) else redacted


def _quotations(document: AnyDocument) -> list[str]:
    return [row.passage.exact for row in document.appearances] if isinstance(document, public.Statement) else []


def _redact_fields(value: object, redactor: Redactor, public_id: str, name: str = "") -> object:
    """A value of a document's JSON, with blocks in what was printed and labels in what the desk has written."""
    if isinstance(value, dict):
        return {
            key: inner if _is_own(key, value) else _redact_fields(inner, redactor, public_id, key)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_redact_fields(inner, redactor, public_id, name) for inner in value]
    if not isinstance(value, str) or redactor.redact(value) == value:
        return value
    if name == "exact":
        return redactor.blacken(value)
    if name == "slug":
        return public_id
    return "" if name in ("prefix", "suffix", "before", "after", "url") else redactor.redact(value)


def _is_own(key: str, values: dict[str, object]) -> bool:
    """Whether a field was made here and holds nobody's words: an identity, a hash, a date, a choice."""
    return key in GENERATED_FIELDS and not isinstance(values[key], dict | list)


def _replace_public(new: list[AnyDocument], ids: set[str], reason: str) -> set[str]:
    """Publishes the documents and withdraws the objects, with all that rests on these; returns what was withdrawn."""
    withdrawn, changed = set(ids), {document.id: document for document in new}
    while True:
        named = add_redirects(withdrawn)
        sources = Reference.objects.filter(target__in=named).exclude(kind="redirect").exclude(source__in=withdrawn)
        standing = current_documents(set(sources.values_list("source", flat=True)) if named else ())
        left = [remove_mentions(changed.get(key) or decode(text), named) for key, text in standing.items()]
        resting = {document.id for document in left if any(target in named for _, target in references_of(document))}
        if not resting:
            break
        withdrawn |= resting
    changed = {key: document for key, document in changed.items() if key not in withdrawn}
    changed |= {document.id: document for document in left}
    kinds = known_kinds(sorted(withdrawn))
    entries = [*changed.values(), *(Withdrawal(kinds[key], key) for key in sorted(withdrawn))]
    if entries:
        append(entries, reason=reason, repeats=True)
    seqs = current_seqs([*withdrawn, *changed])
    note_places(seqs)
    Release.objects.filter(public_id__in=withdrawn).update(
        state=Release.State.WITHDRAWN, published_revision=None, published_at=None
    )
    return withdrawn


def _superseded(public_ids: Iterable[str]) -> list[int]:
    rows = Publication.objects.filter(public_id__in=list(public_ids), superseded_by__isnull=False)
    return list(rows.values_list("seq", flat=True))
