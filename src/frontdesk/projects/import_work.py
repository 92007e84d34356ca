"""Importing many projects without anybody waiting for it."""

import asyncio
from dataclasses import dataclass, field

import structlog

from frontdesk.errors import FrontdeskError, NotFound
from frontdesk.model import Scope, new_id
from frontdesk.projects.import_run import ImportRun
from frontdesk.projects.importing import Plan, ProjectsFile

_log = structlog.get_logger("frontdesk.projects")


@dataclass(frozen=True, slots=True)
class ImportWork:
    """`close` waits for what is being imported."""

    file: ProjectsFile
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def begin(self, plan: Plan, author: str, scope: Scope) -> ImportRun:
        """Begin to store a plan without a fault; how far it is is stored after each fifty."""
        projects = self.file.projects
        at = projects.clock()
        report = plan.report
        run = ImportRun(
            id=new_id("import", at),
            author=author,
            scope=scope,
            total=len(plan.real_changes),
            created=len(report.created),
            started_at=at,
            touched_at=at,
        )
        await projects.storage.save_import_run(run)
        task = asyncio.create_task(self._make(run, plan), name="importing")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return run

    async def get(self, scope: Scope, run_id: str) -> ImportRun:
        """Raises NotFound(`import_not_found`)."""
        run = await self.file.projects.storage.find_import_run(run_id)
        if run is None or not run.is_within(scope):
            raise NotFound("import_not_found", "There is no such import.")
        return run

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(self._running)

    async def _make(self, run: ImportRun, plan: Plan) -> None:
        projects = self.file.projects
        done = 0

        async def tell(count: int) -> None:
            nonlocal done
            done = count
            changes = {"done": count, "touched_at": projects.clock()}
            await projects.storage.save_import_run(run.model_copy(update=changes))

        fault = ""
        try:
            await self.file.apply(plan, tell)
        except FrontdeskError as error:
            _log.warning("an import stopped", done=done, error=error.code)
            fault = error.detail
        except Exception:  # noqa: BLE001  nobody else hears of it
            _log.exception("an import stopped")
            fault = "Something went wrong on our side."
        at = projects.clock()
        changes = {"done": done, "touched_at": at, "finished_at": at, "fault": fault}
        try:
            await projects.storage.save_import_run(run.model_copy(update=changes))
        except FrontdeskError:
            _log.warning("the end of an import was not kept")
