"""How far each object is on its way to the public, and the merges that can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models import Trace

from .querysets import ReleaseQuerySet


class Release(models.Model):
    """The publication status of one object: topic, question, claim, actor, outlet, article or statement.

    No row means a draft that nobody has submitted. `published_revision` is the working copy's revision that readers
    see, in whatever state the next version is, and null if they see none; an object whose revision is higher has
    unpublished changes. `record_seq` is the place in the log of the version that stands, or of the withdrawal.
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
    note = models.TextField(blank=True, help_text="note added when it was submitted or sent back")
    published_revision = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    record_seq = models.PositiveBigIntegerField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "publication status"
        verbose_name_plural = "publication status"
        ordering = ["submitted_at", "id"]
        permissions = [
            ("publish", "Can publish, send back and withdraw"),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="release_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"]) | Q(record_seq__isnull=False),
                name="release_published_is_in_the_record",
                violation_error_message="What is published or withdrawn has its place in the record.",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_revision__isnull=False),
                name="release_published_has_revision",
                violation_error_message="What is published says which revision readers see.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(published_revision=None),
                name="release_withdrawn_is_not_public",
                violation_error_message="What is withdrawn has no revision that readers see.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["topic", "question", "claim", "actor", "outlet", "article", "statement"]),
                name="release_kind_is_publishable",
                violation_error_message=(
                    "Only topics, questions, claims, actors, outlets, articles and statements go public."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Merge(models.Model):
    """One merge of two actors or two claims: everything that was moved, so that it can be moved back."""

    trace = models.OneToOneField(Trace, on_delete=models.PROTECT, related_name="merge")
    kind = models.CharField(max_length=10, choices=[("actor", "actor"), ("claim", "claim")])
    kept = models.CharField(max_length=12)
    gone = models.CharField(max_length=12)
    moved = models.JSONField(help_text="model and field, to the primary keys that were moved")
    unfinished = models.BooleanField(
        default=False, db_default=False, help_text="rows are still to be moved, or to be moved back"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="merge_unfinished", condition=Q(unfinished=True))]

    def __str__(self) -> str:
        return f"“{self.trace.label}”, merged"


class MergeStep(models.Model):
    """What a merge of something hot has moved in one of its later transactions, as `Merge.moved` says it.

    When the merge is undone, each goes once its rows are back.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="steps")
    moved = models.JSONField(help_text="model and field, to the primary keys that were moved")

    def __str__(self) -> str:
        return f"{self.merge}, a step"


class Adoption(models.Model):
    """The desk is being filled from a record: which one, and how far that has come; one row, with the primary key 1.

    `seq` and `link` are where the record ends. `reached` is a place within the stage: the entry, or the primary key of
    a capture, up to which all is at the desk.
    """

    seq = models.PositiveBigIntegerField()
    link = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=30)
    reached = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="adoption_is_one",
                violation_error_message="A desk is filled from one record only.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} up to {self.reached}"


class Approval(models.Model):
    """One change of the desk that somebody other than its author has looked at: who published or approved it.

    A change without one may be published by everybody but its author (claims/publishing/two_person_rule.py).
    """

    trace = models.OneToOneField(Trace, primary_key=True, on_delete=models.PROTECT, related_name="approval")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.trace}, approved by {self.by}"
