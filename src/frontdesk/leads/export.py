"""Leads to take away: CSV and XLSX, by the page, so that a million need no more memory than ten."""

import tempfile
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from frontdesk.clock import format_instant
from frontdesk.leads.model import Lead, LeadFilter
from frontdesk.model import Period, Scope
from frontdesk.storage.base import LeadStorage
from frontdesk.web.spreadsheets import write_csv_row

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "received",
    "name",
    "phone",
    "email",
    "project",
    "status",
    "assignee",
    "interest",
    "note",
    "configuration",
    "budget",
    "timeline",
    "purpose",
    "visit_at",
    "call_at",
    "summary",
    "enquiries",
    "consent",
    "page",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "gclid",
    "fbclid",
    "id",
)
_PAGE = 200
_CHUNK_BYTES = 65_536
_XLSX_ROWS = 1_048_575  # what a sheet holds, below its heading


async def write_csv(
    storage: LeadStorage, scope: Scope, fits: LeadFilter, created: Period
) -> AsyncIterator[bytes]:
    # The mark tells Excel that it is UTF-8; others pass it over.
    yield "\ufeff".encode() + write_csv_row(COLUMNS)
    async for leads in _pages(storage, scope, fits, created):
        yield b"".join(write_csv_row(cells_of(lead)) for lead in leads)


async def write_xlsx(
    storage: LeadStorage, scope: Scope, fits: LeadFilter, created: Period
) -> AsyncIterator[bytes]:
    """Every cell is text: nothing is a formula, and no number loses its plus sign."""
    import xlsxwriter  # here, because few ask for it and every start would pay

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.xlsx"
        book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False},
        )
        sheet = book.add_worksheet("Leads")
        row = 0
        for column, name in enumerate(COLUMNS):
            sheet.write_string(row, column, name)
        async for leads in _pages(storage, scope, fits, created):
            for lead in leads:
                row += 1
                if row > _XLSX_ROWS:
                    break
                for column, text in enumerate(cells_of(lead)):
                    sheet.write_string(row, column, text[:32_767])
        book.close()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk


def cells_of(lead: Lead) -> list[str]:
    """In the order of COLUMNS; of several enquiries the newest is told."""
    enquiry = lead.enquiries[-1]
    wanted, source = enquiry.qualification, enquiry.attribution
    return [
        format_instant(lead.created_at),
        lead.name,
        lead.phone,
        lead.email or "",
        lead.project_id,
        lead.status,
        lead.assignee_id or "",
        enquiry.interest,
        enquiry.note,
        wanted.configuration or "",
        wanted.budget or "",
        wanted.timeline or "",
        wanted.purpose or "",
        format_instant(wanted.visit_at) if wanted.visit_at else "",
        wanted.call_at or "",
        enquiry.summary,
        str(len(lead.enquiries)),
        "yes" if enquiry.consent.given else "no",
        enquiry.page_url,
        source.utm_source or "",
        source.utm_medium or "",
        source.utm_campaign or "",
        source.gclid or "",
        source.fbclid or "",
        lead.id,
    ]


async def _pages(
    storage: LeadStorage, scope: Scope, fits: LeadFilter, created: Period
) -> AsyncIterator[Iterable[Lead]]:
    after = None
    while True:
        page = await storage.list_leads(scope, fits=fits, created=created, after=after, limit=_PAGE)
        yield page.items
        after = page.next_cursor
        if after is None:
            return
