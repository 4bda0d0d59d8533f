"""Questions that the desk asks, each with a name: chainable, one query each."""

import json

from django.apps import apps
from django.db import connections, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from .names import fold

PUBLISHABLE = ("question", "claim", "actor", "outlet", "article", "statement")
_ROOMS = {"outlet": "articles", "article": "articles"}


def publishable_models() -> dict[str, type[models.Model]]:
    """The models whose objects can be published, by the kind that releases call them."""
    return {kind: apps.get_model(_ROOMS.get(kind, "claims"), kind) for kind in PUBLISHABLE}


class Releasable(models.QuerySet):
    """What can be asked of anything that is published through a release."""

    def in_review(self):
        """What waits for a reviewer."""
        return self.filter(Exists(self._releases(state="in review")))

    def public(self):
        """What readers see now, in whatever version."""
        return self.filter(Exists(self._releases(published_revision__isnull=False)))

    def unpublished(self):
        """Drafts, and what was withdrawn."""
        return self.exclude(Exists(self._releases(published_revision__isnull=False)))

    def changed_since_publication(self):
        """What readers see in another version than the desk: its revision is higher than the one published."""
        return self.filter(Exists(self._releases(published_revision__lt=OuterRef("revision"))))

    def _releases(self, **conditions):
        return _releases().filter(public_id=OuterRef("public_id"), **conditions)


def _releases():
    return apps.get_model("claims", "Release").objects.order_by()


class Mergeable(Releasable):
    def current(self):
        """What has not been merged into another."""
        return self.filter(merged_into=None)


class ClaimQuerySet(Mergeable):
    """Claims."""


class ActorQuerySet(Mergeable):
    """Actors, found by any of their names."""

    def find(self, name: str, *, named: bool = True):
        """Who has this name, in any spelling and script that was recorded: the folds are equal.

        Without `named`, a withheld actor is found by its public label alone: to find it by its name confirms a guess.
        """
        if not fold(name):
            return self.none()
        found = self._named(folded=fold(name))
        if named:
            return found
        return found.exclude(protection="withheld") | self.filter(
            protection="withheld", public_label__iexact=name.strip()
        )

    def matching(self, text: str):
        """Who has a name that contains this text, in any spelling and script: for looking up while typing."""
        return self._named(folded__contains=fold(text)) if fold(text) else self

    def _named(self, **conditions):
        names = apps.get_model("claims", "ActorName").objects.order_by()
        return self.filter(Exists(names.filter(actor=OuterRef("pk"), **conditions)))


class StatementQuerySet(Releasable):
    """Statements."""

    def changed_since_publication(self):
        """Also what rests on a passage that was moved to another capture after the statement was published."""
        releases = _releases().filter(public_id=OuterRef("public_id"), published_revision__isnull=False)
        moved = releases.filter(published_at__lt=OuterRef("appearances__passage__changed_at"))
        by_passage = self.model._base_manager.filter(Exists(moved)).values("pk")
        return self.filter(Exists(releases.filter(published_revision__lt=OuterRef("revision"))) | Q(pk__in=by_passage))

    def speaking_or_relaying(self, actor):
        """Statements that this actor makes or passes on."""
        relayed = self.model._base_manager.filter(appearances__steps__actor=actor).values("pk")
        return self.filter(Q(speaker=actor) | Q(pk__in=relayed))

    def on_one_origin(self):
        """Statements that are printed, and rest on one origin as the record counts them: four queries."""
        from .origins import on_several_origins

        # As one value, because there may be more of them than a query can take values.
        several = on_several_origins(self)
        if connections[self.db].vendor == "sqlite":
            keys = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(several)])
        else:
            keys = RawSQL("SELECT unnest(%s::bigint[])", [several])
        printed = self.model._base_manager.filter(appearances__isnull=False).values("pk")
        return self.filter(pk__in=printed).exclude(pk__in=keys)

    def complete(self):
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

    def in_review(self):
        return self.filter(state="in review")

    def public(self):
        """What readers see now: a version was published and not withdrawn."""
        return self.filter(published_revision__isnull=False)

    def changed(self):
        """Public objects whose working copy has moved on."""
        conditions = Q()
        for kind, model in publishable_models().items():
            later = model._base_manager.filter(
                public_id=OuterRef("public_id"), revision__gt=OuterRef("published_revision")
            )
            conditions |= Q(Exists(later), kind=kind)
        return self.public().filter(conditions)


class AssignmentQuerySet(models.QuerySet):
    """Who works on what."""

    def given(self):
        """What somebody works on."""
        return self.filter(editor__isnull=False)

    def given_to(self, user):
        """What `user` works on."""
        return self.filter(editor=user)
