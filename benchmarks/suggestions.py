"""How often dates, amounts and claims are read right, how fast an article is read, and what hostile texts cost.

    python benchmarks/suggestions.py [FOLDER] [--memory COUNT [--also FOLDER]]

FOLDER holds plain texts (*.txt) on which speed is measured. With --memory nothing else is done than to read COUNT
articles in one process, the texts of FOLDER and of --also in turn with other names each time, and to print what memory
the process holds after a tenth of them, the half and all. The demonstration is loaded into a database of its own (that
of DATABASE_URL with a name for tests). Times are CPU times of one process.
"""

import argparse
import os
import re
import statistics
import sys
import time
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")

import django

django.setup()

import dateparser  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from articles.models import Article, Capture  # noqa: E402
from claims.suggestions import suggest_for_article  # noqa: E402
from claims.suggestions.claim_matches import claims_for_typed_text  # noqa: E402
from claims.suggestions.proposals import suggest_attributions  # noqa: E402
from language.amounts import read_amounts  # noqa: E402
from language.dates import read_dates  # noqa: E402
from tests import amount_cases, claim_cases, date_cases  # noqa: E402

HOSTILE = [
    "said X, ",
    "in 2017 ",
    "from May 3 to ",
    "3 ",
    "1 111 ",
    "at least ",
    "five hundred and ",
    "the last ",
    "“",
    "a ",
]
SIZE = 100_000  # characters of a hostile text


def tables():
    for name, module in (("dates", date_cases), ("amounts", amount_cases)):
        counted = module.rates()
        told = ", ".join(f"{what} {count}" for what, count in sorted(counted.items()))
        print(f"{name:8} {counted.total()} cases: {told}")
    right, wrong, none = by_dateparser()
    print(f"{'':8} dateparser alone, on the words of single days: right {right}, wrong {wrong}, not read {none}")
    for which, cases in (("looked at", claim_cases.wordings()[::2]), ("held out", claim_cases.wordings()[1::2])):
        shares = claim_cases.measured(cases)
        print(f"claims   {which}: " + ", ".join(f"{name} {share:.2f}" for name, share in shares.items()))


def by_dateparser():
    """How dateparser reads the marked words of the cases whose answer is one day."""
    right = wrong = none = 0
    for marked, on, answer in date_cases.cases():
        if len(answer) != 10 or "/" in answer or not on:
            continue
        words = marked[marked.index("[") + 1 : marked.rindex("]")].replace("[", "").replace("]", "")
        base = datetime.combine(date.fromisoformat((on + "-01-01")[:10]), datetime.min.time())
        found = dateparser.parse(words, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
        none += found is None
        right += found is not None and found.date().isoformat() == answer
        wrong += found is not None and found.date().isoformat() != answer
    return right, wrong, none


def cpu(act):
    begun = time.process_time()
    act()
    return time.process_time() - begun


def hostile():
    for piece in HOSTILE:
        text = piece * (SIZE // len(piece))
        seconds = {
            "attributions": cpu(lambda text=text: suggest_attributions(text, "en")),
            "dates": cpu(lambda text=text: read_dates(text, published="2019-03-29")),
            "amounts": cpu(lambda text=text: read_amounts(text)),
        }
        half = cpu(
            lambda text=text: (
                suggest_attributions(text[: SIZE // 2], "en"),
                read_dates(text[: SIZE // 2]),
                read_amounts(text[: SIZE // 2]),
            )
        )
        told = ", ".join(f"{name} {taken * 1e6 / SIZE:.1f}" for name, taken in seconds.items())
        print(f"{piece!r:22} s/MB: {told}; twice the text {sum(seconds.values()) / half:.1f} times the time")


def typed():
    """Where the right claim stands among those offered while an editor types it: the half of the table held out."""
    texts = {one.key: one.texts[0] for one in claim_cases.claims()}
    cases = [(words, texts[slug]) for words, slug in claim_cases.wordings()[1::2] if slug]
    for letters in (0, 4, 8, 12, 20, 500):
        for beside in (True, False):
            offers = [
                ([one.claim.text for one in claims_for_typed_text(claim[:letters], words if beside else "")], claim)
                for words, claim in cases
                if letters or beside
            ]
            first, three, eight = (sum(claim in all_of[:most] for all_of, claim in offers) for most in (1, 3, 8))
            if offers:
                at_hand = "words at hand" if beside else "none at hand"
                shares = ", ".join(f"{count / len(offers):.2f}" for count in (first, three, eight))
                print(f"claims   {letters} letters typed, {at_hand}: first, among three, among eight {shares}")


def speed(folder):
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")) if path.stem != "README"]
    words = sum(len(text.split()) for text in texts)
    article = Article.objects.exclude(published="").first()
    captures = [Capture(article=article, text=text) for text in texts]
    parts = {
        "attributions": lambda: [suggest_attributions(text, "en") for text in texts],
        "dates": lambda: [read_dates(text, published="2019-03-29") for text in texts],
        "amounts": lambda: [read_amounts(text) for text in texts],
        "everything": lambda: [suggest_for_article(capture) for capture in captures],
    }
    for name, act in parts.items():
        act()
        taken = statistics.median(cpu(act) for _ in range(5))
        print(f"{name:13} {taken * 1e6 / words:.1f} ms for 1,000 words")
    with CaptureQueriesContext(connection) as queries:
        found = suggest_for_article(captures[-1])
    print(f"{len(found)} attributions of {len(texts[-1].split())} words in {len(queries)} queries")


def memory(folders, count):
    """Every cache sees new names in each article; what grows for ever would show."""
    texts = [path.read_bytes().decode() for folder in folders for path in sorted(folder.glob("*.txt"))]
    article = Article.objects.exclude(published="").first()
    for number in range(1, count + 1):
        text = renamed(texts[number % len(texts)], number)
        suggest_for_article(Capture(article=article, text=text))
        if number in (count // 10, count // 2, count):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            print(f"{number:,} articles: {pages * os.sysconf('SC_PAGE_SIZE') / 1e6:.0f} MB", flush=True)


def renamed(text, number):
    """`text` with the same other letters in each long capitalised word, others for another number."""
    letters = "".join(chr(97 + (number // 26**place) % 26) for place in range(3))
    return re.sub(r"\b[A-Z][a-z]{4,}\b", lambda word: f"{word[0][:-2]}{letters}", text)


@contextmanager
def demonstration():
    """A database of its own that holds the demonstration."""
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_demonstration", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
        yield
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--memory", type=int, metavar="COUNT")
    parser.add_argument("--also", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if options.memory:
        with demonstration():
            memory([one for one in (options.folder, options.also) if one], options.memory)
        return
    tables()
    hostile()
    with demonstration():
        typed()
        if options.folder:
            speed(options.folder)


if __name__ == "__main__":
    main()
