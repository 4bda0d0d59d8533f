"""Everything that has to hold before a change is good: what `make test`, `make lint` and `make format` do.

Ends with a summary of what passed, what failed and what could not be run, and with an exit status other than 0 where
something failed. With CI=true, what could not be run is a failure as well.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe

import postgres

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))

from tests.chromium import find_chromium  # noqa: E402 - the tests know where a browser may be

PYTHON = ROOT / ".venv" / "bin" / "python"
TOOLS = PYTHON.parent
DJADE = (TOOLS / "djade", "--target-version", "5.2")
CI = os.environ.get("CI", "").lower() in ("true", "1")

# What the shell says about a running site is not for the tests.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("CLAIMTRACK_", "DATABASE_")) or name == "CLAIMTRACK_CHROMIUM"
}
PRODUCTION = {
    "CLAIMTRACK_HTTPS": "on",
    "CLAIMTRACK_HOSTS": "claims.example.org",
    "CLAIMTRACK_PROXIES": "1",
    "CLAIMTRACK_EMAIL_URL": "none",
    "CLAIMTRACK_PUBLISHER": str(ROOT / "tests" / "cases" / "publisher.toml"),
    "CLAIMTRACK_SECRET_KEY": token_urlsafe(64),
    "DATABASE_URL": "postgres:///claimtrack",
}


@dataclass
class Outcome:
    """One line of the summary: what was done, whether it is "ok", "FAILED" or "NOT RUN", and what is worth saying.

    `failures` are the tests that failed, each with its error as pytest's short summary words it.
    """

    what: str
    state: str
    seconds: float = 0
    remark: str = ""
    failures: list[str] = field(default_factory=list)


def run(what: str, *command, **environment) -> Outcome:
    """Runs a command with its output on the screen."""
    print(f"\n== {what}", flush=True)
    start = time.monotonic()
    status = subprocess.run([*map(str, command)], cwd=ROOT, env={**ENVIRONMENT, **environment}).returncode
    return Outcome(what, "FAILED" if status else "ok", time.monotonic() - start)


def lint() -> list[Outcome]:
    return [
        run("lint (Ruff)", TOOLS / "ruff", "check", "--quiet", "."),
        run("format (Ruff)", TOOLS / "ruff", "format", "--check", "--quiet", "."),
        run("Django templates (djade)", *DJADE, "--check", *django_templates()),
        run("types (mypy)", TOOLS / "mypy", "--no-error-summary"),
    ]


def format_all() -> list[Outcome]:
    return [
        run("lint (Ruff)", TOOLS / "ruff", "check", "--fix", "."),
        run("format (Ruff)", TOOLS / "ruff", "format", "."),
        run("Django templates (djade)", *DJADE, *django_templates()),
    ]


def django_templates() -> list[Path]:
    """The templates in Django's language; the record's are Jinja2 (docs/decisions/two-template-languages.md)."""
    return sorted((ROOT / "templates" / "admin").rglob("*.html"))


def checks(state: Path) -> list[Outcome]:
    """What Django knows about the code without running it: migrations that are missing, production settings."""
    manage = (PYTHON, "-W", "error", "-W", "ignore:The FORMS_URLFIELD_ASSUME_HTTPS:DeprecationWarning", "manage.py")
    outcomes = [
        run(
            "migrations are complete",
            *manage,
            "makemigrations",
            "--check",
            "--dry-run",
            CLAIMTRACK_STATE_DIR=str(state),
        )
    ]
    for role in ("public", "desk"):
        outcomes.append(
            run(
                f"production settings, role {role}",
                *(*manage, "check", "--deploy", "--fail-level", "WARNING"),
                **PRODUCTION,
                CLAIMTRACK_ROLE=role,
                CLAIMTRACK_LEDGER=str(state.parent),
                CLAIMTRACK_STATE_DIR=str(state),
            )
        )
    return outcomes


@dataclass
class Suite:
    """A part of the suite on one database, in a process of its own; its lines come out with `name` before them.

    `tests` is pytest's expression for those that are run, by their marks, in all `folders` or some.
    """

    name: str
    tests: str
    folders: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def run(self, state: Path) -> Outcome:
        state /= self.name.lower().replace(": ", "-")
        state.mkdir()
        started, closing_line, failures = time.monotonic(), "", []
        self.process = subprocess.Popen(
            [PYTHON, "-m", "pytest", "-rfEs", "-o", f"cache_dir={state / 'cache'}", "-m", self.tests, *self.folders],
            cwd=ROOT,
            env={**ENVIRONMENT, **self.environment, "CLAIMTRACK_STATE_DIR": str(state), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        for line in self.process.stdout:
            print(f"{self.name:13} | {line}", end="", flush=True)
            if line.strip():
                closing_line = line.strip().strip("= ")
            if line.startswith(("FAILED ", "ERROR ")):
                failures.append(line.strip())
        status = self.process.wait()
        remark = f"ended from outside by {signal.Signals(-status).name}" if status < 0 else closing_line
        outcome = "FAILED" if status else "ok"
        return Outcome(f"tests: {self.name}", outcome, time.monotonic() - started, remark, failures)


ON_EVERY_DATABASE = "not without_database and not any_database and not demonstration"
ON_ONE_DATABASE = "any_database and not without_database and not demonstration"
DESK = ("tests/articles", "tests/claims")
REST = ("tests/claimtrack", "tests/language", "tests/record")


def suites(state: Path) -> list[Outcome]:
    """The suite on both databases, two processes at a time. What no database can change is tried once."""
    with postgres.server() as (url, which), ThreadPoolExecutor(max_workers=2) as workers:
        print(f"\n== tests (PostgreSQL: {which})", flush=True)
        parts = [
            *([Suite("PostgreSQL", ON_EVERY_DATABASE, environment={"DATABASE_URL": url})] if url else []),
            Suite("once: desk", ON_ONE_DATABASE, DESK),
            Suite("SQLite", ON_EVERY_DATABASE),
            Suite("once: rest", ON_ONE_DATABASE, REST),
            Suite("demonstration", "demonstration"),
            Suite("pure", "without_database"),
        ]
        running = [workers.submit(part.run, state) for part in parts]
        try:
            outcomes = [each.result() for each in running]
        except BaseException:
            workers.shutdown(wait=False, cancel_futures=True)
            for part in parts:
                if part.process:
                    part.process.terminate()
            raise
    if not url:
        outcomes.append(Outcome("tests: PostgreSQL", "NOT RUN", remark=f"HALF OF THE SUITE WAS NOT RUN: {which}"))
    return outcomes


def browser() -> list[Outcome]:
    """Finds Chromium, or installs it where that takes no question: as root, with apt."""
    if find_chromium():
        return []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("\n== no Chromium here: installing Debian's", flush=True)
        quietly = {"stdin": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], **quietly)
        subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], **quietly)
        if find_chromium():
            return []
    remark = "NO PAGE WAS TRIED IN A BROWSER: install Chromium, or say where it is with CLAIMTRACK_CHROMIUM"
    return [Outcome("pages in Chromium", "NOT RUN", remark=remark)]


def summary(outcomes: list[Outcome]) -> int:
    """Prints what became of everything, the bad last, and returns the exit status."""
    print("\n== Summary", flush=True)
    for outcome in sorted(outcomes, key=lambda outcome: ["ok", "NOT RUN", "FAILED"].index(outcome.state)):
        seconds = f"{outcome.seconds:6.1f} s" if outcome.seconds else " " * 8
        print(f"{outcome.state:8}{outcome.what:36}{seconds}  {outcome.remark}".rstrip())
        for failure in outcome.failures:
            print(f"        {failure}")
    states = {outcome.state for outcome in outcomes}
    if "FAILED" in states or (CI and "NOT RUN" in states):
        print("FAILED" if "FAILED" in states else "FAILED: CI demands that everything is run.")
        return 1
    print("All that was run is good, but not everything was run." if "NOT RUN" in states else "All is good.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="?", choices=["all", "lint", "format"], default="all")
    part = parser.parse_args().part
    if part == "lint":
        return summary(lint())
    if part == "format":
        return summary(format_all())
    # A terminated run stops its servers like an interrupted one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="claimtrack-test-", ignore_cleanup_errors=True) as name:
        state = Path(name)
        return summary([*browser(), *lint(), *checks(state), *suites(state)])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nInterrupted: nothing is known.")
        sys.exit(130)
