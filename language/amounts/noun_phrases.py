"""What stands after a number: its unit and what it counts."""

import re
from dataclasses import dataclass

from .amount_grammar import Nouns
from .numbers import HYPHENS
from .text_tokens import Token, Tokens

PERCENT, PEOPLE = "%", "people"  # units as the desk writes them
MOST_WORDS = 8
MOST_LETTERS = 120  # of what is counted; a longer one is no phrase
MOST_LETTERS_OF_UNIT = 40
_APOSTROPHES = frozenset("'’")
_LATIN = re.compile(r"[^\W\d_\u0250-\uffff]")


@dataclass(frozen=True)
class NounPhrase:
    """A noun phrase from one token up to the one before `end`: its words, and its head noun, empty if none is found.

    It is unsure where the number may be that of another noun.
    """

    end: int
    words: str = ""
    head: str = ""
    sure: bool = True


def counted_after(tokens: Tokens, at: int, nouns: Nouns) -> NounPhrase:
    """The noun phrase that begins at `at`: up to its first plural, with what "of" adds to it; empty if it has none."""
    start, end, head, head_end = at, at, "", at
    soft, soft_end = "", at
    linked_end = -1
    count = 0
    while count < MOST_WORDS:
        token = tokens[end]
        lower = nouns.without_possessive(token.lower)
        if not token.is_word or not _LATIN.match(token.text):
            break
        behind = end + 1
        if _is_plural_possessive(tokens, end, nouns):
            # "100 countries' leaders": the number is more likely that of the countries
            return _trimmed(tokens, start, behind, lower, nouns, sure=False)
        possessive = token.lower != lower
        while tokens[behind].lower in HYPHENS and tokens.touch(behind - 1) and tokens.touch(behind):
            behind, lower = behind + 2, tokens[behind + 1].lower
        compound = behind > end + 2
        leads = count == 0 and lower in nouns.leads
        links_before = end > start and tokens[end - 1].lower in nouns.links
        links = lower in nouns.links and (count == 0 or bool(head) or bool(soft))
        if links and not _links_a_noun(tokens, end, nouns):
            break
        if (
            not leads
            and not links
            and not compound
            and (lower in nouns.ends or (nouns.is_adverb(lower) and count > 0 and not links_before))
        ):
            break
        end, count = behind, count + 1
        if links:
            end = _behind_determiners(tokens, end, nouns)
            linked_end = end + 1
        elif linked_end == end and head:
            head_end = end  # "members of parliament"
        is_plural = nouns.is_plural(lower) or nouns.is_abbreviation(token.text)
        if leads or links or possessive or (not is_plural and lower not in nouns.soft_heads):
            continue
        if (lower in nouns.soft_heads or (compound and not nouns.is_person(lower))) and not head:
            soft, soft_end = soft or lower, end
            if tokens[end].lower not in nouns.links:
                continue
        if not head or (end - 1 == head_end and not links_before):
            head = token.text if nouns.is_abbreviation(token.text) else lower  # the last of "teachers unions"
        head_end = end
        following = tokens[end]
        if following.lower not in nouns.links and not _is_plural_noun(following, nouns):
            break
    if not head and soft and (nouns.is_plural(soft) or nouns.is_person(soft)):
        head, head_end = soft, soft_end
    end = head_end if head else end
    return _trimmed(tokens, start, end, head, nouns)


def _is_loose(word: str, nouns: Nouns) -> bool:
    """Whether no phrase ends with the word: "of", "the", "bank's"."""
    return word in nouns.loose_ends or word in nouns.determiners or nouns.without_possessive(word) != word


def _is_plural_noun(token: Token, nouns: Nouns) -> bool:
    return token.is_word and token.lower not in nouns.ends and nouns.is_plural(token.lower)


def _is_plural_possessive(tokens: Tokens, at: int, nouns: Nouns) -> bool:
    following = tokens[at + 2]
    return (
        tokens[at + 1].lower in _APOSTROPHES
        and tokens.touch(at)
        and not tokens.touch(at + 1)
        and nouns.is_plural(tokens[at].lower)
        and following.is_word
        and following.lower not in nouns.ends
    )


def _links_a_noun(tokens: Tokens, at: int, nouns: Nouns) -> bool:
    """Whether a noun may follow the link at `at`, perhaps behind a word like "the"."""
    here = _behind_determiners(tokens, at + 1, nouns)
    return tokens[here].is_word and tokens[here].lower not in nouns.ends


def _behind_determiners(tokens: Tokens, at: int, nouns: Nouns) -> int:
    """The place behind two words like "all the" at the most."""
    for _ in range(2):
        at += tokens[at].lower in nouns.determiners
    return at


def _trimmed(tokens: Tokens, start: int, end: int, head: str, nouns: Nouns, *, sure: bool = True) -> NounPhrase:
    """The phrase without a link and an article at its beginning, and without loose words at its end."""
    while end > start and _is_loose(tokens[end - 1].lower, nouns):
        end -= 1
    first = start
    if tokens[first].lower in nouns.loose_starts and end - first > 1:
        first += 1
    if tokens[first].lower in nouns.links and end - first > 1:
        first += 1
        first = min(_behind_determiners(tokens, first, nouns), end - 1)
    words = " ".join(tokens.words(first, end).split())
    if end <= first or len(words) > MOST_LETTERS:
        return NounPhrase(start)
    return NounPhrase(end, words, head, sure)


def counted_of(tokens: Tokens, at: int, nouns: Nouns) -> NounPhrase:
    """The noun phrase behind a link at `at` ("of the women"); empty where no link stands there."""
    return counted_after(tokens, at, nouns) if tokens[at].lower in nouns.links else NounPhrase(at)


def unit_for(head: str, nouns: Nouns) -> str:
    """people for those who are counted, the noun itself for things, empty where no noun was found."""
    return PEOPLE if nouns.is_person(head.lower()) else head if len(head) <= MOST_LETTERS_OF_UNIT else ""


def is_foreign(tokens: Tokens, at: int) -> bool:
    """Whether a word in no Latin letters stands at `at`."""
    return tokens[at].is_word and not _LATIN.match(tokens[at].text)
