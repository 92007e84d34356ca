"""What a buyer wants, and the time of a visit, as the form sends them."""

from datetime import date
from typing import Any

import httpx2
import pytest

from frontdesk.leads.model import Lead
from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.schedule import Opening, Schedule
from frontdesk.storage.base import Storage
from tests.leads.form import KEY, make_form, send_form
from tests.support.clock import SteppedClock

WEEKDAYS = {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "10:00", "closes": "19:00"}
SATURDAY = {"days": ["sat"], "opens": "10:00", "closes": "13:00"}
OPEN = Schedule(
    visits=(Opening.model_validate(WEEKDAYS), Opening.model_validate(SATURDAY)),
    calls=(Opening.model_validate(WEEKDAYS),),
    holidays=(date(2026, 11, 26),),
)


@pytest.fixture
async def open_client(client: httpx2.AsyncClient, storage: Storage) -> httpx2.AsyncClient:
    """The project has hours: it is Monday 23 November 2026, 14:30 in India."""
    project = await storage.get_project("palm-grove")
    await storage.save_project(project.id, project.model_copy(update={"schedule": OPEN}))
    return client


async def stored(storage: Storage) -> tuple[Lead, ...]:
    return (await storage.list_leads(EVERY_PROJECT)).items


async def test_what_a_buyer_wants_is_kept_with_the_enquiry(
    client: httpx2.AsyncClient, storage: Storage
) -> None:
    wanted = {
        "configuration": "3 BHK",
        "budget": "up to 1.5 crore",
        "timeline": "  within \u202e6 months ",
        "purpose": "",
        "visit_at": "2026-11-28T11:00:00+05:30",
        "call_at": None,
    }
    assert (await send_form(client, make_form(qualification=wanted))).status_code == 201
    (lead,) = await stored(storage)
    assert lead.enquiries[0].qualification.model_dump(mode="json", exclude_none=True) == {
        "configuration": "3 BHK",
        "budget": "up to 1.5 crore",
        "timeline": "within 6 months",
        "visit_at": "2026-11-28T05:30:00.000Z",
    }


@pytest.mark.parametrize(
    "wanted",
    [
        {"budget": "x" * 201},
        {"surprise": 1},
        {"visit_at": "Saturday"},
        {"visit_at": "2026-11-28T11:00:00"},
    ],
)
async def test_wants_of_another_form_are_refused(
    client: httpx2.AsyncClient, storage: Storage, wanted: dict[str, Any]
) -> None:
    response = await send_form(client, make_form(qualification=wanted))
    assert (response.status_code, response.json()["code"]) == (422, "invalid_body")
    assert await stored(storage) == ()


@pytest.mark.parametrize(
    ("visit_at", "code"),
    [
        ("2026-11-23T14:00:00+05:30", "past"),
        ("2026-11-23T16:00:00+05:30", "too_soon"),
        ("2026-11-24T18:30:00+05:30", "closed"),
        ("2026-11-26T11:00:00+05:30", "closed"),
        ("2026-11-29T11:00:00+05:30", "closed"),
        ("2026-12-08T11:00:00+05:30", "too_far"),
    ],
)
async def test_a_visit_at_a_time_that_cannot_be_is_refused(
    open_client: httpx2.AsyncClient, storage: Storage, visit_at: str, code: str
) -> None:
    response = await send_form(open_client, make_form(qualification={"visit_at": visit_at}))
    assert (response.status_code, response.json()["code"]) == (422, "invalid_visit_time")
    (fault,) = response.json()["errors"]
    assert (fault["field"], fault["code"]) == ("qualification.visit_at", code)
    assert await stored(storage) == ()


async def test_a_project_without_hours_takes_any_time_to_come(client: httpx2.AsyncClient) -> None:
    for visit_at, status in (("2026-12-31T23:00:00Z", 201), ("2026-11-01T10:00:00Z", 422)):
        form = make_form(qualification={"visit_at": visit_at})
        assert (await send_form(client, form, key=f"{KEY}-{status}")).status_code == status


async def test_the_thanks_tell_the_visit_and_the_next_calls(
    open_client: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    form = make_form(qualification={"visit_at": "2026-11-28T11:00:00+05:30"})
    first = await send_form(open_client, form)
    assert first.json()["message"] == (
        "Thank you, Asha. The team has your number and will call you back today before 7 pm"
        " to confirm your visit on Saturday 28 November at 11 am."
    )
    clock.step(hours=6)
    response = await send_form(open_client, make_form(interest="call"), key=f"{KEY}-late")
    assert response.json()["message"].endswith("call you back tomorrow between 10 am and 7 pm.")


async def test_a_form_sent_again_after_the_visit_gets_its_first_reply(
    open_client: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    form = make_form(qualification={"visit_at": "2026-11-28T11:00:00+05:30"})
    first = await send_form(open_client, form)
    clock.step(hours=24 * 6)
    again = await send_form(open_client, form)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    other = make_form(qualification={"visit_at": "2026-11-28T11:30:00+05:30"})
    assert (await send_form(open_client, other)).json()["code"] == "idempotency_mismatch"
