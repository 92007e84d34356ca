"""A real Redis in a process of its own, that can be killed and started again.

Where there is none the tests fail; they never skip. `script/redis` installs one.
"""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.server import wait_until

PROGRAM_VARIABLE = "FRONTDESK_TEST_REDIS"
STOP_SECONDS = 30.0


class RedisServer:
    """`with RedisServer(folder) as redis: …redis.url`; it keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        program = os.environ.get(PROGRAM_VARIABLE) or shutil.which("redis-server")
        assert program is not None, f"no redis-server: run script/redis or set {PROGRAM_VARIABLE}"
        self._program = program
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _find_port()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """On the same port each time."""
        with (self._folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._program,
                    *("--port", str(self.port)),
                    *("--bind", "127.0.0.1"),
                    *("--save", ""),
                    *("--dir", str(self._folder)),
                ],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._answers, "Redis to listen")

    def kill(self) -> None:
        """As a crash does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(STOP_SECONDS)

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
            self.kill()

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError((self._folder / "redis.log").read_text())
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False


def _find_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
