"""A link to a new password by mail, for whoever has forgotten theirs."""

import asyncio
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import structlog

from frontdesk.accounts.members import normalize_email
from frontdesk.accounts.model import Member
from frontdesk.accounts.service import Accounts
from frontdesk.errors import FrontdeskError
from frontdesk.outbound.client import Outbound
from frontdesk.outbound.mail import MailServer, send_mail
from frontdesk.outbound.network import OutboundError

WELCOME_PATH = "/dashboard/welcome"
_TEXT = """\
Hello {name},

somebody, probably you, asked for a new password for Frontdesk. Choose it here within two hours:

{url}

If it was not you, leave this mail alone: nothing changes.
"""
_log = structlog.get_logger("frontdesk.accounts")


@dataclass(frozen=True, slots=True)
class PasswordResets:
    """`public_url` is where the link leads; a mail may take `timeout_seconds`."""

    accounts: Accounts
    outbound: Outbound
    server: MailServer
    sender: str
    public_url: str
    timeout_seconds: float

    async def send(self, email: str) -> None:
        """Mail a link to the member with this address; nothing where there is none.

        What goes wrong is in the log, without the address: whoever asked is told the same always.
        """
        try:
            member = await self.accounts.storage.find_member(normalize_email(email))
            if member is None or not member.is_active:
                return
            link = await self.accounts.make_link(member.id)
            message = self._write(member, link.token)
            async with asyncio.timeout(self.timeout_seconds):
                reply = await send_mail(self.outbound, self.server, message, self.timeout_seconds)
        except (FrontdeskError, OutboundError, TimeoutError) as error:
            _log.warning("a link to a new password was not mailed", error=type(error).__name__)
            return
        if reply.status_code >= 400:
            _log.warning("a link to a new password was not mailed", status=reply.status_code)

    def _write(self, member: Member, token: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["Subject"] = "A new password for Frontdesk"
        message["From"] = self.sender
        message["To"] = member.email
        message["Date"] = format_datetime(self.accounts.clock())
        message["Auto-Submitted"] = "auto-generated"
        url = f"{self.public_url}{WELCOME_PATH}?token={token}"
        name = " ".join(member.name.split())
        message.set_content(_TEXT.format(name=name, url=url))
        return message
