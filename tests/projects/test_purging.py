"""A CDN hears of what was published, by a real request to a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.model import WidgetSettings
from frontdesk.projects.purging import CdnPurge, make_purge
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment, SettingsError, load_settings
from frontdesk.storage.base import Storage
from tests.dashboard.site import serve
from tests.support.clock import SteppedClock
from tests.support.samples import VAULT, make_project


class Cdn:
    """Answers with these statuses in turn, then with 200; keeps what it was sent."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.sent: list[tuple[str, str]] = []
        self.hosts: list[str] = []
        self.app = FastAPI()
        self.app.add_api_route("/purge", self._take, methods=["POST"])

    async def _take(self, request: Request) -> Response:
        key = request.headers.get("fastly-key", "")
        self.sent.append((key, (await request.body()).decode()))
        self.hosts.append(request.query_params.get("host", ""))
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@asynccontextmanager
async def purging(
    cdn: Cdn,
    outcomes: "asyncio.Queue[bool]",
    storage: Storage,
    clock: SteppedClock,
    query: str = "",
    body: str = '{"prefixes": ["desk.example/v1/widget"]}',
) -> AsyncIterator[CdnPurge]:
    async with serve(cdn.app) as url:
        settings = load_settings(
            purge_url=f"{url}/purge{query}",
            purge_headers=SecretStr('{"Fastly-Key": "of-nobody"}'),
            purge_body=body,
        )
        purge = make_purge(settings, storage, clock, outcomes.put_nowait)
        assert purge is not None
        purge.retry_seconds = (0, 0)
        purge.pause_seconds = 0
        async with purge.at_work():
            yield purge


async def test_a_publishing_is_told_with_the_key_until_it_is_taken(
    storage: Storage, clock: SteppedClock
) -> None:
    cdn, outcomes = Cdn(500, 429), asyncio.Queue[bool]()
    async with purging(cdn, outcomes, storage, clock) as purge:
        projects = Projects(storage, clock, Environment.PRODUCTION, VAULT, cdn=purge)
        settings = WidgetSettings(accent="#112233")
        await WidgetLayers(projects).publish(Place(), settings, "Nandini", None)
        told = [await asyncio.wait_for(outcomes.get(), 30) for _ in range(3)]
        assert told == [False, False, True]
        assert await kept(storage, 1) == {"": (True, "", 3)}
    assert set(cdn.sent) == {("of-nobody", '{"prefixes": ["desk.example/v1/widget"]}')}


async def kept(storage: Storage, count: int) -> dict[str, tuple[bool, str, int]]:
    """What is stored, once so many are and all of them were taken."""
    async with asyncio.timeout(30):
        while True:
            found = (await storage.list_purges()).items
            if len(found) >= count and all(one.is_taken for one in found):
                return {one.host: (one.is_taken, one.reason, one.tries) for one in found}
            await asyncio.sleep(0)


async def test_other_processes_are_told_before_the_cdn_asks_them(
    storage: Storage, clock: SteppedClock
) -> None:
    cdn, outcomes = Cdn(), asyncio.Queue[bool]()
    seen: list[int] = []

    class Others:
        async def tell_others(self) -> None:
            # Given up on each turn, so that a purge that was asked for first would get ahead.
            for _ in range(50):
                await asyncio.sleep(0)
            seen.append(len(cdn.sent))

    async with purging(cdn, outcomes, storage, clock) as purge:
        projects = Projects(storage, clock, Environment.PRODUCTION, VAULT, Others(), cdn=purge)
        await projects.store(make_project())
        assert await asyncio.wait_for(outcomes.get(), 30)
    assert (seen, len(cdn.sent)) == ([0], 1)


async def test_a_cdn_that_takes_nothing_is_left_alone_until_the_next_publishing(
    storage: Storage, clock: SteppedClock
) -> None:
    cdn, outcomes = Cdn(*[403] * 3), asyncio.Queue[bool]()
    async with purging(cdn, outcomes, storage, clock) as purge:
        purge.ask()
        told = [await asyncio.wait_for(outcomes.get(), 30) for _ in range(3)]
        assert told == [False, False, False]
        assert len(cdn.sent) == 3
        purge.ask()
        assert await asyncio.wait_for(outcomes.get(), 30)


async def test_hosts_are_told_one_by_one_where_the_address_names_them(
    storage: Storage, clock: SteppedClock
) -> None:
    cdn, outcomes = Cdn(), asyncio.Queue[bool]()
    body = '{"files": ["https://desk.example/v1/widget?host={host}"]}'
    async with purging(cdn, outcomes, storage, clock, "?host={host}", body) as purge:
        projects = Projects(storage, clock, Environment.PRODUCTION, VAULT, cdn=purge)
        before = make_project("palm-grove", hosts=("old.example", "*.brand.example"))
        await storage.save_project("palm-grove", before)
        await storage.save_project("coral-bay", make_project("coral-bay"))
        # Also the host that it has no more: the CDN may still have settings for it.
        after = make_project("palm-grove", hosts=("new.example", "*.brand.example"))
        await projects.store(after, expected=await storage.get_project("palm-grove"))
        for _ in range(3):
            assert await asyncio.wait_for(outcomes.get(), 30)
        assert sorted(cdn.hosts) == ["*.brand.example", "new.example", "old.example"]
        assert ("of-nobody", body.replace("{host}", "new.example")) in cdn.sent
        # A draft changes nothing for visitors; a publishing for everybody does.
        layers = WidgetLayers(projects)
        accent = WidgetSettings(accent="#112233")
        await layers.save_draft(Place(), accent, "Nandini", None)
        await layers.publish(Place(), accent, "Nandini", None)
        for _ in range(3):
            assert await asyncio.wait_for(outcomes.get(), 30)
        assert sorted(cdn.hosts[3:]) == ["*.brand.example", "coral-bay.example", "new.example"]
        assert len(await kept(storage, 4)) == 4


async def test_a_command_purges_once_and_says_what_became_of_it(
    storage: Storage, clock: SteppedClock
) -> None:
    cdn, outcomes = Cdn(500), asyncio.Queue[bool]()
    async with purging(cdn, outcomes, storage, clock, "?host={host}") as purge:
        await storage.save_project("palm-grove", make_project("palm-grove"))
        await storage.save_project("coral-bay", make_project("coral-bay"))
        (one,) = await purge.purge(["palm-grove"])
        assert (one.host, one.is_taken, one.reason) == ("palm-grove.example", False, "status 500")
        assert (await storage.list_purges(failed=True)).items == (one,)
        assert [it.is_taken for it in await purge.purge(None)] == [True, True]
        assert (await storage.list_purges(failed=True)).items == ()


def test_nobody_is_told_without_an_address_and_a_wrong_one_is_refused(
    storage: Storage, clock: SteppedClock
) -> None:
    assert make_purge(load_settings(), storage, clock) is None
    for wrong in ({"purge_url": "ftp://cdn.example"}, {"purge_headers": SecretStr("Bearer key")}):
        with pytest.raises(SettingsError) as caught:
            load_settings(**wrong)
        assert "Bearer key" not in str(caught.value)
