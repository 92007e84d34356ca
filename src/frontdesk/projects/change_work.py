"""Making and undoing changes of many widgets, one after the other, in the worker's process."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from frontdesk.errors import Conflict, NotFound
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.model import WidgetSettings
from frontdesk.projects.widget_change import ChangePart, ChangeState, WidgetChange, mark_of

TURN = "change_widgets"
LEASE = timedelta(seconds=60)
LOOK_SECONDS = 5.0  # another process may have stored one meanwhile
AT_ONCE = 50  # saved together, so that they share the disk's slowest step
_log = structlog.get_logger("frontdesk.projects")


@dataclass(frozen=True, slots=True)
class ChangeWork:
    """Each project is changed whole or not at all, and how far it got is stored after each fifty.

    A process that dies in between is followed by another once its turn has run out; what it had
    made is known by the change's id in the project's versions, and not made again.
    """

    layers: WidgetLayers
    look_seconds: float = LOOK_SECONDS
    _asked: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        self._asked.set()

    def stop(self) -> None:
        """After the fifty at hand."""
        self._stopping.set()
        self._asked.set()

    async def run(self) -> None:
        while not self._stopping.is_set():
            self._asked.clear()
            try:
                await self.run_once()
            except Exception:  # noqa: BLE001  whatever it was, it is tried again
                _log.exception("a change of many widgets could not be made; trying again")
            with suppress(TimeoutError):
                async with asyncio.timeout(self.look_seconds):
                    await self._asked.wait()

    async def run_once(self) -> int:
        """Make what waits, the oldest first; how many changes were finished."""
        storage, clock = self.layers.projects.storage, self.layers.projects.clock
        if await storage.find_open_widget_change() is None:
            return 0
        turn = await storage.take_turn(TURN, clock(), clock() + LEASE)
        finished = 0
        while turn is not None and not self._stopping.is_set():
            change = await storage.find_open_widget_change()
            if change is None:
                break
            change = await self._go_on(change)
            finished += not change.is_open
            turn = await storage.keep_turn(turn, clock() + LEASE)
        if turn is not None:
            await storage.keep_turn(turn, clock())
        return finished

    async def _go_on(self, change: WidgetChange) -> WidgetChange:
        """The next fifty of it. Raises Conflict(`changed_meanwhile`) where another does them."""
        parts = change.parts[change.done : change.done + AT_ONCE]
        is_back = change.state is ChangeState.UNDOING
        act = self._undo if is_back else self._make
        did = await asyncio.gather(*(act(change, part) for part in parts))
        left = _list_left(parts, did)
        done = change.done + len(parts)
        at = self.layers.projects.clock()
        if is_back:
            changes: dict[str, object] = {"kept": change.kept + left}
            if done == len(change.parts):
                changes |= {"state": ChangeState.UNDONE, "undone_at": at}
        else:
            changes = {"left": change.left + left, "state": ChangeState.MAKING}
            if done == len(change.parts):
                changes |= {"state": ChangeState.MADE, "made_at": at}
        changes |= {"done": done, "version": change.version + 1}
        changed = change.model_copy(update=changes)
        await self.layers.projects.storage.save_widget_change(changed)
        return changed

    async def _make(self, change: WidgetChange, part: ChangePart) -> bool:
        place = Place(project_id=part.project_id)
        try:
            state = await self.layers.get(place)
            versions = state.layer.versions
            if versions and versions[-1].change_id == change.id:
                return True  # made before whoever was at it died
            wanted = change.wish.apply(state.settings)
            if wanted == state.settings and _is_half_made(change, part, state.settings):
                # In force, and not noted as a version: a crash came between the two.
                await self.layers.publish(place, wanted, change.author, state.mark, change.id)
                return True
            if mark_of(state.settings) != part.mark:
                return False
            await self.layers.publish(place, wanted, change.author, state.mark, change.id)
        except (Conflict, NotFound):
            return False
        return True

    async def _undo(self, change: WidgetChange, part: ChangePart) -> bool:
        """True where it was never changed, too: there is nothing to take back."""
        if part.project_id in change.left:
            return True
        place = Place(project_id=part.project_id)
        author = change.undone_by or change.author
        try:
            state = await self.layers.get(place)
            versions = state.layer.versions
            if mark_of(state.settings) == part.mark:
                return True  # undone before whoever was at it died, or by hand
            is_last = bool(versions) and versions[-1].change_id == change.id
            if not is_last or state.layer.settings != state.settings:
                return False
            had = [*(version.settings for version in reversed(versions)), WidgetSettings()]
            before = next((one for one in had if mark_of(one) == part.mark), None)
            if before is None:
                return False
            await self.layers.publish(place, before, author, state.mark)
        except (Conflict, NotFound):
            return False
        return True


def _is_half_made(change: WidgetChange, part: ChangePart, settings: WidgetSettings) -> bool:
    """What is in force is what the change makes of it, and it was something else when planned."""
    return mark_of(settings) != part.mark and change.wish.apply(settings) == settings


def _list_left(parts: Sequence[ChangePart], did: Sequence[bool]) -> tuple[str, ...]:
    return tuple(part.project_id for part, done in zip(parts, did, strict=True) if not done)
