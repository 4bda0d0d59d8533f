"""The pages on which a picture, sound or film is laid beside an article, and discarded again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from .attachments import attach_original, discard_attachment
from .desk_admin import call_or_show_refusal, desk_page, report_outcome
from .desk_forms import ObjectPicker, field_of, is_key
from .editors import acting_editor
from .models import Article, Attachment, Original


class AttachmentForm(forms.Form):
    """Which file, and beside which article it lies."""

    article = forms.ModelChoiceField(
        Article.objects.all(),
        label="Article",
        help_text="the file lies beside its texts; import the text first if it is not at the desk yet",
        widget=ObjectPicker(Article._meta.get_field("derived_from"), admin.site),
    )
    original = forms.ModelChoiceField(
        Original.objects.none(),
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "The file is not here any more: upload it again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Original.objects.filter(place=Original.Place.HERE)
        field_of(self, "original", forms.ModelChoiceField).queryset = here


def show_attachment(request: HttpRequest, original: Original, hints: Mapping[str, Any]) -> HttpResponse:
    """The page that asks beside which article a file is to lie."""
    article = str(hints.get("article") or "")
    initial = {"original": original.pk, "article": article if is_key(article) else None}
    return _attachment_page(request, AttachmentForm(initial=initial), original)


def receive_attachment(request: HttpRequest, user: User) -> HttpResponse:
    """Attaches the file, or says why not."""
    form = AttachmentForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        kept = call_or_show_refusal(form, lambda: attach_original(values["article"], values["original"], by=user))
        if kept:
            messages.success(request, f"“{kept}” was attached.")
            return redirect("admin:articles_article_change", values["article"].pk)
    return _attachment_page(request, form, form.cleaned_data.get("original"))


def discard_attachment_page(request: HttpRequest, pk: int, original: int) -> HttpResponse:
    """Asks once more, then discards an attachment: its bytes cannot be brought back."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    found = Attachment.objects.select_related("article", "original")
    attachment = get_object_or_404(found, original=original, article=pk)
    if request.method == "POST":
        report_outcome(request, lambda: _discard(request, attachment))
        return redirect("admin:articles_article_change", pk)
    return desk_page(
        request,
        "admin/desk/discard_attachment.html",
        model=Article,
        title="Discard an attachment",
        article=attachment.article,
        attachment=attachment.original,
        elsewhere=attachment.original.attached_to.exclude(pk=pk).count(),
    )


def _discard(request: HttpRequest, attachment: Attachment) -> str:
    discard_attachment(attachment.article, attachment.original, by=acting_editor(request))
    return f"“{attachment.original}” was discarded."


def _attachment_page(request: HttpRequest, form: AttachmentForm, original: Original | None) -> HttpResponse:
    return desk_page(
        request,
        "admin/desk/attach_file.html",
        model=Article,
        title="Attach a file to an article",
        form=form,
        original=original,
        media=admin.site.get_model_admin(Article).media + form.media,
    )
