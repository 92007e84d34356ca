"""The OpenAPI document tells everything that is served, and the page shows it all."""

from typing import Any

import httpx2
import pytest
from jsonschema_rs import Draft202012Validator

from frontdesk.web.docs import list_operations, list_properties, mark_code, name_type


@pytest.fixture
async def document(client: httpx2.AsyncClient) -> dict[str, Any]:
    document: dict[str, Any] = (await client.get("/openapi.json")).json()
    return document


def test_public_and_admin_routes_stand_in_one_document(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]["/v1/leads"]) == {"get", "post"}
    assert {
        "/v1/widget",
        "/v1/conversations",
        "/widget.js",
        "/health/ready",
        "/v1/projects",
    } <= set(document["paths"])
    assert not [path for path in document["paths"] if path.startswith(("/dashboard", "/docs"))]


def test_every_operation_says_who_may_call_it(document: dict[str, Any]) -> None:
    public = document["paths"]["/v1/leads"]["post"]
    admin = document["paths"]["/v1/leads"]["get"]
    conversation = document["paths"]["/v1/conversations/{conversation_id}/messages"]["post"]
    assert "security" not in public
    assert admin["security"] == [{"apiKey": []}, {"session": []}]
    assert conversation["security"] == [{"conversation": []}]


def test_a_stream_is_called_one(document: dict[str, Any]) -> None:
    reply = document["paths"]["/v1/conversations/{conversation_id}/messages"]["post"]["responses"][
        "200"
    ]
    assert list(reply["content"]) == ["text/event-stream"]


def test_every_failure_is_a_problem(document: dict[str, Any]) -> None:
    for operation in list_operations(document):
        for status, reply in operation.described["responses"].items():
            if status >= "400":
                assert reply["content"] == {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                }, (operation.id, status)
                assert reply["description"].startswith("`")


def test_references_lead_somewhere(document: dict[str, Any]) -> None:
    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [found for value in node.values() for found in references(value)]
        if isinstance(node, list):
            return [found for value in node for found in references(value)]
        return []

    names = {reference.removeprefix("#/components/schemas/") for reference in references(document)}
    assert names <= set(document["components"]["schemas"])
    assert "Problem" in names


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    ids = [operation.id for operation in list_operations(document)]
    assert len(ids) == len(set(ids))


async def test_what_comes_out_is_what_it_says(
    client: httpx2.AsyncClient, document: dict[str, Any]
) -> None:
    problem = (await client.get("/nothing")).json()
    schema = {**document["components"]["schemas"]["Problem"], "components": document["components"]}
    assert Draft202012Validator(schema).is_valid(problem)
    assert not Draft202012Validator(schema).is_valid(problem | {"status": "404"})


async def test_the_page_shows_every_operation(
    client: httpx2.AsyncClient, document: dict[str, Any]
) -> None:
    page = (await client.get("/docs")).text
    for operation in list_operations(document):
        assert f'<article id="{operation.id}">' in page
        assert f'<a href="#{operation.id}">' in page


def test_text_in_the_document_stays_text() -> None:
    assert mark_code("a `b<c` <i>") == "a <code>b&lt;c</code> &lt;i&gt;"


def test_fields_of_a_body() -> None:
    document = {
        "components": {
            "schemas": {
                "Phone": {
                    "properties": {"number": {"type": "string"}, "kind": {"enum": ["a", "b"]}},
                    "required": ["number"],
                }
            }
        }
    }
    phone = {"$ref": "#/components/schemas/Phone"}
    schema = {
        "required": ["phones"],
        "properties": {
            "phones": {"type": "array", "items": phone, "description": "All."},
            "main": {"anyOf": [phone, {"type": "null"}]},
        },
    }
    rows = {row.name: row for row in list_properties(schema, document)}
    assert list(rows) == [
        "phones",
        "phones[].number",
        "phones[].kind",
        "main",
        "main.number",
        "main.kind",
    ]
    assert rows["phones"].is_required
    assert rows["phones"].description == "All."
    assert rows["main.kind"].kind == "a | b"
    assert (
        name_type({"anyOf": [{"type": "string"}, {"type": "null"}]}, document) == "string or null"
    )
