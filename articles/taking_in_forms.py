"""The two forms of the page "Take in an article": what is looked at, and what is confirmed.

Nothing is kept between the steps, and nothing of what was sent is lost: a browser does not send a file twice, so that a
refused one goes back and forth in the form, as `kept`.
"""

import base64
import binascii

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile

from .files import LONGEST as LONGEST_FILE
from .files import read_article
from .forms import clean_partial_date
from .models import Article, Capture, Outlet
from .reading import Reading, read_plain
from .tables import FileIsBroken
from .text import TextIsBroken
from .verbforms import PickOne, leave_open

LONGEST_TYPED = 300_000  # characters of a text that goes through a form; a newspaper's longest have 100,000
LARGEST_KEPT = 2_500_000  # bytes of a file that goes back and forth; with base64 and a text it must fit into one post
NUL = "\x00"


class LookForm(forms.Form):
    """A text as it was saved from a page, pasted or uploaded; its clutter is taken out in the next step."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_TYPED,
        label="Text",
        help_text="the whole page as copied: what is not the article is taken out next, and shown",
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
    )
    file = forms.FileField(required=False, label="or a file", help_text="text or HTML, UTF-8", allow_empty_file=True)
    outlet = forms.ModelChoiceField(
        Outlet.objects.all(),
        required=False,
        widget=PickOne(Article._meta.get_field("outlet"), admin.site),
        help_text="who printed it; may be left empty where the text says so",
    )
    url = forms.CharField(
        required=False,
        max_length=1000,
        label="Web address",
        help_text="a label only: nothing is fetched from it",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    article = forms.ModelChoiceField(
        Article.objects.select_related("outlet"),
        required=False,
        widget=PickOne(Article._meta.get_field("derived_from"), admin.site),
        label="New text of",
        help_text="only where the desk has the article already: its passages are looked for in the new text",
    )

    kept = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-typed": True}))
    kept_name = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput(attrs={"data-typed": True}))
    leave_out = forms.BooleanField(required=False, label="Leave the file out")

    reading: Reading | None = None
    method = Capture.Method.PASTED

    def clean(self):
        values = super().clean()
        text, file = values.get("text"), values.get("file") or self._kept_file(values)
        if "file" in self.errors or "text" in self.errors:
            return values
        if file:
            self._keep(file)
        if bool(text and text.strip()) == bool(file):
            raise forms.ValidationError("Paste a text or choose a file: one of the two.")
        try:
            self.reading = read_upload(file) if file else read_plain(text)
        except (FileIsBroken, TextIsBroken) as error:
            self._keep(None)  # it would be refused again
            self.add_error("file" if file else "text", str(error))
            return values
        if file:
            self.method = Capture.Method.UPLOADED
        if len(self.reading.text) > LONGEST_TYPED:
            self.add_error(
                "file",
                f"The text has {len(self.reading.text):,} characters: this page takes {LONGEST_TYPED:,}. "
                "Longer ones go in by manage.py ingest_articles.",
            )
        return values

    def _kept_file(self, values) -> ContentFile | None:
        """The file that was chosen before the form was refused, unless it is to be left out."""
        if not values.get("kept") or values.get("leave_out"):
            return None
        try:
            return ContentFile(base64.b64decode(values["kept"], validate=True), values.get("kept_name") or "file")
        except (binascii.Error, ValueError):
            self.add_error("file", "The file came back broken: choose it again.")
            return None

    def _keep(self, file) -> None:
        """Lets the form hold `file` when it is shown again; None lets go of it."""
        self.data = self.data.copy()
        small = file is not None and file.size <= LARGEST_KEPT
        self.data["kept"] = base64.b64encode(file.read()).decode() if small else ""
        self.data["kept_name"] = file.name[-255:] if small else ""
        self.data.pop("leave_out", None)
        if file is not None:
            file.seek(0)

    @property
    def holds(self) -> str:
        """The name of the file that the form holds, to be told."""
        return self.data.get("kept_name", "") if self.is_bound and self.data.get("kept") else ""


def read_upload(file) -> Reading:
    """What stands in an uploaded file, by the very rules of `manage.py ingest_articles`. Raises `FileIsBroken`."""
    if file.size > LONGEST_FILE:
        raise FileIsBroken(f"It is too large: {file.size:,} bytes, more than {LONGEST_FILE:,}.")
    return read_article(file.read(), file.name)


class ConfirmForm(forms.Form):
    """An article read and cleaned, with what it says about itself, for an editor to correct and confirm."""

    article = LookForm.base_fields["article"]
    outlet = LookForm.base_fields["outlet"]
    new_outlet = forms.CharField(
        required=False,
        max_length=200,
        label="or a new outlet",
        help_text="its name; made with the article where none is picked above",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    new_outlet_kind = forms.ChoiceField(required=False, choices=Outlet.Kind.choices, label="which is a")
    headline = forms.CharField(required=False, max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"}))
    byline = forms.CharField(required=False, max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"}))
    dateline = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))
    credited_agency = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    published = forms.CharField(required=False, max_length=23, help_text="2019, 2019-09 or 2019-09-03; ~ for about")
    language = forms.CharField(max_length=35, initial="en", help_text="BCP 47, such as en or kk-Cyrl")
    url = LookForm.base_fields["url"]
    archive_url = forms.CharField(
        required=False,
        max_length=1000,
        label="Archived at",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    complete = forms.BooleanField(
        required=False, initial=True, label="This is the whole article", help_text="not an excerpt of it"
    )
    text = forms.CharField(
        strip=False,
        max_length=LONGEST_TYPED,
        label="Text that is kept",
        help_text="what is quoted from; it never changes afterwards",
        widget=forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField"}),
    )
    removed = forms.JSONField(required=False, widget=forms.HiddenInput)
    method = forms.ChoiceField(choices=Capture.Method, widget=forms.HiddenInput)
    said = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leave_open(self.fields["new_outlet_kind"], "")
        for field in self.fields.values():
            # What the text itself says was sent by this very user; what can be picked is the desk's own.
            if not isinstance(field, forms.ModelChoiceField):
                field.widget.attrs["data-typed"] = True

    def clean(self):
        values = super().clean()
        if values.get("outlet") is None and values.get("new_outlet") and not values.get("new_outlet_kind"):
            self.add_error("new_outlet_kind", "What kind of outlet is it? Choose one.")
        return values

    def clean_said(self):
        """The reasons of what was proposed, by field; they are shown again and go nowhere else."""
        said = self.cleaned_data["said"] or {}
        whole = isinstance(said, dict) and all(
            isinstance(lines, list) and all(isinstance(line, str) and NUL not in line for line in lines)
            for lines in said.values()
        )
        return said if whole else {}

    def clean_published(self):
        return clean_partial_date(self.cleaned_data["published"])

    def clean_removed(self):
        removed = self.cleaned_data["removed"] or []
        if not isinstance(removed, list) or not all(map(_is_removed_line, removed)):
            raise forms.ValidationError("The lines that were taken out came back broken. Start again.")
        return removed


def _is_removed_line(line) -> bool:
    return (
        isinstance(line, list)
        and [type(one) for one in line] == [int, str, str]
        and 0 <= line[0] <= LONGEST_TYPED
        and NUL not in line[1] + line[2]
    )
