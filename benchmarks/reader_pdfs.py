"""PDFs of one made article, printed by the programs whose PDFs editors get. Run by reader_files.py."""

import html
import json
import subprocess
import sys
import textwrap
from importlib import import_module  # late: they are installed in an environment of its own
from pathlib import Path

import reader_texts as texts

RUNNING_HEAD, FOOT = "The Selby Courier — Tuesday 4 May 2021", "Page {} of {}"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def page_html(headline: str, paragraphs: list[str], *, language: str = "en", style: str = "", byline: str = "") -> str:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    direction = "rtl" if language in ("ar", "he") else "ltr"
    by = f"<p class=by>{byline}</p>" if byline else ""
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{html.escape(headline)}</title><style>body {{ font-family: 'DejaVu Serif', serif; font-size: 11pt }} "
        f"{style}</style></head><body><article><h1>{html.escape(headline)}</h1>{by}"
        f'<div class="text">{body}</div></article></body></html>'
    )


TWO_COLUMNS = ".text { columns: 2; column-gap: 8mm; text-align: justify; hyphens: auto }"
HEADS = (
    f'@page {{ size: A5; margin: 18mm; @top-center {{ content: "{RUNNING_HEAD}"; font-size: 8pt }} '
    '@bottom-center { content: "Page " counter(page) " of " counter(pages); font-size: 8pt } }'
)


def by_chromium(folder: Path) -> None:
    pages = {
        "chromium": page_html(texts.HEADLINE, texts.PARAGRAPHS, byline=texts.BYLINE),
        "chromium-two-columns": page_html(
            texts.HEADLINE, texts.PARAGRAPHS, byline=texts.BYLINE, style=TWO_COLUMNS + "@page { size: A5 }"
        ),
        "chromium-arabic": page_html(texts.ARABIC_HEADLINE, texts.ARABIC, language="ar"),
        "chromium-hebrew": page_html(texts.HEBREW_HEADLINE, texts.HEBREW, language="he"),
        "chromium-russian": page_html(texts.RUSSIAN_HEADLINE, texts.RUSSIAN, language="ru"),
    }
    for name, page in pages.items():
        source = folder / f"{name}.source.html"
        source.write_text(page)
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={folder / name}.pdf", source],
            check=True,
            capture_output=True,
            timeout=90,
        )
        source.unlink()


def by_weasyprint(folder: Path) -> None:
    HTML = import_module("weasyprint").HTML
    for name, page in {
        "weasyprint-two-columns": page_html(
            texts.HEADLINE, texts.PARAGRAPHS, byline=texts.BYLINE, style=TWO_COLUMNS + HEADS
        ),
        "weasyprint-one-column": page_html(
            texts.HEADLINE,
            texts.PARAGRAPHS * 2,
            byline=texts.BYLINE,
            style="p { hyphens: auto; text-align: justify }" + HEADS,
        ),
        "weasyprint-arabic": page_html(texts.ARABIC_HEADLINE, texts.ARABIC, language="ar", style=HEADS),
    }.items():
        HTML(string=page).write_pdf(folder / f"{name}.pdf")


def by_reportlab(folder: Path) -> None:
    styles = import_module("reportlab.lib.styles").getSampleStyleSheet()
    platypus = import_module("reportlab.platypus")
    width, height = A4 = import_module("reportlab.lib.pagesizes").A4

    def furniture(canvas, document):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, height - 30, "THE SELBY COURIER")
        canvas.drawRightString(width - 60, 30, str(document.page))

    for name, columns in (("reportlab", 1), ("reportlab-three-columns", 3)):
        room = (width - 120 - 15 * (columns - 1)) / columns
        frames = [platypus.Frame(60 + (room + 15) * n, 500, room, 280, 0, 0, 0, 0) for n in range(columns)]
        document = platypus.BaseDocTemplate(str(folder / f"{name}.pdf"), pagesize=A4)
        document.addPageTemplates(platypus.PageTemplate("p", frames, onPage=furniture))
        document.build(
            [
                platypus.Paragraph(texts.HEADLINE, styles["Heading1" if columns == 1 else "Heading3"]),
                platypus.Paragraph(texts.BYLINE, styles["Normal"]),
                *(platypus.Paragraph(paragraph, styles["BodyText"]) for paragraph in texts.PARAGRAPHS),
            ]
        )


def by_fpdf(folder: Path) -> None:
    FPDF = import_module("fpdf").FPDF

    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("Times", size=8)
            self.cell(0, 6, "Selby Courier, 4 May 2021", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("Times", size=8)
            self.cell(0, 10, f"- {self.page_no()} -", align="C")

    paper = Paper(format="A5")
    paper.add_page()
    paper.set_font("Times", "B", 16)
    paper.multi_cell(0, 8, texts.HEADLINE, new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Times", size=11)
    for paragraph in [texts.BYLINE, *texts.PARAGRAPHS]:
        plain = paragraph.translate(str.maketrans("“”’", '""\''))
        paper.multi_cell(0, 5.5, plain, new_x="LMARGIN", new_y="NEXT")
        paper.ln(2)
    paper.output(str(folder / "fpdf2.pdf"))
    if DEJAVU.exists():
        paper = FPDF()
        paper.add_font("d", fname=str(DEJAVU))
        paper.add_page()
        paper.set_font("d", size=11)
        for paragraph in [texts.RUSSIAN_HEADLINE, *texts.RUSSIAN]:
            paper.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
            paper.ln(3)
        paper.output(str(folder / "fpdf2-russian.pdf"))


def by_typst(folder: Path) -> None:
    typst = import_module("typst")
    body = "\n\n".join(paragraph.replace("#", "\\#").replace("@", "\\@") for paragraph in texts.PARAGRAPHS)
    for name, columns in (("typst", 1), ("typst-two-columns", 2)):
        (folder / f"{name}.typ").write_text(
            f'#set page(paper: "a5", columns: {columns}, header: [{RUNNING_HEAD}], numbering: "1")\n'
            f'#set par(justify: true)\n#set text(lang: "en", hyphenate: true, size: 10pt)\n'
            f"= {texts.HEADLINE}\n\n{texts.BYLINE}\n\n{body}\n"
        )
        typst.compile(str(folder / f"{name}.typ"), output=str(folder / f"{name}.pdf"))
        (folder / f"{name}.typ").unlink()


def by_latex(folder: Path) -> None:
    """A newspaper's page: narrow justified columns with hyphens, ligatures, a running head, rules between columns."""

    def tex(words: str) -> str:
        return words.replace("%", "\\%").replace("&", "\\&").replace("“", "``").replace("”", "''").replace("’", "'")

    body = "\n\n".join(map(tex, texts.PARAGRAPHS))
    for name, columns in (("latex-three-columns", 3), ("latex-two-columns", 2)):
        source = (
            "\\documentclass[10pt]{article}\\usepackage[utf8]{inputenc}\\usepackage{multicol}\\pagestyle{myheadings}"
            "\\usepackage[a5paper,margin=15mm,headsep=4mm]{geometry}\\columnseprule=.4pt\\hyphenpenalty=10"
            f"\\tolerance=900\\markright{{{RUNNING_HEAD}}}\\begin{{document}}{{\\noindent\\LARGE\\bfseries "
            f"{tex(texts.HEADLINE)}\\par}}\\medskip\\noindent {texts.BYLINE}\n"
            f"\\begin{{multicols}}{{{columns}}}\n{body}\n\\end{{multicols}}\\end{{document}}\n"
        )
        (folder / f"{name}.tex").write_text(source)
        subprocess.run(
            ["pdflatex", "-interaction=batchmode", f"-output-directory={folder}", folder / f"{name}.tex"],
            check=True,
            capture_output=True,
            timeout=90,
        )
        for ending in ("tex", "aux", "log"):
            (folder / f"{name}.{ending}").unlink(missing_ok=True)


def by_cairo(folder: Path) -> None:
    cairosvg = import_module("cairosvg")
    lines, y = [], 60
    for paragraph in [texts.HEADLINE, texts.BYLINE, *texts.PARAGRAPHS]:
        for line in textwrap.wrap(paragraph, 84):
            lines.append(f'<text x="50" y="{y}" font-size="11" font-family="DejaVu Sans">{html.escape(line)}</text>')
            y += 14
        y += 10
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="{y + 40}">{"".join(lines)}</svg>'
    cairosvg.svg2pdf(bytestring=svg.encode(), write_to=str(folder / "cairo.pdf"))


PDFKIT = """
const PDFDocument = require('pdfkit'), fs = require('fs');
const [out, columns] = [process.argv[2], Number(process.argv[3])];
const {headline, byline, paragraphs} = JSON.parse(fs.readFileSync(0, 'utf8'));
const doc = new PDFDocument({size: 'A4', margin: 72});
doc.pipe(fs.createWriteStream(out));
doc.font('Times-Bold').fontSize(18).text(headline).moveDown();
doc.font('Times-Roman').fontSize(11).text(byline).moveDown();
doc.text(paragraphs.join('\\n\\n'), {columns, columnGap: 15, height: 500, align: 'justify'});
doc.end();
"""


def by_pdfkit(folder: Path, modules: Path) -> None:
    article = {"headline": texts.HEADLINE, "byline": texts.BYLINE, "paragraphs": texts.PARAGRAPHS}
    script = modules / "made.js"
    script.write_text(PDFKIT)
    for name, columns in (("pdfkit", 1), ("pdfkit-two-columns", 2)):
        subprocess.run(
            ["node", script, folder / f"{name}.pdf", str(columns)], input=json.dumps(article), text=True, check=True
        )


def write_pdfs(folder: Path, modules: Path | None) -> None:
    """Every PDF that can be made on this machine; a program that is missing is named."""
    makers = [by_chromium, by_weasyprint, by_reportlab, by_fpdf, by_typst, by_latex, by_cairo]
    for maker in makers:
        try:
            maker(folder)
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            print(f"not made: {maker.__name__.removeprefix('by_')}: {error}", file=sys.stderr)
    if modules:
        by_pdfkit(folder, modules)


if __name__ == "__main__":
    write_pdfs(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
