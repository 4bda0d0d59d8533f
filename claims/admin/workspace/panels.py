"""The two parts of the workspace as fragments of HTML: the marked text, and the panel with its form.

Each function renders for one request; scripts and whole pages get the very same fragments.
"""

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from articles.desk_forms import is_key
from articles.editors import AnyUser
from articles.models import Article, Capture
from articles.text import Span, span
from articles.tracked_changes import StaleRevision

from ...models import Actor, Statement
from ...privacy.viewer import may_see_names
from ...suggestions.duplicates import PossibleDuplicate, find_duplicates
from ...suggestions.proposals import PendingProposal, proposals_of
from ..workflow import MAX_SELECTED, action_address, desk_address
from .lookups import object_by_public_id
from .marked_text import read_workspace_text, statement_states
from .prefill import Prefill, keep_speaker_and_date, last_question, prefill_form, prefill_from_statement
from .recording_forms import StatementForms, date_in_words, read_back


def may_record(user: AnyUser) -> bool:
    """Whether `user` may record from a text."""
    return user.has_perm("claims.add_statement") and user.has_perm("articles.add_passage")


def workspace_address(article: Article) -> str:
    return reverse("admin:articles_article_workspace", args=[article.pk])


def text_fragment(request: HttpRequest, article: Article, capture: Capture) -> str:
    """The text with its marks and its margin."""
    desk = read_workspace_text(capture, named=may_see_names(request.user), proposing=may_record(request.user))
    ids_to_submit = desk.ids_to_submit[:MAX_SELECTED] if may_record(request.user) else []
    context = {
        "desk": desk,
        "article": article,
        "address": workspace_address(article),
        "ids_to_submit": ids_to_submit,
        "submit_address": f"{action_address('submit', ids_to_submit)}&article={article.pk}" if ids_to_submit else "",
    }
    return render_to_string("admin/desk/workspace_text.html", context, request)


def panel_fragment(request: HttpRequest, article: Article, capture: Capture) -> str:
    """The panel for what the address asks: a statement, a proposal, or the empty form in which words are pasted."""
    if public_id := request.GET.get("statement", ""):
        return _statement_fragment(request, article, public_id)
    if not may_record(request.user):
        return ""
    if digest := request.GET.get("proposal", ""):
        proposed = proposal_by_digest(capture, digest)
        if proposed is None:
            raise Http404("No such proposal.")
        return prefilled_fragment(request, article, capture, span(capture.text, proposed.start, proposed.end), proposed)
    return form_fragment(request, article, Prefill({"capture": str(capture.pk)}))


def prefilled_fragment(
    request: HttpRequest,
    article: Article,
    capture: Capture,
    place: Span,
    proposed: PendingProposal | None,
    *,
    kept: dict[str, str] | None = None,
) -> str:
    """The form for words of the text, filled with what is known of them, and what was recorded before.

    `kept` are the speaker (`speaker_id`) and the date (`said_on`) of the statement recorded last in the same words.
    """
    named = may_see_names(request.user)
    filled = prefill_form(capture, place, proposed, named=named)
    keep_speaker_and_date(filled, article, kept or {}, named=named)
    return form_fragment(request, article, filled, before=find_duplicates(capture, place))


def _statement_fragment(request: HttpRequest, article: Article, public_id: str) -> str:
    asked = request.GET.get("passage", "")
    appearance = None
    statement = object_by_public_id(Statement.objects.select_related("speaker"), public_id)
    if statement:
        here = statement.appearances.filter(passage__capture__article=article).select_related("passage__capture")
        appearance = (here.filter(passage=int(asked)).first() if is_key(asked) else None) or here.first()
    if statement is None or appearance is None:
        raise Http404("No such statement in this article.")
    filled = prefill_from_statement(statement, appearance.passage, named=may_see_names(request.user))
    writes = may_record(request.user) and request.user.has_perm("claims.change_statement")
    return form_fragment(request, article, filled, statement=statement, readonly=not writes)


def form_fragment(
    request: HttpRequest,
    article: Article,
    filled: Prefill,
    *,
    forms: StatementForms | None = None,
    statement: Statement | None = None,
    before: Sequence[PossibleDuplicate] = (),
    stale: StaleRevision | None = None,
    readonly: bool = False,
) -> str:
    """The form as it opens, or `forms` as they were posted, with what was refused."""
    named = may_see_names(request.user)
    question = last_question(article)
    context = {
        "forms": forms
        or StatementForms(article=article, named=named, initial=filled.initial, stances=filled.stances or [{}]),
        "filled": filled,
        "before": duplicates_with_speakers(before, named=named),
        "statement": statement,
        "state": statement and statement_states([statement])[statement.public_id],
        "statement_page": statement and desk_address(statement),
        "said_on_told": read_back(str(forms.utterance["said_on"].value() or ""), article)
        if forms
        else date_in_words(filled.initial.get("said_on", "")),
        "article": article,
        "last_question": question.public_id if question else "",
        "errors": forms.errors() if forms else {},
        "stale": stale,
        "stale_rows": _stale_rows(stale, named=named) if stale else [],
        "readonly": readonly,
        "address": workspace_address(article),
    }
    return render_to_string("admin/desk/workspace_form.html", context, request)


def duplicates_with_speakers(before: Sequence[PossibleDuplicate], *, named: bool) -> list[dict]:
    """What was recorded before, with its speaker as this user may read it."""
    return [{"one": duplicate, "speaker": speaker_name(duplicate.statement, named=named)} for duplicate in before]


def speaker_name(statement: Statement, *, named: bool) -> str:
    return statement.speaker.desk_name(named=named) if statement.speaker else statement.speaker_label


def proposal_by_digest(capture: Capture, digest: str) -> PendingProposal | None:
    """The proposal with this digest, as the text is read now."""
    found = proposals_of(capture.text, capture.article.language)
    return next((proposal for proposal in found if digest and proposal.digest == digest), None)


def _stale_rows(stale: StaleRevision, *, named: bool) -> list[tuple[str, list[str], list[str]]]:
    """(field, yours, theirs) of what two editors made of one statement, in words."""
    rows = []
    for name in stale.yours:
        if name.endswith(("_earliest", "_latest")):
            continue
        yours, theirs = stale.yours[name], stale.theirs[name]
        if name == "speaker":
            actors = Actor.objects.in_bulk([key for key in (yours, theirs) if key])
            yours, theirs = (actors[key].desk_name(named=named) if key else "" for key in (yours, theirs))
        rows.append((name.replace("_", " "), _lines(yours), _lines(theirs)))
    return rows


def _lines(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value not in (None, "") else []
