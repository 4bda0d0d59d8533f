"""How to cite: a page of the record, or an article that it describes, as CSL-JSON, as BibTeX and in one line of text.

Pure functions. A page is cited at an entry of the log and under an address that shows this version for ever, so that
others find the same words. Text of any script stays as it is: BibTeX is UTF-8, as biber and every newer BibTeX read it.

    cited = cite_page(claim, site="claimtrack", address="https://…", entry=17, published=day, accessed=today)
    as_csl(cited), as_bibtex(cited), as_text(cited)
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.utils.translation import gettext as _

from ..documents import (
    AnyDocument,
    Article,
    Claim,
    DocumentLookup,
    Outlet,
    PartialDate,
    Place,
    Statement,
    kind_of,
    label_of,
)
from .claim_data import claim_title
from .document_data import resolve_document, speaker_of
from .formatting import clock, date_words, day_words

# What an article of each kind of outlet is called in CSL 1.0.2 (https://docs.citationstyles.org, appendix III).
CSL_TYPES = {
    "newspaper": "article-newspaper",
    "agency": "article-newspaper",
    "magazine": "article-magazine",
    "broadcaster": "broadcast",
    "platform": "post",
    "other": "webpage",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_POINT = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?~?", re.ASCII)

# Braces are counted even behind a backslash, so a lone one in a title would end the entry early.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\lbrace{}",
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


@dataclass(frozen=True, kw_only=True)
class Citation:
    """What is said of the thing cited, in no form yet. Texts may be empty; `issued` is a date in EDTF.

    `key` names it within one file: ASCII letters, digits and hyphens. `type` is one of CSL's. `container` is the site
    or the outlet. `entry` is the place in the log, None for an article: that one is cited as its outlet printed it.
    `note` is what a reader has to know beside, such as terms of use. `locator` is the place in the thing cited, and
    `locator_kind` what it counts in CSL's words: "page" or "timestamp".
    """

    key: str
    type: str
    title: str
    container: str
    address: str
    issued: str
    accessed: date | None
    author: str = ""
    language: str = ""
    entry: int | None = None
    archive: str = ""
    note: str = ""
    locator: str = ""
    locator_kind: str = ""


def cite_record(*, site: str, address: str, entry: int, published: date, terms: str) -> Citation:
    """The whole record of the site that is called `site`, as it stood at an entry, with its terms of use."""
    return Citation(
        key=f"record-{entry}",
        type="dataset",
        title=site,
        container="",
        address=address,
        issued=published.isoformat(),
        accessed=None,
        entry=entry,
        note=terms,
    )


def cite_page(
    document: AnyDocument,
    *,
    site: str,
    address: str,
    entry: int,
    published: date,
    accessed: date | None = None,
    named: DocumentLookup | None = None,
    held: str = "",
) -> Citation:
    """The page of `document` on the site that is called `site`, at its permanent `address`.

    `entry` is the place in the log at which it is cited and `published` the day of that entry. `named` holds the
    speaker of a statement, whose name is part of the title, `held` says who holds a claim
    (record/presenters/claim_data.py).
    """
    kind = kind_of(document)
    return Citation(
        key=f"{kind}-{document.id}-{entry}",
        type="webpage",
        title=title_of(document, named or {}, held),
        container=site,
        address=address,
        issued=published.isoformat()[:10],
        accessed=accessed,
        language=getattr(document, "language", "") if kind in ("claim", "article") else "",
        entry=entry,
    )


def cite_article(
    article: Article,
    *,
    address: str,
    named: DocumentLookup,
    accessed: date | None = None,
    place: Place | None = None,
) -> Citation:
    """The article itself, as its outlet printed it; `address` is given where the article has none of its own.

    `place` is that of the words for which it is cited.
    """
    locator, locator_kind = locator_of(place)
    outlet = resolve_document(article.outlet, named)
    kind = CSL_TYPES[outlet.kind] if isinstance(outlet, Outlet) else "webpage"
    if kind == "broadcast" and article.url and locator_kind != "timestamp":
        kind = "webpage"  # what a broadcaster wrote; words of a recording have a time
    return Citation(
        key="-".join(filter(None, ["article", article.id, re.sub("[^0-9]+", "-", locator)])),
        type=kind,
        title=article.headline or _("[Article without a headline]"),
        container=outlet.name if isinstance(outlet, Outlet) else "",
        address=article.url or address,
        issued=edtf_of(article.published),
        accessed=accessed,
        author=article.byline,
        language=article.language,
        archive=next((capture.archive_url for capture in article.captures if capture.archive_url), ""),
        locator=locator,
        locator_kind=locator_kind,
    )


def locator_of(place: Place | None) -> tuple[str, str]:
    """A place as CSL has it: "4" or "4-5" and "page", "00:12:31" and "timestamp"; both empty where there is none."""
    if place is None or (place.page is None and place.begins_at is None):
        return "", ""
    if place.page is not None:
        return f"{place.page}-{place.last_page}" if place.last_page else str(place.page), "page"
    return clock(place.begins_at or 0), "timestamp"


def title_of(document: AnyDocument, named: DocumentLookup, held: str = "") -> str:
    """The title of the document's page: a statement's begins with who speaks, a claim's says that it is one."""
    if isinstance(document, Statement):
        return f"{speaker_of(document, named)['name']}: {document.summary}"
    return claim_title(document.text, held) if isinstance(document, Claim) else label_of(document)


def edtf_of(moment: PartialDate | None) -> str:
    """The date as text; where the text is not one of ours, the first and the last day that it can mean."""
    if moment is None:
        return ""
    if len(points := moment.edtf.split("/")) <= 2 and all(map(_POINT.fullmatch, points)):
        return moment.edtf
    return f"{moment.earliest.isoformat()}/{moment.latest.isoformat()}"


# CSL-JSON.


def as_csl(citation: Citation) -> dict:
    """One item of CSL-JSON, as Zotero and citation processors read it: only the fields that say something."""
    item = {
        "id": citation.key,
        "type": citation.type,
        "title": citation.title,
        "container-title": citation.container,
        "URL": citation.address,
        "language": citation.language,
        "archive_location": citation.archive,
        "version": _entry(citation),
        "note": citation.note,
        "locator": citation.locator,
        "label": citation.locator_kind,
        "issued": csl_date(citation.issued),
        "accessed": csl_date(citation.accessed.isoformat()[:10]) if citation.accessed else None,
        # The byline as printed: which part of it is a family name is not for a machine to say.
        "author": [{"literal": citation.author}] if citation.author else None,
    }
    return {name: value for name, value in item.items() if value}


def csl_date(edtf: str) -> dict | None:
    """A date of CSL-JSON from EDTF: one point or two, as precise as it is known, `circa` where it is approximate."""
    if not edtf:
        return None
    matches = map(_POINT.fullmatch, edtf.split("/"))
    points = [[int(number) for number in match.groups() if number] for match in matches if match]
    return {"date-parts": points} | ({"circa": True} if "~" in edtf else {})


# BibTeX.


def as_bibtex(citation: Citation) -> str:
    """One entry of BibTeX in UTF-8, a newline at its end; `@article` for what a newspaper printed, else `@misc`."""
    article = citation.type in ("article-newspaper", "article-magazine")
    fields = {
        "title": _in_latex(citation.title),
        "author": _in_latex(citation.author),
        "journal" if article else "howpublished": _in_latex(citation.container),
        "date": citation.issued,
        "year": citation.issued[:4],
        # In ASCII, without what BibTeX or LaTeX stumble over in an address.
        "url": quote(citation.address, safe=":/?#[]@!$&'()*+,;=%~-._"),
        "urldate": citation.accessed.isoformat()[:10] if citation.accessed else "",
        "pages": citation.locator if citation.locator_kind == "page" else "",
        "note": _in_latex(". ".join(filter(None, [_entry(citation), citation.note, _time_note(citation)]))),
        "langid": _in_latex(citation.language),
    }
    doubled = ("title", "author", "journal", "howpublished")  # kept as they are: no case changed, no name parted
    lines = [
        f"  {name} = {{{{{value}}}}}," if name in doubled else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    if month := re.match(r"[0-9]{4}-([0-9]{2})", citation.issued):
        lines.append(f"  month = {MONTHS[int(month[1]) - 1]},")
    return "\n".join([f"@{'article' if article else 'misc'}{{{citation.key},", *lines, "}\n"])


def _time_note(citation: Citation) -> str:
    return f"at {citation.locator}" if citation.locator_kind == "timestamp" else ""


def _in_latex(text: str) -> str:
    """The text in one line, with what LaTeX and BibTeX would read as signs of theirs written out."""
    return " ".join(text.split()).translate(_LATEX)


# One line of text.


def as_text(citation: Citation) -> str:
    """One line that anybody can read: who, what, where, when, at which entry of the log, and when it was looked at.

    Only headlines stand in quotation marks: the title of a statement's page is a name and a summary, not a quotation.
    """
    parts = [
        citation.author if citation.entry is None else citation.container,
        headline_words(citation.title) if citation.entry is None else citation.title.removesuffix("."),
        citation.container if citation.entry is None else "",
        date_words(citation.issued) if citation.entry is None else "",
        _locator_words(citation),
        citation.address,
        ""
        if citation.entry is None
        else _("as of entry %(entry)s (%(day)s)") % {"entry": citation.entry, "day": day_words(citation.issued)},
        _("accessed %(day)s") % {"day": day_words(citation.accessed)} if citation.accessed else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def headline_words(title: str) -> str:
    """A headline in quotation marks; what is said where there is none is nobody's words."""
    return title if title.startswith("[") else f"“{title}”"


def _locator_words(citation: Citation) -> str:
    if citation.locator_kind == "timestamp":
        return _("at %(time)s") % {"time": citation.locator}
    first, _dash, last = citation.locator.partition("-")
    if last:
        return _("pages %(first)s–%(last)s") % {"first": first, "last": last}
    return _("page %(page)s") % {"page": first} if first else ""


def _entry(citation: Citation) -> str:
    return "" if citation.entry is None else f"entry {citation.entry}"
