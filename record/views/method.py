"""How the record is made: what the stances mean, how origins are counted, what a chain is, what is never published."""

from .. import vocabulary
from ..twins import page


@page("record/method.html")
def method(request):
    return {
        "page": "method",
        "title": "Method",
        "description": "What the words of this record mean, how origins are counted, and what is never published.",
        "address": "/method",
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
