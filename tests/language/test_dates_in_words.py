"""Dates in words: the table of cases, spans, what stands around, any mixture of words."""

import cProfile
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.dates import date_reader, read_dates
from language.dates.date_grammar import grammar_of
from language.dates.partial import read_date
from tests.date_cases import all_cases, all_rates, cases, outcome, unseen_cases, unseen_outcome
from tests.pinned import changed


def only(text, **options):
    (found,) = read_dates(text, **options)
    return found


def test_no_case_of_the_tables_is_taken_wrongly_or_missed():
    outcomes = [(case, *outcome(*case)) for case in all_cases()]
    assert [one for one in outcomes if one[1] in ("wrong", "missed")] == []


def test_dates_are_read_right_surely_where_they_can_be_and_never_surely_wrong():
    """Of all tables, a third of which was made by someone who had not seen the reader."""
    counted = all_rates()
    right = counted["sure"] + counted["unsure"]
    assert counted.total() >= 800
    assert counted["wrong"] == 0
    assert right / counted.total() >= 0.97
    assert counted["sure"] / right >= 0.75


def test_what_was_made_without_sight_of_the_reader_is_read_as_well():
    outcomes = [(unseen_outcome(case), case["text"]) for case in unseen_cases()]
    assert len(outcomes) >= 300
    assert [one for one in outcomes if one[0] == "wrong"] == []
    assert len([one for one in outcomes if one[0] == "missed"]) <= 4


def test_what_was_made_after_the_reader_was_written_is_read():
    """At first sight 161 right and sure, 26 right and unsure, 8 wrong and sure, 11 missed."""
    counted = Counter(unseen_outcome(case) for case in unseen_cases("dates_held"))
    assert counted.total() == 206
    assert counted["sure"] + counted["unsure"] >= 195
    assert counted["wrong"] <= 2


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
    found = only("They agreed to meet on Tuesday.", published="2019-03-29")
    assert (found.edtf, found.others, found.sure) == ("2019-04-02", ("2019-03-26",), False)


@pytest.mark.parametrize(
    ("text", "edtf", "sure"),
    [
        ("They met on Tuesday.", "2019-03-26", True),
        ("They will meet on Tuesday.", "2019-04-02", True),
        ("Voting begins Tuesday.", "2019-04-02", True),
        ("They were forced to meet on Tuesday.", "2019-03-26", False),
        ("Tuesday's march was banned.", "2019-03-26", False),
        ("Ahead of Tuesday's vote, police met.", "2019-04-02", False),
        ("He said that on Tuesday the court will meet.", "2019-04-02", True),
        ("The court met on 5 April 2019.", "2019-04-05", False),
        ("The court met on April 5.", "2018-04-05", False),
        ("The court will meet on April 5.", "2019-04-05", True),
    ],
)
def test_the_verb_nearest_to_a_date_says_on_which_side_of_the_article_it_lies(text, edtf, sure):
    found = only(text, published="2019-03-29")
    assert (found.edtf, found.sure) == (edtf, sure)


ENDS = ["May 2015", "5 May 2015", "2015", "early 2015", "March 3, 2016", "late 2016", "last week", "last month", "now"]


@pytest.mark.parametrize("first", ENDS[:4])
@pytest.mark.parametrize("last", ENDS[4:])
def test_any_two_dates_of_any_precision_are_the_ends_of_a_range(first, last):
    """By one rule: from the first day of the one to the last day of the other."""
    text = f"It was closed from {first} to {last}."
    (begin,), (end,) = (
        (read_dates(f"It was closed in {words}.", published="2019-03-29") for words in (first, last))
        if (last != "now")
        else (
            read_dates(f"It was closed in {first}.", published="2019-03-29"),
            read_dates("today", published="2019-03-29"),
        )
    )
    found = only(text, published="2019-03-29")
    assert found.words == f"from {first} to {last}"
    assert found.edtf == f"{begin.edtf.partition('/')[0]}/{end.edtf.rpartition('/')[2]}"


def test_what_is_not_a_date_of_publication_is_refused():
    with pytest.raises(ValueError, match="is not a date"):
        read_dates("yesterday", published="last week")


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("de", "Sie trafen sich am 3. September 2019 in der Stadt.", "2019-09-03"),
        ("de", "Ende März trafen sie sich.", "2019-03"),
        ("de", "Im Dezember trafen sie sich.", "2018-12"),
        ("de", "Morgen treffen sie sich.", "2019-09-11"),
        ("fr", "Ils se sont vus en octobre.", "2018-10"),
        ("ar", "التقيا في 26 مارس", "2019-03-26"),
        ("ar", "التقيا في 26 ديسمبر", "2018-12-26"),
        ("ar", "التقيا في مارس 2017", "2017-03"),
        ("kk-Cyrl", "Бұл туралы ештеңе жоқ.", None),
    ],
)
def test_other_languages_are_read_by_dateparser_as_exactly_as_the_words_and_never_surely(language, text, edtf):
    found = read_dates(text, published="2019-09-10", language=language)
    assert [one.edtf for one in found] == ([edtf] if edtf else [])
    assert not any(one.sure for one in found)


WORDS = (
    "on in the last 3 31 2019 1990s May Sept. Tuesday between and from to - – , . 19th century two weeks ago year early"
    " late 0 99 9999 month earlier a day later since 2019-02-31 31/02/2019 February 30 😀 \n"
)


RUSSIAN = (
    "в с по до на 3 31 2019 года г. 1990-х марта мае янв. вторник пятницу прошлой неделе начале конце XIX веке два года"
    " назад - – , . первом квартале зимой через вчера ночь 0 99 30 февраля 31.02.2019 ранее последние следующие три дня"
)
CHINESE = (
    "2019年 3月 31日 30日 上 本 周 五 去年 至 - 底 下旬 两 个月 前 后 近 三 以来 世纪 90年代 0 99 今 天"
    " 、 第一季度 半年 民国 十 一 二〇一九年 個 星期"
)
PIECES_BY_LANGUAGE = {
    "en": st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join),
    "ru": st.lists(st.sampled_from(RUSSIAN.split(" ")), max_size=25).map(" ".join),
    "zh": st.lists(st.sampled_from(CHINESE.split(" ")), max_size=25).map("".join),
}


@pytest.mark.parametrize("language", PIECES_BY_LANGUAGE)
@given(
    data=st.data(),
    published=st.sampled_from(["2019-03-29", "2019", "", "0001", "1000-01-01", "9999-12-31", "2016-02-29"]),
)
def test_any_mixture_of_words_gives_dates_of_the_calendar_in_spans_of_the_text(language, data, published):
    text = data.draw(PIECES_BY_LANGUAGE[language])
    end = 0
    for one in read_dates(text, published=published, language=language):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        for edtf in (one.edtf, *one.others):
            assert not edtf or read_date(edtf).edtf == edtf
        assert one.edtf or not one.sure
        end = one.end


@pytest.mark.parametrize(
    "piece",
    [
        "May 3-",
        "from Monday to ",
        "last year's ",
        "the end of the first week of ",
        "two weeks after ",
        "1, 2 and ",
        "on 8/25 ",
        "Tuesday 19th ",
        "ten years ago today ",
    ],
)
def test_twice_the_text_takes_twice_the_calls(piece):
    def calls(text):
        profile = cProfile.Profile()
        profile.runcall(read_dates, text, published="2019-03-29")
        return sum(entry.callcount for entry in profile.getstats())

    read_dates(piece)
    assert calls(piece * 800) <= 2.2 * calls(piece * 400)


@pytest.mark.parametrize("padding", ["", "İ zzz " * 40], ids=["alone", "far into a text"])
def test_reading_only_around_digits_and_words_of_time_finds_what_the_rules_find_in_the_whole_text(padding):
    english = grammar_of("en")
    alone = [rule for rule in english.rules if not rule.inside_only]
    for marked, *_ in cases():
        for case in (marked, marked.upper()):
            text = padding + case.replace("[", "").replace("]", "") + padding
            everywhere = {(rule, match.span()) for rule in alone for match in rule.pattern.finditer(text)}
            found = date_reader.matches(text, english)
            assert {(rule, (start, end)) for start, end, rule, _ in found if not rule.inside_only} == everywhere


def test_every_reading_is_the_one_that_is_pinned():
    """With span, date, rule, whether it is sure, other readings and why."""
    assert changed("dates_read.txt") == []
