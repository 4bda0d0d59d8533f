"""What was exported once can be taken in for ever: one kept file of each way in which exports were ever written.

    claimtrack-1-without-terms   the first: no terms of use in it, and JSON without a sum at its end
    claimtrack-1                 with terms, and with the sum of all bytes at the end
    claimtrack-2                 with notes, marked words and figures as printed
    claimtrack-3                 with topics, and with what claims are about
    claimtrack-4                 with what texts were read from, and places in that
    claimtrack-5                 as they are written today: with the sentence around the words
    shapes-of-claimtrack-1 to 5  what the documents of that version may hold: their JSON Schema without descriptions

demonstration.ndjson is the demonstration as it was published once; tests/claims/test_adoption.py goes on from it.
A new version of the format adds these files and takes none away. Never write a kept file anew.
"""

import io
import json
import re
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin

import msgspec
import pytest

from record import documents
from record.documents import FORMAT, AnyDocument, Shape, VersionAdded, decode, encode, type_at
from record.documents.addresses import address_of
from record.documents.entries import digest_of
from record.exports import FORMATS, take_snapshot
from record.imports import ImportRefused, import_record
from record.imports.entry import verify_entry
from record.log import head
from record.log.verification import Remark, faults
from record.models import Publication

FOLDER = Path(__file__).parents[1] / "kept_exports"
KEPT = sorted(path.name for path in FOLDER.glob("claimtrack-*"))

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize("name", KEPT)
def test_every_kept_file_can_be_taken_in_verified_and_shown(name, settings, client):
    settings.RECORD_CHECKS = []  # a mirror has no captures to compare with
    content = (FOLDER / name).read_bytes()
    entries = len(re.findall(rb'^\{"seq":', content, re.MULTILINE))
    done = import_record(io.BytesIO(content))
    assert entries in (31, 36, 39, 42, 43)
    assert (done.added, head().seq) == (entries, entries)
    # The kept records are of times to come.
    assert [fault for fault in faults() if not isinstance(fault, Remark)] == []
    assert import_record(io.BytesIO(content)).known == entries
    shown = [decode(row.document) for row in Publication.objects.filter(superseded_by=None).exclude(document=None)]
    assert len(shown) > 10
    for document in shown:
        page = f"/id/{document.id}" if isinstance(document, documents.Redirect) else address_of(document)
        assert client.get(page, follow=True).status_code == 200


@pytest.mark.parametrize("ending", ["json", "ndjson"])
def test_the_format_of_today_has_a_kept_file_and_is_written_as_it(ending):
    content = (FOLDER / f"{FORMAT.replace('/', '-')}.{ending}").read_bytes()
    import_record(io.BytesIO(content))
    assert b"".join(FORMATS[ending](take_snapshot(using="default"))) == content


# The types of each version


def shapes_of(kind):
    """What documents of this type may hold."""
    return without_descriptions(json.loads(json.dumps(msgspec.json.schema_components([kind])[1])))


def without_descriptions(part):
    if isinstance(part, dict):
        return {name: without_descriptions(value) for name, value in part.items() if name != "description"}
    return [without_descriptions(value) for value in part] if isinstance(part, list) else part


def kept_shapes(version):
    return json.loads((FOLDER / f"shapes-of-claimtrack-{version}.json").read_text())


def all_shapes(kind=Shape):
    for shape in kind.__subclasses__():
        if shape.__module__ == documents.__name__:
            yield shape
            yield from all_shapes(shape)


def field_types(shape):
    kinds = {field.name: field.type for field in msgspec.structs.fields(shape)}
    return {name: get_args(kind)[0] if get_origin(kind) is Annotated else kind for name, kind in kinds.items()}


SHAPES = sorted(all_shapes(), key=lambda shape: shape.__name__)
LISTS = [(shape, name) for shape in SHAPES for name, kind in field_types(shape).items() if get_origin(kind) is Literal]


@pytest.mark.parametrize("version", range(1, len(documents.FORMATS) + 1))
def test_what_a_version_of_the_documents_may_hold_never_changes(version):
    assert shapes_of(type_at(AnyDocument, version)) == kept_shapes(version)


def test_the_newest_version_holds_all_that_is_written_today():
    assert shapes_of(AnyDocument) == kept_shapes(len(documents.FORMATS))


NEWEST = len(documents.FORMATS)
NEXT = f"claimtrack/{NEWEST + 1}"


class Statement(documents.Statement, tag="statement", kw_only=True):
    """A statement with one field more, as the next version might have it."""

    occasion: Annotated[str, VersionAdded(NEWEST + 1)] = ""


class Unmarked(documents.Statement, tag="statement", kw_only=True):
    """The same, added without saying since when."""

    occasion: str = ""


def any_document(statement):
    return reduce(or_, {**documents.DOCUMENT_TYPES, "statement": statement, "redirect": documents.Redirect}.values())


@pytest.fixture
def next_version(monkeypatch):
    """A program whose statements have one optional field more, in the next version."""
    with_occasion = any_document(Statement)
    monkeypatch.setattr(documents, "AnyDocument", with_occasion)
    monkeypatch.setattr(documents, "_decoder", msgspec.json.Decoder(with_occasion))
    monkeypatch.setattr(documents, "FORMATS", (*documents.FORMATS, NEXT))
    monkeypatch.setattr(documents, "FORMAT", NEXT)
    documents._decoder_at.cache_clear()
    yield
    documents._decoder_at.cache_clear()


def statement_line(**values):
    """An entry with a statement, as it stands in the kept export, with these values beside."""
    entries = [json.loads(line) for line in (FOLDER / "claimtrack-2.ndjson").read_bytes().splitlines()[1:-1]]
    entry = next(entry for entry in entries if (entry["document"] or {}).get("type") == "statement")
    document = json.dumps({**entry["document"], **values}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    entry["digest"] = digest_of(document, entry["reason"], entry["salt"])
    entry["document"] = msgspec.Raw(document.encode())
    return msgspec.json.encode(entry)


def test_an_optional_field_more_leaves_the_log_of_yesterday_as_it_is(next_version, settings):
    settings.RECORD_CHECKS = []
    content = (FOLDER / f"{FORMAT.replace('/', '-')}.ndjson").read_bytes()
    import_record(io.BytesIO(content))
    # The kept records are of times to come.
    assert [fault for fault in faults() if not isinstance(fault, Remark)] == []
    assert b"".join(FORMATS["ndjson"](take_snapshot(using="default"))) == content
    for row in Publication.objects.exclude(document=None):
        assert encode(decode(row.document)) == row.document
        assert digest_of(row.document, row.reason, row.salt) == row.digest


def test_a_field_of_a_newer_version_is_refused_in_an_older_file(next_version):
    line = statement_line(occasion="a visit")
    with pytest.raises(ImportRefused, match=rf"^line 7, document: {FORMAT} did not have this yet: .*`occasion`"):
        verify_entry(line, 7, "", FORMAT)
    assert verify_entry(line, 7, "", NEXT).document.occasion == "a visit"
    assert '"occasion"' not in verify_entry(statement_line(), 7, "", NEXT).text


def test_fields_of_version_2_are_refused_in_a_file_of_version_1():
    line = statement_line(notes=[{"about": "date", "text": "Taken to be 2021."}])
    with pytest.raises(ImportRefused, match="claimtrack/1 did not have this yet"):
        verify_entry(line, 7, "", "claimtrack/1")
    assert verify_entry(line, 7, "", "claimtrack/2").document.notes[0].about == "date"


def test_a_topic_is_refused_in_a_file_of_version_2():
    lines = [json.loads(line) for line in (FOLDER / "claimtrack-3.ndjson").read_bytes().splitlines()[1:-1]]
    line = next(line for line in lines if (line["document"] or {}).get("type") == "topic")
    text = json.dumps(line["document"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    written = msgspec.json.encode(line | {"document": msgspec.Raw(text.encode())})
    with pytest.raises(ImportRefused, match="claimtrack/2 did not have this yet: Invalid value 'topic'"):
        verify_entry(written, line["seq"], "", "claimtrack/2")
    assert verify_entry(written, line["seq"], "", "claimtrack/3").document.title == "The valley of Sary"


def test_a_field_that_does_not_say_since_when_breaks_the_kept_shapes():
    assert shapes_of(type_at(any_document(Statement), NEWEST)) == kept_shapes(NEWEST)
    assert shapes_of(type_at(any_document(Unmarked), NEWEST)) != kept_shapes(NEWEST)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_field_that_came_later_has_a_default_and_no_other_has(shape):
    since_the_first = {field.name for field in msgspec.structs.fields(type_at(shape, 1))}
    assert since_the_first == {field.name for field in msgspec.structs.fields(shape) if field.required}


@pytest.mark.parametrize(("shape", "name"), LISTS, ids=lambda part: getattr(part, "__name__", part))
def test_a_list_is_widened_in_a_new_version_only(shape, name):
    wider = Literal[*get_args(field_types(shape)[name]), "something new"]

    def with_list(kind):
        return msgspec.defstruct(shape.__name__, [(name, kind)], bases=(Shape,))

    def kept(version):
        return kept_shapes(version)[shape.__name__]["properties"][name]

    def at(version, kind):
        return shapes_of(type_at(with_list(kind), version))[shape.__name__]["properties"][name]

    said, unsaid = Annotated[wider, VersionAdded(NEWEST + 1, ("something new",))], wider
    assert (at(NEWEST, said) == kept(NEWEST), at(NEWEST, unsaid) == kept(NEWEST)) == (True, False)
    text = msgspec.json.encode({name: "something new"})
    assert getattr(msgspec.json.decode(text, type=type_at(with_list(said), NEWEST + 1)), name) == "something new"
    with pytest.raises(msgspec.ValidationError, match="something new"):
        msgspec.json.decode(text, type=type_at(with_list(said), NEWEST))
