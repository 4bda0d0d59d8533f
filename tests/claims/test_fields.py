"""The fields of a statement: one list, which documents, desk, tables and files of a dossier agree with."""

from claims.changes.recording import STATEMENT_READERS
from claims.imports.dossier.dossier_types import StatementEntry
from claims.models import Statement
from record import documents
from record.documents import NotedDocument
from record.documents.fields import STATEMENT_FIELDS
from record.exports.tables import STATEMENTS
from record.presenters.versions import FIELD_LABELS

NAMES = [field.name for field in STATEMENT_FIELDS]


def test_documents_have_these_fields_and_their_lists():
    lists = {"stances", "appearances"}
    assert {*documents.Statement.__struct_fields__} == {*NAMES, *lists, *NotedDocument.__struct_fields__}


def test_the_desk_keeps_and_reads_each_of_them():
    # What an editor says nothing of: who has it, when it was changed, and which days a date can mean.
    own = {field.name for field in Statement._meta.concrete_fields if field.editable} - {"id"}
    assert own == {*NAMES} == STATEMENT_READERS.keys()


def test_files_tables_and_versions_know_each_of_them():
    assert {*NAMES} <= {*StatementEntry.__struct_fields__}
    assert {*NAMES} <= FIELD_LABELS.keys()
    assert {*NAMES} - {column.name for column in STATEMENTS.columns} == {"speaker_label"}  # stands as the speaker
