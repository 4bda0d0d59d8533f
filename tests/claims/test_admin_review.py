"""The review queue: submitted, looked at, sent back, published, withdrawn; by whom, and with which words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Trace
from articles.tracked_changes import Refusal
from claims import publishing
from claims.admin.previews import PreviewField
from claims.changes import add_claim, revise
from claims.models import Release
from record.models import Publication
from tests.desk import matter

pytestmark = pytest.mark.any_database

QUEUE = "/admin/claims/release/"


def act(name):
    return f"/admin/claims/release/action/{name}/"


def published(reviewer_client, made):
    page = reviewer_client.get(act("publish"), {"of": made.statement.public_id})
    data = {"of": made.statement.public_id, "word": "First look at the dam.", "seen": page.context["seen"]}
    return reviewer_client.post(act("publish"), data)


def test_an_editor_submits_from_the_object_s_page(editor, editor_client):
    made = matter(editor)
    page = editor_client.get(f"/admin/claims/statement/{made.statement.pk}/change/").content.decode()
    assert f"{act('submit')}?of={made.statement.public_id}" in page
    shown = editor_client.get(act("submit"), {"of": made.statement.public_id})
    assert "About 4,000 people have to move" in shown.content.decode()
    done = editor_client.post(act("submit"), {"of": made.statement.public_id, "word": "please look"}, follow=True)
    assert "was submitted for review" in done.content.decode()
    release = Release.objects.get()
    assert (release.state, release.note, release.submitted_by) == ("in review", "please look", editor)


def test_submitting_from_a_list_leads_to_the_page_of_the_act(editor, editor_client):
    made = matter(editor)
    chosen = {"action": "submit", "_selected_action": [made.claim.pk, made.other_claim.pk], "index": "0"}
    page = editor_client.post("/admin/claims/claim/", chosen, follow=True)
    assert [one for _, one, _ in page.context["objects"]] == [made.claim, made.other_claim]


def test_the_queue_shows_what_waits_first_and_the_oldest_on_top(editor, reviewer, reviewer_client):
    made = matter(editor)
    publishing.submit([made.claim], by=editor)
    publishing.submit([made.other_claim], by=editor)
    publishing.submit([made.ministry], by=editor)
    publishing.send_back([made.claim], by=reviewer, note="count again")
    waiting = [(str(made.other_claim), "in review"), (str(made.ministry), "in review")]
    shown = reviewer_client.get(QUEUE).context["cl"].result_list
    assert [(one.label, one.state) for one in shown] == waiting
    shown = reviewer_client.get(QUEUE, {"show": "all"}).context["cl"].result_list
    assert [(one.label, one.state) for one in shown] == [*waiting, (str(made.claim), "sent back")]


def test_the_queue_says_how_long_each_waits(editor, reviewer_client):
    made = matter(editor)
    publishing.submit([made.claim], by=editor)
    publishing.submit([made.other_claim], by=editor)
    late = timezone.now() - timedelta(days=3, hours=1)
    Release.objects.filter(public_id=made.other_claim.public_id).update(submitted_at=late)
    page = reviewer_client.get(QUEUE)
    assert [one.label for one in page.context["cl"].result_list] == [str(made.other_claim), str(made.claim)]
    assert "3\xa0days" in page.content.decode()


def test_a_selection_of_the_queue_is_published_in_one_act(editor, reviewer_client):
    made = matter(editor)
    publishing.submit([made.claim, made.other_claim, made.ministry], by=editor)
    keys = list(Release.objects.exclude(public_id=made.ministry.public_id).values_list("pk", flat=True))
    chosen = {"action": "publish", "_selected_action": keys, "index": "0"}
    page = reviewer_client.post(QUEUE, chosen, follow=True)
    assert [one for _, one, _ in page.context["objects"]] == [made.claim, made.other_claim]
    data = {
        "of": [made.claim.public_id, made.other_claim.public_id],
        "word": "Both were looked at.",
        "seen": page.context["seen"],
    }
    done = reviewer_client.post(act("publish"), data, follow=True)
    assert "All 2 objects were published." in done.content.decode()
    assert set(Publication.objects.values_list("kind", "reason")) == {
        ("question", "Both were looked at."),
        ("claim", "Both were looked at."),
    }
    assert Release.objects.get(public_id=made.ministry.public_id).state == "in review"


def test_a_reviewer_sees_everything_that_would_become_public_and_publishes_it(editor, reviewer_client):
    made = matter(editor)
    publishing.submit([made.statement], by=editor)
    page = reviewer_client.get(act("publish"), {"of": made.statement.public_id})
    shown = {(one.planned.kind, one.planned.is_added, one.new) for one in page.context["becoming"]}
    assert shown == {
        ("question", True, True),
        ("claim", True, True),
        ("outlet", True, True),
        ("article", True, True),
        ("actor", True, True),
        ("statement", False, True),
    }
    text = page.content.decode()
    assert "Included because" in text and "people who must move" in text
    assert published(reviewer_client, made).status_code == 302
    assert Publication.objects.filter(public_id=made.statement.public_id).exists()
    assert Release.objects.get(public_id=made.statement.public_id).state == "published"


def test_publishing_needs_a_public_reason(editor, reviewer_client):
    made = matter(editor)
    page = reviewer_client.get(act("publish"), {"of": made.statement.public_id})
    refused = reviewer_client.post(
        act("publish"), {"of": made.statement.public_id, "word": " ", "seen": page.context["seen"]}
    )
    assert refused.status_code == 200
    assert refused.context["form"].errors["word"]
    assert not Publication.objects.exists()


def test_what_changed_since_the_reviewer_looked_is_not_published_unseen(editor, reviewer_client):
    made = matter(editor)
    page = reviewer_client.get(act("publish"), {"of": made.statement.public_id})
    revise(made.statement, {"summary": "Nobody has to move"}, by=editor, seen=1)
    data = {"of": made.statement.public_id, "word": "As seen.", "seen": page.context["seen"]}
    refused = reviewer_client.post(act("publish"), data)
    assert "has changed since you opened" in refused.content.decode()
    assert "Nobody has to move" in refused.content.decode()
    assert refused.context["form"]["word"].value() == "As seen."
    assert not Publication.objects.exists()


def test_a_change_of_what_is_public_is_shown_field_by_field(editor, reviewer_client):
    made = matter(editor)
    published(reviewer_client, made)
    revise(made.statement, {"summary": "Some 4,000 people have to move"}, by=editor, seen=1)
    page = reviewer_client.get(f"/admin/claims/statement/{made.statement.pk}/change/").content.decode()
    assert "Published, changed since" in page
    page = reviewer_client.get(act("publish"), {"of": made.statement.public_id})
    [preview] = page.context["becoming"]
    assert [(one.label, one.before, one.after) for one in preview.fields] == [
        ("summary", ["About 4,000 people have to move"], ["Some 4,000 people have to move"])
    ]
    assert told(preview.fields[0]) == [
        ("only here", "About"),
        ("only there", "Some"),
        ("same", "4,000 people have to move"),
    ]
    text = page.content.decode()
    assert '<del><span class="visually-hidden">readers see now: </span>About </del>' in text
    assert '<ins><span class="visually-hidden">readers will see: </span>Some </ins>4,000 people have to move' in text


def told(field):
    return [(one.kind, one.text.strip()) for one in field.stretches]


@pytest.mark.parametrize(
    ("before", "after", "shown", "staying"),
    [
        (["The Dam"], ["The dam"], [("same", "The"), ("only here", "Dam"), ("only there", "dam")], 0),
        (["a", "old words"], ["a", "new words"], [("only here", "old"), ("only there", "new"), ("same", "words")], 1),
        (["a b c d e"], ["a b c d e f"], [("same", "a b c d e"), ("only there", "f")], 0),
    ],
)
def test_the_words_that_differ_are_marked_to_the_letter(before, after, shown, staying):
    field = PreviewField("words", before, after)
    assert (told(field), field.unchanged_lines) == (shown, staying)


@pytest.mark.parametrize(
    ("before", "after"), [([], ["new"]), (["gone"], []), (["a", "b"], ["b", "a"]), (["a"], ["a", "b"])]
)
def test_where_lines_only_come_or_go_or_move_no_words_are_marked(before, after):
    assert PreviewField("words", before, after).stretches is None


def test_a_refusal_is_told_before_and_after(editor, reviewer_client):
    made = matter(editor)
    revise(made.statement, {}, by=editor, seen=1, stances=[])
    page = reviewer_client.get(act("publish"), {"of": made.statement.public_id})
    assert "needs a stance towards at least one claim" in page.content.decode()
    data = {"of": made.statement.public_id, "word": "Try.", "seen": page.context["seen"]}
    refused = reviewer_client.post(act("publish"), data)
    assert refused.context["form"].non_field_errors()
    assert not Publication.objects.exists()


def test_sending_back_needs_a_word_and_the_editor_reads_it(editor, reviewer_client, editor_client):
    made = matter(editor)
    publishing.submit([made.claim], by=editor)
    assert reviewer_client.post(act("send-back"), {"of": made.claim.public_id, "word": ""}).context["form"].errors
    reviewer_client.post(act("send-back"), {"of": made.claim.public_id, "word": "Whose count is this?"})
    page = editor_client.get(f"/admin/claims/claim/{made.claim.pk}/change/").content.decode()
    assert "Sent back" in page and "Whose count is this?" in page


def test_withdrawing_is_refused_while_something_public_rests_on_it(editor, reviewer_client):
    made = matter(editor)
    published(reviewer_client, made)
    refused = reviewer_client.post(act("withdraw"), {"of": made.claim.public_id, "word": "It was wrong."})
    assert "rests on this" in refused.content.decode()
    done = reviewer_client.post(act("withdraw"), {"of": made.statement.public_id, "word": "It was wrong."})
    assert done.status_code == 302
    assert Release.objects.get(public_id=made.statement.public_id).state == "withdrawn"


@pytest.mark.parametrize("name", ["publish", "send-back", "withdraw"])
def test_editors_neither_see_nor_reach_what_reviewers_do(editor, editor_client, name):
    made = matter(editor)
    publishing.submit([made.statement], by=editor)
    release = Release.objects.get()
    for address in (
        f"/admin/claims/statement/{made.statement.pk}/change/",
        f"{QUEUE}{release.pk}/change/",
        QUEUE,
        "/admin/claims/statement/",
    ):
        page = editor_client.get(address).content.decode()
        assert act(name) not in page
        assert f'value="{name.replace("-", "_")}"' not in page
    assert editor_client.get(act(name), {"of": made.statement.public_id}).status_code == 403
    posted = editor_client.post(act(name), {"of": made.statement.public_id, "word": "mine"})
    assert posted.status_code == 403
    with pytest.raises(Refusal, match="only reviewers may"):
        publishing.publish([made.statement], by=editor, reason="mine")
    assert not Publication.objects.exists()


def test_impossible_acts_and_objects_change_nothing(editor, reviewer_client):
    matter(editor)
    traces = Trace.objects.count()
    assert reviewer_client.get(act("destroy")).status_code == 404
    for of in ("", "abc", "\x00", "9" * 40, "aaaaaaaaaaaa"):
        assert reviewer_client.post(act("publish"), {"of": of, "word": "x"}, follow=True).status_code == 200
    assert Trace.objects.count() == traces


def test_a_word_with_a_nul_byte_is_refused_at_its_field(editor, reviewer_client):
    made = matter(editor)
    refused = reviewer_client.post(act("submit"), {"of": made.claim.public_id, "word": "\x00"})
    assert refused.context["form"].errors["word"]
    assert not Release.objects.exists()


def test_looking_at_a_plan_takes_as_many_queries_for_ten_claims_as_for_two(
    editor, reviewer_client, django_assert_max_num_queries
):
    made = matter(editor)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    two = [made.claim.public_id, made.other_claim.public_id]
    ten = two + [
        add_claim(question=made.question, text=f"Claim {n}", kind="fact", by=editor).public_id for n in range(8)
    ]
    counts = []
    for of in (two, two, ten):
        with CaptureQueriesContext(connection) as captured:
            reviewer_client.get(act("publish"), {"of": of})
        counts.append(len(captured.captured_queries))
    assert counts[1] == counts[2]
