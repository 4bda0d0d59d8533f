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
from collections.abc import Container, Iterable, Iterator

from django.http import HttpResponse

from articles.models import Trace
from articles.trace import Refused

from . import asking
from .asking import Sent
from .models import Actor
from .privacy import CERTAIN, NEAR, Found, Person
from .privacy.tokens import Words
from .privacy.vocabulary import is_common, is_title
from .protection import matcher_of, people_withheld

LONGEST_CUT, WORDS_CUT = 120, 4  # signs and words before dots that may be the beginning of a name
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
_DOTS = re.compile(r"(?<=\w)\.\.\.")
_COURTESY = re.compile(
    r"(?<![\w’'-])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|г-н[ауе]?|г-ном|г-ж[аиеу]|г-жой|господин[ауе]?|госпож[аиеу]|السيدة?)"
    r"\.?[ \u00a0]$"
)
_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"(?<!\w)(?:an?|the) $", re.IGNORECASE)
_JSON_IN_HTML = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class Veil:
    """The names that are withheld, and what stands for each: forms that are certain, and those that come near."""

    def __init__(self, people: Iterable[Person], *, grades: Container[str] = (CERTAIN, NEAR)):
        """`grades` are those of the forms that are covered."""
        self.matcher = matcher_of(tuple(people))
        self.grades = grades

    @classmethod
    def load(cls) -> "Veil":
        """All names that must not become public, and those by which withheld actors were called before."""
        withheld = Actor.objects.filter(protection=Actor.Protection.WITHHELD).values_list("public_id", flat=True)
        earlier: dict[str, set[str]] = {}
        acts = Trace.objects.filter(public_id__in=withheld).order_by().values_list("public_id", "changes")
        for actor, changes in acts:
            earlier.setdefault(actor, set()).update(names_in(changes))
        return cls(people_withheld(earlier))

    def __bool__(self):
        return bool(self.matcher)

    def hides(self, word: str) -> bool:
        """Whether a withheld name holds this word, or this part of a word."""
        return self.matcher.hides(word)

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
        hits = [_with_title(joined, *hit) for hit in self._stretches(joined)]
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
        hits = [(found.start, found.end, found.label) for found in self.found(joined) if found.grade in self.grades]
        return _united(joined, [*hits, *self._cut_short(joined)])

    def found(self, text: str) -> list[Found]:
        """Every form of a name in `text`, of whatever grade, but for words of a label."""
        return [found for found in self.matcher.find(text) if found.whole or not self._in_a_label(text, found)]

    def _in_a_label(self, joined: str, found: Found) -> bool:
        """Whether a word of a name stands within a label: a label is never replaced inside itself."""
        lengths = self.matcher.labels_with(found.form)
        for label in lengths:
            around = joined[max(found.start - len(label), 0) : found.end + len(label)].casefold()
            at = around.find(label)
            before = found.start - max(found.start - len(label), 0)
            while at >= 0:
                if at <= before and before + len(found.form) <= at + len(label):
                    return True
                at = around.find(label, at + 1)
        return False

    def _cut_short(self, joined: str) -> Iterator[tuple[int, int, str]]:
        """The beginnings of names that a list has cut off: "Joh…" tells of John. At least three letters."""
        for dots in _DOTS.finditer(joined) if self.matcher else ():
            begin = max(dots.start() - LONGEST_CUT, 0)
            words = Words(joined[begin : dots.start()])
            if not words or words.ends[-1] != dots.start() - begin:
                continue
            for number in range(max(len(words) - WORDS_CUT, 0), len(words)):
                alone = number == len(words) - 1 and (is_common(words.words[-1]) or is_title(words.folds[-1]))
                label = "" if alone else self.matcher.beginning("".join(words.folds[number:]))
                if label:
                    yield begin + words.starts[number], dots.start(), label
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


def _with_title(joined: str, first: int, last: int, label: str) -> tuple[int, int, str]:
    """The stretch with a courtesy title before the name, and with an article that the label brings itself."""
    if title := _COURTESY.search(joined, max(first - 16, 0), first):
        first = title.start()
    if _ARTICLE.match(label) and (article := _ARTICLE_BEFORE.search(joined, max(first - 5, 0), first)):
        first = article.start()
    return first, last, label


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
