"""What one form of the workspace says: names and claims as typed, turned into what the verbs take."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from articles.desk_forms import MAX_REVISION, AnyScriptMixin, DeskForm, field_of, require_choice
from articles.forms import TYPED_DATE_HELP, OccurrenceField, PartialDateField, WordsField, read_selection
from articles.models import Article, Capture
from articles.text import Span, locate
from articles.tracked_changes import Refusal
from language.dates.partial import read_date
from language.dates.typed import read_typed_date
from record.documents.fields import DETAILS

from ...changes import PrintingInput, StanceInput, StatementInput
from ...changes.claims_and_actors import missing_in_figure
from ...changes.text_recording import NewActor
from ...models import Actor, Claim, Question, Stance, Statement
from ..forms import ChainField
from .lookups import find_actors, find_claims

MAX_STANCES = 10
LONG_TEXT_ATTRIBUTES = {"class": "vLargeTextField", "rows": 2}
# What is neutral comes first: a browser takes the first choice of a list that nobody has looked at.
BASIS_CHOICES = sorted(Statement.Basis.choices, key=lambda choice: choice[0] != Statement.Basis.NOT_STATED)
FIGURE_FIELDS = ("amount", "lower", "upper", "unit", "modifier", "counted", "as_of", "derived")


class RecordingTargetForm(forms.Form):
    """Which act a form of the workspace asks for, and on what it builds. None of this is typed."""

    capture = forms.CharField(max_length=19, required=False, widget=forms.HiddenInput)
    statement = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    passage = forms.CharField(max_length=19, required=False, widget=forms.HiddenInput)
    proposal = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=1, max_value=MAX_REVISION, required=False, widget=forms.HiddenInput)
    over = forms.IntegerField(min_value=1, max_value=MAX_REVISION, required=False, widget=forms.HiddenInput)


class WordsForm(AnyScriptMixin, forms.Form):
    """Words of the text, as selected or pasted, and how the article prints them."""

    exact = WordsField(label="Words", max_length=20_000, help_text="copied exactly from the text")
    # A form takes its fields off its class, and has a `prefix` of its own.
    prefix = forms.CharField(label="Words before", required=False, max_length=256, strip=False)  # type: ignore[assignment]  # see above
    suffix = forms.CharField(label="Words after", required=False, max_length=256, strip=False)
    occurrence = OccurrenceField()
    printed_name = forms.CharField(required=False, max_length=200, help_text="the speaker’s name as printed")
    cue = forms.CharField(required=False, max_length=120, help_text="“said”, “according to”")
    chain = ChainField(
        required=False,
        help_text="one hop per line, nearest to the page first: “relays: Agence France-Presse | reported”",
    )

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "chain", ChainField).named = named

    def locate_in(self, capture: Capture) -> Span:
        """Where the words stand, whether or not the rest is valid; `QuoteNotFound` or `QuoteIsAmbiguous` where not."""
        values = self.cleaned_data
        occurrence = read_selection(values.get("occurrence", ""), values["exact"])
        return locate(capture.text, values["exact"], values.get("prefix", ""), values.get("suffix", ""), occurrence)

    def printing(self) -> PrintingInput:
        values = self.cleaned_data
        return PrintingInput.from_source(values, occurrence=read_selection(values["occurrence"], values["exact"]))


def count_from(field: PartialDateField, article: Article) -> None:
    """Lets a date that counts from another day (“yesterday”) count from the date of `article`."""
    field.published, field.language = article.published, article.language


class UtteranceForm(DeskForm):
    """Who said it, when and how. `article` is where unnamed sources are looked for; `named`, whether withheld names."""

    speaker = forms.CharField(required=False, max_length=220, help_text="any spelling, in any script")
    speaker_id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    speaker_new = forms.ChoiceField(
        required=False,
        label="New actor",
        choices=[("", "already recorded"), *Actor.Kind.choices, ("label", "Unnamed, keep as text only")],
    )
    basis = forms.ChoiceField(choices=BASIS_CHOICES, required=False)
    field_order = ["speaker", "speaker_id", "speaker_new"]

    class Meta:
        model = Statement
        fields = ["summary", "role", "said_on", *DETAILS]
        field_classes = {"said_on": PartialDateField}
        labels = {"summary": "What was said"}
        widgets = {"summary": forms.Textarea(attrs=LONG_TEXT_ATTRIBUTES)}
        help_texts = {
            "summary": "in the desk's own words",
            "role": "at the time",
            "said_on": f"{TYPED_DATE_HELP}; yesterday, Tuesday: counted from the article’s date",
        }

    def __init__(self, *args: Any, article: Article, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article, self.named = article, named
        count_from(field_of(self, "said_on", PartialDateField), article)
        require_choice(
            field_of(self, "mode", forms.ChoiceField),
            "How was it said? Words between quotation marks are direct speech.",
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        name, new = values.get("speaker", ""), values.get("speaker_new", "")
        values["speaker"], values["speaker_label"] = None, ""
        if not name:
            self.add_error("speaker", "Who said it? Type a recorded name, or create a new actor.")
        elif new == "label":
            values["speaker_label"] = name
        elif new:
            values["speaker"] = NewActor(name, new)
        else:
            self._known(values, name)
        return values

    def _known(self, values: dict, name: str) -> None:
        known = find_actors(name, values.get("speaker_id", ""), self.article, named=self.named)
        # What was typed is not repeated to who may not read names: the label in its place would confirm a guess.
        name_phrase = f"called “{name}”" if self.named else "with this name"
        if len(known) == 1:
            values["speaker"] = known[0]
        elif known:
            choices = ", ".join(f"{actor.desk_name(named=self.named)} #{actor.public_id}" for actor in known[:5])
            self.add_error("speaker", f"There are several actors {name_phrase}. Choose one of these: {choices}.")
        else:
            self.add_error("speaker", f"No actor {name_phrase} is recorded: correct the name, or create a new actor.")

    def values(self) -> dict:
        """The fields of the statement; its speaker is an actor that the desk knows or a `NewActor`."""
        values = {name: self.cleaned_data[name] for name in (*self.Meta.fields, "speaker", "speaker_label")}
        return values | {"basis": values["basis"] or Statement.Basis.NOT_STATED}


class StanceForm(AnyScriptMixin, forms.Form):
    """One stance, to a claim that stands or to one made of what is typed here under a question."""

    claim = forms.CharField(required=False, max_length=500, help_text="type to search")
    claim_id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    kind = forms.ChoiceField(required=False, label="Stance", choices=[("", "choose"), *Stance.Kind.choices])
    hedge = forms.CharField(required=False, max_length=120, help_text="hedging as worded: “estimated”, “reportedly”")
    printed = forms.CharField(
        required=False, max_length=200, label="Figure as printed", help_text="for a figure: “millions more”, “hundreds”"
    )
    question = forms.ModelChoiceField(
        Question.objects.all(), required=False, to_field_name="public_id", label="New claim under", empty_label="none"
    )
    new_question = forms.CharField(required=False, max_length=200, label="or under a new question")
    claim_kind = forms.ChoiceField(required=False, label="Kind", choices=[("", "choose"), *Claim.Kind.choices])
    amount = forms.DecimalField(required=False, max_digits=15, decimal_places=4)
    lower = forms.DecimalField(required=False, max_digits=15, decimal_places=4, label="At least")
    upper = forms.DecimalField(required=False, max_digits=15, decimal_places=4, label="At most")
    modifier = forms.ChoiceField(required=False, choices=Claim.Modifier.choices)
    unit = forms.CharField(required=False, max_length=60, help_text="people, km²")
    counted = forms.CharField(required=False, max_length=200, help_text="what exactly is counted")
    as_of = PartialDateField(required=False, help_text="the date the figure refers to")
    derived = forms.BooleanField(required=False, label="Numbers inferred from words, not printed")

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        text = values.get("claim", "")
        if not text:
            return values
        if not values.get("kind"):
            self.add_error("kind", "What position does the statement take on this claim? Choose a stance.")
        values["towards"] = self._read_claim(values, text)
        return values

    def _read_claim(self, values: dict, text: str) -> Claim | dict | None:
        if question := values.get("question") or values.get("new_question"):
            kind = values.get("claim_kind")
            if not kind:
                self.add_error("claim_kind", "What kind of claim is it? Choose one: fact, figure, evaluation …")
                return None
            figure = {name: values.get(name) for name in FIGURE_FIELDS} if kind == Claim.Kind.FIGURE else {}
            # All that is missing at once; the verb would name one thing after the other.
            for field, sentence in missing_in_figure(Claim(**figure)).items() if figure else ():
                if field not in self.errors:
                    self.add_error(field, sentence)
            return {"question": question, "text": text, "kind": kind, **figure}
        known = find_claims(text, values.get("claim_id", ""))
        if len(known) != 1:
            self.add_error(
                "claim",
                "Several claims have this wording: choose one from the list."
                if known
                else "No such claim is recorded: choose one, or choose or write a question to create it under.",
            )
            return None
        return known[0]


def stances_of(formset: forms.BaseFormSet) -> list[StanceInput]:
    """The stances that were filled in, in their order."""
    filled = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("claim")]
    return [StanceInput.from_source(row, claim=row["towards"], printed=_printed_figure(row)) for row in filled]


def _printed_figure(row: dict) -> str:
    """The figure as printed, which only a figure has: for another claim it was read before the claim was chosen."""
    towards = row["towards"]
    kind = towards.kind if isinstance(towards, Claim) else towards["kind"]
    return row["printed"] if kind == Claim.Kind.FIGURE else ""


StanceFormSet = forms.formset_factory(
    StanceForm, extra=0, max_num=MAX_STANCES, absolute_max=MAX_STANCES, validate_max=True
)


class StatementForms:
    """The four parts of one form: the act, the words, the utterance and its stances."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        article: Article,
        named: bool,
        initial: dict | None = None,
        stances: Sequence[dict[str, Any]] = (),
    ) -> None:
        self.act = RecordingTargetForm(data, initial=initial)
        self.words = WordsForm(data, initial=initial, named=named)
        self.utterance = UtteranceForm(data, initial=initial, article=article, named=named)
        self.stances = StanceFormSet(data, initial=list(stances) or [{}], prefix="stances")

    def are_valid(self, *, appearance_only: bool = False) -> bool:
        """Whether everything is well formed; for one more printing of a statement that stands, its words alone."""
        wanted: list[forms.BaseForm | forms.BaseFormSet] = [self.act, self.words]
        if not appearance_only:
            wanted += [self.utterance, self.stances]
        valid = [form.is_valid() for form in wanted]  # each one, so that every complaint is told at once
        return all(valid)

    def statement_input(self) -> StatementInput:
        """What the four parts say together, once they are valid."""
        return StatementInput(self.utterance.values(), stances_of(self.stances), [self.words.printing()])

    def refuse(self, refusal: Refusal) -> None:
        """Puts what a verb refused at the field that it names."""
        start, _, rest = refusal.field.partition("-")
        if start == "stances" and "-" in rest:
            number, _, name = rest.partition("-")
            form = self.stances.forms[int(number)]
            name = {"text": "claim", "kind": "claim_kind", "title": "new_question"}.get(name, name)
            form.add_error(name if name in form.fields else "claim", refusal.sentence)
            return
        name = {"speaker_label": "speaker", "appearances": "chain"}.get(start, start)
        for part in (self.words, self.utterance):
            if name in part.fields:
                part.add_error(name, refusal.sentence)
                return
        self.words.add_error(None, refusal.sentence)

    def errors(self) -> dict[str, list[str]]:
        """Every complaint, by the name of the field as it is on the page; "" for those about no field."""
        found: dict[str, list[str]] = {}
        forms_ = [self.act, self.words, self.utterance, *(self.stances.forms if self.stances.is_bound else ())]
        for form in forms_:
            for name, sentences in form.errors.items() if form.is_bound and hasattr(form, "cleaned_data") else ():
                found.setdefault("" if name == "__all__" else form.add_prefix(name), []).extend(map(str, sentences))
        if self.stances.is_bound and self.stances.non_form_errors():
            found.setdefault("", []).extend(map(str, self.stances.non_form_errors()))
        return found


def read_back(typed: str, article: Article) -> str:
    """What a date that was typed is read as, in words; empty for nothing, and the refusal where it is no date."""
    if not typed.strip():
        return ""
    try:
        date = read_typed_date(typed, published=article.published, language=article.language)
    except ValueError as error:
        return str(error)
    why = f" ({date.why})" if date.why and date.edtf != typed.strip() else ""
    return f"{date_in_words(date.edtf)}{why}"


def date_in_words(edtf: str) -> str:
    """A partial date with its precision in words: “2017-06: a month”."""
    if not edtf:
        return "unknown"
    date = read_date(edtf)
    about = "about " if date.approximate else ""
    if "/" in edtf:
        return f"{about}between {date.earliest} and {date.latest}"
    precision = {4: "the year", 7: "the month", 10: "the day"}[len(edtf.rstrip("~"))]
    return f"{about}{precision} {edtf.rstrip('~')}"
