"""Signed tokens: whoever holds one may continue that conversation, on that origin, for a while."""

import hashlib
from datetime import UTC, datetime

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request

from frontdesk.clock import Clock, Instant
from frontdesk.errors import Unauthenticated
from frontdesk.model import Model


class ConversationClaims(Model):
    """What a token says. `origin` is the page's, as the browser sent it."""

    conversation_id: str
    project_id: str
    origin: str
    expires_at: Instant


class ConversationTokens:
    """Issues and verifies tokens. They are signed, not encrypted: ids only, nothing personal."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._clock = clock
        self._serializer = URLSafeSerializer(
            secret,
            salt="frontdesk.conversation",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def issue(
        self, conversation_id: str, project_id: str, origin: str, expires_at: datetime
    ) -> str:
        expires_ms = int(expires_at.timestamp() * 1000)
        return str(self._serializer.dumps([conversation_id, project_id, origin, expires_ms]))

    def verify(self, token: str) -> ConversationClaims:
        """Raises Unauthenticated: `invalid_token`, or `expired_token` for one that was good."""
        try:
            conversation_id, project_id, origin, expires_ms = self._serializer.loads(token)
        except (BadData, UnicodeError):
            raise Unauthenticated(
                "invalid_token", "This conversation cannot be continued."
            ) from None
        claims = ConversationClaims(
            conversation_id=conversation_id,
            project_id=project_id,
            origin=origin,
            expires_at=datetime.fromtimestamp(expires_ms / 1000, UTC),
        )
        if claims.expires_at <= self._clock():
            raise Unauthenticated("expired_token", "This conversation has ended; start a new one.")
        return claims


def bearer_token(request: Request) -> str | None:
    """The credential of `Authorization: Bearer …` (RFC 6750, 2.1); None where there is none."""
    scheme, _, credential = request.headers.get("authorization", "").partition(" ")
    return credential.strip() or None if scheme.lower() == "bearer" else None
