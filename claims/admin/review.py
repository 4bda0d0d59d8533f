"""The review queue, and the one page on which something is submitted, sent back, published or withdrawn."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.timesince import timesince

from articles.models import Tracked
from articles.trace import Refused
from articles.verbadmin import PUBLIC_ID, DeskAdmin, attempt, desk_page
from articles.verbforms import is_key

from .. import publishing
from ..forms import WordForm
from ..models import Release
from ..workspace import may_see_names
from .previews import previews
from .road import (
    ACTS,
    MOST_AT_ONCE,
    PUBLISHABLE,
    REVIEWERS_ACTS,
    ROAD_ACTIONS,
    act_address,
    address_of,
    may_change,
    may_publish,
    road_panel,
)
from .seeing import page_as_readers_would_see

# In which order the states stand in the queue: what waits comes first.
QUEUE = ["in review", "sent back", "draft", "published", "withdrawn"]


@dataclass(frozen=True)
class Act:
    """One act on the page of acts: what its word is called, whether it must be given; what it does, what was done."""

    name: str
    word: str
    required: bool
    does: str
    done: str


ACT = {
    act.name: act
    for act in [
        Act(
            "submit",
            "A word for the reviewer",
            False,
            "It goes into the review queue. Readers see nothing new before a reviewer has published it.",
            "submitted for review",
        ),
        Act(
            "send-back",
            "A word for the editor: what is missing?",
            True,
            "It leaves the review queue and stands among what was sent back, with your word. Readers see no change.",
            "sent back",
        ),
        Act(
            "approve",
            "A word for the history",
            False,
            "You have looked at what others changed in what stands below: they may then publish it themselves. Readers "
            "see no change, and your own changes wait for somebody else.",
            "approved",
        ),
        Act(
            "publish",
            "Public reason: readers will see it",
            True,
            "Readers will see what stands below, and nothing else. Each version stays in the public history.",
            "published",
        ),
        Act(
            "withdraw",
            "Public reason: readers will see it",
            True,
            "Readers will no longer see it: its address says that it was withdrawn, and why. This can be undone.",
            "withdrawn",
        ),
        Act(
            "undo-withdrawal",
            "Public reason: readers will see it",
            True,
            "Readers will see it again at its old address, with your reason.",
            "published again",
        ),
    ]
}


@admin.register(Release)
class ReleaseAdmin(DeskAdmin):
    list_display = ["label", "kind", "state", "waiting", "submitted_by", "note"]
    list_filter = ["state", "kind"]
    list_select_related = ["submitted_by"]
    search_fields = ["label", "note", "=public_id"]
    fields = [
        "kind",
        "state",
        "submitted_by",
        "submitted_at",
        "note",
        "published_at",
        "published_revision",
        "record_seq",
    ]
    actions = ROAD_ACTIONS[1:]  # what stands in the queue was submitted
    empty_text = "Nothing waits for review. What editors submit stands here, the oldest first."

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Review queue", **(extra_context or {})})

    def get_ordering(self, request):
        place = Case(
            *(When(state=state, then=Value(number)) for number, state in enumerate(QUEUE)),
            output_field=IntegerField(),
        )
        return [place.asc(), "submitted_at", "id"]

    def has_publish_permission(self, request):
        return may_publish(request.user)

    @admin.display(description="age", ordering="submitted_at")
    def waiting(self, release):
        waits = release.state == Release.State.IN_REVIEW and release.submitted_at
        return f"waits {timesince(release.submitted_at, depth=1)}" if waits else ""

    def history(self, obj, newest=None):
        found = objects_of([obj.public_id])
        return super().history(found[0], newest=newest) if found else []

    def above(self, request, obj):
        found = objects_of([obj.public_id])
        return [road_panel(request, obj, found[0] if found else None, may=bool(found), linked=True)]

    def below(self, request, obj):
        found = objects_of([obj.public_id])
        if not found or obj.state == Release.State.WITHDRAWN:
            return []
        return [render_to_string("admin/desk/_plan.html", shown_plan(found, request.user), request)]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("act/<str:act>/", wrap(act_page), name="claims_release_act"),
            path("see/", wrap(see_page), name="claims_release_see"),
            *super().get_urls(),
        ]


def act_page(request, act):
    """What an act would do, and doing it."""
    if act not in ACT:
        raise Http404
    objects = objects_of(request.POST.getlist("of") or request.GET.getlist("of"))
    refuse_strangers(request.user, act, objects)
    if not objects:
        messages.error(request, "Nothing of what was chosen is at the desk. Nothing was changed.")
        return redirect("admin:claims_release_changelist")
    form = WordForm(request.POST or None)
    form.fields["word"].label, form.fields["word"].required = ACT[act].word, ACT[act].required
    if request.method == "POST" and form.is_valid():
        word, seen = form.cleaned_data["word"], _seen(request)
        if done := attempt(form, lambda: perform(act, objects, by=request.user, word=word, seen=seen)):
            messages.success(request, done)
            alone = len(objects) == 1 and not may_publish(request.user)
            return redirect(address_of(objects[0]) if alone else "admin:claims_release_changelist")
    context = {
        "act": act,
        "does": ACT[act].does,
        "form": form,
        "objects": [(one._meta.verbose_name, one, address_of(one)) for one in objects],
        **(shown_plan(objects, request.user) if act in ("submit", "approve", "publish") else {}),
        **(shown_restoration(objects, request.user) if act == "undo-withdrawal" else {}),
    }
    # What lacks something can be submitted, for a reviewer to see what; it cannot be published.
    context["hindered"] = bool(context.get("hindrances") or (act == "publish" and context["refusals"]))
    return desk_page(request, "admin/desk/act.html", model=Release, title=ACTS[act], **context)


def see_page(request):
    """One page of the plan as readers would see it; where it cannot be shown, the plan, with the reason."""
    objects = objects_of(request.GET.getlist("of"))
    refuse_strangers(request.user, "submit", objects)
    if not objects:
        messages.error(request, "Nothing of what was chosen is at the desk.")
        return redirect("admin:claims_release_changelist")
    try:
        return page_as_readers_would_see(request, objects, request.GET.get("page", ""))
    except Refused as refusal:
        messages.error(request, f"The page cannot be shown. {refusal.sentence}")
        act = "publish" if may_publish(request.user) else "submit"
        return redirect(act_address(act, [one.public_id for one in objects]))


def refuse_strangers(user, act: str, objects: list[Tracked]) -> None:
    """Raises `PermissionDenied` for who may not do this act, or not change one of `objects`."""
    if act in REVIEWERS_ACTS and not may_publish(user):
        raise PermissionDenied
    if not all(may_change(user, type(one)) for one in objects):
        raise PermissionDenied


def perform(act: str, objects: list[Tracked], *, by, word: str, seen: dict[str, int]) -> str:
    """Calls the verb of `act`; returns what was done, in a sentence."""
    if act == "submit":
        publishing.submit(objects, by=by, note=word)
    elif act == "send-back":
        publishing.send_back(objects, by=by, note=word)
    elif act == "approve":
        publishing.approve(objects, by=by, note=word, seen=seen)
    elif act == "publish":
        publishing.publish(objects, by=by, reason=word, seen=seen)
    elif act == "undo-withdrawal":
        publishing.undo_withdrawal(objects, by=by, reason=word)
    else:
        publishing.withdraw(objects, by=by, reason=word)
    what = f"“{objects[0]}” was" if len(objects) == 1 else f"{len(objects)} objects were"
    return f"{what} {ACT[act].done}."


def objects_of(public_ids) -> list[Tracked]:
    """The objects of the desk with these public identities, at most a hundred; what is none is left out."""
    asked = [one for one in dict.fromkeys(public_ids) if PUBLIC_ID.fullmatch(one)][:MOST_AT_ONCE]
    if not asked:
        return []
    found = {}
    for model in PUBLISHABLE:
        found |= {one.public_id: one for one in model._base_manager.filter(public_id__in=asked)}
    return [found[one] for one in asked if one in found]


def shown_plan(objects, user) -> dict:
    """What the template of a plan needs."""
    # An editor reads what the objects lack, not that editors may not publish.
    made = publishing.plan(objects, by=user if may_publish(user) else None)
    others, at_once = publishing.others_who_could(made, but=user) if made.own_changes else ([], False)
    ids = [one.public_id for one in objects]
    return {
        "plan": made,
        "named": may_see_names(user),
        "becoming": previews(made.becoming),
        "neighbours": previews(made.neighbours),
        "seen": [f"{public_id}:{revision}" for public_id, revision in made.seen.items()],
        "refusals": list(dict.fromkeys(one.sentence for one in made.refusals)),
        "others": [str(one) for one in others],
        "at_once": at_once,
        "seeing": f"{reverse('admin:claims_release_see')}?{urlencode({'of': ids}, doseq=True)}",
    }


def shown_restoration(objects, user) -> dict:
    """What the template of undoing a withdrawal needs: what hinders it, and what changed since readers saw it."""
    found = publishing.restoration(objects, by=user)
    since = [
        replace(one, standing=found.last[one.obj.public_id])
        for one in found.plan.becoming
        if found.last.get(one.obj.public_id, one.text) != one.text
    ]
    refusals = [one.sentence for one in found.plan.refusals]
    return {
        "undoing": True,
        "hindrances": list(dict.fromkeys([*found.hindrances, *refusals])),
        "since": previews(since),
        "to_plan": act_address("publish", [one.public_id for one in objects]),
    }


def _seen(request) -> dict[str, int]:
    """The revisions that the page has shown: those that cannot be read are left out, and the verb refuses."""
    pairs = (one.partition(":")[::2] for one in request.POST.getlist("seen"))
    return {public_id: int(revision) for public_id, revision in pairs if is_key(revision)}
