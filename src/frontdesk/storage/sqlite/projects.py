"""Projects, their sites, their knowledge, and hosts that belong to none."""

import json
from collections.abc import Sequence
from datetime import datetime

import apsw

from frontdesk.clock import format_instant
from frontdesk.errors import Conflict, changed_meanwhile, project_not_found
from frontdesk.model import Page, Scope
from frontdesk.projects.model import (
    Knowledge,
    Project,
    ProjectFilter,
    ProjectState,
    Site,
    UnknownSite,
)
from frontdesk.property.model import Findings
from frontdesk.storage import base
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.lead_search import fold
from frontdesk.storage.rules import seen_again, with_switched
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import (
    dump,
    find,
    page_of,
    require_project_row,
    scope_condition,
)

_UNSEEN = """
    NOT EXISTS (SELECT 1 FROM project_sites WHERE project_id = projects.id)
    OR EXISTS (
        SELECT 1 FROM project_sites AS site
        WHERE site.project_id = projects.id AND NOT EXISTS (
            SELECT 1 FROM sightings
            WHERE id = site.project_id || ' ' || site.host || ' ' || site.path_prefix
            AND last_seen_at >= ?
        )
    )
"""
_NO_DESTINATION = """
    NOT EXISTS (
        SELECT 1 FROM json_each(document, '$.destinations') WHERE value ->> 'enabled'
    )
"""
_NAMED = """
    instr(lower(document ->> 'name'), ?) OR instr(id, ?) OR EXISTS (
        SELECT 1 FROM project_sites WHERE project_id = projects.id AND instr(host, ?)
    )
"""


class ProjectTables:
    _database: Database

    async def save_project(
        self, project_id: str, project: Project, *, expected: Project | None = None
    ) -> None:
        if project.id != project_id:
            raise ValueError("a project was handed in under another id than its own")

        def act(connection: apsw.Connection) -> None:
            if expected is not None and _find_project(connection, project_id) != expected:
                raise changed_meanwhile()
            put_project(connection, project)

        await self._database.write(act)

    async def switch_destination(
        self,
        project_id: str,
        destination_id: str,
        at: datetime,
        *,
        enabled: bool | None = None,
        paused: bool | None = None,
    ) -> None:
        def act(connection: apsw.Connection) -> None:
            project = _find_project(connection, project_id)
            if project is None:
                raise project_not_found()
            changed = with_switched(project, destination_id, at, enabled=enabled, paused=paused)
            if changed is not None:
                connection.execute(
                    "UPDATE projects SET document = ? WHERE id = ?", (dump(changed), project_id)
                )

        await self._database.write(act)

    async def get_project(self, project_id: str) -> Project:
        project = await self._database.read(
            lambda connection: _find_project(connection, project_id)
        )
        if project is None:
            raise project_not_found()
        return project

    async def list_projects(
        self,
        scope: Scope,
        *,
        fits: ProjectFilter = base.ANY_PROJECT,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Project]:
        conditions, values = _conditions(scope, fits)
        if after is not None:
            conditions.append("id > ?")
            values.extend(decode_cursor(after, 1))
        where = " AND ".join(conditions) or "TRUE"

        def query(connection: apsw.Connection) -> Page[Project]:
            rows = connection.execute(
                f"SELECT document, id FROM projects WHERE {where} ORDER BY id LIMIT ?",  # noqa: S608
                (*values, limit + 1),
            )
            return page_of(rows, Project, limit)

        return await self._database.read(query)

    async def count_projects(self, scope: Scope, *, fits: ProjectFilter = base.ANY_PROJECT) -> int:
        conditions, values = _conditions(scope, fits)
        where = " AND ".join(conditions) or "TRUE"

        def query(connection: apsw.Connection) -> int:
            sql = f"SELECT count(*) FROM projects WHERE {where}"  # noqa: S608
            return int(connection.execute(sql, values).get)

        return await self._database.read(query)

    async def list_groups(self, scope: Scope) -> list[str]:
        conditions, values = scope_condition(scope, "id")
        where = " AND ".join([*conditions, "document ->> 'group' IS NOT NULL"])

        def query(connection: apsw.Connection) -> list[str]:
            rows = connection.execute(
                f"SELECT DISTINCT document ->> 'group' FROM projects WHERE {where}"  # noqa: S608
                " ORDER BY 1",
                values,
            )
            return [group for (group,) in rows]

        return await self._database.read(query)

    async def list_projects_for_hosts(self, hosts: Sequence[str]) -> list[Project]:
        def query(connection: apsw.Connection) -> list[Project]:
            rows = connection.execute(
                "SELECT document FROM projects WHERE id IN (SELECT project_id FROM project_sites"
                " WHERE host IN (SELECT value FROM json_each(?))) ORDER BY id",
                (json.dumps(list(hosts)),),
            )
            return [Project.model_validate_json(document) for (document,) in rows]

        return await self._database.read(query)

    async def get_knowledge(self, project_id: str) -> Knowledge:
        knowledge = await self._database.read(
            lambda connection: _find_knowledge(connection, project_id)
        )
        if knowledge is None:
            raise project_not_found()
        return knowledge

    async def save_knowledge(
        self, project_id: str, knowledge: Knowledge, *, expected: Knowledge | None = None
    ) -> None:
        document = dump(knowledge)

        def act(connection: apsw.Connection) -> None:
            require_project_row(connection, project_id)
            if expected is not None and _find_knowledge(connection, project_id) != expected:
                raise changed_meanwhile()
            connection.execute(
                "INSERT INTO knowledge (id, document) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET document = excluded.document",
                (project_id, document),
            )

        await self._database.write(act)

    async def get_findings(self, project_id: str) -> Findings:
        def query(connection: apsw.Connection) -> Findings:
            require_project_row(connection, project_id)
            found = find(
                connection, Findings, "SELECT document FROM findings WHERE id = ?", project_id
            )
            return found or Findings(project_id=project_id)

        return await self._database.read(query)

    async def save_findings(self, project_id: str, findings: Findings) -> None:
        base.require_project(project_id, findings)
        document = dump(findings)

        def act(connection: apsw.Connection) -> None:
            require_project_row(connection, project_id)
            connection.execute(
                "INSERT INTO findings (id, document) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET document = excluded.document",
                (project_id, document),
            )

        await self._database.write(act)

    async def begin_reading(self, project_id: str, at: datetime, until: datetime) -> bool:
        def act(connection: apsw.Connection) -> bool:
            require_project_row(connection, project_id)
            connection.execute(
                "INSERT INTO reading_turns (project_id, until) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET until = excluded.until WHERE until <= ?",
                (project_id, format_instant(until), format_instant(at)),
            )
            return connection.changes() == 1

        return await self._database.write(act)

    async def end_reading(self, project_id: str, until: datetime, at: datetime) -> None:
        def act(connection: apsw.Connection) -> None:
            connection.execute(
                "UPDATE reading_turns SET until = ? WHERE project_id = ? AND until = ?",
                (format_instant(at), project_id, format_instant(until)),
            )

        await self._database.write(act)

    async def record_unknown_site(self, host: str, path: str, at: datetime) -> None:
        sighting = UnknownSite(host=host, path=path, count=1, first_seen_at=at, last_seen_at=at)

        def act(connection: apsw.Connection) -> None:
            before = find(
                connection, UnknownSite, "SELECT document FROM unknown_sites WHERE id = ?", host
            )
            if before is None:
                _make_room(connection)
            connection.execute(
                "INSERT INTO unknown_sites (id, document) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET document = excluded.document",
                (host, dump(sighting if before is None else seen_again(before, sighting))),
            )

        await self._database.write(act)

    async def list_unknown_sites(
        self, *, after: str | None = None, limit: int = 50
    ) -> Page[UnknownSite]:
        position = "" if after is None else decode_cursor(after, 1)[0]

        def query(connection: apsw.Connection) -> Page[UnknownSite]:
            rows = connection.execute(
                "SELECT document, id FROM unknown_sites WHERE id > ? ORDER BY id LIMIT ?",
                (position, limit + 1),
            )
            return page_of(rows, UnknownSite, limit)

        return await self._database.read(query)


def _conditions(scope: Scope, fits: ProjectFilter) -> tuple[list[str], list[str | int]]:
    """A filter that looks at every project of the scope: thousands of rows in milliseconds."""
    conditions, values = scope_condition(scope, "id")
    if fits.text:
        conditions.append(f"({_NAMED})")
        values += [fold(fits.text)] * 3
    if fits.group is not None:
        conditions.append("document ->> 'group' = ?")
        values.append(fits.group)
    if fits.state is ProjectState.NO_DESTINATION:
        conditions.append(_NO_DESTINATION)
    elif fits.state is not None:
        wanted = "" if fits.state is ProjectState.NOT_LIVE else "NOT "
        conditions.append(f"{wanted}({_UNSEEN})")
        values.append("" if fits.seen_since is None else format_instant(fits.seen_since))
    return conditions, values


def put_project(connection: apsw.Connection, project: Project) -> None:
    """Create or replace it, with its sites. Raises Conflict(`site_taken`)."""
    _refuse_taken_sites(connection, project)
    before = _find_project(connection, project.id)
    saved = project if before is None else _with_birth_of(before, project)
    connection.execute(
        "INSERT INTO projects (id, document) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET document = excluded.document",
        (project.id, dump(saved)),
    )
    connection.execute("DELETE FROM project_sites WHERE project_id = ?", (project.id,))
    connection.executemany(
        "INSERT INTO project_sites (project_id, host, path_prefix, by_hand)"
        " VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET by_hand = by_hand AND excluded.by_hand",
        [(project.id, site.host, site.path_prefix, site.by_hand) for site in project.sites],
    )


def _find_project(connection: apsw.Connection, project_id: str) -> Project | None:
    return find(connection, Project, "SELECT document FROM projects WHERE id = ?", project_id)


def _find_knowledge(connection: apsw.Connection, project_id: str) -> Knowledge | None:
    found: tuple[str, str | None] | None = connection.execute(
        "SELECT projects.document, knowledge.document FROM projects LEFT JOIN knowledge"
        " USING (id) WHERE id = ?",
        (project_id,),
    ).get
    if found is None:
        return None
    project, knowledge = found
    if knowledge is None:
        return Knowledge(updated_at=Project.model_validate_json(project).created_at)
    return Knowledge.model_validate_json(knowledge)


def _with_birth_of(before: Project, project: Project) -> Project:
    return project.model_copy(update={"created_at": before.created_at})


def _refuse_taken_sites(connection: apsw.Connection, project: Project) -> None:
    for site in project.sites:
        if not site.by_hand and _is_taken(connection, site, project.id):
            raise Conflict(
                "site_taken", f"{site.host}{site.path_prefix} belongs to another project."
            )


def _is_taken(connection: apsw.Connection, site: Site, project_id: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM project_sites"
        " WHERE host = ? AND path_prefix = ? AND project_id <> ? AND NOT by_hand",
        (site.host, site.path_prefix, project_id),
    ).get
    return row is not None


def _make_room(connection: apsw.Connection) -> None:
    count = connection.execute("SELECT count(*) FROM unknown_sites").get
    if count >= base.UNKNOWN_SITES_KEPT:
        connection.execute(
            "DELETE FROM unknown_sites WHERE id IN"
            " (SELECT id FROM unknown_sites ORDER BY last_seen_at, id LIMIT ?)",
            (count - base.UNKNOWN_SITES_KEPT + 1,),
        )
