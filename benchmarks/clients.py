"""Sets the programs that people use on the open data of a served demonstration, and prints a row for each.

    .venv/bin/python benchmarks/clients.py [NAME …] [--keep FOLDER]

Each client is installed as its registry has it now, in an environment of its own below FOLDER (a temporary one without
`--keep`), and asks a site that is served on this machine. Clients of Debian (`Rscript`, `soffice`, `pandoc`, `wget`)
are used where they are installed. A row says what was asked and what came; one that fails says why. Ends with 1 if a
row fails. What a client is asked stands in one function, whose first line is its row.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from records import ROOT, run, throwaway

CLIENTS: dict[str, "Client"] = {}
TIMEOUT = 900  # seconds for one client
OTHER_ORIGIN = "<!doctype html><meta charset=utf-8><title>a page of another site</title>"


@dataclass(frozen=True)
class Client:
    """A program: what to install from PyPI or npm, or the command that must be there, and what it is asked."""

    name: str
    ask: Callable[["Site"], str]
    python: tuple[str, ...] = ()
    node: tuple[str, ...] = ()
    command: str = ""


@dataclass(frozen=True)
class Site:
    """The served demonstration, and a folder of the client's own with what it installed."""

    address: str
    folder: Path

    def python(self, script: str, *arguments: str) -> str:
        """What a script prints in the client's environment."""
        return self.run(self.folder / "python/bin/python", "-c", script, self.address, *arguments)

    def tool(self, name: str, *arguments: object) -> str:
        """What a command of the client's packages prints."""
        return self.run(self.folder / "python/bin" / name, *arguments)

    def node(self, script: str) -> str:
        """What a module prints in Node.js; it finds the site in `process.env.SITE`."""
        path = self.folder / "ask.mjs"
        path.write_text(script)
        return self.run("node", path)

    def npx(self, name: str, *arguments: object) -> str:
        return self.run(self.folder / "node_modules/.bin" / name, *arguments)

    def run(self, *command: object) -> str:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            env=os.environ | {"SITE": self.address, "NO_COLOR": "1", "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
        if done.returncode:
            raise AssertionError(f"{Path(str(command[0])).name}: {(done.stderr or done.stdout).strip()[-600:]}")
        return done.stdout.strip()

    def get(self, path: str, **headers: str) -> bytes:
        return urlopen(Request(f"{self.address}{path}", headers=headers)).read()

    def save(self, path: str, name: str) -> Path:
        found = self.folder / name
        found.write_bytes(self.get(path))
        return found

    def json(self, path: str) -> dict:
        return json.loads(self.get(path))


def client(name: str, **needs: object) -> Callable:
    def decorate(ask: Callable[[Site], str]) -> Callable[[Site], str]:
        CLIENTS[name] = Client(name, ask, **needs)  # type: ignore[arg-type]
        return ask

    return decorate


def count_rows(site: Site, path: str) -> int:
    return len([*__import__("csv").DictReader(site.get(path).decode("utf-8-sig").splitlines())])


# Tables


@client("pandas", python=("pandas", "pyarrow", "openpyxl"))
def ask_pandas(site: Site) -> str:
    """read_csv, read_excel, read_parquet and read_json by address"""
    return site.python("""
import sys, pandas as pd
site = sys.argv[1]
rows = pd.read_csv(f"{site}/export.csv", dtype=str, keep_default_na=False)
book, columns = pd.read_excel(f"{site}/export.xlsx"), pd.read_parquet(f"{site}/export.parquet")
lines = pd.read_json(f"{site}/export.ndjson", lines=True)
assert len(rows) == len(book) == len(columns) > 100, (len(rows), len(book), len(columns))
assert list(rows) == list(columns)
print(len(rows), "rows three times;", len(lines), "lines")
""")


@client("polars", python=("polars", "fastexcel"))
def ask_polars(site: Site) -> str:
    """read_csv by address; scan_csv and scan_parquet by address, in parts; files"""
    site.save("/export.parquet", "a.parquet")
    return site.python("""
import sys, polars as pl
site = sys.argv[1]
rows = pl.read_csv(f"{site}/export.csv", infer_schema=False)
lazy = pl.scan_csv(f"{site}/export.csv", infer_schema=False).collect()
parts = pl.scan_parquet(f"{site}/export.parquet").select(pl.len()).collect().item()
file = pl.read_parquet("a.parquet")
assert rows.height == lazy.height == parts == file.height > 100, (rows.height, lazy.height, parts, file.height)
print(rows.height, "rows four times")
""")


@client("duckdb", python=("duckdb",))
def ask_duckdb(site: Site) -> str:
    """read_csv, read_parquet and read_json on files"""
    for name in ("csv", "parquet", "ndjson"):
        site.save(f"/export.{name}", f"a.{name}")
    return site.python("""
import duckdb
found = [duckdb.connect().execute(f"select count(*) from {how}").fetchone()[0] for how in
         ("read_csv('a.csv', all_varchar=true)", "'a.parquet'", "read_json('a.ndjson', maximum_object_size=9999999)")]
assert found[0] == found[1] > 100, found
print(found[0], "rows twice;", found[2], "lines")
""")


@client("r", command="Rscript")
def ask_r(site: Site) -> str:
    """readr::read_csv and jsonlite by address; base read.csv"""
    return site.run(
        "Rscript",
        "-e",
        """
site <- Sys.getenv("SITE")
rows <- readr::read_csv(paste0(site, "/export.csv"), col_types = readr::cols(.default = "c"))
plain <- read.csv(paste0(site, "/export.csv"), encoding = "UTF-8", colClasses = "character")
page <- jsonlite::fromJSON(paste0(site, "/api/statements.json"))
stopifnot(nrow(rows) == nrow(plain), nrow(rows) > 100, nrow(page$items) == 100)
cat(nrow(rows), "rows twice;", nrow(page$items), "documents")
""",
    )


@client("csvkit", python=("csvkit",))
def ask_csvkit(site: Site) -> str:
    """csvstat counts, csvsql asks, csvclean finds rows as long as the header"""
    site.save("/export.csv", "statements.csv")
    site.tool("csvclean", "--length-mismatch", "statements.csv")
    count = site.tool("csvstat", "--count", "statements.csv")
    asked = "select count(*) as n from statements where stance = 'denies'"
    return f"{count} rows; denials: {site.tool('csvsql', '-I', '--query', asked, 'statements.csv').split()[-1]}"


@client("libreoffice", command="soffice")
def ask_libreoffice(site: Site) -> str:
    """opens XLSX and CSV and writes them as CSV: as many rows"""
    found = []
    for name in ("xlsx", "csv"):
        saved = site.save(f"/export/claims.{name}", f"claims-{name}.{name}")
        profile = f"-env:UserInstallation=file://{site.folder}/profile"
        site.run("soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76",
                 "--outdir", site.folder / "out", saved)  # fmt: skip
        text = (site.folder / "out" / f"claims-{name}.csv").read_text("utf-8-sig")
        found.append(len([*__import__("csv").DictReader(text.splitlines())]))
    assert found[0] == found[1] == count_rows(site, "/export/claims.csv"), found
    return f"{found[0]} rows twice"


@client("frictionless", python=("frictionless",))
def ask_frictionless(site: Site) -> str:
    """validates datapackage.zip and, by address, datapackage.json"""
    site.save("/datapackage.zip", "record.zip")
    return site.python("""
import sys, zipfile, frictionless
zipfile.ZipFile("record.zip").extractall("record")
reports = [frictionless.validate("record/datapackage.json"),
           frictionless.validate(f"{sys.argv[1]}/datapackage.json")]
assert all(report.valid for report in reports), [report.flatten(["title", "note"])[:3] for report in reports]
print(*(f"{report.stats['tasks']} tables" for report in reports), sep=", ")
""")


@client("sqlite-utils", python=("sqlite-utils",))
def ask_sqlite_utils(site: Site) -> str:
    """tables of /export.sqlite, and a query of them"""
    site.save("/export.sqlite", "record.sqlite")
    tables = json.loads(site.tool("sqlite-utils", "tables", "record.sqlite", "--counts"))
    assert {"statements", "claims", "actors"} <= {table["table"] for table in tables}, tables
    return f"{len(tables)} tables, {sum(table['count'] for table in tables)} rows"


@client("datasette", python=("datasette", "setuptools"))
def ask_datasette(site: Site) -> str:
    """serves /export.sqlite: its own page of the tables and a query as JSON"""
    site.save("/export.sqlite", "record.sqlite")
    site.tool("datasette", "record.sqlite", "--get", "/record")
    found = site.tool("datasette", "record.sqlite", "--get", "/record/claims.json?_shape=array&_size=max")
    assert json.loads(found)
    return f"{len(json.loads(found))} claims"


# The API


@client("openapi-python-client", python=("openapi-python-client", "attrs", "httpx", "python-dateutil"))
def ask_openapi_python_client(site: Site) -> str:
    """makes a client of the description, fetches a list and a document with types"""
    site.save("/api/openapi.json", "openapi.json")
    said = site.tool("openapi-python-client", "generate", "--path", "openapi.json", "--output-path", "made",
                     "--meta", "none", "--overwrite")  # fmt: skip
    return (
        site.python("""
import sys
from made import Client
from made.api.default import get_claim, list_claims
from made.models import Claim, ClaimListing, SingleClaim
client = Client(base_url=sys.argv[1])
page = list_claims.sync(client=client, limit=5)
assert isinstance(page, ClaimListing) and isinstance(page.items[0].document, Claim), page
single = get_claim.sync(page.items[0].document.id, client=client)
assert isinstance(single, SingleClaim) and single.document.text == page.items[0].document.text
print(len(page.items), "claims with types;", end=" ")
""")
        + f"{said.count('WARNING')} warnings"
    )


@client("openapi-typescript", node=("openapi-typescript", "openapi-fetch", "typescript@5"))
def ask_openapi_typescript(site: Site) -> str:
    """makes types; a program that uses them compiles, and fetches a list and a document"""
    site.save("/api/openapi.json", "openapi.json")
    site.npx("openapi-typescript", "openapi.json", "-o", "made.d.ts")
    (site.folder / "ask.ts").write_text("""
import createClient from "openapi-fetch";
import type { paths } from "./made";
const client = createClient<paths>({ baseUrl: process.env.SITE });
const { data } = await client.GET("/api/claims.json", { params: { query: { limit: 5 } } });
const first: string = data!.items[0].document.text;
const { data: single } = await client.GET("/api/claims/{id}.json",
  { params: { path: { id: data!.items[0].document.id } } });
if (single!.document.text !== first) throw new Error("another");
console.log(data!.items.length + " claims with types");
""")
    return compile_and_run(site)


@client("hey-api", node=("@hey-api/openapi-ts", "typescript@5"))
def ask_hey_api(site: Site) -> str:
    """makes a client; a program that uses it compiles, and fetches a list and a document"""
    site.save("/api/openapi.json", "openapi.json")
    site.npx("openapi-ts", "-i", "openapi.json", "-o", "made", "-c", "@hey-api/client-fetch")
    (site.folder / "ask.ts").write_text("""
import { client } from "./made/client.gen";
import { getClaim, listClaims } from "./made/sdk.gen";
client.setConfig({ baseUrl: process.env.SITE });
const { data } = await listClaims({ query: { limit: 5 } });
const first: string = data!.items[0].document.text;
const { data: single } = await getClaim({ path: { id: data!.items[0].document.id } });
if (single!.document.text !== first) throw new Error("another");
console.log(data!.items.length + " claims with types");
""")
    return compile_and_run(site)


def compile_and_run(site: Site) -> str:
    site.run("npm", "install", "--no-audit", "--no-fund", "--silent", "@types/node", "esbuild")
    site.npx("tsc", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext",
             "--moduleResolution", "bundler", "--types", "node", "ask.ts")  # fmt: skip
    site.npx(
        "esbuild", "ask.ts", "--bundle", "--platform=node", "--format=esm", "--outfile=ask.mjs", "--log-level=error"
    )
    return site.run("node", "ask.mjs")


@client("schemathesis", python=("schemathesis",))
def ask_schemathesis(site: Site) -> str:
    """finds no valid request refused, and no answer that is not as described"""
    site.save("/api/openapi.json", "openapi.json")
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    said = site.tool("schemathesis", "run", "openapi.json", "--url", site.address, "--mode", "positive", "--checks",
                     checks + "positive_data_acceptance", "--phases", "examples,fuzzing", "--max-examples", "5",
                     "--seed", "1", "--suppress-health-check", "all")  # fmt: skip
    return " ".join(said.splitlines()[-6:])[:120]


@client("prism", node=("@stoplight/prism-cli",))
def ask_prism(site: Site) -> str:
    """proxies the site and finds every answer as described"""
    site.save("/api/openapi.json", "openapi.json")
    port = free_port()
    proxy = subprocess.Popen(
        [site.folder / "node_modules/.bin/prism", "proxy", "openapi.json", site.address, "-p", str(port), "--errors"],
        cwd=site.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        kinds = ("topics", "questions", "claims", "actors", "outlets", "articles", "statements", "redirects")
        for kind in kinds:
            page = json.loads(urlopen(f"http://127.0.0.1:{port}/api/{kind}.json?limit=3").read())
            for item in page["items"]:
                urlopen(f"http://127.0.0.1:{port}/api/{kind}/{item['document']['id']}.json").read()
    finally:
        proxy.terminate()
    return f"{len(kinds)} lists and their documents"


# Linked data


@client("rdflib", python=("rdflib",))
def ask_rdflib(site: Site) -> str:
    """who denies or opposes after 2018, by typed dates; one object as Turtle and N-Triples"""
    context = site.json("/context.jsonld")["@context"]
    graph = site.json("/export.jsonld") | {"@context": context}
    (site.folder / "record.jsonld").write_text(json.dumps(graph))
    statements = [item["document"] for item in site.json("/api/statements.json?limit=1000")["items"]]
    expected = sum(
        bool(said.get("said_on")) and said["said_on"]["earliest"] > "2018-12-31"
        for said in statements
        for stance in said["stances"]
        if stance["stance"] in ("denies", "opposes")
    )
    found = site.python("""
import sys, rdflib
graph = rdflib.Graph().parse("record.jsonld", format="json-ld")
rows = graph.query('''
PREFIX own: <urn:claimtrack:1:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX cito: <http://purl.org/spar/cito/>
SELECT (COUNT(*) AS ?n) { ?said cito:disagreesWith ?claim ; own:earliest ?day
FILTER (?day > "2018-12-31"^^xsd:date) }''')
one = next(graph.subjects(rdflib.RDF.type, rdflib.URIRef("http://schema.org/Claim")))
for form in ("turtle", "nt"):
    accept = {"turtle": "text/turtle", "nt": "application/n-triples"}[form]
    from urllib.request import Request, urlopen
    text = urlopen(Request(str(one), headers={"Accept": accept})).read().decode()
    assert (one, rdflib.RDF.type, None) in rdflib.Graph().parse(data=text, format=form), form
print(list(rows)[0][0])
""")
    assert int(found) == expected > 0, (found, expected)
    return f"{found}, as the documents have"


@client("pyld", python=("PyLD",))
def ask_pyld(site: Site) -> str:
    """expands the export, with the context from a file"""
    site.save("/export.jsonld", "record.jsonld")
    site.save("/context.jsonld", "context.jsonld")
    return site.python("""
import json
from pyld import jsonld
context = json.load(open("context.jsonld"))
jsonld.set_document_loader(lambda url, options: {"document": context, "documentUrl": url, "contextUrl": None})
found = jsonld.expand(json.load(open("record.jsonld")))
assert len(found) > 100
print(len(found), "nodes")
""")


@client("jsonld.js", node=("jsonld",))
def ask_jsonld_js(site: Site) -> str:
    """makes N-Quads of the export, with the context from a file"""
    site.save("/export.jsonld", "record.jsonld")
    site.save("/context.jsonld", "context.jsonld")
    return site.node("""
import fs from "node:fs";
import jsonld from "jsonld";
const document = JSON.parse(fs.readFileSync("context.jsonld"));
const documentLoader = async documentUrl => ({ document, documentUrl, contextUrl: null });
const quads = await jsonld.toRDF(JSON.parse(fs.readFileSync("record.jsonld")),
  { documentLoader, format: "application/n-quads" });
const typed = quads.split("\\n").filter(line => line.includes("XMLSchema#date>"));
if (typed.length < 50) throw new Error("no typed dates");
console.log(quads.split("\\n").length + " quads, " + typed.length + " typed days");
""")


@client("followthemoney", python=("followthemoney",))
def ask_followthemoney(site: Site) -> str:
    """reads and validates every entity"""
    site.save("/entities.ftm.json", "entities.json")
    return site.python("""
import json
from followthemoney import model
found = [model.get_proxy(json.loads(line)) for line in open("entities.json")]
for raw, entity in zip(map(json.loads, open("entities.json")), found):
    for name, values in raw["properties"].items():
        assert len(entity.get(name)) == len(set(values)), (raw, name)
print(len(found), "entities, every value kept")
""")


@client("apache-annotator", node=("@apache-annotator/dom", "@apache-annotator/selector", "jsdom"))
def ask_apache_annotator(site: Site) -> str:
    """finds the words of every annotation in the text of its article (it imports its selectors without saying so)"""
    record = site.folder / "record.ndjson"
    with throwaway("sqlite") as desk:  # which has the texts; a record has words alone
        for command in (
            ["migrate", "-v0"],
            ["load_demonstration"],
            ["export_record", site.folder / "annotations.json", "--format", "annotations"],
            ["export_record", record, "--format", "ndjson"],
        ):
            run(desk, "manage.py", *command)
        asked = "from articles.models import Capture; import json; "
        asked += "print(json.dumps(dict(Capture.objects.values_list('sha256', 'text'))))"
        texts = run(desk, "manage.py", "shell", "-c", asked).splitlines()[-1]
    (site.folder / "texts.json").write_text(texts)
    documents = [json.loads(line).get("document") or {} for line in record.read_text().splitlines()]
    captures = {
        f"{document['id']}#annotation-{number}": appearance["passage"]["capture"]
        for document in documents
        for number, appearance in enumerate(document.get("appearances", ()), 1)
    }
    (site.folder / "captures.json").write_text(json.dumps(captures))
    return site.node("""
import fs from "node:fs";
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<!doctype html><body></body>");
for (const name of ["document", "Node", "NodeFilter", "Range", "Text"]) globalThis[name] = window[name] ?? window;
globalThis.document = window.document;
const { createTextQuoteSelectorMatcher } = await import("@apache-annotator/dom");
const read = name => JSON.parse(fs.readFileSync(name));
const [texts, captures, all] = ["texts.json", "captures.json", "annotations.json"].map(read);
let found = 0, missed = [];
for (const annotation of all.first.items) {
  document.body.textContent = texts[captures[annotation.id.split("/").pop()]];
  let ranges = 0;
  for await (const range of createTextQuoteSelectorMatcher(annotation.target.selector[0])(document.body)) ranges += 1;
  if (ranges) found += 1; else missed.push(annotation.target.selector[0]);
}
if (missed.length) throw new Error(missed.length + " not found, such as " + JSON.stringify(missed[0]));
console.log(found + " of " + all.total + " found");
""")


# Citations


@client("citation-js", node=("@citation-js/core", "@citation-js/plugin-csl", "@citation-js/plugin-bibtex"))
def ask_citation_js(site: Site) -> str:
    """reads CSL-JSON and BibTeX, and writes a bibliography of both"""
    site.save("/citations.json", "record.json")
    site.save("/citations.bib", "record.bib")
    return site.node("""
import fs from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-bibtex";
const found = ["record.json", "record.bib"].map(name => new Cite(fs.readFileSync(name, "utf8")));
if (found[0].data.length !== found[1].data.length) throw new Error("as many in both");
const untitled = found[0].data.filter(item => !item.title);
if (untitled.length) throw new Error(untitled.length + " without a title");
console.log(found[0].data.length + " items twice, " + found[0].format("bibliography").length + " characters");
""")


@client("citeproc", python=("citeproc-py",))
def ask_citeproc(site: Site) -> str:
    """sets every item in a style"""
    site.save("/citations.json", "record.json")
    return site.python("""
import json, warnings
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
warnings.simplefilter("ignore")
items = json.load(open("record.json"))
source = CiteProcJSON(items)
style = CitationStylesStyle("harvard-cite-them-right", validate=False)
bibliography = CitationStylesBibliography(style, source, formatter.plain)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"])]))
lines = [str(line) for line in bibliography.bibliography()]
assert len(lines) == len(items) and all(line.strip() for line in lines)
print(len(lines), "lines")
""")


@client("pandoc", command="pandoc")
def ask_pandoc(site: Site) -> str:
    """cites an article and a question as it stood, from CSL-JSON and BibTeX"""
    site.save("/citations.bib", "record.bib")
    question = site.json("/api/questions.json?limit=1")["items"][0]["document"]["slug"]
    saved = site.save(f"/questions/{question}/cite.csl.json?at=100", "question.json")
    key = json.loads(saved.read_text())[0]["id"]
    (site.folder / "cites.md").write_text(f"See [@{key}].\n")
    text = site.run("pandoc", "--citeproc", "--bibliography", saved, "-t", "plain", "--wrap=none", "cites.md")
    assert "?at=100" in text or "entry 100" in text, text
    read = json.loads(site.run("pandoc", "-f", "biblatex", "-t", "csljson", "record.bib"))
    assert len(read) == len(site.json("/citations.json")), len(read)
    return f"{len(read)} entries; {text.splitlines()[-1][:60]}"


# Reading along


@client("feedparser", python=("feedparser",))
def ask_feedparser(site: Site) -> str:
    """reads the feeds of the record and of its corrections"""
    return site.python("""
import sys, feedparser
found = [feedparser.parse(f"{sys.argv[1]}/{name}") for name in ("feed", "corrections/feed")]
assert not any(feed.bozo for feed in found) and found[0].entries
print(len(found[0].entries), "entries")
""")


@client("oembed", python=("beautifulsoup4", "requests"))
def ask_oembed(site: Site) -> str:
    """a consumer of oEmbed discovers the address of a card on a page and takes it as JSON and XML"""
    question = site.json("/api/questions.json?limit=1")["items"][0]["document"]["slug"]
    return site.python(
        """
import sys, requests, bs4
page = bs4.BeautifulSoup(requests.get(f"{sys.argv[1]}/questions/{sys.argv[2]}?utm_source=x").text, "html.parser")
found = page.find_all("link", type=["application/json+oembed", "text/xml+oembed"])
answers = [requests.get(link["href"], params={"maxwidth": 400}) for link in found]
assert answers and all(answer.ok for answer in answers), answers
print(len(answers), "forms,", answers[0].json()["title"][:40])
""",
        question,
    )


@client("wget", command="wget")
def ask_wget(site: Site) -> str:
    """-c goes on with a broken download of every whole format"""
    forms = ("export.json", "export.ndjson", "export.csv", "export.xlsx", "export.parquet", "datapackage.zip")
    for name in forms:
        whole = site.get(f"/{name}")
        (site.folder / name).write_bytes(whole[: len(whole) // 2])
        site.run("wget", "-q", "-c", "-O", name, f"{site.address}/{name}")
        assert (site.folder / name).read_bytes() == whole, name
    return f"{len(forms)} formats"


@client("browser", python=("playwright",))
def ask_browser(site: Site) -> str:
    """a page of another origin fetches conditionally, in parts, and through /id/"""
    port = free_port()
    (site.folder / "page").mkdir(exist_ok=True)
    (site.folder / "page/index.html").write_text(OTHER_ORIGIN)
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"],
        cwd=site.folder / "page", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        claim = site.json("/api/claims.json?limit=1")["items"][0]["document"]["id"]
        return site.python(
            """
import shutil, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as driver:
    browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{sys.argv[2]}/index.html")
    found = page.evaluate('''async ([site, claim]) => {
      const found = {};
      for (const path of ["/export.csv", "/export.parquet", "/api/claims.json", "/schema.json", "/feed"]) {
        const first = await fetch(site + path, { cache: "no-store" });
        const again = await fetch(site + path,
          { cache: "no-store", headers: { "If-None-Match": first.headers.get("ETag") } });
        found[path] = [first.status, again.status];
      }
      const part = await fetch(site + "/export.csv", { headers: { Range: "bytes=0-9" } });
      found.part = [part.status, part.headers.get("Content-Range")];
      const named = await fetch(site + "/id/" + claim,
        { headers: { Accept: "application/ld+json", "If-None-Match": '"x"' } });
      found.named = [named.status, (await named.json())["@type"]];
      return found;
    }''', [sys.argv[1], sys.argv[3]])
    browser.close()
named, part = found.pop("named"), found.pop("part")
assert all(answers == [200, 304] for answers in found.values()), found
assert part[0] == 206 and part[1].startswith("bytes 0-9/") and named == [200, "Claim"], (part, named)
print(len(found), "addresses asked again, a part, and an object by its name")
""",
            str(port),
            claim,
        )
    finally:
        server.terminate()


# The run


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing answers on port {port}")


@contextmanager
def served_demonstration():
    """The address of a site with the demonstration, served as in production."""
    port = free_port()
    with throwaway("sqlite") as environment:
        environment |= {"CLAIMTRACK_ADDRESS": f"http://127.0.0.1:{port}", "CLAIMTRACK_PORT": str(port)}
        environment |= {"CLAIMTRACK_PUBLISHER": str(ROOT / "claims/demonstration/publisher.toml")}
        environment |= {"WEB_CONCURRENCY": "1"}
        record = str(ROOT / "tests/kept_exports/demonstration.ndjson")
        for command in (["migrate", "-v0"], ["import_record", record], ["collectstatic", "--no-input", "-v0"]):
            run(environment, "manage.py", *command)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--log-level", "critical"], cwd=ROOT, env=environment
        )
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def install(wanted: Client, folder: Path) -> str:
    """Installs a client below the folder, where it is not yet; returns its version."""
    folder.mkdir(parents=True, exist_ok=True)
    quiet = {"cwd": folder, "check": True, "capture_output": True, "text": True}
    if wanted.command:
        if not shutil.which(wanted.command):
            raise AssertionError(f"{wanted.command} is not installed")
        said = subprocess.run([wanted.command, "--version"], **quiet)
        return next(word for word in (said.stdout + said.stderr).split() if word[0].isdigit())
    if wanted.node:
        if not (folder / "node_modules").exists():
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", *wanted.node], **quiet)
        name = wanted.node[0].rpartition("@")[0] or wanted.node[0] if wanted.node[0][0] != "@" else wanted.node[0]
        return json.loads((folder / "node_modules" / name / "package.json").read_text())["version"]
    python = folder / "python/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "uv", "venv", "-q", "python"], **quiet)
        subprocess.run(
            [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", python, *wanted.python], **quiet
        )
    asked = f"from importlib.metadata import version; print(version({wanted.python[0]!r}))"
    return subprocess.run([python, "-c", asked], **quiet).stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(CLIENTS)}; all without one")
    parser.add_argument("--keep", type=Path, help="a folder in which what is installed stays")
    options = parser.parse_args()
    if unknown := set(options.names) - set(CLIENTS):
        parser.error(f"no client is called {', '.join(sorted(unknown))}")
    failed = 0
    print("| client | version | asked | |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="clients-") as folder, served_demonstration() as address:
        for name in options.names or CLIENTS:
            wanted, version = CLIENTS[name], ""
            place = (options.keep.resolve() if options.keep else Path(folder)) / name
            try:
                version = install(wanted, place)
                found = f"passed: {wanted.ask(Site(address, place))}"
            except (AssertionError, OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
                failed += 1
                found = f"**failed**: {getattr(error, 'stderr', '') or error}"[:700]
            row = (name, version, wanted.ask.__doc__, " ".join(found.split()).replace("|", "/"))
            print(f"| {' | '.join(row)} |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
