"""`members` and `keys`: who may come in."""

import argparse
import sys

from frontdesk.accounts.members import normalize_email
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.cli.common import DONE, Commands, with_storage
from frontdesk.clock import format_instant, system_clock
from frontdesk.errors import NotFound
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.settings import Settings
from frontdesk.storage.base import Storage


def add_commands(commands: Commands) -> None:
    members = commands.add_parser("members", help="who may use the dashboard")
    subcommands = members.add_subparsers(metavar="COMMAND", required=True)
    command = subcommands.add_parser("add", help="let somebody in")
    command.add_argument("email")
    command.add_argument("--name", required=True)
    command.add_argument("--role", type=Role, choices=list(Role), required=True)
    command.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input; without it one is made and shown",
    )
    command.set_defaults(run=with_storage(add_member))
    command = subcommands.add_parser("list", help="who is in, with role and state")
    command.set_defaults(run=with_storage(list_members))
    command = subcommands.add_parser("link", help="make a link to choose a new password by")
    command.add_argument("email")
    command.add_argument(
        "--without-code",
        action="store_true",
        help="ask for no code from an app any more, for a lost phone",
    )
    command.set_defaults(run=with_storage(make_member_link))

    keys = commands.add_parser("keys", help="which programs may use the admin API")
    command = keys.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "create", help="make an API key"
    )
    command.add_argument("name")
    command.add_argument("--role", type=Role, choices=list(Role), required=True)
    command.add_argument(
        "--project", action="append", help="for this project alone; may be repeated"
    )
    command.set_defaults(run=with_storage(create_key))


async def add_member(options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if options.password_stdin else None
    accounts = Accounts(storage, system_clock, settings.session_hours)
    added = await accounts.add_member(options.email, options.name, options.role, password=password)
    print(f"{added.member.email} may sign in at {settings.reached_at}/dashboard")
    if added.password is not None:
        print(f"Password, shown once: {added.password}")
    return DONE


async def list_members(_options: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    accounts = Accounts(storage, system_clock, settings.session_hours)
    after = None
    while True:
        page = await accounts.list_members(after, 200)
        for member in page.items:
            state = "" if member.is_active else "  switched off"
            print(f"{member.role:8}{member.email}  {member.name}{state}")
        after = page.next_cursor
        if after is None:
            return DONE


async def make_member_link(
    options: argparse.Namespace, settings: Settings, storage: Storage
) -> int:
    accounts = Accounts(storage, system_clock, settings.session_hours)
    member = await accounts.storage.find_member(normalize_email(options.email))
    if member is None:
        raise NotFound("member_not_found", "There is no member with this e-mail.")
    made = await accounts.make_link(member.id)
    if options.without_code:
        await accounts.end_second_factor(member.id)
    print(f"{settings.reached_at}/dashboard/welcome?token={made.token}")
    print(f"Good once, until {format_instant(made.link.expires_at)}.")
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
