"""The real service in a process of its own, on a free port."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2

READY_SECONDS = 30.0
STOP_SECONDS = 30.0
SECRET_KEY = "a secret of at least thirty-two characters"


class Server:
    """`with Server(tmp_path) as server: httpx2.get(server.base_url + "/health/live")`.

    `folder` holds the database and `server.log`, so a second Server there goes on where a killed
    one stopped. `env` adds to FRONTDESK_ settings (`{"PORT": "0"}`); `command` replaces
    `frontdesk serve`.

    It listens for the log line `starting`, so LOG_LEVEL may be debug or info only.
    """

    def __init__(
        self,
        folder: Path,
        env: Mapping[str, str] | None = None,
        *,
        command: tuple[str, ...] = (sys.executable, "-m", "frontdesk.cli", "serve"),
    ) -> None:
        self.folder = folder
        self.log_path = folder / "server.log"
        self.settings = {
            "STORAGE_URL": f"sqlite:///{folder / 'frontdesk.db'}",
            "SECRET_KEY": SECRET_KEY,
            "PORT": "0",
            **(env or {}),
        }
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0
        self.port = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Returns once it says that it is ready to work."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith("FRONTDESK_")
        }
        settings = {f"FRONTDESK_{name}": value for name, value in self.settings.items()}
        with self.log_path.open("ab") as log:
            self._log_start = log.tell()
            self._process = subprocess.Popen(
                self._command,
                env={**inherited, **settings},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C for the test run is not one for the server
            )
        wait_until(self._find_port, "the server to listen", READY_SECONDS)
        wait_until(self._is_ready, "the server to be ready", READY_SECONDS)

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Another command with the same settings (`members`, `add`, …)."""
        settings = {f"FRONTDESK_{name}": value for name, value in self.settings.items()}
        return subprocess.run(
            [sys.executable, "-m", "frontdesk.cli", *arguments],
            env={**os.environ, **settings},
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def kill(self) -> None:
        """As a crash does: nothing is finished, nothing is closed."""
        self._end(signal.SIGKILL)

    def terminate(self) -> int:
        """As an operator does; gives the exit code."""
        return self._end(signal.SIGTERM)

    def interrupt(self) -> int:
        """As Ctrl-C does; gives the exit code."""
        return self._end(signal.SIGINT)

    def log_lines(self) -> list[dict[str, object]]:
        """What this run logged. A line that is not JSON is an error."""
        return [json.loads(line) for line in self.log_text().splitlines()]

    def log_text(self) -> str:
        with self.log_path.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode()

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
            self.terminate()

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(STOP_SECONDS)

    def _find_port(self) -> bool:
        self._fail_if_ended()
        for line in self.log_text().splitlines():
            if '"starting"' in line:
                self.port = json.loads(line)["port"]
                return True
        return False

    def _is_ready(self) -> bool:
        self._fail_if_ended()
        try:
            return httpx2.get(f"{self.base_url}/health/ready", timeout=10).is_success
        except httpx2.TransportError:
            return False

    def _fail_if_ended(self) -> None:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(
                f"The server ended with {self._process.returncode}:\n{self.log_text()}"
            )


def wait_until(
    is_so: Callable[[], bool], what: str, seconds: float = 30.0, pause_seconds: float = 0.02
) -> None:
    """Wait for a condition. The bound is for a broken program, not for a slow machine."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:.0f} s for {what}.")
        time.sleep(pause_seconds)
