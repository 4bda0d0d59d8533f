"""The desk in a real browser: two tabs, the whole road of a statement, and a page without scripts."""

from django.urls import reverse

from claims.changes import revise
from claims.models import Release, Statement
from tests.desk import matter


def address_of(obj):
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def pick(page, name, term):
    """Picks the first offer for `term` in the autocomplete field `name`, by keyboard."""
    page.locator(f"select[name='{name}'] + .select2 .select2-selection").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(term)
    page.locator(".select2-results__option--highlighted").wait_for()
    page.keyboard.press("Enter")


def test_two_tabs_on_one_claim_lose_nothing(page, sign_in, editor, reviewer):
    claim = matter(editor).claim
    sign_in(page, editor)
    page.goto(address_of(claim))
    other = page.context.new_page()
    other.goto(address_of(claim))
    other.fill("#id_text", "Four thousand villagers must leave.")
    other.click("input[name=_save]")
    other.locator(".messagelist .success").wait_for()

    page.fill("#id_text", "At most 4,000 people must move.")
    page.click("input[name=_save]")

    stale = page.locator(".desk-stale")
    assert "At most 4,000 people must move." in stale.locator(".desk-yours").inner_text()
    assert "Four thousand villagers must leave." in stale.locator(".desk-theirs").inner_text()
    assert page.input_value("#id_text") == "At most 4,000 people must move."
    claim.refresh_from_db()
    assert claim.text == "Four thousand villagers must leave."
    # The key Enter saves the form as it stands: it is not a choice.
    with page.expect_navigation():
        page.locator("#id_text").press("Enter")
    assert page.locator(".desk-stale").is_visible()
    page.get_by_label("I have compared the versions").check()
    page.click("input[name=_save]")
    page.locator(".messagelist .success").wait_for()
    claim.refresh_from_db()
    assert (claim.text, claim.revision) == ("At most 4,000 people must move.", 3)


def test_theirs_can_be_loaded_instead(page, sign_in, editor, reviewer):
    claim = matter(editor).claim
    sign_in(page, editor)
    page.goto(address_of(claim))
    revise(claim, {"text": "Four thousand villagers must leave."}, by=reviewer, seen=1)
    page.fill("#id_text", "At most 4,000 people must move.")
    page.click("input[name=_save]")
    with page.expect_navigation():
        page.get_by_role("link", name="Discard mine and load theirs").click()
    assert page.input_value("#id_text") == "Four thousand villagers must leave."
    assert not page.locator(".desk-stale").is_visible()


def test_a_statement_goes_from_the_pasted_words_to_the_public_record(page, sign_in, editor, reviewer):
    made = matter(editor)
    sign_in(page, editor)
    page.goto("/admin/claims/statement/add/")
    pick(page, "speaker", "asel")
    page.fill("#id_summary", "Nobody asked the villagers")
    page.select_option("#id_mode", "direct")
    pick(page, "stances-0-claim", "asked")
    page.select_option("#id_stances-0-kind", "denies")
    pick(page, "appearances-0-capture", "dam")
    page.fill("#id_appearances-0-exact", "Nobody was asked")
    page.click("input[name=_continue]")
    assert "2 times" in page.locator(".field-exact .errorlist").inner_text()
    page.fill("#id_appearances-0-exact", "Nobody was asked,")
    page.click("input[name=_continue]")
    page.locator(".messagelist .success").wait_for()

    page.get_by_role("link", name="Submit for review").click()
    page.get_by_label("Note for the reviewer").fill("for the dam")
    page.get_by_role("button", name="Submit for review").click()
    page.locator(".messagelist .success").wait_for()

    sign_in(page, reviewer)
    page.goto("/admin/claims/release/")
    page.get_by_role("link", name="Nobody asked the villagers").click()
    page.get_by_role("link", name="Publish", exact=True).click()
    assert "Asel Bek" in page.locator(".desk-plan").inner_text()
    page.get_by_label("Public reason").fill("First account of the villagers.")
    page.get_by_role("button", name="Publish").click()
    page.locator(".messagelist .success").wait_for()
    statement = Statement.objects.get(speaker=made.farmer)
    assert Release.objects.get(public_id=statement.public_id).state == "published"
    assert statement.appearances.get().passage.exact == "Nobody was asked,"


def test_rows_are_added_and_removed_by_keyboard(page, sign_in, editor):
    actor = matter(editor).ministry
    sign_in(page, editor)
    page.goto(address_of(actor))
    page.locator("#names-group .add-row a").focus()
    page.keyboard.press("Enter")
    page.fill("#id_names-3-name", "Minvod")
    page.locator("#id_names-1-DELETE").focus()
    page.keyboard.press("Space")
    page.click("input[name=_save]")
    page.locator(".messagelist .success").wait_for()
    assert sorted(actor.names.values_list("name", flat=True)) == ["Ministry of Water", "Minvod"]


def test_a_form_works_without_scripts(chromium, live_server, sign_in, editor):
    """Pickers post what was picked before; everything else is a plain form."""
    made = matter(editor)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, editor)
    page.goto(address_of(made.statement))
    page.fill("#id_role", "minister")
    page.fill("#id_appearances-0-cue", "admitted")
    page.check("#id_stances-0-DELETE")
    page.click("input[name=_save]")
    page.locator(".messagelist .success").wait_for()
    context.close()
    made.statement.refresh_from_db()
    assert (made.statement.role, made.statement.speaker) == ("minister", made.ministry)
    assert made.statement.appearances.get().cue == "admitted"
    assert not made.statement.stances.exists()
