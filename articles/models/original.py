"""The bytes that articles were taken in from, as they came."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .article import Article


class Original(models.Model):
    """What came in, to the byte. The bytes are in the private store under their SHA-256; this says what they are.

    The same bytes are one original, however often and under whatever name they come: the first time is kept. One that
    is `elsewhere` is known only from a published record; of one that was `removed` the SHA-256 is left.
    """

    class Place(models.TextChoices):
        HERE = "here", "kept here"
        REMOVED = "removed"
        ELSEWHERE = "elsewhere", "not here: known from a published record"

    class Method(models.TextChoices):
        PASTED = "pasted"
        UPLOADED = "uploaded"
        BOOKMARKLET = "bookmarklet", "handed over by the bookmarklet"
        COMMAND = "command", "taken in by a command"
        RECORD = "record", "named in a published record"

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    place = models.CharField(max_length=20, choices=Place, default=Place.HERE, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False, help_text="bytes")
    media_type = models.CharField(max_length=100, blank=True, editable=False, help_text="as the content shows it")
    name = models.CharField(max_length=255, blank=True, editable=False, help_text="of the file, as it came")
    address = models.CharField(
        max_length=1000, blank=True, editable=False, help_text="of the page, as the browser gave it"
    )
    method = models.CharField(max_length=20, choices=Method, editable=False)
    taken_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    attached_to = models.ManyToManyField(
        Article,
        through="Attachment",
        related_name="attachments",
        help_text="the articles beside whose texts a picture, sound or film lies",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"\A[0-9a-f]{64}\Z"),
                name="original_has_sha256",
                violation_error_message="An original needs the SHA-256 of its bytes.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.get_method_display()} {self.sha256[:12]}"


class Attachment(models.Model):
    """That a picture, sound or film lies beside the texts of an article; the same bytes may lie beside several."""

    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "original"], name="attachment_once_beside_an_article"),
        ]

    def __str__(self) -> str:
        return f"{self.original} beside {self.article}"
