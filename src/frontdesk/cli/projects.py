"""`projects` and `secrets`: from and to a file, and sealed under another key."""

import argparse
import json
import sys
from pathlib import Path

from frontdesk.cli.common import (
    DONE,
    FAILED,
    CommandError,
    Commands,
    complain,
    open_projects,
    with_storage,
)
from frontdesk.clock import system_clock
from frontdesk.projects.file import ImportFault
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.purging import make_purge
from frontdesk.projects.table import COLUMNS, write_row
from frontdesk.settings import Settings
from frontdesk.storage.base import Storage
from frontdesk.web.spreadsheets import write_csv_row


def add_commands(commands: Commands) -> None:
    projects = commands.add_parser("projects", help="projects from and to a file")
    subcommands = projects.add_subparsers(metavar="COMMAND", required=True)
    command = subcommands.add_parser("import", help="create and replace projects (JSON or CSV)")
    command.add_argument("file", type=Path)
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.set_defaults(run=with_storage(import_projects))
    command = subcommands.add_parser(
        "export", help="write all projects (CSV where the file is called so)"
    )
    command.add_argument("file", type=Path, nargs="?", help="standard output without one")
    command.set_defaults(run=with_storage(export_projects))

    command = subcommands.add_parser("purge", help="have the CDN ask for settings anew")
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--project", metavar="ID", help="those of one project's hosts")
    which.add_argument("--all", action="store_true", help="those of every host")
    command.set_defaults(run=with_storage(purge_projects))

    secrets = commands.add_parser("secrets", help="what is stored sealed")
    command = secrets.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "reseal", help="seal all destinations' secrets under the present key"
    )
    command.set_defaults(run=with_storage(reseal_secrets))


async def import_projects(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    content = _read_text(options.file)
    async with open_projects(settings, storage) as all_projects:
        projects = ProjectsFile(all_projects)
        if options.file.suffix.lower() == ".csv":
            plan = await projects.plan_table(content)
        else:
            plan = await projects.plan(_read_json(options.file, content))
        report = plan.report
        if report.faults:
            complain("Nothing was imported:", *map(_tell_fault, report.faults))
            return FAILED
        if options.dry_run:
            for change in plan.real_changes:
                for difference in change.differences if change.stored else ():
                    print(f"{change.project.id}  {difference}")
        else:
            await projects.apply(plan)
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
    async with open_projects(settings, storage) as projects:
        if options.file is not None and options.file.suffix.lower() == ".csv":
            rows = [write_row(project) async for project in projects.walk()]
            text = b"".join([write_csv_row(COLUMNS), *rows]).decode()
        else:
            exported = await ProjectsFile(projects).export()
            text = json.dumps(exported, ensure_ascii=False, indent=2) + "\n"
    if options.file is None:
        sys.stdout.write(text)
        return DONE
    try:
        options.file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"Cannot write {options.file}: {error.strerror}.") from None
    return DONE


async def purge_projects(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    purge = make_purge(settings, storage, system_clock)
    if purge is None:
        raise CommandError("No CDN is set up: FRONTDESK_PURGE_URL names none.")
    if options.project is not None:
        await storage.get_project(options.project)
    async with purge.client:
        done = await purge.purge(None if options.all else [options.project])
    for one in done:
        said = "taken" if one.is_taken else f"not taken  {one.reason}"
        print(f"{one.host or 'everything'}  {said}")
    if not done:
        print("There is no site to tell of.")
    return DONE if all(one.is_taken for one in done) else FAILED


async def reseal_secrets(_options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with open_projects(settings, storage) as projects:
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


def _tell_fault(fault: ImportFault) -> str:
    line = f"line {fault.line}" if fault.line else ""
    where = ": ".join(filter(None, (line, fault.project, fault.field)))
    return f"  {where or 'file'}: {fault.detail}"


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is not UTF-8 text.") from None


def _read_json(path: Path, content: str) -> object:
    try:
        data: object = json.loads(content)
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}.") from None
    return data
