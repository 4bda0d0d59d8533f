"""The API keeps to its description, whatever it is asked (schemathesis makes the questions).

A few questions to each address here; `benchmarks/api.py` asks 20,000.
"""

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from record.api import openapi
from tests import record_cast as cast

pytestmark = pytest.mark.any_database

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
ALIKE = ("questions", "actors", "articles", "outlets", "redirects")  # as claims and statements


def operations():
    described = schemathesis.openapi.from_dict(openapi.description())
    found = [operation.ok() for operation in described.get_all_operations()]
    return [one for one in found if not one.path.startswith(tuple(f"/api/{name}" for name in ALIKE))]


def answered(client, case) -> schemathesis.Response:
    """What the site answers to a question of schemathesis, as a program on the network would see it."""
    asked = requests.Request(**case.as_transport_kwargs(base_url="http://localhost")).prepare()
    headers = {**asked.headers, "Accept-Encoding": "identity"}
    given = client.generic(asked.method, asked.path_url, headers=headers)
    return schemathesis.Response(
        status_code=given.status_code,
        headers={name: [value] for name, value in given.headers.items()},
        content=b"".join(given),
        request=asked,
        elapsed=0,
        verify=True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
def test_every_answer_is_one_that_is_described(client, mode):
    cast.append_history()
    asked = 0
    for operation in operations():
        export = operation.path.count("/") == 1 and operation.query  # all formats take the same parameters
        takes_any = operation.query or operation.path_parameters
        if mode == GenerationMode.NEGATIVE and (not takes_any or (export and operation.path != "/export.json")):
            continue

        @hypothesis.settings(
            max_examples=1 if export else 2,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            nonlocal asked
            asked += 1
            accepted = [checks.positive_data_acceptance] if mode == GenerationMode.POSITIVE else []
            case.validate_response(answered(client, case), checks=CHECKS + accepted)

        ask()
    assert asked > 10
