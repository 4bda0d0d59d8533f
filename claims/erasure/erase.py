"""The verb that erases a name: out of the desk's tables, its history, the log that readers see, and what was kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from articles.originals import sweep
from articles.tracked_changes import Refusal, leave_trace
from language.names.spellings import spellings
from record.documents import decode, kind_of, label_of
from record.log import erase_versions, ledger
from record.models import Publication

from ..changes import cleaning
from ..changes.transactions import explain_conflicts
from ..models import Actor, ActorName, Release
from ..privacy import NameMatch
from ..privacy.raw_bytes import unescape_text
from ..privacy.viewer import may_see_names
from ..publishing.gates import may_publish
from ..publishing.two_person_rule import LABEL_FIELDS, has_unapproved
from . import pending_names
from .known_names import KnownPerson, known_person
from .originals import publish_removal, remove_originals
from .rewrite import UndecidedForm, delete_sessions_with_name, erase_actor_rows, rewrite_rows


@dataclass(frozen=True)
class Erasure:
    """What an erasure did: the names that are gone, rows changed by table, versions emptied in the log, sign-outs, and
    originals removed.

    `covered` are the forms that were found and covered, with how often; `undecided` those that were left, because they
    may mean somebody else, with their places.
    """

    names: frozenset[str]
    rows: dict[str, int]
    versions: int
    sessions: int
    originals: int
    covered_forms: dict[str, int]
    undecided_forms: list[UndecidedForm]


def erase_name(actor: Actor, *, by: User, reason: str) -> Erasure:
    """Takes every name of a withheld actor, and of what was merged into it, out of all that this database holds.

    The label stays, and with it what the actor has said. `reason` stays in the history. Refused for whoever may not
    both publish and read withheld names, while readers can still see the name, and where another actor has it too.
    Nothing of it can be undone. It happens whole or not at all; the names are kept in a file until
    `pending_names.forget_names`, so that it can be done again, and what is left be looked for, after any accident.
    """
    if not (may_publish(by) and may_see_names(by)):
        raise Refusal(f"{by} may not erase a name: that takes a reviewer who may see withheld names.")
    reason = cleaning.long_text(reason, "why")
    kept = pending_names.kept_names(actor.public_id)
    try:
        return _erase_in_database(actor, by, reason, kept)
    except Exception:
        if not kept:  # nothing was changed, and the desk still knows all names
            pending_names.forget_names(actor.public_id)
        raise


def _erase_in_database(actor: Actor, by: User, reason: str, kept: Mapping[str, Iterable[str]]) -> Erasure:
    with explain_conflicts(), transaction.atomic():
        actor = Actor.objects.select_for_update().get(pk=actor.pk)
        if actor.merged_into_id:
            raise Refusal("This actor was merged into another: erase the name of that one.")
        if not actor.withheld:
            raise Refusal(f"The name of “{actor}” is not withheld. Withhold it, and publish that, before it is erased.")
        if has_unapproved(actor, by=by, fields=LABEL_FIELDS):
            raise Refusal(
                f"The label that stands for “{actor}” is yours alone, and erasing puts it wherever the name stands: a "
                "second person has to publish or to approve it first."
            )
        found = known_person(actor, kept=kept)
        if not found.names:
            raise Refusal(
                f"The name of “{actor.public_label}” was erased, and nothing here knows it any more: what may be left "
                "of it is found by look_for_name, if you write the names."
            )
        if not reason or found.own_texts_redactor.redact(reason) != reason:
            raise Refusal("Say why, in words that do not hold the name: they stay in the history.")
        _refuse_namesakes(found)
        versions, undecided = _revealing_versions(found)
        pending_names.keep_names(actor.public_id, names=found.names, phrases=found.phrases, parts=found.parts)
        erase_versions(versions)  # and whatever is kept of them: exports, the index
        erase_actor_rows(found)
        done = rewrite_rows(found)
        originals, unread = remove_originals(found, done.originals)
        publish_removal(originals)
        sessions = delete_sessions_with_name(found)
        Release.objects.filter(public_id__in=[merged.public_id for merged in found.actors]).update(label=found.label)
        actor.refresh_from_db()
        leave_trace(actor, by=by, verb="erase the name", changes={}, why=reason)
        _enter_in_ledger(found, versions, originals)
    sweep()
    return Erasure(
        names=found.names | found.phrases,
        rows=done.rows,
        versions=len(versions),
        sessions=sessions,
        originals=len(originals),
        covered_forms=dict(done.covered_forms),
        undecided_forms=[*done.undecided_forms, *undecided, *unread],
    )


def _refuse_namesakes(found: KnownPerson) -> None:
    """Another actor's name would be taken out with this one."""
    folds = {folded for name in found.names for folded in spellings(name)}
    others = ActorName.objects.exclude(actor__in=found.actors).filter(folded__in=folds).select_related("actor")
    if others:
        owners = ", ".join(sorted({f"“{name.actor}” #{name.actor.public_id}" for name in others})[:5])
        raise Refusal(
            f"Others have the same name: {owners}. Merge them, or correct the name that is not theirs, first."
        )


def _revealing_versions(found: KnownPerson) -> tuple[list[int], list[UndecidedForm]]:
    """The places in the log of versions that tell the name, and forms in it that may mean somebody else.

    Refused while a version that tells it stands.
    """
    seqs, undecided = [], []
    for row, forms in versions_with_forms(found):
        if not reveals_name(row, forms, found):
            undecided += [
                UndecidedForm("public version", f"{row.public_id} {row.seq}", "document", form.form) for form in forms
            ]
            continue
        if row.superseded_by is None:
            document = decode(row.document) if row.document else None
            what = f"{kind_of(document)} “{label_of(document)}”" if document else f"reason of entry {row.seq}"
            raise Refusal(f"Readers can still see the name: the public {what} tells it. Publish it without, first.")
        seqs.append(row.seq)
    return seqs, undecided


def versions_with_forms(found: KnownPerson) -> Iterator[tuple[Publication, list[NameMatch]]]:
    """The entries of the log in which a form of the name stands, with the forms."""
    near = found.own_texts_redactor
    for row in Publication.objects.exclude(document=None, reason="").order_by("seq").iterator():
        forms = [form for text in (unescape_text(row.document or ""), row.reason) for form in near.find(text)]
        if forms:
            yield row, forms


def reveals_name(row: Publication, forms: Iterable[NameMatch], found: KnownPerson) -> bool:
    """Whether an entry with these forms tells the name, and not perhaps somebody else's."""
    if any(form.whole and form.grade in found.general_redactor.grades for form in forms):
        return True
    return row.public_id in found.ids and any(form.grade in found.own_texts_redactor.grades for form in forms)


def _enter_in_ledger(found: KnownPerson, versions: Iterable[int], originals: Iterable[str]) -> None:
    ledger.enter(
        "name",
        ids=[actor.public_id for actor in found.actors],
        seqs=versions,
        label=found.label,
        person=found.is_person,
        names={"names": found.names, "phrases": found.phrases, "parts": found.parts},
        originals=originals,
    )
