"""The record as data: the page of formats and terms, the API (lists, single documents, annotations in pages) with what
describes it, and how to read every format with curl, in Python with pandas, and in R.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents import FORMAT, Redirect, Statement
from ..documents.entries import Head
from ..documents.vocabulary import DOCUMENT_KINDS, LazyText
from ..exports import FORMATS, Format, take_snapshot
from ..exports import annotations as collection
from ..exports.annotations import CONTEXT, annotations_of, named_ids
from ..exports.columns import RECORD_COLUMNS
from ..exports.downloads import key_of_whole
from ..exports.filtering import FILTERS
from ..exports.stream import DocumentCache, holds
from ..exports.tables import FILE_COLUMNS, TABLES, WIDE
from ..linked_data import schema_org
from ..linked_data.site import Site, terms, this_site
from ..linked_data.terms import described_context
from ..log import file_cache
from ..pages.page_context import keep_moment
from ..pages.responses import View, json_response, page, public_view
from ..queries import querysets
from ..queries.counts import counts_by_kind
from ..queries.moment import moment
from ..queries.page_state import PageState, list_state, record_state, version_state
from ..queries.query_forms import NoSuchPage, QueryForm, number_parameter, seq_parameter
from ..queries.querysets import PUBLIC_ALIAS, document_of_publication
from . import openapi
from . import reads as shapes
from .verification_lines import VERIFICATION_LINES
from .worked_questions import WorkedQuestion, notebook, worked_questions

JSON_LD_TYPE = "application/ld+json"
CACHE_SECONDS = 3600  # seconds for which what describes the formats may be kept without asking again


class ListForm(QueryForm):
    """After which entry a list goes on, and how many documents it gives at once."""

    after = seq_parameter("after")
    limit = number_parameter(
        1, shapes.MAX_LIMIT, lazy("This must be one whole number from 1 to %(most)s."), absent=shapes.DEFAULT_LIMIT
    )


def state_of_list(request: HttpRequest, *, kind: str) -> PageState:
    """In which state a list stands."""
    return list_state(kind)


@public_view(accepts=ListForm.names(), past=True, of=state_of_list)
def document_list(request: HttpRequest, now: Head, *, kind: str, twin: bool) -> HttpResponse:
    """One page of what stands of one kind."""
    after, limit = read_list_query(request.GET, now)
    items, following = shapes.list_documents(kind, after=after, limit=limit, head=now)
    content = {"format": FORMAT, "head": now, "items": items, "next": None}
    if following is not None:
        content["next"] = keep_moment(f"{request.path}?after={following}&limit={limit}")
    return json_response(content)


def state_of_version(request: HttpRequest, *, kind: str, public_id: str) -> PageState:
    """In which state a single document stands."""
    return version_state(public_id)


@public_view(accepts=(), past=True, of=state_of_version)
def document_detail(request: HttpRequest, now: Head, *, kind: str, public_id: str, twin: bool) -> HttpResponse:
    """One document as it stands; what was merged leads to what it was merged into."""
    row = shapes.current_publication(public_id, kind)
    if row.kind == "redirect" != kind and isinstance(merged := document_of_publication(row), Redirect):
        return HttpResponsePermanentRedirect(keep_moment(request.path.replace(public_id, merged.into)))
    return json_response({"format": FORMAT, "head": now, **shapes.published_fields(row)})


@public_view(accepts=ListForm.names(), past=True)
def annotation_list(request: HttpRequest, now: Head, *, twin: bool) -> HttpResponse:
    """One page of annotations: those of up to `limit` statements."""
    after, limit = read_list_query(request.GET, now)
    rows = list(shapes.publications_of_kind("statement", after=after, head=now)[: limit + 1])
    site, named = this_site(), DocumentCache(take_snapshot(now.seq or None, using=PUBLIC_ALIAS))
    published = [shapes.published_document(row) for row in rows[:limit]]
    entries = [entry for entry in published if holds(entry, Statement)]
    named.fetch(public_id for entry in entries for public_id in named_ids(entry.document))
    found = {
        "@context": CONTEXT,
        "id": site.address_for(keep_moment(f"api/annotations.jsonld?after={after}&limit={limit}")),
        "type": "AnnotationPage",
        "partOf": {"id": site.address_for(collection.PATH), "type": "AnnotationCollection", "label": site.name},
        "items": [found for entry in entries for found in annotations_of(entry, site=site, get=named.get)],
    }
    if len(rows) > limit:
        found["next"] = site.address_for(keep_moment(f"api/annotations.jsonld?after={entries[-1].seq}&limit={limit}"))
    return json_response(found, content_type=collection.CONTENT_TYPE)


def constant_view(build: Callable[..., dict], content_type: str) -> View:
    """A view of what follows from the code alone."""

    @public_view(accepts=())
    def view(request: HttpRequest, now: Head, *, twin: bool, **kwargs: str) -> HttpResponse:
        response = json_response(build(**kwargs), content_type=content_type)
        response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
        return response

    return view


json_ld_context = constant_view(described_context, JSON_LD_TYPE)
openapi_description = constant_view(openapi.description, openapi.OPENAPI)


@public_view(accepts=())
def document_schema(request: HttpRequest, now: Head, *, name: str, twin: bool) -> HttpResponse:
    """The JSON Schema of one kind of document."""
    if name not in openapi.DOCUMENT_SCHEMAS:
        raise NoSuchPage(_("There is no kind of document of that name."))
    return json_response(openapi.document_schema(name), content_type="application/schema+json")


@page("record/api.html", past=False)
def api(request: HttpRequest) -> dict:
    return {
        "page": "api",
        "title": _("API"),
        "description": _("The record for programs: lists, single documents, exports, with examples."),
        "address": "/api",
        "operations": openapi.operations(),
        "examples": examples(this_site()),
    }


def read_list_query(query: QueryDict, now: Head) -> tuple[int, int]:
    """The `after` and `limit` that are asked for. Raises `BadQuery` or `NoSuchPage` in words."""
    asked = ListForm(query).clean_values()
    after = asked["after"] or 0
    if after > now.seq and after > querysets.head().seq:
        raise NoSuchPage(_("The record ends at %(seq)s: after lies beyond it.") % {"seq": now.seq})
    return after, asked["limit"]


# The three ways in, in the order of the page: the format, and for whom it is.
WAYS_IN: tuple[tuple[str, LazyText, LazyText], ...] = (
    (
        "tables.xlsx",
        lazy("Spreadsheet"),
        lazy("A workbook with a sheet for each table. Begin with “claims”: who affirms and who denies what."),
    ),
    (
        "sqlite",
        lazy("Program"),
        lazy("One SQLite file with the same tables, for SQL, Datasette, DuckDB, Python and R."),
    ),
    (
        "ndjson",
        lazy("Archive"),
        lazy("The whole log, which can be verified and imported. Its last line has the SHA-256 of all before it."),
    ),
)
# What of the tables is counted on the page anyway.
_COUNTED_TABLES = {f"{kind}s": kind for kind in DOCUMENT_KINDS}


def data_state(request: HttpRequest) -> PageState:
    """The state of the record, and which files have been made since."""
    state = record_state()
    known = [way["sha256"] or "" for way in ways_in(state)]
    return replace(state, version=f"{state.version}-{hashlib.sha256(' '.join(known).encode()).hexdigest()[:12]}")


def ways_in(state: PageState) -> list[dict]:
    """The files to begin with: `title`, `address`, `words`, and `size` (bytes) and `sha256` where they are known.

    They are once a file has been made for somebody.
    """
    ways: list[dict] = []
    for name, title, words in WAYS_IN:
        form = FORMATS[name]
        known = file_cache.find_sum(key_of_whole(form, state.head, state.emptied))
        about = {"title": title, "address": f"/{form.address}", "words": words}
        ways.append(about | {"size": known and known.size, "sha256": known and known.sha256})
    return ways


@page("record/data.html", of=data_state)
def data(request: HttpRequest) -> dict:
    now = querysets.head()
    counts, is_cut = counts_by_kind()
    day = (now.published_at or "2026-01-31")[:10]
    return {
        "page": "data",
        "title": _("Data"),
        "description": _("The whole record as data: exports, their schema, how to cite and how to verify it."),
        "address": reverse("data"),
        "shapes": FORMAT,
        "newest": {
            "seq": now.seq,
            "link": now.link,
            "published_at": now.published_at,
        },
        "counts": [
            {"kind": kind, "one": one, "many": many, "count": counts.get(kind, 0)}
            for kind, (one, many) in DOCUMENT_KINDS.items()
        ],
        "at_least": is_cut,
        "linked": dataset_node(now, this_site()),
        "terms": {"words": terms().words, "address": terms().address},
        "ways": ways_in(record_state()) if moment() is None else [],
        "tables": [
            {
                "name": table.name,
                "words": table.title,
                "rows": now.seq if table.name == "changes" else counts.get(_COUNTED_TABLES.get(table.name, "")),
                "files": [f"/{form.address}" for form in FORMATS.values() if form.table is table and form.is_installed],
            }
            for table in TABLES
        ],
        "questions": [
            {
                "asked": question.asked,
                "query": question.query,
                "file": f"/export/{question.table}.csv",
                "steps": spreadsheet_steps(question),
            }
            for question in worked_questions(day)
        ],
        "notebook": f"{get_script_prefix()}data/questions.ipynb",  # files have no language
        "verification": VERIFICATION_LINES,
        "filters": [*FILTERS, "recorded_since"],
        "files": [
            *(
                {"address": f"/{form.address}", "words": str(form.words)}
                for form in FORMATS.values()
                if form.table in (None, WIDE) and form.is_installed
            ),
            {
                "address": reverse("api"),
                "words": _("The record for programs: lists, single documents, exports, with examples."),
            },
            {"address": "/schema.json", "words": _("The JSON Schema of the export and of every kind of document.")},
        ],
    }


def spreadsheet_steps(question: WorkedQuestion) -> str:
    """What to do in a spreadsheet, in a sentence."""
    conditions: dict[str, list[str]] = {}
    for column, value in question.filters:
        conditions.setdefault(column, []).append(_("anything") if value is None else value)
    said = "; ".join(f"{column}: {' / '.join(values)}" for column, values in conditions.items())
    words = {"filters": said, "columns": ", ".join(question.columns)}
    if question.compared:
        words |= {"sorted": ", ".join(question.compared), "last": question.columns[-1]}
        return (
            _(
                "Filter by %(filters)s. Sort by %(sorted)s: where rows agree in these and differ in “%(last)s”, read "
                "%(columns)s."
            )
            % words
        )
    return _("Filter by %(filters)s. Read %(columns)s.") % words


@page("record/columns.html", past=False)
def columns(request: HttpRequest) -> dict:
    """The data dictionary: every column of every table."""
    return {
        "page": "columns",
        "title": _("Data dictionary"),
        "description": _("Every table of the exports and what stands in its columns."),
        "address": reverse("data_columns"),
        "tables": [
            {
                "name": table.name,
                "words": table.title,
                "key": list(table.key),
                "columns": [
                    {
                        "name": column.name,
                        "type": column.type,
                        "words": column.description,
                        "unit": column.unit,
                        "choices": list(column.choices),
                        "leads_to": column.table,
                    }
                    for column in table.own_columns
                ],
            }
            for table in (*TABLES, WIDE)
        ],
        "shared": [
            {"name": column.name, "type": column.type, "words": column.description}
            for column in (*RECORD_COLUMNS, *FILE_COLUMNS)
        ],
    }


@public_view()
def questions_notebook(request: HttpRequest, now: Head, *, twin: bool) -> HttpResponse:
    """Five questions and their answers from the tables, as a Jupyter notebook."""
    made = notebook(this_site(), (now.published_at or "2026-01-31")[:10])
    response = HttpResponse(made, content_type="application/x-ipynb+json")
    response["Content-Disposition"] = 'attachment; filename="claimtrack-questions.ipynb"'
    return response


def dataset_node(now: Head, site: Site) -> dict:
    """The record as catalogues of data sets describe one (https://schema.org/Dataset)."""
    return schema_org.drop_empty_fields(
        {
            "@context": schema_org.CONTEXT,
            "@type": "Dataset",
            "@id": site.address_for("data"),
            "name": site.name,
            "description": _("Who says what about a contested question, and how we know that they said it."),
            "url": site.address_for("data"),
            "version": str(now.seq),
            "dateModified": now.published_at,
            "license": terms().address,
            "creator": schema_org.publisher_node(site),
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": str(form.words),
                    "encodingFormat": form.media_type.partition(";")[0],
                    "contentUrl": site.address_for(form.address),
                }
                for form in FORMATS.values()
                if form.is_installed
            ],
        }
    )


_JSON = (
    'record = pd.read_json("{url}", typ="series")',
    'record <- jsonlite::fromJSON("{url}")',
)
_LINES = ('entries = pd.read_json("{url}", lines=True)', 'entries <- jsonlite::stream_in(url("{url}"))')
_LIST = ('rows = pd.read_json("{url}")', 'rows <- jsonlite::fromJSON("{url}")')

# By the name of a format or, for tables, by how its address ends: what follows the import in Python, and all in R.
READING_EXAMPLES = {
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
    "tables.xlsx": (
        'tables = pd.read_excel("{url}", sheet_name=None)',
        'download.file("{url}", "record.xlsx", mode = "wb")\nclaims <- readxl::read_excel("record.xlsx", "claims")',
    ),
    "sqlite": (
        "import sqlite3\nfrom urllib.request import urlretrieve\n\n"
        'database = sqlite3.connect(urlretrieve("{url}")[0])\n'
        'claims = pd.read_sql("SELECT * FROM claims", database)',
        'download.file("{url}", "record.sqlite", mode = "wb")\n'
        'open <- DBI::dbConnect(RSQLite::SQLite(), "record.sqlite")\nclaims <- DBI::dbReadTable(open, "claims")',
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

_PAGING_IN_PYTHON = """address, rows = "/api/statements.json?limit=1000", []
while address:
    page = pd.read_json("{site}" + address, typ="series")
    rows += page["items"]
    address = page["next"]
statements = pd.json_normalize(rows)"""
_PAGING_IN_R = """address <- "/api/statements.json?limit=1000"
pages <- list()
while (!is.null(address)) {{
  page <- jsonlite::fromJSON(paste0("{site}", address))
  pages[[length(pages) + 1]] <- page$items
  address <- page[["next"]]
}}
statements <- jsonlite::rbind_pages(pages)"""


def examples(site: Site) -> list[dict]:
    """Of every format that is installed, and of the lists of the API: `address`, `words`, `curl`, `python` and `r`.

    Tables are read alike: the wide one stands for all.
    """
    walked = example("/api/statements.json", "", "statements.json", (_PAGING_IN_PYTHON, _PAGING_IN_R), site)
    shown = [form for form in FORMATS.values() if form.is_installed and form.table in (None, WIDE)]
    return [walked, *(format_example(form, site) for form in shown)]


def format_example(form: Format, site: Site) -> dict:
    readers = READING_EXAMPLES.get(form.name) or READING_EXAMPLES["." + form.address.rpartition(".")[2]]
    return example(f"/{form.address}", form.words, f"claimtrack.{form.extension}", readers, site)


def example(address: str, words: str | Promise, saved: str, readers: tuple[str, str], site: Site) -> dict:
    url = site.address_for(address.removeprefix("/"))
    python, r = (text.format(url=url, site=site.address) for text in readers)
    return {
        "address": address,
        "words": words,
        "curl": f"curl --compressed -o {saved} {url}",
        "python": f"import pandas as pd\n\n{python}",
        "r": r,
    }
