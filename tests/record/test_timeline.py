"""Statements in order of time, and the line of each actor."""

from datetime import date

import pytest

from record.presenters.comparison import compare
from record.presenters.timeline import MOST_TICKS, actor_timelines, period_of, ticks_between, timeline_events
from tests import record_cast as cast
from tests.record.test_comparison import NAMED, printed
from tests.record_cast import appearance, in_month, on, replace, stance, statement


def said(number, kind="affirms", day=None, article="artic0000001"):
    return statement(
        f"state000030{number}",
        f"Says it {number}.",
        speaker="actor0000004",
        said_on=on(day) if isinstance(day, str) else day,
        stances=[stance("claim0000001", kind)],
        appearances=[appearance(article)],
    )


def compared(*statements):
    return compare((cast.claim_many,), statements, printed(*statements), NAMED)


def order(*statements):
    return [event["statement"][-1] for event in timeline_events(compared(*statements))]


def test_the_oldest_comes_first_and_a_period_where_it_ends():
    month = in_month("2020-02", 29)
    assert order(said(1, day="2020-03-01"), said(2, day=month), said(3, day="2020-02-03")) == ["3", "2", "1"]


def test_a_period_is_told_as_precisely_as_its_length_allows():
    month = in_month("2020-02", 29)
    assert period_of(compared(said(1, day="2020-01-31"), said(2, day=month), said(3))) == "2020-01-31/2020-02-29"
    assert period_of(compared(said(1, day="2019-01-31"), said(2, day=month))) == "2019-01/2020-02"
    assert period_of(compared(said(1, day="2011-01-31"), said(2, day=month))) == "2011/2020"
    assert period_of(compared(said(1, day="2020-02-03"), said(2, day="2020-02-03"), said(3))) == ""
    assert period_of(compared(said(1), said(2))) == ""


def test_what_has_no_date_stands_at_the_day_of_its_first_printing():
    undated = said(1)  # printed on 3 February 2020
    assert order(undated, said(2, day="2020-02-03"), said(3, day="2020-02-04")) == ["2", "1", "3"]
    events = timeline_events(compared(undated))
    assert events[0]["printed"]["edtf"] == "2020-02-03"
    assert timeline_events(compared(said(2, day="2020-02-03")))[0]["printed"] is None


def test_of_several_printings_the_one_that_surely_was_first_dates_what_has_no_date():
    twice = replace(
        said(1), appearances=(appearance("artic0000004"), appearance("artic0000003"))
    )  # some time in February, and on the fifth
    assert timeline_events(compared(twice))[0]["printed"]["edtf"] == "2020-02-05"


def test_what_has_no_date_at_all_comes_last():
    nowhere = statement("state0000305", "Once.", speaker="actor0000004", stances=[stance("claim0000001")])
    assert order(nowhere, said(1)) == ["1", "5"]


def test_a_change_of_position_names_what_came_before():
    events = timeline_events(compared(said(1, "denies", "2020-01-01"), said(2, "affirms", "2020-02-01")))
    assert [event["stances"][0]["before"] for event in events] == [
        None,
        {"stance": "denies", "statement": "state0000301"},
    ]
    assert events[1]["stances"][0]["claim"]["id"] == "claim0000001"


def test_a_statement_for_a_claim_that_supersedes_another_says_in_place_of_what():
    newer = replace(cast.claim_few, relations=(cast.d.Relation(kind="supersedes", claim="claim0000001"),))
    statements = [
        replace(said(number, day="2020-02-03"), stances=(stance("claim0000002", kind),))
        for number, kind in ((1, "affirms"), (2, "denies"))
    ]
    found = compare((cast.claim_many, newer), statements, printed(*statements), NAMED)
    replaced = [[claim["id"] for claim in event["stances"][0]["replaces"]] for event in timeline_events(found)]
    assert replaced == [["claim0000001"], []]


def test_a_line_has_a_mark_for_each_date_with_the_stances_taken_then():
    lines = actor_timelines(
        compared(
            said(1, "denies", "2020-01-01"),
            said(2, "affirms", "2020-01-31"),
            said(3, "relays", "2020-01-31"),
            said(4),
        )
    )
    (row,) = lines["rows"]
    assert [(mark["edtf"], sorted(mark["stances"]), mark["changed"]) for mark in row["marks"]] == [
        ("2020-01-01", ["denies"], False),
        ("2020-01-31", ["affirms", "relays"], True),
    ]
    assert row["marks"][0]["start"] < 10 < 90 < row["marks"][1]["end"]


def test_where_all_is_of_one_day_or_undated_there_are_no_lines():
    assert actor_timelines(compared(said(1), said(2))) is None
    assert actor_timelines(compared(said(1, day="2020-01-01"), said(2, "denies", day="2020-01-01"))) is None


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ("2017-06-19", "2017-06-20", ["2017-06-19", "2017-06-20"]),
        ("2018-01-01", "2018-12-31", ["2018-01", "2018-03", "2018-05", "2018-07", "2018-09", "2018-11"]),
        ("2018-03-05", "2018-07-01", ["2018-04", "2018-05", "2018-06", "2018-07"]),
        ("2017-06-20", "2022-09-14", ["2018", "2019", "2020", "2021", "2022"]),
        ("1991-01-01", "2022-09-14", ["1995", "2000", "2005", "2010", "2015", "2020"]),
    ],
)
def test_the_axis_names_round_days(first, last, ticks):
    found = ticks_between(date.fromisoformat(first), date.fromisoformat(last))
    assert [edtf for edtf, _ in found] == ticks


@pytest.mark.parametrize("days", [1, 5, 6, 7, 61, 62, 63, 365, 731, 733, 5000, 40000])
def test_an_axis_of_any_length_has_few_ticks_and_all_lie_on_it(days):
    first = date(1907, 5, 9)
    last = date.fromordinal(first.toordinal() + days)
    found = ticks_between(first, last)
    assert 1 <= len(found) <= MOST_TICKS
    assert all(first <= day <= last for _, day in found)
