"""A state folder as an installation makes it, for tests that start processes of their own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """The folder of an SQLite database in which nothing stands yet; whoever writes to it takes a copy."""
    folder = tmp_path_factory.mktemp("made") / "state"
    done = manage(folder, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return folder


def manage(state, *command, **environment):
    """manage.py on an SQLite database of its own, by a shell whose umask lets everybody read."""
    return subprocess.run(
        ["sh", "-c", 'umask 022; exec "$0" manage.py "$@"', sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
            "CLAIMTRACK_STATE_DIR": str(state),
            **environment,
        },
        capture_output=True,
        text=True,
    )
