"""Figures on their axes."""

from decimal import Decimal

import pytest

from record.documents import vocabulary
from record.presenters.formatting import figure_words
from record.presenters.lanes import MARGIN, Axis, lane_panels, letter_for

pytestmark = pytest.mark.any_database


def figure(**values):
    plain = {"amount": None, "lower": None, "upper": None, "unit": "people", "modifier": "", "counted": "held"}
    part = {**plain, "as_of": None, **values}
    part |= {name: Decimal(part[name]) for name in ("amount", "lower", "upper") if part[name] is not None}
    return {**part, "words": figure_words(part), "language": "en"}


def drawn(*figures, stance="affirms"):
    """The panels of one statement for each figure."""
    claims = [{"id": str(number), "language": "en", "figure": each} for number, each in enumerate(figures)]
    statements = {str(number): {"said_on": None} for number in range(len(figures))}
    cells = [
        [{"statement": str(number), "stance": stance, "hedge": "", "printed": ""}] if each else []
        for number, each in enumerate(figures)
    ]
    return lane_panels(claims, [{"speaker": {"name": "a herder"}, "cells": cells}], statements)


def lanes_in(panel):
    return [
        {**lane, "claim": figure["claim"]}
        for group in panel["groups"]
        for figure in group["figures"]
        for lane in figure["lanes"]
    ]


def words(lanes):
    return [lane["claim"]["figure"]["words"] for lane in lanes]


def marks(figure_on_axis):
    """The mark of one figure beside a small one, so that there is an axis."""
    (panel,) = drawn(figure_on_axis, figure(amount=1))
    return [lane["mark"] for lane in lanes_in(panel)]


def test_claims_that_are_no_figures_have_no_lane():
    assert drawn(None) == []


def test_every_unit_has_its_own_axis():
    panels = drawn(figure(amount=5), figure(amount=7, unit="km²"))
    assert [(panel["unit"], len(lanes_in(panel))) for panel in panels] == [("people", 1), ("km²", 1)]


def test_the_largest_figure_comes_first_and_bounds_stand_at_their_middle():
    (panel,) = drawn(figure(amount=100), figure(lower=100, upper=400), figure(amount=300))
    assert words(lanes_in(panel)) == ["300 people", "100 to 400 people", "100 people"]


def test_figures_that_count_the_same_stand_together_under_one_letter():
    (panel,) = drawn(figure(amount=3), figure(amount=2, counted="moved"), figure(amount=1))
    assert [(group["key"], group["counted"], words(group["figures"])) for group in panel["groups"]] == [
        ("A", "held", ["3 people", "1 people"]),
        ("B", "moved", ["2 people"]),
    ]


def test_numbers_far_apart_stand_on_a_logarithmic_axis():
    (near,) = drawn(figure(amount=100), figure(amount=2900))
    (far,) = drawn(figure(amount=100), figure(amount=3000))
    assert (near["scale"], far["scale"]) == ("linear", "logarithmic")
    assert [tick["words"] for tick in far["ticks"]] == ["100", "1,000", "10,000"]


@pytest.mark.parametrize("stance", vocabulary.STANCES)
def test_a_lane_is_one_who_gives_the_figure(stance):
    (panel,) = drawn(figure(amount=100), figure(amount=200), stance=stance)
    gives = stance in ("affirms", "supports", "relays")
    figures = panel["groups"][0]["figures"]
    assert [(len(each["lanes"]), len(each["others"])) for each in figures] == ([(1, 0)] if gives else [(0, 1)]) * 2
    assert panel["drawn"] is gives


def test_one_value_given_by_several_is_not_drawn_and_two_are():
    (same,) = drawn(figure(amount=100), figure(amount=100))
    (bounded,) = drawn(figure(amount=100), figure(amount=100, modifier="at least"))
    assert (same["drawn"], same["ticks"], [lane["mark"] for lane in lanes_in(same)]) == (False, [], [None, None])
    assert bounded["drawn"]


def test_zero_never_meets_a_logarithm():
    (panel,) = drawn(figure(amount=0), figure(amount=5_000_000))
    assert panel["scale"] == "linear"
    assert lanes_in(panel)[1]["mark"]["amount"] == MARGIN


def test_at_least_is_open_upwards_and_up_to_downwards():
    assert marks(figure(amount=5, modifier="at least"))[0]["open"] == "up"
    assert marks(figure(lower=5))[0]["open"] == "up"
    assert marks(figure(upper=5))[0]["open"] == "down"
    assert marks(figure(amount=5, modifier="up to"))[0]["open"] == "down"
    assert marks(figure(lower=3, upper=5, modifier="up to"))[0]["open"] == ""
    assert marks(figure(amount=5, modifier="about"))[0] == {
        "amount": pytest.approx(80, abs=20),
        "lower": None,
        "upper": None,
        "open": "",
        "approximate": True,
    }


@pytest.mark.parametrize(
    "numbers",
    [
        [1],
        [0],
        [-5, 5],
        [1, 10**20],
        [10**20],
        [Decimal("0.000001"), 3],
        [999, 1000],
        [44_000_000],
        [-7, -3],
        [850, 900],
    ],
)
def test_every_number_and_every_tick_lies_on_the_axis(numbers):
    axis = Axis(Decimal(number) for number in numbers)
    places = [axis.place(Decimal(number)) for number in numbers] + [tick["place"] for tick in axis.ticks()]
    assert all(0 <= place <= 100 for place in places)
    assert 2 <= len(axis.ticks()) <= 8


def test_letters_go_on_after_z():
    assert [letter_for(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("numbers", "ticks", "places"),
    [
        ("1", "0@4 0.5@34.67 1@65.33 1.5@96", "65.33"),
        ("0", "0@4 1@96", "4"),
        ("-5 5", "-5@4 0@34.67 5@65.33 10@96", "4 65.33"),
        (
            "1 1e20",
            "1@4 1,000@17.8 1 million@31.6 1 billion@45.4 1 trillion@59.2 1,000 trillion@73 1,000,000 trillion@86.8",
            "4 96",
        ),
        ("1e20", "0@4 50,000,000 trillion@34.67 100,000,000 trillion@65.33 150,000,000 trillion@96", "65.33"),
        ("0.000001 3", "0.000001@4 0.0001@30.29 0.01@56.57 1@82.86", "4 89.13"),
        ("999 1000", "0@4 500@34.67 1,000@65.33 1,500@96", "65.27 65.33"),
        ("44000000", "0@4 20 million@34.67 40 million@65.33 60 million@96", "71.47"),
        ("-7 -3", "-10@4 -5@34.67 0@65.33 5@96", "22.4 46.93"),
        ("850 900", "0@4 500@50 1,000@96", "82.2 86.8"),
        ("3 5", "0@4 2@34.67 4@65.33 6@96", "50 80.67"),
        ("10 99", "0@4 50@50 100@96", "13.2 95.08"),
        ("10 100", "0@4 50@34.67 100@65.33 150@96", "10.13 65.33"),
        ("1 49", "1@4 10@50 100@96", "4 81.75"),
        ("1 50", "1@4 10@50 100@96", "4 82.15"),
        ("7 700", "1@4 10@34.67 100@65.33 1,000@96", "29.92 91.25"),
        ("20 60", "0@4 20@27 40@50 60@73 80@96", "27 73"),
        ("-3 0", "-3@4 -2@27 -1@50 0@73 1@96", "4 73"),
        ("0 12", "0@4 5@34.67 10@65.33 15@96", "4 77.6"),
        ("2 100000", "1@4 10@22.4 100@40.8 1,000@59.2 10,000@77.6 100,000@96", "9.54 96"),
    ],
)
def test_an_axis_is_divided_in_round_steps_and_every_number_has_its_place(numbers, ticks, places):
    """Numbers under the axis with their places in per cent, and the places of the numbers themselves."""
    numbers = [Decimal(number) for number in numbers.split()]
    axis = Axis(numbers)
    assert " ".join(f"{tick['words']}@{tick['place']:g}" for tick in axis.ticks()) == ticks
    assert " ".join(f"{axis.place(number):g}" for number in numbers) == places
