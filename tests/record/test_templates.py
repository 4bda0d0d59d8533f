"""Templates: strict about names, and every link on every page leads somewhere."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client, override_settings
from jinja2 import StrictUndefined, UndefinedError
from lxml import html

from record.log import Withdrawal, append
from tests import record_cast as cast
from tests.public_pages import all_pages, pages_of_each_kind, tree_of
from tests.record_cast import append_cast, append_topic, redirect, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TEMPLATES = settings.BASE_DIR / "templates" / "record"


def test_a_misspelt_variable_is_an_error():
    environment = engines["jinja2"].env
    assert environment.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        environment.from_string("{{ speling }}").render()


def test_markup_in_values_is_escaped_everywhere():
    assert engines["jinja2"].env.autoescape is True
    for template in TEMPLATES.glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", template.read_text()), template.name


def test_templates_hold_no_inline_style_and_no_inline_script():
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text()
        assert not re.search(r"<script(?! src=\"{{ static\(| type=\"application/ld\+json\")", text), template.name
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text), template.name


def test_every_link_on_every_page_leads_somewhere():
    append_cast()
    append_topic()
    append([replace(cast.ministry, slug="water-ministry")], reason="Its new name.")
    append([redirect("actor0000004", "herders-union", "actor0000001")], reason="The same body.")
    append([Withdrawal("statement", "state0000004")], reason="Nobody said so.")
    client = Client()
    seen, waiting, named_in_the_past, asked = set(), {"/"}, set(), Counter()
    while waiting:
        address = min(waiting)
        waiting.remove(address)
        seen.add(address)
        asked[kind_of(address)] += 1
        if asked[kind_of(address)] > 2 and re.search(r"\?|/(cite|versions|as-of)\b", address):
            continue
        # What a page of the past names may have been merged since.
        response = client.get(address, follow="/as-of/" in address or address in named_in_the_past)
        # The page of corrections leads to what says why it was withdrawn.
        assert response.status_code == (410 if address.endswith("/state0000004") else 200), address
        if "text/html" not in response["Content-Type"]:
            assert b"".join(response)
            continue
        tree = html.fromstring(response.content)
        found = set(tree.xpath("//@href")) | set(tree.xpath("//@src")) | set(tree.xpath("//form/@action"))
        own = {link.replace("http://testserver", "").partition("#")[0] for link in found}
        named_in_the_past |= own if "at=" in address else set()
        waiting |= {link for link in own if link.startswith("/") and link not in seen and not is_tried_elsewhere(link)}
    assert set(all_pages()) - {address for address in all_pages() if address.endswith("/history")} <= seen
    assert {address.rpartition(".")[2] for address in seen if "/static/" in address} == {"css", "js", "svg"}


def kind_of(address):
    """What is asked of which kind of page: of queries, versions and citations, two of each kind say it."""
    path, _, query = address.partition("?")
    folder, *parts = path.removeprefix("/ru").split("/")[1:]
    return folder, tuple(parts[1:2]), tuple(re.findall(r"(?:^|&)(\w+)=", query)), path.startswith("/ru")


def is_tried_elsewhere(link):
    """Whether this marks what is new, of which those of questions are enough, or is a table of the past."""
    return ("new_since=" in link and not link.startswith("/questions/")) or (".csv?" in link and "at=" in link)


def test_links_to_a_place_on_a_page_find_it():
    append_cast()
    tree_at = cache(lambda address: tree_of(Client().get(address)))
    for address in pages_of_each_kind():
        for link in tree_at(address).xpath('//a[contains(@href, "#") and not(starts-with(@href, "http"))]/@href'):
            path, _, place = link.partition("#")
            assert tree_at(path or address).xpath(f'//*[@id="{place}"]'), (address, link)


def test_every_page_has_one_heading_a_title_of_its_own_landmarks_a_skip_link_and_a_description():
    append_cast()
    append_topic()
    titles = Counter()
    for address in all_pages():
        tree = tree_of(Client().get(address))
        assert len(tree.xpath("//h1")) == 1, address
        assert len(tree.xpath("//main")) == len(tree.xpath("//body/header")) == len(tree.xpath("//body/footer")) == 1
        assert tree.xpath("//body/*[1]/@href") == ["#content"]
        assert tree.xpath("//html/@lang") == ["en"]
        for name in ("description", "viewport"):
            assert tree.xpath(f'//meta[@name="{name}"]/@content')[0], address
        assert tree.xpath('//meta[@property="og:title"]/@content')[0]
        assert tree.xpath("//title/text()")[0].strip(), address
        titles[tree.xpath("//title/text()")[0]] += 1
        (most,) = Counter(tree.xpath("//@id")).most_common(1)
        assert most[1] == 1, (address, most)
    assert titles.most_common(1)[0][1] == 1, titles.most_common(1)


def test_a_fault_of_ours_is_told_in_the_same_look_without_asking_the_database(django_assert_num_queries):
    client = Client(raise_request_exception=False)
    with (
        override_settings(ROOT_URLCONF="tests.broken_urls"),
        django_assert_num_queries(0),
    ):
        response = client.get("/broken")
    assert response.status_code == 500
    assert "This is our fault." in html.fromstring(response.content).text_content()
    assert b"secret of the fault" not in response.content


def test_static_files_are_small_and_name_no_other_host():
    folder = Path(settings.BASE_DIR) / "static" / "record"
    for file in folder.iterdir():
        text = file.read_text()
        assert len(text) < 40_000, file.name
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text), file.name
