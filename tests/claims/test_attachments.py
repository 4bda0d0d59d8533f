"""Pictures, sound and film lie beside an article: listed at the desk, never public, discarded after a question."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles.changes import add_article
from articles.models import Article, Original, Trace
from articles.originals import stored_name, stored_names, sweep
from claims.publishing import publish, submit
from record.models import Publication
from tests.claims.test_admin_take_in import PAGE, SAVED, shown
from tests.desk import matter

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
SOUND = b"ID3\x03" + b"\x00" * 60


def upload(client, *files):
    return client.post(PAGE, {"look": "1", "file": list(files)}, follow=True)


def desk_page_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def test_a_picture_is_attached_with_the_text_listed_at_the_desk_and_never_public(
    editor, editor_client, reviewer, client
):
    upload(editor_client, SimpleUploadedFile("bridge.txt", SAVED.encode()), SimpleUploadedFile("pier.png", PICTURE))
    text, picture = Original.objects.get(name="bridge.txt"), Original.objects.get(name="pier.png")
    looked = editor_client.get(PAGE, {"original": text.pk})
    assert "pier.png (image/png, 48" in looked.content.decode()
    confirmed = shown(looked) | {"new_outlet": "Hill Gazette", "new_outlet_kind": "newspaper"}
    assert editor_client.post(PAGE, confirmed | {"attachments": [picture.pk]}).status_code == 302
    editor_client.post(PAGE, confirmed | {"attachments": [picture.pk]})  # sent twice
    article = Article.objects.get()
    picture.refresh_from_db()
    assert [*picture.attached_to.all()] == [article] and article.captures.get().original == text
    assert Trace.objects.filter(verb="attach", public_id=article.public_id).count() == 1
    listed = editor_client.get(desk_page_of(article)).content.decode()
    assert picture.sha256 in listed and "“pier.png”, image/png" in listed

    submit([article], by=editor)
    publish([article], by=reviewer, reason="An article.")
    public = client.get(f"/articles/{article.public_id}", follow=True).content
    public += "".join(Publication.objects.values_list("document", flat=True)).encode()
    assert text.sha256.encode() in public and b"Valley bridge" in public
    assert picture.sha256.encode() not in public and b"pier.png" not in public and b"image/png" not in public

    Original.objects.update(taken_at=timezone.now() - timedelta(days=400))
    sweep()
    assert {stored_name(text.sha256), stored_name(picture.sha256)} <= {*stored_names()}


def test_a_recording_is_attached_to_two_articles_and_its_bytes_go_with_the_last_of_them(
    editor, editor_client, django_capture_on_commit_callbacks
):
    article = matter(editor).article
    other_article = add_article(outlet=article.outlet, headline="Another", by=editor)
    asked = upload(editor_client, SimpleUploadedFile("call.mp3", SOUND))
    sound = Original.objects.get()
    assert "is not read as text" in asked.content.decode()
    post = {"attach": "1", "original": sound.pk}
    assert "required" in str(editor_client.post(PAGE, post).context["form"].errors["article"])
    assert editor_client.post(PAGE, post | {"article": "x"}).context["form"].errors
    assert editor_client.post(PAGE, post | {"article": article.pk}).status_code == 302
    assert "is not read as text" in upload(editor_client, SimpleUploadedFile("same.mp3", SOUND)).content.decode()
    assert editor_client.post(PAGE, post | {"article": other_article.pk}).status_code == 302
    assert [*sound.attached_to.order_by("pk")] == [article, other_article] and Original.objects.count() == 1

    question = reverse("admin:articles_article_discard_attachment", args=[article.pk, sound.pk])
    assert question in editor_client.get(desk_page_of(article)).content.decode()
    assert "stays attached to 1 other article." in editor_client.get(question).content.decode()
    assert "was discarded" in editor_client.post(question, follow=True).content.decode()
    assert Original.objects.exists() and editor_client.get(question).status_code == 404
    question = reverse("admin:articles_article_discard_attachment", args=[other_article.pk, sound.pk])
    assert "deletes the file here for good" in editor_client.get(question).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert "was discarded" in editor_client.post(question, follow=True).content.decode()
    assert not Original.objects.exists() and stored_name(sound.sha256) not in stored_names()
    assert editor_client.post(question).status_code == 404
