"""From a folder of TOML files to a dossier, or to the first fault with its file and place."""

import re
import tomllib
from pathlib import Path

import msgspec

from record.imports import ImportRefused

from .consistency import faults
from .shapes import ActorsFile, Dossier, OutletsFile, Part, QuestionsFile, StatementsFile


def read_dossier(folder: Path) -> Dossier:
    """The dossier in `folder`, whole and consistent in itself; raises `ImportRefused` for the first fault."""
    folder = Path(folder)
    if not folder.is_dir():
        raise ImportRefused(f"{folder} is not a folder: a dossier is a folder of TOML files.")
    questions = _read(folder / "questions.toml", QuestionsFile)
    outlets = _read(folder / "outlets_and_articles.toml", OutletsFile)
    actors = _read(folder / "actors.toml", ActorsFile)
    paths = sorted((folder / "statements").glob("*.toml"))
    dossier = Dossier(
        questions=questions.questions,
        outlets=outlets.outlets,
        articles=outlets.articles,
        actors=actors.actors,
        statements={f"statements/{path.name}": _read(path, StatementsFile) for path in paths},
    )
    for fault in faults(dossier):
        raise ImportRefused(fault)
    return dossier


# One file


def _read(path: Path, shape: type[Part]) -> Part:
    name = path.name if path.parent.name != "statements" else f"statements/{path.name}"
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise ImportRefused(f"{name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise ImportRefused(f"{name}, line {line}: this is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise ImportRefused(f"{name}: {error}.") from error
    if "end" not in tables:
        raise ImportRefused(f"{name} is cut off: its [end] table is missing.")
    try:
        file = msgspec.convert(tables, shape)
    except msgspec.ValidationError as error:
        raise ImportRefused(f"{name}{_place_of(error, tables)}") from error
    for noun, said in msgspec.structs.asdict(file.end).items():
        held = len(getattr(file, noun, []))
        if said != held:
            raise ImportRefused(f"{name} is cut off or miscounted: [end] says {said} {noun}, the file has {held}.")
    return file


def _place_of(error: msgspec.ValidationError, tables: dict) -> str:
    """The message of `error` with its place as people count: “, statements 3 (un-one-million), mode: …”."""
    message, _, path = str(error).partition(" - at `")
    steps, here = [], tables
    for name, index in re.findall(r"\.?(\w+)|\[(\d+)\]", path.removeprefix("$").rstrip("`")):
        if index:
            here = here[int(index)] if isinstance(here, list) and int(index) < len(here) else None
            called = next((here[key] for key in ("key", "slug", "of") if key in here), "") if type(here) is dict else ""
            steps[-1] += f" {int(index) + 1}" + (f" ({called})" if called else "")
        else:
            here = here.get(name) if isinstance(here, dict) else None
            steps.append(name)
    return "".join(f", {step}" for step in steps) + f": {message}."
