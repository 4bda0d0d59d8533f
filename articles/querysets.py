"""Questions about outlets and articles that have a name, each with a fixed number of queries."""

from django.db import models
from django.db.models import Exists, OuterRef, Q


class ArticleQuerySet(models.QuerySet):
    def excerpts_only(self):
        """Articles of which no whole text has been captured, but an excerpt has."""
        captures = self.model._meta.get_field("captures").related_model.objects.filter(article=OuterRef("pk"))
        return self.filter(Exists(captures)).exclude(Exists(captures.filter(complete=True)))


class CaptureQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-retrieved_at", "-id")

    def whole(self):
        return self.filter(complete=True)

    def newest_whole(self):
        """The newest capture of the whole text, or None."""
        return self.whole().newest_first().first()

    def to_quote_from(self):
        """Newest first, whole texts before excerpts: the first one is the capture an editor marks passages in."""
        return self.order_by("-complete", "-retrieved_at", "-id")

    def superseded(self):
        """Captures that a later whole text of the same article has followed."""
        later = self.model._base_manager.filter(article=OuterRef("article"), complete=True)
        later = later.filter(
            Q(retrieved_at__gt=OuterRef("retrieved_at"))
            | Q(retrieved_at=OuterRef("retrieved_at"), id__gt=OuterRef("id"))
        )
        return self.filter(Exists(later))


class PassageQuerySet(models.QuerySet):
    def left_behind(self):
        """Passages whose words were not found in the newest whole text of their article."""
        return self.filter(capture__in=self._captures().superseded())

    def lost(self):
        """Of these, those of which no editor has said yet whether they were reworded or are gone."""
        return self.left_behind().filter(Q(gone_from=None) | Q(gone_from__in=self._captures().superseded()))

    def gone(self):
        """Of these, those that an editor has looked for in the newest text and declared gone from it."""
        return self.left_behind().filter(gone_from__isnull=False).exclude(gone_from__in=self._captures().superseded())

    def moved(self):
        """Passages that were moved to another text and that nobody has confirmed yet."""
        return self.filter(moved_from__isnull=False)

    def _captures(self):
        return self.model._meta.get_field("capture").related_model.objects.order_by()
