"""`manage.py load_demonstration`, on a small dossier: all or nothing, once, through the verbs, published."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import Article, Capture, Outlet, Trace
from claims.imports.dossier import count_steps, read_dossier, record_dossier
from claims.models import Actor, Claim, Release, Statement
from record.models import Publication
from tests import small_dossier
from tests.cast import member_of

QUESTIONS, OUTLETS, ACTORS, POST, ECHO = small_dossier.FILES

pytestmark = pytest.mark.django_db


def load(folder) -> str:
    said = StringIO()
    call_command("load_demonstration", folder, stdout=said)
    return said.getvalue().strip()


def what_is_there() -> dict[str, int]:
    models = (User, Outlet, Article, Capture, Claim, Statement, Trace, Release, Publication)
    return {model.__name__: model.objects.count() for model in models}


def history(kind: str, key: str, value: str) -> list[dict]:
    """All published versions of the documents of this kind in which `key` has, or had, this value."""
    rows = [(row, json.loads(row.document)) for row in Publication.objects.filter(kind=kind).order_by("seq")]
    ids = {row.public_id for row, document in rows if document[key] == value}
    return [document for row, document in rows if row.public_id in ids]


def test_it_says_what_it_has_loaded(tmp_path):
    assert load(small_dossier.write(tmp_path)) == (
        "The demonstration is loaded: 0 topics, 1 questions, 2 claims, 3 outlets, 2 articles, 2 actors, 3 statements, "
        "4 printings, 5 acts of publishing."
    )


def test_everything_is_published(tmp_path):
    load(small_dossier.write(tmp_path))
    assert set(Release.objects.values_list("state", flat=True)) == {Release.State.PUBLISHED}
    assert Release.objects.count() == 1 + 2 + 3 + 2 + 2 + 3


def test_one_account_records_another_publishes_and_nobody_can_log_in_to_them(tmp_path):
    load(small_dossier.write(tmp_path))
    editor, reviewer = User.objects.filter(username__startswith="demonstration-").order_by("username")
    assert [editor.has_usable_password(), reviewer.has_usable_password()] == [False, False]
    assert [editor.is_active, reviewer.is_active] == [False, False]
    verbs = {user: set(Trace.objects.filter(by=user).values_list("verb", flat=True)) for user in (editor, reviewer)}
    assert verbs[reviewer] == {"publish"}
    assert {"add", "quote", "record", "add appearance", "frame", "take in", "submit"} <= verbs[editor]
    assert "publish" not in verbs[editor]


def test_a_reprint_is_another_appearance_of_the_same_statement(tmp_path):
    load(small_dossier.write(tmp_path))
    first, second = history("statement", "summary", "Three bridges are shut.")
    assert [one["passage"]["exact"] for one in first["appearances"]] == ["three of them are shut"]
    assert [one["passage"]["exact"] for one in second["appearances"]] == ["three of them are shut", "three are shut"]
    assert second["appearances"][1]["chain"][0]["cue"] == "reports"


def test_claims_are_published_as_they_relate_to_one_another(tmp_path):
    load(small_dossier.write(tmp_path))
    [three] = history("claim", "text", "Three bridges are closed.")
    [none, _] = history("claim", "text", "No bridge is closed.")
    assert three["relations"] == [{"kind": "contrary to", "claim": none["id"]}]
    assert none["relations"] == []


def test_a_reworded_claim_has_both_versions_in_the_public_log(tmp_path):
    load(small_dossier.write(tmp_path))
    assert [one["text"] for one in history("claim", "text", "No bridge is closed.")] == [
        "The closing of bridges is a rumour.",
        "No bridge is closed.",
    ]
    assert Publication.objects.last().reason == "Said more plainly."


EARLIER = """earlier = { speaker = "driver", summary = "Some bridges are shut.", why = "The mayor said it.", \
stances = [{ claim = "no-bridges", stance = "qualifies" }] }
said_on = "2021-05-03"
"""


def test_a_corrected_statement_has_both_versions_in_the_public_log(tmp_path):
    load(small_dossier.write(tmp_path, {POST: ('said_on = "2021-05-03"\n', EARLIER.replace("\\\n", ""))}))
    summaries = history("statement", "summary", "Three bridges are shut.")
    assert [(one["summary"], one["stances"][0]["stance"]) for one in summaries] == [
        ("Some bridges are shut.", "qualifies"),
        ("Some bridges are shut.", "qualifies"),
        ("Three bridges are shut.", "affirms"),
    ]
    assert summaries[0]["speaker"] != summaries[2]["speaker"]
    assert Publication.objects.last().reason == "The mayor said it."


def test_a_withdrawal_that_was_undone_is_in_the_public_log(tmp_path):
    withdrawn = 'withdrawn = { why = "To be checked.", restored = "Checked." }\nsaid_on = "2021-05-03"\n'
    load(small_dossier.write(tmp_path, {POST: ('said_on = "2021-05-03"\n', withdrawn)}))
    mayor = Statement.objects.get(summary="Three bridges are shut.")
    rows = Publication.objects.filter(public_id=mayor.public_id).order_by("seq")
    assert [(row.document is None, row.reason) for row in rows][-2:] == [(True, "To be checked."), (False, "Checked.")]


def test_an_actor_that_was_recorded_apart_is_merged_last(tmp_path):
    merged = 'slug = "mayor"\nmerged = { into = "marsh", why = "One person." }'
    marsh = '[[actors]]\nslug = "marsh"\nname = "O. Marsh"\nkind = "person"\n\n[end]\nactors = 3'
    folder = small_dossier.write(tmp_path, {ACTORS: ('slug = "mayor"', merged)})
    actors = folder / ACTORS
    actors.write_text(actors.read_text().replace("[end]\nactors = 2", marsh))
    load(folder)
    kept = Actor.objects.get(slug="marsh")
    assert Actor.objects.get(slug="mayor").merged_into == kept
    assert Statement.objects.get(summary="Three bridges are shut.").speaker == kept
    assert Publication.objects.filter(reason="One person.").exists()


def test_each_article_is_published_with_its_own_public_reason(tmp_path):
    load(small_dossier.write(tmp_path))
    reasons = list(dict.fromkeys(Publication.objects.order_by("seq").values_list("reason", flat=True)))
    assert reasons == [
        "The questions of this account, and the claims that compete to answer them.",
        "What was said at the river.",
        "The same words in the Inland Echo.",
        "Outlets that are credited, and people who are spoken of without being quoted.",
        "Said more plainly.",
    ]


def test_articles_are_excerpts_that_hold_the_quotations(tmp_path):
    load(small_dossier.write(tmp_path))
    captures = Capture.objects.order_by("id")
    assert {(capture.method, capture.complete) for capture in captures} == {("excerpt", False)}
    assert captures[0].text.startswith("Lorries wait at the river\n[…]\nwe are told\n[…]\n")


def test_loading_again_changes_nothing_and_is_quick(tmp_path, django_assert_max_num_queries):
    load(small_dossier.write(tmp_path))
    before = what_is_there()
    with django_assert_max_num_queries(10):
        assert load(tmp_path) == "The demonstration is there already: nothing was changed."
    assert what_is_there() == before


def test_a_broken_file_loads_nothing(tmp_path):
    before = what_is_there()
    small_dossier.write(tmp_path, {POST: ("2021-05-03", "2021-13-40")})
    with pytest.raises(CommandError, match=r"2021-13-40.*\nNothing was loaded\."):
        load(tmp_path)
    assert what_is_there() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (OUTLETS, "https://harbour-post.example", "javascript:alert(1)", "outlet “harbour-post”: "),
        (
            POST,
            '"all bridges were open"',
            '"shut"',
            "statement “driver-none”: The words “shut” occur 2 times",
        ),
        (OUTLETS, 'words = "we are told", at = [1, 1]', 'words = "not there"', "framing of “three-bridges”: "),
        (ACTORS, 'reported_in = "bridges"', "", "actor “driver”: Choose the article"),
        (ECHO, 'cue = "did not mention"', 'cue = ""', f"{ECHO}, publishing: "),
        (POST, 'reason = "What was said at the river."', 'reason = " "', f"{POST}, publishing: "),
    ],
)
def test_what_a_verb_refuses_is_told_with_its_place_and_loads_nothing(tmp_path, file, old, new, told):
    small_dossier.write(tmp_path, {file: (old, new)})
    before = what_is_there()
    with pytest.raises(CommandError) as caught:
        load(tmp_path)
    assert told in str(caught.value)
    assert what_is_there() == before


def test_a_load_that_is_killed_leaves_nothing(tmp_path):
    dossier = read_dossier(small_dossier.write(tmp_path))
    people = {"editor": member_of("editor", "erin"), "reviewer": member_of("reviewer", "ravi")}
    before = what_is_there()
    for step in range(1, count_steps(dossier) + 1):
        left = iter(range(step - 1))

        def kill(left=left):
            if next(left, None) is None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            record_dossier(dossier, **people, done=kill)
        assert what_is_there() == before


def test_steps_are_counted_for_the_progress_bar(tmp_path):
    dossier = read_dossier(small_dossier.write(tmp_path))
    done = []
    record_dossier(
        dossier,
        editor=member_of("editor", "erin"),
        reviewer=member_of("reviewer", "ravi"),
        done=lambda: done.append(1),
    )
    assert len(done) == count_steps(dossier)
