"""Withheld names at the desk: every page, walked by somebody who may not read them and by somebody who may."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles.changes import quote_passage
from articles.ingest import take_in
from claims.changes import (
    AppearanceInput,
    NameInput,
    StanceInput,
    StepInput,
    add_actor,
    merge_actors,
    record_statement,
    revise,
)
from claims.models import Actor
from claims.publishing import plan, submit
from claims.withholding import MARK, Veil

from .cast import member_of
from .desk import TEXT, matter
from .desk_addresses import addresses

# The source, under all names: as recorded, in another script, as printed, as once called. None of it may show.
NAME, ALIAS, PRINTED, FORMER = "Zuhra Kanareyka", "Зухра Канарейка", "Ms Kanareyka", "Zuhrabanu Oldname"
TELLING = ("kanareyka", "канарейка", "zuhra", "зухра", "oldname")
LABEL = "a clerk of the ministry"
WORDS = f"“They knew it for ten years and told nobody at all,” said {PRINTED}."


@pytest.fixture
def source(editor):
    made = matter(editor)
    made.source = add_actor(name=FORMER, kind="person", names=[NameInput(ALIAS, "ru-Cyrl")], by=editor)
    text = f"{TEXT}\n\n{WORDS} A second time {NAME} refused."
    taken = take_in(text=text, outlet=made.agency, headline="The clerk", published="2021-06", by=editor)
    passage = quote_passage(taken.capture, WORDS, by=editor)
    made.told = record_statement(
        summary="They knew it for ten years",
        mode="direct",
        speaker=made.source,
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(passage, PRINTED, "said", [StepInput(actor=made.ministry, cue=f"asked {NAME}")])],
        by=editor,
    )
    revise(made.source, {"name": NAME}, by=editor, seen=1)
    twin = add_actor(name=f"{NAME} of the ministry", kind="person", by=editor)
    made.source.refresh_from_db()
    merge_actors(twin, into=made.source, by=editor, why=f"the same {NAME}", seen=1)
    made.source.refresh_from_db()
    revise(
        made.source,
        {"protection": "withheld", "public_label": LABEL},
        by=editor,
        seen=made.source.revision,
        why=f"{NAME} asked for it",
    )
    submit([made.told], by=editor, note=f"from {NAME}")
    made.taken = taken
    return made


def reader_of(group, *, named):
    user = member_of(group, f"{group}-{named}")
    if named:
        user.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    client = Client()
    client.force_login(user)
    return client


def told_by(response) -> set[str]:
    """Which parts of the name an answer tells, in its body, its headers and its cookies."""
    body = "" if response.streaming else response.content.decode()
    if response.headers.get("Content-Type") == "application/json":
        body = json.dumps(json.loads(body), ensure_ascii=False)
    text = f"{body} {response.headers} {response.cookies}".lower()
    return {one for one in TELLING if one in text}


def asked(made) -> list[str]:
    """Every address of the desk, and those of its pages that answer to words."""
    workspace = f"/admin/articles/article/{made.taken.article.pk}/workspace/"
    pick = "/admin/autocomplete/?app_label=claims&model_name=statement&field_name=speaker&term="
    more = [
        *(f"{pick}{term}" for term in ("", "clerk", NAME, "Kanar")),
        *(f"/admin/claims/{noun}/?q=clerk" for noun in ("actor", "statement")),
        f"{workspace}?statement={made.told.public_id}",
        f"{workspace}form/?statement={made.told.public_id}",
        f"{workspace}find/?what=speaker&q=",
        f"{workspace}before/?exact={WORDS}",
        f"/admin/claims/release/act/publish/?of={made.told.public_id}",
        f"/admin/claims/release/act/submit/?of={made.source.public_id}",
        f"/admin/claims/merge/two/actor/?of={made.source.public_id}&of={made.farmer.public_id}",
    ]
    return [address for _, address in addresses()] + more


def test_no_page_of_the_desk_tells_a_withheld_name_to_who_may_not_read_it(source):
    # A reviewer reaches every page of an editor, and the acts of publishing.
    client, told = reader_of("reviewer", named=False), {}
    for address in asked(source):
        if "logout" not in address:
            found = told_by(client.get(address))
            if found and not (NAME in address or "Kanar" in address):
                told[address] = found
    assert told == {}
    assert LABEL in client.get("/admin/claims/actor/").content.decode()


def test_whoever_may_read_withheld_names_finds_them_where_they_belong(source):
    client = reader_of("reviewer", named=True)
    where = {address for address in asked(source) if "logout" not in address and told_by(client.get(address))}
    identity = source.source.pk
    assert where >= {
        "/admin/claims/actor/",
        f"/admin/claims/actor/{identity}/change/",
        f"/admin/claims/actor/{identity}/history/",
        "/admin/claims/statement/",
        f"/admin/claims/statement/{source.told.pk}/change/",
        "/admin/claims/release/",
        "/admin/articles/trace/",
        "/admin/claims/merge/",
        f"/admin/articles/article/{source.taken.article.pk}/workspace/",
        "/admin/autocomplete/?app_label=claims&model_name=statement&field_name=speaker&term=Kanar",
    }


@pytest.mark.parametrize("guess", [NAME, "Kanar", "Зухра", FORMER])
def test_a_search_confirms_no_guess(source, guess):
    client = reader_of("editor", named=False)
    pick = {"app_label": "claims", "model_name": "statement", "field_name": "speaker", "term": guess}
    assert client.get("/admin/autocomplete/", pick).json()["results"] == []
    for noun in ("actor", "statement"):
        assert client.get(f"/admin/claims/{noun}/", {"q": guess}).context["cl"].result_count == 0
    assert client.get("/admin/claims/actor/", {"name__startswith": guess}).status_code in (302, 400)


def test_a_form_that_holds_marks_is_refused_and_overwrites_no_name(source):
    client = reader_of("editor", named=False)
    address = f"/admin/claims/actor/{source.source.pk}/change/"
    page = client.get(address).content.decode()
    assert f"[{MARK}{LABEL}]" in page
    refused = client.post(address, {"name": f"[{MARK}{LABEL}]", "kind": "person", "seen": source.source.revision})
    assert refused.status_code == 403
    assert "Nothing was changed" in refused.content.decode()
    assert Actor.objects.get(pk=source.source.pk).name == NAME


VEIL = Veil(
    {
        "kanareykazuhra": "a clerk",
        "zuhrakanareyka": "a clerk",
        "zukhrakanareyka": "a clerk",
        "kanareyka": "a clerk",
        "li": "a cook",
    }
)


@pytest.mark.parametrize(
    ("page", "veiled"),
    [
        ("<p>Zuhra <mark>Kanareyka</mark> said</p>", "<p>a clerk<mark></mark> said</p>"),
        ("<p>ЗУХРА-КАНАРЕЙКА’s</p>", "<p>a clerk’s</p>"),
        ("<p>Ms Kanareyka &amp; Li, lively</p>", "<p>Ms a clerk &amp; a cook, lively</p>"),
        ('<input class="li" name="li" value="Li">', f'<input class="li" name="li" value="[{MARK}a cook]">'),
        ("<textarea>\nof Li</textarea>", f"<textarea>\nof [{MARK}a cook]</textarea>"),
        ("<script>li()</script><li>x</li>", "<script>li()</script><li>x</li>"),
        (
            '<script id="x" type="application/json">{"who": "Li \\u003Cb\\u003E"}</script>',
            '<script id="x" type="application/json">{"who": "a cook \\u003Cb\\u003E"}</script>',
        ),
        ("<p>Zuhra Kanareyka</p><p>Zuhra Kanareyka</p>", "<p>a clerk</p><p>a clerk</p>"),
        ("<p>by Zuhra Kan…</p>", "<p>by a clerk...</p>"),
        ("<p>nobody &lt;here&gt; …</p>", "<p>nobody &lt;here&gt; …</p>"),
    ],
)
def test_a_label_stands_where_a_name_stood_and_all_else_stays(page, veiled):
    assert VEIL.over_html(page) == veiled


def test_what_somebody_typed_comes_back_as_they_typed_it():
    assert VEIL.over_html('<input value="Li">', sent={"Li"}) == '<input value="Li">'


def test_words_of_a_withheld_source_that_can_be_looked_up_are_told_before_publishing(source, reviewer_client, reviewer):
    [warned] = [one.sentence for one in plan([source.told], by=reviewer).warnings if "looks them up" in one.sentence]
    assert warned.startswith(f"“{WORDS}”: 14 words")
    page = reviewer_client.get(f"/admin/claims/release/act/publish/?of={source.told.public_id}").content.decode()
    assert "They knew it for ten years and told nobody at all" in page
    assert "Whoever looks them up" in page
    passage = quote_passage(source.taken.capture, "told nobody at all,", by=reviewer)
    short = record_statement(
        summary="Nobody was told",
        mode="direct",
        speaker=source.source,
        stances=[StanceInput(source.other_claim, "denies")],
        appearances=[AppearanceInput(passage, "", "said")],
        by=reviewer,
    )
    assert [one for one in plan([short], by=reviewer).warnings if "looks them up" in one.sentence] == []


def test_a_message_keeps_the_name_to_itself(source):
    client = reader_of("editor", named=False)
    posted = client.post("/admin/claims/release/act/submit/", {"of": source.source.public_id, "word": "ready"})
    assert posted.status_code == 302
    assert told_by(posted) == set()
    assert "messages" not in posted.cookies
    page = client.get("/admin/")
    assert told_by(page) == set()
    assert f"“{LABEL}” was" in page.content.decode()
