import asyncio
from datetime import date, timedelta

import pytest

from frontdesk.analytics.model import Event, EventKind, EventTotal, Sighting
from frontdesk.errors import Invalid
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.support.clock import START
from tests.support.samples import later

DAY = START.date()
ONE = Scope(projects=frozenset({"palm-grove"}))


def make_event(
    event_id: str = "event-001",
    kind: EventKind = EventKind.OPENED,
    *,
    project_id: str = "palm-grove",
    day: date = DAY,
    milliseconds: int | None = None,
    page: str = "https://palm-grove.example/",
) -> Event:
    return Event(
        id=event_id,
        project_id=project_id,
        kind=kind,
        at=START,
        day=day,
        page=page,
        milliseconds=milliseconds,
    )


def make_sighting(
    project_id: str = "palm-grove", *, minutes: float = 0, version: str = "v1"
) -> Sighting:
    return Sighting(
        project_id=project_id,
        host=f"{project_id}.example",
        path_prefix="/",
        page=f"https://{project_id}.example/plans",
        version=version,
        last_event=EventKind.OPENED,
        first_seen_at=later(minutes=minutes),
        last_seen_at=later(minutes=minutes),
    )


async def totals(storage: Storage, scope: Scope = ONE, days: int = 0) -> list[EventTotal]:
    return await storage.total_events(scope, DAY, DAY + timedelta(days=days), by="day")


async def counts(storage: Storage, scope: Scope = ONE) -> dict[str, int]:
    return {total.kind.value: total.count for total in await totals(storage, scope)}


async def test_events_are_counted_by_day_and_kind(storage: Storage) -> None:
    events = [
        make_event("event-001", EventKind.LOADED),
        make_event("event-002", EventKind.LOADED),
        make_event("event-003", EventKind.ANSWERED, milliseconds=900),
        make_event("event-004", EventKind.ANSWERED, milliseconds=300),
        make_event("event-005", EventKind.ANSWERED),
        make_event("event-006", EventKind.LOADED, day=DAY + timedelta(days=1)),
    ]
    assert await storage.record_events("palm-grove", events) == 6
    expected = [
        (DAY.isoformat(), EventKind.ANSWERED, 3, 2, 1200),
        (DAY.isoformat(), EventKind.LOADED, 2, 0, 0),
        ((DAY + timedelta(days=1)).isoformat(), EventKind.LOADED, 1, 0, 0),
    ]
    found = await totals(storage, days=1)
    assert [(t.key, t.kind, t.count, t.measured, t.milliseconds) for t in found] == expected
    assert await counts(storage) == {"answered": 3, "loaded": 2}


async def test_the_same_events_again_are_not_counted_again(storage: Storage) -> None:
    batch = [make_event("event-001"), make_event("event-002")]
    assert await storage.record_events("palm-grove", batch) == 2
    more = [*batch, make_event("event-003"), make_event("event-003", EventKind.CLOSED)]
    assert await storage.record_events("palm-grove", more) == 1
    assert await storage.record_events("palm-grove", more) == 0
    assert await counts(storage) == {"opened": 3}
    # Another project's browser may have made the same id.
    theirs = make_event("event-001", project_id="coral-bay")
    assert await storage.record_events("coral-bay", [theirs]) == 1


async def test_batches_at_the_same_time_are_all_counted(storage: Storage) -> None:
    batches = [
        [make_event(f"event-{batch}-{number}") for number in range(5)] for batch in range(20)
    ]
    added = await asyncio.gather(
        *(storage.record_events("palm-grove", batch) for batch in [*batches, *batches])
    )
    assert sum(added) == 100
    assert await counts(storage) == {"opened": 100}


async def test_totals_of_several_projects(storage: Storage) -> None:
    for project_id, number in (("palm-grove", 2), ("coral-bay", 3)):
        events = [make_event(f"event-00{n}", project_id=project_id) for n in range(number)]
        await storage.record_events(project_id, events)
    (together,) = await totals(storage, EVERY_PROJECT)
    assert together.count == 5
    found = await storage.total_events(EVERY_PROJECT, DAY, DAY, by="project")
    assert [(t.key, t.count) for t in found] == [("coral-bay", 3), ("palm-grove", 2)]
    assert (
        await storage.total_events(
            EVERY_PROJECT, DAY - timedelta(days=9), DAY - timedelta(days=1), by="day"
        )
        == []
    )


async def test_events_go_and_their_counts_stay(storage: Storage) -> None:
    old = [make_event(f"event-00{n}", day=DAY - timedelta(days=n)) for n in range(5)]
    await storage.record_events("palm-grove", old)
    assert await storage.delete_events(DAY - timedelta(days=1), limit=2) == 2
    assert await storage.delete_events(DAY - timedelta(days=1), limit=2) == 1
    assert await storage.delete_events(DAY - timedelta(days=1), limit=2) == 0
    found = await storage.total_events(ONE, DAY - timedelta(days=9), DAY, by="project")
    assert [total.count for total in found] == [5]
    # What is left is still known.
    assert await storage.record_events("palm-grove", old[:2]) == 0


async def test_the_latest_sighting_of_a_site_stays(storage: Storage) -> None:
    first, latest = make_sighting(), make_sighting(minutes=9, version="v2")
    for number, seen in enumerate((first, latest, make_sighting(minutes=5, version="old"))):
        await storage.record_events("palm-grove", [make_event(f"event-00{number}")], seen)
    await storage.record_events(
        "coral-bay", [make_event(project_id="coral-bay")], make_sighting("coral-bay")
    )
    expected = latest.model_copy(update={"first_seen_at": first.first_seen_at})
    assert (await storage.list_sightings(ONE)).items == (expected,)
    page = await storage.list_sightings(EVERY_PROJECT, limit=1)
    assert page.items == (make_sighting("coral-bay"),)
    rest = await storage.list_sightings(EVERY_PROJECT, after=page.next_cursor, limit=1)
    assert rest.items == (expected,)
    assert rest.next_cursor is None


async def test_a_page_that_is_no_text_is_refused(storage: Storage) -> None:
    event = make_event(page="https://palm-grove.example/शहर")
    assert await storage.record_events("palm-grove", [event]) == 1
    broken = make_event("event-002")._replace(page="https://a.example/\ud800")
    with pytest.raises(Invalid) as caught:
        await storage.record_events("palm-grove", [broken])
    assert caught.value.code == "invalid_text"
    assert await counts(storage) == {"opened": 1}
