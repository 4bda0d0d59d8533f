"""The fields of a statement: the one list from which pages, tables of exports, search and the whole desk take them.

A further field stands here, in the type of the document (`record/documents/`), in the desk's model with a migration,
and in the templates that show it. Nothing else has to know of it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import Statement
from .vocabulary import LazyText


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its `label` on pages, and what tables of exports say of its `column`, if it has one of its own.

    A detail is shown and handed on as it is, in the order of this list, between the date and the words. What
    `is_searched` is found by its text, as the summary and the words are.
    """

    name: str
    label: str | LazyText
    column: str | LazyText
    is_detail: bool = False
    is_searched: bool = False


STATEMENT_FIELDS = (
    Field("summary", _("In short"), _("what is stated, in the editors’ words")),
    Field("speaker", _("Speaker"), _("the speaker’s name, or the label of a source without one")),
    Field("speaker_label", _("Speaker, as described"), "", is_searched=True),
    Field("role", _("Role"), _("the speaker’s role at the time"), is_searched=True),
    Field("said_on", _("Said on"), _("when it was said, as precise as it is known (EDTF)")),
    Field("venue", _("Where"), _("where it was said"), is_detail=True, is_searched=True),
    Field("mode", _("How it was said"), _("direct, indirect, mixed, document, gesture"), is_detail=True),
    Field(
        "basis",
        _("How the speaker knows"),
        _("how the speaker knows: witnessed, told, document, estimate, not stated"),
        is_detail=True,
    ),
    Field("words", _("Words as recorded"), _("the words as recorded by the editors")),
    Field("language", _("Language"), _("the language of the original words (BCP 47)")),
    Field("translation", _("Translation"), _("the words in translation")),
)
DETAILS = tuple(field.name for field in STATEMENT_FIELDS if field.is_detail)


def details_of(statement: Statement) -> dict[str, str]:
    """The details of a statement, by name."""
    return {name: getattr(statement, name) for name in DETAILS}


def additional_search_texts(statement: Statement) -> list[str]:
    """The texts of a statement by which it is found beside its summary and its words."""
    return [getattr(statement, field.name) for field in STATEMENT_FIELDS if field.is_searched]
