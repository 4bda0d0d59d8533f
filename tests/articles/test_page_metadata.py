"""What saved pages say of themselves: shares over pages of invented sites, and the kinds of markup one by one."""

import json
import time

import pytest

from articles.language_tags import canonical_language
from articles.page_markup import observe
from articles.reading import extraction, html_pages, read_html
from articles.reading.page_days import read_moment
from tests.page_cases import FIELDS, count, pages

MAX_SURE_AND_WRONG = 0.02  # of all pages
PARAGRAPH = (
    "<p>The council of Marlow Sands agreed to close the old pier, after eleven of its forty piles had split.</p>"
)
OTHER = "<p>Traders along the quay had asked for the work to wait, and the committee said that it could not.</p>"


@pytest.fixture(scope="module", autouse=True)
def read_in_this_process():
    """No process is started for each page, as it is for those of outsiders (test_ingest_html.py)."""

    def extract(module, data, **limits):
        return json.loads(json.dumps(extraction.extract(data)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_pages, "run_limited", extract)
        yield


@pytest.fixture(scope="module")
def readings():
    return [(page, read_html(page.html)) for page in pages()]


@pytest.mark.parametrize(("field", "share"), [("headline", 0.90), ("byline", 0.75), ("published", 0.85)])
@pytest.mark.parametrize("blind", [True, False])
def test_pages_are_read_right(readings, field, share, blind):
    tally = count([(page, reading) for page, reading in readings if page.blind == blind], field)
    assert tally.share >= share, tally
    assert len(tally.sure) >= 0.5 * len(tally.right)  # half of the pages only show their byline


@pytest.mark.parametrize("field", FIELDS)
def test_hardly_anything_is_sure_and_wrong(readings, field):
    wrong = count(readings, field).sure_and_wrong
    assert len(wrong) <= MAX_SURE_AND_WRONG * len(readings), wrong


def test_there_are_pages_of_many_sites(readings):
    assert len({page.site for page, _ in readings}) >= 60


def test_languages_and_agencies_are_read(readings):
    read = {page.site: reading.sure() for page, reading in readings}
    expected = {page.site: page.language for page, _ in readings if page.language}
    assert {site: read[site].get("language") for site in expected} == expected
    agencies = {page.site: page.credited_agency for page, _ in readings if page.credited_agency}
    found = {site: values["credited_agency"] for site, values in read.items() if "credited_agency" in values}
    assert found == agencies


def page_of(body, head=""):
    return f"<html><head>{head}</head><body><article><h1>Pier shut</h1>{body}{PARAGRAPH}{OTHER}</article></body></html>"


def proposals(page, field):
    return [(proposal.value, proposal.sure) for proposal in read_html(page).all_of(field)]


@pytest.mark.parametrize(
    "name", ["Username", "Follow", "Last Updated January 7", "admin", "https://a.example/x", "@pier"]
)
def test_what_names_nobody_is_no_byline(name):
    page = page_of(f'<span class="author">{name}</span>', f'<meta name="author" content="{name}">')
    assert proposals(page, "byline") == []


def test_a_byline_that_only_looks_like_it_is_not_sure():
    assert proposals(page_of('<span class="author">Ana Ruiz</span>'), "byline") == [("Ana Ruiz", False)]
    assert proposals(page_of("", '<meta name="author" content="Ana Ruiz">'), "byline") == [("Ana Ruiz", True)]


@pytest.mark.parametrize(
    ("said", "byline"),
    [
        ("By Ana Ruiz and Bo Lindqvist", "Ana Ruiz, Bo Lindqvist"),
        ("Ana Ruiz, Bo Lindqvist, and Cy Dahl", "Ana Ruiz, Bo Lindqvist, Cy Dahl"),
        ("Ana Ruiz, Marlow", "Ana Ruiz"),
        ("Ana Ruiz, Political Editor", "Ana Ruiz"),
        ("Ana Ruiz and agencies", "Ana Ruiz"),
        ("Ana Ruiz for Daily Buoy", "Ana Ruiz"),
        ("José Ortega y Gasset", "José Ortega y Gasset"),
        ("Su Min", "Su Min"),
        ("Herbert Read", "Herbert Read"),
        ("周望海、林秋月", "周望海, 林秋月"),
    ],
)
def test_the_names_in_a_field_are_read(said, byline):
    assert proposals(page_of("", f'<meta name="author" content="{said}">'), "byline") == [(byline, True)]


def test_a_byline_that_the_page_contradicts_is_not_sure():
    page = page_of("<p>By Bo Lindqvist</p>", '<meta name="author" content="Ana Ruiz">')
    assert proposals(page, "byline")[0] == ("Ana Ruiz", False)


@pytest.mark.parametrize(
    ("published", "modified", "read"),
    [
        ("2024-03-05T23:59:00-05:00", "2024-03-06T05:00:00Z", [("2024-03-05", True)]),
        ("2024-03-06T00:01:00+09:00", "", [("2024-03-06", True)]),
        ("2024-03-06", "2023-01-01", [("2023-01-01", False), ("2024-03-06", False)]),
        ("2999-01-01", "", []),
        ("2024-02-30", "", []),
        ("", "2024-03-06", []),
    ],
)
def test_the_day_of_publication_is_the_one_the_field_writes(published, modified, read):
    head = f'<meta property="article:published_time" content="{published}">' if published else ""
    head += f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    assert proposals(page_of("", head), "published")[: len(read)] == read
    assert all(not sure for _, sure in proposals(page_of("", head), "published")[len(read) :])


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-06T23:30:00Z", "2024-03-06"),
        ("20240306T2330", "2024-03-06"),
        ("2024/03/06", "2024-03-06"),
        ("Wed, 06 Mar 2024 23:30:00 +0100", "2024-03-06"),
        ("March 6, 2024 7:15 am", "2024-03-06"),
        ("2024年3月6日 8:30", "2024-03-06"),
        ("6.3.2024, 8:30 Uhr", "2024-03-06"),
        ("16/03/2024", "2024-03-16"),
        ("03/16/2024", "2024-03-16"),
        ("03/04/2024", None),  # March or April
        ("1709712000000", None),
        ("2024-13-06", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_read_where_it_can_be_no_other(value, day):
    moment = read_moment(value)
    assert (moment and moment.day.isoformat()) == day


def test_a_line_about_a_change_is_no_sure_day_of_publication():
    assert all(not sure for _, sure in proposals(page_of("<p>Last updated 1 September 2024</p>"), "published"))


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("kk-cyrl", "kk-Cyrl"),
        ("EN_gb", "en-GB"),
        ("zh-hans-CN", "zh-Hans-CN"),
        ("eng", "en"),
        ("kaz-Cyrl", "kk-Cyrl"),
        ("ger", "de"),
        ("iw", "he"),
        ("yue", "yue"),
        ("de-1996", "de-1996"),
        ("english", ""),
        ("?language=EN", ""),
        ("und", ""),
        ("", ""),
    ],
)
def test_a_language_tag_has_one_form(tag, canonical):
    assert canonical_language(tag) == canonical


def test_valid_utf_8_wins_over_a_wrong_declaration():
    page = '<html><meta charset="iso-8859-1"><p>Jetée fermée, “enfin”</p></html>'
    assert "Jetée fermée, “enfin”" in html_pages.decode_page(page.encode())
    assert "Jetée fermée" in html_pages.decode_page(page.encode("cp1252"))


def test_a_list_directly_in_the_body_is_kept():
    items = "<ul><li>Boats leave from the market.</li><li>Traders are paid for two weeks.</li></ul>"
    menu = "<nav><ul><li><a href='/'>Front page</a></li></ul></nav>"
    text = read_html(f"<html><body>{menu}<h1>Pier shut</h1>{PARAGRAPH}{items}{OTHER}{items}</body></html>").text
    assert text.count("- Boats leave from the market.\n\n- Traders are paid for two weeks.") == 2
    assert "Front page" not in text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<del>ninety</del> <ins>nineteen</ins>", "[struck through: ninety] nineteen"),
        ("<s>ninety <b>big</b></s> nineteen", "[struck through: ninety big] nineteen"),
        ("<del><del>ninety</del></del> nineteen", "[struck through: ninety] nineteen"),
        ("<del></del> nineteen", "nineteen"),
    ],
)
def test_deletions_are_marked(markup, text):
    read = read_html(page_of(f"<p>The council said on Tuesday that the pier had cost {markup} crowns a year.</p>")).text
    assert f"had cost {text} crowns a year." in " ".join(read.split())


def test_a_deleted_paragraph_is_marked():
    assert "[struck through: The council" in read_html(page_of(f"<del>{PARAGRAPH}</del>{OTHER}")).text


def test_a_table_that_arranges_a_page_is_read_as_paragraphs():
    page = f"<html><body><table><tr><td>Home</td><td>{PARAGRAPH}{OTHER}{PARAGRAPH}</td></tr></table></body></html>"
    assert "|" not in read_html(page).text


def test_a_table_of_figures_stays_one():
    figures = "<table><tr><th>Year</th><th>Piles</th></tr><tr><td>1911</td><td>40</td></tr></table>"
    assert "| 1911 | 40 |" in read_html(page_of(f"{PARAGRAPH}{figures}")).text


@pytest.mark.parametrize(
    "script",
    [
        "[" * 100_000,
        '{"@type":"Article","author":' * 20_000,
        '{"@graph":[' + '{"@type":"Article"},' * 50_000 + "{}]}",
        "null",
    ],
)
def test_hostile_json_ld_says_nothing(script):
    page = page_of("", f'<script type="application/ld+json">{script}</script>')
    assert read_html(page).sure()["language"] == "en"
    assert proposals(page, "byline") == []


@pytest.mark.parametrize(
    "body",
    ["<p>" + "<del>a</del><ins>b</ins>" * 16_000, f"{PARAGRAPH}<ul><li>x</ul>" * 16_000, "<h1>Pier shut</h1>" * 16_000],
)
def test_hostile_markup_is_looked_at_in_linear_time(body):
    tree = extraction.parse_page(f"<html><body>{body}</body></html>")
    start = time.process_time()
    extraction.mark_deletions(tree)
    extraction.unfold_layout_tables(tree)
    extraction.gather_bare_paragraphs(tree)
    observe(tree)
    assert time.process_time() - start < 3  # quadratic time is 7 seconds and more


def headed(title, heading):
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body><article><h1>{heading}</h1>{PARAGRAPH}{OTHER}</article></body></html>"


def test_a_heading_that_holds_the_name_of_the_site_is_read_without_it():
    title = "Council shuts the old pier at Marlow Sands"
    page = headed(f"{title} » Local » The Daily Buoy", f"{title} <span>The Daily Buoy</span>")
    assert proposals(page, "headline")[0] == (title, False)


def test_a_heading_that_is_the_whole_title_is_the_headline_even_where_a_part_may_be_a_site():
    title = "“Old Pier” : Song of the Harbour (Marlow Choir)"
    assert proposals(headed(title, title), "headline")[0] == (title, True)


def test_a_day_in_utc_is_that_of_the_time_that_the_page_shows():
    head = '<meta name="sailthru.date" content="2014-06-30">'
    shown = '<time datetime="2014-06-29T20:08:00-04:00">June 29, 2014</time>'
    assert proposals(page_of(shown, head), "published")[0] == ("2014-06-29", True)
    assert proposals(page_of("", head), "published")[0] == ("2014-06-30", True)


def test_the_line_of_the_day_on_top_of_a_page_is_never_sure():
    assert not any(sure for _, sure in proposals(page_of("<p>6 October 2011</p>"), "published"))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("By Ana Ruiz Tuesday", "Ana Ruiz"),
        ("By Ana Ruiz Senior Harbour Correspondent", "Ana Ruiz"),
        ("Autor/in: Ana Ruiz", "Ana Ruiz"),
        ("Submitted on Mon", None),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(printed, read):
    found = [value for value, _ in proposals(page_of(f'<p class="byline">{printed}</p>'), "byline")]
    assert found[:1] == ([read] if read else [])
