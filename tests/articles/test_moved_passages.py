"""Passages that were moved to another text: a person looks at both and confirms them before anything is published."""

import pytest
from django.conf import settings

from articles.changes import confirm_passages, move_passage_back, passage_origin, quote_passage, reword_passage
from articles.ingest import take_in, take_in_reading
from articles.models import Passage, Trace
from articles.reading import read_plain
from articles.tracked_changes import Refusal, StaleRevision
from claims.changes import AppearanceInput, StanceInput, add_actor, record_statement
from claims.models import Actor, Statement
from claims.publishing import gates, plan, publish
from claims.publishing.quotation_check import unsupported_quotations
from claims.publishing.speakers import has_name_in_paragraph, other_speaker
from record.models import Publication
from tests.desk import TEXT, matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FOLDER = settings.BASE_DIR.parent / "shared" / "articles"
LATER = TEXT + "\n\nIt rained on Tuesday."


@pytest.fixture
def made(editor, reviewer):
    made = matter(editor)
    publish([made.statement], by=reviewer, reason="First account.")
    return made


@pytest.fixture
def passage(made, editor):
    take_in(text=LATER, outlet=made.outlet, article=made.article, by=editor)
    return Passage.objects.get()


def sentences(statement, by):
    statement.refresh_from_db()
    return [one.sentence for one in plan([statement], by=by).refusals]


def test_a_moved_passage_is_to_be_confirmed_and_knows_where_it_stood(made, passage):
    assert passage.moved_from == made.capture
    origin = passage_origin(passage)
    assert (origin.capture, origin.exact) == (made.capture, "about 4,000 people must move")
    assert list(Passage.objects.awaiting_confirmation()) == [passage]


def test_a_passage_moved_twice_still_knows_where_a_person_saw_it(made, passage, editor):
    take_in(text="A new opening.\n\n" + LATER, outlet=made.outlet, article=made.article, by=editor)
    passage.refresh_from_db()
    assert (passage.moved_from, passage_origin(passage).start) == (made.capture, TEXT.index("about 4,000"))


def test_nothing_is_published_on_it_until_a_person_has_confirmed_it(made, passage, editor, reviewer):
    assert ["were moved to a newer text" in one for one in sentences(made.statement, reviewer)] == [True]
    [confirmed] = confirm_passages([(passage, passage.revision)], by=editor)
    assert confirmed.moved_from is None
    trace = Trace.objects.filter(public_id=passage.public_id).first()
    assert (trace.verb, trace.by, trace.revision) == ("confirm", editor, confirmed.revision)
    assert sentences(made.statement, reviewer) == []
    publish([made.statement], by=reviewer, reason="On the newer text.")
    assert confirmed.capture.sha256 in Publication.objects.filter(public_id=made.statement.public_id).last().document


def test_a_reworded_passage_is_confirmed_too(made, editor, reviewer):
    later = TEXT.replace("about 4,000 people must move", "some 4,500 people must leave")
    take_in(text=later, outlet=made.outlet, article=made.article, by=editor)
    passage = Passage.objects.get()
    newest = made.article.captures.newest_complete()
    now = reword_passage(passage, newest, "some 4,500 people must leave", by=editor, seen=passage.revision)
    assert passage_origin(now).exact == "about 4,000 people must move"
    assert any("were moved to a newer text" in one for one in sentences(made.statement, reviewer))


def test_confirming_is_all_or_nothing_and_on_what_was_seen(made, passage, editor):
    other = quote_passage(made.article.captures.newest_complete(), "It rained on Tuesday", by=editor)
    with pytest.raises(Refusal, match="nothing to confirm"):
        confirm_passages([(passage, passage.revision), (other, other.revision)], by=editor)
    with pytest.raises(StaleRevision):
        confirm_passages([(passage, passage.revision - 1)], by=editor)
    with pytest.raises(Refusal, match="at least one"):
        confirm_passages([], by=editor)
    passage.refresh_from_db()
    assert passage.moved_from == made.capture


def test_a_passage_that_was_moved_wrongly_goes_back_to_where_it_is_true(made, passage, editor):
    back = move_passage_back(passage, by=editor, seen=passage.revision)
    assert (back.capture, back.start, back.moved_from) == (made.capture, TEXT.index("about 4,000"), None)
    assert list(Passage.objects.awaiting_decision()) == [back]
    with pytest.raises(Refusal, match="was not moved"):
        move_passage_back(back, by=editor, seen=back.revision)


# At the desk


def take(passage):
    return f"{passage.pk}-{passage.revision}"


def test_both_texts_are_shown_and_several_confirmed_in_one_act(made, passage, editor, editor_client):
    listed = editor_client.get("/admin/articles/passage/?found=moved")
    assert list(listed.context["cl"].result_list) == [passage]
    address = f"/admin/articles/passage/moved/?article={made.article.pk}"
    assert address in editor_client.get(f"/admin/articles/article/{made.article.pk}/change/").content.decode()
    page = editor_client.get(address).content.decode()
    assert page.count("<mark>about 4,000 people must move</mark>") == 2
    assert "before the valley is flooded" in page
    answer = editor_client.post(address, {"act": "confirm", "take": [take(passage)]}, follow=True).content.decode()
    assert "1 passage confirmed." in answer
    assert "No moved passages to confirm" in answer
    assert not Passage.objects.awaiting_confirmation().exists()


def test_the_page_of_one_passage_confirms_it_or_puts_it_back(made, passage, editor_client):
    page = editor_client.get(f"/admin/articles/passage/{passage.pk}/change/").content.decode()
    assert f'name="take" value="{take(passage)}"' in page
    posted = {"act": "back", "take": [take(passage)]}
    answer = editor_client.post("/admin/articles/passage/moved/", posted, follow=True)
    assert "is back in the older text" in answer.content.decode()
    assert Passage.objects.get().capture == made.capture


def test_the_list_leads_to_the_page_with_what_was_chosen(passage, editor_client):
    answer = editor_client.post(
        "/admin/articles/passage/", {"action": "confirm_action", "_selected_action": [passage.pk]}, follow=True
    )
    assert answer.redirect_chain[-1][0].endswith(f"?ids={passage.pk}")
    assert "To be confirmed: 1" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"act": "burn"}, {"take": ["x"]}, {"take": ["1"]}, {"take": ["9" * 30 + "-1"]}, {"take": []}, {"take": ["999-1"]}],
)
def test_a_broken_form_confirms_nothing(passage, editor_client, wrong):
    posted = {"act": "confirm", "take": [take(passage)]} | wrong
    answer = editor_client.post("/admin/articles/passage/moved/", posted, follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert Passage.objects.awaiting_confirmation().exists()


@pytest.mark.parametrize("query", ["article=x", "ids=1,x", "ids=" + "1," * 300, "article=" + "9" * 40])
def test_a_broken_address_is_not_found(passage, editor_client, query):
    assert editor_client.get(f"/admin/articles/passage/moved/?{query}").status_code == 404


def test_who_may_not_change_passages_confirms_none(passage, client, django_user_model):
    posted = {"act": "confirm", "take": [take(passage)]}
    assert client.post("/admin/articles/passage/moved/", posted).status_code == 302
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.post("/admin/articles/passage/moved/", posted).status_code == 403
    assert Passage.objects.awaiting_confirmation().exists()


# Somebody else's words

TWO = "Dam news\n\n“We will not leave,” said Ana Ruiz, a farmer.\n\n“We will not leave,” said Bo Lee, a teacher."


def statement_of(made, name, printed_name, words, suffix, editor, language="en"):
    capture = take_in(text=TWO, outlet=made.outlet, headline="Dam news", language=language, by=editor).capture
    passage = quote_passage(capture, words, suffix=suffix, by=editor)
    return record_statement(
        summary="The villagers will stay",
        mode="direct",
        speaker=add_actor(name=name, kind="person", by=editor),
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(passage, printed_name, "said")],
        by=editor,
    )


def test_words_that_the_article_gives_to_somebody_else_are_refused_with_both_names(made, editor, reviewer):
    statement = statement_of(made, "Ana Ruiz", "Ana Ruiz", "We will not leave", ",” said Bo", editor)
    [sentence] = sentences(statement, reviewer)
    assert sentence.endswith("attributes the words “We will not leave” to Bo Lee, not to Ana Ruiz.")


@pytest.mark.parametrize("name", ["Bo Lee", "Lee, Bo", "Bo Q. Lee"])
def test_words_of_the_speaker_under_any_name_are_not(made, editor, reviewer, name):
    statement = statement_of(made, name, "Bo Lee", "We will not leave", ",” said Bo", editor)
    assert sentences(statement, reviewer) == []


@pytest.mark.parametrize(("printed", "speaker"), [("Lee", "Bo Lee"), ("Mr Lee", "Bo Lee"), ("Bo", "")])
def test_a_surname_beside_the_words_says_surely_who_said_them_and_a_given_name_alone_does_not(printed, speaker):
    text = f"Bo Lee, a teacher, spoke to the paper on Monday.\n\n“We will not leave the valley,” said {printed}."
    start, end = text.index("We"), text.index(",”")
    assert other_speaker(text, "en", start, end, ["Ana Ruiz"]) == speaker


def test_a_name_stands_beside_words_in_their_own_paragraph_alone():
    text = "Ana Ruiz left.\nBo Lee stayed.\nIda Stern came back."
    beside = {
        words: [name for name in ("Ana Ruiz", "Bo Lee", "Ida Stern") if has_name_in_paragraph(text, start, end, name)]
        for words in ("left", "stayed", "came back")
        for start, end in [(text.index(words), text.index(words) + len(words))]
    }
    assert beside == {"left": ["Ana Ruiz"], "stayed": ["Bo Lee"], "came back": ["Ida Stern"]}


def test_a_name_that_no_longer_stands_beside_moved_words_is_asked_for(made, editor, reviewer):
    text = "Вести\n\n«Мы не уйдём», — сказала Анна Руис в порту.\n\nШёл дождь."
    said = {"outlet": made.outlet, "headline": "Вести", "language": "ru", "by": editor}
    capture = take_in(text=text, **said).capture
    passage = quote_passage(capture, "Мы не уйдём", by=editor)
    statement = record_statement(
        summary="The villagers will stay",
        mode="direct",
        speaker=add_actor(name="Анна Руис", kind="person", by=editor),
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(passage, "Анна Руис", "сказала")],
        by=editor,
    )
    later = take_in(text=text.replace("Анна Руис", "Вера Ли"), article=capture.article, **said)
    assert later.unplaced_passages == [passage]
    now = reword_passage(passage, later.capture, "Мы не уйдём", by=editor, seen=passage.revision)
    confirm_passages([(now, now.revision)], by=editor)
    [sentence] = sentences(statement, reviewer)
    assert "the name “Анна Руис” was next to the words “Мы не уйдём” before" in sentence


def test_record_verify_finds_published_words_that_the_text_gives_to_somebody_else(made, editor, reviewer):
    statement = statement_of(made, "Bo Lee", "his friend", "We will not leave", ",” said Bo", editor)
    publish([statement], by=reviewer, reason="First account.")
    assert list(unsupported_quotations()) == []
    Actor.objects.filter(pk=statement.speaker_id).update(name="Ana Ruiz")
    statement.speaker.names.update(name="Ana Ruiz")
    [sentence] = unsupported_quotations()
    assert sentence.endswith("gives the words there to Ana Ruiz; the text, to Bo Lee.")


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"The five real articles are not in {FOLDER}: not tried on them.")
def test_no_statement_of_the_demonstration_is_suspected_in_the_whole_texts(demonstration, editor):
    for path in sorted(FOLDER.glob("0*.txt")):
        take_in_reading(read_plain(path.read_text(encoding="utf-8")), by=editor, said={})
    moved = list(Passage.objects.awaiting_confirmation())
    assert len(moved) > 50
    confirm_passages([(one, one.revision) for one in moved], by=editor)
    complaints = list(gates.misplaced_words(plan(list(Statement.objects.all()))))
    assert [one.sentence for one in complaints] == []
