"""Members, keys and the audit log over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.accounts.support import make_accounts
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.samples import make_project

PALM_GROVE = frozenset({"palm-grove"})


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    """Not open yet: the application opens it."""
    return SqliteStorage(tmp_path / "frontdesk.db")


@pytest.fixture
async def client(
    storage: Storage, clock: SteppedClock, tmp_path: Path
) -> AsyncIterator[httpx2.AsyncClient]:
    async with run_app(make_settings(tmp_path), clock, storage) as client:
        for project_id in ("palm-grove", "coral-bay"):
            await storage.save_project(project_id, make_project(project_id))
        yield client


async def key_of(
    storage: Storage, clock: SteppedClock, role: Role, scope: Scope = EVERY_PROJECT
) -> dict[str, str]:
    accounts: Accounts = make_accounts(storage, clock)
    made = await accounts.create_api_key(f"a {role}'s program", role, scope=scope)
    return {"Authorization": f"Bearer {made.secret}"}


INVITATION = {
    "email": "Ravi@Agency.example",
    "name": "Ravi",
    "role": "sales",
    "projects": ["palm-grove"],
}


async def test_a_member_is_invited_changed_and_switched_off(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    owner = await key_of(storage, clock, Role.OWNER)
    reply = await client.post("/v1/members", json=INVITATION, headers=owner)
    assert reply.status_code == 201
    invited = reply.json()
    assert invited["member"]["email"] == "ravi@agency.example"
    assert invited["member"]["has_password"] is False
    assert invited["link"]["url"].startswith("http://127.0.0.1:8000/dashboard/welcome?token=")
    assert "password_hash" not in reply.text
    again = await client.post("/v1/members", json=INVITATION, headers=owner)
    assert (again.status_code, again.json()["code"]) == (409, "email_taken")

    here = f"/v1/members/{invited['member']['id']}"
    etag = (await client.get(here, headers=owner)).headers["etag"]
    changed = await client.patch(
        here, json={"role": "manager", "every_project": True}, headers={**owner, "If-Match": etag}
    )
    assert (changed.json()["role"], changed.json()["projects"]) == ("manager", None)
    late = await client.patch(here, json={"role": "viewer"}, headers={**owner, "If-Match": etag})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    off = await client.patch(here, json={"is_active": False}, headers=owner)
    assert off.json()["is_active"] is False
    listed = (await client.get("/v1/members", headers=owner)).json()["items"]
    assert [member["is_active"] for member in listed] == [False]


async def test_a_project_that_is_none_is_refused(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    owner = await key_of(storage, clock, Role.OWNER)
    body = {**INVITATION, "projects": ["nowhere"]}
    reply = await client.post("/v1/members", json=body, headers=owner)
    assert (reply.status_code, reply.json()["code"]) == (404, "project_not_found")
    assert (await client.get("/v1/members", headers=owner)).json()["items"] == []


async def test_a_key_is_made_listed_and_revoked(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    owner = await key_of(storage, clock, Role.OWNER)
    body = {"name": "Nightly export", "role": "viewer", "projects": ["palm-grove"]}
    made = (await client.post("/v1/api-keys", json=body, headers=owner)).json()
    program = {"Authorization": f"Bearer {made['secret']}"}
    assert (await client.get("/v1/leads", headers=program)).status_code == 200
    clock.step(minutes=5)
    listed = await client.get("/v1/api-keys", headers=owner)
    assert made["secret"] not in listed.text
    assert {key["name"] for key in listed.json()["items"]} == {
        "Nightly export",
        "a owner's program",
    }
    revoked = await client.delete(f"/v1/api-keys/{made['key']['id']}", headers=owner)
    assert revoked.json()["revoked_at"] is not None
    assert (await client.get("/v1/leads", headers=program)).status_code == 401
    past = await client.post(
        "/v1/api-keys", json={**body, "expires_at": "2020-01-01T00:00:00Z"}, headers=owner
    )
    assert (past.status_code, past.json()["code"]) == (422, "invalid_api_key")


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.VIEWER, EVERY_PROJECT),
        (Role.SALES, EVERY_PROJECT),
        (Role.MANAGER, EVERY_PROJECT),
        (Role.OWNER, Scope(projects=PALM_GROVE)),
    ],
)
async def test_people_are_for_owners_of_everything(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, role: Role, scope: Scope
) -> None:
    headers = await key_of(storage, clock, role, scope)
    for method, path, body in (
        ("GET", "/v1/members", None),
        ("POST", "/v1/members", INVITATION),
        ("PATCH", "/v1/members/member_1", {"role": "owner"}),
        ("POST", "/v1/members/member_1/link", None),
        ("DELETE", "/v1/members/member_1/second-factor", None),
        ("GET", "/v1/api-keys", None),
        ("POST", "/v1/api-keys", {"name": "mine", "role": "owner"}),
        ("DELETE", "/v1/api-keys/key_1", None),
    ):
        reply = await client.request(method, path, json=body, headers=headers)
        assert (reply.status_code, reply.json()["code"]) == (403, "forbidden"), (method, path)


async def test_every_change_is_in_the_log_and_nothing_that_failed(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    owner = await key_of(storage, clock, Role.OWNER)
    invited = (await client.post("/v1/members", json=INVITATION, headers=owner)).json()
    await client.post("/v1/members", json=INVITATION, headers=owner)  # refused: taken
    here = f"/v1/members/{invited['member']['id']}"
    clock.step(seconds=1)
    await client.patch(here, json={"role": "viewer", "name": "Ravi K"}, headers=owner)
    entries = (await client.get("/v1/audit", headers=owner)).json()["items"]
    assert [entry["action"] for entry in entries] == ["change_member", "invite_member"]
    change = entries[0]
    assert change["changes"] == ["name: changed", "role: viewer instead of sales"]
    assert change["targets"] == {"member_id": invited["member"]["id"]}
    assert (change["actor_kind"], change["actor_name"]) == ("api_key", "a owner's program")
    assert "Ravi" not in str(entries), "names are not kept in the log"
    found = (await client.get("/v1/audit?action=invite_member", headers=owner)).json()["items"]
    assert [entry["action"] for entry in found] == ["invite_member"]


async def test_the_log_of_a_project_is_for_those_who_may_see_it(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    owner = await key_of(storage, clock, Role.OWNER)
    body = {"id": "palm-grove", "name": "Palm Grove", "sites": [{"host": "palm-grove.example"}]}
    reply = await client.put("/v1/projects/palm-grove", json=body, headers=owner)
    assert reply.status_code == 200
    seen = {}
    for project_id in ("palm-grove", "coral-bay"):
        scope = Scope(projects=frozenset({project_id}))
        manager = await key_of(storage, clock, Role.MANAGER, scope)
        seen[project_id] = (await client.get("/v1/audit", headers=manager)).json()["items"]
    assert [entry["project_id"] for entry in seen["palm-grove"]] == ["palm-grove"]
    assert seen["coral-bay"] == []
    viewer = await key_of(storage, clock, Role.SALES)
    assert (await client.get("/v1/audit", headers=viewer)).status_code == 403
