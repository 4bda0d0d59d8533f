"""The workspace in a real browser: hands on the keyboard, proposals, two at once, tablets, and axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.changes import add_outlet
from articles.ingest import take_in
from claims.changes import add_actor, add_claim, add_question, revise
from claims.models import Actor, Claim, ProposalDecision, Statement
from tests.desk import matter


def open_workspace(page, sign_in, user, made):
    sign_in(page, user)
    page.goto(f"/admin/articles/article/{made.article.pk}/workspace/")
    page.locator("[data-reader]:focus").wait_for()


def focused(page):
    return page.evaluate("document.activeElement.name || ''")


def wait_for(page, expression):
    """Waits for a function of the page; Playwright's own waiting is stopped by the site's policy on scripts."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"waited in vain for {expression}; the page says {page.inner_text('[data-status]')!r}")


def settled(page):
    page.wait_for_timeout(60)
    wait_for(page, "() => !document.querySelector('[data-form] [aria-busy=true]')")


def test_a_stance_is_proposed_with_a_claim_and_what_an_editor_chose_stays(page, sign_in, editor):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    page.locator(".ws-note[data-state=proposed]", has_text="Asel Bek").first.click()
    page.locator("[data-form] [name=stances-0-claim]").wait_for()
    kind = "[name=stances-0-kind]"
    assert page.input_value(kind) == ""
    page.focus("[name=stances-0-claim]")
    page.keyboard.type("the villagers were as")
    settled(page)
    assert page.input_value(kind) == ""
    page.keyboard.press("Enter")
    wait_for(page, f"() => document.querySelector('{kind}').value === 'denies'")
    page.keyboard.press("Backspace")
    wait_for(page, f"() => document.querySelector('{kind}').value === ''")
    page.select_option(kind, "qualifies")
    page.focus("[name=stances-0-claim]")
    page.keyboard.type("d")
    settled(page)
    page.keyboard.press("Enter")
    wait_for(page, "() => document.querySelector('[name=stances-0-claim_id]').value")
    assert page.input_value(kind) == "qualifies"


def test_a_statement_is_recorded_and_taken_back_without_a_mouse(page, sign_in, editor):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    page.keyboard.press("p")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("getSelection().toString()") == "“Nobody was asked,” said Asel Bek, a farmer."
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()").endswith("The")
    page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "“Nobody was asked,” said Asel Bek, a farmer."
    page.keyboard.press("r")
    page.locator("[data-form] [name=summary]:focus").wait_for()  # who speaks is known from the sentence
    page.keyboard.press("Alt+w")
    page.keyboard.type("asel")
    page.keyboard.press("Tab")
    wait_for(page, "() => document.activeElement.name === 'summary'")
    page.keyboard.type("The villagers were not asked")
    settled(page)
    assert page.input_value("[name=speaker]") == "Asel Bek"
    page.keyboard.press("Alt+d")
    page.keyboard.press("Control+Enter")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Recorded')")
    statement = Statement.objects.get(speaker=made.farmer)
    assert [(one.claim, one.kind) for one in statement.stances.all()] == [(made.other_claim, "denies")]
    assert statement.appearances.get().passage.exact == "“Nobody was asked,” said Asel Bek, a farmer."
    assert page.locator('mark[data-state="draft"]').count() >= 2
    page.keyboard.press("u")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Undone')")
    assert not Statement.objects.filter(pk=statement.pk).exists()


def test_proposals_are_accepted_changed_and_rejected_by_one_key_each(page, sign_in, editor):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    waiting = page.locator('.ws-note[data-state="proposed"]').count()
    page.keyboard.press("n")
    page.keyboard.press("x")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Rejected')")
    assert page.locator('.ws-note[data-state="proposed"]').count() == waiting - 1
    page.keyboard.press("u")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Restored')")
    assert list(ProposalDecision.objects.values_list("decision", flat=True)) == ["rejected", "reopened"]
    page.keyboard.press("Shift+N")
    page.keyboard.press("a")
    page.locator("[data-form]").wait_for()
    wait_for(page, "() => ['summary', 'speaker'].includes(document.activeElement.name)")
    assert Statement.objects.count() == 1
    page.keyboard.press("Alt+w")
    page.keyboard.type("a neighbour")
    settled(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.fill("[name=summary]", "The neighbours were not asked")
    settled(page)
    page.keyboard.press("Control+Enter")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Recorded')")
    source = Actor.objects.get(name="a neighbour")
    assert (source.kind, source.reported_in) == ("unnamed", made.article)
    assert ProposalDecision.objects.last().decision == "accepted"


def middle_of(page, word):
    """Where in the window the middle of a word of the text lies, from the left in pixels."""
    return page.evaluate(
        """word => {
            const walker = document.createTreeWalker(document.querySelector("[data-reader]"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes(word));
            const at = walker.currentNode.data.indexOf(word), range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + word.length);
            const { left, width } = range.getBoundingClientRect();
            return left + width / 2;
        }""",
        word,
    )


def test_words_under_the_mouse_open_the_form_and_a_chord_takes_stance_and_record_together(page, sign_in, editor):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    page.keyboard.press("p")
    words = page.locator("[data-paragraph]", has_text="Nobody was asked").bounding_box()
    page.mouse.move(words["x"] + 2, words["y"] + 10)
    page.mouse.down()
    page.mouse.move(middle_of(page, "asked"), words["y"] + 10, steps=4)
    page.mouse.up()
    page.locator("[data-form]").wait_for()
    assert page.input_value("[name=exact]") == "“Nobody was asked"  # the mouse stopped within the last word
    page.fill("[name=speaker]", "Asel Bek")
    settled(page)
    page.focus("[name=summary]")
    page.keyboard.type("The villagers were not asked")
    page.keyboard.press("Alt+Shift+d")  # at once: what is being looked for is not on the screen yet
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Not recorded yet')")
    assert Statement.objects.count() == 1
    settled(page)
    page.keyboard.press("Alt+Shift+d")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Recorded')")
    assert "denies: The villagers were asked." in page.inner_text("[data-status]")
    page.wait_for_timeout(200)
    assert page.locator("[data-form]").count() == 0


def test_going_through_proposals_the_form_of_the_next_opens_and_one_is_rejected_in_it(page, sign_in, editor):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    page.keyboard.press("a")
    page.locator("[data-form] [name=summary]").wait_for()
    first = page.input_value("[data-form] [name=proposal]")
    page.keyboard.press("Alt+x")
    wait_for(
        page, f"() => ![undefined, '{first}'].includes(document.querySelector('[data-form] [name=proposal]')?.value)"
    )
    assert ProposalDecision.objects.get().decision == "rejected"
    page.keyboard.press("Alt+u")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Restored')")
    assert page.locator("[data-form]").count() == 0


BRIDGE = (
    "Village gets a bridge\n\n“The bridge will open in spring,” said Gulnara Tash, an engineer.\n\n"
    "Work on the bridge cost two lives and took seven years.\n\n“It is safe,” said Timur Ospan, a builder."
)


def recorded(page, count):
    wait_for(page, "() => !document.querySelector('[data-panel][aria-busy]')")
    for _ in range(200):
        if Statement.objects.count() == count:
            return
        page.wait_for_timeout(25)
    pytest.fail(f"{Statement.objects.count()} recorded; the page says {page.inner_text('[data-status]')!r}")


def bridge(by):
    """An article on a desk that has its outlet, as an actor too, and a question without claims."""
    outlet = add_outlet(name="Valley Herald", country="KG", by=by)
    add_actor(name="Valley Herald", kind="outlet", by=by)
    add_question(title="When will the bridge open?", by=by)
    return take_in(text=BRIDGE, outlet=outlet, headline="Village gets a bridge", published="2021-05-04", by=by)


def test_a_new_person_and_a_new_claim_are_made_in_the_act_that_records(page, sign_in, editor):
    open_workspace(page, sign_in, editor, bridge(editor))
    page.keyboard.press("a")
    page.locator("[data-form] [name=summary]:focus").wait_for()
    assert (page.input_value("[name=speaker]"), page.input_value("[name=speaker_new]")) == ("Gulnara Tash", "person")
    assert not Actor.objects.filter(name="Gulnara Tash").exists()
    page.keyboard.type("Gulnara Tash says that the bridge will open in spring")
    page.keyboard.press("Tab")
    page.keyboard.type("The bridge will open in spring.")
    page.keyboard.press("Alt+Shift+1")  # at once: the form has not said yet what it would record
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Not recorded yet')")
    assert Statement.objects.count() == 0
    page.keyboard.press("Alt+Shift+1")
    recorded(page, 1)
    statement, claim = Statement.objects.get(), Claim.objects.get()
    assert (statement.speaker.name, statement.speaker.kind) == ("Gulnara Tash", "person")
    assert (claim.text, claim.kind) == ("The bridge will open in spring.", "fact")
    assert [(stance.claim, stance.kind) for stance in statement.stances.all()] == [(claim, "affirms")]


def test_the_form_says_which_new_claim_one_chord_records(page, sign_in, editor):
    open_workspace(page, sign_in, editor, bridge(editor))
    page.keyboard.press("a")
    page.locator("[data-form] [name=summary]:focus").wait_for()
    page.keyboard.type("Gulnara Tash says that the bridge will open in spring")
    page.keyboard.press("Tab")
    page.keyboard.type("The bridge will open in spring.")
    settled(page)
    assert page.locator("[data-sure]").is_visible()
    assert page.inner_text("[data-sure]").startswith("New claim, affirms, under “When will the bridge open?”")
    page.keyboard.press("Alt+Shift+1")
    recorded(page, 1)
    assert Claim.objects.get().question.title == "When will the bridge open?"


def test_after_other_words_the_open_proposal_comes_back_and_the_outlets_words_have_the_articles_date(
    page, sign_in, editor
):
    open_workspace(page, sign_in, editor, bridge(editor))
    page.keyboard.press("a")
    page.locator("[data-form] [name=summary]:focus").wait_for()
    first = page.input_value("[data-form] [name=proposal]")
    words = page.locator("[data-paragraph]", has_text="cost two lives").bounding_box()
    page.mouse.move(words["x"] + 2, words["y"] + 10)
    page.mouse.down()
    page.mouse.move(middle_of(page, "lives"), words["y"] + 10, steps=4)
    page.mouse.up()
    wait_for(page, "() => document.querySelector('[data-form] [name=proposal]')?.value === ''")
    page.keyboard.press("Alt+w")
    page.keyboard.type("Valley Her")
    settled(page)
    page.keyboard.press("Tab")
    wait_for(page, "() => document.querySelector('[name=speaker_id]').value")
    assert (page.input_value("[name=said_on]"), page.input_value("[name=mode]")) == ("2021-05-04", "document")
    page.keyboard.press("Alt+Shift+m")
    assert page.input_value("[name=mode]") == "mixed"
    page.keyboard.press("Alt+m")
    page.fill("[name=summary]", "Work on the bridge cost two lives")
    settled(page)
    page.keyboard.press("Control+Enter")
    recorded(page, 1)
    wait_for(page, f"() => document.querySelector('[data-form] [name=proposal]')?.value === '{first}'")
    assert (Statement.objects.get().said_on, Statement.objects.get().mode) == ("2021-05-04", "document")


def test_a_claim_typed_in_full_is_taken_and_a_second_stance_keeps_the_first(page, sign_in, editor):
    made = matter(editor)
    add_claim(question=made.question, text="The valley will be flooded.", kind="forecast", by=editor)
    open_workspace(page, sign_in, editor, made)
    page.locator(".ws-note[data-state=proposed]", has_text="Asel Bek").first.click()
    page.locator("[data-form] [name=summary]:focus").wait_for()
    page.keyboard.type("The villagers were not asked")
    settled(page)
    assert page.inner_text("[data-sure]").startswith("Ctrl Enter records: denies “The villagers were asked.”")
    page.keyboard.press("Alt+n")
    page.keyboard.type("The valley will be flooded.")
    settled(page)
    wait_for(page, "() => document.querySelector('[name=stances-1-claim_id]').value")
    page.keyboard.press("Alt+Shift+a")
    recorded(page, 2)
    statement = Statement.objects.get(speaker=made.farmer)
    assert [(one.claim.text, one.kind) for one in statement.stances.order_by("id")] == [
        ("The villagers were asked.", "denies"),
        ("The valley will be flooded.", "affirms"),
    ]


def test_speakers_are_not_offered_over_a_name_that_stands_there_until_asked_for(page, sign_in, editor):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    page.locator("a[data-statement]").click()
    page.locator("[data-editing]").wait_for()
    page.keyboard.press("Alt+w")
    page.keyboard.type("Asel")
    settled(page)
    offers = page.locator("[data-combo=speaker] [role=listbox]")
    assert offers.is_visible()
    page.focus("[name=summary]")
    page.keyboard.press("Alt+w")
    settled(page)
    assert not offers.is_visible()
    assert "Asel Bek" in page.inner_text("[data-combo=speaker] [data-maybe]")
    page.keyboard.press("ArrowDown")
    assert offers.is_visible()


def test_what_was_typed_is_neither_lost_to_another_form_nor_to_a_colleague(page, sign_in, editor, reviewer):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    page.locator("a[data-statement]").click()
    page.locator("[data-editing]").wait_for()
    page.fill("[name=summary]", "Some 4,000 people have to leave")
    revise(made.statement, {"summary": "Four thousand people leave"}, by=reviewer, seen=1)
    page.locator(".ws-note[data-state=proposed] a").first.click()
    assert "before opening another" in page.inner_text("[data-status]")
    page.locator("[name=summary]").press("Control+Enter")
    stale = page.locator(".desk-stale")
    stale.wait_for()
    assert "Some 4,000 people have to leave" in stale.locator(".desk-yours").inner_text()
    assert "Four thousand people leave" in stale.locator(".desk-theirs").inner_text()
    assert page.input_value("[name=summary]") == "Some 4,000 people have to leave"
    page.get_by_label("overwrite theirs with mine").check()
    page.locator("[name=summary]").press("Control+Enter")
    wait_for(page, "() => document.querySelector('[data-status]').textContent.startsWith('Recorded')")
    made.statement.refresh_from_db()
    assert made.statement.summary == "Some 4,000 people have to leave"


def test_the_keys_are_buttons_too_and_tab_goes_through_the_form_past_a_list_that_scrolls(page, sign_in, editor):
    made = matter(editor)
    open_workspace(page, sign_in, editor, made)
    page.click("[data-key=p]")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.click("[data-key=r]")
    page.locator("[data-form] [name=summary]:focus").wait_for()
    page.keyboard.press("Alt+w")
    assert page.input_value("[name=exact]") == "“Nobody was asked,” said Asel Bek, a farmer."
    page.keyboard.type("Somebody whom nobody here has heard of")  # offered as a new actor of each kind, none marked
    offers = "[data-combo=speaker] [role=listbox]"
    wait_for(page, f"() => document.querySelectorAll('{offers} [role=option]').length > 5")
    assert page.eval_on_selector(offers, "list => list.scrollHeight > list.clientHeight")
    page.keyboard.press("Tab")
    assert focused(page) == "summary"
    # What had the focus is gone: the keys are those of the page.
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("[data-help]").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("[data-help]").is_visible()


@pytest.mark.any_database
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (820, "dark")])
def test_the_workspace_fits_and_axe_finds_nothing_serious(page, sign_in, editor, width, scheme):
    made = matter(editor)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    open_workspace(page, sign_in, editor, made)
    for state in ("text", "form", "help"):
        if state == "form":
            page.keyboard.press("n")
            page.keyboard.press("a")
            page.locator("[data-form]").wait_for()
            page.focus("[name=summary]")  # offers of speakers lie over what is below until their field is left
            page.locator("[data-new-claim] summary").click()
            page.locator("[data-details] summary").click()
        if state == "help":
            page.keyboard.press("Escape")
            page.locator("[data-key='?']").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        serious = [
            (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
            for one in Axe().run(page).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], state
