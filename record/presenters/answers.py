"""The answers to a question, and who stands on which side of each. Pure functions, no database.

An answer is a claim together with those that repeat, narrow or broaden it. The broadest gives its words; an entry names
the wording on which its speaker spoke where that is another one. Each speaker stands where it spoke last: on one claim
on one side, on the wordings of one answer perhaps on both.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents import Claim
from ..documents.vocabulary import STANCES
from ..queries.counts import StanceHolders
from .claim_data import join_names
from .document_data import claim_reference

JOINING_RELATIONS = ("repeats", "narrows", "broadens")
NAMES_SHOWN = 3  # names of one side in the line that sums an answer up
ENTRIES_SHOWN = 4  # entries of one side; the others are one link away
MOST_TABLE_ROWS, MOST_TABLE_COLUMNS, MOST_TABLE_ENTRIES = 12, 12, 48

# What a stance says of an answer: the sides stand beside each other, the others below them.
SIDES = {
    "holds": lazy("held by %(names)s"),
    "contests": lazy("contested by %(names)s"),
    "relays": lazy("passed on by %(names)s"),
    "declines": lazy("no comment from %(names)s"),
    "silent": lazy("silent: %(names)s"),
}


def side_of_answer(stance: str) -> str:
    """The side of an answer on which a stance stands; who qualifies a claim does not simply hold it."""
    if stance in SIDES:
        return stance
    return "holds" if STANCES[stance].side == "assent" else "contests"


Side = dict[int, list[dict]]  # entries of the comparison, by the place of their speaker's row


def answers(
    comparison: Mapping,
    claims: Sequence[Claim],
    speakers: Mapping[str, Mapping[str, int]],
    resolve: Callable[[str], str],
    *,
    entries_shown: int = ENTRIES_SHOWN,
) -> list[dict]:
    """The answers in the order of the claims of a comparison (record/presenters/comparison.py).

    Each has a `number`, the `claim` whose words it has, its other `wordings` with the `words` of their relation, if it
    is `contested`, the other answers that it `contends` with where different speakers hold the two, and for each of
    `SIDES` who stands there: `speakers` counts them, `names` are those compared, `elsewhere` those of them who stand
    there on another wording alone, `entries` those shown, and `more` says how many speakers are not. An entry has
    `speaker`, `statement`, `stance`, `hedge`, `printed`, `before`, the stance that the speaker took until then where
    that is another one, the `wording` on which it is where that is not the answer's, and `others`, how many statements
    the speaker has there besides.

    `speakers` counts those who take each stance towards a claim, by its id, also where not all of them were compared.
    """
    by_id = {claim.id: claim for claim in claims}
    places = {part["id"]: place for place, part in enumerate(comparison["claims"])}
    groups = group_claims([by_id[part["id"]] for part in comparison["claims"]], resolve)
    numbers = {claim.id: number for number, group in enumerate(groups, start=1) for claim in group}
    sides_by_number = {number: _sides_of(group, places, comparison) for number, group in enumerate(groups, start=1)}
    found = []
    for number, group in enumerate(groups, start=1):
        sides = sides_by_number[number]
        counted = _speakers_on_sides(group, sides, speakers)
        head = comparison["claims"][places[group[0].id]]
        parts = [comparison["claims"][places[claim.id]] for claim in group]
        found.append(
            {
                "number": number,
                "claim": head,
                "wordings": [
                    {"claim": claim_reference(claim.id, by_id), "words": _relation_words(claim, group[0], resolve)}
                    for claim in group[1:]
                ],
                "contested": any(part["contested"] for part in parts),
                "contends": _contentions(parts, numbers, number, sides_by_number),
                "sides": {
                    side: _side_data(sides[side], counted[side], comparison, head["id"], entries_shown)
                    for side in SIDES
                    if counted[side]
                },
            }
        )
    return found


def group_claims(claims: Sequence[Claim], resolve: Callable[[str], str]) -> list[list[Claim]]:
    """The claims of each answer, the broadest first, in the order of their first claims."""
    own = {claim.id: claim for claim in claims}
    leader = {claim.id: claim.id for claim in claims}

    def find(public_id: str) -> str:
        while leader[public_id] != public_id:
            public_id = leader[public_id]
        return public_id

    broader: dict[str, set[str]] = {claim.id: set() for claim in claims}
    for claim in claims:
        for relation in claim.relations:
            other = resolve(relation.claim)
            if relation.kind not in JOINING_RELATIONS or other not in own or other == claim.id:
                continue
            leader[find(other)] = find(claim.id)
            if relation.kind != "repeats":
                narrow, broad = (claim.id, other) if relation.kind == "narrows" else (other, claim.id)
                broader[narrow].add(broad)
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(find(claim.id), []).append(claim)
    # What nothing is broader than comes first; sorting keeps the order that was given.
    return [sorted(group, key=lambda claim: bool(broader[claim.id])) for group in groups.values()]


def _sides_of(group: Sequence[Claim], places: Mapping[str, int], comparison: Mapping) -> dict[str, Side]:
    """Who stands on which side of an answer; of each speaker and claim what was said last counts."""
    sides: dict[str, Side] = {side: {} for side in SIDES}
    for number, row in enumerate(comparison["rows"]):
        for claim in group:
            taken: set[bool] = set()
            cell = row["cells"][places[claim.id]]
            for place, entry in enumerate(cell):
                side = side_of_answer(entry["stance"])
                # Where one stands, and beside it what one passed on or would not say.
                kind = side in ("holds", "contests")
                if kind in taken:
                    continue
                taken.add(kind)
                sides[side].setdefault(number, []).append(
                    {**entry, "claim": claim.id, "before": cell[place + 1]["stance"] if entry["changed"] else ""}
                )
    return sides


def _speakers_on_sides(
    group: Sequence[Claim], sides: Mapping[str, Side], speakers: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """How many speakers stand on each side. Of several wordings those are counted that were compared, each once."""
    counts = {side: len(of) for side, of in sides.items()}
    if len(group) == 1:
        for side in ("holds", "contests"):
            taken = speakers.get(group[0].id, {})
            all_of_them = sum(number for stance, number in taken.items() if side_of_answer(stance) == side)
            counts[side] = max(counts[side], all_of_them)
    return counts


def _side_data(side: Side, speakers: int, comparison: Mapping, head: str, entries_shown: int) -> dict:
    statements, rows = comparison["statements"], comparison["rows"]

    def rank(number: int) -> tuple[int, str]:
        said = statements[side[number][0]["statement"]]
        return (said["support"]["origins"], said["said_on"]["latest"] if said["said_on"] else "")

    order = sorted(side, key=rank, reverse=True)
    return {
        "speakers": speakers,
        "names": [rows[number]["speaker"]["name"] for number in order],
        "elsewhere": [
            rows[number]["speaker"]["name"] for number in order if all(entry["claim"] != head for entry in side[number])
        ],
        "entries": [
            _entry_data(rows[number]["speaker"], side[number], comparison, head) for number in order[:entries_shown]
        ],
        "more": speakers - min(len(order), entries_shown),
    }


def _entry_data(speaker: dict, entries: Sequence[dict], comparison: Mapping, head: str) -> dict:
    entry = min(entries, key=lambda each: each["claim"] != head)
    wording = next(part for part in comparison["claims"] if part["id"] == entry["claim"])
    shown = {name: entry[name] for name in ("statement", "stance", "hedge", "printed", "before")}
    return {
        "speaker": speaker,
        **shown,
        "wording": None
        if entry["claim"] == head
        else {name: wording[name] for name in ("id", "name", "address", "language")},
        "others": len({each["statement"] for each in entries} - {entry["statement"]}),
    }


def _relation_words(claim: Claim, head: Claim, resolve: Callable[[str], str]) -> str:
    """ "narrower", "broader" or "in other words", as a wording stands to the answer's; "" where neither names it."""
    own = {resolve(relation.claim): relation.kind for relation in claim.relations}
    inverse = {resolve(relation.claim): relation.kind for relation in head.relations}
    kind = own.get(head.id) or {"narrows": "broadens", "broadens": "narrows"}.get(
        inverse.get(claim.id, ""), inverse.get(claim.id, "")
    )
    return {"narrows": _("narrower"), "broadens": _("broader"), "repeats": _("in other words")}.get(kind, "")


def _contentions(
    parts: Iterable[dict], numbers: Mapping[str, int], own: int, sides: Mapping[int, Mapping[str, Side]]
) -> list[dict]:
    """The other answers beside which this one cannot simply stand: `number`, `words`, `claim`; each once.

    Only where both are held, and not by one speaker alone.
    """
    found: dict[int, dict] = {}
    holders = sides[own]["holds"].keys()
    for part in parts:
        for other in part["contends"]:
            number = numbers[other["claim"]["id"]]
            others = sides[number]["holds"].keys()
            if number != own and holders and others and len(holders | others) > 1:
                found.setdefault(number, {"number": number, "words": other["words"], "claim": other["claim"]})
    return sorted(found.values(), key=lambda other: other["number"])


def answer_words(answer: Mapping) -> str:
    """ "held by A and B; contested by C and 12 more; silent: D"; or that nobody on record speaks to it.

    Who holds a narrower wording holds the answer. Who contests one, or is silent on it, need not do so of the answer:
    that is said to be of another wording.
    """
    phrases = []
    for side, of in answer["sides"].items():
        elsewhere = [] if side == "holds" else of["elsewhere"]
        own = [name for name in of["names"] if name not in elsewhere]
        if of["speakers"] > len(elsewhere):
            phrases.append(SIDES[side] % {"names": join_names(_shown(own, of["speakers"] - len(elsewhere)))})
        if elsewhere:
            names = SIDES[side] % {"names": join_names(_shown(elsewhere, len(elsewhere)))}
            phrases.append(_("in another wording %(held)s") % {"held": names})
    return "; ".join(phrases) if phrases else _("nobody on record speaks to it")


def _shown(names: Sequence[str], speakers: int) -> StanceHolders:
    return StanceHolders(speakers, tuple(names[:NAMES_SHOWN]))


def is_table_offered(comparison: Mapping) -> bool:
    """Whether the table of actors and claims says enough: at least half of it is filled, and it is not large."""
    rows = comparison["rows"]
    columns = [place for place, claim in enumerate(comparison["claims"]) if claim["stances"]]
    filled = sum(bool(row["cells"][place]) for row in rows for place in columns)
    entries = sum(len(cell) for row in rows for cell in row["cells"])
    fits = len(rows) <= MOST_TABLE_ROWS and len(columns) <= MOST_TABLE_COLUMNS and entries <= MOST_TABLE_ENTRIES
    return bool(rows) and fits and 2 * filled >= len(rows) * len(columns)
