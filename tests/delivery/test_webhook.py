"""Webhooks, read by the libraries that receivers use."""

from typing import Any

import pytest
import standardwebhooks
import svix.webhooks
from jsonschema_rs import Draft202012Validator

from frontdesk.clock import system_clock
from frontdesk.delivery.model import AttemptOutcome, ClaimedDelivery
from frontdesk.projects.destinations import WebhookDestination
from frontdesk.storage.base import Storage
from tests.delivery.conftest import MakeWorker
from tests.delivery.room import add_lead, add_project, get_only
from tests.delivery.trying import make_claimed, send_once
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, answer
from tests.support.samples import VAULT, later, make_delivery, make_lead

FIRST = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SECOND = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
STRANGERS = "whsec_" + "A" * 32

LIBRARIES = [
    (standardwebhooks.Webhook, standardwebhooks.webhooks.WebhookVerificationError),
    (svix.webhooks.Webhook, svix.webhooks.WebhookVerificationError),
]


def hook(crm: ScriptedCrm, *secrets: str, **settings: Any) -> WebhookDestination:
    sealed = tuple(VAULT.seal(secret) for secret in secrets or (FIRST,))
    url = f"http://{crm.host}/hook"
    return WebhookDestination(id="hook", url=url, secrets=sealed, **settings)


def merged() -> ClaimedDelivery:
    first, second = make_lead(), make_lead(at=later(days=1))
    lead = first.model_copy(update={"enquiries": (*first.enquiries, *second.enquiries)})
    delivery = make_delivery(second).model_copy(update={"lead_id": lead.id})
    return ClaimedDelivery(delivery=delivery, lead=lead)


@pytest.mark.parametrize(("library", "refusal"), LIBRARIES)
async def test_receivers_libraries_verify_it_with_either_secret(
    crm: ScriptedCrm, library: Any, refusal: type[Exception]
) -> None:
    # The libraries look at the real clock, and take five minutes' difference.
    await send_once(hook(crm, SECOND, FIRST), (crm.host,), clock=system_clock)
    (request,) = crm.received
    for secret in (FIRST, SECOND):
        library(secret).verify(request.body, request.headers)
    for body, secret in ((request.body, STRANGERS), (request.body + b" ", FIRST)):
        with pytest.raises(refusal):
            library(secret).verify(body, request.headers)


async def test_every_try_has_the_same_id_and_body_and_its_own_time(
    crm: ScriptedCrm, clock: SteppedClock
) -> None:
    claimed = make_claimed()
    for _ in range(2):
        await send_once(hook(crm), (crm.host,), claimed=claimed, clock=clock)
        clock.step(seconds=90)
    first, second = crm.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == claimed.delivery.id
    assert first.body == second.body
    times = [int(each.headers["webhook-timestamp"]) for each in crm.received]
    assert times[1] - times[0] == 90
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


async def test_the_payload_is_what_the_document_says(
    crm: ScriptedCrm, openapi: dict[str, Any]
) -> None:
    for claimed in (make_claimed(email="asha@example.com"), merged()):
        await send_once(hook(crm), (crm.host,), claimed=claimed)
    created, updated = (request.json for request in crm.received)
    assert (created["type"], updated["type"]) == ("lead.created", "lead.updated")
    assert created["version"] == 1
    assert created["data"]["lead"]["phone"] == "+919876543210"
    assert updated["timestamp"] == "2026-11-24T09:00:00.000Z"
    for event in (created, updated):
        operation = openapi["webhooks"][event["type"]]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": openapi["components"]})
        assert validator.is_valid(event)
        assert not validator.is_valid(event | {"version": 2})
        assert not validator.is_valid(event | {"data": {}})


async def test_what_nobody_asked_for_is_not_sent(crm: ScriptedCrm) -> None:
    destination = hook(crm, events=("lead.created",))
    result = await send_once(destination, (crm.host,), claimed=merged())
    assert result.outcome is AttemptOutcome.DELIVERED
    assert "nothing was sent" in result.reason
    assert crm.received == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_a_failure(crm: ScriptedCrm, status: int) -> None:
    crm.behaviour = answer(status, Location=f"http://{crm.host}/elsewhere")
    result = await send_once(hook(crm), (crm.host,))
    assert result.outcome is AttemptOutcome.PERMANENT
    assert len(crm.received) == 1


async def test_410_switches_the_destination_off(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, hook(crm), crm.destination())
    for number in range(3):
        await add_lead(storage, clock, number, destination_ids=("hook",))
        clock.step(seconds=1)
    crm.behaviour = answer(410)
    await make_worker(concurrency=1).run_due(clock())
    assert len(crm.received) == 1
    project = await storage.get_project("palm-grove")
    assert [one.enabled for one in project.destinations] == [False, True]


async def test_a_secret_that_cannot_be_opened_loses_nothing(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    lost = hook(crm)
    (secret,) = lost.secrets
    damaged = lost.model_copy(update={"secrets": (type(secret)(secret.text[:-6] + "AAAAA="),)})
    await add_project(storage, damaged)
    await add_lead(storage, clock, destination_ids=("hook",))
    worker = make_worker()
    await worker.run_due(clock())
    delivery = await get_only(storage)
    assert (delivery.state, crm.received) == ("waiting", [])
    assert "sealed under another key" in delivery.attempts[0].reason
