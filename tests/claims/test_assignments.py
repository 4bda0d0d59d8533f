"""Who works on what: given in lists, shown in columns, filters, pages and on the front page, and never public."""

import pytest
from django.contrib.auth.models import Permission, User

from articles.models import Trace
from claims import publishing
from claims.changes import add_actor, add_claim, merge_claims, revise
from claims.changes.batch import NOBODY, BatchRefused, RequestedChange, assign, undo_changes
from claims.models import Assignment, Statement
from record.models import Publication
from tests.cast import member_of
from tests.claims.test_batch import ARTICLES, STATEMENTS, look, sentences, several
from tests.conftest import signed_in
from tests.desk import confirmed, matter, posted

CLAIMS = "/admin/claims/claim/"


@pytest.fixture
def made(editor):
    return matter(editor)


@pytest.fixture
def edda(db):
    return member_of("editor", "edda")


def given(*objects):
    return dict(
        Assignment.objects.filter(public_id__in=[one.public_id for one in objects]).values_list(
            "public_id", "editor__username"
        )
    )


def listed(client, noun, **asked):
    return list(client.get(noun, asked).context["cl"].result_list)


def test_editors_give_what_is_chosen_to_themselves_to_others_and_to_nobody(editor_client, editor, edda, made):
    chosen = {"action": "set_assignment", "_selected_action": [made.claim.pk, made.other_claim.pk]}
    page = editor_client.post(CLAIMS, chosen, follow=True)
    assert [row.now for row in page.context["current_rows"]] == ["nobody", "nobody"]
    assert [label for _, label in page.context["form"].fields["editor"].choices] == [
        "choose …",
        "erin (you)",
        "nobody",
        "edda",
    ]
    page = look(editor_client, CLAIMS, "assignment", made.claim, made.other_claim, editor=edda.pk)
    done = editor_client.post(several(CLAIMS, "assignment"), confirmed(page, why="she knows the valley"), follow=True)
    assert sentences(done)[0].startswith("Assigned to edda: 2 claims.")
    assert set(given(made.claim, made.other_claim).values()) == {"edda"}
    page = look(editor_client, CLAIMS, "assignment", made.claim, made.other_claim, editor=editor.pk)
    assert [(row.now, row.new_value) for row, *_ in page.context["changing"]] == [("edda", "erin")] * 2
    editor_client.post(several(CLAIMS, "assignment"), confirmed(page, take=[made.claim.public_id]))
    assert given(made.claim, made.other_claim) == {made.claim.public_id: "erin", made.other_claim.public_id: "edda"}
    page = look(editor_client, CLAIMS, "assignment", made.claim, editor="nobody")
    editor_client.post(several(CLAIMS, "assignment"), confirmed(page))
    assert given(made.claim) == {made.claim.public_id: None}
    history = editor_client.get(f"{CLAIMS}{made.claim.pk}/history/").content.decode()
    assert "assigned to" in history and "<ins>edda</ins>" in history and "she knows the valley" in history


def test_an_assignment_is_no_change_of_the_object_nor_of_who_changed_it_last(
    editor, reviewer, reviewer_client, edda, made
):
    form = posted(reviewer_client.get(f"{STATEMENTS}{made.statement.pk}/change/"))
    publishing.publish([made.statement], by=reviewer, reason="First published.")
    assign([RequestedChange(made.statement, edda, NOBODY)], by=reviewer)
    statement = Statement.objects.get()
    assert statement.revision == 1
    assert not listed(reviewer_client, STATEMENTS, status="changed")
    saved = reviewer_client.post(f"{STATEMENTS}{made.statement.pk}/change/", form | {"venue": "a hall"})
    assert saved.status_code == 302
    revise(made.claim, {"text": "Some 4,000 people must move."}, by=editor, seen=1)
    assign([RequestedChange(made.claim, edda, NOBODY)], by=reviewer)
    # The words are the editor's still, so that the reviewer is the second person.
    assert publishing.plan([made.claim], by=reviewer).refusals == []
    assert publishing.plan([made.claim], by=editor).refusals != []


def test_no_document_tells_who_works_on_it(reviewer, edda, made):
    assign(
        [RequestedChange(one, edda, NOBODY) for one in (made.statement, made.article, made.claim, made.question)],
        by=reviewer,
    )
    publishing.publish([made.statement], by=reviewer, reason="First published.")
    documents = list(Publication.objects.values_list("document", flat=True))
    assert len(documents) >= 5
    assert [one for one in documents if "edda" in one or "assign" in one] == []


def test_lists_show_and_filter_who_works_on_it(editor, editor_client, edda, made):
    assign([RequestedChange(made.claim, edda, NOBODY)], by=editor)
    page = editor_client.get(CLAIMS)
    assert '<td class="field-assigned">edda</td>' in page.content.decode()
    assert listed(editor_client, CLAIMS, assigned=edda.pk) == [made.claim]
    assert listed(editor_client, CLAIMS, assigned="nobody") == [made.other_claim]
    assert listed(editor_client, CLAIMS, assigned="me") == []
    assert listed(signed_in(edda), CLAIMS, assigned="me") == [made.claim]
    [assignee] = [spec for spec in page.context["cl"].filter_specs if spec.title == "assigned editor"]
    assert [label for _, label in assignee.lookup_choices] == ["assigned to me", "nobody", "edda"]
    for wrong in ("x", "-1", "9" * 30):
        assert editor_client.get(CLAIMS, {"assigned": wrong}).status_code == 302


def test_the_front_page_counts_what_is_given_to_me_and_leads_to_it(editor, editor_client, edda, made):
    assert editor_client.get("/admin/").context["given"] == []
    assign([RequestedChange(one, editor, NOBODY) for one in (made.claim, made.other_claim, made.article)], by=edda)
    assign([RequestedChange(made.statement, edda, NOBODY)], by=edda)
    page = editor_client.get("/admin/")
    assert [(one.count, one.label) for one in page.context["given"]] == [(2, "claims"), (1, "article")]
    assert "Assigned to you" in page.content.decode()
    for one in page.context["given"]:
        assert editor_client.get(one.address).context["cl"].result_count == one.count


def test_the_page_of_an_object_says_who_works_on_it_and_leads_to_changing_that(editor, editor_client, edda, made):
    address = f"{ARTICLES}{made.article.pk}/change/"
    assert "Not assigned." in editor_client.get(address).content.decode()
    assign([RequestedChange(made.article, edda, NOBODY)], by=editor)
    page = editor_client.get(address).content.decode()
    assert "Assigned to <strong>edda</strong>" in page
    assert f"{several(ARTICLES, 'assignment')}?of={made.article.public_id}" in page
    edda.is_active = False
    edda.save()
    assert "no longer works at the desk" in editor_client.get(address).content.decode()
    page = look(editor_client, ARTICLES, "assignment", made.article, editor=editor.pk)
    assert editor_client.post(several(ARTICLES, "assignment"), confirmed(page))["Location"] == address
    assert "<strong>erin</strong> (you)" in editor_client.get(address).content.decode()


def test_only_who_may_change_it_can_be_given_it(editor, editor_client, made):
    stranger = User.objects.create(username="new", is_staff=True)
    member_of("editor", "gone")
    User.objects.filter(username="gone").update(is_active=False)
    outside = member_of("editor", "outside")
    User.objects.filter(pk=outside.pk).update(is_staff=False)
    offered = look(editor_client, CLAIMS, "assignment", made.claim).context["form"].fields["editor"].choices
    assert [label for _, label in offered] == ["choose …", "erin (you)", "nobody"]
    with pytest.raises(BatchRefused, match="new may not change claims"):
        assign([RequestedChange(made.claim, stranger, NOBODY)], by=editor)
    assert Trace.objects.filter(verb="assign").count() == 0


def test_who_may_not_change_it_gives_it_to_nobody(made, edda):
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.add(*edda.groups.get().permissions.filter(codename__startswith="view_"))
    client = signed_in(reader)
    assert "set_assignment" not in client.get(CLAIMS).content.decode()
    assert "Assign…" not in client.get(f"{CLAIMS}{made.claim.pk}/change/").content.decode()
    assert look(client, CLAIMS, "assignment", made.claim, editor=edda.pk).status_code == 403
    posted_ = {"of": made.claim.public_id, "take": made.claim.public_id, "editor": edda.pk}
    assert client.post(several(CLAIMS, "assignment"), posted_).status_code == 403
    assert not Assignment.objects.exists()


def test_what_was_given_to_another_meanwhile_is_refused_and_named(editor, editor_client, edda, made):
    page = look(editor_client, CLAIMS, "assignment", made.claim, made.other_claim, editor=editor.pk)
    assign([RequestedChange(made.claim, edda, NOBODY)], by=edda)
    refused = editor_client.post(several(CLAIMS, "assignment"), confirmed(page))
    assert refused.status_code == 409
    assert [(row.obj, row.refusal) for row, *_ in refused.context["changing"]] == [
        (made.claim, "It is now assigned to edda: check it again."),
        (made.other_claim, ""),
    ]
    assert given(made.claim, made.other_claim) == {made.claim.public_id: "edda"}
    with pytest.raises(BatchRefused, match="edda has it now"):
        assign([RequestedChange(one, editor, NOBODY) for one in (made.claim, made.other_claim)], by=editor)
    assert given(made.claim, made.other_claim) == {made.claim.public_id: "edda"}


def test_an_assignment_is_taken_back_unless_it_was_given_again(editor, editor_client, edda, made):
    [trace] = assign([RequestedChange(made.claim, edda, NOBODY)], by=editor)
    page = editor_client.get(several(CLAIMS, "undo"), {"act": trace.pk})
    assert [(row.now, row.new_value) for row, *_ in page.context["changing"]] == [("edda", "nobody")]
    editor_client.post(several(CLAIMS, "undo"), confirmed(page))
    assert given(made.claim) == {made.claim.public_id: None}
    page = editor_client.get(several(CLAIMS, "undo"), {"act": trace.pk})
    assert [row.alone for row, _ in page.context["alone"]] == ["it has been reassigned since, to nobody"]
    with pytest.raises(BatchRefused):
        undo_changes([trace], by=editor)


def test_taking_back_an_assignment_of_what_is_public_tells_nothing_of_readers(
    editor, reviewer, editor_client, edda, made
):
    publishing.publish([made.claim], by=reviewer, reason="First published.")
    [trace] = assign([RequestedChange(made.claim, edda, NOBODY)], by=editor)
    page = editor_client.get(several(CLAIMS, "undo"), {"act": trace.pk})
    assert "readers" not in page.content.decode()
    done = editor_client.post(several(CLAIMS, "undo"), confirmed(page), follow=True)
    assert "readers" not in sentences(done)[0]


def test_a_withheld_actor_is_given_by_who_may_read_the_name(editor, editor_client, edda):
    actors = "/admin/claims/actor/"
    source = add_actor(name="Zuhra Kanareyka", kind="person", protection="withheld", public_label="a clerk", by=editor)
    page = look(editor_client, actors, "assignment", source, editor=edda.pk)
    assert [row.alone for row, _ in page.context["alone"]] == ["you have no permission to change it"]
    shown = f"{source.public_id} {NOBODY} {edda.pk}"
    forced = {"of": source.public_id, "take": source.public_id, "shown": shown, "editor": edda.pk}
    assert editor_client.post(several(actors, "assignment"), forced).status_code == 409
    assert given(source) == {}
    editor.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    page = look(signed_in(editor), actors, "assignment", source, editor=edda.pk)
    signed_in(editor).post(several(actors, "assignment"), confirmed(page))
    assert given(source) == {source.public_id: "edda"}


def test_what_was_merged_away_is_given_to_nobody(editor, editor_client, edda, made):
    kept = add_claim(question=made.question, text="The villagers had been asked.", kind="fact", by=editor)
    merge_claims(made.other_claim, into=kept, why="same", seen=1, by=editor)
    page = look(editor_client, CLAIMS, "assignment", made.other_claim, editor=edda.pk)
    assert "was merged into" in page.context["alone"][0][0].alone
    with pytest.raises(BatchRefused, match="can no longer be changed"):
        assign([RequestedChange(type(kept).objects.get(pk=made.other_claim.pk), edda, NOBODY)], by=editor)


def test_with_its_editor_deleted_it_is_with_nobody(editor, editor_client, edda, made):
    assign([RequestedChange(made.claim, edda, NOBODY)], by=editor)
    edda.delete()
    assert given(made.claim) == {made.claim.public_id: None}
    assert made.claim in listed(editor_client, CLAIMS, assigned="nobody")
    trace = Trace.objects.get(verb="assign")
    assert trace.changes == {"assigned to": ["(nobody)", "edda"]}
