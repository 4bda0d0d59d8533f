"""Every row of the desk, without a name: the label stands in the desk's own words, blocks in what others printed.

The rows are written past the verbs: what they said before is not to be kept in a trace.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F, Q

from articles.desk_index import rebuild_index
from articles.models import (
    Article,
    Attachment,
    Capture,
    DiscardedObject,
    Original,
    Outlet,
    Passage,
    Trace,
    TrackedModel,
)
from articles.text import fingerprint
from language.names.spellings import fold

from ..models import (
    Actor,
    ActorName,
    Appearance,
    AttributionStep,
    Claim,
    ClaimTerm,
    EditorsNote,
    Framing,
    Identifier,
    Release,
    Stance,
    Statement,
)
from ..privacy import NameMatch
from ..privacy.redactor import BLOCK, Redactor, erased_name
from ..suggestions.claim_index import write_terms
from .known_names import KnownPerson

Values = dict[str, Any]  # of the fields of a row, by name

# Whose texts people have written; what Django keeps of groups, types and users is not among them.
APP_LABELS = ("articles", "claims", "admin", "axes")
FIELDS_WITHOUT_WORDS = {"public_id", "sha256", "digest"}
_ADDRESS_FIELDS = (models.URLField, models.SlugField)


def erase_actor_rows(known: KnownPerson) -> None:
    """Leaves of the actors their identity and their label: no name, no description, no identifier."""
    Identifier.objects.filter(actor__in=known.actors).delete()
    ActorName.objects.filter(actor__in=known.actors).delete()
    for actor in known.actors:
        name = erased_name(actor.public_id)
        Actor.objects.filter(pk=actor.pk).update(
            name=name, slug=actor.public_id, description="", revision=F("revision") + 1
        )
        ActorName.objects.create(actor=actor, name=name, folded=fold(name), kind=ActorName.Kind.PRIMARY)


def delete_sessions_with_name(known: KnownPerson) -> int:
    """Signs out whoever has been told the name in a message; returns how many."""
    redactor = known.own_texts_redactor
    revealing = [
        session.pk
        for session in Session.objects.iterator()
        if (content := session.get_decoded()) != _map_strings(content, redactor.redact)
    ]
    return Session.objects.filter(pk__in=revealing).delete()[0]


@dataclass(frozen=True)
class UndecidedForm:
    """A form that was left, because it may mean somebody else: in which row of which table and which field."""

    table: str
    row: str
    field: str
    form: str


@dataclass
class RewriteResult:
    """What was done: rows changed by table, how often each form was covered, and what was left.

    `originals` are the keys of those in whose description, or in the text of whose capture, the name stood.
    """

    rows: dict[str, int] = field(default_factory=dict)
    originals: set[int] = field(default_factory=set)
    covered_forms: Counter[str] = field(default_factory=Counter)
    undecided_forms: list[UndecidedForm] = field(default_factory=list)


def rewrite_rows(known: KnownPerson) -> RewriteResult:
    """Takes the name out of every text of every table, and lists what may be a form of it and was left."""
    everywhere, near, done = known.general_redactor, known.own_texts_redactor, RewriteResult()
    for room in APP_LABELS:
        for model in apps.get_app_config(room).get_models():
            fields = [column for column in model._meta.concrete_fields if _has_words(column)]
            if not fields or model in (ActorName, ClaimTerm):
                continue
            theirs = set(_own_row_keys(model, known))
            many = 0
            for row in model._base_manager.order_by("pk").iterator(200):
                redactor = near if row.pk in theirs else everywhere
                before = {column.name: getattr(row, column.name) for column in fields}
                new = {column.name: _redacted_value(row, column, redactor) for column in fields}
                if isinstance(row, DiscardedObject) and new != before:
                    done.originals |= set(row.originals.values_list("pk", flat=True))
                    row.delete()  # what was thrown away goes for good: its parts would no longer fit together
                    many += 1
                    continue
                if _rewrite_row(row, new):
                    many += 1
                    done.originals |= _originals_of(row)
                _note_result(done, row, before, before | new, redactor, near)
            if many:
                done.rows[str(model._meta.verbose_name_plural)] = many
    rebuild_index()
    return done


def _originals_of(row: models.Model) -> set[int]:
    if isinstance(row, Original):
        return {row.pk}
    return {row.original_id} if isinstance(row, Capture) and row.original_id else set()


def _note_result(
    done: RewriteResult, row: models.Model, before: Values, after: Values, redactor: Redactor, near: Redactor
) -> None:
    for name, value in before.items():
        if after[name] != value:
            done.covered_forms.update(
                found.form for found in _find_forms(redactor, value) if found.grade in redactor.grades
            )
        for found in _find_forms(near, after[name]):
            key = getattr(row, "public_id", "") or row.pk
            done.undecided_forms.append(UndecidedForm(str(row._meta.verbose_name), str(key), name, found.form))


def _find_forms(redactor: Redactor, value: Any) -> list[NameMatch]:
    """Every form of the name in a text, or in the texts of a JSON value, that no label holds."""
    texts: list[str] = []
    _map_strings(value, texts.append)
    return [found for text in texts for found in redactor.find(text)]


def _has_words(column: "models.Field[Any, Any]") -> bool:
    texts = isinstance(column, models.CharField | models.TextField) and not column.choices
    return (texts or isinstance(column, models.JSONField)) and column.name not in FIELDS_WITHOUT_WORDS


def _own_row_keys(model: type[models.Model], known: KnownPerson) -> Iterable[Any]:
    """The keys of the rows that are about this person, in which parts of the name mean them."""
    conditions: dict[type[models.Model], Q] = {
        Statement: Q(pk__in=known.statements),
        Stance: Q(statement__in=known.statements),
        Appearance: Q(statement__in=known.statements),
        AttributionStep: Q(appearance__statement__in=known.statements),
        Article: Q(pk__in=known.articles),
        Framing: Q(article__in=known.articles),
        Capture: Q(article__in=known.articles),
        Original: Q(pk__in=Capture.objects.filter(article__in=known.articles).values("original"))
        | Q(pk__in=Attachment.objects.filter(article__in=known.articles).values("original")),
        Passage: Q(capture__article__in=known.articles),
        Trace: Q(public_id__in=known.ids),
        Release: Q(public_id__in=known.ids),
        EditorsNote: Q(statement__in=known.statements) | Q(article__in=known.articles) | Q(actor__in=known.actors),
    }
    if model not in conditions:
        return ()
    return model._base_manager.filter(conditions[model]).order_by().values_list("pk", flat=True)


def _rewrite_row(row: models.Model, new: Values) -> bool:
    new = {name: value for name, value in new.items() if value != getattr(row, name)}
    if not new:
        return False
    if isinstance(row, Passage):
        # Nothing instead of words around a quotation that held the name, as in its public document.
        new |= {name: "" for name in ("prefix", "suffix", "before", "after") if name in new}
    if isinstance(row, Capture) and "text" in new:
        new |= _new_fingerprint(row, new["text"])
        _update_capture_trace(row, new.get("sha256", row.sha256))
    if isinstance(row, TrackedModel):
        new["revision"] = row.revision + 1
        # Readers' version holds none of it: the gate has seen to that.
        Release.objects.filter(public_id=row.public_id, published_revision=row.revision).update(
            published_revision=row.revision + 1
        )
    type(row)._base_manager.filter(pk=row.pk).update(**new)
    if isinstance(row, Claim) and "text" in new:
        row.text = new["text"]
        write_terms([row])
    if isinstance(row, Capture):
        _update_passages(row.pk, new.get("text", row.text))
    return True


def _update_passages(capture: int, text: str) -> None:
    """Gives every passage, and its history, the words that stand in its place now: one may begin within the name."""
    for passage in Passage.objects.filter(capture=capture):
        exact = text[passage.start : passage.end]
        around = {"prefix": text[max(passage.start - len(passage.prefix), 0) : passage.start]}
        around |= {"suffix": text[passage.end : passage.end + len(passage.suffix)]}
        new = {name: "" for name, words in around.items() if BLOCK in words}
        if new or exact != passage.exact:
            Passage.objects.filter(pk=passage.pk).update(exact=exact, revision=F("revision") + 1, **new)
            saved = {"exact": exact, **{name: getattr(passage, name) for name in around}, **new}
            for trace in Trace.objects.filter(public_id=passage.public_id):
                changes = {name: [None, saved[name]] for name in saved.keys() & trace.changes.keys()}
                Trace.objects.filter(pk=trace.pk).update(changes=trace.changes | changes, label=exact[:300])


def _redacted_value(row: models.Model, column: "models.Field[Any, Any]", redactor: Redactor) -> Any:
    value = getattr(row, column.name)
    if isinstance(row, Capture | Passage) and not isinstance(column, _ADDRESS_FIELDS):
        return _map_strings(value, redactor.blacken)
    if not isinstance(value, str):
        return _map_strings(value, redactor.redact)
    redacted = redactor.redact(value)
    if redacted == value:
        return value
    if isinstance(column, models.SlugField) and isinstance(row, TrackedModel):
        return row.public_id
    if isinstance(column, models.URLField):
        return ""
    if isinstance(row, Outlet) and column.name == "name":
        redacted = f"{redacted} {row.public_id}"
    if isinstance(row, Appearance) and column.name == "printed_name":
        redacted = redactor.redact_name(value)
    return redacted[: column.max_length] if column.max_length else redacted


def _map_strings(value: Any, change: Callable[[str], Any]) -> Any:
    """A JSON value with every string of it changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_map_strings(item, change) for item in value]
    if isinstance(value, dict):
        return {name: _map_strings(item, change) for name, item in value.items()}
    return value


def _update_capture_trace(capture: Capture, sha256: str) -> None:
    """The trace of taking a text in names it by its SHA-256: that is how one knows whose text it is."""
    taken_in = Trace.objects.filter(public_id=capture.article.public_id, verb="take in")
    taken_in.filter(changes__capture__1=capture.sha256).update(changes={"capture": [None, sha256]})


def _new_fingerprint(capture: Capture, text: str) -> Values:
    """That of the text as it is now; where readers know the text by its own, that one, as for an adopted record."""
    public = Release.objects.filter(public_id=capture.article.public_id, record_seq__isnull=False).exists()
    return {"adopted": True} if public else {"sha256": fingerprint(text)}
