"""Passages whose words the newest text of their article no longer prints: reworded, or gone? An editor says."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from .changes import give_up_passage, reword_passage
from .forms import OccurrenceField
from .models import Capture, Passage
from .rewording import nearest_wording
from .selection import read_selection, selection_token
from .textdiff import readable_difference
from .trace import Refused
from .verbforms import LARGEST_REVISION

LONGEST_WORDS = 5_000  # characters of one passage that a form takes


class FoundFilter(admin.SimpleListFilter):
    """Where the words of a passage stand now."""

    title = "found in the newest text"
    parameter_name = "found"

    def lookups(self, request, model_admin):
        return [
            ("lost", "no: to be settled"),
            ("gone", "no: gone, says an editor"),
            ("moved", "yes, moved there: to be confirmed"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "lost":
            return queryset.lost()
        if self.value() == "moved":
            return queryset.moved()
        return queryset.gone() if self.value() == "gone" else queryset


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


class SettlePages:
    """For the admin of passages."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [path("<int:pk>/settle/", wrap(self.settle_view), name="articles_passage_settle"), *super().get_urls()]

    def above(self, request, obj):
        newest = obj.capture.article.captures.newest_whole()
        if newest is None or newest.pk == obj.capture_id:
            return super().above(request, obj)
        nearest = nearest_wording(newest.text, obj.exact, obj.prefix, obj.suffix)
        context = {
            "passage": obj,
            "newest": newest,
            "nearest": nearest,
            "occurrence": selection_token(newest.text, nearest.span) if nearest else "",
            "difference": readable_difference(obj.exact, nearest.span.exact) if nearest else None,
            "gone": obj.gone_from_id == newest.pk,
            "may": self.may_settle(request),
        }
        return [render_to_string("admin/desk/settle.html", context, request), *super().above(request, obj)]

    def may_settle(self, request) -> bool:
        # `has_change_permission` is nobody's: the words of a passage are not edited, only found again.
        return request.user.has_perm("articles.change_passage")

    @method_decorator(csrf_protect)
    @method_decorator(require_POST)
    def settle_view(self, request, pk):
        if not self.may_settle(request):
            raise PermissionDenied
        passage = get_object_or_404(Passage.objects.select_related("capture__article"), pk=pk)
        back = HttpResponseRedirect(reverse("admin:articles_passage_change", args=[pk]))
        form = SettleForm(request.POST)
        if not form.is_valid():
            self.message_user(request, f"Nothing was changed. {_first_error(form)}", messages.ERROR)
            return back
        said = form.cleaned_data
        capture = Capture.objects.filter(pk=said["capture"]).first()
        newest = passage.capture.article.captures.newest_whole()
        if capture is None or newest is None or capture.pk != newest.pk:
            self.message_user(
                request,
                "The article was captured again meanwhile: look at its newest text. Nothing was changed.",
                messages.ERROR,
            )
            return back
        try:
            if said["act"] == "reword":
                words = {name: said[name] for name in ("exact", "prefix", "suffix")}
                words["occurrence"] = read_selection(said["occurrence"], said["exact"])
                reword_passage(passage, capture, by=request.user, seen=said["seen"], why=said["why"], **words)
                told = "The passage now has the new words. Its history keeps the old ones. It is still to be confirmed."
            else:
                give_up_passage(passage, capture, by=request.user, seen=said["seen"], why=said["why"])
                told = "The words are marked as gone from the newest text. They stay in the older one."
        except Refused as refusal:
            self.message_user(request, f"{refusal.sentence} Nothing was changed.", messages.ERROR)
        else:
            self.message_user(request, told, messages.SUCCESS)
        return back


def _first_error(form) -> str:
    name, errors = next(iter(form.errors.items()))
    return f"{name.capitalize()}: {errors[0]}"
