"""The contact form as a page sends it, and a place that takes it."""

from typing import Any

import httpx2

from frontdesk.clock import Clock
from frontdesk.web.tokens import ConversationTokens
from tests.support.application import SECRET_KEY
from tests.support.clock import START
from tests.support.samples import later

ORIGIN = "https://palm-grove.example"
KEY = "form-0123456789abcdef"


def make_form(**changes: Any) -> dict[str, Any]:
    return {
        "project": "palm-grove",
        "page": {"url": f"{ORIGIN}/", "title": "Palm Grove"},
        "name": "Asha Rao",
        "phone": {"number": "98765 43210", "country": "IN"},
        "email": None,
        "interest": "visit",
        "note": "",
        "consent": {"given": True, "version": "1"},
        "attribution": {},
        **changes,
    }


async def send_form(
    client: httpx2.AsyncClient,
    form: Any = None,
    *,
    key: str | None = KEY,
    origin: str | None = ORIGIN,
    token: str | None = None,
) -> httpx2.Response:
    headers = {
        "Origin": origin,
        "Idempotency-Key": key,
        "Authorization": None if token is None else f"Bearer {token}",
    }
    sent = {name: value for name, value in headers.items() if value is not None}
    return await client.post("/v1/leads", json=form or make_form(), headers=sent)


def make_token(clock: Clock, project_id: str = "palm-grove", origin: str = ORIGIN) -> str:
    tokens = ConversationTokens(SECRET_KEY, clock)
    return tokens.issue("conversation_1", project_id, origin, later(hours=1))


def make_expired_token(clock: Clock) -> str:
    return ConversationTokens(SECRET_KEY, clock).issue(
        "conversation_1", "palm-grove", ORIGIN, START
    )
