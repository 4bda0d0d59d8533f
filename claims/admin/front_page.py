"""What the front page of the desk counts, each with the list that shows it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from articles.desk_admin import ChoiceFilter
from articles.editors import AnyUser
from articles.models import Article, Capture, Passage, TrackedModel
from articles.models.article import ArticleQuerySet

from ..models import Actor, Assignment, Claim, ProposalTally, Release, Statement
from ..models.querysets import StatementQuerySet
from ..publishing.loading import kind_of_model
from ..publishing.origins import statements_with_one_origin
from ..suggestions.proposals import pending_proposals
from .batch.batch_pages import ASSIGNED_TO_ME, ASSIGNEE_PARAMETER
from .workflow import (
    OLD_DRAFT,
    PUBLISHABLE_MODELS,
    STATUS_PARAMETER,
    PublicationStatusFilter,
    list_address,
    may_change,
    noun_for,
)

ORIGINS_PARAMETER = "origins"


MOST_COUNTED = 1000  # beyond these the front page says “1,000+”


@dataclass(frozen=True)
class FrontPageLine:
    """One line of the front page. `count` is None where counting would take too long, and says no more than “more than
    `MOST_COUNTED`” where it is larger and not `exact`."""

    count: int | None
    label: str
    address: str
    exact: bool = True

    @property
    def number(self) -> str:
        if self.count is None:
            return ""
        return f"{self.count:,}" if self.exact or self.count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"


def count_some(rows: QuerySet) -> int:
    """How many rows there are, up to one more than `MOST_COUNTED`."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def open_tasks(user: AnyUser) -> list[FrontPageLine]:
    """The review queue by state, then the drafts of each noun that `user` may change."""
    doing = []
    counts = count_releases()
    if user.has_perm("claims.view_release"):
        for state, label in [(Release.State.IN_REVIEW, "to review"), (Release.State.SENT_BACK, "sent back")]:
            queue = list_address(Release, urlencode({"show": state.value}))
            total = sum(count for (_, of), count in counts.items() if of == state)
            doing.append(FrontPageLine(total, label, queue))
    if user.has_perm("articles.view_article") and user.has_perm("claims.add_statement"):
        address = list_address(Article, f"{PROPOSALS_PARAMETER}=waiting")
        waiting = count_some(filter_with_proposals(Article.objects.all()))
        doing.append(FrontPageLine(waiting, "articles with proposals", address, exact=False))
    for model in PUBLISHABLE_MODELS:
        if may_change(user, model):
            count = count_drafts(model, counts)
            doing.append(
                FrontPageLine(
                    count, f"draft {noun_for(model, count)}", list_address(model, f"{STATUS_PARAMETER}=draft")
                )
            )
    return [*doing, *improvement_tasks(user)]


def count_releases() -> dict[tuple[str, str], int]:
    """How many objects of each kind stand in each state; those that nobody has submitted are not among them."""
    return {
        (kind, state): count
        for kind, state, count in Release.objects.order_by().values_list("kind", "state").annotate(Count("id"))
    }


def count_drafts(model: type[TrackedModel], releases: dict[tuple[str, str], int]) -> int:
    """As many as `PublicationStatusFilter` finds, from few counts: all but those beyond and those merged."""
    kind = kind_of_model(model)
    beyond = sum(count for (of, state), count in releases.items() if of == kind and state != Release.State.DRAFT)
    merged = 0
    if issubclass(model, Actor | Claim):
        released = Release.objects.exclude(state=Release.State.DRAFT).filter(public_id=OuterRef("public_id"))
        merged = model._base_manager.filter(~Exists(released), merged_into__isnull=False).count()
    return model._base_manager.count() - beyond - merged


def improvement_tasks(user: AnyUser) -> list[FrontPageLine]:
    """What waits for nobody in particular: words not found again, forgotten drafts, statements on one origin."""
    doing = []
    if user.has_perm("articles.change_passage"):
        lost, label = count_some(Passage.objects.awaiting_decision()), "passages missing from the newest text"
        doing.append(FrontPageLine(lost, label, list_address(Passage, "found=lost"), exact=False))
    if user.has_perm("claims.change_statement"):
        old = count_some(PublicationStatusFilter.filter_by_status(Statement.objects.all(), OLD_DRAFT))
        address = list_address(Statement, f"{STATUS_PARAMETER}={OLD_DRAFT}")
        doing.append(FrontPageLine(old, "drafts older than two weeks", address, exact=False))
        statements, address = Statement.objects.all(), list_address(Statement, f"{ORIGINS_PARAMETER}=one")
        few = count_some(statements) <= MOST_COUNTED
        single = statements_with_one_origin(statements).count() if few else None
        doing.append(FrontPageLine(single, "statements with a single origin", address))
    return doing


def assigned_tasks(user: User) -> list[FrontPageLine]:
    """What `user` works on, by kind: one query."""
    counts: dict[str, int] = dict(
        Assignment.objects.assigned_to(user).order_by().values_list("kind").annotate(Count("id"))
    )
    counted = [(model, counts.get(kind_of_model(model), 0)) for model in PUBLISHABLE_MODELS]
    return [
        FrontPageLine(count, noun_for(model, count), list_address(model, f"{ASSIGNEE_PARAMETER}={ASSIGNED_TO_ME}"))
        for model, count in counted
        if count and user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    ]


class OriginsFilter(ChoiceFilter):
    title = "origins"
    parameter_name = ORIGINS_PARAMETER
    offers = (("one", "single origin"),)

    def chosen(self, queryset: StatementQuerySet, value: str) -> QuerySet:
        return statements_with_one_origin(queryset)


PROPOSALS_PARAMETER = "proposals"
ANALYSED_LANGUAGES = ("en",)  # that language.attributions has word lists of


def count_pending_proposals(capture: Capture) -> int:
    """How many proposals of `capture` wait, counted anew and kept for the front page. `capture.article` is read."""
    passages = Passage.objects.filter(capture=capture, appearances__isnull=False).distinct()
    waiting = len(pending_proposals(capture, list(passages.values_list("start", "end"))))
    ProposalTally.objects.update_or_create(capture=capture, defaults={"waiting": waiting})
    return waiting


def filter_with_proposals(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Those of `articles` that have a whole text whose proposals wait, or whom nobody has opened in the workspace yet.

    A text that was never opened has not been counted; there is hardly a news text in which nothing is proposed.
    """
    captures = Capture.objects.filter(article=OuterRef("pk"), complete=True)
    spoken = Q()
    for language in ANALYSED_LANGUAGES:
        spoken |= Q(language__iexact=language) | Q(language__istartswith=f"{language}-")
    waiting = captures.filter(Q(proposal_tally__waiting__gt=0) | Q(proposal_tally=None))
    # An older text of the same article does not count once a newer one has been worked through.
    newer = Capture.objects.filter(article=OuterRef("article"), complete=True, pk__gt=OuterRef("pk"))
    return articles.filter(spoken, Exists(waiting.exclude(Exists(newer))))


class ProposalsFilter(ChoiceFilter):
    title = "proposals"
    parameter_name = PROPOSALS_PARAMETER
    offers = (("waiting", "waiting"),)

    def chosen(self, queryset: ArticleQuerySet, value: str) -> QuerySet:
        return filter_with_proposals(queryset)
