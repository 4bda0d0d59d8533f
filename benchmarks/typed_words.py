"""Whether a typed word is ever lost at the desk: tabs closed, sessions lost and servers ended while somebody types.

    python benchmarks/typed_words.py [--rounds 30] [--only closed|session|restart]

A desk of its own, in a process of its own, on SQLite in a temporary folder, and Chromium. Each round opens one of the
long forms (statement, claim, actor, article, intake, that of the workspace), types words that occur nowhere else into
it, and has one accident in the middle of typing. Then the form is opened again, the draft is restored, and every
word that was typed must stand in it. Printed are rounds and lost words by accident; it fails where one was lost.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from secrets import token_hex, token_urlsafe

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PASSWORD = token_urlsafe(16)
FORMS = {  # address, and the fields that are typed into
    "statement": ("claims/statement/add/", ["summary", "role"]),
    "claim": ("claims/claim/add/", ["text", "unit"]),
    "actor": ("claims/actor/add/", ["name", "description"]),
    "article": ("articles/article/add/", ["headline", "byline"]),
    "intake": ("articles/article/import/", ["text"]),
    "workspace": ("articles/article/{article}/workspace/", ["summary", "role"]),
}
ACCIDENTS = ("closed", "session", "restart")
LONGEST_WAIT = 300_000  # milliseconds, of a step on a busy machine


def prepare() -> int:
    """The desk's database with one editor and one article; the key of the article."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from django.contrib.auth.models import Group, User

    from tests.desk import matter

    editor = User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    editor.groups.add(Group.objects.get(name="editor"))
    return matter(editor).article.pk


class Server:
    def __init__(self, port: int):
        self.port, self.address = port, f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--insecure", "--noreload", f"127.0.0.1:{self.port}"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.address}/admin/login/", timeout=5).close()
                return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("the desk did not start")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def sign_in(page, address: str) -> None:
    page.goto(f"{address}/admin/login/?next=/admin/password_change/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/password_change/")


def open_form(page, address: str, path: str) -> None:
    page.goto(f"{address}/admin/{path}")
    if "workspace" in path:
        page.locator("[data-reader]:focus").wait_for()
        if not page.locator(".desk-draft").count():
            page.keyboard.press("n")
            page.keyboard.press("a")
            page.locator("[data-form] [name=form_draft]").wait_for(state="attached")
            page.locator("[data-details] summary").click()
        return
    page.locator("[name=form_draft]").wait_for(state="attached")


def play(round_: int, accident: str, browser, server: Server, article: int) -> int:
    """One round; returns how many words were lost."""
    name = list(FORMS)[round_ % len(FORMS)]
    path, fields = FORMS[name]
    path = path.format(article=article)
    context = browser.new_context()
    context.set_default_timeout(LONGEST_WAIT)
    page = context.new_page()
    sign_in(page, server.address)
    open_form(page, server.address, path)
    scope = "[data-form] " if name == "workspace" else ""
    typed: dict[str, str] = {}
    for number, field in enumerate(fields):
        words = " ".join(token_hex(4) for _ in range(6))
        typed[field] = words
        half = len(words) // 2
        last = number == len(fields) - 1
        control = page.locator(f"{scope}[name={field}]").last
        control.press_sequentially(words[:half] if last else words, delay=5)
        if last and accident != "closed":
            if accident == "session":
                context.clear_cookies()
            else:
                server.stop()
            control.press_sequentially(words[half:], delay=5)
        elif last:
            control.press_sequentially(words[half:], delay=5)
    other = context.new_page()
    if accident == "closed":
        page.close()  # at once: no pause in which the draft would have been sent
    elif accident == "session":
        sign_in(other, server.address)
        wait_until_sent(page)
        page.close()
    else:
        server.start()
        wait_until_sent(page)
        page.close()
    open_form(other, server.address, path)
    other.get_by_role("button", name="Restore").first.wait_for()
    other.get_by_role("button", name="Restore").first.click()
    lost = 0
    for field, words in typed.items():
        for _ in range(LONGEST_WAIT // 500):
            control = other.locator(f"{scope}[name={field}]")
            value = control.last.input_value() if control.count() else ""
            if words in value:
                break
            other.wait_for_timeout(50)
        lost += sum(word not in value for word in words.split())
    context.close()
    forget_drafts()
    return lost


def wait_until_sent(page) -> None:
    """Until nothing waits in the tab any more."""
    for _ in range(LONGEST_WAIT // 50):
        if page.evaluate("() => !sessionStorage.getItem('desk-drafts')?.includes('values')"):
            return
        page.wait_for_timeout(50)
    raise SystemExit("what was typed was never sent")


def forget_drafts() -> None:
    from claims.models import FormDraft

    FormDraft.objects.all().delete()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--only", choices=ACCIDENTS)
    parser.add_argument("--port", type=int, default=8047)
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_chromium

    with tempfile.TemporaryDirectory() as folder:
        for name in [name for name in os.environ if name.startswith("DATABASE_")]:
            del os.environ[name]
        os.environ |= {
            "CLAIMTRACK_STATE_DIR": folder,
            "CLAIMTRACK_DEBUG": "on",
            "DJANGO_SETTINGS_MODULE": "claimtrack.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in this thread
        }
        article = prepare()
        server = Server(asked.port)
        server.start()
        failed = False
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=root)
                for accident in [asked.only] if asked.only else ACCIDENTS:
                    lost = []
                    for round_ in range(asked.rounds):
                        lost.append(play(round_, accident, browser, server, article))
                        print(f"{accident} {round_ + 1}: {lost[-1]} words lost", file=sys.stderr, flush=True)
                    rounds = f"{len(lost)} rounds, {sum(map(bool, lost))} of them with lost words"
                    print(f"{accident}: {rounds}, {sum(lost)} words in all", flush=True)
                    failed = failed or any(lost)
                browser.close()
        finally:
            server.stop()
    sys.exit(failed)


if __name__ == "__main__":
    main()
