"""Whatever the desk refuses comes back at its field, or in a sentence on top, with all that was typed."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Trace
from claims.changes import record_framing
from tests.claims.test_admin_statement import typed as typed_statement
from tests.claims.test_workspace_page import address as workspace_of
from tests.claims.test_workspace_page import typed as typed_in_workspace
from tests.controls import Controls
from tests.desk import matter, posted

pytestmark = pytest.mark.any_database

LONG = "x" * 501
# page, what is typed into it, the field or the list at which it is refused ("" for on top), the sentence
CASES = [
    ("actor", {"protection": "withheld"}, "public_label", "public label"),
    ("actor", {"protection": "withheld", "public_label": "Mr Asel Bek"}, "public_label", "reveals the withheld name"),
    ("actor", {"kind": "unnamed"}, "reported_in", "reports this unnamed source"),
    ("actor", {"reported_in": "article"}, "reported_in", "Only an unnamed source"),
    ("actor", {"name": ""}, "name", "required"),
    ("actor", {"names-1-language": "ru"}, "names-1-name", "required"),
    ("actor", {"identifiers-0-register": "viaf"}, "identifiers-0-value", "required"),
    ("actor", {"slug": "ministry-of-water"}, "slug", "already"),
    ("actor", {"why": LONG}, "", "at most 500"),
    ("actor add", {"protection": "withheld"}, "public_label", "public label"),
    ("actor add", {"identifiers-0-register": "wikidata", "identifiers-0-value": "Q17"}, "identifiers", "already has"),
    ("claim", {"unit": ""}, "unit", "A figure needs a unit"),
    ("claim", {"lower": "9000"}, "lower", ""),
    ("claim", {"amount": "many"}, "amount", "Enter a number"),
    ("claim", {"kind": "fact"}, "amount", "Only a figure"),
    ("claim", {"language": "English, please"}, "language", "language"),
    ("claim", {"as_of": "2021-13"}, "as_of", "calendar"),
    ("claim", {"relations-0-kind": "narrows", "relations-0-other": "claim"}, "relations", "related to itself"),
    ("claim", {"relations-0-kind": "narrows"}, "relations-0-other", "required"),
    ("claim", {"slug": "the-villagers-were-asked"}, "slug", "already"),
    ("question", {"title": "Was anybody asked?"}, "title", "already"),
    ("question", {"position": "-1"}, "position", "greater than or equal"),
    ("question", {"title": "a\u202eb"}, "title", ""),
    ("outlet", {"homepage": "javascript:alert(1)"}, "homepage", "valid URL"),
    ("outlet", {"name": "Mountain Press Agency"}, "name", "already"),
    ("outlet add", {"name": ""}, "name", "required"),
    ("article", {"url": "javascript:alert(1)"}, "url", "valid URL"),
    ("article", {"published": "2021-13"}, "published", "calendar"),
    ("article", {"derived_from": "article", "derivation": "edited"}, "derived_from", "derives from"),
    ("article", {"outlet": "agency"}, "outlet", "chain"),
    ("statement", {"speaker": "", "speaker_label": ""}, "speaker_label", "needs a label"),
    ("statement", {"said_on": "2021-13"}, "said_on", "calendar"),
    ("statement", {"language": "no tag"}, "language", "language"),
    ("statement", {"summary": ""}, "summary", "required"),
    ("statement", {"stances-1-claim": "claim", "stances-1-kind": "denies"}, "stances", "given twice"),
    ("statement", {"stances-1-claim": "claim"}, "stances-1-kind", "required"),
    ("statement", {"appearances-0-exact": "nobody at all"}, "appearances-0-exact", "do not occur"),
    ("statement", {"appearances-0-chain": "relays: Ministry of Wind"}, "appearances-0-chain", "no actor or outlet"),
    ("statement", {"appearances-0-chain": "relays: Valley Herald"}, "appearances", "printed the article itself"),
    ("statement add", {"appearances-0-exact": "Nobody was asked"}, "appearances-0-exact", "2 times"),
    ("statement add", {"mode": ""}, "mode", "required"),
    ("appearance", {"steps-0-label": "a clerk"}, "steps", "exactly one"),
    ("appearance", {"steps-0-outlet": "outlet"}, "steps", "printed the article itself"),
    ("framing", {"words": "words that nobody printed"}, "words", ""),
    ("framing add", {"article": "article", "claim": "claim", "part": "headline", "treatment": "relays"},
     "claim", "already"),
    ("passage add", {"capture": "capture", "exact": "nobody at all"}, "exact", "do not occur"),
]  # fmt: skip


@pytest.fixture
def made(editor):
    from claims.changes import IdentifierInput, add_question, revise

    made = matter(editor)
    revise(made.ministry, {}, by=editor, seen=1, identifiers=[IdentifierInput("wikidata", "Q17")])
    add_question(title="Was anybody asked?", by=editor)
    record_framing(
        made.article, claim=made.claim, part="headline", treatment="relays", words="dam will flood", by=editor
    )
    made.framing = made.article.framings.get()
    made.appearance = made.statement.appearances.get()
    return made


def address_of(made, name):
    model, _, adding = name.partition(" ")
    room = "articles" if model in ("outlet", "article", "passage") else "claims"
    obj = None if adding else {"actor": made.farmer}.get(model) or getattr(made, model)
    return f"/admin/{room}/{model}/" + ("add/" if adding else f"{obj.pk}/change/")


def typed(client, made, name, values):
    """What the form posts with `values` typed into it; the name of something in the matter stands for its key."""
    page = client.get(address_of(made, name))
    known = {one: getattr(made, one).pk for one in ("article", "agency", "claim", "outlet", "capture")}
    values = {field: known.get(value, value) for field, value in values.items()}
    if name == "statement add":
        return typed_statement(page, made, **values)
    if name == "actor add":
        values = {"name": "Bolot Aziz", "kind": "person", "description": "a clerk", **values}
    if name == "outlet add":
        values = {"kind": "newspaper", "owner": "nobody", **values}
    return posted(page) | ({} if name.endswith(" add") else {"why": "a reason"}) | values


def said_at(response, field):
    """The sentences at a field, at a list, or on top."""
    if field == "":
        return response.context["adminform"].form.non_field_errors()
    formsets = [one.formset for one in response.context["inline_admin_formsets"]]
    for formset in formsets:
        if field == formset.prefix:
            return formset.non_form_errors()
        for form in formset.forms:
            if field.startswith(f"{form.prefix}-"):
                return form.errors.get(field.removeprefix(f"{form.prefix}-"), [])
    return response.context["adminform"].form.errors.get(field, [])


@pytest.mark.parametrize(("name", "values", "field", "sentence"), CASES)
def test_a_refusal_stands_at_its_field_and_everything_typed_is_there_to_go_on_with(
    editor, editor_client, made, name, values, field, sentence
):
    data = typed(editor_client, made, name, values)
    traces = Trace.objects.count()
    refused = editor_client.post(address_of(made, name), data)
    assert refused.status_code == 200
    assert any(sentence in one for one in said_at(refused, field)), refused.context["errors"]
    assert Trace.objects.count() == traces
    page = refused.content.decode()
    for one in said_at(refused, field):
        assert html.escape(one, quote=False) in page or html.escape(one) in page
    controls = Controls(page)
    assert "_save" in controls.buttons or "Save" in controls.buttons
    lost = {key: value for key, value in data.items() if value not in ("", None) and not controls.holds(key, value)}
    assert lost == {}


def test_what_is_typed_is_no_reason_to_show_the_page_to_look_at_only(editor, editor_client, made):
    """The name of the farmer is to be withheld by somebody who may not read withheld names: until it is, they may."""
    address = address_of(made, "actor")
    data = typed(editor_client, made, "actor", {"protection": "withheld"})
    refused = editor_client.post(address, data)
    again = Controls(refused.content.decode())
    assert again.holds("protection", "withheld") and again.holds("name", "Asel Bek")
    saved = editor_client.post(address, data | {"public_label": "a farmer of the valley"})
    assert saved.status_code == 302
    made.farmer.refresh_from_db()
    assert (made.farmer.protection, made.farmer.public_label) == ("withheld", "a farmer of the valley")
    assert "name" not in Controls(editor_client.get(address).content.decode()).values


@pytest.mark.parametrize("script", [{}, {"x-workspace": "1"}], ids=["without a script", "with it"])
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"said_on": "2021-13"}, "calendar"),
        ({"exact": "nobody at all"}, "are not in the text"),
        ({"speaker": "Asel Beck"}, "is recorded: correct the name"),
        ({"chain": "relays: Valley Herald"}, "printed the article itself"),
        ({"stances-0-claim": "The villagers agreed."}, "No such claim is recorded"),
        ({"speaker": "a source", "speaker_new": "unnamed", "chain": "relays: nobody at all"}, "no actor or outlet"),
    ],
)
def test_the_workspace_keeps_what_was_typed_too(editor, editor_client, made, values, sentence, script):
    data = typed_in_workspace(made, venue="at the market", role="a farmer", printed_name="Asel Bek", **values)
    refused = editor_client.post(workspace_of(made), data, headers=script)
    page = html.unescape(refused.content.decode())
    assert refused.status_code == 400 and sentence in page
    controls = Controls(page)
    assert "record" in controls.buttons
    data = {key: value for key, value in data.items() if key not in ("act", "stances-INITIAL_FORMS")}
    assert {key: value for key, value in data.items() if not controls.holds(key, value)} == {}


def test_a_table_that_is_refused_comes_back_to_be_corrected_where_it_stands(editor, editor_client, made):
    address = "/admin/claims/statement/import/"
    rows = (
        "article,exact,speaker,summary,mode\n"
        "River dam will flood three villages,nobody at all,Asel Bek,Nobody asked,direct\n"
    )
    file = SimpleUploadedFile("rows.csv", rows.encode())
    refused = Controls(editor_client.post(address, {"file": file}).content.decode())
    assert refused.holds("pasted", rows) and refused.holds("of_file", "True")
    broken = SimpleUploadedFile("rows.csv", rows.replace("speaker", "spoken").encode())
    page = editor_client.post(address, {"file": broken}).content.decode()
    assert "spoken" in page and Controls(page).holds("pasted", rows.replace("speaker", "spoken"))
    # Another file is chosen: it counts, and not what came back of the first.
    better = SimpleUploadedFile("rows.csv", rows.replace("nobody at all", '"“Nobody was asked,”"').encode())
    shown = editor_client.post(address, {"file": better, "pasted": rows, "of_file": "True"})
    assert "rows" in Controls(shown.content.decode()).values


def test_a_table_of_another_kind_comes_back_as_csv(editor, editor_client, made):
    file = SimpleUploadedFile("rows.json", b'[{"exact": "nobody at all, \\"here\\"", "mode": "indirect"}]')
    refused = Controls(editor_client.post("/admin/claims/statement/import/", {"file": file}).content.decode())
    assert refused.holds("pasted", 'exact,mode\n"nobody at all, ""here""",indirect\n')
