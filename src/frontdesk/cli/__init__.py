"""The command line: one file for each group of commands."""

import argparse
from collections.abc import Sequence

from frontdesk import __version__
from frontdesk.cli import access, deliveries, knowledge, privacy, projects, serving, storage
from frontdesk.cli.common import FAILED, WRONG_USE, CommandError, complain
from frontdesk.errors import FrontdeskError, Invalid
from frontdesk.settings import SettingsError, load_settings

# In the order that --help lists them.
GROUPS = (serving, access, projects, knowledge, deliveries, storage, privacy)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 1 failed, 2 wrong arguments or settings."""
    options = make_parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        complain("These settings do not hold:", *(f"  {line}" for line in error.problems))
        return WRONG_USE
    try:
        code: int = options.run(options, settings)
    except Invalid as error:
        complain(error.detail, *(f"  {fault.field}: {fault.detail}" for fault in error.fields))
        return FAILED
    except FrontdeskError as error:
        complain(error.detail)
        return FAILED
    except CommandError as error:
        complain(str(error))
        return FAILED
    return code


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontdesk", description="Frontdesk's own commands.")
    parser.add_argument("--version", action="version", version=f"frontdesk {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for group in GROUPS:
        group.add_commands(commands)
    return parser
