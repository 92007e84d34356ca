"""What the disk and SQLite give without HTTP: leads' documents committed in groups, synced each."""

import time
from pathlib import Path

import apsw

from bench.subjects import lead_body


def rows_a_second(folder: Path, group: int, seconds: float) -> float:
    """How many rows a second, `group` of them in a transaction, into a table without an index."""
    database = apsw.Connection(str(folder / "raw.db"))
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS leads (document TEXT NOT NULL)")
    rows = [(lead_body().decode(),) for _ in range(group)]
    done = 0
    started = time.perf_counter()
    while time.perf_counter() < started + seconds:
        with database:
            database.executemany("INSERT INTO leads VALUES (?)", rows)
        done += group
    took = time.perf_counter() - started
    database.close()
    return done / took
