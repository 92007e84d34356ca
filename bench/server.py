"""Ours beside the floor on the hot requests, interleaved, as ratios.

Wall-clock figures on a shared machine say little; the CPU time of the server's own process per
request, and the ratio within a round, are the figures to keep.
"""

import argparse
import asyncio
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from tests.support.server import Server, wait_until

from bench.load import Load, Request, run_load

ORIGIN = "https://project-1.example"
# As many as people: one that went on for hundreds of messages would be refused.
CONVERSATIONS = 200
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is measured: where it listens, its process, and how each request is made."""

    name: str
    port: int
    pid: int
    requests: dict[str, Callable[[], Request]]


@dataclass(frozen=True, slots=True)
class Figures:
    per_second: float
    cpu_microseconds: float
    refused: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=2.0)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--projects", type=int, default=1000)
    options.add_argument("--only", default="", help="part of the requests' names")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        model = stack.enter_context(run_uvicorn("bench.model:app", Path(folder)))
        floor = stack.enter_context(start_floor(Path(folder), model.port))
        ours = stack.enter_context(start_ours(Path(folder), model.port, chosen.projects))
        print(f"{chosen.projects} projects; idle memory {resident_megabytes(ours.pid):.0f} MB")
        names = [name for name in ours.requests if chosen.only in name]
        asyncio.run(compare(ours, floor, names, chosen.seconds, chosen.rounds))


async def compare(
    ours: Subject, floor: Subject, names: Sequence[str], seconds: float, rounds: int
) -> None:
    print(
        f"{'':24}{'ours/s':>9}{'floor/s':>9}{'share':>8}{'ours µs':>10}{'floor µs':>10}{'CPU':>7}"
    )
    for name in names:
        connections = {"chat": 8, "lead, 64 callers": 64}.get(name, 32)
        pairs = [
            [await measure(subject, name, connections, seconds) for subject in (ours, floor)]
            for _ in range(rounds)
        ]
        mine, bare = ([pair[i] for pair in pairs] for i in (0, 1))
        share = median(ours.per_second / floor.per_second for ours, floor in pairs)
        cpu = median(ours.cpu_microseconds / floor.cpu_microseconds for ours, floor in pairs)
        print(
            f"{name:24}{median(f.per_second for f in mine):9.0f}"
            f"{median(f.per_second for f in bare):9.0f}{share:8.0%}"
            f"{median(f.cpu_microseconds for f in mine):10.0f}"
            f"{median(f.cpu_microseconds for f in bare):10.0f}{cpu:6.1f}x"
        )
        refused = sum(figures.refused for figures in mine + bare)
        if refused:
            print(f"  {refused} requests were refused: these figures do not hold", file=sys.stderr)


def median(values: Iterator[float]) -> float:
    return statistics.median(values)


async def measure(subject: Subject, name: str, connections: int, seconds: float) -> Figures:
    before = cpu_seconds(subject.pid)
    load: Load = await run_load(
        subject.port, subject.requests[name], connections=connections, seconds=seconds
    )
    used = cpu_seconds(subject.pid) - before
    return Figures(load.answered / load.seconds, used / max(1, load.answered) * 1e6, load.refused)


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
def start_ours(folder: Path, model_port: int, project_count: int) -> Iterator[Subject]:
    ours = folder / "ours"
    ours.mkdir()
    projects = ours / "projects.json"
    projects.write_text(json.dumps({"projects": [describe(n) for n in range(project_count)]}))
    server = Server(
        ours,
        {
            "RATE_LIMIT": "false",
            "GEMINI_API_KEY": "bench",
            "GEMINI_BASE_URL": f"http://127.0.0.1:{model_port}",
        },
    )
    server.run("projects", "import", str(projects)).check_returncode()
    with server:
        talks = itertools.cycle([start_conversation(server) for _ in range(CONVERSATIONS)])

        def ask() -> Request:
            path, bearer = next(talks)
            message = {"id": f"m_{uuid.uuid4().hex}", "text": "Is there a garden?"}
            return Request("POST", path, bearer, json.dumps(message).encode())

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


def start_conversation(server: Server) -> tuple[str, dict[str, str]]:
    """Where its messages go, and the headers that they need."""
    reply = httpx2.post(
        f"{server.base_url}/v1/conversations",
        json={"project": "project-1", "page": {"url": f"{ORIGIN}/", "title": ""}},
        headers={"origin": ORIGIN},
    ).raise_for_status()
    conversation = reply.json()
    headers = {"origin": ORIGIN, "authorization": f"Bearer {conversation['token']}"}
    return f"/v1/conversations/{conversation['id']}/messages", headers


def describe(number: int) -> dict[str, object]:
    return {
        "id": f"project-{number}",
        "name": f"Project {number}",
        "sites": [f"project-{number}.example"],
        "facts": [{"key": "amenities", "value": "a garden, a pool and a walk along the lake"}],
    }


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


if __name__ == "__main__":
    main()
