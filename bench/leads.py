"""The leads that a salesperson works with, by the million: what each page and question costs.

The invented leads are made once for a file and kept where one is named, because a million take
minutes. CPU is the server process's own, over several requests one after the other.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from tests.support.server import Server

from bench.subjects import cpu_seconds, save_projects
from frontdesk.clock import format_instant
from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Lead
from frontdesk.storage.records import Record
from frontdesk.storage.sqlite.engine import SqliteStorage

PROJECTS = 1000
GROUP = 5000
GOAL_CPU_MS = 50
GOAL_KILOBYTES = 100
REPEATS = 10
EXPORTED = 100_000
FIRST_LEAD_AT = datetime(2025, 1, 1, tzinfo=UTC)
SECONDS_BETWEEN_LEADS = 40
DELIVERY_OF_EVERY = 2
_FIRST = (
    "Asha Rohan Meera Kabir Nandini Farhan Leela Dev Ishita Omkar Priya Sunil Tara Vikram "
    "Zoya Arjun Bhavna Chetan Divya Esha Gaurav Hema Irfan Jaya Kiran Lata Manish Neha "
    "Pooja Rahul "
)
_LAST = (
    "Rao Kulkarni Shah Menon Iyer Khan Das Patel Nair Singh Bose Joshi Gupta Reddy "
    "Fernandes Pillai "
)
FIRST_NAMES, LAST_NAMES = _FIRST.split(), _LAST.split()
RARE_NAME = "Xanthippe Quartermain"
STATUSES = ["new"] * 5 + ["contacted"] * 2 + ["qualified", "won", "lost"]
EMAIL, PASSWORD = "bench@example.com", "an invented password for the bench"


@dataclass(frozen=True, slots=True)
class Question:
    """A request, and what is expected of it; `headers` say who asks."""

    what: str
    path: str
    is_page: bool = True


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_ms: float
    wall_ms: float
    kilobytes: float


def main(folder: Path, count: int) -> None:
    path = folder / f"leads-{count}" / "frontdesk.db"
    if not path.exists():
        path.parent.mkdir(parents=True)
        asyncio.run(make_leads(path, count))
    with Server(path.parent, {"RATE_LIMIT": "false"}) as server:
        browser, program = sign_in(server), make_key(server)
        print(
            f"{count:,} leads of {PROJECTS:,} projects, {path.stat().st_size / 1e9:.1f} GB\n"
            f"{'':44}{'CPU ms':>8}{'wall ms':>9}{'kB':>7}  goal {GOAL_CPU_MS} ms,"
            f" {GOAL_KILOBYTES} kB a page"
        )
        for question in questions(program):
            client = browser if question.is_page else program
            cost = ask(server, client, question.path)
            missed = cost.cpu_ms > GOAL_CPU_MS or (
                question.is_page and cost.kilobytes > GOAL_KILOBYTES
            )
            print(
                f"{question.what:44}{cost.cpu_ms:8.1f}{cost.wall_ms:9.1f}{cost.kilobytes:7.1f}"
                f"{'  missed' if missed else ''}",
                flush=True,
            )
        take_away(server, program, count)


def questions(program: httpx2.Client) -> Iterator[Question]:
    page, api = "/dashboard/leads", "/v1/leads"
    newest = program.get(api).raise_for_status().json()["items"]
    lead, phone = newest[7], newest[7]["phone"]
    yield Question("overview", "/dashboard")
    yield Question("list", page)
    yield Question("list by API", api, is_page=False)
    yield Question("next page, half-way down", f"{page}?after={half_way(program)}")
    for what, query in {
        "of one project": f"project={lead['project_id']}",
        "status new": "status=new",
        "status won": "status=won",
        "with somebody who has a tenth": "assignee=member_1",
        "with somebody who has nothing": "assignee=member_none",
        "status won of one project": f"status=won&project={lead['project_id']}",
        "status won, with somebody": "status=won&assignee=member_1",
        "search: a letter": "search=a",
        "search: a common first name": "search=asha",
        "search: a common last name": "search=rao",
        "search: a whole common name": "search=asha+rao",
        "search: a rare name": "search=xanthippe",
        "search: nobody's name": "search=zzzz",
        "search: a whole number": f"search=%2B{phone[1:]}",
        "search: the country's code": "search=%2B91",
        "search: the number without its code": f"search={phone[3:]}",
        "search: two digits": f"search={phone[3:5]}",
        "search: a whole e-mail address": "search=rohan.rao.31%40mail.example",
        "search: how an e-mail address begins": "search=rohan.",
        "search: a common name of one project": f"search=asha&project={lead['project_id']}",
        "search: a common name, status won": "search=asha&status=won",
    }.items():
        yield Question(what, f"{page}?{query}")
        if what.startswith("search: a common first"):
            yield Question(f"{what}, by API", f"{api}?{query}", is_page=False)
    yield Question("since a month, by API", f"{api}?since=2026-01-01T00:00:00Z", is_page=False)
    yield Question("one lead", f"{page}/{lead['id']}")
    yield Question("one lead by API", f"{api}/{lead['id']}", is_page=False)
    yield Question("deliveries", "/dashboard/deliveries")
    yield Question("deliveries that failed", "/dashboard/deliveries?state=dead")
    yield Question("projects", "/dashboard/projects")


def half_way(program: httpx2.Client) -> str:
    """The cursor of a page in the middle of the list."""
    middle = program.get("/v1/leads?before=2025-06-01T00:00:00Z&limit=50").raise_for_status()
    return str(middle.json()["next_cursor"])


def ask(server: Server, client: httpx2.Client, path: str) -> Cost:
    """The same several times, after once to warm up."""
    client.get(path).raise_for_status()
    walls, size, before = [], 0, cpu_seconds(server.pid)
    for _ in range(REPEATS):
        started = time.perf_counter()
        size = len(client.get(path).raise_for_status().content)
        walls.append((time.perf_counter() - started) * 1000)
    cpu = (cpu_seconds(server.pid) - before) * 1000 / REPEATS
    return Cost(cpu, statistics.median(walls), size / 1000)


def take_away(server: Server, program: httpx2.Client, count: int) -> None:
    """The export as CSV of the newest: its first byte, and how fast the rest comes."""
    rows = min(count, EXPORTED)
    since = FIRST_LEAD_AT + timedelta(seconds=SECONDS_BETWEEN_LEADS * (count - rows))
    started, before = time.perf_counter(), cpu_seconds(server.pid)
    first, size = 0.0, 0
    query = {"since": format_instant(since)}
    with program.stream("GET", "/v1/leads/export", params=query, timeout=600) as reply:
        for chunk in reply.iter_bytes():
            first = first or time.perf_counter() - started
            size += len(chunk)
    seconds, cpu = time.perf_counter() - started, cpu_seconds(server.pid) - before
    print(
        f"export of {rows:,} as CSV: first byte after {first * 1000:.0f} ms,"
        f" {rows / seconds:,.0f} rows a second, {cpu / rows * 1e6:.0f} µs CPU a row,"
        f" {size / 1e6:.0f} MB"
    )


def sign_in(server: Server) -> httpx2.Client:
    added = server.run(
        "members", "add", EMAIL, "--name", "Bench", "--role", "owner", "--password-stdin",
        stdin=f"{PASSWORD}\n",
    )  # fmt: skip
    if added.returncode and "there is" not in added.stderr.lower():
        print(added.stderr, file=sys.stderr)
    browser = httpx2.Client(base_url=server.base_url, timeout=120)
    signed_in = browser.post(
        "/dashboard/sign-in",
        data={"email": EMAIL, "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert signed_in.status_code == 303, signed_in.status_code
    return browser


def make_key(server: Server) -> httpx2.Client:
    made = server.run("keys", "create", "bench", "--role", "owner")
    key = made.stdout.rpartition(" ")[2].strip()
    headers = {"Authorization": f"Bearer {key}"}
    return httpx2.Client(base_url=server.base_url, headers=headers, timeout=120)


async def make_leads(path: Path, count: int) -> None:
    """A file with so many leads, made by the engine's own act of importing, oldest first."""
    await save_projects(path, PROJECTS)
    storage = SqliteStorage(path)
    await storage.open()
    draw = random.Random(1)
    invent = inventor(draw)
    started = time.perf_counter()
    for start in range(0, count, GROUP):
        group = [invent(number) for number in range(start, min(count, start + GROUP))]
        await storage.import_records("leads", group)
        if start % 100_000 == 0:
            print(f"  {start:,} leads, {time.perf_counter() - started:.0f} s", file=sys.stderr)
    await storage.close()


def inventor(draw: random.Random) -> Callable[[int], Record]:
    """Makes the lead of a number. Read through the models once: they say what one looks like."""
    checked = False

    def invent(number: int) -> Record:
        nonlocal checked
        lead = lead_document(number, draw)
        deliveries = [delivery_document(lead, draw)] if number % DELIVERY_OF_EVERY == 0 else []
        if not checked:
            Lead.model_validate(lead)
            [Delivery.model_validate(delivery) for delivery in deliveries]
            checked = True
        content = {"document": lead, "captures": [], "deliveries": deliveries}
        return Record(id=lead["id"], content=content)

    return invent


def lead_document(number: int, draw: random.Random) -> dict[str, Any]:
    at = FIRST_LEAD_AT + timedelta(seconds=SECONDS_BETWEEN_LEADS * number)
    first, last = draw.choice(FIRST_NAMES), draw.choice(LAST_NAMES)
    name = f"{first} {last}" if number % 100_003 else RARE_NAME
    project = f"project-{int(draw.paretovariate(0.7)) % PROJECTS}"
    told = format_instant(at)
    status = draw.choice(STATUSES)
    history = [{"at": told, "author_id": "member_0", "author_name": "Bench", "status": status}]
    return {
        "id": f"lead_{int(at.timestamp() * 1000):012x}{draw.getrandbits(80):020x}",
        "project_id": project,
        "name": name,
        "phone": f"+9198{draw.randrange(10**8):08d}",
        "phone_country": "IN",
        "email": f"{first}.{last}.{number % 997}@mail.example".lower() if number % 3 else None,
        "status": status,
        "assignee_id": f"member_{number % 10}" if number % 5 else None,
        "enquiries": [
            {
                "id": f"enquiry_{number:032x}",
                "at": told,
                "interest": draw.choice(["price", "visit", "call", "brochure"]),
                "note": "Is the east-facing one on a high floor still free?",
                "page_url": f"https://{project}.example/plans",
                "conversation_id": None,
                "consent": {
                    "given": True,
                    "version": "1",
                    "text": "I agree to be called about this project. Data is kept for two years.",
                    "at": told,
                },
                "attribution": {"utm_source": "search", "utm_campaign": "launch", "first": None},
                "qualification": {"configuration": "3 BHK", "budget": "up to ₹1.5 crore"},
                "summary": "Wants a 3 BHK.\nBudget up to ₹1.5 crore.\nNext: call back.",
            }
        ],
        "notes": [],
        "history": history if status != "new" else [],
        "created_at": told,
        "updated_at": told,
        "version": 0,
        "merged_into": None,
    }


def delivery_document(lead: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    state = draw.choices(["delivered", "dead"], [97, 3])[0]
    outcome = "delivered" if state == "delivered" else "permanent"
    attempt = {
        "number": 1,
        "started_at": lead["created_at"],
        "finished_at": lead["created_at"],
        "outcome": outcome,
        "status_code": 200 if state == "delivered" else 422,
        "reason": "It was taken." if state == "delivered" else "The CRM refused it.",
        "response": json.dumps({"ok": state == "delivered"}),
    }
    return {
        "id": lead["id"].replace("lead_", "delivery_"),
        "project_id": lead["project_id"],
        "lead_id": lead["id"],
        "enquiry_id": lead["enquiries"][0]["id"],
        "destination_id": "crm",
        "state": state,
        "created_at": lead["created_at"],
        "due_at": None,
        "attempts": [attempt],
        "claims": 1,
    }
