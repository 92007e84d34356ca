"""Many projects at once: planned as a whole, checked as a whole, then stored."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from frontdesk.errors import FieldError
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.differences import Difference, list_differences
from frontdesk.projects.file import (
    ImportFault,
    ImportReport,
    ProjectEntry,
    find_taken_sites,
    label,
    read_entries,
    write_entry,
)
from frontdesk.projects.masks import seal
from frontdesk.projects.model import Knowledge, Project, ProjectDetails
from frontdesk.projects.service import Projects
from frontdesk.projects.table import MOST_ROWS, fill_row, read_table, write_site_line

FOUND_TOGETHER = 200
AT_ONCE = 50  # saved together, so that they share the disk's slowest step
_BETWEEN = frozenset(" \t\r\n,")
KNOWLEDGE = ("facts", "answers", "pages")


@dataclass(frozen=True, slots=True)
class Change:
    """One project of an import: as it is stored, as it will be; None knowledge stays as it is."""

    stored: Project | None
    project: Project
    known: Knowledge
    knowledge: Knowledge | None

    @property
    def kind(self) -> Literal["created", "changed", "unchanged"]:
        if self.stored is None:
            return "created"
        was = self.stored.model_copy(update={"updated_at": self.project.updated_at})
        return "unchanged" if self.knowledge is None and self.project == was else "changed"

    @property
    def differences(self) -> list[Difference]:
        """By field, secrets masked; of what is known how many entries there are."""
        nothing = Knowledge(updated_at=self.project.updated_at)
        before = {} if self.stored is None else _write_for_people(self.stored, nothing)
        found = list_differences(before, _write_for_people(self.project, nothing))
        for name in KNOWLEDGE if self.knowledge is not None else ():
            was, will_be = getattr(self.known, name), getattr(self.knowledge, name)
            if was != will_be:
                found.append(Difference(name, f"{len(was)} entries", f"{len(will_be)} entries"))
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; with any fault it does nothing."""

    changes: tuple[Change, ...]
    faults: tuple[ImportFault, ...]

    @property
    def real_changes(self) -> list[Change]:
        return [change for change in self.changes if change.kind != "unchanged"]

    @property
    def report(self) -> ImportReport:
        if self.faults:
            return ImportReport(faults=self.faults)
        ids: dict[str, list[str]] = {"created": [], "changed": [], "unchanged": []}
        for change in self.changes:
            ids[change.kind].append(change.project.id)
        return ImportReport.model_validate(ids)


Tell = Callable[[int], Awaitable[None]]


async def _tell_nobody(_done: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class ProjectsFile:
    """Projects from and to a file (docs/guide/projects-file.md)."""

    projects: Projects

    async def run(self, data: object, *, dry_run: bool = False) -> ImportReport:
        """Create or replace the projects of a JSON file. Raises Unavailable."""
        plan = await self.plan(data)
        if not dry_run:
            await self.apply(plan)
        return plan.report

    async def plan(
        self, data: object, scope: Scope = EVERY_PROJECT, lines: Sequence[int] = ()
    ) -> Plan:
        """All of the file, checked. `lines` say where in a text its projects are."""
        if is_too_many(data):
            detail = f"There are too many projects: at most {MOST_ROWS:,} in one file."
            return Plan((), (ImportFault(project="", field="projects", detail=detail),))
        entries, faults = read_entries(data)
        changes = []
        taken = await self._find_owners(entries)
        stored = await self._find_stored([entry.id for entry in entries], scope)
        for entry in entries:
            if not scope.allows(entry.id):
                detail = "This project is not among yours."
                faults.append(ImportFault(project=entry.id, field="id", detail=detail))
                continue
            change, errors = await self._plan(entry, stored.get(entry.id))
            changes.append(change)
            faults += [
                ImportFault(project=entry.id, field=e.field, detail=e.detail) for e in errors
            ]
        shown = {site: owner for site, owner in taken.items() if scope.allows(owner)}
        hidden = {site: "another project" for site in taken if site not in shown}
        faults += find_taken_sites(entries, shown | hidden)
        if lines and isinstance(data, dict):
            places = {label(item, i): lines[i] for i, item in enumerate(data["projects"])}
            faults = [
                fault.model_copy(update={"line": places.get(fault.project)}) for fault in faults
            ]
            faults.sort(key=lambda fault: fault.line or 0)
        return Plan(tuple(changes), tuple(faults))

    async def plan_text(self, text: str, scope: Scope = EVERY_PROJECT) -> Plan:
        """The same for a text that is JSON where it begins so, and CSV otherwise."""
        if not text.lstrip().startswith("{"):
            return await self.plan_table(text, scope)
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:  # nested deeper than anybody writes
            line = getattr(error, "lineno", None)
            detail = "From here on it is not JSON."
            return Plan((), (ImportFault(project="", field="", detail=detail, line=line),))
        return await self.plan(data, scope, find_lines(text, data))

    async def plan_table(self, text: str, scope: Scope = EVERY_PROJECT) -> Plan:
        """The same for CSV: what has no column, and what a new row leaves out, is left alone."""
        rows, faults = read_table(text)
        if faults:
            return Plan((), tuple(faults))
        stored = await self._find_stored([row.values.get("id", "") for row in rows], scope)
        items = [fill_row(row, stored.get(row.values.get("id", ""))) for row in rows]
        return await self.plan({"projects": items}, scope, [row.line for row in rows])

    async def apply(self, plan: Plan, tell: Tell = _tell_nobody) -> None:
        """Store it, if it has no fault; `tell` hears how many projects are stored so far.

        Projects that are not in the file stay as they are. Many are stored at the same time, and
        not all or none: where the store fails in between, running the same import again completes
        it. Raises Unavailable.
        """
        if plan.faults:
            return
        for project in _release_sites(plan.real_changes):
            await self.projects.store(project)
        changes = plan.real_changes
        for start in range(0, len(changes), AT_ONCE):
            together = changes[start : start + AT_ONCE]
            await asyncio.gather(
                *(self.projects.store(change.project, change.knowledge) for change in together)
            )
            await tell(start + len(together))

    async def export(self, scope: Scope = EVERY_PROJECT) -> dict[str, object]:
        """Every project of the scope as a projects file has it; secrets are masked."""
        return {
            "projects": [
                write_entry(project, await self.projects.storage.get_knowledge(project.id))
                async for project in self.projects.walk(scope)
            ]
        }

    async def _find_stored(self, ids: Sequence[str], scope: Scope) -> dict[str, Project]:
        """Those of these in the scope that there are."""
        wanted = [project_id for project_id in dict.fromkeys(ids) if scope.allows(project_id)]
        found: dict[str, Project] = {}
        for start in range(0, len(wanted), FOUND_TOGETHER):
            some = Scope(projects=frozenset(wanted[start : start + FOUND_TOGETHER]))
            page = await self.projects.storage.list_projects(some, limit=FOUND_TOGETHER)
            found |= {project.id: project for project in page.items}
        return found

    async def _plan(
        self, entry: ProjectEntry, stored: Project | None
    ) -> tuple[Change, list[FieldError]]:
        at = self.projects.clock()
        destinations, errors = seal(entry, stored, self.projects.vault)
        written = {name: getattr(entry, name) for name in ProjectDetails.model_fields}
        project = Project(
            **written | {"destinations": destinations},
            created_at=stored.created_at if stored else at,
            updated_at=at,
        )
        known = Knowledge(updated_at=at)
        if stored is not None and entry.says_what_is_known:
            known = await self.projects.storage.get_knowledge(entry.id)
        return Change(stored, project, known, entry.rewrite(known, at)), errors

    async def _find_owners(self, entries: Sequence[ProjectEntry]) -> dict[tuple[str, str], str]:
        """Who has the sites that these want, apart from themselves."""
        hosts = sorted({site.host for entry in entries for site in entry.sites})
        ids = {entry.id for entry in entries}
        return {
            (site.host, site.path_prefix): project.id
            for project in await self.projects.storage.list_projects_for_hosts(hosts)
            if project.id not in ids
            for site in project.sites
            if not site.by_hand
        }


def _write_for_people(project: Project, knowledge: Knowledge) -> dict[str, object]:
    return write_entry(project, knowledge) | {"sites": [*map(write_site_line, project.sites)]}


def _release_sites(changes: Sequence[Change]) -> Iterator[Project]:
    """Stored projects without the sites that others take over in the same import.

    They are saved first: two projects that change places would otherwise each find the other there.
    """
    wanted = {
        (site.host, site.path_prefix): change.project.id
        for change in changes
        for site in change.project.sites
        if not site.by_hand
    }
    for change in changes:
        if change.stored is None:
            continue
        own = change.stored.id
        kept = tuple(
            site
            for site in change.stored.sites
            if site.by_hand or wanted.get((site.host, site.path_prefix), own) == own
        )
        if kept != change.stored.sites:
            yield change.stored.model_copy(update={"sites": kept})


def is_too_many(data: object) -> bool:
    items = data.get("projects") if isinstance(data, dict) else None
    return isinstance(items, list) and len(items) > MOST_ROWS


def find_lines(text: str, data: object) -> list[int]:
    """On which line of a projects file each project begins; none where that cannot be told."""
    items = data.get("projects") if isinstance(data, dict) else None
    found = re.search(r'"projects"\s*:\s*\[', text)
    if not isinstance(items, list) or found is None:
        return []
    decoder, lines = json.JSONDecoder(), []
    place, line, counted = found.end(), 1, 0
    for _ in items:
        while text[place : place + 1] in _BETWEEN:
            place += 1
        line, counted = line + text.count("\n", counted, place), place
        lines.append(line)
        try:
            _, place = decoder.raw_decode(text, place)
        except ValueError:  # that was another "projects", in a text
            return []
    return lines
