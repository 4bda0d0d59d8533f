"""Saved pages of invented sites (tests/cases/pages.toml), each built from its markup, and the count of what is read."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from articles.reading import ArticleReading

CASES = Path(__file__).with_name("cases") / "pages.toml"
FIELDS = ("headline", "byline", "published")


@dataclass(frozen=True)
class Page:
    """One saved page, and what a reader of it would write down; an empty value is one that the page does not say."""

    site: str
    html: bytes
    headlines: frozenset[str]
    byline: frozenset[str]
    published: str
    language: str
    credited_agency: str
    blind: bool

    def is_right(self, name: str, value: str) -> bool:
        if name == "headline":
            return value in self.headlines
        if name == "byline":
            return names_in(value) == self.byline
        return value == getattr(self, name)

    def expects(self, name: str) -> bool:
        return bool(self.headlines if name == "headline" else getattr(self, name))


def names_in(byline: str) -> frozenset[str]:
    """The names that a byline prints, folded."""
    return frozenset(name.strip().casefold() for name in re.split(r"[,;、]| and ", byline) if name.strip())


@dataclass
class Tally:
    """How the proposals for one field of all pages are: sites by outcome."""

    right: list[str] = field(default_factory=list)
    sure: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    sure_and_wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong) + len(self.missed))


def count(readings: list[tuple[Page, ArticleReading]], name: str) -> Tally:
    """The first proposal for field `name`, a sure one before others, against what each page says."""
    tally = Tally()
    for page, reading in readings:
        proposals = sorted((p for p in reading.all_of(name) if p.value), key=lambda proposal: not proposal.sure)
        first = proposals[0] if proposals else None
        if first and first.sure and not page.is_right(name, first.value):
            tally.sure_and_wrong.append(f"{page.site}: {first.value} ({first.rule})")
        if not page.expects(name):
            continue
        if first is None:
            tally.missed.append(page.site)
        elif page.is_right(name, first.value):
            tally.right.append(page.site)
            if first.sure:
                tally.sure.append(page.site)
        else:
            tally.wrong.append(f"{page.site}: {first.value}")
    return tally


def pages() -> list[Page]:
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))
    return [_build(case, cases["texts"]) for case in cases["page"]]


def _build(case: dict, texts: dict[str, str]) -> Page:
    text = texts[case.get("text", "english")]
    html = (
        f"<!DOCTYPE html>\n<html {case.get('html', '')}><head>{case['head']}</head>\n"
        f"<body>{case['body'].replace('«text»', text)}</body></html>"
    )
    return Page(
        site=case["site"],
        html=html.encode(case.get("encoding", "utf-8"), "xmlcharrefreplace"),
        headlines=frozenset([case["headline"], *case.get("also_headline", [])] if "headline" in case else []),
        byline=frozenset(name.casefold() for name in case.get("byline", [])),
        published=case.get("date", ""),
        language=case.get("language", ""),
        credited_agency=case.get("agency", ""),
        blind=case.get("blind", False),
    )
