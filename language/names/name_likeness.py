"""How two names stand to one another: the levels, and a level with its reason."""

from dataclasses import dataclass

SAME, LIKELY, POSSIBLE, NO = "same", "likely", "possible", ""
LEVELS = (SAME, LIKELY, POSSIBLE, NO)


@dataclass(frozen=True)
class Likeness:
    """`level` is same, likely, possible or empty; `score` from 0 to 1 orders within and across levels."""

    level: str
    score: float
    why: str
