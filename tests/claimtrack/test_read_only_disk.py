"""Readers are served from a disk that has become read-only, on which the SQLite file lies."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import json, sys, django
django.setup()
from django.db import connections
from django.test import Client
client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
statuses = [client.get(path).status_code for path in ("/home.json", "/export.ndjson", "/readyz")]
print(json.dumps({"statuses": statuses, "frozen": connections["public"].is_frozen}))
"""
LEAVE_LOG = """
import os, django
django.setup()
from django.contrib.auth.models import User
User.objects.create(username="erin")
os._exit(0)  # as a killed process does: what was written is in the log beside the file
"""
NAMESPACE = ["unshare", "--mount"]


def may_mount():
    """Whether this user may mount something for one process alone."""
    return shutil.which("unshare") and subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0


def run(state, code, *, role, before=()):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "CLAIMTRACK_"))
    }
    environment |= {"CLAIMTRACK_STATE_DIR": str(state), "CLAIMTRACK_ROLE": role, "PYTHONPATH": str(settings.BASE_DIR)}
    environment |= {"DJANGO_SETTINGS_MODULE": "claimtrack.settings"}
    done = subprocess.run([*before, sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not may_mount(), reason="only root may make a disk read-only for one process")
@pytest.mark.parametrize("log_is_left", [False, True])
def test_readers_are_served_from_a_read_only_disk(migrated, tmp_path, log_is_left):
    state = shutil.copytree(migrated, tmp_path / "state")
    if log_is_left:
        run(state, LEAVE_LOG, role="desk")
        assert (state / "claimtrack.sqlite3-wal").stat().st_size
    mount = f'mount --bind "{state}" "{state}" && mount -o remount,bind,ro "{state}" && exec "$@"'
    found = json.loads(run(state, ASK, role="public", before=[*NAMESPACE, "sh", "-c", mount, "sh"]).splitlines()[-1])
    assert found == {"statuses": [200, 200, 200], "frozen": not log_is_left}
