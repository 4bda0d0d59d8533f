"""`manage.py adopt_record`: a desk that was filled from a record publishes the same, and goes on with its versions."""

import io
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from articles.changes import add_outlet
from articles.ingest import take_in
from articles.models import Article, Capture, Outlet, Passage, Shingle, Trace
from articles.tracked_changes import Refusal
from claims.changes import add_question, merge_actors, reword_claim
from claims.imports.dossier.dossier_files import read_dossier
from claims.imports.record.adoption import adopt_record
from claims.imports.record.outlets_and_articles import known_text
from claims.models import Actor, Adoption, Claim, Question, Release, Statement, Topic
from claims.privacy.redactor import Redactor
from claims.publishing import plan, publish, submit, unsupported_quotations
from claims.publishing.documents import document_of
from record.documents import decode, encode
from record.exports import FORMATS, take_snapshot
from record.imports import ImportRefused
from record.log import append, head
from record.log.verification import faults
from record.models import Publication
from tests import record_cast as cast
from tests import small_dossier
from tests.cast import member_of
from tests.desk import matter

pytestmark = pytest.mark.django_db

OBJECTS = (Topic, Question, Claim, Outlet, Article, Actor, Statement)


def export():
    return b"".join(FORMATS["ndjson"](take_snapshot(using="default")))


def empty_desk():
    """The database as that of a new instance, but for its users."""
    cast.wipe()
    for room in ("claims", "articles"):
        for model in apps.get_app_config(room).get_models():
            model._base_manager.all()._raw_delete("default")


def objects():
    return [obj for model in OBJECTS for obj in model._base_manager.order_by("pk")]


def documents():
    return {obj.public_id: encode(document_of(obj, withheld=NOBODY)) for obj in objects()}


def standing():
    rows = Publication.objects.filter(superseded_by=None).exclude(document=None)
    return dict(rows.values_list("public_id", "document"))


@pytest.fixture
def reviewer(db):
    return member_of("reviewer", "ravi")


DEMONSTRATION = (Path(__file__).parents[1] / "kept_exports" / "demonstration.ndjson").read_bytes()
NOBODY = Redactor(())


def adopt(content, **options):
    return adopt_record(io.BytesIO(content), **options)


def changed_at_the_desk():
    """What readers see in an earlier revision than the desk's."""
    published = dict(Release.objects.public().values_list("public_id", "published_revision"))
    return {one.public_id for one in objects() if published.get(one.public_id, one.revision) < one.revision}


def entries_of(content):
    """The lines between the first and the last, which name the version and the sum of what comes before."""
    return content.splitlines()[1:-1]


@pytest.mark.any_database  # as a small record is into every database
def test_the_demonstration_is_adopted_and_publishing_it_again_changes_nothing(reviewer):
    done = adopt(DEMONSTRATION)
    assert entries_of(export()) == entries_of(DEMONSTRATION)  # kept from version 1, which the first line names
    assert sum(done.counts.values()) == len(objects()) == len(standing()) == Release.objects.count()
    assert documents() == standing()
    made = plan(objects(), by=reviewer)
    assert (made.planned_documents, made.neighbours, made.refusals) == ([], [], [])
    assert publish(objects(), by=reviewer, reason="Once more") == []
    assert head().seq == done.head.seq
    assert list(faults()) == []
    assert changed_at_the_desk() == set()


def test_what_is_edited_afterwards_goes_on_with_the_next_version(reviewer):
    done = adopt(DEMONSTRATION)
    statement = Statement.objects.order_by("pk").first()
    claim = statement.stances.first().claim
    before = Publication.objects.get(public_id=claim.public_id, superseded_by=None)
    editor = member_of("editor", "erin")
    reword_claim(claim, text="The same is said in other words.", by=editor, seen=claim.revision)
    [row] = publish([claim], by=reviewer, reason="Plainer")
    assert (row.seq, row.version) == (done.head.seq + 1, before.version + 1)
    assert decode(row.document).text == "The same is said in other words."
    assert list(unsupported_quotations()) == []


def test_every_row_is_traced_to_its_entry(tmp_path):
    user = member_of("editor", "erin")
    dossier_record(tmp_path)
    content = export()
    empty_desk()
    adopt(content, by=user)
    trace = Trace.objects.get(public_id=Claim.objects.first().public_id)
    assert (trace.verb, trace.by) == ("adopt", user)
    assert trace.changes["record"][1] == Release.objects.get(public_id=trace.public_id).record_seq


def dossier_record(tmp_path):
    call_command("load_demonstration", small_dossier.write(tmp_path), stdout=StringIO())


def test_who_was_merged_stays_merged_and_what_named_them_counts_as_changed(reviewer):
    adopt(DEMONSTRATION)
    gone, kept = Actor.objects.filter(kind="person", identifiers=None, statements__isnull=False).distinct()[:2]
    told = set(gone.statements.values_list("public_id", flat=True))
    merge_actors(gone, into=kept, by=member_of("editor", "erin"), why="The same", seen=gone.revision)
    publish([Actor.objects.get(pk=gone.pk)], by=reviewer, reason="The same")
    content = export()
    empty_desk()
    adopt(content)
    assert Actor.objects.get(public_id=gone.public_id).merged_into.public_id == kept.public_id
    before = standing()
    changed = {public_id for public_id, text in documents().items() if text != before[public_id]}
    assert changed == told == changed_at_the_desk() != set()
    assert {one.speaker.public_id for one in Statement.objects.filter(public_id__in=told)} == {kept.public_id}


TOPICS = """
[[topics]]
slug = "the-river"
title = "The river"
introduction = "Who crosses it, and how."
questions = ["how-many-bridges"]

[[things]]
slug = "old-bridge"
kind = "place"
names = [{ name = "The Old Bridge", language = "en" }, { name = "Старий міст", language = "uk" }, { name = "OB" }]

[end]
topics = 1
things = 1
"""


def test_topics_and_what_claims_are_about_come_from_a_dossier_and_from_a_record(tmp_path, reviewer):
    file = small_dossier.write(tmp_path) / "questions.toml"
    text = file.read_text(encoding="utf-8").replace("[end]\n", TOPICS.lstrip())
    file.write_text(text.replace('kind = "fact"\n', 'kind = "fact"\nsubjects = ["mayor", "old-bridge"]\n'), "utf-8")
    call_command("load_demonstration", file.parent, stdout=StringIO())
    content, before = export(), documents()
    empty_desk()
    adopt(content)
    assert documents() == before == standing()
    assert [entry.question.slug for entry in Topic.objects.get().questions.all()] == ["how-many-bridges"]
    actor, place = Claim.objects.get(slug="no-bridges").subjects.order_by("pk")
    assert (actor.kind, str(actor), actor.names) == ("actor", "Olena Marsh", [])
    assert place.names == [("The Old Bridge", "en"), ("Старий міст", "uk"), ("OB", "")]
    file.write_text(file.read_text(encoding="utf-8").replace('"old-bridge"]', '"no-bridge"]'), "utf-8")
    with pytest.raises(ImportRefused, match="claim “no-bridges”: there is no subject “no-bridge”"):
        read_dossier(file.parent)


def test_claims_that_name_what_was_merged_count_as_changed_and_no_others():
    append([one for one in cast.CAST if isinstance(one, cast.d.Question | cast.d.Claim)], reason="First")
    against = cast.d.Relation(kind="contradicts", claim="claim0000003")
    append([cast.claim("claim0000009", "no-dam", "No dam was planned.", relations=(against,))], reason="New")
    append([cast.redirect("claim0000003", "for-the-dam", "claim0000001")], reason="The same claim")
    append([cast.redirect("quest0000002", "why-moved", "quest0000001")], reason="The same question")
    content = export()
    empty_desk()
    adopt(content)
    assert changed_at_the_desk() == {"claim0000004", "claim0000009"}
    assert {claim.question.public_id for claim in Claim._base_manager.all()} == {"quest0000001"}
    assert Claim._base_manager.get(public_id="claim0000003").merged_into.public_id == "claim0000001"


def test_a_desk_in_use_is_refused_in_words(tmp_path):
    outlet = add_outlet(name="The Echo", by=None)
    path = tmp_path / "record.ndjson"
    path.write_bytes(DEMONSTRATION)
    with pytest.raises(CommandError, match=r"This desk already has outlets.*Nothing was changed\."):
        call_command("adopt_record", str(path))
    assert list(Outlet.objects.all()) == [outlet] and head().seq == 0


def test_the_command_says_what_the_desk_has_now(tmp_path):
    path, said = tmp_path / "record.ndjson", StringIO()
    path.write_bytes(DEMONSTRATION)
    call_command("adopt_record", str(path), stdout=said)
    assert f"continues from entry {head().seq}: {Question.objects.count()} questions" in said.getvalue()
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("adopt_record", str(path), by="nobody")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("adopt_record", str(tmp_path / "missing"))


def test_a_file_that_is_cut_adopts_nothing():
    with pytest.raises(ImportRefused):
        adopt(DEMONSTRATION[:-300])
    assert objects() == [] and head().seq == 0


@pytest.mark.parametrize("doing", ["taken in", "claims at the desk", "statements at the desk", "texts at the desk"])
def test_an_adoption_that_is_killed_is_continued_and_nothing_is_published_meanwhile(
    doing, reviewer, monkeypatch, tmp_path
):
    monkeypatch.setattr("claims.imports.record.adoption.BATCH_SIZE", 2)
    dossier_record(tmp_path)
    content = export()
    empty_desk()

    def kill(now, done, total):
        if now == doing:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        adopt(content, progress=kill)
    begun = Adoption.objects.get()
    question = add_question(title="Asked meanwhile?", by=member_of("editor", "erin"))
    with pytest.raises(Refusal, match="being filled"):
        publish([question], by=reviewer, reason="Early")
    with pytest.raises(ImportRefused, match="go on with that file"):
        adopt(b"".join(FORMATS["ndjson"](take_snapshot(9, using="default"))))
    done = adopt(content)
    assert Adoption.objects.get().finished_at and not begun.finished_at
    assert adopt(content) == done
    Question.objects.filter(pk=question.pk).delete()
    assert documents() == standing()
    made = plan(objects(), by=reviewer)
    assert (made.planned_documents, made.neighbours, made.refusals) == ([], [], [])
    assert Trace.objects.filter(verb="adopt").count() == len(objects()) == sum(done.counts.values())
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("document", "match"),
    [
        (cast.question("quest0000009", "other", "How many villagers were moved?"), "Entry 22, “How many"),
        (cast.outlet("outle0000009", "x" * 101, "X"), "the slug does not fit this desk"),
        (cast.claim("claim0000009", "long", "x" * 501), "the text does not fit this desk"),
        (cast.article("artic0000009", "a9", "A", printed_by="outle0000001", url="https://user@host.example/"), "http"),
    ],
)
def test_what_this_desk_cannot_hold_is_refused_with_its_entry(document, match):
    cast.append_cast()
    append([document], reason="Odd")
    content = export()
    cast.wipe()
    with pytest.raises(ImportRefused, match=match) as refused:
        adopt(content)
    assert "run this again once that is dealt with" in refused.value.outcome
    assert head().seq == 22 and document.id not in {one.public_id for one in objects()}


def test_a_text_is_known_as_far_as_it_was_quoted():
    def passage(start, exact, prefix="", suffix=""):
        return Passage(start=start, end=start + len(exact), exact=exact, prefix=prefix, suffix=suffix)

    parts = [passage(4, "moved at night", "we ", ", he"), passage(40, "水利部"), passage(20, "he said")]
    text = known_text(parts, "Here")
    assert text == "…we moved at night, he said" + "\n[…]" + " " * 8 + "\n水利部"
    with pytest.raises(ImportRefused, match="different words"):
        known_text([*parts, passage(4, "stayed")], "Here")
    with pytest.raises(ImportRefused, match="limit is 2,000,000"):
        known_text([passage(2_000_000, "far")], "Here")
    assert known_text([], "Here") == "…"


def test_the_whole_text_completes_an_adopted_capture(tmp_path):
    dossier_record(tmp_path)
    texts = {capture.sha256: capture.text for capture in Capture.objects.all()}
    content = export()
    empty_desk()
    adopt(content)
    capture = Capture.objects.order_by("pk").first()
    assert capture.adopted and capture.text != texts[capture.sha256]
    taken = take_in(text=texts[capture.sha256], outlet=capture.article.outlet, article=capture.article, by=None)
    assert (taken.capture.pk, taken.new_capture) == (capture.pk, False)
    capture.refresh_from_db()
    assert (capture.adopted, capture.text) == (False, texts[capture.sha256])
    assert Shingle.objects.filter(capture=capture).exists()
    assert list(unsupported_quotations()) == []


def test_the_sentence_around_quoted_words_is_adopted_and_published_again_as_it_was(reviewer):
    editor = member_of("editor", "erin")
    made = matter(editor)
    submit([made.statement], by=editor)
    publish([made.statement], by=reviewer, reason="Said on the dam.")
    content, before = export(), standing()
    empty_desk()
    adopt(content)
    passage = Passage.objects.get(exact="about 4,000 people must move")
    assert (passage.before, passage.after) == (
        "The ministry of water said on Monday that ",
        " before the valley is flooded.",
    )
    assert documents() == before and changed_at_the_desk() == set()
