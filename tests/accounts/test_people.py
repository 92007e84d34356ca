"""Invitations, resets, switching off, changing roles: what ends with what."""

import pytest

from frontdesk.accounts.model import LinkPurpose, Role
from frontdesk.accounts.service import Accounts
from frontdesk.errors import Conflict, Invalid, NotFound, Unauthenticated
from frontdesk.model import Scope
from frontdesk.storage.base import Storage
from tests.accounts.support import EMAIL, PASSWORD, add_member, make_accounts
from tests.support.clock import SteppedClock

NEW_PASSWORD = "a much better password"


@pytest.fixture
def accounts(storage: Storage, clock: SteppedClock) -> Accounts:
    return make_accounts(storage, clock)


async def test_an_invited_member_chooses_the_password_once(accounts: Accounts) -> None:
    member, made = await accounts.invite("ravi@agency.example", "Ravi", Role.SALES)
    assert made.link.purpose is LinkPurpose.INVITATION
    with pytest.raises(Unauthenticated):
        await accounts.sign_in(member.email, "")
    assert (await accounts.find_link(made.token))[1] == member
    await accounts.use_link(made.token, NEW_PASSWORD)
    assert await accounts.sign_in(member.email, NEW_PASSWORD)
    with pytest.raises(NotFound):
        await accounts.use_link(made.token, "somebody else's password")


async def test_a_weak_password_leaves_the_link_good(accounts: Accounts) -> None:
    _, made = await accounts.invite("ravi@agency.example", "Ravi", Role.SALES)
    with pytest.raises(Invalid) as caught:
        await accounts.use_link(made.token, "short")
    assert caught.value.code == "invalid_password"
    await accounts.use_link(made.token, NEW_PASSWORD)


async def test_a_link_runs_out(accounts: Accounts, clock: SteppedClock) -> None:
    _, made = await accounts.invite("ravi@agency.example", "Ravi", Role.SALES)
    clock.step(days=7)
    with pytest.raises(NotFound):
        await accounts.find_link(made.token)


async def test_a_new_password_ends_every_session_and_older_link(
    accounts: Accounts, clock: SteppedClock
) -> None:
    member = await add_member(accounts)
    sessions = [await accounts.sign_in(EMAIL, PASSWORD) for _ in range(2)]
    older, newer = [await accounts.make_link(member.id) for _ in range(2)]
    clock.step(seconds=1)
    assert newer.link.purpose is LinkPurpose.RESET
    await accounts.use_link(newer.token, NEW_PASSWORD)
    for session in sessions:
        assert await accounts.find_member_in_session(session.token) is None
    with pytest.raises(NotFound):
        await accounts.use_link(older.token, "the password of a thief")
    clock.step(seconds=1)
    again = await accounts.sign_in(EMAIL, NEW_PASSWORD)
    assert await accounts.find_member_in_session(again.token)


async def test_changing_the_password_needs_the_present_one(
    accounts: Accounts, clock: SteppedClock
) -> None:
    member = await add_member(accounts)
    session = await accounts.sign_in(EMAIL, PASSWORD)
    with pytest.raises(Invalid) as caught:
        await accounts.change_password(member.id, "a guess at the password", NEW_PASSWORD)
    assert caught.value.code == "wrong_password"
    assert await accounts.find_member_in_session(session.token)
    clock.step(seconds=1)
    await accounts.change_password(member.id, PASSWORD, NEW_PASSWORD)
    assert await accounts.find_member_in_session(session.token) is None


async def test_who_is_switched_off_is_out_at_once(accounts: Accounts, clock: SteppedClock) -> None:
    await add_member(accounts)
    member = await add_member(accounts, Role.SALES)
    session = await accounts.sign_in(member.email, PASSWORD)
    clock.step(seconds=1)
    before, after = await accounts.change_member(member.id, is_active=False)
    assert (before.is_active, after.is_active) == (True, False)
    assert await accounts.find_member_in_session(session.token) is None
    with pytest.raises(Unauthenticated):
        await accounts.sign_in(member.email, PASSWORD)
    with pytest.raises(Conflict) as caught:
        await accounts.make_link(member.id)
    assert caught.value.code == "member_switched_off"
    await accounts.change_member(member.id, is_active=True)
    assert await accounts.sign_in(member.email, PASSWORD)
    assert await accounts.find_member_in_session(session.token) is None, "it had ended"


async def test_the_last_owner_stays(accounts: Accounts) -> None:
    owner = await add_member(accounts)
    await accounts.invite("second@agency.example", "Not here yet", Role.OWNER)
    for act in ({"role": Role.VIEWER}, {"is_active": False}):
        with pytest.raises(Conflict) as caught:
            await accounts.change_member(owner.id, **act)
        assert caught.value.code == "last_owner"
    await accounts.add_member(
        "third@agency.example", "Third", Role.OWNER, password="the third password"
    )
    _, changed = await accounts.change_member(owner.id, role=Role.VIEWER)
    assert changed.role is Role.VIEWER


async def test_a_change_of_something_old_is_refused(accounts: Accounts) -> None:
    member = await add_member(accounts, Role.SALES)
    scope = Scope(projects=frozenset({"palm-grove"}))
    _, changed = await accounts.change_member(member.id, scope=scope, version=0)
    assert changed.scope == scope
    with pytest.raises(Conflict) as caught:
        await accounts.change_member(member.id, role=Role.MANAGER, version=0)
    assert caught.value.code == "changed_meanwhile"
