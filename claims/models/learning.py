"""What the desk has learned from its own decisions on proposals: one row, readable, made anew by every training."""

from django.db import models
from django.db.models import Q


class LearnedOrder(models.Model):
    """The one model of `claims.learning`. It holds weights and counts, no words of a text and nobody's name.

    `weights` are log odds by the names of `claims.learning.features`. `threshold` is the likelihood under which a
    proposal is set apart where filtering is on. `figures` are those of the cross-validation, from 0 to 1.
    """

    THE_ONE = 1

    weights = models.JSONField()
    threshold = models.FloatField()
    figures = models.JSONField()
    accepted = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    trained_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="learnedorder_is_the_one",
                violation_error_message="What the desk has learned is one row.",
            )
        ]

    def __str__(self):
        return f"learned from {self.accepted + self.changed + self.rejected} decisions"
