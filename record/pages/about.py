"""Who publishes this site, how to reach them, and how to report an error: what the publisher's file says, as text.

What the file does not say is said to be missing. No form, no account: a report is a letter in the reader's own program.
"""

import re

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents.vocabulary import LazyText
from ..linked_data import schema_org
from ..linked_data.site import terms, this_site
from .page_context import report_address
from .responses import page

# In the order of the page: the name of the text, its place in the page's address, its heading.
SECTIONS: tuple[tuple[str, str, LazyText], ...] = (
    ("contact", "contact", lazy("Contact")),
    ("corrections", "errors", lazy("How errors are corrected")),
    ("right_of_reply", "reply", lazy("Right of reply")),
    ("funding", "funding", lazy("Funding")),
    ("method", "method", lazy("How we work")),
    ("terms", "terms", lazy("Terms of use")),
)

# Of these the page says something even where the file does not.
EXPLAINED = ("terms", "method")


@page("record/about.html", past=False)
def publisher_page(request: HttpRequest) -> dict:
    publisher, site = settings.PUBLISHER, this_site()
    name, name_language = text_of("publisher")
    return {
        "page": "about",
        "linked": {"@context": schema_org.CONTEXT, **schema_org.site_node(site)},
        "title": _("Who we are"),
        "description": _("Who publishes this site, how to reach them, and how to report an error."),
        "address": reverse("about"),
        "is_known": publisher.is_known,
        "is_demonstration": publisher.is_demonstration,
        "publisher": {"name": name, "address": publisher.publisher_address, "language": name_language},
        "about": paragraphs_of("description"),
        "sections": [
            {"id": anchor, "heading": str(heading), "paragraphs": paragraphs_of(text)}
            for text, anchor, heading in SECTIONS
        ],
        "missing": [
            str(heading) for text, _anchor, heading in SECTIONS if not text_of(text)[0] and text not in EXPLAINED
        ],
        "email": publisher.email,
        "report": report_address(request.build_absolute_uri(reverse("home")), ""),
        "terms": licence(),
    }


def text_of(name: str) -> tuple[str, str]:
    """A text of the publisher's file in the language of the page, or another one, and which that is."""
    return settings.PUBLISHER.text(name, get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)


def paragraphs_of(name: str) -> list[dict]:
    """The paragraphs of a text, each with its language."""
    text, language = text_of(name)
    return [{"text": part.strip(), "language": language} for part in re.split(r"\n\s*\n", text) if part.strip()]


def licence() -> dict:
    """The terms of use that exports have; in the language of the page where they are those of the publisher's file."""
    stated, (words, language) = terms(), text_of("licence")
    if stated.words != " ".join(settings.PUBLISHER.text("licence", settings.LANGUAGE_CODE)[0].split()):
        words, language = stated.words, ""
    return {"words": words, "language": language, "address": stated.address}
