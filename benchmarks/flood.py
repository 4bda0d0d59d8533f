"""A flood of sign-ins beside readers: how much of their throughput readers keep.

    python benchmarks/flood.py [--rate 200] [--connections 40] [--seconds 6] [--rounds 5] [--addresses 1]

For each arrangement (`one`: every role in one gunicorn, as `make run` serves; `two`: the public and the desk's role
apart, as in production) a throw-away record is served on free ports of this machine. Readers ask for pages as fast as
they are answered. In turns they are alone and beside a flood: so many connections that together offer so many
passwords a second, whether they are answered or not, each for another name. With `--addresses` the flood comes through
a proxy from as many addresses. Printed are the readers' pages a second, what they keep, how the attempts were answered,
the servers' memory, and the processor time that both generators took themselves. Nothing leaves this machine, and
everything ends by itself. Ends with 1 where readers keep less than 80 percent.
"""

import argparse
import json
import os
import resource
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
KEPT = 0.8
QUIET = subprocess.DEVNULL
DESK_NICE = 5  # a third of the weight, as CPUWeight= in deploy/systemd/claimtrack-desk.service
READERS = 8  # connections
PAGES = [f"/{kind}s/{kind}-{number}" for number in range(10, 20) for kind in ("actor", "claim")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=float, default=200, help="attempts a second, of all connections together")
    parser.add_argument("--connections", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=6, help="of one turn")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--addresses", type=int, default=1)
    parser.add_argument("--statements", type=int, default=300)
    parser.add_argument("--arrangements", nargs="+", choices=["one", "two"], default=["one", "two"])
    parser.add_argument("--generate", help=argparse.SUPPRESS)  # a process that reads or floods
    options = parser.parse_args()
    if options.generate:
        print(json.dumps(generate(json.loads(options.generate))))
        return
    kept = [attempt(arrangement, options) for arrangement in options.arrangements]
    sys.exit(min(kept) < KEPT)


def attempt(arrangement: str, options) -> float:
    """What readers keep in one arrangement, in the middle of all rounds."""
    from benchmarks.concurrency import free_port, wait_for
    from benchmarks.records import run, throwaway

    with throwaway("sqlite") as environment:
        run(environment, "benchmarks/records.py", options.statements, "--projections")
        environment |= {"CLAIMTRACK_HOSTS": "127.0.0.1", "CLAIMTRACK_PROXIES": "1" if options.addresses > 1 else "0"}
        run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        ports = {role: str(free_port()) for role in (["all"] if arrangement == "one" else ["public", "desk"])}
        servers = [serve(environment, role, port) for role, port in ports.items()]
        try:
            for role, port in ports.items():
                wait_for(int(port)) if role != "desk" else wait_for_desk(int(port))
            return measure(arrangement, list(map(int, ports.values())), servers, options)
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(30)


def serve(environment: dict, role: str, port: str) -> subprocess.Popen:
    """gunicorn in a role, with the share of the processors that its unit of systemd has."""
    own = {**environment, "CLAIMTRACK_ROLE": role, "CLAIMTRACK_PORT": port, "WEB_CONCURRENCY": "2"}
    command = [sys.executable, "-m", "gunicorn", "--log-level", "critical"]
    group = own_group(DESK_NICE if role == "desk" else 0)
    return subprocess.Popen(command, cwd=ROOT, env=own, stdout=QUIET, stderr=QUIET, preexec_fn=group)


def own_group(nice: int = 0):
    """What a new process does first, so that Linux gives it a share of the processors of its own (autogroup).

    So systemd gives one to a unit. A step of `nice` takes a fifth of its weight.
    """
    group = Path("/proc/self/autogroup")
    own = int(group.read_text().split()[-1]) if group.exists() else None

    def begin() -> None:
        os.setsid()
        if own is not None:
            group.write_text(str(own + nice))

    return begin


def wait_for_desk(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("The desk did not start.")


def measure(arrangement: str, ports: list[int], servers: list, options) -> float:
    reading = {"port": ports[0], "seconds": options.seconds, "connections": READERS}
    flooding = {
        "port": ports[-1],
        "seconds": options.seconds,
        "connections": options.connections,
        "rate": options.rate,
        "addresses": options.addresses,
    }
    end(begin(reading))  # caches fill
    shares, memory, answers = [], [], Counter()
    print(f"{'one gunicorn' if arrangement == 'one' else 'two roles'}:")
    for _ in range(options.rounds):
        alone = end(begin(reading))
        quiet = megabytes(servers)
        readers, flood = begin(reading), begin(flooding)
        time.sleep(options.seconds * 0.7)
        memory.append((quiet, megabytes(servers)))
        beside, flood = end(readers), end(flood)
        shares.append(beside["rate"] / alone["rate"])
        answers.update(flood["answers"])
        print(
            f"  readers {alone['rate']:.0f} pages a second alone, {beside['rate']:.0f} beside the flood "
            f"({shares[-1]:.0%}); {flood['sent']} attempts offered, {flood['done']} answered; processor: readers' "
            f"generator {alone['cpu']:.0%} and {beside['cpu']:.0%} of a core, the flood's {flood['cpu']:.0%}"
        )
        if wrong := {status for one in (alone, beside) for status in one["answers"] if status != "200"}:
            print(f"  WRONG: readers were answered with {', '.join(sorted(wrong))}")
    kept = statistics.median(shares)
    told = ", ".join(f"{count} with {status}" for status, count in sorted(answers.items()))
    quiet, busy = (max(each) for each in zip(*memory, strict=True))
    print(f"  kept {kept:.0%} (from {min(shares):.0%} to {max(shares):.0%}); attempts answered: {told}")
    used = processor(servers)
    flood = end(begin(flooding))
    used = processor(servers) - used
    print(f"  an attempt takes {used / max(flood['done'], 1) * 1000:.2f} ms of the servers' processor time")
    print(f"  memory of the servers {quiet:.0f} MB alone, {busy:.0f} MB beside the flood")
    return kept


def processes(servers: list) -> list[str]:
    """The ids of the servers' processes."""
    found = []
    for server in servers:
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        found += [str(server.pid), *children]
    return found


def megabytes(servers: list) -> float:
    """The memory of the servers' processes, what they share counted once."""
    total = 0
    for process in processes(servers):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def processor(servers: list) -> float:
    """Seconds of processor time that the servers' processes have taken."""
    ticks = 0
    for process in processes(servers):
        ticks += sum(map(int, Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def begin(what: dict) -> subprocess.Popen:
    command = [sys.executable, str(Path(__file__).resolve()), "--generate", json.dumps(what)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def end(process: subprocess.Popen) -> dict:
    return json.loads(process.communicate(timeout=120)[0])


# The generators: bytes made beforehand, one thread, no parsing beyond status and length.


class Connection:
    """One connection that asks for one thing at a time."""

    def __init__(self, port: int):
        self.port, self.answer, self.waiting, self.due = port, b"", False, 0
        self.open()

    def open(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> None:
        self.socket.sendall(request)
        self.answer, self.waiting = b"", True

    def read(self) -> str | None:
        """The status once the answer is whole; "closed" where the server hung up."""
        data = self.socket.recv(262_144)
        if not data:
            self.waiting = False
            return "closed"
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return None
        lower = head.lower()
        if b"content-length:" in lower:
            whole = len(body) >= int(lower.partition(b"content-length:")[2].split(b"\r\n")[0])
        else:
            whole = body.endswith(b"0\r\n\r\n")
        if not whole:
            return None
        self.waiting = False
        return head.split(b" ", 2)[1].decode()


def generate(what: dict) -> dict:
    """Reads pages as fast as they come, or offers passwords at a rate; how often, how answered, at which cost."""
    connections = [Connection(what["port"]) for _ in range(what["connections"])]
    requests = attempts(what) if "rate" in what else [get(path, "Connection: close\r\n") for path in PAGES]
    selector = selectors.DefaultSelector()
    for connection in connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    answers, sent, done = Counter(), 0, 0
    begun, cpu = time.monotonic(), time.process_time()
    until, step = begun + what["seconds"], 1 / what["rate"] if "rate" in what else 0
    owed = 0  # attempts whose moment has come and whose connection is still busy with one before
    while (now := time.monotonic()) < until:
        if step:
            while sent < (now - begun) / step:
                connections[sent % len(connections)].due += 1
                sent += 1
            ready = [connection for connection in connections if connection.due and not connection.waiting]
        else:
            ready = [connection for connection in connections if not connection.waiting]
        for connection in ready:
            connection.due -= bool(step)
            connection.ask(requests[(owed := owed + 1) % len(requests)])
        pause = max(0, begun + sent * step - time.monotonic()) if step else until - now
        for key, _ in selector.select(min(pause, 0.5)):
            status = key.data.read()
            if status == "closed":
                selector.unregister(key.fileobj)
                key.fileobj.close()
                key.data.open()
                selector.register(key.data.socket, selectors.EVENT_READ, key.data)
            if status and (status != "closed" or step):
                answers[status] += 1
                done += status != "closed"
    seconds = time.monotonic() - begun
    used = (time.process_time() - cpu) / seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"rate": done / seconds, "sent": sent, "done": done, "answers": answers, "cpu": used, "megabytes": peak}


def get(path: str, headers: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()


def attempts(what: dict) -> list[bytes]:
    """Forms of sign-in as a browser sends them, with a token that is right, each for another name."""
    first = Connection(what["port"])
    first.ask(get("/admin/login/", "X-Forwarded-For: 192.0.2.1\r\n"))
    while first.waiting:
        first.read()
    cookie = first.answer.partition(b"csrftoken=")[2].split(b";")[0].decode()
    made = []
    for number in range(5000):
        body = (
            f"csrfmiddlewaretoken={cookie}&username=somebody-{number}&password=a+wrong+password+{number}&next=/admin/"
        )
        address = f"10.{number % what['addresses'] >> 8 & 255}.{number % what['addresses'] & 255}.7"
        made.append(
            f"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={cookie}\r\n"
            f"X-Forwarded-For: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
    return made


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    main()
