"""What the rules of attributions ask of a language beside its word lists: `language/<code>/attributions` gives it as
`GRAMMAR`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Grammar:
    """How words of one language are cut, spelt and inflected. Words are in small letters, with a straight apostrophe.

    `token` matches one word or mark, in the group word, dash, ellipsis or mark. `length_of_suffix` tells how many
    letters at the end of a word are a word of their own ("n't"); 0 for most. `titles` are abbreviated before a name.
    `sentence_spans` gives the (start, end) of the sentences of a paragraph.

    `inflections(base, irregular)` yields every form of a verb with its tag (VB, VBZ, VBG, VBD, VBN); `irregular` holds
    the pasts and the participles of verbs that have their own. `auxiliaries` are the forms of auxiliary verbs with
    their lemmas. `tag_by_ending` guesses the tag of a word that no list has. `is_possessive_mark(mark, before)` says
    whether a mark right behind a word makes it a possessor. `possession(thing, owner)` describes a thing by its owner.
    """

    token: re.Pattern[str]
    length_of_suffix: Callable[[str], int]
    titles: frozenset[str]
    sentence_spans: Callable[[str], Sequence[tuple[int, int]]]
    inflections: Callable[[str, Mapping[str, tuple[list[str], list[str]]]], Iterator[tuple[str, str]]]
    auxiliaries: Mapping[str, str]
    singular: Callable[[str], str]
    without_plural_ending: Callable[[str], str]
    is_plural: Callable[[str], bool]
    is_adverb: Callable[[str], bool]
    tag_by_ending: Callable[[str], str]
    is_possessive_mark: Callable[[str, str], bool]
    possession: Callable[[str, str], str]
