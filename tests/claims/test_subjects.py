"""What claims are about: actors, places and other things; at the desk, in public, merged, withheld and erased."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.models import Trace
from articles.tracked_changes import Refusal
from claims.changes import SubjectInput, add_actor, merge_actors, merge_claims, revise, undo_merge
from claims.erasure.erase import erase_name
from claims.models import Claim, ClaimSubject
from claims.publishing import plan, publish, undo_withdrawal, withdraw
from claims.publishing.documents import document_of
from record.documents import decode, encode
from record.models import Publication
from tests.desk import matter, posted

pytestmark = pytest.mark.django_db

VALLEY = SubjectInput("place", None, "Sary Valley", "en", "kk-cyrl: Сарыдала\n\n: Sarydala")
NAME = "Zuhra Kanareyka"


@pytest.fixture
def desk(editor):
    return matter(editor)


def about(claim, *subjects, by, **values):
    """The claim, which is about these from now on."""
    return revise(claim, values, subjects=list(subjects), by=by, seen=None)


def subject_names(claim):
    return [str(subject) for subject in claim.subjects.order_by("pk")]


def public(obj):
    return decode(Publication.objects.get(public_id=obj.public_id, superseded_by=None).document)


def test_a_claim_is_about_actors_and_about_things_under_all_their_names(desk, editor):
    claim = about(desk.other_claim, SubjectInput(actor=desk.farmer), VALLEY, by=editor)
    document = document_of(claim, named={desk.farmer.public_id})
    assert [(subject.kind, subject.actor) for subject in document.subjects] == [
        ("actor", desk.farmer.public_id),
        ("place", None),
    ]
    assert [(name.text, name.language) for name in document.subjects[1].names] == [
        ("Sary Valley", "en"),
        ("Сарыдала", "kk-Cyrl"),
        ("Sarydala", ""),
    ]
    trace = Trace.objects.filter(public_id=claim.public_id).first()
    assert trace.changes["subjects"] == [
        [],
        ["Asel Bek", "place “Sary Valley” · en · kk-Cyrl: Сарыдала · : Sarydala"],
    ]
    assert '"subjects"' not in encode(document_of(desk.claim))


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        (SubjectInput(), "Choose an actor"),
        (SubjectInput("place"), "needs a name"),
        (SubjectInput("place", None, "Valley", "english"), "is not a language tag"),
        (SubjectInput("other", None, "Valley", "en", "Сарыдала"), "Write the language of a name in front of it"),
        (SubjectInput("other", None, "Valley", "en", f"ru: {'a' * 201}"), "200 characters at most"),
        (SubjectInput("other", None, "Val\u202eley"), "direction"),
    ],
)
def test_what_is_neither_an_actor_nor_a_name_is_refused(desk, editor, subject, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        about(desk.claim, subject, by=editor)
    assert refused.value.field == "subjects"
    with pytest.raises(Refusal, match="twice"):
        about(desk.claim, VALLEY, VALLEY, by=editor)
    with pytest.raises(Refusal, match="its own names"):
        about(desk.claim, SubjectInput(actor=desk.farmer, other_names="en: Bek"), by=editor)
    assert not ClaimSubject.objects.exists()


def test_whom_a_claim_is_about_is_published_with_it_and_leaves_it_when_withdrawn(desk, editor, reviewer):
    claim = about(desk.other_claim, SubjectInput(actor=desk.farmer), VALLEY, by=editor)
    made = plan([claim], by=reviewer)
    assert [entry.kind for entry in made.planned_documents] == ["question", "claim", "actor"]
    publish([claim], by=reviewer, reason="A start.")
    withdraw([desk.farmer], by=reviewer, reason="She asked for it.")
    assert [subject.kind for subject in public(claim).subjects] == ["place"]
    assert plan([claim], by=reviewer).planned_documents == []
    undo_withdrawal([desk.farmer], by=reviewer, reason="She agreed.")
    assert [subject.kind for subject in public(claim).subjects] == ["actor", "place"]


def test_merging_actors_moves_what_is_said_of_them_and_back(desk, editor):
    twin = add_actor(name="A. Bek", kind="person", by=editor)
    both = about(desk.claim, SubjectInput(actor=twin), SubjectInput(actor=desk.farmer), by=editor)
    one = about(desk.other_claim, SubjectInput(actor=twin), VALLEY, by=editor)
    merge = merge_actors(twin, into=desk.farmer, by=editor, why="The same.", seen=1)
    assert (subject_names(both), subject_names(one)) == (["Asel Bek"], ["Asel Bek", "Sary Valley"])
    assert Claim.objects.get(pk=one.pk).revision == one.revision + 1
    with pytest.raises(Refusal, match="was merged into “Asel Bek”"):
        about(one, SubjectInput(actor=twin), by=editor)
    undo_merge(merge, by=editor)
    assert (sorted(subject_names(both)), subject_names(one)) == (["A. Bek", "Asel Bek"], ["A. Bek", "Sary Valley"])


def test_merging_claims_unites_what_they_are_about_and_back(desk, editor):
    twin = about(desk.other_claim, VALLEY, SubjectInput(actor=desk.farmer), by=editor, kind="fact")
    kept = revise(
        desk.claim,
        dict.fromkeys(("amount", "lower", "upper")) | {"kind": "fact", "unit": "", "counted": "", "modifier": ""},
        subjects=[VALLEY],
        by=editor,
        seen=None,
    )
    merge = merge_claims(twin, into=kept, by=editor, why="The same.", seen=twin.revision)
    assert (subject_names(twin), sorted(subject_names(kept))) == ([], ["Asel Bek", "Sary Valley"])
    undo_merge(merge, by=editor)
    assert (sorted(subject_names(twin)), subject_names(kept)) == (["Asel Bek", "Sary Valley"], ["Sary Valley"])


def test_a_withheld_name_among_the_names_of_a_thing_is_refused(desk, editor, reviewer):
    add_actor(name=NAME, kind="person", protection="withheld", public_label="a clerk", by=editor)
    claim = about(desk.other_claim, SubjectInput("other", None, "The case", "en", f"en: Case of {NAME}"), by=editor)
    (refusal,) = plan([claim], by=reviewer).refusals
    assert refusal.field == "subjects"
    assert "reveals a withheld name (that of “a clerk”) in its subjects names" in refusal.sentence


def test_an_erased_name_goes_out_of_what_claims_are_about(desk, editor, reviewer, settings, tmp_path, monkeypatch):
    settings.STATE_DIR = tmp_path
    clerk = add_actor(name=NAME, kind="person", protection="withheld", public_label="a clerk", by=editor)
    case = SubjectInput("other", None, f"Case of {NAME}", "en", f"ru: {NAME}")
    claim = about(desk.other_claim, SubjectInput(actor=clerk), case, by=editor)
    monkeypatch.setattr("sys.stdin", io.StringIO(NAME))
    with pytest.raises(CommandError):
        call_command("look_for_name", stdout=(found := io.StringIO()), stderr=found)
    assert "claims_claimsubject" in found.getvalue()
    publish([clerk], by=reviewer, reason="By a label.")
    reviewer.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    erase_name(clerk, by=type(reviewer).objects.get(pk=reviewer.pk), reason="On request.")
    subject = claim.subjects.get(actor=None)
    assert (subject.name, subject.other_names) == ("Case of a clerk", "ru: a clerk")
    assert not [row for row in Trace.objects.values_list("changes", flat=True) if NAME in str(row)]


def test_an_editor_says_on_the_page_of_a_claim_what_it_is_about(desk, editor_client):
    address = reverse("admin:claims_claim_change", args=[desk.other_claim.pk])
    data = posted(editor_client.get(address)) | {"subjects-TOTAL_FORMS": "2"}
    data |= {"subjects-0-kind": "actor", "subjects-0-actor": desk.farmer.pk}
    data |= {"subjects-1-kind": "place", "subjects-1-name": "Sary Valley", "subjects-1-other_names": "Сарыдала"}
    refused = editor_client.post(address, data)
    assert "Write the language of a name in front of it" in refused.content.decode()
    saved = editor_client.post(address, data | {"subjects-1-other_names": "kk-Cyrl: Сарыдала"})
    assert saved.status_code == 302
    assert subject_names(desk.other_claim) == ["Asel Bek", "Sary Valley"]
    data = {name: value for name, value in posted(editor_client.get(address)).items() if "subjects" not in name}
    assert editor_client.post(address, data | {"text": "Some villagers were asked."}).status_code == 302
    assert subject_names(desk.other_claim) == ["Asel Bek", "Sary Valley"]
