"""One reviewer, with every right of the desk, tries to get words of his own before readers alone, over HTTP.

Each road begins with what a colleague has published. He changes something on it, on the pages of the desk, and tries to
publish: refused each time, in words, and the log stays as it was to the byte. A colleague who looks at it opens the
road: by publishing it, or by approving it for him to publish.
"""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.changes import confirm_passages, quote_passage, revise_outlet
from articles.ingest import take_in
from articles.models import Article, Passage, Trace
from articles.tracked_changes import Refusal
from claims.changes import (
    AppearanceInput,
    NoteInput,
    StanceInput,
    add_actor,
    add_claim,
    annotate,
    merge_actors,
    record_statement,
    revise,
)
from claims.changes.claims_and_actors import revise_quoted_article
from claims.models import Actor, Approval, Merge, Release, Statement
from claims.publishing import approve, plan, publish
from claims.publishing.two_person_rule import record_approvals, unapproved_changes
from record.documents import decode
from record.models import Publication
from tests.cast import member_of
from tests.desk import TEXT, confirmed, matter, posted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]  # the rule asks the desk, not the database

ALONE = "somebody else has to publish it"
TABLE = (
    "article,exact,speaker,summary,mode,claim,stance,cue\n"
    "River dam will flood three villages,“Nobody was asked,Asel Bek,Everybody agreed,direct,"
    "The villagers were asked.,affirms,said\n"
)


@pytest.fixture
def rosa(db):
    """Rosa, a colleague who publishes as well."""
    return member_of("reviewer", "rosa")


@pytest.fixture
def ravi(reviewer):
    """Ravi, who may do everything that editors and reviewers may, names that are withheld included."""
    reviewer.groups.add(Group.objects.get(name="editor"))
    reviewer.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    return reviewer


@pytest.fixture
def his(ravi):
    client = Client()
    client.force_login(ravi)
    return client


@pytest.fixture
def desk(editor, rosa):
    """The matter of the desk as Erin wrote and Rosa published it: two statements, a reprint that is not linked yet."""
    made = matter(editor)
    passage = quote_passage(made.capture, "“Nobody was asked,”", by=editor)
    made.denial = record_statement(
        summary="Nobody asked the villagers",
        mode="direct",
        speaker=made.farmer,
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(passage, "Asel Bek", "said")],
        by=editor,
    )
    made.reprint = take_in(
        text="Villages to be flooded\n\n" + TEXT.split("\n\n", 1)[1],
        outlet=made.agency,
        headline="Villages to be flooded",
        published="2021-06",
        by=editor,
    ).article
    made.neighbour = add_actor(name="Aigul Sarsen", kind="person", by=editor)
    publish([made.statement, made.denial, made.reprint, made.neighbour], by=rosa, reason="First.")
    return made


def log():
    return list(Publication.objects.order_by("seq").values_list("seq", "document", "reason", "erased"))


def public(obj):
    return decode(Publication.objects.get(public_id=obj.public_id, superseded_by=None).document)


def act(name):
    return f"/admin/claims/release/action/{name}/"


def try_act(client, name, objects):
    """The page after `client` has confirmed an act on `objects`, with what its plan has shown."""
    of = [one.public_id for one in objects]
    shown = client.get(act(name), {"of": of})
    data = {"of": of, "word": "As seen.", "seen": shown.context.get("seen", [])}
    return client.post(act(name), data, follow=True).content.decode()


def save(client, obj, **values):
    """Saves the form of `obj` with these values, as it stands otherwise."""
    room = f"/admin/{obj._meta.app_label}/{obj._meta.model_name}/{obj.pk}/change/"
    response = client.post(room, posted(client.get(room)) | values)
    assert response.status_code == 302, response.context["adminform"].form.errors
    obj.refresh_from_db()


def take_in_over_http(client, article, text):
    page = "/admin/articles/article/import/"
    looked = client.post(page, {"text": text, "article": article.pk, "outlet": article.outlet_id, "look": "1"})
    form = looked.context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    data = {name: getattr(value, "pk", value) for name, value in data.items()}
    answer = client.post(page, data | {"text": text, "article": article.pk, "take": "Import"}, follow=True)
    assert "a new text of it was saved" in answer.content.decode()


def confirm_what_moved(article, by):
    """Somebody looks at the passages in the newest text of `article`, and says that these are the words."""
    moved = Passage.objects.filter(capture=article.captures.newest_complete(), moved_from__isnull=False)
    if moved:
        confirm_passages([(passage, passage.revision) for passage in moved], by=by)


def merge_over_http(client, gone, kept):
    of = [kept.public_id, gone.public_id]
    seen = {f"seen-{one.public_id}": str(one.revision) for one in (kept, gone)}
    client.post("/admin/claims/merge/new/actor/", {"of": of, "kept": kept.public_id, "why": "the same"} | seen)
    assert Actor.objects.get(pk=gone.pk).merged_into == kept


def settle_over_http(client, desk, exact):
    passage = desk.statement.appearances.get().passage
    newest = desk.article.captures.newest_complete()
    data = {"act": "reword", "seen": passage.revision, "capture": newest.pk, "exact": exact}
    answer = client.post(f"/admin/articles/passage/{passage.pk}/relocate/", data, follow=True)
    assert "The passage now has the new words." in answer.content.decode()
    return [desk.statement]


# The roads: each changes something as Ravi and says what he would publish.


def by_capture(client, desk, editor):
    """An altered text in which the words still stand."""
    take_in_over_http(client, desk.article, TEXT.replace("Nobody was asked twice.", "They all smiled."))
    return [desk.statement]


def by_capture_that_another_quotes(client, desk, editor):
    """An altered text out of which an editor then quotes in good faith."""
    take_in_over_http(client, desk.article, TEXT + "\n\n“We like it,” Asel Bek added.")
    passage = quote_passage(desk.article.captures.newest_complete(), "“We like it,”", by=editor)
    statement = record_statement(
        summary="The farmer likes it",
        mode="direct",
        speaker=desk.farmer,
        stances=[StanceInput(desk.other_claim, "affirms")],
        appearances=[AppearanceInput(passage, "Asel Bek", "added")],
        by=editor,
    )
    return [statement]


def by_settling(client, desk, editor):
    """Words that the altered text has lost are said to be others."""
    invented = TEXT.replace("about 4,000 people must move", "about 40 people may stay")
    take_in_over_http(client, desk.article, invented)
    return settle_over_http(client, desk, "about 40 people may stay")


def by_settling_in_a_text_that_another_took_in(client, desk, editor):
    """The text is a colleague's and true; that the statement has these words of it is his alone."""
    text = TEXT.replace("about 4,000 people must move", "the paper was wrong: some must move")
    take_in(text=text, article=desk.article, outlet=desk.outlet, by=editor)
    return settle_over_http(client, desk, "the paper was wrong")


def by_name(client, desk, editor):
    save(client, desk.ministry, name="Ministry of Lies")
    return [desk.ministry]


def by_summary(client, desk, editor):
    save(client, desk.statement, summary="Nobody has to move")
    return [desk.statement]


def by_claim(client, desk, editor):
    save(client, desk.claim, text="About 40 people must move.")
    return [desk.claim]


def by_question(client, desk, editor):
    save(client, desk.question, title="Why does nobody have to move?")
    return [desk.question]


def by_note(client, desk, editor):
    """A public note on what somebody else has written."""
    note = NoteInput("wording", "He did not say so.")
    annotate(desk.statement, [note], by=member_of("reviewer", "ravi"), seen=1)
    return [desk.statement]


def by_note_on_an_article(client, desk, editor):
    note = NoteInput("other", "This paper lies.")
    annotate(desk.article, [note], by=member_of("reviewer", "ravi"), seen=desk.article.revision)
    return [desk.article]


def by_outlet(client, desk, editor):
    save(client, desk.outlet, name="Valley Liar")
    return [desk.outlet]


def by_headline(client, desk, editor):
    save(client, desk.article, headline="River dam will drown nobody")
    return [desk.article]


def by_merge(client, desk, editor):
    """The farmer becomes somebody else: the redirect is what he would publish, and what was taken in."""
    merge_over_http(client, desk.farmer, desk.neighbour)
    return [desk.farmer]


def by_what_a_merge_took_in(client, desk, editor):
    by_merge(client, desk, editor)
    return [desk.neighbour]


def by_undoing_a_merge(client, desk, editor):
    by_merge(client, desk, editor)
    publish([desk.farmer, desk.neighbour, desk.denial], by=member_of("reviewer", "rosa"), reason="One person.")
    client.post(f"/admin/claims/merge/{Merge.objects.get().pk}/undo/", {"why": "two persons"})
    assert Actor.objects.get(pk=desk.farmer.pk).merged_into is None
    return [desk.farmer]


def by_taking_over(client, desk, editor):
    """A reprint takes over the statements of its original, in words and under names that Ravi fills in."""
    page = f"/admin/articles/article/{desk.reprint.pk}/reprint-of/{desk.article.pk}/"
    shown = client.get(page)
    data = {"derivation": "edited"}
    for row in shown.context["rows"]:
        data |= {bound.html_name: bound.value() for bound in row} | {row["take"].html_name: "on"}
        data |= {row["printed_name"].html_name: "Anna Lee"}
    assert "1 statement." in client.post(page, data, follow=True).content.decode()
    return [desk.denial]


def by_table(client, desk, editor):
    page = "/admin/claims/statement/import/"
    shown = client.post(page, {"file": SimpleUploadedFile("table.csv", TABLE.encode())})
    assert "1 imported" in client.post(page, {"rows": shown.context["rows"]}, follow=True).content.decode()
    return [Statement.objects.get(summary="Everybody agreed")]


def by_undoing_a_withdrawal(client, desk, editor):
    """Withdrawn, changed where nobody sees it, and asked for again."""
    assert "was withdrawn" in try_act(client, "withdraw", [desk.statement])
    save(client, desk.statement, summary="Nobody has to move")
    return [desk.statement]


def by_list_of_dates(client, desk, editor):
    """The dates of several statements, set in one act of a list."""
    page = "/admin/claims/statement/batch/date/"
    of = [desk.statement.public_id, desk.denial.public_id]
    shown = client.get(page, {"of": of, "how": "this", "date": "2020-01-01"})
    client.post(page, confirmed(shown))
    assert set(Statement.objects.values_list("said_on", flat=True)) == {"2020-01-01"}
    return [desk.statement, desk.denial]


def by_framing(client, desk, editor):
    data = {"article": desk.article.pk, "claim": desk.claim.pk, "part": "body", "treatment": "endorses", "words": ""}
    assert client.post("/admin/claims/framing/add/", data).status_code == 302
    return [desk.article]


def by_framing_of_what_is_not_public_yet(client, desk, editor):
    """A framing that no document shows before its claim is public: a colleague publishes the article meanwhile."""
    claim = add_claim(question=desk.question, text="The dam is safe.", kind="fact", by=editor)
    by_framing(client, desk, editor)  # of a public claim: what the colleague sees is a part
    data = {"article": desk.article.pk, "claim": claim.pk, "part": "body", "treatment": "endorses", "words": ""}
    assert client.post("/admin/claims/framing/add/", data).status_code == 302
    article = Article.objects.get(pk=desk.article.pk)
    article = revise_quoted_article(article, {"byline": "Dana Osh"}, by=editor, seen=None)
    publish([article], by=member_of("reviewer", "rosa"), reason="Its byline.")
    assert len(public(article).framings) == 1 and public(article).byline == "Dana Osh"
    return [claim]


def by_relation_to_what_is_not_public_yet(client, desk, editor):
    """The same for a relation between claims."""
    claim = add_claim(question=desk.question, text="The dam is safe.", kind="fact", by=editor)
    related = {"relations-0-kind": "repeats", "relations-0-other": claim.pk, "relations-TOTAL_FORMS": 2}
    related |= {"relations-1-kind": "contradicts", "relations-1-other": desk.other_claim.pk}
    save(client, desk.claim, **related)
    revised = revise(desk.claim, {"position": 7}, by=editor, seen=desk.claim.revision)
    publish([revised], by=member_of("reviewer", "rosa"), reason="Its place.")
    assert len(public(revised).relations) == 1 and public(revised).position == 7
    return [claim]


def by_name_beneath_a_later_change(client, desk, editor):
    """Somebody else's later change of the same object does not cover his."""
    save(client, desk.ministry, name="Ministry of Lies")
    revise(desk.ministry, {"description": "a ministry"}, by=editor, seen=desk.ministry.revision)
    return [desk.ministry]


def by_name_of_what_another_merges(client, desk, editor):
    """He names an actor that nobody has seen; an editor finds that it is the farmer, who takes the name in."""
    other = add_actor(name="A. Bek", kind="person", by=editor)
    save(client, other, name="Bek the liar")
    merge_actors(other, into=desk.farmer, by=editor, why="the same", seen=other.revision)
    return [desk.farmer]


def by_merge_that_an_older_redirect_follows(client, desk, editor):
    """The farmer leads to another by a colleague's merge already, and that one is led on."""
    rosa = member_of("reviewer", "rosa")
    third = add_actor(name="Anna Lee", kind="person", by=editor)
    publish([third], by=rosa, reason="A third.")
    merge_actors(desk.farmer, into=desk.neighbour, by=editor, why="the same", seen=desk.farmer.revision)
    publish([desk.farmer, desk.neighbour], by=rosa, reason="One person.")
    desk.neighbour.refresh_from_db()
    merge_over_http(client, desk.neighbour, third)
    return [desk.farmer]


def by_label_of_a_withheld_speaker(client, desk, editor):
    """The label that stands wherever a withheld speaker is named, in a statement that an editor has corrected."""
    rosa = member_of("reviewer", "rosa")
    source = add_actor(name="Timur Alim", kind="person", protection="withheld", public_label="a guard", by=editor)
    statement = record_statement(
        summary="Nobody was told",
        mode="indirect",
        speaker=source,
        stances=[StanceInput(desk.other_claim, "denies")],
        appearances=[AppearanceInput(quote_passage(desk.capture, "Nobody was asked twice", by=editor), "a guard", "")],
        by=editor,
    )
    publish([statement], by=rosa, reason="A guard.")
    save(client, source, public_label="a liar")
    revise(statement, {"venue": "Osh"}, by=editor, seen=1)
    return [statement]


ROADS = [
    by_capture,
    by_capture_that_another_quotes,
    by_settling,
    by_settling_in_a_text_that_another_took_in,
    by_name,
    by_summary,
    by_claim,
    by_question,
    by_note,
    by_note_on_an_article,
    by_outlet,
    by_headline,
    by_merge,
    by_what_a_merge_took_in,
    by_undoing_a_merge,
    by_taking_over,
    by_table,
    by_undoing_a_withdrawal,
    by_list_of_dates,
    by_framing,
    by_framing_of_what_is_not_public_yet,
    by_relation_to_what_is_not_public_yet,
    by_name_beneath_a_later_change,
    by_name_of_what_another_merges,
    by_merge_that_an_older_redirect_follows,
    by_label_of_a_withheld_speaker,
]


def named(road):
    return road.__name__


@contextmanager
def taken_back():
    """What is done inside is as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("road", ROADS, ids=named)
def test_what_he_changed_becomes_public_only_where_a_colleague_publishes_or_approves_it(
    road, his, desk, editor, rosa, client
):
    chosen = road(his, desk, editor)
    before = log()
    client.force_login(rosa)
    with taken_back():
        try_all_ways_alone(his, chosen, before)
    with taken_back():
        confirm_what_moved(desk.article, rosa)
        try_act(client, "publish", chosen)
        assert log()[: len(before)] == before and len(log()) > len(before)
    if road is not by_label_of_a_withheld_speaker:
        done = try_act(client, "approve", chosen)
        confirm_what_moved(desk.article, rosa)
        assert "approved." in done and log() == before
        try_act(his, "publish", chosen)
        assert len(log()) > len(before)


def try_all_ways_alone(his, chosen, before):
    page = his.get(act("publish"), {"of": [one.public_id for one in chosen]}).content.decode()
    assert ALONE in page and "rosa could publish it: submit it for review." in page
    for name in ("publish", "undo-withdrawal", "approve", "submit", "publish"):
        try_act(his, name, chosen)
        assert log() == before, name
    model = chosen[0]._meta
    action = {"action": "publish", "_selected_action": [one.pk for one in chosen], "index": "0"}
    listed = his.post(f"/admin/{model.app_label}/{model.model_name}/", action, follow=True)
    data = {"of": [one.public_id for one in chosen], "word": "All.", "seen": listed.context["seen"]}
    assert ALONE in his.post(act("publish"), data).content.decode()
    assert log() == before
    queue = Release.objects.filter(public_id__in=[one.public_id for one in chosen]).values_list("pk", flat=True)
    listed = his.post("/admin/claims/release/", action | {"_selected_action": list(queue)}, follow=True)
    assert ALONE in his.post(act("publish"), data | {"seen": listed.context["seen"]}).content.decode()
    assert log() == before


# What is in nobody's way


def test_a_reviewer_who_once_renamed_an_outlet_approved_by_a_colleague_can_still_publish(his, desk, editor, rosa):
    by_outlet(his, desk, editor)
    publish([desk.outlet], by=rosa, reason="Its new name.")
    desk.outlet.refresh_from_db()
    revise_outlet(desk.outlet, {"homepage": "https://valley.example"}, by=editor, seen=desk.outlet.revision)
    assert "was published" in try_act(his, "publish", [desk.outlet])
    assert (public(desk.outlet).name, public(desk.outlet).homepage) == ("Valley Liar", "https://valley.example/")


def test_a_text_that_a_colleague_has_published_is_in_nobody_s_way(his, desk, editor, rosa):
    chosen = by_capture(his, desk, editor)
    confirm_what_moved(desk.article, rosa)
    publish(chosen, by=rosa, reason="A newer text.")
    [later] = by_table(his, desk, editor)
    Trace.objects.filter(by=member_of("reviewer", "ravi"), verb__in=["record", "quote"]).update(by=editor)
    assert "was published" in try_act(his, "publish", [later])


def test_what_he_changes_after_it_was_approved_waits_again(his, desk, editor, rosa, client):
    chosen = by_summary(his, desk, editor)
    client.force_login(rosa)
    try_act(client, "approve", chosen)
    save(his, desk.statement, summary="Everybody may stay")
    before = log()
    assert ALONE in try_act(his, "publish", chosen)
    assert log() == before


def test_who_approves_approves_nothing_of_their_own(his, desk, editor, ravi):
    chosen = by_summary(his, desk, editor)
    assert "Nothing here needs your approval" in try_act(his, "approve", chosen)
    assert not Approval.objects.filter(by=ravi).exists()


def test_what_was_changed_after_the_colleague_looked_is_not_approved(his, desk, editor, rosa):
    chosen = by_summary(his, desk, editor)
    seen = plan(chosen).revisions
    save(his, desk.statement, summary="Everybody may stay")
    with pytest.raises(Refusal, match="has changed since you opened"):
        approve(chosen, by=rosa, seen=seen)
    assert ALONE in try_act(his, "publish", chosen)


def test_an_editor_approves_nothing(his, desk, editor, editor_client):
    chosen = by_summary(his, desk, editor)
    assert editor_client.get(act("approve"), {"of": [chosen[0].public_id]}).status_code == 403
    with pytest.raises(Refusal, match="only reviewers"):
        approve(chosen, by=editor)


def test_two_who_both_changed_it_approve_each_other(his, desk, editor, rosa, client):
    chosen = by_summary(his, desk, editor)
    client.force_login(rosa)
    save(client, desk.statement, venue="Osh")
    for one in (his, client):
        assert ALONE in try_act(one, "publish", chosen)
    page = his.get(act("publish"), {"of": [chosen[0].public_id]}).content.decode()
    assert "Others have changed it too: if rosa approved your changes" in page
    try_act(client, "approve", chosen)
    assert "was published" in try_act(his, "publish", chosen)


def test_the_plan_says_what_stands_in_the_way_and_since_when(his, desk, editor):
    by_settling(his, desk, editor)
    page = his.get(act("publish"), {"of": [desk.statement.public_id]})
    day = date_format(localtime(Trace.objects.latest("id").at), "j F Y")
    assert {refusal for refusal in page.context["refusals"] if ALONE in refusal} == {
        f"You took in the text of “{desk.article}” on {day}: {ALONE}.",
        "You gave other words to the passage “about 40 people may stay”, "
        f"on which “{desk.statement}” rests, on {day}: {ALONE}.",
    }


@pytest.mark.parametrize(("who", "goes"), [("erin", True), ("rosa", True), ("ravi", False)])
def test_a_passage_that_somebody_else_has_confirmed_in_the_new_text_was_looked_at(his, desk, editor, rosa, who, goes):
    chosen = by_capture(his, desk, editor)
    confirm_what_moved(desk.article, User.objects.get(username=who))
    answer = try_act(his, "publish", chosen)
    assert ("was published" in answer, ALONE in answer) == (goes, not goes)


def test_a_passage_that_he_moves_after_it_was_confirmed_waits_again(his, desk, editor):
    chosen = by_capture(his, desk, editor)
    confirm_what_moved(desk.article, editor)
    take_in_over_http(his, desk.article, TEXT.replace("Nobody was asked twice.", "They all wept."))
    page = his.get(act("publish"), {"of": [one.public_id for one in chosen]}).content.decode()
    assert "You moved to a newer text the passage “about 4,000 people must move”" in page
    assert ALONE in try_act(his, "publish", chosen)


def test_withdrawing_and_taking_that_back_is_one_reviewer_s_to_do(his, desk):
    """No word is another than readers saw last."""
    assert "was withdrawn" in try_act(his, "withdraw", [desk.statement])
    assert "was published again" in try_act(his, "undo-withdrawal", [desk.statement])


def test_words_given_up_are_in_nobody_s_way(his, desk, editor):
    """No document says that words are gone from a newer text."""
    take_in(text=TEXT.replace("about 4,000", "some"), article=desk.article, outlet=desk.outlet, by=editor)
    passage = desk.statement.appearances.get().passage
    data = {"act": "gone", "seen": passage.revision, "capture": desk.article.captures.newest_complete().pk}
    his.post(f"/admin/articles/passage/{passage.pk}/relocate/", data)
    passage.refresh_from_db()
    assert passage.gone_from is not None
    revise(desk.statement, {"venue": "Osh"}, by=editor, seen=1)
    assert "was published" in try_act(his, "publish", [desk.statement])


def test_what_one_person_published_alone_is_in_nobody_s_way_once_there_are_two(his, desk, editor):
    with override_settings(SECOND_PERSON=False):
        assert "was published" in try_act(his, "publish", by_outlet(his, desk, editor))
    desk.outlet.refresh_from_db()
    revise_outlet(desk.outlet, {"homepage": "https://valley.example"}, by=editor, seen=desk.outlet.revision)
    assert "was published" in try_act(his, "publish", [desk.outlet])


def test_a_desk_where_nobody_else_may_publish_says_so(his, desk, editor, rosa):
    rosa.is_active = False
    rosa.save()
    chosen = by_summary(his, desk, editor)
    page = his.get(act("publish"), {"of": [chosen[0].public_id]}).content.decode()
    assert "Nobody else at this desk has permission to publish." in page


def test_the_rule_takes_the_same_number_of_queries_for_any_number_of_objects(
    his, desk, editor, ravi, django_assert_num_queries
):
    by_settling(his, desk, editor)
    for one in (desk.statement, desk.denial):
        revise(one, {"venue": "Osh"}, by=editor, seen=1)

    def asked(*objects):
        made = plan(objects)
        with CaptureQueriesContext(connection) as queries:
            assert len(unapproved_changes(made, by=ravi)) >= 2
        with CaptureQueriesContext(connection) as writes, transaction.atomic():
            record_approvals(made, by=editor)
            transaction.set_rollback(True)
        return len(queries), len(writes)

    assert asked(desk.statement) == asked(desk.statement, desk.denial, desk.claim)
