"""Known actors in the order in which a printed name may stand for them, each with the reason. Nobody is merged here."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from . import organizations
from .common import common_words
from .lists import words_from
from .name_likeness import LIKELY, NO, POSSIBLE, SAME, Likeness
from .name_pairs import compare
from .spellings import fold, words_of

LEVELS = (SAME, LIKELY, POSSIBLE)
MOST = 8
LEAST = 0.3  # of the score
PRONOUNS = words_from("pronouns")
_COMMON = common_words()
_ROLE: re.Pattern[str] = _COMMON.ROLE
_ROLE_IN_CAPITALS: tuple[str, ...] = _COMMON.ROLE_IN_CAPITALS
_ROLE_PLACES: frozenset[str] = _COMMON.ROLE_PLACES
_EMPTY = words_from("empty") | _COMMON.ROLE_WORDS


@dataclass(frozen=True)
class KnownActor:
    """An actor as far as it is needed to recognise it: all its names, and roles and descriptions recorded of it."""

    key: Hashable
    names: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class RankedActor:
    """A candidate: the key given in, the recorded name or role that is like the printed one, how and why."""

    key: Hashable
    name: str
    level: str
    score: float
    why: str


def rank(printed: str, known: Iterable[KnownActor], *, most: int = MOST) -> list[RankedActor]:
    """The actors that `printed` may stand for, best first: by level, then by score, then by name.

    "Same" is said of several where several have that name; then each says so, and none is to be filled in silently.
    """
    if fold(printed) in PRONOUNS:
        return []
    found = [best for candidate in known if (best := _best(printed, candidate)).level and best.score >= LEAST]
    found.sort(key=lambda candidate: (LEVELS.index(candidate.level), -candidate.score, candidate.name))
    same = [candidate for candidate in found if candidate.level == SAME]
    if len(same) > 1:
        found = [_with_namesakes(candidate, len(same)) if candidate.level == SAME else candidate for candidate in found]
    return found[:most]


def _best(printed: str, candidate: KnownActor) -> RankedActor:
    best = RankedActor(candidate.key, "", "", 0.0, "")
    for name in candidate.names:
        like = _compare(printed, name)
        if like.level and (not best.level or _order(like) < _order(best)):
            best = RankedActor(candidate.key, name, like.level, like.score, like.why)
    if best.level in ("", POSSIBLE):
        for role in (*candidate.roles, *(name for name in candidate.names if is_role(name))):
            share = of_role(printed, role)
            if share and share > best.score:
                level = LIKELY if share >= 0.8 and len(_telling_words(printed)) > 1 else POSSIBLE
                best = RankedActor(
                    candidate.key, role, level, round(0.8 * share, 2), "recorded in these words, as a role or so"
                )
    return best


_folded = lru_cache(maxsize=4_000)(fold)


@lru_cache(maxsize=4_000)
def _print_of(name: str) -> str:
    """A name as it is printed, but for capitals, widths, commas and white space."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace(",", " ").split())


def _compare(printed: str, name: str) -> Likeness:
    """A name against one that is recorded. Names that are the same only in Latin letters may be two.

    Descriptions are compared as sets of words, like the names of bodies.
    """
    if _print_of(printed) == _print_of(name):
        return Likeness(SAME, 1.0, "the recorded name")
    like = _compare_forms(printed, name)
    if like.level == NO and _folded(printed) == _folded(name):
        return Likeness(POSSIBLE, 0.5, "the same in Latin letters")
    return like


def _compare_forms(printed: str, name: str) -> Likeness:
    if is_role(printed) or is_role(name):
        return Likeness(*organizations.compare(printed, name))
    return compare(printed, name)


def _order(candidate: RankedActor | Likeness) -> tuple[int, float]:
    return LEVELS.index(candidate.level), -candidate.score


def _with_namesakes(candidate: RankedActor, count: int) -> RankedActor:
    return RankedActor(
        candidate.key, candidate.name, LIKELY, candidate.score, f"{candidate.why}; {count} actors have this name"
    )


@lru_cache(maxsize=4_000)
def is_role(printed: str) -> bool:
    """Whether a printed name describes somebody ("the governor of the region") rather than names them."""
    return (bool(_ROLE.match(printed)) and not printed[:1].isupper()) or printed.startswith(_ROLE_IN_CAPITALS)


def of_role(printed: str, role: str) -> float:
    """Which share of the telling words of a printed description stands in a recorded role; 0 under a half."""
    said = _telling_words(printed)
    if not said or not is_role(printed):
        return 0.0
    share = len(said & _telling_words(role)) / len(said)
    return share if share > 0.5 else 0.0


@lru_cache(maxsize=4_000)
def _telling_words(words: str) -> set[str]:
    return {word for word in words_of(words) if word not in _EMPTY and len(word) > 1} | (
        organizations.words_of(words) & _ROLE_PLACES
    )


_ACRONYM = re.compile(r"\((?P<short>[A-Z](?:\.?[A-Z&/]){1,6})\.?\)")


def expansions(text: str) -> dict[str, str]:
    """The acronyms that a text makes itself: "Radio Free Asia (RFA)" gives RFA -> Radio Free Asia. Linear time."""
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        short = organizations.acronym(match["short"])
        words = re.findall(r"[\w’'-]+", text[max(0, match.start() - 120) : match.start()])
        longer = (words[-count:] for count in range(len(short), min(len(words), len(short) + 4) + 1))
        names = (" ".join(name_words) for name_words in longer if name_words[0][0].isupper())
        long = next((name for name in names if organizations.initials_of(name) == short), None)
        if long:
            found.setdefault(short, long)
    return found
