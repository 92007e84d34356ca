"""What is measured: Frontdesk and the floor, each in a process of its own, and their requests."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from tests.support.server import Server, wait_until

from bench.load import Request
from frontdesk.projects.model import Fact, Knowledge, Project, Site
from frontdesk.storage.sqlite.engine import SqliteStorage

ORIGIN = "https://project-1.example"
# As many as people: one that went on for hundreds of messages would be refused.
CONVERSATIONS = 200
SAVED_AT_ONCE = 200
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
GARDEN = Fact(key="amenities", value="a garden, a pool and a long walk along the lake below")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is measured: where it listens, its process, and how each request is made."""

    name: str
    port: int
    pid: int
    requests: dict[str, Callable[[], Request]]


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def resident_megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(frozen=True, slots=True)
class Started:
    port: int
    pid: int


@contextmanager
def run_uvicorn(app: str, folder: Path, **env: str) -> Iterator[Started]:
    log = folder / f"{app.partition(':')[0]}.log"
    command = [sys.executable, "-m", "uvicorn", app, "--port", "0", "--no-access-log"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env={**os.environ, **env}, stderr=output)
    try:
        wait_until(lambda: "running on" in log.read_text(), f"{app} to listen")
        address = log.read_text().partition("running on ")[2].split()[0]
        yield Started(int(address.rpartition(":")[2]), process.pid)
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def start_floor(folder: Path, model_port: int) -> Iterator[Subject]:
    with run_uvicorn(
        "bench.floor:app",
        folder,
        BENCH_DATABASE=str(folder / "floor.db"),
        BENCH_MODEL_URL=f"http://127.0.0.1:{model_port}/",
    ) as started:
        chat = json.dumps({"text": "Is there a garden?"}).encode()
        lead = lambda: Request("POST", "/v1/leads", {}, lead_body())  # noqa: E731
        tell = lambda: Request("POST", "/v1/events", {}, event_batch())  # noqa: E731
        yield Subject(
            "floor",
            started.port,
            started.pid,
            {
                "widget settings": lambda: Request("GET", "/v1/widget", {}),
                "lead": lead,
                "lead, 64 callers": lead,
                "events, 10 a batch": tell,
                "chat, 20 model tokens": lambda: Request("POST", "/v1/chat", {}, chat),
            },
        )


@contextmanager
def start_ours(folder: Path, model_port: int | None, project_count: int) -> Iterator[Subject]:
    """With so many projects; without a model where there is no port of one."""
    with start_server(folder, model_port, project_count) as server:
        talks = itertools.cycle([start_conversation(server.port) for _ in range(CONVERSATIONS)])

        def ask() -> Request:
            return message_of(*next(talks))

        def leave_number() -> Request:
            headers = {"origin": ORIGIN, "idempotency-key": uuid.uuid4().hex}
            return Request("POST", "/v1/leads", headers, lead_body())

        yield Subject(
            "ours",
            server.port,
            server.pid,
            {
                "widget settings": lambda: Request(
                    "GET", "/v1/widget?host=project-1.example", {"origin": ORIGIN}
                ),
                "lead": leave_number,
                "lead, 64 callers": leave_number,
                "events, 10 a batch": lambda: Request(
                    "POST", "/v1/events", {"origin": ORIGIN}, event_batch()
                ),
                "chat, 20 model tokens": ask,
            },
        )


@contextmanager
def start_server(folder: Path, model_port: int | None, project_count: int) -> Iterator[Server]:
    ours = folder / f"ours-{uuid.uuid4().hex[:8]}"
    ours.mkdir()
    asyncio.run(save_projects(ours / "frontdesk.db", project_count))
    model = {
        "GEMINI_API_KEY": "bench",
        "GEMINI_BASE_URL": f"http://127.0.0.1:{model_port}",
    }
    with Server(ours, {"RATE_LIMIT": "false", **(model if model_port else {})}) as server:
        yield server


async def save_projects(path: Path, count: int) -> None:
    storage = SqliteStorage(path)
    await storage.open()
    at = datetime.now(UTC)
    for start in range(0, count, SAVED_AT_ONCE):
        numbers = range(start, min(count, start + SAVED_AT_ONCE))
        await asyncio.gather(*(save_project(storage, number, at) for number in numbers))
    await storage.close()


async def save_project(storage: SqliteStorage, number: int, at: datetime) -> None:
    project = Project(
        id=f"project-{number}",
        name=f"Project {number}",
        sites=(Site(host=f"project-{number}.example"),),
        created_at=at,
        updated_at=at,
    )
    await storage.save_project(project.id, project)
    await storage.save_knowledge(project.id, Knowledge(facts=(GARDEN,), updated_at=at))


def start_conversation(port: int) -> tuple[str, dict[str, str]]:
    """Where its messages go, and the headers that they need."""
    reply = httpx2.post(
        f"http://127.0.0.1:{port}/v1/conversations",
        json={"project": "project-1", "page": {"url": f"{ORIGIN}/", "title": ""}},
        headers={"origin": ORIGIN},
    ).raise_for_status()
    conversation = reply.json()
    headers = {"origin": ORIGIN, "authorization": f"Bearer {conversation['token']}"}
    return f"/v1/conversations/{conversation['id']}/messages", headers


def message_of(path: str, headers: dict[str, str]) -> Request:
    message = {"id": f"m_{uuid.uuid4().hex}", "text": "Is there a garden?"}
    return Request("POST", path, headers, json.dumps(message).encode())


def lead_body() -> bytes:
    number = f"98{uuid.uuid4().int % 10**8:08d}"
    return json.dumps(
        {
            "project": "project-1",
            "page": {"url": f"{ORIGIN}/", "title": "Project 1"},
            "name": "Asha Rao",
            "phone": {"number": number, "country": "IN"},
            "interest": "visit",
            "consent": {"given": True, "version": "1"},
        }
    ).encode()


def event_batch() -> bytes:
    kinds = ["loaded", "seen", "opened", "closed", "form_shown", "form_started", "sent"]
    kinds += ["asked", "answered", "failed"]
    events = [{"id": uuid.uuid4().hex, "kind": kind, "milliseconds_ago": 900} for kind in kinds]
    return json.dumps({"project": "project-1", "path": "/plans", "events": events}).encode()
