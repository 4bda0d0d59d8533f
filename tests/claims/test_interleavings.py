"""Two editors at once over form, inline list, chain, table, list actions and take-over: nothing is lost in silence."""

import os
from collections import Counter

import pytest
from django.db import transaction

from tests.cast import member_of
from tests.conftest import signed_in
from tests.interleavings import KEPT, LOST, REFUSED, interleave, stage

PAIRS = int(os.environ.get("INTERLEAVINGS", "15"))  # benchmarks/interleavings.py asks for more


@pytest.fixture
def played(editor):
    made = stage(editor)
    clients = [signed_in(editor), signed_in(member_of("editor", "edda"))]
    pairs = []
    for seed in range(PAIRS):
        with transaction.atomic():
            pairs.append(interleave(seed, made, clients))
            transaction.set_rollback(True)
    return pairs


def test_of_two_editors_both_changes_stand_or_one_was_told(played):
    ends = Counter(end for pair in played for end in pair.ends)
    print(f"\n{len(played)} pairs, {2 * len(played)} changes: {dict(ends)}")
    for deed in sorted({deed for pair in played for deed in pair.deeds}):
        of = Counter(end for pair in played for name, end in zip(pair.deeds, pair.ends, strict=True) if name == deed)
        print(f"  {deed:10} {dict(of)}")
    assert [pair for pair in played if LOST in pair.ends] == []
    assert [pair for pair in played if KEPT not in pair.ends] == []
    assert ends[REFUSED] and ends[KEPT]
