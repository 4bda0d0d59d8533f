"""Every kind of public page in a real browser, light and dark: no fault under WCAG 2.2 AA, no cookie.

The `page` fixture fails on a request to another host, on a script's error, and on what the policy of the pages blocks.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from record.log import Withdrawal, append
from tests import record_cast as cast
from tests.public_pages import addresses_of, page_names
from tests.record_cast import append_cast, replace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LIGHT = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"landmark-unique": {"enabled": True}},  # a good practice: regions are told apart by their names
    "resultTypes": ["violations"],
    "preload": False,
}
DARK = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"], "preload": False}
# Pages that look alike for all kinds of documents are looked at once.
ALIKE = ("history", "version", "cite")
FURTHER = (
    "/ru/claims/for-the-dam",
    "/ru/corrections",
    "/claims/for-the-dam/versions/2",
    "/search?q=moved",
    "/search?q=zebra",
    "/statements/state0000001/embed",
    "/questions/how-many-moved?stance=wrong",
    "/statements/state0000004",
    "/nowhere",
    "/ru/actors?letter=s",
    "/claims?contested=yes&kind=figure",
    "/search?q=zebra&kind=claim&since=2020",
)


def one_of_each():
    """An address of every page that the URLconf lists, and of what it does not list."""
    names = [name for name in page_names() if not name.endswith(ALIKE) or name.startswith("claim_")]
    return [*(addresses_of(name)[0] for name in names), *FURTHER]


def test_no_page_has_a_fault_under_wcag_in_light_and_dark_and_none_sets_a_cookie(page):
    append_cast()
    cast.append_topic()
    append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="The older dam is another one.")
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    faults, axe = {}, Axe()
    for address in one_of_each():
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        for scheme, options in (("light", LIGHT), ("dark", DARK)):
            page.emulate_media(color_scheme=scheme)
            for each in axe.run(page, options=options).response["violations"]:
                faults[address, scheme, each["id"]] = [node["html"][:120] for node in each["nodes"]][:2]
    assert faults == {}
    assert page.context.cookies() == []


def test_a_citation_is_copied_by_a_button_and_can_be_selected_without_one(page):
    append_cast()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/claims/for-the-dam")
    page.get_by_text("Cite this page").click()
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".citation").inner_text()
