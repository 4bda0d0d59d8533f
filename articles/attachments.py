"""The verbs of attachments: pictures, sound and film that lie beside the texts of an article. They are never public."""

from django.contrib.auth.models import User
from django.db import transaction

from .models import Article, Original
from .originals import discard_original
from .reading.readers import is_medium
from .tracked_changes import Refusal, leave_trace


def attach_original(article: Article, original: Original, *, by: User | None) -> Original:
    """Lays a picture, sound or film beside the texts of `article`; doing it twice is no mistake. Raises `Refusal`."""
    with transaction.atomic():
        kept = _lock(original)
        if kept is None or kept.place != Original.Place.HERE:
            raise Refusal("The file is not here any more: upload it again.")
        if not is_medium(kept.media_type):
            raise Refusal(f"“{kept}” is no picture, sound or film ({kept.media_type}): import its text.")
        if kept.attached_to_id is None:
            kept.attached_to = article
            kept.save(update_fields=["attached_to"])
            leave_trace(article, by=by, verb="attach", changes={"attachment": [None, kept.sha256]})
        elif kept.attached_to_id != article.pk:
            raise Refusal(f"The same file is attached to “{kept.attached_to}” already.")
    return kept


def discard_attachment(original: Original, *, by: User | None) -> None:
    """Takes an attachment off its article and deletes its bytes, where nothing else rests on them."""
    with transaction.atomic():
        kept = _lock(original)
        if kept is None or kept.attached_to is None:
            raise Refusal("The file is not attached any more.")
        leave_trace(kept.attached_to, by=by, verb="discard", changes={"attachment": [kept.sha256, None]})
        kept.attached_to = None
        kept.save(update_fields=["attached_to"])
        if kept.place == Original.Place.HERE:  # of one that was removed the SHA-256 stays
            discard_original(kept)


def _lock(original: Original) -> Original | None:
    return Original.objects.select_for_update().filter(pk=original.pk).first()
