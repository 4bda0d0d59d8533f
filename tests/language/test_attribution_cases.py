"""Attributions held against cases written without sight of the rules and against invented articles of several presses.

The shares are those reached, rounded down; they may be raised, not lowered.
"""

from collections import Counter

import pytest

from language.attributions import suggest
from language.attributions.calibration import Calibration, pool_adjacent_violators, read_calibration, table_lines
from language.attributions.lexicon import lexicon
from tests.attribution_cases import articles, cases, matched, same_speaker

SURE = 0.6  # confidence of a speaker from which the desk takes it for sure


def shares(texts):
    """(precision, recall, share of sure ones that are right, share of right ones that are sure)."""
    count = Counter()
    for text, expected, _ in texts:
        judged, missed = matched(text, expected)
        for right, proposal in judged:
            sure = proposal.speaker_confidence >= SURE
            count.update({"proposed": 1, "right": right, "sure": sure, "sure and right": sure and right})
        count["expected"] += len(expected)
        assert len(missed) + sum(right for right, _ in judged) == len(expected)
    return (
        count["right"] / count["proposed"],
        count["right"] / count["expected"],
        count["sure and right"] / count["sure"],
        count["sure and right"] / count["right"],
    )


def test_cases_written_without_sight_of_the_rules_are_read():
    precision, recall, sure, shown = shares(cases())
    assert (precision > 0.94, recall > 0.93, sure > 0.97, shown > 0.65) == (True,) * 4


def test_neighbours_of_what_was_reported_are_read():
    precision, recall, sure, _ = shares(cases("attribution_neighbours.toml"))
    assert (precision > 0.9, recall > 0.95, sure > 0.97) == (True,) * 3


def test_articles_of_several_presses_are_read_with_few_wrong_proposals():
    precision, recall, sure, shown = shares(articles())
    assert (precision > 0.9, recall > 0.93, sure > 0.95, shown > 0.6) == (True,) * 4


@pytest.mark.parametrize("kind", ["feature", "editorial"])
def test_what_authors_think_is_no_statement(kind):
    text, expected, _ = next(article for article in articles() if article[2] == kind)
    assert len(suggest(text)) <= len(expected) + 1


def test_relays_are_hops_between_the_speaker_and_the_page():
    hops = [
        ([step.speaker for step in right.chain if step.relation != "says"], case["hops"])
        for text, expected, _ in cases()
        for case in expected
        if "hops" in case
        for hit, right in matched(text, [case])[0]
        if hit
    ]
    found = sum(all(any(same_speaker(hop, name) for name in names) for hop in expected) for names, expected in hops)
    assert len(hops) > 5
    assert found >= len(hops) - 1


def test_adjacent_violators_are_pooled_so_that_the_shares_rise():
    values = [(1.0, False), (2.0, True), (3.0, False), (4.0, True), (4.0, True)]
    steps = pool_adjacent_violators(values)
    assert [least for least, _ in steps] == [1.0, 2.0, 4.0]
    assert [share for _, share in steps] == [1 / 3, 2 / 4, 3 / 4]


def test_a_calibration_is_read_as_it_is_written():
    made = Calibration({"clause": (8, 10), "plain-source": (3, 3)}, [(0.5, 0.25), (1.5, 0.9)])
    sections, section = [], ""
    for line in table_lines(made):
        section = line.strip("[]") if line.startswith("[") else section
        if not line.startswith("["):
            sections.append((section, line))
    read = read_calibration(sections)
    assert (read.counts, read.steps) == (made.counts, made.steps)
    assert read.probability(("clause", "plain-source")) == 0.9
    assert read.probability(("unknown",)) == 0.25


def test_more_and_better_evidence_is_never_worth_less():
    calibration = lexicon().calibration
    worths = [worth for _, worth in calibration.steps]
    assert worths == sorted(worths)
    assert all(0 < worth < 1 for worth in worths)
    sure = calibration.probability(("statement", "plain-source", "long-content"))
    assert sure > calibration.probability(("phrase", "plain-source", "long-content"))
    assert sure > calibration.probability(("statement", "no-source", "long-content"))


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("Mary Cole said on Monday that the dam was safe. She said the villages would stay.", True),
        ("Mary Cole said on Monday that the dam was safe. Ruth Bello nodded. She said the villages would stay.", False),
        ("Mary Cole criticised the plan to close the dam in spring.", True),
        ("Mary Cole wants the government to close the dam in spring.", False),
        ("Mary Cole criticised the plan.", False),
    ],
)
def test_clear_pronouns_and_judgments_are_sure_and_attitudes_are_not(text, is_sure):
    assert (suggest(text)[-1].speaker_confidence >= SURE) == is_sure
