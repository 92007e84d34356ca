"""`deliveries`: leads on their way."""

import argparse

from frontdesk.cli.common import DONE, CommandError, Commands, with_storage
from frontdesk.clock import system_clock
from frontdesk.delivery.model import DeliveryState
from frontdesk.delivery.service import Deliveries
from frontdesk.model import EVERY_PROJECT
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
    command.set_defaults(run=with_storage(retry_deliveries))


async def retry_deliveries(
    options: argparse.Namespace, _settings: Settings, storage: Storage
) -> int:
    # A worker in another process finds them when it next looks, a few seconds later.
    deliveries = Deliveries(storage, system_clock, wake_worker=lambda: None)
    narrows = options.project is not None or options.destination is not None
    if sum([options.id is not None, options.all, narrows]) != 1:
        raise CommandError("Name one delivery, or --project and --destination, or --all.")
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
    )
    print(f"{retried} deliveries are due now.")
    return DONE
