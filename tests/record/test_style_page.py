"""The page that shows every part: in development only, and complete."""

import pytest
from django.test import Client, override_settings
from lxml import html

from record.documents.vocabulary import STANCES
from record.pages.style import page_content
from tests.public_pages import texts


@pytest.fixture(scope="module")
def page():
    with override_settings(DEBUG=True):
        response = Client().get("/style/")
    assert response.status_code == 200
    return html.fromstring(response.content)


@pytest.mark.django_db
def test_it_is_served_in_development_only(client):
    assert client.get("/style/").status_code == 404


def test_every_stance_is_there_with_its_word_its_sign_and_its_meaning(page):
    terms = page.xpath('(//dl[@class="terms terms--marked"])[1]/div')
    assert len(terms) == len(STANCES) + 1
    signs = [term.xpath(".//use/@href")[0].partition("#")[2] for term in terms[:-1]]
    assert signs == list(STANCES)
    assert texts(terms[-1], "./dt") == ["not recorded here"]


def test_every_stance_occurs_in_the_comparison_too():
    taken = {entry["stance"] for row in page_content()["rows"] for cell in row["cells"] for entry in cell}
    assert taken == set(STANCES)


@pytest.mark.parametrize(
    "part",
    [
        "lane__plot",
        "comparison__scroll",
        "timelines",
        "timeline",
        "changed",
        "branches",
        "sidebyside",
        "differing-words",
        "hedge",
        "not-recorded",
        "incompatible",
        "chain",
        "empty",
        "agreement",
        "stance-entries",
        "hit",
        "differences",
        "citation",
        "claimtrack-card",
    ],
)
def test_every_part_is_there(page, part):
    assert page.xpath(f'//*[contains(concat(" ", @class, " "), " {part} ")]')


def test_text_that_runs_from_right_to_left_is_there_and_isolated(page):
    assert page.xpath('//bdi[@lang="ug-Arab" and @dir="rtl"]')
