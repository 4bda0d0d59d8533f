"""Lists the licence of every pinned package; ends with 1 where one is not permitted.

    .venv/bin/python bin/licences.py

Permitted are MIT, BSD, ISC, Apache-2.0, PSF, MPL-2.0, LGPL and Unicode's. A package's metadata says which it has; where
they say nothing, or something else, `READ_BY_HAND` does, and why that is taken.
"""

import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ("requirements.txt", "requirements/test.txt", "requirements/benchmarks.txt")

# SPDX's names, and the words of older metadata.
PERMITTED = re.compile(
    r"MIT|MIT-0|(The )?MIT License|0BSD|(The )?BSD([- ][23][- ]Clause)?(-Views)?( License)?|ISC( License)?( \(ISCL\))?"
    r"|Apache[- ]2\.0|Apache Software License|PSF-2\.0|Python Software Foundation License"
    r"|MPL-2\.0|Mozilla Public License 2\.0 \(MPL 2\.0\)|LGPL-(2\.1|3\.0)-(only|or-later)|Unicode-(3\.0|DFS-2016)",
    re.IGNORECASE,
)
READ_BY_HAND = {
    "axe-playwright-python": ("MIT", "its licence file"),
    "pypdfium2": (
        "BSD-3-Clause OR Apache-2.0",
        "PDFium and what is built into it (FreeType, ICU, libjpeg, libtiff, zlib) ask for notices only; it brings them",
    ),
    "pyrage": ("MIT", "its licence file"),
    "pysqlite3": ("Zlib", "asks for less than BSD's: no notice in what is built from it"),
    "regex": ("Apache-2.0 AND CNRI-Python", "CNRI's is a part of Python's own licence"),
    "text-unidecode": (
        "Artistic-1.0",
        "a tool of the tests (frictionless needs it); nothing that runs or is given out",
    ),
}


@dataclass(frozen=True)
class Licence:
    """What a package may be used under; `reason` where somebody has read it, `permitted` whether that is enough."""

    package: str
    version: str
    words: str
    permitted: bool
    reason: str = ""


def pinned_packages(pins: str) -> dict[str, bool]:
    """The packages of a file of pins, and whether they are for some machines only."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==[^\s;]+( ;)?", (ROOT / pins).read_text(), re.MULTILINE)
    return {name.lower(): bool(marker) for name, marker in found}


def licence_of(package: Distribution) -> Licence:
    name = package.metadata["Name"].lower().replace("_", "-")
    if name in READ_BY_HAND:
        return Licence(name, package.version, READ_BY_HAND[name][0], True, READ_BY_HAND[name][1])
    words = words_of(package)
    return Licence(name, package.version, words, is_permitted(words))


def words_of(package: Distribution) -> str:
    """The SPDX expression, else the classifiers (all of them hold), else the words of the old field."""
    if expression := package.metadata.get("License-Expression"):
        return expression
    classifiers = package.metadata.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: OSI Approved :: ")]
    return " AND ".join(named) or " ".join((package.metadata.get("License") or "").split())[:80]


def is_permitted(words: str) -> bool:
    """Whether one of the alternatives of an expression has only permitted parts. Brackets are not read."""
    return any(
        all(PERMITTED.fullmatch(part.strip()) for part in re.split(" AND ", alternative))
        for alternative in words.split(" OR ")
    )


def main() -> int:
    wrong, absent = [], []
    for pins in PINS:
        print(f"\n{pins}")
        for name in sorted(pinned_packages(pins)):
            try:
                found = licence_of(distribution(name))
            except PackageNotFoundError:
                absent.append(name)
                continue
            note = f"  ({found.reason})" if found.reason else ""
            print(f"  {found.package} {found.version}: {found.words or 'none stated'}{note}")
            wrong += [] if found.permitted else [found]
    if absent:
        print(f"\nNot installed here, so not read: {', '.join(absent)}")
    for licence in wrong:
        print(f"\nNot permitted: {licence.package}, {licence.words or 'no licence stated'}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
