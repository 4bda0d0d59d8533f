"""What is known of selected words before an editor has typed anything: the values that a form opens with.

Nothing here is recorded: values stand in the form, with their reason beside them, and an editor records.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from articles.forms import selection_token
from articles.models import Article, Capture, Passage
from articles.quotation_marks import quoted_spans_within
from articles.text import Span
from language.amounts import AmountInWords
from language.attributions.proposals import Proposal
from language.attributions.speaker_kinds import speaker_kind
from language.names.spellings import fold as fold_name
from record.documents.fields import DETAILS

from ...changes import StepInput
from ...changes.typed_chains import write_chain
from ...changes.wording import MARKING_SENTENCES, MODE_BY_MARKING, marking_in_capture
from ...models import Actor, Appearance, ProposalDecision, Question, Statement
from ...suggestions import PassageSuggestion, suggest_for_passage
from ...suggestions.passages import MIN_CONFIDENCE
from ...suggestions.proposals import PendingProposal, proposals_of
from ...suggestions.stances import ReportedWords
from .lookups import actor_offer, claim_offer, object_by_public_id, own_outlet, possible_speakers
from .recording_forms import StanceForm

MAX_CLAIMS = 5
_VAGUE_NUMBER = re.compile(
    r"\b(?:tens|dozens|scores|hundreds|thousands|millions|billions|several|few|couple|many)\b", re.IGNORECASE
)
_PRONOUNS = {"he", "she", "they", "it", "thesource", "sources"}  # printed for many in one article


@dataclass
class Prefill:
    """A form before it is typed into: first values, one dictionary a stance row, offers, and reasons by field.

    No stance is among the first values: it is one towards a claim, and comes with the offer of each.
    """

    initial: dict
    stances: list[dict] = field(default_factory=list)
    speakers: list[dict] = field(default_factory=list)
    claims: list[dict] = field(default_factory=list)
    proposes_stances: bool = False  # whether the stance towards a claim is proposed when the claim is chosen
    why: dict[str, str] = field(default_factory=dict)


def prefill_form(
    capture: Capture, span: Span, proposed: PendingProposal | None, *, named: bool, proposing: bool = True
) -> Prefill:
    """What the form opens with for the words `span` of `capture`, from a proposal or from a selection.

    Without `proposing` nothing is taken from the proposals: what stays is the article's own credit, dates, amounts
    and the claims by likeness.
    """
    proposals = (
        [proposal.proposal for proposal in proposals_of(capture.text, capture.article.language)] if proposing else []
    )
    if proposed:
        proposals = [proposed.proposal]
    known = suggest_for_passage(capture, span, proposals=proposals)
    marks = marking_at(capture, span, f"{known.printed_name} {known.cue}")
    filled = Prefill(
        {
            "capture": str(capture.pk),
            "exact": span.exact,
            "prefix": _single_line(span.prefix),
            "suffix": _single_line(span.suffix),
            "occurrence": selection_token(capture.text, span),
            "printed_name": known.printed_name[:200],
            "cue": known.cue[:120],
            "chain": write_chain(_proposed_steps(known, named=named), named=named),
            "mode": str(MODE_BY_MARKING[marks]),
            "proposal": proposed.digest if proposed else "",
        }
    )
    filled.why["mode"] = MARKING_SENTENCES[marks]
    _fill_speaker(filled, capture, known, named=named)
    _fill_date(filled, capture, known)
    filled.proposes_stances = proposing
    _fill_claims(filled, known, ReportedWords.from_passage(capture, span, known.proposal) if proposing else None)
    return filled


def marking_at(capture: Capture, span: Span, attribution: str = "") -> str:
    """How much of the words that are chosen stands between quotation marks in the text."""
    return marking_in_capture(capture, span.exact, quoted_spans_within(capture.text, span.start, span.end), attribution)


def _single_line(around: str) -> str:
    """What stands around words, as a field of one line keeps it: a browser would drop the line ends without a trace."""
    return " ".join(around.split())


def _proposed_steps(known: PassageSuggestion, *, named: bool) -> list[StepInput]:
    """The chain that is proposed; who may not read a withheld name must not learn whom the text names here."""
    hops = [hop for hop in known.chain if named or not (hop.actor and hop.actor.withheld)]
    return [StepInput.from_source(step) for step in hops]


def _fill_speaker(filled: Prefill, capture: Capture, known: PassageSuggestion, *, named: bool) -> None:
    """Who was recorded under this very printed name in this article, else who surely has the name."""
    # Who may not read a withheld name must not learn either whose name the text prints here.
    allowed = set(possible_speakers(capture.article, named=named).values_list("pk", flat=True))
    offers, sure = [], None
    spoke = _speaker_recorded_before(capture, known)
    if spoke and spoke.pk in allowed:
        sure = spoke
        filled.why["speaker"] = "recorded under this name earlier in this article"
        offers.append(spoke)
    for candidate in known.speakers:
        if candidate.actor.pk in allowed and candidate.actor not in offers:
            offers.append(candidate.actor)
            if candidate.level == "same" and sure is None:
                sure = candidate.actor
                filled.why["speaker"] = candidate.why
    filled.speakers = [actor_offer(offer, named=named) for offer in offers]
    if sure:
        filled.initial |= {"speaker": sure.desk_name(named=named), "speaker_id": sure.public_id}
    elif known.proposal and known.proposal.speaker:
        filled.why["speaker"] = f"printed as “{known.proposal.speaker}”, not identified with certainty"
        filled.initial["speaker"] = known.proposal.speaker[:200]
        _fill_new_speaker(filled, capture, known.proposal)
    elif known.turn:
        filled.why["speaker"] = f"“{known.turn}” is speaking here, not identified with certainty"
        filled.initial["speaker"] = known.turn[:200]


def _fill_new_speaker(filled: Prefill, capture: Capture, proposal: Proposal) -> None:
    """The kind of a new actor, where the speaker surely is this one, is like nobody on record, and surely is of it."""
    if filled.speakers or proposal.speaker_confidence < MIN_CONFIDENCE or len(proposal.speaker) > 200:
        return
    kind = speaker_kind(proposal.speaker, capture.text, capture.article.language.partition("-")[0].lower() or "en")
    if kind:
        filled.initial["speaker_new"] = kind
        label = Actor.Kind(kind).label
        filled.why["speaker"] = f"no actor of this name is recorded yet: recording adds one ({label.lower()})"


def _speaker_recorded_before(capture: Capture, known: PassageSuggestion) -> Actor | None:
    """The one actor to whom this speaker was put down in this article, if it was always the same.

    By the printed name of what is recorded, and by whom the proposals that were accepted took for their speaker:
    “the source” is the source of the sentence before there, and not any source.
    """
    speaker = fold_name(known.proposal.speaker) if known.proposal else ""
    printed = fold_name(known.printed_name)
    here = Appearance.objects.filter(passage__capture__article=capture.article, statement__speaker__isnull=False)
    accepted = dict(
        ProposalDecision.objects.filter(capture=capture).exclude(statement="").values_list("statement", "digest")
    )
    speakers = {
        proposal.digest: fold_name(proposal.proposal.speaker)
        for proposal in proposals_of(capture.text, capture.article.language)
    }
    by_proposal, by_print = set(), set()
    for appearance in here.select_related("statement__speaker"):
        statement = appearance.statement
        if speaker and speakers.get(accepted.get(statement.public_id, "")) == speaker:
            by_proposal.add(statement.speaker)
        if printed and printed not in _PRONOUNS and fold_name(appearance.printed_name) in (printed, speaker):
            by_print.add(statement.speaker)
    found = by_proposal or by_print
    return found.pop() if len(found) == 1 else None


def _fill_date(filled: Prefill, capture: Capture, known: PassageSuggestion) -> None:
    """The date that stands in the words beside the cue, else that of what the same speaker said here before.

    The article's own date is told and not filled in: it says when something was printed, not when it was said, but for
    the words of its outlet.
    """
    best = next((date for date in known.said_on if date.start < date.end and date.edtf), None)
    if best is not None:
        filled.initial["said_on"] = best.edtf
        filled.why["said_on"] = f"“{best.words}”: {best.why}" + ("" if best.sure else "; uncertain, please check")
        return
    speaker = filled.initial.get("speaker_id", "")
    before = last_statement_date(capture.article, speaker)
    own = own_outlet(capture.article) if speaker and capture.article.published else None
    if own and own.public_id == speaker:
        filled.initial["said_on"] = capture.article.published
        filled.why["said_on"] = "the outlet’s own words: the article’s date"
    elif before:
        filled.initial["said_on"] = before
        filled.why["said_on"] = "same as the speaker’s earlier words in this article; please check"
    elif capture.article.published:
        filled.why["said_on"] = f"no date given here; the article is dated {capture.article.published}"


def last_statement_date(article: Article, public_id: str) -> str:
    """The date of what this speaker was last recorded to say in the article, or an empty string."""
    said = Statement.objects.filter(
        speaker__public_id=public_id, appearances__passage__capture__article=article
    ).order_by("-id")
    return (said.values_list("said_on", flat=True).first() or "") if public_id else ""


def _fill_claims(filled: Prefill, known: PassageSuggestion, reported: ReportedWords | None) -> None:
    row: dict = {}
    amounts = [amount for amount in known.amounts if _can_be_recorded(amount)]
    if amounts:
        amount = next((amount for amount in amounts if amount.sure), amounts[0])
        row |= {
            "amount": _plain_number(amount.amount),
            "lower": _plain_number(amount.lower),
            "upper": _plain_number(amount.upper),
            "unit": amount.unit,
            "modifier": amount.modifier,
            "counted": amount.counted,
            "claim_kind": "figure",
            "printed": _single_line(amount.words)[:200],
            "derived": _has_only_vague_numbers(amount.words),
        }
        filled.why["amount"] = f"“{amount.words}”" + ("" if amount.sure else "; uncertain, please check")
    filled.stances = [{name: value for name, value in row.items() if value not in (None, "", False)}]
    filled.claims = [{**claim_offer(match, reported), "why": match.why} for match in known.claims[:MAX_CLAIMS]]


def _can_be_recorded(amount: AmountInWords) -> bool:
    """Whether its numbers fit into the fields of a figure: digits in a row may be no number at all."""
    numbers = [number for number in (amount.amount, amount.lower, amount.upper) if number is not None]
    try:
        for number in numbers:
            StanceForm.base_fields["amount"].clean(_plain_number(number))
    except ValidationError:
        return False
    return True


def _has_only_vague_numbers(words: str) -> bool:
    """Whether numbers were read out of words that give none: “hundreds”, “millions more”, “a few dozen”."""
    return not any(sign.isdigit() for sign in words) and bool(_VAGUE_NUMBER.search(words))


def _plain_number(number: Decimal | int | float | str | None) -> str | None:
    return None if number is None else format(Decimal(number).normalize(), "f")


def keep_speaker_and_date(filled: Prefill, article: Article, kept: dict[str, str], *, named: bool) -> None:
    """Puts speaker and date of the statement before into a form for another one in the same words."""
    if (said_on := kept.get("said_on", "")) and "\0" not in said_on:
        filled.initial["said_on"] = said_on
    speaker = object_by_public_id(possible_speakers(article, named=True), kept.get("speaker_id", ""))
    if speaker:
        filled.initial |= {"speaker": speaker.desk_name(named=named), "speaker_id": speaker.public_id}
        filled.why["speaker"] = "same speaker as the previous statement"


def prefill_from_statement(statement: Statement, passage: Passage, *, named: bool) -> Prefill:
    """The form of a statement that stands, with its printing in `passage`."""
    appearance = statement.appearances.prefetch_related("steps__actor", "steps__outlet").get(passage=passage)
    speaker = statement.speaker
    filled = Prefill(
        {
            "capture": str(passage.capture_id),
            "statement": statement.public_id,
            "passage": str(passage.pk),
            "seen": statement.revision,
            "exact": passage.exact,
            "prefix": _single_line(passage.prefix),
            "suffix": _single_line(passage.suffix),
            "occurrence": selection_token(passage.capture.text, passage),
            "printed_name": appearance.printed_name,
            "cue": appearance.cue,
            "chain": write_chain(appearance.steps.all(), named=named),
            "speaker": speaker.desk_name(named=named) if speaker else statement.speaker_label,
            "speaker_id": speaker.public_id if speaker else "",
            "speaker_new": "" if speaker else "label",
            **{name: getattr(statement, name) for name in ("summary", "role", "said_on", *DETAILS)},
        }
    )
    if passage.marked is not None:
        attribution = f"{appearance.printed_name} {appearance.cue}"
        filled.why["mode"] = MARKING_SENTENCES[
            marking_in_capture(passage.capture, passage.exact, passage.marked, attribution)
        ]
    filled.stances = [
        {
            "claim": stance.claim.text,
            "claim_id": stance.claim.public_id,
            "kind": stance.kind,
            "hedge": stance.hedge,
            "printed": stance.printed,
        }
        for stance in statement.stances.select_related("claim").order_by("id")
    ]
    return filled


def last_question(article: Article) -> Question | None:
    """The question under which somebody last took a stance in this article: a new claim likely belongs there."""
    return (
        Question.objects.filter(claims__stances__statement__appearances__passage__capture__article=article)
        .order_by("-claims__stances__id")
        .first()
    )
