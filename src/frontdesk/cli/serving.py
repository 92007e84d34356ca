"""`serve`, `demo` and `check`."""

import argparse
import asyncio

from frontdesk.cli.common import DONE, FAILED, CommandError, Commands
from frontdesk.settings import ProcessRole, Settings
from frontdesk.storage.choose import make_storage


def add_commands(commands: Commands) -> None:
    command = commands.add_parser("serve", help="answer visitors and deliver leads")
    command.add_argument("--role", type=ProcessRole, choices=list(ProcessRole), default="all")
    command.set_defaults(run=run_serve)

    command = commands.add_parser("demo", help="the same with invented projects, sites and a CRM")
    command.add_argument("--fresh", action="store_true", help="forget what earlier runs kept")
    command.set_defaults(run=run_demo)

    command = commands.add_parser("check", help="look at settings and connections")
    command.set_defaults(run=run_check)


def run_serve(options: argparse.Namespace, settings: Settings) -> int:
    # Imported here: the other commands start in half the time without the application.
    from frontdesk.app import create_app
    from frontdesk.operations.logs import configure_logging
    from frontdesk.operations.server import bind, serve
    from frontdesk.web.assets import WidgetNotBuiltError

    configure_logging(settings.log_level)
    try:
        listener = bind(settings.host, settings.port)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise CommandError(f"Cannot listen on {where}: {error.strerror}.") from None
    with listener:
        port = listener.getsockname()[1]
        try:
            app = create_app(settings.model_copy(update={"port": port}), role=options.role)
        except WidgetNotBuiltError as error:
            raise CommandError(str(error)) from None
        return DONE if serve(app, settings, listener) else FAILED


def run_demo(options: argparse.Namespace, settings: Settings) -> int:
    from frontdesk.demo.run import run_demo as run

    return run(settings, fresh=options.fresh)


def run_check(_options: argparse.Namespace, settings: Settings) -> int:
    from frontdesk.operations.checks import check_all

    async def check() -> bool:
        is_all_ok = True
        async for finding in check_all(settings, make_storage(settings)):
            mark = "ok    " if finding.is_ok else "FAILED"
            print(f"{mark}  {finding.subject:9} {finding.says}")
            is_all_ok = is_all_ok and finding.is_ok
        return is_all_ok

    return DONE if asyncio.run(check()) else FAILED
