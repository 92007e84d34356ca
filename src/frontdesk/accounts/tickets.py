"""Between the two steps of a sign-in: a signed note that the password held, good for minutes."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from frontdesk.accounts.model import Member
from frontdesk.clock import Clock
from frontdesk.errors import Unauthenticated

GOOD_FOR = timedelta(minutes=5)


class Proof(NamedTuple):
    """Whose password held, and when."""

    member_id: str
    at: datetime


class CodeTickets:
    def __init__(self, secret: str, clock: Clock) -> None:
        self._clock = clock
        self._serializer = URLSafeSerializer(
            secret,
            salt="frontdesk.sign-in-code",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def issue(self, member: Member) -> str:
        return str(self._serializer.dumps([member.id, self._clock().timestamp()]))

    def read(self, ticket: str) -> Proof:
        """Raises Unauthenticated(`ticket_not_good`): begin again."""
        try:
            member_id, seconds = self._serializer.loads(ticket)
            proof = Proof(str(member_id), datetime.fromtimestamp(seconds, UTC))
        except (BadData, UnicodeError):
            proof = None
        if proof is None or self._clock() - proof.at >= GOOD_FOR:
            raise ticket_not_good()
        return proof


def ticket_not_good() -> Unauthenticated:
    return Unauthenticated("ticket_not_good", "That took too long. Please begin again.")
