"""`deliveries`: leads on their way."""

import argparse
from datetime import UTC, datetime

from frontdesk.cli.common import DONE, CommandError, Commands, with_storage
from frontdesk.clock import as_instant, system_clock
from frontdesk.delivery.model import DeliveryState
from frontdesk.delivery.service import Deliveries
from frontdesk.model import EVERY_PROJECT, Period
from frontdesk.settings import Settings
from frontdesk.storage.base import Storage


def add_commands(commands: Commands) -> None:
    deliveries = commands.add_parser("deliveries", help="leads on their way")
    command = deliveries.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "retry", help="send dead deliveries again: one by its id, those that fit, or all"
    )
    command.add_argument("id", nargs="?", help="this one alone")
    command.add_argument("--all", action="store_true", help="every dead one")
    command.add_argument("--project", help="those of this project")
    command.add_argument("--destination", help="those for this destination")
    command.add_argument("--state", type=DeliveryState, choices=["dead", "waiting"], default="dead")
    command.add_argument(
        "--tried", action=argparse.BooleanOptionalAction, help="only those that failed before"
    )
    for name, which in (("since", "at or after"), ("before", "before")):
        command.add_argument(
            f"--{name}", type=read_instant, metavar="TIME", help=f"created {which} this, in UTC"
        )
    command.set_defaults(run=with_storage(retry_deliveries))


def read_instant(text: str) -> datetime:
    """`2026-11-25`, `2026-11-25T06:30` or with a zone; without one it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no time such as 2026-11-25T06:30") from None
    return as_instant(at if at.tzinfo else at.replace(tzinfo=UTC))


async def retry_deliveries(
    options: argparse.Namespace, _settings: Settings, storage: Storage
) -> int:
    # A worker in another process finds them when it next looks, a few seconds later.
    deliveries = Deliveries(storage, system_clock, wake_worker=lambda: None)
    filters = (
        options.project,
        options.destination,
        options.tried,
        options.since,
        options.before,
    )
    narrows = any(one is not None for one in filters)
    if sum([options.id is not None, options.all, narrows]) != 1:
        raise CommandError(
            "Name one delivery, or some by --project, --destination, --tried, --since and "
            "--before, or --all."
        )
    if options.id is not None:
        await deliveries.retry(EVERY_PROJECT, options.id)
        print(f"{options.id} is due now.")
        return DONE
    if options.project is not None:
        await storage.get_project(options.project)
    retried = await deliveries.retry_all(
        EVERY_PROJECT,
        project_id=options.project,
        destination_id=options.destination,
        state=options.state,
        tried=options.tried,
        created=Period(since=options.since, before=options.before),
    )
    print(f"{retried} deliveries are due now.")
    return DONE
