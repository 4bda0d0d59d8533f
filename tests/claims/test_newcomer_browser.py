"""An empty desk leads somebody new to a published statement (tests/newcomer.py says how it is counted).

With CLAIMTRACK_SCREENS=FOLDER a picture of each step is kept there (docs/desk.md shows them).
"""

import os

from claims.models import Actor, Claim, Release, Statement
from tests.newcomer import MOST_ACTIONS, QUESTION, Newcomer, publish_first_statement


def test_an_empty_desk_leads_to_a_published_statement_in_few_actions(page, editor, reviewer):
    for user in (editor, reviewer):
        user.set_password("spring bridge 7")
        user.save()
    new = Newcomer(page, screens=os.environ.get("CLAIMTRACK_SCREENS", ""))
    publish_first_statement(new, editor.username, reviewer.username, "spring bridge 7")
    statement = Statement.objects.get()
    assert (statement.speaker, statement.speaker.kind) == (Actor.objects.get(name="Gulnara Tash"), "person")
    assert Claim.objects.get().question.title == QUESTION
    assert [(stance.claim, stance.kind) for stance in statement.stances.all()] == [(Claim.objects.get(), "affirms")]
    assert Release.objects.get(public_id=statement.public_id).state == "published"
    assert new.actions <= MOST_ACTIONS, new.actions
