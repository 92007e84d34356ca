"""What staff may see: replies with what they were made from, refusals, spending, models."""

from pathlib import Path

import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.chat.model import Author, Conversation, Message, Refusal, Source
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.application import make_settings, run_app
from tests.support.clock import START, SteppedClock
from tests.support.samples import make_project

REPLY = Message(
    id="message_1",
    conversation_id="conversation_1",
    project_id="palm-grove",
    author=Author.DESK,
    text="2 BHK homes start at ₹84 lakh.",
    at=START,
    sources=(Source(kind="fact", key="price", subject="2 BHK", as_of=START.date()),),
    refused=Refusal(reason="figure", text="It is ₹59 lakh."),
    model="small",
    tokens=700,
)
MESSAGES = "/v1/projects/palm-grove/conversations/conversation_1/messages"


async def key_for(storage: Storage, clock: SteppedClock, scope: Scope) -> dict[str, str]:
    made = await Accounts(storage, clock, 12).create_api_key("test", Role.VIEWER, scope=scope)
    return {"Authorization": f"Bearer {made.secret}"}


async def test_staff_see_what_models_said_and_cost_in_their_projects(
    tmp_path: Path, clock: SteppedClock
) -> None:
    settings = make_settings(
        tmp_path, openai_base_url="http://127.0.0.1:9/v1", openai_model="small"
    )
    storage = SqliteStorage(settings.database_path)
    async with run_app(settings, clock, storage) as client:
        await storage.save_project("palm-grove", make_project())
        await storage.start_conversation(
            "palm-grove",
            Conversation(
                id="conversation_1",
                project_id="palm-grove",
                page_url="https://palm-grove.example/",
                started_at=START,
            ),
        )
        await storage.add_message("palm-grove", REPLY)
        await storage.spend("palm-grove", START.date(), 700)
        staff = await key_for(storage, clock, EVERY_PROJECT)
        shown = REPLY.model_dump(mode="json")
        for path in (MESSAGES, "/v1/refusals"):
            reply = await client.get(path, headers=staff)
            assert reply.json()["items"] == [shown], path
        (spent,) = (await client.get("/v1/spending", headers=staff)).json()["items"]
        assert (spent["project_id"], spent["tokens"], spent["replies"]) == (
            "palm-grove",
            700,
            1,
        )
        status = (await client.get("/v1/models", headers=staff)).json()
        assert [(p["kind"], p["model"], p["resting"]) for p in status["providers"]] == [
            ("openai", "small", False)
        ]
        assert status["day_tokens"] == settings.model_day_tokens

        others = await key_for(storage, clock, Scope(projects=frozenset({"coral-bay"})))
        for path in ("/v1/refusals", "/v1/spending"):
            assert (await client.get(path, headers=others)).json()["items"] == []
        foreign = await client.get(MESSAGES, headers=others)
        nowhere = await client.get(MESSAGES.replace("_1", "_9"), headers=staff)
        assert foreign.status_code == nowhere.status_code == 404
        assert foreign.json()["code"] == nowhere.json()["code"]
        for path in (MESSAGES, "/v1/refusals", "/v1/spending", "/v1/models"):
            assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize("query", ["days=0", "after=nonsense", "limit=0"])
async def test_what_cannot_be_read_is_refused(
    tmp_path: Path, clock: SteppedClock, query: str
) -> None:
    settings = make_settings(tmp_path)
    storage = SqliteStorage(settings.database_path)
    async with run_app(settings, clock, storage) as client:
        staff = await key_for(storage, clock, EVERY_PROJECT)
        reply = await client.get(f"/v1/spending?{query}", headers=staff)
        assert reply.status_code == 422
