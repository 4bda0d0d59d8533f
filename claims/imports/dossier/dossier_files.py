"""From a folder of TOML files to a dossier, or to the first fault with its place: of one file, or between them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from record.imports import ImportRefused

from .dossier_types import ActorsFile, Dossier, DossierFile, DossierTable, OutletsFile, QuestionsFile, StatementsFile

File = TypeVar("File", bound=DossierFile)


def read_dossier(folder: Path) -> Dossier:
    """The dossier in `folder`, whole and consistent in itself; raises `ImportRefused` for the first fault."""
    folder = Path(folder)
    if not folder.is_dir():
        raise ImportRefused(f"{folder} is not a folder: a dossier is a folder of TOML files.")
    questions = _read_file(folder / "questions.toml", QuestionsFile)
    outlets = _read_file(folder / "outlets_and_articles.toml", OutletsFile)
    actors = _read_file(folder / "actors.toml", ActorsFile)
    paths = sorted((folder / "statements").glob("*.toml"))
    dossier = Dossier(
        questions=questions.questions,
        topics=questions.topics,
        things=questions.things,
        outlets=outlets.outlets,
        articles=outlets.articles,
        actors=actors.actors,
        statements={f"statements/{path.name}": _read_file(path, StatementsFile) for path in paths},
    )
    for fault in faults(dossier):
        raise ImportRefused(fault)
    return dossier


# One file


def _read_file(path: Path, shape: type[File]) -> File:
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
        raise ImportRefused(f"{name}{_locate_error(error, tables)}") from error
    for noun, expected in msgspec.structs.asdict(file.end).items():
        count = len(getattr(file, noun, []))
        if count != expected:
            raise ImportRefused(f"{name} is cut off or miscounted: [end] says {expected} {noun}, the file has {count}.")
    return file


def _locate_error(error: msgspec.ValidationError, tables: dict[str, Any]) -> str:
    """The message of `error` with its place as people count: “, statements 3 (un-one-million), mode: …”."""
    message, _, path = str(error).partition(" - at `")
    steps: list[str] = []
    here: Any = tables
    for name, index in re.findall(r"\.?(\w+)|\[(\d+)\]", path.removeprefix("$").rstrip("`")):
        if index:
            here = here[int(index)] if isinstance(here, list) and int(index) < len(here) else None
            own = next((here[key] for key in ("key", "slug", "of") if key in here), "") if type(here) is dict else ""
            steps[-1] += f" {int(index) + 1}" + (f" ({own})" if own else "")
        else:
            here = here.get(name) if isinstance(here, dict) else None
            steps.append(name)
    return "".join(f", {step}" for step in steps) + f": {message}."


# What a field names, by the name of the field, in whatever table it stands.
REFERENCE_FIELDS = {
    "claim": "claim",
    "outlet": "outlet",
    "written_by": "outlet",
    "article": "article",
    "derived_from": "article",
    "reported_in": "article",
    "speaker": "actor",
    "actor": "actor",
    "of": "statement",
    "into": "actor",
}


def faults(dossier: Dossier) -> Iterator[str]:
    """Sentences about what is named in one place and not there in another, or there twice."""
    statements = [statement.key for file in dossier.statements.values() for statement in file.statements]
    names = {
        "question": [question.slug for question in dossier.questions],
        "claim": [claim.slug for claim in dossier.claims],
        "outlet": [outlet.key for outlet in dossier.outlets],
        "article": [article.key for article in dossier.articles],
        "actor": [actor.slug for actor in dossier.actors],
        "statement": statements,
    }
    names["subject"] = names["actor"] + [thing.slug for thing in dossier.things]
    yield from _duplicate_faults(
        {
            "questions.toml": names["question"] + [topic.slug for topic in dossier.topics] + names["claim"],
            "outlets_and_articles.toml": names["outlet"] + names["article"],
            "actors.toml": names["actor"],
            "questions.toml, things and actors.toml": names["subject"],
            "statements": statements,
        }
    )
    for article, times in Counter(file.article for file in dossier.statements.values()).items():
        if times > 1:
            yield f"statements: the article “{article}” has {times} files."
    for where, kind, name in _references_of(dossier):
        if name not in names[kind]:
            yield f"{where}: there is no {kind} “{name}”."
    yield from _order_faults(dossier)


def _duplicate_faults(names: dict[str, list[str]]) -> Iterator[str]:
    for file, listed in names.items():
        for name, times in Counter(listed).items():
            if times > 1:
                yield f"{file}: “{name}” is there {times} times."


def _references_of(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Everything that is named and must be somewhere: (place, kind, name)."""
    tables: dict[str, Sequence[DossierTable]] = {
        "questions.toml": dossier.questions,
        "outlets_and_articles.toml": dossier.articles,
        "actors.toml": dossier.actors,
    }
    for name, parts in tables.items():
        for part in parts:
            yield from _table_references(part, name, f"{name}, {part.display_name}")
    for topic in dossier.topics:
        yield from ((f"questions.toml, {topic.display_name}", "question", question) for question in topic.questions)
    for claim in dossier.claims:
        yield from ((f"questions.toml, {claim.display_name}", "subject", subject) for subject in claim.subjects)
    for name, file in dossier.statements.items():
        yield from _table_references(file, name, name)


def _table_references(part: msgspec.Struct, file: str, where: str) -> Iterator[tuple[str, str, str]]:
    """Those in a table and in the tables that it holds; `where` is the place of the nearest that has a name."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, str) and value and name in REFERENCE_FIELDS:
            yield where, REFERENCE_FIELDS[name], value
        for inner in value if isinstance(value, list) else [value]:
            if not isinstance(inner, msgspec.Struct):
                continue
            inner_name = getattr(inner, "display_name", "")
            yield from _table_references(inner, file, f"{file}, {inner_name}" if inner_name else where)


def _order_faults(dossier: Dossier) -> Iterator[str]:
    """What is named must come first: an original before its reprint, a statement before its further printings."""
    before = set()
    for article in dossier.articles:
        if article.derived_from and article.derived_from not in before:
            yield f"outlets_and_articles.toml, article “{article.key}”: “{article.derived_from}” must come before it."
        before.add(article.key)
    recorded = set()
    for name, file in dossier.statements.items():
        recorded |= {statement.key for statement in file.statements}
        for printing in file.printings:
            if printing.of not in recorded:
                yield f"{name}, printing of “{printing.of}”: that statement is in a later file."
