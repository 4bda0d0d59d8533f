"""How an outlet itself treats a claim, apart from what its sources say."""

from django.contrib.auth.models import User

from articles.models import Article, Outlet
from articles.text import QuoteNotFound, fold, occurrences
from articles.tracked_changes import Refusal

from ..models import Claim, Framing
from . import cleaning
from .components import Component, refuse_merged
from .inputs import Input
from .transactions import open_component_change


class FramingInput(Input):
    """How an article treats `claim` in `part`; `written_by` is who wrote the words where it is not the outlet."""

    claim: Claim
    part: str
    treatment: str
    words: str = ""
    written_by: Outlet | None = None


class Framings(Component[Article, FramingInput, Framing]):
    """One framing of an article put in its place, or taken away, among the others of that article."""

    name = "framings"
    key = ("claim", "part")
    related_fields = ("claim", "written_by")

    def __init__(self, claim: Claim, part: str, framing: FramingInput | None):
        super().__init__([framing] if framing else [])
        self._replaced = (claim.pk, part)

    def _requested_inputs(self, owner: Article) -> list[FramingInput]:
        others = [
            FramingInput.from_source(row) for row in self._rows(owner) if (row.claim_id, row.part) != self._replaced
        ]
        return [*others, *self._inputs]

    def _describe(self, part: FramingInput | Framing) -> str:
        written_by = f"written by {part.written_by}" if part.written_by else ""
        return " · ".join(filter(None, [f"{part.treatment} “{part.claim}” in its {part.part}", part.words, written_by]))

    def write(self, owner: Article) -> None:
        super().write(owner)
        refuse_merged(Claim, [part.claim.pk for part in self._inputs], field="claim")


def record_framing(
    article: Article,
    *,
    claim: Claim,
    part: str,
    treatment: str,
    words: str = "",
    written_by: Outlet | None = None,
    by: User,
    seen: int | None = None,
) -> Framing:
    """Records how `article` treats `claim` in its headline or body; what stood for the same part is replaced.

    `words` must stand in the headline, or in a capture for the body. `written_by` is the outlet that wrote them where
    it is not the article's own, such as the agency whose text it prints.
    """
    written_by = None if written_by == article.outlet else written_by
    words = cleaning.line(words, "words")
    refuse_absent_words(article, part, words)
    parts = [Framings(claim, part, FramingInput(claim, part, treatment, words, written_by))]
    with open_component_change(article, {}, parts, by=by, verb="frame", seen=seen):
        return Framing.objects.get(article=article, claim=claim, part=part)


def remove_framing(
    article: Article, *, claim: Claim, part: str, by: User, seen: int | None = None, why: str = ""
) -> Article:
    """Takes a framing away; where there is none, nothing changes."""
    with open_component_change(
        article, {}, [Framings(claim, part, None)], by=by, verb="unframe", seen=seen, why=why
    ) as change:
        return change.obj


def refuse_absent_words(article: Article, part: str, words: str) -> None:
    """Refuses words of a framing that the article does not print, as far as the desk has its text."""
    if not words:
        return
    if part == Framing.Part.HEADLINE:
        texts = [article.headline]
    else:
        texts = list(article.captures.values_list("text", flat=True))
    if not any(_has_words(text, words) for text in texts):
        where = "headline" if part == Framing.Part.HEADLINE else "captured text"
        raise Refusal(f"The words “{words}” are not in the {where} of “{article}”.", field="words")


def _has_words(text: str, words: str) -> bool:
    try:
        return bool(occurrences(text, words, fold(text)))
    except QuoteNotFound:
        return False
