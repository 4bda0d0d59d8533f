"""Who wrote an article: from the fields of its page, or as it looks on the page."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .article_reading import Proposal
from .metadata_words import (
    AUTHOR_FIELDS,
    BETWEEN_NAMES,
    BETWEEN_PARTS,
    BYLINE_LABEL,
    DAY_AFTER_NAMES,
    LABELLED_AUTHOR,
    NO_BYLINES,
    NOT_IN_BYLINES,
    ROLE,
    ROLE_BESIDE_NAME,
    STARTS_NO_NAME,
    SURNAME_FIRST_FIELDS,
    WITH_AGENCY,
)
from .page_fields import PageFields, fold_words, unescape
from .patterns import AGENCIES

BYLINE_PRINTED = "line of the page that names its author"
BYLINE_GUESSED = "author as it looks on the page"
_PRINTED_BYLINES = frozenset({BYLINE_PRINTED, "author in the page's microdata"})


@dataclass(frozen=True)
class Names:
    """The people and the bodies that one field names as authors."""

    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(map(fold_words, self.people))


def byline_proposals(page: PageFields, lines: Sequence[str], guess: str = "") -> list[Proposal]:
    """Who wrote the article: from JSON-LD, from the head, or as it looks on the page; and an agency among them.

    `lines` are the lines of the page around the text, `guess` is what a library takes for the author.
    """
    said = [(names, rule) for names, rule in _said_names(page) if names.people or names.bodies]
    people = [(names, rule) for names, rule in said if names.people]
    shown = list(_shown_names(page, lines, guess))
    proposals = []
    if people:
        first, rule = people[0]
        sure = all(names.keys <= first.keys or first.keys <= names.keys for names, _ in people)
        # What the page prints as its byline in another place speaks against a field that names somebody else.
        printed = [names.keys for names, rule in shown if names.people and rule in _PRINTED_BYLINES]
        sure = sure and (not printed or any(keys & first.keys for keys in printed))
        largest = max(people, key=lambda said: len(said[0].keys)) if sure else people[0]
        for names, rule in [largest] if sure else people:
            proposals.append(Proposal("byline", ", ".join(names.people)[:300], 0, rule, sure and _is_full(names)))
    for names, rule in shown:
        if rule == BYLINE_GUESSED and proposals:
            continue
        if names.people and all(", ".join(names.people) != proposal.value for proposal in proposals):
            proposals.append(Proposal("byline", ", ".join(names.people)[:300], 0, rule, sure=False))
    bodies = [body for names, _ in said for body in names.bodies]
    if bodies:
        proposals.append(Proposal("byline", bodies[0][:300], 0, "name of the site or of a body as author", sure=False))
    return proposals + _agencies(page, [*bodies, *(person for names, _ in people for person in names.people)])


def _is_full(names: Names) -> bool:
    """Whether each is more than one word ("Staff", "Editor", a user's name), a script without spaces apart."""
    return all(_is_whole_name(name) or name in AGENCIES for name in names.people)


def _said_names(page: PageFields) -> Iterable[tuple[Names, str]]:
    for node in page.own:
        if node.form == "JSON-LD" and node.authors:
            yield (
                _join(_read_author(name, page, is_body) for name, is_body in node.authors),
                "author in the page's JSON-LD",
            )
    for field in AUTHOR_FIELDS:
        values = page.fields.get(field, [])
        if values:
            flip = field in SURNAME_FIRST_FIELDS
            yield (
                _join(_read_author(_given_name_first(v) if flip else v, page) for v in values),
                f"field “{field}” of the page",
            )
    for number in "12":
        if re.match(r"(?:written by|author)", "".join(page.fields.get(f"twitter:label{number}", [])), re.IGNORECASE):
            values = page.fields.get(f"twitter:data{number}", [])
            yield _join(_read_author(value, page) for value in values), "“written by” in the page's fields"


def _shown_names(page: PageFields, lines: Sequence[str], guess: str) -> Iterable[tuple[Names, str]]:
    for node in page.own:
        if node.form != "JSON-LD" and node.authors:
            yield _join(_read_author(name, page) for name, _ in node.authors), f"author in the page's {node.form}"
    for text in page.seen.bylines[:5]:
        yield _read_author(text, page), "author as the page shows it"
    for line in lines:
        if len(line) <= 120 and (match := LABELLED_AUTHOR.search(line)):
            yield _read_author(match["names"].strip(), page), "name after “author” on the page"
    for line in lines:
        if len(line) <= 120 and (label := BYLINE_LABEL.match(line)) and line[label.end() :].strip():
            names = _read_author(re.split(r"[|·•]", line)[0], page)
            if names.people and all(" " in name and name[0].isupper() for name in names.people):
                yield names, BYLINE_PRINTED
    yield _join(_read_author(name, page) for name in guess.split(";")), BYLINE_GUESSED


def _join(parts: Iterable[Names]) -> Names:
    every = list(parts)
    people = dict.fromkeys(person for names in every for person in names.people)
    return Names(tuple(people), tuple(dict.fromkeys(body for names in every for body in names.bodies)))


def _given_name_first(name: str) -> str:
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(part and part.count(" ") < 3 for part in parts) else name


def _read_author(value: str, page: PageFields, is_body: bool = False) -> Names:
    """The names in one value of a field that names authors; none where it names nobody."""
    value = unescape(value)
    value = re.sub(r"[<(\[]?\s*[\w.+-]{1,64}@[\w.-]{3,100}\s*[>)\]]?", " ", value[:500]).strip(" ,;|")
    if label := BYLINE_LABEL.match(value):
        value = value[label.end() :].strip(" :：")
    if is_body or _is_of_site(value, page):
        return Names(bodies=(value,) if _is_name(value) else ())
    for name in page.site_names:  # "… for the Daily Buoy", "… | Daily Buoy"
        value = re.sub(
            rf"(?:\s+(?:for|of|at)\s+(?:the\s+)?|\s*[|,–—-]\s*){re.escape(name)}$", "", value, flags=re.IGNORECASE
        )
    value = re.sub(r"(?<=\w \w)(\w{1,60})\s+(?i:for|at)\s+(?:the\s+)?[A-Z][\w ]{2,60}$", r"\1", value)
    value = DAY_AFTER_NAMES.sub("", " ".join(value.split()).strip(" ,;|."))
    value = ROLE_BESIDE_NAME.sub("", value)
    parts = [part.strip(" .") for part in BETWEEN_PARTS.split(value) if part.strip(" .")]
    if parts and fold_words(parts[0]) in page.site_keys:
        return Names(bodies=(value,) if _is_name(value) else ())
    parts = [name for part in parts for name in _split_names(part)]
    if len(parts) > 1:
        # After a comma may stand a role, a place or an agency: they are left out.
        whole = [part for part in parts if _is_whole_name(part) and not ROLE.search(part)]
        parts = whole or parts[:1]
    return Names(tuple(name for name in parts if _is_name(name)))


def _split_names(part: str) -> list[str]:
    """The names between "and" in one part of a byline; "Marks & Sons" and "Ortega y Gasset" are one."""
    names = [name.strip() for name in BETWEEN_NAMES.split(part) if name.strip() and not name.strip().islower()]
    return names if all(map(_is_whole_name, names)) else [part]


def _is_of_site(name: str, page: PageFields) -> bool:
    """Whether the site itself is named: alone, or with what it calls its staff or its company."""
    key = fold_words(name)
    return any(
        key == site or (len(site) >= 4 and (key.startswith(site) or key.endswith(site))) for site in page.site_keys
    )


def _is_whole_name(name: str) -> bool:
    """Whether this is more than one word, or in a script without capitals, which need no space between names."""
    return " " in name or unicodedata.category(name[:1] or " ") == "Lo"


def _is_name(name: str) -> bool:
    """Whether a byline can be `name`: no address, handle, date, button or word of a template."""
    key = fold_words(name)
    return (
        2 <= len(key) <= 100
        and key not in NO_BYLINES
        and not STARTS_NO_NAME.match(name)
        and not NOT_IN_BYLINES.search(name)
        and not re.search(r"[@/\\{}<>=_]|https?:|www\.|\d{2}", name)
        and name.count(" ") < 9
        and not (name.isascii() and " " not in name and name.islower())
    )


def _agencies(page: PageFields, names: list[str]) -> list[Proposal]:
    """An agency that the byline names, alone or beside others, where the site is not the agency's own."""
    for name in names:
        words = re.split(rf"\s{WITH_AGENCY}\s", name)
        for word in [name, *words[1:]]:
            if word in AGENCIES and fold_words(word) not in page.site_keys:
                return [Proposal("credited_agency", word, 0, "agency in the page's byline")]
    return []
