"""Takes back the basis "witnessed" where the workspace had put it and nobody had chosen it.

Its list of bases had no empty first choice, so that every statement recorded there said "witnessed". What tells such a
row: it has said "witnessed" since it was recorded and nobody has set its basis since, and what was recorded is what the
workspace can record (one printing, no words or translation beside it). A row that a proposal became is surely one. Of
the others, those recorded by the dozen within seconds came from a dossier or a table, in which the basis is written, and
what was adopted from a record has no trace of being recorded: both stay. What an editor chose in the form of one
statement leaves the same trace and is taken back too; each row is printed, so that it can be chosen again.

Statements that readers do not see are set to "not stated". Of those that readers see the working copy is, and it waits
for review. Nothing that readers see is changed by this migration.
"""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

UNCHOSEN, NEUTRAL = "witnessed", "not stated"
NOT_IN_THE_WORKSPACE = ("words", "language", "translation")
AT_ONCE, WITHIN = 10, timedelta(seconds=10)  # others of the same person around one: faster than hands are
WHY = "The workspace had put “witnessed” where nobody had chosen a basis."
NOTE = "Correction: the basis “witnessed” was put by the form, not chosen. It is now “not stated”."


def take_back(apps, schema_editor):
    """Sets every basis that nobody chose to "not stated", and prints what it did."""
    database = schema_editor.connection.alias
    for statement in unchosen(apps, database):
        repair(apps, database, statement)


def unchosen(apps, database):
    """The statements whose basis the form of the workspace has put."""
    Statement, Trace = apps.get_model("claims", "Statement"), apps.get_model("articles", "Trace")
    Decision = apps.get_model("claims", "ProposalDecision")
    for statement in Statement.objects.using(database).filter(basis=UNCHOSEN).select_related("speaker").order_by("pk"):
        traces = list(Trace.objects.using(database).filter(public_id=statement.public_id).order_by("id"))
        if not traces or traces[0].verb != "record" or not looks_like_the_workspace(traces[0].changes):
            continue
        if any("basis" in trace.changes for trace in traces[1:]):
            continue
        proposed = Decision.objects.using(database).filter(statement=statement.public_id).exists()
        if proposed or not one_of_many(Trace.objects.using(database), traces[0]):
            yield statement


def looks_like_the_workspace(recorded):
    """Whether what was recorded, field by field, is what the form of the workspace can say."""
    printings = recorded.get("appearances", [[], []])[1]
    others = any(name in recorded for name in NOT_IN_THE_WORKSPACE)
    return recorded.get("basis") == [None, UNCHOSEN] and len(printings) == 1 and not others


def one_of_many(traces, recorded):
    """Whether the same person recorded so many statements around this one that a file was read."""
    around = traces.filter(verb="record", kind="statement", by=recorded.by_id).exclude(pk=recorded.pk)
    return around.filter(at__gte=recorded.at - WITHIN, at__lte=recorded.at + WITHIN).count() >= AT_ONCE


def repair(apps, database, statement):
    Trace, Release = apps.get_model("articles", "Trace"), apps.get_model("claims", "Release")
    statement.basis = NEUTRAL
    statement.revision += 1
    statement.save(using=database, update_fields=["basis", "revision", "changed_at"])
    told = {
        "kind": "statement",
        "public_id": statement.public_id,
        "label": f"{statement.speaker.name if statement.speaker else statement.speaker_label}: {statement.summary}"[:300],
        "revision": statement.revision,
    }
    trace = {"verb": "revise", "changes": {"basis": [UNCHOSEN, NEUTRAL]}, "why": WHY}
    Trace.objects.using(database).create(**told, **trace)
    outcome = "set to “not stated”"
    release = Release.objects.using(database).filter(public_id=statement.public_id).first()
    if release and release.published_revision:
        outcome += f", in a change that is {release.state}"
        if release.state == "published":
            outcome = "set to “not stated” for readers too, once a reviewer has published the correction"
            changes = {"release": [release.state, "in review"]}
            release.state, release.note, release.submitted_at = "in review", NOTE, timezone.now()
            release.submitted_by = None
            release.save(using=database)
            Trace.objects.using(database).create(**told, verb="submit", changes=changes, why=NOTE)
    print(f"  basis of statement {statement.public_id} “{statement.summary[:80]}”: {outcome}")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_passage_marked"),
        ("claims", "0008_approvals"),
    ]

    # Going back leaves the rows as they are: what nobody chose need not be put again.
    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
