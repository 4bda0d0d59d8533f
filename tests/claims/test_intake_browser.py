"""An editor in a real browser: from a transcript to a published statement with its time, and the bookmarklet."""

from articles.models import Article, Original
from claims.changes import StanceInput, revise
from claims.models import Statement
from claims.publishing import publish, submit
from tests.claims.test_admin_take_in_keeps import HTML
from tests.desk import matter

VTT = """WEBVTT

00:12:31.500 --> 00:12:36.000
<v Asel Bek>Nobody was asked about the dam, not even the elders of the village.

00:12:37.000 --> 00:12:41.000
<v Temir Hill>We sent three letters to the ministry and waited for a year.
"""


def test_a_transcript_becomes_a_published_statement_with_its_time(page, sign_in, editor, reviewer):
    made = matter(editor)
    sign_in(page, editor)
    page.goto("/admin/articles/article/import/")
    file = {"name": "hearing.vtt", "mimeType": "text/vtt", "buffer": VTT.encode()}
    page.set_input_files("input[name=file]", [file])
    page.click("input[name=look]")
    assert "hearing.vtt" in page.inner_text("#content") and "text/vtt" in page.inner_text("#content")
    page.fill("[name=headline]", "A hearing on the dam")
    page.fill("[name=new_outlet]", "Valley Radio")
    page.select_option("[name=new_outlet_kind]", "broadcaster")
    page.click("input[name=take]")
    page.locator(".messagelist .success").wait_for()
    article = Article.objects.get(headline="A hearing on the dam")
    capture = article.captures.get()
    assert capture.original.name == "hearing.vtt" and capture.reader.startswith("vtt ") and capture.edit_count == 0

    page.goto(f"/admin/articles/article/{article.pk}/workspace/")
    page.locator("[data-reader]:focus").wait_for()
    assert "00:12:31 Asel Bek" in page.inner_text("[data-reader]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("r")
    page.locator("[data-form] [name=speaker]").wait_for()
    assert page.input_value("[data-form] [name=speaker]") == "Asel Bek"
    page.fill("[data-form] [name=summary]", "Nobody was asked")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(1500)
    statement = Statement.objects.get(speaker=made.farmer)
    statement = revise(statement, {}, stances=[StanceInput(made.other_claim, "denies")], by=editor, seen=None)
    submit([statement], by=editor)
    publish([statement], by=reviewer, reason="Heard.")
    page.context.clear_cookies()
    page.goto(f"/statements/{statement.public_id}")
    assert "at 00:12:31, Asel Bek speaking" in page.inner_text("main")


def test_the_bookmarklet_hands_over_the_page_that_the_editor_sees(page, sign_in, editor):
    sign_in(page, editor)
    page.goto("/admin/articles/article/import/")
    script = page.get_attribute("#bookmarklet a", "href")
    page.context.route("http://news.example/**", lambda route: route.fulfill(body=HTML, content_type="text/html"))
    page.goto("http://news.example/2021/bridge")
    page.evaluate("document.querySelector('article').append('Only subscribers read this sentence of the article.')")
    with page.expect_popup() as opened:
        page.evaluate("script => { location.href = script }", script)
    desk = opened.value
    desk.get_by_text("It is stored when you go on.").wait_for()
    assert not Original.objects.exists()
    desk.get_by_role("button", name="Preview").click()
    desk.locator("[name=headline]").wait_for()
    assert desk.input_value("[name=headline]") == "Valley bridge closed after flood"
    assert "Only subscribers" in desk.input_value("[name=text]") + desk.content()
    assert Original.objects.get().address == "http://news.example/2021/bridge"
