"""HTTP destinations in other shapes: forms, queries, headers, templates, and rules for replies."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.delivery.destinations.http import matches
from frontdesk.delivery.mapping import lead_values, resolve
from frontdesk.delivery.replies import find
from frontdesk.outbound.client import Reply
from frontdesk.projects.destination_checks import check_destination
from frontdesk.projects.destinations import HttpDestination, ReplyRule
from tests.delivery.trying import PROJECT, make_claimed, send_once
from tests.support.crm import ScriptedCrm, answer


async def test_a_form_a_query_and_headers_are_made_of_the_lead(crm: ScriptedCrm) -> None:
    destination = HttpDestination(
        id="crm",
        url=f"http://{crm.host}/leads?v=2",
        format="form",
        headers={"X-Key": "k3y-of-header"},
        query={"key": "k3y-of-query"},
        body={"api_key": "k3y-of-body"},
        fields={"lead[name]": "name", "lead[mail]": "email", "ok": "consent_given"},
        query_fields={"phone": "phone", "source": "{utm_source|our site}"},
        header_fields={"X-Name": "{name} of {project_name}"},
    )
    await send_once(destination, (crm.host,), claimed=make_claimed(name="Āsha & Rao\r\nX-Evil: 1"))
    (request,) = crm.received
    path, _, query = request.path.partition("?")
    assert path == "/leads"
    assert parse_qs(query) == {
        "v": ["2"],
        "key": ["k3y-of-query"],
        "phone": ["+919876543210"],
        "source": ["our site"],
    }
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.body.decode()) == {
        "lead[name]": ["Āsha & Rao\r\nX-Evil: 1"],
        "ok": ["true"],
        "api_key": ["k3y-of-body"],
    }
    assert request.headers["x-key"] == "k3y-of-header"
    assert request.headers["x-name"] == "%C4%80sha & Rao%0D%0AX-Evil: 1 of Palm Grove"
    assert "x-evil" not in request.headers


async def test_a_reply_that_repeats_a_credential_is_kept_without_it(crm: ScriptedCrm) -> None:
    crm.behaviour = answer(401, b'{"error": "key k3y-of-body is not known"}')
    result = await send_once(crm.destination(body={"key": "k3y-of-body"}), (crm.host,))
    assert result.response == '{"error": "key •••• is not known"}'


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("phone", "+919876543210"),
        ("=phone", "phone"),
        ("={phone}", "{phone}"),
        ("+{phone_calling_code}-{phone_national}", "+91-9876543210"),
        ("{utm_source|Website}/{utm_medium}", "Website/"),
        ("{is_new}", "true"),
    ],
)
def test_the_forms_of_a_mapping(source: str, value: object) -> None:
    assert resolve(source, lead_values(make_claimed(), PROJECT)) == value


RULES: dict[str, Any] = {
    "success": {"field": "status", "values": ["ok", "true"]},
    "duplicate": {"statuses": [200, 409], "field": "error.code", "values": ["DUP"]},
    "retry": {"field": "error.code", "values": ["BUSY"]},
    "remote_id_field": "data.0.lead_id",
}


@pytest.mark.parametrize(
    ("status", "body", "outcome", "remote_id"),
    [
        (200, b'{"status": "ok", "data": [{"lead_id": 7}]}', "delivered", "7"),
        (200, b'{"status": true}', "delivered", None),
        (200, b'{"status": "failed"}', "permanent", None),
        (200, b"<h1>Thank you</h1>", "permanent", None),
        (409, b'{"error": {"code": "DUP"}, "data": [{"lead_id": "a"}]}', "delivered", "a"),
        (422, b'{"error": {"code": "DUP"}}', "permanent", None),
        (200, b'{"error": {"code": "BUSY"}}', "retry", None),
        (400, b'{"error": {"code": "BUSY"}}', "retry", None),
        (503, b"", "retry", None),
    ],
)
async def test_rules_judge_the_reply(
    crm: ScriptedCrm, status: int, body: bytes, outcome: str, remote_id: str | None
) -> None:
    crm.behaviour = answer(status, body)
    result = await send_once(crm.destination(**RULES), (crm.host,))
    assert (result.outcome, result.remote_id) == (outcome, remote_id)


def test_a_field_alone_asks_for_something_to_be_there() -> None:
    rule = ReplyRule(field="id")
    nothing: tuple[Any, ...] = (None, False, "", [], {})
    for value in nothing:
        assert not matches(rule, Reply(200, {}, b""), {"id": value})
    assert matches(rule, Reply(200, {}, b""), {"id": 0})
    assert matches(ReplyRule(statuses=(202,)), Reply(202, {}, b""), None)
    assert matches(ReplyRule(field="id", values=("null",)), Reply(200, {}, b""), {})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
)


@given(json_values, st.text(max_size=8))
def test_looking_for_anything_in_anything_is_safe(document: Any, dotted: str) -> None:
    find(document, dotted)


@pytest.mark.parametrize(
    ("settings", "faults"),
    [
        ({"fields": {"a": "{name} {nobody}"}}, [("fields.a", "unknown_field")]),
        ({"fields": {"a": "{name"}}, [("fields.a", "unknown_field")]),
        ({"query_fields": {"a": "nobody"}}, [("query_fields.a", "unknown_field")]),
        ({"header_fields": {"Host": "name"}}, [("header_fields.Host", "reserved_header")]),
        ({"header_fields": {"a b": "name"}}, [("header_fields.a b", "invalid_header")]),
        ({"fields": {"a": "name"}, "body": {"a": "s"}}, [("fields.a", "overlapping_key")]),
        ({"fields": {"a.b": "name"}, "body": {"a": "s"}}, [("fields.a", "overlapping_key")]),
        ({"method": "GET", "fields": {"a": "name"}}, [("method", "no_body")]),
        ({"method": "GET", "query_fields": {"a": "name"}}, []),
    ],
)
def test_wrong_settings_are_told(settings: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    destination = HttpDestination(**{"id": "crm", "url": "https://crm.example/", **settings})
    assert [(fault.field, fault.code) for fault in check_destination(destination)] == faults
