"""The readers by media type, each under a name and versions from which the same reading can be made again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version

from . import media_types as kinds
from .article_reading import ArticleReading, NotReadable
from .encodings import read_text
from .mails import part_of_mail, read_mail
from .office_documents import read_office_document
from .pdf_files import read_pdf
from .plain_text import read_plain
from .saved_pages import read_mhtml, read_saved_html
from .subtitles import read_subtitles
from .web_archives import read_web_archive

MAX_FILE_SIZE = 30_000_000  # bytes; pages saved with their pictures have up to twenty million


@dataclass(frozen=True)
class Reader:
    """How files of one kind are read: by rules of ours, whose `edition` rises when they read anything otherwise, and by
    a library. `read` takes the bytes and the page or part that was chosen.
    """

    name: str
    edition: int
    library: str
    read: Callable[[bytes, str], ArticleReading]

    @property
    def signature(self) -> str:
        """Such as "pdf 2 (pypdfium2 5.15.2)"."""
        library = f" ({self.library} {version(self.library)})" if self.library else ""
        return f"{self.name} {self.edition}{library}"

    def signature_of(self, reading: ArticleReading) -> str:
        """The signature, with that of whatever read the part that was chosen: "mail 1 > pdf 2 (pypdfium2 5.15.2)"."""
        return f"{self.signature} > {reading.reader}" if reading.reader else self.signature


def _read_text(data: bytes, choose: str) -> ArticleReading:
    text, unsure = read_text(data)
    return replace(read_plain(text), unread=unsure)


def _read_mail(data: bytes, choose: str) -> ArticleReading:
    if not choose:
        return read_mail(data)
    part, name, headers = part_of_mail(data, choose)
    kind = kinds.media_type(part, name)
    if kind == kinds.MAIL and len(part) >= len(data):
        raise NotReadable("The mail holds itself.")
    reader = reader_for(kind)
    reading = reader.read(part, "")
    # What the mail says is about its letter: about a file that came with it, it is only a guess.
    return replace(
        reading,
        proposals=[*reading.proposals, *(replace(proposal, sure=False) for proposal in headers)],
        reader=reader.signature_of(reading),
    )


READERS = {
    kinds.PLAIN: Reader("text", 1, "charset-normalizer", _read_text),
    kinds.HTML: Reader("html", 1, "trafilatura", lambda data, choose: read_saved_html(data)),
    kinds.MHTML: Reader("mhtml", 1, "trafilatura", lambda data, choose: read_mhtml(data)),
    kinds.PDF: Reader("pdf", 2, "pypdfium2", lambda data, choose: read_pdf(data)),
    kinds.MAIL: Reader("mail", 1, "", _read_mail),
    kinds.DOCX: Reader("docx", 1, "mammoth", lambda data, choose: read_office_document(data, "docx")),
    kinds.ODT: Reader("odt", 1, "lxml", lambda data, choose: read_office_document(data, "odt")),
    kinds.WARC: Reader("warc", 1, "trafilatura", lambda data, choose: read_web_archive(data, choose)),
    kinds.WACZ: Reader("wacz", 1, "trafilatura", lambda data, choose: read_web_archive(data, choose, "wacz")),
    kinds.VTT: Reader("vtt", 1, "webvtt-py", lambda data, choose: read_subtitles(data, "vtt")),
    kinds.SRT: Reader("srt", 1, "webvtt-py", lambda data, choose: read_subtitles(data, "srt")),
}
READERS[kinds.CSV] = READERS[kinds.JSON] = READERS[kinds.PLAIN]

_NAMES = {
    kinds.XLSX: "a spreadsheet",
    kinds.PPTX: "a presentation",
    "application/vnd.oasis.opendocument.spreadsheet": "a spreadsheet",
    "application/vnd.oasis.opendocument.presentation": "a presentation",
    "application/msword": "an old office document: save it as .docx",
    "application/x-ole-storage": "an old office document: save it as .docx",
    "application/rtf": "an RTF document: save it as .docx or as text",
    "application/postscript": "a PostScript file: save it as a PDF",
    "application/epub+zip": "a book (EPUB)",
    "application/vnd.ms-outlook": "a mail of Outlook (.msg): save it as .eml",
    kinds.ZIP: "a ZIP archive",
    "application/gzip": "a compressed file",
    "application/x-sqlite3": "a database",
}
_MEDIA = {"image": "a picture", "audio": "a sound recording", "video": "a film"}


class MediaIsNotRead(NotReadable):
    """A picture, sound or film: kept beside a text, but not read."""


def is_medium(media_type: str) -> bool:
    """Whether files of this kind lie beside a text: pictures, sound, film."""
    return media_type.partition("/")[0] in _MEDIA


def reader_for(media_type: str) -> Reader:
    """The reader of a kind of file. Raises `NotReadable`, for pictures, sound and film `MediaIsNotRead`."""
    if reader := READERS.get(media_type):
        return reader
    if medium := _MEDIA.get(media_type.partition("/")[0]):
        raise MediaIsNotRead(f"It is {medium} ({media_type}): that is stored beside a text, not read.")
    raise NotReadable(f"It is {_NAMES.get(media_type, f'no text ({media_type})')}.")


def reader_is_installed(signature: str) -> bool:
    """Whether the very reader that `ArticleReading.reader` names, in that edition and version, is at hand."""
    signatures = {reader.signature for reader in READERS.values()}
    return all(part in signatures for part in signature.split(" > "))
