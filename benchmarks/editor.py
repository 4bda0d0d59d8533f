"""How many actions it takes to record every statement of a real article in the workspace, in Chromium.

    python benchmarks/editor.py ARTICLE.txt [--article rfa-2017] [--fresh] [--tell]
    python benchmarks/editor.py --newcomer [--screens FOLDER]

ARTICLE.txt is the article as saved from its page; nothing of it is kept here. What is to be recorded are the
demonstration's own statements of that article (claims/demonstration/statements), which are left out of the database
first: where their words stand is looked up in the text by their short quotations. A scripted editor records them twice,
in the order of the text: without proposals, then with. It does what a person would who knows the keys, looks at what
the form shows, and corrects it where it is not what is to be recorded.

Where the form says what one chord records, a new actor or a new claim with its stance, the editor lets it.
An action is a click, a drag over words or a chord (Tab, Ctrl+Enter, a letter in the text); typed words are not counted,
nor is scrolling. What happens between two recordings counts for the second one: proposals that are rejected, too.
With --annotations an article that somebody else annotated is recorded on an empty desk: one claim an attribution, whose
stance is taken as proposed where one is. With --fresh the actors and claims that only this article needs are not in the
database: they are made on the spot.
With --newcomer somebody new signs in at an empty desk and records an article of their own, and a reviewer publishes
it (tests/newcomer.py); a picture of each step is kept in the folder that --screens names.
At the end the recorded statements are compared with the wanted ones: speaker, claims with stances, date, mode, words.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PASSWORD = token_urlsafe(16)
SIGN_IN_TIMEOUT = 180_000  # milliseconds: on a busy machine hashing a password takes its time
STANCES = {
    "affirms": "a",
    "denies": "d",
    "disputes": "i",
    "qualifies": "q",
    "supports": "s",
    "opposes": "o",
    "relays": "r",
    "declines": "c",
    "silent": "l",
}


@dataclass
class Wanted:
    """A statement as it should stand, by names; `quote` is looked for in the text."""

    quote: str
    speaker: str
    speaker_kind: str
    label: bool
    summary: str
    said_on: str | None  # None: as proposed
    mode: str  # empty: as proposed
    stances: list  # (claim text, stance, kind of claim, question, figure)
    start: int = 0
    end: int = 0
    as_proposed: bool = False  # whom the form takes for the speaker is taken: annotations do not say who “he” is


def prepare(path: Path, key: str, fresh: bool):
    """A database with the demonstration but for what this article says, the article taken in, and what is wanted."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    import msgspec
    from django.contrib.auth.models import Group, User

    from articles.ingest import take_in
    from articles.models import Article
    from articles.reading import read_plain
    from claims.imports import dossier
    from claims.management.commands.load_demonstration import DEMONSTRATION_FOLDER

    read = dossier.read_dossier(DEMONSTRATION_FOLDER)
    wanted = wanted_of(read, key)
    replace = msgspec.structs.replace
    files = {
        name: replace(file, statements=[], printings=[]) if file.article == key else file
        for name, file in read.statements.items()
    }
    articles = [replace(one, framings=[]) if one.key == key else one for one in read.articles]
    actors, questions = read.actors, read.questions
    if fresh:
        spoken, taken = others(read, key)
        actors = [one for one in actors if one.reported_in != key or one.slug in spoken]
        questions = [replace(one, claims=[claim for claim in one.claims if claim.slug in taken]) for one in questions]
    from dataclasses import replace as renewed

    rest = renewed(read, statements=files, articles=articles, actors=actors, questions=questions)
    people = []
    for name in ("editor", "reviewer"):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        people.append(user)
    dossier.record_dossier(rest, editor=people[0], reviewer=people[1])
    outlet = next(one.outlet for one in read.articles if one.key == key)
    headline = next(one.headline for one in read.articles if one.key == key)
    article = Article.objects.get(outlet__slug=outlet, headline=headline)
    taken_in = take_in(
        text=read_plain(path.read_text(encoding="utf-8")).text, outlet=article.outlet, article=article, by=people[0]
    )
    return article, taken_in.capture, place(wanted, taken_in.capture.text)


def wanted_of(read, key: str) -> list[Wanted]:
    actors = {one.slug: one for one in read.actors}
    claims = {claim.slug: (claim, question) for question in read.questions for claim in question.claims}
    found = []
    for file in read.statements.values():
        for one in file.statements if file.article == key else ():
            speaker = actors.get(one.speaker)
            stances = []
            for line in one.stances:
                claim, question = claims[line.claim]
                stances.append((claim.text, line.kind, claim.kind, question.title, claim.figure))
            found.append(
                Wanted(
                    one.printed[0].quote,
                    speaker.name if speaker else one.speaker_label,
                    speaker.kind if speaker else "",
                    speaker is None,
                    one.summary,
                    one.said_on,
                    one.mode,
                    stances,
                )
            )
    return found


def prepare_annotated(path: Path, annotations: Path):
    """An empty desk with the article and one question, and what is annotated: actors and claims are all new."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from django.contrib.auth.models import Group, User

    from articles.changes import add_outlet
    from articles.ingest import take_in
    from claims.changes import add_question

    user = User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    text = path.read_text(encoding="utf-8")
    outlet = add_outlet(name="Outlet of the corpus", by=user)
    question = add_question(title="What does the article report?", by=user)
    date = path.name.split("_")[1]
    taken = take_in(text=text, outlet=outlet, headline=text.strip().splitlines()[0][:200], published=date, by=user)
    return taken.article, taken.capture, annotated(annotations.read_text(), text, taken.capture.text, question.title)


def annotated(lines: str, printed: str, text: str, question: str) -> list[Wanted]:
    """What brat annotations want recorded, in the order of `text`, which a capture made of what was `printed`."""
    from articles.text import QuoteIsAmbiguous, QuoteNotFound, locate

    spans, wanted = {}, []
    for line in lines.splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            numbers = rest.partition("\t")[0].partition(" ")[2].replace(";", " ").split()
            spans[name] = (int(numbers[0]), int(numbers[-1]))
    for line in lines.splitlines():
        if not line.startswith("E"):
            continue
        roles = [part.partition(":")[::2] for part in line.partition("\t")[2].split()]
        source = next((spans[value] for role, value in roles if role.startswith("Source")), None)
        content = [spans[value] for role, value in roles if role.startswith("Content")]
        if not content or source is None:
            continue
        quote = printed[min(start for start, _ in content) : max(end for _, end in content)].strip()
        speaker = " ".join(printed[slice(*source)].split())[:100]
        kind = "person" if speaker[:1].isupper() else "unnamed"
        number = len(wanted) + 1
        said = " ".join(quote.split())[:140]
        claim = (f"Report {number} of this article: {said}", "affirms", "fact", question, None)
        one = Wanted(quote, speaker, kind, False, f"Account {number}: {said}", None, "", [claim], as_proposed=True)
        try:
            span = locate(text, quote)
        except (QuoteNotFound, QuoteIsAmbiguous) as error:
            print(f"left out: {error}")
            continue
        one.start, one.end = span.start, span.end
        wanted.append(one)
    return sorted(wanted, key=lambda one: (one.start, one.end))


def others(read, key: str) -> tuple[set, set]:
    """Actors and claims that something else than the statements of this article needs."""
    actors, claims = set(), set()
    for file in read.statements.values():
        if file.article == key:
            continue
        for one in file.statements:
            actors.add(one.speaker)
            claims |= {line.claim for line in one.stances}
        actors |= {step.actor for printed in file.quotations() for step in file.chain_of(printed)}
    for article in read.articles:
        claims |= {one.claim for one in article.framings if article.key != key}
    for question in read.questions:
        for claim in question.claims:
            if claim.relations or claim.earlier:
                claims |= {claim.slug, *(one.claim for one in claim.relations)}
    return actors, claims


def place(wanted: list[Wanted], text: str) -> list[Wanted]:
    """`wanted` in the order of the text; a quotation that the article has another way is told and left out."""
    from articles.text import QuoteIsAmbiguous, QuoteNotFound, locate

    placed = []
    for one in wanted:
        try:
            span = locate(text, one.quote)
        except (QuoteNotFound, QuoteIsAmbiguous) as error:
            print(f"left out: {error}")
            continue
        one.start, one.end = span.start, span.end
        placed.append(one)
    return sorted(placed, key=lambda one: (one.start, one.end))


class Editor:
    """Records what is wanted, and counts."""

    def __init__(self, page, address: str):
        self.page, self.address = page, address
        self.actions: list[str] = []
        self.per_statement: list[list[str]] = []

    def sign_in(self):
        self.page.goto(f"{self.address}/admin/login/")
        self.page.fill("#id_username", "editor")
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url("**/admin/", timeout=SIGN_IN_TIMEOUT)

    def press(self, chord: str):
        self.actions.append(chord)
        self.page.keyboard.press(chord)

    def click(self, selector: str):
        self.actions.append("click")
        self.page.click(selector)

    def type(self, words: str):
        self.page.keyboard.type(words)

    def replace(self, words: str):
        """Types over what is selected; an empty field is left by one more key."""
        if words:
            self.type(words)
        else:
            self.press("Delete")

    # What the editor sees

    def until(self, expression: str, argument=None):
        """Waits until a function of the page says yes; Playwright's own waiting is stopped by the page's policy."""
        for _ in range(400):
            if self.page.evaluate(expression, argument):
                return
            self.page.wait_for_timeout(25)
        raise SystemExit(f"waited in vain: {expression}; the page says {self.page.inner_text('[data-status]')!r}")

    def wait_for_form(self):
        self.until("() => ['summary', 'speaker'].includes(document.activeElement.name)")

    def value(self, name: str) -> str:
        return self.page.input_value(f"[data-form] [name={name}]")

    def offers(self, which: str) -> list[str]:
        selector = f"[data-combo={which}] [role=option]"
        return self.page.eval_on_selector_all(
            selector, "all => all.map(one => one.dataset.new ? '' : one.dataset.name)"
        )

    def settle(self):
        """Looks until what is looked for while typing is there."""
        self.page.wait_for_timeout(60)
        self.until("() => !document.querySelector('[data-form] [aria-busy=true]')")

    def proposal(self) -> tuple[int, int] | None:
        """Where the current proposal stands, in characters of the page's text."""
        return self.page.evaluate(
            """() => {
                const words = [...document.querySelectorAll("[data-paragraph]")];
                let at = 0, start = null, end = null;
                for (const one of words) {
                    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                        const node = walker.currentNode;
                        if (node.parentElement.closest("mark.ws-current")) {
                            start ??= at;
                            end = at + node.length;
                        }
                        at += node.length;
                    }
                }
                return start === null ? null : [start, end];
            }"""
        )

    def drag_over(self, start: int, end: int):
        box = self.page.evaluate(
            """([start, end]) => {
                const points = [];
                let at = 0;
                for (const one of document.querySelectorAll("[data-paragraph]")) {
                    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                        const node = walker.currentNode;
                        for (const place of [start, end - 1])
                            if (at <= place && place < at + node.length) {
                                points.push([node, place - at]);
                                if (points.length === 1) node.parentElement.scrollIntoView({ block: "center" });
                            }
                        at += node.length;
                    }
                }
                return points.map(([node, offset], index) => {
                    const range = document.createRange();
                    range.setStart(node, offset);
                    range.setEnd(node, offset + 1);
                    const box = range.getBoundingClientRect();
                    return [index ? box.right - 0.5 : box.left + 0.5, box.top + box.height / 2];
                });
            }""",
            [start, end],
        )
        mouse = self.page.mouse
        mouse.move(*box[0])
        mouse.down()
        mouse.move(*box[-1], steps=4)
        mouse.up()
        self.actions.append("drag")

    # What the editor does

    def record(self, one: Wanted, *, another: bool) -> None:
        """Fills the open form until it says what is wanted, and records it."""
        self.as_proposed = one.as_proposed
        from_proposal = bool(self.value("proposal"))
        self.speaker(one)
        if self.page.evaluate("document.activeElement.name") != "summary":
            self.click("[data-form] [name=summary]")
        self.type(one.summary)
        self.settle()
        last = len(one.stances) - 1
        stance_is_taken, chord = True, ""
        for number, (claim, stance, kind, question, figure) in enumerate(one.stances):
            if number:
                self.press("Alt+n")
                self.settle()
            chord = self.claim(number, claim, kind, question, figure, stance if number == last and not another else "")
            prefix = f"stances-{number}-"
            if chord:
                continue
            stance_is_taken = self.is_taken(prefix, claim, stance) or (one.as_proposed and self.value(f"{prefix}kind"))
            if not stance_is_taken and number < last:
                self.press(f"Alt+{STANCES[stance]}")
                self.settle()
        if one.said_on is not None and self.value("said_on") != one.said_on:
            self.press("Alt+t")
            self.replace(one.said_on)
        wider = one.mode == "direct" and from_proposal and self.value("mode") == "mixed"
        if one.mode and not wider:  # more words than those within marks
            self.mode(one.mode)
        before = self.page.get_attribute("#workspace", "data-version")
        self.mark_form()
        letter = "" if stance_is_taken else STANCES[one.stances[last][1]]
        if another and letter:
            self.press(f"Alt+{letter}")
            self.settle()
        self.press(
            chord or ("Control+Shift+Enter" if another else f"Alt+Shift+{letter}" if letter else "Control+Enter")
        )
        changed = "document.querySelector('#workspace').dataset.version !== before"
        said = "document.querySelector('[data-status]').textContent.startsWith('Not recorded yet')"
        refused = "document.querySelector('.ws-errors') !== null"
        self.until(f"before => {changed} || {refused} || {said}", before)
        if self.page.inner_text("[data-status]").startswith("Not recorded yet"):
            self.press("Control+Enter")
            self.until(f"before => {changed} || {refused}", before)
        if self.page.locator(".ws-errors").count():
            raise SystemExit(f"refused: {self.page.inner_text('.ws-errors')}")
        self.per_statement.append(self.actions)
        self.actions = []
        if another:
            self.until("() => document.querySelector('[data-form] [name=summary]')?.value === ''")
            self.wait_for_form()
        else:
            self.wait_for_next(from_proposal)

    def mode(self, wanted: str):
        """Goes through the ways of saying it by their key, the shorter way round."""
        modes = self.page.eval_on_selector_all(
            "[data-form] [name=mode] option", "all => all.map(one => one.value).filter(Boolean)"
        )
        there = self.value("mode")
        down = modes.index(wanted) - modes.index(there) if there else modes.index(wanted) + 1
        down %= len(modes)
        for _ in range(min(down, len(modes) - down)):
            self.press("Alt+m" if down <= len(modes) - down else "Alt+Shift+m")

    def mark_form(self):
        """Marks the form that is open, so that another one can be told from it."""
        self.page.evaluate("document.querySelector('[data-form]').dataset.before = '1'")

    def wait_for_next(self, from_proposal: bool):
        """Waits until the marked form is gone, and after a proposal for the form of the next."""
        self.until("() => !document.querySelector('[data-form][data-before], [data-panel][aria-busy]')")
        if (from_proposal and self.proposal()) or self.form_is_open:
            self.wait_for_form()

    @property
    def form_is_open(self) -> bool:
        return self.page.locator("[data-form]").count() > 0

    def speaker(self, one: Wanted):
        if self.value("speaker_id") and (self.value("speaker") == one.speaker or one.as_proposed):
            return
        if self.is_proposed_as_new(one):
            return
        if self.page.evaluate("document.activeElement.name") != "speaker":
            self.press("Alt+w")
        self.settle()
        if self.value("speaker_id") == "" and one.speaker in self.offers("speaker")[:2]:
            self.choose("speaker", one.speaker)
            return
        if self.value("speaker") != one.speaker:
            self.type(one.speaker)  # what stands there is selected
        self.settle()
        if one.speaker in self.offers("speaker"):
            self.choose("speaker", one.speaker)
            return
        wanted = "label" if one.label else one.speaker_kind
        at = self.page.eval_on_selector_all(
            "[data-combo=speaker] [role=option]",
            "(all, wanted) => all.findIndex(one => one.dataset.new === wanted)",
            wanted,
        )
        marked = self.page.eval_on_selector_all(
            "[data-combo=speaker] [role=option]", "all => all.findIndex(one => one.ariaSelected === 'true')"
        )
        kinds = ["unnamed", "person"]
        if not one.label and wanted == kinds[one.speaker[:1].isupper()]:
            self.press("Alt+Enter")
            return
        down, up = at - marked, self.page.locator("[data-combo=speaker] [role=option]").count() - at
        for _ in range(min(down, up)):
            self.press("ArrowDown" if down <= up else "ArrowUp")
        self.press("Tab")

    def is_proposed_as_new(self, one: Wanted) -> bool:
        """Whether the form says that recording adds a new actor of this name and kind; for annotations, which call
        somebody as the sentence does (“she”, “the senator”, “Sanders”), also one whose name holds the annotated."""
        name, kind = self.value("speaker"), self.value("speaker_new")
        if not kind or one.label:
            return False
        if name == one.speaker and kind == one.speaker_kind:
            return True
        proper = {word for word in one.speaker.split() if word[:1].isupper()}
        return one.as_proposed and (not proper or bool(proper & set(name.split())))

    def choose(self, which: str, name: str):
        """Moves to the offer by arrows and takes it with Tab."""
        at = self.offers(which).index(name)
        for _ in range(at):
            self.press("ArrowDown")
        self.press("Tab")

    def claim(self, number: int, claim: str, kind: str, question: str, figure, recording: str) -> str:
        """Gets the claim on the screen: marked among the offers, or as a new one.

        Answers with the chord that makes it and records, where the form says that it does so with the stance
        `recording`: empty for none, since more is to come.
        """
        prefix = f"stances-{number}-"
        marked = self.page.eval_on_selector_all(
            "[data-stance]:last-of-type [data-combo=claim] [role=option][aria-selected=true]",
            "all => all.map(one => one.dataset.name)[0]",
        )
        if marked != claim:
            offers = self.page.eval_on_selector_all(
                "[data-stance]:last-of-type [data-combo=claim] [role=option]", "all => all.map(one => one.dataset.name)"
            )
            if claim in offers[1:2]:
                self.press("Alt+ArrowDown")
            else:
                if self.page.evaluate("document.activeElement.name") != f"{prefix}claim":
                    self.press("Tab")
                self.type(claim)
                self.settle()
                offers = self.page.eval_on_selector_all(
                    "[data-stance]:last-of-type [data-combo=claim] [role=option]",
                    "all => all.map(one => one.dataset.new ? '' : one.dataset.name)",
                )
                if claim not in offers:
                    if (
                        recording
                        and not figure
                        and (chord := self.chord_of_new_claim(prefix, kind, question, recording))
                    ):
                        return chord
                    self.new_claim(prefix, kind, question, figure)
                elif offers[0] != claim:
                    for _ in range(offers.index(claim)):
                        self.press("ArrowDown")
        return ""

    def chord_of_new_claim(self, prefix: str, kind: str, question: str, stance: str) -> str:
        line = self.page.locator("[data-stance]:last-of-type [data-sure]")
        said = line.inner_text() if line.is_visible() else ""
        stances = STANCES if self.as_proposed else [stance]
        if not any(said.startswith(f"New claim, {each}, under “{question}”") for each in stances):
            return ""
        return f"Alt+Shift+{self.kinds(prefix).index(kind) + 1}"

    def kinds(self, prefix: str) -> list[str]:
        return self.page.eval_on_selector_all(
            f"[name={prefix}claim_kind] option", "all => all.map(one => one.value).filter(Boolean)"
        )

    def is_taken(self, prefix: str, claim: str, stance: str) -> bool:
        """Whether the form says that it records this stance towards this claim as it stands."""
        if self.value(f"{prefix}claim") == claim:
            self.page.wait_for_timeout(100)
            self.settle()
            return self.value(f"{prefix}kind") == stance
        line = self.page.locator("[data-stance]:last-of-type [data-sure]")
        return line.is_visible() and line.inner_text().startswith(f"Ctrl Enter records: {stance} “{claim}”")

    def new_claim(self, prefix: str, kind: str, question: str, figure) -> None:
        """Makes a claim of what was typed, of its kind, and says its question."""
        self.press(f"Alt+{self.kinds(prefix).index(kind) + 1}")
        self.page.wait_for_timeout(100)
        chosen = self.page.eval_on_selector(f"[name={prefix}question]", "one => one.selectedOptions[0]?.text")
        if chosen != question:
            self.actions += ["click", "click"]
            self.page.select_option(f"[name={prefix}question]", label=question)
        if self.value(f"{prefix}claim_kind") != kind:
            self.actions += ["click", "click"]
            self.page.select_option(f"[name={prefix}claim_kind]", kind)
        for name in ("amount", "lower", "upper", "unit", "counted", "as_of") if figure else ():
            wanted = getattr(figure, name)
            wanted = "" if wanted is None else str(wanted)
            if self.value(f"{prefix}{name}") != wanted:
                self.click(f"[name={prefix}{name}]")
                self.press("Control+a")
                self.replace(wanted)
        if figure and self.value(f"{prefix}modifier") != figure.modifier:
            self.actions += ["click", "click"]
            self.page.select_option(f"[name={prefix}modifier]", figure.modifier)

    def without_proposals(self, wanted: list[Wanted]) -> None:
        self.press("p")
        for one in wanted:
            self.drag_over(one.start, one.end)
            self.wait_for_form()
            self.record(one, another=False)

    def with_proposals(self, wanted: list[Wanted]) -> None:
        self.press("a")
        self.wait_for_form()
        left = list(wanted)
        opened = False
        while left:
            one = left.pop(0)
            if not opened:
                self.open_for(one, left)
            span = self.opened_span
            opened = bool(left) and span is not None and span[0] <= left[0].start and left[0].end <= span[1]
            self.record(one, another=opened)

    def open_for(self, one: Wanted, left: list[Wanted]) -> None:
        """Goes through the proposals up to this statement, rejects those that nothing is wanted of, and opens it."""
        while True:
            span = self.proposal()
            ours = span is not None and span[0] <= one.start and one.end <= span[1]
            for_later = span and any(span[0] <= other.start and other.end <= span[1] for other in left)
            if ours:
                self.opened_span = span
                if not self.form_is_open:
                    self.press("a")
                break
            if span is None or span[0] >= one.end or for_later:
                self.opened_span = None
                if self.form_is_open:
                    self.mark_form()
                self.drag_over(one.start, one.end)
                self.until("() => !document.querySelector('[data-form][data-before]')")
                break
            before = self.page.get_attribute("#workspace", "data-version")
            if self.form_is_open:
                self.mark_form()
                self.press("Alt+x")
                self.wait_for_next(True)
            else:
                self.press("x")
                self.until("before => document.querySelector('#workspace').dataset.version !== before", before)
        self.wait_for_form()


def compare(wanted: list[Wanted], capture_pk: int) -> Counter:
    """How many of the wanted statements stand in the database as they should, by what was asked of them."""
    from claims.models import Statement

    found = {one.summary: one for one in Statement.objects.filter(appearances__passage__capture=capture_pk).distinct()}
    right = Counter()
    for one in wanted:
        statement = found.get(one.summary)
        if statement is None:
            continue
        right["recorded"] += 1
        who = statement.speaker.name if statement.speaker else statement.speaker_label
        right["speaker"] += who == one.speaker
        right["stances"] += {(each.claim.text, each.kind) for each in statement.stances.all()} == {
            (claim, stance) for claim, stance, *_ in one.stances
        }
        right["date"] += one.said_on in (None, statement.said_on)
        right["mode"] += one.mode in ("", statement.mode)
        appearance = statement.appearances.get()
        right["words"] += appearance.passage.start <= one.start and one.end <= appearance.passage.end
        right["cue filled in by itself"] += bool(appearance.cue)
        right["printed name filled in by itself"] += bool(appearance.printed_name)
    return right


@contextmanager
def serving(port: int):
    """The desk on `port`, in a process of its own, until the block ends."""
    command = [sys.executable, "manage.py", "runserver", "--insecure", "--noreload", f"127.0.0.1:{port}"]
    with open(os.devnull, "w") as nowhere:
        server = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere, env={**os.environ})
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):  # two minutes, on a busy machine
            try:
                urllib.request.urlopen(f"{address}/admin/login/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def run(path: Path, key: str, annotations: Path | None, *, fresh: bool, proposals: bool, port: int, tell: bool) -> None:
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium

    if annotations:
        article, capture, wanted = prepare_annotated(path, annotations)
    else:
        article, capture, wanted = prepare(path, key, fresh)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with serving(port) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=root)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(SIGN_IN_TIMEOUT)
        page.on("pageerror", lambda error: print(f"the page fails: {error}"))
        editor = Editor(page, address)
        editor.sign_in()
        page.goto(f"{address}/admin/articles/article/{article.pk}/workspace/")
        page.wait_for_load_state("networkidle")
        start = time.monotonic()
        (editor.with_proposals if proposals else editor.without_proposals)(wanted)
        seconds = time.monotonic() - start
        browser.close()
    counts = [len(one) for one in editor.per_statement]
    title = f"{'with' if proposals else 'without'} proposals{', nothing of it known before' if fresh else ''}"
    print(f"\n{title}: {len(counts)} statements, {sum(counts)} actions")
    print(f"  median {statistics.median(counts)}, mean {statistics.mean(counts):.2f}, most {max(counts)}", end="; ")
    print(", ".join(f"{many} with {number}" for number, many in sorted(Counter(counts).items())))
    print("  " + ", ".join(f"{name} {many}" for name, many in compare(wanted, capture.pk).items()), f"of {len(wanted)}")
    print(f"  {seconds:.0f} s by script")
    if tell:
        for one, actions in zip(wanted, editor.per_statement, strict=False):
            print(f"  {len(actions):2}  {one.summary[:60]:60}  {' '.join(actions)}")


def run_newcomer(screens: str, port: int) -> None:
    """Counts what two new people do from an empty database to a published statement."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from django.contrib.auth.models import Group, User
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium
    from tests.newcomer import MOST_ACTIONS, Newcomer, publish_first_statement

    for name in ("editor", "reviewer"):
        User.objects.create_user(name, password=PASSWORD, is_staff=True).groups.add(Group.objects.get(name=name))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with serving(port) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=root)
        new = Newcomer(browser.new_page(), address, screens)
        new.page.set_default_timeout(SIGN_IN_TIMEOUT)
        publish_first_statement(new, "editor", "reviewer", PASSWORD)
        browser.close()
    print(f"a newcomer: {new.actions} actions to a published statement, two sign-ins included; at most {MOST_ACTIONS}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, nargs="?", help="the article as saved from its page")
    parser.add_argument("--newcomer", action="store_true", help="from an empty database to a published statement")
    parser.add_argument("--screens", default="", help="a folder for pictures of the newcomer's steps")
    parser.add_argument("--article", default="rfa-2017", help="its key in the demonstration")
    parser.add_argument("--annotations", type=Path, help="brat annotations: on an empty desk, all is new")
    parser.add_argument("--fresh", action="store_true", help="make the actors and claims of this article on the spot")
    parser.add_argument("--tell", action="store_true", help="print every statement with its actions")
    parser.add_argument("--port", type=int, default=8049)
    parser.add_argument("--one", choices=["with", "without", "newcomer"], help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=["with", "without"], help="one of the two")
    asked = parser.parse_args()
    if not (asked.path or asked.newcomer):
        parser.error("say which article, or --newcomer")
    if asked.one == "newcomer":
        run_newcomer(asked.screens, asked.port)
        return
    if asked.one:
        run(
            asked.path,
            asked.article,
            asked.annotations,
            fresh=asked.fresh,
            proposals=asked.one == "with",
            port=asked.port,
            tell=asked.tell,
        )
        return
    # Each run has a database and a process of its own: settings are read once a process.
    runs = ["newcomer"] if asked.newcomer else [asked.only] if asked.only else ["without", "with"]
    for one in runs:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
                "CLAIMTRACK_STATE_DIR": folder,
                "CLAIMTRACK_DEBUG": "on",
                "DJANGO_SETTINGS_MODULE": "claimtrack.settings",
            }
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--one", one], env=environment, check=True)


if __name__ == "__main__":
    main()
