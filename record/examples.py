"""How to read every format with curl, in Python with pandas, and in R: what the page `/api` shows."""

from .exports import FORMATS, Format
from .linked.site import Site

_JSON = (
    'record = pd.read_json("{url}", typ="series")',
    'record <- jsonlite::fromJSON("{url}")',
)
_LINES = ('entries = pd.read_json("{url}", lines=True)', 'entries <- jsonlite::stream_in(url("{url}"))')
_LIST = ('rows = pd.read_json("{url}")', 'rows <- jsonlite::fromJSON("{url}")')

# By the name of a format or, for tables, by how its address ends: what follows the import in Python, and all in R.
READERS = {
    "json": (
        _JSON[0] + '\nstatements = pd.json_normalize(record["statements"])',
        _JSON[1] + "\nstatements <- record$statements",
    ),
    "ndjson": _LINES,
    "jsonld": (
        _JSON[0] + '\ngraph = pd.DataFrame(record["@graph"])\nclaims = graph[graph["@type"] == "Claim"]',
        _JSON[1] + '\ngraph <- record[["@graph"]]',
    ),
    "annotations": (
        _JSON[0] + '\nannotations = pd.json_normalize(record["first"]["items"])',
        _JSON[1] + "\nannotations <- record$first$items",
    ),
    "popolo": (
        _JSON[0] + '\npersons = pd.json_normalize(record["persons"])',
        _JSON[1] + "\npersons <- record$persons",
    ),
    "followthemoney": _LINES,
    "csl": _LIST,
    "bibtex": (
        "import bibtexparser\nfrom urllib.request import urlopen\n\n"
        'library = bibtexparser.parse_string(urlopen("{url}").read().decode())\n'
        "entries = pd.DataFrame({{field.key: field.value for field in entry.fields}} for entry in library.entries)",
        'entries <- RefManageR::ReadBib("{url}")',
    ),
    ".csv": (
        'rows = pd.read_csv("{url}", dtype=str, keep_default_na=False)\n'
        'rows = rows.map(lambda cell: cell.removeprefix("\'"))',
        'rows <- readr::read_csv("{url}", col_types = readr::cols(.default = "c"))\n'
        'rows[] <- lapply(rows, function(cell) sub("^\'", "", cell))',
    ),
    ".xlsx": (
        'rows = pd.read_excel("{url}")',
        'download.file("{url}", "record.xlsx", mode = "wb")\nrows <- readxl::read_excel("record.xlsx")',
    ),
    ".parquet": ('rows = pd.read_parquet("{url}")', 'rows <- arrow::read_parquet("{url}")'),
    ".zip": (
        "from urllib.request import urlretrieve\nfrom zipfile import ZipFile\n\n"
        'archive = ZipFile(urlretrieve("{url}")[0])\n'
        'tables = {{name: pd.read_csv(archive.open(name)) for name in archive.namelist() if name.endswith(".csv")}}',
        'download.file("{url}", "record.zip", mode = "wb")\n'
        'files <- grep("csv$", unzip("record.zip"), value = TRUE)\n'
        'tables <- lapply(files, read.csv, encoding = "UTF-8")',
    ),
    ".json": _JSON,
}

_WALK = """address, rows = "/api/statements.json?limit=1000", []
while address:
    page = pd.read_json("{site}" + address, typ="series")
    rows += page["items"]
    address = page["next"]
statements = pd.json_normalize(rows)"""
_WALK_IN_R = """address <- "/api/statements.json?limit=1000"
pages <- list()
while (!is.null(address)) {{
  page <- jsonlite::fromJSON(paste0("{site}", address))
  pages[[length(pages) + 1]] <- page$items
  address <- page[["next"]]
}}
statements <- jsonlite::rbind_pages(pages)"""


def examples(site: Site) -> list[dict]:
    """Of every format, and of the lists of the API: `address`, `words`, and `curl`, `python` and `r`."""
    walked = example("/api/statements.json", "", "statements.json", (_WALK, _WALK_IN_R), site)
    return [walked, *(of_format(form, site) for form in FORMATS.values())]


def of_format(form: Format, site: Site) -> dict:
    ending = "." + form.address.rpartition(".")[2]
    readers = READERS.get(form.name) or READERS[ending]
    saved = f"claimtrack.{form.extension}"
    return example(f"/{form.address}", form.words, saved, readers, site)


def example(address: str, words, saved: str, readers: tuple[str, str], site: Site) -> dict:
    url = site.at(address.removeprefix("/"))
    python, r = (text.format(url=url, site=site.address) for text in readers)
    return {
        "address": address,
        "words": words,
        "curl": f"curl --compressed -o {saved} {url}",
        "python": f"import pandas as pd\n\n{python}",
        "r": r,
    }
