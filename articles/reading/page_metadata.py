"""Headline, byline, day of publication and language of an article by what the markup of its page says. Pure functions.

Pages carry fields that were filled in for search engines, by default, or for the story beside. So a value is sure only
from a field that means it, of the article that the page is about, and where no other such field says otherwise:

- a headline is one that the page prints and a field repeats, or that a field alone gives where nothing is printed;
- a byline is sure from the head or from JSON-LD alone; what merely looks like one on the page is only proposed;
- a day of publication is the day in its own field as that field writes it, in the page's own time zone. Where the field
  is in UTC and the page prints another day for the same instant, or has it in its own zone too, that day counts.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from ..language_tags import canonical_language
from ..page_markup import ArticleNode, Observations
from .article_reading import Proposal
from .field_proposals import FREQUENT_WORDS, iso_day, language_of
from .metadata_words import (
    AUTHOR_FIELDS,
    BETWEEN_NAMES,
    BETWEEN_PARTS,
    BYLINE_LABEL,
    CHANGED_LABEL,
    DATE_FIELDS,
    GENERIC_TITLES,
    LABELLED_AUTHOR,
    NO_BYLINES,
    NOT_IN_BYLINES,
    PUBLISHED_FIELDS,
    PUBLISHED_LABEL,
    ROLE,
    SITE_FIELDS,
    SURNAME_FIRST_FIELDS,
    TITLE_FIELDS,
    WITH_AGENCY,
)
from .patterns import AGENCIES, DATE, SECTION_NAMES

MIN_CONTAINED_LENGTH = 12  # letters of a printed heading that a longer title holds: fewer may be a section's name
EARLIEST_YEAR = 1600
TITLE_ALONE = "title of the page"
BYLINE_PRINTED = "line of the page that names its author"
BYLINE_GUESSED = "author as it looks on the page"
_PRINTED_BYLINES = frozenset({BYLINE_PRINTED, "author in the page's microdata"})

_SEPARATORS = " \t|-–—·•:：_｜«»/,、~"
_TITLE_PARTS = re.compile(r"\s+[|·•«»–—-]+\s+|\s*[|｜_]\s*|\s*[：]\s*|\s+::\s+")


class PageFields:
    """The fields of one page: those of its head, and of the articles it describes those that are the page's own."""

    def __init__(self, seen: Observations, site_name: str = "") -> None:
        self.seen = seen
        self.fields: dict[str, list[str]] = {}
        for name, content in seen.fields:
            self.fields.setdefault(name, []).append(_unescape(content))
        publishers = [node.publisher for node in seen.nodes if node.publisher]
        said = [value for name in SITE_FIELDS for value in self.fields.get(name, [])]
        self.said_sites = [name for name in dict.fromkeys([*said, *publishers]) if len(fold_words(name)) > 1]
        headlines = [fold_words(_unescape(node.headline)) for node in seen.nodes]
        headlines += [fold_words(title) for title in self.all_of(TITLE_FIELDS)]
        # A library's guess may be the wrong half of the title.
        guesses = [site_name] if fold_words(site_name) not in headlines else []
        others = [name for name in [*seen.sites, *guesses] if len(fold_words(name)) > 1]
        self.site_names = list(dict.fromkeys([*self.said_sites, *others]))
        self.site_keys = {fold_words(name) for name in self.site_names}
        self.own = self._own_nodes()

    def all_of(self, names: Iterable[str]) -> list[str]:
        return [value for name in names for value in self.fields.get(name, [])]

    def titles(self) -> list[str]:
        return [*self.all_of(TITLE_FIELDS), _unescape(self.seen.title)]

    def _own_nodes(self) -> list[ArticleNode]:
        """The articles among those described that this page is: by address, else by headline, else the only one."""
        described = [node for node in self.seen.nodes if node.form != "classes"]
        own = self._own_among(described)
        posts = [node for node in self.seen.nodes if node.form == "classes"]
        return own + self._own_among(posts)

    def _own_among(self, nodes: list[ArticleNode]) -> list[ArticleNode]:
        addresses = {_address_key(value) for value in [self.seen.canonical, *self.fields.get("og:url", [])] if value}
        by_address = [node for node in nodes if addresses & {_address_key(address) for address in node.addresses}]
        others = {_address_key(address) for node in nodes for address in node.addresses} - addresses
        if by_address and others:
            return by_address
        shown = [
            fold_words(title) for title in [*self.titles(), *(text for level, text in self.seen.headings if level == 1)]
        ]
        by_headline = [
            node
            for node in nodes
            if (key := fold_words(_unescape(node.headline or node.name)))
            and any(_is_same_title(key, title) for title in shown)
        ]
        if by_headline:
            bare = [node for node in nodes if not node.headline and not node.name and not node.addresses]
            return by_headline + bare
        described = {fold_words(node.headline or node.name) for node in nodes}
        return nodes if len(described) <= 1 or len(nodes) == 1 else []


def _is_same_title(key: str, title: str) -> bool:
    return (
        key == title
        or (len(key) >= MIN_CONTAINED_LENGTH and key in title)
        or (len(title) >= 20 and key.startswith(title))
    )


def fold_words(text: str) -> str:
    """The letters and digits of `text` alone, for comparing: case, marks and space are the page's, not the writer's."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _unescape(text: str) -> str:
    """`text` without the references of HTML that some systems write into fields once or twice too often."""
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return " ".join(text.split())


def _address_key(address: str) -> str:
    address = re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", address.strip().lower())
    return re.split(r"[?#]", address)[0].rstrip("/")


# Headline


def headline_proposals(page: PageFields) -> list[Proposal]:
    """The headline that the page prints or its fields say, the surest first."""
    said = _said_headlines(page)
    keys = [fold_words(title) for title in said]
    headings = [(level, text) for level, text in page.seen.headings if _is_headline(text, page)]
    by_level = sorted(headings, key=lambda heading: heading[0])
    for repeats in (_is_all_of, _is_part_of):
        for level, text in by_level:
            if any(repeats(fold_words(text), title, level) for title in keys):
                return [Proposal("headline", text, 0, "heading of the page that its fields repeat")]
    printed = [text for level, text in headings if level == 1 and fold_words(text) not in _parts_of_title(page)]
    strong = [title for title in _strong_headlines(page) if title]
    if len(printed) == 1:
        proposals = [Proposal("headline", printed[0], 0, "heading of the page, repeated by no field", sure=False)]
        return proposals + [
            Proposal("headline", title, 0, "title in the page's fields", sure=False) for title in said[:1]
        ]
    if strong:
        agree = len({fold_words(title) for title in strong}) == 1
        return [Proposal("headline", strong[0], 0, "headline in the page's fields", sure=agree)]
    return [Proposal("headline", title, 0, TITLE_ALONE, sure=False) for title in said[:1]]


def _strong_headlines(page: PageFields) -> list[str]:
    """What the fields that mean a headline say: of the article itself, and of Open Graph."""
    nodes = [_unescape(node.headline) for node in page.own if node.headline]
    values = [without_site(value, page) for value in [*nodes, *page.fields.get("og:title", [])]]
    return [value for value in values if _is_headline(value, page)]


def _said_headlines(page: PageFields) -> list[str]:
    nodes = [_unescape(node.headline or node.name) for node in page.own]
    values = [without_site(value, page) for value in [*nodes, *page.titles()]]
    return [value for value in dict.fromkeys(values) if _is_headline(value, page)]


def _is_headline(text: str, page: PageFields) -> bool:
    key = fold_words(text)
    return len(key) > 1 and key not in GENERIC_TITLES and key not in page.site_keys and len(text) <= 400


def _is_all_of(key: str, title: str, level: int) -> bool:
    """Whether a folded title is the heading `key`, or the heading cut short."""
    return key == title or (len(title) >= 20 and key.startswith(title))


def _is_part_of(key: str, title: str, level: int) -> bool:
    """Whether a folded title is the heading `key` with a kicker or the name of a site beside it.

    A headline of a few signs of Chinese says as much as one of twelve letters.
    """
    shortest = 5 if unicodedata.name(key[0], "").startswith(("CJK", "HANGUL")) else MIN_CONTAINED_LENGTH
    if len(key) < shortest or not (title.startswith(key) or title.endswith(key)):
        return False
    beside = title.removeprefix(key).removesuffix(key)
    return beside not in GENERIC_TITLES and (level == 1 or len(key) > len(beside))


def _parts_of_title(page: PageFields) -> set[str]:
    return {fold_words(part) for part in _TITLE_PARTS.split(_unescape(page.seen.title))}


def without_site(title: str, page: PageFields) -> str:
    """`title` without the name of the site, or of a section, before or after it."""
    for _ in range(3):
        before = title
        for name in page.site_names:
            for rest, cut in (
                (title[: -len(name)], title.endswith(name)),
                (title[len(name) :], title.startswith(name)),
            ):
                stripped = rest.strip(_SEPARATORS)
                if cut and stripped and stripped != rest.strip():
                    title = stripped
        parts = _TITLE_PARTS.split(title)
        if len(parts) > 1 and "-".join(parts[-1].lower().split()) in SECTION_NAMES:
            title = title[: title.rindex(parts[-1])].rstrip(_SEPARATORS)
        if title == before:
            break
    return re.sub(r"\s*(?:…|\.\.\.)$", "", title)


# Byline


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
    value = _unescape(value)
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
    value = " ".join(value.split()).strip(" ,;|.")
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


# Day of publication


def published_proposals(page: PageFields, lines: Sequence[str], guess: str, today: date) -> list[Proposal]:
    """The day of publication: from the fields that mean it, then from what only may. `guess` is a library's (ISO)."""
    strong = [(value, "date of publication in the page's fields") for value in page.all_of(sorted(PUBLISHED_FIELDS))]
    strong += [
        (node.published, f"date of publication in the page's {node.form}") for node in page.own if node.published
    ]
    weak = [(value, "date in the page's fields") for value in page.all_of(sorted(DATE_FIELDS))]
    weak += [(node.created, f"date of creation in the page's {node.form}") for node in page.own if node.created]
    moments = [(moment, rule) for value, rule in strong if (moment := read_moment(value))]
    proposals: list[Proposal] = []
    if moments:
        proposals = _reconcile(page, moments, today)
    for value, rule in weak:
        if (moment := read_moment(value)) and moment.day <= today + timedelta(days=1):
            proposals.append(Proposal("published", moment.day.isoformat(), 0, rule, sure=False))
    for line in lines:
        if day := _labelled_day(line):
            proposals.append(
                Proposal("published", day, 0, "line of the page that says when it was published", sure=False)
            )
    sure_first = sorted(proposals, key=lambda proposal: not proposal.sure)
    changed = {moment.day.isoformat() for node in page.own if (moment := read_moment(node.modified))}
    known = {proposal.value for proposal in sure_first}
    # A library that finds nothing but a year says the first of January.
    if guess.endswith("-01-01"):
        guess = ""
    guess = guess or _first_day_shown(lines)
    if guess and guess not in known:
        late = guess in changed or guess in {
            day for value in page.all_of(("article:modified_time",)) if (day := value[:10])
        }
        library = Proposal("published", guess, 0, "date as it looks on the page", sure=False)
        if not late:
            sure_first.append(library)
    return list({(proposal.value, proposal.sure): proposal for proposal in reversed(sure_first)}.values())[::-1]


@dataclass(frozen=True)
class Moment:
    """A day as it is written, with the instant where the time and its zone are written too."""

    day: date
    instant: datetime | None = None
    is_utc: bool = False


def _reconcile(page: PageFields, moments: list[tuple[Moment, str]], today: date) -> list[Proposal]:
    """One day where the fields agree; else each, unsure, the earliest first."""
    modified = [*page.all_of(("article:modified_time", "og:updated_time")), *(node.modified for node in page.own)]
    changes = [moment for value in modified if (moment := read_moment(value))]
    last_change = max((moment.day for moment in changes), default=None)
    days: dict[date, str] = {}
    for moment, rule in moments:
        days.setdefault(_day_on_page(moment, page, [other for other, _ in moments]), rule)
    possible = {
        day: rule for day, rule in days.items() if day <= today + timedelta(days=1) and day.year >= EARLIEST_YEAR
    }
    late = {day for day in possible if last_change and day > last_change + timedelta(days=1)}
    sure = len(days) == 1 and not late
    ordered = sorted(possible, key=lambda day: (day in late, day))
    found = [Proposal("published", day.isoformat(), 0, possible[day], sure) for day in ordered if day not in late]
    if late and last_change:
        found.append(
            Proposal("published", last_change.isoformat(), 0, "date of a change, before that of publication", False)
        )
    found += [Proposal("published", day.isoformat(), 0, possible[day], sure=False) for day in ordered if day in late]
    return found


def _day_on_page(moment: Moment, page: PageFields, others: list[Moment]) -> date:
    """The day of a moment in the page's own zone: another field's, or the one printed for the very instant."""
    if not moment.is_utc or moment.instant is None:
        local = [m for m in others if m.instant and not m.is_utc]
        return moment.day if moment.instant or not local or moment.day != local[0].day else local[0].day
    for other in others:
        if other.instant and not other.is_utc and abs(other.instant - moment.instant) < timedelta(minutes=1):
            return other.day
    for attribute, shown in page.seen.times:
        instant = read_moment(attribute)
        printed = read_moment(shown)
        if not instant or not printed or not instant.instant:
            continue
        is_same = abs(instant.instant - moment.instant) < timedelta(minutes=1)
        if is_same and abs(printed.day - moment.day) <= timedelta(days=1):
            return printed.day
    return moment.day


_ISO_MOMENT = re.compile(
    r"(?P<y>\d{4})(?P<mark>[-/.]?)(?P<m>\d{2})(?P=mark)(?P<d>\d{2})"
    r"(?:(?:T|\s|$)\s*(?:(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)",
    re.IGNORECASE,
)
_EAST_ASIAN_DAY = re.compile(r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]")
_DOTTED_DAY = re.compile(r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b")  # ISO aside, dots are day first
_SLASHED_DAY = re.compile(r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})\b")
_YEAR_FIRST_DAY = re.compile(r"\b(?P<y>(?:19|20)\d{2})[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})\b")


def read_moment(value: str) -> Moment | None:
    """The day that a field or a line writes, as it is written; None where it could be another, or is none."""
    value = value.strip()[:120]
    if match := _ISO_MOMENT.match(value):
        return _iso_moment(match)
    if re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}", value):  # RFC 5322
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        return Moment(moment.date(), moment if moment.tzinfo else None, moment.utcoffset() == timedelta(0))
    if (match := DATE.search(value)) and (day := iso_day(match)):
        return Moment(date.fromisoformat(day))
    for pattern in (_EAST_ASIAN_DAY, _YEAR_FIRST_DAY, _DOTTED_DAY):
        if match := pattern.search(value):
            return _moment(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _SLASHED_DAY.search(value):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 or first == second:
            return _moment(int(match["y"]), second, first)
        return _moment(int(match["y"]), first, second) if second > 12 else None
    return None


def _iso_moment(match: re.Match) -> Moment | None:
    found = _moment(int(match["y"]), int(match["m"]), int(match["d"]))
    if not found or not match["hour"] or not match["zone"]:
        return found
    zone = match["zone"].upper()
    if zone[0] not in "+-":
        offset = timedelta()
    else:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    try:
        local = datetime(
            found.day.year, found.day.month, found.day.day, int(match["hour"]), int(match["minute"]), tzinfo=UTC
        ) + timedelta(seconds=int(match["second"] or 0))
        return Moment(found.day, local - offset, offset == timedelta())
    except (ValueError, OverflowError):
        return found


def _moment(year: int, month: int, day: int) -> Moment | None:
    try:
        return Moment(date(year, month, day))
    except ValueError:
        return None


def _first_day_shown(lines: Sequence[str]) -> str:
    """The day that the first short line with a day shows."""
    moments = (read_moment(line) for line in lines if len(line) <= 100 and not CHANGED_LABEL.search(line))
    return next((moment.day.isoformat() for moment in moments if moment), "")


def _labelled_day(line: str) -> str:
    """The day after a label of publication, where no label of a change stands between."""
    label = PUBLISHED_LABEL.search(line[:300])
    if not label:
        return ""
    rest = line[label.end() : label.end() + 60]
    if changed := CHANGED_LABEL.search(rest):
        rest = rest[: changed.start()]
    moment = read_moment(rest.lstrip(" :：-–—,").strip())
    return moment.day.isoformat() if moment else ""


# Language


def declared_language(page: PageFields) -> str:
    """The language that the page declares for itself as a canonical tag, or nothing where its fields disagree."""
    declared = [page.seen.language, *(node.language for node in page.own)]
    declared += page.all_of(("content-language", "og:locale", "dc.language", "dcterms.language", "language"))
    tags = [tag for value in declared if (tag := canonical_language(value.split(",")[0].split(".")[0].strip()))]
    return tags[0] if tags and len({tag.split("-")[0] for tag in tags}) == 1 else ""


def language_proposals(page: PageFields, text: str) -> list[Proposal]:
    """The language that the page declares, where its text alone does not tell one.

    A template in English around a text in another language says "en": a declared language that would have been found by
    its words is not believed.
    """
    declared = declared_language(page)
    if not declared or language_of(text):
        return []
    known = {tag.split("-")[0] for tag in FREQUENT_WORDS} | {"ja", "ko", "zh"}
    sure = declared.split("-")[0] not in known
    return [Proposal("language", declared, 0, "language that the page declares", sure)]
