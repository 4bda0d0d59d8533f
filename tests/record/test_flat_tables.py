"""The flat tables: one subject each, joined by ids, counted as pages count, in one SQLite file too, and marked with
what was asked of them."""

import csv
import io
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from record.exports import FORMATS, take_snapshot
from record.exports.tables import TABLES
from record.log import Withdrawal, append
from record.models import Publication
from record.queries.counts import claim_counts
from tests import record_cast as cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def written(name, **bounds):
    return b"".join(FORMATS[name](take_snapshot(**bounds, using="default")))


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def fetched(address):
    response = Client().get(address)
    assert response.status_code == 200, response.content
    return b"".join(response)


@pytest.fixture
def opened(tmp_path):
    """What opens the bytes of a SQLite file."""
    databases = []

    def open_bytes(content):
        path = tmp_path / f"{len(databases)}.sqlite"
        path.write_bytes(content)
        databases.append(sqlite3.connect(f"file:{path}?mode=ro", uri=True))
        return databases[-1]

    yield open_bytes
    for database in databases:
        database.close()


def append_more():
    """Outlets that speak, a change of position, an edited reprint of a reprint, and something that is withdrawn."""
    cast.append_history()
    speaking = cast.actor("actor0000011", "courier-speaks", "Steppe courier", kind="outlet")
    news = cast.outlet("outle0000011", "news", "Agence Vallée-Nouvelles", kind="agency")
    short = cast.actor("actor0000012", "avn", "AVN", kind="outlet")
    further = cast.article(
        "artic0000011",
        "further",
        "Once more",
        printed_by="outle0000002",
        derived_from="artic0000002",
        derivation="edited",
    )
    changed = cast.statement(
        "state0000011",
        "It was twelve thousand after all.",
        speaker="actor0000002",
        said_on=cast.on("2020-04-01"),
        stances=[cast.stance("claim0000001")],
        appearances=[cast.appearance("artic0000011", "twelve thousand")],
    )
    gone = cast.statement("state0000012", "Quuxly said.", stances=[cast.stance("claim0000003")])
    append([cast.valley, speaking, news, short, further, changed, gone], reason="More")
    append([Withdrawal("statement", "state0000012")], reason="Nobody said it")


def test_one_file_holds_all_tables_with_keys_that_lead_somewhere_and_is_the_same_each_time(opened):
    append_more()
    content = written("sqlite")
    assert written("sqlite") == content and b"Quuxly" not in content
    found = opened(content)

    def ask(query):
        return found.execute(query).fetchall()

    assert ask("PRAGMA integrity_check") == [("ok",)] and ask("PRAGMA foreign_key_check") == []
    names = {name for (name,) in ask("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert names == {table.name for table in TABLES} | {"about", "columns"}
    about = dict(ask("SELECT * FROM about"))
    head = take_snapshot(using="default").head
    assert (about["as_of"], about["link"], about["asked"]) == (str(head.seq), head.link, f"as_of={head.seq}")
    for table in TABLES:
        described = ask(f'SELECT "column" FROM columns WHERE "table" = \'{table.name}\' ORDER BY rowid')
        assert [name for (name,) in described] == [name for _, name, *_ in ask(f"PRAGMA table_info({table.name})")]
        rows = read_csv(written(f"{table.name}.csv"))
        assert ask(f"SELECT count(*) FROM {table.name}") == [(len(rows),)]
        assert {row["asked"] for row in rows} <= {f"as_of={head.seq}"}
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        found.execute("DELETE FROM claims")
    # Who changed position, whom reprints come from, and which actor is which outlet.
    assert ask(
        "SELECT speaker, claim_id, min(side), max(side) FROM stances WHERE side <> 'neither' "
        "GROUP BY speaker_key, claim_id HAVING count(DISTINCT side) > 1"
    ) == [("Sergei Toqaev", "claim0000001", "assent", "dissent")]
    assert ask("SELECT DISTINCT family_id FROM articles WHERE article_id IN ('artic0000001', 'artic0000011')") == [
        ("artic0000001",)
    ]
    assert ask("SELECT a.name, o.name FROM actors a JOIN outlets o USING (outlet_id) ORDER BY 1") == [
        ("AVN", "Agence Vallée-Nouvelles"),
        ("Steppe courier", "Steppe Courier"),
    ]
    assert ask("SELECT actor_id FROM outlets WHERE name = 'Steppe Courier'") == [("actor0000011",)]
    assert ask("SELECT change, reason, label FROM changes WHERE id = 'state0000012' ORDER BY seq") == [
        ("emptied", None, None),
        ("withdrawn", "Nobody said it", None),
    ]


def test_claims_count_as_their_pages_do_and_name_who_affirms_and_denies():
    append_more()
    for row in read_csv(written("claims.csv")):
        counts = claim_counts(of=("claim", row["claim_id"])).counts_of(row["claim_id"])
        names = ("statements", "articles", "origins")
        assert [int(row[name]) for name in names] == [counts[name] for name in names]
    [many] = [row for row in read_csv(written("claims.csv")) if row["claim_id"] == "claim0000001"]
    assert (many["affirmed_by"], many["denied_by"]) == ("Sergei Toqaev | a herder", "Sergei Toqaev")
    origins = {
        row["origin"]
        for row in read_csv(written("origins.csv"))
        if row["statement_id"] in ("state0000001", "state0000011")
    }
    assert int(many["affirming_origins"]) == len(origins) == 2
    assert many["affirming_origin_names"] == "Villages emptied at night (Steppe Courier) | Once more (Valley Wire)"


def test_rows_tell_when_they_were_recorded_and_where_they_stand():
    append_more()
    [claim] = [row for row in read_csv(written("claims.csv")) if row["claim_id"] == "claim0000003"]
    entries = Publication.objects.filter(public_id="claim0000003").order_by("seq")
    first, last = entries.first(), entries.last()
    assert last.version > 1
    assert (claim["seq"], claim["version"]) == (str(last.seq), str(last.version))
    assert claim["recorded_at"] == last.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert claim["first_recorded_at"] == first.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert claim["url"] == f"{settings.SITE_ADDRESS}/claims/dam-was-the-reason"
    then = read_csv(written("claims.csv", as_of=21))
    assert {row["version"] for row in then} == {"1"} and then[0]["asked"] == "as_of=21"


def test_a_period_says_how_many_undated_statements_it_left_out(opened):
    cast.append_cast()
    query = "claim=for-the-dam&said_since=2020-02"
    for form in ("export.csv", "export/statements.csv"):
        response = Client().get(f"/{form}?{query}")
        assert response["Claimtrack-Undated-Left-Out"] == "1"
        assert {row["asked"] for row in read_csv(b"".join(response))} == {
            f"as_of=21&{query} (undated statements left out: 1)"
        }
    assert "Claimtrack-Undated-Left-Out" not in Client().get("/export.csv?claim=for-the-dam")
    about = dict(opened(fetched(f"/export.sqlite?{query}")).execute("SELECT * FROM about"))
    assert about["undated_left_out"] == "1"
    assert b'"undated_left_out":1' in fetched(f"/export.ndjson?{query}").splitlines()[0]
    assert b'"undated_left_out": 1' in fetched(f"/datapackage.json?{query}")


def test_every_format_gives_what_was_recorded_since_a_day(opened):
    cast.append_cast()
    day = datetime(2020, 3, 10, tzinfo=UTC)
    append(
        [
            cast.replace(cast.claim_dam, text="They were moved for a dam, it is said."),
            cast.claim("claim0000021", "n", "New"),
        ],
        reason="More",
        at=day,
    )
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it", at=day + timedelta(days=1))
    for form in FORMATS.values():
        assert Client().get(f"/{form.address}?recorded_since=2020-03-10").status_code == 200, form.name
    rows = read_csv(fetched("/export/claims.csv?recorded_since=2020-03-10"))
    assert {row["claim_id"] for row in rows} == {"claim0000003", "claim0000021"}
    assert {row["asked"] for row in rows} == {"as_of=24&recorded_since=2020-03-10"}
    changes = read_csv(fetched("/export/changes.csv?recorded_since=2020-03-10"))
    assert [row["change"] for row in changes] == ["corrected", "added", "withdrawn"]
    assert fetched("/export.ndjson?recorded_since=2020-03-10").count(b'"seq":2') >= 3
    part = opened(fetched("/export.sqlite?recorded_since=2020-03-11"))
    assert part.execute("SELECT count(*) FROM claims").fetchone() == (0,)
    assert part.execute("PRAGMA foreign_key_check").fetchall() == []
    assert read_csv(fetched("/export/claims.csv?recorded_since=2030")) == []
    assert len(read_csv(fetched("/export/claims.csv?recorded_since=2000"))) == 5
    # Beside `since` the later of the two counts.
    for both, alone in (
        ("recorded_since=2020-03-11&since=3", "since=23"),
        ("recorded_since=2020-03-10&since=23", "since=23"),
        ("recorded_since=2030&since=3&as_of=22", "since=22&as_of=22"),
    ):
        assert fetched(f"/export.ndjson?{both}") == fetched(f"/export.ndjson?{alone}"), both


def test_a_filtered_file_is_joined_too(opened):
    append_more()
    part = opened(fetched("/export.sqlite?actor=sergei-toqaev&stance=affirms"))
    assert part.execute("PRAGMA foreign_key_check").fetchall() == []
    assert part.execute("SELECT count(*) FROM statements").fetchone() > (0,)
    ids = {row[0] for row in part.execute("SELECT DISTINCT id FROM changes")}
    assert "state0000004" not in ids and "state0000011" in ids


def test_tables_ask_as_many_questions_however_many_rows_they_have():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            written("sqlite")
        return len(captured)

    append_more()
    queries()  # what is read once is read
    few = queries()
    append(
        [
            cast.statement(
                f"manys{number:07d}",
                f"Saying {number}",
                speaker="actor0000001",
                stances=[cast.stance("claim0000001")],
                appearances=[cast.appearance("artic0000001")],
            )
            for number in range(60)
        ],
        reason="Many",
    )
    assert queries() <= few
