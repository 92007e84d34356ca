"""`projects` and `secrets`: from and to a file, and sealed under another key."""

import argparse
import json
import sys
from pathlib import Path

from frontdesk.cli.common import DONE, FAILED, CommandError, Commands, complain, with_storage
from frontdesk.clock import system_clock
from frontdesk.projects.secrets import make_vault
from frontdesk.projects.service import Projects
from frontdesk.settings import Settings
from frontdesk.storage.base import Storage


def add_commands(commands: Commands) -> None:
    projects = commands.add_parser("projects", help="projects from and to a file")
    subcommands = projects.add_subparsers(metavar="COMMAND", required=True)
    command = subcommands.add_parser("import", help="create and replace projects")
    command.add_argument("file", type=Path)
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.set_defaults(run=with_storage(import_projects))
    command = subcommands.add_parser("export", help="write all projects")
    command.add_argument("file", type=Path, nargs="?", help="standard output without one")
    command.set_defaults(run=with_storage(export_projects))

    secrets = commands.add_parser("secrets", help="what is stored sealed")
    command = secrets.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "reseal", help="seal all destinations' secrets under the present key"
    )
    command.set_defaults(run=with_storage(reseal_secrets))


async def import_projects(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    data = _read_json(options.file)
    projects = _make_projects(storage, settings)
    report = await projects.import_projects(data, dry_run=options.dry_run)
    if report.faults:
        complain(
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


async def reseal_secrets(_options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    projects = _make_projects(storage, settings)
    changed = await projects.reseal()
    print(f"Sealed anew in {changed} projects.")
    unopenable = await projects.list_unopenable()
    if unopenable:
        complain(
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
