"""Dates as people type them into forms."""

import pytest

from language.dates.typed import read_typed_date

READ = {
    "2016-08-23": "2016-08-23",
    "2016-08~": "2016-08~",
    "2018/2019-03": "2018/2019-03",
    "23 Aug 2016": "2016-08-23",
    "Aug. 23, 2016": "2016-08-23",
    "23rd of August 2016": "2016-08-23",
    "~ August 2016": "2016-08~",
    "23/08/2016": "2016-08-23",
    "05/06/2016": "2016-06-05",
    "08/23/2016": "2016-08-23",
    "5.6.2016": "2016-06-05",
    "2016/08/23": "2016-08-23",
    "yesterday": "2016-08-24",
    "Tuesday": "2016-08-23",
    "23 August": "2016-08-23",
    "last year": "2015",
    "from March to May 2016": "2016-03/2016-05",
}


@pytest.mark.parametrize(("typed", "edtf"), READ.items())
def test_a_date_is_read_as_people_type_it(typed, edtf):
    assert read_typed_date(typed, published="2016-08-25").edtf == edtf


def test_a_date_is_read_in_the_language_of_the_article_too():
    assert read_typed_date("23 августа 2016", language="ru").edtf == "2016-08-23"
    assert read_typed_date("вчера", published="2016-08-25", language="ru-RU").edtf == "2016-08-24"
    assert read_typed_date("yesterday", published="2016-08-25", language="ru").edtf == "2016-08-24"


def test_how_it_was_read_is_said():
    assert read_typed_date("05/06/2016").why == "read as day/month/year"
    assert read_typed_date("08/23/2016").why == "read as month/day/year: there is no other such day"
    assert read_typed_date("2016-08-23").why == "the day is written out"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/31/2016", "“31/31/2016” is not in the calendar"),
        ("soon", "“soon” is not a date"),
        ("yesterday", "“yesterday” is not a date"),
        ("2016-13", "not in the calendar"),
        ("met on 23 Aug 2016", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_typed_date(typed)
