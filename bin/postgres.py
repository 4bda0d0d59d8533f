"""A PostgreSQL for the tests: one that is named, one of our own for as long as the tests run, or the machine's."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import environ
import psycopg

# Nobody misses what these tests write: no flush to the disk is waited for. Nothing is analyzed in the background: it
# would find the tables empty between two tests, and queries of the next one would be planned for empty tables.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "listen_addresses": "",
}
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/pgsql/bin")


@contextmanager
def server():
    """Yields the URL of a PostgreSQL where databases can be made, or None, and a sentence that says which or why not.

    First what CLAIMTRACK_TEST_POSTGRES or DATABASE_URL names, then a private server from installed binaries, which is
    stopped and removed afterwards, then the machine's own by its socket.
    """
    for name in ("CLAIMTRACK_TEST_POSTGRES", "DATABASE_URL"):
        url = os.environ.get(name, "")
        if url.startswith("postgres"):
            complaint = unusable(url)
            if complaint is None:
                yield url, f"the server that {name} names"
                return
            print(f"{name} is set, but that server cannot be used: {complaint}", flush=True)
    binaries = find_binaries()
    if binaries:
        with private_server(binaries) as url:
            yield url, f"a private server from {binaries}"
        return
    complaint = unusable("postgres:///claimtrack")
    if complaint is None:
        yield "postgres:///claimtrack", "the server of this machine"
    else:
        yield None, f"no server is named, no binaries are installed, and the local socket says: {complaint}"


def unusable(url: str) -> str | None:
    """Why no test database can be made on the server of `url`, None where one can."""
    config = environ.Env.db_url_config(url)
    try:
        with psycopg.connect(
            host=config["HOST"] or None,
            port=config["PORT"] or None,
            user=config["USER"] or None,
            password=config["PASSWORD"] or None,
            dbname="postgres",
            connect_timeout=5,
        ) as connection:
            allowed = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[-1]
    return None if allowed and allowed[0] else "its user may not create databases"


def find_binaries() -> Path | None:
    """The folder of the newest installed `initdb` that has `postgres` beside it."""
    folders = [path for place in PLACES for path in Path("/").glob(place.lstrip("/"))]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    complete = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(complete, key=version, default=None)


def version(folder: Path) -> int:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(re.search(r"\d+", answer.stdout)[0])


@contextmanager
def private_server(binaries: Path):
    """A server that listens on a socket in a folder of its own, and is gone with it afterwards. Yields its URL."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        identity = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            identity = {"user": unprivileged(), "extra_groups": []}
            shutil.chown(folder, identity["user"])
        folder.chmod(0o755)
        make_cluster(binaries, folder, identity)
        options = [part for key, value in CARELESS.items() for part in ("-c", f"{key}={value}")]
        with open(folder / "log", "w") as log:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", folder / "cluster", "-k", folder, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                # Ctrl-C is for the tests: the server has to outlive them.
                start_new_session=True,
                **identity,
            )
        try:
            url = f"postgres://claimtrack@/{folder}/claimtrack"
            for _ in range(100):
                if unusable(url) is None:
                    break
                if process.poll() is not None:
                    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
                time.sleep(0.1)
            yield url
        finally:
            process.send_signal(signal.SIGINT)  # "fast": ends connections, then itself
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def make_cluster(binaries: Path, folder: Path, identity: dict) -> None:
    """A cluster in UTF-8 whose letters have capitals in every script; C.UTF-8 is not known everywhere."""
    for locale in (["--locale=C.UTF-8"], []):
        answer = subprocess.run(
            [
                *(binaries / "initdb", "--pgdata", folder / "cluster", "--username", "claimtrack"),
                *("--auth=trust", "--no-sync", "--encoding=UTF8", *locale),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            **identity,
        )
        if answer.returncode == 0:
            return
    raise RuntimeError(f"PostgreSQL could not make a cluster:\n{answer.stderr}")


def unprivileged() -> str:
    """The user that PostgreSQL runs as where we are root."""
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
