"""Several at once in a real browser: with the keyboard alone, without scripts, and as axe sees the pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.changes import add_article, add_outlet, revise_article
from articles.models import Article
from claims.changes.batch import NOBODY, RequestedChange, assign
from tests.desk import matter

ARTICLES = "/admin/articles/article/"


@pytest.fixture
def made(editor):
    made = matter(editor)
    made.post = add_outlet(name="Lake Post", by=editor)
    made.second = add_article(outlet=made.outlet, headline="Second thoughts on the dam", by=editor)
    return made


def outlets():
    return sorted(Article.objects.values_list("outlet__name", flat=True))


def test_an_outlet_is_set_and_taken_back_with_the_keyboard_alone(page, sign_in, editor, made):
    sign_in(page, editor)
    page.goto(ARTICLES)
    page.locator("#action-toggle").focus()
    page.keyboard.press("Space")
    page.locator("select[name=action]").focus()
    page.keyboard.type("Set the outlet")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Current values").wait_for()
    page.locator("select[name=outlet] + .select2 .select2-selection").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("lake")
    page.locator(".select2-results__option--highlighted").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Preview changes").press("Enter")
    page.get_by_role("heading", name="Preview").wait_for()
    page.get_by_label("Reason").press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert outlets() == ["Lake Post", "Lake Post"]
    page.get_by_role("link", name="Undo").press("Enter")
    page.get_by_role("button", name="Undo the ticked changes").press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert outlets() == ["Valley Herald", "Valley Herald"]


def test_without_scripts_too(chromium, live_server, sign_in, editor, made):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, editor)
    page.goto(ARTICLES)
    for box in page.locator("input.action-select").all():
        box.check()
    page.select_option("select[name=action]", "set_outlet")
    page.click("button[name=index]")
    page.get_by_label("Name as recorded at the desk").fill("Lake Post")
    page.get_by_role("button", name="Preview changes").click()
    page.get_by_label(made.second.headline).uncheck()
    page.get_by_role("button", name="Set the outlet of the ticked rows").click()
    page.locator(".messagelist .success").wait_for()
    context.close()
    assert outlets() == ["Lake Post", "Valley Herald"]


def test_the_button_is_in_sight_without_scrolling_below_many_rows(page, sign_in, editor, made):
    many = [add_article(outlet=made.outlet, headline=f"Report {n} on the dam", by=editor) for n in range(20)]
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, editor)
    page.goto(f"{ARTICLES}batch/outlet/?{'&'.join(f'of={one.public_id}' for one in many)}&outlet={made.post.pk}")
    box = page.get_by_role("button", name="Set the outlet of the ticked rows").bounding_box()
    assert page.evaluate("document.scrollingElement.scrollHeight") > 800 >= box["y"] + box["height"]


@pytest.mark.any_database
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (820, "dark")])
def test_the_pages_fit_and_axe_finds_nothing(page, sign_in, editor, reviewer, made, width, scheme):
    assign([RequestedChange(made.article, editor, NOBODY)], by=editor)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, editor)
    chosen = f"of={made.article.public_id}&of={made.second.public_id}"
    states = {
        "front page": "/admin/",
        "outlet": f"{ARTICLES}batch/outlet/?{chosen}",
        "no outlet": f"{ARTICLES}batch/outlet/?{chosen}&outlet=",
        "rows": f"{ARTICLES}batch/outlet/?{chosen}&outlet={made.post.pk}",
        "dates": f"{ARTICLES}batch/date/?{chosen}",
        "proposed dates": f"{ARTICLES}batch/date/?{chosen}&how=proposed&date=",
        "assignment": f"{ARTICLES}batch/assignment/?{chosen}&editor=nobody",
        "stale": f"{ARTICLES}batch/date/?{chosen}&how=this&date=2019",
    }
    for state, address in states.items():
        page.goto(address)
        if state == "stale":
            revise_article(made.second, {"byline": "A. Writer"}, by=reviewer, seen=1)
            page.get_by_role("button", name="Set the date of the ticked rows").click()
            page.get_by_text("has changed it since you looked").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found] == [], state
    page.faults.clear()  # axe tries styles of its own, which the policy blocks
