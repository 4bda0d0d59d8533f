"""Attacks through the shipped configuration of a proxy: how much of their throughput readers keep.

    python benchmarks/proxy.py [--proxy caddy] [--seconds 20] [--rounds 3] [--attacks slow-headers …]

A throw-away record is served by both roles behind nginx with `deploy/nginx.conf`, or Caddy with `deploy/Caddyfile`:
with free ports for its own and a certificate made for the run, and otherwise as it is. Readers ask for pages by TLS as
fast as they are answered, from many addresses of this machine. In turns they are alone and beside an attack from one
address, or from as many as `--addresses` says. Printed are the readers' pages a second, what they keep, what the
attackers were answered, and the share of the machine's processors that servers and proxy use for the attack alone:
where others use the machine too it says more than pages. Attackers are elsewhere: what their own process takes of this
machine beside readers is said, and readers keep what they do of the rest. Nothing leaves this machine, and everything
ends by itself. Ends with 1 where readers keep less than 80 percent.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
KEPT = 0.8
READERS = 8
HOST = "claims.example.org"
QUIET = subprocess.DEVNULL


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20, help="of one turn; alone at most a minute")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=20, help="of the attack")
    parser.add_argument("--addresses", type=int, default=1, help="from which the attack comes")
    parser.add_argument("--statements", type=int, default=300)
    parser.add_argument("--attacks", nargs="+", choices=list(ATTACKS), default=list(ATTACKS))
    parser.add_argument("--proxy", choices=list(PROXIES), default="nginx")
    parser.add_argument("--generate", help=argparse.SUPPRESS)  # a process that reads or attacks
    options = parser.parse_args()
    if options.generate:
        print(json.dumps(generate(**json.loads(options.generate))))
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        both_roles(options.statements) as (public, desk, servers),
        proxy(options.proxy, Path(folder), public, desk) as (port, process),
    ):
        kept = [measure(attack, port, [*servers, process], options) for attack in options.attacks]
    sys.exit(min(kept) < KEPT)


@contextlib.contextmanager
def both_roles(statements: int):
    """Both roles on free ports; yields those of readers and of the desk, and their processes."""
    from benchmarks.concurrency import free_port, wait_for
    from benchmarks.flood import serve, wait_for_desk
    from benchmarks.records import run, throwaway

    with throwaway("sqlite") as environment:
        run(environment, "benchmarks/records.py", statements, "--projections")
        environment |= {"CLAIMTRACK_HOSTS": f"127.0.0.1,{HOST}", "CLAIMTRACK_PROXIES": "1"}
        run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        public, desk = free_port(), free_port()
        servers = [serve(environment, "public", str(public)), serve(environment, "desk", str(desk))]
        try:
            wait_for(public)
            wait_for_desk(desk)
            yield public, desk, servers
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(30)


@contextlib.contextmanager
def proxy(name: str, folder: Path, public: int, desk: int):
    """The proxy of that name with the shipped file; yields its port for TLS and its process."""
    from benchmarks.concurrency import free_port

    plain, port = free_port(), free_port()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-subj", f"/CN={HOST}", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"),
        ],
        check=True,
        stderr=QUIET,
    )
    folder.chmod(0o755)
    process = PROXIES[name](folder, plain, port, public, desk)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def nginx(folder: Path, plain: int, port: int, public: int, desk: int) -> subprocess.Popen:
    """nginx with `deploy/nginx.conf`, inside what Debian's own file says."""
    text = (ROOT / "deploy/nginx.conf").read_text().replace("/etc/claimtrack/tls", str(folder))
    text = text.replace("root /var/www/claimtrack", f"root {ROOT / 'deploy'}")
    text = text.replace("127.0.0.1:8001", f"127.0.0.1:{public}").replace("127.0.0.1:8002", f"127.0.0.1:{desk}")
    text = re.sub(r"listen \[::\].*\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("listen 443 ssl;", f"listen {port} ssl;")  # on all of 127.0.0.0/8, for the readers' addresses
    (folder / "site.conf").write_text(text)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; worker_processes auto; daemon off; "
        "events { worker_connections 768; } "
        f"http {{ access_log off; {temporary} include {folder}/site.conf; }}"
    )
    from benchmarks.flood import own_group

    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"], stderr=QUIET, preexec_fn=own_group())


def caddy(folder: Path, plain: int, port: int, public: int, desk: int) -> subprocess.Popen:
    """Caddy with `deploy/Caddyfile`, and the certificate of the run instead of one that it fetches."""
    from benchmarks.flood import own_group

    text = (ROOT / "deploy/Caddyfile").read_text()
    own = "import /etc/caddy/claimtrack/*.conf"
    assert own in text
    text = text.replace(own, f"tls {folder}/fullchain.pem {folder}/privkey.pem")
    text = text.replace("{\n    servers {", f"{{\n    admin off\n    http_port {plain}\n    servers {{", 1)
    (folder / "Caddyfile").write_text(text)
    environment = os.environ | {
        "CLAIMTRACK_SITE": f"https://{HOST}:{port}",
        "CLAIMTRACK_PAGES": str(ROOT / "deploy/pages"),
        "CLAIMTRACK_PUBLIC": f"127.0.0.1:{public}",
        "CLAIMTRACK_DESK": f"127.0.0.1:{desk}",
        "HOME": str(folder),
    }
    command = [shutil.which("caddy") or "/usr/bin/caddy", "run", "--adapter", "caddyfile"]
    return subprocess.Popen(
        [*command, "--config", folder / "Caddyfile"], env=environment, stderr=QUIET, preexec_fn=own_group()
    )


PROXIES = {"nginx": nginx, "caddy": caddy}


def measure(attack: str, port: int, servers: list[subprocess.Popen], options) -> float:
    """What readers keep beside one attack, in the middle of all rounds."""
    from benchmarks.flood import processor

    reading = {"what": "reading", "port": port, "connections": READERS, "addresses": 64}
    reading["seconds"] = min(options.seconds, 60)
    attacking = reading | {"what": attack, "connections": options.connections, "addresses": options.addresses}
    end(begin(reading | {"seconds": 5}))  # caches fill
    shares, answers = [], Counter()
    print(f"{attack}:", flush=True)
    for _ in range(options.rounds):
        alone = end(begin(reading))
        process = begin(attacking | {"seconds": options.seconds})
        time.sleep(1)
        beside = end(begin(reading | {"seconds": options.seconds - 2}))
        attackers = end(process)
        answers.update(attackers["answers"])
        own = attackers["cpu"] / attackers["seconds"] / (os.cpu_count() or 1)
        rates = [found["answers"].get("200", 0) / found["seconds"] for found in (alone, beside)]
        shares.append(rates[1] / rates[0] / (1 - own))
        others = alone["answers"] | beside["answers"]
        others.pop("200", None)
        print(
            f"  readers {rates[0]:.0f} pages a second alone, {rates[1]:.0f} beside the attack, whose own process takes "
            f"{own:.1%} of the processors: {shares[-1]:.0%} of the rest; the slowest {alone['slowest']:.1f} and "
            f"{beside['slowest']:.1f} s; other answers: {others or 'none'}",
            flush=True,
        )
    kept = statistics.median(shares)
    print(f"  kept {kept:.0%} (from {min(shares):.0%} to {max(shares):.0%}); attackers: {dict(answers)}", flush=True)
    used, begun = processor(servers), time.monotonic()
    end(begin(attacking))
    share = (processor(servers) - used) / (time.monotonic() - begun) / (os.cpu_count() or 1)
    print(f"  without readers it takes {share:.1%} of this machine's processors", flush=True)
    return kept


def begin(what: dict) -> subprocess.Popen:
    """A generator with its own share of the processors."""
    from benchmarks.flood import own_group

    command = [sys.executable, str(Path(__file__).resolve()), "--generate", json.dumps(what)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=own_group())


def end(process: subprocess.Popen) -> dict:
    return json.loads(process.communicate(timeout=1200)[0])


# The generators: a thread for each connection.


def generate(what: str, port: int, seconds: float, connections: int, addresses: int) -> dict:
    """Runs one kind of connection that often, until the time is over; how often, how answered, how slowly."""
    answers, slowest, lock = Counter(), [0.0], threading.Lock()
    begun = time.monotonic()

    def count(status: str, took: float = 0) -> None:
        with lock:
            answers[status] += 1
            slowest[0] = max(slowest[0], took)

    run = read_pages if what == "reading" else ATTACKS[what]
    threads = [
        threading.Thread(target=run, args=(Client(port, number, addresses), begun + seconds, count), daemon=True)
        for number in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, begun + seconds + 5 - time.monotonic()))
    return {"answers": answers, "slowest": slowest[0], "seconds": time.monotonic() - begun, "cpu": time.process_time()}


class Client:
    """One connection at a time by TLS, from one address of this machine after another."""

    def __init__(self, port: int, number: int, addresses: int):
        self.port, self.number, self.addresses, self.opened = port, number, addresses, 0
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
        self.socket = None

    def open(self) -> None:
        self.close()
        place = (self.number + READERS * self.opened) % self.addresses
        self.opened += 1
        own = f"127.{1 if self.addresses == 64 else 2}.{place >> 8}.{1 + (place & 127)}"
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=30, source_address=(own, 0))
        self.socket = self.context.wrap_socket(raw, server_hostname=HOST)

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def ask(self, request: bytes) -> str:
        """The status of the answer, which is read to its end; raises OSError where the server hung up."""
        if self.socket is None:
            self.open()
        self.socket.sendall(request)
        return self.read()

    def read(self) -> str:
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.receive()
        head, _, body = answer.partition(b"\r\n\r\n")
        found = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        while (len(body) < int(found[1])) if found else not body.endswith(b"0\r\n\r\n"):
            body = body[-8:] + self.receive() if not found else body + self.receive()
        if b"connection: close" in head.lower():
            self.close()
        return head.split(b" ", 2)[1].decode()

    def receive(self) -> bytes:
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionResetError
        return received


def request(path: str, method: str = "GET", headers: str = "", body: str = "") -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode() if body else f"{head}\r\n".encode()


def repeat(client: Client, until: float, count, requests) -> None:
    """Asks as fast as answers come; a connection that was closed is opened anew."""
    for asked in requests:
        begun = time.monotonic()
        if begun >= until:
            return
        try:
            count(client.ask(asked), time.monotonic() - begun)
        except OSError:
            count("closed")
            client.close()


def read_pages(client: Client, until: float, count) -> None:
    from benchmarks.flood import PAGES

    def pages():
        while True:
            for path in PAGES:
                yield request(path)
            client.close()  # the next reader comes from another address

    repeat(client, until, count, pages())


def send_slowly(client: Client, until: float, count, beginning: bytes) -> None:
    """A byte a second after `beginning`, for as long as the server listens."""
    while time.monotonic() < until:
        try:
            client.open()
            client.socket.sendall(beginning)
            client.socket.settimeout(1)
            while time.monotonic() < until:
                client.socket.sendall(b"x")
                try:
                    status = client.socket.recv(4096).split(b" ", 2)[1:2]
                    count(status[0].decode() if status else "closed")
                    break
                except TimeoutError:
                    pass
        except OSError:
            count("closed")
        client.close()


def slow_headers(client: Client, until: float, count) -> None:
    send_slowly(client, until, count, f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode())


def slow_bodies(client: Client, until: float, count) -> None:
    head = "POST /admin/articles/article/add/ HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    send_slowly(client, until, count, f"{head}Host: {HOST}\r\nContent-Length: 1000000\r\n\r\na=".encode())


def slow_readers(client: Client, until: float, count) -> None:
    """Ask for whole exports, and take a little of them a second."""
    while time.monotonic() < until:
        try:
            client.open()
            client.socket.sendall(request("/export.json"))
            count(client.socket.recv(64).split(b" ", 2)[1].decode())
            while time.monotonic() < until:
                time.sleep(1)
                client.receive()
        except (OSError, IndexError):
            count("closed")


def sign_in(client: Client, until: float, count) -> None:
    def attempts():
        headers = (
            "Cookie: csrftoken={0}\r\nReferer: https://{1}/\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        )
        token = "t" * 32
        for number in range(10**9):
            body = f"csrfmiddlewaretoken={token}&username=somebody-{number}&password=a+wrong+password&next=/admin/"
            yield request("/admin/login/", "POST", headers.format(token, HOST), body)
            time.sleep(0.1)  # twenty connections together offer two hundred a second

    repeat(client, until, count, attempts())


def export(client: Client, until: float, count) -> None:
    def exports():
        while True:
            yield request("/export.json")
            time.sleep(0.1)

    repeat(client, until, count, exports())


ATTACKS = {
    "slow-headers": slow_headers,
    "slow-bodies": slow_bodies,
    "slow-readers": slow_readers,
    "sign-ins": sign_in,
    "exports": export,
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    main()
