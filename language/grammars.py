"""The folders of languages, found by their codes: what `language/<code>/` holds of a subject, and nothing else.

No rule imports a language by name: a new language is a new folder.
"""

import importlib
import re
from functools import cache
from pathlib import Path
from types import ModuleType

_CODE = re.compile(r"[a-z]{2,3}")


def code_of(language: str) -> str:
    """The code of a language by which its folder is found: the first part of a BCP 47 tag ("en" of "en-GB")."""
    return language.partition("-")[0].lower()


@cache
def grammar_module(code: str, subject: str) -> ModuleType | None:
    """The package `language.<code>.<subject>`; None where `code` is no code of a language or has no such folder."""
    if not _CODE.fullmatch(code):
        return None
    folder = f"{__package__}.{code}"
    try:
        return importlib.import_module(f"{folder}.{subject}")
    except ModuleNotFoundError as error:
        if error.name in (folder, f"{folder}.{subject}"):
            return None
        raise  # the folder is there, and imports something that is not


def lists_of_all_languages(subject: str, name: str) -> list[Path]:
    """The files `language/<code>/<subject>/<name>.txt` of every language that has one."""
    folders = (folder for folder in Path(__file__).parent.iterdir() if _CODE.fullmatch(folder.name))
    return sorted(path for folder in folders if (path := folder / subject / f"{name}.txt").is_file())
