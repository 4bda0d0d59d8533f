"""Whatever an address asks for, the answer is a page or a refusal in words, never a fault."""

import pytest
from django.test import Client

from tests.public_pages import all_pages, twin_of
from tests.record_cast import append_cast

pytestmark = pytest.mark.django_db

WRONG_VALUES = {
    "a NUL": "%00",
    "a NUL among letters": "a%00b",
    "broken UTF-8": "%ff%fe",
    "half a surrogate": "%ed%a0%80",
    "a control character": "%1b[31m",
    "a very long text": "a" * 5000,
    "a very large number": "1" * 400,
    "ten to the thirty": str(10**30),
    "a negative number": "-1",
    "zero": "0",
    "no number": "abc",
    "a number in other digits": "%D9%A3",
    "a fraction": "1.5",
    "markup": "%3Cscript%3E",
    "a quotation mark": "%27%22",
    "nothing": "",
    "spaces": "%20%20",
    "percent": "%25",
    "brackets": "%5B%5D",
}
PARAMETERS = (
    "page",
    "q",
    "after",
    "before",
    "article",
    "kind",
    "actor",
    "stance",
    "outlet",
    "language",
    "since",
    "until",
    "order",
    "as_of",
    "x",
)


@pytest.fixture
def pages(db):
    append_cast()
    return all_pages()


@pytest.mark.parametrize("wrong", list(WRONG_VALUES.values()), ids=list(WRONG_VALUES))
def test_no_query_breaks_a_page(pages, wrong):
    client = Client()
    by_kind = {address.split("/")[1] + address.count("/") * "/": address for address in pages}
    for address in [*by_kind.values(), "/export.json", "/export.ndjson", "/schema.json"]:
        for parameter in PARAMETERS:
            asked = f"{address}?{parameter}={wrong}"
            response = client.get(asked)
            body = b"".join(response)
            assert response.status_code in (200, 400, 404, 414), asked
            assert len(body) > 50, asked


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("%00", "a control character"),
        ("a%00b", "a control character"),
        ("%1b[31m", "a control character"),
        ("%C2%85", "a control character"),
        ("%ff", "not UTF-8"),
        ("%ed%a0%80", "not UTF-8"),
        ("a" * 301, "longer than 300 characters"),
    ],
)
def test_what_no_text_holds_is_refused_by_the_name_of_its_parameter(pages, value, sentence):
    for address, parameter in (("/search", "q"), ("/questions/how-many-moved", "actor"), ("/export.json", "since")):
        response = Client().get(f"{twin_of(address) if '.' not in address else address}?{parameter}={value}")
        assert response.status_code == 400, address
        assert sentence in response.json()["errors"][parameter]


@pytest.mark.parametrize(
    "query",
    ["%00=1", "%ff=1", "=", "&&&", "a" * 5000, "&".join(f"a{n}=1" for n in range(2000)), "%", "%zz=%zz", "?", "a[]=1"],
)
def test_no_name_of_a_parameter_breaks_a_page(pages, query):
    client = Client()
    for address in ("/", "/home.json", "/questions/how-many-moved", "/search", "/data"):
        assert client.get(f"{address}?{query}").status_code in (200, 400, 414), address


@pytest.mark.parametrize(
    "address",
    [
        "/questions/%00",
        "/questions/%ff",
        "/questions/" + "a" * 121,
        "/questions/" + "a" * 5000,
        "/questions/..%2f..",
        "/questions/how-many-moved.xml",
        "/questions/how-many-moved/history/x",
        "/statements/" + "9" * 100,
        "/statements/%F0%9F%98%80",
        "/claims/how-many-moved",
        "/questions/HOW-MANY-MOVED",
        "/.json",
        "/%",
        "/home",
        "/questions/how-many-moved%0A",
    ],
)
def test_an_address_that_was_never_given_is_not_found_in_words(pages, address):
    response = Client().get(address)
    assert response.status_code == 404, address
    assert b"Nothing has been published under this address." in response.content


@pytest.mark.parametrize("address", ["/claims/twelve-thousand-moved", "/actors/sergei-toqaev"])
@pytest.mark.parametrize(
    ("page", "status", "sentence"),
    [
        ("2", 404, "There is no page 2"),
        ("400", 404, "There is no page 400"),
        ("401", 404, "Lists here end at page 400"),
        (str(10**30), 404, "Lists here end at page 400"),
        ("9" * 300, 404, "Lists here end at page 400"),
        ("0", 400, "“0” is not the number of a page"),
        ("-1", 400, "“-1” is not the number of a page"),
        ("abc", 400, "“abc” is not the number of a page"),
        ("1&page=2", 400, "more than once"),
        ("", 400, "is not the number of a page"),
    ],
)
def test_a_page_past_the_end_is_refused_in_words(pages, address, page, status, sentence):
    client = Client()
    for each in (address, twin_of(address)):
        response = client.get(f"{each}?page={page}")
        assert response.status_code == status
        assert sentence in response.content.decode()


def test_the_first_page_may_be_asked_for_by_its_number(pages):
    assert Client().get("/claims/twelve-thousand-moved?page=1").status_code == 200


def test_a_page_without_parameters_says_so_and_leads_back(pages):
    response = Client().get("/method?source=x")
    assert response.status_code == 400
    assert "This page knows no parameter of that name. It takes none." in response.content.decode()
    assert '<a href="/method">This page without the query</a>' in response.content.decode()


def test_a_host_that_is_not_ours_is_refused(pages):
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
