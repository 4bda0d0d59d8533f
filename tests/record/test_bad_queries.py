"""Whatever an address asks for, the answer is a page or a refusal in words, never a fault."""

import pytest
from django.test import Client

from tests.public_pages import all_pages, twin_of
from tests.record_cast import append_cast

pytestmark = pytest.mark.django_db

WRONG_VALUES = (
    "%00",
    "%ff%fe",
    "%ed%a0%80",  # half a surrogate
    "%1b[31m",
    "a" * 5000,
    "1" * 400,
    "-1",
    "0",
    "abc",
    "%D9%A3",  # a digit
    "%3Cscript%3E",
    "%27%22",
    "",
    "%5B%5D",
)
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


UNKNOWN = "knows no parameter of that name"


@pytest.fixture(autouse=True)
def record(db):
    append_cast()


def test_no_query_breaks_a_page():
    """Every value of every parameter that a page of one kind knows; one value of every other."""
    client = Client()
    by_kind = {address.split("/")[1] + address.count("/") * "/": address for address in all_pages()}
    known = set()
    for address in [*by_kind.values(), "/export.json", "/export.ndjson", "/schema.json"]:
        for parameter in PARAMETERS:
            is_known = UNKNOWN not in b"".join(client.get(f"{address}?{parameter}=0")).decode()
            known |= {parameter} if is_known else set()
            for wrong in WRONG_VALUES if is_known else WRONG_VALUES[:1]:
                asked = f"{address}?{parameter}={wrong}"
                response = client.get(asked)
                body = b"".join(response)
                assert response.status_code in (200, 400, 404, 414), asked
                assert len(body) > 50, asked
    assert set(PARAMETERS) - {"x"} <= known


def test_what_no_text_holds_is_refused_by_the_name_of_its_parameter():
    for value, sentence in (
        ("%00", "a control character"),
        ("a%00b", "a control character"),
        ("%1b[31m", "a control character"),
        ("%C2%85", "a control character"),
        ("%ff", "not UTF-8"),
        ("%ed%a0%80", "not UTF-8"),
        ("a" * 301, "longer than 300 characters"),
    ):
        for address, parameter in (
            ("/search.json", "q"),
            ("/questions/how-many-moved.json", "actor"),
            ("/export.json", "since"),
        ):
            response = Client().get(f"{address}?{parameter}={value}")
            assert response.status_code == 400, (address, value)
            assert sentence in response.json()["errors"][parameter], (address, value)


def test_no_name_of_a_parameter_breaks_a_page():
    client = Client()
    many = "&".join(f"a{n}=1" for n in range(2000))
    for query in ("%00=1", "%ff=1", "=", "&&&", "a" * 5000, many, "%", "%zz=%zz", "?", "a[]=1"):
        for address in ("/", "/home.json", "/questions/how-many-moved", "/search", "/data"):
            assert client.get(f"{address}?{query}").status_code in (200, 400, 414), (address, query)


def test_an_address_that_was_never_given_is_not_found_in_words():
    for address in (
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
    ):
        response = Client().get(address)
        assert response.status_code == 404, address
        assert b"Nothing has been published under this address." in response.content, address


def test_a_page_past_the_end_is_refused_in_words():
    client = Client()
    for page, status, sentence in (
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
    ):
        for address in ("/claims/twelve-thousand-moved", "/actors/sergei-toqaev"):
            for each in (address, twin_of(address)):
                response = client.get(f"{each}?page={page}")
                assert response.status_code == status, (each, page)
                assert sentence in response.content.decode(), (each, page)


def test_the_first_page_may_be_asked_for_by_its_number():
    assert Client().get("/claims/twelve-thousand-moved?page=1").status_code == 200


def test_a_page_without_parameters_says_so_and_leads_back():
    response = Client().get("/method?source=x")
    assert response.status_code == 400
    assert f"This page {UNKNOWN}. It takes none." in response.content.decode()
    assert '<a href="/method">This page without the query</a>' in response.content.decode()


def test_a_host_that_is_not_ours_is_refused():
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
