"""Passwords: what may be one, and keeping them as argon2id."""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.errors import FieldError

MIN_PASSWORD_CHARACTERS = 12
MAX_PASSWORD_CHARACTERS = 1000
# No 0/O, 1/l/I: a made password is read from a screen and typed.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"

T = TypeVar("T")


def _two_threads() -> ThreadPoolExecutor:
    # argon2id takes 64 MiB and some 100 ms a password. A pool of its own keeps that off the event
    # loop, and bounds what a flood of sign-ins can take.
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


@dataclass(frozen=True, slots=True)
class Passwords:
    """`hasher`'s defaults are RFC 9106's second recommended option (3 passes, 64 MiB, 4 lanes)."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    threads: ThreadPoolExecutor = field(default_factory=_two_threads)

    async def hash(self, password: str) -> str:
        return await self._in_thread(lambda: self.hasher.hash(normalize_password(password)))

    async def hold(self, password_hash: str | None, password: str) -> bool:
        """Whether this is the password. Without a hash the same work is done, and it is not: time
        does not tell who is unknown.
        """
        password = normalize_password(password)[:MAX_PASSWORD_CHARACTERS]
        return await self._in_thread(lambda: self._hold(password_hash, password))

    def _hold(self, password_hash: str | None, password: str) -> bool:
        if password_hash is None:
            self.hasher.hash(password)
            return False
        try:
            return self.hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)


def normalize_password(password: str) -> str:
    """RFC 8265, OpaqueString: composed, otherwise as typed."""
    return unicodedata.normalize("NFC", password)


def make_password() -> str:
    """`k7wd-…`: 20 characters of 31, 99 bits."""
    return make_code(4, 5)


def make_code(groups: int, characters: int) -> str:
    """Random characters that can be read and typed, in groups."""
    return "-".join(
        "".join(secrets.choice(READABLE) for _ in range(characters)) for _ in range(groups)
    )


def password_faults(password: str, email: str) -> list[FieldError]:
    password = normalize_password(password)
    if len(password) < MIN_PASSWORD_CHARACTERS:
        detail = f"A password has at least {MIN_PASSWORD_CHARACTERS} characters."
    elif len(password) > MAX_PASSWORD_CHARACTERS:
        detail = f"A password has at most {MAX_PASSWORD_CHARACTERS} characters."
    elif password.lower() in (email, email.partition("@")[0]):
        detail = "The password must not be the e-mail address."
    else:
        return []
    return [FieldError("password", "weak_password", detail)]
