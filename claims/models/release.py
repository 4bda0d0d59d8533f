"""How far each object is on its way to the public, and the merges that can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models import Trace


class Release(models.Model):
    """The road of one object (question, claim, actor, outlet, article or statement) to the public record.

    No row means a draft that nobody has submitted. `published_revision` is the working copy's revision that readers
    see; an object whose revision is higher has unpublished changes. `record_seq` is that version's place in the log.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in review"
        SENT_BACK = "sent back"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12, unique=True)
    label = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, help_text="the word with which it was submitted or sent back")
    published_revision = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    record_seq = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["submitted_at", "id"]
        permissions = [
            ("publish", "Can publish, send back and withdraw"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"]) | Q(record_seq__isnull=False),
                name="release_published_is_in_the_record",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["question", "claim", "actor", "outlet", "article", "statement"]),
                name="release_kind_is_publishable",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.label}"


class Merge(models.Model):
    """One merge of two actors or two claims: everything that was moved, so that it can be moved back."""

    trace = models.OneToOneField(Trace, on_delete=models.PROTECT, related_name="merge")
    kind = models.CharField(max_length=10, choices=[("actor", "actor"), ("claim", "claim")])
    kept = models.CharField(max_length=12)
    gone = models.CharField(max_length=12)
    moved = models.JSONField(help_text="model and field, to the primary keys that were moved")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.kind} {self.gone} into {self.kept}"
