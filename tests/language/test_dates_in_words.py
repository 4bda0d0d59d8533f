"""Dates in words: the table of cases, spans, what stands around, any mixture of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.dates import date_reader, read_dates
from language.dates.date_grammar import grammar_of
from language.dates.partial import read_date
from tests.date_cases import cases, outcome, rates
from tests.pinned import changed


def only(text, **options):
    (found,) = read_dates(text, **options)
    return found


def test_no_case_of_the_table_is_taken_wrongly_or_missed():
    outcomes = [(case, *outcome(*case)) for case in cases()]
    assert [one for one in outcomes if one[1] in ("wrong", "missed")] == []


def test_most_of_the_table_is_right_and_sure():
    counted = rates()
    assert counted.total() >= 150
    assert counted["right"] / counted.total() > 0.8


def test_a_date_says_where_it_stands_how_exact_it_is_and_why():
    found = only("They met on Tuesday 😀, he said.", published="2019-03-29")
    assert (found.words, found.start, found.end) == ("Tuesday", 12, 19)
    assert (found.edtf, found.precision, found.sure) == ("2019-03-26", "day", True)
    assert found.why == "the last Tuesday before the article"
    assert only("She fled in 2017.").precision == "year"
    assert only("She fled in March 2017.").precision == "month"
    assert only("She fled in the 1990s.").precision == "interval"
    assert only("She fled not long ago.").precision == ""


def test_the_day_of_the_dateline_counts_before_the_day_of_publication():
    def monday(dateline, published="2019-04-02"):
        return only("They met on Monday.", published=published, dateline=dateline).edtf

    assert monday("BEIJING, March 29 (Agency)") == "2019-03-25"
    assert monday("BEIJING, March 29, 2019", published="") == "2019-03-25"
    assert monday("BEIJING") == "2019-04-01"
    assert monday("BEIJING, May 29") == "2019-04-01"


def test_an_article_of_a_day_that_is_not_sure_makes_nothing_sure():
    assert not only("They met on Tuesday.", published="2019-03-29~").sure
    assert only("They met last year.", published="2019-03-29~").edtf == "2018"


def test_a_weekday_may_be_another_than_it_seems_and_both_are_told():
    found = only("They will meet on Tuesday.", published="2019-03-29")
    assert (found.edtf, found.others, found.sure) == ("2019-04-02", ("2019-03-26",), False)


def test_what_is_not_a_date_of_publication_is_refused():
    with pytest.raises(ValueError, match="is not a date"):
        read_dates("yesterday", published="last week")


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("ru", "Они встретились 3 сентября 2019 года в столице.", "2019-09-03"),
        ("de", "Sie trafen sich am 3. September 2019 in der Stadt.", "2019-09-03"),
        ("kk-Cyrl", "Бұл туралы ештеңе жоқ.", None),
    ],
)
def test_other_languages_are_read_by_dateparser_and_never_sure(language, text, edtf):
    found = read_dates(text, published="2019-09-10", language=language)
    assert [one.edtf for one in found] == ([edtf] if edtf else [])
    assert not any(one.sure for one in found)


WORDS = (
    "on in the last 3 31 2019 1990s May Sept. Tuesday between and from to - – , . 19th century two weeks ago year early"
    " late 0 99 9999 month earlier a day later since 2019-02-31 31/02/2019 February 30 😀 \n"
)
PIECES = st.lists(st.sampled_from(WORDS.split(" ")), max_size=25)


@given(PIECES, st.sampled_from(["2019-03-29", "2019", "", "1000-01-01", "9999-12-31", "2016-02-29"]))
def test_any_mixture_of_words_gives_dates_of_the_calendar_in_spans_of_the_text(pieces, published):
    text = " ".join(pieces)
    end = 0
    for one in read_dates(text, published=published):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        for edtf in (one.edtf, *one.others):
            assert not edtf or read_date(edtf).edtf == edtf
        assert one.edtf or not one.sure
        end = one.end


@pytest.mark.parametrize("padding", ["", "İ zzz " * 40], ids=["alone", "far into a text"])
def test_reading_only_around_digits_and_words_of_time_finds_what_the_rules_find_in_the_whole_text(padding):
    english = grammar_of("en")
    for marked, *_ in cases():
        for case in (marked, marked.upper()):
            text = padding + case.replace("[", "").replace("]", "") + padding
            everywhere = {(rule, match.span()) for rule in english.rules for match in rule.pattern.finditer(text)}
            assert {(rule, (start, end)) for start, end, rule, _ in date_reader.matches(text, english)} == everywhere


def test_every_reading_is_the_one_that_is_pinned():
    """With span, date, rule, whether it is sure, other readings and why."""
    assert changed("dates_read.txt") == []
