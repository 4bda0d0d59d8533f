"""What corrects and what only adds: the rule on two documents, the page and the feed that follow it."""

import pytest
from django.core.management import call_command

from record.documents.corrections import is_correction
from record.log import Withdrawal, append, erase, erase_versions
from record.log.verification import faults
from record.models import Correction, Publication
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import appearance, append_cast, append_history, in_month, on, replace, stance, step

pytestmark = pytest.mark.any_database

said, claim, counted, printed = cast.herder_counts, cast.claim_dam, cast.claim_many, cast.original
first, second = said.appearances
note = cast.d.Note(about="date", text="As printed.")


def with_first(**values):
    return replace(said, appearances=(replace(first, **values), second))


def framed(**values):
    return replace(printed, framings=(replace(printed.framings[0], **values),))


CORRECTIONS = {
    "another wording of a claim": (replace(claim, text="They were moved for the army."), claim),
    "another summary": (replace(said, summary="Some were moved."), said),
    "another speaker": (replace(said, speaker="actor0000004"), said),
    "a speaker for a label": (replace(cast.nobody_knows, speaker="actor0000004"), cast.nobody_knows),
    "another stance": (replace(said, stances=(stance("claim0000001", "denies", "about"), said.stances[1])), said),
    "a stance taken away": (replace(said, stances=said.stances[:1]), said),
    "a hedge that was not there": (
        replace(said, stances=(said.stances[0], replace(said.stances[1], hedge="so"))),
        said,
    ),
    "another date": (replace(said, said_on=on("2020-02-03")), said),
    "a date taken away": (replace(said, said_on=None), said),
    "a passage of other words": (with_first(passage=replace(first.passage, exact="moved by day", marked=None)), said),
    "a printing taken away": (replace(said, appearances=(first,)), said),
    "another chain": (with_first(chain=(step(label="the radio"),)), said),
    "another name as printed": (with_first(printed_name="a shepherd"), said),
    "another figure": (replace(counted, figure=replace(counted.figure, amount=cast.Decimal(13000))), counted),
    "a figure that turned out to be read": (replace(counted, figure=replace(counted.figure, derived=True)), counted),
    "a modifier": (replace(counted, figure=replace(counted.figure, modifier="at least")), counted),
    "a relation taken away": (replace(cast.claim_few, relations=()), cast.claim_few),
    "a note taken away": (said, replace(said, notes=(note,))),
    "a note reworded": (replace(said, notes=(replace(note, text="So."),)), replace(said, notes=(note,))),
    "a framing by somebody else": (framed(written_by="outle0000002"), printed),
    "another treatment": (framed(treatment="relays"), printed),
    "another agency": (replace(cast.wire_in_mirror, credited_agency="Other Wire"), cast.wire_in_mirror),
    "a name taken away": (replace(cast.minister, names=cast.minister.names[1:]), cast.minister),
    "a name withheld": (replace(cast.union, withheld=True), cast.union),
    "another kind of actor": (replace(cast.union, kind="group"), cast.union),
}
ADDITIONS = {
    "a further printing": (said, replace(said, appearances=(first,))),
    "a further printing before the others": (
        replace(said, appearances=(second, first)),
        replace(said, appearances=(first,)),
    ),
    "a further stance": (said, replace(said, stances=said.stances[:1])),
    "a further name": (cast.minister, replace(cast.minister, names=cast.minister.names[:2])),
    "a further relation": (cast.claim_few, replace(cast.claim_few, relations=())),
    "a note": (replace(said, notes=(note,)), said),
    "a capture": (printed, replace(printed, captures=())),
    "a framing": (printed, replace(printed, framings=())),
    "a date where there was none": (replace(claim, notes=()), claim),
    "the date of what was undated": (replace(cast.union_disputes, said_on=on("2020-02-01")), cast.union_disputes),
    "a role": (replace(said, role="herder"), said),
    "a basis that was not stated": (replace(cast.union_disputes, basis="told"), cast.union_disputes),
    "a cue": (with_first(cue="told us"), with_first(cue="")),
    "the printed words of a figure": (
        replace(said, stances=(replace(said.stances[0], printed="some 12,000"), said.stances[1])),
        said,
    ),
    "what stands between marks": (with_first(passage=replace(first.passage, marked=None)), said),
    "another place of the same words": (with_first(passage=replace(first.passage, start=7, end=22, prefix="x")), said),
    "another place in lists": (replace(claim, position=9), claim),
    "another address": (replace(claim, slug="the-dam"), claim),
    "a description": (replace(cast.minister, description="since 2018"), cast.minister),
    "who controls an outlet": (replace(cast.courier, state_controlled="no"), cast.courier),
    "the day of a figure": (counted, replace(counted, figure=replace(counted.figure, as_of=None))),
}


@pytest.mark.parametrize("case", CORRECTIONS)
def test_what_changes_or_removes_something_corrects(case):
    assert is_correction(*CORRECTIONS[case])


@pytest.mark.parametrize("case", ADDITIONS)
def test_what_only_adds_does_not_correct_and_taking_it_away_again_does(case):
    now, before = ADDITIONS[case]
    assert not is_correction(now, before)


def test_two_equal_items_of_which_one_goes_correct():
    twice = replace(said, appearances=(first, first))
    assert is_correction(said, twice) and not is_correction(twice, replace(said, appearances=(first,)))


def test_very_many_printings_are_compared_soon():
    many = replace(said, appearances=tuple(appearance("artic0000001", f"words {number}") for number in range(3000)))
    assert not is_correction(replace(many, appearances=(*many.appearances, first)), many)
    others = tuple(replace(one, cue="told") for one in many.appearances)
    assert is_correction(replace(many, appearances=others), many)


pytest_db = pytest.mark.django_db


@pytest_db
def test_the_page_and_its_feed_list_what_corrects_and_leave_additions_out(client):
    append_cast()
    append([replace(said, appearances=(*said.appearances, appearance("artic0000003")))], reason="One more printing.")
    append([replace(claim, text="They were moved for a new dam.")], reason="As it was said.")
    append([replace(cast.minister, description="since 2018")], reason="Who he is.")
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    append([cast.nobody_knows], reason="They did say it.")
    assert texts(tree_of(client.get("/corrections")), "versions__reason") == [
        "They did say it.",
        "Nobody said it.",
        "As it was said.",
    ]
    feed = client.get("/corrections/feed").content.decode()
    assert "As it was said." in feed and "One more printing." not in feed
    history = texts(tree_of(client.get("/statements/state0000001/history")), "versions__reason")
    assert history == ["One more printing.", "First publication"]


@pytest_db
def test_what_was_taken_back_corrects_nothing_any_more_as_on_a_mirror():
    append_cast()
    append([replace(cast.nobody_knows, summary="Nobody knows.")], reason="Shorter.")
    assert Correction.objects.filter(public_id="state0000004").count() == 1
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    last = Publication.objects.latest("seq").seq
    assert list(Correction.objects.values_list("seq", flat=True)) == [last]
    call_command("record_rebuild", verbosity=0)
    assert list(Correction.objects.values_list("seq", flat=True)) == [last]


@pytest_db
def test_a_record_of_additions_alone_says_that_nothing_was_corrected(client):
    append_cast()
    append([replace(said, notes=(note,))], reason="A note.")
    assert text_of(tree_of(client.get("/corrections")), "empty__line") == "Nothing has been corrected yet."


@pytest_db
def test_what_corrects_is_the_same_after_a_rebuild_and_after_erasures(settings):
    settings.RECORD_CHECKS = []
    append_history()
    append([replace(cast.minister, description="since 2018", kind="group", names=())], reason="No names.")
    kept = list(Correction.objects.order_by("seq").values_list("seq", "public_id"))
    assert len(kept) > 3
    call_command("record_rebuild", verbosity=0)
    assert list(Correction.objects.order_by("seq").values_list("seq", "public_id")) == kept
    append([replace(cast.union, name="Herders")], reason="Renamed.")
    append([replace(cast.union, name="The Herders")], reason="Renamed again.")
    middle = Publication.objects.filter(public_id="actor0000004").order_by("-seq")[1]
    erase_versions([middle.seq])
    assert not Correction.objects.filter(seq=middle.seq).exists()
    assert list(faults()) == []
    append([Withdrawal("statement", "state0000003")], reason="Gone.")
    erase("actor0000004", reason="On request")
    assert list(Correction.objects.filter(public_id="actor0000004").values_list("seq", flat=True)) == [
        Publication.objects.latest("seq").seq
    ]
    assert list(faults()) == []


def test_dates_that_become_more_precise_correct():
    assert is_correction(replace(said, said_on=on("2020-02-03")), replace(said, said_on=in_month("2020-02", 29)))
