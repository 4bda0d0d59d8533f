"""The day on which an article was published, as its page says it in its own time zone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from .article_reading import Proposal
from .metadata_words import (
    CHANGED_LABEL,
    DATE_FIELDS,
    PUBLISHED_FIELDS,
    PUBLISHED_LABEL,
)
from .page_fields import PageFields
from .patterns import DATE, iso_day

EARLIEST_YEAR = 1600


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
    if moment.instant is None and (own_day := _day_shown_for_utc(moment.day, page)):
        return own_day
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


def _day_shown_for_utc(day: date, page: PageFields) -> date | None:
    """The page's own day of the first time that it shows with its zone, where a field wrote the day of that in UTC."""
    for attribute, _ in page.seen.times[:1]:
        shown = read_moment(attribute)
        if shown and shown.instant and not shown.is_utc and shown.day != day == shown.instant.astimezone(UTC).date():
            return shown.day
    return None


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
