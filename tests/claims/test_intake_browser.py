"""An editor in a real browser: from a transcript to a published statement with its time, and the bookmarklet."""

from email.message import EmailMessage

from articles.models import Article, Original
from claims.changes import StanceInput, revise
from claims.models import Statement
from claims.publishing import publish, submit
from tests.claims.test_admin_take_in_keeps import HTML
from tests.desk import matter
from tests.made_files import make_pdf

REPORT = [
    [
        (72, 760, 18, "The flood report"),
        (72, 720, 11, "Nobody was asked about the dam, the council of the valley says in its"),
        (72, 706, 11, "report on the flood. The elders of three villages sent letters and waited."),
    ],
    [
        (72, 760, 11, "The ministry of water answered after a year that 4,000 people must move,"),
        (72, 746, 11, "and that a new village would be built for them before the work begins."),
    ],
]

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
    page.locator("input[name=take]").wait_for()
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
    for _ in range(100):
        if Statement.objects.filter(speaker=made.farmer).exists():
            break
        page.wait_for_timeout(100)
    statement = Statement.objects.get(speaker=made.farmer)
    statement = revise(statement, {}, stances=[StanceInput(made.other_claim, "denies")], by=editor, seen=None)
    submit([statement], by=editor)
    publish([statement], by=reviewer, reason="Heard.")
    page.context.clear_cookies()
    page.goto(f"/statements/{statement.public_id}")
    assert "at 00:12:31, Asel Bek speaking" in page.inner_text("main")


def test_a_pdf_and_a_mail_are_checked_one_after_the_other_and_pages_show_in_the_workspace(page, sign_in, editor):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ana Ruiz <press@union.example>", "The union on the dam"
    mail["Date"] = "Tue, 04 May 2021 10:00:00 +0200"
    mail.set_content("The union of builders asks the ministry to say by the end of the month when the work begins.\n")
    letter = {"name": "union.eml", "mimeType": "message/rfc822", "buffer": mail.as_bytes()}
    report = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": make_pdf(REPORT)}
    sign_in(page, editor)
    page.goto("/admin/articles/article/import/")
    page.set_input_files("input[name=file]", [report, letter])
    page.click("input[name=look]")
    page.get_by_role("link", name="report.pdf").click()
    page.locator("input[name=take]").wait_for()
    assert "read by pdf " in page.inner_text("#content")
    page.fill("[name=headline]", "The flood report")
    page.fill("[name=new_outlet]", "Valley Council")
    page.select_option("[name=new_outlet_kind]", "other")
    page.click("input[name=take]")
    page.get_by_text("“Ana Ruiz” (sender of the mail; uncertain)").wait_for()  # the mail is next
    assert page.input_value("[name=headline]") == "The union on the dam" and not page.input_value("[name=published]")
    article = Article.objects.get(headline="The flood report")
    page.goto(f"/admin/articles/article/{article.pk}/workspace/")
    marks = page.locator("[data-reader]").inner_text()
    assert marks.index("page 1") < marks.index("Nobody") < marks.index("4,000 people") < marks.index("page 2")


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


def test_what_was_found_but_not_filled_in_is_taken_by_one_click(page, sign_in, editor):
    sign_in(page, editor)
    page.goto("/admin/articles/article/import/")
    headline = "Two villages will be flooded before the spring."
    page.fill("[name=text]", f"{headline}\n\nThe ministry of water said on Monday that about 4,000 people must move.")
    page.click("input[name=look]")
    page.locator("input[name=take]").wait_for()
    assert page.input_value("[name=headline]") == ""
    page.click(".field-headline >> text=Use")
    assert page.input_value("[name=headline]") == headline
    assert page.locator(".field-language >> text=Use").count() == 0  # it stands in its field
