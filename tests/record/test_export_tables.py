"""The record as tables: CSV, XLSX and Parquet, whatever the texts hold, and the data package that describes them."""

import csv
import io
import json
import re
import shutil
import subprocess
import time
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.conf import settings
from django.test import override_settings

from record.documents.vocabulary import STANCES
from record.exports import FORMATS, take_snapshot
from record.exports.tables import TABLES
from record.log import append
from tests import record_cast as cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Every plane of Unicode that has characters, text from right to left, marks that stand alone, and no character at all.
PLANES = [chr(code) for code in (0x41, 0x1F642, 0x20000, 0x30000, 0xE0100, 0xF0000, 0x10FFFD, 0x7F, 0x85, 0xFFFD)]
HOSTILE = (
    "=1+1",
    '=HYPERLINK("https://evil.example","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "'=1",
    "''",
    "#REF!",
    'a "b", c',
    "two\nlines",
    "a\rb",
    "_x0041_ \x07 \uffff",
    "مرحبا \u202babc\u202c",
    "".join(PLANES),
)


def written(name, **bounds):
    return b"".join(FORMATS[name](take_snapshot(**bounds, using="default")))


def csv_rows(name, **bounds):
    """The rows of a CSV as dictionaries, every cell as the text that it stands for."""
    text = written(name, **bounds).decode("utf-8-sig")
    return [
        {key: cell.removeprefix("'") for key, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def sheets(name):
    book = openpyxl.load_workbook(io.BytesIO(written(name)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


def hostile():
    """The cast, and a claim and an actor for every hostile text."""
    cast.append_cast()
    append(
        [cast.claim(f"hclai{n:07d}", f"hostile-{n}", text, position=n) for n, text in enumerate(HOSTILE)]
        + [cast.actor(f"hacto{n:07d}", f"hostile-{n}", text) for n, text in enumerate(HOSTILE)],
        reason="Hostile",
    )


def test_there_is_a_row_for_every_appearance_and_stance():
    cast.append_cast()
    rows = csv_rows("csv")
    assert len(rows) == 2 * 2 + 2 * 3 + 1 + 1
    found = [row for row in rows if row["statement_id"] == "state0000002" and row["claim_id"] == "claim0000003"]
    assert [(row["appearance"], row["exact"], row["outlet"]) for row in found] == [
        ("1", "fewer than 900", "Valley Wire"),
        ("2", "тоғыз жүзден аз", "River Mirror"),
    ]
    assert found[1]["chain"] == "relays: Valley Wire | relays: Ministry of Water (деп хабарлады)"
    assert (found[0]["speaker"], found[0]["question"], found[0]["hedge"]) == (
        "Sergei Toqaev",
        "Why were they moved?",
        "as is known",
    )
    assert {row["speaker"] for row in rows if not row["speaker_id"]} == {"local people"}


def test_a_statement_that_is_printed_nowhere_or_bears_on_nothing_has_its_row():
    append([cast.question_moved, cast.claim_few, cast.claim_many], reason="Needed")
    append([cast.statement("state0000008", "Bare."), cast.statement("state0000009", "Silent.")], reason="Bare")
    assert [(row["summary"], row["stance"], row["appearance"]) for row in csv_rows("csv")] == [
        ("Bare.", "", ""),
        ("Silent.", "", ""),
    ]


def test_merged_claims_are_one_and_rows_can_be_joined_by_id():
    cast.append_history()
    claims = {row["claim_id"]: row for row in csv_rows("claims.csv")}
    rows = csv_rows("csv")
    assert {row["claim_id"] for row in rows} <= set(claims)
    towards = {(row["claim_id"], row["stance"]) for row in rows if row["statement_id"] == "state0000001"}
    assert towards == {("claim0000001", "affirms")}
    assert {row["speaker_id"] for row in rows} <= {row["actor_id"] for row in csv_rows("actors.csv")} | {""}
    assert {row["article_id"] for row in rows} <= {row["article_id"] for row in csv_rows("articles.csv")}


def test_a_table_is_of_what_stood_then():
    cast.append_history()
    assert [row["claim"] for row in csv_rows("claims.csv", as_of=21)][2] == "They were moved for a dam."
    assert len(csv_rows("claims.csv", as_of=21)) == 4 and len(csv_rows("claims.csv")) == 3


def test_figures_dates_and_names_are_whole():
    cast.append_cast()
    claims = csv_rows("claims.csv")
    assert [claims[0][name] for name in ("amount", "lower", "modifier", "as_of", "as_of_latest")] == [
        "12000",
        "",
        "about",
        "2019-06",
        "2019-06-30",
    ]
    assert (claims[1]["lower"], claims[1]["relations"]) == ("850.5", "contrary to claim0000001")
    assert "水利部 [zh-Hans, alias]" in csv_rows("actors.csv")[0]["names"]


def test_no_cell_of_a_csv_starts_a_formula_and_every_text_can_be_had_back():
    hostile()
    for name in ("csv", "claims.csv", "actors.csv", "articles.csv"):
        raw = csv.reader(io.StringIO(written(name).decode("utf-8-sig"), newline=""))
        assert not [cell for row in raw for cell in row if cell.startswith(tuple("=+-@\t\r\n＝"))]
    assert {text for row in csv_rows("claims.csv") for text in [row["claim"]]} >= set(HOSTILE)
    assert {row["name"] for row in csv_rows("actors.csv")} >= set(HOSTILE)


def test_a_csv_is_utf8_with_a_mark_and_lines_that_end_as_the_standard_says():
    cast.append_cast()
    content = written("articles.csv")
    assert content.startswith(b"\xef\xbb\xbfarticle_id,headline,outlet_id,") and content.endswith(b"\r\n")
    assert "Су министрлігі: тоғыз жүзден аз" in content.decode()


def test_a_sheet_holds_texts_and_never_a_formula():
    hostile()
    book = openpyxl.load_workbook(io.BytesIO(written("claims.xlsx")))
    cells = {cell.value: cell.data_type for row in book["claims"].rows for cell in row if cell.value is not None}
    assert set(cells.values()) <= {"s", "n", "d", "b"}
    for text in HOSTILE[:11]:
        assert cells[text] == "s"
    assert "_x005F_x0041_ _x0007_ _xFFFF_" in cells
    assert "a_x000D_b" in cells


def test_a_workbook_says_of_what_it_is_and_under_which_terms():
    cast.append_cast()
    with override_settings(TERMS="Free to use.", TERMS_URL="https://terms.example/1"):
        found = sheets("xlsx")
    assert list(found) == ["wide", "about"]
    assert len(found["wide"]) == 13
    about = {row[0]: row[1] for row in found["about"]}
    assert about["Terms of use"] == "Free to use. https://terms.example/1"
    assert about["As of entry"] == 21 and about["Asked"] == "as_of=21"
    assert "Rows are printings" in about["wide"]


def test_a_workbook_of_one_head_is_the_same_to_the_byte_whenever_it_is_made(monkeypatch):
    cast.append_cast()
    first = written("claims.xlsx")
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2020, 3, 1, 9, 30, 0)}
        assert b"2020-03-01T09:30:00Z" in packed.read("docProps/core.xml")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    assert written("claims.xlsx") == first


def test_what_does_not_fit_a_cell_or_a_sheet_is_told_or_goes_on(monkeypatch):
    monkeypatch.setattr("record.exports.xlsx.MAX_ROWS", 4)
    append([cast.question_moved, cast.claim("claim0000001", "long", "🙂" * 40_000)], reason="Long")
    append([cast.claim(f"claim000001{n}", f"c-{n}", f"Claim {n}") for n in range(4)], reason="Many")
    found = sheets("claims.xlsx")
    assert list(found) == ["claims", "claims 2", "about"]
    assert [len(rows) for rows in found.values()][:2] == [4, 3]
    text = found["claims"][1][1]
    assert text.endswith("[cut here: the CSV has it whole]") and len(text.encode("utf-16-le")) // 2 <= 32_767
    assert csv_rows("claims.csv")[0]["claim"] == "🙂" * 40_000


def test_parquet_keeps_types_and_every_digit():
    parquet = pytest.importorskip("pyarrow.parquet")
    hostile()
    long = cast.figure(amount=Decimal("123456789012345678901234.123456"))
    append([cast.claim("claim0000009", "long", "A long one", kind="figure", figure=long)], reason="Long")
    found = parquet.read_table(io.BytesIO(written("claims.parquet")))
    rows = {row["claim_id"]: row for row in found.to_pylist()}
    assert rows["claim0000009"]["amount"] == Decimal("123456789012345678901234.123456")
    assert rows["claim0000001"]["as_of_latest"] == date(2019, 6, 30)
    assert {row["claim"] for row in rows.values()} >= set(HOSTILE)
    assert found.schema.metadata[b"as_of"] == b"54" and b"terms" in found.schema.metadata
    assert parquet.read_table(io.BytesIO(written("parquet"))).num_rows == 12


def test_parquet_that_cannot_be_made_is_not_found_with_the_reason(client, monkeypatch):
    monkeypatch.setattr("record.exports.formats.find_spec", lambda name: None)
    answer = client.get("/export.parquet")
    assert answer.status_code == 404 and "has not installed pyarrow" in answer.json()["sentence"]


@pytest.mark.parametrize("name", ["csv", *(f"{table.name}.csv" for table in TABLES)])
def test_an_empty_record_is_a_table_without_rows(name):
    assert csv_rows(name) == []
    assert written(name).count(b"\r\n") == 1


def test_the_terms_stand_in_every_row():
    cast.append_cast()
    with override_settings(TERMS="Free to use.", TERMS_URL="https://terms.example/1"):
        for table in ("csv", "claims.csv", "actors.csv", "articles.csv"):
            assert {row["terms"] for row in csv_rows(table)} == {"Free to use. https://terms.example/1"}
        package = json.loads(written("datapackage.json"))
        assert package["licenses"] == [
            {"name": "terms-of-use", "title": "Free to use.", "path": "https://terms.example/1"}
        ]


def test_the_data_package_is_valid_and_so_is_every_table_that_it_describes(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    cast.append_history()
    append([cast.claim(f"hclai{n:07d}", f"h-{n}", text) for n, text in enumerate(HOSTILE[:11])], reason="Hostile")
    figure = cast.figure(amount=Decimal("-12.5"), unit="°C", counted="degrees")
    append([cast.valley], reason="A topic")
    append([cast.claim("claim0000009", "cold", "It was cold.", kind="figure", figure=figure)], reason="Cold")
    zipfile.ZipFile(io.BytesIO(written("datapackage.zip"))).extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert {task.name: task.stats.get("rows", 0) for task in report.tasks}["claims"] == 15
    assert {path.name for path in tmp_path.iterdir()} == {
        "datapackage.json",
        *(f"{table.name}.csv" for table in TABLES),
    }
    package = json.loads((tmp_path / "datapackage.json").read_text())
    found = {resource["name"]: resource["schema"] for resource in package["resources"]}
    assert {"fields": "claim_id", "reference": {"resource": "claims", "fields": "claim_id"}} in (
        found["stances"]["foreignKeys"]
    )
    [stances] = [field for field in found["stances"]["fields"] if field["name"] == "stance"]
    assert stances["constraints"] == {"enum": list(STANCES)}
    assert "take one away from every cell that begins with one" in package["description"]


def test_the_data_package_of_the_site_names_the_csvs_as_they_stood():
    cast.append_cast()
    package = json.loads(written("datapackage.json"))
    assert [resource["path"] for resource in package["resources"]] == [
        f"{settings.SITE_ADDRESS}/export/{table.name}.csv?as_of=21" for table in TABLES
    ]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["claims.csv", "claims.xlsx"])
def test_libreoffice_opens_tables_without_a_formula_and_with_the_right_characters(tmp_path, name):
    hostile()
    (tmp_path / name).write_bytes(written(name))
    options = ["--infilter=CSV:44,34,76,1"] if name.endswith("csv") else []
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", *options, "--convert-to", "fods", "--outdir", tmp_path, tmp_path / name],
        capture_output=True,
        check=True,
        timeout=120,
    )
    sheet = (tmp_path / "claims.fods").read_text()
    # LibreOffice itself takes a truth value of XLSX for one of these two.
    cells = re.sub('table:formula="of:=(TRUE|FALSE)\\(\\)"', "", sheet.partition("<office:spreadsheet")[2])
    assert "formula" not in cells
    for text in ("=1+1", "@SUM(A1)", "مرحبا \u202babc\u202c", "🙂𠀀", "moved for a dam."):
        assert text in sheet
