"""What stands after a number: its unit and what it counts."""

import re

from .amount_grammar import Nouns

CURRENCIES = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "", "₸": "KZT", "₽": "RUB", "A$": "AUD", "C$": "CAD",
}  # fmt: skip
PERCENT, PEOPLE = "%", "people"  # units as the desk writes them
MOST_WORDS = 8
_AFTER = re.compile(r"[ \u00a0]+(?P<word>[^\W\d_][\w’'-]*|[0-9]+)|(?P<stop>\S)")


def counted_after(text: str, end: int, nouns: Nouns) -> tuple[int, str, str]:
    """The noun phrase from `end` on: (its end, the words, its head noun in small letters); empty if there is none."""
    at, head = end, ""
    words: list[str] = []
    for _ in range(MOST_WORDS):
        match = _AFTER.match(text, at)
        if not match or not match["word"] or match["word"].isdigit():
            break
        word = match["word"]
        lower = nouns.without_possessive(word.lower().replace("’", "'"))
        leads = not words and lower in nouns.leads
        links = lower in nouns.links and (not words or head)
        if not leads and not links and (lower in nouns.ends or (nouns.is_adverb(lower) and words)):
            break
        words.append(word)
        at = match.end()
        if not leads and not links and not head and nouns.is_plural(lower):
            head = lower
            if not nouns.link.match(text, at):
                break
    while words and words[-1].lower() in nouns.loose_ends:
        at -= len(words.pop()) + 1
    if words and words[0].lower() in nouns.links and len(words) > 1:
        words.pop(0)
    return (at, " ".join(words), head) if words else (end, "", "")


def unit_for(head: str, nouns: Nouns) -> str:
    """people for those who are counted, the noun itself for things, empty where no noun was found."""
    return PEOPLE if nouns.is_person(head) else head
