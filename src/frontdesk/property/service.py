"""Facts: reading a project's pages, and approving, overriding and rejecting what they say."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from weakref import WeakValueDictionary

from frontdesk.clock import Clock, Instant
from frontdesk.errors import Conflict, FieldError, Invalid, changed_meanwhile
from frontdesk.model import Model
from frontdesk.projects.addresses import parse_page_url
from frontdesk.projects.model import Fact, FactsMode, FactState, Knowledge, Project
from frontdesk.projects.resolve import find_site
from frontdesk.projects.service import Projects
from frontdesk.property.compare import Change, FactRow, FoundFact, compare, says_same
from frontdesk.property.deciding import (
    Decision,
    RemovedFacts,
    decide,
    fact_of,
    put,
    put_back,
    reject,
    take_out,
)
from frontdesk.property.detect import detect_html
from frontdesk.property.fetching import FetchedPage, FetchError, PageFetcher
from frontdesk.property.merging import TRUSTED
from frontdesk.property.model import Detection, Findings, PageFindings, PageKind
from frontdesk.settings import Environment

MAX_PAGES = 5
MAX_FACTS = 500
TURN = timedelta(minutes=5)  # longer than MAX_PAGES pages take with their pauses


class PageState(Model):
    """How reading a page went; `reason` and `title` are from the last time that it was read."""

    url: str
    title: str = ""
    reason: str = ""
    fault: str = ""
    read_at: Instant | None = None
    tried_at: Instant
    missing: tuple[str, ...] = ()


class FactsReport(Model):
    """All that is known and found, and the pages it was looked for on."""

    facts_mode: FactsMode
    rows: tuple[FactRow, ...]
    pages: tuple[PageState, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Detection takes milliseconds of CPU, so it runs beside the event loop."""

    projects: Projects
    fetcher: PageFetcher
    clock: Clock
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def report(self, project_id: str) -> FactsReport:
        """Raises NotFound(`project_not_found`)."""
        project = await self.projects.storage.get_project(project_id)
        knowledge = await self.projects.storage.get_knowledge(project_id)
        findings = await self.projects.storage.get_findings(project_id)
        return FactsReport(
            facts_mode=project.facts_mode,
            rows=tuple(compare(knowledge.facts, findings)),
            pages=tuple(map(_state, findings.pages)),
        )

    async def detect(self, project_id: str, urls: Sequence[str] = ()) -> FactsReport:
        """Read the project's pages now: those given, otherwise the ones its sites begin with.

        Those given are read from then on too. Raises NotFound(`project_not_found`),
        Invalid(`page_not_on_site`) and Conflict(`reading_now`) while somebody else reads them.
        """
        project = await self.projects.storage.get_project(project_id)
        self._require_own(project, urls)
        at = self.clock()
        if not await self.projects.storage.begin_reading(project_id, at, at + TURN):
            raise Conflict("reading_now", "The pages are being read just now. Look again shortly.")
        await self._read_in_turn(project, urls, at + TURN)
        return await self.report(project_id)

    async def read_if_due(self, project: Project, every: timedelta) -> bool:
        """Read the pages of a project that were last tried longer ago; False where it is not due."""
        if project.facts_mode is FactsMode.OFF or not list_pages(
            project, self.projects.environment
        ):
            return False
        findings = await self.projects.storage.get_findings(project.id)
        at = self.clock()
        is_newer = findings.tried_at is not None and project.updated_at > findings.tried_at
        if findings.tried_at is not None and at - findings.tried_at < every and not is_newer:
            return False
        if not await self.projects.storage.begin_reading(project.id, at, at + TURN):
            return False
        await self._read_in_turn(project, (), at + TURN)
        return True

    async def approve(self, project_id: str, key: str, subject: str, value: str) -> FactsReport:
        """Let visitors know what a page says. Raises NotFound(`project_not_found`) and
        Conflict(`not_found_there`) where no page says that (any more)."""

        def change(facts: list[Fact], found: list[FoundFact]) -> list[Fact]:
            said = next((one for one in found if one.value == value), None)
            if said is None:
                raise Conflict("not_found_there", "No page of the project says that any more.")
            return put(facts, fact_of(key, subject, said))

        return await self._change(project_id, key, subject, change)

    async def decide(self, project_id: str, decisions: Sequence[Decision]) -> list[int]:
        """Approve and reject several values in one change; the places of those left out, since no
        page says what they approve (any more).

        Raises NotFound(`project_not_found`) and what `change_knowledge` raises, where nothing is
        done.
        """
        findings = await self.projects.storage.get_findings(project_id)
        left_out: list[int] = []

        def change(knowledge: Knowledge) -> Knowledge:
            nonlocal left_out
            today = self.clock().date()
            facts, left_out = decide(knowledge.facts, findings, decisions, today)
            return knowledge.model_copy(update={"facts": tuple(facts)})

        await self.change_knowledge(project_id, change)
        return left_out

    async def rewrite(self, project_id: str, before: Fact, after: Fact) -> None:
        """Put one fact in the place of another, by hand. Raises NotFound(`project_not_found`) and
        Conflict(`changed_meanwhile`) where the one before is not there any more."""

        def change(knowledge: Knowledge) -> Knowledge:
            if before not in knowledge.facts:
                raise changed_meanwhile()
            facts = tuple(after if one == before else one for one in knowledge.facts)
            return knowledge.model_copy(update={"facts": facts})

        await self.change_knowledge(project_id, change)

    async def change_knowledge(
        self, project_id: str, change: Callable[[Knowledge], Knowledge]
    ) -> Knowledge:
        """Read, change and save what is known, one change at a time in this process.

        Raises NotFound(`project_not_found`), Conflict(`too_many_facts`), what `change` raises, and
        Conflict(`changed_meanwhile`) where another process saved between.
        """
        async with self._lock(project_id):
            before = await self.projects.storage.get_knowledge(project_id)
            after = change(before)
            if len(after.facts) > MAX_FACTS:
                raise Conflict("too_many_facts", f"A project has at most {MAX_FACTS} facts.")
            if after != before:
                after = after.model_copy(update={"updated_at": self.clock()})
                await self.projects.save_knowledge(project_id, after, etag=before.etag)
            return after

    async def override(
        self, project_id: str, key: str, subject: str, value: str, source: str, as_of: date | None
    ) -> FactsReport:
        """Set a fact by hand, whatever pages say. Raises NotFound(`project_not_found`)."""
        fact = Fact(key=key, subject=subject, value=value, source=source, as_of=as_of or self.clock().date(), state=FactState.OVERRIDDEN)  # fmt: skip
        return await self._change(project_id, key, subject, lambda facts, _: put(facts, fact))

    async def reject(self, project_id: str, key: str, subject: str, value: str) -> FactsReport:
        """Say that a value is wrong: it is not said, and not proposed again.

        Raises NotFound(`project_not_found`).
        """
        today = self.clock().date()
        return await self._change(
            project_id, key, subject, lambda facts, _: reject(facts, key, subject, value, today)
        )

    async def add(
        self, project_id: str, key: str, subject: str, value: str, source: str, as_of: date | None
    ) -> FactsReport:
        """One more approved fact beside those that there are. Raises NotFound(`project_not_found`)
        and Conflict(`fact_there`)."""
        fact = Fact(key=key, subject=subject, value=value, source=source, as_of=as_of or self.clock().date())  # fmt: skip

        def change(facts: list[Fact], _: list[FoundFact]) -> list[Fact]:
            if any((one.key, one.subject, one.value) == (key, subject, value) and one.state is not FactState.REJECTED for one in facts):  # fmt: skip
                raise Conflict("fact_there", "The project has this fact already.")
            return [*facts, fact]

        return await self._change(project_id, key, subject, change)

    async def remove(self, project_id: str, key: str, subject: str, value: str) -> FactsReport:
        """Forget a fact, approved, overridden or rejected. Raises NotFound(`project_not_found`)."""

        await self.take_out(project_id, key, subject, value)
        return await self.report(project_id)

    async def take_out(self, project_id: str, key: str, subject: str, value: str) -> RemovedFacts:
        """The same; gives what went, for `put_back`."""
        removed = RemovedFacts()

        def change(knowledge: Knowledge) -> Knowledge:
            nonlocal removed
            kept, removed = take_out(knowledge.facts, key, subject, value)
            return knowledge.model_copy(update={"facts": kept})

        await self.change_knowledge(project_id, change)
        return removed

    async def put_back(self, project_id: str, removed: RemovedFacts) -> None:
        """Each fact as it was, where it stood. Raises NotFound(`project_not_found`) and
        Conflict(`fact_there`) where what is known of the same thing was changed meanwhile."""

        def change(knowledge: Knowledge) -> Knowledge:
            return knowledge.model_copy(update={"facts": put_back(knowledge.facts, removed)})

        await self.change_knowledge(project_id, change)

    async def _change(
        self,
        project_id: str,
        key: str,
        subject: str,
        change: Callable[[list[Fact], list[FoundFact]], list[Fact]],
    ) -> FactsReport:
        findings = await self.projects.storage.get_findings(project_id)

        def change_facts(knowledge: Knowledge) -> Knowledge:
            rows = compare(knowledge.facts, findings)
            found = [
                f for row in rows if (row.key, row.subject) == (key, subject) for f in row.found
            ]
            facts = change(list(knowledge.facts), found)
            return knowledge.model_copy(update={"facts": tuple(facts)})

        await self.change_knowledge(project_id, change_facts)
        return await self.report(project_id)

    async def _save(self, project_id: str, knowledge: Knowledge, facts: Sequence[Fact]) -> None:
        if tuple(facts) != knowledge.facts:
            changed = knowledge.model_copy(
                update={"facts": tuple(facts), "updated_at": self.clock()}
            )
            await self.projects.save_knowledge(project_id, changed, etag=knowledge.etag)

    def _lock(self, project_id: str) -> asyncio.Lock:
        """Two people of one process do not undo each other's change."""
        lock = self._locks.get(project_id)
        if lock is None:
            lock = self._locks[project_id] = asyncio.Lock()
        return lock

    async def _read_in_turn(self, project: Project, urls: Sequence[str], until: datetime) -> None:
        try:
            await self._read(project, urls)
        finally:
            await self.projects.storage.end_reading(project.id, until, self.clock())

    def _require_own(self, project: Project, urls: Sequence[str]) -> None:
        for place, url in enumerate(urls):
            try:
                page = parse_page_url(url)
            except ValueError:
                page = None
            if page is None or find_site(project, page) is None:
                detail = "This is no page on a site of the project."
                fault = FieldError(f"urls.{place}", "page_not_on_site", detail)
                raise Invalid("page_not_on_site", "A page is not on the project's sites.", [fault])

    async def _read(self, project: Project, urls: Sequence[str]) -> None:
        before = await self.projects.storage.get_findings(project.id)
        known = {page.url: page for page in before.pages}
        own = list_pages(project, self.projects.environment)
        still = [url for url in known if _is_own(project, url)]
        wanted = list(dict.fromkeys([*urls, *own, *still]))[:MAX_PAGES]
        pages = [await self._read_page(project, url, known.get(url)) for url in wanted]
        findings = Findings(project_id=project.id, pages=tuple(pages), tried_at=self.clock())
        await self.projects.storage.save_findings(project.id, findings)
        await self._take_over(project, findings)

    async def _read_page(
        self, project: Project, url: str, before: PageFindings | None
    ) -> PageFindings:
        was = before or PageFindings(url=url, tried_at=self.clock())
        try:
            page = await self.fetcher.fetch(url, etag=was.etag, last_modified=was.last_modified)
        except FetchError as error:
            return was.model_copy(update={"tried_at": self.clock(), "fault": error.reason[:300]})
        at = self.clock()
        if not _is_own(project, page.url):
            # Whoever can redirect a page must not speak for the project from somewhere else.
            fault = f"It leads to {_without_query(page.url)}, which is on no site of the project."
            return was.model_copy(update={"tried_at": at, "fault": fault[:300]})
        if page.is_unchanged:
            return was.model_copy(update={"tried_at": at, "read_at": at, "fault": ""})
        detection = await asyncio.to_thread(_detect, page, at)
        if detection.kind is not PageKind.PROPERTY:
            return was.model_copy(update={"tried_at": at, "fault": detection.reason[:300]})
        return PageFindings(
            url=url,
            detection=detection,
            read_at=at,
            tried_at=at,
            etag=page.etag,
            last_modified=page.last_modified,
        )

    async def _take_over(self, project: Project, findings: Findings) -> None:
        """Approve by the project's own rule what needs nobody to look at it."""
        if project.facts_mode not in {FactsMode.APPROVE, FactsMode.OVERRIDE}:
            return
        async with self._lock(project.id):
            knowledge = await self.projects.storage.get_knowledge(project.id)
            facts = list(knowledge.facts)
            for row in compare(knowledge.facts, findings):
                overrides = (
                    project.facts_mode is FactsMode.OVERRIDE and row.change is Change.CHANGED
                )
                by_hand = any(fact.state is FactState.OVERRIDDEN for fact in row.known)
                if row.change is not Change.NEW and not (overrides and not by_hand):
                    continue
                for one in row.found:
                    if one.confidence >= TRUSTED and not _is_rejected(row, one):
                        facts = put(facts, fact_of(row.key, row.subject, one))
                        break
            await self._save(project.id, knowledge, facts[:MAX_FACTS])


def list_pages(project: Project, environment: Environment) -> list[str]:
    """Where a project's own sites begin; a wildcard's pages are not known."""
    scheme = "https" if environment is Environment.PRODUCTION else "http"
    return [
        f"{scheme}://{site.host}{site.path_prefix}"
        for site in project.sites
        if not site.by_hand and not site.host.startswith("*")
    ][:MAX_PAGES]


def _detect(page: FetchedPage, at: datetime) -> Detection:
    return detect_html(page.text, page.url, at.date(), page.status_code)


def _is_own(project: Project, url: str) -> bool:
    try:
        return find_site(project, parse_page_url(url)) is not None
    except ValueError:
        return False


def _without_query(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]


def _is_rejected(row: FactRow, found: FoundFact) -> bool:
    return any(
        fact.state is FactState.REJECTED and says_same(row.key, fact.value, found)
        for fact in row.known
    )


def _state(page: PageFindings) -> PageState:
    found = page.detection
    return PageState(
        url=page.url,
        title=found.title if found else "",
        reason=found.reason if found else "",
        fault=page.fault,
        read_at=page.read_at,
        tried_at=page.tried_at,
        missing=found.missing if found else (),
    )
