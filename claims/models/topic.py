"""Topics: which questions belong together, and in which order."""

from django.db import models
from django.db.models import Q

from articles.models import TrackedModel

from .claim import Question
from .querysets import ReleasableQuerySet


class Topic(TrackedModel):
    """Groups questions under a title, with a short introduction; a question may stand under several topics."""

    title = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    introduction = models.TextField(blank=True, help_text="for readers, in a few sentences: what this is about")
    position = models.PositiveIntegerField(default=0, help_text="order on the home page, smallest first")

    objects = ReleasableQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="topic_has_title", violation_error_message="A topic needs a title."
            )
        ]

    index_rank = 7

    def indexed_texts(self) -> list[str]:
        return [self.title, self.introduction]

    def __str__(self) -> str:
        return self.title


class TopicQuestion(models.Model):
    """One question of a topic, at its place."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="topics")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["topic", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "question"],
                name="topicquestion_is_once",
                violation_error_message="A topic has each question once.",
            )
        ]

    def __str__(self) -> str:
        return str(self.question)
