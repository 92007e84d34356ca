"""`person` and `retention`: one person's data, and what is older than it may be kept."""

import argparse
import sys
from pathlib import Path

from frontdesk.accounts.model import ActorKind, AuditEntry
from frontdesk.cli.common import DONE, FAILED, CommandError, Commands, complain, with_storage
from frontdesk.clock import system_clock
from frontdesk.model import EVERY_PROJECT, new_id
from frontdesk.privacy.model import Erasure, PersonQuery
from frontdesk.privacy.service import Privacy
from frontdesk.settings import Settings
from frontdesk.storage.base import Storage


def add_commands(commands: Commands) -> None:
    person = commands.add_parser("person", help="give out or erase one person's data")
    subcommands = person.add_subparsers(metavar="COMMAND", required=True)
    command = subcommands.add_parser("export", help="everything stored about one person, as JSON")
    _add_who(command)
    command.add_argument("file", type=Path, nargs="?", help="standard output without one")
    command.set_defaults(run=with_storage(export_person))
    command = subcommands.add_parser("erase", help="erase it; it cannot be undone")
    _add_who(command)
    command.add_argument("--yes", action="store_true", help="without it, only say what would go")
    command.set_defaults(run=with_storage(erase_person))

    retention = commands.add_parser("retention", help="what is older than its project keeps")
    command = retention.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "run", help="remove it now; the worker does it every hour"
    )
    command.set_defaults(run=with_storage(run_retention))


def _add_who(command: argparse.ArgumentParser) -> None:
    who = command.add_mutually_exclusive_group(required=True)
    who.add_argument("--phone", help="with its country code, or as it is dialled in --country")
    who.add_argument("--email")
    command.add_argument("--country", default="IN", help="two letters; IN where left out")


def _query(options: argparse.Namespace) -> PersonQuery:
    try:
        return PersonQuery(phone=options.phone, country=options.country, email=options.email)
    except ValueError:
        raise CommandError("That is no phone number, e-mail address or country.") from None


async def export_person(options: argparse.Namespace, _settings: Settings, storage: Storage) -> int:
    export = await Privacy(storage, system_clock).export(EVERY_PROJECT, _query(options))
    text = export.model_dump_json(indent=2) + "\n"
    if options.file is None:
        sys.stdout.write(text)
    else:
        try:
            options.file.touch(mode=0o600, exist_ok=False)
            options.file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Cannot write {options.file}: {error.strerror}.") from None
    await _record(storage, "export_person")
    return DONE


async def erase_person(options: argparse.Namespace, _settings: Settings, storage: Storage) -> int:
    privacy = Privacy(storage, system_clock)
    if not options.yes:
        found = await privacy.export(EVERY_PROJECT, _query(options))
        print(f"{len(found.leads)} leads, {len(found.deliveries)} deliveries, ", end="")
        print(f"{len(found.conversations)} conversations would go for good. Add --yes to do it.")
        return DONE
    erasure = await privacy.erase(EVERY_PROJECT, _query(options))
    changes = f"{erasure.leads} leads and {erasure.conversations} conversations erased"
    await _record(storage, "erase_person", changes)
    _tell(erasure)
    return DONE


def _tell(erasure: Erasure) -> None:
    print(
        f"Erased: {erasure.leads} leads with {erasure.enquiries} enquiries, "
        f"{erasure.deliveries} deliveries, {erasure.conversations} conversations with "
        f"{erasure.messages} messages."
    )
    if erasure.receivers:
        print("It was sent to these before; it has to be erased there too:")
    for receiver in erasure.receivers:
        state = "being sent at this moment" if receiver.is_being_sent else receiver.state
        remote = "" if receiver.remote_id is None else f", there {receiver.remote_id}"
        print(f"  {receiver.project_id}: {receiver.destination_id} ({state}{remote})")


async def run_retention(_options: argparse.Namespace, _settings: Settings, storage: Storage) -> int:
    removed, failed = await Privacy(storage, system_clock).remove_expired()
    for project_id, gone in removed.items():
        print(f"{project_id}: removed {gone.leads} leads, {gone.conversations} conversations")
    if failed:
        complain("These could not be cleared:", *(f"  {project_id}" for project_id in failed))
        return FAILED
    if not removed:
        print("Nothing is older than its project keeps.")
    return DONE


async def _record(storage: Storage, action: str, *changes: str) -> None:
    """That it was done, not for whom."""
    at = system_clock()
    await storage.add_audit_entry(
        AuditEntry(
            id=new_id("audit", at),
            created_at=at,
            actor_kind=ActorKind.COMMAND_LINE,
            actor_id="command_line",
            actor_name="command line",
            action=action,
            project_id=None,
            targets={},
            changes=changes,
        )
    )
