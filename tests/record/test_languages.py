"""Languages: the address chooses, links stay in their language, addresses for machines have none."""

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import clear_url_caches
from django.utils import translation
from lxml import html

from record.documents import Actor, addresses
from record.presenters.formatting import (
    count_words,
    date_words,
    figure_in_language,
    figure_words,
    number_words,
    plain_number,
    support_words,
)
from tests import record_cast as cast
from tests.public_pages import pages_of_each_kind, text_of, texts, tree_of, twin_of
from tests.record_cast import append_cast

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/", ("en", "/")),
        ("/ru/", ("ru", "/")),
        ("/ru", ("ru", "/")),
        ("/ru/claims/x", ("ru", "/claims/x")),
        ("/russia", ("en", "/russia")),
        ("/en/claims/x", ("en", "/en/claims/x")),
    ],
)
def test_the_first_part_of_an_address_is_its_language(path, parts):
    assert addresses.split_language(path) == parts


@pytest.fixture
def russian_by_default():
    """The default language is Russian; what addresses and templates remember is forgotten before and after."""
    with override_settings(LANGUAGE_CODE="ru", TEMPLATES=settings.TEMPLATES):  # which makes the templates' engine anew
        clear_url_caches()
        yield
    clear_url_caches()


def test_the_default_language_is_the_one_without_a_prefix(russian_by_default):
    assert addresses.split_language("/claims/x") == ("ru", "/claims/x")
    assert addresses.split_language("/en/claims/x") == ("en", "/claims/x")
    assert [one["address"] for one in addresses.language_links("/claims/x")] == ["/en/claims/x", "/claims/x"]


@pytest.mark.django_db
def test_a_site_whose_default_language_is_russian_has_english_under_a_prefix(client, russian_by_default):
    append_cast()
    assert tree_of(client.get("/method")).xpath("//html/@lang") == ["ru"]
    english = tree_of(client.get("/en/method"))
    assert english.xpath("//html/@lang") == ["en"]
    assert "/en/data" in english.xpath("//@href")


@pytest.mark.django_db
def test_every_page_says_its_language_and_names_itself_in_the_others(client):
    append_cast()
    for address in pages_of_each_kind():
        for path, code in ((address, "en"), (f"/ru{address}", "ru")):
            tree = tree_of(client.get(path))
            assert tree.xpath("//html/@lang") == [code], path
            assert tree.xpath("//html/@dir") == ["ltr"]
            alternates = dict(zip(tree.xpath("//link/@hreflang"), tree.xpath("//link[@hreflang]/@href"), strict=True))
            english = f"http://testserver{address}"
            assert alternates == {"en": english, "ru": f"http://testserver/ru{address}", "x-default": english}, path
            assert tree.xpath('//link[@rel="canonical"]/@href') == [f"http://testserver{path}"]


@pytest.mark.django_db
def test_links_on_a_page_stay_in_its_language(client):
    append_cast()
    for address in pages_of_each_kind():
        tree = tree_of(client.get(f"/ru{address}"))
        own = {
            link
            for link in [*tree.xpath("//a[not(@hreflang)]/@href"), *tree.xpath("//form/@action")]
            if link.startswith("/") and not addresses.is_machine_path(link.partition("?")[0])
        }
        assert {link for link in own if not link.startswith("/ru/")} == set(), address


@pytest.mark.django_db
def test_addresses_for_machines_have_no_language(client):
    append_cast()
    for address in ("/ru/questions/how-many-moved.json", "/ru/export.ndjson?since=3"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, address.removeprefix("/ru"))
    page = tree_of(client.get("/ru/actors/sergei-toqaev?page=1"))
    assert page.xpath('//link[@type="application/json"]/@href')[0] == twin_of("/actors/sergei-toqaev?page=1")


@pytest.mark.django_db
def test_nothing_but_the_address_decides(client):
    append_cast()
    plain = client.get("/method")
    asked = client.get("/method", headers={"accept-language": "ru", "cookie": "django_language=ru"})
    assert asked.content == plain.content
    assert "Accept-Language" not in asked.get("Vary", "")
    assert not asked.cookies


@pytest.mark.django_db
def test_a_renamed_page_is_found_in_the_language_that_was_asked_for(client):
    append_cast()
    response = client.get("/ru/actors/actor0000002")
    assert (response.status_code, response["Location"]) == (301, "/ru/actors/sergei-toqaev")


@pytest.mark.django_db
def test_what_cannot_be_answered_is_told_in_the_language_of_the_address(client):
    for address, title in (("/ru/none", "Здесь ничего нет"), ("/none", "Nothing here")):
        response = client.get(address)
        assert response.status_code == 404
        assert html.fromstring(response.content).findtext(".//h1") == title


@pytest.mark.django_db
def test_an_address_in_an_unknown_language_is_not_found(client):
    assert client.get("/de/method").status_code == 404


@pytest.mark.django_db
def test_words_of_the_record_are_not_translated(client):
    append_cast()
    (minister,) = [document for document in cast.CAST if isinstance(document, Actor) and document.id == "actor0000002"]
    assert tree_of(client.get("/ru/actors/sergei-toqaev")).findtext(".//h1/bdi") in (None, minister.name)


def in_russian(words, *given):
    with translation.override("ru"):
        return words(*given)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019", "2019"),
        ("2019-09", "сентябрь 2019"),
        ("2019-05-03", "3 мая 2019"),
        ("2019-09~", "ок. сентябрь 2019"),
        ("2018/2019-03", "2018 — март 2019"),
        ("2019-13", "2019-13"),
    ],
)
def test_dates_have_the_months_of_the_language(edtf, words):
    assert in_russian(date_words, edtf) == words


def test_numbers_have_the_separators_of_the_language():
    assert in_russian(plain_number, 1234567) == "1\xa0234\xa0567"
    assert in_russian(number_words, 2_700_000) == "2,7 млн"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 статья"), (2, "2 статьи"), (5, "5 статей"), (11, "11 статей"), (21, "21 статья"), (104, "104 статьи")],
)
def test_counts_have_the_plural_forms_of_the_language(number, words):
    assert in_russian(count_words, number, "article") == words


def test_what_stands_behind_a_claim_is_counted_in_russian():
    assert in_russian(support_words, 5, 3) == "5 статей, 3 первоисточника"


def test_figures_are_said_in_russian():
    figure = {"amount": 1_000_000, "lower": None, "upper": None, "unit": "people", "modifier": "about"}
    assert in_russian(figure_words, {**figure, "unit": ""}) == "около 1 млн"


def test_a_figure_is_never_in_two_languages():
    figure = {"amount": 1_000_000, "lower": None, "upper": None, "unit": "people", "modifier": "at least"}
    assert in_russian(figure_in_language, figure, "en-GB") == "at least 1 million people"
    assert in_russian(figure_in_language, {**figure, "unit": "адам"}, "kk-Cyrl") == "≥ 1\xa0000\xa0000 адам"
    assert in_russian(figure_in_language, {**figure, "unit": ""}, "") == "не менее 1 млн"


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ({"amount": 5}, "5 адам"),
        ({"amount": 5, "modifier": "about"}, "≈ 5 адам"),
        ({"lower": 5}, "≥ 5 адам"),
        ({"lower": 5, "modifier": "at least"}, "≥ 5 адам"),
        ({"upper": 5}, "≤ 5 адам"),
        ({"lower": 3, "upper": 5, "modifier": "estimated"}, "≈ 3–5 адам"),
        ({"amount": 4, "lower": 3, "upper": 5}, "4 адам (3–5)"),
        ({"amount": 4, "lower": 3}, "4 адам (≥ 3)"),
        ({"amount": 4, "upper": 5}, "4 адам (≤ 5)"),
    ],
)
def test_where_no_page_is_written_in_the_language_a_figure_is_in_digits_and_signs(values, signs):
    plain = {"amount": None, "lower": None, "upper": None, "unit": "адам", "modifier": ""}
    assert figure_in_language({**plain, **values}, "kk") == signs


@pytest.mark.django_db
def test_a_page_in_another_language_says_in_which_the_content_is_and_marks_it(client):
    append_cast()
    said = "Содержание свода — на английском. English"
    for address in ("/", "/questions/how-many-moved", "/claims/twelve-thousand-moved", "/statements/state0000001"):
        tree = tree_of(client.get(f"/ru{address}"))
        assert texts(tree, "contentlanguage") == [said], address
        assert texts(tree_of(client.get(address)), "contentlanguage") == [], address
    tree = tree_of(client.get("/ru/questions/how-many-moved"))
    assert tree.xpath("//h1/@lang") == ["en"]
    assert set(tree.xpath('//p[@class="cell__summary"]//bdi/@lang')) == {"en"}
    # The unit is known in Russian: the figure is in one language. What is counted is not.
    assert set(tree.xpath('//span[@class="figure"]/bdi/@lang')) == {"ru"}
    assert text_of(tree, '//h2[@id="lanes-1"]/bdi') == "человек"
    assert set(tree.xpath('//p[@class="lanes__counted"]/bdi/@lang')) == {"en"}
    assert tree_of(client.get("/ru/")).xpath("//h3//bdi/@lang") == ["en", "en"]


@pytest.mark.django_db
def test_names_in_a_sentence_of_the_page_are_marked_as_in_the_language_of_the_content(client):
    append_cast()
    for address in ("/ru/claims/for-the-dam", "/ru/questions/why-moved", "/ru/claims", "/ru/"):
        marked = tree_of(client.get(address)).xpath(
            '//*[contains(@class, "holders") or self::dd]/bdi[@lang="en"][. = "Sergei Toqaev"]'
        )
        assert marked, address
    assert tree_of(client.get("/claims/for-the-dam")).xpath('//p[contains(@class, "holders")]/bdi') == []
