"""Reads everything that a record shows, and holds its quotation marks against what is known by hand.

Nothing here asks the rule that is tested (record/documents/wording.py), nor the desk's reader of marks: `marked_in` is
a reader of its own.
"""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from django.test import Client
from lxml import etree, html

from record.models import Current, Publication
from tests.public_pages import BLOCKS, all_pages, twin_of
from tests.wording_cases import OLD

PAIRS = {"“": "”", "«": "»", "「": "」", "„": "“", "‘": "’"}
OPENING = re.compile(f'["{"".join(PAIRS)}]')
OWN_MODES = ("direct", "mixed", "document")
TEXT_ELEMENTS = BLOCKS | {"h1", "h2", "h3", "h4", "title", "pre", "article", "section", "summary", "body", "footer"}
UNITS = ("tr", "li", "figure", "article", "section", "body")  # in which words stand under a name
EXAMPLES = ("/method", "/api")  # pages whose examples are nobody's words
TEXT_ATTRIBUTES = ("content", "title", "alt", "aria-label", "placeholder", "value", "data-claim")
RAW = ("exact", "prefix", "suffix")  # of the capture: what a program looks for in the article


@dataclass
class Truth:
    """What is known by hand of one record.

    `own`: words that stand in marks in a capture as somebody's, and the names under which that person is shown.
    `others`: all other words that are printed or recorded: in marks they are somebody's only by mistake.
    `printings`: (the words of a passage, its own words) of every printing of a statement, with the statement's mode.
    `as_printed`: words that an outlet itself put between marks, and that stand so within a report.
    `said_elsewhere`: own words that claims and summaries use too, where they stand without marks.
    """

    own: dict[str, set[str]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    printings: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    as_printed: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    said_elsewhere: set[str] = field(default_factory=set)


def fold(text: str) -> str:
    """Words alone, in small letters, with one space between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def marked_in(text: str) -> list[tuple[int, int]]:
    """Where words stand between quotation marks, the outermost ones: pairs within one line."""
    if not OPENING.search(text):
        return []
    found, open_marks = [], []
    for place, sign in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if sign == "\n":
            open_marks = []
        elif sign in "’'" and before.isalnum() and after.isalnum():
            continue
        elif sign == '"':
            if open_marks and open_marks[-1][1] == '"':
                start, _closing = open_marks.pop()
                if not open_marks:
                    found.append((start + 1, place))
            elif not open_marks:
                open_marks.append((place, '"'))
        elif open_marks and sign == open_marks[-1][1]:
            start, _closing = open_marks.pop()
            if not open_marks:
                found.append((start + 1, place))
        elif sign in PAIRS:
            open_marks.append((place, PAIRS[sign]))
    return found


def pieces_beside(exact: str, own: tuple[str, ...]) -> set[str]:
    """What of a passage is nobody's own words."""
    rest = exact
    for words in own:
        rest = rest.replace(words, "\n")
    return set(rest.split("\n"))


@dataclass
class Reading:
    """What was found in one record: the texts that were read, own words in marks, and every fault, in words."""

    truth: Truth
    texts: int = 0
    marked: Counter = field(default_factory=Counter)
    bare: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    units: dict = field(default_factory=dict)  # of the page that is read: its parts, with their text if it has a name

    def read(self, text: str, where: str, element=None) -> None:
        """One text that readers or programs get; of a page with the `element` that holds it."""
        spans = marked_in(text)
        nearest = self.unit_of(element) if spans and element is not None else ""
        if (text, nearest) in self.seen:
            return
        self.seen.add((text, nearest))
        self.texts += 1
        for start, end in spans:
            words = fold(text[start:end])
            if self.is_false(words):
                self.false.append(f"{where}: “{text[start:end]}”")
            elif names := self.owners(words):
                label = next((name for name in self.truth.names if text[: start - 1].endswith(f"{name}: ")), "")
                if (nearest and not any(name in nearest for name in names)) or (label and label not in names):
                    self.false.append(f"{where}: “{text[start:end]}” under {label or self.names_in(nearest)}")
        folded = f" {fold(text)} "
        for own in self.truth.own:
            for start, end in places_of(own, text) if f" {own} " in folded else ():
                if any(first <= start and end <= last for first, last in spans):
                    self.marked[own] += 1
                elif own not in self.truth.said_elsewhere:
                    self.bare.append(f"{where}: {text[max(0, start - 30) : end + 10]!r}")

    def is_false(self, words: str) -> bool:
        """Whether words in marks are not somebody's own: printed, recorded or summed up by another."""
        if not words or self.owners(words) or words in self.truth.as_printed:
            return False
        return any(f" {words} " in f" {other} " or f" {other} " in f" {words} " for other in self.truth.others)

    def owners(self, words: str) -> set[str]:
        for own, names in self.truth.own.items():
            if f" {words} " in f" {own} ":
                return names
        return set()

    def unit_of(self, element) -> str:
        """The text of the nearest part of a page around an element in which somebody is named."""
        around = [each for each in (element, *element.iterancestors()) if each.tag in UNITS and self.truth.names]
        for each in around:
            if each not in self.units:
                text = text_of(each)
                self.units[each] = text if self.names_in(text) else ""
            if self.units[each]:
                return self.units[each]
        return ""

    def names_in(self, text: str) -> list[str]:
        return [name for name in sorted(self.truth.names) if name in text]


def places_of(own: str, text: str) -> list[tuple[int, int]]:
    """Where folded words stand in a text."""
    pattern = r"[\W_]+".join(map(re.escape, own.split()))
    return [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]


def read_html(reading: Reading, body: bytes, where: str) -> None:
    """A page: each block of text with the blocks around it, and every attribute and script that holds text."""
    tree, reading.units = html.fromstring(body.decode()), {}
    for script in tree.xpath("//script[@type='application/ld+json']"):
        read_linked(reading, json.loads(script.text), where)
    for element in tree.xpath("//script|//style|//*[@class='lanes__key']"):  # the key names modifiers: “about”
        element.drop_tree()
    for name in TEXT_ATTRIBUTES:
        for value in tree.xpath(f"//@{name}"):
            reading.read(str(value), f"{where} @{name}")
    for element in tree.iter():
        if element.tag in TEXT_ELEMENTS and (is_leaf(element) or has_text(element)):
            text = text_of(element).replace('"', "") if element.tag == "pre" else text_of(element)  # JSON to be copied
            reading.read(text, f"{where} <{element.tag}>", element)


def is_leaf(element) -> bool:
    return not any(inner.tag in BLOCKS for inner in element.iterdescendants())


def has_text(element) -> bool:
    """Whether text stands in it beside its parts."""
    return bool((element.text or "").strip() or any((inner.tail or "").strip() for inner in element))


def text_of(element) -> str:
    parts = []
    for event, node in etree.iterwalk(element, ("start", "end")):
        parts += ["\n"] if node.tag in BLOCKS else []
        parts.append((node.text if event == "start" else node.tail if node is not element else "") or "")
    return re.sub(r"[ \t\r]+", " ", "".join(parts)).strip()


def read_json(reading: Reading, value, where: str) -> None:
    """A twin: every text but the raw ones of the capture; runs of words joined, as they are shown."""
    if isinstance(value, dict):
        if "wording" in value and "exact" in value:
            read_wording(reading, value, where)
        for key, inner in value.items():
            if key in ("linked", "@graph"):
                read_linked(reading, inner, where)
            elif key == "runs" or key in ("label", "snippet"):
                reading.read("".join(run["text"] for run in inner) if isinstance(inner, list) else str(inner), where)
            elif key == "words" and inner and value.get("words_quoted"):
                pass  # the twin says beside it that they are quoted
            elif key in ("csl", "verification"):  # JSON and Python to be copied
                reading.read(inner.replace('"', ""), where)
            elif key not in (*RAW, "pieces", "document"):
                read_json(reading, inner, f"{where} {key}")
    elif isinstance(value, list):
        for inner in value:
            read_json(reading, inner, where)
    elif isinstance(value, str):
        reading.read(value, where)


def read_wording(reading: Reading, printing: dict, where: str) -> None:
    """What a twin says of one printing, against the table."""
    wording, found = printing["wording"], [own for exact, own in reading.truth.printings if exact == printing["exact"]]
    assert found, f"{where}: nobody knows {printing['exact']!r}"
    own = [fold(run["text"]) for run in joined_runs(wording["runs"]) if run["own"]]
    if own not in [[fold(words) for words in each] for each in found] and not is_old(where, own):
        reading.false.append(f"{where}: own words {own} of {printing['exact']!r}")


def joined_runs(runs: list[dict]) -> list[dict]:
    """Runs that were cut where printings differ, in one piece again."""
    found = []
    for run in runs:
        if found and found[-1]["own"] == run["own"]:
            found[-1] = {**found[-1], "text": found[-1]["text"] + run["text"]}
        else:
            found.append(run)
    return found


def is_old(where: str, own: list[str]) -> bool:
    """Statements of version 1 whose marks are out of sight are reports: nobody is quoted."""
    return not own


def read_linked(reading: Reading, value, where: str) -> None:
    """JSON-LD: what is a Quotation has the own words of its author as its text, or none."""
    if isinstance(value, list):
        for inner in value:
            read_linked(reading, inner, where)
    elif isinstance(value, dict):
        types = value.get("@type", [])
        if "Quotation" in ([types] if isinstance(types, str) else types) and "text" in value:
            if not all(reading.owners(fold(part)) for part in value["text"].split(" … ")):
                reading.false.append(f"{where}: Quotation {value['text']!r}")
            reading.marked.update(own for own in reading.truth.own if own in fold(value["text"]))
        for key, inner in value.items():
            if isinstance(inner, (dict, list)):
                read_linked(reading, inner, where)
            elif isinstance(inner, str) and key not in (*RAW, "text", "ownWords"):
                reading.read(inner, f"{where} {key}")


def addresses() -> list[str]:
    """Everything that a reader or a program can ask for, but for the exports."""
    pages = all_pages()
    statements = [address for address in pages if re.fullmatch(r"/statements/[^/]+", address)]
    cards = [f"{address}/embed" for address in pages if re.fullmatch(r"/(statements|claims|questions)/[^/]+", address)]
    described = [f"/oembed?url={quote('http://testserver' + address)}&format=xml" for address in statements]
    feeds = [f"{address}/feed" for address in pages if re.fullmatch(r"/(actors|articles|questions)/[^/]+", address)]
    compared = []
    for kind in ("actor", "article"):
        slugs = Current.objects.filter(kind=kind).order_by("slug").values_list("slug", flat=True)[:6]
        compared += [f"/compare?{kind}={one}&{kind}={other}" for one in slugs for other in slugs if one < other]
    cites = [f"{address}/cite" for address in statements]
    return [*pages, *cards, *described, *feeds, *compared, *cites, "/feed", "/corrections/feed"]


def read_all(truth: Truth) -> Reading:
    """Every page, card, feed, twin and export of the record that stands in the database."""
    reading, client = Reading(truth), Client()
    pages = addresses()
    for address in [
        *pages,
        *(f"/ru{address}" for address in pages if re.match(r"/(statements|questions)/[^/]+$", address)),
    ]:
        response = client.get(address)
        assert response.status_code == 200, (address, response.content[:300])
        if "html" in response["Content-Type"] and address not in EXAMPLES:
            read_html(reading, response.content, address)
        elif "xml" in response["Content-Type"]:
            read_xml(reading, response.content, address)
    for address in all_pages():
        if address not in EXAMPLES:
            read_json(reading, client.get(twin_of(address)).json(), twin_of(address))
    for words in truth.own:
        found = client.get("/search.json", {"q": words})
        read_json(reading, found.json()["hits"], f"search {words}")
        hits = html.fromstring(client.get("/search", {"q": words}).content.decode()).xpath("//ol[@class='hits']")
        read_html(reading, html.tostring(hits[0], encoding="unicode").encode(), f"search page {words}")
    read_exports(reading, client)
    return reading


def read_xml(reading: Reading, body: bytes, where: str) -> None:
    tree = etree.fromstring(body)
    for element in tree.iter():
        if isinstance(element.tag, str) and etree.QName(element).localname in ("title", "summary", "dd", "dt", "p"):
            reading.read("".join(element.itertext()), where)
        if isinstance(element.tag, str) and etree.QName(element).localname == "html" and element.text:
            read_html(reading, element.text.encode(), where)


def read_exports(reading: Reading, client: Client) -> None:
    def body(path: str) -> bytes:
        response = client.get(path)
        assert response.status_code == 200, path
        return b"".join(response.streaming_content) if response.streaming else response.content

    rows = list(csv.DictReader(io.StringIO(body("/export.csv").decode("utf-8-sig"))))
    assert rows
    for row in rows:
        read_row(reading, row)
    for line in body("/export.jsonld").splitlines():
        if line.strip(b",").startswith(b"{") and b'"@id"' in line:
            read_node(reading, json.loads(line.strip(b",")))
    for annotation in json.loads(body("/annotations.jsonld"))["first"]["items"]:
        exact = annotation["target"]["selector"][0]["exact"]
        whose = next(part["value"] for part in annotation["body"] if part.get("purpose") == "classifying")
        own = [each for text, each in reading.truth.printings if text == exact]
        assert whose.split(":")[0] in {kind_by_hand(exact, each) for each in own} | {"report"}, annotation
        for part in annotation["body"]:
            reading.read(part.get("value", ""), "/annotations.jsonld")
    for path in ("/citations.bib", "/citations.json", "/entities.ftm.json", "/actors.json"):
        for line in body(path).decode().splitlines():
            reading.read(line.replace('"', ""), path)
    for line in body("/entities.ftm.json").splitlines():
        entity = json.loads(line)
        if entity["schema"] == "UnknownLink":
            (recorded,) = entity["properties"]["recordId"]
            (article,) = entity["properties"]["object"]
            assert entity["properties"]["role"] == ["quoted" if prints_own(reading, recorded, article) else "reported"]


def prints_own(reading: Reading, statement: str, article: str) -> bool:
    row = Publication.objects.get(public_id=statement, superseded_by=None)
    document = json.loads(row.document)
    exacts = {each["passage"]["exact"] for each in document["appearances"] if each["article"] == article}
    if statement.startswith("old"):
        key = list(OLD)[int(statement[3:])]
        return OLD[key]
    return document["mode"] in OWN_MODES and any(own for exact, own in reading.truth.printings if exact in exacts)


def read_row(reading: Reading, row: dict) -> None:
    """One row of the table: own words are those of the table of cases, and nothing else is called so."""
    own = [fold(words) for words in row["own_words"].split(" | ")] if row["own_words"] else []
    expected = [[fold(words) for words in each] for exact, each in reading.truth.printings if exact == row["exact"]]
    if row["mode"] not in OWN_MODES:
        expected = [[]]
    if own not in expected and own:
        reading.false.append(f"/export.csv: own words {own} of {row['exact']!r}")
    if not own and expected != [[]] and [] not in expected and not row["statement_id"].startswith("old"):
        reading.bare.append(f"/export.csv: {row['exact']!r} has no own words")
    reading.marked.update(words for words in own if words in reading.truth.own)
    for name in ("summary", "hedge", "cue", "printed_name", "translation", "claim", "chain"):
        reading.read(row[name], f"/export.csv {name}")


def read_node(reading: Reading, node: dict) -> None:
    read_linked(reading, node, "/export.jsonld")
    for printing in node.get("printings", ()):
        own = [fold(words) for words in printing.get("ownWords", ())]
        expected = [
            [fold(words) for words in each] for text, each in reading.truth.printings if text == printing["text"]
        ]
        if own and own not in expected:
            reading.false.append(f"/export.jsonld: own words {own} of {printing['text']!r}")


def kind_by_hand(exact: str, own: tuple[str, ...]) -> str:
    if not own:
        return "report"
    return "mixed" if any(fold(piece) for piece in pieces_beside(exact, own)) else "quotation"
