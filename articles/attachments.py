"""The verbs of attachments: pictures, sound and film that lie beside the texts of an article. They are never public."""

from django.contrib.auth.models import User
from django.db import transaction

from .models import Article, Attachment, Original
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
        if Attachment.objects.get_or_create(article=article, original=kept)[1]:
            leave_trace(article, by=by, verb="attach", changes={"attachment": [None, kept.sha256]})
    return kept


def discard_attachment(article: Article, original: Original, *, by: User | None) -> None:
    """Takes an attachment off `article` and deletes its bytes, where nothing else rests on them. Raises `Refusal`."""
    with transaction.atomic():
        kept = _lock(original)
        if kept is None or not Attachment.objects.filter(article=article, original=kept).delete()[0]:
            raise Refusal("The file is not attached any more.")
        leave_trace(article, by=by, verb="discard", changes={"attachment": [kept.sha256, None]})
        if kept.place == Original.Place.HERE:  # of one that was removed the SHA-256 stays
            discard_original(kept)


def _lock(original: Original) -> Original | None:
    return Original.objects.select_for_update().filter(pk=original.pk).first()
