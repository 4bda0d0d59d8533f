"""What the desk remembers beside statements: decisions on proposals, who has an article open, who works on what, and
what was typed and not saved yet."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models import Article, Capture

from .querysets import AssignmentQuerySet, FormDraftQuerySet
from .statement import Statement


class ProposalDecision(models.Model):
    """What an editor made of one proposal of `language.attributions` in one capture. It holds no words of the text.

    `digest` is `claims.admin.workspace.marked_text.digest_of` of the proposal's spans, by which it is recognised when
    the text is read again. `start` and `end` (code points of the capture) and `rule` let it be judged later without the
    text. The newest decision of a digest is the one that counts.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted"
        CHANGED = "changed", "accepted with changes"
        REJECTED = "rejected"
        REOPENED = "reopened", "put back"
        CLOSED = "closed", "closed with the rest of the text"

    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="proposal_decisions")
    digest = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rule = models.CharField(max_length=80)
    decision = models.CharField(max_length=10, choices=Kind)
    statement = models.CharField(max_length=12, blank=True, help_text="public ID of the statement recorded from it")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["capture", "digest"], name="proposaldecision_by_digest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"\A[0-9a-f]{64}\Z"),
                name="proposaldecision_has_digest",
                violation_error_message="A proposal is identified by the SHA-256 of its spans.",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="proposaldecision_starts_before_it_ends",
                violation_error_message="A proposal starts before it ends.",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["accepted", "changed"]) | Q(statement=""),
                name="proposaldecision_refused_records_nothing",
                violation_error_message="Only an accepted proposal has become a statement.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.digest[:12]}"


class ProposalTally(models.Model):
    """How many proposals of a capture wait for a decision, as it was when its workspace was last written to or opened.

    Made anew by every opening of the workspace: the front page counts rows here instead of reading every text.
    """

    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, related_name="proposal_tally")
    waiting = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.waiting} waiting in {self.capture_id}"


class ToldApart(models.Model):
    """An editor has said that these words are not an appearance of `statement`: it is not asked again.

    `digest` is `claims.admin.workspace.marked_text.digest_of_words` of the words.
    """

    digest = models.CharField(max_length=64)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="told_apart")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "statement"],
                name="toldapart_is_said_once",
                violation_error_message="These two have already been marked as different.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]} is not {self.statement_id}"


class Presence(models.Model):
    """Who has the workspace of an article open. A row counts for a minute after `at`; older ones are overwritten."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"],
                name="presence_is_one_per_article",
                violation_error_message="Somebody is present at an article once.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.article_id}"


class FormDraft(models.Model):
    """What an editor has typed into a form of the desk and not saved: kept for a week, given back to them alone.

    `form` is the address of the form. `opening` tells two tabs with the same form apart: each has a draft of its own.
    `values` are [name, value] of the form's controls, in their order; of a list, [name, value, label of the choice].
    """

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=300)
    opening = models.UUIDField()
    values = models.JSONField(default=list)
    at = models.DateTimeField()

    objects = FormDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"], name="formdraft_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["editor", "form", "opening"],
                name="formdraft_is_one_per_opening",
                violation_error_message="A form that is open has one draft.",
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.editor_id} in {self.form}"


class Assignment(models.Model):
    """The editor who works on one object (topic, question, claim, actor, outlet, article or statement).

    No row, or a row without an editor, means nobody. It is no part of the object's revision: who is given an article
    must not make the save of its editor stale, nor what readers see of it "changed since".
    """

    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12, unique=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due = models.DateField(null=True, blank=True, help_text="by when the editor was asked to be done")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["topic", "question", "claim", "actor", "outlet", "article", "statement"]),
                name="assignment_kind_is_publishable",
                violation_error_message=(
                    "Topics, questions, claims, actors, outlets, articles and statements are assigned."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id} to {self.editor or 'nobody'}"
