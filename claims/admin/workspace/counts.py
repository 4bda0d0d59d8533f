"""Articles whose proposals wait for a decision: the count of the desk's front page and the list behind it."""

from django.db.models import Exists, OuterRef, Q

from articles.models import Article, Capture, Passage
from articles.verbadmin import ChoiceFilter

from ...models import ProposalTally
from ...workspace import waiting_in

PROPOSALS = "proposals"
LANGUAGES = ("en",)  # that claims.attributions has word lists of


def count_waiting(capture: Capture) -> int:
    """How many proposals of `capture` wait, counted anew and kept for the front page. `capture.article` is read."""
    passages = Passage.objects.filter(capture=capture, appearances__isnull=False).distinct()
    waiting = len(waiting_in(capture, list(passages.values_list("start", "end"))))
    ProposalTally.objects.update_or_create(capture=capture, defaults={"waiting": waiting})
    return waiting


def with_proposals(articles):
    """Those of `articles` that have a whole text whose proposals wait, or whom nobody has opened in the workspace yet.

    A text that was never opened has not been counted; there is hardly a news text in which nothing is proposed.
    """
    captures = Capture.objects.filter(article=OuterRef("pk"), complete=True)
    spoken = Q()
    for language in LANGUAGES:
        spoken |= Q(language__iexact=language) | Q(language__istartswith=f"{language}-")
    waiting = captures.filter(Q(proposal_tally__waiting__gt=0) | Q(proposal_tally=None))
    # An older text of the same article does not count once a newer one has been worked through.
    newer = Capture.objects.filter(article=OuterRef("article"), complete=True, pk__gt=OuterRef("pk"))
    return articles.filter(spoken, Exists(waiting.exclude(Exists(newer))))


class ProposalsFilter(ChoiceFilter):
    title = "proposals"
    parameter_name = PROPOSALS
    offers = (("waiting", "some wait"),)

    def chosen(self, queryset, value):
        return with_proposals(queryset)


def articles_with_proposals() -> int:
    return with_proposals(Article.objects.all()).count()
