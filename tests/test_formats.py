"""What was exported once can be taken in for ever: one kept file of each way in which exports were ever written.

    claimtrack-1-without-terms   the first: no terms of use in it, and JSON without a sum at its end
    claimtrack-1                 with terms, and with the sum of all bytes at the end
    claimtrack-2                 as they are written today: with notes, marked words and figures as printed

demonstration.ndjson is the demonstration as it was published once; tests/test_adoption.py goes on from it.
A new version of the format adds a pair of files and takes none away. Never write a kept file anew.
"""

import io
import re
from pathlib import Path

import pytest

from record.documents import FORMAT
from record.exports import FORMATS, snapshot
from record.imports import import_record
from record.log import head
from record.verification import faults

FOLDER = Path(__file__).parent / "formats"
KEPT = sorted(path.name for path in FOLDER.glob("claimtrack-*"))

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", KEPT)
def test_every_kept_file_can_be_taken_in(name, settings):
    settings.RECORD_CHECKS = []  # a mirror has no captures to compare with
    content = (FOLDER / name).read_bytes()
    entries = len(re.findall(rb'^\{"seq":', content, re.MULTILINE))
    done = import_record(io.BytesIO(content))
    assert entries in (31, 36)
    assert (done.added, head().seq) == (entries, entries)
    assert list(faults()) == []
    assert import_record(io.BytesIO(content)).known == entries


@pytest.mark.parametrize("ending", ["json", "ndjson"])
def test_the_format_of_today_has_a_kept_file_and_is_written_as_it(ending):
    content = (FOLDER / f"{FORMAT.replace('/', '-')}.{ending}").read_bytes()
    import_record(io.BytesIO(content))
    assert b"".join(FORMATS[ending](snapshot(using="default"))) == content
