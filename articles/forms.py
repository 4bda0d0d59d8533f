"""What an editor may say about outlets, articles and passages."""

from typing import Any

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac

from language.dates.typed import read_typed_date

from .desk_forms import ObjectForm
from .models import Capture, Passage
from .text import (
    QuoteCutsAWord,
    QuoteIsAmbiguous,
    QuoteNotFound,
    TextIsBroken,
    WordsInPlace,
    locate,
    occurrence_number,
    settle,
)

MAX_TYPED_DATE = 60  # characters of a date as it is typed
TYPED_DATE_HELP = "23 Aug 2016, 23/08/2016 (day/month/year), 2016-08 or 2016; ~ for about"


class PartialDateField(forms.CharField):
    """A date as an editor types it, cleaned to the partial date that is kept; a `ValidationError` says what is wrong.

    “Yesterday” counts from `published`, the article's date, and is read in `language`.
    """

    published = ""
    language = "en"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"max_length": MAX_TYPED_DATE})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return read_typed_date(text, published=self.published, language=self.language).edtf if text.strip() else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


def check_words(form: forms.BaseForm, capture: Capture, exact: str, prefix: str, suffix: str) -> None:
    """Puts an error on the field `exact` of `form` unless its words stand in `capture` exactly once."""
    try:
        locate(capture.text, exact, prefix, suffix)
    except QuoteCutsAWord as error:
        form.add_error("exact", str(error))
    except QuoteNotFound:
        form.add_error("exact", "These words do not occur in this text. Copy them from the saved text.")
    except QuoteIsAmbiguous as error:
        form.add_error(
            "exact",
            f"These words occur {error.count} times in this text: select a little more, or give the words "
            "before or after them.",
        )


class WordsField(forms.CharField):
    """Words pasted from a page: line ends and composed letters settled as in captures, broken encodings refused."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})

    def to_python(self, value: Any) -> str:
        try:
            return settle(super().to_python(value) or "")
        except TextIsBroken as error:
            raise forms.ValidationError(str(error)) from None


class OccurrenceField(forms.CharField):
    """Which occurrence of the words beside it was selected (see `read_selection`): carried by the form, never typed."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=40, **options)


class OutletForm(ObjectForm):
    kind_required_message = "What kind of outlet is it? Choose one."


class ArticleForm(ObjectForm):
    class Meta:
        field_classes = {"published": PartialDateField}


class PassageForm(ObjectForm):
    """Words of a capture to be marked: the words cross the wire, their place is found here."""

    exact = WordsField(label="Words", help_text="exactly as in the saved text")
    # A form takes its fields off its class, and has a `prefix` of its own.
    prefix = forms.CharField(  # type: ignore[assignment]  # see above
        label="Words before", required=False, max_length=64, help_text="only if the words occur more than once"
    )
    suffix = forms.CharField(label="Words after", required=False, max_length=64)

    class Meta:
        model = Passage
        fields = ["capture", "exact", "prefix", "suffix"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if {"capture", "exact"} <= values.keys():
            check_words(self, values["capture"], values["exact"], values.get("prefix", ""), values.get("suffix", ""))
        return values

    def _post_clean(self) -> None:
        """Nothing: a passage without its place is no passage yet, and the verb checks the whole one."""


def selection_token(text: str, place: WordsInPlace) -> str:
    """What a form carries for the words at `place` of `text`: their occurrence, and a mark that is theirs alone."""
    return f"{occurrence_number(text, place)}-{_words_digest(place.exact)}"


def read_selection(token: str, exact: str) -> int | None:
    """The occurrence that `token` says for the words `exact`, or None; a bare number comes from a page's script."""
    number, _, mark = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return int(number) if not mark or constant_time_compare(mark, _words_digest(exact)) else None


def _words_digest(exact: str) -> str:
    # Keyed, so that who may not read a withheld name in the words cannot try names against it.
    return salted_hmac("articles.selection", exact.strip(), algorithm="sha256").hexdigest()[:12]
