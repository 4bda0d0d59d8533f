"""What the desk keeps from whoever may not read withheld names: the one place through which all its answers go.

Names stand in fields, labels, histories, messages, texts and refusals, and every new page tells some more. So no page
decides: `claimtrack.desk` hands each answer to `withhold`, which puts the public label where a withheld name stands.
In what a form would post back, a mark stands instead, and `marks_in` finds it again: a label must not be saved over a
name by somebody who never saw the name. What a request itself has sent is in `claims.asking`.
"""

import html
import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.http import HttpResponse

from articles.models import Trace
from articles.trace import Refused

from . import asking
from .asking import Sent
from .models import Actor
from .names import FOUND_ANYWHERE, FOUND_WITH_ENDING, fold, letters_of, spellings
from .protection import Withheld

SHORTEST_BEGINNING = 3  # letters
MARK = "withheld from you: "
BLOCK = "█"
REFUSAL = (
    "What was sent holds a name that is withheld from you, and saving it would put a mark over the name. Nothing was "
    "changed. Ask somebody who may see withheld names."
)
# Attributes whose words are no words for people.
_MADE = {"class", "id", "for", "name", "type", "method", "rel", "role", "src", "style", "lang", "dir", "charset"}
_PARTS = re.compile(
    r"(?P<json><script[^>]*application/json[^>]*>)(?P<told>.*?)</script>|<(?:script|style)\b.*?</(?:script|style)>"
    r"|<!--.*?-->|<(?P<tag>/?[a-zA-Z][^\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?<=\s)(?P<name>[\w-]+)=(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.DOTALL)
_NAME = re.compile(r"\sname=([\"'])(?P<name>.*?)\1")
# An element that a template marks so holds nothing but what this very request has sent.
_TYPED = re.compile(r"\sdata-typed(?=[\s>])")
_LINKS = {"href", "action"}
_NOTHING = Sent({})
_JSON_IN_HTML = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class Veil:
    """The names that are withheld, and what stands for each."""

    def __init__(self, labels: Mapping[str, str]):
        """`labels` are public labels by the fold of a name."""
        self._labels = sorted(labels.items(), key=lambda one: -len(one[0]))

    @classmethod
    def load(cls) -> "Veil":
        """All names that must not become public, and those by which withheld actors were called before."""
        labels = dict(Withheld.load().folds())
        withheld = dict(
            Actor.objects.filter(protection=Actor.Protection.WITHHELD).values_list("public_id", "public_label")
        )
        acts = Trace.objects.filter(public_id__in=withheld).order_by().values_list("public_id", "changes")
        for actor, changes in acts if withheld else ():
            for name in names_in(changes):
                for folded in spellings(name):
                    labels.setdefault(folded, withheld[actor])
        return cls(labels)

    def __bool__(self):
        return bool(self._labels)

    def hides(self, word: str) -> bool:
        """Whether a withheld name holds this word, or this part of a word."""
        folded = fold(word)
        return bool(folded) and any(folded in name for name, _ in self._labels)

    def over(self, text: str, *, mark: bool = False) -> str:
        """`text` with the label, or the mark, of whoever it names; the very text where it names nobody."""
        [veiled] = self._over_all([text], mark=mark)
        return veiled

    def over_json(self, value, *, sent: Sent = _NOTHING):
        """A JSON value with every string veiled; one that holds a tag is read as HTML."""
        if isinstance(value, str):
            return self.over_html(value, sent=sent) if "<" in value else self.over(sent.unrepeated(value))
        if isinstance(value, list):
            return [self.over_json(one, sent=sent) for one in value]
        if isinstance(value, dict):
            return {name: self.over_json(one, sent=sent) for name, one in value.items()}
        return value

    def over_html(self, page: str, *, sent: Sent = _NOTHING) -> str:
        """A page with the label in what is read and the mark in what is posted, but for what was `sent` itself.

        A name is found across tags too, as where a passage or a difference is marked inside it.
        """
        pieces, texts, at, before = [], [], 0, ""
        for part in _PARTS.finditer(page):
            self._add(pieces, texts, page[at : part.start()], before, sent)
            before = part[0] if part["tag"] else ""
            pieces.append(self._markup(part, sent) if part["tag"] or part["json"] else part[0])
            at = part.end()
        self._add(pieces, texts, page[at:], before, sent)
        raw = [html.unescape(pieces[place]) for place in texts]
        for place, told, after in zip(texts, raw, self._over_all([sent.unrepeated(one) for one in raw]), strict=True):
            if after != told:
                pieces[place] = html.escape(after)
        return "".join(pieces)

    def _add(self, pieces, texts, text, tag, sent):
        """A text after `tag`: what a control holds, what was typed, or what is read."""
        if _TYPED.search(tag):
            pieces.append(text)
        elif tag[:9].lower() == "<textarea":
            pieces.append(self._posted(text, _named(tag), sent))
        elif text:
            texts.append(len(pieces))
            pieces.append(text)

    def _markup(self, part, sent) -> str:
        if part["json"]:
            veiled = self.over_json(json.loads(part["told"]), sent=sent)
            return f"{part['json']}{json.dumps(veiled).translate(_JSON_IN_HTML)}</script>"
        control, typed = _named(part[0]), bool(_TYPED.search(part[0]))
        return _ATTRIBUTE.sub(lambda one: one[0] if typed else self._attribute(one, control, sent), part[0])

    def _attribute(self, one, control: str, sent: Sent) -> str:
        name, value, quote = one["name"].lower(), one["value"], one["quote"]
        if name in _MADE:
            return one[0]
        if name in _LINKS:
            path, question, query = html.unescape(value).partition("?")
            parts = (part if sent.asks(part) else self.over(part, mark=True) for part in query.split("&"))
            link = self.over(path, mark=True) + question + "&".join(parts)
            veiled = value if link == html.unescape(value) else html.escape(link)
        else:
            veiled = self._posted(value, control if name == "value" else "", sent)
        return f"{one['name']}={quote}{veiled}{quote}"

    def _posted(self, escaped: str, control: str, sent: Sent) -> str:
        text = html.unescape(escaped)
        if sent.fills(control, text):
            return escaped
        veiled = self.over(text, mark=True)
        return escaped if veiled == text else html.escape(veiled)

    def _over_all(self, texts: list[str], *, mark: bool = False) -> list[str]:
        """The texts veiled, read as one with a word's end between them."""
        settled = [unicodedata.normalize("NFKC", text) for text in texts]
        joined = "\n".join(settled)
        hits = self._stretches(joined)
        return _replaced(texts, settled, joined, hits, mark) if hits else texts

    def over_name(self, text: str) -> str:
        """The label of whoever `text` names, and nothing else of it."""
        stretches = self._stretches(unicodedata.normalize("NFKC", text))
        return stretches[0][2] if stretches else text

    def blackened(self, text: str) -> str:
        """`text` with a block for every sign of a name, so that all else keeps its place in it."""
        signs = list(text)
        for first, last, _ in self._stretches(text):
            signs[first:last] = [one if one.isspace() else BLOCK for one in signs[first:last]]
        return "".join(signs)

    def _stretches(self, joined: str) -> list[tuple[int, int, str]]:
        """Where names stand in a text, in order and apart from one another, each with the label."""
        folded, origins, starts = _fold_in_place(joined)
        hits = []
        ends = {*starts, len(folded)}
        for name, label in self._labels:
            at = folded.find(name)
            while at >= 0:
                end = at + len(name)
                found = len(name) >= FOUND_ANYWHERE or (
                    at in starts and (len(name) >= FOUND_WITH_ENDING or end in ends)
                )
                if found:
                    hits.append((origins[at], origins[end - 1] + 1, label))
                at = folded.find(name, at + 1)
        hits += self._cut_short(joined, folded, origins, starts)
        return _united(joined, hits)

    def _cut_short(self, joined, folded, origins, starts):
        """The beginnings of names that a list has cut off: "Joh…" tells of John. At least three letters."""
        for dots in re.finditer(r"\.\.\.", joined):
            cut = bisect_left(origins, dots.start())
            for name, label in self._labels:
                for length in range(min(len(name) - 1, cut), SHORTEST_BEGINNING - 1, -1):
                    if cut - length in starts and folded.startswith(name[:length], cut - length):
                        yield origins[cut - length], dots.start(), label
                        break


def withhold(response: HttpResponse, *, sent: Sent) -> HttpResponse:
    """The answer of a desk page as it is for somebody who may not read withheld names.

    What somebody has `sent` comes back to them in its field as they typed it.
    """
    veil = Veil.load()
    if not veil or response.streaming:
        return response
    kind = response.get("Content-Type", "")
    if kind.startswith("text/html"):
        response.content = veil.over_html(response.text, sent=sent)
    elif kind.startswith("application/json"):
        response.content = json.dumps(veil.over_json(json.loads(response.content), sent=sent))
    return response


def found_by_what_is_read(found, fields: Iterable[str], term: str):
    """`claims.asking.found_by_what_is_read` under the names that are withheld now."""
    veil = Veil.load() if term.strip() else None
    return asking.found_by_what_is_read(found, fields, term, veil=veil) if veil else found


def refuse_blind_save(texts: Iterable[str]) -> None:
    """Refuses to replace what holds a withheld name, for somebody who may not read it, even where no mark came back."""
    veil = Veil.load()
    if veil and any(veil.over(text) != text for text in texts):
        raise Refused(
            "What stands here holds a name that is withheld from you: it is changed by somebody who may see it."
        )


def marks_in(values: Iterable[str]) -> bool:
    """Whether something that would be saved holds the mark of a withheld name."""
    return any(MARK in value for value in values)


def _named(tag: str) -> str:
    """The name of the control that this tag opens, or an empty string."""
    found = _NAME.search(tag)
    return html.unescape(found["name"]) if found else ""


def _united(joined: str, hits) -> list[tuple[int, int, str]]:
    """The stretches in order, those that overlap as one: where one name runs into another, all of both is covered.

    Left out is what goes across pieces where names inside of these cover all of it: two rows are no third name.
    """
    inside = [hit for hit in hits if "\n" not in joined[hit[0] : hit[1]]]
    covered = {place for first, last, _ in inside for place in range(first, last)}
    across = (hit for hit in hits if "\n" in joined[hit[0] : hit[1]])
    hits = inside + [
        hit for hit in across if any(place not in covered and joined[place].isalnum() for place in range(*hit[:2]))
    ]
    united = []
    for first, last, label in sorted(hits):
        if united and first < united[-1][1]:
            begun, end, before = united[-1]
            united[-1] = (begun, max(end, last), before)
        else:
            united.append((first, last, label))
    return united


def _replaced(texts, settled, joined, hits, mark) -> list[str]:
    veiled, start = [], 0
    for text, plain in zip(texts, settled, strict=True):
        end, at, parts = start + len(plain), start, []
        for first, last, label in hits:
            if last <= start or first >= end:
                continue
            # Of a name that goes across tags the label stands in the first piece alone.
            parts.append(joined[at : max(first, start)])
            if first >= start:
                parts.append(f"[{MARK}{label}]" if mark else label)
            at = min(last, end)
        veiled.append("".join([*parts, joined[at:end]]) if parts else text)
        start = end + 1
    return veiled


def _fold_in_place(text: str) -> tuple[str, list[int], set[int]]:
    """The fold of `text`, for each of its letters the place in `text`, and where in the fold words begin."""
    parts, origins, starts, length, inside = [], [], set(), 0, False
    for place, character in enumerate(text):
        letters, alone = _letters(character)
        if letters is None:
            inside = False
            continue
        if letters and (alone or not inside):
            starts.add(length)
        inside = (inside or bool(letters)) and not alone
        parts.append(letters)
        origins += [place] * len(letters)
        length += len(letters)
    return "".join(parts), origins, starts


@lru_cache(maxsize=20_000)
def _letters(character: str) -> tuple[str | None, bool]:
    """The folded letters of one character, None where it parts words, and whether it is a word of its own."""
    return letters_of(character)


def names_in(changes) -> Iterable[str]:
    """Every name that an act on an actor tells, before and after."""
    for field in ("name", "names"):
        # A line of the list says more than the name: “Qasym Toqaev · kk-Latn · alias”.
        yield from (
            one.partition(" · ")[0] for one in (_strings(changes.get(field)) if isinstance(changes, dict) else ())
        )


def _strings(value) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        yield from _strings(value.get("name"))
