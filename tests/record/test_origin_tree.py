"""The tree of origins, on families of articles made by hand: what a reader sees is what is counted."""

from types import SimpleNamespace

import pytest

from record import documents as d
from record.documents.origins import ArticleLineage, Hop, origins_of
from record.presenters.document_data import statement_data, support_counts
from record.presenters.origin_tree import MAX_DEPTH, origin_tree
from tests import record_cast as cast
from tests.record_cast import appearance, on, step

pytestmark = pytest.mark.any_database

COURIER, WIRE, MIRROR = "outle0000001", "outle0000002", "outle0000003"
OUTLETS = (cast.courier, cast.wire, cast.mirror)
MINISTRY = step(actor="actor0000001", relation="says")


def article(number, outlet, day, derived=0, derivation="verbatim"):
    return cast.article(
        f"artic000000{number}",
        f"article-{number}",
        f"Headline {number}",
        printed_by=outlet,
        published=on(day),
        derived_from=f"artic000000{derived}" if derived else None,
        derivation=derivation if derived else "",
    )


def trees(articles, *printings):
    """The origins of one statement as texts; `printings` are the number of an article and its chain."""
    found = grown(articles, *printings)
    return [f"{origin['name']} ({origin['articles']}): {' '.join(map(drawn, origin['branches']))}" for origin in found]


def origin_of(articles, *printings):
    [origin] = grown(articles, *printings)
    return origin


def grown(articles, *printings):
    said = cast.statement(
        "state0000001",
        "So it is.",
        speaker="actor0000002",
        appearances=[appearance(f"artic000000{number}", chain=chain) for number, *chain in printings],
    )
    named = {each.id: each for each in (*articles, *OUTLETS, cast.ministry, cast.minister)}
    family = {
        each.id: ArticleLineage(each.outlet, each.derived_from, each.derivation)
        for each in articles
        if isinstance(each, d.Article)
    }
    hops = [
        (each.article, [Hop(hop.actor or "", hop.outlet or "", hop.label) for hop in each.chain])
        for each in said.appearances
    ]
    rows = [
        SimpleNamespace(number=number, article=one, language="en", origin=key)
        for number, ((one, _), key) in enumerate(zip(hops, origins_of(said.speaker, "", hops, family), strict=True))
    ]
    found = origin_tree([statement_data(said, rows, named, own_page=1)], named)
    counted = support_counts(rows)
    assert len(found) == counted["origins"]
    return found


def drawn(branch):
    """ "1", "2 verbatim[3]", "4 via Valley Wire": an article, how it derives, through whom, and what is below it."""
    words = branch["id"][-1]
    words += f" {branch['derivation']}" if branch["derivation"] else ""
    words += "".join(f" via {hop['name']}" for hop in branch["through"])
    words += "" if branch["printed"] else " unseen"
    return f"{words}[{' '.join(map(drawn, branch['branches']))}]" if branch["branches"] else words


def test_pure_reprints_hang_under_their_original():
    family = (
        article(1, COURIER, "2020-02-01"),
        article(2, MIRROR, "2020-02-02", 1),
        article(3, WIRE, "2020-02-03", 2, "translation"),
    )
    assert trees(family, (1,), (2,), (3,)) == ["Steppe Courier: Headline 1 (3): 1[2 verbatim[3 translation]]"]


def test_what_a_partial_reprint_adds_is_an_origin_of_its_own():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02", 1, "edited"))
    assert trees(family, (2,)) == ["River Mirror: Headline 2 (1): 2"]


def test_what_a_partial_reprint_takes_over_hangs_under_its_original():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02", 1, "edited"))
    assert trees(family, (1,), (2,)) == ["Steppe Courier: Headline 1 (2): 1[2 edited]"]


def test_two_outlets_that_cite_one_ministry_stand_side_by_side_under_it():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02"))
    assert trees(family, (1, MINISTRY), (2, step(outlet=WIRE), MINISTRY)) == [
        "Ministry of Water (2): 1 2 via Valley Wire"
    ]


def test_an_outlet_that_cites_another_hangs_under_that_ones_article_without_deriving_from_it():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02"))
    assert trees(family, (1,), (2, step(outlet=COURIER))) == ["Steppe Courier: Headline 1 (2): 1[2]"]


def test_papers_with_one_agencys_copy_stand_under_the_agency():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02"))
    wire = step(outlet=WIRE)
    assert trees(family, (1, wire), (2, wire)) == ["Valley Wire (2): 1 2"]


def test_an_original_that_does_not_print_the_statement_is_shown_as_unseen():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02", 1))
    assert trees(family, (2,)) == ["Steppe Courier: Headline 1 (1): 1 unseen[2 verbatim]"]


def test_five_articles_and_three_origins_are_shown_as_they_are_counted():
    family = (
        article(1, COURIER, "2020-02-01"),
        article(2, MIRROR, "2020-02-02", 1),
        article(3, WIRE, "2020-02-03"),
        article(4, COURIER, "2020-02-04"),
        article(5, MIRROR, "2020-02-05", 4, "excerpt"),
    )
    assert trees(family, (1,), (2,), (3, MINISTRY), (4,), (5,)) == [
        "Steppe Courier: Headline 1 (2): 1[2 verbatim]",
        "Steppe Courier: Headline 4 (2): 4[5 excerpt]",
        "Ministry of Water (1): 3",
    ]


def test_papers_that_credit_one_another_end_somewhere():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02"))
    assert len(trees(family, (1, step(outlet=MIRROR)), (2, step(outlet=COURIER)))) == 2


def test_articles_that_derive_from_one_another_in_a_circle_are_all_shown():
    family = (article(1, COURIER, "2020-02-01", 2), article(2, MIRROR, "2020-02-02", 1))
    shown = " ".join(trees(family, (1,), (2,)))
    assert "Headline 1" in shown
    assert "Headline 2" in shown


def test_what_lies_deeper_than_is_shown_is_counted():
    line = [article(1, COURIER, "2020-02-01")]
    for number in range(2, MAX_DEPTH + 4):
        line.append(article(chr(95 + number), MIRROR, f"2020-02-{number:02}", line[-1].id[-1]))
    found = origin_of(line, *((each.id[-1],) for each in line))
    below = []
    while found["branches"]:
        [found] = found["branches"]
        below.append(found["further"])
    assert below == [0] * (MAX_DEPTH - 1) + [3]


def test_an_article_that_is_no_longer_there_hangs_where_its_credit_leads():
    assert trees((article(1, COURIER, "2020-02-01"),), (1,), (2, step(outlet=COURIER))) == [
        "Steppe Courier: Headline 1 (2): 1[2]"
    ]


def test_a_credit_leads_to_the_outlet_that_is_credited_and_not_to_the_first_article():
    family = (article(1, COURIER, "2020-02-01"), article(2, MIRROR, "2020-02-02"), article(3, WIRE, "2020-02-03"))
    assert trees(family, (1,), (2, step(outlet=COURIER)), (3, step(outlet=MIRROR))) == [
        "Steppe Courier: Headline 1 (3): 1[2[3]]"
    ]
