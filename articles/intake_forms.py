"""The two forms of "Import an article": what comes in, and what is to be kept of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Case, Exists, OuterRef, Q, When
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat

from .desk_forms import ObjectPicker, field_of, is_key, require_choice
from .forms import TYPED_DATE_HELP, PartialDateField
from .intake_files import MAX_FILE_SIZE
from .models import Article, Attachment, Original, Outlet
from .originals import pending_originals

MAX_TYPED_LENGTH = 300_000  # characters of a text that goes through a form; a newspaper's longest have 100,000
MAX_FILES = 20  # taken in at once


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, up to `MAX_FILES`; each is named where something is wrong with it."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [super(FilesField, self).clean(file, initial) for file in data or [] if file]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(f"You chose {len(files)} files; at most {MAX_FILES} can be imported at a time.")
        for file in files:
            if file.size > MAX_FILE_SIZE:
                name = f"“{file.name}”" if len(files) > 1 else "The file"
                raise forms.ValidationError(
                    f"{name} is too large: {file.size:,} bytes; the limit is {MAX_FILE_SIZE:,}."
                )
        return files


class IntakeForm(forms.Form):
    """A text as it was saved from a page, pasted or uploaded; its clutter is taken out in the next step."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_TYPED_LENGTH,
        label="Text",
        help_text="the whole page as copied; the next step shows what was left out of the article",
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
    )
    file = FilesField(
        required=False,
        label="or files",
        help_text="a saved page, PDF, e-mail, office document, transcript or text; several are several articles",
        allow_empty_file=True,
    )
    outlet = forms.ModelChoiceField(
        Outlet.objects.all(),
        required=False,
        widget=ObjectPicker(Article._meta.get_field("outlet"), admin.site),
        help_text="the publisher; leave empty if the text names it",
    )
    url = forms.CharField(
        required=False,
        max_length=1000,
        label="Web address",
        help_text="for reference only: nothing is fetched",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    article = forms.ModelChoiceField(
        Article.objects.select_related("outlet"),
        required=False,
        widget=ObjectPicker(Article._meta.get_field("derived_from"), admin.site),
        label="New text of",
        help_text="only if the article is already at the desk: its passages are then looked for in the new text",
    )
    # What was uploaded before the form was refused: a browser does not send a file twice.
    original = forms.ModelChoiceField(
        Original.objects.none(), required=False, widget=forms.HiddenInput(attrs={"data-typed": True})
    )
    leave_out = forms.BooleanField(required=False, label="Remove the file")

    data: QueryDict

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "original", forms.ModelChoiceField).queryset = pending_originals()

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if values.get("leave_out"):
            values["original"] = None
        given = [bool((values.get("text") or "").strip()), bool(values.get("file") or values.get("original"))]
        if not self.errors.keys() & {"text", "file"} and sum(given) != 1:
            raise forms.ValidationError("Paste a text or choose a file, not both.")
        return values


class AttachmentsField(forms.ModelMultipleChoiceField):
    """Pictures, sound and film that this user has uploaded, to be laid beside the article."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.media_type}, {filesizeformat(obj.size)})"


class ReprintField(forms.ModelChoiceField):
    """The articles that print the same words, each with the shares of both texts in words."""

    widget = forms.RadioSelect
    sentences: Mapping[int, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        printed = ", ".join(filter(None, (f"“{obj}”", obj.outlet.name, obj.published)))
        return f"{printed}: {self.sentences.get(obj.pk, '')}"


class IntakeConfirmationForm(forms.Form):
    """An article read and cleaned, with what it says about itself, for an editor to correct and confirm."""

    article = IntakeForm.base_fields["article"]
    outlet = IntakeForm.base_fields["outlet"]
    new_outlet = forms.CharField(
        required=False,
        max_length=200,
        label="or a new outlet",
        help_text="its name; created with the article if none is chosen above",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    new_outlet_kind = forms.ChoiceField(required=False, choices=Outlet.Kind.choices, label="Kind of outlet")
    headline = forms.CharField(required=False, max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"}))
    byline = forms.CharField(required=False, max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"}))
    dateline = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))
    credited_agency = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    published = PartialDateField(required=False, help_text=TYPED_DATE_HELP)
    language = forms.CharField(max_length=35, initial="en", help_text="BCP 47, such as en or kk-Cyrl")
    url = IntakeForm.base_fields["url"]
    archive_url = forms.CharField(
        required=False,
        max_length=1000,
        label="Archived at",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    derived_from = ReprintField(
        Article.objects.none(), required=False, empty_label="none of these, or not known", label="Reprint of"
    )
    derivation = forms.ChoiceField(
        required=False, choices=Article.Derivation.choices, label="How", help_text="if it is a reprint"
    )
    complete = forms.BooleanField(
        required=False, initial=True, label="This is the whole article", help_text="not an excerpt"
    )
    text = forms.CharField(
        strip=False,
        max_length=MAX_TYPED_LENGTH,
        label="Article text",
        help_text="the text to quote from; it cannot be changed later, and what you change now is counted",
        widget=forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField"}),
    )
    attachments = AttachmentsField(
        Original.objects.none(),
        required=False,
        label="Attach",
        help_text="kept beside the article and never public",
    )
    original = forms.ModelChoiceField(
        Original.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": "What was uploaded is not here any more. Start over.",
            "invalid_choice": "What was uploaded is not here any more. Start over.",
        },
    )
    chosen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    data: QueryDict

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An import that is sent twice is no mistake: its original may have a text by now.
        here = Original.objects.filter(place=Original.Place.HERE)
        field_of(self, "original", forms.ModelChoiceField).queryset = here
        self._offer_attachments(user)
        sent = self.data.get("derived_from", "") if self.is_bound else ""
        chosen = Article.objects.filter(pk=sent if is_key(sent) else 0)
        field_of(self, "derived_from", ReprintField).queryset = chosen
        require_choice(field_of(self, "new_outlet_kind", forms.ChoiceField), "")
        for field in self.fields.values():
            # What the text itself says was sent by this very user; what can be picked is the desk's own.
            if not isinstance(field, forms.ModelChoiceField):
                field.widget.attrs["data-typed"] = True

    def offer_reprints(self, sentences: Mapping[int, str]) -> None:
        """Offers the articles with these keys, in this order, each with its sentence; without any there is no field."""
        field = field_of(self, "derived_from", ReprintField)
        field.sentences = sentences
        order = Case(*(When(pk=key, then=place) for place, key in enumerate(sentences)), default=0)
        field.queryset = Article.objects.filter(pk__in=sentences).select_related("outlet").order_by(order)
        if not sentences:
            del self.fields["derived_from"], self.fields["derivation"]

    def _offer_attachments(self, user: User) -> None:
        """Those that this user, or who uploaded the text, has waiting, and what was sent, once more perhaps."""
        sent = [key for key in self.data.getlist("attachments") if is_key(key)] if self.is_bound else []
        text = str(self.data.get("original", "") if self.is_bound else self.initial.get("original", ""))
        people = [user.pk, *Original.objects.filter(pk=text if is_key(text) else 0).values_list("by", flat=True)]
        media = (
            Q(media_type__startswith="image/") | Q(media_type__startswith="audio/") | Q(media_type__startswith="video/")
        )
        attached = Exists(Attachment.objects.filter(original=OuterRef("pk")))
        waiting = Original.objects.filter(media, ~attached & Q(by__in=people) | Q(pk__in=sent))
        waiting = waiting.filter(place=Original.Place.HERE)
        field_of(self, "attachments", AttachmentsField).queryset = waiting
        if not waiting.exists():
            del self.fields["attachments"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if values.get("outlet") is None and values.get("new_outlet") and not values.get("new_outlet_kind"):
            self.add_error("new_outlet_kind", "What kind of outlet is it? Choose one.")
        if values.get("derived_from") and not values.get("derivation"):
            self.add_error("derivation", "How was it reprinted? Choose one.")
        return values
