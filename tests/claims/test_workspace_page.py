"""The addresses of the workspace: who may what, what is refused and how, and that it all works without a script."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.changes import revise_article
from claims.changes import add_actor, revise
from claims.models import Actor, Claim, ProposalDecision, ProposalTally, Question, Stance, Statement
from claims.publishing import publish, submit
from claims.suggestions.proposals import proposals_of
from record.documents.vocabulary import STANCES
from tests.conftest import signed_in
from tests.desk import matter
from tests.public_pages import tree_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SCRIPT = {"x-workspace": "1"}


def address(made, end=""):
    return f"/admin/articles/article/{made.article.pk}/workspace/{end}"


def typed(made, **more):
    """What the form posts for one statement of the farmer, without a script."""
    return {
        "act": "record",
        "capture": made.capture.pk,
        "exact": "“Nobody was asked,”",
        "speaker": "asel bek",
        "summary": "Nobody asked the villagers",
        "mode": "direct",
        "said_on": "2021-05",
        "stances-TOTAL_FORMS": 1,
        "stances-INITIAL_FORMS": 0,
        "stances-0-claim": "The villagers were asked.",
        "stances-0-kind": "denies",
        **more,
    }


def viewer():
    """Somebody who may look at articles and statements, and at nothing more."""
    user = User.objects.create(username="vera", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_article", "view_statement"]))
    return user


def test_an_editor_and_a_reviewer_work_here_others_look_or_are_sent_away(
    client, editor, editor_client, reviewer_client
):
    made = matter(editor)
    assert client.get(address(made)).status_code == 302
    stranger = signed_in(User.objects.create(username="stan", is_staff=True))
    assert stranger.get(address(made)).status_code == 403
    looking = signed_in(viewer())
    page = looking.get(address(made)).content.decode()
    assert "Ministry of Water" in page
    assert "data-form" not in page
    assert 'data-state="proposed" data-mark' not in page
    for writing in ("", "decide/", "undo/", "form/"):
        assert looking.post(address(made, writing), typed(made)).status_code == 403, writing
    for working in (editor_client, reviewer_client):
        assert "data-form" in working.get(address(made)).content.decode()
    assert Statement.objects.count() == 1


def test_the_dialog_of_keys_names_every_stance_with_its_letter(editor, editor_client):
    page = tree_of(editor_client.get(address(matter(editor))))
    keys = {
        line.get("data-stance-code"): line.get("data-letter") for line in page.xpath("//dialog//*[@data-stance-code]")
    }
    assert keys == {code: term.key for code, term in STANCES.items()}
    assert list(keys) == Stance.Kind.values


def test_every_address_of_the_workspace_asks_for_permission(client, editor):
    made = matter(editor)
    stranger = signed_in(User.objects.create(username="stan", is_staff=True))
    for end in ("", "form/", "find/", "duplicates/", "decide/", "undo/", "presence/"):
        assert client.get(address(made, end)).status_code == 302, end
        assert stranger.get(address(made, end)).status_code == 403, end
        assert stranger.post(address(made, end)).status_code == 403, end


def test_pasted_words_become_a_statement_without_a_script(editor, editor_client):
    made = matter(editor)
    saved = editor_client.post(address(made), typed(made))
    assert saved.status_code == 302
    statement = Statement.objects.get(speaker=made.farmer)
    assert saved.url == f"{address(made)}?statement={statement.public_id}"
    assert [(one.claim, one.kind) for one in statement.stances.all()] == [(made.other_claim, "denies")]
    page = editor_client.get(saved.url).content.decode()
    assert "Recorded for Asel Bek, in our words: Nobody asked the villagers" in page
    assert 'data-state="draft"' in page


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"exact": "Nobody was asked"}, "exact", "2 times"),
        ({"exact": "everybody was asked"}, "exact", "are not in the text"),
        ({"speaker": "Asel Beck"}, "speaker", "No actor with this name is recorded"),
        ({"speaker": ""}, "speaker", "Who said it?"),
        ({"stances-0-claim": "The villagers agreed."}, "stances-0-claim", "No such claim is recorded"),
        ({"stances-0-kind": ""}, "stances-0-kind", "Choose a stance"),
        ({"stances-0-kind": "loves"}, "stances-0-kind", "not one of the available choices"),
        ({"said_on": "2021-13"}, "said_on", "not in the calendar"),
        ({"chain": "relays: Ministry of Wind"}, "chain", "Line 1: there is no actor"),
        ({"chain": "relays: Valley Herald"}, "chain", "printed the article itself"),
        ({"summary": ""}, "summary", "required"),
        ({"stances-TOTAL_FORMS": "x"}, "", ""),
        ({"capture": "9" * 30}, None, ""),
    ],
)
def test_what_cannot_be_recorded_is_told_at_its_field_and_changes_nothing(
    editor, editor_client, values, field, sentence
):
    made = matter(editor)
    refused = editor_client.post(address(made), typed(made, **values), headers=SCRIPT)
    assert refused.status_code == (404 if field is None else 400)
    assert sentence in refused.content.decode().replace("&#x27;", "'")
    if field:
        assert field in refused.context["forms"].errors()
    assert Statement.objects.count() == 1


def test_a_new_figure_is_made_on_the_spot_and_one_without_a_unit_is_refused(editor, editor_client):
    made = matter(editor)
    figure = {
        "stances-0-claim": "5,000 people must move.",
        "stances-0-question": made.question.public_id,
        "stances-0-claim_kind": "figure",
        "stances-0-amount": "5000",
        "stances-0-counted": "people who must move",
    }
    refused = editor_client.post(address(made), typed(made, **figure), headers=SCRIPT)
    assert "stances-0-unit" in refused.context["forms"].errors()
    assert not Claim.objects.filter(text="5,000 people must move.").exists()
    values = typed(made, **figure, **{"stances-0-unit": "people"})
    assert editor_client.post(address(made), values, headers=SCRIPT).status_code == 200
    assert Claim.objects.get(text="5,000 people must move.").amount == 5000


def test_a_claim_is_made_under_a_new_question_and_both_are_taken_back_with_the_statement(editor, editor_client):
    made = matter(editor)
    claim = {"stances-0-claim": "The dam was paid for by a bank.", "stances-0-claim_kind": "fact"}
    claim |= {"stances-0-new_question": "Who paid for the dam?", "stances-0-kind": "affirms"}
    second = {
        "stances-TOTAL_FORMS": 2,
        "stances-1-claim": "The dam was paid for by the state.",
        "stances-1-claim_kind": "fact",
        "stances-1-new_question": "who paid for the dam?",
        "stances-1-kind": "denies",
    }
    told = editor_client.post(address(made), typed(made, **claim, **second), headers=SCRIPT).json()
    assert "affirms: The dam was paid for by a bank. · denies: The dam was paid for by the state." in told["told"]
    question = Question.objects.get(title="Who paid for the dam?")
    assert question.claims.count() == 2
    editor_client.post(address(made, "undo/"), {"statement": told["statement"], "capture": made.capture.pk})
    assert not Question.objects.filter(pk=question.pk).exists()


def test_who_may_not_add_questions_chooses_one(editor, editor_client):
    made = matter(editor)
    editor.groups.clear()
    editor.user_permissions.set(Permission.objects.exclude(codename="add_question"))
    claim = {"stances-0-claim": "A bank paid.", "stances-0-claim_kind": "fact", "stances-0-new_question": "Who paid?"}
    refused = editor_client.post(address(made), typed(made, **claim), headers=SCRIPT)
    assert "stances-0-new_question" in refused.context["forms"].errors()
    assert not Question.objects.filter(title="Who paid?").exists()


def test_the_drafts_of_a_text_are_submitted_from_it(editor, editor_client):
    made = matter(editor)
    page = editor_client.get(address(made)).content.decode()
    acting = f"/admin/claims/release/action/submit/?of={made.statement.public_id}&article={made.article.pk}"
    assert acting.replace("&", "&amp;") in page
    answer = editor_client.post(acting, {"of": made.statement.public_id, "word": ""})
    assert answer["Location"] == address(made)
    assert "action/submit/" not in editor_client.get(address(made)).content.decode()


def test_what_was_changed_since_it_was_published_is_submitted_from_its_text(editor, reviewer, editor_client):
    made = matter(editor)
    submit([made.statement], by=editor)
    publish([made.statement], by=reviewer, reason="First account.")
    assert "action/submit/" not in editor_client.get(address(made)).content.decode()
    made.statement.refresh_from_db()
    revise(made.statement, {"summary": "Some 4,000 people must move"}, by=editor, seen=made.statement.revision)
    assert "Submit 1 for review" in editor_client.get(address(made)).content.decode()


def test_a_stale_save_shows_both_versions_and_is_made_on_purpose_only(editor, editor_client, reviewer):
    made = matter(editor)
    panel = editor_client.get(address(made, "form/"), {"statement": made.statement.public_id})
    forms = panel.context["forms"]
    data = {**forms.act.initial, **forms.words.initial, **forms.utterance.initial}
    data |= {"stances-TOTAL_FORMS": 1, "stances-INITIAL_FORMS": 0}
    data |= {f"stances-0-{name}": value for name, value in forms.stances.forms[0].initial.items()}
    data |= {"act": "record", "summary": "Some 4,000 people have to leave"}
    revise(made.statement, {"summary": "Four thousand people leave"}, by=reviewer, seen=1)
    stale = editor_client.post(address(made), data, headers=SCRIPT)
    assert stale.status_code == 409
    assert stale.context["stale_rows"] == [
        ("summary", ["Some 4,000 people have to leave"], ["Four thousand people leave"])
    ]
    made.statement.refresh_from_db()
    assert made.statement.summary == "Four thousand people leave"
    assert editor_client.post(address(made), data | {"over": 2}, headers=SCRIPT).status_code == 200
    made.statement.refresh_from_db()
    assert (made.statement.summary, made.statement.revision) == ("Some 4,000 people have to leave", 3)


def test_a_rejected_proposal_is_not_shown_again_and_the_front_page_counts_what_waits(editor, editor_client):
    made = matter(editor)
    waiting = "/admin/articles/article/?proposals=waiting"
    assert "1 article" in editor_client.get(waiting).content.decode()
    digests = [one.digest for one in proposals_of(made.capture.text, "en")]
    for digest in digests:
        act = {"capture": made.capture.pk, "proposal": digest, "decision": "rejected"}
        assert editor_client.post(address(made, "decide/"), act).status_code == 302
    assert "data-proposal" not in editor_client.get(address(made)).content.decode()
    assert ProposalTally.objects.get(capture=made.capture).waiting == 0
    assert "0 articles" in editor_client.get(waiting).content.decode()
    assert "articles with proposals" in editor_client.get("/admin/").content.decode()
    assert set(ProposalDecision.objects.values_list("decision", "by__username")) == {("rejected", "erin")}


@pytest.mark.parametrize(
    "act",
    [
        {"proposal": "0" * 64, "decision": "rejected"},
        {"proposal": "", "decision": "rejected"},
        {"decision": "accepted"},
        {"apart": "0123456789ab", "exact": "words"},
    ],
)
def test_a_decision_on_nothing_is_refused(editor, editor_client, act):
    made = matter(editor)
    first = proposals_of(made.capture.text, "en")[0].digest
    values = {"capture": made.capture.pk, "proposal": first, **act}
    refused = editor_client.post(address(made, "decide/"), values, headers=SCRIPT)
    assert refused.status_code == 400
    assert not ProposalDecision.objects.exists()


@pytest.mark.parametrize(
    ("end", "values"),
    [
        ("", {"act": "append:\0"}),
        ("", {"act": "destroy"}),
        ("", {"statement": "\0", "act": "record"}),
        ("form/", {"exact": "\0"}),
        ("undo/", {"statement": "\0"}),
        ("undo/", {"statement": "x" * 5000}),
        ("decide/", {"apart": "\0", "exact": "words"}),
    ],
)
def test_bytes_that_no_identity_has_are_refused_and_never_reach_the_database(editor, editor_client, end, values):
    made = matter(editor)
    refused = editor_client.post(address(made, end), typed(made, **values), headers=SCRIPT)
    assert refused.status_code == 400
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    "asked", ["?strange=1", "find/?what=weather", "find/", "duplicates/?speaker=x&claim=y", "?q=1"]
)
def test_an_address_that_asks_for_nothing_known_is_told_so(editor, editor_client, asked):
    assert editor_client.get(address(matter(editor), asked)).status_code == 400


@pytest.mark.parametrize("asked", ["?capture=x", "?statement=nothing", "?proposal=nothing"])
def test_what_is_not_there_is_not_found(editor, editor_client, asked):
    assert editor_client.get(address(matter(editor), asked)).status_code == 404


def test_an_article_without_a_text_says_how_to_take_it_in(editor, editor_client):
    from articles.changes import add_article

    made = matter(editor)
    made.article = add_article(outlet=made.outlet, headline="Still empty", by=editor)
    assert "import it" in editor_client.get(address(made)).content.decode()
    assert editor_client.get(address(made, "form/")).status_code == 400
    assert editor_client.get("/admin/articles/article/999/workspace/").status_code == 404


def test_a_withheld_name_is_shown_to_those_alone_who_may_see_it(editor, editor_client):
    made = matter(editor)
    revise(made.ministry, {"protection": "withheld", "public_label": "an official body"}, by=editor, seen=1)
    pages = [address(made), address(made, f"form/?statement={made.statement.public_id}")]
    finding = address(made, "find/")
    for page in pages:
        shown = editor_client.get(page).content.decode()
        assert "an official body" in shown
        assert "Ministry of Water" not in shown
    assert editor_client.get(finding, {"what": "speaker", "q": "Ministry"}).json() == {"offers": []}
    assert editor_client.get(finding, {"what": "speaker", "q": "Министерство"}).json() == {"offers": []}
    offer = editor_client.get(finding, {"what": "speaker", "q": "official"}).json()["offers"][0]
    assert (offer["id"], offer["name"]) == (made.ministry.public_id, "an official body")
    refused = editor_client.post(address(made), typed(made, speaker="Ministry of Water"), headers=SCRIPT)
    assert refused.status_code == 400
    saved = editor_client.post(address(made), typed(made, speaker="an official body"))
    assert saved.status_code == 302
    assert made.ministry.statements.count() == 2
    editor.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    for page in pages:
        assert "Ministry of Water" in editor_client.get(page).content.decode()
    assert editor_client.get(finding, {"what": "speaker", "q": "Ministry"}).json()["offers"][0]["name"] == (
        "Ministry of Water"
    )


def test_offers_find_actors_in_any_script_and_leave_out_unnamed_sources_of_other_articles(editor, editor_client):
    from articles.changes import add_article

    made = matter(editor)
    elsewhere = add_article(outlet=made.outlet, headline="Another one", by=editor)
    add_actor(name="a water engineer", kind="unnamed", reported_in=elsewhere, by=editor)
    mine = add_actor(name="a water seller", kind="unnamed", reported_in=made.article, by=editor)
    offers = editor_client.get(address(made, "find/"), {"what": "speaker", "q": "министерство"}).json()["offers"]
    assert [one["name"] for one in offers] == ["Ministry of Water"]
    offers = editor_client.get(address(made, "find/"), {"what": "speaker", "q": "water"}).json()["offers"]
    assert {one["id"] for one in offers} == {made.ministry.public_id, mine.public_id}
    offers = editor_client.get(address(made, "find/"), {"what": "speaker", "q": ""}).json()["offers"]
    assert [one["name"] for one in offers] == ["Ministry of Water"]


def test_the_outlet_of_the_article_is_offered_with_its_date_by_name_or_initials(editor, editor_client):
    made = matter(editor)
    own = add_actor(name="VH", kind="outlet", by=editor)
    add_actor(name="Hill Herald", kind="outlet", by=editor)
    for typed in ("", "VH"):
        offers = editor_client.get(address(made, "find/"), {"what": "speaker", "q": typed}).json()["offers"]
        assert [(one["id"], one["said_on"]) for one in offers if "is_own_outlet" in one] == [(own.public_id, "2021-05")]
    offers = editor_client.get(address(made, "find/"), {"what": "speaker", "q": "Hill"}).json()["offers"]
    assert not any("is_own_outlet" in one for one in offers)


def test_digits_that_no_figure_can_hold_are_not_filled_in(editor, editor_client):
    from articles.ingest import take_in

    made = matter(editor)
    text = "Dam\n\nThe ministry said on Monday that 123,456,789,012,345 people must move."
    taken = take_in(text=text, outlet=made.outlet, headline="Dam", by=editor)
    made.article, made.capture = taken.article, taken.capture
    words = {"capture": made.capture.pk, "exact": "123,456,789,012,345 people must move"}
    form = editor_client.post(address(made, "form/"), words, headers=SCRIPT)
    assert not form.context["forms"].stances.forms[0].initial.get("amount")


def test_offers_of_claims_have_the_likest_first(editor, editor_client):
    made = matter(editor)
    offers = editor_client.get(address(made, "find/"), {"what": "claim", "q": "people who must move"}).json()["offers"]
    assert offers[0]["id"] == made.claim.public_id
    offers = editor_client.get(address(made, "find/"), {"what": "claim", "q": "were asked"}).json()["offers"]
    assert offers[0]["id"] == made.other_claim.public_id


def test_the_same_words_are_offered_as_another_appearance(editor, editor_client):
    from articles.ingest import take_in

    made = matter(editor)
    text = "Dam floods valley\n\nSome about 4,000 people must move by spring, the agency has learned from the ministry."
    reprint = take_in(text=text, outlet=made.agency, headline="Dam floods valley", by=editor)
    made.article, made.capture = reprint.article, reprint.capture
    words = {"capture": made.capture.pk, "exact": "about 4,000 people must move"}
    form = editor_client.post(address(made, "form/"), words, headers=SCRIPT)
    assert [row["one"].statement for row in form.context["before"]] == [made.statement]
    act = f"append:{made.statement.public_id}"
    saved = editor_client.post(address(made), {**words, "act": act, "cue": "has learned"}, headers=SCRIPT)
    assert saved.json()["statement"] == made.statement.public_id
    assert [one.cue for one in made.statement.appearances.order_by("id")] == ["said", "has learned"]


def test_what_stands_around_words_goes_through_a_field_of_one_line(editor, editor_client):
    made = matter(editor)
    words = {"capture": made.capture.pk, "exact": "Nobody was asked", "prefix": "is flooded.\n\n“"}
    form = editor_client.post(address(made, "form/"), words, headers=SCRIPT).context["forms"].words
    around = {name: form[name].value() for name in ("exact", "prefix", "suffix")}
    assert around["prefix"].endswith("flooded. “")
    saved = editor_client.post(address(made), typed(made, **around), headers=SCRIPT)
    assert saved.status_code == 200
    passage = Statement.objects.get(speaker=made.farmer).appearances.get().passage
    assert made.capture.text[: passage.start].endswith("is flooded.\n\n“")


def test_words_that_a_newer_text_has_no_more_are_listed_above_it(editor, editor_client):
    from articles.ingest import take_in

    made = matter(editor)
    text = "River dam will flood three villages\n\nThe ministry of water said on Monday that hundreds must leave."
    take_in(text=text, outlet=made.outlet, article=made.article, by=editor)
    page = editor_client.get(address(made)).content.decode()
    assert "No longer found in this text: 1" in page
    assert f"/admin/articles/passage/{made.statement.appearances.get().passage.pk}/change/" in page
    assert "about 4,000 people must move" in page
    older = editor_client.get(address(made), {"capture": made.capture.pk}).content.decode()
    assert "No longer found" not in older
    assert 'data-state="draft"' in older


def test_who_else_is_here_is_told_for_a_minute(editor, editor_client, reviewer_client):
    made = matter(editor)
    assert editor_client.post(address(made, "presence/")).json()["others"] == []
    assert reviewer_client.post(address(made, "presence/")).json()["others"] == ["erin"]
    assert editor_client.post(address(made, "presence/")).json()["others"] == ["ravi"]


def test_the_page_asks_the_same_few_questions_however_much_is_recorded(editor, editor_client):
    made = matter(editor)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert editor_client.get(address(made)).status_code == 200
        return len(asked)

    queries()
    before = queries()
    for number, words in enumerate(["“Nobody was asked,”", "River dam", "a farmer"]):
        values = typed(made, exact=words, summary=f"Statement {number}", mode="indirect")
        assert editor_client.post(address(made), values, headers=SCRIPT).status_code == 200
    assert queries() <= before + 1
    assert Actor.objects.count() == 2


def test_what_is_left_of_the_proposals_is_closed_in_one_act_and_undone_in_one(editor, editor_client):
    made = matter(editor)
    act = {"capture": made.capture.pk, "rest": "1"}
    before = editor_client.get(address(made)).context["desk"]
    waiting = [pending.digest for pending in before.waiting]
    assert len(waiting) > 1
    rejected = {"capture": made.capture.pk, "proposal": waiting[0], "decision": "rejected"}
    editor_client.post(address(made, "decide/"), rejected)
    assert f"close the {len(waiting) - 1} left" in editor_client.get(address(made)).content.decode()
    closed = editor_client.post(address(made, "decide/"), act | {"decision": "closed"}, headers=SCRIPT)
    assert closed.json()["told"].startswith(f"Done: {len(waiting) - 1} proposal")
    desk = editor_client.get(address(made)).context["desk"]
    assert (desk.waiting, desk.closed, desk.decided_count) == ([], len(waiting) - 1, desk.proposed)
    assert ProposalTally.objects.get(capture=made.capture).waiting == 0
    editor_client.post(address(made, "decide/"), act | {"decision": "reopened"})
    desk = editor_client.get(address(made)).context["desk"]
    assert [pending.digest for pending in desk.waiting] == waiting[1:]  # what was rejected stays so
    assert desk.first[0].reasons and desk.first[0].certainty in ("sure", "likely")


def test_a_dozen_proposals_are_listed_open_and_unsure_ones_are_folded(editor, editor_client):
    from articles.ingest import take_in

    made = matter(editor)
    names = [f"{letter}anna Kowal" for letter in "BCDFGHKLMNRSTV"]
    text = "Storm\n\n" + "\n\n".join(f"“We saw the {name[0]} boat sink,” {name} said." for name in names)
    text += "\n\nThe mayor wants 3,000 boats."
    taken = take_in(text=text, outlet=made.outlet, headline="Storm", by=editor)
    made.article, made.capture = taken.article, taken.capture
    desk = editor_client.get(address(made)).context["desk"]
    assert len(desk.first) == 12 and all(ranked.certainty != "unsure" for ranked in desk.first)
    assert len(desk.first) + len(desk.others) == len(desk.waiting) > 13
    assert desk.others[-1].words not in [ranked.words for ranked in desk.first]


def test_a_figure_lacks_everything_at_once_and_dates_are_read_from_the_article_s_day(editor, editor_client):
    made = matter(editor)
    revise_article(made.article, {"published": "2021-05-04"}, by=editor, seen=None)
    new = {"stances-0-claim": "Some 9 people left.", "stances-0-question": made.question.public_id}
    figure = new | {"stances-0-claim_id": "", "stances-0-claim_kind": "figure", "said_on": "yesterday"}
    refused = editor_client.post(address(made), typed(made, **figure), headers=SCRIPT)
    assert {"stances-0-amount", "stances-0-unit", "stances-0-counted"} <= refused.context["forms"].errors().keys()
    page = refused.content.decode()
    assert "article: 2021-05-04" in page
    assert "the day 2021-05-03" in page
    editor_client.post(address(made), typed(made, said_on="yesterday"))
    assert Statement.objects.get(speaker=made.farmer).said_on == "2021-05-03"
    find = {"what": "date", "q": "03/05/2021"}
    read = editor_client.get(address(made, "find/"), find).json()["read"]
    assert read == "the day 2021-05-03 (read as day/month/year)"


def test_whom_a_new_actor_may_be_is_offered_across_scripts(editor, editor_client):
    made = matter(editor)
    offers = editor_client.get(address(made, "find/"), {"what": "speaker", "q": "Асель Бек"}).json()["offers"]
    assert [offer["name"] for offer in offers] == ["Asel Bek"]
