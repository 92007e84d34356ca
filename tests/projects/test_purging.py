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
from tests.support.samples import VAULT


class Cdn:
    """Answers with these statuses in turn, then with 200; keeps what it was sent."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.sent: list[tuple[str, str]] = []
        self.app = FastAPI()
        self.app.add_api_route("/purge", self._take, methods=["POST"])

    async def _take(self, request: Request) -> Response:
        key = request.headers.get("fastly-key", "")
        self.sent.append((key, (await request.body()).decode()))
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@asynccontextmanager
async def purging(cdn: Cdn, outcomes: "asyncio.Queue[bool]") -> AsyncIterator[CdnPurge]:
    async with serve(cdn.app) as url:
        settings = load_settings(
            purge_url=f"{url}/purge",
            purge_headers=SecretStr('{"Fastly-Key": "of-nobody"}'),
            purge_body='{"prefixes": ["desk.example/v1/widget"]}',
        )
        purge = make_purge(settings, outcomes.put_nowait, None)
        assert purge is not None
        purge.retry_seconds = (0, 0)
        purge.pause_seconds = 0
        async with purge.at_work():
            yield purge


async def test_a_publishing_is_told_with_the_key_until_it_is_taken(
    storage: Storage, clock: SteppedClock
) -> None:
    cdn, outcomes = Cdn(500, 429), asyncio.Queue[bool]()
    async with purging(cdn, outcomes) as purge:
        projects = Projects(storage, clock, Environment.PRODUCTION, VAULT, purge)
        settings = WidgetSettings(accent="#112233")
        await WidgetLayers(projects).publish(Place(), settings, "Nandini", None)
        told = [await asyncio.wait_for(outcomes.get(), 30) for _ in range(3)]
    assert told == [False, False, True]
    assert set(cdn.sent) == {("of-nobody", '{"prefixes": ["desk.example/v1/widget"]}')}


async def test_other_processes_are_told_before_the_cdn_asks_them() -> None:
    cdn, outcomes = Cdn(), asyncio.Queue[bool]()
    seen: list[int] = []

    class Others:
        async def tell_others(self) -> None:
            seen.append(len(cdn.sent))

    async with purging(cdn, outcomes) as purge:
        purge.also = Others()
        await purge.tell_others()
        assert await asyncio.wait_for(outcomes.get(), 30)
    assert (seen, len(cdn.sent)) == ([0], 1)


async def test_a_cdn_that_takes_nothing_is_left_alone_until_the_next_publishing() -> None:
    cdn, outcomes = Cdn(*[403] * 3), asyncio.Queue[bool]()
    async with purging(cdn, outcomes) as purge:
        await purge.tell_others()
        told = [await asyncio.wait_for(outcomes.get(), 30) for _ in range(3)]
        assert told == [False, False, False]
        assert len(cdn.sent) == 3
        await purge.tell_others()
        assert await asyncio.wait_for(outcomes.get(), 30)


def test_nobody_is_told_without_an_address_and_a_wrong_one_is_refused() -> None:
    assert make_purge(load_settings(), lambda _: None, None) is None
    for wrong in ({"purge_url": "ftp://cdn.example"}, {"purge_headers": SecretStr("Bearer key")}):
        with pytest.raises(SettingsError) as caught:
            load_settings(**wrong)
        assert "Bearer key" not in str(caught.value)
