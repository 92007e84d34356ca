"""Every route behind a guard, met by everybody who has no business there.

The table has to name each of them: a new route that is not in it fails here. What is asked of a
route is what makes it work for somebody who may (the control), so that a refusal is the guard's.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from frontdesk.accounts.guard import make_csrf_token
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.app import create_app
from frontdesk.chat.model import Conversation
from frontdesk.dashboard.page_route import SIGN_IN_PATH
from frontdesk.delivery.model import DeliveryState
from frontdesk.model import EVERY_PROJECT, Scope, new_id
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.import_run import ImportRun
from frontdesk.projects.layers import WidgetLayer, WidgetVersion
from frontdesk.projects.model import Answer, Knowledge, WidgetSettings
from frontdesk.projects.widget_change import ChangePart, ChangeState, WidgetChange, Wish, mark_of
from frontdesk.property.answers import answer_id
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from frontdesk.web.routes import PublicRoute, is_done_once
from tests.accounts.support import make_accounts
from tests.support.application import client_of, make_settings
from tests.support.clock import SteppedClock
from tests.support.samples import PHONE, make_delivery, make_lead, make_project
from tests.web.asks import API, EVERY, LAST, MANAGER, OWNER, SALES, VIEWER

# What must not be in any answer to who may not see it.
MARKS = (
    "Asha Rao",
    PHONE,
    "Willow Walk",
    "willow-walk.example",
    "member@agency.example",
    "a key of",
)
# Done again they do nothing more; and a note knows its own key.
THE_SAME_AGAIN = {
    "POST /v1/leads/changes",
    "POST /v1/leads/{lead_id}/merge",
    "POST /v1/leads/{lead_id}/unmerge",
    "POST /v1/leads/{lead_id}/notes",
    "POST /v1/persons/export",
    "POST /v1/persons/erase",
}
HOST = "http://127.0.0.1:8000"
COOKIE = "frontdesk_session"


class Known(NamedTuple):
    """Ids that are somebody's, by the names that paths give them."""

    ids: dict[str, str]

    def path(self, template: str) -> str:
        return template.format(**self.ids)


@pytest.fixture
async def app(tmp_path: Path, clock: SteppedClock) -> AsyncIterator[FastAPI]:
    storage = SqliteStorage(tmp_path / "frontdesk.db")
    app = create_app(make_settings(tmp_path, facts_hours=0), clock=clock, storage=storage)
    app.state.storage = storage
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def store(app: FastAPI) -> Storage:
    storage: Storage = app.state.storage
    return storage


@pytest.fixture
def accounts(store: Storage, clock: SteppedClock) -> Accounts:
    return make_accounts(store, clock)


@pytest.fixture
async def known(store: Storage, accounts: Accounts, clock: SteppedClock) -> Known:
    destination = HttpDestination(id="their-desk", url="https://127.0.0.1:9/", paused=True)
    await store.save_project(
        "willow-walk", make_project("willow-walk", destinations=(destination,), at=clock())
    )
    await store.save_project("coral-bay", make_project("coral-bay", at=clock()))
    answer = Answer(question="Is there a pool?", answer="Yes.")
    await store.save_knowledge("willow-walk", Knowledge(answers=(answer,), updated_at=clock()))
    conversation = Conversation(
        id=new_id("conversation", clock()),
        project_id="willow-walk",
        page_url="https://willow-walk.example/",
        started_at=clock(),
    )
    await store.start_conversation("willow-walk", conversation)
    lead = make_lead("willow-walk", at=clock())
    delivery = make_delivery(lead, destination_id="their-desk")
    delivery = delivery.model_copy(update={"state": DeliveryState.DEAD})
    await store.capture_lead(
        lead.project_id,
        lead,
        [delivery],
        idempotency_key="a-key-of-a-visitor",
        fingerprint="f",
        merge_since=clock(),
    )
    change = WidgetVersion(
        number=1,
        settings=WidgetSettings(),
        author="a key of Willow Walk",
        published_at=clock(),
        change_id=new_id("change", clock()),
    )
    layer = WidgetLayer(key="project:willow-walk", versions=(change,))
    await store.save_widget_layer(layer, expected=None)
    settings = WidgetSettings()
    part = ChangePart(project_id="willow-walk", mark=mark_of(settings))
    made = WidgetChange(
        id=change.change_id or "",
        author=change.author,
        wish=Wish(),
        parts=(part,),
        state=ChangeState.MADE,
        created_at=clock(),
    )
    await store.save_widget_change(made)
    run = ImportRun(
        id="import_1", author="me", total=1, created=1, started_at=clock(), touched_at=clock()
    )
    await store.save_import_run(run)
    member, _ = await accounts.invite("member@agency.example", "Asha Rao", SALES)
    key = await accounts.create_api_key("a key of Willow Walk", VIEWER)
    ids = {
        "project_id": "willow-walk",
        "lead_id": lead.id,
        "answer_id": answer_id(answer),
        "delivery_id": delivery.id,
        "destination_id": "their-desk",
        "conversation_id": conversation.id,
        "member_id": member.id,
        "key_id": key.key.id,
        "change_id": change.change_id or "",
        "run_id": "import_1",
        "path": "nothing",
    }
    return Known(ids)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(app) as client:
        yield client


def invented(known: Known) -> Known:
    """Ids of the same form that are nobody's."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    digits = "0123456789"
    turned = str.maketrans(letters + digits, letters[1:] + "a" + digits[1:] + "0")

    def turn(value: str) -> str:
        kind, underscore, rest = value.rpartition("_")
        return kind + underscore + rest.translate(turned)

    return Known({name: turn(value) for name, value in known.ids.items()})


def fill(body: Any, known: Known) -> Any:
    if isinstance(body, str):
        return re.sub(r"\{(\w+)\}", lambda found: known.ids[found[1]], body)
    if isinstance(body, list):
        return [fill(one, known) for one in body]
    if isinstance(body, dict):
        return {name: fill(value, known) for name, value in body.items()}
    return body


async def ask(
    client: httpx2.AsyncClient, name: str, known: Known, headers: dict[str, str], **more: Any
) -> httpx2.Response:
    method, template = name.split()
    body = fill(EVERY[name].body, known)
    kind = "json" if name in API else "data"
    sent = {kind: body} if body is not None else {}
    return await client.request(
        method, known.path(template), headers=headers, follow_redirects=False, **{**sent, **more}
    )


def seen(reply: httpx2.Response, known: Known) -> tuple[Any, ...]:
    """What tells one reply from another: all but the request's own id, and the ids asked for."""
    text = re.sub(r'"request_id":"[^"]*"|name="seen" value="[0-9a-f]*"', "", reply.text)
    place = reply.headers.get("location", "")
    for value in sorted(known.ids.values(), key=len, reverse=True):
        text, place = text.replace(value, "·"), place.replace(value, "·")
    told = ("content-type", "etag", "content-disposition", "www-authenticate", "cache-control")
    return reply.status_code, text, place, *(reply.headers.get(name) for name in told)


def guarded(app: FastAPI) -> Iterator[str]:
    for context in iter_route_contexts(list(app.routes)):
        route = context.original_route
        if not isinstance(route, PublicRoute):
            for method in getattr(route, "methods", None) or ():
                yield f"{method} {(context.path or '').replace(':path}', '}')}"


def test_the_table_names_every_guarded_route(app: FastAPI) -> None:
    assert set(guarded(app)) == set(EVERY)


async def test_who_has_no_credential_learns_nothing(
    client: httpx2.AsyncClient, known: Known
) -> None:
    wrong: tuple[dict[str, str], ...] = (
        {},
        {"Authorization": "Bearer fd_unknown"},
        {"Cookie": f"{COOKIE}=unknown"},
        {"Authorization": "Basic eDp5"},
    )
    for name in EVERY:
        for headers in wrong:
            reply = await ask(client, name, known, headers)
            nobodys = invented(known)
            other = await ask(client, name, nobodys, headers)
            if name in API:
                assert (reply.status_code, reply.json()["code"]) == (401, "unauthenticated"), name
                assert seen(reply, known) == seen(other, nobodys), name
            else:
                for one in (reply, other):
                    assert one.status_code == 303, name
                    assert one.headers["location"].startswith(SIGN_IN_PATH), name
                    assert one.text == "", name
            # Broken input is no way around the guard either.
            broken = await ask(client, name, known, headers, content=b"{", json=None, data=None)
            assert broken.status_code in {303, 401}, name


@pytest.mark.parametrize("role", [VIEWER, SALES, MANAGER])
async def test_a_lower_role_is_refused_whatever_is_there(
    client: httpx2.AsyncClient, accounts: Accounts, known: Known, role: Role
) -> None:
    made = await accounts.create_api_key("program", role)
    headers = {"Authorization": f"Bearer {made.secret}"}
    nobodys = invented(known)
    tried = 0
    for name, need in EVERY.items():
        if role.reaches(need.least):
            continue
        tried += 1
        reply = await ask(client, name, known, headers)
        assert reply.status_code == 403, name
        assert seen(reply, known) == seen(await ask(client, name, nobodys, headers), nobodys), name
    assert tried >= 10


async def test_another_projects_key_cannot_tell_what_is_there(
    client: httpx2.AsyncClient, accounts: Accounts, known: Known
) -> None:
    made = await accounts.create_api_key(
        "neighbour", OWNER, scope=Scope(projects=frozenset({"coral-bay"}))
    )
    headers = {"Authorization": f"Bearer {made.secret}"}
    nobodys = invented(known)
    for name, need in EVERY.items():
        reply = await ask(client, name, known, headers)
        if need.everywhere or need.only_members:
            # A key has no session to end, so signing out leads to the sign-in.
            assert reply.status_code == (303 if name.endswith("/sign-out") else 403), name
        elif "{" in name:
            assert reply.status_code in {404, 422}, name
        # Without what it was asked for itself: an id in it is the caller's own.
        shown = seen(reply, known)[1]
        assert not [mark for mark in MARKS if mark in shown], name
        other = await ask(client, name, nobodys, headers)
        assert seen(reply, known) == seen(other, nobodys), name


async def test_a_change_by_cookie_needs_the_pages_own_proof(
    client: httpx2.AsyncClient, accounts: Accounts, known: Known
) -> None:
    made = await accounts.add_member("owner@agency.example", "Owner", OWNER, password="p" * 12)
    token = (await accounts.start_session(made.member)).token
    client.cookies.set(COOKIE, token)
    proof = make_csrf_token(token)
    forged: tuple[dict[str, str], ...] = (
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site", "X-CSRF-Token": proof},
        {"Origin": "https://evil.example", "X-CSRF-Token": proof},
        {"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "0" * 64},
    )
    for name in EVERY:
        if not name.startswith("GET"):
            for headers in forged:
                reply = await ask(client, name, known, headers)
                assert reply.status_code == 403, (name, headers)
    assert await accounts.find_member_in_session(token) is not None


async def test_what_comes_again_with_its_key_is_done_once(
    client: httpx2.AsyncClient, accounts: Accounts, known: Known
) -> None:
    """Every POST of the admin API, so that a new one cannot be forgotten."""
    posts = [name for name in API if name.startswith("POST")]
    assert {name for name in posts if not is_done_once(*name.split())} == THE_SAME_AGAIN
    made = await accounts.create_api_key("program", OWNER)
    done = set()
    for name in posts:
        if name in THE_SAME_AGAIN:
            continue
        headers = {"Authorization": f"Bearer {made.secret}", "Idempotency-Key": f"key of {name}"}
        first = await ask(client, name, known, headers)
        again = await ask(client, name, known, headers)
        if first.status_code >= 300:
            assert "idempotent-replayed" not in again.headers, name
            continue
        assert "idempotent-replayed" not in first.headers, name
        assert again.headers["idempotent-replayed"] == "true", name
        assert (again.status_code, again.content) == (first.status_code, first.content), name
        other = await ask(client, name, known, headers, content=b'{"other": 1}', json=None)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch"), name
        done.add(name)
    for made_by in ("members", "members/{member_id}/link", "api-keys"):
        assert f"POST /v1/{made_by}" in done
    assert "POST /v1/projects/{project_id}/facts/add" in done
    assert len(done) >= 10


def read_database(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("frontdesk.db*"))


async def test_a_key_sent_many_times_at_once_makes_one_thing_and_no_secret_lies_open(
    client: httpx2.AsyncClient, accounts: Accounts, known: Known, tmp_path: Path
) -> None:
    made = await accounts.create_api_key("program", OWNER)
    headers = {"Authorization": f"Bearer {made.secret}", "Idempotency-Key": "once"}
    before = len((await accounts.list_api_keys(None, 200)).items)
    body = {"name": "export", "role": "viewer"}
    replies = await asyncio.gather(
        *(client.post("/v1/api-keys", json=body, headers=headers) for _ in range(20))
    )
    assert len((await accounts.list_api_keys(None, 200)).items) == before + 1
    told = {reply.json()["code"] for reply in replies if reply.status_code != 201}
    assert told <= {"request_in_progress"}
    (secret,) = {reply.json()["secret"] for reply in replies if reply.status_code == 201}
    later_on = await client.post("/v1/api-keys", json=body, headers=headers)
    assert later_on.json()["secret"] == secret
    stored = read_database(tmp_path)
    assert b"sealed.1." in stored
    assert secret.encode() not in stored
    # It is this caller's key alone: not a colleague's who may as much, nor of who may less.
    colleague = await accounts.create_api_key("colleague", OWNER)
    own = await client.post(
        "/v1/api-keys",
        json=body,
        headers={**headers, "Authorization": f"Bearer {colleague.secret}"},
    )
    assert own.status_code == 201
    assert own.json()["secret"] != secret
    stranger = await accounts.create_api_key("viewer", VIEWER)
    refused = await client.post(
        "/v1/api-keys", json=body, headers={**headers, "Authorization": f"Bearer {stranger.secret}"}
    )
    assert refused.status_code == 403
    nobody = await client.post("/v1/api-keys", json=body, headers={"Idempotency-Key": "once"})
    assert nobody.status_code == 401
    for wrong in ("", "x" * 201):
        malformed = await client.post(
            "/v1/api-keys", json=body, headers={**headers, "Idempotency-Key": wrong}
        )
        assert malformed.json()["code"] == "malformed_idempotency_key"


async def test_what_was_refused_may_be_mended_under_the_same_key(
    client: httpx2.AsyncClient, accounts: Accounts, known: Known
) -> None:
    made = await accounts.create_api_key("program", OWNER)
    headers = {"Authorization": f"Bearer {made.secret}", "Idempotency-Key": "mended"}
    wrong = await client.post("/v1/api-keys", json={"name": "x"}, headers=headers)
    assert wrong.status_code == 422
    body = {"name": "x", "role": "viewer"}
    assert (await client.post("/v1/api-keys", json=body, headers=headers)).status_code == 201
    entries = await client.get("/v1/audit?action=create_api_key", headers=headers)
    await client.post("/v1/api-keys", json=body, headers=headers)
    again = await client.get("/v1/audit?action=create_api_key", headers=headers)
    assert again.json() == entries.json(), "what was only told again is no change"


async def test_who_may_is_let_in(
    client: httpx2.AsyncClient, accounts: Accounts, known: Known
) -> None:
    """The control: the same requests do what they are for."""
    secrets = {
        role: (await accounts.create_api_key("program", role, scope=EVERY_PROJECT)).secret
        for role in Role
    }
    for name in sorted(EVERY, key=LAST.__contains__):
        need = EVERY[name]
        if need.only_members or name == "GET /dashboard/{path}":
            continue
        headers = {"Authorization": f"Bearer {secrets[need.least]}"}
        reply = await ask(client, name, known, headers)
        # 409 and 422: let in, and then what was asked was not possible.
        assert reply.status_code in {200, 201, 202, 204, 303, 409, 422}, (name, reply.text)
        assert SIGN_IN_PATH not in reply.headers.get("location", ""), name
