"""How to cite: what is said, and that the programs of readers understand it."""

import json
import warnings
from datetime import date
from decimal import Decimal

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from record import documents as d
from record.presenters import citations as c
from tests import record_cast as cast

pytestmark = pytest.mark.any_database

NAMED = {document.id: document for document in cast.CAST}
TODAY = date(2026, 11, 21)


def page_of(document, **values):
    plain = {"site": "claimtrack", "address": f"https://record.example/{document.id}?at=17", "entry": 17}
    return c.cite_page(document, **plain | {"published": date(2020, 3, 1), "accessed": TODAY, "named": NAMED} | values)


def article_of(document):
    return c.cite_article(document, address="https://record.example/a", named=NAMED, accessed=TODAY)


def parsed(text):
    """The entries of a BibTeX text as a reader's program has them, braces and LaTeX taken away."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware(keep_braced_groups=True)])
    assert library.failed_blocks == []
    return library.entries


def in_harvard(*items):
    """The bibliography that citeproc makes of CSL-JSON."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of every field that its default style does not use
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        return [str(line) for line in bibliography.bibliography()]


def test_a_page_is_cited_at_its_entry_and_permanent_address():
    cited = page_of(cast.ministry_counts)
    assert c.as_csl(cited) == {
        "id": "statement-state0000002-17",
        "type": "webpage",
        "title": "Sergei Toqaev: Fewer than nine hundred people were moved, and for a dam.",
        "container-title": "claimtrack",
        "URL": "https://record.example/state0000002?at=17",
        "version": "entry 17",
        "issued": {"date-parts": [[2020, 3, 1]]},
        "accessed": {"date-parts": [[2026, 11, 21]]},
    }
    assert c.as_text(cited) == (
        "claimtrack, Sergei Toqaev: Fewer than nine hundred people were moved, and for a dam, "
        "https://record.example/state0000002?at=17, as of entry 17 (1 March 2020), accessed 21 November 2026."
    )


def test_an_article_is_cited_as_its_outlet_printed_it():
    article = cast.replace(cast.wire_in_mirror, byline="Aigul Serik & staff")
    item = c.as_csl(article_of(article))
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"literal": "Aigul Serik & staff"}]
    assert (item["container-title"], item["language"]) == ("River Mirror", "kk-Cyrl")
    assert item["issued"] == {"date-parts": [[2020, 2]]}
    assert item["URL"] == "https://mirror-2020-02-06.example/1"
    assert c.as_text(article_of(article)) == (
        "Aigul Serik & staff, “Су министрлігі: тоғыз жүзден аз”, River Mirror, February 2020, "
        "https://mirror-2020-02-06.example/1, accessed 21 November 2026."
    )


def test_an_article_without_address_is_found_on_our_page():
    assert article_of(cast.replace(cast.original, url="")).address == "https://record.example/a"


@pytest.mark.parametrize("kind", ["newspaper", "agency", "broadcaster", "magazine", "platform", "other"])
def test_every_kind_of_outlet_has_a_type(kind):
    named = {cast.courier.id: cast.replace(cast.courier, kind=kind)}
    assert c.cite_article(cast.original, address="", named=named).type


def test_what_a_broadcaster_wrote_is_a_page_and_what_has_no_headline_has_a_title():
    named = {cast.courier.id: cast.replace(cast.courier, kind="broadcaster")}
    written = c.cite_article(cast.replace(cast.original, headline=""), address="", named=named)
    assert (written.type, written.title) == ("webpage", "[Article without a headline]")
    assert "“" not in c.as_text(written) and c.as_bibtex(written).startswith("@misc{")
    heard = c.cite_article(cast.original, address="", named=named, place=d.Place(begins_at=Decimal(751)))
    assert heard.type == "broadcast"


def test_an_outlet_that_is_gone_leaves_the_article_citable():
    cited = c.cite_article(cast.original, address="", named={})
    assert (cited.container, c.as_csl(cited)["title"]) == ("", "Villages emptied at night")


@pytest.mark.parametrize(
    ("edtf", "found"),
    [
        ("2019", {"date-parts": [[2019]]}),
        ("2019-09~", {"date-parts": [[2019, 9]], "circa": True}),
        ("2018/2019-03", {"date-parts": [[2018], [2019, 3]]}),
        ("", None),
    ],
)
def test_dates_are_as_precise_as_they_are_known(edtf, found):
    assert c.csl_date(edtf) == found


def test_a_date_that_is_not_written_in_our_way_is_cited_by_its_days():
    odd = cast.replace(cast.on("2020-02-03"), edtf="2020-//~")
    assert article_of(cast.replace(cast.original, published=odd)).issued == "2020-02-03/2020-02-03"


def test_bibtex_of_an_article():
    assert c.as_bibtex(article_of(cast.replace(cast.original, byline="A. & B."))) == (
        "@article{article-artic0000001,\n"
        "  title = {{Villages emptied at night}},\n"
        r"  author = {{A. \& B.}}," + "\n"
        "  journal = {{Steppe Courier}},\n"
        "  date = {2020-02-03},\n"
        "  year = {2020},\n"
        "  url = {https://courier-2020-02-03.example/1},\n"
        "  urldate = {2026-11-21},\n"
        "  langid = {en},\n"
        "  month = feb,\n"
        "}\n"
    )


def test_bibtex_of_the_whole_cast_is_understood():
    entries = parsed("\n".join(c.as_bibtex(page_of(document)) for document in cast.CAST))
    assert len(entries) == len(cast.CAST)
    titles = {entry.key: entry.fields_dict["title"].value for entry in entries}
    assert titles["claim-claim0000003-17"].strip("{}") == "Claim: They were moved for a dam"
    assert {entry.entry_type for entry in entries} == {"misc"}


HARD = [
    "50 % of {all} #1 & $5_000^2 ~ \\end{document}",
    "}} , author = {nobody",
    "Ünïcödé, Қазақстан, ئۇيغۇر, 水利部, 🙂",
    "two\nlines\tand a tab",
    '@misc{other, title="x"}',
]


@pytest.mark.parametrize("text", HARD)
def test_hard_titles_come_back_from_bibtex_as_they_were(text):
    [entry] = parsed(c.as_bibtex(page_of(cast.replace(cast.claim_dam, text=text))))
    title = entry.fields_dict["title"].value.removeprefix("{Claim: ").removesuffix("}")
    assert title.replace("ˆ", "^") == " ".join(text.split())  # this parser reads \\textasciicircum as another sign
    assert "author" not in entry.fields_dict


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_title_keeps_the_braces_of_bibtex_in_balance(text):
    written = c.as_bibtex(page_of(cast.replace(cast.claim_dam, text=text)))
    assert written.count("{") == written.count("}")
    assert len(bibtexparser.parse_string(written).entries) == 1


def test_an_address_is_ascii_and_without_braces():
    cited = page_of(cast.claim_dam, address="https://record.example/а{b} \\c?x=%20&y=1#z")
    assert "  url = {https://record.example/%D0%B0%7Bb%7D%20%5Cc?x=%20&y=1#z},\n" in c.as_bibtex(cited)


def test_citeproc_makes_a_bibliography_of_it():
    items = [c.as_csl(page_of(document)) for document in cast.CAST] + [c.as_csl(article_of(cast.wire_in_mirror))]
    lines = in_harvard(*json.loads(json.dumps(items)))
    assert len(lines) == len(items)
    assert any("They were moved for a dam" in line for line in lines)
    assert any("Су министрлігі" in line and "River Mirror" in line for line in lines)


def test_no_kind_of_document_is_without_a_citation():
    assert {d.kind_of(document) for document in (*cast.CAST, cast.valley)} == set(d.DOCUMENT_TYPES)
    for document in cast.CAST:
        assert c.as_text(page_of(document)).startswith("claimtrack, ")
