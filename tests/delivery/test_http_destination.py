"""What a destination gets, and what its answer means."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.delivery.destinations.http import write_body
from frontdesk.delivery.mapping import lead_values, nest
from frontdesk.delivery.model import AttemptOutcome, ClaimedDelivery, SendResult
from frontdesk.leads.model import Attribution, FirstVisit, Source
from frontdesk.projects.destination_checks import check_destination
from frontdesk.projects.destinations import AnyDestination, HttpDestination
from frontdesk.projects.lead_fields import LEAD_FIELDS
from tests.delivery.trying import PROJECT, make_claimed, send_once
from tests.support.clock import START
from tests.support.crm import Behaviour, ScriptedCrm, answer, drop, flood, hang
from tests.support.samples import later, make_delivery, make_lead

GUIDE = Path(__file__).parents[2] / "docs/guide/destinations.md"


async def send_to(
    crm: ScriptedCrm,
    behaviour: Behaviour,
    timeout_seconds: float = 30.0,
    destination: AnyDestination | None = None,
) -> SendResult:
    crm.behaviour = behaviour
    return await send_once(
        destination or crm.destination(), (crm.host,), timeout_seconds=timeout_seconds
    )


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "delivered"),
        (201, "delivered"),
        (202, "delivered"),
        (204, "delivered"),
        (301, "permanent"),
        (302, "permanent"),
        (307, "permanent"),
        (400, "permanent"),
        (401, "permanent"),
        (403, "permanent"),
        (404, "permanent"),
        (408, "retry"),
        (410, "permanent"),
        (422, "permanent"),
        (425, "retry"),
        (429, "retry"),
        (500, "retry"),
        (502, "retry"),
        (503, "retry"),
        (504, "retry"),
    ],
)
async def test_a_status_decides(crm: ScriptedCrm, status: int, outcome: str) -> None:
    result = await send_to(crm, answer(status))
    assert (result.outcome, result.status_code) == (outcome, status)
    assert re.fullmatch(r"The(re)? .+\.", result.reason)


@pytest.mark.parametrize("behaviour", [drop, hang])
async def test_no_reply_is_tried_again(crm: ScriptedCrm, behaviour: Behaviour) -> None:
    result = await send_to(crm, behaviour, timeout_seconds=0.5)
    assert (result.outcome, result.status_code) == (AttemptOutcome.RETRY, None)
    assert crm.host not in result.reason


async def test_a_private_address_in_settings_is_refused(crm: ScriptedCrm) -> None:
    result = await send_once(crm.destination())
    assert result.outcome is AttemptOutcome.RETRY
    assert crm.received == []


async def test_retry_after_is_read(crm: ScriptedCrm) -> None:
    result = await send_to(crm, answer(429, Retry_After="Mon, 23 Nov 2026 09:02:00 GMT"))
    assert result.retry_after_seconds == 120


async def test_the_reply_is_kept_bounded(crm: ScriptedCrm) -> None:
    result = await send_to(crm, flood)
    assert result.response == "x" * 2000


@pytest.mark.parametrize(
    ("body", "remote_id"),
    [
        (b'{"id": "crm-77"}', "crm-77"),
        (b'{"id": 77}', "77"),
        (b'{"id": true}', None),
        (b'{"id": null}', None),
        (b'{"id": {"a": 1}}', None),
        (b'{"ok": 1}', None),
        (b"[1]", None),
        (b"thank you", None),
        (b"[" * 60_000, None),
        (b"\xff\xfe", None),
        (b"", None),
    ],
)
async def test_the_receivers_id_is_kept_where_there_is_one(
    crm: ScriptedCrm, body: bytes, remote_id: str | None
) -> None:
    result = await send_to(crm, answer(201, body))
    assert (result.outcome, result.remote_id) == (AttemptOutcome.DELIVERED, remote_id)


async def test_ids_go_in_headers_whatever_the_mapping(crm: ScriptedCrm) -> None:
    claimed = make_claimed()
    destination = crm.destination(
        method="PUT", headers={"Authorization": "Token t"}, fields={"who": "name"}
    )
    await send_once(destination, (crm.host,), claimed=claimed)
    (request,) = crm.received
    assert request.method == "PUT"
    assert request.json == {"who": "Asha Rao"}
    assert request.headers["idempotency-key"] == claimed.delivery.id
    assert request.headers["frontdesk-lead-id"] == claimed.lead.id
    assert request.headers["authorization"] == "Token t"
    assert request.headers["content-type"] == "application/json"


def test_a_mapping_makes_the_receivers_own_shape() -> None:
    fields = {
        "lead.contact.mobile": "phone_national",
        "lead.contact.country_code": "phone_calling_code",
        "lead.source": "=Website",
        "lead.campaign": "utm_campaign",
        "project": "crm_id",
        "empty": "=",
    }
    assert nest(fields, lead_values(make_claimed(), PROJECT)) == {
        "lead": {
            "contact": {"mobile": "9876543210", "country_code": "91"},
            "source": "Website",
            "campaign": None,
        },
        "project": "CRM-palm-grove",
        "empty": "",
    }


def test_without_a_mapping_every_field_goes_under_its_own_name() -> None:
    body = json.loads(
        write_body(
            HttpDestination(id="crm", url="https://crm.example"),
            lead_values(make_claimed(), PROJECT),
            {},
        )[0]
    )
    assert list(body) == list(LEAD_FIELDS)
    assert (body["first_name"], body["last_name"]) == ("Asha", "Rao")
    assert (body["phone"], body["phone_country"]) == ("+919876543210", "IN")
    assert body["consent_at"] == body["created_at"] == "2026-11-23T09:00:00.000Z"
    assert (body["is_new"], body["attempt"], body["email"]) == (True, 1, None)
    json.dumps(body)


def test_every_name_has_a_value_and_every_value_a_name() -> None:
    assert set(lead_values(make_claimed(), PROJECT)) == set(LEAD_FIELDS)
    for name in Source.model_fields:
        assert {name, f"first_{name}"} <= set(LEAD_FIELDS)


def test_the_first_visit_goes_with_the_last() -> None:
    first = FirstVisit(utm_source="search", at=START)
    claimed = make_claimed()
    (enquiry,) = claimed.lead.enquiries
    asked = enquiry.model_copy(update={"attribution": Attribution(utm_source="mail", first=first)})
    lead = claimed.lead.model_copy(update={"enquiries": (asked,)})
    values = lead_values(claimed.model_copy(update={"lead": lead}), PROJECT)
    assert (values["utm_source"], values["first_utm_source"]) == ("mail", "search")
    assert values["first_visit_at"] == "2026-11-23T09:00:00.000Z"


def test_a_later_enquiry_is_the_one_that_is_sent() -> None:
    first, second = make_lead(), make_lead(at=later(days=1))
    merged = first.model_copy(update={"enquiries": (*first.enquiries, *second.enquiries)})
    delivery = make_delivery(second).model_copy(update={"lead_id": merged.id})
    values = lead_values(ClaimedDelivery(delivery=delivery, lead=merged), PROJECT)
    assert (values["is_new"], values["lead_id"]) == (False, first.id)
    assert values["enquired_at"] == "2026-11-24T09:00:00.000Z"


def test_one_name_leaves_the_last_name_empty() -> None:
    values = lead_values(make_claimed(name="Asha"), PROJECT)
    assert (values["first_name"], values["last_name"]) == ("Asha", None)


def test_an_italian_number_keeps_its_zero() -> None:
    values = lead_values(make_claimed(phone="+390236618300"), PROJECT)
    assert (values["phone_national"], values["phone_calling_code"]) == ("0236618300", "39")


def test_the_guide_lists_every_field() -> None:
    table = re.findall(r"^\| `(\w+)` \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert table == list(LEAD_FIELDS)


@pytest.mark.parametrize(
    ("settings", "faults"),
    [
        ({}, []),
        ({"fields": {"a.b": "phone", "a.c": "=x"}}, []),
        ({"headers": {"Authorization": "Bearer t", "X-Api-Key": "k"}}, []),
        ({"fields": {"a": "telephone"}}, [("fields.a", "unknown_field")]),
        ({"fields": {"a": ""}}, [("fields.a", "unknown_field")]),
        ({"fields": {"a": "name", "a.b": "phone"}}, [("fields.a", "overlapping_key")]),
        ({"fields": {"a..b": "name"}}, [("fields.a..b", "invalid_key")]),
        ({"fields": {"": "name"}}, [("fields.", "invalid_key")]),
        ({"headers": {"Host": "x"}}, [("headers.Host", "reserved_header")]),
        ({"headers": {"content-length": "9"}}, [("headers.content-length", "reserved_header")]),
        ({"headers": {"a b": "x"}}, [("headers.a b", "invalid_header")]),
        ({"headers": {"X": "a\r\nY: b"}}, [("headers.X", "invalid_header")]),
        ({"headers": {"X": "ä"}}, [("headers.X", "invalid_header")]),
        ({"url": "https://u:p@crm.example/"}, [("url", "credentials_in_url")]),
        ({"url": "https://"}, [("url", "invalid_url")]),
        ({"url": "https://[::1"}, [("url", "invalid_url")]),
        ({"url": "https://crm.example:99999/"}, [("url", "invalid_url")]),
        ({"url": "https://crm.example/a b"}, [("url", "invalid_url")]),
    ],
)
def test_wrong_settings_show_before_a_lead_is_due(
    settings: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    destination = HttpDestination(**{"id": "crm", "url": "https://crm.example/leads", **settings})
    assert [(fault.field, fault.code) for fault in check_destination(destination)] == faults


keys = st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=3).map(".".join)
sources = st.sampled_from(["phone", "name", "=x", "nothing"])


@given(st.dictionaries(keys, sources, min_size=1))
def test_a_mapping_that_passes_the_check_can_be_built(fields: dict[str, str]) -> None:
    if check_destination(HttpDestination(id="crm", url="https://crm.example/", fields=fields)):
        return
    body = nest(fields, lead_values(make_claimed(at=START), PROJECT))

    def count(value: Any) -> int:
        return sum(map(count, value.values())) if isinstance(value, dict) else 1

    assert count(body) == len(fields)
