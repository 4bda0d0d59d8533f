"""A name is erased: from the desk, its history, the texts of articles, the log, sessions, and the files' bytes."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings

from articles.changes import quote_passage
from articles.ingest import take_in
from articles.models import Capture, Passage, Trace
from articles.tracked_changes import Refusal
from claims.changes import (
    AppearanceInput,
    IdentifierInput,
    NameInput,
    StanceInput,
    add_actor,
    add_claim,
    record_statement,
    revise,
)
from claims.erasure import file_search, pending_names
from claims.erasure.erase import erase_name
from claims.erasure.file_search import BLOCK_SIZE
from claims.erasure.leftovers import Leftover, find_leftovers
from claims.erasure.pending_names import kept_names
from claims.erasure.rewrite import UndecidedForm
from claims.models import Actor, Merge, Statement
from claims.privacy import Matcher, Person
from claims.privacy.raw_bytes import Searcher
from claims.privacy.redactor import Redactor
from claims.publishing import approve, plan, publish, submit, withdraw
from claims.publishing.quotation_check import unsupported_quotations
from claims.publishing.two_person_rule import unapproved_changes
from record.exports import FORMATS, take_snapshot
from record.log import file_cache
from record.log.verification import faults
from record.models import Publication
from tests.cast import member_of
from tests.withheld import ALIAS, FORMER, LABEL, NAME, PRINTED, TELLING, WORDS, withheld_source

NICK = "Bulbul Qanarikova"
NAMES = [NAME, ALIAS, FORMER, PRINTED, NICK, "Kanareyka"]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture
def eraser(reviewer):
    reviewer.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    return type(reviewer).objects.get(pk=reviewer.pk)


def planted(editor, reviewer, eraser):
    """A person who was public by name, is withheld since, and whose name stands wherever something is kept."""
    made = withheld_source(editor)
    witness = add_actor(name="Public Person", kind="person", by=editor)
    submit([witness], by=editor)
    publish([witness], by=reviewer, reason="Somebody speaks.")
    # As it was before anybody thought of protection: public, with all names.
    revise(made.source, {"protection": "named", "public_label": ""}, by=editor, seen=None)
    identifiers = [IdentifierInput("viaf", NAME)]
    names = [NameInput(one, "") for one in (NAME, FORMER)] + [NameInput(ALIAS, "ru-Cyrl")]
    revise(made.source, {"description": f"{NAME}, a clerk"}, by=editor, seen=None, names=names, identifiers=identifiers)
    submit([made.source], by=editor)
    publish([made.source], by=reviewer, reason="A clerk.")
    made.source.refresh_from_db()
    revise(made.source, {"protection": "withheld", "public_label": LABEL}, by=editor, seen=None)
    submit([made.source], by=editor)
    publish([made.source], by=reviewer, reason="A source is protected.")
    add_claim(question=made.question, text=f"{NAME} lied.", kind="fact", by=editor)
    # Public and withdrawn before anybody knew whose name it is: the log still holds it.
    claim = add_claim(question=made.question, text=f"{NICK} lied.", kind="fact", by=editor)
    submit([claim], by=editor)
    publish([claim], by=reviewer, reason="A claim.")
    withdraw([claim], by=reviewer, reason="It was none.")
    names += [NameInput(NICK, "en")]
    made.source.refresh_from_db()
    revise(made.source, {}, by=editor, seen=None, names=names)
    made.source.refresh_from_db()
    session = SessionStore()
    session["_messages"] = f"“{NAME}” was submitted"
    session.save()
    where = {"content_type": ContentType.objects.get_for_model(Actor), "object_id": "1", "action_flag": CHANGE}
    LogEntry.objects.create(user=editor, object_repr=NAME, change_message=f"once {ALIAS}", **where)
    AccessAttempt.objects.create(username=PRINTED, path_info="/admin/", post_data=NAME, failures_since_start=1)
    file_cache.keep("export~1~x", [f"of {NAME}".encode()]).close()
    return made


def texts():
    """Every row of every table, as one text in small letters."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [f"{table} {row!r}" for row in cursor.fetchall()]
    return "\n".join(found).lower().encode().decode("unicode_escape", "replace") + "\n".join(found).lower()


@pytest.mark.django_db
@override_settings(SECOND_PERSON=False)
def test_nothing_of_an_erased_name_is_left_in_any_row(editor, reviewer, eraser):
    made = planted(editor, reviewer, eraser)
    before, telling = texts(), [*TELLING, "qanarikova"]
    assert all(one in before for one in telling)
    assert (
        "qanarikova" in "".join(Publication.objects.exclude(document=None).values_list("document", flat=True)).lower()
    )
    capture = Capture.objects.get(pk=made.taken.pk)
    within = quote_passage(capture, NAME.split()[1] + " refused", by=editor)  # begins in the middle of the name
    places = {one.pk: (one.start, one.end) for one in Passage.objects.all()}
    done = erase_name(made.source, by=eraser, reason="On request")
    assert done.versions >= 1 and done.sessions == 1
    after = texts()
    assert [one for one in telling if one in after] == []
    assert [one for one in find_leftovers(NAMES) if one.where.startswith("table")] == []
    erased = Capture.objects.get(pk=capture.pk)
    assert len(erased.text) == len(capture.text)
    assert "told nobody at all,” said ██ █████████." in erased.text
    for passage in Passage.objects.select_related("capture"):
        assert (passage.start, passage.end) == places[passage.pk]
        assert passage.capture.text[passage.start : passage.end] == passage.exact
    within.refresh_from_db()
    assert (within.exact, within.prefix) == ("█████████ refused", "")
    stands = Actor.objects.get(pk=made.source.pk)
    assert (stands.withheld, stands.public_label, stands.identifiers.count()) == (True, LABEL, 0)
    assert [one.name for one in stands.names.all()] == [f"erased {stands.public_id}"]
    assert not Session.objects.exists()
    told = Trace.objects.filter(public_id=stands.public_id)[0]
    assert (told.verb, told.by, told.why) == ("erase the name", eraser, "On request")
    assert Statement.objects.get(pk=made.told.pk).appearances.get().printed_name == LABEL


@pytest.mark.django_db
@override_settings(RECORD_CHECKS=[])
def test_the_record_is_sound_after_a_name_was_erased_and_readers_see_the_same(editor, reviewer, eraser):
    made = planted(editor, reviewer, eraser)
    passage = quote_passage(made.taken, "A second time", by=editor)
    quoted = record_statement(
        summary="The clerk refused a second time",
        mode="indirect",
        speaker=made.farmer,
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(passage, "", "refused")],
        by=editor,
    )
    submit([quoted], by=editor)
    publish([quoted], by=reviewer, reason="Somebody else in the same text.")
    client = Client()
    addresses = [f"/actors/{made.source.public_id}.json", f"/statements/{quoted.public_id}.json"]
    before = [client.get(address).json() for address in addresses]
    erase_name(made.source, by=eraser, reason="On request")
    assert list(faults()) == []
    assert list(unsupported_quotations()) == []
    assert [client.get(address).json() for address in addresses] == before
    assert plan([Statement.objects.get(pk=quoted.pk)]).planned_documents == []
    assert Publication.objects.filter(public_id=made.source.public_id, erased=True).exists()
    assert plan([Actor.objects.get(pk=made.source.pk)]).planned_documents == []


@pytest.mark.django_db
@override_settings(SECOND_PERSON=False, RECORD_CHECKS=[])
def test_a_name_in_the_sentence_around_quoted_words_is_left_in_no_document_and_no_export(editor, reviewer, eraser):
    made = withheld_source(editor)
    revise(made.source, {"protection": "named", "public_label": ""}, by=editor, seen=None)
    quoted = record_statement(
        summary="The clerk refused a second time",
        mode="indirect",
        speaker=made.farmer,
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(quote_passage(made.taken, "A second time", by=editor), "", "refused")],
        by=editor,
    )
    submit([quoted], by=editor)
    publish([quoted], by=reviewer, reason="While nobody was withheld.")

    def published():
        return "".join(Publication.objects.exclude(document=None).values_list("document", flat=True)).lower()

    assert f'"after":" {NAME} refused."'.lower() in published()
    made.source.refresh_from_db()
    revise(made.source, {"protection": "withheld", "public_label": LABEL}, by=editor, seen=None)
    submit([made.source], by=editor)
    publish([made.source, quoted], by=reviewer, reason="A source is protected.")
    made.source.refresh_from_db()
    erase_name(made.source, by=eraser, reason="On request")
    assert [one for one in TELLING if one in published() + texts()] == []
    exported = b"".join(part for form in FORMATS.values() for part in form(take_snapshot(using="default")))
    assert [one for one in TELLING if one.encode() in exported.lower()] == []
    assert list(faults()) == []
    (printed,) = Client().get(f"/statements/{quoted.public_id}.json").json()["printings"]
    assert (printed["exact"], printed["after"]) == ("A second time", "")


@pytest.mark.django_db
def test_what_is_recorded_of_the_source_can_still_be_published_under_the_label(editor, reviewer, eraser):
    made = planted(editor, reviewer, eraser)
    erase_name(made.source, by=eraser, reason="On request")
    statement = Statement.objects.get(pk=made.told.pk)
    submit([statement], by=editor)
    found = [one.sentence for one in plan([statement]).refusals]
    assert found == []
    assert Merge.objects.count() == 1


@pytest.mark.django_db
@override_settings(SECOND_PERSON=False)
def test_an_erasure_is_refused_where_it_would_be_half_or_too_much(editor, reviewer, eraser):
    made = withheld_source(editor)
    with pytest.raises(Refusal, match="may not erase a name"):
        erase_name(made.source, by=editor, reason="On request")
    with pytest.raises(Refusal, match="do not hold the name"):
        erase_name(made.source, by=eraser, reason=f"{NAME} asked")
    with pytest.raises(Refusal, match="not withheld"):
        erase_name(made.farmer, by=eraser, reason="On request")
    other = add_actor(name=NAME, kind="person", by=editor)
    with pytest.raises(Refusal, match=f"Others have the same name: “{NAME}” #{other.public_id}"):
        erase_name(made.source, by=eraser, reason="On request")
    revise(other, {"name": "Zuhrabanu Else"}, by=editor, seen=None, names=[])
    assert "kanareyka" in texts()


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["publish", "see_withheld_names"])
def test_either_half_of_the_permission_is_not_enough(editor, eraser, missing):
    made = withheld_source(editor)
    half = member_of("editor" if missing == "publish" else "reviewer", "half")
    if missing == "publish":
        half.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    before = texts()
    with pytest.raises(Refusal, match="may not erase a name"):
        erase_name(made.source, by=half, reason="On request")
    assert texts() == before
    assert erase_name(made.source, by=eraser, reason="On request").rows


@pytest.mark.django_db
@override_settings(SECOND_PERSON=False)
def test_a_name_in_an_old_reason_of_the_log_goes_too(editor, reviewer, eraser):
    made = withheld_source(editor)
    claim = add_claim(question=made.question, text="Somebody lied.", kind="fact", by=editor)
    submit([claim], by=editor)
    publish([claim], by=reviewer, reason="A claim.")
    old = Publication.objects.get(public_id=claim.public_id)
    revise(claim, {"text": "Somebody did not lie."}, by=editor, seen=None)
    submit([claim], by=editor)
    publish([claim], by=reviewer, reason="Corrected.")
    # As it was before the gate looked through reasons.
    Publication.objects.filter(pk=old.pk).update(reason=f"As {NAME} says.")
    done = erase_name(made.source, by=eraser, reason="On request")
    old.refresh_from_db()
    assert (done.versions, old.reason, old.document, old.erased) == (1, "", None, True)
    # A withdrawal has a reason and no document.
    withdraw([claim], by=reviewer, reason="It was none.")
    publish([claim], by=reviewer, reason="It was one.")
    old = Publication.objects.get(public_id=claim.public_id, document=None, erased=False)
    Publication.objects.filter(pk=old.pk).update(reason=f"As {NAME} says.")
    assert erase_name(made.source, by=eraser, reason="On request").versions == 1
    old.refresh_from_db()
    assert (old.reason, old.erased) == ("", True)
    # One that stands is refused: readers see it.
    Publication.objects.filter(public_id=claim.public_id, superseded_by=None).update(reason=f"As {NAME} says.")
    with pytest.raises(Refusal, match="Readers can still see the name"):
        erase_name(made.source, by=eraser, reason="On request")


FORMS = ["Канарейкой", "З. Канарейка", "Zuhra Kanareykas", "Zukhra Kanareika", "Mrs Kanareyka"]


@pytest.mark.django_db
def test_what_is_covered_and_what_is_left_to_decide_is_listed(editor, eraser):
    made = withheld_source(editor)
    theirs = f"{made.taken.text} They asked {' and '.join(FORMS)}."
    Capture.objects.filter(pk=made.taken.pk).update(text=theirs)
    elsewhere = add_claim(question=made.question, text="Зухры Канарейки ждали. Kanareyka sang.", kind="fact", by=editor)
    birds = take_in(text="A bird. Kanareyka sang.", outlet=made.agency, headline="Birds", by=editor).capture
    bird = quote_passage(birds, "Kanareyka sang", by=editor)
    done = erase_name(made.source, by=eraser, reason="On request")
    assert Passage.objects.get(pk=bird.pk).exact == "Kanareyka sang"
    assert Trace.objects.get(public_id=bird.public_id).changes["exact"][1] == "Kanareyka sang"
    text = Capture.objects.get(pk=made.taken.pk).text
    assert len(text) == len(theirs)
    assert [form for form in (*FORMS, "Kanar", "Канар") if form in text] == []
    assert {*FORMS[:-1], "Kanareyka"} <= done.covered_forms.keys()
    claim = type(elsewhere).objects.get(pk=elsewhere.pk)
    assert claim.text == f"{LABEL} ждали. Kanareyka sang."
    left = {(one.table, one.row, one.field, one.form) for one in done.undecided_forms}
    assert ("claim", claim.public_id, "text", "Kanareyka") in left
    assert {one.form.lower() for one in done.undecided_forms} == {"kanareyka"}


@pytest.mark.django_db(transaction=True)
def test_no_all_clear_is_given_while_a_form_is_left(editor, eraser):
    made = withheld_source(editor)
    claim = add_claim(question=made.question, text="Канарейкою звали её.", kind="fact", by=editor)
    arguments = ["erase_name", made.source.public_id, "--by", eraser.username, "--reason", "Asked", "--yes"]
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    assert f"“Канарейкою” in text of claim {claim.public_id}" in out.getvalue()
    assert "Somebody has to decide" in out.getvalue()
    assert "contains the name any more" not in out.getvalue()
    out = io.StringIO()
    call_command(*arguments, "--done", stdout=out)
    assert "What is listed here stays" in out.getvalue()
    assert "contains the name any more" not in out.getvalue()
    assert kept_names(made.source.public_id) == {}


@pytest.mark.django_db
@override_settings(SECOND_PERSON=False)
def test_a_public_form_that_may_be_somebody_else_stays_and_is_listed(editor, reviewer, eraser):
    made = withheld_source(editor)
    claim = add_claim(question=made.question, text="Zukhra Kanareika sang.", kind="fact", by=editor)
    publish([claim], by=reviewer, reason="A claim.")
    done = erase_name(made.source, by=eraser, reason="On request")
    row = Publication.objects.get(public_id=claim.public_id)
    assert (done.versions, row.erased) == (0, False)
    left = UndecidedForm("public version", f"{claim.public_id} {row.seq}", "document", "Zukhra Kanareika")
    assert left in done.undecided_forms


@pytest.mark.django_db
def test_a_name_that_another_runs_into_leaves_nothing_of_either(editor, eraser):
    people = [Person("a clerk", ("Ana Maria Lopez",)), Person("a cook", ("Maria Lopez Garcia",))]
    for text in ("Ana Maria Lopez Garcia left.", "So Maria Lopez Garcia, Ana Maria Lopez and Ana Maria Lopez Garcia."):
        assert not {"Ana", "Maria", "Lopez", "Garcia"} & set(re.findall(r"\w+", Redactor(people).redact(text)))
    # The longer one begins first and ends last: where the shorter ends, nothing of the longer comes back.
    inner = Redactor([Person("a clerk", ("Ana Maria Lopez Garcia",)), Person("a cook", ("Maria Lopez",))])
    assert inner.redact("Ana Maria Lopez Garcia left.") == "a clerk left."
    assert inner.blacken("Ana Maria Lopez Garcia left.") == "███ █████ █████ ██████ left."
    nearly = Redactor([Person("a clerk", ("Jürgen Lopez Garcia",)), Person("a cook", ("Lopez",))])
    assert nearly.redact("Juergen Lopez Garcia left.") == "a clerk left."


@pytest.mark.django_db
def test_a_name_across_two_blocks_of_a_file_is_found(tmp_path):
    name = NAME.encode()
    for shift in range(1, len(name)):
        (tmp_path / f"{shift:02}").write_bytes(b"." * (BLOCK_SIZE - shift) + name + b"." * 10)
    found = {one.where for one in find_leftovers([NAME]) if one.where.startswith("file")}
    assert len([where for where in found if Path(where.removeprefix("file ")).parent == tmp_path]) == len(name) - 1


def test_a_name_is_counted_once_in_each_block(tmp_path):
    name = NAME.encode()
    (tmp_path / "within").write_bytes(b"." * 2000 + name + b"." * BLOCK_SIZE)
    (tmp_path / "across").write_bytes(b"." * (BLOCK_SIZE - 3) + name + b".")
    paths = [str(tmp_path / file) for file in ("within", "across", "missing")]
    found = file_search.search_files({"names": [NAME], "paths": paths})
    assert [found[path]["times"] for path in paths] == [1, 1, 0]
    assert [found[path]["forms"].get(NAME) for path in paths] == ["certain", "certain", None]


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_reported(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.write_bytes(b"x")

    def unreadable(path, *arguments, **options):
        raise PermissionError

    monkeypatch.setattr(file_search, "open", unreadable, raising=False)
    assert file_search.find_forms(str(closed), Searcher(Matcher([Person("", (NAME,))]))) is None
    answer = json.dumps({str(closed): None})
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, answer, ""))
    [left] = [one for one in find_leftovers([NAME]) if one.where.startswith("file")]
    assert left == Leftover(f"file {closed}, perhaps: it cannot be read", 1, "certain", ())


@pytest.mark.django_db
def test_a_name_that_readers_can_still_see_is_not_erased(editor, reviewer, eraser):
    made = withheld_source(editor)
    revise(made.source, {"protection": "named", "public_label": ""}, by=editor, seen=None)
    submit([made.source], by=editor)
    publish([made.source], by=reviewer, reason="A clerk.")
    revise(made.source, {"protection": "withheld", "public_label": LABEL}, by=editor, seen=None)
    with pytest.raises(Refusal, match="Readers can still see the name: the public actor"):
        erase_name(made.source, by=eraser, reason="On request")
    assert Actor.objects.get(pk=made.source.pk).name == NAME


@pytest.mark.django_db(transaction=True)
def test_the_command_shows_that_no_byte_of_the_name_is_left(editor, reviewer, eraser, monkeypatch):
    made = planted(editor, reviewer, eraser)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(NAMES)))
    out = io.StringIO()
    with pytest.raises(CommandError, match="was found"):
        call_command("look_for_name", stdout=out)
    assert "claims_actorname" in out.getvalue() and "articles_trace" in out.getvalue()
    assert "exports/export~1~x" in out.getvalue()
    out = io.StringIO()
    call_command("erase_name", made.source.public_id, "--by", eraser.username, "--reason", "Asked", "--yes", stdout=out)
    assert "No table or file here contains the name any more" in out.getvalue()
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(NAMES)))
    call_command("look_for_name", stdout=out)
    assert "No table or file here contains the name.\n" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_command_fails_where_something_is_left(editor, reviewer, eraser, tmp_path, monkeypatch):
    made = withheld_source(editor)
    (tmp_path / "backup.sql").write_bytes(f"… {ALIAS} …".encode())
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_name", made.source.public_id, "--by", eraser.username, "--reason", "Asked")
    with pytest.raises(CommandError, match=r"remains in: file .*backup\.sql"):
        call_command("erase_name", made.source.public_id, "--by", eraser.username, "--reason", "Asked", "--yes")


@pytest.mark.django_db(transaction=True)
def test_looking_for_a_name_leaves_the_locks_of_the_database_alone():
    if connection.vendor != "sqlite":
        pytest.skip("about the file of an SQLite database")
    assert not Actor.objects.exists() and find_leftovers([NAME]) == []
    file = connection.settings_dict["NAME"]
    # Who closes a database last takes its write-ahead log away: this other process must see that it is not the last.
    visit = "import sqlite3, sys; one = sqlite3.connect(sys.argv[1]); list(one.execute('SELECT 1 FROM sqlite_master'))"
    subprocess.run([sys.executable, "-c", f"{visit}; one.close()", file], check=True)
    assert Path(f"{file}-wal").exists()


def test_a_label_that_nobody_else_has_looked_at_is_put_nowhere(editor, eraser):
    """Erasing writes the label wherever the name stands: alone, nobody could choose these words."""
    made = withheld_source(editor)
    revise(made.source, {"public_label": "a liar"}, by=eraser, seen=made.source.revision)
    before = texts()
    with pytest.raises(Refusal, match="a second person has to publish or to approve it first"):
        erase_name(made.source, by=eraser, reason="On request")
    assert texts() == before
    approve([made.source], by=member_of("reviewer", "rosa"))
    assert erase_name(made.source, by=eraser, reason="On request").rows


def test_an_erasure_is_nobody_s_change_and_hides_nobody_s(editor, eraser):
    """Who took a text in is known after a name in it was erased; who erased the name may publish what others wrote."""
    made = withheld_source(editor)
    rosa = member_of("reviewer", "rosa")
    take_in(text=f"{WORDS} A third time {NAME} refused.", article=made.taken.article, outlet=made.agency, by=rosa)
    erase_name(made.source, by=eraser, reason="On request")
    told = Statement.objects.get(pk=made.told.pk)
    assert {one.ground.obj for one in unapproved_changes(plan([told]), by=rosa)} >= {made.taken.article}
    assert plan([told], by=eraser).own_changes == []


def test_the_names_of_an_erasure_are_kept_for_its_time_alone_and_overwritten(tmp_path):
    pending_names.keep_names("actor0000001", names={"B", "A"}, phrases=[], parts={"ж"})
    path = pending_names.names_file("actor0000001")
    assert kept_names("actor0000001") == {"names": ["A", "B"], "phrases": [], "parts": ["ж"]}
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    size = path.stat().st_size
    os.link(path, tmp_path / "other name")
    path.with_suffix(".new").write_text("begun")
    pending_names.forget_names("actor0000001")
    assert (tmp_path / "other name").read_bytes() == b" " * size
    assert list(path.parent.iterdir()) == []
    assert kept_names("actor0000001") == {}


@pytest.mark.django_db
def test_what_is_left_says_how_often_in_which_forms_and_how_sure(tmp_path):
    (tmp_path / "one.txt").write_text(f"of {NAME} and of {NAME}")
    (tmp_path / "two.txt").write_text("of Ms Kanareyka alone")
    (tmp_path / "none.txt").write_text("of nobody")
    pending_names.keep_names("actor0000001", names=[NAME])
    left = [one for one in find_leftovers([NAME]) if one.where.startswith(f"file {tmp_path}")]
    found = {Path(one.where.removeprefix("file ")).name: one for one in left}
    assert sorted(found) == ["one.txt", "two.txt"]
    assert (found["one.txt"].times, found["one.txt"].grade) == (1, "certain")
    assert NAME in found["one.txt"].forms and len(found["one.txt"].forms) <= 8
    assert found["two.txt"].grade == "near"
