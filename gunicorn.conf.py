"""How gunicorn serves claimtrack. It finds this file by itself; its command line wins over every line here."""

import gc
import html
import os
import shutil
import socket
import struct
import tempfile
from pathlib import Path

from gunicorn import util
from gunicorn.workers import gthread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
wsgi_app = "claimtrack.wsgi:application"
bind = f"127.0.0.1:{os.environ.get('CLAIMTRACK_PORT', '8000')}"

# One process for each core, and threads in it: browsers open connections that they do not use yet, and a worker
# without threads would wait for the first byte of such a one while others queue.
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
worker_class = "gthread"
threads = 16  # record/exports/downloads.py leaves some of them to pages, however many downloads are asked for
STALLED = 30  # seconds after which a reader who takes no byte of an answer has gone

# What is longer than claimtrack itself answers as too long (record/pages/responses.py), and no search needs that.
limit_request_line = 8190
_pages = {path.stem: path.read_text() for path in (Path(__file__).parent / "deploy/pages").glob("*.html")}
_write_plain_error = util.write_error


def write_error(sock, status_int, reason, mesg):
    """What gunicorn answers by itself: a page that looks like the site's where there is one, as for a long address."""
    if (page := _pages.get(str(status_int))) is None:
        return _write_plain_error(sock, status_int, reason, mesg)
    body = page.replace(
        "claims.example.org", html.escape(os.environ.get("CLAIMTRACK_SITE_NAME", "claimtrack"))
    ).encode()
    head = (
        f"HTTP/1.1 {status_int} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nCache-Control: no-cache\r\n\r\n"
    )
    return util.write_nonblock(sock, head.encode("latin1") + body)


util.write_error = write_error

control_socket_disable = True

SILENT = 0.05  # seconds for which a connection that has sent nothing yet holds a thread; then it waits without one
_wait_for_data = gthread.TConn.wait_for_data


def wait_for_data(connection, timeout):
    """Waits for the first byte, not for gunicorn's five seconds: forty silent connections would hold all threads.

    Those five seconds stay for the rest of a body after its answer. Once they are over, the connection is closed,
    though the answer said that it stays open, and a proxy that has sent the next request meanwhile answers 502.
    """
    return _wait_for_data(connection, min(timeout, SILENT))


gthread.TConn.wait_for_data = wait_for_data

# With --access-logfile: method, path, status, bytes, milliseconds, id. No address, no query, no browser: who looked for
# what is nobody's business.
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)s %({x-request-id}o)s"
if os.environ.get("CLAIMTRACK_LOG") == "json":
    logger_class = "claimtrack.server_logs.ServerLogger"

# Where the processes keep the counts of /metrics together: in memory, since a process that writes to a mapped file on
# a full disk is killed.
_in_memory = [Path(os.environ.get("RUNTIME_DIRECTORY", "")), Path("/dev/shm")]  # noqa: S108 - mkdtemp makes it ours
_counts = tempfile.mkdtemp(
    prefix="claimtrack-metrics-",
    dir=next((folder for folder in _in_memory if folder.is_absolute() and os.access(folder, os.W_OK)), None),
)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _counts


def pre_request(worker, req):
    """Lets go of readers who have stopped taking what they asked for: each would hold a thread until they end.

    The system counts from the last byte that was taken, so that a slow reader is served to the end.
    """
    req.unreader.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", STALLED, 0))


def when_ready(server):
    """Loads the program once for all processes, and says where the site is.

    Whoever comes meanwhile waits at the open port, where `preload_app` would turn them away; a process that takes the
    place of one that was killed serves at once. What is loaded is no rubbish that each process looks through again.
    """
    server.app.wsgi()
    gc.collect()
    gc.freeze()
    from django.conf import settings

    for listener in server.LISTENERS:
        address = str(listener)
        if settings.SERVES_PUBLIC:
            print(f"Readers: {address}/", flush=True)
        if settings.SERVES_DESK:
            print(f"Desk:    {address}/admin/", flush=True)
    print("Ctrl-C stops it.", flush=True)


def child_exit(server, worker):
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(server):
    shutil.rmtree(_counts, ignore_errors=True)
    print("Stopped.", flush=True)
