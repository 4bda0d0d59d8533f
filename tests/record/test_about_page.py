"""Who publishes the site: one file, read strictly, and what pages, exports and linked data make of it."""

import io
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema
import openpyxl
import pytest
from django.conf import settings as site_settings
from django.test import override_settings

from record.api import openapi
from record.exports import FORMATS, datapackage, jsonld, take_snapshot
from record.imports import import_record
from record.linked_data.publisher import Publisher, PublisherFileError, publisher_of, read_publisher
from tests.public_pages import texts, tree_of
from tests.record_cast import append_cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

VALUES = {
    "email": "corrections@press.example",
    "publisher": {"en": "The Valley <b>Press</b> Trust", "ru": "Фонд печати"},
    "publisher_address": "https://press.example",
    "description": "A record.\n\nOf the valley & its <script>alert(1)</script> dams.",
    "funding": {"ru": "Взносы."},
    "right_of_reply": "Write to us.",
}
KNOWN = publisher_of(VALUES, "en")


def test_without_a_file_the_page_says_that_nobody_has_said_it(client):
    tree = tree_of(client.get("/about"))
    assert texts(tree, "//header[@class='page-head']/p[@class='lead']") == [
        "The publisher of this site has not said who they are."
    ]
    assert "Funding" in texts(tree, "//section[@id='missing']//li")
    assert client.get("/about.json").json()["is_known"] is False
    [report] = tree.xpath("//footer//a[contains(., 'Report an error')]/@href")
    assert report == "/about#errors"


def test_texts_of_the_file_are_text_in_the_language_of_the_page_or_marked_with_their_own(client):
    append_cast()
    with override_settings(PUBLISHER=KNOWN):
        english, russian = tree_of(client.get("/about")), tree_of(client.get("/ru/about"))
    assert english.xpath("//main//script") == []
    assert "Of the valley & its <script>alert(1)</script> dams." in texts(english, "aswritten")
    assert english.xpath("//main//bdi[contains(., '<b>Press</b>')]/@lang") == ["en"]
    assert russian.xpath("//main//bdi[. = 'Фонд печати']/@lang") == ["ru"]
    assert english.xpath("//section[@id='funding']/p/@lang") == ["ru"]
    assert english.xpath("//section[@id='missing']") != []  # contact is not given


def test_the_foot_of_every_page_names_the_publisher(client):
    append_cast()
    assert not any("is published by" in each for each in texts(tree_of(client.get("/")), "//footer/p"))
    with override_settings(PUBLISHER=KNOWN):
        for address in ("/", "/claims/for-the-dam", "/search?q=moved", "/corrections"):
            foot = texts(tree_of(client.get(address)), "//footer/p")
            assert "claimtrack is published by The Valley <b>Press</b> Trust." in foot, address
        assert tree_of(client.get("/ru/")).xpath("//footer/p/bdi[. = 'Фонд печати']/@lang") == ["ru"]


def test_the_foot_of_a_page_opens_a_letter_that_names_the_permanent_link(client):
    last = append_cast()[-1].seq
    with override_settings(PUBLISHER=KNOWN):
        tree = tree_of(client.get("/claims/for-the-dam"))
    [report] = tree.xpath("//footer//a[contains(., 'Report an error')]/@href")
    letter = parse_qs(urlsplit(report).query)
    assert report.startswith("mailto:corrections@press.example?subject=")
    [body] = letter["body"]
    assert body.splitlines()[-1].startswith("http://testserver/claims/for-the-dam?at=")
    assert int(body.rpartition("=")[2]) <= last


def test_machines_are_told_who_publishes_and_nothing_changes_where_nobody_is_known(client):
    append_cast()
    snapshot = take_snapshot()
    silent = b"".join(datapackage.export(snapshot)), b"".join(jsonld.export(snapshot))
    assert b'"publisher":' not in next(FORMATS["ndjson"](snapshot))
    assert b"contributors" not in silent[0] and b"correctionsPolicy" not in silent[1]
    with override_settings(PUBLISHER=KNOWN):
        package = json.loads(b"".join(datapackage.export(snapshot)))
        lines, whole = b"".join(FORMATS["ndjson"](snapshot)), json.loads(b"".join(FORMATS["json"](snapshot)))
        book = openpyxl.load_workbook(io.BytesIO(b"".join(FORMATS["claims.xlsx"](snapshot))))
        graph = json.loads(b"".join(jsonld.export(snapshot)))["@graph"]
        page = json.loads(
            tree_of(client.get("/claims/for-the-dam")).xpath("//script[@type='application/ld+json']")[0].text
        )
    [contributor] = package["contributors"]
    assert (contributor["title"], contributor["role"]) == (VALUES["publisher"]["en"], "publisher")
    assert package["correctionsPolicy"].endswith("/about#errors")
    assert whole["publisher"] == json.loads(lines.splitlines()[0])["publisher"]
    assert (whole["publisher"]["name"], whole["publisher"]["email"]) == (VALUES["publisher"]["en"], VALUES["email"])
    jsonschema.validate(whole, openapi.export_schema())
    assert import_record(io.BytesIO(lines)).added == 0
    about = dict(row[:2] for row in book["about"].values)
    assert about["Publisher"] == VALUES["publisher"]["en"]
    assert about["Publishing principles"].endswith("/about#method")
    for node in (graph[0]["publisher"], page["sdPublisher"]):
        assert node["name"] == VALUES["publisher"]["en"]
        assert node["correctionsPolicy"].endswith("/about#errors")
        assert node["publishingPrinciples"].endswith("/about#method")
        assert node["ownershipFundingInfo"].endswith("/about#funding")


def test_a_demonstration_says_on_each_page_that_it_is_one(client):
    append_cast()
    path = Path(site_settings.BASE_DIR) / "claims/demonstration/publisher.toml"
    with override_settings(PUBLISHER=read_publisher(path, "en")):
        assert texts(tree_of(client.get("/claims/for-the-dam")), "demonstration") == [
            "This is a demonstration, not a published record. What that means"
        ]
        assert texts(tree_of(client.get("/ru/about")), "//section[@id='funding']/p") == ["Нет."]
    assert texts(tree_of(client.get("/method")), "demonstration") == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("publisher = ", "it is no TOML: Invalid value (at end of document)"),
        ('colour = "red"', "it has “colour”, which is none of name, email"),
        ('email = "nobody"', "“email” must be an address such as"),
        ('publisher_address = "javascript:x"', "“publisher_address” must be an address that begins with https://"),
        ("publisher = 7", "“publisher” must be a text, or a table of texts by language"),
        ('[publisher]\nenglish = "x"', "“publisher.english”: 'english' is no language such as en or ru"),
        ('[publisher]\nen = ["x"]', "“publisher.en” must be a text, not ['x']"),
        ('publisher = "a\\nb"', "“publisher.en” has a control character or a line break in it"),
        (f'description = "{"x" * 7000}"', "“description.en” is longer than 6000 characters"),
        ('demonstration = "yes"', "“demonstration” must be true or false"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_what_and_where(tmp_path, content, complaint):
    path = tmp_path / "publisher.toml"
    path.write_text(content)
    with pytest.raises(PublisherFileError) as refused:
        read_publisher(path, "en")
    assert str(refused.value).startswith(complaint)


def test_a_file_that_is_not_there_or_is_no_text_is_refused_and_none_is_empty(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(PublisherFileError, match="it cannot be read"):
            read_publisher(path, "en")
    (tmp_path / "bytes.toml").write_bytes(b"\xff")
    with pytest.raises(PublisherFileError, match="it is not UTF-8"):
        read_publisher(tmp_path / "bytes.toml", "en")
    assert read_publisher(None, "en") == Publisher()
