"""Web addresses: which ones are kept, in which form, and which are the same page. Pure functions.

An address is a label here: it is printed as a link and compared, never fetched. So only what a browser may safely
follow to a public site is kept: http and https, no user name or password in it, and a host name of the public web.
"""

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

MAX_ADDRESS_LENGTH = 1000

_HOST_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_PRIVATE_DOMAINS = ("localhost", "local", "internal", "invalid", "onion", "home.arpa", "lan")
# What senders and platforms add to an address to follow the reader; the page is the same without it.
_TRACKING_PARAMETERS = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|igshid|_ga|ocid|cmpid|ref_src|smid"
)


class AddressIsBroken(ValueError):
    """Not the address of a page on the public web, told in a sentence."""


def web_address(text: str) -> str:
    """`text` as the address that is kept: scheme and host in small letters, no fragment, no marks of senders.

    "" stays "". Raises `AddressIsBroken` for another scheme (`javascript:`), credentials, a host that is no name on the
    public web, white space and control characters, and for more than 1,000 characters.
    """
    if not (text := text.strip()):
        return ""
    shown = text if len(text) <= 80 else text[:79] + "…"
    if len(text) > MAX_ADDRESS_LENGTH:
        raise AddressIsBroken(f"The address “{shown}” is longer than {MAX_ADDRESS_LENGTH} characters.")
    if any(c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs") or c in '\\"<>^`{|}' for c in text):
        raise AddressIsBroken("The address contains a space or another character not allowed in web addresses.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressIsBroken(f"“{shown}” is not a web address.") from None
    if parts.scheme not in ("http", "https"):
        raise AddressIsBroken(f"“{shown}” is not a web address: it must begin with http:// or https://.")
    if "@" in parts.netloc:
        raise AddressIsBroken("The address contains a user name or password. Remove it.")
    host = _public_host(host, shown)
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{port}"
    query = parts.query
    if _TRACKING_PARAMETERS.search(query):
        query = urlencode(
            [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING_PARAMETERS.fullmatch(k)]
        )
    address = urlunsplit((parts.scheme, host, parts.path or "/", query, ""))
    if len(address) > MAX_ADDRESS_LENGTH:
        raise AddressIsBroken(f"The address “{shown}” is longer than {MAX_ADDRESS_LENGTH} characters.")
    return address


def equivalent_addresses(address: str) -> list[str]:
    """The addresses under which the page at `address` may be known: with and without https, www and last slash."""
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    path = parts.path.rstrip("/")
    return [
        urlunsplit((scheme, www + host, path + slash, parts.query, ""))
        for scheme in ("https", "http")
        for www in ("", "www.")
        for slash in ("", "/")
    ]


def _public_host(host: str, shown: str) -> str:
    host = host.rstrip(".").lower()
    try:
        ascii_host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        ascii_host = ""
    labels = ascii_host.split(".")
    named = len(labels) > 1 and len(ascii_host) <= 253 and all(_HOST_LABEL.fullmatch(label) for label in labels)
    # A last label of digits is an IP address in one of its spellings (127.1, 0x7f.1): no outlet is known by one.
    if (
        not named
        or not re.match(r"[a-z]", labels[-1])
        or ascii_host.endswith(tuple("." + end for end in _PRIVATE_DOMAINS))
    ):
        raise AddressIsBroken(f"“{shown}” is not on the public web.")
    return ascii_host
