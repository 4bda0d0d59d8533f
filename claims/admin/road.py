"""What every page of something publishable shows of its road to the public: a column, a filter, buttons, actions.

The acts themselves are on one page (claims/admin/review.py), to which all of these lead.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import OuterRef, Q
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Outlet
from articles.verbadmin import ChoiceFilter
from record.addresses import address

from ..models import Actor, Claim, Question, Release, Statement
from .acts import ACTS, OPEN_ACTS, Act

PUBLISHABLE = [Statement, Claim, Question, Actor, Article, Outlet]
ROAD = "road"
OLD_DRAFT, OLD_DAYS = "old-draft", 14
MOST_AT_ONCE = 100
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


def list_of(model, query: str = "") -> str:
    """The list of all objects of `model` at the desk, or of those that a `query` asks for."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{query}" if query else address


def noun_for(model, count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def public_address(release: Release | None) -> str:
    """Where readers see the object, or nothing: its identity leads to its address, whatever that is by now."""
    public = release is not None and release.state == Release.State.PUBLISHED and settings.SERVES_PUBLIC
    return address(release.kind, release.public_id) if public else ""


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
    title = "road to the public"
    parameter_name = ROAD

    def lookups(self, request, model_admin):
        old = (OLD_DRAFT, f"draft, begun {OLD_DAYS} days ago or earlier")
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
    messages.error(request, f"Select at most {MOST_AT_ONCE} at once: nobody can look at more. Nothing was changed.")
    return None


def _action(act: Act):
    def chosen(modeladmin, request, queryset):
        public_ids = chosen_ids(request, queryset)
        return public_ids and HttpResponseRedirect(act_address(act.name, public_ids))

    chosen.__name__ = act.name.replace("-", "_")
    return admin.action(chosen, description=act.listed, permissions=["publish" if act.by_reviewers else "change"])


ROAD_ACTIONS = [_action(act) for act in ACTS.values()]


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
