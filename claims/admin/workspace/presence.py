"""Who else has an article open, and whether anything recorded in it has changed meanwhile."""

from datetime import timedelta

from django.db.models import Count, Max
from django.utils import timezone

from articles.models import Article

from ...models import Presence, ProposalDecision, Statement

PRESENT = timedelta(seconds=60)  # a page says twice a minute that it is open


def others_present(article: Article, user) -> list[str]:
    """Notes that `user` has `article` open, and names those who said the same within the last minute."""
    now = timezone.now()
    Presence.objects.update_or_create(article=article, user=user, defaults={"at": now})
    others = Presence.objects.filter(article=article, at__gt=now - PRESENT).exclude(user=user)
    return [one.user.get_full_name() or one.user.username for one in others.select_related("user").order_by("user_id")]


def stamp_of(article: Article) -> str:
    """A short text that is another one whenever a statement or a decision of this article is."""
    statements = Statement.objects.filter(appearances__passage__capture__article=article).aggregate(
        count=Count("id"), last=Max("changed_at")
    )
    decision = ProposalDecision.objects.filter(capture__article=article).aggregate(last=Max("id"))["last"]
    last = statements["last"].timestamp() if statements["last"] else 0
    return f"{statements['count']}-{last:.6f}-{decision or 0}"
