"""Every row of the desk, without a name: the label stands in the desk's own words, blocks in what others printed.

The rows are written past the verbs: what they said before is not to be kept in a trace.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F

from articles.models import Article, Capture, Outlet, Passage, Trace, Tracked
from articles.text import fingerprint

from ..models import (
    Actor,
    ActorName,
    Appearance,
    AttributionStep,
    Framing,
    Identifier,
    Release,
    Stance,
    Statement,
)
from ..names import fold
from ..withholding import BLOCK, Veil
from .knowing import Known

# Whose texts people have written; what Django keeps of groups, types and users is not among them.
ROOMS = ("articles", "claims", "admin", "axes")
NO_WORDS = {"public_id", "sha256", "digest"}
_ADDRESSES = (models.URLField, models.SlugField)


def forget_actors(known: Known) -> None:
    """Leaves of the actors their identity and their label: no name, no description, no identifier."""
    Identifier.objects.filter(actor__in=known.actors).delete()
    ActorName.objects.filter(actor__in=known.actors).delete()
    for actor in known.actors:
        name = f"erased {actor.public_id}"
        Actor.objects.filter(pk=actor.pk).update(
            name=name, slug=actor.public_id, description="", revision=F("revision") + 1
        )
        ActorName.objects.create(actor=actor, name=name, folded=fold(name), kind=ActorName.Kind.PRIMARY)


def forget_sessions(known: Known) -> int:
    """Signs out whoever has been told the name in a message; returns how many."""
    veil, gone = known.everywhere, []
    for session in Session.objects.iterator():
        if _tells(veil, session.get_decoded()):
            gone.append(session.pk)
    return Session.objects.filter(pk__in=gone).delete()[0]


def rewrite(known: Known) -> dict[str, int]:
    """Takes the name out of every text of every table; returns how many rows were changed, by table."""
    everywhere, near = known.everywhere, known.near
    changed = {}
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            fields = [one for one in model._meta.concrete_fields if _holds_words(one)]
            if not fields or model is ActorName:
                continue
            theirs = set(_theirs(model, known))
            rows = model._base_manager.order_by("pk")
            many = sum(_rewritten(row, fields, near if row.pk in theirs else everywhere) for row in rows.iterator(200))
            changed |= {model._meta.verbose_name_plural: many} if many else {}
    return changed


def _holds_words(field: models.Field) -> bool:
    texts = isinstance(field, models.CharField | models.TextField) and not field.choices
    return (texts or isinstance(field, models.JSONField)) and field.name not in NO_WORDS


def _theirs(model, known: Known) -> Iterable:
    """The keys of the rows that are about this person, in which parts of the name mean them."""
    conditions = {
        Statement: {"pk__in": known.statements},
        Stance: {"statement__in": known.statements},
        Appearance: {"statement__in": known.statements},
        AttributionStep: {"appearance__statement__in": known.statements},
        Article: {"pk__in": known.articles},
        Framing: {"article__in": known.articles},
        Capture: {"article__in": known.articles},
        Passage: {"capture__article__in": known.articles},
        Trace: {"public_id__in": known.ids},
        Release: {"public_id__in": known.ids},
    }
    if model not in conditions:
        return ()
    return model._base_manager.filter(**conditions[model]).order_by().values_list("pk", flat=True)


def _rewritten(row, fields, veil: Veil) -> bool:
    new = {field.name: _without(row, field, veil) for field in fields}
    new = {name: value for name, value in new.items() if value != getattr(row, name)}
    if not new:
        return False
    if isinstance(row, Passage):
        new |= _around(row, new)
    if isinstance(row, Capture) and "text" in new:
        new |= _fingerprint(row, new["text"])
        _keep_its_author(row, new.get("sha256", row.sha256))
    if isinstance(row, Tracked):
        new["revision"] = row.revision + 1
        # Readers' version holds none of it: the gate has seen to that.
        Release.objects.filter(public_id=row.public_id, published_revision=row.revision).update(
            published_revision=row.revision + 1
        )
    type(row)._base_manager.filter(pk=row.pk).update(**new)
    if isinstance(row, Capture):
        _keep_passages_on(row.pk, new.get("text", row.text))
    return True


def _keep_passages_on(capture: int, text: str) -> None:
    """Gives every passage, and its history, the words that stand in its place now: one may begin within the name."""
    for one in Passage.objects.filter(capture=capture):
        exact = text[one.start : one.end]
        around = {"prefix": text[max(one.start - len(one.prefix), 0) : one.start]}
        around |= {"suffix": text[one.end : one.end + len(one.suffix)]}
        new = {name: "" for name, words in around.items() if BLOCK in words}
        if new or exact != one.exact:
            Passage.objects.filter(pk=one.pk).update(exact=exact, revision=F("revision") + 1, **new)
            words = {"exact": exact, **{name: getattr(one, name) for name in around}, **new}
            for trace in Trace.objects.filter(public_id=one.public_id):
                said = {name: [None, words[name]] for name in words.keys() & trace.changes.keys()}
                Trace.objects.filter(pk=trace.pk).update(changes=trace.changes | said, label=exact[:300])


def _without(row, field, veil: Veil):
    value = getattr(row, field.name)
    if isinstance(row, Capture | Passage) and not isinstance(field, _ADDRESSES):
        return _each(value, veil.blackened)
    if not isinstance(value, str):
        return _each(value, veil.over)
    told = veil.over(value)
    if told == value:
        return value
    if isinstance(field, models.SlugField):
        return row.public_id
    if isinstance(field, models.URLField):
        return ""
    if isinstance(row, Outlet) and field.name == "name":
        told = f"{told} {row.public_id}"
    if isinstance(row, Appearance) and field.name == "printed_name":
        told = veil.over_name(value)
    return told[: field.max_length] if field.max_length else told


def _each(value, change):
    """A JSON value with every string of it changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    if isinstance(value, dict):
        return {name: _each(one, change) for name, one in value.items()}
    return value


def _tells(veil: Veil, value) -> bool:
    return _each(value, veil.over) != value


def _around(passage: Passage, new: dict) -> dict:
    """Nothing instead of words around a quotation that held the name, as in its public document."""
    return {name: "" for name in ("prefix", "suffix") if name in new}


def _keep_its_author(capture: Capture, sha256: str) -> None:
    """The trace of taking a text in names it by its SHA-256: that is how one knows whose text it is."""
    taken_in = Trace.objects.filter(public_id=capture.article.public_id, verb="take in")
    taken_in.filter(changes__capture__1=capture.sha256).update(changes={"capture": [None, sha256]})


def _fingerprint(capture: Capture, text: str) -> dict:
    """That of the text as it is now; where readers know the text by its own, that one, as for an adopted record."""
    public = Release.objects.filter(public_id=capture.article.public_id, record_seq__isnull=False).exists()
    return {"adopted": True} if public else {"sha256": fingerprint(text)}
