"""The command line."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from frontdesk import __version__
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.clock import system_clock
from frontdesk.delivery.model import DeliveryState
from frontdesk.delivery.service import Deliveries
from frontdesk.errors import FrontdeskError, Invalid
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.secrets import make_vault
from frontdesk.projects.service import Projects
from frontdesk.settings import ProcessRole, Settings, SettingsError, load_settings
from frontdesk.storage.base import Storage
from frontdesk.storage.choose import make_storage

DONE, FAILED, WRONG_USE = 0, 1, 2  # exit codes


class CommandError(Exception):
    """Told to whoever typed the command, without a traceback."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 1 failed, 2 wrong arguments or settings."""
    options = make_parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        _complain("These settings do not hold:", *(f"  {line}" for line in error.problems))
        return WRONG_USE
    try:
        code: int = options.run(options, settings)
    except Invalid as error:
        _complain(error.detail, *(f"  {fault.field}: {fault.detail}" for fault in error.fields))
        return FAILED
    except FrontdeskError as error:
        _complain(error.detail)
        return FAILED
    except CommandError as error:
        _complain(str(error))
        return FAILED
    return code


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontdesk", description="Frontdesk's own commands.")
    parser.add_argument("--version", action="version", version=f"frontdesk {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = commands.add_parser("serve", help="answer visitors and deliver leads")
    command.add_argument("--role", type=ProcessRole, choices=list(ProcessRole), default="all")
    command.set_defaults(run=run_serve)

    command = commands.add_parser("demo", help="the same with invented projects, sites and a CRM")
    command.add_argument("--fresh", action="store_true", help="forget what earlier runs kept")
    command.set_defaults(run=run_demo)

    command = commands.add_parser("check", help="look at settings and connections")
    command.set_defaults(run=run_check)

    members = commands.add_parser("members", help="who may use the dashboard")
    command = members.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "add", help="let somebody in"
    )
    command.add_argument("email")
    command.add_argument("--name", required=True)
    command.add_argument("--role", type=Role, choices=list(Role), required=True)
    command.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input; without it one is made and shown",
    )
    command.set_defaults(run=_with_storage(add_member))

    keys = commands.add_parser("keys", help="which programs may use the admin API")
    command = keys.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "create", help="make an API key"
    )
    command.add_argument("name")
    command.add_argument("--role", type=Role, choices=list(Role), required=True)
    command.add_argument(
        "--project", action="append", help="for this project alone; may be repeated"
    )
    command.set_defaults(run=_with_storage(create_key))

    projects = commands.add_parser("projects", help="projects from and to a file")
    subcommands = projects.add_subparsers(metavar="COMMAND", required=True)
    command = subcommands.add_parser("import", help="create and replace projects")
    command.add_argument("file", type=Path)
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.set_defaults(run=_with_storage(import_projects))
    command = subcommands.add_parser("export", help="write all projects")
    command.add_argument("file", type=Path, nargs="?", help="standard output without one")
    command.set_defaults(run=_with_storage(export_projects))

    deliveries = commands.add_parser("deliveries", help="leads on their way")
    command = deliveries.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "retry", help="send dead deliveries again: one by its id, those that fit, or all"
    )
    command.add_argument("id", nargs="?", help="this one alone")
    command.add_argument("--all", action="store_true", help="every dead one")
    command.add_argument("--project", help="those of this project")
    command.add_argument("--destination", help="those for this destination")
    command.add_argument("--state", type=DeliveryState, choices=["dead", "waiting"], default="dead")
    command.set_defaults(run=_with_storage(retry_deliveries))

    secrets = commands.add_parser("secrets", help="what is stored sealed")
    command = secrets.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "reseal", help="seal all destinations' secrets under the present key"
    )
    command.set_defaults(run=_with_storage(reseal_secrets))
    return parser


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


Work = Callable[[argparse.Namespace, Settings, Storage], Coroutine[Any, Any, int]]


def _with_storage(work: Work) -> Callable[[argparse.Namespace, Settings], int]:
    async def run(options: argparse.Namespace, settings: Settings) -> int:
        async with _open_storage(settings) as storage:
            return await work(options, settings, storage)

    return lambda options, settings: asyncio.run(run(options, settings))


@asynccontextmanager
async def _open_storage(settings: Settings) -> AsyncIterator[Storage]:
    storage = make_storage(settings)
    try:
        await storage.open()
        yield storage
    finally:
        await storage.close()


async def add_member(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if options.password_stdin else None
    accounts = Accounts(storage, system_clock, settings.session_hours)
    added = await accounts.add_member(options.email, options.name, options.role, password=password)
    print(f"{added.member.email} may sign in at {settings.reached_at}/dashboard")
    if added.password is not None:
        print(f"Password, shown once: {added.password}")
    return DONE


async def create_key(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    scope = EVERY_PROJECT
    if options.project:
        for project_id in options.project:
            await storage.get_project(project_id)
        scope = Scope(projects=frozenset(options.project))
    accounts = Accounts(storage, system_clock, settings.session_hours)
    made = await accounts.create_api_key(options.name, options.role, scope=scope)
    print(f"Key, shown once: {made.secret}")
    return DONE


async def import_projects(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    data = _read_json(options.file)
    projects = _make_projects(storage, settings)
    report = await projects.import_projects(data, dry_run=options.dry_run)
    if report.faults:
        _complain(
            "Nothing was imported:",
            *(
                f"  {fault.project or 'file'}: {fault.field}: {fault.detail}"
                for fault in report.faults
            ),
        )
        return FAILED
    for done, ids in (
        ("created", report.created),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
    ):
        if ids:
            print(f"{done:9} {len(ids):5}  {', '.join(ids)}")
    if options.dry_run:
        print("This was a dry run: nothing was stored.")
    return DONE


async def export_projects(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    exported = await _make_projects(storage, settings).export_projects()
    text = json.dumps(exported, ensure_ascii=False, indent=2) + "\n"
    if options.file is None:
        sys.stdout.write(text)
        return DONE
    try:
        options.file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Cannot write {options.file}: {error.strerror}.") from None
    return DONE


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


async def reseal_secrets(_options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    projects = _make_projects(storage, settings)
    changed = await projects.reseal()
    print(f"Sealed anew in {changed} projects.")
    unopenable = await projects.list_unopenable()
    if unopenable:
        _complain(
            "These have secrets that neither FRONTDESK_SECRET_KEY nor "
            "FRONTDESK_SECRET_KEY_PREVIOUS opens; write them again:",
            *(f"  {project_id}" for project_id in unopenable),
        )
        return FAILED
    return DONE


def _make_projects(storage: Storage, settings: Settings) -> Projects:
    return Projects(storage, system_clock, settings.environment, make_vault(settings))


def _read_json(path: Path) -> object:
    try:
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from None
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}.") from None
    return content


def _complain(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
