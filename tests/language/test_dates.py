"""language/dates/partial.py: partial dates and the days between which they lie."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.dates.partial import read_date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-09", date(2019, 9, 1), date(2019, 9, 30)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2019-09-03", date(2019, 9, 3), date(2019, 9, 3)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
        ("2018/2019-03", date(2018, 1, 1), date(2019, 3, 31)),
        ("2019-09-02/2019-09-03", date(2019, 9, 2), date(2019, 9, 3)),
        ("2019/2019-03", date(2019, 1, 1), date(2019, 3, 31)),
        ("2019-03/2019", date(2019, 3, 1), date(2019, 12, 31)),
        ("1991~/2019-09~", date(1991, 1, 1), date(2019, 9, 30)),
    ],
)
def test_a_date_lies_between_its_first_and_its_last_day(text, earliest, latest):
    found = read_date(text)
    assert (found.edtf, found.earliest, found.latest) == (text, earliest, latest)


def test_about_is_a_remark_and_does_not_widen_the_date():
    assert read_date("2018~").approximate
    assert read_date("2018/2019~").approximate
    assert not read_date("2018").approximate
    assert read_date("2018~").latest == date(2018, 12, 31)


def test_white_space_around_a_date_is_no_part_of_it():
    assert read_date(" 2019-09\n").edtf == "2019-09"


def test_an_interval_within_one_day_month_or_year_is_that_date_alone():
    assert read_date("2019-09/2019-09").latest == date(2019, 9, 30)


@pytest.mark.parametrize(
    "text",
    ["2019-13-40", "2019-02-29", "2019-00", "2019-04-31", "0000", "0000-01-01", "2019-01-00", "2018/2019-13"],
)
def test_days_that_no_calendar_has_are_refused(text):
    with pytest.raises(ValueError, match="not in the calendar"):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "99999",
        "199",
        "2019-9-3",
        "03.09.2019",
        "2019/09/03",
        "2019-09-03T12:00",
        "2019-09-03Z",
        "2019?",
        "~2019",
        "2019~~",
        "2019-~09",
        "２０１９",
        "٢٠١٩",
        "2018/",
        "/2019",
        "2018/2019/2020",
        "-2019",
        "2019\x00",
        "9" * 10_000,
        "yesterday",
    ],
)
def test_what_is_no_date_is_refused_in_a_short_sentence(text):
    with pytest.raises(ValueError, match="is not a date: write") as refusal:
        read_date(text)
    assert len(str(refusal.value)) < 150


@pytest.mark.parametrize("text", ["2019/2018", "2019-09-03/2019-09-02", "2019-09/2019-08~", "2019-03-05/2019-02"])
def test_an_interval_that_ends_before_it_starts_is_refused(text):
    with pytest.raises(ValueError, match="ends before it starts"):
        read_date(text)


@given(st.dates(), st.dates())
def test_days_and_intervals_are_read_as_they_are_written(one, other):
    first, last = sorted((one, other))
    assert read_date(first.isoformat()).earliest == first
    both = read_date(f"{first.isoformat()}/{last.isoformat()}")
    assert (both.earliest, both.latest) == (first, last)


@given(st.text(alphabet="0123456789-/~ x", max_size=24))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        found = read_date(text)
    except ValueError as refusal:
        assert str(refusal).endswith(".")
    else:
        assert found.earliest <= found.latest
        assert read_date(found.edtf) == found
