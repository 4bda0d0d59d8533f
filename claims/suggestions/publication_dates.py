"""When an article was published, as far as what is kept of it tells: the lines around its text, and its dateline."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Article, Capture
from articles.reading.article_reading import Line
from articles.reading.field_proposals import publication_dates
from language.dates import own_day
from language.dates.partial import read_date


@dataclass(frozen=True)
class PublicationDate:
    """A proposed date of publication (a partial date) with the evidence in words. What is not `sure` is looked at."""

    edtf: str
    why: str
    sure: bool


def proposed_dates(articles: Iterable[Article]) -> dict[int, PublicationDate]:
    """The surest proposal for each of `articles` that has one, by primary key; one query.

    The lines that were taken out of a capture as clutter are kept with it, so that the date line of a page is read
    again. A dateline gives the day of writing: it is proposed, never surely, where the day of publication is not known.
    """
    by_key = {article.pk: article for article in articles}
    captures = Capture.objects.filter(article__in=by_key).order_by("-complete", "-retrieved_at", "-id")
    found: dict[int, PublicationDate] = {}
    for key, removed in captures.values_list("article_id", "removed"):
        for read in publication_dates([(Line(number, text), kind) for number, kind, text in removed]):
            proposed = PublicationDate(read.value, f"line {read.line} of the captured page: {read.rule}", read.sure)
            if key not in found or (proposed.sure and not found[key].sure):
                found[key] = proposed
    for pk, article in by_key.items():
        if pk not in found and (day := _day_of_dateline(article)):
            found[pk] = PublicationDate(day, f"dateline “{article.dateline}”, the day of writing", sure=False)
    return found


def _day_of_dateline(article: Article) -> str:
    """The day that the dateline names, where the article is not dated to the day."""
    if article.published and read_date(article.published).precision == "day":
        return ""
    own = own_day(article.published, article.dateline)
    return own.edtf if own and own.precision == "day" else ""
