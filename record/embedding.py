"""Cards for other people's pages: real text in a blockquote, and how oEmbed (https://oembed.com/) describes it.

Pure functions. A card needs no script and no style: who copies it has the words, the speaker and the link.
"""

from collections.abc import Mapping
from math import ceil
from types import MappingProxyType
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from .documents import AnyDocument, Claim, Question, Statement
from .held import claim_title
from .parts import Named, article_reference, notes_part, speaker_of, wording_part
from .vocabulary import STANCES
from .wording import in_marks, in_order, words_are_quoted
from .words import date_words, sentence, support_words, wording_words

WIDTH = 550  # pixels
CACHED = 3600  # seconds that a card may be kept
EMPTY = MappingProxyType({})


def card(
    document: AnyDocument,
    named: Named,
    *,
    support: dict[str, int],
    stances: Mapping[str, int] = EMPTY,
    held: str = "",
    contested: bool = False,
) -> dict:
    """What a card of a question, a claim or a statement says.

    `title` is what it is called; `text` in its `language`, with quotation marks where somebody's own words stand in it,
    `quoted` where it holds nothing else; of statements, `before` it who worded it; `label`, what it is where it is
    nobody's words; `by`, who speaks; `notes`, the editors'; `lines` below it. `stances` counts those towards a claim,
    `held` says who holds it (record/held.py), `support` is that of record/parts.py.
    """
    behind = support_words(support["articles"], support["origins"]) if support["articles"] else ""
    match document:
        case Question():
            plain = {
                "title": document.title,
                "label": "",
                "language": "",
                "quoted": False,
                "by": "",
                "notes": notes_part(document),
            }
            return {**plain, "text": document.title, "lines": [behind]}
        case Claim():
            taken = ", ".join(f"{STANCES[code].word}: {count}" for code, count in stances.items())
            return {
                "title": claim_title(document.text, held),
                "label": _("Contested claim:") if contested else _("Claim:"),
                "text": document.text,
                "language": document.language,
                "quoted": False,
                "by": sentence(held),
                "notes": notes_part(document),
                "lines": [taken or _("Nobody on record yet"), behind],
            }
        case Statement():
            return {
                "title": f"{speaker_of(document, named)['name']}: {document.summary}",
                "label": "",
                **words_of(document, named),
                "by": speaker_of(document, named)["name"],
                "notes": notes_part(document),
                "lines": [
                    ", ".join(
                        filter(None, [document.role, date_words(document.said_on.edtf) if document.said_on else ""])
                    ),
                    printed(document, named),
                    behind,
                ],
            }
    raise TypeError(f"no card is made of a {type(document).__name__}")


def words_of(statement: Statement, named: Named) -> dict:
    """The words of a statement: the speaker's own, else as an article reports them, else what they amount to."""
    if words_are_quoted(statement):
        words = in_marks(statement.words, statement.language)
        return {"text": words, "language": statement.language, "quoted": True, "before": ""}
    if statement.appearances:
        shown = statement.appearances[in_order(statement)[0]]
        wording = wording_part(statement, shown, named)
        return {
            "text": "".join(run["text"] for run in wording["runs"]),
            "language": article_reference(shown.article, named)["language"],
            "quoted": wording["kind"] == "quotation",
            "before": wording_words(wording),
        }
    return {"text": statement.summary, "language": "", "quoted": False, "before": ""}


def printed(statement: Statement, named: Named) -> str:
    """Where the words that the card shows were printed; "" where that is not on record."""
    if not statement.appearances:
        return ""
    article = article_reference(statement.appearances[in_order(statement)[0]].article, named)
    where = _("printed in %(outlet)s") % {"outlet": article["outlet"]["name"]}
    return f"{where}, {date_words(article['published']['edtf'])}" if article["published"] else where


def size_of(made: dict, *, most_wide: int | None, most_high: int | None) -> tuple[int, int]:
    """Width and height that the card asks for, in pixels, within what the other page allows."""
    width = max(min(WIDTH, most_wide or WIDTH), 1)
    signs = (
        len(made["label"])
        + len(made.get("before", ""))
        + len(made["text"])
        + sum(map(len, made["lines"]))
        + len(made["by"])
    )
    signs += sum(len(note["text"]) + 20 for note in made["notes"])
    height = 90 + 28 * ceil(signs / max(width / 9, 1)) + 24 * len([line for line in made["lines"] if line])
    return width, min(height, most_high or height)


def path_on(url: str, *, hosts: set[str]) -> str | None:
    """The path of an address on this site; None for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in hosts:
        return None
    return parts.path or "/"
