"""What the editors say to readers about something in the record."""

from django.db import models
from django.db.models import Q

from articles.models import Article, Outlet, Tracked
from record.vocabulary import NOTES

from .actors import Actor
from .choices import choices_of
from .matters import Claim, Question
from .statements import Statement

OWNERS = ("question", "claim", "actor", "outlet", "article", "statement")


def _exactly_one(names) -> Q:
    """Of these fields one is set and all others are null."""
    whole = Q()
    for name in names:
        whole |= Q(**{f"{other}__isnull": other != name for other in names})
    return whole


class EditorsNote(models.Model):
    """One public note on one object: what was inferred and from what, or what is implausible as printed.

    It belongs to its object as a name belongs to an actor: a change of it raises the object's revision.
    """

    About = choices_of(
        "About",
        NOTES,
        {
            "identity": "who it is",
            "date": "a date",
            "figure": "a figure",
            "wording": "the wording",
            "other": "something else",
        },
    )

    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    about = models.CharField(max_length=20, choices=About)
    text = models.CharField(max_length=1000, help_text="for readers: what was inferred, and from what")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one(OWNERS),
                name="editorsnote_is_on_one_object",
                violation_error_message="A note is on one object.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="editorsnote_has_text", violation_error_message="A note has words."
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def owner(self) -> Tracked:
        return next(owner for name in OWNERS if (owner := getattr(self, name)))
