"""Drafts of forms: a page sends what is typed after a short pause, and is given it back when its form is opened again.

`static/desk/drafts.js` is the other side. A draft goes when its form is saved, when it is discarded, and after a week.
"""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import date_format

from articles.editors import acting_editor

from ..models import FormDraft

MAX_DRAFTS = 100  # of one editor: beyond these the oldest goes
MAX_DRAFT_LENGTH = 2_000_000  # characters of its JSON
MAX_CONTROLS = 5000  # as many as a form may post
OPENING_FIELD = "form_draft"  # of a form that is posted: which draft is done with when it is saved


def form_drafts_view(request: HttpRequest) -> JsonResponse:
    """The drafts of one form (GET, `form` is its address), or one of them to be kept or discarded (POST, JSON).

    What is posted has the keys `form`, `opening` and `values`; without `values` the draft is discarded. Every answer
    has the token that a form of this session posts: it is another one after signing in again.
    """
    answer: dict[str, Any] = {"token": get_token(request)}
    if request.method == "GET":
        return JsonResponse(answer | {"drafts": _drafts_of(request)})
    try:
        if request.content_type != "application/json":
            raise ValueError("A draft is posted as JSON.")
        form, opening, values = _read_draft(request.body)
    except ValueError as error:
        return JsonResponse({"refused": str(error)}, status=400)
    editor = acting_editor(request)
    if values is None:
        FormDraft.objects.filter(editor=editor, form=form, opening=opening).delete()
        return JsonResponse(answer)
    keep_draft(editor, form, opening, values)
    return JsonResponse(answer)


def keep_draft(editor: Any, form: str, opening: UUID, values: list[list[str]]) -> None:
    """Keeps what an editor has typed into an opened form, in the place of what they had typed there before."""
    kept = {"values": values, "at": timezone.now()}
    FormDraft.objects.update_or_create(editor=editor, form=form, opening=opening, defaults=kept)
    newest = FormDraft.objects.filter(editor=editor).order_by("-at").values_list("pk", flat=True)
    FormDraft.objects.filter(pk__in=list(newest[MAX_DRAFTS : 2 * MAX_DRAFTS])).delete()


def forget_draft(request: HttpRequest) -> None:
    """Deletes the draft of the form that this request has posted: what it said is saved."""
    if opening := _uuid(request.POST.get(OPENING_FIELD, "")):
        FormDraft.objects.filter(editor=acting_editor(request), opening=opening).delete()


def _drafts_of(request: HttpRequest) -> list[dict[str, Any]]:
    drafts = FormDraft.objects.filter(editor=acting_editor(request), form=request.GET.get("form", "")[:300])
    return [
        {
            "opening": str(draft.opening),
            "at": date_format(timezone.localtime(draft.at), "j M H:i"),
            "values": draft.values,
        }
        for draft in drafts.within_lifetime(timezone.now())
    ]


def _read_draft(body: bytes) -> tuple[str, UUID, list[list[str]] | None]:
    """What is posted; ValueError with a sentence where it is no draft."""
    try:
        posted = json.loads(body)
        form, opening, values = posted["form"], _uuid(posted["opening"]), posted.get("values")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("A draft says of which form it is, and what was typed.") from None
    if not isinstance(form, str) or not 0 < len(form) <= 300 or opening is None:
        raise ValueError("A draft says of which form it is.")
    if values is not None and not _are_values(values):
        raise ValueError("What was typed is a list of the form’s controls with their values.")
    if sum(len(part) for row in values or () for part in row) > MAX_DRAFT_LENGTH:
        raise ValueError(f"A draft of more than {MAX_DRAFT_LENGTH:,} characters is not kept.")
    if any("\0" in part for row in [[form], *(values or ())] for part in row):
        raise ValueError("A draft with a NUL character is not kept.")
    try:
        form.encode()
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("A draft with half a character is not kept.") from None
    return form, opening, values


def _are_values(values: object) -> bool:
    return (
        isinstance(values, list)
        and len(values) <= MAX_CONTROLS
        and all(
            isinstance(row, list) and 2 <= len(row) <= 3 and all(isinstance(part, str) for part in row)
            for row in values
        )
    )


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
