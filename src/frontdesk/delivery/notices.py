"""Webhooks and mails that tell of no lead: sent once, and whether that worked is the answer."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from frontdesk.clock import Clock
from frontdesk.delivery.destinations.webhook import sign
from frontdesk.model import Model
from frontdesk.outbound.client import Outbound
from frontdesk.outbound.mail import MailServer, send_mail
from frontdesk.outbound.network import OutboundError
from frontdesk.projects.destinations import WebhookDestination
from frontdesk.projects.secrets import UnopenableError, Vault


@dataclass(frozen=True, slots=True)
class Notices:
    """`mail` is the installation's own server and the address it writes from, None without one.

    What is sent may take `timeout_seconds`. Each gives None where it was taken, else why not.
    """

    outbound: Outbound
    vault: Vault
    clock: Clock
    timeout_seconds: float
    mail: tuple[MailServer, str] | None = None

    async def send_webhook(
        self, destination: WebhookDestination, notice_id: str, event: Model
    ) -> str | None:
        """`notice_id` is the same on every try, by which receivers know a repetition."""
        content = event.model_dump_json().encode()
        timestamp = int(self.clock().timestamp())
        try:
            secrets = [self.vault.open(secret) for secret in destination.secrets]
            reply = await self.outbound.send(
                "POST",
                destination.url,
                headers={
                    "Content-Type": "application/json",
                    "webhook-id": notice_id,
                    "webhook-timestamp": str(timestamp),
                    "webhook-signature": sign(secrets, notice_id, timestamp, content),
                },
                content=content,
                timeout_seconds=self.timeout_seconds,
            )
        except OutboundError as error:
            return error.reason
        except UnopenableError:
            return "A secret was sealed under another key."
        return None if 200 <= reply.status_code < 300 else f"status {reply.status_code}"

    async def send_mail(
        self, to: str, notice_id: str, subject: str, lines: Sequence[str]
    ) -> str | None:
        """Text alone, with a Message-ID that is the same on every try."""
        if self.mail is None:
            return None
        server, sender = self.mail
        message = EmailMessage(policy=SMTP)
        message["Subject"] = " ".join(subject.split())[:200]
        message["From"] = sender
        message["To"] = to
        message["Date"] = format_datetime(self.clock())
        message["Message-ID"] = f"<{notice_id}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n".join(lines) + "\n")
        try:
            async with asyncio.timeout(self.timeout_seconds):
                reply = await send_mail(self.outbound, server, message, self.timeout_seconds)
        except OutboundError as error:
            return error.reason
        except TimeoutError:
            return "The mail server did not answer in time."
        return None if reply.status_code < 400 else f"status {reply.status_code}"
