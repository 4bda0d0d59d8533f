"""Where the printings of one statement disagree."""

from record.differences import differences, pieces


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
    for found, text in zip(pieces(printings), texts, strict=True):
        assert "".join(piece["text"] for piece in found) == text
    return [[piece["text"] for piece in found if piece["kind"]] for found in pieces(printings)]


WIRE = {"relation": "relays", "name": "Valley Wire"}


def test_printings_that_agree_are_not_marked():
    assert differences([printing(), printing(exact="About 900 people"), printing()]) == [[], [], []]


def test_one_printing_differs_from_nothing():
    assert differences([printing()]) == [[]]


def test_the_odd_one_out_is_marked_and_not_the_rest():
    found = differences([printing(name="Tokayev"), printing(), printing()])
    assert found == [["name"], [], []]


def test_where_there_is_no_majority_the_first_is_the_measure():
    assert differences([printing(), printing(name="Tokayev")]) == [[], ["name"]]


def test_another_script_is_not_another_name():
    assert differences([printing(), printing(name="Тоқаев", language="kk-Cyrl")]) == [[], []]


def test_other_numbers_are_marked_but_not_their_absence():
    found = differences([printing(), printing(exact="about 1,900 people"), printing(exact="nobody was counted there")])
    assert found == [[], ["numbers"], []]
    assert differences([printing(exact="1,900"), printing(exact="1900")]) == [[], []]


def test_another_way_to_the_page_is_marked():
    assert differences([printing(), printing(through=[WIRE])]) == [[], ["attribution"]]


def test_a_reprint_that_names_where_it_was_taken_from_is_no_other_attribution():
    original = printing(outlet="Valley Wire")
    assert differences([original, printing(through=[WIRE])]) == [[], []]


def test_other_words_are_marked_where_the_rest_is_the_same():
    assert differences([printing(exact="we were moved at night"), printing(exact="we were taken at night")]) == [
        [],
        ["words"],
    ]
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
