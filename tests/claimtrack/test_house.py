"""The house: arrows between the rooms never turn back, and what must never be false has a name."""

import ast
import re
import shutil
from collections import Counter
from collections.abc import Container, Sequence
from pathlib import Path

from django.apps import apps

import language
from language.amounts import read_amounts
from language.attributions import suggest
from language.dates import read_dates

ROOT = Path(__file__).resolve().parents[2]

# Which other rooms each room may know of.
MAY_KNOW = {
    "claimtrack": {"claims", "articles", "record", "language"},
    "claims": {"articles", "record", "language"},
    "articles": {"language"},
    "record": {"language"},
    "language": set(),
}

# The floors inside a room, from the ground up: each knows only those before it. A floor is a folder, or a file that
# stands in the room by itself. docs/architecture.md says what each holds.
FLOORS = {
    "claims": [
        "models",
        "privacy",
        "desk_search",
        "suggestions",
        "changes",
        "publishing",
        "erasure",
        "backup",
        "imports",
        "admin",
        "management",
    ],
    "record": [
        "documents",
        "models",
        "public_entries",
        "point_in_time",
        "search",
        "projections",
        "log",
        "queries",
        "presenters",
        "linked_data",
        "code_version",
        "exports",
        "pages",
        "api",
        "imports",
        "urls",
        "management",
    ],
    "language": [
        "windows",
        "sentence_edges",
        "difference",
        "grammars",
        "dates",
        "amounts",
        "attributions",
        "names",
        "search_words",
        "likeness",
        "stances",
        "en",
        "ru",
        "zh",
    ],
}
NOT_FLOORS = {"migrations", "__init__"}


def arrows_that_turn_back(root: Path) -> list[str]:
    """A sentence for each place in the rooms under `root` that names a room which it may not know of."""
    return [
        f"{path.relative_to(root)}:{line} knows {name}"
        for room, known in MAY_KNOW.items()
        for path in sorted((root / room).rglob("*.py"))
        for line, name in names_of_modules(path, root)
        if (target := name.partition(".")[0]) in MAY_KNOW and target != room and target not in known
    ]


def names_of_modules(path: Path, root: Path):
    """Every module that the file names, as (line, dotted name): imports anywhere in it, and names in strings.

    A string names a module where it is dotted and begins with a room ("claims.Statement" in a foreign key,
    "claims.publishing.check" in a setting), and where it is what `get_model` or a migration's dependency begins with.
    """
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        match node:
            case ast.Import(names=aliases):
                yield from ((node.lineno, alias.name) for alias in aliases)
            case ast.ImportFrom(module=module, level=0, names=aliases):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in aliases)
            case ast.ImportFrom(module=module, level=level, names=aliases):
                start = ".".join(package[: len(package) - level + 1])
                yield from ((node.lineno, ".".join(filter(None, (start, module, alias.name)))) for alias in aliases)
            case ast.Constant(value=str(text)) if all(part.isidentifier() for part in text.split(".")) and "." in text:
                yield node.lineno, text
            case ast.Call(func=ast.Attribute(attr="get_model" | "get_app_config"), args=[ast.Constant(value=app), *_]):
                yield node.lineno, str(app)
            case ast.Tuple(elts=[ast.Constant(value=str(app)), ast.Constant(value=str(name))]) if name[:4].isdigit():
                yield node.lineno, app


def floors_out_of_order(root: Path, floors: dict[str, list[str]]) -> list[str]:
    """A sentence for each file of a room that knows a floor above its own, or stands on no floor."""
    complaints = []
    for room, order in floors.items():
        for path in sorted((root / room).rglob("*.py")):
            floor = floor_of(path.relative_to(root).with_suffix("").parts)
            if floor in NOT_FLOORS:
                continue
            if floor not in order:
                complaints.append(f"{path.relative_to(root)} stands on no floor of {room}/")
                continue
            for line, name in names_of_modules(path, root):
                known = floor_of(name.split("."))
                if name.startswith(f"{room}.") and known in order and order.index(known) > order.index(floor):
                    complaints.append(f"{path.relative_to(root)}:{line} on {floor} knows {known}")
    return complaints


def floor_of(parts: Sequence[str]) -> str:
    return parts[1] if len(parts) > 1 else "__init__"


def circles(root: Path) -> list[set[str]]:
    """The modules under `root` that import one another in a circle, migrations aside, a set for each circle."""
    rooms = MAY_KNOW.keys() - {"claimtrack"}  # which names its own files in settings
    files = [path for room in rooms for path in (root / room).rglob("*.py") if "migrations" not in path.parts]
    modules = {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in files}
    knows = {
        module: {found for _, name in names_of_modules(path, root) if (found := module_of(name, modules))} - {module}
        for module, path in modules.items()
    }
    return [circle for circle in strongly_connected(knows) if len(circle) > 1]


def module_of(name: str, modules: Container[str]) -> str:
    """The module that a dotted name means: itself, or what it is a part of."""
    return name if name in modules else name.rpartition(".")[0] if name.rpartition(".")[0] in modules else ""


def strongly_connected(graph: dict[str, set[str]]) -> list[set[str]]:
    """The strongly connected components of a graph (Kosaraju)."""
    order, seen = [], set()
    for start in graph:
        visits = [(start, iter(graph[start]))] if start not in seen else []
        seen.add(start)
        while visits:
            node, targets = visits[-1]
            target = next((each for each in targets if each not in seen), None)
            if target is None:
                order.append(node)
                visits.pop()
            else:
                seen.add(target)
                visits.append((target, iter(graph[target])))
    backwards = {node: {other for other in graph if node in graph[other]} for node in graph}
    found, placed = [], set()
    for node in reversed(order):
        component, frontier = set(), [node]
        while frontier:
            reached = frontier.pop()
            if reached not in placed:
                placed.add(reached)
                component.add(reached)
                frontier.extend(backwards[reached])
        if component:
            found.append(component)
    return found


def file_names_that_stand_twice(root: Path) -> list[str]:
    """Names of Python files that two folders beside one another both hold."""
    folders = [folder for room in MAY_KNOW for folder in [root / room, *(root / room).rglob("*")] if folder.is_dir()]
    complaints = []
    for parent in folders:
        beside = [folder for folder in parent.iterdir() if folder.is_dir() and folder.name not in NOT_FLOORS]
        names = Counter(path.name for folder in beside for path in folder.glob("*.py") if path.name != "__init__.py")
        complaints += [f"{parent.relative_to(root)}/*/{name}" for name, count in sorted(names.items()) if count > 1]
    return complaints


def test_no_arrow_turns_back():
    assert arrows_that_turn_back(ROOT) == []


def test_no_floor_knows_one_above_it():
    assert floors_out_of_order(ROOT, FLOORS) == []


def test_no_modules_import_one_another_in_a_circle():
    assert circles(ROOT) == []


def test_no_file_name_stands_twice_in_folders_beside_one_another():
    assert file_names_that_stand_twice(ROOT) == []


def test_every_room_is_read():
    for room in MAY_KNOW:
        assert list((ROOT / room).rglob("*.py")), room


def made_up_house(root, **files):
    """A source tree with the given text in `record/views/pages.py` and the like (dots in names are folders)."""
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_floor_that_knows_one_above_it_is_found(tmp_path):
    made_up_house(
        tmp_path,
        record__log="from .pages import home\n",
        record__pages__home="from ..log import append\nfrom . import search\n",
        record__loft="",
    )
    assert floors_out_of_order(tmp_path, {"record": ["log", "pages"]}) == [
        "record/loft.py stands on no floor of record/",
        "record/log.py:1 on log knows pages",
    ]


def test_a_circle_is_found_however_long_it_is(tmp_path):
    made_up_house(
        tmp_path,
        claims__a="from . import b\n",
        claims__b="def later():\n    from .c import something\n",
        claims__c="import claims.a\n",
        claims__d="from .a import something\n",
    )
    assert circles(tmp_path) == [{"claims.a", "claims.b", "claims.c"}]


def test_a_file_name_that_stands_twice_is_found(tmp_path):
    made_up_house(tmp_path, claims__admin__pages="", claims__imports__pages="", claims__imports__table__rows="")
    assert file_names_that_stand_twice(tmp_path) == ["claims/*/pages.py"]


def test_record_importing_claims_is_found(tmp_path):
    made_up_house(
        tmp_path,
        record__log="from claims.models import Statement\n",
        record__views__pages="def page(request):\n    import claims.querysets\n",
        record__views__lists="from ... import claims\n",
        record__models='speaker = ForeignKey("claims.Actor", on_delete=PROTECT)\n',
        record__rebuild='Claim = apps.get_model("claims", "Claim")\n',
        record__migrations__0002_more='dependencies = [("record", "0001_initial"), ("claims", "0001_initial")]\n',
    )
    assert arrows_that_turn_back(tmp_path) == [
        "record/log.py:1 knows claims.models.Statement",
        "record/migrations/0002_more.py:1 knows claims",
        "record/models.py:1 knows claims.Actor",
        "record/rebuild.py:1 knows claims",
        "record/views/lists.py:1 knows claims",
        "record/views/pages.py:2 knows claims.querysets",
    ]


def test_articles_know_nobody_and_nobody_knows_claimtrack(tmp_path):
    made_up_house(
        tmp_path,
        articles__ingest="from record.log import append\nfrom claims import names\n",
        claims__publishing="from claimtrack.settings import ROLE\n",
    )
    assert arrows_that_turn_back(tmp_path) == [
        "claims/publishing.py:1 knows claimtrack.settings.ROLE",
        "articles/ingest.py:1 knows record.log.append",
        "articles/ingest.py:2 knows claims.names",
    ]


def test_arrows_that_point_the_right_way_are_let_through(tmp_path):
    made_up_house(
        tmp_path,
        claimtrack__urls="from claims import admin\nfrom record import urls\n",
        claims__publishing="from articles.trace import Refused\nfrom record import log\nfrom . import documents\n",
        articles__ingest="from .text import settle\nfrom django.db import models\n",
        record__exports__lists='from ..documents import encode\nlists = {"claims": [], "note": "claims. And more."}\n',
    )
    assert arrows_that_turn_back(tmp_path) == []


def test_language_knows_no_database_and_no_request():
    known = {
        name.partition(".")[0] for path in (ROOT / "language").rglob("*.py") for _, name in names_of_modules(path, ROOT)
    }
    assert "rapidfuzz" in known
    assert "django" not in known


LANGUAGES = ("en", "ru", "zh")  # folders of `language/` that hold the words and the grammar of one language
WORDS_OF_A_TEXT = {"lower", "lemma", "modal"}  # what the rules have of a word, to be compared with no literal


def files_of_rules(root: Path) -> list[Path]:
    """The modules of `language/` that are no language's own."""
    folder = root / "language"
    return [path for path in sorted(folder.rglob("*.py")) if path.relative_to(folder).parts[0] not in LANGUAGES]


def english_in_rules(root: Path) -> list[str]:
    """Where a rule of `language/` holds words that stand in language/en: joined by |, in a row, or compared with."""
    files = (path for path in (ROOT / "language" / "en").rglob("*") if path.suffix in (".py", ".txt"))
    english = {word for path in files for word in re.findall("[a-z]+", path.read_text(encoding="utf-8").lower())}
    lists = ROOT / "language" / "en" / "attributions" / "function_words.txt"
    small_words = set(re.findall(r"\b[a-z]+\b", lists.read_text(encoding="utf-8")))
    return [
        f"{path.relative_to(root)}:{line} {words}"
        for path in files_of_rules(root)
        for line, words in literal_words(path, english, small_words)
    ]


def literal_words(path: Path, english: set[str], small_words: set[str]):
    """(line, words) of each literal in a file that is a list of English words, or with which a word is compared."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        match node:
            case ast.Constant(value=str(text)):
                for joined in re.findall(r"[A-Za-z]+(?:\|[A-Za-z]+){2,}", text):
                    words = english.intersection(joined.lower().split("|"))
                    if len(words) > 2 and len([word for word in words if len(word) > 2]) > 1:
                        yield node.lineno, joined
            case ast.Tuple(elts=members) | ast.List(elts=members) | ast.Set(elts=members) | ast.Dict(keys=members):
                literals = [member.value for member in members if isinstance(member, ast.Constant)]
                words = [literal for literal in literals if isinstance(literal, str)]
                if len(small_words.intersection(words)) > 2:
                    yield node.lineno, " ".join(words)
            case ast.Compare(left=left, comparators=[*right]):
                operands = [left, *right]
                names = {getattr(operand, "attr", getattr(operand, "id", "")) for operand in operands}
                members = [member for operand in operands for member in getattr(operand, "elts", [operand])]
                literals = [member.value for member in members if isinstance(member, ast.Constant)]
                words = [literal for literal in literals if isinstance(literal, str) and literal.isalpha()]
                if names & WORDS_OF_A_TEXT and words:
                    yield node.lineno, " ".join(words)


def test_rules_of_language_hold_no_english_words():
    assert english_in_rules(ROOT) == []


def test_english_words_in_a_rule_are_found(tmp_path):
    made_up_house(
        tmp_path,
        language__dates__reader='LEAD = re.compile(rf"\\b(?:since|until|before)\\s{YEAR}")\n',
        language__amounts__reader='LINKS = frozenset(("of", "in", "on"))\n',
        language__attributions__verbs='def is_said(token):\n    return token.lower == "said"\n',
        language__attributions__tags='PHRASE = ("DT", "POSS", "NN")\nNAME = r"oglu|ogli|zada"\n',
        language__en__dates='LEAD = "since|until|before"\n',
    )
    assert english_in_rules(tmp_path) == [
        "language/amounts/reader.py:1 of in on",
        "language/attributions/verbs.py:2 said",
        "language/dates/reader.py:1 since|until|before",
    ]


def test_rules_of_language_name_no_language():
    """They find its folder by its code."""
    named = {name for path in files_of_rules(ROOT) for _, name in names_of_modules(path, ROOT)}
    assert "language.grammars.grammar_module" in named
    assert not [name for name in named if name.split(".")[:2] in [["language", code] for code in LANGUAGES]]


def test_every_language_has_a_folder_and_every_folder_of_rules_has_a_longer_name():
    """What is no code of a language is no language's folder, so that none is taken for the other."""
    folders = {path.name for path in (ROOT / "language").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert {name for name in folders if re.fullmatch("[a-z]{2,3}", name)} == set(LANGUAGES)


def test_a_new_language_is_one_folder(tmp_path, monkeypatch):
    """A made-up language, English with three words of its own, is read as soon as its folder is there."""
    folder = tmp_path / "qzx"
    shutil.copytree(ROOT / "language" / "en", folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path, word, made_up in (
        ("attributions/verbs.txt", "\nclaim ", "\nglorp "),
        ("amounts/number_words.py", "dozen", "zozen"),
        ("dates/near_times.py", "yesterday", "yestereve"),
    ):
        text = (folder / path).read_text(encoding="utf-8")
        assert word in text
        (folder / path).write_text(text.replace(word, made_up), encoding="utf-8")
    (folder / "dates" / "date_words.py").write_text(
        (folder / "dates" / "date_words.py").read_text(encoding="utf-8").replace('"tonight"', '"yestereve", "tonight"'),
        encoding="utf-8",
    )
    monkeypatch.setattr(language, "__path__", [*language.__path__, str(tmp_path)])

    said, counted, dated = "Anna Kowal glorped that it rained.", "Two zozen boats sank.", "It rained yestereve."
    assert [proposal.speaker for proposal in suggest(said, language="qzx")] == ["Anna Kowal"]
    assert [amount.amount for amount in read_amounts(counted, language="qzx")] == [24]
    assert [date.edtf for date in read_dates(dated, published="2019-03-29", language="qzx")] == ["2019-03-28"]

    assert suggest(said) == []
    assert [amount.amount for amount in read_amounts(counted)] != [24]
    assert read_dates(dated, published="2019-03-29") == []


def test_every_constraint_and_index_begins_with_its_noun():
    """An error that names `claim_has_text` says by itself which table it is about."""
    for room in ("articles", "claims", "record"):
        for model in apps.get_app_config(room).get_models():
            for rule in [*model._meta.constraints, *model._meta.indexes]:
                assert rule.name.startswith(model._meta.model_name + "_"), rule.name


def test_what_benchmarks_mutants_changes_and_runs_is_there():
    tree = ast.parse((ROOT / "benchmarks" / "mutants.py").read_text(encoding="utf-8"))
    [areas] = [
        ast.literal_eval(one.value)
        for one in tree.body
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "AREAS"
    ]
    for modules, tests in areas.values():
        for path in [*modules.split(), *(f"tests/*/test_{name}.py" for name in tests.split())]:
            assert list(ROOT.glob(path)), path
