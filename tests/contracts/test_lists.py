"""Cursors: a row that is there during the whole walk is seen exactly once, whatever arrives."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from frontdesk.chat.model import Refusal
from frontdesk.errors import Invalid
from frontdesk.model import EVERY_PROJECT, Page
from frontdesk.projects.model import Site
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone
from tests.contracts.test_accounts import make_entry, make_key, make_member
from tests.contracts.test_analytics import make_event, make_sighting
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_sites import make_turned_away
from tests.contracts.test_upkeep import make_change, make_purge, make_watch
from tests.support.samples import later, make_lead, make_project

ROWS = 10


@dataclass(frozen=True)
class Listing:
    """`add` stores the row number n, whose place differs from one n to the next."""

    page: Callable[[Storage, str | None, int], Awaitable[Page[Any]]]
    add: Callable[[Storage, int], Awaitable[object]]


def scattered(number: int) -> int:
    """0 to 99 in an order that jumps about, so that what arrives lands before and behind."""
    return number * 37 % 100


async def add_lead(storage: Storage, number: int) -> None:
    # Several at the same time, so that time alone does not tell the order.
    at = later(seconds=scattered(number) // 20)
    await capture(storage, make_lead(phone=phone(number), at=at))


async def add_project(storage: Storage, number: int) -> None:
    project_id = f"project-{scattered(number):02d}"
    await storage.save_project(project_id, make_project(project_id))


async def add_message(storage: Storage, number: int) -> None:
    await storage.add_message("palm-grove", make_message(f"m_{scattered(number):02d}"))


async def add_refusal(storage: Storage, number: int) -> None:
    message = make_message(f"m_{scattered(number):02d}")
    update = {
        "refused": Refusal(reason="figure", text="₹1"),
        "at": later(seconds=scattered(number) // 20),
    }
    await storage.add_message("palm-grove", message.model_copy(update=update))


async def add_sighting(storage: Storage, number: int) -> None:
    host = f"{scattered(number):02d}.example"
    sighting = make_sighting().model_copy(update={"host": host})
    await storage.record_events("palm-grove", [make_event(f"event-{number:03d}")], sighting)


LISTINGS = {
    "list_refusals": Listing(
        lambda storage, after, limit: storage.list_refusals(
            EVERY_PROJECT, after=after, limit=limit
        ),
        add_refusal,
    ),
    "list_spending": Listing(
        lambda storage, after, limit: storage.list_spending(
            EVERY_PROJECT, later().date(), after=after, limit=limit
        ),
        lambda storage, number: storage.spend(
            f"project-{scattered(number):02d}", later().date(), 1
        ),
    ),
    "list_projects": Listing(
        lambda storage, after, limit: storage.list_projects(
            EVERY_PROJECT, after=after, limit=limit
        ),
        add_project,
    ),
    "list_unknown_sites": Listing(
        lambda storage, after, limit: storage.list_unknown_sites(after=after, limit=limit),
        lambda storage, number: storage.record_unknown_site(
            f"{scattered(number):02d}.example", "/", later()
        ),
    ),
    "list_messages": Listing(
        lambda storage, after, limit: storage.list_messages(
            "palm-grove", "conversation_1", after=after, limit=limit
        ),
        add_message,
    ),
    "list_leads": Listing(
        lambda storage, after, limit: storage.list_leads(EVERY_PROJECT, after=after, limit=limit),
        add_lead,
    ),
    "list_deliveries": Listing(
        lambda storage, after, limit: storage.list_deliveries(
            EVERY_PROJECT, after=after, limit=limit
        ),
        add_lead,
    ),
    "list_sightings": Listing(
        lambda storage, after, limit: storage.list_sightings(
            EVERY_PROJECT, after=after, limit=limit
        ),
        add_sighting,
    ),
    "list_site_leads": Listing(
        lambda storage, after, limit: storage.list_site_leads(
            EVERY_PROJECT, after=after, limit=limit
        ),
        lambda storage, number: capture(
            storage,
            make_lead(phone=phone(number)),
            site=Site(host=f"{scattered(number):02d}.example"),
        ),
    ),
    "list_turned_away": Listing(
        lambda storage, after, limit: storage.list_turned_away(
            EVERY_PROJECT, after=after, limit=limit
        ),
        # Of another project each: only so many of one are kept.
        lambda storage, number: storage.record_turned_away(
            f"project-{scattered(number):02d}",
            make_turned_away(f"project-{scattered(number):02d}"),
        ),
    ),
    "list_site_watches": Listing(
        lambda storage, after, limit: storage.list_site_watches(
            EVERY_PROJECT, after=after, limit=limit
        ),
        lambda storage, number: storage.save_site_watches(
            [make_watch(f"project-{scattered(number):02d}")]
        ),
    ),
    "list_purges": Listing(
        lambda storage, after, limit: storage.list_purges(after=after, limit=limit),
        lambda storage, number: storage.record_purges(
            [make_purge(f"{scattered(number):02d}.example")]
        ),
    ),
    "list_widget_changes": Listing(
        lambda storage, after, limit: storage.list_widget_changes(after=after, limit=limit),
        lambda storage, number: storage.save_widget_change(
            make_change(f"change_{scattered(number):02d}")
        ),
    ),
    "list_members": Listing(
        lambda storage, after, limit: storage.list_members(after=after, limit=limit),
        lambda storage, number: storage.add_member(
            make_member(f"member_{number}", f"m{scattered(number):02d}@example.com")
        ),
    ),
    "list_api_keys": Listing(
        lambda storage, after, limit: storage.list_api_keys(after=after, limit=limit),
        lambda storage, number: storage.add_api_key(
            make_key(f"key_{scattered(number):02d}", f"hash {number}")
        ),
    ),
    "list_audit_entries": Listing(
        lambda storage, after, limit: storage.list_audit_entries(
            EVERY_PROJECT, after=after, limit=limit
        ),
        lambda storage, number: storage.add_audit_entry(
            make_entry(f"audit_{scattered(number):02d}")
        ),
    ),
    "export_records": Listing(
        lambda storage, after, limit: storage.export_records("leads", after=after, limit=limit),
        add_lead,
    ),
}


@pytest.fixture(params=LISTINGS)
def listing(request: pytest.FixtureRequest) -> Listing:
    return LISTINGS[request.param]


@pytest.fixture
async def storage(storage: Storage) -> Storage:
    await storage.start_conversation("palm-grove", make_conversation())
    return storage


def key_of(row: Any) -> str:
    names = ("host", "id", "project_id")
    return str(next(getattr(row, name) for name in names if hasattr(row, name)))


async def walk(storage: Storage, listing: Listing, limit: int, arriving: int = 0) -> list[str]:
    """The keys of all rows, page by page, with `arriving` rows stored before each next page."""
    seen: list[str] = []
    number, after = ROWS, None
    while True:
        page = await listing.page(storage, after, limit)
        assert len(page.items) <= limit
        seen.extend(key_of(row) for row in page.items)
        after = page.next_cursor
        if after is None:
            return seen
        for _ in range(arriving):
            await listing.add(storage, number)
            number += 1


@pytest.mark.parametrize("limit", [1, 3, ROWS, 50])
async def test_pages_make_up_the_whole_list(storage: Storage, listing: Listing, limit: int) -> None:
    for number in range(ROWS):
        await listing.add(storage, number)
    whole = [key_of(row) for row in (await listing.page(storage, None, 1000)).items]
    assert len(whole) >= ROWS
    assert await walk(storage, listing, limit) == whole


async def test_what_was_there_is_seen_once_while_rows_arrive(
    storage: Storage, listing: Listing
) -> None:
    for number in range(ROWS):
        await listing.add(storage, number)
    there = {key_of(row) for row in (await listing.page(storage, None, 1000)).items}
    seen = await walk(storage, listing, limit=2, arriving=1)
    assert there <= {*seen}
    assert len(seen) == len({*seen})


async def test_a_list_that_ends_with_its_page_has_no_next(
    storage: Storage, listing: Listing
) -> None:
    for number in range(ROWS):
        await listing.add(storage, number)
    whole = len((await listing.page(storage, None, 1000)).items)
    assert (await listing.page(storage, None, whole)).next_cursor is None
    assert (await listing.page(storage, None, whole - 1)).next_cursor is not None


@pytest.mark.parametrize("cursor", ["", "nonsense", "é", "W10", "WzEsMiwzLDRd", "bnVsbA", "[1]"])
async def test_a_cursor_nobody_gave_out_is_refused(
    storage: Storage, listing: Listing, cursor: str
) -> None:
    with pytest.raises(Invalid) as caught:
        await listing.page(storage, cursor, 5)
    assert caught.value.code == "invalid_cursor"


def test_every_list_by_the_page_is_walked() -> None:
    paged = {
        name
        for name, member in inspect.getmembers(Storage, inspect.isfunction)
        if "after" in inspect.signature(member).parameters
    }
    assert paged == {*LISTINGS}
