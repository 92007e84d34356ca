"""Every operation of the OpenAPI document, met with generated requests over a real connection.

The document is a promise to whoever writes a client: no reply is outside it. Schemathesis makes
requests that keep to the document and requests that do not, the same ones every time.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx2
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from frontdesk.demo.run import PROJECTS_FILE
from tests.support.server import Server

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 15
ORIGIN = "http://palmgrove.localhost:8000"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo's projects, and no rate limits: a 429 would hide every other reply."""
    with Server(tmp_path_factory.mktemp("service"), {"RATE_LIMIT": "false"}) as service:
        imported = service.run("projects", "import", str(PROJECTS_FILE))
        assert imported.returncode == 0, imported.stderr
        yield service


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_reply_is_outside_the_document(service: Server, mode: GenerationMode) -> None:
    key = service.run("keys", "create", "generated", "--role", "owner").stdout.split()[-1]
    conversation = start_conversation(service)
    schema = schemathesis.openapi.from_url(f"{service.base_url}/openapi.json")
    tried = 0
    faults = []
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        headers = {"Origin": ORIGIN, "Authorization": f"Bearer {key}"}
        path_parameters = {}
        if "{conversation_id}" in operation.path:
            headers["Authorization"] = f"Bearer {conversation['token']}"
            path_parameters = {"conversation_id": conversation["id"]}
        faults += find_faults(operation, mode, headers, path_parameters)
        tried += 1
    assert not faults, "\n\n".join(faults)
    assert tried >= 20


def test_an_undocumented_failure_is_found() -> None:
    app = FastAPI()

    @app.get("/broken")
    def _broken() -> JSONResponse:
        return JSONResponse({}, status_code=500)

    @app.get("/sound")
    def _sound() -> dict[str, str]:
        return {}

    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    broken = find_faults(schema["/broken"]["GET"], GenerationMode.POSITIVE)
    assert "Server error" in broken[0]
    assert "Undocumented status code" in broken[0]
    assert find_faults(schema["/sound"]["GET"], GenerationMode.POSITIVE) == []


def find_faults(
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    headers: Mapping[str, str] | None = None,
    path_parameters: Mapping[str, str] | None = None,
) -> list[str]:
    """What `operation` answered that its description does not hold; the first of it."""

    @hypothesis_settings(
        max_examples=EXAMPLES,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def meet(case: Case[Any]) -> None:
        case.path_parameters.update(path_parameters or {})
        reply = case.call(headers=dict(headers or {}))
        is_stream = "text/event-stream" in reply.headers.get("content-type", [""])[0]
        # It would hold each event against the schema, which describes the stream as one text.
        excluded = [response_schema_conformance] if is_stream else []
        case.validate_response(reply, checks=CHECKS, excluded_checks=excluded)

    try:
        meet()
    except FailureGroup as found:
        return [f"{operation.label}: {found}"]
    except Unsatisfiable:  # it takes nothing that could be wrong
        assert mode is GenerationMode.NEGATIVE
    return []


def start_conversation(service: Server) -> dict[str, str]:
    body = {
        "project": "palm-grove",
        "page": {"url": f"{ORIGIN}/", "title": "Palm Grove"},
        "language": "en",
    }
    reply = httpx2.post(
        f"{service.base_url}/v1/conversations", json=body, headers={"Origin": ORIGIN}
    )
    started: dict[str, str] = reply.raise_for_status().json()
    return started
