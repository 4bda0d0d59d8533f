"""Which errors pass, and are an outage, and which are faults of ours. No database is asked."""

import pytest

from claimtrack.outages import is_outage
from tests.claimtrack.test_outages import FAULTS, OUTAGES


@pytest.mark.parametrize("error", OUTAGES.values(), ids=OUTAGES)
def test_what_passes_is_an_outage(error):
    assert is_outage(error)


@pytest.mark.parametrize("error", FAULTS.values(), ids=FAULTS)
def test_what_does_not_pass_is_a_fault(error):
    assert not is_outage(error)


def test_a_full_disk_is_an_outage_wherever_it_is_met():
    assert is_outage(OSError(28, "No space left on device"))
