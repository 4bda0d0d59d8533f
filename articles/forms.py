"""What an editor may say about outlets, articles and passages."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django import forms
from django.contrib import admin

from .dates import read_date
from .files import LONGEST as LONGEST_FILE
from .files import Entry
from .models import Article, Capture, Outlet, Passage
from .reading import Reading, read_plain
from .tables import FileIsBroken
from .text import QuoteIsAmbiguous, QuoteNotFound, TextIsBroken, locate, settle
from .verbforms import PickOne, VerbForm, leave_open

LONGEST_TYPED = 300_000  # characters of a text that goes through a form; a newspaper's longest have 100,000
NUL = "\x00"


def clean_partial_date(text: str) -> str:
    """A partial date as it is kept, or a `ValidationError` with the sentence of what is wrong with it."""
    if not text.strip():
        return ""
    try:
        return read_date(text).edtf
    except ValueError as error:
        raise forms.ValidationError(str(error)) from None


def find_words(form: forms.Form, capture: Capture, exact: str, prefix: str, suffix: str) -> None:
    """Puts an error on the field `exact` of `form` unless its words stand in `capture` exactly once."""
    try:
        locate(capture.text, exact, prefix, suffix)
    except QuoteNotFound:
        form.add_error("exact", "These words do not stand in this text (there 0 times). Copy them from the capture.")
    except QuoteIsAmbiguous as error:
        form.add_error(
            "exact",
            f"These words stand in this text {error.count} times: select a little more, or say what stands "
            "before or after them.",
        )


class WordsField(forms.CharField):
    """Words pasted from a page: line ends and composed letters settled as in captures, broken encodings refused."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})

    def to_python(self, value):
        try:
            return settle(super().to_python(value))
        except TextIsBroken as error:
            raise forms.ValidationError(str(error)) from None


class OutletForm(VerbForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug_is_optional(self)
        choose_first(self, "kind", "What kind of outlet is it? Choose one.")


class ArticleForm(VerbForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug_is_optional(self)

    def clean_published(self):
        return clean_partial_date(self.cleaned_data["published"])


def choose_first(form: forms.ModelForm, name: str, sentence: str) -> None:
    """Leaves a list of a new object open, whatever its model would take: what stands stays chosen."""
    if name in form.fields:
        leave_open(form.fields[name], sentence)
        if form.instance.pk is None:
            form.initial.pop(name, None)


def slug_is_optional(form: forms.ModelForm) -> None:
    """Lets the address of a new object be made from its name, and that of an old one stay as it is."""
    if "slug" in form.fields:
        form.fields["slug"].required = False
        form.fields["slug"].label = "Address"
        form.fields["slug"].help_text = "the last part of its public address; made from the name where it is left empty"


class PassageForm(VerbForm):
    """Words of a capture to be marked: the words cross the wire, their place is found here."""

    exact = WordsField(label="Words", help_text="exactly as they stand in the capture")
    prefix = forms.CharField(label="Words before", required=False, max_length=64, help_text="if there more than once")
    suffix = forms.CharField(label="Words after", required=False, max_length=64)

    class Meta:
        model = Passage
        fields = ["capture", "exact", "prefix", "suffix"]

    def clean(self):
        values = super().clean()
        if {"capture", "exact"} <= values.keys():
            find_words(self, values["capture"], values["exact"], values.get("prefix", ""), values.get("suffix", ""))
        return values

    def _post_clean(self):
        """Nothing: a passage without its place is no passage yet, and the verb checks the whole one."""


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

    reading: Reading | None = None
    method = Capture.Method.PASTED

    def clean(self):
        values = super().clean()
        if self.errors:
            return values
        text, file = values.get("text"), values.get("file")
        if bool(text and text.strip()) == bool(file):
            raise forms.ValidationError("Paste a text or choose a file: one of the two.")
        try:
            self.reading = read_upload(file) if file else read_plain(text)
        except (FileIsBroken, TextIsBroken) as error:
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


def read_upload(file) -> Reading:
    """What stands in an uploaded file, by the very rules of `manage.py ingest_articles`. Raises `FileIsBroken`."""
    if file.size > LONGEST_FILE:
        raise FileIsBroken(f"It is too large: {file.size:,} bytes, more than {LONGEST_FILE:,}.")
    with NamedTemporaryFile(suffix=Path(file.name).suffix[:10]) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        return Entry(file.name, Path(copy.name)).read()


class ConfirmForm(forms.Form):
    """An article read and cleaned, with what it says about itself, for an editor to correct and confirm."""

    article = LookForm.base_fields["article"]
    outlet = LookForm.base_fields["outlet"]
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
