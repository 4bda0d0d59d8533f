"""How the record is made: what the stances mean, how origins are counted, what a chain is, what is never published."""

from django.urls import reverse
from django.utils.translation import gettext as _

from .. import vocabulary
from ..twins import page


@page("record/method.html")
def method(request):
    return {
        "page": "method",
        "title": _("Method"),
        "description": _("What the words of this record mean, how origins are counted, and what is never published."),
        "address": reverse("method"),
        "stances": terms(vocabulary.STANCES),
        "actor_kinds": terms(vocabulary.ACTOR_KINDS),
        "claim_kinds": terms(vocabulary.CLAIM_KINDS),
        "relations": terms(vocabulary.RELATIONS),
        "modes": terms(vocabulary.MODES),
        "bases": terms(vocabulary.BASES),
        "steps": terms(vocabulary.STEPS),
        "derivations": terms(vocabulary.DERIVATIONS),
        "treatments": terms(vocabulary.TREATMENTS),
    }


def terms(words) -> list[dict]:
    return [{"code": code, "word": term.word, "meaning": term.meaning} for code, term in words.items()]
