"""What the front page of the desk counts, each with the list that shows it."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Count
from django.urls import reverse

from articles.models import Passage

from ..models import Release, Statement
from .road import OLD_DRAFT, PUBLISHABLE, ROAD, RoadFilter
from .workspace import PROPOSALS, articles_with_proposals

ORIGINS = "origins"


@dataclass(frozen=True)
class Doing:
    """One line of the front page."""

    count: int
    label: str
    address: str


def what_needs_doing(user) -> list[Doing]:
    """The review queue by state, then the drafts of each noun that `user` may change."""
    doing = []
    if user.has_perm("claims.view_release"):
        standing = dict(Release.objects.order_by().values_list("state").annotate(Count("id")))
        queue = reverse("admin:claims_release_changelist")
        for state, label in [(Release.State.IN_REVIEW, "to review"), (Release.State.SENT_BACK, "sent back")]:
            doing.append(Doing(standing.get(state, 0), label, f"{queue}?state__exact={state.value.replace(' ', '+')}"))
    if user.has_perm("articles.view_article") and user.has_perm("claims.add_statement"):
        address = f"{reverse('admin:articles_article_changelist')}?{PROPOSALS}=waiting"
        doing.append(Doing(articles_with_proposals(), "articles with proposals", address))
    for model in PUBLISHABLE:
        opts = model._meta
        if user.has_perm(f"{opts.app_label}.change_{opts.model_name}"):
            count = RoadFilter.on(model._base_manager.all(), "draft").count()
            noun = opts.verbose_name if count == 1 else opts.verbose_name_plural
            address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            doing.append(Doing(count, f"draft {noun}", f"{address}?{ROAD}=draft"))
    return [*doing, *what_could_be_better(user)]


def what_could_be_better(user) -> list[Doing]:
    """What waits for nobody in particular: words not found again, forgotten drafts, statements on one origin."""
    doing = []
    if user.has_perm("articles.change_passage"):
        address = f"{reverse('admin:articles_passage_changelist')}?found=lost"
        doing.append(Doing(Passage.objects.lost().count(), "passages not found in the newest text", address))
    if user.has_perm("claims.change_statement"):
        statements = reverse("admin:claims_statement_changelist")
        old = RoadFilter.on(Statement.objects.all(), OLD_DRAFT).count()
        doing.append(Doing(old, "drafts older than two weeks", f"{statements}?{ROAD}={OLD_DRAFT}"))
        single = Statement.objects.on_one_origin().count()
        doing.append(Doing(single, "statements that rest on one origin", f"{statements}?{ORIGINS}=one"))
    return doing


class OriginsFilter(admin.SimpleListFilter):
    title = "origins"
    parameter_name = ORIGINS

    def lookups(self, request, model_admin):
        return [("one", "one alone")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() != "one":
            raise IncorrectLookupParameters(f"{self.value()} is no number of origins.")
        return queryset.on_one_origin()
