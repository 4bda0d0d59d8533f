"""The projections follow the log: after every append they are what a rebuild would make."""

import random
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F

from record import projections, search
from record.log import AppendRefused, Withdrawal, append
from record.log.verification import Remark, faults
from record.models import Address, Correction, Current, OutdatedObject, Position, Printing, Publication, Relay
from tests import record_cast as cast

pytestmark = pytest.mark.django_db


def rebuilt():
    with transaction.atomic():
        projections.rebuild_projections()
    return cast.projected()


@pytest.fixture
def record():
    cast.append_cast()


def append_and_compare(*entries):
    append(entries, reason="A change")
    assert cast.projected() == rebuilt()


def leads(kind):
    return {row.slug: (row.public_id, row.current) for row in Address.objects.filter(kind=kind)}


def origins(statement):
    return list(Printing.objects.filter(statement=statement).order_by("number").values_list("origin", flat=True))


def test_a_rebuild_makes_the_same_rows():
    cast.append_history()
    assert cast.projected() == rebuilt()


def test_a_rebuild_repairs_what_was_damaged(record):
    before = cast.projected()
    Position.objects.all().delete()
    Printing.objects.update(origin="nonsense")
    Address.objects.filter(kind="claim").delete()
    Current.objects.filter(public_id="claim0000002").update(label="Ghost", public_id="ghost0000001")
    assert cast.projected() != before
    assert rebuilt() == before


def test_the_migration_says_of_each_printing_where_its_statement_stood(record):
    append([cast.replace(cast.original, language="ru")], reason="Its language")
    append([cast.replace(cast.ministry_counts, summary="The ministry counted.")], reason="Its summary")
    before = set(Printing.history.values_list("id", "seq"))
    assert Printing.history.exclude(valid_before_seq=None).count() > 1
    assert Printing.objects.filter(valid_from_seq__gt=F("seq")).exists()
    Printing.history.update(seq=0)
    import_module("record.migrations.0010_printings_by_entry").fill(apps, connection.schema_editor())
    assert set(Printing.history.values_list("id", "seq")) == before


def test_a_rebuild_tells_of_every_entry(record):
    seen = []
    projections.rebuild_projections(seen.append)
    assert sum(seen) == Publication.objects.count()


def test_a_rebuild_repairs_addresses_that_others_have_and_the_index(record):
    before = cast.projected()
    Address.objects.filter(slug="actor0000001").update(owner="actor0000002", current=False)
    Correction.objects.create(seq=3, public_id="ghost0000001")
    search.replace(gone=[], standing=[(400, cast.claim_dam)])
    search.remove(key for key, _ in search.entries_after(0, 2))
    assert cast.projected() != before
    assert rebuilt() == before


@pytest.mark.parametrize(
    "change",
    [
        cast.redirect("actor0000002", "minister", "actor0000001"),
        cast.redirect("claim0000002", "nine-hundred-moved", "claim0000001"),
        cast.redirect("outle0000001", "courier", "outle0000002"),
        cast.replace(cast.claim_many, question="quest0000002"),
        cast.replace(cast.minister, kind="group"),
    ],
    ids=lambda change: change.id,
)
def test_what_follows_from_a_change_of_something_hot_waits_and_is_derived_in_steps(record, monkeypatch, change):
    monkeypatch.setattr("record.projections.maintain.MAX_FOLLOWERS", 0)
    monkeypatch.setattr("record.projections.steps.STEP_SIZE", 1)
    before = cast.projected()["Position"]
    append([change], reason="A change")
    waiting = OutdatedObject.objects.count()
    assert waiting and cast.projected()["Position"] == before
    said = list(faults())
    assert {type(fault) for fault in said} == {Remark}
    assert any(fault.startswith(f"{waiting} object") and "--outdated" in fault for fault in said)
    assert projections.derive_outdated(seconds=0) == 1
    assert OutdatedObject.objects.count() == waiting - 1
    seen = []
    projections.derive_outdated(progress=seen.append)
    assert sum(seen) == waiting - 1
    assert cast.projected() == rebuilt()
    assert {type(fault) for fault in faults()} == {Remark}


def test_what_lists_show_of_each_object(record):
    row = Current.objects.get(public_id="claim0000002")
    assert (row.kind, row.parent, row.slug, row.sort) == ("claim", "quest0000001", "nine-hundred-moved", "0000000001")
    article = Current.objects.get(public_id="artic0000004")
    assert (article.parent, article.sort, article.label[:3]) == ("outle0000003", "2020-02-29", "Су ")
    statement = Current.objects.get(public_id="state0000002")
    assert (statement.parent, statement.sort) == ("actor0000002", "2020-02-05")
    assert Current.objects.get(public_id="actor0000003").parent == "artic0000001"


def test_a_long_label_is_cut_to_what_lists_hold(record):
    append_and_compare(cast.replace(cast.claim_dam, text="long " * 300))
    assert len(Current.objects.get(public_id="claim0000003").label) == 500


def test_an_article_without_a_headline_is_called_by_its_site_and_day(record):
    append_and_compare(cast.replace(cast.original, headline=""))
    assert Current.objects.get(public_id="artic0000001").label == "courier-2020-02-03.example (2020-02-03)"


def test_positions_say_who_stands_where_on_which_question(record):
    rows = Position.objects.filter(statement="state0000002").order_by("claim")
    assert [(row.claim, row.question, row.stance) for row in rows] == [
        ("claim0000001", "quest0000001", "denies"),
        ("claim0000002", "quest0000001", "affirms"),
        ("claim0000003", "quest0000002", "affirms"),
    ]
    assert {(row.actor, row.actor_kind, str(row.latest)) for row in rows} == {("actor0000002", "person", "2020-02-05")}
    unnamed = Position.objects.get(statement="state0000004")
    assert (unnamed.actor, unnamed.actor_kind, unnamed.latest) == ("", "", None)


def test_a_claim_that_moves_takes_its_positions_along(record):
    append_and_compare(cast.replace(cast.claim_dam, question="quest0000001"))
    assert set(Position.objects.filter(claim="claim0000003").values_list("question", flat=True)) == {"quest0000001"}


def test_an_actors_kind_is_that_of_the_current_document(record):
    append_and_compare(cast.replace(cast.minister, kind="group"))
    assert set(Position.objects.filter(actor="actor0000002").values_list("actor_kind", flat=True)) == {"group"}


def test_every_hop_is_found_from_both_sides(record):
    through = Relay.objects.filter(actor="actor0000001").values_list("statement", "number", "position")
    assert sorted(through) == [("state0000002", 0, 0), ("state0000002", 1, 1)]
    assert Relay.objects.get(outlet="outle0000002").statement == "state0000002"


def test_a_statement_that_changes_leaves_no_old_rows(record):
    less = cast.replace(cast.ministry_counts, stances=(cast.stance("claim0000003"),), appearances=())
    append_and_compare(less)
    assert Position.objects.filter(statement="state0000002").count() == 1
    assert not Printing.objects.filter(statement="state0000002").exists()
    assert not Relay.objects.filter(statement="state0000002").exists()


def test_a_withdrawn_statement_leaves_only_its_addresses(record):
    append_and_compare(Withdrawal("statement", "state0000002"))
    for model in (Position, Printing, Relay):
        assert not model.objects.filter(statement="state0000002").exists()
    assert leads("statement")["state0000002"] == ("state0000002", False)


def test_origins_follow_what_an_article_turns_out_to_derive_from(record):
    assert origins("state0000002") == ["actor:actor0000001"] * 2
    both = cast.replace(
        cast.nobody_knows, appearances=(cast.appearance("artic0000001"), cast.appearance("artic0000004"))
    )
    append_and_compare(both)
    assert origins("state0000004") == ["article:artic0000001", "article:artic0000004"]
    append_and_compare(cast.replace(cast.wire_in_mirror, derived_from="artic0000002", derivation="translation"))
    assert origins("state0000004") == ["article:artic0000001", "article:artic0000001"]


def test_origins_follow_a_change_further_up_the_family(record):
    alone = cast.replace(cast.herder_counts, appearances=(cast.appearance("artic0000002"),))
    append_and_compare(alone)
    assert origins("state0000001") == ["article:artic0000001"]
    append_and_compare(cast.replace(cast.original, derived_from="artic0000003", derivation="excerpt"))
    assert origins("state0000001") == ["article:artic0000003"]
    assert origins("state0000003") == ["label:artic0000003:local radio"]


def test_printings_follow_the_outlet_and_the_language_of_their_article(record):
    append_and_compare(cast.replace(cast.reprint, outlet="outle0000002", language="ru"))
    row = Printing.objects.get(statement="state0000001", number=1)
    assert (row.outlet, row.language) == ("outle0000002", "ru")


def test_old_addresses_and_ids_lead_to_the_object_for_ever(record):
    append_and_compare(cast.replace(cast.claim_dam, slug="dam"))
    append_and_compare(cast.replace(cast.claim_dam, slug="the-dam"))
    found = leads("claim")
    assert found["for-the-dam"] == found["dam"] == found["claim0000003"] == ("claim0000003", False)
    assert found["the-dam"] == ("claim0000003", True)


def test_the_addresses_of_a_merged_object_lead_to_the_one_that_stands(record):
    append_and_compare(cast.redirect("claim0000002", "nine-hundred-moved", "claim0000001"))
    assert leads("claim")["nine-hundred-moved"] == ("claim0000001", False)
    append_and_compare(cast.redirect("claim0000001", "twelve-thousand-moved", "claim0000004"))
    assert leads("claim")["nine-hundred-moved"] == leads("claim")["claim0000002"] == ("claim0000004", False)
    assert not Current.objects.filter(public_id__in=["claim0000001", "claim0000002"]).exists()


def test_a_merge_that_is_undone_gives_the_addresses_back(record):
    append_and_compare(cast.redirect("claim0000002", "nine-hundred-moved", "claim0000001"))
    append_and_compare(cast.redirect("claim0000001", "twelve-thousand-moved", "claim0000004"))
    append_and_compare(cast.claim_many)
    assert leads("claim")["nine-hundred-moved"] == ("claim0000001", False)
    append_and_compare(cast.claim_few)
    assert leads("claim")["nine-hundred-moved"] == ("claim0000002", True)
    assert set(Position.objects.values_list("statement", "claim")) >= {("state0000001", "claim0000002")}


def test_a_merge_moves_what_is_said_without_publishing_it_again(record):
    append_and_compare(cast.redirect("actor0000004", "herders-union", "actor0000003"))
    row = Position.objects.get(statement="state0000003")
    assert (row.actor, row.actor_kind) == ("actor0000003", "unnamed")
    assert Current.objects.get(public_id="state0000003").parent == "actor0000003"


def test_where_merged_claims_meet_in_a_statement_the_one_that_stands_counts(record):
    append_and_compare(cast.redirect("claim0000002", "nine-hundred-moved", "claim0000001"))
    row = Position.objects.get(statement="state0000001")
    assert (row.claim, row.stance) == ("claim0000001", "affirms")


def test_so_it_is_when_the_other_one_was_merged(record):
    append_and_compare(cast.redirect("claim0000001", "twelve-thousand-moved", "claim0000002"))
    row = Position.objects.get(statement="state0000001")
    assert (row.claim, row.stance) == ("claim0000002", "denies")


def test_merged_outlets_articles_and_questions_are_followed_too(record):
    append_and_compare(cast.redirect("outle0000003", "river-mirror", "outle0000001"))
    assert Current.objects.get(public_id="artic0000002").parent == "outle0000001"
    assert Printing.objects.get(statement="state0000001", number=1).outlet == "outle0000001"
    append_and_compare(cast.redirect("artic0000002", "mirror-2020-02-04", "artic0000001"))
    assert Printing.objects.get(statement="state0000001", number=1).article == "artic0000001"
    append_and_compare(cast.redirect("quest0000002", "why-moved", "quest0000001"))
    assert set(Position.objects.values_list("question", flat=True)) == {"quest0000001"}
    assert Current.objects.get(public_id="claim0000003").parent == "quest0000001"


def test_any_row_of_changes_leaves_what_a_rebuild_makes():
    """Two hundred changes drawn at random, those that are refused included."""
    rng = random.Random(11)
    cast.append_cast()
    for number in range(200):
        with transaction.atomic():
            entries = [_any_change(rng, number)]
            if rng.random() < 0.3:
                entries.append(_any_change(rng, number + 1000))
            try:
                with transaction.atomic():
                    append(entries, reason=f"Change {number}")
            except AppendRefused:
                continue
        if number % 20 == 0:
            assert cast.projected() == rebuilt()
    assert Publication.objects.count() > 120
    assert cast.projected() == rebuilt()


def _any_change(rng, number):
    document = rng.choice(cast.CAST)
    kind = document.__struct_config__.tag
    others = [other for other in cast.CAST if other.__struct_config__.tag == kind and other is not document]
    dice = rng.random()
    if dice < 0.15:
        return Withdrawal(kind, document.id)
    if dice < 0.35:
        return cast.redirect(document.id, document.slug, rng.choice(others).id)
    changes = {"slug": rng.choice([document.slug, f"{document.slug}-{rng.randrange(3)}"])}
    if kind == "claim":
        changes["question"] = rng.choice(["quest0000001", "quest0000002"])
    elif kind == "article":
        above = rng.choice([None, "artic0000001", "artic0000003"])
        above = None if above == document.id else above
        changes |= {"derived_from": above, "derivation": rng.choice(["verbatim", "edited"]) if above else ""}
        changes["outlet"] = rng.choice(["outle0000001", "outle0000002", "outle0000003"])
    elif kind == "actor" and document.id != "actor0000003":
        changes |= {"kind": rng.choice(["person", "group"]), "name": rng.choice([document.name, f"Name {number}"])}
    elif kind == "statement":
        changes |= {"speaker": rng.choice(["actor0000001", "actor0000002", "actor0000004"])}
        changes["stances"] = tuple(document.stances[: rng.randrange(3)])
    return cast.replace(document, **changes)
