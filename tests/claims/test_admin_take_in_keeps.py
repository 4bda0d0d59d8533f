"""Taking in loses nothing: the outlet that the page names, a new one made with it, the file and the reasons."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.changes import add_outlet
from articles.ingest import take_in
from articles.intake_files import ChoiceIsNeeded
from articles.models import Article, Original, Outlet, Trace
from articles.originals import read_original
from articles.reading import ArticleReading, Choice
from claims.changes import add_actor
from tests.cast import member_of
from tests.claims.test_admin_take_in import PAGE, SAVED, shown
from tests.controls import Controls

pytestmark = pytest.mark.any_database

HTML = """<!doctype html><html lang="en"><head><title>Valley bridge closed after flood</title>
<meta property="og:site_name" content="Hill Gazette">
<link rel="canonical" href="https://www.hill.example/2021/05/bridge">
<meta property="article:published_time" content="2021-05-04"></head><body><article>
<h1>Valley bridge closed after flood</h1>
<p>The bridge over the upper river was closed on Tuesday, the road office of the valley said in a long note.</p>
<p>Engineers will look at the pillars this week, and trucks have to take the longer way until then, it said.</p>
<p>Nobody can say when the bridge will be open again, and the ferry does not go at night, Karima Osman said.</p>
</article></body></html>"""


def page(text=HTML):
    return SimpleUploadedFile("bridge.html", text.encode())


def look(client, **values):
    return client.post(PAGE, {"look": "1", **values})


def test_the_outlet_that_the_page_names_is_proposed_with_its_reason(editor, editor_client):
    outlet = add_outlet(name="Hill Gazette", kind="newspaper", by=editor)
    looked = look(editor_client, file=page())
    assert looked.context["form"]["outlet"].value() == outlet.pk
    assert looked.context["form"]["new_outlet"].value() == ""
    assert "site name in the page" in looked.content.decode()
    assert editor_client.post(PAGE, shown(looked)).status_code == 302
    assert Article.objects.get().outlet == outlet


def test_the_outlet_at_whose_address_it_was_printed_is_proposed(editor, editor_client):
    outlet = add_outlet(name="The Hill", kind="newspaper", homepage="https://hill.example/", by=editor)
    assert look(editor_client, file=page()).context["form"]["outlet"].value() == outlet.pk
    second = add_outlet(name="Hill Evening", kind="newspaper", homepage="https://hill.example/evening", by=editor)
    assert second and look(editor_client, file=page()).context["form"]["outlet"].value() is None


def test_a_new_outlet_is_made_in_the_same_step(editor, editor_client):
    looked = look(editor_client, file=page())
    assert looked.context["form"]["new_outlet"].value() == "Hill Gazette"
    refused = editor_client.post(PAGE, shown(looked))
    assert refused.context["form"].errors == {"new_outlet_kind": ["What kind of outlet is it? Choose one."]}
    assert not Outlet.objects.exists()
    taken = editor_client.post(PAGE, shown(refused) | {"new_outlet_kind": "newspaper"})
    assert taken.status_code == 302
    outlet = Article.objects.get().outlet
    assert (outlet.name, outlet.kind) == ("Hill Gazette", "newspaper")


def test_what_is_refused_makes_no_outlet_and_who_may_add_none_is_told(editor, editor_client):
    looked = shown(look(editor_client, file=page())) | {"new_outlet_kind": "newspaper"}
    traces = Trace.objects.count()
    refused = editor_client.post(PAGE, looked | {"url": "javascript:alert(1)"})
    assert "url" in refused.context["form"].errors
    assert (Outlet.objects.count(), Article.objects.count(), Trace.objects.count()) == (0, 0, traces)
    editor.groups.clear()
    editor.user_permissions.set(Permission.objects.filter(codename__in=["add_article", "view_article"]))
    refused = editor_client.post(PAGE, looked)
    assert "no permission to add outlets" in refused.context["form"].errors["new_outlet"][0]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"url": "x" * 1001}, {"url": ""}),
        ({"outlet": "9" * 40}, {"outlet": ""}),
        ({"article": "nothing"}, {"article": ""}),
        ({"text": "Another text"}, {"text": ""}),
    ],
)
def test_a_refusal_keeps_the_file_that_a_browser_would_not_send_again(editor_client, wrong, right):
    refused = look(editor_client, file=page(), **wrong)
    assert refused.context["form"].errors
    assert "The file “bridge.html” is still attached" in refused.content.decode()
    kept = {name: values[-1] for name, values in Controls(refused.content.decode()).values.items()}
    assert all(kept.get(name, "").strip() in (value, "") for name, value in wrong.items())
    looked = editor_client.post(PAGE, {**kept, **right, "look": "1"})
    assert looked.context["form"]["headline"].value() == "Valley bridge closed after flood"
    assert (looked.context["original"].method, Original.objects.count()) == ("uploaded", 1)


def test_a_kept_file_can_be_left_out_and_another_one_takes_its_place(editor_client):
    both = look(editor_client, file=page(), text=SAVED)
    kept = {name: values[-1] for name, values in Controls(both.content.decode()).values.items()}
    assert kept["text"].strip() == SAVED.strip()
    looked = editor_client.post(PAGE, {**kept, "leave_out": "on", "look": "1"})
    assert looked.context["original"].method == "pasted"
    other = page(HTML.replace("Valley bridge closed", "Valley bridge opened"))
    looked = editor_client.post(PAGE, {**kept, "text": "", "file": other, "look": "1"})
    assert looked.context["form"]["headline"].value() == "Valley bridge opened after flood"


def test_what_comes_back_broken_or_cannot_be_read_is_not_kept(editor_client):
    broken = look(editor_client, original="12345")
    assert "original" in broken.context["form"].errors
    archive = look(editor_client, file=SimpleUploadedFile("bridge.zip", b"PK\x05\x06" + b"\x00" * 18))
    assert "is still attached" not in archive.content.decode() and not Original.objects.exists()


def test_a_refusal_of_the_second_step_keeps_the_reasons_and_what_was_taken_for_clutter(editor_client):
    looked = look(editor_client, text=SAVED)
    assert "Found in the text" in looked.content.decode()
    refused = editor_client.post(PAGE, shown(looked) | {"published": "2021-13"})
    text = refused.content.decode()
    assert refused.context["form"].errors
    for told in ("Found in the text", "Dana Osh", "comment form", "Leave a comment"):
        assert told in text


def test_a_text_that_names_somebody_withheld_confirms_no_guess(editor, editor_client):
    add_actor(name="Karima Osman", kind="person", protection="withheld", public_label="a resident", by=editor)
    looked = look(editor_client, file=page())
    assert "Karima Osman" in looked.context["form"]["text"].value()
    text = looked.content.decode()
    assert "a resident" not in text and "Karima Osman said" in text


def test_a_reprint_is_offered_with_its_shares_and_chosen_only_where_the_text_credits_it(editor, editor_client):
    agency = add_outlet(name="Reuters", kind="agency", by=editor)
    story = "\n\n".join(
        f"Engineer {name} of the road office said on Tuesday that pillar {number} of the old bridge over the upper "
        f"river had moved by {number * 7} centimetres since the flood, and that nobody should walk near it."
        for number, name in enumerate(("Osh", "Talas", "Naryn", "Batken", "Ruiz", "Okafor"), start=1)
    )
    source = take_in(text=story, outlet=agency, headline="Bridge moves", published="2021-05-04", by=editor).article
    plain = look(editor_client, text=story.replace("Tuesday", "Monday"))
    assert "Reprint of" in plain.content.decode() and not plain.context["form"]["derived_from"].value()
    credited = look(editor_client, text=f"VALLEY, May 5 (Reuters) - {story}\n\nThe mayor was not there.")
    form = credited.context["form"]
    assert (form["derived_from"].value(), form["derivation"].value()) == (source.pk, "edited")
    assert "“Bridge moves”, Reuters, 2021-05-04: 9" in credited.content.decode()
    post = shown(credited) | {"outlet": "", "new_outlet": "Hill Gazette", "new_outlet_kind": "newspaper"}
    refused = editor_client.post(PAGE, post | {"derivation": ""})
    assert "How was it reprinted?" in refused.content.decode() and "it was printed first" in refused.content.decode()
    assert editor_client.post(PAGE, post).status_code == 302
    reprint = Article.objects.exclude(pk=source.pk).get()
    assert (reprint.derived_from, reprint.derivation) == (source, "edited")


# Several files, pages to choose from, and the bookmarklet


def test_several_files_are_several_articles_that_wait_until_each_is_checked(editor, editor_client, client, reviewer):
    files = [SimpleUploadedFile("one.txt", SAVED.encode()), page()]
    listed = editor_client.post(PAGE, {"look": "1", "file": files}, follow=True)
    assert "2 files were uploaded" in listed.content.decode() and not Article.objects.exists()
    second, first = listed.context["pending"]
    outlet = add_outlet(name="Valley Herald", by=editor)
    looked = editor_client.get(f"{PAGE}?original={first.pk}&outlet={outlet.pk}")
    assert looked.context["form"]["outlet"].value() == outlet.pk
    taken = editor_client.post(PAGE, shown(looked) | {"next": "on"})
    assert taken["Location"].endswith(f"?original={second.pk}")
    capture = Article.objects.get().captures.get()
    assert (capture.original, capture.reader.split()[0], capture.method) == (first, "text", "uploaded")
    assert "Imported already" in editor_client.get(f"{PAGE}?original={first.pk}").content.decode()

    # A colleague may import what waits, and not discard it.
    client.force_login(reviewer)
    assert f'value="{second.pk}"' not in (page_of_colleague := client.get(PAGE).content.decode())
    assert "by erin" in page_of_colleague
    client.post(PAGE, {"discard": str(second.pk)})
    assert client.post(PAGE, {"look": "1", "original": second.pk}).context["original"] == second
    taken = client.post(PAGE, shown(client.get(f"{PAGE}?original={second.pk}")) | {"new_outlet_kind": "newspaper"})
    assert taken.status_code == 302 and Article.objects.count() == 2
    assert second.captures.get().article.outlet.name == "Hill Gazette" and second.by == editor

    third = look(editor_client, file=SimpleUploadedFile("three.txt", b"Nobody was asked.")).context["original"]
    editor_client.post(PAGE, {"discard": str(third.pk)})
    assert not Original.objects.filter(pk=third.pk).exists()
    assert editor_client.get(f"{PAGE}?original={third.pk}").status_code == 404


def test_an_upload_with_a_withheld_name_is_imported_by_who_brought_it_or_may_read_it(editor, editor_client, client):
    theirs = look(editor_client, file=page()).context["original"]
    add_actor(name="Karima Osman", kind="person", protection="withheld", public_label="a resident", by=editor)
    client.force_login(member_of("editor", "bo"))
    assert client.get(PAGE).context["pending"] == [theirs]
    shown_elsewhere = shown(editor_client.get(f"{PAGE}?original={theirs.pk}")) | {"new_outlet_kind": "newspaper"}
    for refused in (
        client.get(f"{PAGE}?original={theirs.pk}", follow=True),
        client.post(PAGE, {"look": "1", "original": theirs.pk}, follow=True),
        client.post(PAGE, shown_elsewhere, follow=True),
    ):
        assert "holds a name that is withheld" in refused.content.decode()
        assert "Karima" not in refused.content.decode() and not Article.objects.exists()
    # Who has the same file has nothing to learn from it.
    post = shown(look(client, file=page())) | {"new_outlet_kind": "newspaper"}
    assert client.post(PAGE, post).status_code == 302 and Article.objects.count() == 1
    assert Original.objects.get() == theirs and theirs.by == editor


def test_a_page_of_an_archive_is_chosen_and_the_choice_is_kept(editor, editor_client, monkeypatch):
    def read(data, name, chosen=""):
        if not chosen:
            raise ChoiceIsNeeded("The archive has 2 pages: choose one.", [Choice("https://a.example/1", "A page")])
        return ArticleReading("Nobody was asked.", [], [], "warc 1", unread=["1 picture was left out."])

    monkeypatch.setattr("articles.original_readings.read_article", read)
    offered = look(editor_client, file=SimpleUploadedFile("pages.warc", b"WARC/1.0"), url="https://a.example/1")
    [(label, address)] = offered.context["choices"]
    assert label == "A page" and "The archive has 2 pages" in offered.content.decode()
    looked = editor_client.get(address)
    assert "1 picture was left out." in looked.content.decode()
    outlet = add_outlet(name="Valley Herald", by=editor)
    assert editor_client.post(PAGE, shown(looked) | {"outlet": outlet.pk}).status_code == 302
    article = Article.objects.get()
    assert (article.captures.get().chosen, article.url) == ("https://a.example/1", "https://a.example/1")


def test_the_bookmarklet_s_page_is_stored_only_after_it_is_confirmed(editor, editor_client, client):
    sent = {"page": HTML, "address": "https://www.hill.example/2021/05/bridge?x=<b>"}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    landing = client.post("/hand-over", sent)  # as from another site: without any cookie
    assert (landing.status_code, dict(landing.cookies)) == (200, {})
    assert "&lt;h1&gt;Valley bridge" in landing.content.decode() and "<h1>Valley" not in landing.content.decode()
    own = strict.post("/hand-over", sent | {"again": "1"})
    assert "It is stored when you go on." in own.content.decode() and not Original.objects.exists()
    assert strict.post(PAGE, sent | {"bookmarklet": "Preview"}).status_code == 403
    assert not Original.objects.exists()
    looked = editor_client.post(PAGE, sent | {"bookmarklet": "Preview"}, follow=True)
    assert looked.context["form"]["headline"].value() == "Valley bridge closed after flood"
    original = Original.objects.get()
    assert (original.method, original.address, read_original(original).decode()) == (
        "bookmarklet",
        sent["address"],
        HTML,
    )
    outlet = add_outlet(name="Hill", by=editor)
    editor_client.post(PAGE, shown(looked) | {"outlet": outlet.pk, "url": "https://www.hill.example/2021/05/bridge"})
    assert Article.objects.get().captures.get().method == "bookmarklet"
    anonymous = client.post("/hand-over", sent | {"again": "1"}).content.decode()
    assert "Sign in first" in anonymous
    assert client.post("/hand-over", {"page": " "}).status_code == 400
    assert client.post("/hand-over", {"page": "x" * 6_000_000}).status_code == 413
    assert client.get("/hand-over").status_code == 302
