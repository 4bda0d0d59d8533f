"""`manage.py doctor`: what is wrong with this installation, the worst first, and what to do about it."""

import sys
from typing import Any

from django.core.checks import ERROR, WARNING, run_checks
from django.core.management import BaseCommand
from django.db import Error

from ...health import HealthFinding, Severity, examine, first_line


class Command(BaseCommand):
    help = (
        "Says what is wrong with this installation, the worst first, with what to do. Ends with 1 where readers or "
        "the desk cannot be served, or something is broken. Run it with the environment of the process in question."
    )
    requires_system_checks: list[str] = []  # they are among what is shown

    def handle(self, **options: Any) -> None:
        findings = sorted([*examine(), *findings_of_checks()], key=lambda finding: -finding.severity)
        for finding in findings:
            self.stdout.write(f"{LABELS[finding.severity]:8} {finding.name}: {finding.words}")
            if finding.remedy:
                self.stdout.write(f"{'':8} > {finding.remedy}")
        wrong = sum(finding.severity > Severity.NOTE for finding in findings)
        self.stdout.write(f"{wrong or 'Nothing'} to see to." if wrong else "Nothing is wrong.")
        if findings[0].severity >= Severity.ERROR:
            sys.exit(1)


LABELS = {
    Severity.BLOCKING: "DOWN",
    Severity.ERROR: "ERROR",
    Severity.WARNING: "WARNING",
    Severity.NOTE: "note",
    Severity.SOUND: "ok",
}


def findings_of_checks() -> list[HealthFinding]:
    """What `check --deploy` says, as findings."""
    try:
        messages = run_checks(include_deployment_checks=True)
    except Error as error:  # checks that ask the database, which is a finding of its own
        return [HealthFinding("checks", Severity.WARNING, f"Could not be finished: {first_line(error)}")]
    return [
        HealthFinding(
            str(message.id),
            severity_of(message.level),
            " ".join(str(message.msg).split()),
            " ".join(str(message.hint or "").split()),
        )
        for message in messages
        if not message.is_silenced()
    ]


def severity_of(level: int) -> Severity:
    if level >= ERROR:
        return Severity.ERROR
    return Severity.WARNING if level >= WARNING else Severity.NOTE
