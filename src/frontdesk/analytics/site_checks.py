"""Checking a site on demand: its page is fetched and looked through."""

from dataclasses import dataclass

from frontdesk.analytics.page_check import Finding, Level, ServedPage, check_page
from frontdesk.analytics.sites import SiteReport, report_sites
from frontdesk.clock import Clock
from frontdesk.errors import FieldError, Invalid
from frontdesk.model import Model, Scope
from frontdesk.outbound.client import Outbound
from frontdesk.outbound.network import OutboundError
from frontdesk.projects.addresses import parse_page_url
from frontdesk.projects.model import Project
from frontdesk.projects.resolve import find_site
from frontdesk.property.fetching import read_text
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage

MAX_PAGE_BYTES = 2_000_000
TIMEOUT_SECONDS = 15.0
HEADERS = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}


class SiteCheck(Model):
    """What was found on the page at `url`, faults first."""

    url: str
    is_fine: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SiteChecks:
    """`our_url` is where browsers reach this installation.

    robots.txt is not asked: a person asks for one page of their own.
    """

    storage: Storage
    outbound: Outbound
    clock: Clock
    our_url: str
    environment: Environment = Environment.PRODUCTION

    async def list(self, scope: Scope, project_id: str) -> list[SiteReport]:
        """Raises NotFound(`project_not_found`)."""
        project = await self._get(scope, project_id)
        return await report_sites(self.storage, [project], self.clock(), self.environment)

    async def check(self, scope: Scope, project_id: str, url: str) -> SiteCheck:
        """Fetch a page of one of the project's sites, and say what is wrong with its tag.

        Raises NotFound(`project_not_found`) and Invalid(`not_on_site`).
        """
        project = await self._get(scope, project_id)
        try:
            site = find_site(project, parse_page_url(url))
        except ValueError:
            site = None
        if site is None:
            detail = "Write the address of a page on one of the project's sites, with https://."
            raise Invalid("not_on_site", detail, [FieldError("url", "not_on_site", detail)])
        try:
            fetched = await self.outbound.fetch(
                url, max_bytes=MAX_PAGE_BYTES, timeout_seconds=TIMEOUT_SECONDS, headers=HEADERS
            )
        except OutboundError as error:
            detail = f"The page cannot be reached. {error}"
            unreachable = Finding(level=Level.FAULT, code="unreachable", detail=detail)
            return SiteCheck(url=url, is_fine=False, findings=(unreachable,))
        text = read_text(fetched.body, fetched.headers.get("content-type", "").lower())
        page = ServedPage(fetched.url, fetched.status_code, fetched.headers, text)
        findings = check_page(project, page, self.our_url, by_hand=site.by_hand)
        findings.sort(key=lambda finding: finding.level is not Level.FAULT)
        is_fine = all(finding.level is not Level.FAULT for finding in findings)
        return SiteCheck(url=fetched.url, is_fine=is_fine, findings=tuple(findings))

    async def _get(self, scope: Scope, project_id: str) -> Project:
        scope.require(project_id)
        return await self.storage.get_project(project_id)
