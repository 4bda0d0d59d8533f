"""The comparison on a card: the first answers to a question, who holds each and who contests it. Pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from ..documents import Claim
from ..queries.counts import StanceHolders
from .answers import SIDES, group_claims, side_of_answer
from .claim_data import join_names, names_of
from .formatting import capitalize_sentence

ANSWERS_SHOWN = 3
NAMES_SHOWN = 3

Voices = Mapping[str, Mapping[str, StanceHolders]]


def card_answers(
    claims: Sequence[Claim], voices: Voices, contested: set[str], resolve: Callable[[str], str]
) -> list[dict]:
    """The answers that are contested first, in the order of their claims: `text` and its `language`, whether it is
    `contested`, and who `holds` and `contests` it, each a sentence.

    Who holds a narrower or broader wording holds the answer; who contests one need not contest it.
    """
    groups = group_claims(claims, resolve)
    groups.sort(key=lambda group: not any(claim.id in contested for claim in group))
    return [
        {
            "text": group[0].text,
            "language": group[0].language,
            "contested": any(claim.id in contested for claim in group),
            "holds": side_words("holds", [voices.get(claim.id, {}) for claim in group])
            or _("Nobody on record holds it."),
            "contests": side_words("contests", [voices.get(group[0].id, {})])
            # Contested by what others hold instead.
            or (
                _("Others hold an answer that is incompatible with it.")
                if group[0].id in contested
                else _("Nobody on record contests it.")
            ),
        }
        for group in groups[:ANSWERS_SHOWN]
    ]


def side_words(side: str, claims: Iterable[Mapping[str, StanceHolders]]) -> str:
    """ "Held by A, B and 12 more.", "" where nobody stands there.

    Of several wordings a speaker is counted once, as far as speakers are named.
    """
    names: dict[str, None] = {}
    speakers = 0
    for voices in claims:
        held = [of for stance, of in voices.items() if side_of_answer(stance) == side]
        names |= dict.fromkeys(name for of in held for name in names_of(of))
        speakers = max(speakers, sum(of.speakers for of in held))
    if not names:
        return ""
    shown = StanceHolders(max(speakers, len(names)), tuple(names)[:NAMES_SHOWN])
    return capitalize_sentence(str(SIDES[side] % {"names": join_names(shown)}))
