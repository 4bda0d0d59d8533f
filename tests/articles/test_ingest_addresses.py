"""articles/web_addresses.py: which web addresses are kept and which are the same page."""

import pytest

from articles.web_addresses import AddressIsBroken, equivalent_addresses, web_address


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("  https://example.org/a ", "https://example.org/a"),
        ("HTTPS://WWW.Example.ORG/A?b=C", "https://www.example.org/A?b=C"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/a?q=a%20b&c", "https://example.org/a?q=a%20b&c"),
        ("https://example.org/статья", "https://example.org/статья"),
        ("https://пример.рф/a", "https://xn--e1afmkfd.xn--p1ai/a"),
    ],
)
def test_addresses_are_kept_in_one_form(given, kept):
    assert web_address(given) == kept
    assert web_address(kept) == kept


@pytest.mark.parametrize(
    "given",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org/a",
        "example.org/a",
        "/a",
        "https://",
        "https:///a",
        "https://localhost/",
        "https://host.localhost/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0x1/",
        "http://[::1]/",
        "http://[::1",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org@evil.example/",
        "https://example.org\\@evil.example/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://exa mple.org/",
        "https://example.org/a b",
        "https://example.org/\x00",
        "https://example.org/\u202egpj",
        "https://example.org/\u200b",
        "https://example.org/<script>",
        "https://-example.org/",
        "https://example..org/",
        "https://intranet/",
        "https://printer.local/",
        "https://" + "a" * 64 + ".org/",
        "https://example.org/" + "a" * 1000,
        "https://" + "ä" * 300 + ".org/",
        "https://example.org/\ud800",
    ],
)
def test_what_is_no_page_of_the_public_web_is_refused_in_a_sentence(given):
    with pytest.raises(AddressIsBroken, match=r"\.$"):
        web_address(given)


def test_the_same_page_with_and_without_www_https_and_the_last_slash():
    forms = equivalent_addresses("http://www.example.org/a/")
    assert "https://example.org/a" in forms
    assert forms == equivalent_addresses("https://example.org/a")
    assert len(forms) == 8
    assert "https://example.org/a?id=7" in equivalent_addresses("https://www.example.org/a/?id=7")
    assert "https://example.org/" in equivalent_addresses("https://example.org/")
