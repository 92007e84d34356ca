"""The faults of `tests/faults`, long: `script/faults` prints a table of what was survived.

    script/faults [--kills 1000] [--leads 10000] [--outage-kills 20] [--only kills,outage,…]

Each row is one promise of "Nothing lost"; it is `ok` with its figures, `SKIPPED` with what the
machine does not allow, or `FAILED` with what was lost. The exit code is 1 where one failed.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import pytest

from frontdesk.clock import system_clock
from tests.faults.support.place import Place, sqlite_place
from tests.faults.support.progress import say_now_and_then
from tests.faults.test_disk import FAULTS, survive_disk, watch
from tests.faults.test_fairness import compare
from tests.faults.test_kill_during_leads import survive_kills
from tests.faults.test_mongo_restart import survive_restarts
from tests.faults.test_outage import outlast
from tests.faults.test_redis_restart import survive_redis
from tests.faults.test_same_key import TIMES, survive_same_key
from tests.support import crm as crm_module
from tests.support.crm import ScriptedCrm, run_crm
from tests.support.mongo import MongoServer

PATIENCE_SECONDS = 600.0
Scenario = Callable[[Path, ScriptedCrm], Awaitable[str]]


@dataclass(frozen=True)
class Amounts:
    kills: int
    leads: int
    outage_kills: int


def list_scenarios(amounts: Amounts) -> dict[str, tuple[str, Scenario]]:
    """What `--only` calls it, what it promises, and what tries it and tells its figures."""

    def on(engine: str, run: Callable[[Place, ScriptedCrm], Awaitable[str]]) -> Scenario:
        async def run_there(folder: Path, crm: ScriptedCrm) -> str:
            if engine == "sqlite":
                return await run(sqlite_place(folder), crm)
            with MongoServer(folder) as mongo:
                return await run(Place(engine, f"{mongo.url}/frontdesk", folder), crm)

        return run_there

    async def kills(place: Place, crm: ScriptedCrm) -> str:
        crowd = await survive_kills(
            place, crm, amounts.kills, say_now_and_then(f"kills-{place.engine}")
        )
        ready = sorted(crowd.ready_seconds)
        slow = quantiles(ready, n=20)[-1] if len(ready) > 1 else ready[0]
        return (
            f"{amounts.kills} kills, {len(crowd.acknowledged)} leads, {crowd.cut_off} forms cut "
            f"off; ready again in {ready[len(ready) // 2]:.2f} s, p95 {slow:.2f}, "
            f"longest {ready[-1]:.2f}"
        )

    async def outage(place: Place, crm: ScriptedCrm) -> str:
        say = say_now_and_then(f"outage-{place.engine}")
        sent = await outlast(place, crm, amounts.leads, amounts.outage_kills, steps=24, say=say)
        return (
            f"{amounts.leads} leads, 72 h, {amounts.outage_kills} kills: "
            f"one record each by {sent} requests"
        )

    async def fairness(folder: Path, crm: ScriptedCrm) -> str:
        quiet_folder, burdened_folder = folder / "quiet", folder / "burdened"
        quiet_folder.mkdir()
        burdened_folder.mkdir()
        places = sqlite_place(quiet_folder), sqlite_place(burdened_folder)
        rows = await compare(*places, crm, waiting=200, leads=400)
        first, again, among = (quantiles(times, n=20)[-1] for times in zip(*rows, strict=True))
        quiet = quantiles([time for row in rows for time in row[:2]], n=20)[-1]
        assert among <= quiet * 1.2, f"p95 {quiet * 1000:.1f} ms alone, {among * 1000:.1f} beside"
        return (
            f"p95 to delivery {quiet * 1000:.1f} ms alone, {among * 1000:.1f} ms beside a dead "
            f"one: {(among / quiet - 1) * 100:+.0f} %; alone against alone: "
            f"{(again / first - 1) * 100:+.0f} %"
        )

    async def same_key(place: Place, crm: ScriptedCrm) -> str:
        await survive_same_key(place, crm)
        return f"{TIMES} at once: one lead; another body: 422"

    async def order(place: Place, crm: ScriptedCrm) -> str:
        await watch(place, crm)
        return "each 201 after a completed sync by the writer's thread"

    async def restarts(folder: Path, crm: ScriptedCrm) -> str:
        crowd = await survive_restarts(folder, crm, restarts=10)
        return f"10 restarts, {len(crowd.acknowledged)} leads, {len(crowd.refusals)} times 503"

    async def redis(folder: Path, crm: ScriptedCrm) -> str:
        crowd = await survive_redis(folder, crm, restarts=10)
        return f"10 restarts, {len(crowd.acknowledged)} leads, none refused"

    def disk(fault: str) -> Scenario:
        async def run(folder: Path, crm: ScriptedCrm) -> str:
            during = await survive_disk(folder, crm, fault)
            return f"{during.count(503)} of {len(during)} refused with 503, then well again"

        return run

    return {
        "kills-sqlite": ("kill -9 under submission, SQLite", on("sqlite", kills)),
        "kills-mongo": ("kill -9 under submission, MongoDB", on("mongo", kills)),
        "order": ("no 201 before the disk has it", on("sqlite", order)),
        "outage-sqlite": ("CRM down for days, SQLite", on("sqlite", outage)),
        "outage-mongo": ("CRM down for days, MongoDB", on("mongo", outage)),
        "fairness": ("a dead destination delays no other", fairness),
        **{f"disk-{name}".replace(" ", "-"): (f"disk: {name}", disk(name)) for name in FAULTS},
        "key-sqlite": ("one key in parallel, SQLite", on("sqlite", same_key)),
        "key-mongo": ("one key in parallel, MongoDB", on("mongo", same_key)),
        "restarts": ("MongoDB killed and started again", restarts),
        "redis": ("Redis killed and started again", redis),
    }


async def run_one(scenario: Scenario) -> tuple[str, str]:
    """The verdict and what there is to say."""
    with TemporaryDirectory(prefix="frontdesk-faults-") as folder:
        async with run_crm() as crm:
            try:
                return "ok", await scenario(Path(folder), crm)
            except pytest.skip.Exception as reason:
                return "SKIPPED", str(reason)
            except (AssertionError, TimeoutError, ExceptionGroup) as fault:
                return "FAILED", f"{type(fault).__name__}: {fault}".splitlines()[0][:200]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000, help="of each engine's server")
    parser.add_argument("--leads", type=int, default=10_000, help="waiting for the CRM")
    parser.add_argument("--outage-kills", type=int, default=20)
    parser.add_argument("--only", default="", help="names, with commas between; begins are enough")
    options = parser.parse_args()
    crm_module.PATIENCE_SECONDS = PATIENCE_SECONDS
    amounts = Amounts(options.kills, options.leads, options.outage_kills)
    begins = tuple(filter(None, options.only.split(",")))
    print(f"Nothing lost, {system_clock():%Y-%m-%d %H:%M} UTC")
    failed = False
    for name, (promise, scenario) in list_scenarios(amounts).items():
        if begins and not name.startswith(begins):
            continue
        began = time.monotonic()
        verdict, says = asyncio.run(run_one(scenario))
        failed = failed or verdict == "FAILED"
        print(f"{verdict:8}{promise:38}{time.monotonic() - began:6.0f} s  {says}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
