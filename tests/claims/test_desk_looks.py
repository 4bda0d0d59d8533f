"""Every page of the desk in a real browser, on a desk, a tablet and a phone, light and dark: none is wider than the
screen, from 1280 px on its main button is in sight and its list shows all columns, and
axe finds no fault under WCAG 2.2 AA.

The addresses come from the resolver (tests/desk_addresses.py), so that a page which somebody adds is looked at as well.
What no address leads to is brought about here: refusals, two versions of one claim, a table with faults.
"""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from articles.attachments import attach_original
from articles.changes import add_outlet
from articles.ingest import take_in
from articles.models import Passage
from articles.originals import keep_original
from claims.changes import TopicQuestionInput, add_actor, add_topic, discard, merge_actors, record_framing, revise
from claims.changes.batch import RequestedChange, set_date
from claims.models import Release
from claims.publishing import publish, submit, withdraw
from tests.desk import TEXT, matter
from tests.desk_addresses import addresses

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WHOLE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
COLOURS = WHOLE | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Colours do not depend on the width. The admin's own list of all nouns is the same beside every page.
SIZES = [
    (360, 800, "dark", None),
    (1280, 800, "dark", COLOURS),
    (820, 1180, "light", WHOLE),
    (1440, 800, "light", None),
]
MAIN_BUTTON = ".submit-row .default"
BUT = {"exclude": [["#nav-sidebar"]]}

# The admin's own pages; what answers no page of its own, but leads on, is asked by scripts and forms or refused to all.
OWN = ("auth_", "login", "logout", "password_", "autocomplete", "jsi18n", "view_on_site", "app_list")
NO_PAGE = ("_delete", "_undo", "_remove", "_relocate", "_form", "_find", "_duplicates", "_decide", "_presence")
NO_PAGE += ("_restore", "_comment", "_settle", "_due", "_invitation", "_first_question", "_drafts")
# The review shows what waits, and has a test of its own below.
OF_TWO_OBJECTS = (
    "claims_copy_statements",
    "articles_article_discard_attachment",
    "claims_release_review",
    "desk_discard",
)
# Pages that look alike for all nouns are looked at for some of them; a form for what is new is one for what stands.
ALIKE = ("_history", "_batch", "_add", "_changelist")
OF_THESE = (
    "claims_statement_history",
    "articles_article_batch",
    "claims_statement_add",
    "claims_statement_changelist",
    "claims_release_changelist",
    "claims_question_changelist",
    "articles_article_changelist",
    "articles_trace_changelist",
)

pytestmark = pytest.mark.any_database


@pytest.fixture
def made(editor, reviewer):
    """A matter with something of all that the pages of the desk can show."""
    made = matter(editor)
    record_framing(
        made.article, claim=made.claim, part="headline", treatment="relays", words="three villages", by=editor
    )
    twin = add_actor(name="A. Bek", kind="person", by=editor)
    merge_actors(twin, into=made.farmer, by=editor, why="one farmer", seen=1)
    submit([made.statement], by=editor)
    publish([made.statement], by=reviewer, reason="First account.")
    withdraw([made.statement], by=reviewer, reason="Its number is doubted.")
    made.statement.refresh_from_db()
    revise(made.statement, {"summary": "Some 4,000 people have to move"}, by=editor, seen=made.statement.revision)
    submit([made.other_claim], by=editor, note="asked by whom?")
    later = TEXT.replace("about 4,000 people must move", "some 5,000 people are to move")
    take_in(text=later, outlet=made.outlet, article=made.article, by=editor)
    assert Passage.objects.awaiting_decision().exists()
    echo = add_outlet(name="Valley Echo", by=editor)
    add_topic(title="The valley", questions=[TopicQuestionInput(made.question)], by=editor)
    discard(add_actor(name="Mistake", kind="person", by=editor), by=editor)
    made.reprint = take_in(text=f"{TEXT}\n\nSo says the Herald.", outlet=echo, headline="River dam", by=editor).article
    [made.dated] = set_date([RequestedChange(made.reprint, "2021-06", made.reprint.revision)], by=editor)
    return made


def asked(made, name, address):
    """What stands in the address of that route after its path, for the page to have something to show."""
    if name == "claims_release_action":
        one = made.other_claim if "send-back" in address else made.statement
        return f"?of={one.public_id}"
    if name == "claims_release_preview":
        return f"?of={made.other_claim.public_id}&page={made.other_claim.public_id}"
    if name == "claims_merge_new":
        two = (made.ministry, made.farmer) if "actor" in address else (made.claim, made.other_claim)
        return "?" + "&".join(f"of={one.public_id}" for one in two)
    if name.endswith("_batch"):
        both = f"?of={made.article.public_id}&of={made.reprint.public_id}"
        return f"?act={made.dated.pk}" if "/undo/" in address else both
    return "?q=nothing" if name == "claims_question_changelist" else ""


def pages_of(made):
    """The address of every page of ours."""
    for name, address in addresses(each=1):
        wanted = name and not name.startswith(OWN) and not name.endswith(NO_PAGE) and name not in OF_TWO_OBJECTS
        if wanted and (not name.endswith(ALIKE) or name in OF_THESE):
            yield address + asked(made, name, address)
    picture = keep_original(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, name="pier.png", method="uploaded", by=made.by)
    for route, objects in [
        ("claims_copy_statements", [made.reprint, made.article]),
        ("articles_article_discard_attachment", [made.article, attach_original(made.article, picture, by=made.by)]),
        ("articles_article_change", [made.article]),
        ("articles_article_workspace", [made.article]),
        ("articles_passage_change", [Passage.objects.awaiting_decision().first()]),
    ]:
        yield reverse(f"admin:{route}", args=[one.pk for one in objects])
    yield reverse("admin:desk_discard", args=["actor", made.farmer.pk])
    yield reverse("admin:articles_article_batch", args=["outlet"]) + (
        f"?of={made.reprint.public_id}&of={made.article.public_id}&outlet={made.agency.pk}"
    )


def refused_statement(page, made):
    page.goto("/admin/claims/statement/add/")
    page.click("input[name=_save]")
    page.locator(".errornote").wait_for()


def two_versions(page, made):
    page.goto(reverse("admin:claims_claim_change", args=[made.claim.pk]))
    page.fill("#id_text", "At most 4,000 people must move.")
    page.eval_on_selector("[name=seen]", "one => one.value = '1'")
    revise(made.claim, {"text": "Four thousand people must move."}, by=made.by, seen=made.claim.revision)
    page.click("input[name=_save]")
    page.locator(".desk-stale").wait_for()


def table_with_faults(page, made):
    page.goto(reverse("admin:claims_statement_import"))
    row = "River dam will flood three villages,{},Asel Bek,Nobody asked her,direct\n"
    table = "article,exact,speaker,summary,mode\n" + row.format("words that are not there") + row.format("for a ride")
    page.fill("[name=pasted]", table)
    page.click("input[value='Check the table']")
    page.locator("#outcome-heading").wait_for()


def article_to_confirm(page, made):
    page.goto(reverse("admin:articles_article_import"))
    page.fill("[name=text]", f"Share\nSubscribe to our newsletter\n\n{TEXT}\n\nAll rights reserved.")
    page.click("input[name=look]")
    page.locator("input[name=take]").wait_for()


def open_proposal(page, made):
    page.goto(reverse("admin:articles_article_workspace", args=[made.reprint.pk]))
    page.locator("[data-reader]:focus").wait_for()
    page.click("[data-key=n]")
    page.click("[data-key=a]")
    page.locator("[data-form]").wait_for()


def test_every_page_of_the_desk_fits_and_axe_finds_no_fault(page, sign_in, live_server, made, editor, reviewer):
    made.by = editor
    reviewer.is_superuser = True
    reviewer.save()
    sign_in(page, reviewer)
    faults, axe = {}, Axe()

    def look(what):
        for width, height, scheme, options in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            # Links of the admin go from one colour to the other by and by.
            page.evaluate("document.getAnimations().forEach(one => one.finish())")
            wide = page.evaluate("document.scrollingElement.scrollWidth")
            if wide > width:
                faults[what, width] = f"{wide} px wide"
            button = page.locator(MAIN_BUTTON).first
            box = button.bounding_box() if width >= 1280 and button.count() else None
            if box and box["y"] + box["height"] > height:
                faults[what, width, "main button"] = box
            inside = page.locator("#changelist .results").first
            if width >= 1280 and inside.count() and inside.evaluate("one => one.scrollWidth > one.clientWidth"):
                faults[what, width] = "a list is wider than its place"
            for each in axe.run(page, BUT, options).response["violations"] if options else []:
                faults[what, scheme, each["id"]] = [node["html"][:120] for node in each["nodes"]][:2]

    for address in pages_of(made):
        answer = page.goto(address)
        assert (answer.status, page.url) == (200, live_server.url + address)
        look(address)
    for bring_about in (refused_statement, two_versions, table_with_faults, article_to_confirm, open_proposal):
        bring_about(page, made)
        look(bring_about.__name__)
    assert faults == {}


def test_the_workspace_and_the_review_show_their_main_button_without_scrolling(page, sign_in, made, editor, reviewer):
    made.by = editor
    submit([made.statement], by=editor)
    sign_in(page, reviewer)
    waiting = Release.objects.get(public_id=made.statement.public_id)
    axe, faults = Axe(), {}
    review, queue = (
        reverse("admin:claims_release_review", args=[waiting.pk]),
        reverse("admin:claims_release_changelist"),
    )
    chosen = [made.statement, made.other_claim, made.claim, made.farmer, made.ministry]
    act = (
        reverse("admin:claims_release_action", args=["publish"])
        + "?"
        + "&".join(f"of={one.public_id}" for one in chosen)
    )
    for what, button in [
        (open_proposal, "[data-form] button.default"),
        (review, "[data-act=publish] button, .desk-act-refused"),
        (act, ".desk-act [type=submit], .desk-empty"),
        (queue, "#result_list a"),
    ]:
        if callable(what):
            what(page, made)
        else:
            page.goto(what)
        for width, height, scheme in product((1280, 1440), (800,), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            page.evaluate("document.getAnimations().forEach(one => one.finish())")
            box = page.locator(button).first.bounding_box()
            if page.evaluate("document.scrollingElement.scrollWidth") > width or box["y"] + box["height"] > height:
                faults[str(what), width] = box
            for each in axe.run(page, BUT, WHOLE if width == 1280 else COLOURS).response["violations"]:
                faults[str(what), width, scheme, each["id"]] = [node["html"][:120] for node in each["nodes"]][:2]
    assert faults == {}
