"""What every page of something publishable shows of its publication status: a column, a filter, buttons, actions.

The acts themselves are on one page (claims/admin/review.py), to which all of these lead.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles.desk_admin import ChoiceFilter
from articles.editors import AnyUser
from articles.models import Article, Outlet, TrackedModel
from record.documents.addresses import address_for

from .. import publishing
from ..models import Actor, Claim, Question, Release, Statement, Topic


@dataclass(frozen=True, kw_only=True)
class WorkflowAction:
    """One act. `word` is what its word is called, `takes` what its verb is given: the word, and what was seen."""

    name: str
    label: str
    listed: str
    word: str
    explanation: str
    done: str
    verb: Callable
    takes: tuple[str, ...]
    required: bool = True
    is_for_reviewers: bool = True


ListAction: TypeAlias = Callable[[admin.ModelAdmin, HttpRequest, QuerySet], HttpResponse | None]

PUBLIC_REASON_LABEL = "Public reason (shown to readers)"
WORKFLOW_ACTIONS = {
    act.name: act
    for act in [
        WorkflowAction(
            name="submit",
            label="Submit for review",
            listed="Submit for review",
            word="Note for the reviewer",
            explanation="This goes into the review queue. Readers see nothing new until a reviewer publishes it.",
            done="submitted for review",
            verb=publishing.submit,
            takes=("note",),
            required=False,
            is_for_reviewers=False,
        ),
        WorkflowAction(
            name="publish",
            label="Publish",
            listed="Publish…",
            word=PUBLIC_REASON_LABEL,
            explanation="Readers will see exactly what is listed below. Every version stays in the public history.",
            done="published",
            verb=publishing.publish,
            takes=("reason", "seen"),
        ),
        WorkflowAction(
            name="approve",
            label="Approve for others to publish",
            listed="Approve…",
            word="Note for the history",
            explanation="You have checked the changes that others made below: they may then publish them. "
            "Nothing changes for readers, and your own changes still need somebody else.",
            done="approved",
            verb=publishing.approve,
            takes=("note", "seen"),
            required=False,
        ),
        WorkflowAction(
            name="send-back",
            label="Send back with a note",
            listed="Send back…",
            word="Note for the editor: what is missing?",
            explanation="It leaves the review queue and is listed as sent back, with your note. Readers see no change.",
            done="sent back",
            verb=publishing.send_back,
            takes=("note", "field"),
        ),
        WorkflowAction(
            name="withdraw",
            label="Withdraw from publication",
            listed="Withdraw…",
            word=PUBLIC_REASON_LABEL,
            explanation="Readers no longer see it: its address says that it was withdrawn, and why. You can undo this.",
            done="withdrawn",
            verb=publishing.withdraw,
            takes=("reason",),
        ),
        WorkflowAction(
            name="undo-withdrawal",
            label="Undo the withdrawal",
            listed="Undo the withdrawal…",
            word=PUBLIC_REASON_LABEL,
            explanation="Readers will see it again at its old address, with your reason.",
            done="published again",
            verb=publishing.undo_withdrawal,
            takes=("reason",),
        ),
    ]
}
# Which acts make sense from which state; the verbs have the last word.
ACTIONS_BY_STATE: dict[str | None, list[str]] = {
    None: ["submit", "publish", "approve"],
    Release.State.DRAFT: ["submit", "publish", "approve"],
    Release.State.IN_REVIEW: ["publish", "approve", "send-back"],
    Release.State.SENT_BACK: ["submit"],
    Release.State.PUBLISHED: ["withdraw"],
    Release.State.WITHDRAWN: ["undo-withdrawal", "submit", "publish", "approve"],
}


def perform_action(
    act: WorkflowAction, objects: Sequence[TrackedModel], *, by: User, word: str, seen: dict[str, int], field: str = ""
) -> str:
    """Calls the verb of `act`; returns in a sentence what was done, and what was left. Raises `Refusal`."""
    values = {"note": word, "reason": word, "seen": seen, "field": field}
    touched = {row.public_id for row in act.verb(objects, by=by, **{name: values[name] for name in act.takes})}
    left = [obj for obj in objects if obj.public_id not in touched]
    return outcome_of(act.done, objects, left)


def outcome_of(done: str, objects: Sequence[TrackedModel], left: Sequence[TrackedModel]) -> str:
    """What was `done` to `objects`, without those that were `left` because readers see them already as they are."""
    total, count = len(objects), len(objects) - len(left)
    if total == 1:
        return (
            f"“{objects[0].mention}” was {done}."
            if count
            else f"“{objects[0].mention}” was not {done}: nothing has changed in it."
        )
    if not left:
        return f"All {total} objects were {done}."
    named = ", ".join(f"“{obj.mention}”" for obj in left[:MOST_NAMED])
    more = f" and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else ""
    return f"{count} of {total} objects were {done}: nothing has changed in {named}{more}."


PUBLISHABLE_MODELS: list[type[TrackedModel]] = [Statement, Claim, Question, Topic, Actor, Article, Outlet]
# What objects are called by beside their own words.
NAMED_AFTER: dict[type[TrackedModel], tuple[str, ...]] = {Statement: ("speaker",), Article: ("outlet",)}
STATUS_PARAMETER = "status"
OLD_DRAFT, OLD_DRAFT_DAYS = "old-draft", 14
MAX_SELECTED = 100
MOST_NAMED = 10  # objects that a message names
MAX_RELATED = 50


def may_publish(user: AnyUser) -> bool:
    return user.has_perm("claims.publish")


def may_change(user: AnyUser, model: type[Model]) -> bool:
    return user.has_perm(permission_to_change(model))


def permission_to_change(model: type[Model]) -> str:
    return f"{model._meta.app_label}.change_{model._meta.model_name}"


def desk_address(obj: Model) -> str:
    """The page of an object at the desk."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def objects_by_public_id(public_ids: Collection[str]) -> dict[str, TrackedModel]:
    """The objects of the desk with these public identities, by them; what is none is left out."""
    models = PUBLISHABLE_MODELS if public_ids else []
    return {
        obj.public_id: obj
        for model in models
        for obj in model._base_manager.filter(public_id__in=public_ids).select_related(*NAMED_AFTER.get(model, (None,)))
    }


def list_address(model: type[Model], query: str = "") -> str:
    """The list of all objects of `model` at the desk, or of those that a `query` asks for."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{query}" if query else address


def noun_for(model: type[Model], count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def public_address(release: Release | None) -> str:
    """Where readers see the object, or nothing: its identity leads to its address, whatever that is by now."""
    if release is None or release.state != Release.State.PUBLISHED or not settings.SERVES_PUBLIC:
        return ""
    return address_for(release.kind, release.public_id)


def action_address(act: str, public_ids: Iterable[str]) -> str:
    """Where `act` on these objects is looked at and confirmed."""
    return reverse("admin:claims_release_action", args=[act]) + "?" + urlencode({"of": list(public_ids)}, doseq=True)


def available_actions(user: AnyUser, state: str | None, *, changed: bool) -> list[WorkflowAction]:
    """What `user` may do from `state`; `changed` says that the working copy is ahead of the public."""
    acts = list(ACTIONS_BY_STATE[state])
    if state == Release.State.PUBLISHED and changed:
        acts = ["submit", "publish", "approve", *acts]
    return [WORKFLOW_ACTIONS[name] for name in acts if may_publish(user) or not WORKFLOW_ACTIONS[name].is_for_reviewers]


class PublicationStatusFilter(ChoiceFilter):
    title = "status"
    parameter_name = STATUS_PARAMETER

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        old = (OLD_DRAFT, f"draft, started at least {OLD_DRAFT_DAYS} days ago")
        return [*Release.State.choices, old, ("changed", "published, changed since")]

    def chosen(self, queryset: QuerySet, value: str) -> QuerySet:
        return self.filter_by_status(queryset, value)

    @staticmethod
    def filter_by_status(queryset: QuerySet, state: str) -> QuerySet:
        """Those of `queryset` that stand at `state`; without a release they are drafts."""
        if state == "draft":
            drafts = queryset.exclude(Exists(_release_of_row().exclude(state=Release.State.DRAFT)))
            merged = any(field.name == "merged_into" for field in queryset.model._meta.fields)
            return drafts.filter(merged_into=None) if merged else drafts
        if state == OLD_DRAFT:
            begun = timezone.now() - timedelta(days=OLD_DRAFT_DAYS)
            return PublicationStatusFilter.filter_by_status(queryset, "draft").filter(created_at__lte=begun)
        if state == "changed":
            behind = _release_of_row().filter(state="published", published_revision__lt=OuterRef("revision"))
            return queryset.filter(Exists(behind))
        if state in (Release.State.PUBLISHED, Release.State.IN_REVIEW):
            return queryset.filter(Exists(_release_of_row().filter(state=state)))
        return queryset.filter(public_id__in=Release.objects.filter(state=state).values("public_id"))


def _release_of_row() -> QuerySet[Release]:
    """The release of a row, for `Exists`: where many stand at a state, asking row by row is cheaper than a list."""
    return Release.objects.filter(public_id=OuterRef("public_id"))


def selected_public_ids(request: HttpRequest, queryset: QuerySet) -> list[str] | None:
    """The public identities of what was chosen in a list; None, and a message, where that is too much for one page."""
    public_ids = list(queryset.order_by("pk").values_list("public_id", flat=True)[: MAX_SELECTED + 1])
    if len(public_ids) <= MAX_SELECTED:
        return public_ids
    messages.error(request, f"Select at most {MAX_SELECTED} at a time. Nothing was changed.")
    return None


def redirect_action(
    address: Callable[[admin.ModelAdmin, HttpRequest, list[str]], str],
    *,
    name: str,
    description: str,
    permission: str,
    of: Callable[[QuerySet], QuerySet] = lambda queryset: queryset,
) -> ListAction:
    """An action of lists that leads to `address(modeladmin, request, public_ids)`; `of` gives what is meant by rows."""

    def chosen(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        public_ids = selected_public_ids(request, of(queryset))
        return HttpResponseRedirect(address(modeladmin, request, public_ids)) if public_ids else None

    chosen.__name__ = name
    return admin.action(chosen, description=description, permissions=[permission])


def _to_action_page(act: str) -> Callable[[admin.ModelAdmin, HttpRequest, list[str]], str]:
    return lambda modeladmin, request, public_ids: action_address(act, public_ids)


WORKFLOW_LIST_ACTIONS = [
    redirect_action(
        _to_action_page(act.name),
        name=act.name.replace("-", "_"),
        description=act.listed,
        permission="publish" if act.is_for_reviewers else "change",
    )
    for act in WORKFLOW_ACTIONS.values()
]


def related_objects_panel(request: HttpRequest, title: str, objects: QuerySet) -> str:
    """Safe HTML: the newest of what names an object, at most fifty, each with its page."""
    total = objects.count()
    rows = [(obj, desk_address(obj)) for obj in objects[:MAX_RELATED]]
    return render_to_string("admin/desk/_related.html", {"title": title, "rows": rows, "total": total}, request)


def publication_status_panel(
    request: HttpRequest, release: Release | None, obj: TrackedModel | None, *, may: bool, linked: bool = False
) -> str:
    """Safe HTML: how far `obj` is, with the acts that are open to this user if they `may`; `linked` to its page."""
    state, public = (release.state, release.published_revision) if release else (None, None)
    changed = bool(obj and public and public < obj.revision)
    acts = available_actions(request.user, state, changed=changed) if may else []
    context = {
        "release": release,
        "public": public_address(release),
        "told": publication_status(state, public, obj.revision if obj else 0),
        "acts": [(act.label, action_address(act.name, [obj.public_id])) for act in acts if obj],
        "subject": obj if linked else None,
        "address": desk_address(obj) if linked and obj else "",
    }
    return render_to_string("admin/desk/_status.html", context, request)


def publication_status(state: str | None, published_revision: int | None, revision: int) -> str:
    """How far something is, in words."""
    if state == Release.State.PUBLISHED and published_revision is not None and published_revision < revision:
        return "published, changed since"
    return state or Release.State.DRAFT.value
