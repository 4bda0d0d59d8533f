"""Every form of a withheld name is found, and what only looks like one is let be: tests/cases/withheld_forms.txt."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from claims.privacy import Matcher, Person

TABLE = Path(__file__).parent / "cases" / "withheld_forms.txt"
CARRIERS = [
    ("\u0600-\u06ff", "في يوم الاثنين {} في المدينة."),
    ("\u0400-\u04ff", "Журналисты пишут: {}, по данным суда."),
    ("\u3400-\u9fff", "记者昨天见到了{}，在法院。"),
    ("\uac00-\ud7af", "어제 법원에서 {} 만났다."),
    ("", "On Monday the court heard {} about it."),
]


@dataclass
class Block:
    """One person: the names, what was printed alone, sentences that tell and sentences that do not."""

    names: list[str]
    printed: list[str] = field(default_factory=list)
    telling: list[tuple[str, str]] = field(default_factory=list)
    harmless: list[str] = field(default_factory=list)

    @property
    def matcher(self):
        return Matcher([Person("a witness", tuple(self.names), frozenset(self.printed))])


def carried(form):
    return next(text.format(form) for script, text in CARRIERS if not script or re.search(f"[{script}]", form))


def blocks():
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        sign, rest = line[:1], line[2:]
        if sign == "@":
            found.append(Block([name.strip() for name in rest.split(" ; ")]))
        elif sign == "!":
            found[-1].printed += rest.split()
        elif sign == "+":
            found[-1].telling += [(form.strip(), carried(form.strip())) for form in rest.split(";")]
        elif sign == "*":
            found[-1].telling += [(text.strip(), text.strip()) for text in rest.split(" / ")]
        elif sign == "-":
            found[-1].harmless += [text.strip() for text in rest.split(" / ")]
    return found


def test_every_form_is_found_and_nearly_nothing_else():
    people = blocks()
    telling = [(block, form, text) for block in people for form, text in block.telling]
    harmless = [(block, text) for block in people for text in block.harmless]
    missed = [f"{block.names[0]}: {form}" for block, form, text in telling if not block.matcher.find(text)]
    alarms = [f"{block.names[0]}: {text}" for block, text in harmless if block.matcher.find(text)]
    print(
        f"{len(people)} names, {len(telling)} forms, {len(missed)} missed; "
        f"{len(harmless)} neighbours, {len(alarms)} false alarms"
    )
    assert len(people) >= 25 and len(telling) >= 200 and len(harmless) >= 200
    assert missed == []
    assert len(alarms) <= len(harmless) // 20, alarms
