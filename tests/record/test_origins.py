"""Origins: on how many independent reports a statement rests. Families made by hand, no database."""

import pytest

from record.documents.origins import ArticleLineage, Hop, derivation_line, origins_of

# Own reporting of the Courier (c1), of the Mirror (m1) and of the Wire (w1); what others made of them.
ARTICLES = {
    "c1": ArticleLineage("courier"),
    "m1": ArticleLineage("mirror"),
    "w1": ArticleLineage("wire"),
    "m_verbatim": ArticleLineage("mirror", "c1", "verbatim"),
    "m_edited": ArticleLineage("mirror", "c1", "edited"),
    "m_excerpt": ArticleLineage("mirror", "c1", "excerpt"),
    "k_translation": ArticleLineage("kaz", "m_verbatim", "translation"),
    "k_of_edited": ArticleLineage("kaz", "m_edited", "verbatim"),
    "c_wire": ArticleLineage("courier", "w1", "verbatim"),
    "m_of_c_wire": ArticleLineage("mirror", "c_wire", "excerpt"),
}
MINISTRY, MINISTER, COURIER, MIRROR, WIRE = (
    Hop(actor="ministry"),
    Hop(actor="minister"),
    Hop(outlet="courier"),
    Hop(outlet="mirror"),
    Hop(outlet="wire"),
)


def of(*printings, speaker="minister", label=""):
    return origins_of(speaker, label, [(article, chain) for article, *chain in printings], ARTICLES)


def test_two_outlets_that_report_for_themselves_are_two_origins():
    assert of(["c1"], ["m1"]) == ["article:c1", "article:m1"]


@pytest.mark.parametrize("reprint", ["m_verbatim", "m_excerpt", "k_translation"])
def test_a_reprint_an_excerpt_and_a_translation_add_no_origin(reprint):
    assert of(["c1"], [reprint]) == ["article:c1", "article:c1"]
    assert of([reprint]) == ["article:c1"]


def test_a_reprint_that_credits_the_outlet_and_the_outlets_own_article_are_one_origin():
    assert of(["c1"], ["m_verbatim", COURIER]) == ["article:c1", "article:c1"]
    assert of(["m_verbatim", COURIER]) == ["article:c1"]


def test_an_outlet_that_cites_another_without_a_reprint_rests_on_that_outlets_printing():
    assert of(["c1"], ["m1", COURIER]) == ["article:c1", "article:c1"]
    assert of(["m1", COURIER], ["c1"]) == ["article:c1", "article:c1"]


def test_an_outlet_that_cites_one_whose_article_is_not_there_rests_on_that_outlet():
    assert of(["m1", COURIER]) == ["outlet:courier"]


def test_two_outlets_that_cite_one_ministry_are_one_origin():
    assert of(["c1", MINISTRY], ["m1", MINISTRY]) == ["actor:ministry"] * 2
    assert of(["c1", MINISTRY], ["m1", WIRE, MINISTRY]) == ["actor:ministry"] * 2


def test_the_copy_of_one_agency_in_two_papers_is_one_origin():
    assert of(["c1", WIRE], ["m1", WIRE]) == ["outlet:wire"] * 2


def test_the_copy_of_an_agency_and_the_agencys_own_article_are_one_origin():
    assert of(["c1", WIRE], ["m1", WIRE], ["w1"]) == ["article:w1"] * 3
    assert of(["c1", WIRE], ["c_wire"]) == ["article:w1"] * 2


def test_the_deepest_step_counts_and_the_nearer_ones_do_not():
    assert of(["m1", COURIER, WIRE]) == ["outlet:wire"]
    assert of(["m1", WIRE, COURIER], ["c1"]) == ["article:c1", "article:c1"]


def test_the_speaker_as_a_step_is_no_source_of_their_own():
    assert of(["c1", MINISTER], ["m1", MINISTER]) == ["article:c1", "article:m1"]
    assert of(["c1", MINISTRY, MINISTER]) == ["actor:ministry"]
    assert of(["c1", Hop(label="Local  people")], speaker="", label="local people") == ["article:c1"]


def test_a_label_is_a_source_of_one_family_of_articles_not_of_the_world():
    witnesses = Hop(label="Witnesses")
    assert of(["c1", witnesses], ["m_verbatim", Hop(label="witnesses")], ["m1", witnesses]) == [
        "label:c1:witnesses",
        "label:c1:witnesses",
        "label:m1:witnesses",
    ]


def test_a_label_of_any_length_fits_its_column():
    one, other = of(["c1", Hop(label="x" * 200)], ["c1", Hop(label="x" * 199 + "y")])
    assert one != other and len(one) <= 230


def test_what_an_edited_reprint_adds_is_its_own():
    assert of(["m_edited"]) == ["article:m_edited"]
    assert of(["k_of_edited"]) == ["article:m_edited"]


def test_what_an_edited_reprint_takes_over_is_not_its_own():
    assert of(["c1"], ["m_edited"]) == ["article:c1", "article:c1"]
    assert of(["m_edited", COURIER]) == ["article:c1"]


def test_a_reprint_rests_on_what_its_original_rests_on_though_its_chain_was_not_entered_again():
    assert of(["c1", MINISTRY], ["m_verbatim"]) == ["actor:ministry"] * 2
    assert of(["c1", MINISTRY], ["m_verbatim", COURIER]) == ["actor:ministry"] * 2
    assert of(["c1", MINISTRY], ["k_translation"]) == ["actor:ministry"] * 2


def test_a_second_passage_of_the_same_article_rests_on_the_source_that_the_first_names():
    assert of(["c1"], ["c1", MINISTRY]) == ["actor:ministry"] * 2
    assert of(["c1"], ["c1"]) == ["article:c1"] * 2


def test_a_reprint_of_a_reprint_goes_back_to_the_root():
    assert of(["m_of_c_wire", COURIER], ["w1"]) == ["article:w1"] * 2
    assert of(["m_of_c_wire", COURIER]) == ["article:w1"]


def test_circles_end():
    round_about = {"a": ArticleLineage("x", "b", "verbatim"), "b": ArticleLineage("y", "a", "verbatim")}
    assert derivation_line("a", round_about) == ["a", "b"]
    assert origins_of("s", "", [("a", [])], round_about) == ["article:b"]
    assert len(of(["c1", MIRROR], ["m1", COURIER])) == 2


def test_an_article_that_is_missing_ends_its_family():
    assert origins_of("s", "", [("a", []), ("gone", [])], {"a": ArticleLineage("x", "gone", "verbatim")}) == [
        "article:gone",
        "article:gone",
    ]


def test_a_statement_printed_nowhere_has_no_origin():
    assert of() == []


def test_an_outlet_whose_article_credits_somebody_is_asked_for_them():
    """The Mirror credits the Courier, whose own article credits the ministry: both rest on the ministry."""
    assert of(["c1", MINISTRY], ["m1", COURIER]) == ["actor:ministry"] * 2
    assert of(["m1", COURIER], ["c1", MINISTRY]) == ["actor:ministry"] * 2
    assert of(["m1", COURIER], ["c_wire", MINISTRY]) == ["actor:ministry"] * 2
    assert of(["m_edited", COURIER], ["c1", MINISTRY]) == ["actor:ministry"] * 2
    # A chain of credits goes on as long as there is an article, and the outlet's other articles do not count.
    assert of(["k_translation", WIRE], ["w1", COURIER], ["c1", MINISTRY]) == ["actor:ministry"] * 3
    assert of(["m1", WIRE], ["c1", MINISTRY]) == ["outlet:wire", "actor:ministry"]
