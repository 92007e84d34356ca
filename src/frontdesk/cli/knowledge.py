"""`detect`, what a page says about its property, and `knowledge import`."""

import argparse
import asyncio
import sys
import textwrap
from datetime import UTC
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
from frontdesk.outbound.client import Outbound
from frontdesk.property.advice import ADVICE, NAMES
from frontdesk.property.detect import detect_html
from frontdesk.property.fetching import FetchError, PageFetcher, read_text
from frontdesk.property.importing import import_knowledge, import_page
from frontdesk.property.json_ld import write_json_ld
from frontdesk.property.merging import TRUSTED
from frontdesk.property.model import DetectedFact, Detection, Method, PageKind
from frontdesk.settings import Settings
from frontdesk.storage.base import Storage

FOR_MACHINES = frozenset({Method.JSON_LD, Method.MICRODATA, Method.RDFA})


def add_commands(commands: Commands) -> None:
    command = commands.add_parser(
        "detect", help="what a property page says, and what it is missing"
    )
    command.add_argument("page", metavar="URL-OR-FILE", help="a web address, a file, or - ")
    command.add_argument("--url", help="the address that the file is from")
    shape = command.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="for programs")
    shape.add_argument(
        "--json-ld", action="store_true", help="what was found, as data to put into the page"
    )
    command.set_defaults(run=run_detect)

    knowledge = commands.add_parser("knowledge", help="what projects' answers are made from")
    command = knowledge.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "import", help="add facts, answers and pages from CSV, JSON or a page of the project's site"
    )
    command.add_argument("project")
    command.add_argument("source", metavar="FILE-OR-URL")
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.set_defaults(run=with_storage(import_into_project))


async def import_into_project(
    options: argparse.Namespace, settings: Settings, storage: Storage
) -> int:
    source, dry_run = options.source, options.dry_run
    async with open_projects(settings, storage) as projects:
        if source.startswith(("http://", "https://")):
            outbound = Outbound(settings.allowed_private_hosts)
            try:
                report = await import_page(
                    projects, PageFetcher(outbound), options.project, source, dry_run=dry_run
                )
            finally:
                await outbound.close()
        else:
            text = _read_file(source)
            report = await import_knowledge(
                projects, options.project, text, source, dry_run=dry_run
            )
    if report.faults:
        complain(
            "Nothing was imported:",
            *(f"  line {one.line}: {one.field}: {one.detail}" for one in report.faults),
        )
        return FAILED
    print(f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged.")
    if dry_run:
        print("This was a dry run: nothing was stored.")
    return DONE


def run_detect(options: argparse.Namespace, settings: Settings) -> int:
    """0 where the page is about a property, 1 otherwise."""
    detection = asyncio.run(_detect(options, settings))
    if options.json:
        sys.stdout.write(detection.model_dump_json(indent=2) + "\n")
    elif options.json_ld:
        if detection.kind is not PageKind.PROPERTY:
            raise CommandError(detection.reason)
        sys.stdout.write(write_json_ld(detection) + "\n")
    else:
        sys.stdout.write(write_report(detection))
    return DONE if detection.kind is PageKind.PROPERTY else FAILED


async def _detect(options: argparse.Namespace, settings: Settings) -> Detection:
    today = system_clock().astimezone(UTC).date()
    if not options.page.startswith(("http://", "https://")):
        return detect_html(_read_file(options.page), options.url or "", today)
    outbound = Outbound(settings.allowed_private_hosts)
    try:
        page = await PageFetcher(outbound).fetch(options.page)
    except FetchError as error:
        raise CommandError(error.reason) from None
    finally:
        await outbound.close()
    return detect_html(page.text, page.url, today, page.status_code)


def _read_file(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}.") from None
    return read_text(content, "")


def write_report(detection: Detection) -> str:
    """The table that a person reads."""
    lines = [detection.title or "(no title)"]
    if detection.url:
        lines.append(detection.url)
    lines += ["", detection.reason]
    if detection.kind is not PageKind.PROPERTY:
        return "\n".join([*lines, "Nothing is taken from it.", ""])
    lines += ["", f"{'found':26} {'value':44} {'sure':>5}  where"]
    for fact in detection.facts:
        lines += _fact_lines(fact)
    for conflict in detection.conflicts:
        lines += ["", f"The page contradicts itself about {_name(conflict.key, conflict.subject)}:"]
        for fact in conflict.facts:
            lines += _fact_lines(fact)
        lines.append("  Nothing is taken before one of them is right.")
    lines += _remarks(detection)
    if detection.missing:
        lines += ["", "Missing, and how to add it:"]
        for key in detection.missing:
            advice = textwrap.wrap(ADVICE[key], 72)
            lines.append(f"  {NAMES[key]}")
            lines += [f"      {line}" for line in advice]
    return "\n".join([*lines, ""])


def _remarks(detection: Detection) -> list[str]:
    """What an agency should know of how the page was read."""
    told = [*detection.facts, *(fact for one in detection.conflicts for fact in one.facts)]
    remarks = []
    if any(fact.confidence < TRUSTED for fact in told):
        remarks.append(f"What is less than {TRUSTED:.0%} sure always waits for a person.")
    if told and not any(FOR_MACHINES & {fact.method, *fact.confirmed_by} for fact in told):
        remarks.append(
            "Nothing was read from data for machines (JSON-LD, microdata, RDFa): a page that says "
            "its price, bedrooms, area and address there is read surer, by search engines too. "
            "`frontdesk detect --json-ld` writes what was found here as such data, to be looked "
            "through and put into the page's <head>."
        )
    return [line for one in remarks for line in ("", *textwrap.wrap(one, 88))]


def _fact_lines(fact: DetectedFact) -> list[str]:
    first, *rest = textwrap.wrap(fact.value, 44) or [""]
    where = ", ".join([fact.method, *fact.confirmed_by])
    lines = [f"  {_name(fact.key, fact.subject):24} {first:44} {fact.confidence:5.0%}  {where}"]
    lines += [f"  {'':24} {line}" for line in rest[:3]]
    read_from = " ".join(fact.read_from.split())
    if read_from.lower() != fact.value.lower():
        lines.append(f"  {'':24} “{textwrap.shorten(read_from, 100, placeholder=' …')}”")
    return lines


def _name(key: str, subject: str) -> str:
    name = NAMES.get(key, key.replace("_", " "))
    return f"{name} ({subject})"[:40] if subject else name
