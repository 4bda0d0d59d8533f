"""What an editor may say about questions, claims, actors and statements, and the words that go with an act."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin

from articles.desk_forms import ComponentForm, ComponentFormSet, ObjectForm, ObjectPicker, field_of
from articles.forms import PartialDateField, WordsField, check_words
from articles.models import Capture, Passage
from articles.tracked_changes import Refusal

from ..changes import StepInput
from ..changes.typed_chains import read_chain, write_chain
from ..models import Actor, Appearance, Claim


class ClaimForm(ObjectForm):
    kind_required_message = "What kind of claim is it? Choose one: fact, figure, evaluation …"

    class Meta:
        field_classes = {"as_of": PartialDateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lower", "amount", "upper"):
            if self.initial.get(name) is not None and isinstance(self.initial[name], Decimal):
                self.initial[name] = format(self.initial[name].normalize(), "f")


class StatementForm(ObjectForm):
    class Meta:
        field_classes = {"said_on": PartialDateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "said_on" in self.fields:
            # “Yesterday” counts from the article in which it was printed first.
            first = self.instance.appearances.select_related("passage__capture__article").order_by("id").first()
            if first:
                field_of(self, "said_on", PartialDateField).published = first.passage.capture.article.published


class ChainField(forms.CharField):
    """A chain, one hop a line; the clean value is a list of `StepInput`. `named`: whether it may name the withheld."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", "spellcheck": "false"})
    named = False

    def clean(self, value: Any) -> list[StepInput]:
        try:
            return read_chain(super().clean(value), named=self.named)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from None


class AppearanceForm(ComponentForm):
    """One printing: the capture and the words in it cross the wire, never positions.

    `passage` is the one that stood there when the page was loaded: it is kept while its words are, even where it has
    been moved to a fuller capture of the same article meanwhile. `named` says whether chains may name the withheld.
    """

    capture = forms.ModelChoiceField(
        Capture.objects.select_related("article__outlet"),
        widget=ObjectPicker(Passage._meta.get_field("capture"), admin.site),
        label="Text",
        help_text="the saved text of the article that contains the words",
    )
    exact = WordsField(label="Words", help_text="exactly as in that text: copy and paste them")
    # A form takes its fields off its class, and has a `prefix` of its own.
    prefix = forms.CharField(  # type: ignore[assignment]  # see above
        label="Words before", required=False, max_length=64, help_text="only if the words occur there more than once"
    )
    suffix = forms.CharField(label="Words after", required=False, max_length=64)
    chain = ChainField(
        required=False,
        label="Chain",
        help_text=(
            "one hop per line, nearest to the page first, leaving out the outlet itself and the speaker: "
            "“relays: Agence France-Presse | according to”; put anyone not recorded at the desk in quotation marks"
        ),
    )
    passage = forms.ModelChoiceField(
        Passage.objects.select_related("capture"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Appearance
        fields = ["printed_name", "cue"]

    named = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "chain", ChainField).named = self.named

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if not {"capture", "exact"} <= values.keys():
            return values
        if not self.is_same_passage(values):
            values["passage"] = None
            check_words(self, values["capture"], values["exact"], values.get("prefix", ""), values.get("suffix", ""))
        return values

    @staticmethod
    def is_same_passage(values: dict[str, Any]) -> bool:
        """Whether the row has the words of its passage, and the passage was moved or nothing around them changed."""
        passage = values.get("passage")
        if passage is None or passage.capture.article_id != values["capture"].article_id:
            return False
        if passage.exact.strip() != values["exact"]:
            return False
        moved = passage.capture_id != values["capture"].pk
        return moved or all(getattr(passage, name).strip() == values.get(name) for name in ("prefix", "suffix"))


class AppearanceFormSet(ComponentFormSet):
    form: type[AppearanceForm]

    def initial_row(self, part: Any) -> dict[str, Any]:
        passage = part.passage
        return {
            "capture": passage.capture,
            "exact": passage.exact,
            "prefix": passage.prefix,
            "suffix": passage.suffix,
            "passage": passage,
            "printed_name": part.printed_name,
            "cue": part.cue,
            "chain": write_chain(part.steps.all(), named=self.form.named),
        }

    def describe_row(self, row: dict[str, Any]) -> str:
        chain = row.get("chain") or ""
        chain = chain if isinstance(chain, str) else write_chain(chain, named=self.form.named)
        words = f"“{row.get('exact', '')}”"
        return " · ".join(
            str(part)
            for part in [words, row.get("capture"), row.get("printed_name"), row.get("cue"), *chain.split("\n")]
            if part
        )


class ReasonForm(forms.Form):
    """The word that goes with an act of the workflow: a note for colleagues, or a public reason."""

    word = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}))

    def offer_fields(self, choices: Sequence[tuple[str, str]]) -> None:
        """Asks too which field it is about, at which the word is then shown."""
        self.fields["field"] = forms.ChoiceField(
            choices=[("", "the whole"), *choices], required=False, label="What is to be changed"
        )


class MergeForm(forms.Form):
    """Which of two is kept, and why."""

    kept = forms.ChoiceField(widget=forms.RadioSelect, label="Which one do you want to keep?")
    why = forms.CharField(
        max_length=500, label="Why are they the same?", widget=forms.TextInput(attrs={"class": "vTextField"})
    )

    def __init__(self, *args: Any, two: Sequence[Actor | Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "kept", forms.ChoiceField).choices = [(obj.public_id, str(obj)) for obj in two]
