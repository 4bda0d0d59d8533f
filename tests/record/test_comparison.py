"""The comparison of a question, on documents alone."""

from types import SimpleNamespace

import pytest

from record.documents.vocabulary import RELATIONS
from record.presenters.comparison import ORDERS, compare, contentions
from tests import record_cast as cast
from tests.record_cast import appearance, on, replace, stance, statement

NAMED = {document.id: document for document in cast.CAST}


def printed(*statements):
    """One printing and one origin for each appearance."""
    return {
        said.id: [
            SimpleNamespace(
                number=number, article=one.article, outlet="", language="en", origin=f"article:{one.article}"
            )
            for number, one in enumerate(said.appearances)
        ]
        for said in statements
    }


def comparison(*statements, claims=(cast.claim_many, cast.claim_few), **values):
    return compare(claims, statements, printed(*statements), NAMED, **values)


def stances(found):
    """The stances of each row, a text a cell."""
    return {
        row["speaker"]["name"]: [" ".join(entry["stance"] for entry in cell) for cell in row["cells"]]
        for row in found["rows"]
    }


def test_a_cell_holds_the_stance_of_its_actor_towards_its_claim():
    found = comparison(cast.herder_counts, cast.ministry_counts)
    assert stances(found) == {"a herder": ["affirms", "denies"], "Sergei Toqaev": ["denies", "affirms"]}


def test_a_claim_on_which_nothing_is_recorded_has_an_empty_cell():
    found = comparison(cast.union_disputes, claims=(cast.claim_many, cast.claim_dam), order="name")
    assert stances(found) == {"Herders’ Union": ["", "disputes"]}


def test_articles_and_origins_are_counted_once_however_often_they_print():
    again = replace(cast.herder_counts, id="state0000009", slug="state0000009", speaker="actor0000004")
    found = comparison(cast.herder_counts, again)
    assert found["claims"][0]["support"] == {"articles": 2, "origins": 2}
    assert found["claims"][0]["stances"] == {"affirms": 2}


@pytest.mark.parametrize("kind", RELATIONS)
def test_claims_contend_where_one_contradicts_is_contrary_to_or_supersedes_the_other(kind):
    relation = cast.d.Relation(kind=kind, claim="claim0000003")
    many = replace(cast.claim_many, relations=(relation,))
    found = [
        [other["claim"]["id"] for other in contentions(claim, [many, cast.claim_dam])]
        for claim in (many, cast.claim_dam)
    ]
    contend = kind in ("contradicts", "contrary to", "supersedes")
    assert found == ([["claim0000003"], ["claim0000001"]] if contend else [[], []])


def said(number, kind, day=None):
    return statement(
        f"state000010{number}",
        f"Says it a {number}. time.",
        speaker="actor0000004",
        said_on=on(day) if day else None,
        stances=[stance("claim0000001", kind)],
        appearances=[appearance("artic0000001")],
    )


def test_a_change_of_position_is_marked_newest_first():
    found = comparison(
        said(1, "denies", "2020-01-01"), said(2, "affirms", "2020-02-01"), said(3, "affirms", "2020-03-01")
    )
    cell = found["rows"][0]["cells"][0]
    assert [(entry["stance"], entry["changed"]) for entry in cell] == [
        ("affirms", False),
        ("affirms", True),
        ("denies", False),
    ]


def test_no_change_is_claimed_where_the_dates_leave_doubt_which_came_first():
    undated = comparison(said(1, "denies"), said(2, "affirms", "2020-02-01"))
    same_day = comparison(said(1, "denies", "2020-02-01"), said(2, "affirms", "2020-02-01"))
    for found in (undated, same_day):
        assert [entry["changed"] for entry in found["rows"][0]["cells"][0]] == [False, False]


def test_rows_come_by_contrast_by_date_or_by_name():
    statements = (cast.herder_counts, cast.ministry_counts, cast.union_disputes)
    claims = (cast.claim_many, cast.claim_few, cast.claim_dam, cast.claim_return)

    def order(which):
        return list(stances(comparison(*statements, claims=claims, order=which)))

    assert order("contrast") == ["Sergei Toqaev", "a herder", "Herders’ Union"]
    assert order("name") == ["Herders’ Union", "Sergei Toqaev", "a herder"]  # unnamed sources last
    assert order("date") == ["a herder", "Sergei Toqaev", "Herders’ Union"]  # all of February, the fifth, undated


def test_by_contrast_contested_claims_stand_first():
    claims = (cast.claim_return, cast.claim_many)
    found = comparison(cast.herder_counts, cast.ministry_counts, cast.nobody_knows, claims=claims)
    assert [claim["id"] for claim in found["claims"]] == ["claim0000001", "claim0000004"]
    assert stances(found)["local people"] == ["", "declines"]


def test_two_bare_labels_of_two_articles_are_two_rows():
    one = replace(cast.nobody_knows, speaker_label="reports")
    two = replace(one, id="state0000008", slug="state0000008", appearances=(appearance("artic0000001"),))
    found = compare((cast.claim_return,), [one, two], printed(one, two), NAMED)
    assert [row["speaker"]["name"] for row in found["rows"]] == ["reports", "reports"]


def test_a_merged_claim_counts_as_what_it_became():
    merged = cast.redirect("claim0000009", "old-claim", "claim0000001")
    moved = replace(cast.union_disputes, stances=(stance("claim0000009", "disputes"),))
    found = compare((cast.claim_many,), [moved], printed(moved), {**NAMED, merged.id: merged})
    assert stances(found) == {"Herders’ Union": ["disputes"]}


def test_what_is_no_longer_in_the_record_is_said_and_not_an_error():
    found = compare((cast.claim_many,), [cast.herder_counts], printed(cast.herder_counts), {})
    assert found["rows"][0]["speaker"]["name"] == "no longer in the record"


def test_only_the_stances_that_are_asked_for_are_kept():
    found = comparison(cast.herder_counts, cast.ministry_counts, stances={"denies"})
    assert stances(found) == {"Sergei Toqaev": ["denies", ""], "a herder": ["", "denies"]}


def numbered(found):
    return [(claim["number"], claim["id"]) for claim in found["claims"]]


def test_columns_come_by_contrast_by_date_or_by_name():
    claims = (cast.claim_return, cast.claim_dam, cast.claim_many)
    statements = (cast.herder_counts, cast.ministry_counts, cast.union_disputes)

    def order(which):
        return [claim["id"][-1] for claim in comparison(*statements, claims=claims, order=which)["claims"]]

    assert order("contrast") == ["3", "1", "4"]  # contested ones first, as their editors put them
    assert order("name") == ["1", "4", "3"]  # About, The, They
    assert order("date") == ["1", "3", "4"]  # February, the fifth, never


def test_columns_that_somebody_speaks_to_are_numbered():
    found = comparison(cast.union_disputes, claims=(cast.claim_many, cast.claim_dam))
    assert numbered(found) == [(None, "claim0000001"), (1, "claim0000003")]


def test_claims_that_cannot_both_stand_say_so_and_stand_beside_one_another():
    against = replace(cast.claim_dam, relations=(cast.d.Relation(kind="supersedes", claim="claim0000004"),))
    plain = cast.claim("claim0000008", "apart", "Apart from that.")
    found = comparison(cast.union_disputes, cast.nobody_knows, claims=(plain, cast.claim_return, against))
    assert numbered(found) == [(1, "claim0000004"), (2, "claim0000003"), (None, "claim0000008")]
    assert [[(other["words"], other["number"]) for other in claim["contends"]] for claim in found["claims"]] == [
        [("is superseded by", 2)],
        [("supersedes", 1)],
        [],
    ]


def test_rows_that_answer_one_claim_stand_below_one_another():
    claims = [cast.claim(f"claim000002{number}", f"c{number}", f"Claim {number}.") for number in range(3)]
    speakers = ("actor0000001", "actor0000002", "actor0000004")
    statements = [
        statement(f"state000020{place}", "So it is.", speaker=speaker, stances=[stance(f"claim000002{2 - place}")])
        for place, speaker in enumerate(speakers)
    ]
    found = comparison(*statements, claims=claims)
    assert list(stances(found).values()) == [["affirms", "", ""], ["", "affirms", ""], ["", "", "affirms"]]


def test_two_stances_of_one_actor_on_one_claim_are_both_shown():
    """From two statements newest first, and neither hides the other; from the same day too."""
    for days in (("2020-02-01", "2020-01-01"), ("2020-02-01", "2020-02-01"), (None, None)):
        found = comparison(said(2, "affirms", days[0]), said(1, "denies", days[1]), claims=(cast.claim_many,))
        assert stances(found) == {"Herders’ Union": ["affirms denies"]}
        assert found["claims"][0]["stances"] == {"affirms": 1, "denies": 1}


def test_readers_may_choose_each_of_three_orders():
    found = {order: comparison(cast.herder_counts, order=order)["rows"] for order in ORDERS}
    assert list(found) == ["contrast", "date", "name"] and all(found.values())
