"""`backup`, `restore` and `storage`: keeping what is stored, and moving it."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from frontdesk.cli.common import DONE, FAILED, CommandError, Commands, complain, open_storage
from frontdesk.clock import system_clock
from frontdesk.operations.copying import NotSameError, copy_storage, describe
from frontdesk.settings import Settings, SettingsError, load_settings
from frontdesk.storage.base import Storage
from frontdesk.storage.records import KINDS

BAR_CHARACTERS = 30

MONGODUMP = """\
Frontdesk does not copy a MongoDB database itself; MongoDB's own tools do:

  mongodump --uri="$FRONTDESK_STORAGE_URL" --gzip --archive=frontdesk.archive.gz

Stop Frontdesk meanwhile, or take a snapshot of the volume: docs/operations/backup.md says why, and
how to check the copy."""

MONGORESTORE = """\
Frontdesk does not restore a MongoDB database itself; MongoDB's own tools do, into an empty one:

  mongorestore --uri="$FRONTDESK_STORAGE_URL" --gzip --archive=frontdesk.archive.gz
  frontdesk storage check

docs/operations/backup.md has the whole way."""


def add_commands(commands: Commands) -> None:
    command = commands.add_parser("backup", help="copy the database file while it is in use")
    command.add_argument(
        "file", type=Path, nargs="?", help="by default backups/frontdesk-TIME.db beside it"
    )
    command.set_defaults(run=run_backup)

    command = commands.add_parser("restore", help="put a backup where no database is")
    command.add_argument("file", type=Path)
    command.set_defaults(run=run_restore)

    storage = commands.add_parser("storage", help="move everything that is stored, or look at it")
    subcommands = storage.add_subparsers(metavar="COMMAND", required=True)
    url_help = "sqlite:///PATH, mongodb://…, or env:NAME for the URL in that environment variable"
    command = subcommands.add_parser(
        "copy", help="from one store to another; started again it goes on"
    )
    command.add_argument("source", metavar="FROM", help=url_help)
    command.add_argument("target", metavar="TO")
    command.add_argument(
        "--overwrite",
        action="store_true",
        help="replace what is in TO under the same ids with another content",
    )
    command.set_defaults(run=run_copy)
    command = subcommands.add_parser(
        "check", help="read everything; its number and a checksum for each kind"
    )
    command.add_argument("url", nargs="?", help=f"{url_help}; by default the one in the settings")
    command.set_defaults(run=run_storage_check)


def run_backup(options: argparse.Namespace, settings: Settings) -> int:
    if not settings.is_sqlite:
        raise CommandError(MONGODUMP)
    from frontdesk.storage.sqlite.backup import back_up

    database = settings.database_path
    file = options.file
    if file is None:
        file = database.parent / "backups" / f"frontdesk-{system_clock():%Y%m%dT%H%M%S%fZ}.db"
    with Bar() as bar:
        done = back_up(database, file, lambda pages, total: bar.show("pages", pages, total))
    print(f"{done.path}: {done.bytes:,} bytes, checked.")
    _print_counts(done.counts)
    return DONE


def run_restore(options: argparse.Namespace, settings: Settings) -> int:
    if not settings.is_sqlite:
        raise CommandError(MONGORESTORE)
    from frontdesk.storage.sqlite.backup import restore

    with Bar() as bar:
        done = restore(
            options.file,
            settings.database_path,
            lambda pages, total: bar.show("pages", pages, total),
        )
    print(f"{done.path}: restored and checked.")
    _print_counts(done.counts)
    return DONE


def run_copy(options: argparse.Namespace, _settings: Settings) -> int:
    async def copy() -> int:
        source_url, target_url = _read_url(options.source), _read_url(options.target)
        if source_url == target_url:
            raise CommandError("FROM and TO are the same.")
        async with _open(source_url, must_exist=True) as source, _open(target_url) as target:
            try:
                with Bar() as bar:
                    contents = await copy_storage(
                        source, target, overwrite=options.overwrite, tell=bar.show
                    )
            except NotSameError as error:
                complain(
                    f"Copied, but these differ now: {error}.",
                    "Somebody writes to FROM or TO. Stop every process that uses them, then run "
                    "this again with --overwrite.",
                )
                return FAILED
        print("Both hold the same:")
        for kind, records, digest in contents:
            print(f"  {kind:15} {records:9,}  {digest}")
        return DONE

    return asyncio.run(copy())


def run_storage_check(options: argparse.Namespace, settings: Settings) -> int:
    async def check() -> int:
        url = settings.storage_url if options.url is None else _read_url(options.url)
        async with _open(url, must_exist=True) as storage:
            for kind in KINDS:
                with Bar() as bar:
                    content = await describe(storage, kind, bar.show)
                print(f"{kind:15} {content.records:9,}  {content.digest}")
        return DONE

    return asyncio.run(check())


@asynccontextmanager
async def _open(url: str, *, must_exist: bool = False) -> AsyncIterator[Storage]:
    try:
        settings = load_settings(storage_url=url)
    except SettingsError as error:
        raise CommandError("\n".join(error.problems)) from None
    if must_exist and settings.is_sqlite and not settings.database_path.exists():
        raise CommandError(f"There is no {settings.database_path}.")
    async with open_storage(settings) as storage:
        yield storage


def _read_url(text: str) -> str:
    """A password in an argument is in the list of processes for all to see; in `env:` it is not."""
    name = text.removeprefix("env:")
    if name == text:
        return text
    try:
        return os.environ[name]
    except KeyError:
        raise CommandError(f"There is no environment variable {name}.") from None


def _print_counts(counts: dict[str, int]) -> None:
    for table, count in counts.items():
        print(f"  {table:20} {count:9,}")


class Bar:
    """How far it is, on one line of a terminal; nothing where the output is no terminal."""

    def __init__(self, is_shown: Callable[[], bool] = sys.stderr.isatty) -> None:
        self._is_shown = is_shown()
        self._last = ""

    def show(self, what: str, done: int, total: int) -> None:
        share = done / total if total else 1.0
        full = round(share * BAR_CHARACTERS)
        line = f"{what:15} {'█' * full}{'░' * (BAR_CHARACTERS - full)} {share:4.0%} of {total:,}"
        if self._is_shown and line != self._last:
            sys.stderr.write(f"\r{line}\033[K")
            sys.stderr.flush()
            self._last = line

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._last:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
