"""Frontdesk's server figures beside its goals, and beside the floor (`bench/floor.py`).

Wall-clock figures on a shared machine say little; the CPU time of the server's own process per
request, and the ratio within a round, are the figures to keep.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
from tests.support.server import Server

from bench import leads, widget
from bench.load import Load, run_load
from bench.raw_commit import rows_a_second
from bench.streams import open_streams
from bench.subjects import (
    Subject,
    cpu_seconds,
    resident_megabytes,
    run_uvicorn,
    start_conversation,
    start_floor,
    start_ours,
    start_server,
)

GOALS = {
    "widget settings": "CPU 2.5x, share 70%",
    "lead": "share 50%",
    "lead, 64 callers": "15% of raw group commit",
    "events, 10 a batch": "share 60%",
    "chat, 20 model tokens": "share 60%",
}
CONNECTIONS = {"chat, 20 model tokens": 8, "lead, 64 callers": 64}
SENTENCE_SECONDS = 2.0
RAMP_SECONDS = 9.0
FEW, MANY = 10, 10_000


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
    options.add_argument("--streams", type=int, default=500)
    options.add_argument(
        "--only",
        default="",
        help="one part: floor, start, answer, streams, projects, widget, leads",
    )
    options.add_argument("--leads", type=int, default=1_000_000)
    options.add_argument("--keep", type=Path, help="a folder to keep the file of leads in")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: dict[str, Callable[[], None]] = {
            "floor": lambda: beside_the_floor(folder, chosen),
            "start": lambda: start_and_memory(folder, chosen.projects),
            "answer": lambda: answer_without_model(folder, chosen),
            "streams": lambda: many_streams(folder, chosen.streams),
            "projects": lambda: few_and_many_projects(folder, chosen),
            "widget": lambda: widget.main(max(3, chosen.rounds)),
            "leads": lambda: leads.main(chosen.keep or folder, chosen.leads),
        }
        for part, measure_part in parts.items():
            if chosen.only in {"", part}:
                measure_part()


def beside_the_floor(folder: Path, chosen: argparse.Namespace) -> None:
    with ExitStack() as stack:
        model = stack.enter_context(run_uvicorn("bench.model:app", folder))
        floor = stack.enter_context(start_floor(folder, model.port))
        ours = stack.enter_context(start_ours(folder, model.port, chosen.projects))
        print(
            f"{chosen.projects} projects\n{'':24}{'ours/s':>9}{'floor/s':>9}{'share':>8}"
            f"{'ours µs':>10}{'floor µs':>10}{'CPU':>7}  goal"
        )
        for name in ours.requests:
            mine, bare = asyncio.run(compare([ours, floor], name, chosen.seconds, chosen.rounds))
            share = median(a.per_second / b.per_second for a, b in zip(mine, bare, strict=True))
            cpu = median(
                a.cpu_microseconds / b.cpu_microseconds for a, b in zip(mine, bare, strict=True)
            )
            print(
                f"{name:24}{median(f.per_second for f in mine):9.0f}"
                f"{median(f.per_second for f in bare):9.0f}{share:8.0%}"
                f"{median(f.cpu_microseconds for f in mine):10.0f}"
                f"{median(f.cpu_microseconds for f in bare):10.0f}{cpu:6.1f}x  {GOALS[name]}"
            )
            if name == "lead, 64 callers":
                raw = [
                    rows_a_second(folder, CONNECTIONS[name], chosen.seconds)
                    for _ in range(chosen.rounds)
                ]
                beside = median(f.per_second for f in mine) / median(raw)
                print(f"{'  of raw group commit':33}{median(raw):9.0f}{beside:8.0%}")


def start_and_memory(folder: Path, projects: int) -> None:
    with start_server(folder, None, projects) as server:
        again = Server(server.folder, {"RATE_LIMIT": "false"})
    started = time.perf_counter()
    with again:
        httpx2.get(f"{again.base_url}/v1/widget?host=project-1.example").raise_for_status()
        seconds = time.perf_counter() - started
        cpu, memory = cpu_seconds(again.pid), resident_megabytes(again.pid)
    print(f"start to first 200: {seconds:.1f} s, of them {cpu:.1f} s CPU (goal 2 s)")
    print(f"idle memory, retrieval loaded: {memory:.0f} MB (goal 150 MB)")


def answer_without_model(folder: Path, chosen: argparse.Namespace) -> None:
    with start_ours(folder, None, FEW) as ours:
        (found,) = asyncio.run(
            compare([ours], "chat, 20 model tokens", chosen.seconds, chosen.rounds)
        )
    cpu = median(figures.cpu_microseconds for figures in found) / 1000
    print(f"answer without a model, request and storage included: {cpu:.1f} ms CPU (goal 10 ms)")


def many_streams(folder: Path, count: int) -> None:
    with ExitStack() as stack:
        model = stack.enter_context(
            run_uvicorn("bench.model:app", folder, BENCH_MODEL_SECONDS=str(SENTENCE_SECONDS))
        )
        server = stack.enter_context(start_server(folder, model.port, FEW))
        talks = [start_conversation(server.port) for _ in range(count)]
        memory = resident_megabytes(server.pid)
        found = asyncio.run(
            open_streams(server.port, talks, interval=SENTENCE_SECONDS, over_seconds=RAMP_SECONDS)
        )
        kilobytes = (resident_megabytes(server.pid) - memory) * 1000 / count
    print(
        f"{found.opened} reply streams open in one process, {found.complete} complete: pieces late"
        f" by {found.median_ms:.0f} ms, p99 {found.p99_ms:.0f} ms (goal 500, p99 100 ms);"
        f" {kilobytes:.0f} kB each; a mere sleeper on this machine was {found.own_p99_ms:.0f} ms"
        " late at p99"
    )


def few_and_many_projects(folder: Path, chosen: argparse.Namespace) -> None:
    with ExitStack() as stack:
        few, many = (stack.enter_context(start_ours(folder, None, count)) for count in (FEW, MANY))
        for name in ("widget settings", "lead"):
            pair = asyncio.run(compare([few, many], name, chosen.seconds, chosen.rounds))
            ratio = median(
                b.cpu_microseconds / a.cpu_microseconds for a, b in zip(*pair, strict=True)
            )
            print(f"{name}, {MANY} projects beside {FEW}: {ratio:.2f}x CPU (goal 1x)")


async def compare(
    subjects: Sequence[Subject], name: str, seconds: float, rounds: int
) -> list[list[Figures]]:
    """For each subject its figures of every round; within a round they take turns."""
    found: list[list[Figures]] = [[] for _ in subjects]
    for _ in range(rounds):
        for figures, subject in zip(found, subjects, strict=True):
            figures.append(await measure(subject, name, seconds))
    refused = sum(figures.refused for one in found for figures in one)
    if refused:
        print(f"  {refused} requests were refused: these figures do not hold", file=sys.stderr)
    return found


async def measure(subject: Subject, name: str, seconds: float) -> Figures:
    before = cpu_seconds(subject.pid)
    load: Load = await run_load(
        subject.port,
        subject.requests[name],
        connections=CONNECTIONS.get(name, 32),
        seconds=seconds,
    )
    used = cpu_seconds(subject.pid) - before
    return Figures(load.answered / load.seconds, used / max(1, load.answered) * 1e6, load.refused)


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    main()
