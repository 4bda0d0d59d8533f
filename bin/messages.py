"""Collects what readers' pages say, brings the translations in locale/ up to date, and compiles them.

    make messages                       collects, updates every django.po, compiles every django.mo
    .venv/bin/python bin/messages.py --check    changes nothing; says what is missing and ends with status 1

New messages come into the .po files without a translation; messages that are no longer said go. Nothing is guessed
from similar messages. GNU gettext is not needed: Babel (https://babel.pocoo.org/) does it.
"""

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"

# Where messages are, and how to read each file.
SOURCES = {"record": [("**.py", "python")], "templates/record": [("**.html", "jinja2")]}
JINJA2 = {"**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collected() -> Catalog:
    """Every message in the sources, with the files that hold it and the comments for translators."""
    catalog = Catalog(project="claimtrack", charset="utf-8", fuzzy=False)
    for folder, methods in SOURCES.items():
        found = extract_from_dir(
            ROOT / folder,
            method_map=methods,
            options_map=JINJA2,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for name, _line, message, comments, context in found:
            catalog.add(message, locations=[(f"{folder}/{name}", None)], auto_comments=comments, context=context)
    return catalog


def translations() -> dict[str, Path]:
    """The .po file of each language."""
    return {path.parts[-3]: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))}


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def updated(path: Path, language: str, template: Catalog) -> Catalog:
    """The translations of a file for the messages that are said now, in order."""
    catalog = read(path, language)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def faults(catalog: Catalog) -> list[str]:
    """What is wrong with the translations: missing, fuzzy, or with other placeholders than the message."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        words = message.id[0] if message.pluralizable else message.id
        forms = message.string if message.pluralizable else (message.string,)
        if message.pluralizable and len(forms) != catalog.num_plurals:
            found.append(f"{words!r} has {len(forms)} plural forms, not {catalog.num_plurals}")
        elif not all(forms):
            found.append(f"{words!r} is not translated")
        elif message.fuzzy:
            found.append(f"{words!r} is marked as fuzzy")
        else:
            found += [f"{words!r}: {error}" for error in message.check(catalog)]
    return found


def checked(language: str, path: Path, template: Catalog) -> list[str]:
    """What is wrong with one language as it lies in the folder."""
    catalog = updated(path, language, template)
    found = faults(catalog)
    if as_po(catalog) != path.read_bytes():
        found.append(f"{path.relative_to(ROOT)} is not what `make messages` would write")
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != as_mo(read(path, language)):
        found.append(f"{compiled.relative_to(ROOT)} does not hold what the .po file says")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; say what is wrong")
    only_check = parser.parse_args().check
    template, found = collected(), []
    for language, path in translations().items():
        if only_check:
            found += checked(language, path, template)
            continue
        catalog = updated(path, language, template)
        path.write_bytes(as_po(catalog))
        path.with_suffix(".mo").write_bytes(as_mo(read(path, language)))
        missing = faults(catalog)
        print(f"{language}: {len(catalog)} messages, {len(missing)} to be looked at")
        found += missing
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
