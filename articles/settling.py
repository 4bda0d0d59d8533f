"""The desk's pages of passages whose words a newer text has moved or no longer prints: found, reworded or gone?"""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from .changes import MOST_CONFIRMED, confirm_passages, give_up_passage, origin_of, put_back, reword_passage
from .forms import OccurrenceField, read_selection, selection_token
from .models import Capture, Passage
from .rewording import nearest_wording
from .textdiff import readable_difference
from .trace import Refused
from .verbadmin import ChoiceFilter, desk_page, tell_outcome
from .verbforms import LARGEST_REVISION, is_key

LONGEST_WORDS = 5_000  # characters of one passage that a form takes
REFUSED = "{} Nothing was changed."


class FoundFilter(ChoiceFilter):
    """Where the words of a passage stand now."""

    title = "found in the newest text"
    parameter_name = "found"
    offers = (
        ("lost", "no: to be resolved"),
        ("gone", "no: gone, according to an editor"),
        ("moved", "yes, moved: to be confirmed"),
    )

    def chosen(self, queryset, value):
        return {"lost": queryset.lost, "gone": queryset.gone, "moved": queryset.moved}[value]()


class SettleForm(forms.Form):
    """What an editor says of words that were not found again."""

    act = forms.ChoiceField(choices=[("reword", "reworded"), ("gone", "gone")])
    seen = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION)
    capture = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    exact = forms.CharField(required=False, max_length=LONGEST_WORDS)
    prefix = forms.CharField(required=False, max_length=LONGEST_WORDS)
    suffix = forms.CharField(required=False, max_length=LONGEST_WORDS)
    occurrence = OccurrenceField()
    why = forms.CharField(required=False, max_length=500)


def settling_panel(request, passage: Passage) -> list[str]:
    """What the page of a passage shows where a newer text of its article does not print its words."""
    newest = passage.capture.article.captures.newest_whole()
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
        "may": may_settle(request.user),
    }
    return [render_to_string("admin/desk/settle.html", context, request)]


def may_settle(user) -> bool:
    # Not what the admin of passages says: the words of a passage are not edited, only found again.
    return user.has_perm("articles.change_passage")


@require_POST
def settle_page(request, pk):
    """Says where the words of a passage stand now, or that they are gone."""
    if not may_settle(request.user):
        raise PermissionDenied
    passage = get_object_or_404(Passage.objects.select_related("capture__article"), pk=pk)
    form = SettleForm(request.POST)
    if form.is_valid():
        tell_outcome(request, lambda: _settle_lost(passage, form.cleaned_data, request.user), refused=REFUSED)
    else:
        name, errors = next(iter(form.errors.items()))
        messages.error(request, f"Nothing was changed. {name.capitalize()}: {errors[0]}")
    return redirect("admin:articles_passage_change", pk)


def _settle_lost(passage: Passage, said: dict, by) -> str:
    capture = Capture.objects.filter(pk=said["capture"]).first()
    if capture is None or capture != passage.capture.article.captures.newest_whole():
        raise Refused("A newer text of the article has been saved meanwhile: check that one.")
    if said["act"] == "gone":
        give_up_passage(passage, capture, by=by, seen=said["seen"], why=said["why"])
        return "The words are marked as gone from the newest text. They stay in the older one."
    words = {name: said[name] for name in ("exact", "prefix", "suffix")}
    words["occurrence"] = read_selection(said["occurrence"], said["exact"])
    reword_passage(passage, capture, by=by, seen=said["seen"], why=said["why"], **words)
    return "The passage now has the new words. Its history keeps the old ones. It still needs to be confirmed."


AROUND = 300  # characters shown on either side, cut at the paragraph


@dataclass(frozen=True)
class Excerpt:
    """Words in a text with what stands around them in their paragraph."""

    capture: Capture
    before: str
    exact: str
    after: str


@dataclass(frozen=True)
class Moved:
    """A moved passage with both texts; `difference` is that of the words and their surroundings, if there is any."""

    passage: Passage
    then: Excerpt | None
    now: Excerpt
    difference: list | None


class MovedForm(forms.Form):
    """What an editor says of moved passages; `take` holds identity and revision of each, as they were shown."""

    act = forms.ChoiceField(choices=[("confirm", "these are the words"), ("back", "put it back")])
    why = forms.CharField(required=False, max_length=500)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.taken = data.getlist("take") if data is not None else []

    def clean(self):
        values = super().clean()
        values["taken"] = []
        for row in self.taken[: MOST_CONFIRMED + 1]:
            key, _, seen = row.partition("-")
            if not (is_key(key) and is_key(seen) and int(seen) <= LARGEST_REVISION):
                raise forms.ValidationError("The list of passages came back damaged. Reload the page.")
            values["taken"].append((int(key), int(seen)))
        return values


def moved_panel(request, passage: Passage) -> list[str]:
    """What the page of a moved passage shows: both texts, and the acts that settle it."""
    if passage.moved_from_id is None:
        return []
    context = {"rows": [moved(passage)], "may": may_settle(request.user), "alone": True}
    return [render_to_string("admin/desk/moved_rows.html", context, request)]


@admin.action(description="Review and confirm moved passages")
def confirm_action(modeladmin, request, queryset):
    keys = ",".join(str(key) for key in queryset.moved().order_by("pk").values_list("pk", flat=True)[:MOST_CONFIRMED])
    if not keys:
        messages.warning(request, "None of these were moved: nothing to confirm.")
        return None
    return HttpResponseRedirect(f"{reverse('admin:articles_passage_moved')}?ids={keys}")


def moved_page(request):
    """Moved passages, of one article or chosen in the list, to be looked at and confirmed in one act."""
    may = may_settle(request.user)
    if not (may or (request.method != "POST" and request.user.has_perm("articles.view_passage"))):
        raise PermissionDenied
    if request.method == "POST":
        form = MovedForm(request.POST)
        if form.is_valid():
            tell_outcome(request, lambda: _settle(form.cleaned_data, request.user), refused=REFUSED)
        else:
            messages.error(request, f"Nothing was changed. {next(iter(form.errors.values()))[0]}")
        return HttpResponseRedirect(request.get_full_path())
    passages = _passages_asked_for(request.GET)
    return desk_page(
        request,
        "admin/desk/moved.html",
        model=Passage,
        title="Moved passages",
        rows=[moved(passage) for passage in passages[:MOST_CONFIRMED]],
        more=max(0, passages.count() - MOST_CONFIRMED),
        may=may,
    )


def _passages_asked_for(query):
    passages = Passage.objects.moved().select_related("capture__article__outlet", "moved_from")
    passages = passages.order_by("capture__article", "capture", "start")
    if article := query.get("article", ""):
        if not is_key(article):
            raise Http404("No such article.")
        passages = passages.filter(capture__article=article)
    if ids := query.get("ids", ""):
        keys = ids.split(",")
        if len(keys) > MOST_CONFIRMED or not all(map(is_key, keys)):
            raise Http404("No such passages.")
        passages = passages.filter(pk__in=keys)
    return passages


def _settle(said: dict, by) -> str:
    known = Passage.objects.select_related("capture", "moved_from").in_bulk([key for key, _ in said["taken"]])
    chosen = [(known[key], seen) for key, seen in said["taken"] if key in known]
    if said["act"] == "confirm":
        many = len(confirm_passages(chosen, by=by, why=said["why"]))
        return "1 passage confirmed." if many == 1 else f"{many} passages confirmed."
    if len(chosen) != 1:
        raise Refused("Move back one passage at a time.")
    put_back(chosen[0][0], by=by, seen=chosen[0][1], why=said["why"])
    return "The passage is back in the older text."


def moved(passage: Passage) -> Moved:
    """What an editor looks at before confirming `passage`."""
    now = excerpt(passage.capture, passage.start, passage.end)
    origin = origin_of(passage)
    then = origin and excerpt(origin.capture, origin.start, origin.end)
    difference = readable_difference(_whole(then), _whole(now)) if then and _whole(then) != _whole(now) else None
    return Moved(passage, then, now, difference)


def excerpt(capture: Capture, start: int, end: int) -> Excerpt:
    before = capture.text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = capture.text[end : end + AROUND].partition("\n")[0]
    return Excerpt(capture, before, capture.text[start:end], after)


def _whole(shown: Excerpt) -> str:
    return shown.before + shown.exact + shown.after
