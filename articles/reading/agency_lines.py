"""How texts credit an agency besides datelines: “(Reuters) —” alone, bylines, a line at the end. Pure functions."""

import re

from .article_reading import Line, Proposal
from .patterns import AGENCIES, NAMES, PLACE

_AGENCY = r"(?P<agency>" + "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True)) + r")"
_DASH = r"(?:--|[—–-])"
_DAY = r"[A-Z][a-z]{2,8}\.? [0-9]{1,2}|[0-9]{1,2} [A-Z][a-z]{2,8}\.?"
# Articles open with “(Reuters) — ”, “AP — ”, “LONDON — (AP) ”, “May 3 (Reuters) - ”, “МОСКВА, 3 мая. /ТАСС/. ”.
OPENINGS = (
    re.compile(rf"(?:(?:{_DAY}) )?\({_AGENCY}\) ?{_DASH} ?(?=\S)"),
    re.compile(rf"{_AGENCY} ?(?:—|–|--| -) ?(?=\S)"),
    re.compile(rf"(?P<place>{PLACE}(?:, {PLACE})?) ?{_DASH} ?\({_AGENCY}\) (?=\S)"),
    re.compile(
        rf"(?P<place>{PLACE}), \d{{1,2}} \w+\.? ?"
        rf"(?:/{_AGENCY}/\.?|{_DASH} ?{_AGENCY.replace('agency', 'agency2')}\.) ?(?=\S)"
    ),
)
_STAFF = r"(?:,? (?:staff|team|desk|writers?|correspondents?|reporters?|staff reporters?|staff writers?))*"
BYLINES = (
    re.compile(
        rf"(?:[Bb][Yy]:? )?(?P<people>{NAMES}?)(?:,? (?:of|for|with) |, | ?[|/] ?|  ?[–—-]  ?)(?:[Tt]he )?{_AGENCY}"
    ),
    re.compile(rf"[Bb][Yy]:? (?:[Tt]he )?{_AGENCY}{_STAFF}", re.IGNORECASE),
    re.compile(rf"(?P<people>{NAMES}?) (?:[Tt]he )?{_AGENCY}"),
    re.compile(rf"(?:[Tt]he )?{_AGENCY}{_STAFF}"),
)
CLOSINGS = (
    re.compile(
        rf"\(?(?:{_DASH} ?|[Ww]ith (?:agencies,? )?|[Ss]ource: ?|[Vv]ia )?(?:[Tt]he )?{_AGENCY}"
        r"(?:[,/ ]+\w{2,12})?\)?\.?"
    ),
    re.compile(rf".*[.!?…”\"»] ?[(\[/—–-]{{1,2}} ?{_AGENCY} ?[)\]/]?\.?"),
)


def agency_proposals(body: list[Line]) -> list[Proposal]:
    """The agency that the first lines or the last one credit, and who of it wrote. `body` is without the headline."""
    found: list[Proposal] = []
    for line in body[:6]:
        if byline := _byline(line):
            found += byline
        opening = next(filter(None, (pattern.match(line.start[:200]) for pattern in OPENINGS)), None)
        if opening and line.words > 6:
            agency = opening["agency"] or opening.groupdict().get("agency2") or ""
            found.append(Proposal("credited_agency", agency, line.number, "agency that the text opens with"))
            place = opening.groupdict().get("place")
            if place and (place.split(",")[0].isupper()):
                found.append(Proposal("dateline", opening[0].strip(" —–-"), line.number, "place before the text"))
        if line.is_paragraph:
            break
    for line in body[-2:]:
        closing = next(filter(None, (pattern.fullmatch(line.text[-300:]) for pattern in CLOSINGS)), None)
        if closing and (line.words <= 6 or line is body[-1]):
            found.append(Proposal("credited_agency", closing["agency"], line.number, "agency at the end of the text"))
    return found


def _byline(line: Line) -> list[Proposal]:
    if line.is_paragraph or line.words > 14:
        return []
    for pattern in BYLINES:
        match = pattern.fullmatch(line.start)
        if match is None:
            continue
        people = (match.groupdict().get("people") or "").strip()
        is_byline = line.start[:3].lower() == "by "
        if people and not is_byline and (len(people.split()) < 2 or (pattern is BYLINES[0] and "," in line.start)):
            continue  # “Beijing, AFP” is a place
        found = [Proposal("credited_agency", match["agency"], line.number, "agency in the byline")]
        if people:
            found.insert(0, Proposal("byline", people, line.number, "byline of an agency", sure=is_byline))
        return found
    return []
