"""Asks the API made-up questions, and holds every answer to the OpenAPI description: 20,000 on each database.

    .venv/bin/python benchmarks/api.py [--requests 20000] [--statements 100] [--database sqlite]

schemathesis makes the questions from the description: half of them right, half wrong. Where a question names an id, an
address or a language, it is asked again with real ones, so that answers are not all refusals. Printed: how often
each status was answered, and what was not as described. Ends with 1 if anything was, or if any status was a 5xx.
"""

import argparse
import random
import subprocess
import sys
from collections import Counter

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from records import ROOT, run, throwaway
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
METHODS = ("POST", "PUT", "PATCH", "DELETE")
ROUND = 2000  # questions, after which it is told how far it is
WAYS = 4  # in which each made-up question is asked: as it is, or with values that exist put in
SHOWN = 20  # answers that are not as described


def answer(client, case, method: str) -> schemathesis.Response:
    """What the site answers, as a program on the network would see it."""
    asked = requests.Request(**case.as_transport_kwargs(base_url="http://localhost")).prepare()
    given = client.generic(method, asked.path_url, headers={**asked.headers, "Accept-Encoding": "identity"})
    return schemathesis.Response(
        status_code=given.status_code,
        headers={name: [value] for name, value in given.headers.items()},
        content=b"".join(given),
        request=asked,
        elapsed=0,
        verify=True,
    )


def real_values() -> dict[str, list[str]]:
    """What questions may name: ids, the last parts of addresses by kind, and languages."""
    from record.models import Address, Current, Printing, Publication

    found = {kind: list(Address.objects.filter(kind=kind).values_list("slug", flat=True)[:500]) for kind in KINDS}
    found["id"] = list(Publication.objects.values_list("public_id", flat=True)[:2000])
    found["language"] = list(Printing.objects.values_list("language", flat=True).distinct())
    for kind in KINDS:
        found[f"id of {kind}"] = list(Current.objects.filter(kind=kind).values_list("public_id", flat=True)[:500])
    return found


KINDS = ("question", "claim", "actor", "outlet", "article", "statement")


def put_real_values(case, real: dict[str, list[str]], rng: random.Random) -> None:
    """Gives every other named thing a value that exists."""
    if isinstance(case.path_parameters, dict) and "id" in case.path_parameters and rng.random() < 0.5:
        own = next((f"id of {kind}" for kind in KINDS if f"/{kind}s/" in case.path), "id")
        case.path_parameters["id"] = rng.choice(real[own] if rng.random() < 0.8 else real["id"])
    for name in ("question", "claim", "actor", "outlet", "language"):
        if isinstance(case.query, dict) and name in case.query and real[name] and rng.random() < 0.5:
            case.query[name] = [rng.choice(real[name])]


def modes_of(operation) -> list[GenerationMode]:
    """What can be wrong about a question without parameters is nothing."""
    takes_any = operation.query or operation.path_parameters
    return [GenerationMode.POSITIVE, GenerationMode.NEGATIVE] if takes_any else [GenerationMode.POSITIVE]


def share(operation) -> int:
    """How many questions an address gets beside others: exports all take the same parameters, constants take none."""
    if len(modes_of(operation)) == 1:
        return 1
    return 6 if operation.path.startswith(("/api/", "/id/", "/schemas/")) else 2


def ask(count: int, statements: int) -> int:
    """Asks `count` questions of a record of that many statements; returns how many answers were not as described."""
    import django

    django.setup()
    from django.test import Client
    from records import fill

    from record.api import openapi

    fill(statements, projections=True)
    real, rng = real_values(), random.Random(6)
    described = schemathesis.openapi.from_dict(openapi.description())
    operations = [operation.ok() for operation in described.get_all_operations()]
    shares = {operation.path: share(operation) for operation in operations}
    each = min(count, ROUND) / sum(shares.values()) / WAYS
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, SERVER_NAME="localhost")
    statuses, wrong, asked = Counter(), [], 0

    def one(case):
        nonlocal asked
        for _ in range(WAYS):
            put_real_values(case, real, rng)
            response = answer(client, case, "GET" if rng.random() < 0.98 else "HEAD")
            asked += 1
            statuses[response.status_code] += 1
            try:
                if response.content:
                    case.validate_response(response, checks=CHECKS)
            except FailureGroup as error:
                wrong.append(f"{response.status_code} {response.request.url}\n{error}")

    strategies = [
        (operation.as_strategy(generation_mode=mode), shares[operation.path] / len(modes_of(operation)))
        for operation in operations
        for mode in modes_of(operation)
    ]
    turn = 0
    while asked < count:
        turn += 1
        for strategy, part in strategies:
            some = hypothesis.settings(
                max_examples=1 + int(each * part),
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            some(hypothesis.seed(turn)(hypothesis.given(case=strategy)(one)))()
        print(f"{asked} asked, {len(wrong)} not as described", flush=True)
    for operation in operations:
        for method in METHODS:
            response = client.generic(method, operation.path.replace("{id}", real["id"][0]).replace("{name}", "claim"))
            statuses[f"{method} {response.status_code}"] += 1
    print(f"{asked} questions to {len(operations)} addresses: {dict(sorted(statuses.items(), key=str))}")
    for text in wrong[:SHOWN]:
        print(text)
    print(f"{len(wrong)} answers were not as described.")
    return len(wrong) + sum(number for status, number in statuses.items() if str(status)[-3] == "5")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--statements", type=int, default=100)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="one alone; both without it")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # inside the throwaway database
    options = parser.parse_args()
    if options.here:
        sys.exit(1 if ask(options.requests, options.statements) else 0)
    sizes = ["--requests", str(options.requests), "--statements", str(options.statements)]
    wrong = False
    for vendor in [options.database] if options.database else ["sqlite", "postgresql"]:
        with throwaway(vendor) as environment:
            run(environment, "manage.py", "migrate", "-v0")
            run(environment, "manage.py", "collectstatic", "--no-input", "-v0")
            print(f"{vendor}: ", end="", flush=True)
            done = subprocess.run([sys.executable, __file__, *sizes, "--here"], cwd=ROOT, env=environment)
            wrong = wrong or done.returncode != 0
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
