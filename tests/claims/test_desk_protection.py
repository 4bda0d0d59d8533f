"""Withheld names at the desk: every page, walked by somebody who may not read them and by somebody who may."""

import json
from dataclasses import dataclass

import pytest
from django import forms
from django.template import engines
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from articles.changes import quote_passage
from claims.changes import AppearanceInput, StanceInput, add_actor, record_statement
from claims.models import Actor, Merge, Statement
from claims.privacy import Person
from claims.privacy.redactor import MARK, Redactor
from claims.privacy.template_redaction import redact_variables
from claims.privacy.viewer import SentValues, Viewer, use_viewer
from claims.publishing import plan
from tests.desk import posted
from tests.desk_addresses import addresses
from tests.withheld import FORMER, LABEL, NAME, PRINTED, TELLING, WORDS, reader_of, told_by, withheld_source


@pytest.fixture
def source(editor):
    return withheld_source(editor)


def asked(made) -> list[str]:
    """Every address of the desk, and those of its pages that answer to words."""
    return [address for _, address in addresses()] + searched(made)


def searched(made) -> list[str]:
    workspace = f"/admin/articles/article/{made.taken.article.pk}/workspace/"
    pick = "/admin/autocomplete/?app_label=claims&model_name=statement&field_name=speaker&term="
    return [
        *(f"{pick}{term}" for term in ("", "clerk", NAME, "Kanar")),
        *(f"/admin/claims/{noun}/?q=clerk" for noun in ("actor", "statement")),
        f"{workspace}?statement={made.told.public_id}",
        f"{workspace}form/?statement={made.told.public_id}",
        f"{workspace}find/?what=speaker&q=",
        f"{workspace}duplicates/?speaker={made.source.public_id}&claim={made.told.stances.get().claim.public_id}",
        f"/admin/claims/release/action/publish/?of={made.told.public_id}",
        f"/admin/claims/release/action/submit/?of={made.source.public_id}",
    ]


def test_what_is_searched_answers(source):
    client = reader_of("reviewer", named=False)
    statuses = {address: client.get(address).status_code for address in searched(source)}
    assert set(statuses.values()) == {200}, statuses


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


SENDING = {"word": "", "why": "", "act": "record", "exact": WORDS, "seen": "1", "over": "1", "mode": "nothing"}


def sent_to(client, address) -> dict:
    """What somebody would post to an address: what its form holds where there is one, and things that are refused."""
    page = client.get(address)
    held = posted(page) if page.context and "adminform" in page.context and "act" in page.context else {}
    # What the page itself holds stands there as a mark, and a post with a mark is refused: tried above.
    sent = {name: value for name, value in held.items() if not any(one in str(value).lower() for one in TELLING)}
    identities = [one.public_id for one in (*Statement.objects.all()[:1], *Actor.objects.order_by("-pk")[:1])]
    return {"of": identities} | sent | SENDING


@pytest.mark.any_database
@pytest.mark.parametrize(("group", "where"), [("reviewer", "/admin/"), ("editor", "/admin/claims/release/")])
def test_no_post_to_the_desk_is_answered_with_a_withheld_name(source, group, where):
    """A reviewer is answered all that an editor is, but for what is refused: the acts of publishing."""
    client, told, answered = reader_of(group, named=False), {}, set()
    for address in asked(source):
        if not address.startswith(where) or "logout" in address or "password" in address:
            continue
        sent = sent_to(client, address)
        for script in ({}, {"X-Workspace": "1"}) if "/workspace/" in address else ({},):
            response = client.post(address, sent, headers=script, follow=True)
            answered.add(response.status_code)
            # The words of the passage come back in the field in which they were sent.
            body = response.content.decode()
            response.content = body.replace(escape(WORDS), "").replace(json.dumps(WORDS)[1:-1], "")
            if told_by(response):
                told[address] = told_by(response)
    assert told == {}
    assert answered >= ({200, 400, 403, 409} if group == "reviewer" else {200, 403})


@pytest.mark.any_database
def test_whoever_may_read_withheld_names_finds_them_where_they_belong(source):
    client = reader_of("reviewer", named=True)
    identity = source.source.pk
    expected = {
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
    assert expected <= set(asked(source))
    assert [address for address in expected if not told_by(client.get(address))] == []


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
    address = f"/admin/claims/statement/{source.told.pk}/change/"
    response = client.get(address)
    assert f"[{MARK}{LABEL}]" in response.content.decode()
    data = posted(response) | {"appearances-0-printed_name": f"[{MARK}{LABEL}]", "role": "clerk"}
    refused = client.post(address, data)
    assert refused.status_code == 403
    assert "Nothing was changed" in refused.content.decode()
    [appearance] = source.told.appearances.all()
    assert appearance.printed_name == PRINTED


def test_a_name_that_is_not_sent_back_at_all_is_not_wiped_out_either(source):
    client = reader_of("editor", named=False)
    address = f"/admin/claims/statement/{source.told.pk}/change/"
    held = posted(client.get(address)) | {"role": "clerk"}
    gone = {name: "" if PRINTED in str(value) or NAME in str(value) else value for name, value in held.items()}
    blind = client.post(address, gone | {"appearances-0-exact": "told nobody at all,", "appearances-0-passage": ""})
    assert "a name that is withheld from you" in blind.content.decode()
    workspace = f"/admin/articles/article/{source.taken.article.pk}/workspace/"
    [appearance] = source.told.appearances.all()
    data = {"statement": source.told.public_id, "passage": appearance.passage_id, "seen": source.told.revision}
    data |= {"exact": "told nobody at all,", "speaker": LABEL, "summary": "They knew", "mode": "direct"}
    data |= {"stances-TOTAL_FORMS": "0", "stances-INITIAL_FORMS": "0"}
    assert "a name that is withheld from you" in client.post(workspace, data).content.decode()
    appearance.refresh_from_db()
    assert (appearance.printed_name, appearance.passage.exact) == (PRINTED, WORDS)


def test_a_withheld_actor_is_changed_and_unveiled_only_by_who_may_read_its_name(source):
    address = f"/admin/claims/actor/{source.source.pk}/change/"
    data = {"name": "Somebody else", "kind": "person", "protection": "named", "public_label": "", "seen": "9"}
    data |= {f"{name}-{part}": "0" for name in ("names", "identifiers") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    page = reader_of("editor", named=False).get(address)
    assert 'name="protection"' not in page.content.decode()
    assert reader_of("editor", named=False).post(address, data).status_code == 403
    stands = Actor.objects.get(pk=source.source.pk)
    assert (stands.name, stands.protection) == (NAME, "withheld")
    client = reader_of("editor", named=True)
    saved = client.post(address, posted(client.get(address)) | {"description": "A clerk."})
    assert (saved.status_code, Actor.objects.get(pk=source.source.pk).description) == (302, "A clerk.")


def test_a_withheld_actor_is_merged_and_parted_only_by_who_may_read_its_name(source, editor):
    other = add_actor(name="Zhanar Two", kind="person", protection="withheld", public_label="a cook", by=editor)
    two = {"of": [source.source.public_id, other.public_id], "kept": source.source.public_id, "why": "a guess"}
    two |= {f"seen-{one.public_id}": one.revision for one in (source.source, other)}
    [merge] = Merge.objects.all()
    client = reader_of("editor", named=False)
    assert client.get("/admin/claims/merge/new/actor/", two).status_code == 403
    assert client.post("/admin/claims/merge/new/actor/", two).status_code == 403
    assert client.post(f"/admin/claims/merge/{merge.pk}/undo/", {"why": "a guess"}).status_code == 403
    assert "/undo/" not in client.get(f"/admin/claims/merge/{merge.pk}/change/").content.decode()
    assert Merge.objects.get().undone_at is None
    client = reader_of("editor", named=True)
    assert client.post(f"/admin/claims/merge/{merge.pk}/undo/", {"why": "they are two"}).status_code == 302
    assert Merge.objects.get().undone_at is not None


REDACTOR = Redactor(
    [
        Person("a clerk", ("Zuhra Kanareyka", "Зухра Канарейка"), frozenset({"kanareyka"})),
        Person("a cook", ("Li",)),
    ]
)


@dataclass(frozen=True)
class Piece:
    text: str
    kind: str = "same"


class LiForm(forms.Form):
    li = forms.CharField(label="Who")
    pick = forms.ChoiceField(choices=[("Li", "of Li")])
    told = forms.CharField(widget=forms.Textarea, label="What Li told")


def shown(source, *, sent=None, **context) -> str:
    """What a template of the desk makes of the context for somebody who may not see the names."""
    template = engines["django"].from_string(source) if "{" in source else get_template(source)
    redact_variables(template.template.nodelist)
    with use_viewer(Viewer(REDACTOR, sent or SentValues({}))):
        return template.render(context)


@pytest.mark.parametrize(
    ("source", "value", "redacted"),
    [
        (
            "<b id='x-{{ value }}' class=\"{{ value }}\" title='{{ value }}'>",
            "li",
            "<b id='x-li' class=\"li\" title='a cook'>",
        ),
        ("<p>{{ value }}</p>", "ЗУХРА-КАНАРЕЙКА’s", "<p>a clerk’s</p>"),
        ("<p>{{ value }}</p>", "Ms Kanareyka & Li, lively", "<p>a clerk &amp; a cook, lively</p>"),
        ("<li>{{ value.0 }} {{ value.kept.0 }}", {0: "Li", "kept": [b"Li"]}, "<li>a cook b&#x27;a cook&#x27;"),
        ("{{ value|truncatechars:12 }}", "by Zuhra Kanareyka", "by a clerk"),
        ("{{ value }}", "by Zuhra Kan…", "by a clerk..."),
        ("{{ value|linebreaksbr }}", "Zuhra\nKanareyka", "a clerk"),
        ("{{ value|join:'; ' }}", ["Li", "<b>"], "a cook; &lt;b&gt;"),
        ("{{ value.0|default:value.1 }}", ["", "Li"], "a cook"),
        ("{% if value == 'Li' %}{{ value|length }}{% endif %}", "Li", "6"),
        ("{{ value }}", "nobody <here> …", "nobody &lt;here&gt; …"),
        ("{{ value }}", mark_safe("<li>li</li>"), "<li>li</li>"),
        ("<input value='{{ value|control_value:\"li\" }}'>", "Li", f"<input value='[{MARK}a cook]'>"),
        ("{{ value|safe }}", json.dumps({"of": ["Зухра Канарейка", 1]}), '{"of": ["a clerk", 1]}'),
        ("{{ value|safe }}", "[Li", "[a cook"),
        ("{{ value|as_typed }}", "Li & Lo", "Li &amp; Lo"),
        ("<a href='{{ value }}'>", "/li/?q=Li&p=2", f"<a href='/[{MARK}a cook]/?q=[{MARK}a cook]&amp;p=2'>"),
    ],
)
def test_a_label_stands_where_a_name_stood_and_all_else_stays(source, value, redacted):
    assert shown(source, value=value) == redacted


def test_a_name_is_found_across_what_a_passage_or_a_difference_marks():
    marked = "{% for piece in value|pieces %}<mark>{{ piece.text }}</mark>{% endfor %}"
    assert shown(marked, value=[Piece("Zuhra Kanar"), Piece("eyka said")]) == "<mark>a clerk</mark><mark> said</mark>"
    difference = [Piece("by Zuhra "), Piece("Kanareyka ", "only here"), Piece("Kanareyka, ", "only there"), Piece("X")]
    page = shown("admin/desk/_difference.html", stretches=difference, here="then", there="now")
    assert "anareyka" not in page
    assert page.startswith("by a clerk")


def test_a_form_holds_marks_and_shows_labels():
    form = LiForm(initial={"li": "Li", "pick": "Li", "told": "of Li"})
    page = shown("{{ form.as_p }}{{ form.li.label_tag }}", form=form)
    for part in (
        f'value="[{MARK}a cook]"',
        f">\nof [{MARK}a cook]</textarea>",
        ">of a cook</option>",
        'name="li"',
        'id="id_li"',
        'for="id_li"',
    ):
        assert part in page
    assert "Li" not in page.replace("What Li told", "")


def test_what_somebody_typed_comes_back_as_they_typed_it():
    sent = SentValues({"li": ["Li"], "told": ["Li"]}, posted=True)
    page = shown("{{ form.li }}{{ form.told }}", form=LiForm({"li": "Li", "told": "Li"}), sent=sent)
    assert 'value="Li"' in page and ">\nLi</textarea>" in page
    assert shown("<a href='{{ value }}'>", value="?li=Li&p=2", sent=sent) == "<a href='?li=Li&amp;p=2'>"
    # Not where it may be what stands in the database: that would confirm a guess.
    assert "Li" not in shown("{{ form.li }}", form=LiForm(initial={"li": "Li"}), sent=SentValues({"why": ["Li"]}))
    # And not in a sentence, whether it is somebody's name or not.
    for typed in ("Li", "Lo"):
        told = shown("<li>{{ value }}", value=f"There is no “{typed}”.", sent=SentValues({"cue": [typed]}, posted=True))
        assert told == "<li>There is no “…”."


def test_words_of_a_withheld_source_that_can_be_looked_up_are_told_before_publishing(source, reviewer_client, reviewer):
    [warned] = [
        one.sentence for one in plan([source.told], by=reviewer).warnings if "Searching for them" in one.sentence
    ]
    assert warned.startswith(f"“{WORDS}”: 14 words")
    page = reviewer_client.get(f"/admin/claims/release/action/publish/?of={source.told.public_id}").content.decode()
    assert "They knew it for ten years and told nobody at all" in page
    assert "Searching for them" in page
    passage = quote_passage(source.taken, "told nobody at all,", by=reviewer)
    short = record_statement(
        summary="Nobody was told",
        mode="direct",
        speaker=source.source,
        stances=[StanceInput(source.other_claim, "denies")],
        appearances=[AppearanceInput(passage, "", "said")],
        by=reviewer,
    )
    assert [one for one in plan([short], by=reviewer).warnings if "Searching for them" in one.sentence] == []


def test_a_message_keeps_the_name_to_itself(source):
    client = reader_of("editor", named=False)
    posted = client.post("/admin/claims/release/action/submit/", {"of": source.source.public_id, "word": "ready"})
    assert posted.status_code == 302
    assert told_by(posted) == set()
    assert "messages" not in posted.cookies
    page = client.get("/admin/")
    assert told_by(page) == set()
    assert f"“{LABEL}” was" in page.content.decode()
