"""Members, sessions and API keys."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher, Type
from argon2.profiles import RFC_9106_LOW_MEMORY

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.errors import Conflict, Invalid, Unauthenticated
from frontdesk.model import Scope
from frontdesk.storage.base import Storage
from tests.accounts.support import EMAIL, PASSWORD, CountingHasher, add_member, make_accounts
from tests.support.clock import SteppedClock


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def accounts(storage: Storage, clock: SteppedClock, hasher: CountingHasher) -> Accounts:
    return make_accounts(storage, clock, hasher)


async def test_a_member_signs_in_and_out(accounts: Accounts) -> None:
    member = await add_member(accounts)
    signed_in = await accounts.sign_in(f"  {EMAIL.upper()} ", PASSWORD)
    found = await accounts.find_member_in_session(signed_in.token)
    assert found == member
    await accounts.sign_out(signed_in.token)
    assert await accounts.find_member_in_session(signed_in.token) is None


async def test_a_session_ends_by_itself(accounts: Accounts, clock: SteppedClock) -> None:
    await add_member(accounts)
    signed_in = await accounts.sign_in(EMAIL, PASSWORD)
    assert signed_in.session.expires_at == clock() + timedelta(hours=12)
    clock.step(hours=11, minutes=59)
    assert await accounts.find_member_in_session(signed_in.token)
    clock.step(minutes=1)
    assert await accounts.find_member_in_session(signed_in.token) is None


async def test_each_sign_in_gets_a_token_of_its_own(accounts: Accounts) -> None:
    await add_member(accounts)
    tokens = {(await accounts.sign_in(EMAIL, PASSWORD)).token for _ in range(5)}
    assert len(tokens) == 5
    assert min(map(len, tokens)) >= 43  # 32 bytes


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "wrong horse battery"),
        (EMAIL, ""),
        (EMAIL, PASSWORD + " "),
        (EMAIL, "x" * 100_000),
        ("nobody@agency.example", PASSWORD),
        ("", PASSWORD),
    ],
)
async def test_wrong_credentials_are_told_apart_by_nothing(
    accounts: Accounts, hasher: CountingHasher, email: str, password: str
) -> None:
    await add_member(accounts)
    before = hasher.computations
    with pytest.raises(Unauthenticated) as caught:
        await accounts.sign_in(email, password)
    assert caught.value.code == "wrong_credentials"
    assert hasher.computations - before == 1, "an unknown e-mail must cost the same work"


async def test_passwords_are_hashed_off_the_event_loop_two_at_a_time(
    accounts: Accounts, hasher: CountingHasher
) -> None:
    await add_member(accounts)
    await asyncio.gather(*(accounts.sign_in(EMAIL, PASSWORD) for _ in range(20)))
    assert hasher.threads
    assert all(name.startswith("password") for name in hasher.threads)
    assert 1 <= hasher.most_at_once <= 2


async def test_a_composed_password_is_the_same_as_a_decomposed_one(accounts: Accounts) -> None:
    await accounts.add_member(EMAIL, "N", Role.OWNER, password="caf\u00e9 by the sea")
    assert await accounts.sign_in(EMAIL, "cafe\u0301 by the sea")


def test_passwords_are_hashed_as_rfc_9106_recommends(storage: Storage, clock: SteppedClock) -> None:
    hasher = Accounts(storage, clock, session_hours=1).passwords.hasher
    assert hasher.type is Type.ID
    assert (hasher.time_cost, hasher.memory_cost, hasher.parallelism) == (3, 65536, 4)
    assert PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY).memory_cost == hasher.memory_cost


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elevenchars", "at least 12"),
        ("x" * 1001, "at most 1000"),
        (EMAIL, "must not be the e-mail"),
        (EMAIL.upper(), "must not be the e-mail"),
    ],
)
async def test_weak_passwords_are_refused(accounts: Accounts, password: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as caught:
        await accounts.add_member(EMAIL, "Nandini", Role.OWNER, password=password)
    assert [fault.code for fault in caught.value.fields] == ["weak_password"]
    assert password not in str(caught.value)


async def test_every_fault_of_a_new_member_is_told_at_once(accounts: Accounts) -> None:
    with pytest.raises(Invalid) as caught:
        await accounts.add_member("not an address", " ", Role.VIEWER, password="short")
    assert [fault.field for fault in caught.value.fields] == ["email", "name", "password"]


async def test_made_passwords_are_good_and_never_the_same(accounts: Accounts) -> None:
    first = await accounts.add_member("a@agency.example", "A", Role.SALES)
    second = await accounts.add_member("b@agency.example", "B", Role.SALES)
    assert first.password
    assert second.password
    assert first.password != second.password
    assert len(first.password) == 23
    assert await accounts.sign_in("a@agency.example", first.password)


async def test_an_address_is_taken_once_whatever_its_case(accounts: Accounts) -> None:
    await add_member(accounts)
    with pytest.raises(Conflict) as caught:
        await accounts.add_member(EMAIL.upper(), "Again", Role.VIEWER)
    assert caught.value.code == "email_taken"


async def test_an_api_key_holds_until_it_expires(accounts: Accounts, clock: SteppedClock) -> None:
    scope = Scope(projects=frozenset({"palm-grove"}))
    made = await accounts.create_api_key(
        "CRM sync", Role.SALES, scope=scope, expires_at=clock() + timedelta(days=1)
    )
    assert made.secret.startswith("fd_")
    assert made.secret.startswith(made.key.hint)
    key = await accounts.verify_api_key(made.secret)
    assert (key.id, key.role, key.scope) == (made.key.id, Role.SALES, scope)
    clock.step(days=1)
    with pytest.raises(Unauthenticated):
        await accounts.verify_api_key(made.secret)


async def test_an_unknown_key_is_refused(accounts: Accounts) -> None:
    made = await accounts.create_api_key("CRM sync", Role.SALES)
    for secret in (made.secret[:-1], made.secret + "A", made.key.key_hash, made.key.id, "fd_"):
        with pytest.raises(Unauthenticated):
            await accounts.verify_api_key(secret)


async def test_use_of_a_key_is_noted_once_a_minute(
    accounts: Accounts, storage: Storage, clock: SteppedClock
) -> None:
    made = await accounts.create_api_key("CRM sync", Role.SALES)

    async def last_used() -> object:
        await accounts.verify_api_key(made.secret)
        found = await storage.find_api_key(made.key.key_hash, clock())
        assert found is not None
        return found.last_used_at

    first = clock()
    assert await last_used() == first
    clock.step(seconds=59)
    assert await last_used() == first
    clock.step(seconds=1)
    assert await last_used() == clock()


def read_all(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_no_secret_is_stored_as_it_is(
    accounts: Accounts, storage: Storage, tmp_path: Path
) -> None:
    await add_member(accounts)
    token = (await accounts.sign_in(EMAIL, PASSWORD)).token
    secret = (await accounts.create_api_key("CRM sync", Role.SALES)).secret
    await storage.close()
    stored = read_all(tmp_path)
    assert EMAIL.encode() in stored, "the control: what is stored can be found like this"
    for hidden in (PASSWORD, token, secret):
        assert hidden.encode() not in stored


def test_roles_rise_from_viewer_to_owner() -> None:
    rising = [Role.VIEWER, Role.SALES, Role.MANAGER, Role.OWNER]
    for place, role in enumerate(rising):
        reached = [minimum for minimum in rising if role.reaches(minimum)]
        assert reached == rising[: place + 1]
    assert set(rising) == set(Role)
