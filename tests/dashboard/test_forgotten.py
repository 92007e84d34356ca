"""A link to a new password by mail, over a real mail server; nobody learns who is a member."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from frontdesk.accounts.resets import PasswordResets
from frontdesk.outbound.client import Outbound
from frontdesk.outbound.mail import MailServer
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.site import EMAIL, PUBLIC_URL, make_accounts, make_app
from tests.delivery.test_email import MailBox, run_box

FORGOTTEN = "/dashboard/sign-in/forgotten"
NEW_PASSWORD = "an entirely new one"


@pytest.fixture
async def box() -> AsyncIterator[MailBox]:
    async with run_box() as box:
        yield box


@pytest.fixture
async def mailing(desk: Desk, box: MailBox) -> PasswordResets:
    """The desk's pages with a mail server."""
    resets = PasswordResets(
        make_accounts(desk.storage, desk.clock),
        Outbound((f"127.0.0.1:{box.port}",)),
        MailServer("127.0.0.1", box.port, "none", None, None),
        "desk@agency.example",
        PUBLIC_URL,
        timeout_seconds=5,
    )
    desk.app = make_app(desk.storage, desk.clock, resets=resets)
    return resets


def note_sends(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Instead of mails that go on after the test."""
    asked: list[str] = []

    async def note(_resets: PasswordResets, email: str) -> None:
        asked.append(email)

    monkeypatch.setattr(PasswordResets, "send", note)
    return asked


async def ask(person: Person, email: str) -> str:
    reply = await person.post(FORGOTTEN, {"email": email})
    assert reply.status_code == 200
    return reply.text


async def test_a_member_gets_a_link_that_opens_a_new_password(
    desk: Desk, mailing: PasswordResets, box: MailBox
) -> None:
    await desk.add_member()
    assert FORGOTTEN in await desk.visit().read("/dashboard/sign-in")
    await mailing.send(EMAIL.upper())
    (mail,) = box.mails
    assert (mail["To"], mail["From"]) == (EMAIL, "desk@agency.example")
    text = mail.get_content()
    assert "Hello Nandini Kulkarni," in text
    token = re.search(rf"{PUBLIC_URL}/dashboard/welcome\?token=([\w-]+)", text)
    assert token
    person = desk.visit()
    fields = {"token": token[1], "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert (await person.post("/dashboard/welcome", fields)).status_code == 303
    assert (await person.sign_in(password=NEW_PASSWORD)).status_code == 303


async def test_the_reply_is_the_same_whoever_asks_and_however_often(
    desk: Desk, mailing: PasswordResets, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.add_member()
    note_sends(monkeypatch)
    addresses = [EMAIL, "nobody@agency.example", "no address", *[EMAIL] * 4]
    said = {await ask(desk.visit(f"192.0.2.{n}"), one) for n, one in enumerate(addresses)}
    assert len(said) == 1
    assert "If this is a member" in said.pop()


async def test_who_is_no_member_or_switched_off_gets_no_mail(
    desk: Desk, mailing: PasswordResets, box: MailBox
) -> None:
    await desk.add_member()
    await desk.add_member(email="gone@agency.example")
    accounts = make_accounts(desk.storage, desk.clock)
    gone = await desk.storage.find_member("gone@agency.example")
    assert gone
    await accounts.change_member(gone.id, is_active=False)
    for email in ("nobody@agency.example", "gone@agency.example"):
        await mailing.send(email)
    assert box.mails == []
    box.answers["DATA"] = "550 no"  # and a server that refuses changes nothing
    await mailing.send(EMAIL)


async def test_nobodys_mailbox_is_filled_and_nobody_asks_for_many(
    desk: Desk, mailing: PasswordResets, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.add_member()
    asked = note_sends(monkeypatch)
    for number in range(6):
        await ask(desk.visit(f"192.0.2.{number}"), EMAIL)
    await asyncio.sleep(0)  # what is sent goes beside the answer
    assert asked == [EMAIL] * 3
    person = desk.visit("198.51.100.1")
    replies = [await person.post(FORGOTTEN, {"email": f"{n}@a.example"}) for n in range(11)]
    assert [reply.status_code for reply in replies] == [200] * 10 + [429]
    forged = await desk.visit("198.51.100.2").post(FORGOTTEN, {"email": EMAIL}, site="cross-site")
    assert forged.status_code == 403


async def test_without_a_mail_server_there_is_no_such_page(desk: Desk) -> None:
    await desk.add_member()
    person = desk.visit()
    assert "frontdesk members link" in await person.read("/dashboard/sign-in")
    assert (await person.get(FORGOTTEN)).status_code == 303
