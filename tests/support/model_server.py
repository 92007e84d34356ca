"""llmock as a process: Gemini's protocol on a real socket, with faults on demand."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ModelServer:
    """`base_url` is what stands in for Google's host."""

    url: str

    @property
    def base_url(self) -> str:
        return f"{self.url}/gemini"

    def script(self, *behaviors: dict[str, Any]) -> None:
        """What the next requests meet, in llmock's words (`{"type": "fail", "status": 429}`)."""
        self._post("scenario", {"behaviors": list(behaviors)})

    def reset(self) -> None:
        self._post("reset", {})

    def requests(self) -> list[dict[str, Any]]:
        """Every request since the last reset."""
        reply = httpx2.get(f"{self.url}/_llmock/requests", trust_env=False)
        found = reply.raise_for_status().json()
        return list(found["requests"] if isinstance(found, dict) else found)

    def _post(self, path: str, body: dict[str, Any]) -> None:
        httpx2.post(f"{self.url}/_llmock/{path}", json=body, trust_env=False).raise_for_status()


@contextmanager
def run_model_server() -> Iterator[ModelServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("llmock")
    process = subprocess.Popen(
        [str(program), "serve", "--port", str(port), "--log-level", "warning"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    server = ModelServer(f"http://127.0.0.1:{port}")
    try:
        _wait_until_it_answers(server, process)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_answers(server: ModelServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx2.get(f"{server.url}/health", trust_env=False).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.05)  # between two looks at whether it is up
    raise RuntimeError("llmock did not start")
