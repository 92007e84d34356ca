"""Between the two steps of a sign-in: a signed note that the password held, good for minutes."""

import hashlib

from itsdangerous import BadData, URLSafeSerializer

from frontdesk.accounts.model import Member
from frontdesk.clock import Clock
from frontdesk.errors import Unauthenticated

GOOD_FOR_SECONDS = 300


class CodeTickets:
    def __init__(self, secret: str, clock: Clock) -> None:
        self._clock = clock
        self._serializer = URLSafeSerializer(
            secret,
            salt="frontdesk.sign-in-code",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def issue(self, member: Member) -> str:
        expires_at = self._clock().timestamp() + GOOD_FOR_SECONDS
        return str(self._serializer.dumps([member.id, expires_at]))

    def read(self, ticket: str) -> str:
        """The member's id. Raises Unauthenticated(`ticket_not_good`): begin again."""
        try:
            member_id, expires_at = self._serializer.loads(ticket)
        except (BadData, UnicodeError):
            member_id, expires_at = "", 0
        if self._clock().timestamp() >= expires_at:
            raise Unauthenticated("ticket_not_good", "That took too long. Please begin again.")
        return str(member_id)
