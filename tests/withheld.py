"""A withheld source with names in two scripts, a statement and a merge: what the tests of protection stand on."""

import json
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.test import Client

from articles.changes import quote_passage
from articles.ingest import take_in
from articles.models import Capture
from claims.changes import (
    AppearanceInput,
    NameInput,
    StanceInput,
    StepInput,
    add_actor,
    merge_actors,
    record_statement,
    revise,
)
from claims.models import Actor, Statement
from claims.publishing import submit
from tests.cast import member_of
from tests.desk import TEXT, Matter, matter
from tests.kept_rows import kept_once_made

# The source, under all names: as recorded, in another script, as printed, as once called. None of it may show.
NAME, ALIAS, PRINTED, FORMER = "Zuhra Kanareyka", "Зухра Канарейка", "Ms Kanareyka", "Zuhrabanu Oldname"
TELLING = ("kanareyka", "канарейка", "zuhra", "зухра", "oldname")
LABEL = "a clerk of the ministry"
WORDS = f"“They knew it for ten years and told nobody at all,” said {PRINTED}."


@dataclass
class WithheldSource(Matter):
    """The small matter of the desk, with a source, the statement `told` of theirs, and the text `taken` in."""

    source: Actor
    told: Statement
    taken: Capture


@kept_once_made
def withheld_source(editor) -> WithheldSource:
    made = matter(editor)
    source = add_actor(name=FORMER, kind="person", names=[NameInput(ALIAS, "ru-Cyrl")], by=editor)
    text = f"{TEXT}\n\n{WORDS} A second time {NAME} refused."
    taken = take_in(text=text, outlet=made.agency, headline="The clerk", published="2021-06", by=editor)
    passage = quote_passage(taken.capture, WORDS, by=editor)
    told = record_statement(
        summary="The ministry knew it for ten years",
        mode="direct",
        speaker=source,
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(passage, PRINTED, "said", [StepInput(actor=made.ministry, cue=f"asked {NAME}")])],
        by=editor,
    )
    revise(source, {"name": NAME}, by=editor, seen=1)
    twin = add_actor(name=f"{NAME} of the ministry", kind="person", by=editor)
    source.refresh_from_db()
    merge_actors(twin, into=source, by=editor, why=f"the same {NAME}", seen=1)
    source.refresh_from_db()
    revise(
        source,
        {"protection": "withheld", "public_label": LABEL},
        by=editor,
        seen=source.revision,
        why=f"{NAME} asked for it",
    )
    submit([told], by=editor, note=f"from {NAME}")
    source.refresh_from_db()
    return WithheldSource(**vars(made), source=source, told=told, taken=taken.capture)


def reader_of(group, *, named):
    user = member_of(group, f"{group}-{named}")
    if named:
        user.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    client = Client()
    client.force_login(user)
    return client


def told_by(response) -> set[str]:
    """Which parts of the name an answer tells, in its body, its headers and its cookies."""
    body = "" if response.streaming else response.content.decode()
    if response.headers.get("Content-Type") == "application/json":
        body = json.dumps(json.loads(body), ensure_ascii=False)
    text = f"{body} {response.headers} {response.cookies}".lower()
    return {one for one in TELLING if one in text}
