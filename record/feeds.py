"""Feeds: what changed on a page, as Atom (RFC 4287). Pure functions but for the template.

A feed tells additions, corrections and withdrawals with their public reasons and what differs. An entry's `id` is the
name of one version of one document, the same in every feed and every language.
"""

import re

from django.template.loader import render_to_string

from .linked.site import Site

# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), in text that JSON can.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NEVER = "1970-01-01T00:00:00Z"


def atom(*, title: str, subtitle: str, address: str, page: str, root: str, changes: list[dict], site: Site) -> bytes:
    """A feed as bytes. `changes` are parts of record/changelog.py, newest first.

    `address` is the feed's own path, `page` that of what it tells of, `root` scheme and host.
    """
    content = {
        "title": title,
        "subtitle": subtitle,
        "id": f"{site.address}{address}",
        "own": f"{root}{address}",
        "page": f"{root}{page}",
        "updated": changes[0]["published_at"] if changes else NEVER,
        "entries": [entry(change, root, site) for change in changes],
    }
    return in_xml(render_to_string("record/feed.xml", content, using="jinja2"))


def entry(change: dict, root: str, site: Site) -> dict:
    """One change as an entry: leads to the page, or for what was withdrawn to the page that says why."""
    called = change["name"] or (change["into"] or {}).get("name", "")
    title = f"{change['happened']}: {called}" if called else str(change["happened"])
    return {
        **change,
        "atom_id": f"{site.identity(change['id'])}#version-{change['version']}",
        "title": " — ".join(filter(None, [title, change["held"]])),
        "page": f"{root}{change['address'] or (change['into'] or {}).get('address') or '/'}",
        "version_page": f"{root}{change['version_address']}" if change["version_address"] else "",
    }


def in_xml(text: str) -> bytes:
    """The text in UTF-8, without the signs that no XML document may hold."""
    return _NOT_IN_XML.sub("\ufffd", text).encode()
