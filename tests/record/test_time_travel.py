"""The record as it stood: every page at `?at=SEQ` answers as it answered when that entry was the last.

What is withdrawn or erased since is not given out: pages of the past say so and tell nothing of it, and the projections
hold nothing of it either.
"""

import json
import re
from datetime import UTC, datetime
from io import StringIO
from itertools import groupby
from operator import itemgetter

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.publishing import publication_steps
from record import log, projections
from record.api.reads import KINDS_BY_LIST
from record.documents.addresses import URL_FOLDERS
from record.log import Withdrawal, append, erase, erase_versions, head
from record.models import Address, Current, OutdatedObject, Position, Printing, Publication, Reference, Relay
from record.projections.check import differences
from record.projections.lookup import all_rows
from tests import record_cast as cast
from tests import small_dossier
from tests.public_pages import addresses_of, page_names, texts, tree_of, twin_of

pytestmark = pytest.mark.django_db

# The publisher, the method, the API and the data dictionary are not of the record.
PLACES = [name for name in page_names() if name not in ("about", "method", "api", "data_columns")]
SEARCHES = (
    "/search.json?q=dam",
    "/search.json?q=reason&kind=claim",
    "/search.json?q=toqaev&stance=denies",
    "/search.json?actor=a-herder",
    "/search.json?actor=herders",
    "/search.json?outlet=river-mirror&since=2020-02",
    "/search.json?q=hrder",
    "/suggest.json?q=herd",
    "/suggest.json?q=da",
)


def answer(address):
    """What a page's twin answers but for its `head`: today a page names the entry that changed it last."""
    return content_of(Client().get(address))


def content_of(response):
    content = json.loads(response.content)
    content.pop("head", None)
    if content.get("page") == "list":  # what is kept of the record as it stands now alone is not told of the past
        content.pop("filters")
        for entry in content["entries"]:
            entry.pop("counts", None), entry.pop("contested", None)
    elif content.get("page") == "data":  # nor are the sizes of files made of the record as it stands now
        content.pop("ways")
    return {"status": response.status_code, **content}


def at(address, seq):
    return f"{address}{'&' if '?' in address else '?'}at={seq}"


def without_moment(content):
    """The answer of the past as it was then: addresses that go on in the same list name the entry, as they must."""
    return json.loads(re.sub(r"[?&]at=[0-9]+", "", json.dumps(content)))


class Reader:
    """Reads the twins of pages as they are now; those that it has by the same ETag it does not ask for again."""

    def __init__(self):
        self.known = {}

    def every_twin(self, places):
        return {twin: self.read(twin) for twin in [twin_of(one) for name in places for one in addresses_of(name)]}

    def read(self, twin):
        etag, known = self.known.get(twin, ("", None))
        response = Client().get(twin, headers={"if-none-match": etag})
        if response.status_code == 304:
            return known
        answered = without_moment(content_of(response))
        self.known[twin] = response.get("ETag", ""), answered
        return answered


def every_page(reader):
    """Twins of all pages; of histories, which are made alike, those of two kinds."""
    alike = ("_cite", "_version", "_history")
    names = [name for name in PLACES if not name.endswith(alike)]
    return reader.every_twin([*names, "claim_history", "statement_history"])


def kept_answers(acts, read=every_page):
    """What every page answered after each of these acts of publishing, by the last entry of each."""
    kept, reader = {}, Reader()
    for act in acts:
        act()
        kept[head().seq] = read(reader)
    return kept


def first_and_last(kept):
    """(entry, address, answer) for both ends of each stretch of entries over which a page answered the same."""
    seqs = sorted(kept)
    for before, seq, after in zip([None, *seqs[:-1]], seqs, [*seqs[1:], None], strict=True):
        beside = [kept.get(before, {}), kept.get(after, {})]
        for address, answered in kept[seq].items():
            if any(pages.get(address) != answered for pages in beside):
                yield seq, address, answered


def differing(kept):
    return {
        (seq, address): {
            key: (before.get(key), now.get(key)) for key in before | now if before.get(key) != now.get(key)
        }
        for seq, address, before in first_and_last(kept)
        if before != (now := without_moment(answer(at(address, seq))))
    }


def history_without_withdrawals():
    """Everything that changes what is shown elsewhere: merges and their end, moves, families, kinds, addresses."""
    yield cast.append_cast
    for reason, *entries in (
        ("Plainer", cast.replace(cast.claim_dam, text="A dam was the reason.", slug="dam-was-the-reason")),
        ("One claim", cast.redirect("claim0000002", "nine-hundred-moved", "claim0000001")),
        ("One source", cast.redirect("actor0000004", "herders-union", "actor0000003")),
        ("Not one source", cast.union),
        ("Moved", cast.replace(cast.claim_dam, question="quest0000001", text="A dam was the reason.")),
        ("A body", cast.replace(cast.minister, kind="group")),
        ("One question", cast.redirect("quest0000002", "why-moved", "quest0000001")),
        ("Not one question", cast.question_why),
        ("Another outlet", cast.replace(cast.reprint, outlet="outle0000002")),
        ("A copy no more", cast.replace(cast.reprint, derived_from=None, derivation="")),
    ):
        yield lambda entries=entries, reason=reason: append(entries, reason=reason)


def test_every_page_answers_for_each_entry_what_it_answered_then():
    kept = kept_answers(history_without_withdrawals())
    assert len(kept) == 11
    assert differing(kept) == {}


def searches_feeds_and_api_answers(_reader):
    """What they answer now, by address."""
    found = [*SEARCHES, "/feed", "/corrections/feed", "/api/annotations.jsonld?limit=2"]
    found += [f"/api/{name}.json?limit=3" for name in KINDS_BY_LIST]
    rows = Current.objects.exclude(kind="statement").order_by("kind", "slug").values_list("kind", "slug", "public_id")
    for _, (one, *others) in groupby(rows, key=itemgetter(0)):
        for kind, slug, public_id in [one, *others[-1:]]:
            found += [f"/{URL_FOLDERS[kind]}/{slug}/feed", f"/api/{URL_FOLDERS[kind]}/{public_id}.json"]
    return {address: feed_or_answer(address) for address in found}


def feed_or_answer(address):
    """The text of a feed, or what a program is answered; without the entry in its addresses."""
    if "/feed" not in address:
        return without_moment(answer(address))
    return re.sub(r"[?&](amp;)?at=[0-9]+", "", Client().get(address).content.decode())


def test_searches_feeds_and_the_api_answer_for_each_entry_what_they_answered_then():
    kept = kept_answers(history_without_withdrawals(), searches_feeds_and_api_answers)
    differing_answers = {
        (seq, address): (before, now)
        for seq, address, before in first_and_last(kept)
        if before != (now := feed_or_answer(at(address, seq)))
    }
    assert differing_answers == {}
    assert len({json.dumps(answers["/search.json?q=dam"]) for answers in kept.values()}) > 3


def test_what_is_loaded_step_by_step_answers_for_each_act_what_it_answered_then(monkeypatch, tmp_path):
    # The demonstration was compared by hand once: that takes minutes.
    places = ("home", "question", "claim", "actor", "article", "outlet", "statement")
    kept, found, reader = {}, [], Reader()

    def append_and_keep(*entries, **options):
        rows = append(*entries, **options)
        kept[head().seq] = reader.every_twin(places)
        return rows

    def compare_and_withdraw(*entries, **options):
        """What is withdrawn is missing from the past afterwards: all is compared before."""
        found.append(differing(kept))
        kept.clear()
        return append(*entries, **options)

    monkeypatch.setattr(publication_steps, "append", append_and_keep)
    monkeypatch.setattr(log, "append", compare_and_withdraw)
    call_command("load_demonstration", small_dossier.write(tmp_path), stdout=StringIO())
    assert [*found, differing(kept)] == [{}] * (len(found) + 1)
    assert kept or found


def test_a_page_asks_as_often_of_the_past_as_of_now():
    for act in history_without_withdrawals():
        act()

    def count(address):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert Client().get(address).status_code == 200, address
        return len(captured)

    then = head().seq - 1
    addresses = [address for name in PLACES if not name.endswith("_version") for address in addresses_of(name)]
    addresses += [*SEARCHES, "/feed", "/corrections/feed", "/actors/a-herder/feed", "/api/claims.json"]
    found = {address: (count(address), count(at(address, then))) for address in addresses}
    assert {address: counts for address, counts in found.items() if counts[1] > counts[0]} == {}


def test_filters_choose_among_what_stood_then():
    cast.append_cast()
    query = "/questions/how-many-moved.json?actor=a-herder&stance=affirms&order=date"
    before = answer(query)
    append([Withdrawal("statement", "state0000003")], reason="Not said")
    append([cast.redirect("actor0000003", "a-herder", "actor0000004")], reason="One source")
    assert without_moment(answer(at(query, 21))) == without_moment(before)


def test_an_address_that_came_later_leads_to_what_stood_there():
    cast.append_cast()
    append([cast.replace(cast.claim_dam, slug="dam-was-the-reason")], reason="Plainer")
    response = Client().get("/claims/dam-was-the-reason?at=21")
    assert (response.status_code, response["Location"]) == (301, "/claims/for-the-dam?at=21")
    assert Client().get("/claims/for-the-dam?at=21").status_code == 200
    assert Client().get("/claims/for-the-dam?at=22")["Location"] == "/claims/dam-was-the-reason?at=22"


def test_what_was_merged_since_stands_on_its_own_page():
    cast.append_cast()
    append([cast.redirect("actor0000004", "herders-union", "actor0000003")], reason="The same source")
    assert answer("/actors/herders-union.json?at=21")["title"] == "Herders’ Union"
    assert Client().get("/actors/herders-union?at=22")["Location"] == "/actors/a-herder?at=22"


# What is refused.


def test_what_is_no_entry_is_refused_in_words():
    cast.append_cast()
    for value, status, words in (
        ("yesterday", 400, "“yesterday” is not the number of an entry"),
        ("", 400, "is not the number of an entry"),
        ("-1", 400, "is not the number of an entry"),
        ("٣", 400, "is not the number of an entry"),
        ("007", 400, "is not the number of an entry"),
        ("1&at=2", 400, "given more than once"),
        ("0", 400, "Before its first entry the record was empty"),
        ("22", 404, "ends at entry 21"),
        ("9" * 40, 404, "No record is that long"),
    ):
        for address in ("/home.json", "/questions/how-many-moved.json", "/corrections.json"):
            found = answer(f"{address}?at={value}")
            assert found["status"] == status, (address, value)
            assert words in (found["errors"].get("at") or found["sentence"]), (address, value)
        assert Client().get(f"/?at={value}").status_code == status, value


def test_what_has_no_past_says_so():
    cast.append_cast()
    for address in (
        "/method",
        "/data/columns",
        "/claims/for-the-dam/embed",
        "/sitemap.xml",
        "/sitemap-1.xml",
        "/robots.txt",
        "/oembed?url=x",
    ):
        response = Client().get(at(address, 5))
        assert response.status_code == 400, address
        assert "answers for the current record only" in response.content.decode(), address


def test_what_was_not_there_yet_is_not_found():
    cast.append_cast()
    append([cast.question("quest0000003", "who-decided", "Who decided?", position=3)], reason="Asked")
    found = answer("/questions/who-decided.json?at=21")
    assert found["status"] == 404 and "as of entry 21." in found["sentence"]


# What a page of the past says of itself.


def test_a_page_of_the_past_says_so_and_leads_to_now():
    cast.append_cast()
    append([cast.replace(cast.claim_dam, text="A dam was the reason.")], reason="Plainer")
    response = Client().get("/questions/why-moved?order=date&at=21")
    tree = tree_of(response)
    (banner,) = texts(tree, "past")
    assert "as of entry 21 (1 March 2020)" in banner
    assert "withdrawn or erased since is left out" in banner
    assert tree.xpath('//div[contains(@class, "past")]//a/@href') == ["/questions/why-moved?order=date"]
    assert tree.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    assert tree.xpath('//link[@rel="canonical"]') == []
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Memento-Datetime"] == "Sun, 01 Mar 2020 09:30:00 GMT"
    assert response["Link"].split(", ") == [
        '<http://testserver/questions/why-moved?order=date>; rel="original timegate"',
        '<http://testserver/questions/why-moved/timemap>; rel="timemap"; type="application/link-format"',
    ]
    now = tree_of(Client().get("/questions/why-moved?order=date"))
    assert texts(now, "past") == [] and now.xpath('//meta[@name="robots"]') == []


def test_what_goes_on_from_a_page_of_the_past_stays_there():
    cast.append_cast()
    tree = tree_of(Client().get("/questions/how-many-moved?stance=affirms&at=21"))
    assert tree.xpath('//input[@name="at"]/@value') == ["21"]
    for found in ("orders", "applied"):
        addresses = tree.xpath(f'//*[contains(@class, "{found}")]//a/@href')
        assert addresses and all("at=21" in address for address in addresses), found


def test_a_reader_who_has_a_page_of_the_past_is_told_so_until_something_is_taken_back():
    cast.append_cast()
    address = "/questions/why-moved?at=21"
    etag = Client().get(address)["ETag"]
    append([cast.replace(cast.claim_dam, text="A dam was the reason.")], reason="Plainer")
    with CaptureQueriesContext(connections["public"]) as captured:
        assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304
    assert len(captured) == 1
    append([Withdrawal("statement", "state0000003")], reason="Not said")
    response = Client().get(address, headers={"If-None-Match": etag})
    assert response.status_code == 200 and "no-cache" in response["Cache-Control"]


def test_pages_are_cited_as_they_stood():
    cast.append_cast()
    tree = tree_of(Client().get("/questions/why-moved?order=date"))
    (lasting,) = {href for href in tree.xpath('//footer//a[@rel="nofollow"]/@href') if "at=" in href}
    assert lasting == "/questions/why-moved?order=date&at=21"
    assert "http://testserver/questions/why-moved?order=date&at=21" in texts(tree, "citation")[0]
    assert "?at=21" in texts(tree_of(Client().get("/")), "citation")[0]
    cited = answer("/claims/for-the-dam/cite.json")
    assert "http://testserver/claims/for-the-dam?at=21" in cited["citations"][0]["text"]
    for address in ("/claims/for-the-dam/as-of/21", "/claims/claim0000003/as-of/21"):
        assert Client().get(address, follow=True).redirect_chain[-1][0] == "/claims/for-the-dam?at=21"


# What was taken back since.


def words_of_rows():
    """Every text in every row of every projection, those too that hold no more."""
    models = (Current, Address, Reference, Position, Printing, Relay)
    return " ".join(str(value) for model in models for row in all_rows(model).values_list() for value in row)


def test_what_was_withdrawn_since_is_not_given_out_and_the_place_says_so():
    cast.append_cast()
    append([cast.replace(cast.ministry_counts, speaker="actor0000002")], reason="The minister said it")
    last = head().seq
    addresses = [address for name in PLACES for address in addresses_of(name) if "/statements/state0000003" in address]
    append([Withdrawal("statement", "state0000003")], reason="Nobody said it")
    for address in addresses:
        assert answer(at(twin_of(address), last))["status"] == 410, address
    said = answer(f"/statements/state0000003.json?at={last}")
    assert (said["title"], said["sentence"]) == ("Withdrawn", "Nobody said it")
    pages = [address for name in PLACES for address in addresses_of(name)]
    pages += ["/search?q=dam", "/feed", "/corrections/feed", "/claims/for-the-dam/feed", "/api/statements.json"]
    single = answer(at("/api/statements/state0000003.json", last))
    assert (single["status"], single["sentence"]) == (410, "Nobody said it")
    told = "".join(Client().get(at(address, last)).content.decode() for address in pages)
    assert cast.union_disputes.summary not in told
    assert not Position.history.filter(statement="state0000003").exists()
    assert cast.projected() == rebuilt()


def test_a_name_that_was_withdrawn_since_is_missing_where_it_stood():
    """A statement by another speaker before: that one is withdrawn, the statement is not."""
    cast.append_cast()
    stray = cast.actor("actor0000009", "stray-name", "Stray Canary", kind="group")
    said = cast.replace(cast.union_disputes, speaker="actor0000009")
    append([stray, said], reason="By the canary")
    then = head().seq
    assert "Stray Canary" in json.dumps(answer("/statements/state0000003.json"))
    append([cast.union_disputes], reason="By the union after all")
    append([Withdrawal("actor", "actor0000009")], reason="No such body")
    found = answer(f"/statements/state0000003.json?at={then}")
    assert found["speaker"]["name"] == "withdrawn or erased since"
    for address in ("/", "/questions/how-many-moved", "/questions/why-moved", "/claims/for-the-dam"):
        told = Client().get(at(address, then)).content.decode()
        assert "Stray" not in told, address
    assert "Stray" not in words_of_rows()
    assert set(Position.history.filter(actor="actor0000009").values_list("actor_kind", flat=True)) == {""}
    assert cast.projected() == rebuilt()


def test_an_erasure_leaves_no_words_in_rows_that_hold_no_more():
    cast.append_cast()
    labelled = cast.replace(
        cast.nobody_knows,
        speaker=None,
        speaker_label="Canary of the valley",
        summary="A canary sang.",
        slug="canary-sang",
    )
    stray = cast.actor("actor0000009", "stray-canary", "Stray Canary", kind="group")
    append([stray, labelled, cast.replace(cast.union_disputes, speaker="actor0000009")], reason="First")
    then = head().seq
    withheld = cast.replace(stray, name="A source", slug="a-source", kind="person")
    append([withheld, cast.nobody_knows], reason="Withheld")
    assert "anary" in words_of_rows()
    assert answer(at("/search.json?q=canary", then))["hits"]
    seqs = Publication.objects.filter(document__icontains="canary").values_list("seq", flat=True)
    erase_versions(list(seqs))
    assert "anary" not in words_of_rows()
    assert answer(at("/search.json?q=canary", then))["hits"] == []
    for address in ("/actors/a-source.json", "/statements/state0000004.json"):
        gone = answer(f"{address}?at={then}")
        assert (gone["status"], gone["sentence"]) == (410, "What was here then has been erased since.")
    assert answer("/statements/state0000004.json")["status"] == 200
    said = Position.history.filter(actor="actor0000009").order_by("valid_from_seq")
    assert list(said.values_list("actor_kind", flat=True).distinct()) == ["", "person"]
    assert cast.projected() == rebuilt()
    append([cast.union_disputes], reason="By the union after all")
    erase("actor0000009", reason="On request")
    assert "source" not in " ".join(Current.history.values_list("label", flat=True))
    assert cast.projected() == rebuilt()


def test_what_hung_on_an_erased_actor_follows_in_steps_and_holds_no_word_of_it_meanwhile(monkeypatch):
    cast.append_cast()
    stray = cast.actor("actor0000009", "stray-canary", "Stray Canary", kind="group")
    theirs = [cast.replace(each, speaker=stray.id) for each in (cast.union_disputes, cast.ministry_counts)]
    append([stray, *theirs], reason="First")
    then = head().seq
    append([cast.union_disputes, cast.ministry_counts], reason="Not theirs")
    monkeypatch.setattr("record.projections.maintain.MAX_FOLLOWERS", 1)
    monkeypatch.setattr("record.projections.steps.STEP_SIZE", 1)
    erase(stray.id, reason="On request")
    waiting = set(OutdatedObject.objects.values_list("pk", flat=True))
    assert waiting == {each.id for each in theirs}
    for done in range(len(waiting)):
        assert "anary" not in words_of_rows()
        for address in ("/questions/how-many-moved", f"/statements/{theirs[0].id}", "/search?q=canary", "/corrections"):
            assert "Stray Canary" not in Client().get(at(address, then)).content.decode(), (done, address)
        assert projections.derive_outdated(seconds=0) == 1
    assert not OutdatedObject.objects.exists()
    assert cast.projected() == rebuilt()


def test_what_is_published_again_does_not_come_back_into_the_past():
    cast.append_cast()
    append([Withdrawal("statement", "state0000003")], reason="Nobody said it")
    append([cast.union_disputes], reason="Said after all")
    assert answer("/statements/state0000003.json?at=21")["status"] == 410
    assert answer("/statements/state0000003.json?at=22")["status"] == 410
    assert answer("/statements/state0000003.json?at=23")["status"] == 200
    assert cast.projected() == rebuilt()


# The rows themselves.


def rebuilt():
    with transaction.atomic():
        projections.rebuild_projections()
    return cast.projected()


def test_rows_are_closed_where_they_ended_and_a_rebuild_makes_the_same():
    for act in history_without_withdrawals():
        act()
    dam = Position.history.filter(claim="claim0000003", statement="state0000003").order_by("valid_from_seq")
    assert list(dam.values_list("question", "actor", "valid_from_seq", "valid_before_seq")) == [
        ("quest0000002", "actor0000004", 20, 24),
        ("quest0000002", "actor0000003", 24, 25),
        ("quest0000002", "actor0000004", 25, 26),
        ("quest0000001", "actor0000004", 26, None),
    ]
    assert cast.projected() == rebuilt()


def test_entries_of_one_act_are_read_one_after_the_other():
    """A claim that moves, and a statement on it that is revised, in one act: what stood between is in the rows too."""
    cast.append_cast()
    moved = cast.replace(cast.claim_dam, question="quest0000001")
    append(
        [moved, cast.replace(cast.ministry_counts, role="spokesman"), cast.replace(cast.minister, kind="group")],
        reason="All",
    )
    assert cast.projected() == rebuilt()


def test_a_row_of_the_past_that_was_changed_is_found():
    cast.append_cast()
    append([cast.replace(cast.claim_dam, text="A dam was the reason.")], reason="Plainer")
    assert list(differences(["claim0000003"])) == []
    Current.history.filter(public_id="claim0000003", valid_before_seq=22).update(label="Other")
    assert list(differences(["claim0000003"])) == [("claim0000003", "Current")]


def test_choices_of_a_comparison_of_the_past_stay_there():
    cast.append_cast()
    for address in (
        "/compare?at=21",
        "/compare?actor=a-herder&at=21",
        "/compare?actor=a-herder&actor=sergei-toqaev&at=21",
    ):
        tree = tree_of(Client().get(address))
        onwards = tree.xpath('//main/*[not(contains(@class, "past"))]//a[starts-with(@href, "/compare")]/@href')
        assert onwards and all("at=21" in href for href in onwards), address


def test_a_page_is_the_gate_to_its_past_for_those_who_ask_by_date():
    cast.append_cast()
    later = cast.replace(cast.claim_dam, text="A dam was the reason.")
    append([later], reason="Plainer", at=datetime(2020, 5, 1, tzinfo=UTC))
    last, client = Publication.objects.latest("seq").seq, Client()

    def gate(address, date):
        answer = client.get(address, headers={"Accept-Datetime": date})
        assert answer.status_code == 302 and "Accept-Datetime" in answer["Vary"], answer.content
        return answer["Location"]

    claim = "/claims/for-the-dam"
    assert gate(claim, "Sat, 02 May 2020 00:00:00 GMT") == f"{claim}?at={last}"
    assert gate(claim, "Thu, 30 Apr 2020 23:59:59 GMT") == f"{claim}?at={last - 1}"
    assert gate(claim, "Sun, 01 Mar 2020 09:30:00 GMT") == f"{claim}?at=21"
    first = Publication.objects.filter(public_id=cast.claim_dam.id).earliest("seq").seq
    assert gate(claim, "Mon, 01 Jan 1990 00:00:00 GMT") == f"{claim}?at={first}"
    assert gate("/claims?page=1", "Mon, 01 Jan 1990 00:00:00 GMT") == "/claims?page=1&at=1"
    refused = client.get(claim, headers={"Accept-Datetime": "yesterday"})
    assert refused.status_code == 400 and "is not a date of HTTP" in refused.content.decode()
    then = client.get(f"{claim}?at=21", headers={"Accept-Datetime": "Mon, 01 Jan 1990 00:00:00 GMT"})
    assert then.status_code == 200 and then["Memento-Datetime"] == "Sun, 01 Mar 2020 09:30:00 GMT"
    assert 'rel="original timegate"' in client.get(claim)["Link"] and "Memento-Datetime" not in client.get(claim)
    found = client.get(f"{claim}/timemap")
    assert found["Content-Type"] == "application/link-format"
    lines = found.content.decode().split(",\n")
    assert lines[0] == f'<http://testserver{claim}>; rel="original timegate"'
    assert lines[-1].strip() == (
        f'<http://testserver{claim}?at={last}>; rel="memento"; datetime="Fri, 01 May 2020 00:00:00 GMT"'
    )
    assert len(lines) > 3 and client.get(f"/ru{claim}/timemap").content.decode().count("/ru/claims/") == len(lines)
