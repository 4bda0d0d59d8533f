"""What every noun of the desk has in common: an identity that can be made public, a revision, a trace."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

# Crockford's base 32 without look-alikes, in small letters: 12 of them are 60 random bits, never enumerable.
PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """A short random identity for a public address; a clash is refused by the unique constraint."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(12))


class TrackedModel(models.Model):
    """A noun whose every change goes through a verb, raises its revision by one and leaves a `Trace`."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    # Its number in the index of the desk, 0 where it is not searched, and what its texts there are read with.
    index_rank: ClassVar[int] = 0
    indexed_relations: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def mention(self) -> str:
        """What a sentence calls it within quotation marks: no name with words of ours, which marks would make its."""
        return str(self)

    def indexed_texts(self) -> list[str]:
        """The texts by which the desk finds it (articles/desk_index.py)."""
        return []

    @classmethod
    def kind_name(cls) -> str:
        """What traces, releases and the record call this kind of object."""
        return cls.__name__.lower()


class Trace(models.Model):
    """One act on one object: who, when, which verb, what changed and why. Rows are only ever added.

    `changes` maps a field to `[before, after]`, both as JSON values an editor can read.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    public_id = models.CharField(max_length=12)
    label = models.CharField(max_length=300)
    revision = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    why = models.TextField(blank=True)

    class Meta:
        verbose_name = "activity"
        verbose_name_plural = "activity log"
        ordering = ["-id"]
        indexes = [models.Index(fields=["public_id", "-id"], name="trace_of_object")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb=""), name="trace_names_its_verb", violation_error_message="An activity needs a verb."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"
