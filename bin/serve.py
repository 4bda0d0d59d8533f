"""Prepares the site and serves it on this machine: what `make run` and `make dev` do once .venv is there.

`make run` serves as production does, with gunicorn and collected static files; `make dev` with Django's own server,
which reloads changed code and shows the cause of an error (docs/decisions/serving.md).
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"


def port() -> int:
    """The port of CLAIMTRACK_PORT, 8000 without it. Ends the program where it is no port or is taken."""
    value = os.environ.get("CLAIMTRACK_PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        sys.exit(f"CLAIMTRACK_PORT is {value!r}: it must be a number from 1 to 65535.")
    with socket.socket() as probe:
        # As servers do: a port that was just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except PermissionError:
            sys.exit(f"This user may not open port {value}. Choose one above 1023: CLAIMTRACK_PORT=8001 make run")
        except OSError:
            sys.exit(
                f"Port {value} is taken by another program, perhaps by a claimtrack that runs already.\n"
                f"Stop that, or choose another port: CLAIMTRACK_PORT={int(value) % 65535 + 1} make run"
            )
    return int(value)


def main():
    os.chdir(ROOT)
    number = port()
    os.environ["CLAIMTRACK_PORT"] = str(number)
    os.environ.setdefault("WEB_CONCURRENCY", "2")
    os.environ.setdefault("CLAIMTRACK_PUBLISHER", str(ROOT / "claims" / "demonstration" / "publisher.toml"))
    if subprocess.run([PYTHON, "manage.py", "prepare"]).returncode:
        sys.exit(1)
    if "--dev" in sys.argv[1:]:
        command = ["manage.py", "runserver", f"127.0.0.1:{number}"]
    else:
        command = ["-m", "gunicorn", "--log-level", "warning"]
    os.execv(PYTHON, [str(PYTHON), *command])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
