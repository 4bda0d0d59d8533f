"""Actors, outlets, articles, comparisons and search in a real Chromium: for all, by keyboard, without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from record.log import append
from tests import record_cast as cast
from tests.record.test_pages_browser import overflow
from tests.record_cast import append_cast, on, replace, stance

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = (
    "/actors/sergei-toqaev",
    "/outlets/river-mirror",
    "/articles/mirror-2020-02-04",
    "/compare",
    "/compare?actor=sergei-toqaev",
    "/compare?actor=sergei-toqaev&actor=a-herder",
    "/compare?article=courier-2020-02-03&article=mirror-2020-02-04",
    "/search?q=moved&stance=denies",
    "/search?q=tokaeyv%20zzz&actor=nobody",
)


@pytest.fixture
def record():
    append_cast()
    again = replace(
        cast.ministry_counts,
        id="state0000007",
        slug="state0000007",
        said_on=on("2020-04-01"),
        stances=(stance("claim0000001", "qualifies"),),
    )
    append([again], reason="The minister again.")


@pytest.mark.any_database
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_nothing_hinders_a_reader_and_nothing_is_cut(page, record, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for address in PAGES:
        page.goto(address)
        page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
        found = Axe().run(page, context="main", options=RULES).response["violations"]
        if found or overflow(page):
            faults[address] = [(one["id"], one["nodes"][0]["html"]) for one in found] or overflow(page)
    assert faults == {}


def test_suggestions_are_chosen_by_keyboard(page, record):
    page.goto("/search")
    field = page.get_by_role("combobox").first
    field.press_sequentially("tok")
    options = page.get_by_role("option")
    page.get_by_role("option", name="Sergey Tokayev").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("status").first.inner_text() == "1 suggestion"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "tok", "Escape closes the list and keeps the words"
    page.keyboard.press("ArrowDown")
    options.first.wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/sergei-toqaev")


def test_a_suggested_name_fills_its_filter_and_enter_alone_searches(page, record):
    page.goto("/search?q=moved&stance=denies")
    actor = page.get_by_label("Said by")
    actor.press_sequentially("тоқ")
    page.get_by_role("option").first.click()
    assert actor.input_value() == "Sergei Toqaev"
    actor.press("Enter")
    page.wait_for_url(re.compile(r"actor=Sergei\+Toqaev"))
    assert page.locator(".hit").count() == 1


def test_suggestions_in_russian_lead_to_russian_pages(page, record):
    page.goto("/ru/search")
    page.get_by_role("combobox").first.press_sequentially("toq")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/ru/actors/sergei-toqaev")


def test_without_script_search_filters_and_comparing_work(chromium, live_server, record):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/search")
    plain.fill("main input[name=q]", "moved")
    plain.locator("details.search-filters summary").click()
    plain.fill("input[name=actor]", "توقايەۆ")
    plain.press("input[name=actor]", "Enter")
    plain.locator(".hit").nth(1).wait_for()  # counting does not wait for the answer
    assert plain.locator(".hit").count() == 2
    assert plain.get_by_role("combobox").count() == 0
    plain.goto("/actors/sergei-toqaev")
    plain.get_by_text("Compare with another actor").click()
    plain.get_by_text("a herder").click()
    assert plain.locator("h1").inner_text().split() == ["Sergei", "Toqaev", "and", "a", "herder"]
    context.close()
