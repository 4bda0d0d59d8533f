"""Where the printings of one statement disagree."""

from record.differences import differences


def printing(name="Toqaev", exact="about 900 people", through=(), language="en", outlet="Courier"):
    hops = [{"relation": "speaks", "name": name}, *through, {"relation": "printed", "name": outlet}]
    article = {"outlet": {"name": outlet}}
    return {"printed_name": name, "exact": exact, "language": language, "article": article, "chain": hops}


WIRE = {"relation": "relays", "name": "Valley Wire"}


def test_printings_that_agree_are_not_marked():
    assert differences([printing(), printing(exact="900 people or so"), printing()]) == [[], [], []]


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
    found = differences([printing(), printing(exact="about 1,900 people"), printing(exact="many people")])
    assert found == [[], ["numbers"], []]
    assert differences([printing(exact="1,900"), printing(exact="1900")]) == [[], []]


def test_another_way_to_the_page_is_marked():
    assert differences([printing(), printing(through=[WIRE])]) == [[], ["attribution"]]


def test_a_reprint_that_names_where_it_was_taken_from_is_no_other_attribution():
    original = printing(outlet="Valley Wire")
    assert differences([original, printing(through=[WIRE])]) == [[], []]
