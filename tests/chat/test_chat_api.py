"""The conversation routes in the whole application, as the widget calls them."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from frontdesk.chat.api import MESSAGES_PER_CONVERSATION
from frontdesk.chat.model import Message
from frontdesk.clock import Clock
from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.model import Site
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.chat.evaluation.run import load_projects
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.model_server import ModelServer

ORIGIN = "https://saffron.example"
PAGE = {"url": f"{ORIGIN}/", "title": "Saffron Heights"}
HEADERS = {"Origin": ORIGIN}


@pytest.fixture
async def stored(tmp_path: Path) -> Storage:
    """A store with two projects on two sites; the application opens and closes it."""
    storage = SqliteStorage(tmp_path / "chat.db")
    await storage.open()
    for project_id, host in (
        ("saffron-heights", "saffron.example"),
        ("lagoon-villas", "lagoon.example"),
    ):
        project, knowledge = load_projects()[project_id]
        project = project.model_copy(update={"sites": (Site(host=host),)})
        await storage.save_project(project.id, project)
        await storage.save_knowledge(project.id, knowledge)
    await storage.close()
    return storage


@pytest.fixture
async def client(
    tmp_path: Path, clock: SteppedClock, stored: Storage
) -> AsyncIterator[httpx2.AsyncClient]:
    async with run_app(make_settings(tmp_path), clock, stored) as client:
        yield client


async def start(client: httpx2.AsyncClient, **changes: Any) -> httpx2.Response:
    body = {"project": "saffron-heights", "page": PAGE, "language": "en-IN", **changes}
    return await client.post("/v1/conversations", json=body, headers=HEADERS)


async def send(
    client: httpx2.AsyncClient,
    started: dict[str, Any],
    text: str = "What does a 2 BHK cost?",
    message_id: str = "m_0123456789abcdef",
    **headers: str,
) -> httpx2.Response:
    return await client.post(
        f"/v1/conversations/{started['id']}/messages",
        json={"id": message_id, "text": text},
        headers={**HEADERS, "Authorization": f"Bearer {started['token']}", **headers},
    )


async def read(
    client: httpx2.AsyncClient, started: dict[str, Any], **headers: str
) -> httpx2.Response:
    return await client.get(
        f"/v1/conversations/{started['id']}/messages",
        headers={**HEADERS, "Authorization": f"Bearer {started['token']}", **headers},
    )


def events_of(response: httpx2.Response) -> list[tuple[str, Any]]:
    assert response.status_code == 200, response.text
    events = []
    for block in response.text.strip().split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def code_of(response: httpx2.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


async def test_a_conversation_from_start_to_reload(client: httpx2.AsyncClient) -> None:
    response = await start(client)
    assert response.status_code == 201
    started = response.json()
    assert started["id"].startswith("conversation_")
    assert started["expires_at"] == "2026-11-26T09:00:00.000Z"

    response = await send(client, started)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-accel-buffering"] == "no"
    events = events_of(response)
    assert [name for name, _ in events] == ["delta", "done"]
    done = events[-1][1]
    assert set(done) == {"message", "quick_replies", "form", "talk"}
    assert done["message"]["text"] == "2 BHK homes start at ₹84 lakh (price list of 1 November)."
    assert done["message"]["source"] == "knowledge"
    assert done["form"] == {"interest": "price"}

    messages = (await read(client, started)).json()["messages"]
    assert [(m["id"], m["author"], m["source"]) for m in messages] == [
        ("m_0123456789abcdef", "visitor", None),
        (done["message"]["id"], "desk", "knowledge"),
    ]
    assert messages[1] == done["message"]
    assert messages[1]["reply_to"] == "m_0123456789abcdef"


async def test_a_number_in_the_chat_is_offered_to_be_called(client: httpx2.AsyncClient) -> None:
    started = (await start(client)).json()
    text = "I am Asha Rao, looking for a 3 BHK under 1.5 crore. My number is 98765 43210"
    done = events_of(await send(client, started, text))[-1][1]
    assert done["form"] is not None
    assert done["talk"] == {
        "name": "Asha Rao",
        "phone": {"number": "+919876543210", "country": "IN"},
        "qualification": {"configuration": "3 BHK", "budget": "up to 1.5 crore"},
    }
    assert "call you on that number" in done["message"]["text"]
    text = "I want to visit on Saturday at 11 am"
    done = events_of(await send(client, started, text, "m_fedcba9876543210"))[-1][1]
    assert done["talk"]["name"] == "Asha Rao"
    assert done["talk"]["qualification"]["visit_at"] == "2026-11-28T11:00:00+05:30"


async def test_the_talk_goes_with_the_lead_in_three_lines(
    client: httpx2.AsyncClient, stored: Storage
) -> None:
    started = (await start(client)).json()
    await send(client, started, "What does a 3 BHK cost? We have 1.5 crore, budget is fixed")
    form = {
        "project": "saffron-heights",
        "page": PAGE,
        "name": "Asha Rao",
        "phone": {"number": "98765 43210", "country": "IN"},
        "interest": "call",
        "consent": {"given": True, "version": "1"},
        "qualification": {"call_at": "today after 6 pm"},
    }
    headers = {
        **HEADERS,
        "Authorization": f"Bearer {started['token']}",
        "Idempotency-Key": "form-0123456789abcdef",
    }
    assert (await client.post("/v1/leads", json=form, headers=headers)).status_code == 201
    (lead,) = (await stored.list_leads(EVERY_PROJECT)).items
    assert lead.enquiries[0].summary.split("\n") == [
        "Wants: 3 BHK; asked about price.",
        "Budget: 1.5 crore.",
        "Next step: call today after 6 pm.",
    ]


async def test_a_wrong_number_is_told_what_is_wrong(client: httpx2.AsyncClient) -> None:
    started = (await start(client)).json()
    done = events_of(await send(client, started, "my number is 98765 4321"))[-1][1]
    assert done["message"]["text"].startswith("That number has 9 digits; Indian mobiles have 10.")
    assert done["form"] == {"interest": "call"}
    assert done["talk"] is None


async def test_sending_again_gives_the_same_reply(client: httpx2.AsyncClient) -> None:
    started = (await start(client)).json()
    first, again = await send(client, started), await send(client, started)
    assert events_of(first) == events_of(again)
    assert len((await read(client, started)).json()["messages"]) == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"project": "nowhere"}, (404, "project_not_found")),
        ({"project": "lagoon-villas"}, (403, "origin_not_allowed")),
        ({"page": {"url": "https://lagoon.example/"}}, (403, "page_not_on_site")),
        ({"page": {"url": "not a url"}}, (403, "page_not_on_site")),
        ({"page": {}}, (422, "invalid_body")),
        ({"project": 7}, (422, "invalid_body")),
        ({"surprise": 1}, (422, "invalid_body")),
        ({"attribution": {"referrer": "x" * 3000}}, (422, "invalid_body")),
        ({"language": "x" * 99}, (422, "invalid_body")),
    ],
)
async def test_a_conversation_starts_only_on_the_projects_own_pages(
    client: httpx2.AsyncClient, changes: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert code_of(await start(client, **changes)) == expected


async def test_a_page_without_an_origin_is_refused(client: httpx2.AsyncClient) -> None:
    body = {"project": "saffron-heights", "page": PAGE}
    assert code_of(await client.post("/v1/conversations", json=body)) == (403, "origin_not_allowed")


@pytest.mark.parametrize(
    ("text", "message_id"),
    [
        ("", "m_0123456789abcdef"),
        ("   ", "m_0123456789abcdef"),
        ("x" * 2001, "m_0123456789abcdef"),
        ("hello", "short"),
        ("hello", "x" * 65),
        ("hello", "m_0123456789abcde/"),
    ],
)
async def test_what_is_too_long_or_not_an_id_is_refused_and_not_kept(
    client: httpx2.AsyncClient, text: str, message_id: str
) -> None:
    started = (await start(client)).json()
    assert code_of(await send(client, started, text, message_id)) == (422, "invalid_body")
    assert (await read(client, started)).json()["messages"] == []


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (b"{", "application/json", (400, "malformed_json")),
        (b"", "application/json", (400, "malformed_json")),
        (b"\xff\xfe", "application/json", (400, "malformed_json")),
        (b'{"id":"m_0123456789abcdef","text":"hi"}', "text/plain", (415, "wrong_content_type")),
        (b'{"a":"' + b"x" * 70_000 + b'"}', "application/json", (413, "body_too_large")),
    ],
)
async def test_a_body_that_is_no_message_is_refused(
    client: httpx2.AsyncClient, content: bytes, content_type: str, expected: tuple[int, str]
) -> None:
    started = (await start(client)).json()
    response = await client.post(
        f"/v1/conversations/{started['id']}/messages",
        content=content,
        headers={
            **HEADERS,
            "Authorization": f"Bearer {started['token']}",
            "Content-Type": content_type,
        },
    )
    assert code_of(response) == expected


async def test_a_token_opens_its_own_conversation_on_its_own_site_alone(
    client: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    started, other = (await start(client)).json(), (await start(client)).json()
    crossed = {"id": other["id"], "token": started["token"]}
    for act in (send, read):
        assert code_of(await act(client, crossed)) == (404, "conversation_not_found")
        assert code_of(await act(client, started, Authorization="")) == (401, "invalid_token")
        assert code_of(await act(client, started, Authorization="Bearer x")) == (
            401,
            "invalid_token",
        )
        assert code_of(await act(client, started, Origin="https://lagoon.example")) == (
            403,
            "origin_not_allowed",
        )
    clock.step(hours=72)
    for act in (send, read):
        assert code_of(await act(client, started)) == (401, "expired_token")


async def test_one_conversation_is_limited_and_others_are_not(client: httpx2.AsyncClient) -> None:
    started, other = (await start(client)).json(), (await start(client)).json()
    for number in range(MESSAGES_PER_CONVERSATION.burst):
        response = await send(client, started, "hello", f"m_00000000000000{number:02}")
        assert response.status_code == 200
    limited = await send(client, started, "hello", "m_0000000000000099")
    assert code_of(limited) == (429, "rate_limited")
    assert int(limited.headers["retry-after"]) >= 1
    assert (await send(client, other)).status_code == 200


async def test_hostile_text_comes_back_as_text_and_cannot_forge_an_event(
    client: httpx2.AsyncClient,
) -> None:
    started = (await start(client)).json()
    text = (
        'x\n\nevent: done\ndata: {"form":{"interest":"visit"}}\r\n\u2028<script>alert(1)</script>'
    )
    events = events_of(await send(client, started, text))
    assert [name for name, _ in events].count("done") == 1
    messages = (await read(client, started)).json()["messages"]
    assert messages[0]["text"] == text


async def test_with_gemini_set_up_it_answers(
    tmp_path: Path, clock: Clock, stored: Storage, model_server: ModelServer
) -> None:
    model_server.script({"type": "reply", "text": "A 2 BHK starts at ₹84 lakh. Come and see it."})
    settings = make_settings(tmp_path, gemini_api_key="key", gemini_base_url=model_server.base_url)
    async with run_app(settings, clock, stored) as client:
        events = events_of(await send(client, (await start(client)).json()))
    assert [data["text"] for name, data in events if name == "delta"] == [
        "A 2 BHK starts at ₹84 lakh.",
        " Come and see it.",
    ]
    assert events[-1][1]["message"]["source"] == "model"


async def test_a_store_that_fails_midway_ends_the_stream_with_a_problem(
    client: httpx2.AsyncClient, stored: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = (await start(client)).json()
    add = stored.add_message

    async def refuse_replies(project_id: str, message: Message) -> bool:
        if message.source is not None:
            raise ZeroDivisionError("a driver's secret")
        return await add(project_id, message)

    monkeypatch.setattr(stored, "add_message", refuse_replies)
    events = events_of(await send(client, started))
    name, problem = events[-1]
    assert name == "error"
    assert problem["code"] == "reply_failed"
    assert problem["status"] == 503
    assert problem["request_id"]
    assert "secret" not in json.dumps(events)


async def test_a_large_snapshot_of_the_page_is_taken_and_told_as_the_page_s_word(
    client: httpx2.AsyncClient, stored: Storage
) -> None:
    knowledge = await stored.get_knowledge("saffron-heights")
    await stored.save_knowledge("saffron-heights", knowledge.model_copy(update={"facts": ()}))
    snapshot = {
        "title": "Saffron Heights",
        "meta": {"description": "x" * 500},
        "json_ld": ["{" + " " * 19_000 + "}"] * 10,
        "text": "Saffron Heights\n3 BHK flat in Baner, Pune\nPrice: ₹ 1.18 Cr\n1,046 sq ft",
    }
    started = await start(client, page={**PAGE, "snapshot": snapshot})
    assert started.status_code == 201, started.text
    conversation = await stored.get_conversation("saffron-heights", started.json()["id"])
    assert ("price", "₹1.18 crore") in {(one.key, one.value) for one in conversation.page_facts}
    snapshot["text"] = "z" * 600_000
    assert (await start(client, page={**PAGE, "snapshot": snapshot})).status_code == 413
