"""Taking in an article: new or known, captured once, recognised by address, text, excerpt or likeness."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in, take_in_reading
from articles.models import Article, Capture, Outlet, Passage, Shingle, Trace
from articles.reading import read_plain
from articles.recognition import find_known_article
from articles.tracked_changes import Refusal

HEADLINE = "Dockers stop work at Port Selby"
BODY = (
    "Dockers at Port Selby stopped work on Monday after a storm tore down two cranes, their union said.\n\n"
    "The union's chair, Ana Ruiz, said the old harbour was “not safe to work in” before it was inspected.\n\n"
    "The port authority called the strike “unlawful and unwise” and asked a court to end it by Friday.\n\n"
    "President Jan Novak wants to travel to the port on Thursday and has promised that no docker will lose a day's pay."
)
TEXT = f"{HEADLINE}\n\n{BODY}"


@pytest.fixture
def courier(editor):
    return add_outlet(name="Selby Courier", by=editor)


@pytest.fixture
def herald(editor):
    return add_outlet(name="Norland Herald", by=editor)


def nothing_but_outlets():
    return not (Article.objects.exists() or Capture.objects.exists() or Shingle.objects.exists())


def test_a_new_article_is_captured_indexed_and_traced(courier, editor):
    taken = take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE, published="2021-05", language="en")
    assert (taken.new_article, taken.new_capture) == (True, True)
    assert taken.capture.text == TEXT
    assert taken.capture.complete
    assert Shingle.objects.filter(capture=taken.capture).exists()
    assert list(Trace.objects.filter(kind="article").values_list("verb", flat=True)) == ["take in", "add"]
    assert taken.article.slug == "dockers-stop-work-at-port-selby"


def test_the_same_text_twice_is_one_capture_with_or_without_metadata(courier, editor):
    first = take_in(text=TEXT, outlet=courier, by=editor)
    again = take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE, url="https://selby.example/a")
    third = take_in(text=TEXT.replace("\n", "\r\n") + "\n\n", outlet=None, by=editor)
    assert first.article == again.article == third.article
    assert first.capture == again.capture == third.capture
    assert (third.new_article, third.new_capture) == (False, False)
    assert Article.objects.count() == Capture.objects.count() == 1


def test_what_a_known_article_lacks_is_filled_and_what_it_has_stays(courier, editor):
    take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE, byline="Maria Oduya")
    article = take_in(text=TEXT, outlet=courier, by=editor, headline="Other", published="2021", byline="X").article
    assert (article.headline, article.byline, article.published) == (HEADLINE, "Maria Oduya", "2021")
    assert article.published_earliest is not None
    assert Trace.objects.first().changes.keys() == {"published", "published_earliest", "published_latest"}


def test_taking_in_what_is_there_leaves_no_trace(courier, editor):
    take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE)
    before = Trace.objects.count()
    take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE)
    assert Trace.objects.count() == before


def test_the_same_text_in_another_outlet_is_another_article(courier, herald, editor):
    first = take_in(text=TEXT, outlet=courier, by=editor)
    second = take_in(text=TEXT, outlet=herald, by=editor)
    assert second.new_article
    assert [like.article for like in second.reprints] == [first.article]


def test_a_text_that_several_articles_have_is_refused_without_an_outlet(courier, herald, editor):
    take_in(text=TEXT, outlet=courier, by=editor)
    take_in(text=TEXT, outlet=herald, by=editor)
    with pytest.raises(Refusal, match="More than one article"):
        take_in(text=TEXT, outlet=None, by=editor)


@pytest.mark.parametrize(
    "url", ["https://selby.example/a", "http://www.selby.example/a/", "https://selby.example/a?utm_id=1#x"]
)
def test_an_article_is_recognised_by_its_address(courier, editor, url):
    first = take_in(text=TEXT, outlet=courier, by=editor, url="https://selby.example/a")
    later = take_in(text=TEXT + "\n\nThe court has agreed.", outlet=None, by=editor, url=url)
    assert later.article == first.article
    assert later.new_capture


def test_an_address_known_for_another_outlet_is_refused(courier, herald, editor):
    take_in(text=TEXT, outlet=courier, by=editor, url="https://selby.example/a")
    with pytest.raises(Refusal, match="an article from Selby Courier"):
        take_in(text="Something else.", outlet=herald, by=editor, url="https://selby.example/a")


def test_a_text_cannot_be_put_to_an_article_of_another_outlet(courier, herald, editor):
    article = take_in(text=TEXT, outlet=courier, by=editor).article
    with pytest.raises(Refusal, match="is an article of Selby Courier, not of Norland Herald"):
        take_in(text="Something else.", outlet=herald, by=editor, article=article)


def test_another_address_is_another_article(courier, editor):
    take_in(text=TEXT, outlet=courier, by=editor, url="https://selby.example/a")
    assert take_in(text=TEXT, outlet=courier, by=editor, url="https://selby.example/b").new_article


def test_the_article_once_more_with_small_changes_is_recognised_by_headline_and_text(courier, editor):
    first = take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE)
    passage = quote_passage(first.capture, "not safe to work in", by=editor)
    later = take_in(text=TEXT + "\n\nA court sits on Friday.", outlet=courier, by=editor, headline=HEADLINE)
    assert later.article == first.article
    assert later.reanchored_passages == [passage]


def test_another_day_with_the_same_headline_is_another_article(courier, editor):
    take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE, published="2021-05-03")
    more = TEXT + "\n\nA court sits on Friday."
    assert take_in(text=more, outlet=courier, by=editor, headline=HEADLINE, published="2021-05-04").new_article


def test_an_article_without_a_headline_is_legal(courier, editor):
    taken = take_in(text=BODY, outlet=courier, by=editor, published="2021-05")
    assert taken.article.headline == ""
    assert str(taken.article) == "Selby Courier 2021-05"


def test_two_who_take_in_the_same_text_at_one_moment_get_one_article(transactional_db, editor):
    outlet = add_outlet(name="Selby Courier", by=editor)
    together, taken = threading.Barrier(4), []

    def take():
        try:
            together.wait(10)
            taken.append(take_in(text=TEXT, outlet=outlet, by=editor, headline=HEADLINE))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 4
    assert sum(one.new_article for one in taken) == 1
    assert Article.objects.count() == Capture.objects.count() == 1


# Refusals: nothing is changed


@pytest.mark.parametrize(
    ("values", "sentence", "field"),
    [
        ({"text": ""}, "no text", "text"),
        ({"text": " \n "}, "no text", "text"),
        ({"text": "A\x00B"}, "Line 1 contains a NUL byte", "text"),
        ({"text": "A \ud800 B"}, "unpaired surrogate", "text"),
        ({"text": "x" * 2_000_001}, "2,000,001 characters", "text"),
        ({"published": "2019-13-40"}, "not in the calendar", "published"),
        ({"published": "soon"}, "is not a date", "published"),
        ({"url": "javascript:alert(1)"}, "must begin with http", "url"),
        ({"url": "https://ana:secret@selby.example/"}, "user name or password", "url"),
        ({"archive_url": "javascript:alert(1)"}, "must begin with http", "archive_url"),
        ({"headline": "\u202edab"}, "direction", "headline"),
        ({"headline": "x" * 501}, "at most 500", "headline"),
        ({"byline": "A\x00"}, "NUL", "byline"),
        ({"language": "not a language"}, "BCP 47", "language"),
        ({"method": "telepathy"}, "not a valid choice", "method"),
        ({"method": "excerpt"}, "An excerpt is not the complete article", ""),
        ({"removed": [[1, "navigation", "A\x00"]]}, "NUL", "removed"),
        ({"outlet": None}, "does not say which outlet", "outlet"),
    ],
)
def test_bad_input_is_refused_in_a_sentence_and_changes_nothing(courier, editor, values, sentence, field):
    with pytest.raises(Refusal, match=sentence) as refusal:
        take_in(**{"text": TEXT, "outlet": courier, "by": editor} | values)
    assert refusal.value.field == field
    assert nothing_but_outlets()


def test_the_time_of_the_capture_is_kept(courier, editor):
    when = datetime(2021, 5, 3, 12, tzinfo=UTC)
    assert take_in(text=TEXT, outlet=courier, by=editor, retrieved_at=when).capture.retrieved_at == when


def test_removed_lines_are_kept_with_the_capture(courier, editor):
    capture = take_in(text=TEXT, outlet=courier, by=editor, removed=[(9, "navigation", "Share")]).capture
    capture.refresh_from_db()
    assert capture.removed == [[9, "navigation", "Share"]]


# Recognition by excerpt


def excerpt(outlet, editor, *lines, headline=HEADLINE, quote=True):
    taken = take_in(
        text="\n…\n".join(lines), outlet=outlet, by=editor, headline=headline, method="excerpt", complete=False
    )
    for line in lines if quote else ():
        quote_passage(taken.capture, line, by=editor)
    return taken.article


QUOTES = (HEADLINE, '"not safe to work in"', '"unlawful and unwise"', "President Jan Novak")


def full(text=TEXT, **said):
    return take_in_reading(read_plain(text), by=None, said=said)


def test_a_full_text_is_recognised_by_the_quotations_of_its_excerpt(courier, editor):
    article = excerpt(courier, editor, *QUOTES)
    taken = full()
    assert taken.article == article
    assert len(taken.reanchored_passages) == 4
    assert taken.unplaced_passages == []
    assert Passage.objects.filter(capture=taken.capture).count() == 4


def test_an_excerpt_without_passages_is_recognised_by_its_lines(courier, editor):
    article = excerpt(courier, editor, *QUOTES, headline="", quote=False)
    assert full().article == article


def test_a_full_text_whose_quotations_do_not_stand_in_it_is_not_that_article(courier, editor):
    excerpt(courier, editor, HEADLINE, "said the harbour was closed", "the mayor was asleep", "nobody came")
    assert full(outlet="Selby Courier").new_article


def test_one_passage_that_is_not_found_is_told_and_stays(courier, editor):
    article = excerpt(courier, editor, *QUOTES, "the harbour master was asleep")
    taken = full()
    assert taken.article == article
    assert [str(passage) for passage in taken.unplaced_passages] == ["the harbour master was asleep"]


REPRINT = TEXT.replace(HEADLINE, "Norland: Strike shuts harbour of Selby").replace(
    "President Jan Novak", "President Yan Nowak"
)


def test_two_articles_with_the_same_quotations_are_told_apart_by_their_headlines(courier, herald, editor):
    first = excerpt(courier, editor, *QUOTES)
    second = excerpt(
        herald, editor, "Norland: Strike shuts harbour of Selby", *QUOTES[1:3], "President Yan Nowak",
        headline="Norland: Strike shuts harbour of Selby",
    )  # fmt: skip
    assert full(REPRINT).article == second
    assert full(TEXT).article == first


def test_the_reprint_of_an_excerpted_article_is_not_taken_for_it(courier, herald, editor):
    article = excerpt(courier, editor, *QUOTES[1:3])
    with pytest.raises(Refusal, match="does not say which outlet"):
        full(REPRINT)
    taken = full(REPRINT, outlet="Norland Herald")
    assert taken.new_article
    assert article.captures.count() == 1


def test_two_that_fit_equally_well_are_refused_and_named(courier, herald, editor):
    excerpt(courier, editor, *QUOTES)
    excerpt(herald, editor, *QUOTES)
    with pytest.raises(Refusal, match="could be") as refusal:
        full()
    assert refusal.value.field == "outlet"
    assert full(outlet="Norland Herald").article.outlet == herald


def test_the_outlet_that_the_text_names_decides_between_two(courier, herald, editor):
    excerpt(courier, editor, *QUOTES)
    second = excerpt(herald, editor, *QUOTES)
    taken = full(TEXT + "\n\nDisclaimer: No Norland Herald reporter was involved in this text.")
    assert taken.article == second


def test_the_outlet_that_the_text_names_counts_for_less_than_a_headline(courier, herald, editor):
    article = excerpt(courier, editor, *QUOTES)
    more = [f"other words, line {number}" for number in range(9)]
    other = excerpt(herald, editor, *QUOTES[1:], *more, headline="", quote=False)
    for quote in QUOTES[1:]:
        quote_passage(other.captures.get(), quote, by=editor)
    taken = full(TEXT + "\n\nDisclaimer: No Norland Herald reporter was involved in this text.")
    assert taken.article == article


def test_an_article_of_the_outlet_that_the_text_names_is_known_under_another_headline(courier, herald, editor):
    article = excerpt(courier, editor, *QUOTES[1:], headline="Union closes the port")
    with pytest.raises(Refusal, match="does not say which outlet"):
        full()
    assert full(TEXT + "\n\nDisclaimer: No Selby Courier reporter was involved in this text.").article == article


def test_without_a_headline_all_quotations_must_stand(courier, editor):
    article = excerpt(courier, editor, *QUOTES[1:], headline="")
    assert full(BODY).article == article


def test_without_a_headline_one_quotation_is_not_enough(courier, editor):
    excerpt(courier, editor, QUOTES[1], headline="")
    with pytest.raises(Refusal, match="does not say which outlet"):
        full(BODY)


def test_recognition_fills_in_nothing_that_rules_propose(courier, editor):
    article = excerpt(courier, editor, *QUOTES)
    full(TEXT + "\n\nFirst Published: May 3 2021\n\nBy Maria Oduya")
    article.refresh_from_db()
    assert article.published == ""
    assert article.revision == 1


def test_an_article_that_is_captured_whole_is_not_looked_for_by_excerpt(courier, editor):
    excerpt(courier, editor, *QUOTES)
    full()
    taken = full(TEXT.replace(HEADLINE, "Union calls a strike"), outlet="Selby Courier")
    assert taken.new_article


@pytest.mark.parametrize("others", [2, 12])
def test_recognition_takes_a_fixed_number_of_queries(courier, herald, editor, others, django_assert_num_queries):
    for number in range(others):
        lines = [f"{quote} {number}" for quote in QUOTES]
        excerpt(courier if number % 2 else herald, editor, *lines, headline=f"Headline {number * 1111}")
    text = read_plain(TEXT).text
    with django_assert_num_queries(6):
        assert find_known_article(text=text, headline=HEADLINE) is None


# Outlets


def test_an_outlet_that_is_said_and_not_known_is_added(editor):
    taken = full(outlet="The Port Selby Times")
    assert taken.new_outlet
    assert taken.article.outlet.name == "The Port Selby Times"


def test_an_outlet_is_known_by_its_initials_too(editor):
    add_outlet(name="Radio Free Selby", by=editor)
    assert full(outlet="RFS").article.outlet.name == "Radio Free Selby"
    assert Outlet.objects.count() == 1


def test_the_outlet_that_the_text_surely_names_is_taken_if_it_is_known(courier):
    taken = full(f"Selby Courier\n\n{TEXT}\n\nDisclaimer: No Selby Courier reporter was involved.")
    assert taken.article.outlet == courier
    assert taken.article.headline == HEADLINE


def test_an_outlet_that_only_the_text_names_is_not_added(editor):
    with pytest.raises(Refusal, match="--outlet “Selby Courier”"):
        full(f"Selby Courier\n\n{TEXT}\n\nDisclaimer: No Selby Courier reporter was involved.")
    assert not Outlet.objects.exists()


def test_a_refused_article_adds_no_outlet(editor):
    with pytest.raises(Refusal):
        full(outlet="Brand New Times", published="2019-13-40")
    assert not Outlet.objects.exists()


def test_what_is_said_counts_before_what_the_text_says(courier):
    taken = full(
        f"{TEXT}\n\nFirst Published: May 3 2021", outlet="Selby Courier", published="2021-05-02", language="en-GB"
    )
    assert (taken.article.published, taken.article.language) == ("2021-05-02", "en-GB")
    other = full(f"{BODY} It rained.\n\nFirst Published: May 3 2021", outlet="Selby Courier")
    assert other.article.published == "2021-05-03"


# Named reads


def test_articles_by_what_is_captured_of_them(courier, editor):
    excerpted = excerpt(courier, editor, *QUOTES)
    take_in(text="Quite another matter.", outlet=courier, by=editor)
    Article.objects.create(outlet=courier, slug="empty")
    assert list(Article.objects.excerpts_only()) == [excerpted]


def test_captures_newest_first_and_the_one_to_quote_from(courier, editor):
    first = take_in(text=TEXT, outlet=courier, by=editor, headline=HEADLINE)
    short = take_in(
        text="a part", outlet=courier, by=editor, article=first.article, method="excerpt", complete=False
    ).capture
    article = first.article
    assert list(article.captures.newest_first()) == [short, first.capture]
    assert article.captures.best_for_quoting().first() == first.capture
