"""How files of every kind are read: which are refused, how much of a known text is read in order, in what time.

    python benchmarks/reader_files.py FOLDER      makes and collects the files, once
    python benchmarks/readers.py FOLDER [NAME…]   reads them, or those named

A file whose name begins with "refused-", or that is listed in REFUSED with its reason, must be refused; every other one
must be read. The share of words in order is difflib's ratio over words, quotation marks and dashes alike.
"""

import json
import resource
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reader_files import PLAIN_MARKS

from articles.intake_files import FileIsBroken, media_type, read_article
from articles.reading.limited_process import kept_process

MAX_SECONDS = 90  # on the clock, on a busy machine, for what is hostile
# Of the packages' own test data: what holds no article, or is broken on purpose.
REFUSED = {
    "pypdf--AutoCad_Simple.pdf": "a drawing",
    "pypdf--box.pdf": "a drawing",
    "odfpy--nasty.odt": "made to read another file by an entity",
    "python-docx--blk-containing-table.docx": "an empty table",
    "webvtt-py--empty.vtt": "blank",
    "python-docx--doc-coreprops.docx": "blank",
    "python-docx--doc-default.docx": "blank",
    "python-docx--doc-no-coreprops.docx": "blank",
    "python-docx--doc-word-default-blank.docx": "blank",
}


def share_in_order(truth: list[str], text: str) -> float:
    words, read = (" ".join(part.translate(PLAIN_MARKS) for part in side).split() for side in (truth, [text]))
    return SequenceMatcher(None, words, read, autojunk=False).ratio()


def main(home: Path, names: list[str]) -> int:
    truths = json.loads((home / "truths.json").read_text())
    read, refused, wrong, shares, slowest = 0, 0, [], [], 0.0
    with kept_process():
        for path in sorted((home / "files").iterdir()):
            if names and path.name not in names:
                continue
            must_refuse = path.name.startswith("refused-") or path.name in REFUSED
            data, start = path.read_bytes(), time.monotonic()
            try:
                reading = read_article(data, path.name.removeprefix("refused-"))
            except FileIsBroken as error:
                outcome, said, share = "refused", str(error), None
                refused += 1
            else:
                outcome, said = (
                    "read",
                    f"{reading.reader}, {len(reading.text):,} characters, {len(reading.places)} places",
                )
                share = share_in_order(truths[path.name], reading.text) if path.name in truths else None
                read += 1
                if reading.unread:
                    said += f"; not read: {' '.join(reading.unread)[:80]}"
                if names:
                    said += "\n" + reading.text
            seconds = time.monotonic() - start
            slowest = max(slowest, seconds)
            is_wrong = (outcome == "refused") != must_refuse or seconds > MAX_SECONDS
            if share is not None:
                shares.append((share, path.name))
                said += f"; {share:.1%} of the words in order"
            wrong += [path.name] if is_wrong else []
            kind = media_type(data, path.name)
            print(f"{'!' if is_wrong else ' '} {outcome:<8}{seconds:6.1f} s  {path.name:<44} [{kind}] {said}")
    good = sum(share >= 0.98 for share, _ in shares)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\n{read} read, {refused} refused; unlike what was listed: {', '.join(wrong) or 'none'}")
    print(f"{good} of {len(shares)} with a truth have 98 % of the words in order; lowest: {sorted(shares)[:5]}")
    print(f"slowest {slowest:.1f} s on the clock; largest process {memory:,.0f} MB")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
