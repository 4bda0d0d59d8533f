"""The workspace goes on from where its editor is: after recording, rejecting, undoing, and after a refusal."""

import pytest

from articles.ingest import take_in
from claims.models import Statement
from tests.claims.test_workspace_browser import open_workspace, settled, wait_for
from tests.desk import matter

TEXT = """The bridge and the bank

“The bridge is safe,” said Asel Bek.

Asel Bek said that the bank had paid for the bridge.

“Nobody was asked,” said Asel Bek.

Asel Bek said that the river had risen by a metre.

“The bank will pay,” said Asel Bek.

Asel Bek said that the road was closed on Monday.
"""


@pytest.fixture
def made(editor, transactional_db):
    made = matter(editor)
    made.article = take_in(text=TEXT, outlet=made.outlet, headline="The bridge and the bank", by=editor).article
    return made


def current(page):
    """The words of the proposal that is current."""
    return page.evaluate("[...document.querySelectorAll('mark.ws-current')].map((one) => one.textContent).join('')")


def said(page, beginning):
    start = f"document.querySelector('[data-status]').textContent.startsWith('{beginning}')"
    wait_for(page, f"() => {start}")


def in_order(page):
    """The words of all proposals that wait, by going through them with `n` from the first."""
    total = page.locator('.ws-note[data-state="proposed"]').count()
    words = []
    for _ in range(total):
        page.keyboard.press("n")
        words.append(current(page))
    page.keyboard.press("n")
    assert current(page) == words[0]
    return words


def record(page, summary):
    page.locator("[data-form] [name=summary]").wait_for()
    page.fill("[name=summary]", summary)
    page.select_option("[name=mode]", "indirect")
    settled(page)
    page.focus("[name=summary]")
    page.keyboard.press("Control+Enter")
    said(page, "Recorded")


def test_each_act_goes_on_from_where_one_is(page, sign_in, editor, made):
    open_workspace(page, sign_in, editor, made)
    words = in_order(page)
    assert len(words) == 6
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert current(page) == words[2]

    page.keyboard.press("x")
    said(page, "Rejected")
    assert current(page) == words[3]

    page.keyboard.press("a")
    record(page, "The river has risen by a metre")
    assert current(page) == words[4]

    page.keyboard.press("u")  # takes the statement back: its proposal is the place again
    said(page, "Undone")
    assert current(page) == words[3]
    page.keyboard.press("u")
    said(page, "Restored")
    assert current(page) == words[2]
    assert Statement.objects.count() == 1


def test_the_end_of_the_text_is_the_end_and_not_the_first_proposal(page, sign_in, editor, made):
    open_workspace(page, sign_in, editor, made)
    words = in_order(page)
    page.keyboard.press("Shift+N")
    assert current(page) == words[-1]
    page.keyboard.press("x")
    said(page, "Rejected")
    assert current(page) == ""
    assert "press n for the first" in page.inner_text("[data-status]")
    page.keyboard.press("n")
    assert current(page) == words[0]


def test_a_refusal_leaves_the_place_and_what_was_typed(page, sign_in, editor, made):
    open_workspace(page, sign_in, editor, made)
    words = in_order(page)
    page.keyboard.press("n")
    page.keyboard.press("a")
    page.locator("[data-form] [name=summary]").wait_for()
    settled(page)
    page.fill("[name=summary]", "The bank has paid for the bridge")
    page.fill("[name=said_on]", "2021-13")
    page.keyboard.press("Control+Enter")
    page.locator(".ws-errors").wait_for()
    assert page.input_value("[name=summary]") == "The bank has paid for the bridge"
    page.fill("[name=said_on]", "2021")
    record(page, "The bank has paid for the bridge")
    assert current(page) == words[2]


def test_words_that_were_selected_by_hand_are_the_place_too(page, sign_in, editor, made):
    open_workspace(page, sign_in, editor, made)
    words = in_order(page)
    page.keyboard.press("ArrowDown")  # the place is the first proposal: its sentence is selected
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    chosen = page.evaluate("getSelection().toString()")
    page.keyboard.press("r")
    record(page, "Somebody says something else")
    page.keyboard.press("n")
    after = words[[word in chosen for word in words].index(True) + 1 :]
    assert current(page) == after[0]


def test_what_was_opened_by_its_address_or_in_the_margin_is_the_place(page, sign_in, editor, made):
    open_workspace(page, sign_in, editor, made)
    words = in_order(page)
    digest = page.locator("[data-proposal]").nth(3).get_attribute("data-proposal")
    page.goto(f"/admin/articles/article/{made.article.pk}/workspace/?proposal={digest}")
    page.locator("[data-form] [name=summary]").wait_for()
    record(page, "The river has risen by a metre")
    assert current(page) == words[4]
    page.keyboard.press("x")
    said(page, "Rejected")
    page.locator("a[data-statement]").first.click()
    page.locator("[data-editing]").wait_for()
    page.fill("[name=summary]", "The river rose by a metre")
    page.keyboard.press("Control+Enter")
    said(page, "Recorded")
    page.keyboard.press("n")
    assert current(page) == words[5]
