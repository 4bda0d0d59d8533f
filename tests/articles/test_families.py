"""Families of printings: which comes from which, by what each contains and which was first."""

from articles.changes import add_outlet
from articles.ingest import take_in
from articles.recognition import likely_reprints, reprint_family
from articles.reprints import FamilyPrinting, ShingledText, descents
from tests.articles.test_reprints import story


def by_order(*order):
    """Who was first, by an order of the keys; keys that are not in it have no known date."""

    def first(one, other):
        if one not in order or other not in order:
            return None
        return min(one, other, key=order.index)

    return first


def family(**texts):
    return [FamilyPrinting(key, ShingledText(text)) for key, text in texts.items()]


WIRE = story(1)
PARAGRAPHS = WIRE.split("\n\n")
CUT = "\n\n".join(PARAGRAPHS[:8])
EXTENDED = CUT + "\n\n" + story(2, sentences=6)


def told(found):
    return {one.key: (one.parent, round(one.share, 1), one.ordered) for one in found}


def test_a_cut_reprint_and_what_was_made_of_it_form_a_line():
    found = descents(family(wire=WIRE, cut=CUT, extended=EXTENDED), by_order("wire", "cut", "extended"))
    assert told(found) == {"wire": (None, 0.0, True), "cut": ("wire", 1.0, True), "extended": ("wire", 0.6, True)}


def test_of_two_that_contain_it_equally_the_earlier_is_the_parent():
    found = descents(family(late=WIRE, cut=CUT, wire=WIRE), by_order("wire", "late", "cut"))
    assert told(found)["cut"] == ("wire", 1.0, True)
    assert told(found)["late"] == ("wire", 1.0, True)


def test_what_was_added_downstream_tells_the_parent():
    edited = EXTENDED + "\n\n" + story(3, sentences=2)
    found = descents(family(wire=WIRE, extended=EXTENDED, edited=edited), by_order("wire", "extended", "edited"))
    assert told(found)["edited"][0] == "extended"


def test_where_nobody_knows_the_order_nothing_is_said_to_come_from_anything():
    found = descents(family(one=WIRE, other=WIRE), by_order())
    assert told(found) == {"one": (None, 0.0, False), "other": (None, 0.0, False)}


def test_texts_that_share_nothing_are_no_family():
    found = descents(family(one=story(5), other=story(6)), by_order("one", "other"))
    assert told(found) == {"one": (None, 0.0, True), "other": (None, 0.0, True)}


def test_the_family_of_an_article_is_found_with_its_evidence(editor, django_assert_max_num_queries):
    outlets = [add_outlet(name=name, by=editor) for name in ("Harbour News Agency", "Selby Courier", "Third Paper")]
    said = {"by": editor}
    wire = take_in(text=WIRE, outlet=outlets[0], headline="Harbour closed", published="2021-04-30", **said).article
    cut = take_in(text=CUT, outlet=outlets[1], headline="Port shut", published="2021-05-01", **said).article
    late = take_in(
        text=EXTENDED,
        outlet=outlets[2],
        headline="Port",
        credited_agency="Selby Courier",
        published="2021-05-02",
        **said,
    ).article
    take_in(text=story(9), outlet=outlets[2], headline="Another matter", **said)
    reprints = likely_reprints(late)
    with django_assert_max_num_queries(1):
        found = reprint_family(late, reprints)
    assert [(one.article, one.parent) for one in found] == [(wire, None), (cut, wire), (late, cut)]
    assert "credits" in found[2].evidence
    assert "printed earlier" in found[1].evidence


def test_the_page_of_an_article_shows_the_family(editor, editor_client):
    outlets = [add_outlet(name=name, by=editor) for name in ("Harbour News Agency", "Selby Courier", "Third Paper")]
    for day, outlet, text in zip((1, 2, 3), outlets, (WIRE, CUT, EXTENDED), strict=True):
        taken = take_in(text=text, outlet=outlet, headline=f"Port {day}", published=f"2021-05-0{day}", by=editor)
    page = editor_client.get(f"/admin/articles/article/{taken.article.pk}/change/").content.decode()
    assert "from Harbour News Agency: 100% of it appears there; Harbour News Agency printed earlier" in page
