"""A chain of attribution as an editor types it, one hop a line, nearest to the page first.

    relays: Agence France-Presse | according to
    cites: Foreign Ministry of China
    says: “a local official” | said

Before the colon stands the relation (relays where it is left out), after it an actor or an outlet that the desk knows,
under any of its names, or a label in quotation marks for whoever it does not know; after a bar the cue. Where several
have the same name, "#" and the public identity say which. What `write_chain` writes, `read_chain` reads back.

Both take `named`, whether withheld names may be read: who may not, meets a withheld actor under its public label
alone, always with the identity, since many sources may share one label.
"""

import re
from collections.abc import Iterable

from articles.models import Outlet
from articles.tracked_changes import Refusal
from language.names.spellings import fold

from ..models import Actor, AttributionStep
from . import StepInput

Party = Actor | Outlet
Step = StepInput | AttributionStep

RELATIONS = [relation.value for relation in AttributionStep.Relation]
_RELATION = re.compile(rf"\s*(?P<relation>{'|'.join(map(re.escape, RELATIONS))})\s*:\s*(?P<rest>.*)", re.IGNORECASE)
_LABEL = re.compile(r"[“\"„«](?P<label>.+)[”\"“»]\s*(?:\|\s*(?P<cue>.*))?")
_IDENTITY = re.compile(r".*#\s*(?P<public_id>[0-9a-z]{12})")


def read_chain(text: str, *, named: bool) -> list[StepInput]:
    """The steps that `text` writes; `Refusal` with the number of the line that cannot be read."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    return [_read_step(line, number, named) for number, line in lines if line]


def write_chain(steps: Iterable[Step], *, named: bool) -> str:
    """`steps` (attribution steps or inputs) in lines."""
    return "\n".join(_write_step(step, named) for step in steps)


def _read_step(line: str, number: int, named: bool) -> StepInput:
    relation = AttributionStep.Relation.RELAYS.value
    match = _RELATION.fullmatch(line)
    if match:
        relation, line = match["relation"].lower(), match["rest"].strip()
    label = _LABEL.fullmatch(line)
    if label:
        return StepInput(relation, label=label["label"].strip(), cue=(label["cue"] or "").strip())
    who, _, cue = (part.strip() for part in line.partition("|"))
    parties = _find_parties(who, named)
    # What was typed is not repeated to who may not read names: the label in its place would confirm a guess.
    description = f"called “{who[:80]}”" if named else "of this name"
    if not parties:
        raise Refusal(
            f"Line {number}: there is no actor or outlet {description}. Correct the name, add the "
            "actor first, or put it in quotation marks to keep it as text only."
        )
    if len(parties) > 1:
        choices = ", ".join(f"{_readable_name(party, named)} #{party.public_id}" for party in parties[:5])
        raise Refusal(f"Line {number}: there are several {description}. Write one of these: {choices}.")
    [party] = parties
    if isinstance(party, Actor):
        return StepInput(relation, cue=cue, actor=party)
    return StepInput(relation, cue=cue, outlet=party)


def _find_parties(who: str, named: bool) -> list[Party]:
    """The actor or the outlet called `who`; several where the name does not tell."""
    identity = _IDENTITY.fullmatch(who)
    if identity:
        asked = {"public_id": identity["public_id"]}
        return [*Actor.objects.filter(merged_into=None, **asked), *Outlet.objects.filter(**asked)]
    folded = fold(who)
    if not folded:
        return []
    actors: list[Party] = list(Actor.objects.current().find(who, named=named)[:6])
    return actors or [outlet for outlet in Outlet.objects.all() if fold(outlet.name) == folded]


def _write_step(step: Step, named: bool) -> str:
    party = step.actor or step.outlet
    who = f"“{step.label}”" if party is None else _typed_name(party, named)
    return f"{step.relation}: {who}" + (f" | {step.cue}" if step.cue else "")


def _typed_name(party: Party, named: bool) -> str:
    name = _readable_name(party, named)
    plain = name == party.name and not set(name) & set('|#“"„«')
    return name if plain and _find_parties(name, named) == [party] else f"{name.replace('|', ' ')} #{party.public_id}"


def _readable_name(party: Party, named: bool) -> str:
    return party.desk_name(named=named) if isinstance(party, Actor) else party.name
