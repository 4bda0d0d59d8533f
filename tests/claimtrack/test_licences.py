"""What we depend on is licensed so that anybody may run, change and give out claimtrack."""

import importlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def licences(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "bin")
    return importlib.import_module("licences")


@pytest.mark.parametrize("pins", ["requirements.txt", "requirements/test.txt"])
def test_every_pinned_package_has_a_permitted_licence(licences, pins):
    found, absent = [], []
    for name, for_some_machines in licences.pinned_packages(pins).items():
        try:
            found.append(licences.licence_of(distribution(name)))
        except PackageNotFoundError:
            absent += [] if for_some_machines else [name]
    assert [(licence.package, licence.words) for licence in found if not licence.permitted] == []
    assert absent == []
    assert len(found) > 10


def test_what_was_read_by_hand_is_still_pinned(licences):
    pinned = {name.replace("_", "-") for pins in licences.PINS for name in licences.pinned_packages(pins)}
    assert set(licences.READ_BY_HAND) <= pinned


@pytest.mark.parametrize(
    ("words", "permitted"),
    [
        ("MIT", True),
        ("BSD-2-Clause-Views", True),
        ("MPL-2.0 AND MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT AND GPL-2.0-only", False),
        ("GNU General Public License v2 or later (GPLv2+)", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_other_licences_are_found(licences, words, permitted):
    assert licences.is_permitted(words) is permitted
