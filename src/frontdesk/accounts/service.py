"""Members, sessions and API keys: the verbs."""

import asyncio
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.accounts.model import ApiKey, Member, Role, Session
from frontdesk.clock import Clock
from frontdesk.errors import FieldError, Invalid, NotFound, Unauthenticated
from frontdesk.model import EVERY_PROJECT, Scope, new_id
from frontdesk.storage.base import AccountStorage

MIN_PASSWORD_CHARACTERS = 12
MAX_PASSWORD_CHARACTERS = 1000
API_KEY_PREFIX = "fd_"
_API_KEY_USE_EVERY = timedelta(minutes=1)
# No 0/O, 1/l/I: a made password is read from a screen and typed.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_EMAIL = re.compile(r"[^\s@\x00-\x1f\x7f]+@[^\s@\x00-\x1f\x7f]+\.[^\s@\x00-\x1f\x7f]+")

T = TypeVar("T")


class NewMember(NamedTuple):
    """`password` is the only copy of it; it is None where the caller chose it."""

    member: Member
    password: str | None


class NewApiKey(NamedTuple):
    """`secret` is the only copy of it."""

    key: ApiKey
    secret: str


class SignedIn(NamedTuple):
    """`token` is what the browser keeps."""

    token: str
    session: Session


def _two_threads() -> ThreadPoolExecutor:
    # argon2id takes 64 MiB and some 100 ms a password. A pool of its own keeps that off the event
    # loop, and bounds what a flood of sign-ins can take.
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who may come in. Passwords are kept as argon2id, tokens and keys as their SHA-256.

    `hasher`'s defaults are RFC 9106's second recommended option (3 passes, 64 MiB, 4 lanes).
    """

    storage: AccountStorage
    clock: Clock
    session_hours: int
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    threads: ThreadPoolExecutor = field(default_factory=_two_threads)

    async def add_member(
        self,
        email: str,
        name: str,
        role: Role,
        *,
        scope: Scope = EVERY_PROJECT,
        password: str | None = None,
    ) -> NewMember:
        """Without a `password` one is made. Raises Invalid(`invalid_member`), Conflict."""
        email, name = normalize_email(email), name.strip()
        made = None
        if password is None:
            made = password = _make_password()
        password = _normalize_password(password)
        faults = [*_email_faults(email), *_name_faults(name), *_password_faults(password, email)]
        if faults:
            raise Invalid("invalid_member", " ".join(fault.detail for fault in faults), faults)
        now = self.clock()
        member = Member(
            id=new_id("member", now),
            email=email,
            name=name,
            role=role,
            scope=scope,
            password_hash=await self._in_thread(lambda: self.hasher.hash(password)),
            created_at=now,
        )
        await self.storage.add_member(member)
        return NewMember(member, made)

    async def sign_in(self, email: str, password: str) -> SignedIn:
        """Raises Unauthenticated(`wrong_credentials`), the same for an unknown e-mail."""
        member = await self.storage.find_member(normalize_email(email))
        password = _normalize_password(password)[:MAX_PASSWORD_CHARACTERS]
        holds = await self._in_thread(lambda: self._password_holds(member, password))
        if member is None or not holds:
            raise Unauthenticated("wrong_credentials", "That e-mail and password don't match.")
        now = self.clock()
        token = secrets.token_urlsafe(32)
        session = Session(
            token_hash=_hash(token),
            member_id=member.id,
            created_at=now,
            expires_at=now + timedelta(hours=self.session_hours),
        )
        await self.storage.start_session(session)
        return SignedIn(token, session)

    async def find_member_in_session(self, token: str) -> Member | None:
        """Whose session this is; None where it ended, expired or never was."""
        session = await self.storage.find_session(_hash(token), self.clock())
        if session is None:
            return None
        try:
            return await self.storage.get_member(session.member_id)
        except NotFound:
            return None

    async def sign_out(self, token: str) -> None:
        await self.storage.end_session(_hash(token))

    async def create_api_key(
        self,
        name: str,
        role: Role,
        *,
        scope: Scope = EVERY_PROJECT,
        expires_at: datetime | None = None,
    ) -> NewApiKey:
        """Raises Invalid(`invalid_api_key`)."""
        name = name.strip()
        faults = _name_faults(name)
        if faults:
            raise Invalid("invalid_api_key", faults[0].detail, faults)
        now = self.clock()
        secret = API_KEY_PREFIX + secrets.token_urlsafe(32)
        key = ApiKey(
            id=new_id("key", now),
            name=name,
            key_hash=_hash(secret),
            hint=secret[:8],
            role=role,
            scope=scope,
            created_at=now,
            expires_at=expires_at,
        )
        await self.storage.add_api_key(key)
        return NewApiKey(key, secret)

    async def verify_api_key(self, secret: str) -> ApiKey:
        """Raises Unauthenticated(`unauthenticated`). Notes the use once a minute at most."""
        now = self.clock()
        key = await self.storage.find_api_key(_hash(secret), now)
        if key is None:
            raise Unauthenticated("unauthenticated", "This API key is unknown, expired or revoked.")
        if key.last_used_at is None or now - key.last_used_at >= _API_KEY_USE_EVERY:
            await self.storage.record_api_key_use(key.id, now)
        return key

    def _password_holds(self, member: Member | None, password: str) -> bool:
        if member is None:
            # The same work as for a known e-mail, so that time does not tell them apart.
            self.hasher.hash(password)
            return False
        try:
            return self.hasher.verify(member.password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)


def normalize_email(email: str) -> str:
    return unicodedata.normalize("NFC", email).strip().lower()


def _normalize_password(password: str) -> str:
    """RFC 8265, OpaqueString: composed, otherwise as typed."""
    return unicodedata.normalize("NFC", password)


def _hash(token: str) -> str:
    # Plain SHA-256 is enough: these are 256 random bits, not somebody's words.
    return hashlib.sha256(token.encode()).hexdigest()


def _make_password() -> str:
    """`k7wd-…`: 20 characters of 31, 99 bits."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def _email_faults(email: str) -> list[FieldError]:
    if len(email) <= 254 and _EMAIL.fullmatch(email):
        return []
    return [FieldError("email", "invalid_email", "That is not an e-mail address.")]


def _name_faults(name: str) -> list[FieldError]:
    if 1 <= len(name) <= 200 and name.isprintable():
        return []
    return [FieldError("name", "invalid_name", "A name has 1 to 200 printable characters.")]


def _password_faults(password: str, email: str) -> list[FieldError]:
    if len(password) < MIN_PASSWORD_CHARACTERS:
        detail = f"A password has at least {MIN_PASSWORD_CHARACTERS} characters."
    elif len(password) > MAX_PASSWORD_CHARACTERS:
        detail = f"A password has at most {MAX_PASSWORD_CHARACTERS} characters."
    elif password.lower() in (email, email.partition("@")[0]):
        detail = "The password must not be the e-mail address."
    else:
        return []
    return [FieldError("password", "weak_password", detail)]
