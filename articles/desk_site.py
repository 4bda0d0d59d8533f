"""What the pages of the desk ask of the site that they stand in."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


class GuardedSite(admin.AdminSite):
    """A site that keeps from its users what they may not read: `claimtrack.desk` says what that is."""

    def visible_search_results(
        self, request: HttpRequest, found: QuerySet[M], fields: Iterable[str], term: str
    ) -> QuerySet[M]:
        """What a search finds for this user: nothing that only a name which they may not read has found."""
        raise NotImplementedError

    def refuse_blind_save(self, request: HttpRequest, texts: Iterable[str]) -> None:
        """Raises `Refusal` where a save would replace texts that hold a name which this user may not read."""
        raise NotImplementedError

    def forget_draft(self, request: HttpRequest) -> None:
        """Deletes the draft of the form that `request` has posted: called when what it says is saved."""
        raise NotImplementedError
