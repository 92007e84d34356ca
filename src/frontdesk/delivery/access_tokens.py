"""OAuth access tokens, kept for as long as they hold. In memory alone: getting one is cheap."""

from collections.abc import Hashable
from datetime import datetime, timedelta

# A token that ends while it is on its way is a failed try.
_MARGIN = timedelta(seconds=60)


class AccessTokens:
    """By whatever they were given for; a changed credential is another key."""

    def __init__(self) -> None:
        self._tokens: dict[Hashable, tuple[str, datetime]] = {}

    def find(self, key: Hashable, at: datetime) -> str | None:
        token, ends_at = self._tokens.get(key, ("", at))
        return token if at < ends_at else None

    def keep(self, key: Hashable, token: str, at: datetime, lifetime_seconds: float) -> None:
        self._tokens = {
            other: kept for other, kept in self._tokens.items() if at < kept[1]
        }  # those of credentials that were changed go with their time
        self._tokens[key] = (token, at + timedelta(seconds=lifetime_seconds) - _MARGIN)

    def drop(self, key: Hashable) -> None:
        self._tokens.pop(key, None)
