"""What is taken in by the hundred: text and HTML files, folders of them, and lists in CSV or JSON. No database.

What is wrong with one file or one row is told for it alone; a list that is broken as a whole (cut off, without known
columns) is refused before anything of it is taken in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .reading import ArticleReading, PageIsBroken, read_html, read_plain
from .text import TextIsBroken
from .uploaded_tables import Columns, FileIsBroken, decode_text, read_table

MAX_FILE_SIZE = 5_000_000  # bytes of a text or page
MAX_LIST_SIZE = 100_000_000
TEXT_SUFFIXES, PAGE_SUFFIXES, LIST_SUFFIXES = (".txt", ".text"), (".html", ".htm", ".xhtml"), (".csv", ".json")

# What a list may say of an article; one of the first two it must.
ARTICLE_COLUMNS = Columns(
    {"path", "text", "outlet", "url", "archive_url", "headline", "byline", "dateline", "language", "published"}
    | {"credited_agency"},
    required=("path", "text"),
    row="article",
)
_KNOWN_BINARIES = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"SQLite": "a database",
}


@dataclass(frozen=True)
class ArticleEntry:
    """One article to be taken in: what it is called in the summary, where its text is, what is said of it."""

    name: str
    path: Path | None = None
    text: str = ""
    said: dict[str, str] = field(default_factory=dict)
    fault: str = ""

    def read(self) -> ArticleReading:
        """The article, its clutter and its proposals; `FileIsBroken` with the reason."""
        if self.fault:
            raise FileIsBroken(self.fault)
        if self.path is not None:
            return read_article(read_bytes(self.path, MAX_FILE_SIZE), self.path.name)
        try:
            return read_plain(self.text)
        except TextIsBroken as error:
            raise FileIsBroken(str(error)) from error


def article_entries(paths: Sequence[str | Path]) -> Iterator[ArticleEntry]:
    """What stands under `paths`, folders in the order of names. A fault travels in its entry."""
    for path in map(Path, paths):
        try:
            if path.is_dir():
                yield from _folder_entries(path)
            elif path.suffix.lower() in LIST_SUFFIXES:
                yield from _list_entries(path)
            else:
                yield ArticleEntry(str(path), path)
        except FileIsBroken as error:
            yield ArticleEntry(str(path), fault=str(error))
        except OSError as error:
            yield ArticleEntry(str(path), fault=f"It cannot be read: {error.strerror}.")


def skipped_files(paths: Sequence[str | Path]) -> list[Path]:
    """Files in the folders among `paths` that are passed over: neither text nor page."""
    folders = [path for path in map(Path, paths) if path.is_dir()]
    return [
        file
        for folder in folders
        for file in _files_below(folder)
        if file.suffix.lower() not in TEXT_SUFFIXES + PAGE_SUFFIXES
    ]


def _folder_entries(folder: Path) -> Iterator[ArticleEntry]:
    files = [file for file in _files_below(folder) if file.suffix.lower() in TEXT_SUFFIXES + PAGE_SUFFIXES]
    if not files:
        raise FileIsBroken(f"The folder has no file ending in {', '.join(TEXT_SUFFIXES + PAGE_SUFFIXES)}.")
    for file in files:
        yield ArticleEntry(str(file.relative_to(folder)), file)


def _files_below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def read_article(data: bytes, name: str) -> ArticleReading:
    """The article in the file `name`, which is text or a page by its ending, else by its beginning."""
    _refuse_binary(data)
    suffix = Path(name).suffix.lower()
    marked = data.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html"))
    try:
        return (
            read_html(data)
            if suffix in PAGE_SUFFIXES or (marked and suffix not in TEXT_SUFFIXES)
            else read_plain(decode_text(data))
        )
    except (TextIsBroken, PageIsBroken) as error:
        raise FileIsBroken(str(error)) from error


def read_bytes(path: Path, longest: int) -> bytes:
    """The bytes of a file that is there and not too large."""
    try:
        if path.stat().st_size > longest:
            raise FileIsBroken(f"It is too large: {path.stat().st_size:,} bytes; the limit is {longest:,}.")
        return path.read_bytes()
    except OSError as error:
        raise FileIsBroken(f"It cannot be read: {error.strerror}.") from error


def _refuse_binary(data: bytes) -> None:
    if not data.strip():
        raise FileIsBroken("It is empty.")
    kind = next((kind for start, kind in _KNOWN_BINARIES.items() if data.startswith(start)), "")
    if kind:
        raise FileIsBroken(f"It is {kind}, not a text.")


# Lists


def _list_entries(path: Path) -> Iterator[ArticleEntry]:
    data = read_bytes(path, MAX_LIST_SIZE)
    _refuse_binary(data)
    rows = read_table(data, path.name, ARTICLE_COLUMNS)
    folder = path.parent.resolve()
    entries = [_entry_from_row(f"{path.name}, {place}", row, folder) for place, row in rows]
    if not entries:
        raise FileIsBroken("The list has no rows.")
    return iter(entries)


def _entry_from_row(name: str, row: dict | str, folder: Path) -> ArticleEntry:
    if isinstance(row, str):
        return ArticleEntry(name, fault=row)
    said = {field: value.strip() for field, value in row.items() if value.strip() and field not in ("path", "text")}
    path, text = row.get("path", "").strip(), row.get("text", "")
    if bool(path) == bool(text.strip()):
        return ArticleEntry(name, fault="The row needs either a path or a text.")
    if not path:
        return ArticleEntry(name, text=text, said=said)
    if "\x00" in path or not (folder / path).resolve().is_relative_to(folder):
        return ArticleEntry(
            name, fault=f"The path “{path[:80]!s}” leads out of the folder of the list.".replace("\x00", "")
        )
    return ArticleEntry(f"{name} ({path})", folder / path, said=said)


def media_type(data: bytes, name: str) -> str:
    """The media type of the bytes, by their beginning."""
    if data.startswith(b"%PDF"):
        return "application/pdf"
    if data.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        return "text/html"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain"


def reader_is_installed(reader: str) -> bool:
    """Whether a reading by `reader`, a name with its version, can be made again here."""
    return reader == ""
