"""Changes of many widgets: made in the background, one after the other, whatever dies."""

import asyncio
from typing import Any

import pytest

from frontdesk.errors import Conflict, Invalid, NotFound, Unavailable
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.change_work import AT_ONCE, LEASE, ChangeWork
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.many_widgets import ManyWidgets
from frontdesk.projects.model import ProjectFilter, WidgetSettings
from frontdesk.projects.service import Projects
from frontdesk.projects.widget_change import ChangeState, WidgetChange, Wish
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.support.clock import SteppedClock
from tests.support.samples import VAULT, make_project

COUNT = AT_ONCE + 5
RED = Wish(set=WidgetSettings(accent="#aa0000"))


class Breaking:
    """A store that fails once it has done something so many times."""

    def __init__(self, storage: Storage, name: str, after: int) -> None:
        self._storage, self._name, self.left = storage, name, after

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._storage, name)
        if name != self._name:
            return method

        async def count(*arguments: Any, **named: Any) -> Any:
            if self.left <= 0:
                raise Unavailable("storage_unavailable", "It died here.")
            self.left -= 1
            return await method(*arguments, **named)

        return count


def make_many(storage: Any, clock: SteppedClock) -> tuple[ManyWidgets, ChangeWork]:
    projects = Projects(storage, clock, Environment.DEVELOPMENT, VAULT)
    work = ChangeWork(WidgetLayers(projects))
    return ManyWidgets(work.layers, work.wake), work


async def fill(storage: Storage, count: int = COUNT) -> None:
    for number in range(count):
        project = make_project(f"tower-{number:03}")
        widget = WidgetSettings(accent=f"#0000{number:02x}")
        changed = project.model_copy(update={"widget": widget})
        await storage.save_project(project.id, changed)


async def accents(storage: Storage) -> list[str | None]:
    page = await storage.list_projects(EVERY_PROJECT, limit=1000)
    return [project.widget.accent for project in page.items]


async def begin(many: ManyWidgets, wish: Wish = RED) -> WidgetChange:
    return await many.begin(await many.plan(EVERY_PROJECT, ProjectFilter(), wish), wish, "Nandini")


async def test_a_change_is_made_in_order_and_undone(storage: Storage, clock: SteppedClock) -> None:
    await fill(storage)
    before = await accents(storage)
    many, work = make_many(storage, clock)
    red = await begin(many)
    assert red.state is ChangeState.WAITING
    assert await work.run_once() == 1
    made = await many.get(EVERY_PROJECT, red.id)
    assert (made.state, made.done, made.changed, made.left) == (ChangeState.MADE, COUNT, COUNT, ())
    assert await accents(storage) == ["#aa0000"] * COUNT
    assert len((await many.find_in_force(made)).changed) == COUNT
    assert (await many.undo(EVERY_PROJECT, red.id, "Meera")).state is ChangeState.UNDOING
    with pytest.raises(Conflict):
        await many.undo(EVERY_PROJECT, red.id, "Meera")
    assert await work.run_once() == 1
    undone = await many.get(EVERY_PROJECT, red.id)
    assert (undone.state, undone.undone_by, undone.kept) == (ChangeState.UNDONE, "Meera", ())
    assert await accents(storage) == before
    assert await work.run_once() == 0


@pytest.mark.parametrize(
    ("method", "after"),
    [("save_project", 7), ("save_widget_layer", 7), ("save_widget_change", 1)],
)
async def test_what_dies_in_the_middle_is_finished_by_another_and_undone_whole(
    storage: Storage, clock: SteppedClock, method: str, after: int
) -> None:
    await fill(storage)
    before = await accents(storage)
    many, _ = make_many(storage, clock)
    red = await begin(many)
    _, dying = make_many(Breaking(storage, method, after), clock)
    with pytest.raises(Unavailable):
        await dying.run_once()
    _, other = make_many(storage, clock)
    assert await other.run_once() == 0  # its turn is not over yet
    clock.step(seconds=LEASE.total_seconds())
    assert await other.run_once() == 1
    made = await many.get(EVERY_PROJECT, red.id)
    assert (made.changed, made.left) == (COUNT, ())
    assert await accents(storage) == ["#aa0000"] * COUNT
    layers = await storage.find_widget_layers([f"project:tower-{n:03}" for n in range(COUNT)])
    ours = [sum(one.change_id == red.id for one in layer.versions) for layer in layers]
    assert ours == [1] * COUNT
    await many.undo(EVERY_PROJECT, red.id, "Meera")
    await other.run_once()
    undone = await many.get(EVERY_PROJECT, red.id)
    kept = {*undone.kept}
    told = [f"tower-{n:03}" in kept for n in range(COUNT)]
    now = await accents(storage)
    # Taken back, or told that it is not.
    assert all(now[n] == ("#aa0000" if told[n] else before[n]) for n in range(COUNT))
    assert method == "save_widget_layer" or not kept


async def test_changes_are_made_one_after_the_other(storage: Storage, clock: SteppedClock) -> None:
    await fill(storage, 3)
    many, work = make_many(storage, clock)
    first = await begin(many)
    clock.step(seconds=1)
    second = await begin(many, Wish(set=WidgetSettings(legal_line="RERA P1")))
    assert [one.id for one in (await many.list(EVERY_PROJECT)).items] == [second.id, first.id]
    assert await work.run_once() == 2
    # The second was planned on what stood there before the first: nothing is done unseen.
    made = await many.get(EVERY_PROJECT, second.id)
    assert (made.changed, len(made.left)) == (0, 3)


async def test_who_may_not_change_all_of_its_projects_does_not_see_it(
    storage: Storage, clock: SteppedClock
) -> None:
    await fill(storage, 2)
    many, _ = make_many(storage, clock)
    red = await begin(many)
    some = Scope(projects=frozenset({"tower-000"}))
    assert (await many.list(some)).items == ()
    for act in (many.get(some, red.id), many.undo(some, red.id, "Meera")):
        with pytest.raises(NotFound):
            await act
    with pytest.raises(Conflict):
        await many.undo(EVERY_PROJECT, red.id, "Meera")
    with pytest.raises(Invalid):
        await many.begin([], RED, "Nandini")


async def test_somebody_elses_work_is_left_alone(storage: Storage, clock: SteppedClock) -> None:
    await fill(storage, 3)
    many, work = make_many(storage, clock)
    red = await begin(many)
    mine = WidgetSettings(accent="#00aa00")
    await many.layers.publish(Place(project_id="tower-001"), mine, "Asha", None)
    await work.run_once()
    made = await many.get(EVERY_PROJECT, red.id)
    assert (made.changed, made.left) == (2, ("tower-001",))
    await many.layers.publish(Place(project_id="tower-002"), mine, "Asha", None)
    await many.undo(EVERY_PROJECT, red.id, "Meera")
    await work.run_once()
    undone = await many.get(EVERY_PROJECT, red.id)
    assert undone.kept == ("tower-002",)
    assert await accents(storage) == ["#000000", "#00aa00", "#00aa00"]


async def test_the_worker_is_woken_and_stops(storage: Storage, clock: SteppedClock) -> None:
    await fill(storage, 2)
    many, work = make_many(storage, clock)
    running = asyncio.create_task(work.run())
    red = await begin(many)
    async with asyncio.timeout(30):
        while True:
            if not (await many.get(EVERY_PROJECT, red.id)).is_open:
                break
            await asyncio.sleep(0)
        work.stop()
        await running
