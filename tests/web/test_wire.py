"""The real server against clients that send too much, too slowly or nonsense."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from tests.support.server import Server

PATIENCE_SECONDS = 20.0  # the server gives one; the rest is for a slow machine
LEADS = "/v1/leads"


@contextmanager
def connection(server: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS) as opened:
        yield opened


def read_to_end(opened: socket.socket) -> bytes:
    """Until the server closes the connection; a time-out fails the test."""
    received = b""
    while True:
        try:
            data = opened.recv(65536)
        except ConnectionResetError:  # it did not take what we still sent
            return received
        if not data:
            return received
        received += data


def parse(reply: bytes) -> tuple[int, dict[str, str], dict[str, Any]]:
    head, _, body = reply.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]), headers, json.loads(body)


def request_head(path: str, *headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]
    return "\r\n".join(lines).encode()


JSON = "Content-Type: application/json"
CHUNKED = "Transfer-Encoding: chunked"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def test_a_declared_body_over_the_limit_is_refused_unread(server: Server) -> None:
    with connection(server) as client:
        client.sendall(request_head(LEADS, JSON, "Content-Length: 4097"))
        status, headers, problem = parse(read_to_end(client))
    assert (status, problem["code"]) == (413, "body_too_large")
    assert headers["connection"] == "close"


def test_a_declared_body_of_just_the_limit_is_read(server: Server) -> None:
    body = json.dumps({"x": "y" * (4096 - 9)}).encode()
    assert len(body) == 4096
    reply = httpx2.post(
        server.base_url + LEADS,
        content=body,
        headers={"Content-Type": "application/json", "Idempotency-Key": "k" * 16},
    )
    assert reply.json()["code"] == "invalid_body"


def test_a_chunked_body_over_the_limit_is_refused_and_not_fed_on(server: Server) -> None:
    with connection(server) as client:
        client.sendall(request_head(LEADS, JSON, CHUNKED, "Idempotency-Key: " + "k" * 16))
        client.sendall(chunk(b'{"x": "') + chunk(b"y" * 4090))
        status, headers, problem = parse(read_to_end(client))
    assert (status, problem["code"]) == (413, "body_too_large")
    assert headers["connection"] == "close"


def test_a_chunked_body_within_the_limit_is_read(server: Server) -> None:
    with connection(server) as client:
        client.sendall(
            request_head(LEADS, JSON, CHUNKED, "Connection: close", "Idempotency-Key: " + "k" * 16)
        )
        client.sendall(chunk(b'{"x": "') + chunk(b"y" * 4000) + chunk(b'"}') + chunk(b""))
        status, _, problem = parse(read_to_end(client))
    assert (status, problem["code"]) == (422, "invalid_body")


def test_the_admin_limit_is_its_own(server: Server) -> None:
    key = make_key(server)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    url = server.base_url + "/v1/projects/palm-grove"
    within = httpx2.put(url, content=b'"' + b"x" * 60_000 + b'"', headers=headers)
    assert within.status_code == 422
    over = httpx2.put(url, content=b'"' + b"x" * 70_000 + b'"', headers=headers)
    assert (over.status_code, over.json()["code"]) == (413, "body_too_large")
    with connection(server) as client:  # FastAPI reads this one, and must not call it unreadable
        authorization = f"Authorization: Bearer {key}"
        head = request_head("/v1/projects/palm-grove", JSON, CHUNKED, authorization)
        client.sendall(head.replace(b"POST", b"PUT", 1) + chunk(b'"' + b"x" * 66_000))
        status, _, problem = parse(read_to_end(client))
    assert (status, problem["code"]) == (413, "body_too_large")


def make_key(server: Server) -> str:
    made = server.run("keys", "create", "test", "--role", "manager")
    return made.stdout.rpartition(": ")[2].strip()


@pytest.mark.parametrize("begun", [b"", b"POST /v1/leads HT", b"GET / HTTP/1.1\r\nHost: a\r\nX: "])
def test_a_head_that_never_ends(server: Server, begun: bytes) -> None:
    with connection(server) as client:
        client.sendall(begun)
        reply = read_to_end(client)
    if begun:
        status, _, problem = parse(reply)
        assert (status, problem["code"]) == (408, "request_timeout")
    else:
        assert reply == b""


def test_a_head_that_drips(server: Server) -> None:
    """Each byte comes in time, the head does not."""
    begun_at = time.monotonic()
    with connection(server) as client:
        client.settimeout(0.1)
        received = b""
        client.sendall(b"GET / HTTP/1.1\r\nX: ")
        while time.monotonic() < begun_at + PATIENCE_SECONDS:
            try:
                client.sendall(b"x")
                received = client.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
            if received:
                break
    assert parse(received)[2]["code"] == "request_timeout"


def test_the_second_request_on_a_connection_has_its_time_too(server: Server) -> None:
    with connection(server) as client:
        client.sendall(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
        received = b""
        while not received.endswith(b'{"status":"live"}'):
            received += client.recv(65536)
        client.sendall(
            b"\r\n"
        )  # an empty line between requests is allowed; waiting for ever is not
        assert read_to_end(client) == b""


def test_a_body_that_stalls(server: Server) -> None:
    with connection(server) as client:
        key = "Idempotency-Key: " + "k" * 16
        client.sendall(request_head(LEADS, JSON, "Content-Length: 100", key) + b'{"x":')
        status, headers, problem = parse(read_to_end(client))
    assert (status, problem["code"]) == (408, "request_timeout")
    assert headers["connection"] == "close"


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000,
        b"GET /" + b"x" * 40_000,
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 8_000,
    ],
)
def test_a_head_without_measure(server: Server, head: bytes) -> None:
    with connection(server) as client:
        client.sendall(head)
        status, _, problem = parse(read_to_end(client))
    assert (status, problem["code"]) == (431, "headers_too_large")


@pytest.mark.parametrize(
    "junk", [b"\x16\x03\x01\x02\x00\x01\x00", b"HELLO\r\n\r\n", b"GET\r\n\r\n"]
)
def test_nonsense(server: Server, junk: bytes) -> None:
    with connection(server) as client:
        client.sendall(junk)
        status, headers, problem = parse(read_to_end(client))
    assert (status, problem["code"]) == (400, "malformed_request")
    assert headers["x-request-id"] == problem["request_id"]


def test_many_requests_in_one_piece_are_no_large_head(server: Server) -> None:
    request = b"GET /health/live HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 400 + b"\r\n\r\n"
    last = request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    with connection(server) as client:
        # The piece ends within a head, as pieces do.
        client.sendall(request * 100 + last[:200])
        client.sendall(last[200:])
        assert read_to_end(client).count(b'{"status":"live"}') == 101


def test_many_slow_clients_leave_honest_ones_served(server: Server) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
    try:
        for client in slow:
            client.sendall(b"GET / HTTP/1.1\r\nX: ")
        assert httpx2.get(server.base_url + "/health/live", timeout=PATIENCE_SECONDS).is_success
        for client in slow:
            client.settimeout(PATIENCE_SECONDS)
            assert b"408" in read_to_end(client)
    finally:
        for client in slow:
            client.close()


def test_a_reader_that_stops_reading_is_let_go(server: Server) -> None:
    """Its replies pile up until the server stops writing, and then reading, and then waiting."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE_SECONDS)
        client.connect(("127.0.0.1", server.port))
        request = b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n"
        with pytest.raises(ConnectionError):
            ask_for_ever(client, request)


def ask_for_ever(client: socket.socket, request: bytes) -> None:
    while True:
        client.sendall(request)
