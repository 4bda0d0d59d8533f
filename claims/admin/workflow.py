"""What every page of something publishable shows of its road to the public: a column, a filter, buttons, actions.

The acts themselves are on one page (claims/admin/review.py), to which all of these lead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import OuterRef, Q
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Outlet, Tracked
from articles.verbadmin import ChoiceFilter
from record.documents.addresses import address_for

from .. import publishing
from ..models import Actor, Claim, Question, Release, Statement


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act. `word` is what its word is called, `takes` what its verb is given: the word, and what was seen."""

    name: str
    label: str
    listed: str
    word: str
    does: str
    done: str
    verb: Callable
    takes: tuple[str, ...]
    required: bool = True
    by_reviewers: bool = True


READERS = "Public reason (shown to readers)"
ACTS = {
    act.name: act
    for act in [
        Act(
            name="submit",
            label="Submit for review",
            listed="Submit for review",
            word="Note for the reviewer",
            does="This goes into the review queue. Readers see nothing new until a reviewer publishes it.",
            done="submitted for review",
            verb=publishing.submit,
            takes=("note",),
            required=False,
            by_reviewers=False,
        ),
        Act(
            name="publish",
            label="Publish",
            listed="Publish…",
            word=READERS,
            does="Readers will see exactly what is listed below. Every version stays in the public history.",
            done="published",
            verb=publishing.publish,
            takes=("reason", "seen"),
        ),
        Act(
            name="approve",
            label="Approve for others to publish",
            listed="Approve…",
            word="Note for the history",
            does="You have checked the changes that others made below: they may then publish them. "
            "Nothing changes for readers, and your own changes still need somebody else.",
            done="approved",
            verb=publishing.approve,
            takes=("note", "seen"),
            required=False,
        ),
        Act(
            name="send-back",
            label="Send back with a note",
            listed="Send back…",
            word="Note for the editor: what is missing?",
            does="It leaves the review queue and is listed as sent back, with your note. Nothing changes for readers.",
            done="sent back",
            verb=publishing.send_back,
            takes=("note",),
        ),
        Act(
            name="withdraw",
            label="Withdraw from publication",
            listed="Withdraw…",
            word=READERS,
            does="Readers will no longer see it: its address says that it was withdrawn, and why. You can undo this.",
            done="withdrawn",
            verb=publishing.withdraw,
            takes=("reason",),
        ),
        Act(
            name="undo-withdrawal",
            label="Undo the withdrawal",
            listed="Undo the withdrawal…",
            word=READERS,
            does="Readers will see it again at its old address, with your reason.",
            done="published again",
            verb=publishing.undo_withdrawal,
            takes=("reason",),
        ),
    ]
}
# Which acts make sense from which state; the verbs have the last word.
OPEN_ACTS = {
    None: ["submit", "publish", "approve"],
    Release.State.DRAFT: ["submit", "publish", "approve"],
    Release.State.IN_REVIEW: ["publish", "approve", "send-back"],
    Release.State.SENT_BACK: ["submit"],
    Release.State.PUBLISHED: ["withdraw"],
    Release.State.WITHDRAWN: ["undo-withdrawal", "submit", "publish", "approve"],
}


def perform(act: Act, objects, *, by, word: str, seen: dict[str, int]) -> str:
    """Calls the verb of `act`; returns in a sentence what was done, and what was left. Raises `Refused`."""
    given = {"note": word, "reason": word, "seen": seen}
    touched = {row.public_id for row in act.verb(objects, by=by, **{name: given[name] for name in act.takes})}
    left = [obj for obj in objects if obj.public_id not in touched]
    return outcome_of(act.done, objects, left)


def outcome_of(done: str, objects, left) -> str:
    """What was `done` to `objects`, without those that were `left` because readers see them already as they are."""
    total, count = len(objects), len(objects) - len(left)
    if total == 1:
        return f"“{objects[0]}” was {done}." if count else f"“{objects[0]}” was not {done}: nothing has changed in it."
    if not left:
        return f"All {total} objects were {done}."
    named = ", ".join(f"“{obj}”" for obj in left[:MOST_NAMED])
    more = f" and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else ""
    return f"{count} of {total} objects were {done}: nothing has changed in {named}{more}."


PUBLISHABLE = [Statement, Claim, Question, Actor, Article, Outlet]
ROAD = "road"
OLD_DRAFT, OLD_DAYS = "old-draft", 14
MOST_AT_ONCE = 100
MOST_NAMED = 10  # objects that a message names
MOST_RELATED = 50


def may_publish(user) -> bool:
    return user.has_perm("claims.publish")


def may_change(user, model) -> bool:
    return user.has_perm(permission_to_change(model))


def permission_to_change(model) -> str:
    return f"{model._meta.app_label}.change_{model._meta.model_name}"


def address_of(obj) -> str:
    """The page of an object at the desk."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def named_by(public_ids) -> dict[str, Tracked]:
    """The objects of the desk with these public identities, by them; what is none is left out."""
    models = PUBLISHABLE if public_ids else []
    return {one.public_id: one for model in models for one in model._base_manager.filter(public_id__in=public_ids)}


def list_of(model, query: str = "") -> str:
    """The list of all objects of `model` at the desk, or of those that a `query` asks for."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{query}" if query else address


def noun_for(model, count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def public_address(release: Release | None) -> str:
    """Where readers see the object, or nothing: its identity leads to its address, whatever that is by now."""
    public = release is not None and release.state == Release.State.PUBLISHED and settings.SERVES_PUBLIC
    return address_for(release.kind, release.public_id) if public else ""


def act_address(act: str, public_ids) -> str:
    """Where `act` on these objects is looked at and confirmed."""
    return reverse("admin:claims_release_act", args=[act]) + "?" + urlencode({"of": list(public_ids)}, doseq=True)


def open_acts(user, state: str | None, *, changed: bool) -> list[Act]:
    """What `user` may do from `state`; `changed` says that the working copy is ahead of the public."""
    acts = list(OPEN_ACTS[state])
    if state == Release.State.PUBLISHED and changed:
        acts = ["submit", "publish", "approve", *acts]
    return [ACTS[name] for name in acts if may_publish(user) or not ACTS[name].by_reviewers]


class RoadFilter(ChoiceFilter):
    title = "status"
    parameter_name = ROAD

    def lookups(self, request, model_admin):
        old = (OLD_DRAFT, f"draft, started at least {OLD_DAYS} days ago")
        return [*Release.State.choices, old, ("changed", "published, changed since")]

    def chosen(self, queryset, value):
        return self.on(queryset, value)

    @staticmethod
    def on(queryset, state: str):
        """Those of `queryset` that stand at `state`; without a release they are drafts."""
        if state == "draft":
            beyond = Release.objects.exclude(state=Release.State.DRAFT).values("public_id")
            drafts = queryset.exclude(public_id__in=beyond)
            merged = any(field.name == "merged_into" for field in queryset.model._meta.fields)
            return drafts.filter(merged_into=None) if merged else drafts
        if state == OLD_DRAFT:
            begun = timezone.now() - timedelta(days=OLD_DAYS)
            return RoadFilter.on(queryset, "draft").filter(created_at__lte=begun)
        if state == "changed":
            return queryset.filter(Q(public_id__in=_released("published", published_revision__lt=OuterRef("revision"))))
        return queryset.filter(public_id__in=_released(state))


def _released(state, **more):
    return Release.objects.filter(state=state, **more).values("public_id")


def chosen_ids(request, queryset) -> list[str] | None:
    """The public identities of what was chosen in a list; None, and a message, where that is too much for one page."""
    public_ids = list(queryset.order_by("pk").values_list("public_id", flat=True)[: MOST_AT_ONCE + 1])
    if len(public_ids) <= MOST_AT_ONCE:
        return public_ids
    messages.error(request, f"Select at most {MOST_AT_ONCE} at a time. Nothing was changed.")
    return None


def action_leading_to(address: Callable, *, name: str, description: str, permission: str, of=lambda queryset: queryset):
    """An action of lists that leads to `address(modeladmin, request, public_ids)`; `of` gives what is meant by rows."""

    def chosen(modeladmin, request, queryset):
        public_ids = chosen_ids(request, of(queryset))
        return public_ids and HttpResponseRedirect(address(modeladmin, request, public_ids))

    chosen.__name__ = name
    return admin.action(chosen, description=description, permissions=[permission])


ROAD_ACTIONS = [
    action_leading_to(
        lambda modeladmin, request, public_ids, act=act.name: act_address(act, public_ids),
        name=act.name.replace("-", "_"),
        description=act.listed,
        permission="publish" if act.by_reviewers else "change",
    )
    for act in ACTS.values()
]


def related(request, title: str, objects) -> str:
    """Safe HTML: the newest of what names an object, at most fifty, each with its page."""
    total = objects.count()
    rows = [(one, address_of(one)) for one in objects[:MOST_RELATED]]
    return render_to_string("admin/desk/_related.html", {"title": title, "rows": rows, "total": total}, request)


def road_panel(request, release: Release | None, obj, *, may: bool, linked: bool = False) -> str:
    """Safe HTML: how far `obj` is, with the acts that are open to this user if they `may`; `linked` to its page."""
    state, public = (release.state, release.published_revision) if release else (None, None)
    changed = bool(obj and public and public < obj.revision)
    acts = open_acts(request.user, state, changed=changed) if may else []
    context = {
        "release": release,
        "public": public_address(release),
        "told": told_road(state, public, obj.revision if obj else 0),
        "acts": [(act.label, act_address(act.name, [obj.public_id])) for act in acts],
        "subject": obj if linked else None,
        "address": address_of(obj) if linked and obj else "",
    }
    return render_to_string("admin/desk/_road.html", context, request)


def told_road(state: str | None, published_revision: int | None, revision: int) -> str:
    """How far something is, in words."""
    if state == Release.State.PUBLISHED and published_revision is not None and published_revision < revision:
        return "published, changed since"
    return state or Release.State.DRAFT.value
