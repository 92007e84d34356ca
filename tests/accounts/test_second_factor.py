"""Codes from an app: enrolled once proved, good once, and recovery codes for a lost phone."""

from datetime import timedelta

import pyotp
import pytest

from frontdesk.accounts.model import Member
from frontdesk.accounts.second_factor import begin_enrolment
from frontdesk.accounts.service import Accounts, CodeRequired
from frontdesk.errors import Conflict, Invalid, TooMany, Unauthenticated
from frontdesk.storage.base import Storage
from tests.accounts.support import EMAIL, PASSWORD, add_member, make_accounts
from tests.support.clock import SteppedClock


@pytest.fixture
def accounts(storage: Storage, clock: SteppedClock) -> Accounts:
    return make_accounts(storage, clock)


def code_at(secret: str, clock: SteppedClock, seconds: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock() + timedelta(seconds=seconds))


async def enrol(accounts: Accounts, clock: SteppedClock) -> tuple[Member, str, list[str]]:
    member = await add_member(accounts)
    secret, address = begin_enrolment(member.email)
    assert address.startswith("otpauth://totp/Frontdesk:")
    recovery = await accounts.confirm_second_factor(member.id, secret, code_at(secret, clock))
    return await accounts.storage.get_member(member.id), secret, recovery


async def test_a_password_alone_no_longer_lets_in(accounts: Accounts, clock: SteppedClock) -> None:
    member, secret, _ = await enrol(accounts, clock)
    clock.step(seconds=60)
    with pytest.raises(CodeRequired) as caught:
        await accounts.sign_in(EMAIL, PASSWORD)
    assert caught.value.member.id == member.id
    signed_in = await accounts.enter_code(member.id, code_at(secret, clock))
    assert await accounts.find_member_in_session(signed_in.token)


async def test_the_secret_is_sealed(accounts: Accounts, clock: SteppedClock) -> None:
    member, secret, recovery = await enrol(accounts, clock)
    stored = member.model_dump_json()
    assert secret not in stored
    assert all(code not in stored for code in recovery)


async def test_a_code_is_good_once(accounts: Accounts, clock: SteppedClock) -> None:
    member, secret, _ = await enrol(accounts, clock)
    with pytest.raises(Unauthenticated):
        await accounts.enter_code(member.id, code_at(secret, clock))  # it enrolled with this one
    clock.step(seconds=30)
    await accounts.enter_code(member.id, code_at(secret, clock))
    with pytest.raises(Unauthenticated) as caught:
        await accounts.enter_code(member.id, code_at(secret, clock))
    assert caught.value.code == "wrong_code"


@pytest.mark.parametrize(("seconds", "holds"), [(-60, False), (-30, True), (30, True), (60, False)])
async def test_a_phone_may_be_half_a_minute_off(
    accounts: Accounts, clock: SteppedClock, seconds: int, holds: bool
) -> None:
    member, secret, _ = await enrol(accounts, clock)
    clock.step(minutes=10)
    code = code_at(secret, clock, seconds)
    if holds:
        await accounts.enter_code(member.id, code)
    else:
        with pytest.raises(Unauthenticated):
            await accounts.enter_code(member.id, code)


async def test_a_recovery_code_is_good_once(accounts: Accounts, clock: SteppedClock) -> None:
    member, _, recovery = await enrol(accounts, clock)
    await accounts.enter_code(member.id, recovery[0].upper())
    with pytest.raises(Unauthenticated):
        await accounts.enter_code(member.id, recovery[0])
    await accounts.enter_code(member.id, recovery[1].replace("-", " ").replace(" ", "-"))


async def test_nothing_is_enrolled_without_a_code_that_holds(accounts: Accounts) -> None:
    member = await add_member(accounts)
    secret, _ = begin_enrolment(member.email)
    with pytest.raises(Invalid):
        await accounts.confirm_second_factor(member.id, secret, "000000")
    assert await accounts.sign_in(EMAIL, PASSWORD)


async def test_it_can_be_ended(accounts: Accounts, clock: SteppedClock) -> None:
    member, _, _ = await enrol(accounts, clock)
    await accounts.end_second_factor(member.id)
    assert await accounts.sign_in(EMAIL, PASSWORD)


async def test_nobody_puts_their_own_in_its_place(accounts: Accounts, clock: SteppedClock) -> None:
    member, _, _ = await enrol(accounts, clock)
    own, _ = begin_enrolment(member.email)
    with pytest.raises(Conflict, match="End the second factor"):
        await accounts.confirm_second_factor(member.id, own, code_at(own, clock))
    assert await accounts.storage.get_member(member.id) == member


async def guess(accounts: Accounts, member: Member, times: int, *, is_known: bool = False) -> None:
    for _ in range(times):
        with pytest.raises(Unauthenticated, match="wrong_code"):
            await accounts.enter_code(member.id, "000000", is_known=is_known)


async def test_wrong_codes_lock_unknown_browsers_out_and_not_the_members_own(
    accounts: Accounts, clock: SteppedClock
) -> None:
    member, secret, recovery = await enrol(accounts, clock)
    clock.step(minutes=5)
    await guess(accounts, member, 10)
    for code in (code_at(secret, clock), recovery[0]):
        with pytest.raises(TooMany, match="code_locked") as caught:
            await accounts.enter_code(member.id, code)
        assert caught.value.retry_after_seconds == 3600
    assert await accounts.enter_code(member.id, code_at(secret, clock), is_known=True)
    clock.step(minutes=1)
    assert await accounts.enter_code(member.id, code_at(secret, clock)), "what holds ends the lock"


async def test_the_lock_ends_after_an_hour_and_comes_again(
    accounts: Accounts, clock: SteppedClock
) -> None:
    member, secret, _ = await enrol(accounts, clock)
    clock.step(minutes=5)
    await guess(accounts, member, 10)
    clock.step(minutes=59, seconds=59)
    with pytest.raises(TooMany):
        await accounts.enter_code(member.id, code_at(secret, clock))
    clock.step(seconds=1)
    await guess(accounts, member, 10)
    with pytest.raises(TooMany):
        await accounts.enter_code(member.id, code_at(secret, clock))


async def test_a_new_password_ends_the_lock(accounts: Accounts, clock: SteppedClock) -> None:
    member, secret, _ = await enrol(accounts, clock)
    clock.step(minutes=5)
    await guess(accounts, member, 10)
    link = await accounts.make_link(member.id)
    await accounts.use_link(link.token, "an entirely new one")
    await accounts.enter_code(member.id, code_at(secret, clock))


async def test_a_known_browsers_wrong_codes_lock_nobody(
    accounts: Accounts, clock: SteppedClock
) -> None:
    member, secret, _ = await enrol(accounts, clock)
    clock.step(minutes=5)
    await guess(accounts, member, 12, is_known=True)
    await accounts.enter_code(member.id, code_at(secret, clock))
