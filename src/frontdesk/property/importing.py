"""Bringing knowledge into a project from a file, or from a page of its own site."""

from frontdesk.errors import FieldError, Invalid
from frontdesk.projects.addresses import parse_page_url
from frontdesk.projects.model import KnowledgeDetails
from frontdesk.projects.resolve import find_site
from frontdesk.projects.service import Projects
from frontdesk.property.fetching import FetchError, PageFetcher
from frontdesk.property.knowledge_file import (
    KnowledgeFault,
    KnowledgeReport,
    merge_knowledge,
    read_knowledge,
    read_page,
)


async def import_knowledge(
    projects: Projects, project_id: str, text: str, name: str, *, dry_run: bool = False
) -> KnowledgeReport:
    """Add what a file has (docs/guide/knowledge.md); what it does not name stays.

    All of it is checked first; with any fault nothing is stored. Raises
    NotFound(`project_not_found`).
    """
    details, faults = read_knowledge(text, name)
    return await _store(projects, project_id, details, faults, dry_run=dry_run)


async def import_page(
    projects: Projects, fetcher: PageFetcher, project_id: str, url: str, *, dry_run: bool = False
) -> KnowledgeReport:
    """The questions and answers of a page on one of the project's sites. Raises as `fetch_own`."""
    details, faults = read_page(await fetch_own(projects, fetcher, project_id, url))
    return await _store(projects, project_id, details, faults, dry_run=dry_run)


async def fetch_own(projects: Projects, fetcher: PageFetcher, project_id: str, url: str) -> str:
    """The text of a page on one of the project's sites.

    Raises NotFound(`project_not_found`), Invalid(`page_not_on_site`) and Invalid(`page_not_read`).
    """
    project = await projects.storage.get_project(project_id)
    try:
        is_own = find_site(project, parse_page_url(url)) is not None
    except ValueError:
        is_own = False
    if not is_own:
        fault = FieldError("url", "page_not_on_site", "This is no page on a site of the project.")
        raise Invalid("page_not_on_site", "The page is not on the project's sites.", [fault])
    try:
        page = await fetcher.fetch(url)
    except FetchError as error:
        raise Invalid("page_not_read", error.reason) from None
    if page.status_code != 200:
        raise Invalid("page_not_read", f"The site answered with {page.status_code}.")
    return page.text


async def _store(
    projects: Projects,
    project_id: str,
    details: KnowledgeDetails,
    faults: list[KnowledgeFault],
    *,
    dry_run: bool,
) -> KnowledgeReport:
    known = await projects.storage.get_knowledge(project_id)
    if faults:
        return KnowledgeReport(faults=tuple(faults))
    merged, report = merge_knowledge(known, details)
    if not dry_run and (report.added or report.changed):
        knowledge = known.model_copy(update={**dict(merged), "updated_at": projects.clock()})
        await projects.save_knowledge(project_id, knowledge)
    return report
