"""Browsers that somebody has signed in from, told by a signed cookie.

Guessing at an account is limited for all unknown browsers together. Without an exception that limit
would let anybody lock a member out; with it, the member's own browser has an allowance of its own
(OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
"""

import hashlib
import secrets
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer

from frontdesk.accounts.members import normalize_email
from frontdesk.clock import Clock

KNOWN_FOR = timedelta(days=90)


class KnownBrowsers:
    def __init__(self, secret: str, clock: Clock) -> None:
        self._clock = clock
        self._serializer = URLSafeSerializer(
            secret,
            salt="frontdesk.known-browser",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def issue(self, email: str) -> str:
        """A cookie value saying that this browser signed in as `email`; it holds no address."""
        expires_ms = int((self._clock() + KNOWN_FOR).timestamp() * 1000)
        return str(self._serializer.dumps([account_key(email), secrets.token_hex(8), expires_ms]))

    def find(self, cookie: str, email: str) -> str | None:
        """This browser's own id, where it signed in as `email` before; else None."""
        try:
            account, browser_id, expires_ms = self._serializer.loads(cookie)
        except (BadData, UnicodeError):
            return None
        now_ms = self._clock().timestamp() * 1000
        if account != account_key(email) or expires_ms <= now_ms:
            return None
        return str(browser_id)


def account_key(email: str) -> str:
    """A key for limits and cookies that does not hold the address itself."""
    return hashlib.sha256(normalize_email(email).encode("utf-8", "replace")).hexdigest()
