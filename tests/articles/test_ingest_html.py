"""Saved HTML pages: the article, the metadata, what is left out, and pages that are no such thing."""

import time

import pytest

from articles.reading import PageIsBroken, html_pages, read_html
from articles.text import TextIsBroken

FIRST = "PORT SELBY (Reuters) - Dockers stopped work on Monday after a storm tore down two cranes, their union said."
SECOND = "The union’s chair, Ana Ruiz, said the harbour was “not safe to work in”, and nobody would go back before May."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Dockers stop work at Port Selby | Selby Courier</title>
<meta property="og:title" content="Dockers stop work at Port Selby">
<meta property="og:site_name" content="The Selby Courier">
<meta name="author" content="Maria Oduya">
<meta property="article:published_time" content="2021-05-03T10:00:00Z">
<link rel="canonical" href="https://www.selbycourier.example/2021/05/dockers?utm_source=letter#top">
</head><body><nav><ul><li><a href="/">Front page</a></li><li><a href="/s">Ships</a></li></ul></nav>
<article><h1>Dockers stop work at Port Selby</h1>
<figure><img src="a.jpg"><figcaption>A crane in the water. Photo: J. Doe</figcaption></figure>
<p>{FIRST}</p><p>{SECOND}</p>
<p>The port authority called the strike unlawful and asked a court to end it by Friday at the latest.</p></article>
<script>document.title = "<p>not text</p>"</script>
<footer>Imprint and rules of the house</footer></body></html>"""


@pytest.fixture(scope="module")
def reading():
    return read_html(PAGE.encode())


def test_the_article_is_read_with_its_headline_first(reading):
    lines = [line for line in reading.text.split("\n") if line]
    assert lines[:3] == ["Dockers stop work at Port Selby", FIRST, SECOND]
    assert "Front page" not in reading.text
    assert "not text" not in reading.text


def test_what_the_page_says_of_itself_is_proposed(reading):
    assert reading.sure() == {
        "headline": "Dockers stop work at Port Selby",
        "byline": "Maria Oduya",
        "outlet": "The Selby Courier",
        "url": "https://www.selbycourier.example/2021/05/dockers",
        "published": "2021-05-03",
        "dateline": "PORT SELBY (Reuters)",
        "credited_agency": "Reuters",
        "language": "en",
    }


def test_what_the_page_shows_besides_is_kept(reading):
    assert [0, "outside the article", "Imprint and rules of the house"] in reading.removed
    assert [0, "outside the article", "Front page"] in reading.removed
    assert not any("not text" in line for _, _, line in reading.removed)


def test_a_date_that_the_page_does_not_call_that_of_publication_is_not_sure():
    page = PAGE.replace('property="article:published_time"', 'name="revised"').replace("utm_source", "x")
    assert all(not proposal.sure for proposal in read_html(page).all_of("published"))


def test_a_canonical_address_that_is_no_web_address_is_passed_over():
    page = PAGE.replace("https://www.selbycourier.example/2021/05/dockers?utm_source=letter#top", "javascript:alert(1)")
    assert read_html(page).all_of("url") == []


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "koi8-r", "utf-8-sig"])
def test_pages_are_read_in_the_encoding_they_declare(encoding):
    page = PAGE.replace("utf-8", encoding).replace("Ana Ruiz", "Анна Руис").replace("’", "'").replace("“", '"')
    assert "Анна Руис" in html_pages.decode_page(page.replace("”", '"').encode(encoding))


def test_latin_1_is_read_as_browsers_read_it():
    page = b'<html><meta charset="iso-8859-1"><p>It\x92s \x93open\x94</p></html>'
    assert "It’s “open”" in html_pages.decode_page(page)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (b"", "not an HTML page"),
        (b"just words, and more of them", "not an HTML page"),
        (b"<html><body></body></html>", "No article was found"),
        (b"<html><body><p>\xff\xfe\xfd</p></body></html>", "not valid utf-8"),
        (b'<html><meta charset="klingon"><p>x</p></html>', "unknown encoding: “klingon”"),
        (b'<html><meta charset="rot13"><p>x</p></html>', "unknown encoding: “rot13”"),
        (b'<html><meta charset="utf-9"><p>x</p></html>', "unknown encoding: “utf-9”"),
        (b'<html><meta charset="windows-1251"><p>\x98</p></html>', "not valid"),
        (b"<html>" + b"x" * 5_000_001, "limit is 5,000,000"),
    ],
)
def test_what_is_no_page_with_an_article_is_refused_in_a_sentence(page, sentence):
    with pytest.raises(PageIsBroken, match=sentence):
        read_html(page)


def test_a_page_with_a_nul_is_refused():
    with pytest.raises(TextIsBroken, match="Line 2 contains a NUL byte"):
        read_html(b"<html>\n<p>A\x00B</p></html>")


def test_a_page_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(html_pages, "TIMEOUT_SECONDS", 2)
    start = time.monotonic()
    with pytest.raises(PageIsBroken, match=r"more than 6 seconds|too large or complex"):
        read_html("<html><body>" + "<p>" * 600_000)
    assert time.monotonic() - start < 30
