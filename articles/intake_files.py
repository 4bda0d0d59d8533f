"""What is taken in by the hundred: files of every kind, folders of them, and lists in CSV or JSON. No database.

What is wrong with one file or one row is told for it alone; a list that is broken as a whole (cut off, without known
columns) is refused before anything of it is taken in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import reading
from .reading import ArticleReading, Choice, read_plain, readers
from .reading.media_types import media_type
from .reading.readers import MAX_FILE_SIZE, reader_is_installed
from .text import TextIsBroken
from .uploaded_tables import Columns, FileIsBroken, read_table

__all__ = ["MAX_FILE_SIZE", "media_type", "read_article", "reader_is_installed"]

MAX_LIST_SIZE = 100_000_000
# What is looked for in folders; what a file is, its bytes say.
ARTICLE_SUFFIXES = tuple(
    ".txt .text .html .htm .xhtml .mhtml .mht .warc .gz .wacz .pdf .docx .odt .eml .vtt .srt".split()  # noqa: SIM905
)
LIST_SUFFIXES = (".csv", ".json")

# What a list may say of an article; one of the first two it must.
ARTICLE_COLUMNS = Columns(
    {"path", "text", "outlet", "url", "archive_url", "headline", "byline", "dateline", "language", "published"}
    | {"credited_agency"},
    required=("path", "text"),
    row="article",
)


class ChoiceIsNeeded(FileIsBroken):
    """A file that holds several pages or parts; `choices` are those that `read_article` can be told to choose."""

    def __init__(self, sentence: str, choices: Sequence[Choice]) -> None:
        super().__init__(sentence)
        self.choices = list(choices)


class MediaIsNotRead(FileIsBroken):
    """A picture, sound or film: stored beside a text, not read."""


@dataclass(frozen=True)
class ArticleEntry:
    """One article to be taken in: what it is called in the summary, where its text is, what is said of it."""

    name: str
    path: Path | None = None
    text: str = ""
    said: dict[str, str] = field(default_factory=dict)
    fault: str = ""

    def content(self) -> bytes:
        """The bytes that are read: of the file, or of the text in UTF-8. Raises `FileIsBroken` with the reason."""
        if self.fault:
            raise FileIsBroken(self.fault)
        if self.path is not None:
            return read_bytes(self.path, MAX_FILE_SIZE)
        return self.text.encode(errors="surrogatepass")

    def read(self, choose: str = "") -> ArticleReading:
        """The article, its clutter and its proposals, as `read_article` does; `FileIsBroken` with the reason."""
        if self.fault:
            raise FileIsBroken(self.fault)
        if self.path is not None:
            return read_article(self.content(), self.path.name, choose)
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
    """Files in the folders among `paths` that are passed over: of no kind that is read."""
    folders = [path for path in map(Path, paths) if path.is_dir()]
    return [file for folder in folders for file in _files_below(folder) if file.suffix.lower() not in ARTICLE_SUFFIXES]


def _folder_entries(folder: Path) -> Iterator[ArticleEntry]:
    files = [file for file in _files_below(folder) if file.suffix.lower() in ARTICLE_SUFFIXES]
    if not files:
        raise FileIsBroken(f"The folder has no file ending in {', '.join(ARTICLE_SUFFIXES)}.")
    for file in files:
        yield ArticleEntry(str(file.relative_to(folder)), file)


def _files_below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def read_article(data: bytes, name: str, choose: str = "") -> ArticleReading:
    """The article in the bytes of a file, by what kind of file they are; its ending only tells apart kinds of text.

    `choose` is the key of one of the choices that an earlier reading, or a refusal, offered. Raises `FileIsBroken` with
    a sentence: `ChoiceIsNeeded` where a page must be chosen first, `MediaIsNotRead` for pictures, sound and film.
    """
    if not data.strip():
        raise FileIsBroken("It is empty.")
    if len(data) > MAX_FILE_SIZE:
        raise FileIsBroken(f"It is too large: {len(data):,} bytes; the limit is {MAX_FILE_SIZE:,}.")
    try:
        reader = readers.reader_for(media_type(data, name))
        found = reader.read(data, choose)
        return replace(found, reader=reader.signature_of(found))
    except reading.ChoiceIsNeeded as needed:
        raise ChoiceIsNeeded(str(needed), needed.choices) from needed
    except readers.MediaIsNotRead as error:
        raise MediaIsNotRead(str(error)) from error
    except (TextIsBroken, reading.NotReadable) as error:
        raise FileIsBroken(str(error)) from error


def read_bytes(path: Path, longest: int) -> bytes:
    """The bytes of a file that is there and not too large."""
    try:
        if path.stat().st_size > longest:
            raise FileIsBroken(f"It is too large: {path.stat().st_size:,} bytes; the limit is {longest:,}.")
        return path.read_bytes()
    except OSError as error:
        raise FileIsBroken(f"It cannot be read: {error.strerror}.") from error


# Lists


def _list_entries(path: Path) -> Iterator[ArticleEntry]:
    data = read_bytes(path, MAX_LIST_SIZE)
    if not data.strip():
        raise FileIsBroken("It is empty.")
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
