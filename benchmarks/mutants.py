"""How many wrong changes to the core the tests notice.

    nice python benchmarks/mutants.py [--modules gates log] [--seed 1] [--count 340] [--only ID]

Makes small wrong changes ("mutants") in the modules of AREAS, one at a time, and runs the tests that execute the
changed line until one fails. Prints each mutant with its place, and how many of those that are not
equivalent were noticed. `mutants_equivalent.toml` beside this file holds those that nobody can notice, with reasons.

mutmut and cosmic-ray start a test run anew for each mutant, which with this suite takes ten seconds before the first
test. Here one process imports the suite and makes the database, and a fork of it puts the changed code into the live
functions. What is computed when a module is imported (tables, patterns, defaults) needs a process of its own.
"""

import argparse
import contextlib
import functools
import gc
import hashlib
import importlib.machinery
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import types
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from mutations import ROOT, code_of, mutants_of

FOLDER = Path(tempfile.gettempdir()) / "claimtrack-mutants"  # what is kept between runs
MEMORY = Path("/dev/shm")  # where databases are quick
EQUIVALENT = Path(__file__).with_name("mutants_equivalent.toml")

# What is tried, by name: modules (a folder stands for all in it), and the files of tests that are to notice.
AREAS = {
    "anchoring": (
        "articles/anchoring.py articles/word_edges.py articles/passage_context.py",
        "anchoring passages text",
    ),
    "text": ("articles/text.py articles/folding.py", "text passages anchoring rewording"),
    "reprints": ("articles/reprints.py articles/recognition.py", "reprints families ingest"),
    "gates": (
        "claims/publishing/gates.py claims/publishing/two_person_rule.py claims/publishing/speakers.py"
        " claims/publishing/quotation_check.py",
        "gate publishing withdrawal first_words one_reviewer_alone verify moved_passages"
        " modes documents desk_protection",
    ),
    "releases": (
        "claims/publishing/publication_steps.py claims/publishing/withdrawal.py claims/publishing/plan.py",
        "gate publishing withdrawal undo_withdrawal",
    ),
    "names": ("claims/privacy", "withheld_forms withheld_warnings desk_protection desk_guesses erase_name"),
    "erasing": ("claims/erasure", "erase_name withheld_forms"),
    "log": (
        "record/log/__init__.py record/public_entries.py record/log/file_cache.py",
        "log erasure projections export_delivery import search_index",
    ),
    "imports": (
        "record/imports claims/imports",
        "import import_reading dossier load_demonstration bulk_import adoption",
    ),
    "soundness": ("record/log/validation.py", "log import projections"),
    "comparison": (
        "record/presenters/comparison.py record/documents/contested_claims.py",
        "comparison contested timeline question_page",
    ),
    "origins": ("record/documents/origins.py record/presenters/origin_tree.py", "origins origin_tree"),
    "lanes": ("record/presenters/lanes.py", "lanes question_page"),
    "differences": (
        "record/presenters/differences.py language/difference.py articles/rewording.py",
        "differences rewording",
    ),
    "merges": ("claims/changes/merges.py", "merges names"),
    "amounts": ("language/amounts language/en/amounts", "amounts"),
    "dates": ("language/dates language/en/dates language/ru/dates language/zh/dates", "dates_in_words"),
}
SLOW = 5  # seconds: a test that takes longer is left out where a faster one runs the line
BOUND = 60  # seconds of tests for one mutant, as they were traced
BROKEN = 99  # how a fork ends that could not do its work
BROWSER = {"live_server", "page", "chromium"}


def paths_of(area):
    """The modules of an area, by their paths from the root."""
    for name in AREAS[area][0].split():
        found = sorted((ROOT / name).rglob("*.py")) if (ROOT / name).is_dir() else [ROOT / name]
        yield from (str(path.relative_to(ROOT)) for path in found)


def all_mutants(area):
    return [mutant for path in paths_of(area) for mutant in mutants_of(area, path)]


def chosen(areas, seed, count):
    """`count` mutants in equal parts from each area, and in each as evenly as may be from each kind of change."""
    chance = functools.cache(lambda mutant: hashlib.sha256(f"{seed} {mutant.name}".encode()).hexdigest())
    for number, area in enumerate(areas):
        kinds, ranks = Counter(), []
        for mutant in sorted(all_mutants(area), key=chance):
            ranks.append((kinds[mutant.kind], mutant))
            kinds[mutant.kind] += 1
        ranks.sort(key=lambda pair: pair[0])
        wanted = count // len(areas) + (number < count % len(areas))
        yield from (mutant for _, mutant in ranks[:wanted])


# Tests. All of this runs inside pytest, so that fixtures are those of the suite.


def trace_file(items, following, answer):
    """For each test of one file that passes, its seconds and the lines that it runs in the modules of AREAS."""
    wanted = {str(ROOT / path): set() for area in AREAS for path in paths_of(area)}

    def on_call(frame, event, arg):
        lines = wanted.get(frame.f_code.co_filename)
        if lines is None:
            return None

        def on_line(frame, event, arg):
            lines.add(frame.f_lineno)
            return on_line

        return on_line(frame, event, arg)

    found = {}
    for item, after in zip(items, [*items[1:], following], strict=True):
        for lines in wanted.values():
            lines.clear()
        threading.settrace(on_call)
        sys.settrace(on_call)
        start = time.process_time()  # on a busy machine as on an idle one
        passed = run_test(item, after)
        seconds = time.process_time() - start
        sys.settrace(None)
        if passed:
            ran = {os.path.relpath(path, ROOT): sorted(lines) for path, lines in wanted.items() if lines}
            found[item.nodeid] = [round(seconds, 3), ran]
    answer(found)


def run_test(item, following):
    from _pytest.runner import runtestprotocol

    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def in_fork(work, seconds):
    """What `work(answer)` answers in a fork with its own copy of the database, or None if it dies or takes too long."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        for output in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), output)
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        name = Path(connections["default"].settings_dict["NAME"])
        own = name.with_name(f"fork-{os.getpid()}.sqlite3")
        shutil.copy(name, own)
        for alias in settings.DATABASES:
            connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = str(own)
        try:
            with os.fdopen(write, "w") as pipe:
                work(lambda found: json.dump(found, pipe))
        except Exception:
            os._exit(BROKEN)
        os._exit(0)
    os.close(write)
    timer = threading.Timer(seconds, os.killpg, (child, signal.SIGKILL))
    timer.start()
    with os.fdopen(read) as pipe:
        text = pipe.read()
    timer.cancel()
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == BROKEN:
        raise RuntimeError("A fork did not get as far as its tests.")
    for left in Path(os.environ["CLAIMTRACK_STATE_DIR"]).glob(f"fork-{child}.*"):
        left.unlink()
    return json.loads(text) if text else None


def run_until_failure(runner, tests, answer, mutant=None):
    """Answers the name of the first of `tests` that fails, or ""."""
    if mutant:
        put_into(runner.functions[str(ROOT / mutant.path)], code_of(mutant))
        for cached in runner.caches:
            cached.cache_clear()
    tests = [(runner.items[name], seconds) for name, seconds in tests]
    after = [*(item for item, _ in tests[1:]), runner.following(tests[-1][0].path) if mutant else None]
    for (item, seconds), following in zip(tests, after, strict=True):
        signal.signal(signal.SIGALRM, lambda *_: (answer(f"{item.nodeid} has no end"), os._exit(0)))  # noqa: B023
        signal.setitimer(signal.ITIMER_REAL, 20 + 10 * seconds)
        if not run_test(item, following):
            return answer(item.nodeid)
    return answer("")


def failures(runner, names, answer):
    """Answers which of these tests fail, each as the first of a run or after others."""
    tests = [runner.items[name] for name in names]
    following = [*tests[1:], runner.following(tests[-1].path)] if tests else []
    answer([one.nodeid for one, after in zip(tests, following, strict=True) if not run_test(one, after)])


def put_into(live, code):
    """Gives every function of the module that lives in this process the code that it has in `code`."""
    new, walk = {}, [code]
    for one in walk:
        new.setdefault((one.co_qualname, one.co_firstlineno), []).append(one)
        walk += [const for const in one.co_consts if hasattr(const, "co_code")]
    for function in live:
        old = function.__code__
        same = new.get((old.co_qualname, old.co_firstlineno), [])
        if len(same) == 1 and same[0].co_freevars == old.co_freevars:
            function.__code__ = same[0]


class Runner:
    """The pytest plugin that runs `work` in place of the tests, when the database and the fixtures are there."""

    def __init__(self, work):
        self.work = work

    def pytest_runtestloop(self, session):
        if session.testsfailed:
            return False
        self.items = {item.nodeid: item for item in session.items if not BROWSER & set(item.fixturenames)}
        self.work(self)
        return True

    def following(self, path):
        """A test of another file: what is made for the whole session stays when it is said to come next."""
        return next(item for item in self.items.values() if item.path != path)

    def make_ready(self):
        ready = next(item for item in self.items.values() if item.get_closest_marker("django_db"))
        assert run_test(ready, self.following(ready.path)), "The first test fails."
        self.functions, self.caches = defaultdict(list), []
        gc.collect()
        for one in gc.get_objects():
            if isinstance(one, types.FunctionType):
                self.functions[one.__code__.co_filename].append(one)
            elif isinstance(one, functools._lru_cache_wrapper):
                self.caches.append(one)
        gc.freeze()

    def map_of_tests(self):
        """{test: [seconds, {path: lines}]}, kept by the content of the test file. `lines` is None, for any, of a module
        that was changed since."""
        core = {
            path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for area in AREAS for path in paths_of(area)
        }
        files, known = defaultdict(list), {}
        for item in self.items.values():
            files[item.path].append(item)
        for path, items in files.items():
            key = hashlib.sha256(path.name.encode() + path.read_bytes()).hexdigest()[:32]
            kept = FOLDER / f"{key}.json"
            if not kept.exists():
                began = time.perf_counter()
                found = in_fork(functools.partial(trace_file, items, self.following(path)), 900) or {}
                kept.write_text(json.dumps([core, found]))
                print(f"traced {path.name}: {len(found)} tests, {time.perf_counter() - began:.0f} s", flush=True)
            before, found = json.loads(kept.read_text())
            for name, (seconds, ran) in found.items():
                lines = {path: lines if before[path] == core.get(path) else None for path, lines in ran.items()}
                lines |= dict.fromkeys(core.keys() - before.keys())  # a module that is new may be run by any test
                known |= {name: [seconds, lines]} if name in self.items else {}
        return known

    def tests_of(self, mutant, known):
        """(test, seconds) that run the mutant's line: first those that run what none before them has run, and among
        these and the others those that run much of its module in little time.

        A change at import may show through any module of its area: tests of these come after those of its own.
        """
        beside = set(paths_of(mutant.area)) if mutant.at_import else {mutant.path}
        found = []
        for name, (seconds, ran) in known.items():
            here = {(path, line) for path in beside & ran.keys() for line in ran[path] or range(20)}
            lines = None if mutant.at_import else ran.get(mutant.path)
            if here and (lines is None or not set(mutant.lines).isdisjoint(lines)):
                found.append((mutant.path not in ran, seconds / len(here), seconds, name, here))
        found.sort()
        news, again, run = [], [], set()
        for *_, seconds, name, here in found:
            (again if here <= run else news).append((name, seconds))
            run |= here
        ordered, total = [*news, *again], 0
        for name, seconds in [one for one in ordered if one[1] <= SLOW] or ordered[:1]:
            total += seconds
            if total <= BOUND + seconds:
                yield name, seconds

    def first_failure(self, mutant, known):
        """The name of the test that notices the mutant, or ""."""
        tests = [*self.tests_of(mutant, known)]
        if not tests and not mutant.at_import:  # run by no test, so perhaps when something is imported
            mutant.at_import = True
            tests = [*self.tests_of(mutant, known)]
        if not tests:
            return ""
        if mutant.at_import:
            return in_process(mutant, tests)
        answer = in_fork(functools.partial(run_until_failure, self, tests, mutant=mutant), 10 * BOUND)
        return "dies or has no end" if answer is None else answer


def in_process(mutant, tests):
    """The same in a process of its own that imports the changed module."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        shutil.copy(Path(os.environ["CLAIMTRACK_STATE_DIR"]) / "test.sqlite3", folder)
        (Path(folder) / "tests.json").write_text(json.dumps(tests))
        answer = Path(folder) / "answer.json"
        command = [sys.executable, __file__, "--within", folder, "--modules", mutant.area, "--only", mutant.id]
        environment = {**os.environ, "CLAIMTRACK_STATE_DIR": folder}
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, env=environment, capture_output=True, timeout=10 * BOUND, check=False)
        return json.loads(answer.read_text()) if answer.exists() else "dies or has no end"


def within(folder, mutant):
    """What `in_process` starts."""
    own, compiled = str(ROOT / mutant.path), importlib.machinery.SourceFileLoader.get_code
    code = code_of(mutant)
    importlib.machinery.SourceFileLoader.get_code = lambda loader, name: (
        code if loader.path == own else compiled(loader, name)
    )
    tests = json.loads((folder / "tests.json").read_text())

    def answer(found):
        (folder / "answer.json").write_text(json.dumps(found))

    run_pytest(
        lambda runner: run_until_failure(runner, tests, answer),
        ["--reuse-db", *sorted({name.partition("::")[0] for name, _ in tests})],
    )


def run_pytest(work, arguments):
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    pytest.main(["-q", "-s", "-p", "no:cacheprovider", *arguments], plugins=[Runner(work)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--modules", nargs="+", choices=AREAS, default=[*AREAS], metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=20 * len(AREAS), help="mutants in all, in equal parts")
    parser.add_argument("--only", nargs="+", metavar="ID", help="these alone")
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        mutants = [m for area in options.modules for m in all_mutants(area) if m.id in options.only]
    else:
        mutants = [*chosen(options.modules, options.seed, options.count)]
    if options.within:
        return within(options.within, mutants[0])
    names = {name for area in options.modules for name in AREAS[area][1].split()}
    tests = {str(path.relative_to(ROOT)) for name in names | {"log"} for path in ROOT.glob(f"tests/*/test_{name}.py")}
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        os.environ["CLAIMTRACK_STATE_DIR"] = folder
        run_pytest(lambda runner: run_mutants(runner, mutants), sorted(tests))
    return None


def run_mutants(runner, mutants):
    equivalent = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")) if EQUIVALENT.exists() else {}
    runner.make_ready()
    known = runner.map_of_tests()
    results, noticing, started = defaultdict(Counter), set(), time.perf_counter()
    for mutant in mutants:
        began = time.perf_counter()
        if mutant.id in equivalent:
            result, why = "equivalent", equivalent[mutant.id]["reason"]
        else:
            why = runner.first_failure(mutant, known)
            result = "noticed" if why else "survived"
        results[mutant.area][result] += 1
        seconds = time.perf_counter() - began
        print(f"{result:10} {mutant.id} {mutant.path}:{mutant.line} {mutant.name}  [{seconds:.1f} s] {why}", flush=True)
        if result == "noticed":
            noticing.add(why)
    wrong = in_fork(functools.partial(failures, runner, sorted(noticing & runner.items.keys())), 30 * BOUND)
    print(f"These fail without any change too: {wrong}" if wrong else "Without a change none of these tests fails.")
    print(f"\n{'':12} mutants noticed survived equivalent")
    for area, counts in [*results.items(), ("all", sum(results.values(), Counter()))]:
        noticed, survived = counts["noticed"], counts["survived"]
        share = f"{noticed / (noticed + survived):.1%}" if noticed + survived else "-"
        print(f"{area:12} {counts.total():7} {noticed:7} {survived:8} {counts['equivalent']:10} {share:>8}")
    print(f"{time.perf_counter() - started:.0f} seconds")


if __name__ == "__main__":
    sys.exit(main())
