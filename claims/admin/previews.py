"""A document as a reviewer reads it, against the version that readers see now; and its page before it is public."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, get_urlconf, resolve, set_urlconf
from django.utils import translation

from articles.models import TrackedModel
from articles.text_difference import Stretch, readable_difference
from articles.tracked_changes import Refusal
from record import urls as record_urls
from record.documents import Redirect, addresses, decode

from ..publishing import PlannedDocument
from ..publishing.publication_steps import rehearse_publication
from .workflow import desk_address, objects_by_public_id

PUBLIC_ID_LENGTH = 12
IDENTITY_FIELDS = ("id", "type")  # what a document says of itself, and the page says already
# What stands in the document for machines: where in which text the words are. A reviewer reads the words.
MACHINE_FIELDS = ("start", "end", "prefix", "suffix", "capture", "sha256")


@dataclass(frozen=True)
class PreviewField:
    """One field of a document in lines; `before` is empty where readers see no version yet."""

    label: str
    before: list[str]
    after: list[str]

    @property
    def differs(self) -> bool:
        return self.before != self.after

    @property
    def stretches(self) -> list[Stretch] | None:
        """What differs, word by word and to the letter, without the lines that stay; None where it is all new or gone.

        Lines in another order alone have no such difference, nor has a text that is too long to compare.
        """
        before = [line for line in self.before if line not in self.after]
        after = [line for line in self.after if line not in self.before]
        if not before or not after:
            return None
        found = readable_difference("\n".join(before), "\n".join(after), exactly=True)
        return found if found and any(stretch.kind != "same" for stretch in found) else None

    @property
    def unchanged_lines(self) -> int:
        """How many lines stay as readers see them."""
        return sum(line in self.before for line in self.after)


@dataclass(frozen=True)
class Preview:
    """One document: its object, why it is part of the plan, its fields (or only the changed ones), and its JSON."""

    planned: PlannedDocument
    address: str
    fields: list[PreviewField]
    new: bool
    text: str

    @property
    def has_page(self) -> bool:
        """Whether readers will see a page of its own: what was merged away only leads to another."""
        return not isinstance(self.planned.document, Redirect)


def document_previews(planned: list[PlannedDocument]) -> list[Preview]:
    """One preview for each; six queries at most, however many there are."""
    documents = [
        (
            msgspec.to_builtins(entry.document),
            msgspec.to_builtins(decode(entry.current_text)) if entry.current_text else None,
        )
        for entry in planned
    ]
    named = desk_labels(documents)
    shown = []
    for entry, (after, before) in zip(planned, documents, strict=True):
        fields = [
            PreviewField(name.replace("_", " "), _lines((before or {}).get(name), named), _lines(value, named))
            for name, value in after.items()
            if name not in IDENTITY_FIELDS and not (name == "slug" and value == after["id"])
        ]
        kept = [field for field in fields if (field.differs if before else field.after)]
        text = json.dumps(json.loads(entry.text), ensure_ascii=False, indent=2)
        shown.append(Preview(entry, desk_address(entry.obj), kept, before is None, text))
    return shown


def desk_labels(documents: object) -> dict[str, str]:
    """What everything that `documents` name by its identity is called at the desk."""
    return {public_id: str(obj) for public_id, obj in objects_by_public_id(set(_identities(documents))).items()}


def _identities(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _identities(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _identities(inner)
    elif isinstance(value, str) and len(value) == PUBLIC_ID_LENGTH:
        yield value


def _lines(value: object, named: Mapping[str, str]) -> list[str]:
    if value is None or value in ("", [], {}, ()):
        return []
    if isinstance(value, list | tuple):
        return [_line(inner, named) for inner in value]
    if isinstance(value, str):
        return named.get(value, value).split("\n")
    return [_line(value, named)]


def _line(value: object, named: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        if "edtf" in value:
            return value["edtf"]
        seen = {name: inner for name, inner in value.items() if name not in MACHINE_FIELDS}
        parts = ((name.replace("_", " "), _line(inner, named)) for name, inner in seen.items())
        return " · ".join(f"{name}: {line}" for name, line in parts if line)
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, (_line(inner, named) for inner in value)))
    if isinstance(value, str):
        return named.get(value, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


PREVIEW_NOTICE = (
    "Preview: this is how readers will see the page. Nothing has been published; links lead to what is public now."
)


class PreviewRequest(HttpRequest):
    """A request for a page that is not public: the page repeats the sentence."""

    preview = PREVIEW_NOTICE


# What a page needs to know of the request: nothing of who asks, and nothing of what their browser has kept.
COPIED_HEADERS = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO")


def preview_page(request: HttpRequest, objects: Sequence[TrackedModel], public_id: str) -> HttpResponse:
    """The page of what becomes public under `public_id` with `objects`, marked as a preview and kept by nobody.

    It speaks the language of addresses without a prefix. Raises `Refusal` where the plan is refused, and where the
    object is not part of it or has no page of its own.
    """
    with rehearse_publication(objects) as made:
        planned = {entry.obj.public_id: entry.document for entry in [*made.planned_documents, *made.neighbours]}
        document = planned.get(public_id)
        if document is None:
            raise Refusal("That is not part of what would be published: choose it again from the list.")
        if isinstance(document, Redirect):
            raise Refusal("It was merged: readers are redirected, and it has no page of its own.")
        response = _public_response(request, partial(addresses.address_of, document))
    del response["ETag"]
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _public_response(request: HttpRequest, address: Callable[[], str]) -> HttpResponse:
    """What the record's own view answers at `address`, among its own: a process of the desk alone has them not."""
    before = get_urlconf()
    set_urlconf(record_urls.__name__)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            asked = PreviewRequest()
            asked.method = "GET"
            asked.META = {name: request.META[name] for name in COPIED_HEADERS if name in request.META}
            asked.path = address()
            asked.path_info = "/" + asked.path.removeprefix(get_script_prefix())
            found = resolve(asked.path_info)
            return found.func(asked, *found.args, **found.kwargs)
    finally:
        set_urlconf(before)
