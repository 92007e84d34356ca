"""Leads as mails, to a real mail server: encrypted, checked, and safe against injection."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from frontdesk.projects.destination_checks import check_destination
from frontdesk.projects.destinations import EmailDestination
from tests.delivery.trying import make_claimed, send_once
from tests.support.samples import VAULT


class MailBox:
    """`answers` has what is said to RCPT and to DATA; None takes it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.port = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        return self.answers.get("DATA", "250 OK")


@asynccontextmanager
async def run_box(**settings: Any) -> AsyncIterator[MailBox]:
    """`ssl` for TLS from the first byte, `tls_context` for STARTTLS."""
    box = MailBox()
    loop = asyncio.get_running_loop()
    listens = {"ssl": settings.pop("ssl", None)}

    served: list[SMTP] = []

    def serve() -> SMTP:
        served.append(SMTP(box, hostname="127.0.0.1", loop=loop, **settings))
        return served[-1]

    server = await loop.create_server(serve, "127.0.0.1", 0, **listens)
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()
    await server.wait_closed()
    for each in served:
        if each.transport is not None:
            each.transport.close()
        tasks = [each._handler_coroutine] if each._handler_coroutine else []
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def box() -> AsyncIterator[MailBox]:
    async with run_box() as box:
        yield box


def mail_to(box: MailBox, **settings: Any) -> EmailDestination:
    return EmailDestination(
        **{
            "id": "mail",
            "host": "127.0.0.1",
            "port": box.port,
            "security": "none",
            "sender": "desk@frontdesk.example",
            "recipients": ("sales@palm.example",),
            **settings,
        }
    )


async def send(box: MailBox, **settings: Any) -> Any:
    claimed = settings.pop("claimed", None)
    return await send_once(mail_to(box, **settings), (f"127.0.0.1:{box.port}",), claimed=claimed)


async def test_a_lead_arrives_as_a_mail(box: MailBox) -> None:
    claimed = make_claimed(name="आशा राव")
    for _ in range(2):
        result = await send(box, claimed=claimed)
        assert result.outcome == "delivered"
    first, second = box.mails
    assert first["Subject"] == "New lead for Palm Grove: आशा राव"
    assert "Phone: +919876543210" in first.get_content()
    assert first["Message-ID"] == second["Message-ID"]
    assert box.recipients == ["sales@palm.example"] * 2


async def test_a_visitors_words_make_no_header(box: MailBox) -> None:
    evil = "Asha\r\nBcc: everybody@evil.example\r\n\r\n.\r\nMAIL FROM:<x@evil.example>"
    result = await send(box, claimed=make_claimed(name=evil))
    assert result.outcome == "delivered"
    (mail,) = box.mails
    assert mail["Bcc"] is None
    assert box.recipients == ["sales@palm.example"]
    assert mail["Subject"].startswith("New lead for Palm Grove: Asha Bcc: everybody@evil.example")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"DATA": "451 later"}, "retry"),
        ({"DATA": "554 no"}, "permanent"),
        ({"sales@palm.example": "450 busy"}, "retry"),
        ({"sales@palm.example": "550 nobody"}, "permanent"),
    ],
)
async def test_the_servers_words_decide(
    box: MailBox, answers: dict[str, str], outcome: str
) -> None:
    box.answers = answers
    assert (await send(box)).outcome == outcome


async def test_one_of_two_recipients_is_enough(box: MailBox) -> None:
    box.answers = {"gone@palm.example": "550 nobody"}
    result = await send(box, recipients=("gone@palm.example", "sales@palm.example"))
    assert (result.outcome, box.recipients) == ("delivered", ["sales@palm.example"])
    assert "not for 1" in result.reason


async def test_without_encryption_there_is_no_mail(box: MailBox) -> None:
    result = await send(
        box, security="starttls", username="desk", password=VAULT.seal("m4il-s3cr3t")
    )
    assert (result.outcome, box.mails) == ("permanent", [])


def make_contexts(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's with a certificate for this name, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("name", ["localhost", "other.example"])
async def test_the_certificate_has_to_be_the_servers(
    tmp_path: Path, security: str, name: str
) -> None:
    server, client = make_contexts(name, tmp_path)
    asks = {"ssl": server} if security == "tls" else {"tls_context": server}
    async with run_box(**asks) as box:
        result = await send_once(
            mail_to(box, host="localhost", security=security),
            (f"localhost:{box.port}",),
            ssl_context=client,
        )
    if name == "localhost":
        assert (result.outcome, len(box.mails)) == ("delivered", 1)
    else:
        assert (result.outcome, box.mails) == ("retry", [])
        assert "certificate" in result.reason


async def test_a_server_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        closed.set()

    closed = asyncio.Event()
    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    box = MailBox()
    box.port = silent.sockets[0].getsockname()[1]
    allowed = (f"127.0.0.1:{box.port}",)
    result = await send_once(mail_to(box), allowed, timeout_seconds=0.3)
    assert result.outcome == "retry"
    async with asyncio.timeout(30):
        await closed.wait()  # the thread has let go
    silent.close()
    await silent.wait_closed()


async def test_a_private_address_gets_no_mail(box: MailBox) -> None:
    result = await send_once(mail_to(box))
    assert (result.outcome, box.mails) == ("retry", [])
    assert "private" in result.reason


def test_a_password_goes_over_an_encrypted_connection_alone() -> None:
    settings = {
        "id": "m",
        "host": "h.example",
        "sender": "a@b.example",
        "recipients": ["c@d.example"],
    }
    wrong = EmailDestination(**settings, security="none", username="u", password="p" * 9)
    assert [fault.code for fault in check_destination(wrong)] == ["unsafe"]
    named = EmailDestination(**settings, subject="{nobody}", username="u")
    assert [f.code for f in check_destination(named)] == ["unknown_field", "incomplete_credentials"]
    for address in ("a@b.example\r\nBcc: x@y.example", "a b@c.example", "a@b@c", "<a@b.example>"):
        with pytest.raises(ValueError, match="sender"):
            EmailDestination(**settings | {"sender": address})
