"""Pages that ask for a project's widget and are on none of its sites."""

from pathlib import Path
from typing import Any

import pytest

from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.model import Project, Site
from frontdesk.projects.turned_away import NOTED_A_MINUTE, TurnedAwayPages, explain
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.contracts.test_sites import make_turned_away
from tests.support.application import make_production_settings, make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.samples import make_project

WWW = make_project("palm-grove", hosts=("www.palmgrove.example",))


def tell(project: Project, origin: str, path: str = "/") -> str | None:
    seen = make_turned_away(project.id, origin, path)
    fault = explain(project, seen, Environment.PRODUCTION)
    return None if fault is None else fault.detail


def test_the_words_say_which_site_was_meant() -> None:
    assert tell(WWW, "https://palmgrove.example") == (
        "Pages of palmgrove.example ask for the widget, but the site is registered as "
        "www.palmgrove.example. Add palmgrove.example to the project's sites, or send its "
        "visitors to www.palmgrove.example."
    )
    sites = (Site(host="else.example"), Site(host="brand.example", path_prefix="/palm"))
    both = WWW.model_copy(update={"sites": sites})
    assert "registered as brand.example/palm. Add" in str(tell(both, "https://m.brand.example"))
    bare = WWW.model_copy(update={"sites": ()})
    assert str(tell(bare, "https://new.example")).endswith("it has no site. Add new.example.")


@pytest.mark.parametrize(
    ("origin", "path", "says"),
    [
        ("http://www.palmgrove.example", "/", "https:// alone. Let the site send"),
        ("https://www.palmgrove.example:8443", "/", "the usual port"),
        ("https://www.palmgrove.example", "/any/page", None),
    ],
)
def test_a_right_host_is_told_what_else_is_wrong(origin: str, path: str, says: str | None) -> None:
    told = tell(WWW, origin, path)
    assert told is None if says is None else says in str(told)


def test_a_path_that_no_prefix_covers_is_told() -> None:
    sites = (Site(host="brand.example", path_prefix="/palm-grove"),)
    project = WWW.model_copy(update={"sites": sites})
    assert tell(project, "https://brand.example", "/palm-grove/plans") is None
    told = str(tell(project, "https://brand.example", "/palm"))
    assert "The page brand.example/palm asks" in told
    assert "registered as brand.example/palm-grove." in told


async def read(storage: Storage) -> dict[str, tuple[str, str]]:
    found = (await storage.list_turned_away(EVERY_PROJECT, limit=100)).items
    return {one.origin: (one.project_id, one.path) for one in found}


@pytest.mark.parametrize("is_production", [True, False])
async def test_what_browsers_are_refused_is_noted_with_its_project(
    tmp_path: Path, clock: SteppedClock, is_production: bool
) -> None:
    storage = SqliteStorage(tmp_path / "frontdesk.db")
    make = make_production_settings if is_production else make_settings
    async with run_app(make(tmp_path), clock, storage) as client:
        client.headers["Host"] = "desk.example"
        await storage.save_project("palm-grove", WWW)
        await storage.save_project("coral-bay", make_project("coral-bay"))
        widget = "/v1/widget?host="
        # The settings: without www., on a host of nobody's, and on one of another project.
        await client.get(f"{widget}palmgrove.example")
        named = "&project=palm-grove"
        away = {"Referer": "https://brand.example/new"}
        await client.get(f"{widget}brand.example{named}", headers=away)
        await client.get(f"{widget}coral-bay.example{named}")
        # A number of strangers, and of projects that are not there.
        await client.get(f"{widget}nothing.example&project=nothing")
        await client.get(f"{widget}localhost{named}")
        # A preflight, which says no project, and an event, which is sent without one.
        origin = "http://www.palmgrove.example:81"
        ask = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert (await client.options("/v1/leads", headers=ask)).status_code == 403
        event = '{"id": "12345678", "kind": "seen"}'
        body = f'{{"project": "coral-bay", "path": "/x", "events": [{event}]}}'
        sent = {"Origin": "https://other.example", "Content-Type": "text/plain"}
        assert (await client.post("/v1/events", content=body, headers=sent)).status_code == 403
        assert await read(storage) == {
            "https://palmgrove.example": ("palm-grove", "/"),
            "https://brand.example": ("palm-grove", "/new"),
            "https://coral-bay.example": ("palm-grove", "/"),
            origin: ("palm-grove", "/"),
            "https://other.example": ("coral-bay", "/x"),
        }


async def test_a_flood_is_noted_so_often_and_no_more(tmp_path: Path, clock: SteppedClock) -> None:
    class Counting:
        count = 0

        async def record_turned_away(self, _project_id: str, _seen: object) -> None:
            self.count += 1

    counting: Any = Counting()
    pages = TurnedAwayPages(counting, clock)
    for _ in range(3):
        for number in range(2 * NOTED_A_MINUTE):
            await pages.note("palm-grove", f"https://{number}.example", "/")
    assert counting.count == NOTED_A_MINUTE
    clock.step(seconds=61)
    await pages.note("palm-grove", "https://1.example", "/")
    assert counting.count == NOTED_A_MINUTE + 1
