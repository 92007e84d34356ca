"""What a connector is handed for one try."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from functools import cached_property
from typing import Any

from frontdesk.clock import Clock
from frontdesk.delivery.access_tokens import AccessTokens
from frontdesk.delivery.mapping import lead_values
from frontdesk.delivery.model import ClaimedDelivery
from frontdesk.outbound.client import Outbound, Reply
from frontdesk.outbound.mail import MailReply, MailServer, send_mail
from frontdesk.projects.model import Project
from frontdesk.projects.secrets import Secret, Vault


@dataclass(frozen=True)
class Sending:
    """One try: the lead on its way, and the means. `opened` has each secret that was looked at."""

    claimed: ClaimedDelivery
    project: Project
    outbound: Outbound
    vault: Vault
    clock: Clock
    timeout_seconds: float
    tokens: AccessTokens = field(default_factory=AccessTokens)
    opened: list[str] = field(default_factory=list)

    @cached_property
    def values(self) -> dict[str, Any]:
        return lead_values(self.claimed, self.project)

    @property
    def delivery_id(self) -> str:
        return self.claimed.delivery.id

    @property
    def may_have_arrived(self) -> bool:
        """Whether an earlier try may have saved the lead; then it is looked up first."""
        return self.claimed.delivery.may_have_arrived

    def at(self) -> datetime:
        return self.clock()

    def open(self, secret: Secret) -> str:
        """The credential itself. Raises UnopenableError."""
        text = self.vault.open(secret)
        self.opened.append(text)
        return text

    def open_all(self, secrets: Mapping[str, Secret]) -> dict[str, str]:
        return {name: self.open(secret) for name, secret in secrets.items()}

    async def request_json(
        self, method: str, url: str, headers: Mapping[str, str], body: object
    ) -> Reply:
        """Raises OutboundError."""
        content = json.dumps(body, ensure_ascii=False).encode()
        return await self.request(
            method, url, {**headers, "Content-Type": "application/json"}, content
        )

    async def send_mail(self, server: MailServer, message: EmailMessage) -> MailReply:
        """Raises OutboundError."""
        return await send_mail(self.outbound, server, message, self.timeout_seconds)

    async def request(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes = b""
    ) -> Reply:
        """Raises OutboundError."""
        return await self.outbound.send(
            method, url, headers=headers, content=content, timeout_seconds=self.timeout_seconds
        )
