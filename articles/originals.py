"""The verbs of originals: keeping the bytes that came in, reading them back, and letting go of them.

The bytes are written before the row that names them and removed after it says so: a process that is killed in between
leaves bytes that nothing names, which `sweep` takes away.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.module_loading import import_string

from .intake_files import media_type
from .models import Original
from .tracked_changes import Refusal, check_object

GIGABYTE = 1 << 30
FULL_FROM = 0.8  # of the limit, from which people are told
PENDING_DAYS = 30  # for which an original waits for its article


class OriginalIsLost(Exception):
    """The bytes of an original are not as they came, or not there: told in a sentence."""


_store_elsewhere: ContextVar[Storage | None] = ContextVar("_store_elsewhere", default=None)


def original_store() -> Storage:
    """The private store; a process for readers has none."""
    return _store_elsewhere.get() or storages["originals"]


@contextmanager
def use_store(folder: Path) -> Iterator[None]:
    """Inside the block the store is in `folder`: that of a backup which is being restored."""
    own = settings.STORAGES["originals"]
    options: dict[str, Any] = {**own["OPTIONS"], "location": folder}
    store = import_string(own["BACKEND"])(**options)
    token = _store_elsewhere.set(store)
    try:
        yield
    finally:
        _store_elsewhere.reset(token)


def is_store_elsewhere() -> bool:
    return _store_elsewhere.get() is not None


def stored_name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def keep_original(data: bytes, *, name: str, method: str, by: User | None, address: str = "") -> Original:
    """The original with these bytes, which are in the store and were read back before anything says so.

    Refuses what would go beyond the store's limit, and bytes that were removed for a name that was erased.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    known = Original.objects.filter(sha256=sha256).first()
    if known and known.place == Original.Place.REMOVED:
        raise Refusal("This file was removed, with a name that was erased: take in a text without it.", field="file")
    if known is None or known.place == Original.Place.ELSEWHERE:
        _refuse_beyond_limit(len(data))
    original_store().save(stored_name(sha256), ContentFile(data))
    if known and known.place == Original.Place.HERE:
        return known
    kind = media_type(data, name)
    values = {"size": len(data), "media_type": kind, "name": _file_name(name), "address": address[:1000]}
    values |= {"place": Original.Place.HERE, "method": method, "by": by}
    check_object(Original(sha256="0" * 64, **values))
    original, _ = Original.objects.update_or_create(sha256=sha256, defaults=values)
    original_store().save(stored_name(sha256), ContentFile(data))  # where a colleague has discarded it meanwhile
    return original


def _file_name(name: str) -> str:
    """The name without folders and control characters, its ending kept where it is too long."""
    name = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return name if len(name) <= 255 else name[:200] + "…" + name[-54:]


def _refuse_beyond_limit(size: int) -> None:
    used, limit = used_bytes(), settings.ORIGINALS_GB * GIGABYTE
    if used + size > limit:
        raise Refusal(
            f"The originals take {used / GIGABYTE:.1f} GB, and {settings.ORIGINALS_GB} GB are the most "
            "(CLAIMTRACK_ORIGINALS_GB): nothing more is taken in.",
            field="file",
        )


def used_bytes() -> int:
    """The bytes of all originals that are kept here."""
    return Original.objects.filter(place=Original.Place.HERE).aggregate(all=Sum("size"))["all"] or 0


def space_notice() -> str:
    """What to say before the limit of the store is reached; empty as long as there is room."""
    used, limit = used_bytes(), settings.ORIGINALS_GB * GIGABYTE
    if used < FULL_FROM * limit:
        return ""
    return (
        f"Originals take {used / GIGABYTE:.1f} of {settings.ORIGINALS_GB} GB (CLAIMTRACK_ORIGINALS_GB): beyond that "
        "nothing more is imported."
    )


def read_original(original: Original) -> bytes:
    """The bytes as they came. Raises `OriginalIsLost` where they are not here, or not these any more."""
    if original.place != Original.Place.HERE:
        raise OriginalIsLost(f"The original {original.sha256} is {original.get_place_display().lower()}.")
    try:
        with original_store().open(stored_name(original.sha256)) as file:
            data = file.read()
    except OSError as error:
        raise OriginalIsLost(
            f"The original {original.sha256} cannot be read: {error.strerror or 'it is damaged'}."
        ) from None
    if hashlib.sha256(data).hexdigest() != original.sha256:
        raise OriginalIsLost(f"The original {original.sha256} is not the bytes that came in: its SHA-256 is another.")
    return data


def pending_originals() -> "QuerySet[Original]":
    """What was handed over, and neither taken in nor attached yet."""
    return Original.objects.filter(captures=None, attached_to=None, discarded=None, place=Original.Place.HERE)


def discard_original(original: Original) -> bool:
    """Lets go of an original that no text was taken from and that lies beside no article; False for others."""
    with transaction.atomic():
        kept = Original.objects.select_for_update().filter(pk=original.pk).first()
        if kept is None or kept.captures.exists() or kept.attached_to.exists() or kept.discarded.exists():
            return False
        kept.delete()
        transaction.on_commit(lambda: delete_bytes(original.sha256))
    return True


def remove_original(original: Original) -> None:
    """Removes the bytes once this transaction is committed. What is left is the SHA-256, and that it was removed."""
    Original.objects.filter(pk=original.pk).update(place=Original.Place.REMOVED, name="", address="", by=None)
    transaction.on_commit(lambda: delete_bytes(original.sha256))


def delete_bytes(sha256: str) -> None:
    """Overwrites the bytes of an original, as far as the disk does, and removes them."""
    path = original_store().path(stored_name(sha256))
    with suppress(FileNotFoundError):
        with open(path, "r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))
            file.flush()
            os.fsync(file.fileno())
        os.unlink(path)


def sweep() -> int:
    """Removes bytes that no row keeps, and originals that have waited too long for their article; returns how many.

    What is younger than a day may belong to a transaction that is not over.
    """
    long_ago = timezone.now() - timedelta(days=PENDING_DAYS)
    waiting = Original.objects.filter(captures=None, attached_to=None, discarded=None, taken_at__lt=long_ago)
    many = sum(discard_original(original) for original in waiting.exclude(place=Original.Place.REMOVED))
    kept = set(Original.objects.filter(place=Original.Place.HERE).values_list("sha256", flat=True))
    removed = set(Original.objects.filter(place=Original.Place.REMOVED).values_list("sha256", flat=True))
    yesterday = timezone.now() - timedelta(days=1)
    for name in stored_names():
        sha256 = name.rpartition("/")[2]
        if sha256 in removed or (sha256 not in kept and original_store().get_modified_time(name) < yesterday):
            os.unlink(original_store().path(name)) if sha256.startswith(".") else delete_bytes(sha256)
            many += 1
    return many


def stored_names() -> Iterator[str]:
    """The name of every file in the store."""
    store = original_store()
    with suppress(FileNotFoundError):
        for folder in sorted(store.listdir("")[0]):
            yield from (f"{folder}/{file}" for file in sorted(store.listdir(folder)[1]))
