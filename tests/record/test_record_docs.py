"""docs/record.md: its lines for verifying an export do verify it; docs/exports.md: it says who uses what."""

import re
from pathlib import Path

import pytest

from record.api.verification_lines import VERIFICATION_LINES
from record.exports import FORMATS, ndjson, take_snapshot
from tests import record_cast as cast

pytestmark = pytest.mark.any_database

PAGE = Path(__file__).parents[2] / "docs/record.md"


@pytest.fixture
def lines():
    [found] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return compile(found, "docs/record.md", "exec")


def test_the_data_page_has_the_same_lines():
    assert VERIFICATION_LINES in PAGE.read_text()


@pytest.mark.django_db
def test_ten_lines_of_python_verify_an_export(lines, tmp_path, monkeypatch):
    cast.append_history()
    monkeypatch.chdir(tmp_path)
    content = b"".join(ndjson.export(take_snapshot(using="default")))
    (tmp_path / "export.ndjson").write_bytes(content)
    exec(lines, {})
    for old, new in TAMPERED:
        assert old in content
        (tmp_path / "export.ndjson").write_bytes(content.replace(old, new, 1))
        with pytest.raises(AssertionError):
            exec(lines, {})


TAMPERED = [(b"moved for a dam", b"moved for a lake"), (b"Plainer", b"Clearer"), (b'"version":2', b'"version":3')]


def test_the_page_of_exports_says_who_uses_each_format():
    rows = [line for line in (PAGE.parent / "exports.md").read_text().splitlines() if line.startswith("| `/")]
    for form in FORMATS.values():
        if not form.address.startswith("export/"):  # the tables beside that of the statements, in one row
            assert any(f"`/{form.address}`" in row and row.endswith(f"| {form.users} |") for row in rows), form.name
