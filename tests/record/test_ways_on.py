"""Where no page is there is a way on: slashes redirect, and every refusal is a page of the site, or JSON."""

import pytest

from record.log import Withdrawal, append
from tests.public_pages import all_pages
from tests.record_cast import append_cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_every_public_page_has_its_address_with_a_slash_lead_to_it(client):
    append_cast()
    for address in [*all_pages(), "/ru/actors", "/feed", "/claims/for-the-dam/embed"]:
        if address == "/":
            continue
        answer = client.get(f"{address}/?x=%C3%A9")
        assert (answer.status_code, answer.get("Location")) == (301, f"{address}?x=%C3%A9"), address
    assert client.head("/claims/").status_code == 301


@pytest.mark.parametrize(
    "address",
    ["//evil.example/", "//claims/", "/\\evil/", "/%2Fevil.example/", "/export.json/", "/home.json/", "/none/"],
)
def test_no_slash_leads_out_of_the_site_or_to_a_file(client, address):
    assert client.get("/", PATH_INFO=address).status_code == 404


def test_a_post_is_not_redirected(client):
    assert client.post("/claims/").status_code in (404, 405)


def test_refusals_offer_search_and_lists_in_the_language_of_the_address(client):
    append_cast()
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    addresses = {
        "/nowhere": 404,
        "/ru/nowhere": 404,
        "/statements/state0000004": 410,
        f"/search?q={'a' * 5000}": 414,
        f"/ru/search?q={'я' * 3000}": 414,
    }
    for address, status in addresses.items():
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == status, address[:40]
        prefix = "/ru" if address.startswith("/ru") else ""
        assert f'action="{prefix}/search"' in page and f'href="{prefix}/actors"' in page
        assert ('lang="ru"' in page.partition("<head>")[0]) == bool(prefix)


def test_programs_that_ask_for_json_get_json_and_browsers_a_page(client):
    for accept, kind in (
        ("application/json", "application/json"),
        ("application/ld+json, */*;q=0.1", "application/json"),
        ("text/html,application/json", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
    ):
        answer = client.get("/nowhere", headers={"Accept": accept})
        assert (answer.status_code, answer["Content-Type"], "Accept" in answer["Vary"]) == (404, kind, True)
