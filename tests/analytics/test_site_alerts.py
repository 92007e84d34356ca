"""A site that was live and has gone quiet: when that is told, to whom, and how often."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import standardwebhooks

from frontdesk.accounts.model import Role
from frontdesk.analytics.model import Sighting, SiteWatch
from frontdesk.analytics.site_alerts import MOST_TRIES, SiteAlerts
from frontdesk.analytics.site_watch import begin, look, quiet_after
from frontdesk.clock import Clock, system_clock
from frontdesk.delivery.notices import Notices
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.outbound.client import Outbound
from frontdesk.outbound.mail import MailServer
from frontdesk.projects.destinations import WebhookDestination
from frontdesk.storage.base import Storage
from tests.contracts.test_accounts import make_member
from tests.contracts.test_analytics import make_event, make_sighting
from tests.delivery.test_email import MailBox, run_box
from tests.delivery.test_webhook import FIRST, hook
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, answer, run_crm
from tests.support.samples import VAULT, later, make_project

DAY = timedelta(days=1)


def seen(hours: float) -> Sighting:
    return make_sighting(minutes=60 * hours)


def live_for(hours: int, is_open: Callable[[int], bool]) -> SiteWatch:
    """A watch after so many hours, in some of which the site was opened; looked at each hour."""
    watched, last = begin(seen(0), later()), seen(0)
    for hour in range(1, hours + 1):
        if is_open(hour):
            last = seen(hour)
        watched = look(watched, last, later(hours=hour), DAY, ["mail"])
        assert watched.quiet_since is None, hour
    return watched


def told_after(watched: SiteWatch, since: int) -> int:
    """After how many hours without a visit it is told; `since` is the hour of the last one."""
    for hour in range(since, since + 24 * 60):
        found = look(watched, seen(since), later(hours=hour), DAY, ["mail"])
        if found.quiet_since is not None:
            assert (found.quiet_since, found.untold) == (later(hours=since), ("mail",))
            return hour - since
    raise AssertionError("never told")


def test_a_busy_site_is_told_after_the_shortest_time() -> None:
    assert told_after(live_for(24 * 10, lambda _: True), 240) == 24


def test_nights_and_weekends_of_a_site_are_its_habit() -> None:
    # Open from 9 to 18 (it began at 9), never told by night; a night is 15 hours.
    by_day = live_for(24 * 14, lambda hour: hour % 24 < 10)
    assert told_after(by_day, 24 * 13 + 9) == 30
    # Not at weekends either (it began on a Monday): 63 hours from Friday to Monday.
    weekdays = live_for(24 * 21, lambda hour: hour % 24 < 10 and hour // 24 % 7 < 5)
    assert told_after(weekdays, 24 * 18 + 9) == 126


def test_a_site_that_is_new_gets_a_week() -> None:
    watched = begin(seen(0), later())
    assert told_after(watched, 0) == 7 * 24
    assert quiet_after(watched, later(days=8), DAY) == DAY


def test_four_weeks_are_remembered_and_a_silence_that_was_told_is_no_habit() -> None:
    watched = live_for(24 * 35, lambda hour: hour < 24 * 4 or hour > 24 * 6)
    assert len(watched.gaps) == 4
    assert quiet_after(watched, later(days=36), DAY) == DAY
    quiet = look(watched, seen(24 * 35), later(days=40), DAY, ["mail"])
    assert quiet.quiet_since is not None
    back = look(quiet, seen(24 * 41), later(days=41), DAY, ["mail"])
    assert (back.quiet_since, back.untold) == (None, ("mail",))
    assert quiet_after(back, later(days=41), DAY) == DAY


def test_no_alert_where_nobody_wants_one() -> None:
    watched = live_for(24 * 10, lambda _: True)
    assert look(watched, seen(240), later(days=300), timedelta(0), ["mail"]) is watched


@pytest.fixture
async def crm() -> AsyncIterator[ScriptedCrm]:
    async with run_crm() as crm:
        yield crm


@asynccontextmanager
async def run_alerts(
    storage: Storage, clock: Clock, crm: ScriptedCrm, box: MailBox, said_at: Clock = system_clock
) -> AsyncIterator[SiteAlerts]:
    outbound = Outbound((crm.host, f"127.0.0.1:{box.port}"))
    mail = (MailServer("127.0.0.1", box.port, "none", None, None), "desk@frontdesk.example")
    notices = Notices(outbound, VAULT, said_at, 5.0, mail)
    yield SiteAlerts(storage, notices, clock, DAY, "https://desk.example")
    await outbound.close()


async def fill(storage: Storage, *hooks: WebhookDestination) -> None:
    for project_id in ("palm-grove", "coral-bay"):
        await storage.save_project(project_id, make_project(project_id, destinations=hooks))
    everybody = [
        ("owner", Role.OWNER, EVERY_PROJECT),
        ("manager", Role.MANAGER, Scope(projects=frozenset({"coral-bay"}))),
        ("sales", Role.SALES, EVERY_PROJECT),
        ("away", Role.OWNER, EVERY_PROJECT),
    ]
    for name, role, scope in everybody:
        member = make_member(name, f"{name}@example.com")
        changes = {"role": role, "scope": scope, "is_active": name != "away"}
        await storage.add_member(member.model_copy(update=changes))


async def see(storage: Storage, clock: SteppedClock, *projects: str) -> None:
    minutes = (clock() - later()).total_seconds() / 60
    for project_id in projects:
        event = make_event(f"event-{int(minutes):06d}", project_id=project_id)
        await storage.record_events(project_id, [event], make_sighting(project_id, minutes=minutes))


async def live_a_week(
    storage: Storage, clock: SteppedClock, alerts: SiteAlerts, *projects: str
) -> None:
    for _ in range(4 * 24):
        await see(storage, clock, *projects)
        await alerts.run_once()
        clock.step(hours=2)


async def run_days(alerts: SiteAlerts, clock: SteppedClock, days: float) -> None:
    for _ in range(int(24 * days)):
        await alerts.run_once()
        clock.step(hours=1)


async def test_one_alert_for_all_that_went_quiet_and_one_when_they_are_back(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await fill(storage, hook(crm, events=("site.not_live", "site.live")))
    both = ("palm-grove", "coral-bay")
    async with run_box() as box, run_alerts(storage, clock, crm, box) as alerts:
        await live_a_week(storage, clock, alerts, *both)
        assert (crm.received, box.mails) == ([], [])
        await run_days(alerts, clock, 3)
        assert [request.json["type"] for request in crm.received] == ["site.not_live"] * 2
        assert sorted(request.json["data"]["project"]["id"] for request in crm.received) == [
            "coral-bay",
            "palm-grove",
        ]
        standardwebhooks.Webhook(FIRST).verify(crm.received[0].body, crm.received[0].headers)
        assert sorted(box.recipients) == ["manager@example.com", "owner@example.com"]
        mails = {str(mail["To"]): mail for mail in box.mails}
        assert mails["owner@example.com"]["Subject"] == "Not live: coral-bay.example and 1 more"
        assert "palm-grove" not in mails["manager@example.com"].get_content()
        assert (
            "https://desk.example/dashboard/sites?state=quiet"
            in mails["manager@example.com"].get_content()
        )
        await see(storage, clock, *both)
        await run_days(alerts, clock, 0.5)
        assert [request.json["type"] for request in crm.received[2:]] == ["site.live"] * 2
        assert [mail["Subject"] for mail in box.mails[2:]] == [
            "Live again: coral-bay.example",
            "Live again: coral-bay.example and 1 more",
        ]
        assert len({request.headers["webhook-id"] for request in crm.received}) == 4


async def test_what_is_not_taken_is_told_again_with_the_same_id_and_given_up_at_last(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await fill(storage, hook(crm, events=("site.not_live",)))
    async with run_box() as box, run_alerts(storage, clock, crm, box) as alerts:
        await live_a_week(storage, clock, alerts, "palm-grove")
        crm.behaviour = answer(503)
        await run_days(alerts, clock, 3)
        assert len(crm.received) == MOST_TRIES
        assert len({request.headers["webhook-id"] for request in crm.received}) == 1
        assert len(box.mails) == 1


async def test_nobody_is_told_of_what_went_while_the_service_was_down(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await fill(storage)
    async with run_box() as box, run_alerts(storage, clock, crm, box) as alerts:
        await live_a_week(storage, clock, alerts, "palm-grove", "coral-bay")
        clock.step(days=4)
        await see(storage, clock, "coral-bay")
        await run_days(alerts, clock, 0.9)
        assert box.mails == []
        await run_days(alerts, clock, 0.5)
        assert sorted(str(mail["Subject"]) for mail in box.mails) == [
            "Not live: coral-bay.example",
            "Not live: coral-bay.example and 1 more",
        ]


async def test_a_project_has_hours_of_its_own_and_a_site_that_is_gone_is_silent(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await fill(storage)
    for project_id, hours in (("palm-grove", 0), ("coral-bay", 6)):
        project = await storage.get_project(project_id)
        await storage.save_project(project_id, project.model_copy(update={"quiet_hours": hours}))
    async with run_box() as box, run_alerts(storage, clock, crm, box) as alerts:
        await live_a_week(storage, clock, alerts, "palm-grove", "coral-bay")
        await run_days(alerts, clock, 0.5)
        (watch,) = (await storage.list_site_watches(EVERY_PROJECT, quiet=True)).items
        assert watch.project_id == "coral-bay"
        assert watch.quiet_since is not None
        bare = (await storage.get_project("coral-bay")).model_copy(update={"sites": ()})
        await storage.save_project("coral-bay", bare)
        mails = len(box.mails)
        await run_days(alerts, clock, 3)
        assert (await storage.list_site_watches(EVERY_PROJECT, quiet=True)).items == ()
        assert len(box.mails) == mails


async def test_of_two_processes_one_makes_the_round(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    async with run_box() as box, run_alerts(storage, clock, crm, box) as alerts:
        assert await alerts.run_once()
        assert not await alerts.run_once()
        clock.step(minutes=10)
        assert await alerts.run_once()
