"""Statements of a record with their stances, passages and chains, as rows of the desk."""

from django.db.models import Q

from articles.models import Capture, Passage
from record.documents import Capture as PublicCapture
from record.fields import STATEMENT_FIELDS

from ..models import Appearance, AttributionStep, Stance, Statement
from .filling import AdoptionRefused, Filling, Standing, write_all
from .notes import notes
from .printed import capture_row


def statements(filling: Filling, batch: list[Standing]) -> None:
    rows = [(one, _statement(filling, one)) for one in batch]
    filling.write("statement", rows, [one.document.id for one in batch if _names_merged(one, filling)])
    keys = {one.document.id: filling.keys["statement"].pop(one.document.id) for one in batch}  # nothing names them
    _stances(filling, batch, keys)
    _appearances(filling, batch, keys)
    notes(filling, "statement", batch, keys)


def _statement(filling: Filling, one: Standing) -> Statement:
    said = one.document
    values = {field.name: getattr(said, field.name) for field in STATEMENT_FIELDS}
    speaker, day = values.pop("speaker"), values.pop("said_on")
    if speaker:
        values["speaker_id"] = filling.key("actor", speaker, one.place)
    if day:
        values |= {"said_on": day.edtf, "said_earliest": day.earliest, "said_latest": day.latest}
    return Statement(public_id=said.id, **values)


def _names_merged(one: Standing, filling: Filling) -> bool:
    said = one.document
    steps = [step.actor for appearance in said.appearances for step in appearance.chain]
    return any(name in filling.leads for name in [said.speaker, *steps, *(stance.claim for stance in said.stances)])


def _stances(filling: Filling, batch: list[Standing], keys: dict[str, int]) -> None:
    """One a claim: where merged claims meet, the stance towards the claim that stands counts, as for readers."""
    rows, places = [], []
    for one in batch:
        direct = {
            filling.key("claim", stance.claim, one.place)
            for stance in one.document.stances
            if stance.claim not in filling.leads
        }
        taken = set()
        for stance in one.document.stances:
            claim = filling.key("claim", stance.claim, one.place)
            if claim in taken or (stance.claim in filling.leads and claim in direct):
                continue
            taken.add(claim)
            rows.append(
                Stance(
                    statement_id=keys[one.document.id],
                    claim_id=claim,
                    kind=stance.stance,
                    hedge=stance.hedge,
                    printed=stance.printed,
                )
            )
            places.append(one.place)
    write_all(rows, places)


def _appearances(filling: Filling, batch: list[Standing], keys: dict[str, int]) -> None:
    passages = _passages(filling, batch)
    rows, places, chains = [], [], []
    for one in batch:
        for appearance in one.document.appearances:
            passage = passages[_span(filling, one, appearance)]
            rows.append(
                Appearance(
                    statement_id=keys[one.document.id],
                    passage=passage,
                    printed_name=appearance.printed_name,
                    cue=appearance.cue,
                )
            )
            places.append(one.place)
            chains.append(appearance.chain)
    steps, whose = [], []
    for row, chain, place in zip(write_all(rows, places), chains, places, strict=True):
        for position, step in enumerate(chain, start=1):
            steps.append(
                AttributionStep(
                    appearance=row,
                    position=position,
                    actor_id=filling.key("actor", step.actor, place) if step.actor else None,
                    outlet_id=filling.key("outlet", step.outlet, place) if step.outlet else None,
                    label=step.label,
                    cue=step.cue,
                    relation=step.relation,
                )
            )
            whose.append(place)
    write_all(steps, whose)


def _span(filling: Filling, one: Standing, appearance) -> tuple[int, str, int, int]:
    passage = appearance.passage
    article = filling.key("article", appearance.article, one.place)
    return article, passage.capture, passage.start, passage.end


def _passages(filling: Filling, batch: list[Standing]) -> dict[tuple, Passage]:
    """The passages of these statements, by article, SHA-256, start and end; those that are there already included."""
    wanted = {}
    for one in batch:
        for appearance in one.document.appearances:
            wanted.setdefault(_span(filling, one, appearance), (appearance.passage, one))
    captures = _captures(wanted)
    found = {}
    known = Passage.objects.filter(capture__in=set(captures.values())).select_related("capture")
    for passage in known:
        capture = passage.capture
        found[capture.article_id, capture.sha256, passage.start, passage.end] = passage
    rows, places = [], []
    for span, (passage, one) in wanted.items():
        if span in found:
            if found[span].exact != passage.exact:
                raise AdoptionRefused(f"{one.place} quotes other words than an earlier entry from the same place.")
            continue
        row = Passage(capture_id=captures[span[:2]], start=passage.start, end=passage.end, exact=passage.exact)
        row.prefix, row.suffix = passage.prefix, passage.suffix
        if passage.marked is not None:
            row.marked = [[stretch.start, stretch.end] for stretch in passage.marked]
        found[span] = row
        rows.append(row)
        places.append(one.place)
    write_all(rows, places)
    return found


def _captures(wanted: dict[tuple, tuple]) -> dict[tuple[int, str], int]:
    """The captures that are quoted from. One that its article does not list was taken in after that was published."""
    keys = {span[:2]: one for span, (_, one) in wanted.items()}
    found = {}
    conditions = Q(article__in={article for article, _ in keys}, sha256__in={sha256 for _, sha256 in keys})
    for capture in Capture.objects.filter(conditions).defer("text"):
        found[capture.article_id, capture.sha256] = capture.pk
    missing = {key: one for key, one in keys.items() if key not in found}
    rows = []
    for (article, sha256), one in missing.items():
        unlisted = PublicCapture(
            sha256=sha256,
            retrieved_at=one.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            method="excerpt",
            complete=False,
            archive_url="",
        )
        rows.append(capture_row(article, unlisted, one.place))
    for capture in write_all(rows, [one.place for one in missing.values()]):
        found[capture.article_id, capture.sha256] = capture.pk
    return found
