"""The page "Import statements": a table is read, tried row by row, shown, and recorded once it is confirmed."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles.desk_admin import desk_page
from articles.editors import acting_editor
from articles.uploaded_tables import TABLE_SUFFIXES, FileIsBroken, TableRow, decode_text, read_table

from ..imports.table import ADDED_STATES, COLUMNS, REFUSED, Outcome, import_statements, statement_rows
from ..models import Statement
from ..privacy.viewer import may_see_names

MAX_ROWS = 500  # rows that go through the page; a dry run holds the database's only writer on SQLite meanwhile
MAX_SIZE = 2_000_000  # bytes
USE_COMMAND_HINT = "For longer tables use manage.py import_statements."


class TableForm(forms.Form):
    """A table, from a file or pasted as CSV; on the way back as the rows that were shown.

    A browser does not send a file again: what was read from a refused one comes back as rows to be corrected in place,
    and `of_file` says so. Another file that is chosen then counts alone.
    """

    file = forms.FileField(required=False, help_text="CSV (UTF-8), JSON or XLSX, one row per printing and stance")
    pasted = forms.CharField(
        required=False,
        label="Or the rows, pasted as CSV",
        max_length=MAX_SIZE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField", "spellcheck": "false"}),
    )
    of_file = forms.BooleanField(required=False, widget=forms.HiddenInput)
    text = ""  # of the file that was read, as CSV, if it could be
    refusals: Sequence[str] = ()  # what was refused of it

    def clean(self) -> dict[str, Any]:
        file, pasted = self.cleaned_data.get("file"), self.cleaned_data.get("pasted", "")
        if file and self.cleaned_data.get("of_file"):
            pasted = ""
        if bool(file) == bool(pasted.strip()):
            raise forms.ValidationError("Choose a file or paste rows, not both.")
        try:
            rows = self._read_file(file) if file else _read_rows("pasted.csv", pasted.encode())
        except (FileIsBroken, UnicodeEncodeError) as error:
            self.add_error("file" if file else "pasted", str(error))
        else:
            self.cleaned_data["rows"] = rows
        return self.cleaned_data

    def _read_file(self, file: UploadedFile) -> list[TableRow]:
        data = file.read(MAX_SIZE + 1)
        if (file.name or "").lower().endswith(".csv") and len(data) <= MAX_SIZE:
            self.text = decode_text(data)
        rows = _read_rows(file.name or "", data)
        self.text = self.text or rows_to_csv(rows)
        return rows

    def form_to_correct(self) -> "TableForm":
        """The form to be shown again: with what was read from a file, which the browser has let go of."""
        if not self.text:
            return self
        form = form_from_file(self.text)
        form.refusals = [str(sentence) for sentences in self.errors.values() for sentence in sentences]
        return form


def form_from_file(text: str) -> TableForm:
    """The form with the text of a table that this very request has sent as a file."""
    form = TableForm(initial={"pasted": text, "of_file": True})
    form.fields["pasted"].widget.attrs["data-typed"] = True
    return form


def rows_to_csv(rows: list[TableRow]) -> str:
    """The rows of a table as CSV, to be corrected in a form; empty where one of them cannot be written."""
    readable = [row for _, row in rows if isinstance(row, dict)]
    if len(readable) < len(rows):
        return ""
    columns = list(dict.fromkeys(name for row in readable for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(readable)
    return written.getvalue()


def _read_rows(name: str, data: bytes) -> list[TableRow]:
    if not name.lower().endswith(TABLE_SUFFIXES):
        raise FileIsBroken(f"The file name must end in {', '.join(TABLE_SUFFIXES)}.")
    if len(data) > MAX_SIZE:
        raise FileIsBroken(f"The file is larger than {MAX_SIZE:,} bytes. {USE_COMMAND_HINT}")
    rows = read_table(data, name, COLUMNS)
    if not rows:
        raise FileIsBroken("The table has no rows.")
    if len(rows) > MAX_ROWS:
        raise FileIsBroken(f"The table has {len(rows)} rows; this page accepts up to {MAX_ROWS}. {USE_COMMAND_HINT}")
    return rows


class RowsForm(forms.Form):
    """The rows that were shown, to be recorded."""

    rows = forms.JSONField(widget=forms.HiddenInput)

    def clean_rows(self) -> list[TableRow]:
        rows = self.cleaned_data["rows"]
        whole = isinstance(rows, list) and 0 < len(rows) <= MAX_ROWS and all(map(_is_row, rows))
        if not whole:
            raise forms.ValidationError("The rows came back damaged. Start over.")
        return [(place, row) for place, row in rows]


def import_page(request: HttpRequest) -> HttpResponse:
    """Two steps on one address: the table is tried, then recorded. Nothing is kept between the two."""
    if not (request.user.has_perm("claims.add_statement") and request.user.has_perm("claims.change_statement")):
        raise PermissionDenied
    form, rows, outcomes, refusal = TableForm(), None, None, ""
    if request.method == "POST" and "rows" in request.POST:
        confirmed = RowsForm(request.POST)
        if confirmed.is_valid():
            rows = confirmed.cleaned_data["rows"]
            outcomes = _import_rows(request, rows, dry_run=False)
            if all(outcome.state != REFUSED for outcome in outcomes):
                added = sum(outcome.state in ADDED_STATES for outcome in outcomes)
                messages.success(request, f"{added} imported, {len(outcomes) - added} already recorded.")
                return redirect("admin:claims_statement_changelist")
            form = form_from_file(rows_to_csv(rows))
        else:
            refusal = str(confirmed.errors["rows"][0])
    elif request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        if form.is_valid():
            rows = form.cleaned_data["rows"]
            outcomes = _import_rows(request, rows, dry_run=True)
    refused = sum(outcome.state == REFUSED for outcome in outcomes or [])
    return desk_page(
        request,
        "admin/desk/import_statements.html",
        model=Statement,
        title="Import statements",
        form=form.form_to_correct() if refused or form.errors else form,
        outcomes=outcomes,
        refused=refused,
        rows=json.dumps(rows) if rows is not None and not refused else "",
        columns=sorted(COLUMNS.known),
        refusal=refusal,
    )


def _import_rows(request: HttpRequest, rows: list[TableRow], *, dry_run: bool) -> list[Outcome]:
    named = may_see_names(request.user)
    return import_statements(statement_rows(rows), by=acting_editor(request), named=named, dry_run=dry_run)


def _is_row(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 2
        and isinstance(row[0], str)
        and isinstance(row[1], dict)
        and all(name in COLUMNS.known and isinstance(value, str) for name, value in row[1].items())
    )
