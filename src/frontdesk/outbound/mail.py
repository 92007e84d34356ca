"""Mail on its way out, by SMTP to an address that was checked as those of HTTP are.

The standard library speaks it, in a thread of a pool of our own: aiosmtplib takes no connected
socket together with the name to check the certificate for, and the name must not be looked up
again. Who stops waiting shuts the socket, so that no thread stays behind.
"""

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Literal

from frontdesk.outbound.client import Outbound
from frontdesk.outbound.network import OutboundError

_THREADS = ThreadPoolExecutor(32, thread_name_prefix="mail")


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    username: str | None
    password: str | None


@dataclass(frozen=True, slots=True)
class MailReply:
    """The server's last word (RFC 5321, 4.2); `refused` are recipients that it did not take."""

    status_code: int
    refused: tuple[str, ...] = ()


class _Smtp(smtplib.SMTP):
    """Connects to checked addresses; TLS is for the name."""

    def __init__(
        self, addresses: Sequence[str], server: MailServer, context: ssl.SSLContext, timeout: float
    ) -> None:
        self._addresses = addresses
        self._context = context
        self._is_tls = server.security == "tls"
        # A name of our own: the machine's would be looked up, and tell something about it.
        super().__init__(local_hostname="frontdesk.invalid", timeout=timeout)
        self._host = server.host

    def _get_socket(self, _host: str, port: int, timeout: float) -> socket.socket:
        fault: OSError = OSError()
        for address in self._addresses:
            try:
                plain = socket.create_connection((address, port), timeout)
            except OSError as error:
                fault = error
                continue
            if self._is_tls:
                return self._context.wrap_socket(plain, server_hostname=self._host)
            return plain
        raise fault


async def send_mail(
    outbound: Outbound, server: MailServer, message: EmailMessage, timeout_seconds: float
) -> MailReply:
    """Raises OutboundError where there was no answer, or none that could be trusted."""
    addresses = await outbound.find_addresses(server.host, server.port)
    client = _Smtp(addresses, server, outbound.ssl_context, timeout_seconds)
    talking = asyncio.get_running_loop().run_in_executor(_THREADS, _talk, client, server, message)
    try:
        return await talking
    except asyncio.CancelledError:
        sock: Any = client.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)  # wakes the thread, which closes it
        raise


def _talk(client: _Smtp, server: MailServer, message: EmailMessage) -> MailReply:
    try:
        client.connect(server.host, server.port)
        if server.security == "starttls":
            client.starttls(context=client._context)
        if server.username is not None and server.password is not None:
            client.login(server.username, server.password)
        refused = client.send_message(message)
    except smtplib.SMTPNotSupportedError:
        reason = "The mail server offers no encryption or no sign-in; look at its settings."
        raise OutboundError(reason, permanent=True) from None
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return MailReply(min(codes), tuple(error.recipients))
    except smtplib.SMTPResponseException as error:
        return MailReply(error.smtp_code)
    except ssl.SSLCertVerificationError as error:
        raise OutboundError(f"The certificate was not accepted: {error.verify_message}.") from None
    except (OSError, smtplib.SMTPException):
        raise OutboundError("The mail server could not be reached, or broke off.") from None
    finally:
        client.close()
    return MailReply(250, tuple(refused))
