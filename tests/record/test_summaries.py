"""Kept summaries: what pages count is kept by publishing, exactly; and each page knows at which entry it changed."""

import json
import random
from datetime import UTC, datetime
from functools import partial

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from record.documents import encode
from record.log import AppendRefused, Withdrawal, append, erase, erase_versions, head
from record.models import Current, Position, Printing, Publication, RecordState, Summary, Voice
from record.projections import changed_pages, contributions, rebuild_projections
from record.projections.contributions import Pair
from record.projections.maintain import correcting_rows
from record.projections.summaries import stray_pages
from record.projections.summary_check import differing_pages, stray_summaries
from record.projections.voices import newest_voices
from record.queries.moment import past_head
from record.queries.page_state import page_state
from tests import record_cast as cast
from tests.public_pages import twin_of
from tests.record.test_projections import _any_change
from tests.record.test_time_travel import history_without_withdrawals

pytestmark = pytest.mark.django_db


def faults():
    """Every page whose summary is not what a count from scratch makes of it."""
    ids = list(Current.objects.values_list("public_id", flat=True))
    return [*differing_pages(ids), *stray_summaries()]


def rebuild():
    with transaction.atomic():
        rebuild_projections()


@pytest.mark.parametrize(("seed", "gone_through"), [(0, 500), (1, 500), (2, 1)])
def test_after_any_change_summaries_are_what_a_count_from_scratch_makes(seed, gone_through, monkeypatch):
    """Publishing, revising, withdrawing, merging and its end, moving claims and families of articles, erasing.

    Pages and origins of which more than one statement is known are large in the last history.
    """
    monkeypatch.setattr(contributions, "SMALL_PAGE", gone_through)
    monkeypatch.setattr(contributions, "MOST_PRINTINGS", gone_through)
    rng = random.Random(seed)
    cast.append_cast()
    for number in range(50):
        entries = [_any_change(rng, number)]
        if rng.random() < 0.3:
            entries.append(_any_change(rng, number + 1000))
        try:
            with transaction.atomic():
                if rng.random() < 0.05:
                    erase(
                        entries[0].public_id if isinstance(entries[0], Withdrawal) else entries[0].id, reason="Erased"
                    )
                else:
                    append(entries, reason=f"Change {number}")
        except AppendRefused:
            continue
        assert faults() == [], (number, entries)
    assert Publication.objects.count() > 45


def test_a_hot_speaker_is_counted_once_whatever_it_says():
    cast.append_cast()
    said = [
        cast.statement(
            f"state00002{number:02d}",
            f"Said {number}.",
            speaker="actor0000001",
            said_on=cast.on(f"2020-03-{1 + number % 20:02d}"),
            stances=[cast.stance("claim0000001", "affirms" if number % 3 else "relays")],
            appearances=[cast.appearance("artic0000001", f"words {number}")],
        )
        for number in range(12)
    ]
    before = Summary.objects.get(page="claim0000001")
    append(said, reason="Said often")
    after = Summary.objects.get(page="claim0000001")
    assert (after.actors - before.actors, after.statements - before.statements) == (1, 12)
    newest = Voice.objects.get(claim="claim0000001", speaker="actor0000001", sort="held")
    assert newest.statement == "state0000211"
    append([Withdrawal("statement", "state0000211")], reason="Not said")
    assert Voice.objects.get(claim="claim0000001", speaker="actor0000001", sort="held").statement == "state0000210"
    assert faults() == []


def test_what_is_kept_of_nothing_is_looked_for_in_one_pass_and_removed():
    """PostgreSQL went through all that stands for each page: at a million statements a rebuild did not end."""
    cast.append_cast()
    kept = Summary.objects.count(), Voice.objects.count()
    one = Voice.objects.filter(claim="claim0000001").values().first()
    Summary.objects.create(page="claim0009999", kind="claim", changed_seq=1)
    Voice.objects.create(**{**one, "id": None, "claim": "claim0009999"})
    assert list(stray_summaries()) == ["Summary", "Voice"]
    if connection.vendor == "postgresql":
        assert all("SubPlan" not in rows.explain() for rows in stray_pages())
    rebuild()
    assert (Summary.objects.count(), Voice.objects.count()) == kept
    assert faults() == []


def steps_of(function):
    """Hundreds of instructions that SQLite runs meanwhile."""
    ran = []
    connection.connection.set_progress_handler(lambda: ran.append(1) and None, 100)
    function()
    connection.connection.set_progress_handler(None, 0)
    return len(ran)


@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="SQLite tells its steps")
def test_who_spoke_last_is_found_as_soon_on_a_claim_to_which_many_speak():
    asked = [("claim0000001", f"actor{number:07}") for number in range(10)]
    took = []
    for first, last in ((0, 100), (100, 2000)):
        Position.objects.bulk_create(
            Position(
                seq=number + 1,
                statement=f"st{number:010}",
                claim="claim0000001",
                question="quest0000001",
                speaker=f"actor{number:07}",
                stance="affirms",
                valid_from_seq=number + 1,
            )
            for number in range(first, last)
        )
        took.append(steps_of(lambda: newest_voices(asked)))
    assert len(newest_voices(asked)) == 10
    assert took[1] < 2 * took[0]


@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="SQLite tells its steps")
def test_whether_a_version_corrects_is_found_as_soon_where_much_was_published_again():
    took = []
    for first, last in ((0, 50), (50, 1000)):
        Publication.objects.bulk_create(
            Publication(
                seq=2 * number + version,
                kind="actor",
                public_id=f"ac{number:010}",
                version=version,
                document=encode(cast.minister),
                reason="Again",
                published_at=datetime(2024, 1, 1, tzinfo=UTC),
                superseded_by=2 * number + 2 if version == 1 else None,
                salt="salt",
                digest="digest",
                link="link",
            )
            for number in range(first, last)
            for version in (1, 2)
        )
        asked = [(2, "ac0000000000", 2, False, encode(cast.minister))]
        took.append(steps_of(partial(correcting_rows, asked)))
    assert took[1] < 2 * took[0] + 2


@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="SQLite tells its steps")
def test_whether_an_agency_is_an_origin_of_a_page_is_found_as_soon_where_it_printed_much():
    claims = ["claim0000001", "claim0000002"]  # of the second the agency printed nothing
    asked = [Pair("claim", claim, "origin", "agency") for claim in claims]
    took = []
    for first, last in ((0, 1000), (1000, 20_000)):
        numbers = range(first, last)
        Position.objects.bulk_create(
            Position(
                seq=number + 1,
                statement=f"st{number:010}",
                claim=claims[number == 0],
                question="quest0000001",
                speaker="actor0000001",
                stance="affirms",
                valid_from_seq=number + 1,
            )
            for number in numbers
        )
        Printing.objects.bulk_create(
            Printing(
                seq=number + 1,
                statement=f"st{number:010}",
                number=0,
                article=f"ar{number:010}",
                outlet="outle0000001",
                origin="agency" if number else "another",
                valid_from_seq=number + 1,
            )
            for number in numbers
        )
        sizes = {claims[0]: last - 1, claims[1]: contributions.SMALL_PAGE + 1}
        assert contributions.pairs_of_others(asked, sizes) == {asked[0]}
        took.append(steps_of(partial(contributions.pairs_of_others, asked, sizes)))
    assert took[1] < 2 * took[0]


# When each page changed.


def pages():
    """The JSON of every page of a document, by kind and slug, but for what tells where the log ends."""
    found = {}
    for kind, slug in Current.objects.values_list("kind", "slug"):
        response = Client().get(twin_of(reverse(kind, kwargs={"slug": slug})))
        content = json.loads(response.content)
        found[kind, slug] = {key: part for key, part in content.items() if key != "head"}
    return found


def keys(places):
    return {place: page_state(*place).version for place in places}


def test_a_page_that_has_changed_has_another_key():
    acts = [
        *history_without_withdrawals(),
        lambda: append([Withdrawal("statement", "state0000003")], reason="Nobody said it"),
        lambda: append([cast.replace(cast.mirror, name="Mirror of the River")], reason="Renamed"),
        lambda: append([cast.replace(cast.question_why, title="What were they moved for?")], reason="Plainer"),
        lambda: append([cast.replace(cast.minister, name="Sergei T.")], reason="Shorter"),
        lambda: erase("state0000004", reason="On request"),
    ]
    acts[0]()
    before, known = pages(), keys(pages())
    for act in acts[1:]:
        act()
        now, states = pages(), keys(before)
        stale = [place for place in before if now.get(place) != before[place] and states[place] == known[place]]
        assert stale == []
        before, known = now, keys(now)


def test_a_page_that_has_not_changed_keeps_its_key():
    cast.append_cast()
    before = keys(pages())
    append([cast.replace(cast.nobody_knows, role="a neighbour")], reason="More precise")
    changed = {slug for (kind, slug), state in keys(before).items() if state != before[kind, slug]}
    assert "how-many-moved" not in changed and "sergei-toqaev" not in changed
    assert {"why-moved", "state0000004"} <= changed


def test_where_too_many_pages_change_all_have(monkeypatch):
    cast.append_cast()
    monkeypatch.setattr(changed_pages, "MAX_NOTED", 1)
    append([cast.replace(cast.mirror, name="Mirror of the River")], reason="Renamed")
    assert RecordState.objects.get().wide_seq == head().seq
    assert {page_state(*place).head.seq for place in pages()} == {head().seq}


def emptied_and_rewritten():
    return RecordState.objects.values_list("emptied", "rewrites").get()


def test_what_was_taken_back_is_counted_once_it_is():
    cast.append_cast()
    assert emptied_and_rewritten() == (0, 0)
    append([Withdrawal("statement", "state0000003")], reason="Nobody said it")
    assert emptied_and_rewritten() == (1, 0)
    append([cast.replace(cast.minister, description="since 2018")], reason="More")
    erase_versions(Publication.objects.filter(public_id="actor0000002", version=1).values_list("seq", flat=True))
    assert emptied_and_rewritten() == past_head(head().seq, "default")[1:] == (2, 1)


def test_an_upgraded_record_counts_for_itself_until_it_is_rebuilt():
    cast.append_cast()
    kept = pages()
    for model in (RecordState, Summary, Voice):
        model.objects.all().delete()
    assert pages() == kept
    append([cast.replace(cast.minister, description="since 2018")], reason="More")
    assert not Summary.objects.exists()
    assert page_state("question", "why-moved").head.seq == head().seq
    assert "Summary" in list(stray_summaries())
    rebuild()
    assert faults() == []


def test_a_rebuild_keeps_at_which_entry_a_page_changed():
    cast.append_cast()
    append([cast.replace(cast.nobody_knows, role="a neighbour")], reason="More precise")
    before = dict(Summary.objects.values_list("page", "changed_seq"))
    rebuild()
    assert dict(Summary.objects.exclude(page="home").values_list("page", "changed_seq")) == {
        page: seq for page, seq in before.items() if page != "home"
    }
    Summary.objects.filter(page="quest0000001").delete()
    rebuild()
    assert Summary.objects.get(page="quest0000001").changed_seq == head().seq


@pytest.mark.parametrize(
    "damage, named",
    [
        (lambda: Summary.objects.filter(page="claim0000001").update(origins=7), ("claim0000001", "Summary")),
        (lambda: Summary.objects.filter(page="actor0000002").update(changed_seq=1), ("actor0000002", "Summary")),
        (lambda: Voice.objects.filter(claim="claim0000001").update(stance="denies"), ("claim0000001", "Voice")),
        (lambda: Summary.objects.filter(page="home").update(details=""), "Summary"),
        (lambda: RecordState.objects.update(emptied=5), "RecordState"),
    ],
)
def test_what_is_kept_wrong_is_found(damage, named):
    cast.append_cast()
    assert faults() == []
    damage()
    assert named in faults()
