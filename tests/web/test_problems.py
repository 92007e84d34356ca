"""Every reply that is not a success is a problem document, whoever made it."""

import re
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request

from frontdesk.errors import (
    Conflict,
    FieldError,
    Forbidden,
    FrontdeskError,
    Invalid,
    Malformed,
    NotFound,
    TooLarge,
    TooMany,
    TooSlow,
    Unauthenticated,
    Unavailable,
    WrongContentType,
)
from frontdesk.web.problems import problem_response

ROOT = Path(__file__).parents[2]
RAISED = re.compile(
    r"\b(?:"
    + "|".join(
        kind.__name__
        for kind in (
            Malformed,
            Unauthenticated,
            Forbidden,
            NotFound,
            Conflict,
            TooLarge,
            TooSlow,
            WrongContentType,
            Invalid,
            TooMany,
            Unavailable,
        )
    )
    + r"""|_refuse|make_problem)\(\s*(?:[a-z_]+(?:\([a-z_]+\))?,\s*)?(?:\d+,\s*)?"([a-z_]+)\""""
)


def reply_to(error: FrontdeskError) -> tuple[int, dict[str, object], dict[str, str]]:
    import json

    request = Request({"type": "http", "headers": [], "frontdesk.request_id": "request-1"})
    reply = problem_response(error, request)
    return reply.status_code, json.loads(bytes(reply.body)), dict(reply.headers)


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (Malformed("c", "d"), 400, "Bad Request"),
        (Unauthenticated("c", "d"), 401, "Unauthorized"),
        (Forbidden("c", "d"), 403, "Forbidden"),
        (NotFound("c", "d"), 404, "Not Found"),
        (TooSlow("c", "d"), 408, "Request Timeout"),
        (Conflict("c", "d"), 409, "Conflict"),
        (TooLarge("c", "d"), 413, "Content Too Large"),
        (WrongContentType("c", "d"), 415, "Unsupported Media Type"),
        (Invalid("c", "d"), 422, "Unprocessable Content"),
        (TooMany("c", "d", 1), 429, "Too Many Requests"),
        (Unavailable("c", "d"), 503, "Service Unavailable"),
    ],
)
def test_each_kind_has_its_status(error: FrontdeskError, status: int, title: str) -> None:
    assert reply_to(error)[:2] == (
        status,
        {
            "type": "urn:frontdesk:problem:c",
            "title": title,
            "status": status,
            "code": "c",
            "detail": "d",
            "request_id": "request-1",
        },
    )


def test_wrong_fields_are_listed() -> None:
    error = Invalid("invalid_phone", "Wrong.", [FieldError("phone.number", "too_short", "9")])
    assert reply_to(error)[1]["errors"] == [
        {"field": "phone.number", "code": "too_short", "detail": "9"}
    ]


@pytest.mark.parametrize(
    ("error", "header", "value"),
    [
        (TooMany("c", "d", 0.2), "retry-after", "1"),
        (TooMany("c", "d", 12.1), "retry-after", "13"),
        (Unavailable("c", "d"), "retry-after", "5"),
        (Unauthenticated("c", "d"), "www-authenticate", "Bearer"),
        (TooLarge("c", "d"), "connection", "close"),
        (TooSlow("c", "d"), "connection", "close"),
        (NotFound("c", "d"), "cache-control", "no-store"),
    ],
)
def test_the_headers_that_a_status_asks_for(error: FrontdeskError, header: str, value: str) -> None:
    assert reply_to(error)[2][header] == value


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/nothing", None, 404, "not_found"),
        ("GET", "/v1/widget/", None, 404, "not_found"),
        ("DELETE", "/v1/widget", None, 405, "method_not_allowed"),
        ("POST", "/health/live", None, 405, "method_not_allowed"),
        ("PUT", "/v1/leads/lead_1", None, 405, "method_not_allowed"),
        ("GET", "/assets/../../pyproject.toml", None, 404, "not_found"),
        ("GET", "/assets/%2e%2e%2fproblems.py", None, 404, "not_found"),
        ("GET", "/v1/leads", None, 401, "unauthenticated"),
        ("GET", "/" + "x" * 8192, None, 414, "url_too_long"),
        ("GET", "/v1/widget?host=" + "x" * 8192, None, 414, "url_too_long"),
    ],
)
async def test_what_the_frameworks_answer_is_a_problem_too(
    client: httpx2.AsyncClient, method: str, path: str, body: str | None, status: int, code: str
) -> None:
    reply = await client.request(method, path, content=body)
    assert (reply.status_code, reply.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert (reply.json()["code"], reply.json()["status"]) == (code, status)


async def test_a_405_says_what_the_address_takes(client: httpx2.AsyncClient) -> None:
    reply = await client.delete("/v1/widget")
    assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD"}


def codes_in_source() -> set[str]:
    return {
        code
        for path in (ROOT / "src").rglob("*.py")
        for code in RAISED.findall(path.read_text(encoding="utf-8"))
    }


def test_the_search_for_codes_finds_them() -> None:
    assert codes_in_source() >= {
        "not_found",
        "url_too_long",
        "headers_too_large",
        "internal_error",
        "body_too_large",
        "rate_limited",
        "origin_not_allowed",
    }


def test_every_code_is_documented() -> None:
    documented = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "guide").glob("*.md")
    )
    assert {code for code in codes_in_source() if f"`{code}`" not in documented} == set()
