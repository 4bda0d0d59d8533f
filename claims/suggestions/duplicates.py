"""What was recorded before: the same or nearly the same words, or the same actor on the same claim."""

import hashlib
from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz

from articles.models import Capture, Passage
from articles.text import Span, fold

from ..models import Actor, Appearance, Claim, Statement, ToldApart

MAX_SHOWN = 6
MAX_CANDIDATES = 300  # passages that share a rare word and are compared letter by letter
MAX_RARE_WORDS = 4
MIN_LIKENESS = 85  # percent, rapidfuzz's ratio of the folded words: another mark, a changed ending, one word of ten
MIN_PARTIAL_LIKENESS = 95  # percent, its partial ratio, where the shorter one has at least SHORTEST letters
MIN_PARTIAL_LENGTH = 25


@dataclass(frozen=True)
class PossibleDuplicate:
    """A statement that stands, why it is asked about, and the words by which it was found."""

    statement: Statement
    why: str
    words: str
    where: str

    @property
    def key(self) -> str:
        return self.statement.public_id


def find_duplicates(capture: Capture, span: Span) -> list[PossibleDuplicate]:
    """Statements printed with the same or nearly the same words, in this article or another: the likest first.

    Left out is what an editor has told apart from these words. Three queries.
    """
    folded = _folded_words(span.exact)
    rare = sorted({word for word in folded.split() if len(word) > 3}, key=len, reverse=True)[:MAX_RARE_WORDS]
    words = Q(capture=capture, start__lt=span.end, end__gt=span.start)
    for word in rare or folded.split()[:1]:
        words |= Q(exact__icontains=word)
    passages = {
        passage.pk: likeness(folded, _folded_words(passage.exact))
        for passage in Passage.objects.filter(words, appearances__isnull=False)
        .distinct()
        .order_by("-id")[:MAX_CANDIDATES]
    }
    alike = {key: found for key, found in passages.items() if found}
    appearances = Appearance.objects.filter(passage__in=alike).select_related(
        "statement__speaker", "passage__capture__article__outlet"
    )
    apart = _distinguished_statements(span.exact)
    duplicates: dict[int, PossibleDuplicate] = {}
    for printing in sorted(appearances, key=lambda row: (alike[row.passage_id][0], row.pk), reverse=True):
        if printing.statement_id in apart:
            continue
        passage, article = printing.passage, printing.passage.capture.article
        where = "in this article" if article.pk == capture.article_id else f"{article.outlet}: {article}"
        duplicate = PossibleDuplicate(printing.statement, alike[passage.pk][1], passage.exact, where)
        duplicates.setdefault(printing.statement_id, duplicate)
    return list(duplicates.values())[:MAX_SHOWN]


def likeness(words: str, other: str) -> tuple[float, str] | None:
    """How like two folded texts are, with the word for it; None where they are not nearly the same. Pure."""
    if words == other:
        return 100.0, "the same words"
    whole = fuzz.ratio(words, other, score_cutoff=MIN_LIKENESS)
    if whole:
        return whole, "nearly the same words"
    if min(len(words), len(other)) >= MIN_PARTIAL_LENGTH:
        part = fuzz.partial_ratio(words, other, score_cutoff=MIN_PARTIAL_LIKENESS)
        if part:
            return part - 10, "one contains the words of the other"
    return None


def statements_on_same_claim(actor: Actor, claim: Claim, words: str) -> list[PossibleDuplicate]:
    """Statements of `actor` that take a stance towards `claim`, newest first, without those told apart from `words`."""
    statements = (
        Statement.objects.filter(speaker=actor, stances__claim=claim)
        .exclude(pk__in=_distinguished_statements(words))
        .select_related("speaker")
        .prefetch_related("appearances__passage__capture__article__outlet")
        .order_by("-id")[:MAX_SHOWN]
    )
    found = []
    for statement in statements:
        printed = next(iter(statement.appearances.all()), None)
        words_then = printed.passage.exact if printed else ""
        where = str(printed.passage.capture.article) if printed else "not printed yet"
        found.append(PossibleDuplicate(statement, "the same actor on the same claim", words_then, where))
    return found


def _distinguished_statements(words: str) -> set[int]:
    return set(ToldApart.objects.filter(digest=digest_of_words(words)).values_list("statement_id", flat=True))


def _folded_words(words: str) -> str:
    return " ".join(fold(words).text.casefold().strip(" '").split())


def digest_of_words(words: str) -> str:
    """By what words are known again, whatever their quotation marks, dashes and white space."""
    return hashlib.sha256(fold(words).text.strip().casefold().encode()).hexdigest()
