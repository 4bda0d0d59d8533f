"""The desk's pages of passages whose words a newer text has moved or no longer prints: found, reworded or gone?"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from .changes import (
    MAX_CONFIRMED,
    confirm_passages,
    declare_passage_gone,
    move_passage_back,
    passage_origin,
    reword_passage,
)
from .desk_admin import ChoiceFilter, desk_page, report_outcome
from .desk_forms import MAX_REVISION, is_key
from .editors import AnyUser, acting_editor
from .forms import OccurrenceField, read_selection, selection_token
from .models import Capture, Passage
from .models.article import PassageQuerySet
from .rewording import nearest_wording
from .text_difference import Stretch, readable_difference
from .tracked_changes import Refusal

MAX_PASSAGE_LENGTH = 5_000  # characters of one passage that a form takes
REFUSAL_MESSAGE = "{} Nothing was changed."


class PassagePlaceFilter(ChoiceFilter):
    """Where the words of a passage stand now."""

    title = "found in the newest text"
    parameter_name = "found"
    offers = (
        ("lost", "no: to be resolved"),
        ("gone", "no: gone, according to an editor"),
        ("moved", "yes, moved: to be confirmed"),
    )

    def chosen(self, queryset: PassageQuerySet, value: str) -> QuerySet:
        return {
            "lost": queryset.awaiting_decision,
            "gone": queryset.declared_gone,
            "moved": queryset.awaiting_confirmation,
        }[value]()


class LostPassageForm(forms.Form):
    """What an editor says of words that were not found again."""

    act = forms.ChoiceField(choices=[("reword", "reworded"), ("gone", "gone")])
    seen = forms.IntegerField(min_value=1, max_value=MAX_REVISION)
    capture = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    exact = forms.CharField(required=False, max_length=MAX_PASSAGE_LENGTH)
    # A form takes its fields off its class, and has a `prefix` of its own.
    prefix = forms.CharField(required=False, max_length=MAX_PASSAGE_LENGTH)  # type: ignore[assignment]  # see above
    suffix = forms.CharField(required=False, max_length=MAX_PASSAGE_LENGTH)
    occurrence = OccurrenceField()
    why = forms.CharField(required=False, max_length=500)


def lost_passage_panel(request: HttpRequest, passage: Passage) -> list[str]:
    """What the page of a passage shows where a newer text of its article does not print its words."""
    newest = passage.capture.article.captures.newest_complete()
    if newest is None or newest.pk == passage.capture_id:
        return []
    nearest = nearest_wording(newest.text, passage.exact, passage.prefix, passage.suffix)
    context = {
        "passage": passage,
        "newest": newest,
        "nearest": nearest,
        "occurrence": selection_token(newest.text, nearest.span) if nearest else "",
        "difference": readable_difference(passage.exact, nearest.span.exact) if nearest else None,
        "gone": passage.gone_from_id == newest.pk,
        "may": may_move_passages(request.user),
    }
    return [render_to_string("admin/desk/lost_passage.html", context, request)]


def may_move_passages(user: AnyUser) -> bool:
    # Not what the admin of passages says: the words of a passage are not edited, only found again.
    return user.has_perm("articles.change_passage")


@require_POST
def lost_passage_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Says where the words of a passage stand now, or that they are gone."""
    if not may_move_passages(request.user):
        raise PermissionDenied
    passage = get_object_or_404(Passage.objects.select_related("capture__article"), pk=pk)
    form = LostPassageForm(request.POST)
    if form.is_valid():
        report_outcome(
            request,
            lambda: _resolve_lost_passage(passage, form.cleaned_data, acting_editor(request)),
            refused=REFUSAL_MESSAGE,
        )
    else:
        name, errors = next(iter(form.errors.items()))
        messages.error(request, f"Nothing was changed. {name.capitalize()}: {errors[0]}")
    return redirect("admin:articles_passage_change", pk)


def _resolve_lost_passage(passage: Passage, said: dict[str, Any], by: User) -> str:
    capture = Capture.objects.filter(pk=said["capture"]).first()
    if capture is None or capture != passage.capture.article.captures.newest_complete():
        raise Refusal("A newer text of the article has been saved in the meantime: check that one.")
    if said["act"] == "gone":
        declare_passage_gone(passage, capture, by=by, seen=said["seen"], why=said["why"])
        return "The words are marked as gone from the newest text. They stay in the older one."
    words = {name: said[name] for name in ("exact", "prefix", "suffix")}
    words["occurrence"] = read_selection(said["occurrence"], said["exact"])
    reword_passage(passage, capture, by=by, seen=said["seen"], why=said["why"], **words)
    return "The passage now has the new words. Its history keeps the old ones. It still needs to be confirmed."


EXCERPT_CONTEXT_LENGTH = 300  # characters shown on either side, cut at the paragraph


@dataclass(frozen=True)
class PassageExcerpt:
    """Words in a text with what stands around them in their paragraph."""

    capture: Capture
    before: str
    exact: str
    after: str


@dataclass(frozen=True)
class MovedPassage:
    """A moved passage with both texts; `difference` is that of the words and their surroundings, if there is any."""

    passage: Passage
    then: PassageExcerpt | None
    now: PassageExcerpt
    difference: list[Stretch] | None


class MovedPassagesForm(forms.Form):
    """What an editor says of moved passages; `take` holds identity and revision of each, as they were shown."""

    act = forms.ChoiceField(choices=[("confirm", "these are the words"), ("back", "put it back")])
    why = forms.CharField(required=False, max_length=500)

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.taken = data.getlist("take") if data is not None else []

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        values["taken"] = []
        for row in self.taken[: MAX_CONFIRMED + 1]:
            key, _, seen = row.partition("-")
            if not (is_key(key) and is_key(seen) and int(seen) <= MAX_REVISION):
                raise forms.ValidationError("The list of passages came back damaged. Reload the page.")
            values["taken"].append((int(key), int(seen)))
        return values


def moved_passage_panel(request: HttpRequest, passage: Passage) -> list[str]:
    """What the page of a moved passage shows: both texts, and the acts that settle it."""
    if passage.moved_from_id is None:
        return []
    context = {"rows": [moved_passage(passage)], "may": may_move_passages(request.user), "alone": True}
    return [render_to_string("admin/desk/moved_rows.html", context, request)]


@admin.action(description="Review and confirm moved passages")
def confirm_action(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    moved = queryset.filter(moved_from__isnull=False).order_by("pk")
    keys = ",".join(str(key) for key in moved.values_list("pk", flat=True)[:MAX_CONFIRMED])
    if not keys:
        messages.warning(request, "None of these were moved: nothing to confirm.")
        return None
    return HttpResponseRedirect(f"{reverse('admin:articles_passage_moved')}?ids={keys}")


def moved_passages_page(request: HttpRequest) -> HttpResponse:
    """Moved passages, of one article or chosen in the list, to be looked at and confirmed in one act."""
    may = may_move_passages(request.user)
    if not (may or (request.method != "POST" and request.user.has_perm("articles.view_passage"))):
        raise PermissionDenied
    if request.method == "POST":
        form = MovedPassagesForm(request.POST)
        if form.is_valid():
            report_outcome(
                request,
                lambda: _resolve_moved_passages(form.cleaned_data, acting_editor(request)),
                refused=REFUSAL_MESSAGE,
            )
        else:
            messages.error(request, f"Nothing was changed. {next(iter(form.errors.values()))[0]}")
        return HttpResponseRedirect(request.get_full_path())
    passages = _requested_passages(request.GET)
    return desk_page(
        request,
        "admin/desk/moved.html",
        model=Passage,
        title="Moved passages",
        rows=[moved_passage(passage) for passage in passages[:MAX_CONFIRMED]],
        more=max(0, passages.count() - MAX_CONFIRMED),
        may=may,
    )


def _requested_passages(query: QueryDict) -> PassageQuerySet:
    passages = Passage.objects.awaiting_confirmation().select_related("capture__article__outlet", "moved_from")
    passages = passages.order_by("capture__article", "capture", "start")
    if article := query.get("article", ""):
        if not is_key(article):
            raise Http404("No such article.")
        passages = passages.filter(capture__article=int(article))
    if ids := query.get("ids", ""):
        keys = ids.split(",")
        if len(keys) > MAX_CONFIRMED or not all(map(is_key, keys)):
            raise Http404("No such passages.")
        passages = passages.filter(pk__in=keys)
    return passages


def _resolve_moved_passages(said: dict[str, Any], by: User) -> str:
    known = Passage.objects.select_related("capture", "moved_from").in_bulk([key for key, _ in said["taken"]])
    chosen = [(known[key], seen) for key, seen in said["taken"] if key in known]
    if said["act"] == "confirm":
        many = len(confirm_passages(chosen, by=by, why=said["why"]))
        return "1 passage confirmed." if many == 1 else f"{many} passages confirmed."
    if len(chosen) != 1:
        raise Refusal("Move back one passage at a time.")
    move_passage_back(chosen[0][0], by=by, seen=chosen[0][1], why=said["why"])
    return "The passage is back in the older text."


def moved_passage(passage: Passage) -> MovedPassage:
    """What an editor looks at before confirming `passage`."""
    now = passage_excerpt(passage.capture, passage.start, passage.end)
    origin = passage_origin(passage)
    then = passage_excerpt(origin.capture, origin.start, origin.end) if origin else None
    difference = (
        readable_difference(_excerpt_text(then), _excerpt_text(now))
        if then and _excerpt_text(then) != _excerpt_text(now)
        else None
    )
    return MovedPassage(passage, then, now, difference)


def passage_excerpt(capture: Capture, start: int, end: int) -> PassageExcerpt:
    before = capture.text[max(0, start - EXCERPT_CONTEXT_LENGTH) : start].rpartition("\n")[2]
    after = capture.text[end : end + EXCERPT_CONTEXT_LENGTH].partition("\n")[0]
    return PassageExcerpt(capture, before, capture.text[start:end], after)


def _excerpt_text(shown: PassageExcerpt) -> str:
    return shown.before + shown.exact + shown.after
