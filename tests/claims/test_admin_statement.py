"""The page of a statement: words are pasted and found, a chain is typed in lines, a refusal stands at its field."""

import pytest

from articles.ingest import take_in
from articles.models import Passage
from articles.tracked_changes import Refusal
from claims.changes import StepInput, add_actor
from claims.changes.typed_chains import read_chain, write_chain
from claims.models import Statement
from tests.desk import TEXT, matter, posted

pytestmark = pytest.mark.any_database

ADD = "/admin/claims/statement/add/"


def typed(page, made, **values):
    """A new statement with one appearance, as an editor fills it in."""
    return posted(page) | {
        "speaker": made.farmer.pk,
        "summary": "Nobody asked the villagers",
        "mode": "direct",
        "said_on": "2021-05",
        "stances-0-claim": made.other_claim.pk,
        "stances-0-kind": "denies",
        "appearances-0-capture": made.capture.pk,
        "appearances-0-exact": "“Nobody was asked,”",
        "appearances-0-printed_name": "Asel Bek",
        "appearances-0-cue": "said",
        **values,
    }


def test_words_pasted_from_an_article_become_a_passage(editor, editor_client):
    made = matter(editor)
    saved = editor_client.post(ADD, typed(editor_client.get(ADD), made))
    assert saved.status_code == 302, saved.context["errors"]
    statement = Statement.objects.get(speaker=made.farmer)
    passage = statement.appearances.get().passage
    assert made.capture.text[passage.start : passage.end] == passage.exact == "“Nobody was asked,”"
    assert [(one.claim, one.kind) for one in statement.stances.all()] == [(made.other_claim, "denies")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("everybody was asked", "do not occur"), ("Nobody was asked", "2 times")],
)
def test_words_that_are_not_there_exactly_once_are_refused_with_their_count(editor, editor_client, words, sentence):
    made = matter(editor)
    data = typed(editor_client.get(ADD), made, **{"appearances-0-exact": words})
    refused = editor_client.post(ADD, data)
    assert refused.status_code == 200
    formset = next(
        one.formset for one in refused.context["inline_admin_formsets"] if one.formset.prefix == "appearances"
    )
    assert list(formset.errors[0]) == ["exact"]
    assert sentence in formset.errors[0]["exact"][0]
    assert formset.forms[0]["exact"].value() == words
    assert (Statement.objects.count(), Passage.objects.count()) == (1, 1)


def test_words_before_choose_between_two_places(editor, editor_client):
    made = matter(editor)
    values = {"appearances-0-exact": "Nobody was asked", "appearances-0-prefix": "did not answer questions."}
    values["mode"] = "indirect"  # the second place is not between marks
    assert editor_client.post(ADD, typed(editor_client.get(ADD), made, **values)).status_code == 302
    passage = Statement.objects.get(speaker=made.farmer).appearances.get().passage
    assert made.capture.text[passage.end :].startswith(" twice")


def test_a_refused_second_appearance_undoes_the_passage_of_the_first(editor, editor_client):
    """The chain of the second names the outlet that prints it, which only the verb knows to refuse."""
    made = matter(editor)
    values = {"appearances-0-chain": "relays: Valley Herald"}
    refused = editor_client.post(ADD, typed(editor_client.get(ADD), made, **values))
    assert refused.status_code == 200
    assert "printed the article itself" in refused.content.decode()
    assert Passage.objects.count() == 1


def test_a_removed_row_and_an_empty_row_are_no_rows(editor, editor_client):
    made = matter(editor)
    address = f"/admin/claims/statement/{made.statement.pk}/change/"
    data = posted(editor_client.get(address)) | {"stances-0-DELETE": "on"}
    assert editor_client.post(address, data).status_code == 302
    assert not made.statement.stances.exists()
    assert made.statement.appearances.count() == 1


def test_a_passage_moved_to_a_fuller_text_meanwhile_stays_the_same_passage(editor, editor_client):
    made = matter(editor)
    address = f"/admin/claims/statement/{made.statement.pk}/change/"
    tab = posted(editor_client.get(address))
    fuller = TEXT.replace("said on Monday that", "wrote in a long letter that")
    taken = take_in(text=fuller, outlet=made.outlet, article=made.article, by=editor)
    assert [one.exact for one in taken.reanchored_passages] == ["about 4,000 people must move"]
    assert editor_client.post(address, tab | {"role": "spokesman"}).status_code == 302
    assert Passage.objects.count() == 1
    assert made.statement.appearances.get().passage.capture == taken.capture


def test_impossible_dates_and_missing_speakers_are_told_at_their_fields(editor, editor_client):
    made = matter(editor)
    page = editor_client.get(ADD)
    refused = editor_client.post(ADD, typed(page, made, said_on="2019-13-40"))
    assert refused.context["adminform"].form.errors == {"said_on": ["“2019-13-40” is not in the calendar."]}
    refused = editor_client.post(ADD, typed(page, made, speaker=""))
    assert list(refused.context["adminform"].form.errors) == ["speaker_label"]


def test_a_chain_is_read_back_as_it_is_written(editor):
    made = matter(editor)
    add_actor(name="Asel Bek", kind="person", by=editor)
    lines = [
        "relays: Mountain Press Agency | according to",
        f"cites: Asel Bek #{made.farmer.public_id}",
        "says: “a local official” | told",
    ]
    steps = read_chain("\n".join(lines) + "\n\n", named=True)
    assert steps == [
        StepInput("relays", outlet=made.agency, cue="according to"),
        StepInput("cites", actor=made.farmer),
        StepInput("says", label="a local official", cue="told"),
    ]
    assert write_chain(steps, named=True) == "\n".join(lines)


def test_a_chain_finds_actors_in_any_script_and_without_a_relation(editor):
    made = matter(editor)
    assert read_chain("министерство воды", named=True) == [StepInput("relays", actor=made.ministry)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("relays: Ministry of Wind", "Line 1: there is no actor or outlet called “Ministry of Wind”"),
        ("cites: Asel Bek", "Line 1: there are several called “Asel Bek”"),
        ("relays: #aaaaaaaaaaaa", "Line 1: there is no actor"),
        ("|||", "Line 1: there is no actor"),
    ],
)
def test_a_chain_that_names_nobody_known_is_refused_with_its_line(editor, line, sentence):
    matter(editor)
    add_actor(name="Asel Bek", kind="person", by=editor)
    with pytest.raises(Refusal) as refused:
        read_chain(line, named=True)
    assert refused.value.sentence.startswith(sentence)


def test_an_unknown_name_in_a_chain_is_told_at_its_field(editor, editor_client):
    made = matter(editor)
    data = typed(editor_client.get(ADD), made, **{"appearances-0-chain": "relays: Ministry of Wind"})
    refused = editor_client.post(ADD, data)
    formset = next(
        one.formset for one in refused.context["inline_admin_formsets"] if one.formset.prefix == "appearances"
    )
    assert list(formset.errors[0]) == ["chain"]
    assert formset.forms[0]["chain"].value() == "relays: Ministry of Wind"
