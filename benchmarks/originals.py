"""What `record_verify` costs at a desk with many originals: pages, PDFs, mails and transcripts that are read again.

    python benchmarks/originals.py [2000]

The originals are made, kept and read in a database and a store of their own in a temporary folder. Told are seconds on
the clock and of the processor (readers included), and the memory of the command at its largest, for a tenth of the
originals and for all of them: memory must not grow with their number. Then a run is ended half way and another one
goes on: it must come to the originals that the first had not reached.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import reader_texts as texts  # noqa: E402

SENTENCES = " ".join(texts.PARAGRAPHS).split(". ")


def made_file(number: int) -> tuple[bytes, str]:
    """A file of one of four kinds, unlike all others: some eight kB of words, and in pages as much of markup."""
    from tests.made_files import make_pdf

    words = [f"{sentence} in case {number}." for sentence in SENTENCES] * 2
    kind = number % 4
    if kind == 0:
        body = "".join(f"<p>{line}</p>" for line in words)
        menu = "".join(f'<li><a href="/{place}">Section {place}</a></li>' for place in range(150))
        return f"<html><body><ul>{menu}</ul><article><h1>Case {number}</h1>{body}</article>".encode(), "page.html"
    if kind == 1:
        pages = [[(72, 760 - 14 * at, 10, line[:90]) for at, line in enumerate(words[:40])] for _ in range(3)]
        return make_pdf(pages), "report.pdf"
    if kind == 2:
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Ana Ruiz <press@union.example>", f"Case {number}"
        mail.set_content("\n\n".join(words))
        return mail.as_bytes(), "letter.eml"
    cues = (f"00:{at:02}:01.000 --> 00:{at:02}:09.000\n<v Ana Ruiz>{line}" for at, line in enumerate(words[:59]))
    return ("WEBVTT\n\n" + "\n\n".join(cues)).encode(), "hearing.vtt"


def prepare(many: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from articles.changes import add_article, add_outlet
    from articles.ingest import ReadFrom, provenance_values, settled_reading
    from articles.models import Capture
    from articles.original_readings import reading_of_bytes
    from articles.originals import keep_original
    from articles.reading.limited_process import kept_process
    from articles.text import fingerprint

    call_command("migrate", verbosity=0)
    outlet = add_outlet(name="Selby Courier", by=None)
    with kept_process():
        for number in range(many):
            data, name = made_file(number)
            original = keep_original(data, name=name, method="uploaded", by=None)
            reading = reading_of_bytes(original, data)
            text, _ = settled_reading(reading)
            article = add_article(outlet=outlet, headline=f"Case {number}", language="en", by=None)
            values = provenance_values(text, ReadFrom(original, reading))
            values |= {"text": text, "sha256": fingerprint(text), "retrieved_at": timezone.now()}
            Capture.objects.create(article=article, **values)


def verify(*options: str, stop_after: float = 0.0) -> tuple[str, float, float, float]:
    """What the command says, and seconds on the clock, of the processor, and MB of its largest process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    command = [sys.executable, "-c", TELLING, *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        if stop_after:
            time.sleep(stop_after)
            process.send_signal(signal.SIGTERM)
        said = process.communicate()[0]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    memory = float(said.rsplit("peak ", 1)[-1]) / 1024 if "peak " in said else 0.0
    return said.partition("peak ")[0].strip(), time.monotonic() - start, seconds, memory


# Tells its own memory: that of a parent counts for what it has started.
TELLING = """
import resource, sys
from django.core.management import execute_from_command_line
try:
    execute_from_command_line(["manage.py", "record_verify", *sys.argv[1:]])
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def unread() -> int:
    from django.db import connection

    from articles.models import Capture

    connection.close()
    return Capture.objects.filter(read_again_at=None).count()


def main(many: int) -> None:
    from articles.models import Capture

    start = time.monotonic()
    prepare(many)
    print(f"{many} originals kept and read in {time.monotonic() - start:.0f} s")
    for wanted in (str(many // 10), "all"):
        said, clock, seconds, memory = verify("--originals", wanted)
        print(f"--originals {wanted}: {clock:.0f} s, {seconds:.0f} s of the processor, {memory:.0f} MB; {said}")
    Capture.objects.update(read_again_at=None)
    verify("--originals", "all", stop_after=clock / 2)
    left = unread()
    said, clock, _, _ = verify("--originals", str(left))
    print(
        f"ended half way: {left} were left, and the next run of {left} took {clock:.0f} s and left {unread()}; {said}"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLAIMTRACK_STATE_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "claimtrack.settings"
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
