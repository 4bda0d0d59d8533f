"""Who works on what. It stands beside the objects, as releases do, and no document has a place for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..querysets import AssignmentQuerySet


class Assignment(models.Model):
    """The editor who works on one object (question, claim, actor, outlet, article or statement).

    No row, or a row without an editor, means nobody. It is no part of the object's revision: who is given an article
    must not make the save of its editor stale, nor what readers see of it "changed since".
    """

    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12, unique=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["question", "claim", "actor", "outlet", "article", "statement"]),
                name="assignment_kind_is_publishable",
                violation_error_message="Questions, claims, actors, outlets, articles and statements are assigned.",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.public_id} to {self.editor or 'nobody'}"
