"""Subtitles: WebVTT and SubRip, each word with its time and, where they say so, its speaker.

Cues are as long as a line on a screen. They are put together to turns and paragraphs, because nobody quotes half a
sentence for the sake of a screen; the times of each cue stay with its words.
"""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .article_reading import ArticleReading, NotReadable, Place, Proposal
from .encodings import read_text
from .field_proposals import language_of
from .limited_process import run_limited
from .text_pieces import text_of_pieces

SECONDS = 10
MAX_CUES = 100_000
PAUSE = 3.0  # seconds of silence after which a paragraph begins
LONG_PARAGRAPH = 60  # words after which the next sentence begins a new one
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<speaker>[^>]{1,200})>")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>|<\d\d:[\d:.]{3,12}>|\{\\[^{}]{1,100}\}", re.IGNORECASE)
# “>> HOST:” of broadcasters, “- ” of two speakers in one cue, “[HOST]” and “HOST:” of programs that write down.
_LABEL = re.compile(
    r"(?P<marks>(?:>>+|&gt;&gt;+|[-–—])?\s*)(?:\[(?P<bracket>[^\W\d_][^\]\n]{0,60})\]:?|(?P<label>[^\W\d_][^\n:]{0,60}?):)"
    r"\s+(?=\S)"
)
_OTHER_SPEAKER = re.compile(r"\s*(?:>>+|[-–—](?=\s?\S))\s*")
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")


@dataclass
class Speech:
    """Words said by somebody from a time to another, in seconds; `is_other` where somebody else begins."""

    words: str
    begins_at: float
    ends_at: float
    speaker: str = ""
    is_other: bool = False


def extract(data: bytes, kind: str) -> dict[str, Any]:
    """Of the text of subtitles in UTF-8: `cues` of [words with marks, start, end], as webvtt-py reads them."""
    import webvtt

    try:
        captions: Any = webvtt.from_buffer(io.StringIO(data.decode()), format=kind)
        cues = [[cue.raw_text, _seconds(cue.start), _seconds(cue.end)] for cue in captions]
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError) as error:
        raise NotReadable(f"The subtitles are damaged: {str(error)[:100]}.") from None
    if not cues:
        raise NotReadable("The subtitles have no line that can be read.")
    if len(cues) > MAX_CUES:
        raise NotReadable(f"The subtitles have {len(cues):,} lines; the limit is {MAX_CUES:,}.")
    notes = len(re.findall(r"^NOTE\b", data.decode(), re.MULTILINE)) if kind == "vtt" else 0
    written = len(re.findall(r"-->", data.decode()))
    return {"cues": cues, "notes": notes, "lost": max(0, written - len(cues))}


def _seconds(time: str) -> float:
    hours, minutes, seconds = time.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def read_subtitles(data: bytes, kind: str) -> ArticleReading:
    """What subtitles say, each cue with its time; `kind` is "vtt" or "srt". Raises `NotReadable`."""
    text, unsure = read_text(data)
    found = run_limited("subtitles", text.encode(), seconds=SECONDS, what="file", kind=kind)
    speeches = list(speeches_of([(words, start, end) for words, start, end in found["cues"]]))
    text, places = text_of_pieces(_paragraphs(speeches))
    if not text:
        raise NotReadable("The subtitles have no words.")
    unread = [
        sentence
        for number, sentence in (
            (found["notes"], f"{found['notes']} notes beside the subtitles."),
            (found["lost"], f"{found['lost']} subtitles without a time that can be read."),
        )
        if number
    ]
    language = language_of(text)
    proposals = [Proposal("headline", "", 1, "subtitles have no headline")]
    if language:
        proposals.append(Proposal("language", language, 0, "letters and frequent words of the text"))
    return ArticleReading(text, [], proposals, places=places, unread=unread + unsure)


def speeches_of(cues: list[tuple[str, float, float]]) -> Iterator[Speech]:
    """The words of each cue by speaker, without marks; what a live caption repeats of the one before stands once."""
    shown: list[str] = []
    speaker = ""
    for raw, start, end in cues:
        lines = [line for line in raw.split("\n") if line.strip()]
        fresh = [line for line in lines if _plain(line) not in shown] if _is_rolling(lines, shown) else lines
        shown = [_plain(line) for line in lines]
        cue: list[Speech] = []
        for line in fresh:
            for said, other, words in _speakers_in(line):
                if said or other:
                    speaker = said
                    cue.append(Speech(words, start, end, speaker, True))
                elif cue:
                    cue[-1].words += " " + words
                else:
                    cue.append(Speech(words, start, end, speaker))
        yield from (speech for speech in cue if speech.words.strip())


def _is_rolling(lines: list[str], shown: list[str]) -> bool:
    """Whether a cue begins with the last line of the one before it and adds to it."""
    return len(lines) > 1 and bool(shown) and _plain(lines[0]) == shown[-1]


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _speakers_in(line: str) -> Iterator[tuple[str, bool, str]]:
    """(speaker named here, whether somebody else begins, words as they are kept) of each part of a line of a cue."""
    parts = _VOICE.split(line)
    if first := _plain(parts[0]):
        yield from _labelled(first)
    for speaker, words in zip(parts[1::2], parts[2::2], strict=True):
        name = " ".join(html.unescape(speaker).split())
        yield name, True, f"{name}: {_plain(words)}" if _plain(words) else ""


def _labelled(words: str) -> Iterator[tuple[str, bool, str]]:
    match = _LABEL.match(words)
    if match and (name := match["bracket"] or match["label"]) and _is_name(name):
        shown = words[match.start("bracket") - 1 if match["bracket"] else match.start("label") :]
        yield name.strip(), True, shown
        return
    other = _OTHER_SPEAKER.match(words)
    yield "", other is not None, words[other.end() :] if other else words


def _is_name(label: str) -> bool:
    """Whether a label names somebody: in capitals, or a few words that each begin with one."""
    words = label.split()
    return 0 < len(words) <= 5 and (label.isupper() or all(word[0].isupper() or len(word) < 4 for word in words))


def _paragraphs(speeches: list[Speech]) -> Iterator[list[tuple[str, Place | None]]]:
    """Paragraphs of pieces: the turns, and within them what a pause or enough words part."""
    paragraph: list[tuple[str, Place | None]] = []
    last, words, named = None, 0, ""
    for speech in speeches:
        is_new = last is None or (speech.is_other and (speech.speaker != last.speaker or not speech.speaker))
        if last is not None and not is_new:
            has_ended = _SENTENCE_END.search(last.words) is not None
            is_new = speech.begins_at - last.ends_at > PAUSE or (has_ended and words > LONG_PARAGRAPH)
        said = speech.words
        if not is_new and speech.speaker and named == speech.speaker:
            said = said.removeprefix(f"{speech.speaker}: ")
        if is_new and paragraph:
            yield paragraph
            paragraph, words = [], 0
        place = Place(0, 0, begins_at=speech.begins_at, ends_at=speech.ends_at, speaker=speech.speaker)
        paragraph += [(" ", None), (said, place)] if paragraph else [(said, place)]
        words += len(said.split())
        last, named = speech, speech.speaker
    if paragraph:
        yield paragraph
