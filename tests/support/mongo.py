"""A server that speaks MongoDB's protocol, in a process of its own.

`secantusd-rs`, or whatever `FRONTDESK_TEST_MONGODB_URL` names (without a database). Where neither
can be had the tests fail; they never skip.
"""

import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from pymongo import MongoClient

from tests.support.server import wait_until

URL_VARIABLE = "FRONTDESK_TEST_MONGODB_URL"
STOP_SECONDS = 30.0


class MongoServer:
    """`with MongoServer(folder) as server: …server.url`.

    After `stop` or `kill`, `start` goes on with the same data on the same port. Without
    `--sync-on-commit` a kill would lose what was acknowledged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"mongodb://127.0.0.1:{self.port}"

    def start(self) -> None:
        log_path = self._folder / "mongo.log"
        program = Path(sys.executable).with_name("secantusd-rs")
        with log_path.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    str(program),
                    *("--port", str(self.port)),
                    *("--storage-path", str(self._folder / "mongo")),
                    *("--cache-size", "64M"),
                    *("--log-file-max", "32MB"),
                    "--sync-on-commit",
                ],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

        def is_up() -> bool:
            assert self._process is not None
            said = log_path.read_text()
            if self._process.poll() is not None:
                raise AssertionError(f"The MongoDB server ended:\n{said}")
            found = re.search(r"listening on 127\.0\.0\.1:(\d+)", said)
            if found is not None:
                self.port = int(found[1])
            return found is not None

        wait_until(is_up, "a MongoDB server to listen")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a crash does."""
        self._end(signal.SIGKILL)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    def _end(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(STOP_SECONDS)


@contextmanager
def run_mongo(folder: Path) -> Iterator[str]:
    """The URL of a server, without a database: the one that is named, or one of our own."""
    named = os.environ.get(URL_VARIABLE)
    if named:
        yield named
    else:
        with MongoServer(folder) as server:
            yield server.url


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """The URL of a database that nobody else has; it is dropped afterwards."""
    name = f"frontdesk_test_{secrets.token_hex(6)}"
    yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    client: MongoClient[dict[str, Any]]
    with MongoClient(server_url) as client:
        client.drop_database(name)
