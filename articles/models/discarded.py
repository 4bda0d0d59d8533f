"""What was discarded: kept aside for a while, out of every table that it stood in."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from .original import Original

KEPT_DAYS = 30


class DiscardedObject(models.Model):
    """One object that was thrown away, with everything that was its own: it can be put back for thirty days.

    `rows` are these rows as Django's serializers write them: where they stood, nothing of them is left that a list or a
    search could find. `originals` are the bytes that only they rest on.
    """

    kind = models.CharField(max_length=40)
    public_id = models.CharField(max_length=12, db_index=True)
    label = models.CharField(max_length=300)
    rows = models.JSONField()
    originals = models.ManyToManyField(Original, related_name="discarded")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "discarded"
        verbose_name_plural = "discarded"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label

    @property
    def noun(self) -> str:
        """What it is, in words."""
        return "saved text" if self.kind == "capture" else self.kind

    @property
    def deleted_on(self) -> str:
        """The day on which it is deleted for good."""
        return f"{self.at + timedelta(days=KEPT_DAYS):%Y-%m-%d}"
