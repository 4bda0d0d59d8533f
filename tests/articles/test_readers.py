"""Readers of files: what kind bytes are, what is read of each kind with its places, what is said of the rest."""

import base64
import re
import zipfile
from email.message import EmailMessage
from io import BytesIO

import pytest

from articles.intake_files import ChoiceIsNeeded, FileIsBroken, MediaIsNotRead, read_article, reader_is_installed
from articles.reading import (
    Choice,
    article_reading,
    encodings,
    mails,
    office_documents,
    pdf_files,
    read_plain,
    saved_pages,
    web_archives,
    zip_limits,
)
from articles.reading.media_types import media_type
from articles.reading.subtitles import speeches_of
from tests.made_files import make_docx, make_odt, make_pdf, make_warc, make_zip

FIRST = "PORT SELBY (Reuters) - Dockers stopped work on Monday after a storm tore down two cranes, their union said."
SECOND = "The union's chair, Ana Ruiz, said the old harbour was not safe to work in before it was inspected again."
PAGE = f"<html><head><title>Cranes</title></head><body><article><h1>Cranes fall</h1><p>{FIRST}</p><p>{SECOND}</p>"
SRT = "1\n00:00:01,000 --> 00:00:02,500\n>> HOST: Was it <i>safe</i>?\n\n2\n00:00:03,000 --> 00:00:04,000\n>> RUIZ: No."


def words_at(reading):
    """The places of a reading as (page, beginning, speaker, first words)."""
    return [(p.page, p.begins_at, p.speaker, reading.text[p.start : p.end][:14]) for p in reading.places]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (make_pdf([[]]), "a.txt", "application/pdf"),
        (b"<!-- saved -->\n<!DOCTYPE html><p>x", "a", "text/html"),
        (b"From: a@b.example\nSubject: x\n\nhello", "a.txt", "message/rfc822"),
        (b"Subject: a word with a colon\n\nand prose", "a", "text/plain"),
        (
            b'From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html"\n\ntext/html',
            "a",
            "multipart/related",
        ),
        (b"\xef\xbb\xbfWEBVTT\n\n", "a", "text/vtt"),
        (SRT.encode("utf-16"), "a", "application/x-subrip"),
        (make_docx(""), "a.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (make_odt(""), "a", "application/vnd.oasis.opendocument.text"),
        (make_zip({"a.txt": "x"}), "a.docx", "application/zip"),
        (make_warc({"https://a.example/": "x"}), "a", "application/warc"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a.txt", "image/png"),
        (b"BMW said on Monday that it would.", "a", "text/plain"),
        ("Слова".encode("cp1251"), "a.txt", "text/plain"),
        (b"\x00\x01\x02\x03", "a", "application/octet-stream"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_bytes(data, name, kind):
    assert media_type(data, name) == kind


def test_a_reading_names_its_reader_and_whether_that_is_at_hand():
    reader = read_article(b"Cranes fall\n\n" + FIRST.encode(), "a.txt").reader
    assert reader.startswith("text 1 (charset-normalizer ")
    assert reader_is_installed(reader)
    assert not reader_is_installed(reader.replace("text 1", "text 0"))


# PDF


def column(x, words, top=700, size=10):
    return [(x, top - 12 * number, size, line) for number, line in enumerate(words)]


def test_a_pdf_is_read_with_its_pages_and_without_heads_and_feet():
    head = [(50, 810, 8, "Selby Courier, 4 May 2021")]
    pages = [
        [
            *head,
            (50, 760, 18, "Cranes fall at Port Selby"),
            *column(50, ["PORT SELBY (Reuters) - Dockers stopped", "work in the har-"]),
        ],
        [*head, *column(50, ["bour on Monday, said", "their union of the port."]), (290, 20, 8, "- 2 -")],
    ]
    reading = read_article(make_pdf(pages), "a.pdf")
    assert reading.text == (
        "Cranes fall at Port Selby\n\nPORT SELBY (Reuters) - Dockers stopped work in the harbour on Monday, said their "
        "union of the port."
    )
    assert words_at(reading) == [(1, None, "", "Cranes fall at"), (2, None, "", "bour on Monday")]
    assert [0, "head or foot of a page", "- 2 -"] in reading.removed
    assert reading.sure()["credited_agency"] == "Reuters"


def test_columns_painted_line_by_line_are_read_one_after_the_other():
    left = [f"left column line {number} of the text" for number in range(6)]
    right = [f"right column line {number} of it" for number in range(6)]
    rows = [line for pair in zip(column(50, left), column(320, right), strict=True) for line in pair]
    text = read_words(make_pdf([[(50, 760, 18, "A headline across both of the columns"), *rows]]))
    assert text.index("left column line 5") < text.index("right column line 0")


def read_words(data):
    return " ".join(words for paragraph in pdf_files.extract(data)["paragraphs"] for words, _ in paragraph)


def test_a_page_that_lies_on_its_side_is_read():
    assert read_words(make_pdf([column(50, ["Dockers stopped work", "on Monday."])], turned=True)) == (
        "Dockers stopped work on Monday."
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7\ncut", "damaged"),
        (make_pdf([[], []]), "only pictures of 2 pages: it was scanned"),
        (make_pdf([[]] * 2001), "2,001 pages; the limit is 2,000"),
        (
            make_pdf([column(50, ["The words of a page."])])
            .replace(b"/Root 1 0 R", b"/Root 9 0 R")
            .replace(b"/Catalog", b"/Cat"),
            "damaged",
        ),
    ],
)
def test_pdfs_that_cannot_be_read_are_refused_in_a_sentence(data, sentence):
    with pytest.raises(article_reading.NotReadable, match=sentence):
        pdf_files.extract(data)


# Mails and saved pages


def mail():
    made = EmailMessage()
    made["From"], made["To"] = "Ana Ruiz <press@union.example>", "desk@courier.example"
    made["Subject"], made["Date"] = "Cranes fall at Port Selby", "Tue, 04 May 2021 10:00:00 +0200"
    made.set_content(f"{FIRST}\n\n{SECOND}\n", charset="windows-1252", cte="quoted-printable")
    made.add_alternative(PAGE, subtype="html")
    made.add_attachment(f"Statement\n\n{SECOND} {FIRST}", filename="заявление.txt")
    return made.as_bytes()


def test_a_mail_is_read_with_its_headers_and_its_attachments_are_offered():
    reading = read_article(mail(), "a.eml")
    assert reading.text == f"{FIRST}\n\n{SECOND}"
    assert reading.sure()["headline"] == "Cranes fall at Port Selby"
    assert {(p.field, p.value, p.sure) for p in reading.proposals} >= {
        ("byline", "Ana Ruiz", False),
        ("published", "2021-05-04", False),
        ("outlet", "union.example", False),
    }
    assert reading.unread == [f"Attachment “заявление.txt”: text/plain, {len(f'Statement{SECOND}{FIRST}') + 4} bytes."]
    [choice] = reading.choices
    part = read_article(mail(), "a.eml", choice.key)
    assert part.text.startswith("Statement") and re.fullmatch(r"mail 1 > text 1 \(charset-normalizer .+\)", part.reader)
    assert reader_is_installed(part.reader) and not reader_is_installed(part.reader.replace("text 1", "text 0"))
    said = {(p.field, p.value): p.sure for p in part.proposals}
    headers = (("headline", "Cranes fall at Port Selby"), ("byline", "Ana Ruiz"), ("published", "2021-05-04"))
    assert [said[header] for header in headers] == [False] * 3


def test_a_mail_in_a_seven_bit_encoding_and_one_that_states_none_are_read():
    japanese = EmailMessage()
    japanese["From"], japanese["Subject"] = "a@b.example", "x"
    japanese.set_content("港湾評議会は決定を延期した。", charset="iso-2022-jp")
    assert mails.extract(japanese.as_bytes())["lines"][0] == "港湾評議会は決定を延期した。"
    assert mails.extract("From: a@b.example\nSubject: x\n\nСлова".encode())["lines"][0] == "Слова"


def test_mails_nested_without_end_are_refused():
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(60))
    with pytest.raises(article_reading.NotReadable, match="more than 20 deep"):
        mails.extract(b"From: a@b.example\nSubject: x\n" + deep)


def test_a_page_saved_in_one_file_is_read_with_its_address():
    parts = EmailMessage()
    parts["Snapshot-Content-Location"], parts["Subject"] = "https://courier.example/cranes", "Cranes"
    parts.set_content(PAGE.replace("fall", "упали"), subtype="html", charset="windows-1251", cte="quoted-printable")
    parts.make_related()
    parts.add_related(b"GIF89a", "image", "gif", cid="<a@b>")
    found = saved_pages.extract(parts.as_bytes())
    assert "Cranes упали" in found["page"]
    assert (found["url"], found["others"]) == ("https://courier.example/cranes", 1)


def test_pictures_inside_a_page_do_not_count_towards_its_size(monkeypatch):
    seen = []
    monkeypatch.setattr(saved_pages, "read_html", lambda page: seen.append(page) or read_plain("x"))
    page = f"<html><!-- saved from url=(0030)https://courier.example/cranes -->{PAGE[6:]}".replace(
        "<article>", f'<article><img src="data:image/png;base64,{"A" * 6_000_000}">'
    )
    reading = saved_pages.read_saved_html(page.encode())
    assert len(seen[0]) < 1000
    assert FIRST.encode() in seen[0]
    assert reading.unread == ["Pictures and the like inside the page."]
    assert [p.value for p in reading.all_of("url")] == ["https://courier.example/cranes"]


def test_a_page_of_a_web_archive_is_chosen():
    data = make_warc({"https://a.example/1": PAGE, "https://a.example/2": PAGE.replace("Cranes", "Ships")})
    with pytest.raises(ChoiceIsNeeded, match="holds 2 pages") as needed:
        read_article(data, "a.warc")
    assert needed.value.choices[0] == Choice("https://a.example/1", "Cranes (https://a.example/1)")
    found = web_archives.extract(data, "https://a.example/2")
    assert b"<h1>Ships fall" in base64.b64decode(found["page"])
    assert [address for address, _ in found["pages"]] == ["https://a.example/1"]


# Word processors


def test_a_docx_is_read_and_what_is_not_kept_of_it_is_said():
    body = (
        "<w:p><w:r><w:t>Cranes fall</w:t></w:r></w:p><w:p><w:r><w:t>They were </w:t></w:r>"
        "<w:del><w:r><w:delText>ninety</w:delText></w:r></w:del><w:ins><w:r><w:t>nineteen</w:t></w:r></w:ins></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Tonnes</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    found = office_documents.extract(make_docx(body), "docx")
    assert [line for line in found["lines"] if line] == ["Cranes fall", "They were nineteen", "Tonnes"]
    assert found["unread"] == ["1 tracked deletion."]


def test_an_odt_is_read_with_its_notes():
    body = (
        '<text:h text:outline-level="1">Cranes fall</text:h><text:p>Two<text:s/>fell<text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>On Monday.</text:p></text:note-body></text:note> at once."
        "</text:p>"
        "<text:list><text:list-item><text:p>a point</text:p></text:list-item></text:list>"
    )
    assert office_documents.extract(make_odt(body), "odt")["lines"] == [
        "Cranes fall",
        "Two fell at once.",
        "On Monday.",
        "a point",
    ]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_documents_that_define_entities_or_unpack_without_end_are_refused(kind, monkeypatch):
    monkeypatch.setattr(zip_limits, "MAX_UNPACKED", 1000)
    name = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    for xml, sentence in ((b'<!DOCTYPE x [<!ENTITY a "ha">]><x/>', "entities"), (b" " * 1001, "too large")):
        with pytest.raises(article_reading.NotReadable, match=sentence):
            office_documents.extract(make_zip({name: xml}), kind)


# Subtitles and transcripts


def test_subtitles_are_read_as_turns_with_times_and_speakers():
    reading = read_article(SRT.encode(), "a.srt")
    assert reading.text == "HOST: Was it safe?\n\nRUIZ: No."
    assert words_at(reading) == [(None, 1.0, "HOST", "HOST: Was it s"), (None, 3.0, "RUIZ", "RUIZ: No.")]


def test_voices_and_rolling_captions_are_read_once():
    voices = speeches_of([("<v Ana Ruiz>It &amp; more</v>\n<v.loud Tom Hale>No.", 1, 2)])
    assert [(s.speaker, s.words) for s in voices] == [
        ("Ana Ruiz", "Ana Ruiz: It & more"),
        ("Tom Hale", "Tom Hale: No."),
    ]
    rolling = speeches_of([(" \nwe were told", 0, 1), ("we were told\nnothing", 1, 2), ("nothing\nat all", 2, 3)])
    assert " ".join(speech.words for speech in rolling) == "we were told nothing at all"


def test_turns_of_a_transcript_are_places_and_prose_has_none():
    turns = "[00:01:10] MR. HILL: It is.\n[00:02:00] Q: And now?\n[00:02:30] MR. HILL: No."
    assert [(p.speaker, p.begins_at, p.ends_at) for p in read_plain(turns).places] == [
        ("MR. HILL", 70, 120),
        ("Q", 120, 150),
        ("MR. HILL", 150, None),
    ]
    assert read_plain(f"Cranes fall\n\n{FIRST}\n\n{SECOND}").places == []


def test_places_move_with_the_lines_that_clutter_is_taken_from():
    text = f"Menu\n\nCranes fall at Port Selby\n\n{FIRST}\n\n{SECOND}"
    place = article_reading.Place(text.index("Selby\n") - 5, text.index("tore"), page=3)
    [moved] = (reading := read_plain(text, [place])).places
    assert reading.text[moved.start : moved.end] == text[place.start : place.end]
    assert moved.page == 3


# Text, posts, refusals


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-8-sig", "cp1256", "gb18030"]
)
def test_text_is_read_in_any_usual_encoding_and_a_guess_is_said(encoding):
    words = {
        "cp1256": "أجل مجلس الميناء يوم الاثنين قراره بشأن الرافعتين اللتين سقطتا في الماء",
        "gb18030": "港口委员会星期一推迟了关于两台倒塌起重机的决定，称希望先由独立工程师检查地基。",
    }.get(encoding, "Совет гавани отложил в понедельник решение о двух упавших кранах и сообщил об этом.")
    text, unsure = encodings.read_text(words.encode(encoding))
    assert text.lstrip("\ufeff") == words
    assert bool(unsure) == (not encoding.startswith("utf"))


def test_a_pasted_post_names_its_author_time_and_address():
    post = "Ana Ruiz\n@anaruiz\n\nWe were told nothing.\n\n10:32 AM · May 3, 2021\nhttps://x.com/anaruiz/status/123456"
    assert read_plain(post).sure().items() >= {
        ("byline", "Ana Ruiz (@anaruiz)"),
        ("published", "2021-05-03"),
        ("url", "https://x.com/anaruiz/status/123456"),
    }


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        ("(Reuters) — ", {"credited_agency": "Reuters"}),
        ("May 3 (Reuters) - ", {"credited_agency": "Reuters"}),
        ("LONDON — (AP) ", {"credited_agency": "AP", "dateline": "LONDON"}),
        ("AP — ", {"credited_agency": "AP"}),
        ("МОСКВА, 3 мая. /ТАСС/. ", {"credited_agency": "ТАСС"}),
        ("By Jane Doe of The Associated Press\n\n", {"credited_agency": "Associated Press", "byline": "Jane Doe"}),
        ("By JANE DOE, Associated Press\n\n", {"credited_agency": "Associated Press", "byline": "JANE DOE"}),
        ("By Jane Doe | AFP\n\n", {"credited_agency": "AFP", "byline": "Jane Doe"}),
        ("By Reuters Staff\n\n", {"credited_agency": "Reuters", "byline": None}),
    ],
)
def test_agencies_are_known_by_how_they_open_a_text(opening, found):
    words = "Dockers stopped work on Monday after a storm tore down two cranes, their union said in a statement."
    sure = read_plain(f"Cranes fall at Port Selby\n\n{opening}{words}\n\n{SECOND}").sure()
    assert {field: sure.get(field) for field in found} == found


@pytest.mark.parametrize(
    ("title", "headline", "outlet"),
    [
        ("Cranes fall at Selby | The Selby Courier", "Cranes fall at Selby", "The Selby Courier"),
        ("Cranes fall at Selby | Ships | Selby Courier", "Cranes fall at Selby", "Selby Courier"),
        ("Cranes fall at Selby - BBC News", "Cranes fall at Selby", "BBC News"),
        ("War of words - the cranes of Selby", "War of words - the cranes of Selby", None),
        ("Cranes fall – But Not Yet", "Cranes fall – But Not Yet", None),
    ],
)
def test_the_name_of_the_outlet_is_taken_from_the_end_of_a_headline(title, headline, outlet):
    reading = read_plain(f"{title}\n\n{FIRST}\n\n{SECOND}")
    assert reading.sure()["headline"] == headline
    assert next((p.value for p in reading.all_of("outlet")), None) == outlet


def test_pictures_sound_and_film_are_recognised_and_not_read():
    for data in (b"\x89PNG\r\n\x1a\n" + bytes(20), b"ID3\x03\x00" + bytes(50), b"\x00\x00\x00\x18ftypmp42" + bytes(40)):
        with pytest.raises(MediaIsNotRead, match="stored beside a text, not read"):
            read_article(data, "a.txt")
    with pytest.raises(FileIsBroken, match="a ZIP archive"):
        read_article(make_zip({"a": "b"}), "a.txt")


def test_an_archive_whose_parts_are_damaged_is_refused_and_breaks_nothing():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip" * 8)
    data = packed.getvalue()
    start = data.index(b"mimetype") + len("mimetype")
    damaged = data[:start] + b"\xff" * 8 + data[start + 8 :]
    with pytest.raises(FileIsBroken):
        read_article(damaged, "book.zip")


def test_a_text_longer_than_an_article_may_be_is_refused_before_it_is_looked_at():
    for data, said in ((b"a " * 1_000_001, "2,000,002 characters"), (b"a\n" * 100_001, "100,001 lines")):
        with pytest.raises(FileIsBroken, match=said):
            read_article(data, "a.txt")


def test_a_line_beside_the_number_of_a_page_is_a_running_head():
    head = [(72, 800, 11, "The Selby Courier"), (500, 800, 11, "1")]
    body = [
        (72, 780 - 13 * at, 11, f"The council met {at} times and asked everybody who had written.") for at in range(9)
    ]
    found = read_article(make_pdf([[*head, *body]]), "a.pdf")
    assert found.text.startswith("The council met 0 times")
    assert [line[2] for line in found.removed] == ["The Selby Courier", "1"]
    beside = [(72, 793, 11, "The council met again"), (500, 793, 11, "1")]
    assert "The council met again" in read_article(make_pdf([[*beside, *body]]), "a.pdf").text
