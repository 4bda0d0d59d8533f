"""What an installation puts in place: units whose commands run, limits that fit, an honest dry run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
TIMERS = sorted((ROOT / "deploy/systemd").glob("*.timer"))
BIN = Path(sys.executable).parent
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"
NGINX = shutil.which("nginx", path=PATH)


def lines_of(unit, key):
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.MULTILINE)


@pytest.fixture
def state(migrated, tmp_path):
    return shutil.copytree(migrated, tmp_path / "state")


def run(command, state, **environment):
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CLAIMTRACK_STATE_DIR": str(state), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_command_of_a_unit_runs(unit, state):
    """Of a server its configuration and its application are loaded; whatever ends by itself is run to its end."""
    commands = lines_of(unit, "ExecStart")
    assert commands
    environment = dict(entry.split("=") for line in lines_of(unit, "Environment") for entry in line.split())
    for command in commands:
        program, *arguments = command.replace("/opt/claimtrack/current/.venv/bin", str(BIN)).split()
        run([program, *arguments, *(["--check-config"] if "gunicorn" in program else [])], state, **environment)


@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.stem)
def test_every_timer_has_its_unit_and_its_hour(timer):
    assert timer.with_suffix(".service") in UNITS
    assert re.fullmatch(r"\*-\*-\* (0\d:\d\d|\*:00/10):00", *lines_of(timer, "OnCalendar"))
    assert lines_of(timer, "Persistent") == ["yes"]


def test_units_keep_to_themselves():
    for unit in UNITS:
        assert lines_of(unit, "NoNewPrivileges") == ["yes"], unit
        assert lines_of(unit, "ProtectSystem") == ["strict"], unit
        assert lines_of(unit, "UMask") == ["0077"], unit
        assert "root" not in lines_of(unit, "User")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_finds_nothing_wrong_with_them(tmp_path):
    for path in [*UNITS, *TIMERS]:
        text = path.read_text().replace("/opt/claimtrack/current/.venv/bin/", f"{BIN}/")
        (tmp_path / path.name).write_text(text.replace("User=claimtrack", "User=root"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(path) for path in tmp_path.iterdir())],
        capture_output=True,
        text=True,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    assert [line for line in done.stderr.splitlines() if "claimtrack" in line] == []


# The proxy.


def test_limits_of_nginx_fit_those_of_the_program(settings):
    text = (ROOT / "deploy/nginx.conf").read_text()
    desk = text.partition("location /admin/")[2]
    assert int(re.search(r"client_max_body_size (\d+)m", desk)[1]) * 1024**2 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    stalled = int(re.search(r"STALLED = (\d+)", (ROOT / "gunicorn.conf.py").read_text())[1])
    assert int(re.search(r"send_timeout (\d+)s", text)[1]) <= stalled
    # Whoever asks by the public name gets no word of the machine's own addresses.
    for path in ("/healthz", "/readyz"):
        assert re.search(rf"location = {path} {{\s+return 404;", text)
    for role in ("public", "desk"):
        [environment] = lines_of(ROOT / f"deploy/systemd/claimtrack-{role}.service", "Environment")
        port = re.search(r"CLAIMTRACK_PORT=(\d+)", environment)[1]
        assert re.search(rf"upstream claimtrack_{role} {{\s+server 127\.0\.0\.1:{port};", text)
        assert f"127.0.0.1:{port}" in (ROOT / "deploy/Caddyfile").read_text()


@pytest.mark.skipif(not NGINX, reason="nginx is not on this machine")
def test_nginx_can_read_its_file(tmp_path):
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout {tmp_path}/privkey.pem "
        f"-out {tmp_path}/fullchain.pem",
        shell=True,
        check=True,
        capture_output=True,
    )
    site = (ROOT / "deploy/nginx.conf").read_text().replace("/etc/claimtrack/tls", str(tmp_path))
    (tmp_path / "site.conf").write_text(site)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error; events {{}} "
        f"http {{ access_log off; include {tmp_path}/site.conf; }}"
    )
    done = subprocess.run(
        [NGINX, "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


# The installer.


def install(*arguments):
    return subprocess.run(
        ["bash", ROOT / "bin/install", *arguments], capture_output=True, text=True, env={"PATH": PATH}
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "Which host name does the site have?"),
        (["https://claims.example.org"], "Which host name does the site have?"),
        (["a.example", "--database", "oracle"], "--database is sqlite or postgresql"),
        (["a.example", "--proxy", "apache"], "--proxy is nginx, caddy or none"),
        (["a.example", "--admin", 'x" ; rm'], "--admin is a short name"),
        (["a.example", "--contact", "mailto:$(id)"], "--contact begins with"),
        (["a.example", "--purge"], "--purge goes with --remove"),
        (["a.example", "--readers", "--database", "sqlite"], "--readers goes with --database postgresql"),
        (["a.example", "--database"], "--database needs a value"),
        (["a.example", "--force"], "There is no option --force"),
    ],
)
def test_the_installer_refuses_in_a_sentence(arguments, complaint):
    done = install(*arguments)
    assert (done.returncode, complaint in done.stderr, done.stdout) == (2, True, "")


@pytest.mark.skipif(not shutil.which("apt-get"), reason="not Debian")
def test_a_dry_run_says_what_would_be_done_and_does_nothing():
    done = install("claims.example.org", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert not Path("/opt/claimtrack").exists()
    lines = done.stdout.splitlines()
    assert {line.split()[0] for line in lines[:-1]} <= {"would", "systemd"}
    for words in ("make the user claimtrack", "migrate the database", "make the first administrator, admin"):
        assert f"would {words}" in lines
