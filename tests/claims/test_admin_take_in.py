"""Taking in an article at the desk: looked at, corrected, confirmed; bad files and texts refused in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in
from articles.models import Article, Capture
from claims.models import Statement
from tests.desk import TEXT, matter

pytestmark = pytest.mark.any_database

PAGE = "/admin/articles/article/import/"
SAVED = """News
Valley bridge closed after flood

By Dana Osh

KARAKOL, May 4 (Mountain Press Agency) - The bridge over the upper river was closed on Tuesday, the road office said.

Engineers will look at the pillars this week, and trucks have to take the longer way until then, it said in a note.

Share this article
Leave a comment
Your email address will not be published
"""


def shown(response):
    """What the confirmation page would post."""
    form = response.context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    return {name: getattr(value, "pk", value) for name, value in data.items()} | {"take": "Import"}


def test_a_pasted_page_is_cleaned_proposed_confirmed_and_taken_in(editor, editor_client):
    outlet = add_outlet(name="Valley Herald", by=editor)
    looked = editor_client.post(PAGE, {"text": SAVED, "outlet": outlet.pk, "look": "1"})
    assert looked.status_code == 200
    form = looked.context["form"]
    assert form["headline"].value() == "Valley bridge closed after flood"
    assert form["byline"].value() == "Dana Osh"
    assert "KARAKOL" in form["dateline"].value()
    assert "Leave a comment" not in form["text"].value()
    page = looked.content.decode()
    assert "Leave a comment" in page and "comment form" in page
    assert not Article.objects.exists()

    taken = editor_client.post(PAGE, shown(looked) | {"published": "2021-05-04"}, follow=True)

    article = Article.objects.get()
    assert (article.headline, article.outlet, article.published) == (
        "Valley bridge closed after flood",
        outlet,
        "2021-05-04",
    )
    capture = article.captures.get()
    assert capture.text.startswith("Valley bridge closed after flood")
    assert [line[2] for line in capture.removed][-1] == "Your email address will not be published"
    assert "The article was imported." in taken.content.decode()
    assert taken.redirect_chain[-1][0].endswith("/workspace/")


def test_an_uploaded_page_is_read_by_the_same_rules(editor, editor_client):
    outlet = add_outlet(name="Valley Herald", by=editor)
    file = SimpleUploadedFile("bridge.txt", SAVED.encode())
    looked = editor_client.post(PAGE, {"file": file, "outlet": outlet.pk, "look": "1"})
    editor_client.post(PAGE, shown(looked))
    assert Capture.objects.get().method == "uploaded"


def test_the_same_text_again_is_the_same_capture_and_says_so(editor, editor_client):
    made = matter(editor)
    looked = editor_client.post(PAGE, {"text": TEXT, "outlet": made.outlet.pk, "look": "1"})
    again = editor_client.post(PAGE, shown(looked), follow=True)
    assert "was already saved" in again.content.decode()
    assert Capture.objects.count() == 1


def test_a_fuller_text_moves_the_passages_of_an_excerpt(editor, editor_client):
    outlet = add_outlet(name="Valley Herald", by=editor)
    excerpt = take_in(
        text="trucks have to take the longer way", outlet=outlet, method="excerpt", complete=False, by=editor
    )
    passage = quote_passage(excerpt.capture, "the longer way", by=editor)
    looked = editor_client.post(PAGE, {"text": SAVED, "article": excerpt.article.pk, "look": "1"})
    taken = editor_client.post(PAGE, shown(looked), follow=True)
    assert "1 of its passages moved to the new text" in taken.content.decode()
    passage.refresh_from_db()
    assert passage.capture.complete


BROKEN = {
    "archive.txt": (b"PK\x05\x06" + b"\x00" * 18, "It is a ZIP archive."),
    "binary.txt": (b"abc\x00def", "byte 3 is NUL"),
    "empty.txt": (b"", "It is empty."),
    "page.html": (b"<html><body></body></html>", "No article was found in the page."),
}


def test_broken_files_are_refused_in_words_at_their_field(editor_client):
    for name, (data, sentence) in BROKEN.items():
        refused = editor_client.post(PAGE, {"file": SimpleUploadedFile(name, data), "look": "1"})
        assert refused.status_code == 200
        assert sentence in " ".join(refused.context["form"].errors["file"]), name
    assert not Article.objects.exists()


def test_too_large_a_file_is_refused_in_words(editor_client, monkeypatch):
    monkeypatch.setattr("articles.intake_forms.MAX_FILE_SIZE", 1000)
    refused = editor_client.post(PAGE, {"file": SimpleUploadedFile("long.txt", b"a " * 600), "look": "1"})
    assert refused.context["form"].errors["file"] == ["The file is too large: 1,200 bytes; the limit is 1,000."]


def test_broken_texts_and_values_are_refused_at_their_fields_with_what_was_typed(editor, editor_client):
    outlet = add_outlet(name="Valley Herald", by=editor)
    assert "text" in editor_client.post(PAGE, {"text": "abc\x00", "look": "1"}).context["form"].errors
    assert editor_client.post(PAGE, {"look": "1"}).context["form"].non_field_errors()
    assert "outlet" in editor_client.post(PAGE, {"text": "abc", "outlet": "9" * 40, "look": "1"}).context["form"].errors
    looked = editor_client.post(PAGE, {"text": SAVED, "outlet": outlet.pk, "look": "1"})
    for wrong, field in [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"published": "2019-13-40"}, "published"),
        ({"outlet": ""}, "outlet"),
        ({"text": " "}, "text"),
        ({"language": ""}, "language"),
        ({"archive_url": "ftp://x"}, "archive_url"),
    ]:
        refused = editor_client.post(PAGE, shown(looked) | wrong)
        assert refused.status_code == 200, wrong
        assert field in refused.context["form"].errors, (wrong, refused.context["form"].errors)
        assert refused.context["form"]["headline"].value() == "Valley bridge closed after flood"
    assert not Article.objects.exists()


def test_an_article_s_page_shows_its_text_with_passages_marked_and_escaped(editor, editor_client):
    made = matter(editor)
    take_in(text="A <script>alert(1)</script> text.\n\n" + TEXT, outlet=made.outlet, article=made.article, by=editor)
    page = editor_client.get(f"/admin/articles/article/{made.article.pk}/change/").content.decode()
    assert (
        f'<mark id="passage-{made.statement.appearances.get().passage.pk}">about 4,000 people must move</mark>' in page
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>alert(1)" not in page
    assert str(Statement.objects.get()) in page


def test_likely_reprints_are_shown_with_their_shares(editor, editor_client):
    made = matter(editor)
    body = " ".join(f"Sentence {n} tells of the dam, the valley and the {n} families in it." for n in range(40))
    one = take_in(text=body, outlet=made.outlet, published="2021-05-04", headline="The valley", by=editor)
    other = take_in(
        text=body + " More.", outlet=made.agency, published="2021-05-05", headline="Its families", by=editor
    )
    page = editor_client.get(f"/admin/articles/article/{other.article.pk}/change/").content.decode()
    assert str(one.article) in page
    assert "of its text is here; it was printed first" in page


def test_readers_of_the_page_without_permission_are_refused(client, editor):
    editor.groups.clear()
    client.force_login(editor)
    assert client.get(PAGE).status_code == 403
