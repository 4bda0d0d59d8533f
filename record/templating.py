"""The Jinja2 environment of the public pages: Django's options, and the few functions that templates may call.

Templates show; they neither ask nor compute. A misspelt variable is an error.
"""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from . import vocabulary, words


def environment(**options):
    """The environment that Django's Jinja2 backend asks for."""
    env = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701
    env.globals.update(
        static=static,
        path_to=reverse,
        site_name=settings.SITE_NAME,
        vocabulary=vocabulary,
        count=words.count_words,
        support_words=words.support_words,
    )
    env.filters.update(
        in_words=words.date_words,
        day=words.day_words,
        number=words.plain_number,
        quoted=words.quoted,
        language_name=words.language_name,
        lang=lang,
    )
    return env


def lang(tag: str) -> Markup:
    """The attributes of an element that holds text in the language `tag`: `lang` and `dir`.

    Where the language is not known the browser looks at the text itself for its direction.
    """
    direction = words.direction(tag)
    return Markup(' lang="{}" dir="{}"').format(tag, direction) if tag else Markup(' dir="auto"')
