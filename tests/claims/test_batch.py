"""One change of several objects chosen in a list: shown row by row, made in one act, refused when stale, taken back."""

from urllib.parse import parse_qs, urlsplit

import pytest

from articles.changes import add_article, add_outlet, revise_article
from articles.ingest import take_in
from articles.models import Article, Trace
from claims import publishing
from claims.changes import add_actor, record_statement, revise
from claims.changes.batch import BatchRefused, RequestedChange, set_date, set_outlet, undo_changes
from claims.models import Statement
from record.models import Publication
from tests.conftest import signed_in
from tests.desk import confirmed, matter, posted

ARTICLES = "/admin/articles/article/"
STATEMENTS = "/admin/claims/statement/"


def several(noun, change):
    return f"{noun}batch/{change}/"


def ids(*objects):
    return [one.public_id for one in objects]


@pytest.fixture
def made(editor):
    """The small matter, and two more articles of its outlet."""
    made = matter(editor)
    made.post = add_outlet(name="Lake Post", by=editor)
    made.second = add_article(outlet=made.outlet, headline="Second thoughts on the dam", by=editor)
    made.third = add_article(outlet=made.post, headline="Third of three", published="2020", by=editor)
    return made


def look(client, noun, change, *objects, **values):
    return client.get(several(noun, change), {"of": ids(*objects), **values})


def sentences(page):
    return [str(one) for one in page.context["messages"]]


def test_the_outlet_of_chosen_articles_is_set_in_one_act_and_their_histories_tell_it(editor, editor_client, made):
    chosen = {"action": "set_outlet", "_selected_action": [one.pk for one in (made.article, made.second, made.third)]}
    page = editor_client.post(f"{ARTICLES}?q=d", chosen, follow=True)
    assert [(str(row.obj), row.now) for row in page.context["current_rows"]] == [
        (str(made.article), "Valley Herald"),
        (str(made.second), "Valley Herald"),
        (str(made.third), "Lake Post"),
    ]
    asked = dict(parse_qs(urlsplit(page.redirect_chain[0][0]).query))
    page = editor_client.get(several(ARTICLES, "outlet"), asked | {"outlet": made.post.pk})
    assert [(row.obj, row.now, row.new_value) for row, *_ in page.context["changing"]] == [
        (made.article, "Valley Herald", "Lake Post"),
        (made.second, "Valley Herald", "Lake Post"),
    ]
    assert [(row.obj, row.alone) for row, _ in page.context["alone"]] == [(made.third, "it already has this outlet")]
    done = editor_client.post(several(ARTICLES, "outlet"), confirmed(page, why="the masthead says so"), follow=True)
    assert done.redirect_chain[0][0] == f"{ARTICLES}?q=d"
    assert sentences(done)[0].startswith("The outlet of 2 articles is now Lake Post.")
    assert set(Article.objects.values_list("outlet__name", flat=True)) == {"Lake Post"}
    made.third.refresh_from_db()
    assert made.third.revision == 1
    history = editor_client.get(f"{ARTICLES}{made.second.pk}/history/").content.decode()
    assert "set outlet" in history and "the masthead says so" in history
    assert "<del>Valley Herald</del>" in history and "<ins>Lake Post</ins>" in history


def test_an_outlet_that_a_chain_names_cannot_print_the_article_itself(editor, editor_client, made):
    page = look(editor_client, ARTICLES, "outlet", made.article, made.second, outlet=made.agency.pk)
    assert [row.obj for row, *_ in page.context["changing"]] == [made.second]
    [(row, _)] = page.context["alone"]
    assert row.alone.startswith("the chain of “About 4,000 people have to move” names “Mountain Press Agency”")
    with pytest.raises(BatchRefused, match="correct the chain first"):
        set_outlet(
            [RequestedChange(made.second, made.agency, 1), RequestedChange(made.article, made.agency, 1)], by=editor
        )
    address = f"{ARTICLES}{made.article.pk}/change/"
    form = posted(editor_client.get(address)) | {"outlet": made.agency.pk}
    assert "correct the chain first" in editor_client.post(address, form).context["adminform"].form.errors["outlet"][0]
    assert not Article.objects.filter(outlet=made.agency).exists()


def test_an_act_is_taken_back_from_its_message_and_from_the_traces(editor_client, made):
    page = look(editor_client, ARTICLES, "outlet", made.article, made.second, outlet=made.post.pk)
    done = editor_client.post(several(ARTICLES, "outlet"), confirmed(page), follow=True)
    undo = done.context["messages"]._loaded_data[0].message.split('href="')[1].split('"')[0].replace("&amp;", "&")
    page = editor_client.get(undo)
    assert [(row.obj, row.now, row.new_value) for row, *_ in page.context["changing"]] == [
        (made.article, "Lake Post", "Valley Herald"),
        (made.second, "Lake Post", "Valley Herald"),
    ]
    done = editor_client.post(several(ARTICLES, "undo"), confirmed(page, why="the wrong list"), follow=True)
    assert sentences(done)[0].startswith("Undone for 2 articles.")
    assert Article.objects.filter(outlet=made.outlet).count() == 2
    assert Trace.objects.filter(verb="put back", why="the wrong list").count() == 2
    # What was taken back can be taken back, from the list of all acts too.
    keys = list(Trace.objects.filter(verb="put back").values_list("pk", flat=True))
    page = editor_client.post("/admin/articles/trace/", {"action": "take_back", "_selected_action": keys}, follow=True)
    assert [row.new_value for row, *_ in page.context["changing"]] == ["Lake Post"] * 2


def test_traces_of_other_acts_are_not_taken_back(editor_client, made):
    keys = list(Trace.objects.values_list("pk", flat=True))
    page = editor_client.post("/admin/articles/trace/", {"action": "take_back", "_selected_action": keys}, follow=True)
    assert "Choose activities that can be undone" in sentences(page)[0]
    page = editor_client.get(several(ARTICLES, "undo"), {"act": keys}, follow=True)
    assert sentences(page) == ["None of the selected objects exist. Nothing was changed."]


def test_what_was_changed_again_since_is_not_taken_back(editor, editor_client, made):
    [first, second] = set_outlet([RequestedChange(one, made.post, 1) for one in (made.article, made.second)], by=editor)
    page = editor_client.get(several(ARTICLES, "undo"), {"act": [first.pk, second.pk]})
    revise_article(made.second, {"byline": "A. Writer"}, by=editor, seen=2)
    refused = editor_client.post(several(ARTICLES, "undo"), confirmed(page))
    assert refused.status_code == 409
    told = [(row.obj, row.refusal) for row, _ in refused.context["alone"]]
    assert told == [(made.second, "It has been changed again since: see its history.")]
    assert Article.objects.filter(outlet=made.post).count() == 3
    with pytest.raises(BatchRefused, match="was changed by a colleague"):
        undo_changes([first, second], by=editor)
    assert Article.objects.filter(outlet=made.post).count() == 3
    assert editor_client.post(several(ARTICLES, "undo"), confirmed(refused)).status_code == 302
    assert Article.objects.get(pk=made.article.pk).outlet == made.outlet


def test_if_one_was_changed_meanwhile_none_is_changed_and_it_is_named(editor, reviewer, editor_client, made):
    page = look(editor_client, ARTICLES, "outlet", made.article, made.second, outlet=made.post.pk)
    revise_article(made.second, {"byline": "A. Writer"}, by=reviewer, seen=1)
    refused = editor_client.post(several(ARTICLES, "outlet"), confirmed(page, why="the masthead"))
    assert refused.status_code == 409
    assert [(row.obj, ticked, row.refusal) for row, ticked, _, _ in refused.context["changing"]] == [
        (made.article, True, ""),
        (
            made.second,
            False,
            "ravi has changed it since you looked (byline): you saw revision 1, it is now revision 2.",
        ),
    ]
    assert "Nothing was changed: 1 row has changed since you loaded" in refused.content.decode()
    assert 'value="the masthead"' in refused.content.decode()
    assert set(Article.objects.filter(pk__in=[made.article.pk, made.second.pk]).values_list("outlet", flat=True)) == {
        made.outlet.pk
    }
    # Confirmed again it changes what is ticked; ticked by hand, the other one too, as it was shown.
    again = confirmed(refused)
    assert editor_client.post(several(ARTICLES, "outlet"), again).status_code == 302
    assert {one.pk for one in Article.objects.filter(outlet=made.post)} == {made.article.pk, made.third.pk}


def test_the_verb_itself_refuses_what_is_stale_and_names_each(editor, reviewer, made):
    for article in (made.article, made.second):
        revise_article(article, {"byline": "A. Writer"}, by=reviewer, seen=1)
    with pytest.raises(BatchRefused) as refused:
        set_outlet(
            [
                RequestedChange(one, made.outlet if one is made.third else made.post, 1)
                for one in (made.article, made.second, made.third)
            ],
            by=editor,
        )
    assert [obj for obj, _ in refused.value.refusals] == [made.article, made.second]
    assert Article.objects.get(pk=made.third.pk).outlet == made.post


def test_a_date_is_set_with_its_precision_or_taken_away(editor_client, made):
    page = look(editor_client, ARTICLES, "date", made.article, made.third, how="this", date="2019-09")
    assert [(row.now, row.new_value) for row, *_ in page.context["changing"]] == [
        ("2021-05 (month)", "2019-09 (month)"),
        ("2020 (year)", "2019-09 (month)"),
    ]
    done = editor_client.post(several(ARTICLES, "date"), confirmed(page), follow=True)
    assert sentences(done)[0].startswith("The date of publication of 2 articles is now 2019-09 (month).")
    made.third.refresh_from_db()
    assert (made.third.published, str(made.third.published_latest)) == ("2019-09", "2019-09-30")
    page = look(editor_client, ARTICLES, "date", made.third, how="unknown")
    editor_client.post(several(ARTICLES, "date"), confirmed(page))
    made.third.refresh_from_db()
    assert (made.third.published, made.third.published_latest) == ("", None)
    page = editor_client.get(several(ARTICLES, "undo"), {"act": [Trace.objects.first().pk]})
    editor_client.post(several(ARTICLES, "undo"), confirmed(page))
    made.third.refresh_from_db()
    assert (made.third.published, str(made.third.published_earliest)) == ("2019-09", "2019-09-01")


def test_statements_get_the_day_on_which_they_were_made(editor, editor_client, made):
    page = look(editor_client, STATEMENTS, "date", made.statement, how="this", date="2018~/2019-03")
    [(row, *_)] = page.context["changing"]
    assert (row.now, row.new_value) == ("2021-05-03 (day)", "2018~/2019-03 (about, interval)")
    done = editor_client.post(several(STATEMENTS, "date"), confirmed(page))
    assert done["Location"] == f"{STATEMENTS}{made.statement.pk}/change/"
    made.statement.refresh_from_db()
    assert (made.statement.said_on, made.statement.revision) == ("2018~/2019-03", 2)
    with pytest.raises(BatchRefused, match="is not a date"):
        set_date([RequestedChange(made.statement, "spring", 2)], by=editor)


@pytest.mark.parametrize(
    ("noun", "change", "asked", "field", "told"),
    [
        (ARTICLES, "outlet", {"outlet": ""}, "outlet", "Choose an outlet."),
        (ARTICLES, "outlet", {"outlet": "99999999999999999999999"}, "outlet", "not one of the available choices"),
        (ARTICLES, "outlet", {"named": "Valley Horald"}, "named", "No outlet is called “Valley Horald”"),
        (ARTICLES, "date", {"how": "this", "date": ""}, "date", "Enter a date."),
        (ARTICLES, "date", {"how": "this", "date": "2019-13"}, "date", "“2019-13” is not in the calendar."),
        (ARTICLES, "date", {"how": "this", "date": "Tuesday"}, "date", "“Tuesday” is not a date: write 2019"),
        (ARTICLES, "date", {"how": "unknown", "date": "2019"}, "date", "remove one of them"),
        (ARTICLES, "date", {"how": "guess", "date": "2019"}, "how", "not one of the available choices"),
        (STATEMENTS, "date", {"how": "proposed", "date": ""}, "how", "not one of the available choices"),
        (STATEMENTS, "assignment", {"editor": ""}, "editor", "Choose an editor, or nobody."),
        (STATEMENTS, "assignment", {"editor": "77777"}, "editor", "not one of the available choices"),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field_and_nothing_is_offered(
    editor_client, made, noun, change, asked, field, told
):
    obj = made.article if noun == ARTICLES else made.statement
    page = look(editor_client, noun, change, obj, **asked)
    assert told in page.context["form"].errors[field][0]
    assert told in page.content.decode()
    assert not page.context["changing"]
    traces = Trace.objects.count()
    posted = {"of": obj.public_id, "take": obj.public_id, "shown": f"{obj.public_id} 1 x", **asked}
    assert told in editor_client.post(several(noun, change), posted).context["form"].errors[field][0]
    assert Trace.objects.count() == traces


def test_an_outlet_is_named_where_no_script_fills_the_picker(editor_client, made):
    page = look(editor_client, ARTICLES, "outlet", made.article, named="LAKE POST", outlet="")
    assert "<noscript>" in look(editor_client, ARTICLES, "outlet", made.article).content.decode()
    assert editor_client.post(several(ARTICLES, "outlet"), confirmed(page)).status_code == 302
    made.article.refresh_from_db()
    assert made.article.outlet == made.post


def test_nothing_chosen_and_nothing_ticked_are_told(editor_client, made):
    page = editor_client.post(ARTICLES, {"action": "set_outlet", "index": "0"}, follow=True)
    assert "Items must be selected" in sentences(page)[0]
    page = look(editor_client, ARTICLES, "outlet", made.article, outlet=made.post.pk)
    unticked = editor_client.post(several(ARTICLES, "outlet"), confirmed(page, take=[]))
    assert "No rows are ticked" in unticked.content.decode()
    for of in ([], ["\x01"], ["0" * 12], ["x" * 500]):
        gone = editor_client.get(several(ARTICLES, "outlet"), {"of": of}, follow=True)
        assert sentences(gone) == ["None of the selected objects exist. Nothing was changed."]
    assert editor_client.get(several(STATEMENTS, "outlet"), {"of": made.statement.public_id}).status_code == 404
    assert editor_client.get(several(ARTICLES, "colour"), {"of": made.article.public_id}).status_code == 404
    assert Trace.objects.filter(verb="set outlet").count() == 0


def test_a_page_that_does_not_say_what_it_has_shown_changes_nothing(editor_client, made):
    page = look(editor_client, ARTICLES, "outlet", made.article, outlet=made.post.pk)
    for shown in ([], [made.article.public_id], [f"{made.article.public_id} one two"]):
        assert editor_client.post(several(ARTICLES, "outlet"), confirmed(page, shown=shown)).status_code == 409
    made.article.refresh_from_db()
    assert made.article.outlet == made.outlet


def test_the_date_that_is_proposed_is_taken_where_it_is_sure_and_offered_where_it_is_not(editor, editor_client, made):
    def taken(headline, line, **said):
        return take_in(
            text=f"{headline} is the first sentence of a short text about the dam in the valley.",
            outlet=made.outlet,
            headline=headline,
            removed=[[1, "date", line]] if line else [],
            by=editor,
            **said,
        ).article

    sure = taken("Sure", "Published on June 20, 2017")
    changed = taken("Changed", "Updated June 22, 2017", published="2016")
    same = taken("Same", "Published on June 20, 2017", published="2017-06-20")
    dated = taken("Written", "", dateline="OSH, 5 January 2019 (AP)")
    page = look(editor_client, ARTICLES, "date", sure, changed, same, dated, made.second, how="proposed")
    rows = [(row.obj, row.new_value, ticked, row.unsure) for row, ticked, _, _ in page.context["changing"]]
    assert rows == [
        (sure, "2017-06-20 (day)", True, ""),
        (changed, "2017-06-22 (day)", False, "Uncertain. It already has another date."),
        (dated, "2019-01-05 (day)", False, "Uncertain."),
    ]
    assert [(row.obj, row.alone) for row, _ in page.context["alone"]] == [
        (same, "it already has this date"),
        (made.second, "no date was found in its text"),
    ]
    assert "line 1 of the captured page" in page.content.decode()
    done = editor_client.post(several(ARTICLES, "date"), confirmed(page), follow=True)
    assert sentences(done)[0].startswith("The date of publication of 1 article is now the proposed one.")
    assert list(Article.objects.filter(published__startswith="2017-06-2").order_by("pk")) == [sure, same]


def test_what_would_be_set_is_what_was_shown(editor, editor_client, made):
    """A proposal that has changed since, without a change of the article, is not taken unseen."""
    page = look(editor_client, ARTICLES, "date", made.article, how="this", date="2019")
    data = confirmed(page) | {"date": "2018"}
    refused = editor_client.post(several(ARTICLES, "date"), data)
    assert refused.status_code == 409
    [(row, *_)] = refused.context["changing"]
    assert row.refusal == "The proposed value has changed since you loaded the page: check it again."
    made.article.refresh_from_db()
    assert made.article.published == "2021-05"


def test_captures_lead_to_their_articles(editor_client, made):
    chosen = {"action": "set_outlet_of_articles", "_selected_action": [made.capture.pk]}
    page = editor_client.post("/admin/articles/capture/", chosen, follow=True)
    assert [row.obj for row in page.context["current_rows"]] == [made.article]
    assert page.request["PATH_INFO"] == several(ARTICLES, "outlet")


def test_what_is_public_stays_as_it_was_published_until_the_change_is(
    editor, reviewer, editor_client, reviewer_client, made
):
    publishing.publish([made.statement], by=reviewer, reason="First published.")
    before = Publication.objects.count()
    page = look(editor_client, ARTICLES, "outlet", made.article, made.second, outlet=made.post.pk)
    assert "1 of these is public: readers will see the change once it is published." in page.content.decode()
    done = editor_client.post(several(ARTICLES, "outlet"), confirmed(page), follow=True)
    assert "One is public: readers see the last version" in sentences(done)[0]
    assert f"/admin/claims/release/action/submit/?of={made.article.public_id}" in sentences(done)[0]
    assert Publication.objects.count() == before
    changed = reviewer_client.get(f"{ARTICLES}?status=changed")
    assert list(changed.context["cl"].result_list) == [made.article]
    # The change is the editor's: the reviewer, a second person, publishes it for a public reason.
    assert [one.sentence for one in publishing.plan([made.article], by=reviewer).refusals] == []
    assert len(publishing.plan([made.article], by=editor).refusals) == 1


def test_a_withheld_speaker_is_shown_by_their_label_and_their_statement_can_be_dated(editor, made):
    source = add_actor(
        name="Zuhra Kanareyka", kind="person", protection="withheld", public_label="a clerk of the ministry", by=editor
    )
    statement = record_statement(summary="The dam was decided in May", mode="direct", speaker=source, by=editor)
    client = signed_in(editor)
    for change, asked in (("date", {"how": "this", "date": "2020-05"}), ("assignment", {"editor": editor.pk})):
        for page in (look(client, STATEMENTS, change, statement), look(client, STATEMENTS, change, statement, **asked)):
            assert "a clerk of the ministry: The dam was decided in May" in page.content.decode()
            assert "Kanareyka" not in page.content.decode()
        done = client.post(several(STATEMENTS, change), confirmed(page), follow=True)
        assert done.status_code == 200 and "Kanareyka" not in done.content.decode()
    statement.refresh_from_db()
    assert (statement.said_on, statement.speaker) == ("2020-05", source)
    acts = Trace.objects.filter(public_id=statement.public_id, verb__in=["set date", "assign"])
    undone = client.get(several(STATEMENTS, "undo"), {"act": list(acts.values_list("pk", flat=True))})
    assert "a clerk of the ministry" in undone.content.decode() and "Kanareyka" not in undone.content.decode()


def test_a_hundred_at_most_go_through_the_page(editor, editor_client, made):
    Article.objects.bulk_create(
        Article(outlet=made.outlet, headline=f"Article {number}", slug=f"article-{number}") for number in range(101)
    )
    keys = list(Article.objects.filter(headline__startswith="Article").values_list("pk", flat=True))
    page = editor_client.post(ARTICLES, {"action": "set_outlet", "_selected_action": keys}, follow=True)
    assert "Select at most 100 at a time" in sentences(page)[0]


def test_a_second_change_of_the_same_is_no_change(editor, made):
    assert len(set_outlet([RequestedChange(made.article, made.post, 1)], by=editor)) == 1
    assert set_outlet([RequestedChange(made.article, made.post, 2)], by=editor) == []
    revise(made.statement, {"venue": "a hall"}, by=editor, seen=1)
    assert Statement.objects.get().revision == 2
