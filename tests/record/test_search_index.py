"""The search index: the same words find the same documents on both databases, and no query is an error."""

import importlib
import random
from datetime import date
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction

from language import search_words
from language.names.spellings import fold
from language.search_words import searchable_terms
from record import projections, search
from record.log import Withdrawal, append
from record.models import Address, Current, Position, Printing, Publication, Reference, Relay
from record.projections.lookup import all_rows
from record.search.index import POSTGRESQL_COLUMNS, row_of
from record.search.query import read_query
from tests import record_cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record():
    cast.append_cast()


def found(q, **options):
    narrow = search.SearchFilter(
        **{name: options.pop(name) for name in list(options) if name not in ("after", "limit")}
    )
    return [hit.public_id for hit in search.search(q, narrow, **options).hits]


def kinds_of(*kinds):
    return search.SearchFilter(kinds=kinds)


def marked(segments):
    return "".join(f"[{part.text}]" if part.marked else part.text for part in segments)


@pytest.mark.parametrize(
    "q", ["Toqaev", "toqaev", "TOQAEV", "Tóqaév", "toqa", "Tokayev", "Тоқаев", "тоқаев", "توقايەۆ"]
)
def test_one_person_is_found_in_every_script_and_spelling(q):
    assert found(q)[:1] == ["actor0000002"]


def test_the_statements_of_a_person_are_found_by_any_of_their_names():
    assert "state0000002" in found("توقايەۆ")
    assert found("Sergei Toqaev dam") == ["state0000002"]


def test_a_new_name_of_an_actor_finds_the_statements_that_were_published_before():
    assert found("Sergius") == []
    more = cast.replace(cast.minister, names=(*cast.minister.names, cast.name("Sergius Tokaius", "la")))
    append([more], reason="A Latin name")
    assert found("Sergius") == ["actor0000002", "state0000002"]


def test_the_statements_of_a_merged_actor_are_found_by_the_names_of_the_other():
    append([cast.redirect("actor0000004", "herders-union", "actor0000003")], reason="The same")
    assert "state0000003" in found("a herder")


def test_words_are_all_needed_and_each_is_the_start_of_a_word():
    assert found("twelve were") == ["claim0000001", "state0000001"]
    assert found("wer twelv") == ["claim0000001", "state0000001"]
    assert found("twelve elephants") == []
    assert found("welve") == []


def test_words_in_quotation_marks_stand_in_that_order():
    assert found('"nine hundred"') == ["claim0000002", "artic0000003", "state0000002"]
    assert found('"hundred nine"') == []
    assert found("“nine hundred") == found('"nine hundred"')


def test_a_part_of_a_chinese_name_is_found():
    assert found("水利部")[0] == "actor0000001"
    assert found("利部") == ["actor0000001"]
    assert found("shuilibu")[0] == "actor0000001"
    assert found("部利") == []


def test_what_an_actor_is_called_finds_what_is_printed_of_it_under_another_name():
    """The headline of that article says "Су министрлігі", which the record knows as a name of the ministry."""
    assert found("水利部") == ["actor0000001", "artic0000004"]
    assert found("Ministry of Water") == ["actor0000001", "artic0000004"]
    assert "artic0000004" not in found("water")


def test_a_people_is_found_in_every_spelling_that_the_record_knows():
    more = [
        cast.replace(
            cast.actor("actor0000011", "uyghurs", "Uyghurs", kind="group"), names=(cast.name("Uighurs", "en"),)
        ),
        cast.claim("claim0000011", "uygur-schools", "Uyghur schools were closed."),
        cast.claim("claim0000012", "uigur-schools", "Uighur books were sold."),
    ]
    append(more, reason="A people")
    for spelling in ("Uyghur", "uighurs", "UIGHUR"):
        assert {"claim0000011", "claim0000012"} <= set(found(spelling)) | set(found(spelling.rstrip("sS"))), spelling
    assert found("Uighur schools") == ["claim0000011"]
    (hit,) = [hit for hit in search.search("Uighur", kinds_of("claim")).hits if hit.public_id == "claim0000011"]
    assert marked(hit.label) == "[Uyghur] schools were closed."


def test_a_name_of_two_letters_finds_what_its_bearer_said():
    wang_yi = cast.actor("actor0000012", "wang-yi", "Wang Yi")
    others = [cast.actor(f"actor00001{n:02d}", f"wang-{n}", f"Wang Number {n}") for n in range(40)]
    said = cast.replace(cast.union_disputes, id="state0000012", slug="state0000012", speaker="actor0000012")
    append([wang_yi, said, *others], reason="A minister")
    assert found("Wang Yi", kinds=["statement"]) == ["state0000012"]
    assert found("Yi", kinds=["statement"]) == ["state0000012"]
    assert found("Wang Yu", kinds=["statement"]) == []


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("mol\u00adas\u00adses", "molasses"),
        ("mo\u200blasses", "molasses"),
        ("Mu\u0308ller", "Müller"),
        ("Müller", "Mu\u0308ller"),
        ("Müller", "muller"),
        ("مُحَمَّد", "محمد"),
        ("محمد", "مُحَمَّد"),
        ("שָׁלוֹם", "שלום"),
        ("मोदी", "modi"),
        ("मोदी", "मोदी"),
        ("1,000,000", "1000000"),
        ("1000000", "1,000,000"),
        ("10,00,000", "1000000"),
        ("1.000.000", "1 000 000"),
        ("1\u202f000", "1,000"),
        ("1’000’000", "1000000"),
        ("١٬٠٠٠", "1000"),
    ],
)
def test_a_word_is_found_by_every_way_of_writing_it(printed, typed):
    append([cast.replace(cast.claim_return, text=f"They said {printed} today.")], reason="In other letters")
    assert found(typed) == ["claim0000004"]


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("محمود", "مُحَمَّد"), ("मोहन", "modi"), ("1,000", "100"), ("2019, 100", "2019100"), ("1,00", "1,000")],
)
def test_a_word_is_not_found_by_another(printed, typed):
    append([cast.replace(cast.claim_return, text=f"They said {printed} today.")], reason="In other letters")
    assert typed == "100" or found(typed) == []
    assert found(f'"{typed}"') == []


def test_names_and_search_fold_words_by_one_rule():
    for word in ("Қасым", "Müller", "Mu\u0308ller", "محمد", "मोदी", "so\u00adft", "Сергей", "Ōno", "외교부", "ﬁne"):
        assert searchable_terms(word) == [fold(word)]


def test_a_long_row_of_numbers_is_folded_in_time_that_grows_as_it_does():
    def steps(text):
        return sum(1 for _ in search_words.words_with_terms(text))

    row = "1 000 " * 500
    assert steps(row * 2) <= 2.2 * steps(row)
    assert len(searchable_terms("1,000" + ",000" * 5000)) > 500


def test_names_come_before_what_only_mentions_them():
    kinds = [hit.kind for hit in search.search("moved").hits]
    assert kinds == ["question", "question", "claim", "claim", "claim", "statement", "statement"]


def test_a_name_that_is_the_words_asked_for_comes_first():
    append([cast.outlet("outle0000009", "dam", "Dam")], reason="An outlet of that name")
    assert found("dam")[0] == "outle0000009"
    assert "claim0000003" in found("dam")


def test_what_a_hit_shows_is_the_text_itself_with_the_words_marked():
    hit = search.search("түнде").hits[0]
    assert (hit.public_id, hit.kind) == ("state0000001", "statement")
    assert (marked(hit.snippet.segments), hit.snippet.wording) == ("[түнде] көшірді", "recorded")
    hit = search.search("mov thousand").hits[0]
    assert marked(hit.label) == "About twelve [thousand] people were [moved]."


def test_a_long_text_is_shown_by_the_passage_that_holds_the_word():
    long = "alpha beta gamma " * 300 + "needle " + "delta epsilon " * 300
    append([cast.replace(cast.nobody_knows, words=long)], reason="Longer")
    shown = marked(search.search("needle").hits[0].snippet.segments)
    assert "[needle]" in shown and len(shown) < 300 and shown.startswith("… ") and shown.endswith(" …")


def test_own_words_keep_their_marks_where_the_passage_is_cut():
    long = "alpha beta gamma " * 300 + "needle " + "delta epsilon " * 300
    printed = cast.appearance("artic0000001", long.strip(), marked=True)
    append([cast.replace(cast.herder_counts, appearances=(printed,))], reason="Longer")
    snippet = search.search("needle").hits[0].snippet
    shown = marked(snippet.segments)
    assert snippet.wording == "quotation" and shown.startswith("… “") and shown.endswith("” …")
    assert search.search("fewer").hits[0].snippet.wording == ""  # of the summary
    (report,) = [hit for hit in search.search("тоғыз жүзден").hits if hit.kind == "statement"]
    assert report.snippet.wording == "report"


def test_kinds_limit_what_is_found():
    assert found("moved", kinds=["statement"]) == ["state0000002", "state0000001"]
    assert found("moved", kinds=["question", "statement"])[:2] == ["quest0000002", "quest0000001"]
    assert found("moved", kinds=[]) == []


def test_a_speaker_an_outlet_a_stance_and_a_period_limit_what_is_found():
    assert found("dam", actor="sergei-toqaev") == ["state0000002"]
    assert found("dam", actor="توقايەۆ") == ["state0000002"]
    assert found("dam", actor="nobody at all") == []
    assert found("moved", stances=["denies"]) == ["state0000002", "state0000001"]
    assert found("dam", stances=["disputes", "opposes"]) == ["state0000003"]
    assert found("night", outlet="river-mirror") == ["artic0000002", "state0000001"]
    assert found("night", outlet="Valley Wire") == []
    assert found("moved", since=date(2020, 2, 6)) == ["state0000001"]
    assert found("moved", until=date(2020, 2, 5)) == ["state0000002"]


def test_filters_alone_find_all_that_they_leave_newest_first():
    assert found("", actor="sergei-toqaev") == ["state0000002"]
    assert found("", stances=["denies"]) == ["state0000002", "state0000001"]
    assert found("", outlet="river-mirror", kinds=["article"]) == ["artic0000002", "artic0000004"]
    assert found("", since=date(2020, 2, 6), kinds=["article"]) == ["artic0000004"]
    assert found("", kinds=["article"]) == []
    assert found("", kinds=["claim"], stances=["denies"]) == []


def test_a_name_that_is_exactly_the_filter_means_its_bearer_alone():
    append([cast.actor("actor0000009", "ministry", "Ministry", kind="government body")], reason="Another")
    assert [actor.id for actor in search.search("moved", search.SearchFilter(actor="ministry")).actors] == [
        "actor0000009"
    ]
    assert {actor.id for actor in search.search("moved", search.SearchFilter(actor="minis")).actors} == {
        "actor0000001",
        "actor0000009",
    }


def test_the_statements_of_what_was_merged_are_found_by_the_filter_too():
    append([cast.redirect("actor0000004", "herders-union", "actor0000003")], reason="The same")
    assert set(found("", actor="a-herder")) == {"state0000001", "state0000003"}
    assert set(found("", actor="herders-union")) == {"state0000001", "state0000003"}


def test_a_filter_that_leaves_little_goes_on_from_where_it_had_looked(monkeypatch):
    monkeypatch.setattr(search, "MAX_SCANNED", 2)
    seen, after, pages = [], "", 0
    while pages == 0 or after:
        part = search.search("", search.SearchFilter(outlet="courier"), after=after)
        seen, after, pages = [*seen, *(hit.public_id for hit in part.hits)], part.after, pages + 1
    assert seen == ["artic0000001", "state0000001"]
    assert pages > 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tokaeyv", "Tokayev"),
        ("minstry of wather", "Ministry of Water"),
        ('"dam" couirer zzz', '"dam" Courier zzz'),
        ("qqqqqq", ""),
        ("тоқавев", "Тоқаев"),
    ],
)
def test_where_nothing_is_found_names_that_come_near_are_proposed(typed, meant):
    assert search.search(typed).instead == meant


def test_what_is_typed_so_far_suggests_labels_and_names_that_begin_so_first():
    def suggested(q, *kinds):
        return [(document.id, name) for document, name in search.suggest(q, kinds or list(search.index.RANKS), 5)]

    assert suggested("tok") == [("actor0000002", "Sergey Tokayev")]
    assert suggested("Sergey Tok") == [("actor0000002", "Sergey Tokayev")]
    assert suggested("сергей") == [("actor0000002", "Сергей Тоқаев")]
    assert suggested("mov", "question") == [
        ("quest0000002", "Why were they moved?"),
        ("quest0000001", "How many villagers were moved?"),
    ]
    assert suggested("mirro", "outlet") == [("outle0000003", "River Mirror")]
    assert suggested("tokaeyv") == [("actor0000002", "Sergei Toqaev")]
    assert suggested("") == suggested("zzzzzz") == []


def test_pages_follow_one_another_without_gap_or_repetition():
    whole = found("moved")
    for limit in (1, 2, 3):
        pages, after = [], "start"
        while after:
            part = search.search("moved", after="" if after == "start" else after, limit=limit)
            assert 0 < len(part.hits) <= limit
            pages += [hit.public_id for hit in part.hits]
            after = part.after
        assert pages == whole


@pytest.mark.parametrize("cursor", ["x", "3.1", "1.", "1.9999999999999999999999", "-1.5", "1.٣"])
def test_a_cursor_that_no_hit_carried_is_refused(cursor):
    with pytest.raises(search.BadCursor):
        search.search("moved", after=cursor)


HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"""',
    "'",
    "''",
    "\\",
    "AND",
    "OR",
    "NOT",
    "NEAR(a b)",
    "a AND",
    "NOT a",
    "label:a",
    "{label}: a",
    "^a",
    "a*",
    "*",
    "-a",
    "a:b",
    "a & b",
    "a | b",
    "!a",
    "a <-> b",
    "a:*A",
    "((((",
    "))))",
    "%s %(x)s %",
    "\x00",
    "a\x00b",
    "\ud800",
    "🤷🏽‍♀️",
    "….,;:!?",
    "\u202e\u0301\u0301",
    "٣٤",
    "ﷺ",
    "x" * 1_000_000,
    "a " * 500_000,
    '"' * 100_000,
    "水" * 1000,
]


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_is_an_error(q):
    assert isinstance(search.search(q).hits, list)


@pytest.mark.parametrize("q", HOSTILE[:37], ids=range(37))
def test_no_filter_and_nothing_typed_is_an_error(q):
    q = q.replace("\x00", "")
    search.search("moved", search.SearchFilter(actor=q, outlet=q))
    assert isinstance(search.suggest(q, ["actor", "question"], 5), list)


def test_no_query_of_random_signs_is_an_error():
    rng = random.Random(7)
    alphabet = "ab \"'*:^-+(){}[]|&!<>~\\/,.;?#@$%ΔЖ水\u0301\u200d\x00🙂"
    for _ in range(300):
        search.search("".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 25))))


def test_queries_are_as_many_with_one_hit_as_with_thirty(django_assert_max_num_queries):
    more = [cast.claim(f"claim{n:07d}", f"more-{n}", f"Cattle number {n} were moved.") for n in range(100, 130)]
    append(more, reason="More")
    for q in ("cattle", "twelve", "Toqaev dam", "zzz"):
        with django_assert_max_num_queries(4):
            search.search(q, limit=30)


def test_what_is_withdrawn_or_reworded_is_not_found_by_its_old_words():
    append([cast.replace(cast.claim_return, text="They may go home.")], reason="Plainer")
    append([Withdrawal("statement", "state0000003")], reason="Not said")
    assert found("spring") == []
    assert found("go home") == ["claim0000004"]
    assert "state0000003" not in found("reason")


QUERIES = ["water", "dam", "river", "toqaev", "Тоқаев", "“the dam”", "the", "Sergei Toqaev dam"]


def all_found():
    """The hits of some queries, page by page."""
    hits = []
    for q in QUERIES:
        after = None
        while after != "":
            result = search.search(q, after=after, limit=2)
            hits.append([hit.public_id for hit in result.hits])
            after = result.after
    return hits


@pytest.mark.parametrize(("newest", "rare"), [(0, 1), (1, 1), (2, 3), (1, 1000), (1000, 1)])
def test_what_is_found_does_not_depend_on_how_it_was_looked_for(newest, rare, monkeypatch):
    before = all_found()
    monkeypatch.setattr("record.search.query.NEWEST", newest)
    monkeypatch.setattr("record.search.query.RARE_LIMIT", rare)
    assert all_found() == before
    assert len({public_id for hits in before for public_id in hits}) > 10


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one table")
def test_an_index_that_was_one_table_is_taken_over_in_parts():
    before = all_found()
    with connection.cursor() as cursor:
        for table in POSTGRESQL_COLUMNS:
            cursor.execute(f"CREATE TABLE old AS SELECT * FROM {table}")
            cursor.execute(f"DROP TABLE {table}")
            cursor.execute(f"ALTER TABLE old RENAME TO {table}")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (id)")
            cursor.execute(f"CREATE INDEX {table}_terms ON {table} USING gin (terms)")
    migration = importlib.import_module("record.migrations.0011_search_in_parts")
    for _ in range(2):
        migration.part_tables(apps, schema_editor=SimpleNamespace(connection=connection))
    assert all_found() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'record_search%whole%'")
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) > 0 FROM record_search_claims")
        assert cursor.fetchone() == (True,)


def test_the_index_is_the_same_after_a_rebuild():
    append([cast.replace(cast.claim_return, text="They may go home.")], reason="Plainer")
    append([Withdrawal("statement", "state0000003")], reason="Not said")
    queries = ["moved", "dam", "toqaev", "水利部", "home", "reason"]
    before = [found(q) for q in queries]
    with transaction.atomic():
        projections.rebuild_projections()
    assert [found(q) for q in queries] == before


def test_a_record_that_begins_anew_has_no_old_words_in_its_index():
    """`manage.py flush` empties the tables that Django knows, and the index is none of them."""
    for model in (Current, Address, Reference, Position, Printing, Relay, Publication):
        all_rows(model)._raw_delete("default")
    append([cast.question(title="A new beginning?")], reason="First")
    assert found("beginning") == ["quest0000001"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record_search")
        assert cursor.fetchone() == (1,)


def test_an_endless_document_is_indexed_by_its_start():
    text = " ".join(f"word{n}" for n in range(120_000))
    append([cast.replace(cast.nobody_knows, words=text)], reason="Endless")
    assert found("word17") == ["state0000004"]
    assert found("word119999") == []
    append([cast.replace(cast.nobody_knows, words="y" * 1_000_000)], reason="One word")
    assert found("yyyy") == ["state0000004"]


def test_withheld_names_are_not_in_the_index():
    _, _, exact, label, body = row_of(1, cast.herder)
    assert ([term for term in exact.split() if "µ" not in term], label, body) == (
        ["§aherder"],
        "ªa ªherder",
        "a herder ¦",
    )


def test_folding_gives_plain_letters_and_digits_only():
    for text in ("Қасым-Жомарт Тоқаев", "٣٤ ﷺ ½", "Zürich’s", "외교부", "外交部の", "İstanbul", "ﬁne", "ไทย"):
        assert all(term.isascii() and term.isalnum() for term in searchable_terms(text))
    assert searchable_terms("Zürich’s Қасым") == ["zurichs", "qasym"]
    assert searchable_terms("外交部") == ["u005916", "u004ea4", "u0090e8", "waijiaobu"]


def test_a_query_is_cut_at_twelve_words():
    assert len(read_query(" ".join(f"w{n}" for n in range(50)))) == 12
