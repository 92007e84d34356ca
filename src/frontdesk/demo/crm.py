"""The demo CRM: takes leads as JSON, shows them, and can be made to misbehave.

It knows nothing of Frontdesk. Any JSON object posted to `/leads` is a lead; one with an
`Idempotency-Key` that is known already gets the record that is there. The page at `/` shows what
came and has the switch.
"""

import asyncio
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from frontdesk.demo.crm_log import CrmLog, Receipt
from frontdesk.model import Model

PAGE = Path(__file__).parent / "crm_page"
SHOWN = 200
RETRY_AFTER_SECONDS = 5
HANG_SECONDS = 60.0

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
}

# Each customer of a CRM names the fields differently, and sets them up in a list like this one.
# A dot goes into an object, a plus puts two fields together.
COLUMNS = {
    "project": ("project_id", "Project_Code", "lead.project", "project"),
    "name": ("name", "First_Name+Last_Name", "contact.full_name", "person.name"),
    "phone": ("phone", "Mobile", "contact.isd+contact.mobile", "person.phone"),
    "interest": ("interest", "Enquiry_Type", "lead.requirement", "wants"),
}

JsonObject = TypeAdapter(dict[str, Any])


class Mode(StrEnum):
    """How the next lead is answered."""

    ACCEPT = "accept"
    FAIL = "fail"  # 500, nothing kept
    LIMIT = "limit"  # 429 with Retry-After, nothing kept
    HANG = "hang"  # nothing kept, and no reply
    DROP = "drop"  # kept, and no reply all the same


class Switch(Model):
    mode: Mode


class Row(Model):
    """A record as the page shows it. `attempt` is the try that brought it, by the CRM's count."""

    id: str
    at: str
    columns: dict[str, str]
    attempt: int
    repeats: Annotated[int, Field(description="How often the same came again.")]
    body: dict[str, Any]


def crm_app(log: CrmLog) -> Starlette:
    """The CRM as an application of its own, with its page at `/`."""
    switch = Switch(mode=Mode.ACCEPT)

    async def take_lead(request: Request) -> Response:
        try:
            body = JsonObject.validate_json(await request.body())
        except ValidationError:
            return JSONResponse({"error": "Send a JSON object."}, 400)
        key = request.headers.get("idempotency-key")
        mode = switch.mode
        if mode in (Mode.ACCEPT, Mode.DROP):
            receipt, is_new = log.keep(key, body)
            if mode is Mode.DROP:
                return await _stay_silent(request)
            return JSONResponse({"id": receipt.id, "duplicate": not is_new}, 201 if is_new else 200)
        log.turn_away(key)
        if mode is Mode.FAIL:
            return JSONResponse({"error": "The database is on fire. Try later."}, 500)
        if mode is Mode.LIMIT:
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            return JSONResponse({"error": "Too many requests."}, 429, headers)
        return await _stay_silent(request)

    async def show_state(_: Request) -> Response:
        rows = [_make_row(log, receipt) for receipt in log.newest(SHOWN)]
        return JSONResponse(
            {
                "mode": switch.mode,
                "kept": log.kept,
                "outside": log.outside,
                "rows": [row.model_dump() for row in rows],
            },
            headers={"Cache-Control": "no-store"},
        )

    async def change_mode(request: Request) -> Response:
        nonlocal switch
        try:
            switch = Switch.model_validate_json(await request.body())
        except ValidationError:
            return JSONResponse({"error": f"The mode is one of {', '.join(Mode)}."}, 400)
        return Response(status_code=204)

    async def show_page(_: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)

    return Starlette(
        routes=[
            Route("/", show_page),
            Route("/leads", take_lead, methods=["POST"]),
            Route("/state", show_state),
            # PUT, so that a page elsewhere cannot flip it: a browser asks first, and gets no leave.
            Route("/mode", change_mode, methods=["PUT"]),
            Mount("/files", StaticFiles(directory=PAGE)),
        ]
    )


async def _stay_silent(request: Request) -> Response:
    """Let the caller wait until it gives up."""
    with suppress(TimeoutError):
        # The body is read, so the next message is that the caller has gone.
        await asyncio.wait_for(request.receive(), HANG_SECONDS)
    return Response(status_code=504)


def _make_row(log: CrmLog, receipt: Receipt) -> Row:
    return Row(
        id=receipt.id,
        at=receipt.model_dump(mode="json")["at"],
        columns={column: _read_first(receipt.body, names) for column, names in COLUMNS.items()},
        attempt=receipt.attempt,
        repeats=log.repeats(receipt.id),
        body=receipt.body,
    )


def _read_first(body: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        parts = [_read(body, path) for path in name.split("+")]
        if any(parts):
            return " ".join(part for part in parts if part)
    return ""


def _read(body: object, path: str) -> str:
    for step in path.split("."):
        body = body.get(step) if isinstance(body, dict) else None
    return body if isinstance(body, str) else ""
