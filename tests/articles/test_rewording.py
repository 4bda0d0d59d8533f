"""Words that the newest text of an article no longer prints: the nearest wording, and what an editor says of it."""

import pytest

from articles.changes import add_outlet, declare_passage_gone, quote_passage, reword_passage
from articles.ingest import take_in
from articles.models import Passage, Trace
from articles.rewording import nearest_wording
from articles.text import locate
from articles.text_difference import readable_difference
from articles.tracked_changes import Refusal, StaleRevision
from tests.pinned import changed

TEXT = (
    "Mayor promises a bridge\n\n"
    "The mayor said the town would “have its bridge by spring”, and that nobody would pay a toll.\n\n"
    "Fishermen said that nobody had asked them, and that about forty boats would lose their berth.\n\n"
    "The council meets again on Friday to talk about the costs of the works and about the road to the harbour."
)
LATER = TEXT.replace("about forty boats would lose their berth", "some sixty boats would lose their berths")
LATER = LATER.replace("The council meets again on Friday to talk about", "On Friday there is a vote on")


# The nearest wording


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("about forty boats would lose their berth", "some sixty boats would lose their berths"),
        ("nobody had asked them", "nobody had asked them"),
        ("nobody would ever pay any toll", "nobody would pay a toll"),
        ("have a bridge in spring", "have its bridge by spring"),
    ],
)
def test_the_nearest_wording_is_the_one_that_was_edited(before, now):
    found = nearest_wording(LATER, before)
    assert now in found.span.exact
    assert len(found.span.exact) <= len(now) + 8
    assert LATER[found.span.start : found.span.end] == found.span.exact


@pytest.mark.parametrize(
    "words",
    ["the minister of finance resigned over the loan", "a film about whales", "", "zzzz", "!!!", "Фермеры не согласны"],
)
def test_what_is_not_there_in_any_wording_is_not_proposed(words):
    assert nearest_wording(LATER, words) is None


def test_of_two_places_that_are_alike_the_surroundings_choose():
    text = "North: the dam held for ten days. South: the dam held for two days. East: all was quiet."
    assert nearest_wording(text, "the dam held for six days", "South: ", " East").span.start == text.index(
        "the dam held for two"
    )
    assert nearest_wording(text, "the dam held for six days", "North: ", " South").span.start == text.index(
        "the dam held for ten"
    )


def test_positions_are_code_points_past_letters_and_signs_of_any_kind():
    text = "🎈🎈 “İstanbul’da”\u00ad 今天 …\n\n He said — “we  shall\u00a0not leave the old town”, and left."
    found = nearest_wording(text, "we will not leave the old town")
    assert text[found.span.start : found.span.end] == "we  shall\u00a0not leave the old town"


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        ("“We will not leave our homes.”", "“We shall never leave our homes.”", "He said: {} Then he left."),
        ("«Мы не уйдём из наших домов»,", "«Мы никогда не уйдём из домов»,", "Потом {} сказал он."),
        ("the harbour was (nearly) empty today!", "the harbour was (almost) empty today!", "And {} Yes."),
        ("“no more than five boats,” he said", "“no more than nine boats,” he said", "Then {}. It rained."),
        ("about forty boats lost their berth", "about sixty boats lost their berths", "Then {}, he said. It rained."),
        ("they don’t want a bridge at all", "they really don’t want a bridge", "He said that {}, and left."),
        ("“Nobody would ever pay $5 for it”", "“Nobody would pay $50 for it”", "He said: {}. It rained."),
    ],
)
def test_a_wording_keeps_the_marks_at_its_edges_and_takes_no_others(before, now, text):
    old, later = text.format(before), text.format(now)
    place = locate(old, before)
    assert nearest_wording(later, before, place.prefix, place.suffix).span.exact == now


# The readable difference


def test_a_difference_says_what_each_has_and_counts_what_both_have():
    same = " ".join(f"word{n}" for n in range(100))
    stretches = readable_difference(f"He agreed. {same} The end.", f"He refused. {same} The end. More came.")
    assert [(one.kind, one.text.strip()) for one in stretches if one.kind.startswith("only")] == [
        ("only here", "agreed."),
        ("only there", "refused."),
        ("only there", "More came."),
    ]
    assert [one.count for one in stretches if one.kind == "skipped"] == [102 - 24]


def test_typography_is_no_difference():
    assert [(one.kind, one.count) for one in readable_difference("“Yes” — he said", '"Yes" - he  said')] == [
        ("skipped", 4)
    ]


def test_words_that_two_sentences_share_by_chance_are_part_of_the_change():
    stretches = readable_difference("A fox ran to the sea at night", "Nobody went to the hills in May")
    assert [one.kind for one in stretches] == ["only here", "only there"]


def test_texts_too_long_to_compare_are_not_compared():
    assert readable_difference("a " * 12_001, "a") is None


# Settling


@pytest.fixture
def lost(editor):
    outlet = add_outlet(name="The Selby Courier", by=editor)
    said = {"outlet": outlet, "by": editor, "headline": "Mayor promises a bridge", "url": "https://a.example/bridge"}
    first = take_in(text=TEXT, **said).capture
    quote_passage(first, "nobody would pay a toll", by=editor)
    passage = quote_passage(first, "about forty boats would lose their berth", by=editor)
    take_in(text=LATER, **said)
    passage.refresh_from_db()
    return passage


def newest(passage):
    return passage.capture.article.captures.newest_complete()


def test_a_passage_that_was_reworded_is_a_task_and_slides_nowhere(lost):
    assert list(Passage.objects.awaiting_decision()) == [lost]
    assert lost.exact == "about forty boats would lose their berth"
    assert lost.capture != newest(lost)


def test_an_editor_takes_the_new_words_and_the_history_keeps_the_old(lost, editor):
    now = reword_passage(lost, newest(lost), "some sixty boats would lose their berths", by=editor, seen=lost.revision)
    assert (now.public_id, now.capture) == (lost.public_id, newest(lost))
    assert LATER[now.start : now.end] == now.exact == "some sixty boats would lose their berths"
    assert not Passage.objects.awaiting_decision().exists()
    trace = Trace.objects.filter(public_id=now.public_id).first()
    assert (trace.verb, trace.changes["exact"][0]) == ("reword", "about forty boats would lose their berth")


def test_words_that_are_gone_are_marked_until_the_article_is_captured_again(lost, editor):
    declare_passage_gone(lost, newest(lost), by=editor, seen=lost.revision)
    assert list(Passage.objects.declared_gone()) == [lost]
    assert not Passage.objects.awaiting_decision().exists()
    take_in(text=LATER + "\n\nMore.", outlet=lost.capture.article.outlet, url="https://a.example/bridge", by=editor)
    assert list(Passage.objects.awaiting_decision()) == [lost]


def test_words_that_come_back_are_found_again_and_no_longer_gone(lost, editor):
    declare_passage_gone(lost, newest(lost), by=editor, seen=lost.revision)
    take_in(text=TEXT + "\n\nMore.", outlet=lost.capture.article.outlet, url="https://a.example/bridge", by=editor)
    lost.refresh_from_db()
    assert (lost.capture, lost.gone_from) == (newest(lost), None)


def test_what_is_said_of_a_passage_is_refused_when_it_cannot_be(lost, editor):
    other = take_in(text="Something else.", outlet=lost.capture.article.outlet, headline="Else", by=editor).capture
    with pytest.raises(Refusal, match="another article"):
        reword_passage(lost, other, "Something", by=editor, seen=1)
    with pytest.raises(Refusal, match="are not in the text"):
        reword_passage(lost, newest(lost), "about forty boats", by=editor, seen=lost.revision)
    with pytest.raises(Refusal, match="are in this text"):
        declare_passage_gone(lost, lost.capture, by=editor, seen=lost.revision)
    with pytest.raises(StaleRevision):
        declare_passage_gone(lost, newest(lost), by=editor, seen=lost.revision + 1)
    lost.refresh_from_db()
    assert lost.exact == "about forty boats would lose their berth"


def test_the_page_of_a_lost_passage_shows_both_wordings_and_takes_the_new_one(lost, editor_client):
    listed = editor_client.get("/admin/articles/passage/?found=lost")
    assert list(listed.context["cl"].result_list) == [lost]
    address = f"/admin/articles/passage/{lost.pk}/"
    page = editor_client.get(f"{address}change/").content.decode()
    assert "some sixty boats would lose their berths</textarea>" in page
    posted = {
        "act": "reword",
        "seen": lost.revision,
        "capture": newest(lost).pk,
        "exact": "some sixty boats would lose their berths",
    }
    answer = editor_client.post(f"{address}relocate/", posted, follow=True)
    assert "The passage now has the new words." in answer.content.decode()
    again = editor_client.post(f"{address}relocate/", posted, follow=True)
    assert "was changed by a colleague" in again.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"act": "burn"}, {"seen": "x"}, {"seen": "9" * 40}, {"capture": "9" * 40}, {"capture": "0"}, {"exact": ""}],
)
def test_a_broken_form_changes_nothing(lost, editor_client, wrong):
    posted = {"act": "reword", "seen": lost.revision, "capture": newest(lost).pk, "exact": "some sixty boats"}
    answer = editor_client.post(f"/admin/articles/passage/{lost.pk}/relocate/", posted | wrong, follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert Passage.objects.get(pk=lost.pk).revision == lost.revision


def test_who_may_not_change_passages_may_not_settle_them(lost, client, django_user_model):
    address = f"/admin/articles/passage/{lost.pk}/relocate/"
    assert client.post(address, {}).status_code == 302
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.post(address, {}).status_code == 403


def test_every_nearest_wording_is_the_one_that_is_pinned():
    assert changed("reworded.txt") == []
