"""Somebody new at an empty desk, in a real browser: from the first question to a published statement of their own.

Every click, every field that is filled and every key counts as one action. With CLAIMTRACK_SCREENS=FOLDER a picture of
each step is kept there (docs/desk.md shows them).
"""

import os
from pathlib import Path

from claims.models import Actor, Claim, Question, Release, Statement
from tests.claims.test_workspace_browser import wait_for

MOST_ACTIONS = 25
TEXT = (
    "Village gets a bridge\n\nThe council met on Monday.\n\n"
    "“The bridge will open in spring,” said Gulnara Tash, an engineer.\n\nNobody else spoke."
)


class Newcomer:
    """A page that counts what is done on it."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, selector):
        self.actions += 1
        self.page.locator(selector).first.click()

    def fill(self, selector, text):
        self.actions += 1
        self.page.locator(selector).first.fill(text)

    def choose(self, selector, value):
        self.actions += 1
        self.page.locator(selector).first.select_option(value)

    def press(self, key):
        self.actions += 1
        self.page.keyboard.press(key)

    def show(self, name):
        if folder := os.environ.get("CLAIMTRACK_SCREENS"):
            self.page.screenshot(path=str(Path(folder) / f"first-{name}.png"))


def test_an_empty_desk_leads_to_a_published_statement_in_few_actions(page, sign_in, editor, reviewer):
    new = Newcomer(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, editor)
    page.goto("/admin/")
    new.show("1-question")
    new.fill("#first_title", "When will the bridge open?")
    new.click("text=Add the question")
    new.click(".desk-first >> text=Import an article")
    new.fill("[name=text]", TEXT)
    new.show("2-import")
    new.click("input[name=look]")
    page.locator("input[name=take]").wait_for()
    new.fill("[name=new_outlet]", "Valley Herald")
    new.choose("[name=new_outlet_kind]", "newspaper")
    new.click("input[name=take]")
    page.locator(".messagelist .success").wait_for()
    new.click("a[href$='/workspace/']")
    page.locator("[data-reader]:focus").wait_for()
    new.show("3-workspace")
    new.press("n")
    new.press("a")
    page.locator("[data-form] [name=summary]").wait_for()
    new.fill("[data-form] [name=summary]", "The bridge will open in spring")
    new.choose("[data-form] [name=speaker_new]", "person")
    new.fill("[data-form] [name=stances-0-claim]", "The bridge will open in spring.")
    wait_for(page, "() => !document.querySelector('[data-form] [aria-busy=true]')")
    if not page.locator("[data-form] [name=stances-0-question]").is_visible():
        new.click("[data-form] [data-new-claim] summary")
    if not page.input_value("[data-form] [name=stances-0-question]"):
        new.choose("[data-form] [name=stances-0-question]", Question.objects.get().public_id)
    if not page.input_value("[data-form] [name=stances-0-claim_kind]"):
        new.choose("[data-form] [name=stances-0-claim_kind]", "fact")
    if not page.input_value("[data-form] [name=stances-0-kind]"):
        new.choose("[data-form] [name=stances-0-kind]", "affirms")
    new.show("4-statement")
    new.press("Control+Enter")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Recorded')")
    statement = Statement.objects.get()
    assert statement.speaker == Actor.objects.get(name="Gulnara Tash")
    assert Claim.objects.get().question.title == "When will the bridge open?"
    page.goto("/admin/")
    new.click(".desk-first >> text=Submit it for review")
    new.show("5-submit")
    new.click(".submit-row input[type=submit]")
    page.locator(".messagelist .success").wait_for()
    sign_in(page, reviewer)
    page.goto("/admin/")
    new.click(".desk-first >> text=Have it published")
    new.fill("[name=word]", "First account")
    new.show("6-publish")
    new.click(".submit-row input[type=submit]")
    page.locator(".messagelist .success").wait_for()
    assert Release.objects.get(public_id=statement.public_id).state == "published"
    assert new.actions <= MOST_ACTIONS, new.actions
