"""Turns, and the watch over the sites."""

import asyncio
from typing import Any

import pytest

from frontdesk.analytics.model import Gap, SiteWatch
from frontdesk.errors import Conflict, changed_meanwhile
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.import_run import ImportRun
from frontdesk.projects.model import WidgetSettings
from frontdesk.projects.purge import Purge
from frontdesk.projects.widget_change import ChangePart, ChangeState, WidgetChange, Wish
from frontdesk.storage import upkeep
from frontdesk.storage.base import Storage
from frontdesk.storage.upkeep import Turn
from tests.support.samples import later


def make_watch(
    project_id: str = "palm-grove", path_prefix: str = "/", *, quiet: bool = False
) -> SiteWatch:
    return SiteWatch(
        project_id=project_id,
        host=f"{project_id}.example",
        path_prefix=path_prefix,
        page=f"https://{project_id}.example/plans",
        last_seen_at=later(),
        began_at=later(days=-30),
        watched_from=later(days=-30),
        gaps=(Gap(week=later().date(), seconds=7200),),
        quiet_since=later() if quiet else None,
        changed_at=later(days=2) if quiet else None,
        untold=("mail",) if quiet else (),
    )


def make_turn(name: str = "palm-grove") -> Turn:
    return Turn(name=name, taken_at=later(), until=later(minutes=9))


async def test_one_of_many_gets_the_turn(storage: Storage) -> None:
    takes = [storage.take_turn("work", later(), later(minutes=9)) for _ in range(8)]
    taken = [turn for turn in await asyncio.gather(*takes) if turn is not None]
    assert taken == [make_turn("work")]
    assert await storage.take_turn("work", later(minutes=8), later(minutes=20)) is None
    assert await storage.take_turn("other", later(), later(minutes=1)) is not None
    after = await storage.take_turn("work", later(minutes=9), later(minutes=20))
    assert after is not None
    assert after.before == later()


async def test_a_turn_is_kept_ended_and_lost(storage: Storage) -> None:
    first = await storage.take_turn("work", later(), later(minutes=9))
    assert first is not None
    kept = await storage.keep_turn(first, later(minutes=19))
    assert kept is not None
    assert kept.until == later(minutes=19)
    assert await storage.keep_turn(first, later(minutes=29)) is None
    assert await storage.keep_turn(kept, later(minutes=1)) is not None
    second = await storage.take_turn("work", later(minutes=1), later(minutes=5))
    assert second is not None
    assert await storage.keep_turn(kept, later(minutes=50)) is None
    assert await storage.keep_turn(make_turn("nobody's"), later(minutes=50)) is None


async def test_watches_are_replaced_and_listed_by_project(storage: Storage) -> None:
    await storage.save_site_watches([])
    watches = [make_watch(), make_watch("coral-bay", quiet=True), make_watch("coral-bay", "/b")]
    await storage.save_site_watches(watches)
    quiet = make_watch(quiet=True)
    await storage.save_site_watches([quiet])
    mine = Scope(projects=frozenset({"palm-grove"}))
    assert (await storage.list_site_watches(mine)).items == (quiet,)
    assert (await storage.list_site_watches(EVERY_PROJECT)).items == (*watches[1:], quiet)
    found = await storage.list_site_watches(EVERY_PROJECT, quiet=True, limit=1)
    assert found.items == (watches[1],)
    found = await storage.list_site_watches(EVERY_PROJECT, quiet=True, after=found.next_cursor)
    assert found.items == (quiet,)


def make_purge(host: str = "palm-grove.example", *, minutes: float = 0, reason: str = "") -> Purge:
    return Purge(host=host, at=later(minutes=minutes), is_taken=not reason, reason=reason)


async def test_the_latest_purge_of_each_host_is_kept(storage: Storage) -> None:
    await storage.record_purges([])
    latest = make_purge(minutes=5, reason="status 500")
    await storage.record_purges([make_purge(), make_purge("")])
    await storage.record_purges([latest, make_purge("b.example")])
    await storage.record_purges([make_purge(minutes=2)])
    assert (await storage.list_purges()).items == (make_purge(""), make_purge("b.example"), latest)
    assert (await storage.list_purges(failed=True)).items == (latest,)
    found = await storage.find_purges([latest.host, "", "nowhere.example"])
    assert found == [make_purge(""), latest]
    assert await storage.find_purges([]) == []


async def test_the_oldest_purges_make_room(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "PURGES_KEPT", 3)
    for number in range(5):
        await storage.record_purges([make_purge(f"{number}.example", minutes=number)])
    kept = [one.host for one in (await storage.list_purges()).items]
    assert kept == ["2.example", "3.example", "4.example"]


def make_change(change_id: str = "change_1", **changes: Any) -> WidgetChange:
    part = ChangePart(project_id="palm-grove", mark="0" * 16)
    wish = Wish(set=WidgetSettings(accent="#112233"), clear=frozenset({"greeting"}))
    change = WidgetChange(
        id=change_id, author="Meera Iyer", wish=wish, parts=(part,), created_at=later()
    )
    return change.model_copy(update=changes)


async def test_a_change_is_replaced_by_who_read_it_last(storage: Storage) -> None:
    change = make_change()
    assert await storage.find_widget_change(change.id) is None
    assert await storage.find_open_widget_change() is None
    await storage.save_widget_change(change)
    making = make_change(version=1, done=1, state=ChangeState.MAKING)
    results = await asyncio.gather(
        *(storage.save_widget_change(making) for _ in range(5)), return_exceptions=True
    )
    assert sorted(str(one) for one in results if one is not None) == [
        str(changed_meanwhile()) for _ in range(4)
    ]
    for stale in (change, making, make_change(version=7), make_change("change_9", version=1)):
        with pytest.raises(Conflict):
            await storage.save_widget_change(stale)
    assert await storage.find_widget_change(change.id) == making


async def test_the_oldest_open_change_is_found(storage: Storage) -> None:
    for number in (3, 1, 2):
        await storage.save_widget_change(make_change(f"change_{number}"))
    made = make_change(version=1, state=ChangeState.MADE, made_at=later(minutes=1))
    await storage.save_widget_change(made)
    assert await storage.find_open_widget_change() == make_change("change_2")
    page = await storage.list_widget_changes(limit=2)
    assert [one.id for one in page.items] == ["change_3", "change_2"]
    rest = await storage.list_widget_changes(after=page.next_cursor, limit=2)
    assert rest.items == (made,)
    await storage.save_widget_change(make_change(version=2, state=ChangeState.UNDOING))
    found = await storage.find_open_widget_change()
    assert found is not None
    assert found.id == "change_1"


async def test_the_oldest_changes_make_room(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "CHANGES_KEPT", 2)
    for number in range(4):
        await storage.save_widget_change(make_change(f"change_{number}"))
    kept = (await storage.list_widget_changes()).items
    assert [one.id for one in kept] == ["change_3", "change_2"]


def make_run(run_id: str = "import_1", **changes: Any) -> ImportRun:
    run = ImportRun(
        id=run_id, author="Meera", total=9, created=4, started_at=later(), touched_at=later()
    )
    return run.model_copy(update=changes)


async def test_how_far_an_import_is(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "IMPORTS_KEPT", 2)
    assert await storage.find_import_run("import_1") is None
    await storage.save_import_run(make_run())
    further = make_run(done=5, touched_at=later(minutes=1))
    await storage.save_import_run(further)
    assert await storage.find_import_run("import_1") == further
    for number in (2, 3):
        await storage.save_import_run(make_run(f"import_{number}"))
    assert await storage.find_import_run("import_1") is None
    assert await storage.find_import_run("import_2") is not None
