"""The stance of a sentence towards a claim: by what the speaker does and what is said, held against the claim."""

import pytest

from language.stances import stance_towards
from tests.stance_cases import cases, rates


@pytest.mark.parametrize(("sentence", "speaker", "claim", "right"), list(cases("stances")))
def test_each_kind_of_stance_is_read(sentence, speaker, claim, right):
    answer = stance_towards(claim, sentence, speaker=speaker)
    if (sentence, claim) in OPEN_CASES:
        assert answer == ""  # left open, which is no error
    else:
        assert answer in right


OPEN_CASES = {("The figure was disputed by the ministry, which said 20 had died.", "40 people died.")}


def test_of_sentences_made_without_sight_of_the_rules_most_are_right_and_few_wrong():
    counted = rates("stances_unseen")
    assert counted.total() >= 150
    assert counted["right"] >= 0.84 * counted.total()
    assert counted["wrong"] <= 0.06 * counted.total()


@pytest.mark.parametrize(("table", "right"), [("stances_held", 60), ("stances_second", 57), ("stances_third", 58)])
def test_sentences_made_after_the_rules_were_written_are_read_right_or_left_open(table, right):
    counted = rates(table)
    assert counted.total() == 60
    assert counted["right"] >= right
    assert counted["wrong"] == 0


def test_of_hard_sentences_most_are_read_right_and_few_wrong():
    counted = rates("stances_fourth")
    assert counted.total() == 50
    assert counted["right"] >= 39
    assert counted["wrong"] <= 3
    counted = rates("stances_fifth")
    assert counted.total() == 106
    assert counted["right"] >= 94
    assert counted["wrong"] <= 5


def test_what_tells_something_else_of_the_same_thing_takes_no_stance():
    claim = "The water in the Orde river is fit to drink."
    assert stance_towards(claim, "The mayor said the Orde river would be dredged in May.", speaker="mayor") == ""
    assert stance_towards(claim, "The mayor said the river water was fit to drink.", speaker="mayor") == "affirms"
    demand = "The bridge should be demolished."
    assert stance_towards(demand, "The mayor said the bridge was built in 1990.", speaker="mayor") == ""
    assert stance_towards(demand, "The mayor said the bridge must go.", speaker="mayor") == "supports"


@pytest.mark.parametrize("said", ["the vaccine was expensive", "that the vaccine arrived on Monday"])
def test_what_has_but_one_word_of_a_claim_takes_no_stance(said):
    assert stance_towards("The vaccine is safe.", f"The cleric said {said}.", speaker="cleric") == ""
    assert stance_towards("The vaccine is safe.", f"The cleric said {said} and is safe.", speaker="cleric") == "affirms"


def test_nothing_is_proposed_without_a_claim_or_in_a_language_without_word_lists():
    assert stance_towards("", "The council denied it.", speaker="council") == ""
    assert stance_towards("The bridge is sound.", "The council denied it.", speaker="council", language="xx") == ""
    assert stance_towards("The bridge is sound.", "", speaker="council") == ""


def test_the_word_that_the_report_was_found_by_decides_between_two_speakers():
    sentence = "Li denied that the dam had failed, and Bek confirmed that the dam had failed."
    denied, confirmed = sentence.index("denied"), sentence.index("confirmed")
    claim = "The dam has failed."
    assert stance_towards(claim, sentence, cue=(denied, denied + 6)) == "denies"
    assert stance_towards(claim, sentence, cue=(confirmed, confirmed + 9)) == "affirms"


def test_a_demand_is_supported_or_opposed_and_not_affirmed():
    sentence, claim = "The council said the bridge was closed.", "The bridge is closed."
    assert stance_towards(claim, sentence, speaker="council", claim_kind="fact") == "affirms"
    assert stance_towards(claim, sentence, speaker="council", claim_kind="demand") == "supports"


@pytest.mark.parametrize("piece", ["not ", "denied that ", "said, ", "“no” ", "who opposes "])
def test_a_long_sentence_costs_no_more_than_its_first_part(piece):
    claim = "The bridge is sound."
    assert stance_towards(claim, piece * 10_000) == stance_towards(claim, (piece * 10_000)[:2_000])
