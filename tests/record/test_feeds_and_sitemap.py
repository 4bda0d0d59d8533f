"""Following the record: Atom feeds, citations, and the sitemap."""

import json
import re
from datetime import datetime

import bibtexparser
import pytest
from django.db import connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from lxml import etree

from record.log import Withdrawal, append
from tests import record_cast as cast
from tests.public_pages import all_pages, pages_of_each_kind, tree_of
from tests.record_cast import append_cast, append_history, redirect, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = (
    "/feed",
    "/corrections/feed",
    "/questions/how-many-moved/feed",
    "/claims/dam-was-the-reason/feed",
    "/actors/sergei-toqaev/feed",
    "/outlets/river-mirror/feed",
    "/articles/courier-2020-02-03/feed",
    "/statements/state0000002/feed",
)


def feed_of(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


# What RFC 4287 demands, by section.


def musts(feed):
    """Every MUST of RFC 4287 that a machine can check, broken ones only."""

    def one(element, name):
        return len(element.findall(f"{ATOM}{name}")) == 1

    def is_date(text):  # 3.3
        try:
            return bool(re.search(r"T.*(Z|[+-]\d\d:\d\d)$", text)) and datetime.fromisoformat(text)
        except ValueError:
            return False

    if feed.tag != f"{ATOM}feed":
        yield "4.1.1 the document element is atom:feed"
    for name in ("id", "title", "updated"):
        if not one(feed, name):
            yield f"4.1.1 exactly one {name}"
    if not feed.findall(f"{ATOM}author"):
        yield "4.1.1 an author, as the entries have none"
    for author in feed.findall(f"{ATOM}author"):
        if not one(author, "name") or not author.findtext(f"{ATOM}name"):
            yield "3.2.1 a person has a name"
    ids = set()
    for entry in feed.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated"):
            if not one(entry, name):
                yield f"4.1.2 exactly one {name}"
        for name in ("content", "published", "summary"):
            if len(entry.findall(f"{ATOM}{name}")) > 1:
                yield f"4.1.2 at most one {name}"
        for name in ("updated", "published"):
            if not is_date(entry.findtext(f"{ATOM}{name}")):
                yield f"3.3 {name} is a date of RFC 3339"
        ids.add(entry.findtext(f"{ATOM}id"))
        content = entry.find(f"{ATOM}content")
        children = list(content)
        if content.get("type") == "xhtml" and [child.tag for child in children] != [
            "{http://www.w3.org/1999/xhtml}div"
        ]:
            yield "4.1.3.3 xhtml content is one div"
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in entry.findall(f"{ATOM}link")]
        if len(set(links)) < len(links):
            yield "4.1.2 no two alternates of one type"
    if len(ids) < len(feed.findall(f"{ATOM}entry")):
        yield "4.1.1 no two entries share an id at one moment"
    for identity in [feed.findtext(f"{ATOM}id"), *ids]:
        if not re.match(r"https?://[^\s/]+/", identity):
            yield "4.2.6 an id is an absolute IRI"
    if not is_date(feed.findtext(f"{ATOM}updated")):
        yield "3.3 updated is a date of RFC 3339"
    for link in feed.iter(f"{ATOM}link"):
        if not link.get("href"):
            yield "4.2.7.1 a link has an href"
    if [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") != 1:
        yield "4.1.1 a link to itself"


@pytest.mark.parametrize("address", FEEDS)
def test_feeds_are_what_the_standard_demands_and_are_not_sent_twice(client, address):
    append_history()
    append([replace(cast.question_moved, description="\x0b\ufffe <b>&")], reason="Signs & <marks>.")
    for path in (address, f"/ru{address}"):
        response = client.get(path)
        feed = feed_of(response)
        assert list(musts(feed)) == []
        assert feed.find(f'{ATOM}link[@rel="self"]').get("href") == f"http://testserver{path}"
        again = client.get(path, headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        with CaptureQueriesContext(connections["public"]) as captured:
            client.get(path)
        assert len(captured) <= 7, path


def test_a_feed_tells_of_additions_corrections_and_withdrawals_with_their_reasons(client):
    append_cast()
    append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="The older dam is another one.")
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    feed = feed_of(client.get("/feed"))
    assert titles(feed)[:2] == [
        "Statement withdrawn",
        "Claim changed: They were moved for a new dam. — held by Sergei Toqaev; disputed by Herders’ Union",
    ]
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "Nobody said it."
    changed = feed.findall(f"{ATOM}entry")[1]
    assert changed.findtext(f"{ATOM}summary") == "The older dam is another one."
    assert "".join(changed.find(f"{ATOM}content").itertext()).split("Text")[1].split() == (
        [
            "Before:",
            "They",
            "were",
            "moved",
            "for",
            "a",
            "dam.",
            "Now:",
            "They",
            "were",
            "moved",
            "for",
            "a",
            "new",
            "dam.",
            "entry",
            "22",
            "of",
            "the",
            "log",
        ]
    )
    assert titles(feed_of(client.get("/corrections/feed"))) == titles(feed)[:2]


def test_a_feed_of_a_page_tells_what_stands_on_it_and_nothing_else(client):
    append_cast()
    append([replace(cast.ministry_counts, venue="Astana")], reason="Where.")
    append([replace(cast.question_why, description="Why?")], reason="Said.")
    for address, latest in (
        ("/questions/how-many-moved", "Statement changed: Fewer than nine hundred people were moved, and for a dam."),
        ("/actors/sergei-toqaev", "Statement changed: Fewer than nine hundred people were moved, and for a dam."),
        ("/articles/wire-2020-02-05", "Statement changed: Fewer than nine hundred people were moved, and for a dam."),
        ("/questions/why-moved", "Question changed: Why were they moved?"),
        ("/actors/herders-union", "Statement added: The dam was never the reason."),
    ):
        assert titles(feed_of(client.get(f"{address}/feed")))[0] == latest, address
    assert not any("nobody" in title.casefold() for title in titles(feed_of(client.get("/actors/herders-union/feed"))))


def test_what_was_withdrawn_is_told_by_no_feed_in_its_words(client):
    append_cast()
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    for address in ("/feed", "/corrections/feed", "/questions/why-moved/feed", "/articles/mirror-2020-02-06/feed"):
        text = client.get(address).content.decode()
        assert "It is not known who may return." not in text and "ешкім" not in text, address
    assert client.get("/statements/state0000004/feed").status_code == 410


def test_a_feed_of_a_renamed_page_moves_with_it_and_one_of_nothing_is_not_found(client):
    append_cast()
    append([replace(cast.claim_dam, slug="the-dam")], reason="Shorter.")
    assert client.get("/claims/for-the-dam/feed")["Location"] == "/claims/the-dam/feed"
    assert client.get("/claims/none/feed").status_code == 404
    assert client.get("/feed?page=2").status_code == 400


def test_an_empty_record_has_an_empty_feed(client):
    assert titles(feed_of(client.get("/feed"))) == []
    assert list(musts(feed_of(client.get("/feed")))) == []


def test_pages_that_change_name_their_feed(client):
    append_cast()
    for address in ("/", "/corrections", "/claims/for-the-dam", "/ru/actors/sergei-toqaev"):
        (feed,) = tree_of(client.get(address)).xpath('//link[@type="application/atom+xml"]/@href')
        assert feed == ("/feed" if address == "/" else f"{address}/feed")
        assert client.get(feed).status_code == 200


# Citing.


def test_every_page_can_be_cited_as_text_bibtex_and_csl(client):
    append_cast()
    for address in pages_of_each_kind():
        tree = tree_of(client.get(address))
        bibtex, csl = [form.text_content() for form in tree.xpath("//footer//pre")[:2]]
        (entry,) = bibtexparser.parse_string(bibtex).entries
        (item,) = json.loads(csl)
        assert item["URL"] == entry["url"]
        assert item["URL"] in tree.xpath('string(//footer//p[@class="citation"])')
        assert client.get(item["URL"].removeprefix("http://testserver")).status_code in (200, 301), address
        assert item["version"] == f"entry {item['URL'].partition('at=')[2] or 21}"


def test_the_address_in_a_citation_shows_what_was_cited_after_it_has_changed(client):
    append_cast()
    (item,) = json.loads(tree_of(client.get("/claims/for-the-dam")).xpath("//footer//pre")[1].text_content())
    append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="Another dam.")
    shown = client.get(item["URL"].removeprefix("http://testserver"), follow=True)
    assert "They were moved for a dam." in shown.content.decode()
    assert "They were moved for a new dam." not in tree_of(shown).xpath('string(//dl[@class="differences"])')


def test_citations_are_files_too_and_an_article_is_cited_as_its_outlet_printed_it(client):
    append_cast()
    bib = client.get("/articles/courier-2020-02-03/cite.bib")
    assert bib["Content-Disposition"] == 'attachment; filename="article-artic0000001.bib"'
    article, page = bibtexparser.parse_string(bib.content.decode()).entries
    assert (article["journal"], page["url"]) == (
        "{Steppe Courier}",
        "http://testserver/articles/courier-2020-02-03?at=21",
    )
    items = client.get("/articles/courier-2020-02-03/cite.csl.json").json()
    assert [item["type"] for item in items] == ["article-newspaper", "webpage"]
    assert client.get("/ru/claims/for-the-dam/cite.bib")["Location"] == "/claims/for-the-dam/cite.bib"


# For crawlers.


def locations(response, tag="url"):
    tree = etree.fromstring(response.content)
    return {one.findtext(f"{SITEMAP}loc"): one.findtext(f"{SITEMAP}lastmod") for one in tree.iter(f"{SITEMAP}{tag}")}


def test_the_sitemap_lists_every_page_once_in_every_language_with_the_day_of_its_change(client):
    append_cast()
    append([replace(cast.union_disputes, venue="Almaty")], reason="Where.", at=cast.at(72))
    (part,) = locations(client.get("/sitemap.xml"), "sitemap")
    found = locations(client.get(part.removeprefix("http://testserver")))
    pages = {
        address
        for address in all_pages()
        if not re.search(r"/(history|cite|versions/\d+)$|^/search|^/compare", address)
    }
    assert set(found) == {f"http://testserver{prefix}{page}" for page in pages for prefix in ("", "/ru")}
    assert found["http://testserver/statements/state0000003"] == "2020-03-04"
    assert found["http://testserver/claims/for-the-dam"] == "2020-03-04"
    assert found["http://testserver/ru/actors/herders-union"] == "2020-03-04"
    assert found["http://testserver/claims/may-return"] == "2020-03-01"
    assert found["http://testserver/method"] is None


def test_a_sitemap_of_a_long_log_comes_in_parts(client, monkeypatch):
    from record.pages import sitemap

    monkeypatch.setattr(sitemap, "ENTRIES_PER_SITEMAP", 8)
    append_cast()
    append([redirect("actor0000004", "herders-union", "actor0000001")], reason="The same body.")
    parts = list(locations(client.get("/sitemap.xml"), "sitemap"))
    assert parts == [f"http://testserver/sitemap-{number}.xml" for number in (1, 2, 3)]
    found = [set(locations(client.get(part.removeprefix("http://testserver")))) for part in parts]
    assert sum(map(len, found)) == len(set().union(*found)) == 2 * (20 + len(sitemap.PLAIN_PAGES))
    assert client.get("/sitemap-4.xml").status_code == 404


def test_an_empty_record_has_an_empty_sitemap(client):
    assert locations(client.get("/sitemap.xml"), "sitemap") == {}


@override_settings(ALLOWED_HOSTS=["claims.example.org"])
def test_robots_may_read_everything_but_searches_and_are_told_of_the_sitemap(client):
    lines = client.get("/robots.txt", headers={"host": "claims.example.org"}).content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /ru/search",
        "Sitemap: http://claims.example.org/sitemap.xml",
    ]


# In the head.


def test_the_head_says_in_the_words_of_schema_org_what_the_page_holds(client):
    append_cast()
    append([replace(cast.claim_dam, text="</script><b>They</b> were moved.")], reason="Marks.")
    for address, kind in (
        ("/questions/how-many-moved", "Question"),
        ("/claims/for-the-dam", "Claim"),
        ("/ru/actors/sergei-toqaev", "Person"),
        ("/outlets/valley-wire", "NewsMediaOrganization"),
        ("/articles/courier-2020-02-03", "NewsArticle"),
        ("/statements/state0000002", "CreativeWork"),
    ):
        (linked,) = tree_of(client.get(address)).xpath('//script[@type="application/ld+json"]/text()')
        assert json.loads(linked)["@type"] == kind
        assert "<" not in linked
        assert "linked" not in client.get(f"{address.removeprefix('/ru')}.json").json()
    text = json.loads(
        tree_of(client.get("/claims/for-the-dam")).xpath('//script[@type="application/ld+json"]/text()')[0]
    )
    assert text["text"] == "</script><b>They</b> were moved."


def test_the_head_says_for_others_what_the_page_is(client):
    append_cast()
    head = tree_of(client.get("/ru/claims/for-the-dam")).find("head")
    said = {one.get("property"): one.get("content") for one in head.iter("meta") if one.get("property")}
    held = "утверждают: Sergei Toqaev; оспаривают: Herders’ Union"
    assert said["og:title"] == f"Утверждение: They were moved for a dam — {held}"
    assert held in said["og:description"]
    assert said["og:url"] == "http://testserver/ru/claims/for-the-dam"
    assert said["og:site_name"] and said["og:description"] and said["og:type"] == "website"
