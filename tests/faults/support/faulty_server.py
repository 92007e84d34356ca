"""The service with a clock that can be moved, or with one promise broken.

    python faulty_server.py [--clock FILE] [--broken HOW] [--role web]

A broken one is a control: a check that does not go red against it checks nothing.

- `early`: a lead is acknowledged half a second before it is stored
- `deaf`: a lead that could not be stored is acknowledged all the same
- `forgetful`: neither Idempotency-Keys nor people are remembered
- `renaming`: every try has another delivery id
- `unleased`: what a worker has taken is there for the next at once
- `unfair`: what is longest due is taken first, whatever its destination does
"""

import argparse
import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from frontdesk.app import create_app
from frontdesk.clock import Clock, system_clock
from frontdesk.delivery.sending import Sending
from frontdesk.delivery.worker import Worker
from frontdesk.errors import Unavailable
from frontdesk.leads.model import Capture, CaptureOutcome, Lead
from frontdesk.model import new_id
from frontdesk.operations.logs import configure_logging
from frontdesk.operations.server import bind, serve
from frontdesk.settings import ProcessRole, load_settings
from frontdesk.storage.base import Storage
from frontdesk.storage.choose import make_storage

LATE_SECONDS = 0.5


def moved_by(path: Path) -> Clock:
    """The time, and so many seconds more as the file says."""

    def clock() -> datetime:
        return system_clock() + timedelta(seconds=float(path.read_text()))

    return clock


def break_storage(storage: Storage, how: str) -> None:
    """Put something else in the place of its `capture_lead`."""
    store = storage.capture_lead
    late: set[asyncio.Task[Any]] = set()

    async def early(project_id: str, lead: Lead, *arguments: Any, **settings: Any) -> Capture:
        async def store_later() -> None:
            await asyncio.sleep(LATE_SECONDS)
            await store(project_id, lead, *arguments, **settings)

        late.add(asyncio.create_task(store_later()))
        return _created(lead)

    async def deaf(project_id: str, lead: Lead, *arguments: Any, **settings: Any) -> Capture:
        try:
            return await store(project_id, lead, *arguments, **settings)
        except Unavailable:
            return _created(lead)

    async def forgetful(project_id: str, lead: Lead, *arguments: Any, **settings: Any) -> Capture:
        settings["idempotency_key"] = new_id("key", lead.created_at)
        settings["merge_since"] = lead.created_at + timedelta(days=1)
        return await store(project_id, lead, *arguments, **settings)

    broken = {"early": early, "deaf": deaf, "forgetful": forgetful}[how]
    storage.capture_lead = broken  # type: ignore[method-assign]


def take_without_lease(storage: Storage) -> None:
    claim = storage.claim_deliveries

    async def unleased(at: datetime, _until: datetime, *arguments: Any, **settings: Any) -> Any:
        # Into the past, so that it stays the longest due and the next worker takes just this one.
        return await claim(at, at - timedelta(days=1), *arguments, **settings)

    storage.claim_deliveries = unleased  # type: ignore[method-assign,assignment]


def take_all() -> None:
    Worker._list_busy = lambda *_: []  # type: ignore[method-assign]


def rename_deliveries() -> None:
    Sending.delivery_id = property(  # type: ignore[assignment,method-assign]
        lambda sending: new_id("delivery", sending.at())
    )


def _created(lead: Lead) -> Capture:
    return Capture(lead=lead, enquiry_id=lead.enquiries[0].id, outcome=CaptureOutcome.CREATED)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clock", type=Path)
    parser.add_argument("--broken", default="")
    parser.add_argument("--role", type=ProcessRole, default=ProcessRole.ALL)
    options = parser.parse_args()
    settings = load_settings()
    configure_logging(settings.log_level)
    listener = bind(settings.host, settings.port)
    storage = make_storage(settings)
    match options.broken:
        case "":
            pass
        case "renaming":
            rename_deliveries()
        case "unleased":
            take_without_lease(storage)
        case "unfair":
            take_all()
        case how:
            break_storage(storage, how)
    clock = system_clock if options.clock is None else moved_by(options.clock)
    serve(create_app(settings, storage=storage, clock=clock, role=options.role), settings, listener)


if __name__ == "__main__":
    main()
