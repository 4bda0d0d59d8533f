"""What the record refuses: documents and reasons that are not sound, names that lead nowhere, taken addresses."""

from collections.abc import Iterable, Iterator

import msgspec

from ..documents import AnyDocument, Article, PageDocument, Redirect, decode, encode, kind_of, label_of, references_of
from ..models import Address, Reference
from ..projections import Change
from ..projections.lookup import Lookup, chunks
from ..projections.maintain import redirecting_objects

REASON_LENGTH = 2000


class AppendRefused(Exception):
    """An append that would break the record, told in a sentence. Nothing has been changed.

    `public_id` names the object that the sentence is about, or is empty.
    """

    def __init__(self, sentence: str, *, public_id: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.public_id = sentence, public_id


class BrokenReference(AppendRefused):
    """A document names something that does not stand in the record after the append."""


class AddressConflict(AppendRefused):
    """A document's address belongs, or once belonged, to another object."""


def validate_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise AppendRefused("Say why: the reason is public and stays with this version.")
    if len(reason) > REASON_LENGTH:
        raise AppendRefused(f"The reason has {len(reason)} characters: {REASON_LENGTH} are the most.")
    if any(ord(c) < 32 and c not in "\n\t" for c in reason) or any("\ud800" <= c <= "\udfff" for c in reason):
        raise AppendRefused("The reason holds characters that are not text.")
    return reason


def validate_document(document: AnyDocument) -> tuple[AnyDocument, str]:
    """The document as it will be read, and its canonical text. `AppendRefused` where it is not sound in itself."""
    who = f"The {kind_of(document)} {document.id}"
    try:
        text = encode(document)
        read = decode(text)
    except msgspec.ValidationError as error:
        raise AppendRefused(f"{who} cannot be published: {error}.", public_id=document.id) from None
    except UnicodeEncodeError:
        raise AppendRefused(
            f"{who} holds half of a character (an unpaired surrogate).", public_id=document.id
        ) from None
    if has_nul(text):
        raise AppendRefused(f"{who} holds the character NUL.", public_id=document.id)
    return read, text


def has_nul(text: str) -> bool:
    """Whether some text in this JSON holds NUL, which PostgreSQL cannot store."""
    return "\\u0000" in text and "\\u0000" in text.replace("\\\\", "")


def taken_addresses(
    claims: Iterable[tuple[str, str, AnyDocument | None]],
) -> Iterator[tuple[str, str, str, str]]:
    """Which of the addresses that documents claim, as (kind, id, document), belong to another object.

    Yields (kind, slug, id of the claimant, id of the owner). An object's own id is an address of it too.
    """
    claimed: dict[tuple[str, str], str] = {}
    for kind, public_id, document in claims:
        for slug in {public_id} if document is None else {public_id, document.slug}:
            other = claimed.setdefault((kind, slug), public_id)
            if other != public_id:
                yield kind, slug, public_id, other
    for kind in sorted({kind for kind, _ in claimed}):
        for some in chunks(sorted(slug for other, slug in claimed if other == kind)):
            for slug, owner in Address.objects.filter(kind=kind, slug__in=some).values_list("slug", "owner"):
                if owner != claimed[kind, slug]:
                    yield kind, slug, claimed[kind, slug], owner


def known_kinds(ids: list[str]) -> dict[str, str]:
    """The kind of every object that was ever published: its own id is an address of it."""
    found: dict[str, str] = {}
    for some in chunks(ids):
        found.update(Address.objects.filter(slug__in=some, owner__in=some).values_list("owner", "kind"))
    return found


def refuse_broken_references(changes: list[Change], lookup: Lookup) -> None:
    """After the projections have followed: whatever a changed document names stands, and so does what names it."""
    for change in changes:
        if change.after is not None:
            _refuse_dangling(change.after, change.kind, lookup)
    gone = {
        change.public_id for change in changes if change.before is not None and lookup.get(change.public_id) is None
    }
    for some in chunks(sorted(gone | redirecting_objects(gone))):
        naming = Reference.objects.filter(target__in=some).exclude(kind="redirect")
        sources = list(naming.order_by("target", "source").values_list("kind", "source", "target")[:4])
        if sources:
            who = ", ".join(f"{kind} {source}" for kind, source, _ in sources[:3]) + (
                " and others" if sources[3:] else ""
            )
            target = sources[0][2]
            raise BrokenReference(f"{target} cannot be withdrawn while others name it: {who}.", public_id=target)


def _refuse_dangling(document: AnyDocument, kind: str, lookup: Lookup) -> None:
    who = f"The {kind_of(document)} “{label_of(document)}” ({document.id})"
    if isinstance(document, Redirect):
        _refuse_lost_redirect(document, kind, lookup, who)
        return
    for named_kind, target in references_of(document):
        found = lookup.get(target)
        if found is None or kind_of(found) != named_kind:
            raise BrokenReference(
                f"{who} names the {named_kind} {target}, which does not stand in the record.", public_id=document.id
            )
        if target == document.id:
            raise BrokenReference(f"{who} names itself.", public_id=document.id)
    if isinstance(document, Article) and document.derived_from:
        above: PageDocument | None = document
        passed = {document.id}
        while isinstance(above, Article) and above.derived_from:
            above = lookup.get(above.derived_from)
            if above is not None and above.id in passed:
                raise BrokenReference(f"{who} would derive from itself in a circle.", public_id=document.id)
            passed.add(above.id if above else "")


def _refuse_lost_redirect(document: Redirect, kind: str, lookup: Lookup, who: str) -> None:
    """A redirect leads to an object of its kind that was published (it may be withdrawn since), and never round."""
    passed, into = {document.id}, document.into
    while True:
        if into in passed:
            raise BrokenReference(f"{who} would lead back to itself.", public_id=document.id)
        passed.add(into)
        further = lookup.get_unresolved(into)
        if not isinstance(further, Redirect):
            break
        into = further.into
    if known_kinds([document.into]).get(document.into) != kind:
        raise BrokenReference(
            f"{who} leads to {document.into}, which is not a {kind} that was published.", public_id=document.id
        )
