"""Somebody's sales system: a server that looks at the key and the fields, and keeps what fits."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Crm:
    """`leads` holds what was taken. Without a `key` anybody may send; `needs` are its fields."""

    port: int = 0
    key: str = ""
    needs: tuple[str, ...] = ()
    leads: list[dict[str, Any]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/leads"

    def take(self, authorization: str, body: bytes) -> tuple[int, dict[str, Any]]:
        if self.key and authorization != f"Bearer {self.key}":
            return 401, {"error": "This key was withdrawn on 1 November."}
        lead = json.loads(body)
        missing = [name for name in self.needs if name not in lead]
        if missing:
            return 422, {"error": f"{missing[0]} is missing."}
        self.leads.append(lead)
        return 201, {"id": f"crm-{len(self.leads)}"}


@contextmanager
def run_crm() -> Iterator[Crm]:
    crm = Crm()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, reply = crm.take(self.headers.get("Authorization", ""), body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(reply).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        crm.port = server.server_port
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield crm
        finally:
            server.shutdown()
            thread.join()
