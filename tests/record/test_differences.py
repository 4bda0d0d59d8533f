"""Where the printings of one statement disagree."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from language.difference import changes
from record.presenters import versions
from record.presenters.differences import compared_pieces, differences, disagreements, split_runs, uncompared_printings
from record.presenters.versions import runs_between


def printing(name="Toqaev", exact="about 900 people", through=(), language="en", outlet="Courier", cue="said"):
    hops = [{"relation": "speaks", "name": name}, *through, {"relation": "printed", "name": outlet}]
    article = {"outlet": {"name": outlet}}
    return {
        "printed_name": name,
        "exact": exact,
        "language": language,
        "article": article,
        "chain": hops,
        "cue": cue,
    }


def marked(*texts):
    """The marked words of each printing."""
    printings = [printing(exact=text) for text in texts]
    for found, text in zip(compared_pieces(printings), texts, strict=True):
        assert "".join(piece["text"] for piece in found) == text
    return [[piece["text"] for piece in found if piece["kind"]] for found in compared_pieces(printings)]


WIRE = {"relation": "relays", "name": "Valley Wire"}


def test_printings_that_agree_are_not_marked():
    assert differences([printing(), printing(exact="About 900 people"), printing()]) == [[], [], []]


def test_one_printing_differs_from_nothing():
    assert differences([printing()]) == [[]]


def test_the_odd_one_out_is_marked_and_not_the_rest():
    found = differences([printing(name="Tokayev"), printing(), printing()])
    assert found == [["name"], [], []]


TIES = [
    ([printing(), printing(name="Tokayev")], "name"),
    ([printing(name="Tokayev"), printing(), printing(), printing(name="Tokayev")], "name"),
    ([printing(), printing(name="Tokayev"), printing(name="Tokaev")], "name"),
    ([printing(), printing(cue="claimed")], "cue"),
    ([printing(exact="we were moved at night"), printing(exact="we were taken at night")], "words"),
    ([printing(), printing(through=[WIRE])], "attribution"),
]


@pytest.mark.parametrize(("printings", "difference"), TIES)
def test_a_tie_is_no_majority_and_nobody_is_marked_as_unusual(printings, difference):
    assert differences(printings) == [[] for _ in printings]
    assert disagreements(printings) == [difference]
    assert any(difference in found for found in differences([printings[0], *printings])), "one more is a majority"


def test_another_script_is_not_another_name():
    assert differences([printing(), printing(name="Тоқаев", language="kk-Cyrl")]) == [[], []]


def test_other_numbers_are_marked_but_not_their_absence():
    found = differences([printing(), printing(exact="about 1,900 people"), printing(exact="nobody was counted there")])
    assert found == [[], [], []]
    assert differences([printing(), printing(), printing(exact="1,900 people"), printing(exact="nobody")])[2:] == [
        ["numbers"],
        [],
    ]
    assert disagreements([printing(exact="1,900"), printing(exact="1900")]) == []


def test_another_way_to_the_page_is_marked():
    assert differences([printing(), printing(), printing(through=[WIRE])]) == [[], [], ["attribution"]]


def test_a_reprint_that_names_where_it_was_taken_from_is_no_other_attribution():
    original = printing(outlet="Valley Wire")
    assert disagreements([original, printing(through=[WIRE])]) == []


def test_other_words_are_marked_where_the_rest_is_the_same():
    moved, taken = printing(exact="we were moved at night"), printing(exact="we were taken at night")
    assert differences([moved, taken, moved]) == [[], ["words"], []]
    assert marked("we were moved at night", "we were taken at night") == [["moved"], ["taken"]]
    assert marked("we were moved", "we were moved", "we were taken away") == [[], [], ["taken away"]]


def test_words_that_have_nothing_in_common_are_left_unmarked():
    assert marked("we were moved at night", "the whole valley stood empty") == [[], []]


def test_another_kind_of_quotation_mark_or_case_is_no_difference():
    assert marked("“night's” – end", "“Night’s” - end") == [[], []]


def test_other_numbers_are_marked_in_the_words():
    assert marked("about 12,000 people", "about 12000 people") == [[], []]
    assert marked("about 12,000 people", "some of the 1,200 there") == [["12,000"], ["1,200"]]


def test_words_in_another_language_are_compared_with_their_own_kind():
    other = printing(exact="900-ге жуық адам", language="kk-Cyrl")
    assert differences([printing(), other]) == [[], []]


def test_another_cue_is_marked():
    assert differences([printing(), printing(), printing(cue="claimed")]) == [[], [], ["cue"]]


LONG = {
    "words that repeat": ("they moved us at night and " * 840, "at night and they moved us " * 840),
    "one word": ("moved " * 5000, "moved " * 4999 + "taken"),
    "two words": ("moved taken " * 2500, "taken taken moved " * 1700),
    "nothing in common": (" ".join(map(str, range(5000))), " ".join(map(str, range(5000, 10000)))),
}


@pytest.mark.parametrize("texts", LONG.values(), ids=LONG)
def test_five_thousand_words_printed_twice_are_compared_in_a_moment(texts):
    """Thirteen seconds, when the cost depended on the words."""
    printings = [printing(exact=text) for text in texts]
    started = process_time()
    differences(printings)
    assert ["".join(piece["text"] for piece in found) for found in compared_pieces(printings)] == list(texts)
    runs_between(*texts)
    assert process_time() - started < 2
    assert uncompared_printings(printings) == set()


def test_what_is_too_long_is_not_compared_word_by_word_and_the_rest_is():
    short = printing(exact="we were moved at night")
    printings = [short, printing(exact="moved " * 20_000), printing(exact="we were taken at night")]
    assert uncompared_printings(printings) == {1}
    assert differences([short, *printings]) == [[], [], [], ["words"]]
    assert compared_pieces(printings)[1] == [{"kind": "", "text": "moved " * 20_000}]
    assert uncompared_printings([printing(exact="moved " * 5000 + str(number)) for number in range(8)]) == {5, 6, 7}


def test_an_item_of_a_list_that_gave_way_to_another_is_told_whole_where_many_did():
    before, after = [[f"the {kind} word of line {number}" for number in range(3000)] for kind in ("old", "new")]
    started = process_time()
    found = versions.differences(before, after)
    assert process_time() - started < 2
    assert len(found) == 3000
    assert found[0][0] == {"text": "the ", "change": "same"}
    assert found[2999] == [
        {"text": "the old word of line 2999", "change": "removed"},
        {"text": "the new word of line 2999", "change": "added"},
    ]


@given(*[lists(sampled_from("ab c"), max_size=12)] * 2)
def test_changes_make_the_one_sequence_of_the_other(before, after):
    found = list(changes(before, after))
    made = [item for tag, i1, i2, j1, j2 in found for item in (before[i1:i2] if tag == "equal" else after[j1:j2])]
    assert made == after
    assert [item for _tag, i1, i2, _j1, _j2 in found for item in before[i1:i2]] == before
    assert all(one == "equal" or two == "equal" for (one, *_), (two, *_) in pairwise(found))


def test_white_space_is_one_space_and_words_that_differ_are_found():
    """Of the names, cues and words of each printing: their words count, and not how these are spaced."""
    spaced = printing(name="Sergei  Toqaev", cue="has\nsaid", exact="we were  moved at night ")
    plain = printing(name="Sergei Toqaev", cue="has said", exact="We were moved at night")
    assert disagreements([spaced, plain]) == []
    for change in ({"name": "Sergei Tokayev"}, {"cue": "has claimed"}, {"exact": "we were taken at night"}):
        other = printing(**{"name": "Sergei Toqaev", "cue": "has said", "exact": "we were moved at night"} | change)
        assert disagreements([spaced, other]) == [{"exact": "words"}.get(*change, *change)]


def test_runs_of_a_wording_have_the_kinds_of_the_pieces_within_them():
    """Marks before and after the passage belong to no piece, and what a run is besides its text stays."""
    runs = [{"text": "“we ", "mark": ""}, {"text": "moved", "mark": "b"}, {"text": " at night” (so)", "mark": ""}]
    parts = [{"text": "we moved", "kind": "words"}, {"text": " at night", "kind": ""}]
    assert split_runs(runs, parts) == [
        {"text": "“", "mark": "", "kind": ""},
        {"text": "we ", "mark": "", "kind": "words"},
        {"text": "moved", "mark": "b", "kind": "words"},
        {"text": " at night” (so)", "mark": "", "kind": ""},
    ]
    assert split_runs([{"text": "other"}], [{"text": "we", "kind": "words"}])[0]["text"] == "ot"
