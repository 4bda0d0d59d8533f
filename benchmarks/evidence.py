"""An editor and a reviewer in Chromium: five kinds of evidence, each from its file to a published statement.

    python benchmarks/evidence.py [--pictures FOLDER] [pdf page mail subtitles bookmarklet]

For a PDF in two columns, a saved page, a mail, subtitles, and a page that the bookmarklet hands over, all is done on
the pages alone: a file is uploaded, what was found is looked at and confirmed with a new outlet, words are marked in
the workspace, a statement is recorded with a new speaker and submitted; a second person publishes it; a reader without
a session opens it. What the reader must find is said in KINDS: the words, and the page or time where there is one. A
step that cannot be done ends the run with the page's own words. With --pictures the screens are kept as PNGs.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from editor import PASSWORD, Editor, serving  # noqa: E402
from reader_pdfs import page_html  # noqa: E402

PORT = 8097
CLAIM = "The villagers were asked about the dam."
STYLE = (
    "article { columns: 2; text-align: justify } h1 { column-span: all } p { hyphens: auto } "
    "h2 { break-before: page; column-span: all } @page { size: A5; margin: 2cm; "
    '@top-center { content: "Valley Council, report on the flood"; font-size: 8pt } '
    "@bottom-center { content: counter(page); font-size: 8pt } }"
)
REPORT = [
    "The council of the valley has looked at the letters that were written before the work on the dam began, and has "
    "asked everybody who wrote or received one. It met eleven times, each time in another village.",
    "Nine letters of the villages were never answered. Two came back unopened. The ministry keeps a register of "
    "letters, in which none of them is found.",
    "The council asks the ministry to stop the work until a hearing has been held in each of the three villages, and "
    "to publish the plans of the new road beforehand.",
] * 2
FOUND = "“Nobody in the three villages was asked before the work began,” the council’s chairwoman, Dana Osh, said."


@dataclass
class Kind:
    """A kind of evidence: its file, what is marked in it, who said it, and what a reader must see."""

    name: str
    file: str
    media_type: str
    outlet: str
    headline: str
    words: str
    speaker: str
    expected: str


KINDS = [
    Kind(
        "pdf", "flood-report.pdf", "application/pdf", "Valley Council", "The flood report",
        "“Nobody in the three villages was asked before the work began,”", "Dana Osh", "page 2",
    ),
    Kind(
        "page", "bridge.html", "text/html", "Hill Gazette", "Engineers look at the dam",
        "“We were asked, and we said no,”", "Karima Osman", "We were asked, and we said no",
    ),
    Kind(
        "mail", "union.eml", "message/rfc822", "Union of Builders", "The union on the dam",
        "“None of our members was asked,”", "Ana Ruiz", "None of our members was asked",
    ),
    Kind(
        "subtitles", "hearing.vtt", "text/vtt", "Valley Radio", "A hearing on the dam",
        "Nobody was asked about the dam, not even the elders of the village.", "Asel Bek",
        "at 00:12:31, Asel Bek speaking",
    ),
    Kind(
        "bookmarklet", "", "", "Harbour Post", "Port town writes to the ministry",
        "“Our letter was never answered,”", "Peter Lindqvist", "Our letter was never answered",
    ),
]  # fmt: skip
PAGE = [
    "The road office said on Tuesday that its engineers had begun to look at the pillars of the dam above the town.",
    "“We were asked, and we said no,” said Karima Osman, who speaks for the people of the upper valley. “Then they "
    "came with machines.”",
    "The ministry of water would not say when the plans will be published. It has said before that they were ready.",
]
POST = [
    "The council of the port wrote to the ministry in March and asked what the dam would mean for the river mouth.",
    "“Our letter was never answered,” said Peter Lindqvist, who signed it. The ministry did not reply to questions.",
    "The river carries less sand every year, fishermen say, and the harbour is dredged twice as often as before.",
]


def file_of(kind: str, browser) -> bytes:
    """The bytes of a file of that kind; the PDF is printed by Chromium."""
    if kind == "pdf":
        printer = browser.new_page()
        html = page_html("The flood report", REPORT, style=STYLE)
        last = "".join(f"<p>{paragraph}</p>" for paragraph in [FOUND, *REPORT[:2]])
        printer.set_content(html.replace("</article>", f"<h2>What was found</h2>{last}</article>"))
        try:
            return printer.pdf(prefer_css_page_size=True)
        finally:
            printer.close()
    if kind == "page":
        site = '<meta property="og:site_name" content="Hill Gazette"><meta property="article:published_time" '
        page = page_html("Engineers look at the dam", PAGE, byline="By Maria Oduya")
        return page.replace("</head>", f'{site}content="2021-05-04"></head>').encode()
    if kind == "mail":
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Ana Ruiz <press@union.example>", "The union on the dam"
        mail["Date"] = "Tue, 04 May 2021 10:00:00 +0200"
        mail.set_content(
            "The union of builders asks the ministry to say by the end of the month when the work begins.\n\n"
            "“None of our members was asked,” said Ana Ruiz, its chairwoman. “They read of it in the paper.”\n"
        )
        mail.add_attachment(b"%PDF-1.4 nothing", "application", "pdf", filename="letter.pdf")
        return mail.as_bytes()
    return (
        b"WEBVTT\n\n00:12:31.500 --> 00:12:36.000\n<v Asel Bek>Nobody was asked about the dam, not even the elders of "
        b"the village.\n\n00:12:37.000 --> 00:12:41.000\n<v Temir Hill>We sent three letters to the ministry and "
        b"waited for a year.\n"
    )


class Walk:
    """One kind of evidence on its way."""

    def __init__(self, kind: Kind, browser, address: str, pictures: Path | None) -> None:
        self.kind, self.browser, self.address, self.pictures = kind, browser, address, pictures
        self.desk = self.sign_in("editor")
        self.clicks = 0

    def sign_in(self, who: str):
        context = self.browser.new_context(viewport={"width": 1100, "height": 760}, locale="en-GB")
        page = context.new_page()
        page.set_default_timeout(150_000)  # milliseconds; for a busy machine
        page.on("pageerror", lambda error: sys.exit(f"{self.kind.name}: a script fails: {error}"))
        page.goto(f"{self.address}/admin/login/")
        page.fill("#id_username", who)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/admin/")
        return page

    def keep(self, page, name: str, **options) -> None:
        if self.pictures:
            page.screenshot(path=self.pictures / f"{name}.png", **options)

    def succeed(self, page) -> None:
        """Waits until the page says that something was done; else ends with what it says."""
        with suppress(Exception):
            page.locator(".messagelist .success").first.wait_for()
            return
        sys.exit(f"{self.kind.name}: not done. {page.inner_text('#content')[:1500]}")

    def hand_in(self) -> None:
        page = self.desk
        page.goto(f"{self.address}/admin/articles/article/")
        page.get_by_role("link", name="Import an article").first.click()
        if self.kind.name == "bookmarklet":
            self.desk = self.hand_over(page)
        else:
            data = {"name": self.kind.file, "mimeType": self.kind.media_type}
            page.set_input_files("input[name=file]", [data | {"buffer": file_of(self.kind.name, self.browser)}])
            page.get_by_role("button", name="Preview").click()
        self.desk.locator("input[name=take]").wait_for()

    def hand_over(self, page):
        """The editor's browser shows a page, and they choose the bookmark."""
        script = page.get_attribute("#bookmarklet a", "href")
        shown = page_html(self.kind.headline, POST)
        page.context.route("http://post.example/**", lambda route: route.fulfill(body=shown, content_type="text/html"))
        page.goto("http://post.example/2021/letter")
        with page.expect_popup() as opened:
            page.evaluate("script => { location.href = script }", script)
        desk = opened.value
        desk.set_default_timeout(150_000)  # milliseconds; for a busy machine
        desk.get_by_text("It is stored when you go on.").wait_for()
        self.keep(desk, "handed-over", clip={"x": 0, "y": 0, "width": 1100, "height": 330})
        desk.get_by_role("button", name="Preview").click()
        return desk

    def confirm(self) -> None:
        page, kind = self.desk, self.kind
        page.fill("[name=headline]", kind.headline)
        page.fill("[name=new_outlet]", kind.outlet)
        page.select_option("[name=new_outlet_kind]", "other")
        if kind.words not in page.input_value("[name=text]"):
            sys.exit(f"{kind.name}: the words are not in what was read: {page.input_value('[name=text]')}")
        if kind.name in ("pdf", "mail"):
            page.locator("#content details").last.evaluate("fold => { fold.open = true }")
            self.keep(page, f"confirmed-{kind.name}", full_page=True)
        page.get_by_role("button", name="Import", exact=True).click()
        self.succeed(page)

    def record(self) -> None:
        page, kind = self.desk, self.kind
        page.get_by_role("link", name="Open the workspace").click()
        page.locator("[data-reader]:focus").wait_for()
        text = page.eval_on_selector_all("[data-paragraph]", "all => all.map(one => one.textContent).join('')")
        start = text.index(kind.words)
        by = Editor(page, self.address)
        page.keyboard.press("p")
        by.drag_over(start, start + len(kind.words))
        page.keyboard.press("r")
        by.wait_for_form()
        if page.input_value("[data-form] [name=speaker]") != kind.speaker:
            page.fill("[data-form] [name=speaker]", kind.speaker)
            by.settle()
        if not page.input_value("[data-form] [name=speaker_id]"):
            page.select_option("[data-form] [name=speaker_new]", "person")
        page.fill("[data-form] [name=summary]", f"The villagers were not asked, says {kind.outlet}")
        page.focus("[name=stances-0-claim]")
        page.keyboard.type("villagers were as")
        by.settle()
        page.keyboard.press("Enter")
        page.select_option("[name=stances-0-kind]", "denies")
        if kind.name in ("pdf", "subtitles"):
            self.keep(page, f"workspace-{kind.name}")
        page.get_by_role("button", name="Record Ctrl Enter").click()
        by.until("() => !document.querySelector('[data-form]') || document.querySelector('.ws-errors')")
        if page.locator(".ws-errors").count():
            sys.exit(f"{kind.name}: not recorded. {page.inner_text('.ws-errors')}")

    def submit(self) -> None:
        page = self.desk
        page.locator(".ws-note[data-state=draft]").first.click()
        page.get_by_role("link", name="Open the statement").click()
        page.get_by_role("link", name="Submit for review").click()
        page.get_by_role("button", name="Submit for review").click()
        self.succeed(page)

    def publish(self) -> str:
        page = self.sign_in("reviewer")
        page.goto(f"{self.address}/admin/claims/release/")
        page.get_by_role("link", name=f"says {self.kind.outlet}").first.click()
        page.get_by_role("link", name="Publish", exact=True).click()
        page.get_by_label("Public reason").fill("What the villages were told.")
        page.get_by_role("button", name="Publish").click()
        self.succeed(page)
        page.get_by_role("link", name=f"says {self.kind.outlet}").first.click()
        found = page.get_by_role("link", name="What readers see").get_attribute("href") or ""
        page.context.close()
        return found

    def read(self, path: str) -> str:
        """What a reader sees who has no session."""
        context = self.browser.new_context(viewport={"width": 1100, "height": 760}, locale="en-GB")
        page = context.new_page()
        page.goto(f"{self.address}{path}")
        shown = " ".join(page.inner_text("main").split())
        if self.kind.name in ("pdf", "subtitles"):
            self.keep(page, f"public-{self.kind.name}")
        context.close()
        for wanted in (self.kind.expected, self.kind.words.strip("“”,.")):
            if wanted not in shown:
                sys.exit(f"{self.kind.name}: a reader does not see “{wanted}”: {shown[:1500]}")
        return self.kind.expected

    def go(self) -> None:
        start = time.monotonic()
        for step in (self.hand_in, self.confirm, self.record, self.submit):
            try:
                step()
            except Exception as error:
                said = self.desk.inner_text("body")[:1500]
                sys.exit(f"{self.kind.name}: {step.__name__} at {self.desk.url}: {error}\n{said}")
        seen = self.read(self.publish())
        self.desk.context.close()
        print(f"{self.kind.name}: published, a reader sees “{seen}” ({time.monotonic() - start:.0f} s)", flush=True)


def prepare() -> None:
    """Two people, and a published question with the claim that all of it is about."""
    import django

    django.setup()
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    from claims.changes import add_claim, add_question
    from claims.publishing import publish, submit

    call_command("migrate", verbosity=0)
    people = []
    for name in ("editor", "reviewer"):
        people.append(User.objects.create_user(name, password=PASSWORD, is_staff=True))
        people[-1].groups.add(Group.objects.get(name=name))
    question = add_question(title="Were the villagers asked?", by=people[0])
    claim = add_claim(question=question, text=CLAIM, kind="fact", by=people[0])
    submit([question, claim], by=people[0])
    publish([question, claim], by=people[1], reason="The first question.")


def walk(kinds: list[Kind], pictures: Path | None) -> None:
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium

    prepare()
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with serving(PORT) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=root)
        for kind in kinds:
            Walk(kind, browser, address, pictures).go()
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", default=[kind.name for kind in KINDS])
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        walk([kind for kind in KINDS if kind.name in asked.kinds], asked.pictures)
        return
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
        environment |= {"CLAIMTRACK_STATE_DIR": folder, "CLAIMTRACK_DEBUG": "on"}
        environment |= {"DJANGO_SETTINGS_MODULE": "claimtrack.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        done = subprocess.run([sys.executable, __file__, *sys.argv[1:], "--inside"], env=environment, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
