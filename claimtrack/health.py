"""Whether this process answers (/healthz), and whether what it needs is there (/readyz), for the machine itself.

`examine` is the one list of what is looked at; /readyz, /metrics and `manage.py doctor` show it.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from record.log import head_of
from record.log.last_verification import read_last_verification
from record.models import Publication

from .operators import is_from_this_machine

PUBLIC_ALIAS = "public"
MAX_REPLICA_AGE = 300  # seconds that a replica may be behind before readers are sent elsewhere
MIN_FREE_BYTES = 100 * 1024**2  # below it the desk saves nothing
LOW_FREE_BYTES = 2 * 1024**3
MAX_VERIFICATION_DAYS = 8


class Severity(IntEnum):
    """How much a finding weighs. `BLOCKING` alone makes /readyz answer 503."""

    SOUND = 0
    NOTE = 1
    WARNING = 2
    ERROR = 3
    BLOCKING = 4


@dataclass(frozen=True)
class HealthFinding:
    """One thing that was looked at: in `words`, with what to do (`remedy`) and its figures for metrics."""

    name: str
    severity: Severity
    words: str
    remedy: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


def healthz(request: HttpRequest) -> HttpResponseBase | None:
    """200 as long as the process answers; None for whoever is not on this machine."""
    return _uncached(HttpResponse("ok\n", content_type="text/plain")) if is_from_this_machine(request) else None


def readyz(request: HttpRequest) -> HttpResponseBase | None:
    """200 where requests can be answered, else 503, with every finding; None for whoever is not on this machine."""
    if not is_from_this_machine(request):
        return None
    findings = examine()
    ready = is_ready(findings)
    shown = {
        finding.name: {"state": finding.severity.name.lower(), "words": finding.words, **finding.figures}
        for finding in findings
    }
    return _uncached(JsonResponse({"ready": ready, **shown}, status=200 if ready else 503))


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def is_ready(findings: list[HealthFinding]) -> bool:
    return all(finding.severity < Severity.BLOCKING for finding in findings)


def examine() -> list[HealthFinding]:
    """Every finding; of the database, its tables and the log only as far as nothing stands in the way."""
    findings: list[HealthFinding] = []
    for examination in (examine_database, examine_migrations, examine_log_head, examine_replica):
        if is_ready(findings):
            findings.append(_examine_with_database(examination))
    if settings.SERVES_DESK and is_ready(findings):
        findings.append(_examine_with_database(examine_originals))
    return [*findings, examine_disk(), examine_last_verification()]


def _examine_with_database(examination: Callable[[], HealthFinding]) -> HealthFinding:
    try:
        return examination()
    except (Error, OSError) as error:
        name = examination.__name__.removeprefix("examine_")
        return HealthFinding(
            name, Severity.BLOCKING, f"cannot be read: {first_line(error)}", "Look at the database's log."
        )


def used_aliases() -> list[str]:
    return [DEFAULT_DB_ALIAS, PUBLIC_ALIAS] if settings.SERVES_DESK else [PUBLIC_ALIAS]


def examine_database() -> HealthFinding:
    for alias in used_aliases():
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except (Error, OSError) as error:
            connections[alias].close()
            variable = "DATABASE_REPLICA_URL" if alias == PUBLIC_ALIAS else "DATABASE_URL"
            return HealthFinding(
                "database",
                Severity.BLOCKING,
                f"The database “{alias}” does not answer: {first_line(error)}",
                f"Start it, or correct {variable}.",
            )
    return HealthFinding("database", Severity.SOUND, "answers")


def first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).partition("\n")[0]


def examine_migrations() -> HealthFinding:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS if settings.SERVES_DESK else PUBLIC_ALIAS])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        words = f"{len(missing)} missing, the first is {missing[0][0]}"
        return HealthFinding("migrations", Severity.BLOCKING, words, "manage.py migrate")
    return HealthFinding("migrations", Severity.SOUND, "all applied")


def examine_log_head() -> HealthFinding:
    """Where readers' log ends; a note where the desk's ends later, as with a replica that follows."""
    shown = head_of(Publication.objects.using(PUBLIC_ALIAS))
    figures, words = {"log_head": shown.seq}, f"entry {shown.seq}"
    if settings.SERVES_DESK:
        behind = head_of(Publication.objects.using(DEFAULT_DB_ALIAS)).seq - shown.seq
        if behind:
            return HealthFinding("log_head", Severity.NOTE, f"{words}; readers are {behind} behind", "", figures)
    return HealthFinding("log_head", Severity.SOUND, words, "", figures)


def examine_replica() -> HealthFinding:
    """How far PostgreSQL's replica is behind: seconds since what it last replayed, 0 where it has all it was sent."""
    connection = connections[PUBLIC_ALIAS]
    if connection.vendor != "postgresql":
        return HealthFinding("replica", Severity.SOUND, "none: SQLite")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_is_in_recovery(), pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn(),"
            " extract(epoch FROM now() - pg_last_xact_replay_timestamp())"
        )
        is_replica, has_all, age = cursor.fetchone()
    if not is_replica:
        return HealthFinding("replica", Severity.SOUND, "none: readers read the primary")
    seconds = 0.0 if has_all else float(age or 0)
    severity = Severity.BLOCKING if seconds > MAX_REPLICA_AGE else Severity.SOUND
    remedy = "Look at the replica's log: it does not follow the primary." if severity else ""
    return HealthFinding(
        "replica", severity, f"{seconds:.0f} seconds behind", remedy, {"replica_age_seconds": round(seconds, 1)}
    )


def examine_disk() -> HealthFinding:
    """What is free where the state folder lies. Readers are served from a full or read-only disk, the desk is not."""
    folder = Path(settings.STATE_DIR)
    try:
        free = shutil.disk_usage(folder).free
        read_only = bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError as error:
        if not settings.SERVES_DESK:
            return HealthFinding("disk", Severity.NOTE, f"There is no state folder: {first_line(error)}")
        return HealthFinding(
            "disk", Severity.BLOCKING, first_line(error), f"Make {folder}, owned by claimtrack's user."
        )
    figures = {"disk_free_bytes": free}
    worst = Severity.BLOCKING if settings.SERVES_DESK else Severity.WARNING
    if read_only:
        return HealthFinding(
            "disk", worst, "read-only", "Look at the kernel's log, then mount it for writing.", figures
        )
    words = f"{free / 1024**3:.1f} GB free"
    if free < MIN_FREE_BYTES:
        return HealthFinding("disk", worst, words, f"Free some space on the disk of {folder}.", figures)
    if free < LOW_FREE_BYTES:
        return HealthFinding("disk", Severity.WARNING, words, f"Free some space on the disk of {folder}.", figures)
    return HealthFinding("disk", Severity.SOUND, words, "", figures)


def examine_originals() -> HealthFinding:
    """How much of their room the originals at the desk take."""
    from articles.originals import space_notice, used_bytes  # which a process for readers does not have

    figures = {"originals_bytes": used_bytes()}
    if notice := space_notice():
        remedy = "Raise CLAIMTRACK_ORIGINALS_GB where the disk has room."
        return HealthFinding("originals", Severity.WARNING, notice, remedy, figures)
    words = f"{figures['originals_bytes'] / 1024**3:.1f} of {settings.ORIGINALS_GB} GB"
    return HealthFinding("originals", Severity.SOUND, words, "", figures)


def examine_last_verification() -> HealthFinding:
    """What `record_verify` last said here; an error where it found faults, which do not stop the site."""
    last = read_last_verification()
    if last is None:
        return HealthFinding("verification", Severity.NOTE, "never on this state folder", "manage.py record_verify")
    days = (datetime.now(UTC) - last.at).total_seconds() / 86400
    figures = {"verification_age_days": round(days, 2), "verification_faults": last.faults}
    words = f"{last.faults} faults in {last.entries} entries, {days:.1f} days ago"
    if last.faults:
        return HealthFinding("verification", Severity.ERROR, words, "docs/operations.md, “Respond”", figures)
    if days > MAX_VERIFICATION_DAYS:
        return HealthFinding("verification", Severity.WARNING, words, "manage.py record_verify", figures)
    return HealthFinding("verification", Severity.SOUND, words, "", figures)
