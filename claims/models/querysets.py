"""Questions that the desk asks, each with a name: chainable, one query each."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles.models import TrackedModel
from language.names.chinese import pattern_of_signs
from language.names.folded_words import HAN
from language.names.spellings import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import User


DRAFT_LIFETIME = timedelta(days=7)  # of what was typed into a form and not saved


class ReleasableQuerySet(models.QuerySet):
    """What can be asked of anything that is published through a release."""

    def public(self) -> Self:
        """What readers see now, in whatever version."""
        releases = apps.get_model("claims", "Release").objects.order_by().public()
        return self.filter(Exists(releases.filter(public_id=OuterRef("public_id"))))


class MergeableQuerySet(ReleasableQuerySet):
    def current(self) -> Self:
        """What has not been merged into another."""
        return self.filter(merged_into=None)


class ActorQuerySet(MergeableQuerySet):
    """Actors, found by any of their names."""

    def find(self, name: str, *, named: bool = True) -> Self:
        """Who has this name, in any spelling and script that was recorded: the folds are equal.

        A name in Chinese characters is not found by others that sound so: 王毅 is not 王义; both are Wang Yi.

        Without `named`, a withheld actor is found by its public label alone: to find it by its name confirms a guess.
        """
        if not fold(name):
            return self.none()
        same = Q(folded=fold(name))
        if signs := pattern_of_signs(name):
            same &= Q(name__regex=signs) | ~Q(name__regex=f"[{HAN}]")
        found = self._named(same)
        if named:
            return found
        return found.exclude(protection="withheld") | self.filter(
            protection="withheld", public_label__iexact=name.strip()
        )

    def _named(self, condition: Q) -> Self:
        names = apps.get_model("claims", "ActorName").objects.order_by()
        return self.filter(Exists(names.filter(condition, actor=OuterRef("pk"))))


class StatementQuerySet(ReleasableQuerySet):
    """Statements."""

    def spoken_or_relayed_by(self, actor: TrackedModel) -> Self:
        """Statements that this actor makes or passes on."""
        relayed = self.model._base_manager.filter(appearances__steps__actor=actor).values("pk")
        return self.filter(Q(speaker=actor) | Q(pk__in=relayed))

    def complete(self) -> Self:
        """With everything that a document of them is made of: ten queries for any number."""
        return self.select_related("speaker").prefetch_related(
            "notes",
            "stances__claim",
            "appearances__passage__capture__article__outlet",
            "appearances__steps__actor",
            "appearances__steps__outlet",
        )


class ReleaseQuerySet(models.QuerySet):
    """How far objects are on their way to the public."""

    def public(self) -> Self:
        """What readers see now: a version was published and not withdrawn."""
        return self.filter(published_revision__isnull=False)


class AssignmentQuerySet(models.QuerySet):
    """Who works on what."""

    def with_editor(self) -> Self:
        """What somebody works on."""
        return self.filter(editor__isnull=False)

    def assigned_to(self, user: "User | int") -> Self:
        """What `user`, or whose primary key this is, works on."""
        return self.filter(editor=user)


class FormDraftQuerySet(models.QuerySet):
    """What was typed and not saved."""

    def within_lifetime(self, now: datetime) -> Self:
        """What is given back at this time: the drafts of the last week."""
        return self.filter(at__gt=now - DRAFT_LIFETIME)

    def past_lifetime(self, now: datetime) -> Self:
        """The older ones."""
        return self.filter(at__lte=now - DRAFT_LIFETIME)
