"""Dates, numbers and languages in words."""

from decimal import Decimal

import pytest

from record.presenters.formatting import (
    date_words,
    direction,
    figure_words,
    language_name,
    number_words,
    support_words,
)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019", "2019"),
        ("2019-09", "September 2019"),
        ("2019-09-03", "3 September 2019"),
        ("2019-09~", "about September 2019"),
        ("2018/2019-03", "2018 to March 2019"),
        ("2019-13", "2019-13"),
        ("2019-00-00", "2019-00-00"),
        ("2019--/", "2019--/"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known_and_never_an_error(edtf, words):
    assert date_words(edtf) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (12000, "12,000"),
        (1_000_000, "1 million"),
        (44_000_000, "44 million"),
        (2_700_000, "2.7 million"),
        (1_234_567, "1,234,567"),
        ("850.50", "850.5"),
        (0, "0"),
        (-3_000_000, "-3 million"),
        (1_500_000_000_000, "1.5 trillion"),
    ],
)
def test_no_digit_of_a_number_is_lost(number, words):
    assert number_words(Decimal(number)) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"amount": 1_000_000}, "1 million people"),
        ({"amount": 1_000_000, "modifier": "about"}, "about 1 million people"),
        ({"amount": 5, "lower": 3, "upper": 9}, "5 people (3 to 9)"),
        ({"amount": 5, "lower": 3}, "5 people (at least 3)"),
        ({"amount": 5, "upper": 9}, "5 people (at most 9)"),
        ({"amount": 5, "upper": 5, "modifier": "up to"}, "up to 5 people"),
        ({"amount": 5, "upper": 9, "modifier": "up to"}, "up to 5 people (at most 9)"),
        ({"amount": 5, "lower": 5, "modifier": "at least"}, "at least 5 people"),
        ({"lower": 3, "upper": 9}, "3 to 9 people"),
        ({"lower": 3}, "at least 3 people"),
        ({"lower": 3, "modifier": "at least"}, "at least 3 people"),
        ({"lower": 3, "modifier": "estimated"}, "estimated 3 people or more"),
        ({"upper": 9}, "up to 9 people"),
        ({"upper": 9, "modifier": "about"}, "about 9 people or less"),
    ],
)
def test_a_figure_says_its_bounds_and_its_modifier(figure, words):
    plain = {"amount": None, "lower": None, "upper": None, "unit": "people", "modifier": ""}
    assert figure_words({**plain, **figure}) == words


def test_scripts_decide_the_direction_before_languages():
    tags = ["ar", "kk-Arab", "kk-Cyrl", "ug", "ug-Cyrl", "en", "zh-Hans", ""]
    assert [direction(tag) for tag in tags] == ["rtl", "rtl", "ltr", "rtl", "ltr", "ltr", "ltr", "auto"]


def test_languages_have_names_where_they_are_known():
    assert [language_name(tag) for tag in ("kk-Cyrl", "zh-Hans", "xx")] == [
        "Kazakh, Cyrillic script",
        "Chinese, simplified characters",
        "xx",
    ]


def test_counts_agree_with_their_nouns():
    assert support_words(1, 1) == "1 article, 1 origin"
    assert support_words(5, 3) == "5 articles, 3 origins"
