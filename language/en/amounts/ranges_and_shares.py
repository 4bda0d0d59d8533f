"""English words between two numbers: of ranges, of changes, of shares; and of numbers that are only bounded."""

from ...amounts.amount_grammar import Ranges, Shares
from ...amounts.text_tokens import Phrases
from .amount_words import WORDS
from .number_words import VAGUE

CHANGES = frozenset(WORDS["changes"])

RANGES = Ranges(
    joints=frozenset(("to", "till", "-", "–", "—", "−", "‐", "‑", "~", "～", "through")),
    alternatives=frozenset(("or",)),
    pair_joints=frozenset(("and", "&", "to", "-", "–")),
    openers=Phrases(
        dict.fromkeys(("between", "anywhere between", "somewhere between", "anything between", "in between"), "")
    ),
    from_words=frozenset(("from",)),
    by_words=frozenset(("by",)),
    changes=CHANGES,
    anywhere=frozenset(("anywhere", "anything", "somewhere")),
    range_words=frozenset(WORDS["range_words"]),
)

SHARES = Shares(
    joints=Phrases(
        dict.fromkeys(
            (
                "in", "in every", "out of", "out of every", "of every", "in each", "of", "- in -", "- out - of -",
                "out of each",
                "for every",
            ),
            True,
        )
    ),
    halves=frozenset(("half",)),
    wholes=frozenset(("the", "its", "their", "his", "her", "our", "all", "those", "these")),
    not_before=frozenset(WORDS["not_before"]),
    by_words=frozenset(("by", "to", "at", "than")),
    vague=Phrases(VAGUE),
    vague_before=Phrases(
        dict.fromkeys(
            ("several", "a few", "many", "some few", "quite a few", "a good few", "few", "countless", "untold"), ""
        )
        | {"a couple of": "about", "a couple": "about", "couple of": "about"}
    ),
    needs_link=frozenset(("scores", "tens")),
    measures=frozenset(WORDS["measures"]),
    couples=Phrases({"a couple of": "about", "a couple": "about", "a pair of": ""}),
)  # fmt: skip
