"""Log lines are JSON, name the request, and carry nothing personal."""

import asyncio
import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import structlog

from frontdesk.errors import Unavailable
from frontdesk.operations.logs import RequestLines, configure_logging, describe_exception
from tests.support.server import Server, wait_until

SENTINELS = {
    "name": "Sentinel Sharma",
    "number": "98765 43219",
    "email": "sentinel@person.example",
    "note": "sentinel-note",
    "title": "sentinel-title",
    "utm": "sentinel-utm",
}
# Written as the person did, and as E.164 without its plus.
FORBIDDEN = [*SENTINELS.values(), "9876543219", "Sentinel", "sentinel"]


@pytest.fixture
def unchanged() -> Iterator[None]:
    """Logging is as it was when the test is over. (pytest's own output changes between the set-up
    and the test, so the test itself has to configure.)
    """
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers, root.level = before
    logging.getLogger("uvicorn.access").disabled = False


async def test_the_request_lines_of_one_round_are_written_together(
    unchanged: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure_logging("info")
    file = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(file))
    requests = RequestLines()
    for status in (200, 404):
        requests.write("GET", "/v1/widget", status, 0.0123)
    assert file.getvalue() == b""
    await asyncio.sleep(0)
    written = lines(file.getvalue().decode())
    assert [line["status"] for line in written] == [200, 404]
    assert written[0]["milliseconds"] == 12.3
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", str(written[0]["at"]))
    # Another line goes out at once, and takes along what waits: the order is kept.
    requests.write("GET", "/v1/widget", 304, 0.0)
    structlog.get_logger("room").info("something happened")
    assert [line["event"] for line in lines(file.getvalue().decode())][2:] == [
        "request",
        "something happened",
    ]


def fail(personal: str) -> None:
    try:
        dict[str, str]()[personal]
    except KeyError as cause:
        raise ValueError(f"{personal} sentinel@person.example") from cause


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_rooms_and_libraries_write_the_same_form(
    unchanged: None, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("info")
    structlog.get_logger("room").info("something happened", lead_id="lead_1")
    structlog.get_logger("room").debug("too small to be told")
    logging.getLogger("uvicorn.error").warning("%s is odd", "it")
    logging.getLogger("uvicorn.access").info("203.0.113.9 GET /?phone=1")
    written = lines(capsys.readouterr().out)
    assert [(line["event"], line["level"]) for line in written] == [
        ("something happened", "info"),
        ("it is odd", "warning"),
    ]
    assert written[0]["lead_id"] == "lead_1"
    assert all(str(line["at"]).endswith("Z") for line in written)


def test_an_exception_is_told_by_type_and_place_and_never_by_message(
    unchanged: None, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("info")
    try:
        fail("+919876543219")
    except ValueError:
        structlog.get_logger("room").exception("it failed")
        logging.getLogger("library").exception("it failed")
    output = capsys.readouterr().out
    assert len(lines(output)) == 2
    for line in lines(output):
        assert line["error"] == ["ValueError", "KeyError"]
        frames = line["frames"]
        assert isinstance(frames, list)
        assert "test_logs.py" in frames[0]
    assert "sentinel" not in output
    assert "9876543219" not in output


def test_our_own_errors_keep_their_words() -> None:
    error = Unavailable("storage_unavailable", "The database cannot be used.")
    event = describe_exception(None, "error", {"event": "x", "exc_info": error})
    assert event["error"] == ["Unavailable: storage_unavailable: The database cannot be used."]


def test_no_traceback_text_of_a_failed_start(
    unchanged: None, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("info")
    logging.getLogger("uvicorn.error").error("Traceback (most recent call last): sentinel")
    assert capsys.readouterr().out == ""


def test_a_lead_leaves_no_trace_in_the_log(tmp_path: Path) -> None:
    """Good and bad leads, a conversation and a sign-in, through a real server at level debug."""
    projects = {
        "projects": [
            {
                "id": "palm-grove",
                "name": "Palm Grove",
                "sites": ["palm-grove.localhost"],
                "destinations": [{"id": "crm", "url": "http://127.0.0.1:9/leads"}],
            }
        ]
    }
    (tmp_path / "projects.json").write_text(json.dumps(projects))
    env = {"LOG_LEVEL": "debug", "ALLOWED_PRIVATE_HOSTS": '["127.0.0.1:9"]'}
    with Server(tmp_path, env) as server:
        imported = server.run("projects", "import", "projects.json")
        assert imported.returncode == 0, imported.stderr
        origin = "http://palm-grove.localhost:8000"
        page = {"url": f"{origin}/?n={SENTINELS['note']}", "title": SENTINELS["title"]}
        lead = {
            "project": "palm-grove",
            "page": page,
            "name": SENTINELS["name"],
            "phone": {"number": SENTINELS["number"], "country": "IN"},
            "email": SENTINELS["email"],
            "note": SENTINELS["note"],
            "consent": {"given": True, "version": "1"},
            "attribution": {"utm_source": SENTINELS["utm"]},
        }
        with httpx2.Client(base_url=server.base_url, headers={"Origin": origin}) as client:
            send = {"Idempotency-Key": "key-0123456789abcdef"}
            assert client.post("/v1/leads", json=lead, headers=send).status_code == 201
            bad = lead | {"phone": {"number": "98765 432", "country": "sentinel"}}
            assert client.post("/v1/leads", json=bad, headers=send).status_code == 422
            assert client.post("/v1/leads?q=sentinel", content=b"sentinel").status_code == 400
            started = client.post(
                "/v1/conversations", json={"project": "palm-grove", "page": page}
            ).json()
            said = client.post(
                f"/v1/conversations/{started['id']}/messages",
                json={"id": "message-0123456789", "text": "I am Sentinel Sharma, 98765 43219"},
                headers={"Authorization": f"Bearer {started['token']}"},
            )
            assert "event: done" in said.text
            client.get("/sentinel/path?sentinel=1", headers={"User-Agent": "sentinel"})
            client.post(
                "/dashboard/sign-in", data={"email": SENTINELS["email"], "password": "sentinel"}
            )
        # The delivery to a port where nobody listens fails, and that is logged too.
        wait_until(lambda: "delivery tried" in server.log_text(), "the first try")
        server.terminate()
        log = server.log_text()
        assert {line["event"] for line in server.log_lines()} >= {"request", "delivery tried"}
    assert [word for word in FORBIDDEN if word in log] == []
    assert started["token"] not in log
    assert started["id"] not in log
