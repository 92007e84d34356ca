"""Settings: my account, members, keys, the audit log; and the ways in that need no session."""

import re

import pyotp
import pytest

from frontdesk.accounts.model import Role
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.contracts.test_upkeep import make_purge
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.site import EMAIL, PASSWORD, PUBLIC_URL
from tests.support.clock import SteppedClock
from tests.support.samples import make_project

NEW_PASSWORD = "three unrelated words"
INVITATION = {"email": "ravi@agency.example", "name": "Ravi Nair", "role": "sales", "reach": "all"}


async def send(person: Person, path: str, **fields: str) -> str:
    reply = await person.post(path, {"csrf_token": await person.csrf_token(), **fields})
    assert reply.status_code in (200, 303), (path, reply.status_code)
    return reply.text or reply.headers["Location"]


async def invite(person: Person, **fields: str) -> str:
    """The path of the link."""
    page = await send(person, "/dashboard/settings/members", **{**INVITATION, **fields})
    found = re.search(rf"{PUBLIC_URL}(/dashboard/welcome\?token=[\w-]+)", page)
    assert found
    return found[1]


async def test_who_is_invited_chooses_a_password_and_comes_in(desk: Desk) -> None:
    owner = await desk.let_in()
    link = await invite(owner)
    ravi = desk.visit()
    assert "Welcome, Ravi Nair" in await ravi.read(link)
    token = link.partition("token=")[2]
    wrong = await ravi.post(
        "/dashboard/welcome", {"token": token, "password": NEW_PASSWORD, "again": "another one"}
    )
    assert wrong.status_code == 422
    fields = {"token": token, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    forged = await ravi.post("/dashboard/welcome", fields, site="cross-site")
    assert forged.status_code == 403
    chosen = await ravi.post("/dashboard/welcome", fields)
    assert chosen.status_code == 303
    assert "The password is saved" in await ravi.read(chosen.headers["Location"])
    assert (await ravi.sign_in("ravi@agency.example", NEW_PASSWORD)).status_code == 303
    assert "Ravi Nair" in await ravi.read("/dashboard")
    used = await ravi.get(link)
    assert (used.status_code, "was used" in used.text) == (404, True)


async def test_a_wrong_invitation_keeps_what_was_typed(desk: Desk) -> None:
    owner = await desk.let_in()
    fields = {**INVITATION, "email": "no address", "csrf_token": await owner.csrf_token()}
    reply = await owner.post("/dashboard/settings/members", fields)
    assert reply.status_code == 422
    assert "That is not an e-mail address." in reply.text
    assert 'value="Ravi Nair"' in reply.text
    fields |= {"email": EMAIL}
    taken = await owner.post("/dashboard/settings/members", fields)
    assert "There is a member with this e-mail already." in taken.text
    fields |= {"email": "ravi@agency.example", "reach": "some", "projects": "palm-grove"}
    nowhere = await owner.post("/dashboard/settings/members", fields)
    assert "There is no project “palm-grove”." in nowhere.text


async def test_a_member_is_changed_and_switched_off(
    desk: Desk, storage: Storage, clock: SteppedClock
) -> None:
    await storage.save_project("palm-grove", make_project("palm-grove"))
    owner = await desk.let_in()
    await desk.add_member(Role.SALES, email="ravi@agency.example")
    ravi = desk.visit()
    await ravi.sign_in("ravi@agency.example")
    member = await storage.find_member("ravi@agency.example")
    assert member
    here = f"/dashboard/settings/members/{member.id}"
    await send(owner, here, role="manager", reach="some", projects="palm-grove", version="0")
    changed = await storage.get_member(member.id)
    assert (changed.role, changed.scope.projects) == (Role.MANAGER, frozenset({"palm-grove"}))
    late = {"csrf_token": await owner.csrf_token(), "role": "viewer", "version": "0"}
    assert (await owner.post(here, late)).status_code == 409
    clock.step(seconds=1)
    assert (await ravi.get("/dashboard")).status_code == 200
    await send(owner, here, active="no")
    assert (await ravi.get("/dashboard")).status_code == 303, "signed out at once"


async def test_the_last_owner_cannot_lock_everybody_out(desk: Desk, storage: Storage) -> None:
    owner = await desk.let_in()
    member = await storage.find_member(EMAIL)
    assert member
    fields = {"csrf_token": await owner.csrf_token(), "active": "no"}
    reply = await owner.post(f"/dashboard/settings/members/{member.id}", fields)
    assert (reply.status_code, "another owner first" in reply.text) == (409, True)


async def test_a_key_is_shown_once_and_revoked(desk: Desk, storage: Storage) -> None:
    owner = await desk.let_in()
    page = await send(
        owner, "/dashboard/settings/keys", name="CRM export", role="viewer", reach="all", days="30"
    )
    secret = re.search(r"fd_[\w-]{40,}", page)
    assert secret
    listed = await owner.read("/dashboard/settings/keys")
    assert "CRM export" in listed
    assert secret[0] not in listed
    key_id = (await storage.list_api_keys()).items[0].id
    await send(owner, f"/dashboard/settings/keys/{key_id}/revoke")
    assert "Revoked" in await owner.read("/dashboard/settings/keys")


async def test_the_second_factor_is_set_up_asked_for_and_ended(
    desk: Desk, clock: SteppedClock
) -> None:
    person = await desk.let_in()
    page = await send(person, "/dashboard/settings/second-factor/begin")
    assert "<svg" in page
    assert "style=" not in page
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert secret
    code = pyotp.TOTP(secret[1]).at(clock())
    fields = {"csrf_token": await person.csrf_token(), "secret": secret[1], "code": "000000"}
    assert (await person.post("/dashboard/settings/second-factor", fields)).status_code == 422
    page = await send(person, "/dashboard/settings/second-factor", secret=secret[1], code=code)
    assert "recovery codes" in page

    clock.step(minutes=1)
    other = desk.visit()
    first = await other.sign_in(next_path="/dashboard/leads")
    assert (first.status_code, "Code from your app" in first.text) == (200, True)
    assert (await other.get("/dashboard")).status_code == 303, "the password alone opens nothing"
    ticket = re.search(r'name="ticket" value="([^"]+)"', first.text)
    assert ticket
    fields = {"ticket": ticket[1], "next": "/dashboard/leads", "code": "123456"}
    wrong = await other.post("/dashboard/sign-in/code", fields)
    assert (wrong.status_code, "does not hold" in wrong.text) == (401, True)
    fields["code"] = pyotp.TOTP(secret[1]).at(clock())
    let_in = await other.post("/dashboard/sign-in/code", fields)
    assert let_in.headers["Location"] == "/dashboard/leads"
    assert (await other.get("/dashboard/leads")).status_code == 200

    fields = {"csrf_token": await other.csrf_token(), "current": "a guess"}
    assert (await other.post("/dashboard/settings/second-factor/end", fields)).status_code == 422
    await send(other, "/dashboard/settings/second-factor/end", current=PASSWORD)
    assert (await desk.visit().sign_in()).status_code == 303


async def test_a_ticket_runs_out_and_cannot_be_made_up(desk: Desk, clock: SteppedClock) -> None:
    person = await desk.let_in()
    page = await send(person, "/dashboard/settings/second-factor/begin")
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert secret
    code = pyotp.TOTP(secret[1]).at(clock())
    await send(person, "/dashboard/settings/second-factor", secret=secret[1], code=code)
    other = desk.visit()
    ticket = re.search(r'name="ticket" value="([^"]+)"', (await other.sign_in()).text)
    assert ticket
    clock.step(minutes=5)
    for one in (ticket[1], "made-up", ""):
        fields = {"ticket": one, "code": pyotp.TOTP(secret[1]).at(clock())}
        reply = await other.post("/dashboard/sign-in/code", fields)
        assert (reply.status_code, "begin again" in reply.text) == (401, True)


async def test_a_ticket_is_over_with_its_password(desk: Desk, clock: SteppedClock) -> None:
    """Somebody with the old password and the phone is not let in once there is a new one."""
    person = await desk.let_in()
    page = await send(person, "/dashboard/settings/second-factor/begin")
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert secret
    code = pyotp.TOTP(secret[1]).at(clock())
    await send(person, "/dashboard/settings/second-factor", secret=secret[1], code=code)
    clock.step(minutes=1)
    other = desk.visit()
    ticket = re.search(r'name="ticket" value="([^"]+)"', (await other.sign_in()).text)
    assert ticket
    clock.step(seconds=1)
    new = {"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    sent = {"csrf_token": await person.csrf_token(), **new}
    assert (await person.post("/dashboard/settings/password", sent)).status_code == 303
    fields = {"ticket": ticket[1], "code": pyotp.TOTP(secret[1]).at(clock())}
    reply = await other.post("/dashboard/sign-in/code", fields)
    assert (reply.status_code, "begin again" in reply.text) == (401, True)


async def test_guessing_codes_is_slow(desk: Desk, clock: SteppedClock) -> None:
    person = await desk.let_in()
    page = await send(person, "/dashboard/settings/second-factor/begin")
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert secret
    code = pyotp.TOTP(secret[1]).at(clock())
    await send(person, "/dashboard/settings/second-factor", secret=secret[1], code=code)
    guesser = desk.visit("198.51.100.7")
    ticket = re.search(r'name="ticket" value="([^"]+)"', (await guesser.sign_in()).text)
    assert ticket
    fields = {"ticket": ticket[1], "code": "000000"}
    tried = [await guesser.post("/dashboard/sign-in/code", fields) for _ in range(12)]
    assert [reply.status_code for reply in tried[:10]] == [401] * 10
    assert tried[-1].status_code == 429
    assert tried[-1].headers["Retry-After"]


async def test_guessing_codes_does_not_lock_the_members_own_browser_out(
    desk: Desk, clock: SteppedClock
) -> None:
    at_home = await desk.let_in()
    page = await send(at_home, "/dashboard/settings/second-factor/begin")
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert secret
    code = pyotp.TOTP(secret[1]).at(clock())
    await send(at_home, "/dashboard/settings/second-factor", secret=secret[1], code=code)
    await send(at_home, "/dashboard/sign-out")
    guesser = desk.visit("198.51.100.7")
    ticket = re.search(r'name="ticket" value="([^"]+)"', (await guesser.sign_in()).text)
    assert ticket
    for _ in range(10):
        await guesser.post("/dashboard/sign-in/code", {"ticket": ticket[1], "code": "000000"})
    clock.step(minutes=4)  # the limit of tries has room again, the lock has not
    locked = await guesser.post("/dashboard/sign-in/code", {"ticket": ticket[1], "code": "000000"})
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "3360")
    assert "from a browser that you used before" in locked.text
    ticket = re.search(r'name="ticket" value="([^"]+)"', (await at_home.sign_in()).text)
    assert ticket
    sent = {"ticket": ticket[1], "code": pyotp.TOTP(secret[1]).at(clock())}
    assert (await at_home.post("/dashboard/sign-in/code", sent)).status_code == 303


@pytest.mark.parametrize("act", ["password", "second-factor/end"])
async def test_the_present_password_cannot_be_guessed_at_from_an_open_session(
    desk: Desk, clock: SteppedClock, act: str
) -> None:
    person = await desk.let_in()
    sent = {
        "csrf_token": await person.csrf_token(),
        "current": "a guess",
        "password": NEW_PASSWORD,
        "again": NEW_PASSWORD,
    }
    path = f"/dashboard/settings/{act}"
    tried = [await person.post(path, sent) for _ in range(6)]
    assert [reply.status_code for reply in tried] == [422] * 5 + [429]
    if act == "password":
        assert "Too many tries. Try again in 30 seconds." in tried[-1].text
    assert tried[-1].headers["Retry-After"] == "30"
    sent["current"] = PASSWORD
    assert (await person.post(path, sent)).status_code == 429, "the right one neither, meanwhile"
    clock.step(seconds=31)
    assert (await person.post(path, sent)).status_code == 303


async def test_a_new_password_signs_out_everywhere(desk: Desk, clock: SteppedClock) -> None:
    person = await desk.let_in()
    elsewhere = desk.visit()
    await elsewhere.sign_in()
    clock.step(seconds=1)
    fields = {"password": NEW_PASSWORD, "again": NEW_PASSWORD, "current": "not it"}
    sent = {"csrf_token": await person.csrf_token(), **fields}
    assert (await person.post("/dashboard/settings/password", sent)).status_code == 422
    sent["current"] = PASSWORD
    assert (await person.post("/dashboard/settings/password", sent)).status_code == 303
    for browser in (person, elsewhere):
        assert (await browser.get("/dashboard")).status_code == 303


@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        (Role.VIEWER, EVERY_PROJECT, {"/dashboard/settings"}),
        (Role.SALES, EVERY_PROJECT, {"/dashboard/settings"}),
        (Role.MANAGER, EVERY_PROJECT, {"/dashboard/settings", "/dashboard/settings/audit"}),
        (
            Role.OWNER,
            Scope(projects=frozenset({"palm-grove"})),
            {"/dashboard/settings", "/dashboard/settings/audit"},
        ),
    ],
)
async def test_people_and_keys_are_for_owners_of_everything(
    desk: Desk, role: Role, scope: Scope, may: set[str]
) -> None:
    person = await desk.let_in(role, scope)
    shown = await person.read("/dashboard/settings")
    for path in ("/dashboard/settings/members", "/dashboard/settings/keys"):
        assert (await person.get(path)).status_code == 403
        assert f'href="{path}"' not in shown, "what is not for them is not offered"
        fields = {"csrf_token": await person.csrf_token(), **INVITATION}
        assert (await person.post(path, fields)).status_code == 403
    reply = await person.get("/dashboard/settings/audit")
    assert (reply.status_code == 200) is ("/dashboard/settings/audit" in may)


async def test_what_the_cdn_was_told_is_shown_and_told_again(desk: Desk, storage: Storage) -> None:
    person = await desk.let_in(Role.MANAGER)
    page = await person.read("/dashboard/settings/cdn")
    assert "No CDN is told" in page
    token = await person.csrf_token()
    reply = await person.post("/dashboard/settings/cdn/purge", {"csrf_token": token})
    assert reply.status_code == 409
    failed = make_purge("b.example", reason="status 500")
    await storage.record_purges([make_purge("a.example"), failed])
    page = await person.read("/dashboard/settings/cdn?state=failed")
    assert ("b.example" in page, "status 500" in page, "a.example" in page) == (True, True, False)
