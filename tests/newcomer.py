"""Somebody new at an empty desk, in a real browser: from signing in to a published statement of their own article.

Every click, every field that is filled and every key counts as one action, signing in too; a reviewer has a browser of
their own.
"""

from pathlib import Path

from playwright.sync_api import Page

MOST_ACTIONS = 25
TEXT = (
    "Village gets a bridge\n\nThe council met on Monday.\n\n"
    "“The bridge will open in spring,” said Gulnara Tash, an engineer.\n\nNobody else spoke."
)
QUESTION = "When will the bridge open?"
SUMMARY = "The bridge will open in spring"


class Newcomer:
    """A page that counts what is done on it; `address` is the desk's, `screens` a folder for a picture of each step."""

    def __init__(self, page: Page, address: str = "", screens: str = "") -> None:
        self.page, self.address, self.screens, self.actions = page, address, screens, 0

    def click(self, selector: str) -> None:
        self.actions += 1
        self.page.locator(selector).first.click()

    def fill(self, selector: str, text: str) -> None:
        self.actions += 1
        self.page.locator(selector).first.fill(text)

    def choose(self, selector: str, value: str) -> None:
        self.actions += 1
        self.page.locator(selector).first.select_option(value)

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Types where the cursor is: one action, as filling a field is."""
        self.actions += 1
        self.page.keyboard.type(words)

    def sign_in(self, name: str, password: str) -> None:
        self.page.goto(f"{self.address}/admin/")
        self.fill("#id_username", name)
        self.fill("#id_password", password)
        self.press("Enter")
        self.page.locator(".desk-first").wait_for()

    def show(self, step: str) -> None:
        if self.screens:
            self.page.screenshot(path=str(Path(self.screens) / f"first-{step}.png"))


def publish_first_statement(new: Newcomer, editor: str, reviewer: str, password: str) -> None:
    """Does all that an empty desk asks for, as two people who share a password."""
    page = new.page
    page.set_viewport_size({"width": 1280, "height": 800})
    new.sign_in(editor, password)
    new.show("1-steps")
    new.click(".desk-first >> text=Import an article")
    new.fill("[name=text]", TEXT)
    new.show("2-import")
    new.click("input[name=look]")
    page.locator("input[name=take]").wait_for()
    new.fill("[name=new_outlet]", "Valley Herald")
    new.choose("[name=new_outlet_kind]", "newspaper")
    new.click("input[name=take]")
    page.locator("[data-reader]:focus").wait_for()
    new.press("a")
    page.locator("[data-form] [name=summary]:focus").wait_for()
    new.show("3-workspace")
    new.type(SUMMARY)
    new.press("Alt+1")
    page.locator("[data-form] [name=stances-0-new_question]:focus").wait_for()
    new.type(QUESTION)
    new.show("4-statement")
    new.press("Alt+Shift+a")
    page.locator(".ws-progress a").wait_for()
    new.click(".ws-progress a")
    new.show("5-submit")
    new.click(".submit-row input[type=submit]")
    page.locator(".messagelist .success").wait_for()
    page.context.clear_cookies()  # the reviewer's own browser
    new.sign_in(reviewer, password)
    new.click(".desk-first >> text=Have it published")
    new.fill("[name=word]", "First account")
    new.show("6-publish")
    new.click(".submit-row input[type=submit]")
    page.locator(".messagelist .success").wait_for()
