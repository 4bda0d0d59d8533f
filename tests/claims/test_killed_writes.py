"""Rebuild, import, adoption and the merge of something hot are killed and go on: nothing acknowledged is lost."""

import os

import pytest

from tests.killed_writes import SCENARIOS, SMALL_STEPS, play

KILLS = int(os.environ.get("KILLS", "2"))  # benchmarks/kills.py asks for more
SEED = int(os.environ.get("SEED", "1"))


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.django_db(transaction=True)
def test_a_long_write_that_is_killed_is_continued(name, monkeypatch):
    for path, value in SMALL_STEPS.items():
        monkeypatch.setattr(path, value)
    assert play(SCENARIOS[name](), KILLS, SEED)
