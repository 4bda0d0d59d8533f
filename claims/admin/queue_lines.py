"""What each row of the review queue would change, in two lines: queries in a fixed number for a page of rows."""

from collections.abc import Sequence

from articles.models import Article, Trace, TrackedModel

from ..models import Actor, Claim, Question, Release, Stance, Statement
from .workflow import objects_by_public_id

MAX_TRACES = 1000  # acts that are read for a page of rows, the newest
MAX_VALUE = 90  # characters of a value
MAX_LINES = 2
OWN_FIELDS = ("slug", "revision", "release")  # that say nothing of what readers would see


def change_lines(releases: Sequence[Release]) -> dict[str, list[str]]:
    """At most two lines for each release, by the public identity of its object."""
    objects = objects_by_public_id([release.public_id for release in releases])
    changed = _changes_since_publication([release for release in releases if release.published_revision])
    stances = _stances([obj.pk for obj in objects.values() if isinstance(obj, Statement)])
    lines = {}
    for release in releases:
        obj = objects.get(release.public_id)
        if release.published_revision:
            found = changed.get(release.public_id) or ["changed in parts that the history names"]
        else:
            found = [f"new {release.kind}", *_new_object_lines(obj, stances)] if obj else []
        lines[release.public_id] = [_shorten(line) for line in found[:MAX_LINES]]
    return lines


def _new_object_lines(obj: TrackedModel, stances: dict[int, list[str]]) -> list[str]:
    if isinstance(obj, Statement):
        return ["; ".join(stances.get(obj.pk, [])) or "no stance towards a claim"]
    if isinstance(obj, Claim | Question | Article | Actor):
        about = {Claim: "kind", Actor: "kind", Article: "published", Question: "description"}[type(obj)]
        return [str(getattr(obj, about)) or ""]
    return []


def _stances(statements: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for stance in Stance.objects.filter(statement__in=statements).select_related("claim").order_by("id"):
        found.setdefault(stance.statement_id, []).append(f"{stance.kind}: {stance.claim.text}")
    return found


def _changes_since_publication(releases: Sequence[Release]) -> dict[str, list[str]]:
    """A line for each field, "summary: before → after", the field that was changed last first."""
    published = {release.public_id: release.published_revision or 0 for release in releases}
    spans: dict[str, dict[str, list[object]]] = {}
    traces = Trace.objects.filter(public_id__in=list(published)).order_by("-id")[:MAX_TRACES] if published else []
    for trace in traces:
        if trace.revision <= published[trace.public_id]:
            continue
        fields = spans.setdefault(trace.public_id, {})
        for name, change in trace.changes.items():
            if name not in OWN_FIELDS and isinstance(change, list) and len(change) == 2:
                fields.setdefault(name, [change[0], change[1]])[0] = change[0]
    return {
        public_id: [f"{name.replace('_', ' ')}: {_value(old)} → {_value(new)}" for name, (old, new) in fields.items()]
        for public_id, fields in spans.items()
    }


def _value(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "nothing"
    return str(value) if value not in (None, "") else "nothing"


def _shorten(line: str) -> str:
    return line if len(line) <= 2 * MAX_VALUE else f"{line[: 2 * MAX_VALUE]}…"
