"""Posts as they are pasted or saved from social networks: who posted, when, and where. Pure."""

import re
from collections.abc import Sequence

from ..web_addresses import AddressIsBroken, web_address
from .article_reading import Line, Proposal
from .patterns import DATE, iso_day

LOOKED_AT = 12  # lines from the top, and as many from the end
_HANDLE = re.compile(
    r"(?:(?P<name>[^\n@()|·]{2,60}?) ?[·|(]? ?)?(?P<handle>@[\w.]{2,40}(?:@[\w.-]{3,60})?)\)?(?: ?·.{0,40})?"
)
# “10:32 AM · May 3, 2021 · 1.2M Views”, “May 3, 2021 at 10:32 AM”, “3 May 2021, 10:32”
_MOMENT = re.compile(
    r"(?:\d{1,2}[:.]\d{2}(?: ?[AaPp]\.?[Mm]\.?)? ?[·•|,–-] ?(?P<after>.{6,40})"
    r"|(?P<before>.{6,30}?),? (?:at )?\d{1,2}[:.]\d{2}.{0,40})"
)
_POST_ADDRESS = re.compile(
    r"https?://(?:(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/\w{1,20}/status/\d+|t\.me/(?:s/)?\w+/\d+"
    r"|(?:www\.|m\.)?facebook\.com/[\w./?=&%-]{5,300}|(?:www\.)?threads\.(?:net|com)/@[\w.]+/post/[\w-]+"
    r"|bsky\.app/profile/[\w.:-]+/post/\w+|(?:www\.)?instagram\.com/(?:p|reel)/[\w-]+|vk\.com/wall-?\d+_\d+"
    r"|[\w.-]+\.[a-z]{2,10}/@[\w.]+(?:@[\w.-]+)?/\d{6,30}|truthsocial\.com/@\w+/posts/\d+)",
    re.IGNORECASE,
)
_NETWORKS = {
    "x.com": "X",
    "twitter.com": "Twitter",
    "t.me": "Telegram",
    "facebook.com": "Facebook",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "bsky.app": "Bluesky",
    "instagram.com": "Instagram",
    "vk.com": "VK",
    "truthsocial.com": "Truth Social",
}


def post_proposals(lines: Sequence[Line]) -> list[Proposal]:
    """Author, day, address and network of a post, where a handle or its address stands at its top or end."""
    ends = list(lines[:LOOKED_AT]) + list(lines[LOOKED_AT:][-LOOKED_AT:])
    handle = next(filter(None, (_author(line, lines) for line in lines[:4])), None)
    address = next(((line, match) for line in ends if (match := _POST_ADDRESS.search(line.start))), None)
    if handle is None and (address is None or len(lines) > 2 * LOOKED_AT):
        return []
    found = [handle] if handle else []
    for line in ends:
        match = _MOMENT.fullmatch(line.start)
        day = DATE.search(match["after"] or match["before"]) if match else None
        if day and (value := iso_day(day)):
            found.append(Proposal("published", value, line.number, "time of the post"))
            break
    if address:
        line, match = address
        try:
            found.append(Proposal("url", web_address(match[0]), line.number, "address of the post"))
        except AddressIsBroken:
            return found
        host = re.sub(r"^(?:www|m|mobile)\.", "", match[0].split("/")[2].lower())
        if name := _NETWORKS.get(host):
            found.append(Proposal("outlet", name, line.number, "address of the post", sure=False))
    return found


def _author(line: Line, lines: Sequence[Line]) -> Proposal | None:
    match = _HANDLE.fullmatch(line.start)
    if match is None:
        return None
    name = (match["name"] or "").strip()
    above = next((other for other in lines if other.number < line.number and other.words <= 6), None)
    if not name and above is not None and not above.is_paragraph and "@" not in above.text:
        name = above.text
    value = f"{name} ({match['handle']})" if name else match["handle"]
    return Proposal("byline", value[:300], line.number, "name and handle above a post", sure=bool(name))
