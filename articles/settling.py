"""Passages whose words the newest text of their article no longer prints: reworded, or gone? An editor says."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from .changes import give_up_passage, reword_passage
from .forms import OccurrenceField
from .models import Capture, Passage
from .rewording import nearest_wording
from .selection import read_selection, selection_token
from .textdiff import readable_difference
from .trace import Refused
from .verbadmin import ChoiceFilter, tell_outcome
from .verbforms import LARGEST_REVISION

LONGEST_WORDS = 5_000  # characters of one passage that a form takes
REFUSED = "{} Nothing was changed."


class FoundFilter(ChoiceFilter):
    """Where the words of a passage stand now."""

    title = "found in the newest text"
    parameter_name = "found"
    offers = (
        ("lost", "no: to be settled"),
        ("gone", "no: gone, says an editor"),
        ("moved", "yes, moved there: to be confirmed"),
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
        tell_outcome(request, lambda: _settle(passage, form.cleaned_data, request.user), refused=REFUSED)
    else:
        name, errors = next(iter(form.errors.items()))
        messages.error(request, f"Nothing was changed. {name.capitalize()}: {errors[0]}")
    return redirect("admin:articles_passage_change", pk)


def _settle(passage: Passage, said: dict, by) -> str:
    capture = Capture.objects.filter(pk=said["capture"]).first()
    if capture is None or capture != passage.capture.article.captures.newest_whole():
        raise Refused("The article was captured again meanwhile: look at its newest text.")
    if said["act"] == "gone":
        give_up_passage(passage, capture, by=by, seen=said["seen"], why=said["why"])
        return "The words are marked as gone from the newest text. They stay in the older one."
    words = {name: said[name] for name in ("exact", "prefix", "suffix")}
    words["occurrence"] = read_selection(said["occurrence"], said["exact"])
    reword_passage(passage, capture, by=by, seen=said["seen"], why=said["why"], **words)
    return "The passage now has the new words. Its history keeps the old ones. It is still to be confirmed."
