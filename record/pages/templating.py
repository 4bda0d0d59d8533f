"""The Jinja2 environment of the public pages: Django's options, and the few functions that templates may call.

Templates show; they neither ask nor compute. A misspelt variable is an error.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as lazy
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..documents import vocabulary
from ..documents.answer_memo import memoize_in_answer
from ..documents.wording import add_quotation_marks
from ..presenters import formatting
from ..presenters.answers import answer_words
from ..presenters.long_words import first_sentences, fold_words
from ..queries.moment import moment
from ..queries.new_since import mark_of
from .about import text_of
from .page_context import keep_moment


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for."""
    env = Environment(  # noqa: S701
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    # `_("… %(name)s", name=name)` and {% trans %}: values are escaped, and a message without markup stays text.
    env.install_gettext_callables(  # type: ignore[attr-defined]  # which the extension i18n adds
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=memoize_in_answer(translation.pgettext),
        npgettext=translation.npgettext,
    )
    env.policies["ext.i18n.trimmed"] = True
    # What the extension puts there looks each message up by three calls through the template's context.
    env.globals.update(_=translate, gettext=translate)
    env.globals.update(
        static=memoize_in_answer(static),
        keep_moment=keep_moment,
        moment=moment,
        new_mark=new_mark,
        as_csv=as_csv,
        path_to=reverse,
        language_here=memoize_in_answer(translation.get_language),
        rtl_here=translation.get_language_bidi,
        site_name=settings.SITE_NAME,
        publisher_text=text_of,
        shows_demonstration=lambda: settings.PUBLISHER.is_demonstration,
        vocabulary=vocabulary,
        count=formatting.count_words,
        support_words=formatting.support_words,
        note_words=formatting.note_words,
        content_language=settings.LANGUAGE_CODE,
        in_language=formatting.IN_LANGUAGE_PHRASES.get,
        wording_words=formatting.wording_words,
        answer_words=answer_words,
        on_paper=ON_PAPER,
    )
    env.filters.update(
        in_words=formatting.date_words,
        day=formatting.day_words,
        number=formatting.plain_number,
        first_sentences=first_sentences,
        fold_words=fold_words,
        in_marks=add_quotation_marks,
        sentence=formatting.capitalize_sentence,
        mark_names=mark_names,
        country_name=formatting.country_name,
        language_name=formatting.language_name,
        lang=lang,
    )
    return env


# A question with more answers than `most` is printed in part, so that it fits on two sheets: so many side by side, and
# so many in a line each.
ON_PAPER = {"most": 4, "answers": 3, "short": 5}


def translate(message: str, **variables: object) -> Markup:
    """A message of a template in the language of the page; its variables are escaped."""
    return _translate_markup(message) % variables if variables else _translate_plain(message)


@memoize_in_answer
def _translate_markup(message: str) -> Markup:
    return Markup(translation.gettext(message))  # noqa: S704 - of our own templates and translations


@memoize_in_answer
def _translate_plain(message: str) -> Markup:
    return _translate_markup(message) % {}


@pass_context
def as_csv(context: Context, name: str = "") -> Markup:
    """The link to a table of the page as CSV; nothing where the page has no such table."""
    table = ((context.get("site") or {}).get("tables") or {}).get(name)
    if table is None:
        return Markup("")
    link = Markup('<p class="as-csv"><a href="{}" type="text/csv" rel="nofollow">{}</a></p>')
    return link.format(table["address"], table["label"])


# A word, not a colour alone.
MARKS = {"new": lazy("new"), "changed": lazy("new details"), "corrected": lazy("corrected")}


def new_mark(public_id: str) -> Markup:
    """A badge on what is new or changed since the entry that the reader named; nothing on anything else."""
    mark = mark_of(public_id)
    return Markup(' <strong class="newmark">{}</strong>').format(MARKS[mark]) if mark else Markup("")


def mark_names(words: str, source: Mapping[str, Any]) -> Markup:
    """The words of a page with the names in them marked as in the language of the content, where that is another one.

    `source` is an answer, or who holds a claim (`holders_data`), or one side of a dispute: whose names these are.
    """
    sides = source["voices"] if "voices" in source else source["sides"].values() if "sides" in source else [source]
    names = {name for side in sides for name in side.get("named") or side.get("names") or () if name}
    if not names or translation.get_language() == settings.LANGUAGE_CODE:
        return escape(words)
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({longest_first})(?!\w)", words)
    marked = [Markup("<bdi{}>{}</bdi>").format(lang(settings.LANGUAGE_CODE), part) for part in parts[1::2]]
    return Markup("").join(part for pair in zip(map(escape, parts[::2]), [*marked, ""], strict=True) for part in pair)


@memoize_in_answer
def lang(tag: str) -> Markup:
    """The attributes of an element that holds text in the language `tag`: `lang` and `dir`.

    Where the language is not known the browser looks at the text itself for its direction.
    """
    direction = formatting.direction(tag)
    return Markup(' lang="{}" dir="{}"').format(tag, direction) if tag else Markup(' dir="auto"')
