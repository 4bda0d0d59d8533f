"""The public pages in a real Chromium: wide and narrow, light and dark, by keyboard, without JavaScript, on paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from record.log import append
from tests import record_cast as cast
from tests.public_pages import addresses_of, page_names
from tests.record.test_query_counts import thirty
from tests.record_cast import append_cast, append_topic, on, replace, stance

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

ALIKE = ("history", "version", "cite")  # for all kinds of object
WIDTHS = (360, 768, 1440)
MANY = "/questions/how-many-moved"
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch the style sheets once more, which the policy of the pages forbids to scripts
}

# A change of position, and a silence.
CHANGED = [
    replace(
        cast.ministry_counts,
        id="state0000007",
        slug="state0000007",
        said_on=on("2020-04-01"),
        stances=(stance("claim0000001", "qualifies"), stance("claim0000003", "silent")),
    )
]


@pytest.fixture
def pages(page):
    append_cast()
    append_topic()
    return [
        *(addresses_of(name)[0] for name in page_names() if not name.endswith(ALIKE)),
        *(addresses_of(f"claim_{name}")[0] for name in ALIKE),
        "/search?q=moved",
        "/search?q=zebra",
        f"{MANY}?stance=denies",
        f"{MANY}?stance=wrong",
        "/nowhere",
    ]


def overflow(page):
    """What is wider than the window: the element that reaches farthest, or nothing."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= width) return null
            const all = [...document.querySelectorAll('body *')]
            const far = all.filter(e => e.getBoundingClientRect().right > width + 1)
            return far.map(e => `${e.tagName}.${e.className}`).slice(0, 5).join() || 'the page'
        }"""
    )


def test_on_no_page_is_a_text_cut_or_covered_or_too_pale(page, pages):
    """Each page is loaded once, with every fold open: wider than the window, one text over another, low contrast."""
    append(CHANGED, reason="The minister again.")
    found = {}
    for address in pages:
        page.goto(address)
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if fault := overflow(page) or page.evaluate(CUT) or page.evaluate(OVERLAPS):
                found[address, width] = fault
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if fault := page.evaluate(LOW_CONTRAST):
                found[address, scheme] = fault
    assert found == {}


# Elements that hide what does not fit into them, and have more than fits.
CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
    const style = getComputedStyle(e)
    if (style.overflowY !== 'hidden' && style.overflowY !== 'clip') return false
    if (!e.checkVisibility() || e.clientWidth < 3 || e.closest('.visually-hidden, .skip, svg')) return false
    return e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1
}).map(e => `${e.tagName}.${e.className}`).slice(0, 5)"""

# Pairs of texts of different elements whose boxes share more than a few pixels, as a reader would see them.
OVERLAPS = """() => {
    const boxes = []
    const inSight = (box, e) => {
        for (; e; e = e.parentElement) {
            if (getComputedStyle(e).overflowY === 'visible') continue
            const frame = e.getBoundingClientRect()
            if (box.bottom > frame.bottom + 1 || box.top < frame.top - 1) return false
        }
        return true
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node; node = walker.nextNode();) {
        const e = node.parentElement
        if (!node.textContent.trim() || !e.checkVisibility() || e.closest('.visually-hidden, .skip, option')) continue
        if (e.closest('.comparison thead') && getComputedStyle(e.closest('thead')).position === 'absolute') continue
        const range = document.createRange()
        range.selectNodeContents(node)
        for (const box of range.getClientRects()) {
            if (inSight(box, e)) boxes.push([box, e, node.textContent.trim().slice(0, 30)])
        }
    }
    boxes.sort((one, other) => one[0].top - other[0].top)
    const found = []
    for (let i = 0; i < boxes.length; i++) {
        for (let j = i + 1; j < boxes.length && boxes[j][0].top < boxes[i][0].bottom; j++) {
            const [[a, one, text], [b, other, words]] = [boxes[i], boxes[j]]
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
            const high = Math.min(a.bottom, b.bottom) - b.top
            if (one !== other && wide > 2 && high > 5) found.push(`${text} / ${words}`)
        }
    }
    return found.slice(0, 5)
}"""


def test_on_a_phone_the_table_of_tables_needs_no_scroll_and_cuts_no_word(page, pages):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/data")
    table = page.locator("#tables .scroll")
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert set(table.locator("tbody th a").evaluate_all("all => all.map(a => a.getClientRects().length)")) == {1}


def test_axe_finds_no_fault_under_wcag_2_2_aa(page, pages):
    append(CHANGED, reason="The minister again.")
    faults = {}
    for address, width, scheme in (
        ("/", 1440, "light"),
        (MANY, 360, "light"),
        (MANY, 1440, "dark"),
        ("/claims/twelve-thousand-moved", 360, "dark"),
        ("/statements/state0000002", 1440, "light"),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
        for each in Axe().run(page, options=WCAG).response["violations"]:
            faults[address, width, each["id"]] = [node["target"] for node in each["nodes"]][:3]
    assert faults == {}


def test_every_link_and_control_is_reached_by_the_tab_key_and_its_focus_is_seen(page, pages):
    page.goto(MANY)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], summary, button, input, select, [tabindex="0"]')]
            .filter(e => e.checkVisibility()).length"""
    )
    page.evaluate("document.activeElement.blur()")
    reached = 0
    unseen = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => { const e = document.activeElement, style = getComputedStyle(e)
                return e === document.body ? null : [e.outerHTML.slice(0, 60), style.outlineStyle] }"""
        )
        if at is None:
            break
        reached += 1
        if at[1] != "solid":
            unseen.append(at[0])
    assert unseen == []
    assert reached == wanted


def test_a_cell_opens_by_keyboard_and_shows_the_words(page, pages):
    page.goto(MANY)
    cell = page.locator("details.cell").first
    quote = cell.locator(".cell__details .report, .cell__details .quote").first
    assert not quote.is_visible()
    cell.locator("summary").focus()
    page.keyboard.press("Enter")
    assert quote.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details.cell') !== null")


def test_the_keyboard_reaches_the_content_past_the_head_and_focus_is_seen(page, pages):
    page.goto(MANY)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_on_a_phone_one_claim_is_shown_at_a_time(page, pages):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(MANY)
    radios = page.locator("fieldset.picker input")
    assert radios.count() == 2

    def shown():
        return [cell for cell in page.locator(".comparison td").all() if cell.is_visible()]

    first = [cell.inner_text().split()[0] for cell in shown()]
    page.locator("fieldset.picker label").nth(1).click()
    second = [cell.inner_text().split()[0] for cell in shown()]
    assert len(first) == len(second) == 2
    assert (first, second) == (["denies", "affirms"], ["affirms", "denies"])


def test_on_a_phone_the_first_answer_with_both_its_sides_is_in_sight_without_a_scroll(page):
    append_cast()
    append_topic()
    long = cast.question(
        title="What happened to the passports and the houses of the villagers who were moved?",
        description="Accounts from February and March 2020, when the plan for the valley changed within days.",
    )
    append([long], reason="The question says more.")
    page.set_viewport_size({"width": 360, "height": 640})
    for address in (MANY, f"/ru{MANY}"):
        page.goto(address)
        first = page.locator(".short__list > li").first
        box = first.bounding_box()
        assert box["y"] + box["height"] <= 640, address
        assert first.locator(".holders").inner_text()


def test_heads_of_a_tall_comparison_stay_in_sight(page):
    append_cast()
    append(thirty()[:10], reason="Many speak.")
    page.set_viewport_size({"width": 900, "height": 700})
    page.goto(MANY)
    frame = page.locator(".comparison__scroll")
    frame.scroll_into_view_if_needed()
    frame.evaluate("frame => frame.scrollTo(400, 900)")
    box = frame.bounding_box()
    head = page.locator(".comparison thead th").nth(1).bounding_box()
    assert abs(head["y"] - box["y"]) < 3
    assert page.locator(".comparison__actor").first.evaluate("one => getComputedStyle(one).position") == "sticky"


# Texts under the contrast that WCAG 2.2 asks for (1.4.3: 4.5, or 3 for large text), by the nearest opaque background.
LOW_CONTRAST = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
    const rgb = colour => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1)
        return canvas.getImageData(0, 0, 1, 1).data
    }
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
    const behind = e => {
        for (; e; e = e.parentElement) {
            const colour = rgb(getComputedStyle(e).backgroundColor)
            if (colour[3] === 255) return colour
        }
        return [255, 255, 255]
    }
    const found = []
    for (const e of document.querySelectorAll('body *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
        if (!own || !e.checkVisibility()) continue
        const style = getComputedStyle(e)
        const [a, b] = [light(rgb(e.closest('svg') ? style.fill : style.color)), light(behind(e))].sort((x, y) => y - x)
        const size = parseFloat(style.fontSize)
        const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700)
        const ratio = (a + 0.05) / (b + 0.05)
        const words = e.textContent.trim().slice(0, 30)
        if (ratio < (large ? 3 : 4.5)) found.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}: ${words}`)
    }
    return found.slice(0, 5)
}"""


def test_pages_work_without_javascript_and_ask_nobody_else(chromium, live_server, pages):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    asked = []
    plain.on("request", lambda request: asked.append(request.url))
    plain.goto(MANY)
    plain.locator("details.cell summary").first.click()
    assert plain.locator(".cell__details .report, .cell__details .quote").first.is_visible()
    plain.locator("details.filters > summary").click()
    plain.locator("input[name=stance][value=denies]").check()
    plain.locator(".filters__actions button").click()
    assert re.search(r"\?stance=denies&since=&until=&order=contrast$", plain.url)
    assert plain.locator(".comparison tbody tr").count() == 2
    assert context.cookies() == []
    assert all(url.startswith(live_server.url) for url in asked)
    context.close()


def test_marks_are_drawn(page, pages):
    """Every stance's mark has ink: a sprite that is not found would leave empty boxes."""
    page.goto("/method")
    for mark in page.locator(".terms--marked .mark").all():
        box = mark.bounding_box()
        assert box["width"] > 8
        assert box["height"] > 8
    blank = page.evaluate("document.querySelectorAll('.terms--marked .mark use').length")
    assert blank == 9
    names = page.evaluate(
        """async () => {
            const use = document.querySelector('.mark use').getAttribute('href').split('#')[0]
            return (await (await fetch(use)).text()).includes('id="silent"')
        }"""
    )
    assert names


def test_on_paper_everything_is_open_and_nothing_is_cut(page, pages):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1100})
    for address in (MANY, "/claims/twelve-thousand-moved", "/statements/state0000002"):
        page.goto(address)
        assert overflow(page) is None, address
        assert not page.locator(".masthead__search").is_visible()
        for link in page.locator("main a[href^='#']").filter(visible=True).all():
            assert page.locator(link.get_attribute("href")).is_visible(), f"{address}: leads to what paper leaves out"
    page.goto("/actors/sergei-toqaev")
    folded = page.locator("details:not([open])").filter(visible=True)
    assert folded.count() > 0
    inside = "all => all.map(each => each.offsetHeight - each.querySelector('summary').offsetHeight)"
    assert min(folded.evaluate_all(inside)) > 5


def test_text_from_right_to_left_runs_from_right_to_left(page, pages):
    page.goto("/actors/sergei-toqaev")
    name = page.locator("bdi[lang=kk-Arab]")
    assert name.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator("bdi[lang=kk-Cyrl].names__text").evaluate("one => getComputedStyle(one).direction") == "ltr"
