"""Which actor a printed name may stand for: the tables, levels and reasons, ranking, roles, acronyms of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.names.actors import KnownActor, expansions, rank
from language.names.name_pairs import LIKELY, POSSIBLE, SAME, compare
from tests.name_cases import halves, measured, pairs


@pytest.mark.parametrize("half", [0, 1], ids=["looked at", "held out"])
def test_same_is_precise_on_both_halves_of_the_tables(half):
    precision, recall = measured(halves("same")[half], halves("different")[half])
    assert precision >= 0.99
    assert recall >= 0.75


def test_the_tables_are_large_and_no_pair_stands_in_both():
    same, different = pairs("same"), pairs("different")
    assert min(len(same), len(different)) >= 300
    assert not {frozenset(pair) for pair in same} & {frozenset(pair) for pair in different}


@pytest.mark.parametrize(
    ("one", "other", "level", "why"),
    [
        ("Qasym-Zhomart Toqaev", "Касым-Жомарт Токаев", SAME, "the same name"),
        ("习近平", "Jinping Xi", SAME, "the family name stands first"),
        ("Maria Lopez", "Mario Lopez", POSSIBLE, "given names alike"),
        ("Toqaev", "Kassym-Jomart Tokayev", POSSIBLE, "the family name alone"),
        ("K. Tokayev", "Қасым-Жомарт Тоқаев", LIKELY, "the initial of the given name"),
        ("John Smith", "John Smith Jr.", LIKELY, "only one says “jr”"),
        ("Henry James", "James Henry", LIKELY, "turned round"),
        ("RFA", "Radio Free Asia", LIKELY, "first letters"),
        ("Chinese Foreign Ministry", "Kazakh Foreign Ministry", "", "another country"),
        ("the foreign ministry", "Chinese foreign ministry", POSSIBLE, "one names the country"),
    ],
)
def test_a_likeness_says_why_and_does_not_mind_the_order(one, other, level, why):
    for found in (compare(one, other), compare(other, one)):
        assert (found.level, why in found.why) == (level, True)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared_either_way_round(one, other):
    found = compare(one, other)
    assert 0 <= found.score <= 1
    assert compare(other, one).level == found.level


PRESIDENT = KnownActor("president", ("Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев"))
BROTHER = KnownActor("father", ("Kemel Tokayev",))
GOVERNOR = KnownActor("governor", ("Serikbai Turymov",), ("governor of the Manghystau region",))


def told(printed, *known):
    return [(one.key, one.level) for one in rank(printed, known)]


def test_actors_are_ranked_by_how_sure_they_are():
    assert told("Qasym-Zhomart Toqaev", BROTHER, PRESIDENT) == [("president", SAME)]
    assert told("Tokayev", BROTHER, PRESIDENT) == [("president", POSSIBLE), ("father", POSSIBLE)] or told(
        "Tokayev", BROTHER, PRESIDENT
    ) == [("father", POSSIBLE), ("president", POSSIBLE)]
    assert told("Somebody Else", BROTHER, PRESIDENT, GOVERNOR) == []


def test_two_actors_with_one_name_are_both_likely_and_neither_is_the_same():
    found = rank("Kemel Tokayev", [BROTHER, KnownActor("another", ("Кемел Токаев",))])
    assert [one.level for one in found] == [LIKELY, LIKELY]
    assert "2 actors have this name" in found[0].why


def test_somebody_described_by_a_recorded_role_is_likely():
    assert told("the governor of the Manghystau region", PRESIDENT, GOVERNOR) == [("governor", LIKELY)]
    assert told("the governor of the Almaty region", PRESIDENT, GOVERNOR) == []


def test_acronyms_that_a_text_makes_itself_are_found():
    text = "The Organization for Security and Co-operation in Europe (OSCE) and Radio Free Asia (RFA) agreed (NOT)."
    assert expansions(text) == {
        "OSCE": "Organization for Security and Co-operation in Europe",
        "RFA": "Radio Free Asia",
    }
