"""Import: what one record exported is the same, byte by byte, in another; anything else is refused with its place."""

import contextlib
import hashlib
import io
import json
import random

import pytest
from django.db import transaction

from record.documents import canonical_json
from record.documents.entries import digest_of, link_of
from record.exports import FORMATS, take_snapshot
from record.imports import ImportRefused, import_record
from record.log import Withdrawal, append, erase, head
from record.models import Publication
from tests import record_cast as cast

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("form", ["json", "ndjson"])


def export(form, **bounds):
    return b"".join(FORMATS[form](take_snapshot(**bounds, using="default")))


def take(content):
    return import_record(io.BytesIO(content))


def refused(content, match=None):
    before = (head(), cast.projected())
    with pytest.raises(ImportRefused, match=match) as error, transaction.atomic():
        take(content)
    assert (head(), cast.projected()) == before
    return error.value.sentence


@BOTH
def test_what_was_exported_and_imported_is_exported_the_same(form):
    cast.append_history()
    content, other, rows = export(form), export("json" if form == "ndjson" else "ndjson"), cast.projected()
    total = Publication.objects.count()
    cast.wipe()
    done = take(content)
    assert (done.added, done.known, done.head) == (total, 0, head())
    assert export(form) == content
    assert export("json" if form == "ndjson" else "ndjson") == other
    assert cast.projected() == rows


@BOTH
def test_any_text_survives(form):
    rng = random.Random(5)
    append([cast.question_moved], reason="First")
    for number in range(60):
        text = "".join(chr(rng.choice(CHARACTERS)) for _ in range(rng.randrange(1, 80)))
        length = rng.choice([1, 1, 1, 2000])
        append(
            [cast.claim(f"clai{number:08d}", f"c-{number}", text * length, language=rng.choice(["en", "ug-Arab"]))],
            reason=f"Because of {text}.".strip(),
        )
    content = export(form)
    cast.wipe()
    take(content)
    assert export(form) == content


@BOTH
def test_a_long_document_survives(form):
    append([cast.statement("state0000009", "A long one", words="水" * 1_000_000)], reason="Long")
    content = export(form)
    cast.wipe()
    take(content)
    assert export(form) == content


CHARACTERS = [0x0A, 0x09, 0x2028, 0x2029, 0x202E, 0x0301, 0x200D, 0xFEFF, 0xFFFF, 0x1F3FD, 0xF0000, 0x10FFFF]
CHARACTERS += [*range(0x20, 0x250), *range(0x600, 0x6FF), *range(0x4E00, 0x4E80), *range(0x20000, 0x20080)]


@BOTH
def test_an_empty_record_can_be_exported_and_imported(form):
    content = export(form)
    assert take(content).added == 0
    assert export(form) == content


@BOTH
def test_the_same_file_twice_changes_nothing(form):
    cast.append_history()
    content = export(form)
    before = cast.projected()
    done = take(content)
    assert (done.added, done.known) == (0, head().seq)
    assert cast.projected() == before


@BOTH
@pytest.mark.parametrize("cut", [1, 9, 20, 21, 22, 26, 28])
def test_a_mirror_goes_on_from_where_it_ends(form, cut):
    cast.append_history()
    whole, rows = export(form), cast.projected()
    first, rest = export(form, as_of=cut), export(form, since=cut)
    cast.wipe()
    take(first)
    assert export(form, as_of=cut) == first
    done = take(rest)
    assert done.added == head().seq - cut
    assert export(form) == whole
    assert cast.projected() == rows


def test_a_file_that_overlaps_adds_what_is_new():
    cast.append_history()
    whole, early = export("ndjson"), export("ndjson", as_of=23)
    cast.wipe()
    take(early)
    done = take(whole)
    assert (done.known, done.added) == (23, head().seq - 23)


def test_a_gap_is_refused():
    cast.append_history()
    early, late = export("ndjson", as_of=10), export("ndjson", since=15)
    cast.wipe()
    take(early)
    assert "since=10" in refused(late)


@BOTH
def test_a_fork_is_refused(form):
    cast.append_cast()
    append([cast.replace(cast.question_why, title="One way?")], reason="One way")
    one, rest = export(form), export(form, since=21)
    Publication.objects.filter(seq=22).delete()
    cast.wipe()
    take(export_of_cast(form, one))
    append([cast.replace(cast.question_why, title="The other way?")], reason="The other way")
    refused(one, match="parted")
    refused(rest, match="parted")


def export_of_cast(form, whole):
    """The first 21 entries of an export in memory."""
    with transaction.atomic():
        take(whole)
        content = export(form, as_of=21)
        cast.wipe()
    return content


def test_another_records_file_is_refused():
    cast.append_cast()
    content = export("ndjson")
    cast.wipe()
    cast.append_cast(reason="Another record")
    refused(content, match="entry 1 is another one")


@BOTH
@pytest.mark.parametrize("step", [1, 7])
def test_an_import_that_is_killed_goes_on_where_it_ended(form, step):
    """Every transaction leaves a whole record: that which the origin had after its last entry."""
    cast.append_history()
    whole, rows, total = export(form), cast.projected(), head().seq
    early = {seq: export(form, as_of=seq) for seq in range(total)}
    cast.wipe()
    for _ in range(-(-total // step)):
        before, turns = head().seq, iter(range(2))

        def kill(doing, done, total, turns=turns):
            if doing == "taken in" and next(turns, None):
                raise KeyboardInterrupt

        assert export(form, as_of=before) == early[before]
        with contextlib.suppress(KeyboardInterrupt):
            import_record(io.BytesIO(whole), step=step, progress=kill)
    take(whole)
    assert export(form) == whole
    assert cast.projected() == rows


def test_what_is_refused_after_some_steps_says_how_far_it_came():
    cast.append_cast()
    content = forge(put("question", "claim0000001"))
    cast.wipe()
    with pytest.raises(ImportRefused, match="line 6") as error:
        import_record(io.BytesIO(content), step=3)
    assert error.value.outcome == "What comes before it was taken in: the record ends at 3."
    assert head().seq == 3
    with pytest.raises(ImportRefused) as error:
        import_record(io.BytesIO(content))
    assert error.value.outcome == "Nothing was changed."


def test_what_was_published_here_meanwhile_is_not_overwritten():
    cast.append_cast()
    content = export("ndjson")
    cast.wipe()

    def publish(doing, done, total):
        if doing == "taken in" and done == 3:
            append([cast.question("quest0000009", "ours", "Ours?")], reason="Ours")

    with pytest.raises(ImportRefused, match="parted"):
        import_record(io.BytesIO(content), step=3, progress=publish)


def test_a_part_of_a_record_is_refused():
    cast.append_cast()
    first, *rest = export("ndjson").splitlines(keepends=True)
    cast.wipe()
    refused(first[:-2] + b',"filters":{"question":["how-many-moved"]}}\n' + b"".join(rest), match="part of a record")


def test_erasures_are_taken_over():
    cast.append_cast()
    append([cast.actor("actor0000009", "canary-name", "Canary")], reason="A canary")
    full = export("ndjson")
    erase("actor0000009", reason="On request")
    erased, rows = export("ndjson"), cast.projected()
    cast.wipe()
    take(full)
    done = take(erased)
    assert (done.erased, done.added) == (1, 1)
    assert export("ndjson") == erased
    assert cast.projected() == rows
    assert b"anary" not in export("json")
    done = take(full)
    assert (done.known, done.erased) == (22, 0)
    assert export("ndjson") == erased


@BOTH
def test_a_snapshot_from_before_a_change_can_be_imported_though_what_it_names_was_erased_since(form):
    cast.append_cast()
    extra = cast.actor("actor0000009", "canary-name", "Canary")
    append([extra, cast.replace(cast.union_disputes, speaker="actor0000009")], reason="A canary")
    append([cast.union_disputes], reason="It was not them")
    erase("actor0000009", reason="On request")
    content = export(form, as_of=23)
    cast.wipe()
    take(content)
    assert export(form, as_of=23) == content


@BOTH
def test_a_file_that_was_cut_off_changes_nothing(form):
    cast.append_history()
    content = export(form)
    cast.wipe()
    for cut in [0, 1, 100, len(content) // 2, len(content) - 300, len(content) - 2, len(content) - 1]:
        refused(content[:cut])


@BOTH
def test_a_flipped_bit_changes_nothing(form):
    cast.append_history()
    content = export(form)
    cast.wipe()
    for place in range(200, len(content), len(content) // 7):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        refused(bytes(changed))


def test_lines_in_another_order_left_out_or_twice_are_refused():
    cast.append_history()
    first, *entries, last = export("ndjson").splitlines(keepends=True)
    cast.wipe()
    refused(b"".join([first, entries[1], entries[0], *entries[2:], last]), match="line 2: entry 2 comes after 0")
    refused(b"".join([first, *entries[:4], *entries[5:], last]), match="line 6: entry 6 comes after 4")
    refused(b"".join([first, entries[0], *entries, last]), match="line 3: entry 1 comes after 1")
    refused(b"".join([first, *entries, last, last]), match="more after the last line")
    refused(b"".join([first, *entries, last, b"\n"]), match="more after the last line")


def test_another_spelling_of_the_same_json_is_refused():
    cast.append_cast()
    pretty = json.dumps(json.loads(export("json")), indent=2, ensure_ascii=False).encode()
    lines = export("ndjson").splitlines(keepends=True)
    cast.wipe()
    refused(pretty, match="not written as")
    lines[1] = lines[1].replace(b'"version":1', b'"version": 1')
    refused(b"".join(lines), match="line 2 is not written as")


def test_white_space_in_a_document_is_refused_though_all_sums_are_right():
    cast.append_cast()
    lines = export("ndjson").splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"description":""', b'"description": ""')
    last = json.loads(lines.pop()) | {"sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    cast.wipe()
    content = b"".join(lines) + json.dumps(last, separators=(",", ":")).encode() + b"\n"
    refused(content, match="line 2: the document is not canonical JSON")


def forge(change, *, seal=True, number=4):
    """The cast's lines with one entry changed, and digests, links and sums made right again after it."""
    first, *entries, _ = (json.loads(line) for line in export("ndjson").splitlines())
    change(entries[number])
    link = ""
    for entry in entries:
        document = entry["document"]
        text = None if document is None else canonical_json(document).decode()
        if seal:
            entry["digest"] = digest_of(text, entry["reason"], entry["salt"])
        kind = document["type"] if document else entry["kind"]
        public_id = document["id"] if document else entry["public_id"]
        link = entry["link"] = link_of(
            link, entry["seq"], kind, public_id, entry["version"], entry["published_at"], entry["digest"]
        )
    first["head"]["link"] = link
    return written(first, entries)


def written(first, entries):
    lines = [json.dumps(first, separators=(",", ":")).encode() + b"\n"]
    for entry in entries:
        document = canonical_json(entry.pop("document"))
        rest = json.dumps(entry, separators=(",", ":"), ensure_ascii=False).encode()
        lines.append(rest[:-1] + b',"document":' + document + b"}\n")
    last = {"count": len(entries), "head": first["head"], "sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    return b"".join(lines) + json.dumps(last, separators=(",", ":")).encode() + b"\n"


def put(name, value):
    return lambda entry: entry["document"].__setitem__(name, value)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (put("text", 7), r"line 6, document: .*\$\.text"),
        (put("kind", "rumour"), r"line 6, document: .*\$\.kind"),
        (put("unknown", "x"), "line 6, document: .*unknown"),
        (put("text", "a\x00b"), "line 6: the document holds the character NUL"),
        (put("question", "quest0000009"), "claim0000003 names quest0000009, which is not in the record"),
        (put("question", "claim0000001"), "line 6: claim0000003 names claim0000001 as a question"),
        (put("slug", "twelve-thousand-moved"), "line 6: the claim’s address .* belongs to claim0000001"),
        (put("slug", "javascript:x"), r"\$\.slug"),
        (lambda entry: entry.update(version=2), "line 6: version 2 of claim0000003 is not the next one"),
        (lambda entry: entry.update(reason=""), "line 6: Say why"),
        (
            lambda entry: entry.update(published_at="2020-02-31T00:00:00Z"),
            "line 6: 2020-02-31T00:00:00Z is not a valid time",
        ),
        (lambda entry: entry.update(published_at="2019-01-01T00:00:00Z"), "line 6: entry 5 is older"),
        (lambda entry: entry.update(kind="claim", public_id="claim0000003"), "line 6 says its kind"),
        (lambda entry: entry.update(extra=1), "line 6: .*extra"),
    ],
)
def test_a_forged_file_whose_sums_are_right_is_refused_with_its_line(change, match):
    cast.append_cast()
    content = forge(change)
    cast.wipe()
    refused(content, match=match)


def test_a_changed_document_and_a_changed_reason_are_refused():
    cast.append_cast()
    changed = forge(put("text", "Something else."), seal=False)
    because = forge(lambda entry: entry.update(reason="Another reason"), seal=False)
    honest = forge(lambda entry: None)
    cast.wipe()
    refused(changed, match="line 6: the digest does not fit")
    refused(because, match="line 6: the digest does not fit")
    take(honest)


def test_claims_that_relate_to_one_another_can_be_cut_between_them():
    append([cast.question_moved], reason="First")
    one = cast.replace(cast.claim_many, relations=cast.claim_few.relations[:0])
    related = cast.d.Relation(kind="contradicts", claim="claim0000002")
    append([cast.replace(one, relations=(related,)), cast.claim_few], reason="Both")
    content = export("ndjson", as_of=2)
    cast.wipe()
    take(content)
    assert export("ndjson", as_of=2) == content


def test_withdrawn_and_named_nowhere_is_no_fault():
    cast.append_cast()
    append([Withdrawal("statement", "state0000004"), Withdrawal("claim", "claim0000004")], reason="Gone")
    content = export("json")
    cast.wipe()
    take(content)
    assert export("json") == content
