"""The documentation names only what is there: every link, every picture, every file and every command."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
FILE = re.compile(
    r"`((?:articles|claims|language|record|claimtrack|tests|benchmarks|templates|static|docs|bin)/[\w./-]+)`"
)
COMMAND = re.compile(r"manage\.py ([a-z_]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_everything_that_a_page_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    links = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]
    missing = [link for link in links if not (page.parent / link).exists()]
    missing += [name for name in FILE.findall(text) if not (ROOT / name).exists()]
    missing += [name for name in COMMAND.findall(text) if name not in get_commands()]
    assert missing == []


def test_every_decision_is_in_the_list_of_decisions():
    listed = LINK.findall((ROOT / "docs/decisions/README.md").read_text(encoding="utf-8"))
    there = {page.name for page in (ROOT / "docs/decisions").glob("*.md")} - {"README.md"}
    assert there == set(listed)
