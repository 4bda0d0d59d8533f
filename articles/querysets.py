"""Questions about outlets and articles that have a name, each with a fixed number of queries."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch


class ArticleQuerySet(models.QuerySet):
    def excerpts_only(self):
        """Articles of which no whole text has been captured, but an excerpt has."""
        captures = self._captures()
        return self.filter(Exists(captures)).exclude(Exists(captures.filter(complete=True)))

    def captured_whole(self):
        return self.filter(Exists(self._captures().filter(complete=True)))

    def without_a_text(self):
        return self.exclude(Exists(self._captures()))

    def derived(self):
        """Articles that are known to derive from another."""
        return self.filter(derived_from__isnull=False)

    def with_captures(self):
        """With `captures`, newest first, and their passages in order of the text: three queries in all."""
        captures = self.model._meta.get_field("captures").related_model
        return self.select_related("outlet").prefetch_related(
            Prefetch("captures", captures.objects.newest_first().prefetch_related("passages"))
        )

    def _captures(self):
        return self.model._meta.get_field("captures").related_model.objects.filter(article=OuterRef("pk"))


class CaptureQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-retrieved_at", "-id")

    def whole(self):
        return self.filter(complete=True)

    def to_quote_from(self):
        """Newest first, whole texts before excerpts: the first one is the capture an editor marks passages in."""
        return self.order_by("-complete", "-retrieved_at", "-id")
